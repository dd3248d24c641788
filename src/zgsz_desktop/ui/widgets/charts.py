"""Radar and bars of the dimensions, always together: now solid accent, last round dashed with a tick, peers dotted.

Three codes without colour: line style, mark (dot, tick, triangle) and the number beside it. Each chart can be read as
text and copied as a table (`text_alternative`, `as_tsv`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from zgsz_desktop.ui.painting import LEFT, RIGHT, draw_bar, draw_plate, draw_text, text_width
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.painted import FIXED, GROWS, PaintedWidget

RINGS = 5
ROW = 40
BAR = 10
FEWEST_AXES = 3
GAP = 12


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension: share of its maximum now, in the last round, and of the peers (0 to 1, None is unknown).

    Attributes:
        value_text: the number as it is printed.
        delta_text: change since the last round (`+16`), or nothing.
    """

    name: str
    now: float
    value_text: str
    last: float | None = None
    peers: float | None = None
    delta_text: str = ""


def text_alternative(dimensions: Sequence[Dimension]) -> str:
    """Give a chart in words."""
    parts = []
    for entry in dimensions:
        last = "" if entry.last is None else f"，上轮 {entry.last:.0%}"
        peers = "" if entry.peers is None else f"，同行中位 {entry.peers:.0%}"
        parts.append(f"{entry.name} {entry.value_text}{last}{peers}")
    return "；".join(parts)


def as_tsv(dimensions: Sequence[Dimension]) -> str:
    """Give a chart as a table to paste into a spreadsheet."""

    def share(value: float | None) -> str:
        return "" if value is None else f"{value:.1%}"

    lines = ["维度\t得分\t本次\t上轮\t同行中位"]
    lines += [f"{d.name}\t{d.value_text}\t{share(d.now)}\t{share(d.last)}\t{share(d.peers)}" for d in dimensions]
    return "\n".join(lines)


