"""What the program has to say: the inline note, which stays, and the toast, which goes.

A note: tint, line, icon; bold what happened; plain what was kept and what to do; at most two buttons; technical detail
behind 详情, copyable. Errors are notes, never toasts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from zgsz_desktop.engine.errors import AppError
from zgsz_desktop.ui.marks import KEY_HEIGHT, key_width
from zgsz_desktop.ui.painting import draw_icon, draw_plate, draw_text, text_width
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.buttons import Button, ButtonKind
from zgsz_desktop.ui.widgets.cards import Card
from zgsz_desktop.ui.widgets.marks import IconLabel
from zgsz_desktop.ui.widgets.painted import PaintedButton, PaintedWidget
from zgsz_desktop.ui.widgets.text import Label, TextRole

TOAST_HEIGHT = 44
TOAST_TIME = 6000
FROM_BOTTOM = 72  # clear of a foot bar
DETAIL_HEIGHT = 96


class NoteTone(Enum):
    """What kind of news; values: icon, token of ink, ground, border."""

    INFO = ("info", "accent", "accent_bg", "accent_line")
    OK = ("circle-check", "ok", "ok_bg", "ok_line")
    WARN = ("triangle-alert", "warn", "warn_bg", "warn_line")
    BAD = ("circle-x", "bad", "bad_bg", "bad_line")
    PLAIN = ("info", "text2", "sunken", "line")


@dataclass(frozen=True, slots=True)
class NoteAction:
    """A button of a note: what `action_chosen` says, and the verb on it."""

    id: str
    label: str


class InlineNote(Card):
    """News that stays where it belongs.

    Signals:
        action_chosen(str): id of the button pressed.
    """

    action_chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        tone: NoteTone,
        what: str,
        kept: str = "",
        *,
        actions: Sequence[NoteAction] = (),
        detail: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Make a note.

        Args:
            theme: colours, fonts and icons.
            tone: what kind of news.
            what: what happened; bold where `kept` follows.
            kept: what was kept and what to do.
            actions: at most two buttons.
            detail: technical text behind 详情.
            parent: Qt parent.
        """
        icon, ink, ground, border = tone.value
        super().__init__(theme, padding=0, ground=ground, border=border, parent=parent)
        row = QHBoxLayout()
        row.setContentsMargins(12, 8, 10, 8)
        row.setSpacing(9)
        lines = QVBoxLayout()
        lines.setSpacing(1)
        lines.addStretch(1)
        first = QHBoxLayout()
        first.setSpacing(9)
        first.addWidget(IconLabel(theme, icon, 16, ink, drop=3), 0, Qt.AlignmentFlag.AlignTop)
        first.addWidget(Label(theme, what, TextRole.CARD if kept else TextRole.BODY, wrap=True), 1)
        lines.addLayout(first)
        if kept:
            second = QHBoxLayout()
            second.setContentsMargins(25, 0, 0, 0)
            second.addWidget(Label(theme, kept, TextRole.HELPER, wrap=True))
            lines.addLayout(second)
        lines.addStretch(1)
        row.addLayout(lines, 1)
        self._detail = QPlainTextEdit(detail)
        if detail:
            self._detail_button = Button(theme, "详情", ButtonKind.QUIET, height=30)
            self._detail_button.setCheckable(False)
            self._detail_button.clicked.connect(self._turn_detail)
            row.addWidget(self._detail_button)
        for action in actions[:2]:
            button = Button(theme, action.label, height=30)
            button.clicked.connect(lambda _=False, which=action.id: self.action_chosen.emit(which))
            row.addWidget(button)
        self.body.setSpacing(0)
        self.body.addLayout(row)
        self._detail.setReadOnly(True)
        self._detail.setAccessibleName("技术细节，可以复制")
        self._detail.setFixedHeight(DETAIL_HEIGHT)
        self._detail.hide()
        self.body.addWidget(self._detail)
        self.setMinimumHeight(40)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setAccessibleName("，".join(part for part in (what, kept) if part))

    def is_detail_shown(self) -> bool:
        """Whether the technical text is open."""
        return not self._detail.isHidden()

    def _turn_detail(self) -> None:
        shown = self.is_detail_shown()
        self._detail.setVisible(not shown)
        self._detail_button.setText("详情" if shown else "收起")
        self._detail_button.set_name(self._detail_button.text())


