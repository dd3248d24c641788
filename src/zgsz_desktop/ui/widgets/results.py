"""The result in widgets: the live result beside the question, and the head of the result page.

Both show values that the engine computed; nothing is calculated here.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from zgsz_desktop.ui.marks import EVEN_GROUPS, Chip, Tone
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.cards import FactRow, clear_layout
from zgsz_desktop.ui.widgets.charts import LevelMeter
from zgsz_desktop.ui.widgets.marks import BADGE_LIVE, BADGE_RESULT, ChipLabel, GradeBadge, Hairline, Ladder
from zgsz_desktop.ui.widgets.painted import FIXED, GROWS
from zgsz_desktop.ui.widgets.text import ElidedLabel, Label, TextRole


@dataclass(frozen=True, slots=True)
class GradeView:
    """A result in short.

    Attributes:
        grade: 1 to 10, or None while it cannot be graded.
        grade_text: `5 档`.
        level: name of the level, from data (`领域级`).
        score: `52.4`.
        delta: what the last answer or round brought (`本题 +1.9`), or nothing.
        gained: whether the delta is a gain.
        to_next: distance to the next grade in words, or why there is none yet.
        groups: sizes of the levels' groups on the ladder, from data.
    """

    grade: int | None
    grade_text: str
    level: str
    score: str
    delta: str = ""
    gained: bool = True
    to_next: str = ""
    groups: tuple[int, ...] = EVEN_GROUPS


def delta_chip(text: str, *, gained: bool) -> Chip:
    """Make the chip of a change: arrow and words, never only a colour."""
    return Chip(text, Tone.OK if gained else Tone.BAD, "trending-up" if gained else "trending-down")


class GradeHead(QWidget):
    """Badge, grade and level, score and change, ladder: 60 px live, 92 px on the result page."""

    def __init__(
        self, theme: Theme, *, large: bool = False, groups: Sequence[int] = EVEN_GROUPS, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        size: QSize = BADGE_RESULT if large else BADGE_LIVE
        self._badge = GradeBadge(theme, None, size)
        self._grade = Label(theme, "", TextRole.GRADE if large else TextRole.QUESTION)
        self._level = Label(theme, "", TextRole.LEVEL if large else TextRole.SECONDARY)
        self._score = Label(theme, "", TextRole.PANEL)
        self._unit = Label(theme, "分", TextRole.HELPER)
        self._delta = ChipLabel(theme, Chip(""))
        self._delta.hide()
        self._ladder = Ladder(theme, groups, 30 if large else 24)
        row = QHBoxLayout()
        row.setSpacing(20 if large else 14)
        row.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addLayout(self._line(self._grade, self._level))
        words.addLayout(self._line(self._score, self._unit, self._delta))
        row.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        if large:
            words.addSpacing(2)
            words.addWidget(self._ladder)
        else:
            column.addWidget(self._ladder)

    def show_result(self, view: GradeView) -> None:
        """Show a result."""
        self._badge.set_grade(view.grade)
        self._grade.setText(view.grade_text)
        self._level.setText(view.level)
        self._score.setText(view.score)
        self._unit.setVisible(bool(view.score))
        self._delta.setVisible(bool(view.delta))
        self._delta.set_chip(delta_chip(view.delta, gained=view.gained))
        self._ladder.set_grade(view.grade)
        self.setAccessibleName(f"{view.grade_text} {view.level}，{view.score} 分，{view.delta}".rstrip("，"))

    @staticmethod
    def _line(*widgets: QWidget) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        for widget in widgets:
            line.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addStretch(1)
        return line


class LiveResult(QWidget):
    """The result as it stands now, with the distance to the next grade and the other frameworks as name and value."""

    def __init__(self, theme: Theme, groups: Sequence[int] = EVEN_GROUPS, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(Label(theme, "实时结果", TextRole.CARD))
        head.addStretch(1)
        self._basis = Label(theme, "", TextRole.CAPTION)
        head.addWidget(self._basis)
        column.addLayout(head)
        self._head = GradeHead(theme, groups=groups)
        column.addWidget(self._head)
        self._to_next = Label(theme, "", TextRole.HELPER, wrap=True)
        column.addWidget(self._to_next)
        self._line = Hairline(theme)
        column.addWidget(self._line)
        self._others = QVBoxLayout()
        self._others.setSpacing(4)
        column.addLayout(self._others)

    def show_result(self, view: GradeView, basis: str = "", others: Sequence[tuple[str, str]] = ()) -> None:
        """Show a result.

        Args:
            view: grade, score and distance.
            basis: what it rests on (`按已答 41 题试算`).
            others: name and value of the other frameworks.
        """
        self._basis.setText(basis)
        self._head.show_result(view)
        self._to_next.setText(view.to_next)
        self._to_next.setVisible(bool(view.to_next))
        self._line.setVisible(bool(others))
        clear_layout(self._others)
        for name, value in others:
            self._others.addWidget(FactRow(self.theme, name, value))


class FrameworkSummary(QWidget):
    """Another framework on the result page: name, value 16 bold, meter, one line of what it means."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(ElidedLabel(theme, name, TextRole.HELPER))
        self._value = Label(theme, "", TextRole.PANEL)
        self._meter = LevelMeter(theme)
        self._note = ElidedLabel(theme, "", TextRole.CAPTION, ink="text2")
        column.addWidget(self._value)
        column.addWidget(self._meter)
        column.addWidget(self._note)
        self.setSizePolicy(GROWS, FIXED)

    def show_value(self, value: str, filled: int, total: int, note: str = "") -> None:
        """Show its level, as words and as parts filled."""
        self._value.setText(value)
        self._meter.set_level(filled, total)
        self._note.set_text(note)
