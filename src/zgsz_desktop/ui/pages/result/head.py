"""The top of the result page: the grade at the left, what each framework says, and what the next level still lacks."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from zgsz_desktop.ui.pages.result.presenter import FrameworkView
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.cards import clear_layout
from zgsz_desktop.ui.widgets.marks import Hairline, IconLabel
from zgsz_desktop.ui.widgets.results import FrameworkSummary, GradeHead, GradeView
from zgsz_desktop.ui.widgets.text import Label, TextRole

GRADE_WIDTH = 330
FRAMEWORK_WIDTH = 280
ROOM_FOR_REASONS = 2
"""With more frameworks than these the reasons in full have no room beside them; each says its own in short."""


class ResultHead(QWidget):
    """Grade, frameworks, and the way to the next level in words."""

    def __init__(self, theme: Theme, groups: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        left = QVBoxLayout()
        left.setSpacing(6)
        self.grade = GradeHead(theme, large=True, groups=groups)
        self.grade.setFixedWidth(GRADE_WIDTH)
        left.addWidget(self.grade)
        left.addStretch(1)
        row.addLayout(left)
        row.addWidget(Hairline(theme, upright=True))
        self._frameworks = QHBoxLayout()
        self._frameworks.setSpacing(32)
        row.addLayout(self._frameworks, 1)

    def show_head(self, grade: GradeView, next_grade: str, frameworks: Sequence[FrameworkView], caveat: str) -> None:
        """Show a result.

        Args:
            grade: the grade with its change.
            next_grade: how far it is to the next one.
            frameworks: all of them.
            caveat: what the result does not rest on, in one line.
        """
        self.grade.show_result(grade)
        clear_layout(self._frameworks)
        few = len(frameworks) <= ROOM_FOR_REASONS
        for view in frameworks:
            summary = FrameworkSummary(self.theme, view.title)
            summary.show_value(view.value, view.filled, view.total, view.note)
            summary.setToolTip("\n".join(view.unmet))
            if few:
                summary.setFixedWidth(FRAMEWORK_WIDTH)
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addWidget(summary)
            if caveat and view is frameworks[0]:
                column.addSpacing(6)
                column.addWidget(Label(self.theme, caveat, TextRole.CAPTION, wrap=True))
            column.addStretch(1)
            self._frameworks.addLayout(column, 0 if few else 1)
        if few:
            first = next((view for view in frameworks if view.unmet), None)
            self._frameworks.addLayout(self._reasons(next_grade, first), 1)

    def _reasons(self, next_grade: str, framework: FrameworkView | None) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(4)
        title = f"到{framework.next_level}还差什么" if framework else "离下一档"
        column.addWidget(Label(self.theme, title, TextRole.HELPER))
        for text in framework.unmet if framework else ():
            column.addLayout(self._line("circle", "line3", text))
        if next_grade:
            column.addLayout(self._line("trending-up", "accent", next_grade))
        column.addStretch(1)
        return column

    def _line(self, icon: str, ink: str, text: str) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(IconLabel(self.theme, icon, 14, ink, drop=2), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(Label(self.theme, text, TextRole.HELPER, ink="text", wrap=True), 1)
        return line
