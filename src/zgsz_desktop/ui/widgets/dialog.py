"""The one kind of dialog: it asks once, in words that name the thing.

The question names the thing, the body says what happens and what can be undone, verbs stand on the buttons, the focus
is on the safe one and Esc means it. Never open one from another.
"""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.buttons import Button, ButtonKind
from zgsz_desktop.ui.widgets.text import Label, TextRole

WIDTH = 420


@dataclass(frozen=True, slots=True)
class Question:
    """What a dialog asks.

    Attributes:
        title: the question; it names the thing.
        body: what happens, and what can be undone.
        safe: verb of the button that changes nothing (不删).
        act: verb of the other (删除这次填写).
        icon: icon on the acting button.
        dangerous: whether the act is drawn as danger; else it is primary.
    """

    title: str
    body: str
    safe: str
    act: str
    icon: str = ""
    dangerous: bool = False


class QuestionDialog(QDialog):
    """Asks one question; `exec()` or `open()` as every dialog, accepted means the act.

    Attributes:
        safe: the button that changes nothing; it has the focus.
        act: the button that acts.
        content: place for more widgets between body and buttons (a field to fill in).
    """

    def __init__(self, theme: Theme, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setWindowTitle(question.title)
        self.setModal(True)
        self.setFixedWidth(WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 20, 18)
        column.setSpacing(8)
        column.addWidget(Label(theme, question.title, TextRole.PANEL, wrap=True))
        column.addWidget(Label(theme, question.body, TextRole.SECONDARY, wrap=True))
        self.content = QVBoxLayout()
        self.content.setSpacing(8)
        column.addLayout(self.content)
        column.addSpacing(8)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        self.safe = Button(theme, question.safe, keys="Esc", height=36)
        self.safe.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.safe.clicked.connect(self.reject)
        kind = ButtonKind.DANGER if question.dangerous else ButtonKind.PRIMARY
        self.act = Button(theme, question.act, kind, icon=question.icon, height=36)
        self.act.clicked.connect(self.accept)
        buttons.addWidget(self.safe)
        buttons.addWidget(self.act)
        column.addLayout(buttons)
        self.safe.setFocus(Qt.FocusReason.TabFocusReason)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  a plate
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self.theme.tokens.surface))
        painter.end()


def ask(theme: Theme, question: Question, parent: QWidget | None = None) -> bool:
    """Ask and wait; give whether the user chose to act."""
    return QuestionDialog(theme, question, parent).exec() == QDialog.DialogCode.Accepted
