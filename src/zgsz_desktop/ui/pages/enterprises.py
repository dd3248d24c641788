"""The list of enterprises: search while typing, what needs me first, one button a row; at the right how far we are.

For a liaison it is the home page (我的企业), for a bureau its roster. Reading goes through the read-only workspace;
rows refresh when the engine says that something changed.
"""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from zgsz_desktop.engine.changes import Area, Changes
from zgsz_desktop.engine.identity.display import Description
from zgsz_desktop.engine.model import Role
from zgsz_desktop.engine.store.enterprise_list import EnterpriseItem, EnterpriseState, EnterpriseSummary
from zgsz_desktop.ui.models.enterprise_lookup import Found, Wanted, look_up
from zgsz_desktop.ui.models.enterprise_model import EnterpriseModel
from zgsz_desktop.ui.session import Session
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.bars import SideColumn
from zgsz_desktop.ui.widgets.buttons import Button
from zgsz_desktop.ui.widgets.cards import ActionRow, FactRow
from zgsz_desktop.ui.widgets.fields import SearchField
from zgsz_desktop.ui.widgets.marks import Hairline, ProgressBar
from zgsz_desktop.ui.widgets.rows import RowList
from zgsz_desktop.ui.widgets.segment import Segment, SegmentItem
from zgsz_desktop.ui.widgets.shell import Breadth, breadth_of
from zgsz_desktop.ui.widgets.states import EmptyState
from zgsz_desktop.ui.widgets.text import Label, TextRole

ASIDE = 320
SEARCH, LEAST_SEARCH = 390, 160
SHOWN = Area.ENTERPRISES | Area.DRAFTS | Area.SUBMISSIONS | Area.REVIEWS | Area.ASSIGNMENTS | Area.IMPORTS
DONE = frozenset({EnterpriseState.SIGNED, EnterpriseState.SUBMITTED, EnterpriseState.ACCEPTED})
VIEWS: dict[str, tuple[str, frozenset[EnterpriseState]]] = {
    "all": ("全部", frozenset()),
    "todo": ("要处理", frozenset({EnterpriseState.RETURNED})),
    "drafting": ("正在填", frozenset({EnterpriseState.DRAFTING})),
    "open": ("未开始", frozenset({EnterpriseState.NOT_STARTED})),
    "done": ("已做完", DONE),
}


