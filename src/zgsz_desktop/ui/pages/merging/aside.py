"""The right side of the merge page: what waits for a person, one card with one button each, and what went by itself."""

from collections.abc import Sequence
from enum import StrEnum
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from zgsz_desktop.engine.errors import PackageError
from zgsz_desktop.ui.marks import Chip, Tone
from zgsz_desktop.ui.pages.merging.parcels import Parcel, Summary, heading_of, reasons_of, to_do
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.bars import SideColumn
from zgsz_desktop.ui.widgets.cards import FactRow, TodoCard, TodoText, clear_layout
from zgsz_desktop.ui.widgets.marks import ChipLabel
from zgsz_desktop.ui.widgets.package_rows import PackageState
from zgsz_desktop.ui.widgets.text import Label, TextRole

NARROW = 348
WIDE = 460


class Act(StrEnum):
    """What a card's button does."""

    LIST = "list"
    COPY = "copy"
    TAKE = "take"
    RETRY = "retry"


class Aside(SideColumn):
    """Cards and counts.

    Signals:
        acted(str, int): value of an `Act`, place of the parcel.
    """

    acted = Signal(str, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, NARROW, at_right=True, parent=parent)
        self.setAccessibleName("要您处理的，和自动处理了的")
        self.cards: dict[int, TodoCard] = {}
        self.body.setContentsMargins(16, 14, 16, 16)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label(theme, "要您处理", TextRole.PANEL))
        self._count = ChipLabel(theme, Chip("", Tone.WARN))
        head.addWidget(self._count)
        head.addStretch(1)
        self._rest = Label(theme, "其余不用管", TextRole.HELPER)
        head.addWidget(self._rest)
        self.body.addLayout(head)
        self._nothing = Label(theme, "", TextRole.HELPER, wrap=True)
        self.body.addWidget(self._nothing)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(8)
        self.body.addLayout(self._cards)
        self._auto = QWidget()
        column = QVBoxLayout(self._auto)
        column.setContentsMargins(2, 10, 2, 0)
        column.setSpacing(8)
        column.addWidget(Label(theme, "自动处理了", TextRole.PANEL))
        self._facts = QVBoxLayout()
        self._facts.setSpacing(7)
        column.addLayout(self._facts)
        self.body.addWidget(self._auto)

    def show_parcels(self, parcels: Sequence[Parcel], summary: Summary, *, wide: bool) -> None:
        """Show what came of the queue.

        Args:
            parcels: the queue.
            summary: its counts.
            wide: whether the window has room for what went by itself, too.
        """
        self.setFixedWidth(WIDE if wide else NARROW)
        places = to_do(parcels)
        self._count.setVisible(bool(places))
        self._count.set_chip(Chip(f"{len(places)} 件", Tone.WARN))
        self._rest.setVisible(bool(places))
        self._nothing.setVisible(not places)
        self._nothing.setText("没有要您处理的。" if summary.settled else "核对时发现的问题会列在这里，每件一个办法。")
        clear_layout(self._cards)
        self.cards = {}
        for place in places:
            act, text = _card(parcels[place])
            card = TodoCard(self.theme, text, primary=not self.cards and act is Act.LIST)
            card.acted.connect(partial(self.acted.emit, act.value, place))
            self.cards[place] = card
            self._cards.addWidget(card)
        self._show_facts(summary)
        self._auto.setVisible(summary.settled > 0 and (wide or not places))

    def _show_facts(self, summary: Summary) -> None:
        clear_layout(self._facts)
        facts = (
            (summary.merged, "circle-check", "ok", f"{summary.merged} 份核对通过并入", f"新增 {summary.new:,} 条"),
            (summary.known, "layers", "text2", f"{summary.known:,} 条以前就有", "没有重复计数"),
            (summary.repeated, "copy", "text2", f"{summary.repeated} 份重复，已跳过", "没有重复计数"),
            (summary.certificates, "shield-check", "text2", f"{summary.certificates} 张新证书", "核对后收下"),
        )
        for count, icon, ink, name, value in facts:
            if count:
                self._facts.addWidget(FactRow(self.theme, name, value, icon=icon, icon_ink=ink, bold=False))


def _card(parcel: Parcel) -> tuple[Act, TodoText]:
    """Write the card of a parcel that needs a person."""
    if parcel.error is not None:
        return _refused(parcel)
    report = parcel.report
    if report is None:
        raise LookupError(parcel.path)
    total, whom = report.total, report.producer.person
    if parcel.state is PackageState.CONFLICT:
        enterprises = len({item.entity for item in report.conflicts})
        sentence = "包里和库里各有一份，互不替换，不能自动选。先暂用其中一份。"
        kept = f"其余 {max(0, total.new - total.conflict):,} 条已并入"
        return Act.LIST, TodoText(
            "git-compare", "warn", f"{enterprises} 处有冲突", sentence, "看冲突清单", whom, kept, "list-checks"
        )
    reasons = reasons_of(report)
    more = f"另有 {len(reasons) - 1} 种原因。" if len(reasons) > 1 else ""
    return Act.LIST, TodoText(
        "file-x",
        "warn",
        f"{total.refused:,} 条没有收下",
        (reasons[0] if reasons else "") + more,
        "看清单",
        whom,
        f"其余 {total.new + total.known:,} 条已并入",
        "list-checks",
    )


def _refused(parcel: Parcel) -> tuple[Act, TodoText]:
    error = parcel.error
    if error is None:
        raise LookupError(parcel.path)
    kept = "没有并入任何内容"
    if error.code == "package.other_bureau":
        act, verb, icon = Act.TAKE, "收下给别的单位的包", "file-input"
    elif isinstance(error, PackageError):
        act, verb, icon = Act.COPY, "复制给他", "copy"
    else:
        act, verb, icon = Act.RETRY, "再试一次", "refresh-cw"
    head_icon = "shield-x" if isinstance(error, PackageError) else "triangle-alert"
    text = TodoText(head_icon, "bad", heading_of(error), str(error), verb, parcel.path.name, kept, icon)
    return act, text
