"""The enterprise list: rows of 56 px with badge, name over code and trade, chip, progress, due date and one button.

A page gives a list model whose `ROW_ROLE` holds a `ListRow`, a `GroupRow` or a `MoreRow`; the delegate draws and hits,
the view says what happened. Rows are drawn, not widgets: eleven thousand of them scroll like ten. Only the current
row's button is primary; returned rows are 74 px high and show the reason in full.
"""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from zgsz_desktop.ui.marks import CHIP_HEIGHT, Chip, chip_width, draw_badge, draw_chip
from zgsz_desktop.ui.painting import (
    CENTER,
    RIGHT,
    draw_bar,
    draw_hairline,
    draw_icon,
    draw_marked_text,
    draw_plate,
    draw_text,
    text_width,
)
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.lanes import reserve_lane

ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 100
HEIGHT = 56
RETURNED = 74
GROUP = 34
MORE = 34
EDGE = 20
BUTTON = QSize(66, 30)
ACCENT_BAR = 3
NARROW = 760  # below it the progress column gives way to the name


@dataclass(frozen=True, slots=True)
class ListRow:
    """One enterprise.

    Attributes:
        grade: its grade so far, or None.
        name, detail: name, and code, trade, place under it.
        chip: its state.
        progress: answered and total, or None where `remark` speaks instead.
        remark: one line in the place of the progress.
        due: until when.
        action: the verb on its button; empty for none.
        reason: why it was returned; makes the row tall and red.
        marks: spans (start, length) of the name that match the search.
        late: draws the due date in `bad`.
    """

    grade: int | None
    name: str
    detail: str
    chip: Chip
    progress: tuple[int, int] | None = None
    remark: str = ""
    due: str = ""
    action: str = "打开"
    reason: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    late: bool = False


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A heading between rows."""

    title: str
    count: str = ""
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class MoreRow:
    """The line that opens the rest of a group (`其余 7 家`)."""

    text: str


Row = ListRow | GroupRow | MoreRow
Index = QModelIndex | QPersistentModelIndex


def row_text(row: Row) -> str:
    """Give a row in words, for the screen reader."""
    if isinstance(row, GroupRow):
        return f"{row.title} {row.count}".strip()
    if isinstance(row, MoreRow):
        return row.text
    grade = f"{row.grade} 档" if row.grade else "还不能评档"
    progress = f"已答 {row.progress[0]}/{row.progress[1]}" if row.progress else row.remark
    parts = (row.name, row.detail, grade, row.chip.text, progress, row.due, row.reason)
    return "，".join(part for part in parts if part)


def row_of(index: Index) -> Row | None:
    """Give the row's content from the model."""
    value = index.data(ROW_ROLE)
    return value if isinstance(value, ListRow | GroupRow | MoreRow) else None


