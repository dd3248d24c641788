"""Paint primitives: plates, focus rings, single-line text, icons, bars and rings.

Every painted widget and every delegate draws through these functions, so a chip in a table and a chip in the top bar
are the same pixels. Rectangles are snapped to whole device pixels and pens lie inside them, or lines blur at 100 % and
at 150 %. Text is centred at 0.37 em above its baseline, because this font's line box sits high.
"""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from zgsz_desktop.ui.theme import Theme

HALF_HEIGHT = 0.37  # of an em: middle of digits, capitals and Chinese above the baseline
LEFT = Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignRight
CENTER = Qt.AlignmentFlag.AlignHCenter
RING_WIDTH = 2.0
RING_MARGIN = 4
FULL_TURN = 360 * 16
TOP = 90 * 16


def snapped(painter: QPainter, rect: QRectF) -> QRectF:
    """Move the edges to whole device pixels."""
    to_device = painter.deviceTransform()
    on_device = to_device.mapRect(rect)
    left, top = round(on_device.left()), round(on_device.top())
    right, bottom = round(on_device.right()), round(on_device.bottom())
    back, invertible = to_device.inverted()
    return back.mapRect(QRectF(left, top, right - left, bottom - top)) if invertible else rect


def pen_width(painter: QPainter, width: float) -> float:
    """Round a pen to whole device pixels, at least one."""
    scale = painter.deviceTransform().m11() or 1.0
    return max(1.0, round(width * scale)) / scale


def draw_plate(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    *,
    fill: str | None = None,
    border: str | None = None,
    width: float = 1.0,
) -> None:
    """Draw a rounded rectangle; the border lies inside the rectangle."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    area = snapped(painter, rect)
    painter.setBrush(QBrush(QColor(fill)) if fill else Qt.BrushStyle.NoBrush)
    if border:
        pen = pen_width(painter, width)
        painter.setPen(QPen(QColor(border), pen))
        area = area.adjusted(pen / 2, pen / 2, -pen / 2, -pen / 2)
        radius = max(0.0, radius - pen / 2)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(area, radius, radius)


def draw_dashed_plate(painter: QPainter, rect: QRectF, radius: float, *, fill: str, border: str) -> None:
    """Draw the drop zone's plate: a dashed border of 1.2 px."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(QColor(border), 1.2)
    pen.setDashPattern([4, 3])
    painter.setPen(pen)
    painter.setBrush(QColor(fill))
    painter.drawRoundedRect(snapped(painter, rect).adjusted(0.6, 0.6, -0.6, -0.6), radius, radius)


def draw_focus_ring(painter: QPainter, rect: QRectF, radius: float, theme: Theme) -> None:
    """Draw the keyboard's ring of 2 px along the inside of `rect` (the widget's own edge)."""
    draw_plate(painter, rect, radius, border=theme.tokens.accent, width=RING_WIDTH)


def draw_hairline(painter: QPainter, x1: float, x2: float, y: float, colour: str) -> None:
    """Fill a horizontal line, one device pixel high, just above `y`."""
    height = pen_width(painter, 1)
    painter.fillRect(snapped(painter, QRectF(x1, y - height, x2 - x1, height)), QColor(colour))


def draw_upright(painter: QPainter, x: float, y1: float, y2: float, colour: str) -> None:
    """Fill a vertical line, one device pixel wide, just right of `x`."""
    painter.fillRect(snapped(painter, QRectF(x, y1, pen_width(painter, 1), y2 - y1)), QColor(colour))


def text_width(font: QFont, text: str) -> float:
    """Measure a single line."""
    return QFontMetricsF(font).horizontalAdvance(text)


