"""Fields to type in: search, text with a label and an error sentence, and the large number of a ratio question."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from zgsz_desktop.ui.painting import draw_plate
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.marks import IconLabel, KeyCap
from zgsz_desktop.ui.widgets.painted import FIXED, GROWS, PaintedWidget
from zgsz_desktop.ui.widgets.text import Label, TextRole

NUMBER_HEIGHT = 44


def set_wrong(edit: QWidget, *, wrong: bool) -> None:
    """Dress an input as wrong or as usual (QSS needs the nudge after a property has changed)."""
    if bool(edit.property("wrong")) is wrong:
        return
    edit.setProperty("wrong", wrong)
    edit.style().unpolish(edit)
    edit.style().polish(edit)


class _Plate(PaintedWidget):
    """The ground of an input that holds more than the line: follows the focus of the line inside."""

    def __init__(self, theme: Theme, edit: QLineEdit, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.wrong = False
        self._edit = edit
        edit.setProperty("bare", True)
        edit.setParent(self)
        edit.installEventFilter(self)
        self.setFocusProxy(edit)
        self.setCursor(Qt.CursorShape.IBeamCursor)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self.update()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  a plate
        painter, tokens = self.painter(), self.theme.tokens
        focused = self._edit.hasFocus()
        fill, border = tokens.surface, tokens.line3 if self.underMouse() else tokens.line2
        if not self.isEnabled():
            fill, border = tokens.sunken, tokens.line
        elif self.wrong:
            fill, border = tokens.bad_bg, tokens.bad
        elif focused:
            border = tokens.accent
        draw_plate(painter, self.area(), 6, fill=fill, border=border, width=2 if focused else 1)
        painter.end()


class SearchField(_Plate):
    """A search line with its icon and key. Esc clears, ↑ and ↓ are handed on to the list.

    Signals:
        text_changed(str): at each keystroke.
        submitted(str): Enter.
        stepped(int): -1 for ↑, 1 for ↓.
    """

    text_changed = Signal(str)
    submitted = Signal(str)
    stepped = Signal(int)

    def __init__(
        self, theme: Theme, placeholder: str, keys: str = "", *, height: int = 32, parent: QWidget | None = None
    ) -> None:
        self._line = QLineEdit()
        super().__init__(theme, self._line, parent)
        self._keys = keys
        self.setFixedHeight(height)
        self.setSizePolicy(GROWS, FIXED)
        self._line.setPlaceholderText(placeholder)
        self._line.setAccessibleName(placeholder)
        self._line.setFixedHeight(height - 4)
        row = QHBoxLayout(self)
        row.setContentsMargins(11, 0, 6, 0)
        row.setSpacing(10)
        row.addWidget(IconLabel(theme, "search", 16))
        row.addWidget(self._line, 1)
        self._cap = KeyCap(theme, keys or "Esc")
        self._cap.setVisible(bool(keys))
        row.addWidget(self._cap)
        self._line.textChanged.connect(self._changed)
        self._line.returnPressed.connect(lambda: self.submitted.emit(self._line.text()))

    def text(self) -> str:
        """Give what is typed."""
        return self._line.text()

    def set_text(self, text: str) -> None:
        """Type for the user."""
        self._line.setText(text)

    def focus_all(self) -> None:
        """Take the focus and select what is there (the page's Ctrl K or / comes here)."""
        self._line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._line.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape and self._line.text():
                self._line.clear()
                return True
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if step is not None:
                self.stepped.emit(step)
                return True
        return super().eventFilter(watched, event)

    def _changed(self, text: str) -> None:
        if text:
            self._cap.set_keys("Esc")
        elif self._keys:
            self._cap.set_keys(self._keys)
        self._cap.setVisible(bool(text or self._keys))
        self.text_changed.emit(text)


class TextField(QWidget):
    """A labelled line; what is wrong and what it should be stands under it.

    Signals:
        edited(str): the user changed the text.
        committed(str): Enter, or the focus left.
    """

    edited = Signal(str)
    committed = Signal(str)

    def __init__(
        self, theme: Theme, label: str = "", *, placeholder: str = "", name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.line = QLineEdit()
        self.line.setFixedHeight(32)
        self.line.setPlaceholderText(placeholder)
        self.line.setAccessibleName(name or label or placeholder)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        if label:
            caption = Label(theme, label, TextRole.HELPER)
            caption.setBuddy(self.line)
            column.addWidget(caption)
        column.addWidget(self.line)
        self._error = ErrorLine(theme)
        column.addWidget(self._error)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self.edited)
        self.line.editingFinished.connect(lambda: self.committed.emit(self.line.text()))

    def text(self) -> str:
        """Give what is typed."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Fill the field."""
        self.line.setText(text)

    def set_error(self, sentence: str) -> None:
        """Say what is wrong and what it should be; an empty sentence takes it back."""
        set_wrong(self.line, wrong=bool(sentence))
        self._error.set_sentence(sentence)
        self.line.setAccessibleDescription(sentence)


class ErrorLine(QWidget):
    """Icon and sentence under a field; hidden while there is nothing to say."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 1, 0, 0)
        row.setSpacing(6)
        row.addWidget(IconLabel(theme, "circle-alert", 14, "bad", drop=2), 0, Qt.AlignmentFlag.AlignTop)
        self._label = Label(theme, "", TextRole.CAPTION, ink="bad", wrap=True)
        row.addWidget(self._label, 1)
        self.hide()

    def set_sentence(self, sentence: str) -> None:
        """Show a sentence, or hide."""
        self._label.setText(sentence)
        self.setVisible(bool(sentence))


class NumberField(QWidget):
    """A large number with its unit inside (20 px bold, right): numerator or denominator of a ratio.

    The field takes text; what it means is the engine's to say (`set_error`).

    Signals:
        edited(str): each keystroke.
        committed(str): Enter, or the focus left.
    """

    edited = Signal(str)
    committed = Signal(str)

    def __init__(self, theme: Theme, label: str, unit: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.line = QLineEdit()
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.line.setAccessibleName(f"{label}，单位 {unit}" if unit else label)
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self._plate = _Plate(theme, self.line)
        self._plate.setFixedHeight(NUMBER_HEIGHT)
        inside = QHBoxLayout(self._plate)
        inside.setContentsMargins(12, 0, 13, 0)
        inside.setSpacing(12)
        inside.addWidget(self.line, 1)
        inside.addWidget(Label(theme, unit, TextRole.HELPER))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addWidget(Label(theme, label, TextRole.HELPER))
        column.addWidget(self._plate)
        self._last = QWidget()
        self._last.setVisible(False)
        last = QHBoxLayout(self._last)
        last.setContentsMargins(0, 0, 0, 0)
        last.setSpacing(6)
        last.addWidget(IconLabel(theme, "history", 13, "text3"))
        self._last_label = Label(theme, "", TextRole.CAPTION)
        last.addWidget(self._last_label, 1)
        column.addWidget(self._last)
        self._error = ErrorLine(theme)
        column.addWidget(self._error)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self.edited)
        self.line.editingFinished.connect(lambda: self.committed.emit(self.line.text()))
        theme.changed.connect(self._dress)
        self._dress()

    def text(self) -> str:
        """Give what is typed."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Fill the field."""
        self.line.setText(text)

    def set_last_round(self, text: str) -> None:
        """Show the last round's value under the field (`上轮 63 台`); empty hides it."""
        self._last_label.setText(text)
        self._last.setVisible(bool(text))

    def set_error(self, sentence: str) -> None:
        """Say what is wrong and what it should be; an empty sentence takes it back."""
        self._plate.wrong = bool(sentence)
        self._plate.update()
        self._error.set_sentence(sentence)
        self.line.setAccessibleDescription(sentence)

    def _dress(self) -> None:
        self.line.setFont(self.theme.font(20, bold=True))
        palette = self.line.palette()
        palette.setColor(QPalette.ColorRole.Text, self.theme.colour("text"))
        self.line.setPalette(palette)
