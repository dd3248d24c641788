"""Text of the window: labels in the few sizes of the type scale, and a single line that elides.

A wrapping `QLabel` lies about its least height; columns that hold one sit in a scroll area or are tested at their real
width. `QLabel` cannot elide, so single lines that may be too long (names, file names) are `ElidedLabel`.
"""

from enum import Enum

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from zgsz_desktop.ui.painting import draw_text, text_width
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.painted import FIXED, PaintedWidget


class TextRole(Enum):
    """The type scale: pixel size, bold, token of the colour."""

    GRADE = (28, True, "text")
    FIGURE = (24, True, "text")
    QUESTION = (20, True, "text")
    PANEL = (16, True, "text")
    CARD = (14, True, "text")
    BODY = (14, False, "text")
    SECONDARY = (14, False, "text2")
    HELPER = (13, False, "text2")
    CAPTION = (12, False, "text3")
    LEVEL = (16, False, "text2")

    @property
    def px(self) -> int:
        """Pixel size."""
        return int(self.value[0])

    @property
    def bold(self) -> bool:
        """Whether it is bold."""
        return bool(self.value[1])

    @property
    def ink(self) -> str:
        """Name of the colour."""
        return str(self.value[2])


class Label(QLabel):
    """A label in one role of the type scale.

    Attributes:
        role: size and weight.
        ink: name of the colour token, the role's own unless another is given.
    """

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        role: TextRole = TextRole.BODY,
        *,
        ink: str = "",
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.theme = theme
        self.role = role
        self.ink = ink or role.ink
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        theme.changed.connect(self._dress)
        self._dress()

    def set_ink(self, ink: str) -> None:
        """Change the colour to another token (`"bad"`)."""
        self.ink = ink
        self._dress()

    def set_role(self, role: TextRole) -> None:
        """Change size, weight and colour."""
        self.role = role
        self.ink = role.ink
        self._dress()

    def _dress(self) -> None:
        self.setFont(self.theme.font(self.role.px, bold=self.role.bold))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, self.theme.colour(self.ink))
        self.setPalette(palette)


class ElidedLabel(PaintedWidget):
    """One line that ends in … where it does not fit; then the whole text is its tooltip."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        role: TextRole = TextRole.BODY,
        *,
        ink: str = "",
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self.role = role
        self.ink = ink or role.ink
        self._align = align
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, FIXED)
        self.setFixedHeight(round(role.px * 1.43))
        self.set_text(text)

    def text(self) -> str:
        """Give the whole text."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show another text."""
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def set_ink(self, ink: str) -> None:
        """Change the colour to another token."""
        self.ink = ink
        self.update()

    def is_elided(self) -> bool:
        """Whether the text does not fit."""
        return text_width(self._font(), self._text) > self.width() + 0.5

    def sizeHint(self) -> QSize:
        return QSize(round(text_width(self._font(), self._text)) + 1, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.role.px * 2, self.height())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            self.setToolTip(self._text if self.is_elided() else "")
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  one line
        painter = self.painter()
        rect = QRectF(self.rect())
        draw_text(painter, rect, self._text, self._font(), self.theme.hex(self.ink), align=self._align)
        painter.end()

    def _font(self) -> QFont:
        return self.theme.font(self.role.px, bold=self.role.bold)
