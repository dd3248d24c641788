"""The right side of the answering page: the live result, what to look at, what to ask for, and the note."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.bars import SideColumn
from zgsz_desktop.ui.widgets.cards import clear_layout
from zgsz_desktop.ui.widgets.marks import Hairline, IconLabel
from zgsz_desktop.ui.widgets.results import GradeView, LiveResult
from zgsz_desktop.ui.widgets.text import Label, TextRole

WIDTH = 316
NOTE_HEIGHT = 96
SIDE = 16


@dataclass(frozen=True, slots=True)
class Live:
    """The result as it stands: grade and score, what it rests on, and the frameworks by name and level."""

    view: GradeView
    basis: str = ""
    frameworks: Sequence[tuple[str, str]] = ()


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
        self._live = LiveResult(theme, groups)
        self._live.setContentsMargins(SIDE, 0, SIDE, 10)
        self._column.addWidget(self._live)
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
        self._column.addStretch(1)

    def show_live(self, live: Live) -> None:
        """Show the result as it stands now."""
        self._live.show_result(live.view, live.basis, live.frameworks)

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
