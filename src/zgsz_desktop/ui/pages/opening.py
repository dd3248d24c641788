"""What stands in the window while a workspace is being opened: the mark, its name, and that it is under way."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from zgsz_desktop.ui.painting import CENTER, draw_plate, draw_ring, draw_text
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.painted import PaintedWidget

MARK = 52.0
RING = 18.0
BARS = (8, 14, 20, 27)


class OpeningPage(PaintedWidget):
    """One quiet page; it is there for less than a second."""

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._title = title
        self.setAccessibleName(f"正在打开 {title}")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 one page
        painter, tokens = self.painter(), self.theme.tokens
        painter.fillRect(self.rect(), self.theme.colour("canvas"))
        middle = QPointF(self.width() / 2, self.height() / 2 - 48)
        mark = QRectF(middle.x() - MARK / 2, middle.y() - MARK / 2, MARK, MARK)
        draw_plate(painter, mark, 12, fill=tokens.fill)
        for index, height in enumerate(BARS):
            bar = QRectF(mark.left() + 12 + 8 * index, mark.bottom() - 13 - height, 5, height)
            draw_plate(painter, bar, 2, fill=tokens.on_fill)
        title = QRectF(0, mark.bottom() + 16, self.width(), 24)
        draw_text(painter, title, self._title, self.theme.font(16, bold=True), tokens.text, align=CENTER)
        line = QRectF(0, title.bottom() + 4, self.width(), 22)
        draw_text(painter, line, "正在打开…", self.theme.font(14), tokens.text2, align=CENTER)
        ring = QRectF(middle.x() - RING / 2, line.bottom() + 12, RING, RING)
        draw_ring(painter, ring, None, track=tokens.press, colour=tokens.accent)
        painter.end()
