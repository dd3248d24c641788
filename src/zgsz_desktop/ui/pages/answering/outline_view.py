"""The left side of the answering page: how much is done, the filter, the sections, and the way to completing."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from zgsz_desktop.ui.pages.answering.outline import Filter, Item, Outline, Part
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.bars import SideColumn
from zgsz_desktop.ui.widgets.buttons import Button
from zgsz_desktop.ui.widgets.marks import Hairline, ProgressBar
from zgsz_desktop.ui.widgets.section_list import Group, Section, SectionList, Square, SquareState
from zgsz_desktop.ui.widgets.segment import Segment, SegmentItem
from zgsz_desktop.ui.widgets.text import Label, TextRole

WIDTH = 232


class OutlineView(SideColumn):
    """Sections with their questions.

    Signals:
        question_chosen(str): a question, or the first open one of a section.
        filter_chosen(str): value of a `Filter`.
        complete_clicked: 检查并完成.
    """

    question_chosen = Signal(str)
    filter_chosen = Signal(str)
    complete_clicked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, WIDTH, at_right=False, parent=parent)
        self.setAccessibleName("目录和进度")
        self._outline = Outline(())
        self._open_group = ""
        self._question = ""
        head = QHBoxLayout()
        head.setSpacing(6)
        self._done = Label(theme, "0", TextRole.FIGURE)
        self._total = Label(theme, "", TextRole.HELPER)
        self._left = Label(theme, "", TextRole.HELPER)
        head.addWidget(self._done)
        head.addWidget(self._total)
        head.addStretch(1)
        head.addWidget(self._left)
        self._bar = ProgressBar(theme)
        self._segment = Segment(
            theme,
            [
                SegmentItem(Filter.ALL.value, "全部", 0),
                SegmentItem(Filter.OPEN.value, "未答", 0),
                SegmentItem(Filter.DOUBTFUL.value, "存疑", 0),
            ],
            "看哪些题",
        )
        self._segment.chosen.connect(self.filter_chosen)
        self._list = SectionList(theme)
        self._list.group_chosen.connect(self._toggle_group)
        self._list.section_chosen.connect(self._enter_section)
        self._list.question_chosen.connect(self.question_chosen)
        self.body.setContentsMargins(16, 10, 12, 12)
        self.body.addLayout(head)
        self.body.addWidget(self._bar)
        self.body.addSpacing(4)
        self.body.addWidget(self._segment)
        self.body.addSpacing(6)
        self.body.addWidget(self._list)
        self._add_foot(theme)

    def show_outline(self, outline: Outline, question: str, chosen: Filter) -> None:
        """Show the state; the group of the present question opens when the question moves into it."""
        part = outline.part_of(question)
        if part is not None and question != self._question:
            self._open_group = part.group
        self._outline, self._question = outline, question
        left = outline.total - outline.done
        self._done.setText(str(outline.done))
        self._total.setText(f"/ {outline.total} 题")
        self._left.setText(f"还差 {left}" if left else "全部答完")
        self._bar.set_progress(outline.done, outline.total)
        self._segment.set_counts({"all": outline.total, "open": left, "doubtful": outline.doubtful})
        if self._segment.chosen_id() != chosen.value:
            self._segment.choose(chosen.value)
        doubts = f"，{outline.doubtful} 题存疑" if outline.doubtful else ""
        self._remark.setText(f"还有 {left} 题未答{doubts}" if left else f"全部答完{doubts}")
        self._show_sections()

    def _show_sections(self) -> None:
        part = self._outline.part_of(self._question)
        section = part.id if part else ""
        groups = [
            Group(
                name,
                name,
                sum(entry.done for entry in parts),
                sum(len(entry.items) for entry in parts),
                tuple(_section(entry) for entry in parts),
            )
            for name, parts in self._outline.groups()
        ]
        self._list.show_groups(groups, self._open_group, section, self._question)

    def _add_foot(self, theme: Theme) -> None:
        self.complete = Button(theme, "检查并完成", icon="list-checks", keys="Ctrl ⏎", height=36)
        self.complete.clicked.connect(self.complete_clicked)
        self._remark = Label(theme, "", TextRole.CAPTION)
        self._remark.setIndent(4)
        holder = QVBoxLayout()
        holder.setContentsMargins(14, 10, 14, 12)
        holder.setSpacing(8)
        holder.addWidget(self.complete)
        holder.addWidget(self._remark)
        self.foot.addWidget(Hairline(theme))
        self.foot.addLayout(holder)

    def _toggle_group(self, group: str) -> None:
        self._open_group = "" if self._open_group == group else group
        self._show_sections()

    def _enter_section(self, section: str) -> None:
        part = next((part for part in self._outline.parts if part.id == section), None)
        if part is not None:
            first = next((item for item in part.items if not item.answered), part.items[0])
            self.question_chosen.emit(first.question.id)


def _section(part: Part) -> Section:
    squares = tuple(Square(item.question.id, str(item.number), _state(item)) for item in part.items)
    return Section(part.id, part.title, part.done, len(part.items), doubtful=bool(part.doubtful), squares=squares)


def _state(item: Item) -> SquareState:
    if item.doubtful:
        return SquareState.DOUBTFUL
    return SquareState.ANSWERED if item.answered else SquareState.OPEN