def note_of_error(theme: Theme, error: AppError, actions: Sequence[NoteAction] = ()) -> InlineNote:
    """Make the note of a catalogue's error: message, remedy, and its diagnostics behind 详情."""
    return InlineNote(theme, NoteTone.BAD, error.message, error.remedy, actions=actions, detail=error.diagnostics())


class _UndoButton(PaintedButton):
    """撤销 on the dark tip: no plate, bold word and key cap."""

    def __init__(self, theme: Theme, keys: str, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._keys = keys
        self.setText("撤销")
        self.setAccessibleName("撤销")
        self.setToolTip(f"撤销（{keys}）")
        self.setFixedSize(round(28 + 10 + key_width(theme, keys) + 20), 30)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  small
        painter, tokens, area = self.painter(), self.theme.tokens, self.area()
        if self.shows_ring():
            draw_plate(painter, area, 6, border=tokens.on_tip, width=2)
        room = area.adjusted(8, 0, 0, 0)
        used = draw_text(painter, room, self.text(), self.theme.font(13, bold=True), tokens.on_tip)
        cap = room.adjusted(used + 12, (area.height() - KEY_HEIGHT) / 2, 0, 0)
        cap.setWidth(key_width(self.theme, self._keys))
        cap.setHeight(KEY_HEIGHT)
        draw_plate(painter, cap, 4, border=tokens.line3)
        pad = (cap.width() - text_width(self.theme.font(12), self._keys)) / 2
        draw_text(painter, cap.adjusted(pad, 0, 4, 0), self._keys, self.theme.font(12), tokens.on_tip)
        painter.end()


class Toast(PaintedWidget):
    """A short word at the bottom centre of its parent, gone after six seconds; stays while the pointer rests on it.

    Signals:
        undone: 撤销 was pressed.
    """

    undone = Signal()

    def __init__(self, theme: Theme, parent: QWidget, keys: str = "Ctrl Z") -> None:
        super().__init__(theme, parent)
        self._text = ""
        self._ground = parent
        self.setFixedHeight(TOAST_HEIGHT)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TOAST_TIME)
        self._timer.timeout.connect(self.hide)
        self._undo = _UndoButton(theme, keys, self)
        self._undo.clicked.connect(self._take_back)
        parent.installEventFilter(self)
        self.hide()

    def say(self, text: str, *, undo: bool = True) -> None:
        """Show a sentence; with 撤销 where the change can be taken back."""
        self._text = text
        self._undo.setVisible(undo)
        self.setAccessibleName(text)
        wanted = 12 + 16 + 10 + text_width(self.theme.font(14), text) + 20 + (self._undo.width() + 8 if undo else 0)
        self.setFixedWidth(min(round(wanted), max(200, self._ground.width() - 32)))
        self._undo.move(self.width() - self._undo.width() - 8, (TOAST_HEIGHT - self._undo.height()) // 2)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._ground and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEvent) -> None:  # noqa: ARG002  nothing of it is needed
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: ARG002  nothing of it is needed
        self._timer.start()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  one line
        painter, tokens, area = self.painter(), self.theme.tokens, self.area()
        draw_plate(painter, area, 8, fill=tokens.tip)
        draw_icon(painter, self.theme, "circle-check", QPointF(21, area.center().y()), px=16, colour=tokens.on_tip)
        right = self._undo.x() if not self._undo.isHidden() else area.right() - 12
        draw_text(
            painter, area.adjusted(39, 0, right - area.right(), 0), self._text, self.theme.font(14), tokens.on_tip
        )
        painter.end()

    def _take_back(self) -> None:
        self.hide()
        self.undone.emit()

    def _place(self) -> None:
        ground = self._ground
        self.move((ground.width() - self.width()) // 2, ground.height() - self.height() - FROM_BOTTOM)
