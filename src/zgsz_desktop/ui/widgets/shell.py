"""The frame of the window: rail at the left, top bar above, the sheet flush right and bottom.

Only the sheet's top-left corner is round. What fills the sheet need not know: a small corner piece in the colour of the
window lies on top. The frame follows the window's width by the four breakpoints and says so, for pages that follow too.
"""

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QPainterPath, QPaintEvent, QPen, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from zgsz_desktop.ui.painting import pen_width
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.notes import Toast
from zgsz_desktop.ui.widgets.painted import PaintedWidget
from zgsz_desktop.ui.widgets.rail import Rail, RailEntry
from zgsz_desktop.ui.widgets.top_bar import TopBar

CORNER = 10


class Breadth(Enum):
    """How wide the window is; values: the least width."""

    SMALL = 0
    NARROW = 1100
    NORMAL = 1320
    WIDE = 1600


def breadth_of(width: int) -> Breadth:
    """Give the breakpoint of a window's width."""
    return max((breadth for breadth in Breadth if width >= breadth.value), key=lambda breadth: breadth.value)


class _Corner(PaintedWidget):
    """The piece outside the sheet's round corner, with the sheet's line along it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedSize(CORNER + 1, CORNER + 1)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  ten pixels
        painter, tokens = self.painter(), self.theme.tokens
        side = float(CORNER + 1)
        outside = QPainterPath()
        outside.addRect(QRectF(0, 0, side, side))
        inside = QPainterPath()
        inside.addRoundedRect(QRectF(0, 0, side * 3, side * 3), CORNER, CORNER)
        painter.fillPath(outside.subtracted(inside), QColor(tokens.canvas))
        width = pen_width(painter, 1)
        painter.setPen(QPen(QColor(tokens.line), width))
        painter.drawRoundedRect(QRectF(width / 2, width / 2, side * 3, side * 3), CORNER, CORNER)
        painter.end()


class Sheet(PaintedWidget):
    """The white sheet: one page at a time, a line at the top and left."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._pages = QStackedLayout(self)
        self._pages.setContentsMargins(1, 1, 0, 0)
        self._corner = _Corner(theme, self)
        self._corner.raise_()

    def current(self) -> QWidget | None:
        """Give the page shown."""
        return self._pages.currentWidget()

    def show_page(self, page: QWidget) -> None:
        """Show a page; it is added the first time."""
        if self._pages.indexOf(page) < 0:
            self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        self._corner.raise_()

    def drop_page(self, page: QWidget) -> None:
        """Take a page out; the caller deletes it."""
        self._pages.removeWidget(page)
        page.setParent(None)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  a plate
        painter, tokens = self.painter(), self.theme.tokens
        painter.fillRect(self.rect(), QColor(tokens.surface))
        painter.fillRect(QRectF(0, 0, self.width(), 1), QColor(tokens.line))
        painter.fillRect(QRectF(0, 0, 1, self.height()), QColor(tokens.line))
        painter.end()


class Shell(PaintedWidget):
    """Rail, top bar and sheet.

    Attributes:
        rail, top, sheet, toast: the parts.
        notices: layout between top bar and sheet, for news that concerns the whole window.
        breadth: the breakpoint in force.

    Signals:
        breadth_changed(object): a `Breadth`; the window crossed a breakpoint.
    """

    breadth_changed = Signal(object)

    def __init__(self, theme: Theme, entries: Sequence[RailEntry], parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.breadth = Breadth.NORMAL
        self._rail_by_user: bool | None = None
        self.rail = Rail(theme, entries)
        self.top = TopBar(theme)
        self.sheet = Sheet(theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.top)
        self.notices = QVBoxLayout()
        self.notices.setContentsMargins(0, 0, 0, 0)
        self.notices.setSpacing(6)
        column.addLayout(self.notices)
        column.addWidget(self.sheet, 1)
        row.addLayout(column, 1)
        self.toast = Toast(theme, self.sheet)
        self.rail.collapsed_by_user.connect(self._remember)
        shortcut = QShortcut(QKeySequence("Ctrl+K"), self)
        shortcut.activated.connect(self.top.open_search)

    def resizeEvent(self, event: QResizeEvent) -> None:
        breadth = breadth_of(event.size().width())
        if breadth is not self.breadth:
            self.breadth = breadth
            self._fit()
            self.breadth_changed.emit(breadth)
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  a plate
        painter = self.painter()
        painter.fillRect(self.rect(), QColor(self.theme.tokens.canvas))
        painter.end()

    def _fit(self) -> None:
        narrow = self.breadth in {Breadth.SMALL, Breadth.NARROW}
        collapsed = narrow if self._rail_by_user is None else self._rail_by_user
        self.rail.set_collapsed(collapsed=collapsed)
        self.top.set_narrow(narrow=narrow)

    def _remember(self, collapsed: bool) -> None:  # noqa: FBT001  Qt's signal
        self._rail_by_user = collapsed
