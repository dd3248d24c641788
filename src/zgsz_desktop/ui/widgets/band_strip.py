"""The band strip of a ratio question: the bands side by side, with pointers for 本次 and 上轮.

A click (or the band's number key, which the page owns) chooses a band where no counts exist. Each band
gets the room its words need, the rest is shared by how wide the band is; inside a band the pointer runs evenly.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from PySide6.QtCore import QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QColor, QPaintEvent, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QWidget

from zgsz_desktop.ui.painting import CENTER, draw_focus_ring, draw_plate, draw_text, text_width
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.painted import FIXED, GROWS, PaintedButton, PaintedWidget

POINTERS = 24
BAND = 46
MARGIN = 4
SPACE = 4
KEY_ROOM = 16


@dataclass(frozen=True, slots=True)
class Band:
    """One band.

    Attributes:
        keys: the key that chooses it.
        text: its bounds in words (`40–60%`).
        points: what it brings (`4.5 分`), or nothing.
        lower, upper: bounds of the value, for the pointers; None is open.
    """

    keys: str
    text: str
    points: str = ""
    lower: float | None = None
    upper: float | None = None


class _BandButton(PaintedButton):
    def __init__(self, theme: Theme, band: Band, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.band = band
        self.setCheckable(True)
        self.setAccessibleName("，".join(part for part in (f"第 {band.keys} 档", band.text, band.points) if part))
        self.setAccessibleDescription(f"按键 {band.keys}")
        self.setToolTip(self.accessibleName())

    def nextCheckState(self) -> None:
        """Leave the check to the strip: it shows what the answer is, not what was clicked."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  small
        painter, tokens = self.painter(), self.theme.tokens
        card = self.area().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        on = self.isChecked()
        ground = tokens.accent_bg if on else (tokens.hover if self.underMouse() else tokens.surface)
        border = tokens.accent if on else (tokens.line3 if self.underMouse() else tokens.line2)
        draw_plate(painter, card, 6, fill=ground, border=border, width=1.5 if on else 1)
        if self.shows_ring():
            draw_focus_ring(painter, self.area(), 9, self.theme)
        ink = tokens.accent if on else tokens.text
        small = tokens.accent if on else tokens.text3
        cap = QRectF(card.left() + 9, card.top() + 3, 20, 20)
        draw_text(painter, cap, self.band.keys, self.theme.font(12), small)
        room = card.adjusted(4, 0, -4, 0)
        font = self.theme.font(13, bold=on)
        upper = QRectF(room.left(), card.top() + 4, room.width(), 20)
        if (room.width() - text_width(font, self.band.text)) / 2 < KEY_ROOM:
            upper.setLeft(room.left() + KEY_ROOM)  # narrow: the words stand right of the key instead of over it
        lower = QRectF(room.left(), card.top() + 23, room.width(), 18)
        draw_text(painter, upper, self.band.text, font, ink, align=CENTER)
        draw_text(painter, lower, self.band.points, self.theme.font(12), small, align=CENTER)
        painter.end()