def draw_text(
    painter: QPainter,
    rect: QRectF,
    text: str,
    font: QFont,
    colour: str,
    *,
    align: Qt.AlignmentFlag = LEFT,
) -> float:
    """Draw one line, vertically centred and elided to the rectangle; give the width used."""
    metrics = QFontMetricsF(font)
    width = metrics.horizontalAdvance(text)
    if width > rect.width() + 0.5:
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        width = metrics.horizontalAdvance(text)
    if align == RIGHT:
        x = rect.right() - width
    elif align == CENTER:
        x = rect.center().x() - width / 2
    else:
        x = rect.left()
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(QPointF(x, rect.center().y() + HALF_HEIGHT * font.pixelSize()), text)
    return width


def draw_marked_text(
    painter: QPainter,
    rect: QRectF,
    text: str,
    font: QFont,
    colour: str,
    *,
    marks: Sequence[tuple[int, int]],
    mark: str,
) -> float:
    """Draw one line with the spans (start, length) that match a search on a marker's ground."""
    metrics = QFontMetricsF(font)
    for start, length in marks:
        left = rect.left() + metrics.horizontalAdvance(text[:start])
        width = metrics.horizontalAdvance(text[start : start + length])
        room = QRectF(left, rect.center().y() - 9, min(width, rect.right() - left), 18)
        if room.width() > 0:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(mark))
            painter.drawRoundedRect(snapped(painter, room), 2, 2)
    return draw_text(painter, rect, text, font, colour)


def draw_icon(painter: QPainter, theme: Theme, name: str, centre: QPointF, *, px: int, colour: str) -> None:
    """Draw an icon around a point, on whole device pixels."""
    ratio = painter.device().devicePixelRatio()
    area = snapped(painter, QRectF(centre.x() - px / 2, centre.y() - px / 2, px, px))
    painter.drawPixmap(area.topLeft(), theme.pixmap(name, px, colour, ratio))


def draw_bar(painter: QPainter, rect: QRectF, share: float, *, track: str, colour: str) -> None:
    """Draw a bar with round ends; any share above nothing shows at least a dot."""
    area = snapped(painter, rect)
    radius = area.height() / 2
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(track))
    painter.drawRoundedRect(area, radius, radius)
    share = min(1.0, max(0.0, share))
    if share > 0:
        done = QRectF(area.topLeft(), QSizeF(max(area.height(), area.width() * share), area.height()))
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(done, radius, radius)


def draw_ring(painter: QPainter, rect: QRectF, share: float | None, *, track: str, colour: str) -> None:
    """Draw a progress ring; without a share a still third of a turn says that it is busy."""
    width = max(2.0, rect.width() * 0.15)
    area = rect.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(track), width))
    painter.drawEllipse(area)
    part = 1 / 3 if share is None else min(1.0, max(0.0, share))
    if part > 0:
        painter.setPen(QPen(QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(area, TOP, -round(FULL_TURN * part))


def draw_tick(painter: QPainter, rect: QRectF, colour: str, width: float = 2.0) -> None:
    """Draw a check mark into a square."""
    side = rect.width()
    path = QPainterPath(rect.topLeft() + QPointF(side * 0.28, side * 0.52))
    path.lineTo(rect.topLeft() + QPointF(side * 0.44, side * 0.67))
    path.lineTo(rect.topLeft() + QPointF(side * 0.73, side * 0.36))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    painter.setPen(QPen(QColor(colour), width, Qt.PenStyle.SolidLine, cap, join))
    painter.drawPath(path)


def draw_choice(painter: QPainter, theme: Theme, rect: QRectF, *, round_: bool, checked: bool, enabled: bool) -> None:
    """Draw a radio (`round_`) or a check box into a square of 18 px."""
    tokens = theme.tokens
    radius = rect.width() / 2 if round_ else 4
    if checked:
        fill = tokens.fill if enabled else tokens.disabled
        draw_plate(painter, rect, radius, fill=fill)
        draw_tick(painter, rect, tokens.on_fill if enabled else tokens.surface)
        return
    border = tokens.line3 if enabled else tokens.line
    draw_plate(painter, rect, radius, fill=tokens.surface, border=border, width=1.5)
