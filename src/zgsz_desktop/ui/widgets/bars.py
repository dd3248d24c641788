"""The strips of a page: page bar above, foot bar below; and the side columns between them.

Bars, totals and primary buttons never scroll: they lie outside the page's scroll area.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from zgsz_desktop.ui.painting import draw_hairline, draw_upright
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.painted import FIXED, GROWS, PaintedWidget

BAR = 52
FOOT = 56
FOOT_WIDE = 60


class _Strip(PaintedWidget):
    """A row with a left end and a right end."""

    def __init__(self, theme: Theme, height: int, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setFixedHeight(height)
        self.setSizePolicy(GROWS, FIXED)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 20, 0)
        row.setSpacing(8)
        self._row = row
        self.left = QHBoxLayout()
        self.left.setSpacing(8)
        self.right = QHBoxLayout()
        self.right.setSpacing(8)
        row.addLayout(self.left)
        row.addStretch(1)
        row.addLayout(self.right)

    def set_margins(self, left: int, right: int) -> None:
        """Move both ends in (to the edges of a reading column)."""
        self._row.setContentsMargins(left, 0, right, 0)


class PageBar(_Strip):
    """The strip under the top bar: views at the left, actions of 36 px at the right.

    Attributes:
        left, right: layouts of the two ends.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, BAR + 2, parent)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  one line
        painter = self.painter()
        draw_hairline(painter, 0, self.width(), self.height(), self.theme.tokens.line)
        painter.end()


class FootBar(_Strip):
    """The strip at the bottom: moving at the left, the primary button at the right.

    Attributes:
        left, right: layouts of the two ends.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, FOOT, parent)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  one line
        painter = self.painter()
        draw_hairline(painter, 0, self.width(), 1, self.theme.tokens.line)
        painter.end()


class SideColumn(PaintedWidget):
    """A sunken column beside the page (sections at the left, help and result at the right): scrolls, its foot does not.

    Attributes:
        body: layout of what scrolls.
        foot: layout of what stays at the bottom.
        scroll_area: the scroll area.
    """

    def __init__(self, theme: Theme, width: int, *, at_right: bool, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._at_right = at_right
        self.setFixedWidth(width)
        column = QVBoxLayout(self)
        column.setContentsMargins(1 if at_right else 0, 0, 0 if at_right else 1, 0)
        column.setSpacing(0)
        self.scroll_area = QScrollArea()
        self.scroll_area.setWidgetResizable(True)
        self.scroll_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        filled = QVBoxLayout(inside)
        filled.setContentsMargins(0, 0, 0, 0)
        filled.setSpacing(0)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(16, 16, 16, 16)
        self.body.setSpacing(8)
        filled.addLayout(self.body)
        filled.addStretch(1)  # not AlignTop: an aligned layout gets its size hint and cuts wrapped text
        self.scroll_area.setWidget(inside)
        column.addWidget(self.scroll_area, 1)
        self.foot = QVBoxLayout()
        self.foot.setContentsMargins(0, 0, 0, 0)
        self.foot.setSpacing(0)
        column.addLayout(self.foot)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  a plate
        painter, tokens = self.painter(), self.theme.tokens
        painter.fillRect(self.rect(), QColor(tokens.sunken))
        draw_upright(painter, 0 if self._at_right else self.width() - 1, 0, self.height(), tokens.line)
        painter.end()