def draw_triangle(painter: QPainter, tip: QPointF, colour: str, size: float = 4) -> None:
    """Draw the peers' mark, its tip at a point, pointing up."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    base = tip.y() + size * 1.5
    painter.drawPolygon(QPolygonF([tip, QPointF(tip.x() - size, base), QPointF(tip.x() + size, base)]))


class RadarChart(PaintedWidget):
    """The dimensions as a polygon on five rings; names and numbers stand at the corners."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._dimensions: tuple[Dimension, ...] = ()
        self.setMinimumSize(280, 216)
        self.setSizePolicy(GROWS, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        return QSize(330, 232)

    def show_dimensions(self, dimensions: Sequence[Dimension]) -> None:
        """Show these dimensions, the first at the top."""
        self._dimensions = tuple(dimensions)
        self.setAccessibleName("维度雷达图")
        self.setAccessibleDescription(text_alternative(dimensions))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  one chart
        if len(self._dimensions) < FEWEST_AXES:
            return
        painter, tokens = self.painter(), self.theme.tokens
        centre, radius = self._place()
        for ring in range(1, RINGS + 1):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.line2 if ring == RINGS else tokens.line), 1))
            painter.drawPolygon(self._polygon(centre, radius, [ring / RINGS] * len(self._dimensions)))
        painter.setPen(QPen(QColor(tokens.line), 1))
        for corner in self._polygon(centre, radius, [1.0] * len(self._dimensions)).toList():
            painter.drawLine(centre, corner)
        self._draw_series(painter, centre, radius)
        self._draw_names(painter, centre, radius)
        painter.end()

    def _draw_series(self, painter: QPainter, centre: QPointF, radius: float) -> None:
        tokens = self.theme.tokens
        now = self._polygon(centre, radius, [entry.now for entry in self._dimensions])
        fill = QColor(tokens.accent)
        fill.setAlphaF(0.12)
        painter.setBrush(fill)
        painter.setPen(QPen(QColor(tokens.accent), 2))
        painter.drawPolygon(now)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        peers = [entry.peers for entry in self._dimensions if entry.peers is not None]
        if len(peers) == len(self._dimensions):
            painter.setPen(QPen(QColor(tokens.text3), 1.5, Qt.PenStyle.DotLine))
            painter.drawPolygon(self._polygon(centre, radius, peers))
        last = [entry.last for entry in self._dimensions if entry.last is not None]
        if len(last) == len(self._dimensions):
            painter.setPen(QPen(QColor(tokens.series2), 1.5, Qt.PenStyle.DashLine))
            painter.drawPolygon(self._polygon(centre, radius, last))
        painter.setPen(QPen(QColor(tokens.surface), 1.5))
        painter.setBrush(QColor(tokens.accent))
        for corner in now.toList():
            painter.drawEllipse(corner, 4.5, 4.5)

    def _draw_names(self, painter: QPainter, centre: QPointF, radius: float) -> None:
        tokens, font, bold = self.theme.tokens, self.theme.font(12), self.theme.font(13, bold=True)
        corners = self._polygon(centre, radius, [1.0] * len(self._dimensions)).toList()
        for entry, corner in zip(self._dimensions, corners, strict=True):
            width = text_width(font, entry.name)
            if abs(corner.x() - centre.x()) < 1:  # top or bottom: name and number on one line
                number = text_width(bold, entry.value_text)
                left = corner.x() - (width + 6 + number) / 2
                top = corner.y() - 24 if corner.y() < centre.y() else corner.y() + 4
                draw_text(painter, QRectF(left, top, width + 1, 20), entry.name, font, tokens.text2)
                box = QRectF(left + width + 6, top, number + 1, 20)
                draw_text(painter, box, entry.value_text, bold, tokens.text)
                continue
            below = corner.y() > centre.y() + radius * 0.3
            outward = 0 if below else 8
            top = corner.y() + 2 if below else corner.y() - 20
            right_side = corner.x() > centre.x()
            room = QRectF(corner.x() + outward, top, self.width() - corner.x() - outward, 18)
            if not right_side:
                room = QRectF(0, top, corner.x() - outward, 18)
            align = LEFT if right_side else RIGHT
            draw_text(painter, room, entry.name, font, tokens.text2, align=align)
            draw_text(painter, room.translated(0, 18), entry.value_text, bold, tokens.text, align=align)

    def _place(self) -> tuple[QPointF, float]:
        """Give centre and radius, leaving room for the names."""
        widest = max(text_width(self.theme.font(12), entry.name) for entry in self._dimensions)
        radius = max(40.0, min((self.height() - 64) / (1 + cos(pi / len(self._dimensions))), self.width() / 2 - 16))
        radius = max(40.0, min(radius, (self.width() - 2 * widest - 20) / (2 * sin(2 * pi / 5)), 110))
        height = radius * (1 + cos(pi / len(self._dimensions)))
        top = (self.height() - height - 64) / 2 + 26
        return QPointF(self.width() / 2, top + radius), radius

    @staticmethod
    def _polygon(centre: QPointF, radius: float, shares: Sequence[float]) -> QPolygonF:
        points = []
        for at, share in enumerate(shares):
            angle = 2 * pi * at / len(shares) - pi / 2
            reach = radius * min(1.0, max(0.0, share))
            points.append(QPointF(centre.x() + reach * cos(angle), centre.y() + reach * sin(angle)))
        return QPolygonF(points)