class BandStrip(PaintedWidget):
    """All bands of one question.

    Signals:
        chosen(int): the user took a band; its index.
    """

    chosen = Signal(int)

    def __init__(self, theme: Theme, bands: Sequence[Band], parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.bands = tuple(bands)
        self._now: tuple[float, str] | None = None
        self._last: tuple[float, str] | None = None
        self.setAccessibleName("对应的档")
        self.setFixedHeight(POINTERS + BAND + MARGIN)
        self.setSizePolicy(GROWS, FIXED)
        self._buttons = [_BandButton(theme, band, self) for band in self.bands]
        for index, button in enumerate(self._buttons):
            button.clicked.connect(lambda _=False, at=index: self.chosen.emit(at))

    def sizeHint(self) -> QSize:
        return QSize(90 * len(self.bands), self.height())

    def set_chosen(self, index: int | None) -> None:
        """Show the band in force."""
        for at, button in enumerate(self._buttons):
            button.setChecked(at == index)

    def set_now(self, value: float | None, text: str = "") -> None:
        """Point at this round's value (`本次 58.0%`); None takes the pointer away."""
        self._now = None if value is None else (value, text)
        self.update()

    def set_last(self, value: float | None, text: str = "上轮") -> None:
        """Point at the last round's value; None takes the pointer away."""
        self._last = None if value is None else (value, text)
        self.update()

    def pointer_x(self, value: float) -> float:
        """Give where a value stands on the strip."""
        for index, (left, width) in enumerate(self._spans()):
            lower, upper = self._bounds(index)
            if value <= upper or index == len(self.bands) - 1:
                part = 0.5 if upper <= lower else (value - lower) / (upper - lower)
                return left + width * min(1.0, max(0.0, part))
        return 0.0

    def resizeEvent(self, event: QResizeEvent) -> None:
        for button, (left, width) in zip(self._buttons, self._spans(), strict=True):
            box = QRectF(left - MARGIN, POINTERS - MARGIN, width + 2 * MARGIN, BAND + 2 * MARGIN)
            button.setGeometry(box.toRect())
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  small
        painter, tokens = self.painter(), self.theme.tokens
        shown = [(pointer, ink) for pointer, ink in ((self._now, "text"), (self._last, "text3")) if pointer]
        blocked = [QRectF(self.pointer_x(value) - 7, 0, 14, POINTERS) for (value, _), _ in shown]
        tip = POINTERS - 3
        for own, ((value, text), ink) in enumerate(shown):
            x = self.pointer_x(value)
            fill = tokens.text if ink == "text" else tokens.line3
            painter.setPen(QColor(fill))
            painter.setBrush(QColor(fill))
            painter.drawPolygon(QPolygonF([QPointF(x - 4, tip - 6), QPointF(x + 4, tip - 6), QPointF(x, tip)]))
            room = self._label_room(x, text_width(self.theme.font(12), text), blocked[:own] + blocked[own + 1 :])
            draw_text(painter, room, text, self.theme.font(12), self.theme.hex(ink))
            blocked.append(room.adjusted(-6, 0, 6, 0))
        painter.end()

    def _label_room(self, x: float, width: float, blocked: Sequence[QRectF]) -> QRectF:
        """Put a label left of its pointer, else right of it, else where it last would fit."""
        left = QRectF(x - 8 - width, 0, width + 1, 18)
        right = QRectF(x + 8, 0, width + 1, 18)
        far_left = QRectF(max(0.0, min((box.left() for box in blocked), default=0.0) - width - 8), 0, width + 1, 18)
        for room in (left, right, far_left):
            inside = room.left() >= 0 and room.right() <= self.width()
            if inside and not any(room.intersects(box) for box in blocked):
                return room
        return left

    def _bounds(self, index: int) -> tuple[float, float]:
        band = self.bands[index]
        lower = 0.0 if band.lower is None else band.lower
        return lower, lower * 2 if band.upper is None else band.upper

    def _spans(self) -> list[tuple[float, float]]:
        """Give x and width of each band (without the 4 px around it)."""
        if not self.bands:
            return []
        bold = self.theme.font(13, bold=True)
        least = [text_width(bold, band.text) + KEY_ROOM + 16 for band in self.bands]
        spread = [max(0.01, upper - lower) for lower, upper in map(self._bounds, range(len(self.bands)))]
        room = self.width() - 2 * MARGIN - SPACE * (len(self.bands) - 1)
        rest = max(0.0, room - sum(least))
        fit = min(1.0, room / sum(least))
        widths = [need * fit + rest * part / sum(spread) for need, part in zip(least, spread, strict=True)]
        lefts = accumulate([MARGIN, *(width + SPACE for width in widths)])
        return list(zip(lefts, widths, strict=False))
