"""Tables: hairlines only, a hovered row, an accent bar on the chosen one, numbers right, copy as TSV.

A model gives plain `DisplayRole` text and, where a cell is more than text, a cell value in `CELL_ROLE`. `INK_ROLE`
names a token for the text, `TINT_ROLE` one for the whole row, `ICON_ROLE` an icon before the text. Sorting is a
proxy's; a missing value is “–”.
"""

from dataclasses import dataclass

from PySide6.QtCore import (
    QByteArray,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from zgsz_desktop.ui.marks import draw_badge
from zgsz_desktop.ui.painting import (
    LEFT,
    RIGHT,
    draw_bar,
    draw_hairline,
    draw_icon,
    draw_plate,
    draw_text,
    draw_upright,
    text_width,
)
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.lanes import reserve_lane

CELL_ROLE = int(Qt.ItemDataRole.UserRole) + 120
INK_ROLE = CELL_ROLE + 1
TINT_ROLE = CELL_ROLE + 2
ICON_ROLE = CELL_ROLE + 3
ONE_LINE = 36
HEADER = 34
PAD = 12
ACCENT_BAR = 3
MISSING = "–"
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class GradeCell:
    """A grade's badge."""

    grade: int | None


@dataclass(frozen=True, slots=True)
class BarCell:
    """A share as a bar with its number; `plan` is the share due by now, below it the bar warns."""

    share: float
    text: str
    plan: float | None = None


def is_number_column(index: Index) -> bool:
    """Whether the model aligns this cell right."""
    alignment = index.data(Qt.ItemDataRole.TextAlignmentRole)
    return alignment is not None and bool(Qt.AlignmentFlag(int(alignment)) & Qt.AlignmentFlag.AlignRight)


class TableDelegate(QStyledItemDelegate):
    """Draws the cells; the view tells which row is hovered."""

    def __init__(self, theme: Theme, view: "TableView") -> None:
        super().__init__(view)
        self.theme = theme
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        text = str(index.data() or "")
        return QSize(round(text_width(self.theme.font(14), text)) + 2 * PAD, max(ONE_LINE, option.rect.height()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        self._paint_ground(painter, rect, index, selected=selected)
        room = rect.adjusted(PAD, 0, -PAD, 0)
        cell = index.data(CELL_ROLE)
        if isinstance(cell, GradeCell):
            badge = QRectF(room.right() - 26, rect.center().y() - 11, 26, 22)
            draw_badge(painter, self.theme, badge, cell.grade)
        elif isinstance(cell, BarCell):
            self._paint_bar(painter, room, cell)
        else:
            self._paint_text(painter, room, index, selected=selected)
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRectF, index: Index, *, selected: bool) -> None:
        tokens, tint = self.theme.tokens, index.data(TINT_ROLE)
        if selected:
            draw_plate(painter, rect, 0, fill=tokens.accent_bg)
        elif tint:
            draw_plate(painter, rect, 0, fill=self.theme.hex(str(tint)))
        elif self._view.hovered_row() == index.row():
            draw_plate(painter, rect, 0, fill=tokens.hover)
        if selected and self._view.is_first_column(index.column()):
            draw_plate(painter, QRectF(rect.left(), rect.top(), ACCENT_BAR, rect.height()), 0, fill=tokens.accent)
        draw_hairline(painter, rect.left(), rect.right(), rect.bottom(), tokens.line)

    def _paint_text(self, painter: QPainter, room: QRectF, index: Index, *, selected: bool) -> None:
        value = index.data()
        missing = value is None or value == ""
        token = "text3" if missing else str(index.data(INK_ROLE) or "text")
        if icon := index.data(ICON_ROLE):
            at = QPointF(room.left() + 7, room.center().y())
            draw_icon(painter, self.theme, str(icon), at, px=14, colour=self.theme.hex(token))
            room = room.adjusted(20, 0, 0, 0)
        leads = selected and self._view.is_first_column(index.column())
        align = RIGHT if is_number_column(index) else LEFT
        text = MISSING if missing else str(value)
        draw_text(painter, room, text, self.theme.font(14, bold=leads), self.theme.hex(token), align=align)

    def _paint_bar(self, painter: QPainter, room: QRectF, cell: BarCell) -> None:
        tokens = self.theme.tokens
        label = text_width(self.theme.font(14), "100.0%")
        bar = QRectF(room.left(), room.center().y() - 3, max(24, room.width() - label - 12), 6)
        below = cell.plan is not None and cell.share < cell.plan
        draw_bar(painter, bar, cell.share, track=tokens.press, colour=tokens.warn if below else tokens.accent)
        if cell.plan is not None:
            x = bar.left() + bar.width() * cell.plan
            draw_upright(painter, x, bar.top() - 3, bar.bottom() + 3, tokens.text2)
        draw_text(painter, room, cell.text, self.theme.font(14), tokens.text, align=RIGHT)


class TableHeader(QHeaderView):
    """Column names on `sunken`; the sorted one bold, with its arrow beside the name."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.theme = theme
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setFixedHeight(HEADER)
        self.setStretchLastSection(True)
        theme.changed.connect(self.viewport().update)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        tokens, area = self.theme.tokens, QRectF(rect)
        painter.save()
        draw_plate(painter, area, 0, fill=tokens.sunken)
        draw_hairline(painter, area.left(), area.right(), area.bottom(), tokens.line)
        model, horizontal = self.model(), Qt.Orientation.Horizontal
        text = str(model.headerData(logicalIndex, horizontal) or "")
        alignment = model.headerData(logicalIndex, horizontal, Qt.ItemDataRole.TextAlignmentRole)
        right = alignment is not None and bool(Qt.AlignmentFlag(int(alignment)) & Qt.AlignmentFlag.AlignRight)
        sorted_ = self.isSortIndicatorShown() and self.sortIndicatorSection() == logicalIndex
        font = self.theme.font(12, bold=sorted_)
        ink = tokens.text if sorted_ else tokens.text2
        room = area.adjusted(PAD, 0, -PAD, 0)
        arrow = 15 if sorted_ else 0
        if right:
            room.setRight(room.right() - arrow)
        used = draw_text(painter, room, text, font, ink, align=RIGHT if right else LEFT)
        if sorted_:
            x = room.right() + 9 if right else room.left() + used + 9
            name = "arrow-up" if self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder else "arrow-down"
            draw_icon(painter, self.theme, name, QPointF(x, area.center().y()), px=12, colour=ink)
        painter.restore()


class TableView(QTableView):
    """The table.

    Signals:
        opened(QModelIndex): Enter or a double click.
    """

    opened = Signal(QModelIndex)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setAccessibleName(name)
        self._hovered = -1
        self.setHorizontalHeader(TableHeader(theme, self))
        self.setItemDelegate(TableDelegate(theme, self))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ONE_LINE)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        reserve_lane(self)
        self.setSortingEnabled(True)
        self.doubleClicked.connect(self.opened)
        theme.changed.connect(self.viewport().update)

    def hovered_row(self) -> int:
        """Give the row under the pointer, or -1."""
        return self._hovered

    def is_first_column(self, column: int) -> bool:
        """Whether a column stands leftmost on the screen."""
        return self.horizontalHeader().visualIndex(column) == 0

    def columns_state(self) -> QByteArray:
        """Give widths, order and sorting, to be remembered."""
        return self.horizontalHeader().saveState()

    def restore_columns(self, state: QByteArray) -> bool:
        """Take back what `columns_state` gave; says whether it fitted."""
        return self.horizontalHeader().restoreState(state)

    def selected_as_tsv(self) -> str:
        """Give the selected rows as tab-separated lines with the column names, as a spreadsheet pastes them."""
        header, model = self.horizontalHeader(), self.model()
        columns = [c for c in map(header.logicalIndex, range(header.count())) if not header.isSectionHidden(c)]
        lines = ["\t".join(str(model.headerData(c, Qt.Orientation.Horizontal) or "") for c in columns)]
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        lines.extend("\t".join(self._cell_text(model.index(row, column)) for column in columns) for row in rows)
        return "\n".join(lines)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.selected_as_tsv())
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.indexAt(event.position().toPoint()).row())
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            self.viewport().update()

    @staticmethod
    def _cell_text(index: QModelIndex) -> str:
        cell = index.data(CELL_ROLE)
        if isinstance(cell, GradeCell):
            return "" if cell.grade is None else str(cell.grade)
        if isinstance(cell, BarCell):
            return cell.text
        return str(index.data() or "").replace("\t", " ").replace("\n", " ")
