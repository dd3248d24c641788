"""The bar above the question in a small window: where I am, how much is done, how the result stands.

It stands in for the two side columns, which it opens and closes (the sections by its first button, the result by F4).
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from zgsz_desktop.ui.pages.answering.outline import Outline
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.bars import PageBar
from zgsz_desktop.ui.widgets.buttons import Button
from zgsz_desktop.ui.widgets.marks import BADGE_TABLE, GradeBadge, Hairline, ProgressBar
from zgsz_desktop.ui.widgets.results import GradeView
from zgsz_desktop.ui.widgets.text import Label, TextRole


class CompactBar(PageBar):
    """Section, progress, badge and score.

    Signals:
        sections_wanted: open or close the sections. `result_wanted`: open or close the result.
    """

    sections_wanted = Signal()
    result_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._section = Button(theme, "目录", icon="layout-grid", opens_menu=True)
        self._section.clicked.connect(self.sections_wanted)
        self._bar = ProgressBar(theme)
        self._bar.setFixedWidth(140)
        self._count = Label(theme, "", TextRole.HELPER)
        self._open = Label(theme, "", TextRole.HELPER)
        self._badge = GradeBadge(theme, None, BADGE_TABLE)
        self._score = Label(theme, "", TextRole.CARD)
        result = Button(theme, "结果", icon="panel-right-open", keys="F4")
        result.clicked.connect(self.result_wanted)
        left: tuple[QWidget, ...] = (self._section, self._bar, self._count, self._open)
        right: tuple[QWidget, ...] = (Hairline(theme, upright=True), self._badge, self._score, result)
        for widgets, end in ((left, self.left), (right, self.right)):
            for widget in widgets:
                end.addWidget(widget)

    def show_state(self, outline: Outline, question: str, view: GradeView) -> None:
        """Show where the question stands and how the result is."""
        part = outline.part_of(question)
        self._section.setText(f"{part.group} / {part.title}" if part else "目录")
        self._section.updateGeometry()
        self._bar.set_progress(outline.done, outline.total)
        self._count.setText(f"{outline.done} / {outline.total}")
        left = outline.total - outline.done
        self._open.setText(f"未答 {left}" if left else "全部答完")
        self._badge.set_grade(view.grade)
        self._score.setText(f"{view.score} 分")
