"""What all painted widgets share: the theme they were given, and a repaint when it changes."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFocusEvent, QPainter
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from zgsz_desktop.ui.theme import Theme

FIXED = QSizePolicy.Policy.Fixed
AS_HINTED = QSizePolicy.Policy.Minimum
GROWS = QSizePolicy.Policy.Expanding

NOT_THE_KEYBOARD = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class PaintedWidget(QWidget):
    """A widget that draws itself from the tokens.

    Attributes:
        theme: where it reads colours, fonts and icons.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        theme.changed.connect(self.update)

    def area(self) -> QRectF:
        """Give the whole widget as the rectangle to paint."""
        return QRectF(self.rect())

    def painter(self) -> QPainter:
        """Open a painter on this widget (call from `paintEvent` only)."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        return painter


class PaintedButton(QAbstractButton):
    """A button that draws itself; takes the focus from the keyboard only, so that a click never shows the ring.

    Attributes:
        theme: where it reads colours, fonts and icons.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._keyboard_here = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.update)

    def area(self) -> QRectF:
        """Give the whole widget as the rectangle to paint."""
        return QRectF(self.rect())

    def painter(self) -> QPainter:
        """Open a painter on this widget (call from `paintEvent` only)."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        return painter

    def shows_ring(self) -> bool:
        """Whether the keyboard is here: focused, and not merely because the window came to the front."""
        return self._keyboard_here and self.hasFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() not in NOT_THE_KEYBOARD:
            self._keyboard_here = True
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        # Going to another window and back keeps the ring where it was.
        if event.reason() not in NOT_THE_KEYBOARD:
            self._keyboard_here = False
        super().focusOutEvent(event)
