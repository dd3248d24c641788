"""The rows of the merge page: one package each, 52 px.

    state icon | who, from and to | who signed, in words, over the file's name | counts over details | outcome or bar

A page gives a list model whose `PACKAGE_ROLE` holds a `PackageRow`; header and rows share one division of the width.
"""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from zgsz_desktop.ui.marks import CHIP_HEIGHT, Chip, chip_width, draw_chip
from zgsz_desktop.ui.painting import RIGHT, draw_bar, draw_hairline, draw_icon, draw_plate, draw_ring, draw_text
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.lanes import reserve_lane
from zgsz_desktop.ui.widgets.painted import FIXED, GROWS, PaintedWidget

PACKAGE_ROLE = int(Qt.ItemDataRole.UserRole) + 140
HEIGHT = 52
HEADER = 34
EDGE = 20
SCROLL_LANE = 10
ICON_ROOM = 28
SIZE_ROOM = 84
WITH_SIZE = 1040
ACCENT_BAR = 3
SHARES = (0.35, 0.26, 0.145, 0.245)
TITLES = ("来自，发给", "谁签的", "内容", "结果", "大小")
Index = QModelIndex | QPersistentModelIndex


class PackageState(Enum):
    """Where a package stands; values: icon and token (the running one is a ring)."""

    WAITING = ("clock", "text3")
    RUNNING = ("", "accent")
    MERGED = ("circle-check", "ok")
    PARTLY = ("circle-minus", "warn")
    CONFLICT = ("git-compare", "warn")
    REFUSED = ("shield-x", "bad")
    DUPLICATE = ("copy", "text3")


STATE_WORDS = {
    PackageState.WAITING: "排队中",
    PackageState.RUNNING: "正在处理",
    PackageState.MERGED: "已并入",
    PackageState.PARTLY: "部分并入",
    PackageState.CONFLICT: "有冲突",
    PackageState.REFUSED: "拒收",
    PackageState.DUPLICATE: "已并入过",
}


@dataclass(frozen=True, slots=True)
class PackageRow:
    """One package.

    Attributes:
        sender, route: who it comes from, and from where to where.
        signed: who signed, in words; `trusted` None while it is not checked yet.
        file: the file's name.
        counts, details: what is inside (`18 家`), and more of it.
        chips: what became of it.
        progress, progress_text: share while it runs, and how far in words.
        remark: in place of chips (`排队中`).
        size: of the file, in words.
    """

    state: PackageState
    sender: str
    route: str
    signed: str
    file: str
    trusted: bool | None = None
    counts: str = ""
    details: str = ""
    chips: tuple[Chip, ...] = ()
    progress: float | None = None
    progress_text: str = ""
    remark: str = ""
    size: str = ""


def package_text(row: PackageRow) -> str:
    """Give a row in words, for the screen reader."""
    chips = "，".join(chip.text for chip in row.chips)
    parts = (row.sender, row.route, STATE_WORDS[row.state], row.signed, row.file, row.counts, row.details, chips)
    return "，".join(part for part in (*parts, row.progress_text, row.remark, row.size) if part)


def column_rects(area: QRectF) -> list[QRectF]:
    """Divide a row's width: the four columns, and the size where there is room for it."""
    left = area.left() + EDGE + ICON_ROOM
    with_size = area.width() >= WITH_SIZE
    right = area.right() - EDGE - (SIZE_ROOM if with_size else 0)
    columns: list[QRectF] = []
    x = left
    for share in SHARES:
        width = (right - left) * share
        columns.append(QRectF(x, area.top(), width - 12, area.height()))
        x += width
    if with_size:
        columns.append(QRectF(right, area.top(), SIZE_ROOM, area.height()))
    return columns


