"""Plates that hold other widgets: card, panel, to-do card, action row, and the large choices of the first page."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from zgsz_desktop.ui.marks import CapLook, Chip, chip_width, draw_chip, draw_key
from zgsz_desktop.ui.painting import RING_MARGIN, draw_focus_ring, draw_icon, draw_plate, draw_text, text_width
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.buttons import Button, ButtonKind
from zgsz_desktop.ui.widgets.marks import IconLabel
from zgsz_desktop.ui.widgets.painted import FIXED, GROWS, PaintedButton, PaintedWidget
from zgsz_desktop.ui.widgets.text import ElidedLabel, Label, TextRole

RADIUS = 8


class Card(PaintedWidget):
    """A plate with a line around it and a vertical layout (`body`) inside.

    Attributes:
        body: where the content goes.
    """

    def __init__(
        self,
        theme: Theme,
        *,
        padding: int = 16,
        spacing: int = 8,
        ground: str = "surface",
        border: str = "line",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._ground = ground
        self._border = border
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(padding, padding, padding, padding)
        self.body.setSpacing(spacing)

    def set_look(self, ground: str, border: str) -> None:
        """Take other tokens for ground and border (`"accent_bg"`, `"accent"` for a chosen card)."""
        self._ground = ground
        self._border = border
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  a plate
        painter = self.painter()
        ground, border = self.theme.hex(self._ground), self.theme.hex(self._border)
        draw_plate(painter, self.area(), RADIUS, fill=ground, border=border)
        painter.end()


class Panel(Card):
    """A card with a title line: icon, title 16 bold, and whatever stands at its right (`head`).

    Attributes:
        head: the title line's layout; add to it what stands at the right.
        title: the title's label.
    """

    def __init__(
        self, theme: Theme, title: str, *, icon: str = "", icon_ink: str = "text2", parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, padding=16, spacing=10, parent=parent)
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        if icon:
            self.head.addWidget(IconLabel(theme, icon, 16, icon_ink))
        self.title = Label(theme, title, TextRole.CARD)
        self.head.addWidget(self.title)
        self.head.addStretch(1)
        self.body.addLayout(self.head)
        self.setAccessibleName(title)


@dataclass(frozen=True, slots=True)
class TodoText:
    """What a to-do card says.

    Attributes:
        icon, ink: icon and the token of its colour.
        title: what it is about.
        whom: who it concerns, at the right.
        sentence: what happened.
        kept: what was kept.
        action: the verb on its only button.
        action_icon: icon on the button.
    """

    icon: str
    ink: str
    title: str
    sentence: str
    action: str
    whom: str = ""
    kept: str = ""
    action_icon: str = ""


class TodoCard(Card):
    """One thing that waits for the user, with exactly one button.

    Signals:
        acted: the button was pressed.
    """

    acted = Signal()

    def __init__(self, theme: Theme, text: TodoText, *, primary: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(theme, padding=12, spacing=5, parent=parent)
        self.setAccessibleName(text.title)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(IconLabel(theme, text.icon, 16, text.ink))
        top.addWidget(ElidedLabel(theme, text.title, TextRole.CARD), 1)
        if text.whom:
            top.addWidget(Label(theme, text.whom, TextRole.CAPTION))
        self.body.addLayout(top)
        self.body.addWidget(Label(theme, text.sentence, TextRole.HELPER, wrap=True))
        bottom = QHBoxLayout()
        bottom.addWidget(Label(theme, text.kept, TextRole.CAPTION, ink="text2", wrap=True), 1)
        kind = ButtonKind.PRIMARY if primary else ButtonKind.SECONDARY
        self.button = Button(theme, text.action, kind, icon=text.action_icon, height=30)
        self.button.clicked.connect(self.acted)
        bottom.addWidget(self.button, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(bottom)


class ActionRow(Card):
    """A card of one line and one button: icon, title over a helper line, verb (下一步).

    Signals:
        acted: the button was pressed.
    """

    acted = Signal()

    def __init__(
        self, theme: Theme, icon: str, title: str, hint: str, action: str, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, padding=0, parent=parent)
        self.setAccessibleName(title)
        row = QHBoxLayout()
        row.setContentsMargins(12, 8, 10, 8)
        row.setSpacing(10)
        row.addWidget(IconLabel(theme, icon, 18))
        words = QVBoxLayout()
        words.setSpacing(0)
        self.title = ElidedLabel(theme, title, TextRole.BODY)
        self.hint = ElidedLabel(theme, hint, TextRole.CAPTION, ink="text2")
        words.addWidget(self.title)
        words.addWidget(self.hint)
        row.addLayout(words, 1)
        self.button = Button(theme, action, height=30, name=f"{action}，{title}")
        self.button.clicked.connect(self.acted)
        row.addWidget(self.button)
        self.body.addLayout(row)


class ChoiceCard(PaintedButton):
    """A large choice of the first page: icon in a tinted square, name over a sentence, key cap at the right.

    Signals:
        clicked, toggled(bool): as every checkable Qt button.
    """

    def __init__(
        self,
        theme: Theme,
        *,
        icon: str,
        title: str,
        sentence: str,
        keys: str,
        chip: Chip | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._icon = icon
        self._title = title
        self._sentence = sentence
        self._keys = keys
        self._chip = chip
        self.setCheckable(True)
        self.setFixedHeight(78 + 2 * RING_MARGIN)
        self.setSizePolicy(GROWS, FIXED)
        self.setMinimumWidth(320)
        self.setAccessibleName(f"{title}，{sentence}" + (f"，{chip.text}" if chip else ""))
        self.setAccessibleDescription(f"按键 {keys}")

    def sizeHint(self) -> QSize:
        return QSize(424, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  one card
        painter, tokens, theme = self.painter(), self.theme.tokens, self.theme
        card = self.area().adjusted(RING_MARGIN, RING_MARGIN, -RING_MARGIN, -RING_MARGIN)
        on, middle = self.isChecked(), card.center().y()
        ground = tokens.accent_bg if on else (tokens.hover if self.underMouse() else tokens.surface)
        border = tokens.accent if on else (tokens.line3 if self.underMouse() else tokens.line2)
        draw_plate(painter, card, RADIUS, fill=ground, border=border, width=1.5 if on else 1)
        if self.shows_ring():
            draw_focus_ring(painter, self.area(), RADIUS + RING_MARGIN, theme)
        tile = QRectF(card.left() + 14, middle - 20, 40, 40)
        draw_plate(painter, tile, 6, fill=tokens.surface if on or self.underMouse() else tokens.canvas)
        ink = tokens.accent if on else tokens.text2
        draw_icon(painter, theme, self._icon, QPointF(tile.center()), px=20, colour=ink)
        cap = QRectF(card.right() - 14 - 24, middle - 12, 24, 24)
        draw_key(painter, theme, cap, self._keys, CapLook.CHOSEN if on else CapLook.RAISED)
        left, right = tile.right() + 14, cap.left() - 12
        title_font = theme.font(16, bold=True)
        draw_text(painter, QRectF(left, card.top() + 15, right - left, 24), self._title, title_font, tokens.text)
        if self._chip:
            x = left + text_width(title_font, self._title) + 10
            draw_chip(painter, theme, QRectF(x, card.top() + 16, chip_width(theme, self._chip), 22), self._chip)
        line = QRectF(left, card.top() + 40, right - left, 22)
        draw_text(painter, line, self._sentence, theme.font(13), tokens.text2)
        painter.end()


class FactRow(QWidget):
    """A name at the left, a value at the right: one fact of a result or of a machine's state."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        value: str = "",
        *,
        icon: str = "",
        icon_ink: str = "text2",
        bold: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(8)
        if icon:
            self.row.addWidget(IconLabel(theme, icon, 16, icon_ink))
        self.name = ElidedLabel(theme, name, TextRole.HELPER)
        self.row.addWidget(self.name, 1)
        self.value = Label(theme, value, TextRole.CARD if bold else TextRole.HELPER)
        self.value.setSizePolicy(QSizePolicy.Policy.Minimum, FIXED)
        self.row.addWidget(self.value)


def clear_layout(layout: QLayout) -> None:
    """Take everything out of a layout and delete it (a page shows other content)."""
    while (item := layout.takeAt(0)) is not None:
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            clear_layout(inner)
        if widget is not None:
            # Hidden first: a widget that was just added waits to be shown by its layout, and without a parent that
            # would open it as a window of its own for a moment, which takes the focus away.
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
