"""The rail at the left: the program's rooms, only what the role needs; collapsible to icons with tooltips."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from zgsz_desktop.ui.painting import CENTER, draw_focus_ring, draw_icon, draw_plate, draw_text, text_width
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.buttons import Button, ButtonKind
from zgsz_desktop.ui.widgets.painted import FIXED, GROWS, PaintedButton, PaintedWidget

WIDE = 76
NARROW = 60
ITEM = QSize(60, 54)
ITEM_NARROW = QSize(44, 44)
MOST = 99
LOGO = 28
LOGO_BARS = ((0.25, 0.62), (0.40, 0.52), (0.55, 0.42), (0.70, 0.30))


@dataclass(frozen=True, slots=True)
class RailEntry:
    """A room of the program.

    Attributes:
        id: what `chosen` says.
        icon, label: how it looks.
        at_bottom: whether it stands below (设置).
    """

    id: str
    icon: str
    label: str
    at_bottom: bool = False


class RailItem(PaintedButton):
    """One room: icon over label, with a count of what waits there."""

    def __init__(self, theme: Theme, entry: RailEntry, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.entry = entry
        self._count = 0
        self._collapsed = False
        self.setCheckable(True)
        self.setText(entry.label)
        self.setAccessibleName(entry.label)
        self.set_collapsed(collapsed=False)

    def set_count(self, count: int) -> None:
        """Show how many things wait there; 0 shows nothing."""
        self._count = count
        self.setAccessibleName(f"{self.entry.label}，{count} 件待办" if count else self.entry.label)
        self.update()

    def set_collapsed(self, *, collapsed: bool) -> None:
        """Show the icon alone, with the label as tooltip."""
        self._collapsed = collapsed
        self.setFixedSize(ITEM_NARROW if collapsed else ITEM)
        self.setToolTip(self.entry.label if collapsed else "")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  small
        painter, tokens, area = self.painter(), self.theme.tokens, self.area()
        on = self.isChecked()
        if on or self.underMouse():
            draw_plate(painter, area, 8, fill=tokens.accent_bg2 if on else tokens.press)
        if self.shows_ring():
            draw_focus_ring(painter, area, 8, self.theme)
        ink = tokens.accent if on else tokens.text2
        middle = area.center().x()
        height = area.center().y() if self._collapsed else 18.0
        draw_icon(painter, self.theme, self.entry.icon, QPointF(middle, height), px=20, colour=ink)
        if not self._collapsed:
            label = QRectF(0, 30, area.width(), 20)
            draw_text(painter, label, self.entry.label, self.theme.font(12, bold=on), ink, align=CENTER)
        if self._count:
            self._draw_count(middle, height)
        painter.end()

    def _draw_count(self, middle: float, height: float) -> None:
        painter, tokens = self.painter(), self.theme.tokens
        text = str(self._count) if self._count <= MOST else f"{MOST}+"
        font = self.theme.font(11, bold=True)
        width = max(16.0, round(text_width(font, text) + 9))
        badge = QRectF(min(middle + 4, self.width() - width - 1), height - 16, width, 16)
        ground = tokens.accent_bg2 if self.isChecked() else tokens.canvas
        draw_plate(painter, badge.adjusted(-1.5, -1.5, 1.5, 1.5), 9.5, fill=ground)
        draw_plate(painter, badge, 8, fill=tokens.bad)
        draw_text(painter, badge, text, font, tokens.surface, align=CENTER)
        painter.end()


class Logo(PaintedWidget):
    """The program's sign: rising bars on accent."""

    def __init__(self, theme: Theme, size: int = LOGO, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setFixedSize(size, size)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  small
        painter, tokens, area = self.painter(), self.theme.tokens, self.area()
        side = area.width()
        draw_plate(painter, area, side * 0.22, fill=tokens.fill)
        for left, top in LOGO_BARS:
            bar = QRectF(side * left - side * 0.03, side * top, side * 0.09, side * (0.75 - top))
            painter.setBrush(Qt.GlobalColor.white)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(bar, side * 0.03, side * 0.03)
        painter.end()


class Rail(PaintedWidget):
    """All rooms, the settings below them, and the button that makes the rail narrow.

    Signals:
        chosen(str): the user went to a room; its id.
        collapsed_by_user(bool): the user made it narrow or wide.
    """

    chosen = Signal(str)
    collapsed_by_user = Signal(bool)

    def __init__(self, theme: Theme, entries: Sequence[RailEntry], parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setAccessibleName("导航")
        self._collapsed = False
        self._items: dict[str, RailItem] = {}
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 12, 0, 10)
        self._column.setSpacing(4)
        self._column.addWidget(Logo(theme), 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addSpacing(10)
        for entry in entries:
            if not entry.at_bottom:
                self._add(entry)
        self._column.addStretch(1)
        for entry in entries:
            if entry.at_bottom:
                self._add(entry)
        self._fold = Button(theme, kind=ButtonKind.QUIET, icon="chevrons-left", name="收起导航", height=28)
        self._fold.clicked.connect(self._turn)
        self._column.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignHCenter)
        self.setSizePolicy(FIXED, GROWS)
        self.set_collapsed(collapsed=False)

    def choose(self, room: str) -> None:
        """Mark a room as the one shown; says nothing."""
        if room in self._items:
            self._items[room].setChecked(True)
            return
        # A page outside the rail (settings of a draft) leaves no room marked.
        self._group.setExclusive(False)
        for item in self._items.values():
            item.setChecked(False)
        self._group.setExclusive(True)

    def item(self, room: str) -> RailItem:
        """Give the button of a room."""
        return self._items[room]

    def set_count(self, room: str, count: int) -> None:
        """Show how many things wait in a room."""
        self._items[room].set_count(count)

    def is_collapsed(self) -> bool:
        """Whether only icons are shown."""
        return self._collapsed

    def set_collapsed(self, *, collapsed: bool) -> None:
        """Show icons only, or icons with labels."""
        self._collapsed = collapsed
        self.setFixedWidth(NARROW if collapsed else WIDE)
        for item in self._items.values():
            item.set_collapsed(collapsed=collapsed)
        self._fold.icon_name = "chevrons-right" if collapsed else "chevrons-left"
        self._fold.set_name("展开导航" if collapsed else "收起导航")
        self._fold.update()

    def _add(self, entry: RailEntry) -> None:
        item = RailItem(self.theme, entry, self)
        item.clicked.connect(lambda _=False, room=entry.id: self.chosen.emit(room))
        self._group.addButton(item)
        self._items[entry.id] = item
        self._column.addWidget(item, 0, Qt.AlignmentFlag.AlignHCenter)

    def _turn(self) -> None:
        self.set_collapsed(collapsed=not self._collapsed)
        self.collapsed_by_user.emit(self._collapsed)