class EnterprisesPage(QWidget):
    """The list.

    Signals:
        enterprise_opened(str): credit code; begin, go on, or look, by its state.
        shown: the list shows what was asked for.
        roster_wanted, export_wanted, merge_wanted: what the buttons say.
    """

    enterprise_opened = Signal(str)
    shown = Signal()
    roster_wanted = Signal()
    export_wanted = Signal()
    merge_wanted = Signal()

    def __init__(self, theme: Theme, session: Session, who: Description | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.session = session
        self.who = who
        self._view = "all"
        self._is_stale = False
        self._asked = self._answered = 0
        self.model = EnterpriseModel(self)
        self.list = RowList(theme, "企业")
        self.list.setModel(self.model)
        self.list.opened.connect(self._open)
        self.search = SearchField(theme, "企业名、拼音首字母（如 lzcy）或信用代码", "/")
        self.search.setMinimumWidth(LEAST_SEARCH)
        self.search.setMaximumWidth(SEARCH)
        self.search.text_changed.connect(lambda _: self.refresh())
        self.search.submitted.connect(lambda _: self._open(self.list.currentIndex()))
        self.search.stepped.connect(self.list.step)
        self._views = Segment(theme, [SegmentItem(key, title, 0) for key, (title, _) in VIEWS.items()], "看哪些企业")
        self._views.chosen.connect(self._choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(self._middle(), 1)
        self._beside = self._aside()
        row.addWidget(self._beside)
        shortcut = QShortcut(QKeySequence("/"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.search.focus_all)
        session.changed.connect(self._changed)
        self.refresh()

    @property
    def is_bureau(self) -> bool:
        """Whether a clerk works here: rosters and merging instead of my enterprises."""
        return self.who is not None and self.who.holder.role is Role.CLERK

    @property
    def title(self) -> str:
        """What the top bar says."""
        return "企业" if self.is_bureau else "我的企业"

    def refresh(self) -> None:
        """Read what is shown again; the answer to an older question is dropped when a newer one is under way."""
        self._is_stale = False
        self._asked += 1
        number, wanted = self._asked, self._wanted()
        self.session.read(lambda workspace: look_up(workspace, wanted), lambda found: self._show(found, number))

    @property
    def is_reading(self) -> bool:
        """Whether an answer is still to come."""
        return self._asked != self._answered

    def _wanted(self) -> Wanted:
        mine = self.who is not None and self.who.holder.role is Role.LIAISON
        return Wanted(
            text=self.search.text(),
            states=VIEWS[self._view][1],
            today=f"{self.session.clock.now():%Y-%m-%d}",
            liaison=self.who.holder.name if mine and self.who else None,
            bureau=self.is_bureau,
        )

    def _show(self, found: Found, number: int) -> None:
        if number != self._asked:
            return
        self._answered = number
        current = self.model.item(self.list.currentIndex())
        self.model.show_rows(found.rows)
        self._keep_current(current)
        self._show_counts(found.summary)
        nothing_yet = found.summary.total == 0 and not self.search.text()
        self._stack.setCurrentIndex(0 if found.rows else (2 if nothing_yet else 1))
        self.shown.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._beside.setVisible(breadth_of(self.window().width()) is not Breadth.SMALL)
        super().resizeEvent(event)

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        if not self.search.hasFocus():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)  # arrows, Enter and / work at once
        if self._is_stale:
            self.refresh()

    def _middle(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(21, 16, 20, 10)
        head.setSpacing(10)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.search, 1000)
        first.addStretch(1)
        for text, icon, signal in self._actions():
            button = Button(self.theme, text, icon=icon, height=36)
            button.clicked.connect(signal.emit)  # type: ignore[attr-defined]
            first.addWidget(button)
        second = QHBoxLayout()
        second.addWidget(self._views)
        second.addStretch(1)
        head.addLayout(first)
        head.addLayout(second)
        column.addLayout(head)
        column.addWidget(Hairline(self.theme))
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.list)
        self._stack.addWidget(
            EmptyState(self.theme, "search", "没有找到", "换个写法：名称、拼音首字母或信用代码都行。")
        )
        self._stack.addWidget(self._nothing_yet())
        column.addWidget(holder, 1)
        return column

    def _actions(self) -> tuple[tuple[str, str, object], ...]:
        if self.is_bureau:
            return (
                ("导入名录", "file-spreadsheet", self.roster_wanted),
                ("合并交来的文件", "combine", self.merge_wanted),
                ("导出上报", "file-output", self.export_wanted),
            )
        return (
            ("导入", "file-input", self.merge_wanted),
            ("导出给县局", "file-output", self.export_wanted),
        )

    def _nothing_yet(self) -> EmptyState:
        if self.is_bureau:
            button = Button(self.theme, "导入名录", icon="file-spreadsheet")
            button.clicked.connect(self.roster_wanted)
            hint = "用本单位自己的 Excel 名录就行，先核对再导入。"
        else:
            button = Button(self.theme, "导入任务包", icon="file-input")
            button.clicked.connect(self.merge_wanted)
            hint = "县局把名单和任务做成一个文件交给您，导入后就能填。"
        return EmptyState(self.theme, "building-2", "还没有企业", hint, action=button)

    def _aside(self) -> SideColumn:
        aside = SideColumn(self.theme, ASIDE, at_right=True)
        theme, body = self.theme, aside.body
        workspace = self.session.reading
        head = QHBoxLayout()
        head.addWidget(Label(theme, f"{workspace.campaign()} 年批次", TextRole.PANEL))
        head.addStretch(1)
        body.addLayout(head)
        self._due = Label(theme, "", TextRole.HELPER, wrap=True)
        self._bar = ProgressBar(theme, 10)
        self._facts = {
            "done": FactRow(theme, "做完", icon="circle-check", icon_ink="ok"),
            "drafting": FactRow(theme, "在填", icon="pencil-line", icon_ink="accent"),
            "returned": FactRow(theme, "退回", icon="corner-up-left", icon_ink="bad"),
            "open": FactRow(theme, "未开始", icon="circle-dashed"),
            "grade": FactRow(theme, "3 档及以上，要现场诊断", icon="badge-check"),
            "conflict": FactRow(theme, "有冲突，等科员处理", icon="git-compare", icon_ink="warn"),
        }
        body.addWidget(self._due)
        body.addWidget(self._bar)
        for fact in self._facts.values():
            body.addWidget(fact)
        body.addSpacing(8)
        body.addWidget(Hairline(theme))
        body.addSpacing(4)
        body.addWidget(Label(theme, "下一步", TextRole.PANEL))
        self._export = ActionRow(theme, "file-output", "导出给上级" if self.is_bureau else "导出给县局", "", "导出")
        self._export.acted.connect(self.export_wanted)
        self._import = ActionRow(theme, "file-input", "收文件", "任务包、交来的包都从这里收", "导入")
        self._import.acted.connect(self.merge_wanted)
        body.addWidget(self._export)
        body.addWidget(self._import)
        body.addSpacing(8)
        body.addWidget(Hairline(theme))
        body.addSpacing(4)
        body.addWidget(Label(theme, "这台电脑", TextRole.PANEL))
        body.addWidget(FactRow(theme, "全部已保存", icon="circle-check", icon_ink="ok"))
        if self.who is not None:
            ends = f"签名授权到 {self.who.ends:%Y年}{self.who.ends.month}月{self.who.ends.day}日"
            body.addWidget(FactRow(theme, ends, icon="key-round"))
        return aside

    def _show_counts(self, summary: EnterpriseSummary) -> None:
        states = summary.states
        done = sum(states[state] for state in DONE)
        self._views.set_counts(
            {
                key: summary.total if not wanted else sum(states[state] for state in wanted)
                for key, (_, wanted) in VIEWS.items()
            }
        )
        overdue = f"，{summary.overdue} 家已过期限" if summary.overdue else ""
        self._due.setText(f"共 {summary.total} 家，做完 {done} 家{overdue}")
        self._bar.set_progress(done, summary.total)
        numbers = {
            "done": done,
            "drafting": states[EnterpriseState.DRAFTING],
            "returned": states[EnterpriseState.RETURNED],
            "open": states[EnterpriseState.NOT_STARTED],
            "grade": summary.grade_3_up,
            "conflict": summary.conflicts,
        }
        for key, number in numbers.items():
            self._facts[key].value.setText(f"{number:,}")
        signed = states[EnterpriseState.SIGNED]
        self._export.hint.set_text(f"{signed} 家已签名，还没交" if signed else "没有等着交的")

    def _keep_current(self, current: EnterpriseItem | None) -> None:
        row = self.model.row_of(current.uscc) if current else None
        if row is not None:
            self.list.setCurrentIndex(self.model.index(row, 0))
        elif self.model.rowCount():
            self.list.step(0)

    def _choose(self, view: str) -> None:
        self._view = view
        self.refresh()

    def _open(self, index: QModelIndex) -> None:
        item = self.model.item(index)
        if item is not None:
            self.enterprise_opened.emit(item.uscc)

    def _changed(self, changes: Changes, origin: object) -> None:
        if origin is self or not changes.areas & SHOWN:
            return
        if self.isVisible():
            self.refresh()
        else:
            self._is_stale = True
