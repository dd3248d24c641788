"""What both sheets of the gallery are laid out with: swatches, forced states, titled blocks."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from zgsz_desktop.ui.marks import grade_edge
from zgsz_desktop.ui.painting import CENTER, draw_plate, draw_text
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.tokens import contrast, text_on
from zgsz_desktop.ui.widgets.painted import PaintedWidget
from zgsz_desktop.ui.widgets.text import Label, TextRole


class Swatch(PaintedWidget):
    """A colour with its purpose and its value."""

    def __init__(self, theme: Theme, name: str, token: str) -> None:
        super().__init__(theme)
        self._name, self._token = name, token
        self.setFixedSize(118, 44)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802  Qt's name
        painter, tokens = self.painter(), self.theme.tokens
        value = self.theme.hex(self._token)
        draw_plate(painter, QRectF(0, 3, 30, 30), 6, fill=value, border=tokens.line2)
        draw_text(painter, QRectF(38, 0, 80, 18), self._name, self.theme.font(12), tokens.text)
        draw_text(painter, QRectF(38, 17, 80, 18), value, self.theme.font(12), tokens.text3)
        painter.end()


class GradeSwatch(PaintedWidget):
    """A grade's fill, its value and the contrast of its number."""

    def __init__(self, theme: Theme, grade: int) -> None:
        super().__init__(theme)
        self._grade = grade
        self.setFixedSize(60 if grade % 2 else 66, 78)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802  Qt's name
        painter, tokens = self.painter(), self.theme.tokens
        fill = tokens.grades[self._grade - 1]
        plate = QRectF(0, 0, 56, 40)
        draw_plate(painter, plate, 6, fill=fill, border=grade_edge(tokens, fill))
        ink = text_on(fill)
        draw_text(painter, plate, str(self._grade), self.theme.font(22, bold=True), ink, align=CENTER)
        draw_text(painter, QRectF(0, 43, 57, 16), fill, self.theme.font(12), tokens.text3, align=CENTER)
        ratio = f"{contrast(fill, ink):.1f}"
        draw_text(painter, QRectF(0, 59, 57, 16), ratio, self.theme.font(12), tokens.text2, align=CENTER)
        painter.end()


def force(widget: QWidget, *, hover: bool = False, ring: bool = False, off: bool = False) -> QWidget:
    """Show a widget in a state that a window has only once."""
    if hover:
        widget.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    if ring:
        widget.shows_ring = lambda: True  # type: ignore[attr-defined]  # for the picture only
    widget.setEnabled(not off)
    return widget


def row_of(*widgets: QWidget, spacing: int = 8, stretch: bool = True) -> QHBoxLayout:
    """Put widgets side by side."""
    row = QHBoxLayout()
    row.setSpacing(spacing)
    for widget in widgets:
        row.addWidget(widget)
    if stretch:
        row.addStretch(1)
    return row


class Sheet:
    """A column of titled blocks."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.column = QVBoxLayout()
        self.column.setSpacing(10)

    def title(self, text: str) -> None:
        """Begin a block."""
        if self.column.count():
            self.column.addSpacing(16)
        self.column.addWidget(Label(self.theme, text, TextRole.CARD))

    def add(self, *parts: QWidget | QLayout) -> None:
        """Add to the block."""
        for part in parts:
            if isinstance(part, QWidget):
                self.column.addWidget(part)
            else:
                self.column.addLayout(part)


def swatches(theme: Theme, entries: Sequence[tuple[str, str]]) -> QGridLayout:
    """Lay colours out in three columns."""
    grid = QGridLayout()
    grid.setSpacing(0)
    for at, (name, token) in enumerate(entries):
        grid.addWidget(Swatch(theme, name, token), at // 3, at % 3)
    grid.setColumnStretch(3, 1)
    return grid
