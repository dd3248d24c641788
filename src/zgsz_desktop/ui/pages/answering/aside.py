"""The right side of the answering page: the live result, what to look at, what to ask for, and the note."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from zgsz_desktop.ui.marks import Chip, Tone
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.bars import SideColumn
from zgsz_desktop.ui.widgets.cards import clear_layout
from zgsz_desktop.ui.widgets.marks import BADGE_LIVE, ChipLabel, GradeBadge, Hairline, IconLabel, Ladder
from zgsz_desktop.ui.widgets.text import Label, TextRole

WIDTH = 316
NOTE_HEIGHT = 96
SIDE = 16


@dataclass(frozen=True, slots=True)
class Live:
    """The result as it stands.

    Attributes:
        done: how many questions it rests on.
        total: of the primary framework, on 0–100; None while nothing can be scored.
        gain: what the present question brings to the total.
        next_gap: points to the next grade, None at the last one.
        frameworks: name and level in words, for every framework.
    """

    done: int = 0
    grade: int | None = None
    level_name: str = ""
    total: Decimal | None = None
    gain: Decimal = Decimal(0)
    next_grade: int | None = None
    next_gap: Decimal | None = None
    frameworks: Sequence[tuple[str, str]] = ()


def one_place(number: Decimal) -> str:
    """Write a score as the page does: one place, half up."""
    return f"{number.quantize(Decimal('0.1'), rounding='ROUND_HALF_UP'):f}"


class Aside(SideColumn):
    """Everything beside the question.

    Signals:
        note_typed(str): the note after each change.
    """

    note_typed = Signal(str)

    def __init__(self, theme: Theme, groups: Sequence[int] = (2, 2, 2, 2, 2), parent: QWidget | None = None) -> None:
        super().__init__(theme, WIDTH, at_right=True, parent=parent)
        self.setAccessibleName("实时结果、怎么看、佐证和备注")
        self._column = self.body
        self._column.setContentsMargins(0, 12, 0, 12)
        self._column.setSpacing(0)
        self._add_live(groups)
        self._help = Label(theme, "", TextRole.HELPER, wrap=True)
        self._help_block = self._block("怎么看", self._help)
        self._evidence = QVBoxLayout()
        self._evidence.setSpacing(6)
        holder = QWidget()
        holder.setLayout(self._evidence)
        self._evidence.setContentsMargins(0, 0, 0, 0)
        self._evidence_block = self._block("请企业出示", holder)
        self.note = QPlainTextEdit()
        self.note.setAccessibleName("备注")
        self.note.setPlaceholderText("现场看到的、拿不准的，记在这里")
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(NOTE_HEIGHT)
        self.note.installEventFilter(self)
        self.note.textChanged.connect(lambda: self.note_typed.emit(self.note.toPlainText()))
        self._block("备注", self.note)

    def show_live(self, live: Live) -> None:
        """Show the result as it stands now."""
        self._basis.setText(f"按已答 {live.done} 题试算")
        self._badge.set_grade(live.grade or None)
        self._grade.setText(f"{live.grade} 档" if live.grade else "未到 1 档")
        self._level.setText(live.level_name)
        self._total.setText("–" if live.total is None else one_place(live.total))
        self._gain.setVisible(bool(live.gain))
        if live.gain:
            self._gain.set_chip(Chip(f"本题 {live.gain:+.1f}", Tone.OK, "trending-up"))
        self._ladder.set_grade(live.grade, live.next_grade)
        gap = "" if live.next_gap is None else f"再得 {one_place(live.next_gap)} 分到 {live.next_grade} 档"
        self._gap.setText(gap)
        clear_layout(self._frameworks)
        for title, text in live.frameworks:
            self._frameworks.addLayout(self._pair(title, text))

    def show_question(self, help_text: str, evidence: Sequence[str], note: str) -> None:
        """Show what belongs to another question."""
        self._help.setText(help_text)
        self._help_block.setVisible(bool(help_text))
        clear_layout(self._evidence)
        for item in evidence:
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(IconLabel(self.theme, "circle", 16, "line3"), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Label(self.theme, item, TextRole.HELPER, ink="text", wrap=True), 1)
            self._evidence.addLayout(row)
        self._evidence_block.setVisible(bool(evidence))
        if self.note.toPlainText() != note:
            self.note.blockSignals(True)  # filling is not typing
            self.note.setPlainText(note)
            self.note.blockSignals(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.note and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            leaves = event.key() == Qt.Key.Key_Escape
            if leaves:
                self.note.clearFocus()
                return True
        return super().eventFilter(watched, event)

    def _add_live(self, groups: Sequence[int]) -> None:
        theme = self.theme
        head = QHBoxLayout()
        self._basis = Label(theme, "", TextRole.CAPTION)
        head.addWidget(Label(theme, "实时结果", TextRole.CARD))
        head.addStretch(1)
        head.addWidget(self._basis)
        self._badge = GradeBadge(theme, None, BADGE_LIVE)
        self._grade = Label(theme, "", TextRole.QUESTION)
        self._level = Label(theme, "", TextRole.SECONDARY)
        self._total = Label(theme, "–", TextRole.PANEL)
        self._gain = ChipLabel(theme, Chip("", Tone.OK, "trending-up"))
        self._gain.setVisible(False)
        self._ladder = Ladder(theme, groups=groups)
        self._gap = Label(theme, "", TextRole.HELPER)
        self._frameworks = QVBoxLayout()
        self._frameworks.setSpacing(4)
        beside = QVBoxLayout()
        beside.setSpacing(3)
        beside.addLayout(_row(self._grade, self._level))
        beside.addLayout(_row(self._total, Label(theme, "分", TextRole.HELPER), self._gain))
        badge_row = QHBoxLayout()
        badge_row.setSpacing(14)
        badge_row.addWidget(self._badge)
        badge_row.addLayout(beside, 1)
        block = QVBoxLayout()
        block.setContentsMargins(SIDE, 0, SIDE, 10)
        block.setSpacing(8)
        for part in (head, badge_row):
            block.addLayout(part)
        block.addSpacing(4)
        block.addWidget(self._ladder)
        block.addWidget(self._gap)
        block.addWidget(Hairline(theme))
        block.addLayout(self._frameworks)
        self._column.addLayout(block)

    def _block(self, title: str, content: QWidget) -> QWidget:
        block = QWidget()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(8)
        column.addWidget(Hairline(self.theme))
        inside = QVBoxLayout()
        inside.setContentsMargins(SIDE, 4, SIDE, 0)
        inside.setSpacing(8)
        inside.addWidget(Label(self.theme, title, TextRole.CARD))
        inside.addWidget(content)
        column.addLayout(inside)
        self._column.addWidget(block)
        return block

    def _pair(self, title: str, text: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(Label(self.theme, title, TextRole.HELPER))
        row.addStretch(1)
        value = Label(self.theme, text, TextRole.CARD)
        row.addWidget(value)
        return row


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget, 0, Qt.AlignmentFlag.AlignBottom)
    row.addStretch(1)
    return row