class RowDelegate(QStyledItemDelegate):
    """Draws the rows."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = row_of(index)
        if isinstance(row, GroupRow):
            height = GROUP
        elif isinstance(row, MoreRow):
            height = MORE
        else:
            height = RETURNED if isinstance(row, ListRow) and row.reason else HEIGHT
        return QSize(max(200, option.rect.width()), height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, rect = row_of(index), QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, GroupRow):
            self._paint_group(painter, rect, row)
        elif isinstance(row, MoreRow):
            self._paint_more(painter, rect, row)
        elif isinstance(row, ListRow):
            self._paint_row(painter, rect, row, option.state)
        painter.restore()

    def button_rect(self, rect: QRectF, row: ListRow) -> QRectF:
        """Give where a row's button lies."""
        width = max(BUTTON.width(), round(text_width(self.theme.font(14, bold=True), row.action)) + 28)
        top = rect.top() + (HEIGHT - BUTTON.height()) / 2
        return QRectF(rect.right() - EDGE - width, top, width, BUTTON.height())

    def _paint_group(self, painter: QPainter, rect: QRectF, row: GroupRow) -> None:
        tokens = self.theme.tokens
        room = rect.adjusted(EDGE, 4, -EDGE, 0)
        ink = tokens.bad if row.urgent else tokens.text2
        used = draw_text(painter, room, row.title, self.theme.font(13, bold=True), ink)
        draw_text(painter, room.adjusted(used + 8, 0, 0, 0), row.count, self.theme.font(12), tokens.text3)

    def _paint_more(self, painter: QPainter, rect: QRectF, row: MoreRow) -> None:
        accent = self.theme.tokens.accent
        left = rect.left() + EDGE + 46
        draw_icon(painter, self.theme, "chevron-down", QPointF(left + 7, rect.center().y()), px=14, colour=accent)
        draw_text(painter, rect.adjusted(EDGE + 66, 0, 0, 0), row.text, self.theme.font(13), accent)

    def _paint_row(self, painter: QPainter, rect: QRectF, row: ListRow, state: QStyle.StateFlag) -> None:
        tokens = self.theme.tokens
        current = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        ground = tokens.bad_bg if row.reason else (tokens.accent_bg if current else tokens.hover if hovered else "")
        if ground:
            draw_plate(painter, rect, 0, fill=ground)
        if current:
            draw_plate(painter, QRectF(rect.left(), rect.top(), ACCENT_BAR, rect.height()), 0, fill=tokens.accent)
        draw_hairline(painter, rect.left() + EDGE, rect.right() - EDGE, rect.bottom(), tokens.line)
        line = QRectF(rect.left(), rect.top(), rect.width(), HEIGHT)
        draw_badge(painter, self.theme, QRectF(rect.left() + EDGE, line.center().y() - 14, 32, 28), row.grade)
        right = self._paint_right_end(painter, line, row, current=current)
        self._paint_names(painter, line, row, right)
        if row.reason:
            left = rect.left() + EDGE + 46
            draw_icon(
                painter, self.theme, "message-square", QPointF(left + 7, rect.top() + 60), px=14, colour=tokens.bad
            )
            reason = QRectF(left + 20, rect.top() + 50, rect.right() - EDGE - left - 20, 20)
            draw_text(painter, reason, row.reason, self.theme.font(13), tokens.bad)

    def _paint_right_end(self, painter: QPainter, line: QRectF, row: ListRow, *, current: bool) -> float:
        """Draw button, due date, progress and chip from right to left; give where the names must end."""
        tokens, theme = self.theme.tokens, self.theme
        button = self.button_rect(line, row)
        primary = current and not row.reason
        if row.action:
            fill = tokens.fill if primary else tokens.surface
            draw_plate(painter, button, 6, fill=fill, border=None if primary else tokens.line2)
            ink = tokens.on_fill if primary else tokens.text
            draw_text(painter, button, row.action, theme.font(14, bold=primary), ink, align=CENTER)
        due_room = text_width(theme.font(13), row.due) + 1
        due = QRectF(button.left() - 14 - due_room, line.top(), due_room, line.height())
        due_ink = tokens.bad if row.reason or row.late else tokens.text2
        draw_text(painter, due, row.due, theme.font(13), due_ink, align=RIGHT)
        if line.width() < NARROW:
            return self._paint_chip(painter, line, row, due.left() - 8 - chip_width(theme, row.chip)) - 12
        middle = line.center().y()
        left = line.left() + line.width() * 0.57
        if row.progress:
            done, total = row.progress
            colour = tokens.line3 if row.reason else tokens.accent
            bar = QRectF(left, middle - 3, 84, 6)
            draw_bar(painter, bar, done / total if total else 0, track=tokens.press, colour=colour)
            label = QRectF(bar.right() + 8, line.top(), 70, line.height())
            draw_text(painter, label, f"{done}/{total}", theme.font(13), tokens.text2)
        else:
            room = QRectF(left, line.top(), due.left() - 8 - left, line.height())
            draw_text(painter, room, row.remark, theme.font(13), tokens.text2)
        return self._paint_chip(painter, line, row, left - 100) - 12

    def _paint_chip(self, painter: QPainter, line: QRectF, row: ListRow, left: float) -> float:
        box = QRectF(left, line.center().y() - CHIP_HEIGHT / 2, chip_width(self.theme, row.chip), CHIP_HEIGHT)
        draw_chip(painter, self.theme, box, row.chip)
        return left

    def _paint_names(self, painter: QPainter, line: QRectF, row: ListRow, right: float) -> None:
        tokens, left = self.theme.tokens, line.left() + EDGE + 46
        upper = QRectF(left, line.top() + 8, right - left, 22)
        font: QFont = self.theme.font(14, bold=True)
        draw_marked_text(painter, upper, row.name, font, tokens.text, marks=row.marks, mark=tokens.mark)
        lower = QRectF(left, line.top() + 29, right - left, 18)
        draw_text(painter, lower, row.detail, self.theme.font(12), tokens.text2)


class RowList(QListView):
    """The list itself; the current row is the chosen one.

    Signals:
        opened(QModelIndex): Enter, a double click, or the row's button.
        more_wanted(QModelIndex): the line that opens the rest.
    """

    opened = Signal(QModelIndex)
    more_wanted = Signal(QModelIndex)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setAccessibleName(name)
        self._delegate = RowDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        reserve_lane(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.doubleClicked.connect(self._open)
        theme.changed.connect(self.viewport().update)

    def step(self, by: int) -> None:
        """Move to the next or previous enterprise, over headings."""
        model = self.model()
        if not model.rowCount():
            return
        at = self.currentIndex().row() + by if self.currentIndex().isValid() else 0
        while 0 <= at < model.rowCount():
            if isinstance(row_of(model.index(at, 0)), ListRow):
                self.setCurrentIndex(model.index(at, 0))
                return
            at += by or 1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if key in steps:
            self.step(steps[key])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        row = row_of(index)
        if event.button() != Qt.MouseButton.LeftButton or row is None:
            return
        if isinstance(row, MoreRow):
            self.more_wanted.emit(index)
        elif isinstance(row, ListRow):
            rect = QRectF(self.visualRect(index))
            if self._delegate.button_rect(rect, row).contains(event.position()):
                self._open(index)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.scheduleDelayedItemsLayout()
        return super().viewportEvent(event)

    def _open(self, index: QModelIndex) -> None:
        row = row_of(index)
        if isinstance(row, MoreRow):
            self.more_wanted.emit(index)
        elif isinstance(row, ListRow):
            self.opened.emit(index)


def row_flags(row: Row) -> Qt.ItemFlag:
    """Give a model the flags of a row: headings cannot be chosen."""
    if isinstance(row, GroupRow):
        return Qt.ItemFlag.NoItemFlags
    return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
