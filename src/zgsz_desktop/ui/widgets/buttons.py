"""Buttons: primary, secondary, quiet, danger and link, with an icon and the key that does the same.

The key cap beside the label is a hint only: the page owns the shortcut. One primary button in each region.
"""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QStyle, QStyleOptionButton, QWidget

from zgsz_desktop.ui.marks import KEY_HEIGHT, CapLook, draw_key, key_width
from zgsz_desktop.ui.painting import draw_icon, draw_plate, draw_text, text_width
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.painted import AS_HINTED, FIXED, PaintedButton

ICON = 16
GAP = 8
SMALL = 28
NORMAL = 32
LARGE = 36


class ButtonKind(Enum):
    """How much a button asks for."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    QUIET = "quiet"
    DANGER = "danger"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class _Look:
    ground: str
    ink: str
    border: str


_REST = {
    ButtonKind.PRIMARY: _Look("fill", "on_fill", ""),
    ButtonKind.SECONDARY: _Look("surface", "text", "line2"),
    ButtonKind.QUIET: _Look("", "text2", ""),
    ButtonKind.DANGER: _Look("surface", "bad", "bad_line"),
    ButtonKind.LINK: _Look("", "accent", ""),
}
_HOVER = {
    ButtonKind.PRIMARY: _Look("fill_hover", "on_fill", ""),
    ButtonKind.SECONDARY: _Look("hover", "text", "line3"),
    ButtonKind.QUIET: _Look("hover", "text", ""),
    ButtonKind.DANGER: _Look("bad_bg", "bad", "bad"),
    ButtonKind.LINK: _Look("accent_bg", "accent", ""),
}
_DOWN = {
    ButtonKind.PRIMARY: _Look("fill_press", "on_fill", ""),
    ButtonKind.SECONDARY: _Look("press", "text", "line3"),
    ButtonKind.QUIET: _Look("press", "text", ""),
    ButtonKind.DANGER: _Look("bad_bg", "bad", "bad"),
    ButtonKind.LINK: _Look("accent_bg2", "accent", ""),
}
_DISABLED = {
    ButtonKind.PRIMARY: _Look("press", "disabled", ""),
    ButtonKind.SECONDARY: _Look("sunken", "disabled", "line"),
    ButtonKind.QUIET: _Look("", "disabled", ""),
    ButtonKind.DANGER: _Look("sunken", "disabled", "line"),
    ButtonKind.LINK: _Look("", "disabled", ""),
}
_CHECKED = _Look("warn_bg", "warn", "warn_line")


class Button(PaintedButton):
    """A push button. `clicked` as every Qt button.

    Attributes:
        keys: the key hint (`"Ctrl Z"`), shown as a cap after the label and in the tooltip.
        icon_name: name of the icon before the label.
        opens_menu: draws a small chevron at the end.
    """

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        kind: ButtonKind = ButtonKind.SECONDARY,
        *,
        icon: str = "",
        keys: str = "",
        height: int = NORMAL,
        opens_menu: bool = False,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Make a button.

        Args:
            theme: colours, fonts and icons.
            text: the label; without one give `name`, which then is tooltip and accessible name.
            kind: how much it asks for.
            icon: name of the icon.
            keys: the key hint.
            height: 28 small, 32 normal, 36 in a page bar.
            opens_menu: whether to draw the chevron of a menu.
            name: accessible name where it is not the label.
            parent: Qt parent.
        """
        super().__init__(theme, parent)
        self.kind = kind
        self.icon_name = icon
        self.keys = keys
        self.opens_menu = opens_menu
        self.setText(text)
        self.setFixedHeight(height)
        self.setSizePolicy(AS_HINTED, FIXED)
        self.set_name(name or text)

    def set_name(self, name: str) -> None:
        """Set the accessible name and the tooltip with its key."""
        self.setAccessibleName(name)
        if self.keys:
            self.setToolTip(f"{name}（{self.keys}）")
        elif not self.text():
            self.setToolTip(name)

    def set_kind(self, kind: ButtonKind) -> None:
        """Ask for more or less (the primary button follows the state)."""
        self.kind = kind
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(self._content_width() + 2 * self._pad()), self.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  the whole widget is cheap to paint
        painter = self.painter()
        look, area = self._look(), self.area()
        focused = self.shows_ring()
        border = self.theme.tokens.accent if focused else (self.theme.hex(look.border) if look.border else None)
        fill = self.theme.hex(look.ground) if look.ground else None
        draw_plate(painter, area, 6, fill=fill, border=border, width=2 if focused else 1)
        if focused and self.kind is ButtonKind.PRIMARY:
            # Accent on accent would not show: a light line between ring and plate makes the ring visible.
            draw_plate(painter, area.adjusted(2, 2, -2, -2), 4, border=self.theme.tokens.surface, width=1.5)
        self._draw_content(painter, look)
        painter.end()

    def _draw_content(self, painter: QPainter, look: _Look) -> None:
        area, ink = self.area(), self.theme.hex(look.ink)
        room = area.adjusted(self._pad(), 0, -self._pad(), 0)
        x = area.center().x() - min(self._content_width(), room.width()) / 2
        middle = area.center().y()
        if self.icon_name:
            draw_icon(
                painter, self.theme, self.icon_name, QPointF(x + ICON / 2, middle), px=ICON, colour=self._icon_ink(look)
            )
            x += ICON + (GAP if self.text() else 0)
        tail = self._tail_width()
        if self.text():
            text_room = QRectF(x, area.top(), room.right() - tail - x + 0.5, area.height())
            x += draw_text(painter, text_room, self.text(), self._font(), ink)
        if self.keys:
            width = key_width(self.theme, self.keys)
            cap = QRectF(x + GAP, middle - KEY_HEIGHT / 2, width, KEY_HEIGHT)
            draw_key(painter, self.theme, cap, self.keys, self._cap_look())
            x += GAP + width
        if self.opens_menu:
            draw_icon(
                painter, self.theme, "chevron-down", QPointF(x + 6 + 7, middle), px=14, colour=self._icon_ink(look)
            )

    def _icon_ink(self, look: _Look) -> str:
        # Icons are text2 where the label is text: the word leads.
        return self.theme.tokens.text2 if look.ink == "text" else self.theme.hex(look.ink)

    def _look(self) -> _Look:
        if not self.isEnabled():
            return _DISABLED[self.kind]
        if self.isDown():
            return _DOWN[self.kind]
        if self.isChecked():
            return _CHECKED
        option = QStyleOptionButton()
        option.initFrom(self)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        return (_HOVER if hovered else _REST)[self.kind]

    def _cap_look(self) -> CapLook:
        if not self.isEnabled():
            return CapLook.DISABLED
        if self.isChecked():
            return CapLook.WARN
        return CapLook.ON_FILL if self.kind is ButtonKind.PRIMARY else CapLook.PLAIN

    def _font_px(self) -> int:
        return 13 if self.height() < SMALL or self.kind is ButtonKind.LINK else 14

    def _font(self) -> QFont:
        return self.theme.font(self._font_px(), bold=self.kind is ButtonKind.PRIMARY)

    def _pad(self) -> int:
        if not self.text():
            return max(0, (self.height() - ICON) // 2)
        return {ButtonKind.QUIET: 10, ButtonKind.LINK: 4}.get(self.kind, 14)

    def _tail_width(self) -> float:
        keys = GAP + key_width(self.theme, self.keys) if self.keys else 0
        return keys + (6 + 14 if self.opens_menu else 0)

    def _content_width(self) -> float:
        icon = ICON + (GAP if self.text() else 0) if self.icon_name else 0
        return icon + text_width(self._font(), self.text()) + self._tail_width()


class CheckButton(Button):
    """A button that stays down (存疑): checked it wears the tint of something doubtful. `toggled(bool)`."""

    def __init__(self, theme: Theme, text: str, *, icon: str = "", keys: str = "", height: int = NORMAL) -> None:
        super().__init__(theme, text, ButtonKind.SECONDARY, icon=icon, keys=keys, height=height)
        self.setCheckable(True)