class BarRows(PaintedWidget):
    """The dimensions as bars: number and change at the right, a tick for the last round, a triangle for the peers."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._dimensions: tuple[Dimension, ...] = ()
        self.setMinimumWidth(300)
        self.setSizePolicy(GROWS, FIXED)

    def sizeHint(self) -> QSize:
        return QSize(430, max(1, len(self._dimensions)) * ROW)

    def show_dimensions(self, dimensions: Sequence[Dimension]) -> None:
        """Show these dimensions from the top."""
        self._dimensions = tuple(dimensions)
        self.setAccessibleName("维度得分")
        self.setAccessibleDescription(text_alternative(dimensions))
        self.setFixedHeight(max(1, len(dimensions)) * ROW)
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  one chart
        if not self._dimensions:
            return
        painter, tokens = self.painter(), self.theme.tokens
        name_font, bold, small = self.theme.font(13), self.theme.font(14, bold=True), self.theme.font(12)
        names = min(self.width() * 0.36, max(text_width(name_font, d.name) for d in self._dimensions)) + GAP
        values = max(text_width(bold, d.value_text) for d in self._dimensions)
        deltas = max(text_width(small, d.delta_text) for d in self._dimensions)
        right = values + 10 + (deltas + 10 if deltas else 0)
        for at, entry in enumerate(self._dimensions):
            row = QRectF(0, at * ROW, self.width(), ROW)
            draw_text(painter, QRectF(0, row.top(), names - GAP, ROW), entry.name, name_font, tokens.text)
            bar = QRectF(names, row.center().y() - BAR / 2, max(24.0, self.width() - names - right), BAR)
            draw_bar(painter, bar, entry.now, track=tokens.press, colour=tokens.accent)
            self._draw_marks(painter, bar, entry)
            value = QRectF(bar.right() + 10, row.top(), values + 1, ROW)
            draw_text(painter, value, entry.value_text, bold, tokens.text)
            delta = QRectF(value.right() + 9, row.top(), deltas + 1, ROW)
            ink = tokens.bad if entry.delta_text.startswith(("-", "−")) else tokens.ok
            draw_text(painter, delta, entry.delta_text, small, ink)
        painter.end()

    def _draw_marks(self, painter: QPainter, bar: QRectF, entry: Dimension) -> None:
        tokens = self.theme.tokens
        if entry.last is not None:
            x = bar.left() + bar.width() * entry.last
            # A light edge keeps the tick visible on the bar's own colour.
            draw_plate(painter, QRectF(x - 2, bar.top() - 4, 4, BAR + 8), 0, fill=tokens.surface)
            draw_plate(painter, QRectF(x - 1, bar.top() - 4, 2, BAR + 8), 0, fill=tokens.series2)
        if entry.peers is not None:
            draw_triangle(painter, QPointF(bar.left() + bar.width() * entry.peers, bar.bottom() + 2), tokens.text)


class Legend(PaintedWidget):
    """What the three series are: 本次, 上轮, 同行中位; a series without a label is not shown."""

    def __init__(
        self, theme: Theme, now: str = "本次", last: str = "", peers: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self._labels = (now, last, peers)
        self.setFixedHeight(20)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, FIXED)
        self.setAccessibleName("图例：" + "，".join(label for label in self._labels if label))

    def set_labels(self, now: str, last: str = "", peers: str = "") -> None:
        """Name the series."""
        self._labels = (now, last, peers)
        self.setAccessibleName("图例：" + "，".join(label for label in self._labels if label))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        font = self.theme.font(12)
        marks = (16, 22, 26)
        room = [mark + 6 + text_width(font, label) for mark, label in zip(marks, self._labels, strict=True) if label]
        return QSize(round(sum(room) + 14 * max(0, len(room) - 1)) + 1, 20)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  one line
        painter, tokens, font = self.painter(), self.theme.tokens, self.theme.font(12)
        x, middle = 0.0, 10.0
        now, last, peers = self._labels
        if now:
            draw_plate(painter, QRectF(x, middle - 4, 16, 8), 4, fill=tokens.accent)
            x += 22 + draw_text(painter, QRectF(x + 22, 0, self.width(), 20), now, font, tokens.text2) + 14
        if last:
            painter.setPen(QPen(QColor(tokens.series2), 2, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(x, middle), QPointF(x + 18, middle))
            draw_plate(painter, QRectF(x + 19, middle - 7, 2, 14), 0, fill=tokens.series2)
            x += 28 + draw_text(painter, QRectF(x + 28, 0, self.width(), 20), last, font, tokens.text2) + 14
        if peers:
            painter.setPen(QPen(QColor(tokens.text3), 2, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(x, middle), QPointF(x + 14, middle))
            draw_triangle(painter, QPointF(x + 20, middle - 4), tokens.text, 5)
            draw_text(painter, QRectF(x + 32, 0, max(0.0, self.width() - x - 32), 20), peers, font, tokens.text2)
        painter.end()


class LevelMeter(PaintedWidget):
    """A few equal parts, filled up to a level: how another framework stands (二级 of 四级)."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._filled = 0
        self._total = 1
        self.setFixedHeight(6)
        self.setMinimumWidth(60)
        self.setSizePolicy(GROWS, FIXED)

    def set_level(self, filled: int, total: int) -> None:
        """Fill `filled` of `total` parts."""
        self._filled, self._total = filled, max(1, total)
        self.setAccessibleName(f"{total} 级中的第 {filled} 级")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  small
        painter, tokens = self.painter(), self.theme.tokens
        width = (self.width() - 3 * (self._total - 1)) / self._total
        for part in range(self._total):
            box = QRectF(part * (width + 3), 0, width, 6)
            if part < self._filled:
                draw_plate(painter, box, 3, fill=tokens.text2)
            else:
                draw_plate(painter, box, 3, fill=tokens.press, border=tokens.line2)
        painter.end()