class PackageHeader(PaintedWidget):
    """The names of the columns; stands right above the list."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setFixedHeight(HEADER)
        self.setSizePolicy(GROWS, FIXED)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  one strip
        painter, tokens, area = self.painter(), self.theme.tokens, self.area()
        draw_plate(painter, area, 0, fill=tokens.sunken)
        draw_hairline(painter, 0, area.right(), area.bottom(), tokens.line)
        columns = column_rects(area.adjusted(0, 0, -SCROLL_LANE, 0))
        for title, column in zip(TITLES, columns, strict=False):
            align = {"align": RIGHT} if title == TITLES[-1] else {}
            draw_text(painter, column, title, self.theme.font(12), tokens.text2, **align)
        painter.end()


class PackageDelegate(QStyledItemDelegate):
    """Draws the rows."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002  all alike
        return QSize(max(200, option.rect.width()), HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(PACKAGE_ROLE)
        if not isinstance(row, PackageRow):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect, tokens = QRectF(option.rect), self.theme.tokens
        current = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if current or hovered:
            draw_plate(painter, rect, 0, fill=tokens.accent_bg if current else tokens.hover)
        if current:
            draw_plate(painter, QRectF(rect.left(), rect.top(), ACCENT_BAR, rect.height()), 0, fill=tokens.accent)
        draw_hairline(painter, rect.left(), rect.right(), rect.bottom(), tokens.line)
        self._paint_state(painter, rect, row)
        columns = column_rects(rect)
        quiet = row.state in {PackageState.WAITING, PackageState.DUPLICATE}
        self._paint_pair(painter, columns[0], row.sender, row.route, ink="text2" if quiet else "text", bold=True)
        self._paint_signature(painter, columns[1], row)
        self._paint_counts(painter, columns[2], row)
        self._paint_outcome(painter, columns[3], row)
        if len(columns) == len(TITLES):
            draw_text(painter, columns[4], row.size, self.theme.font(13), tokens.text2, align=RIGHT)
        painter.restore()

    def _paint_state(self, painter: QPainter, rect: QRectF, row: PackageRow) -> None:
        icon, token = row.state.value
        x, y = rect.left() + EDGE + 8, rect.center().y()
        if icon:
            draw_icon(painter, self.theme, icon, QPointF(x, y), px=18, colour=self.theme.hex(token))
            return
        tokens = self.theme.tokens
        draw_ring(painter, QRectF(x - 9, y - 9, 18, 18), row.progress, track=tokens.press, colour=tokens.accent)

    def _paint_pair(
        self, painter: QPainter, column: QRectF, upper: str, lower: str, *, ink: str, bold: bool = False
    ) -> None:
        top = QRectF(column.left(), column.top() + 7, column.width(), 20)
        draw_text(painter, top, upper, self.theme.font(14, bold=bold), self.theme.hex(ink))
        bottom = QRectF(column.left(), column.top() + 28, column.width(), 18)
        draw_text(painter, bottom, lower, self.theme.font(12), self.theme.tokens.text2)

    def _paint_signature(self, painter: QPainter, column: QRectF, row: PackageRow) -> None:
        icon, token = {None: ("clock", "text3"), True: ("shield-check", "ok"), False: ("shield-x", "bad")}[row.trusted]
        at = QPointF(column.left() + 7, column.top() + 17)
        draw_icon(painter, self.theme, icon, at, px=14, colour=self.theme.hex(token))
        room = column.adjusted(19, 0, 0, 0)
        ink = "bad" if row.trusted is False else "text2"
        top = QRectF(room.left(), room.top() + 7, room.width(), 20)
        draw_text(painter, top, row.signed, self.theme.font(13), self.theme.hex(ink))
        bottom = QRectF(room.left(), room.top() + 28, room.width(), 18)
        draw_text(painter, bottom, row.file, self.theme.font(12), self.theme.tokens.text2)

    def _paint_counts(self, painter: QPainter, column: QRectF, row: PackageRow) -> None:
        if row.details:
            self._paint_pair(painter, column, row.counts, row.details, ink="text")
            return
        draw_text(painter, column, row.counts, self.theme.font(13), self.theme.tokens.text2)

    def _paint_outcome(self, painter: QPainter, column: QRectF, row: PackageRow) -> None:
        tokens = self.theme.tokens
        if row.progress is not None:
            bar = QRectF(column.left(), column.top() + 15, column.width() - 8, 6)
            draw_bar(painter, bar, row.progress, track=tokens.press, colour=tokens.accent)
            words = QRectF(column.left(), column.top() + 28, column.width(), 18)
            draw_text(painter, words, row.progress_text, self.theme.font(12), tokens.text2)
            return
        x, middle = column.left(), column.center().y()
        for chip in row.chips:
            width = min(chip_width(self.theme, chip), column.right() + 12 - x)
            if width < CHIP_HEIGHT:
                break
            draw_chip(painter, self.theme, QRectF(x, middle - CHIP_HEIGHT / 2, width, CHIP_HEIGHT), chip)
            x += width + 6
        if not row.chips:
            draw_text(painter, column, row.remark, self.theme.font(13), tokens.text2)


class PackageList(QListView):
    """The packages; put a `PackageHeader` right above it.

    Signals:
        opened(QModelIndex): Enter or a double click.
    """

    opened = Signal(QModelIndex)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("交来的文件")
        self.setItemDelegate(PackageDelegate(theme, self))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        reserve_lane(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(self.opened)
        theme.changed.connect(self.viewport().update)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
            return
        super().keyPressEvent(event)
