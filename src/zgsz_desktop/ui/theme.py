"""The look in force: which token table, which fonts and icons; one object that every widget is given.

Rules it keeps: no colour is written outside `tokens.py`; a widget asks the theme when it paints and repaints on
`changed`; the application's palette and its one stylesheet are built from the same table. The user may follow the
system or choose a mode; both switch at run time.
"""

from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QStyleFactory

from zgsz_desktop.ui.fonts import BODY, load_fonts
from zgsz_desktop.ui.icons import Icons
from zgsz_desktop.ui.stylesheet import build_stylesheet, write_pictures
from zgsz_desktop.ui.tokens import DARK, LIGHT, Tokens


class ColourMode(StrEnum):
    """What the user asked for."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """Tokens, fonts and icons in force.

    Attributes:
        tokens: the colours of the mode in force.
        mode: what the user asked for.

    Signals:
        changed: the colours were exchanged; repaint.
    """

    changed = Signal()

    def __init__(self, resources: Path, mode: ColourMode = ColourMode.SYSTEM, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.mode = mode
        self.tokens: Tokens = LIGHT
        self._fonts = load_fonts(resources / "fonts")
        self._icons = Icons(resources / "icons")
        self._pictures = QTemporaryDir()
        self._application: QApplication | None = None
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._follow)
        self._follow()

    @property
    def bundled_font(self) -> bool:
        """Whether the bundled font was loaded (else the system's is used)."""
        return self._fonts.bundled

    def font(self, px: int = BODY, *, bold: bool = False) -> QFont:
        """Make a font of this pixel size."""
        return self._fonts.font(px, bold=bold)

    def hex(self, token: str) -> str:
        """Give the colour of a token by its name, for tables that name tokens (`"text2"`)."""
        return str(getattr(self.tokens, token))

    def colour(self, token: str) -> QColor:
        """Give the colour of a token by its name, as Qt wants it."""
        return QColor(self.hex(token))

    def pixmap(self, name: str, px: int, colour: str, ratio: float = 1.0) -> QPixmap:
        """Give an icon in a colour (`#RRGGBB` from the tokens)."""
        return self._icons.pixmap(name, px, colour, ratio)

    def set_mode(self, mode: ColourMode) -> None:
        """Follow the system, or stay light or dark."""
        self.mode = mode
        self._follow()

    def apply_to(self, application: QApplication) -> None:
        """Dress the whole application; later changes of mode dress it again."""
        self._application = application
        style = QStyleFactory.create("Fusion")
        if style is not None:
            application.setStyle(style)
        application.setFont(self.font())
        self._dress(application)

    def _follow(self) -> None:
        tokens = DARK if self._wants_dark() else LIGHT
        if tokens is self.tokens:
            return
        self.tokens = tokens
        self._icons.drop_pictures()
        if self._application is not None:
            self._dress(self._application)
        self.changed.emit()

    def _wants_dark(self) -> bool:
        if self.mode is ColourMode.SYSTEM:
            return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return self.mode is ColourMode.DARK

    def _dress(self, application: QApplication) -> None:
        pictures = write_pictures(Path(self._pictures.path()), self._icons, self.tokens)
        application.setPalette(build_palette(self.tokens))
        application.setStyleSheet(build_stylesheet(self.tokens, pictures))


def build_palette(tokens: Tokens) -> QPalette:
    """Give the palette with the same colours as the stylesheet, for what QSS does not reach."""
    palette = QPalette()
    role = QPalette.ColorRole
    table = {
        role.Window: tokens.canvas,
        role.WindowText: tokens.text,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.sunken,
        role.Text: tokens.text,
        role.PlaceholderText: tokens.text3,
        role.Button: tokens.surface,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.bad,
        role.Highlight: tokens.fill,
        role.HighlightedText: tokens.on_fill,
        role.Accent: tokens.accent,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.ToolTipBase: tokens.tip,
        role.ToolTipText: tokens.on_tip,
        role.Light: tokens.surface,
        role.Midlight: tokens.hover,
        role.Mid: tokens.line2,
        role.Dark: tokens.line3,
        role.Shadow: tokens.line3,
    }
    for which, colour in table.items():
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(tokens.disabled))
    return palette
