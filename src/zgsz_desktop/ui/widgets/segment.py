"""The segment control: one of a few views, each with its count. Arrow keys move inside, Tab leaves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from zgsz_desktop.ui.painting import draw_focus_ring, draw_plate, draw_text, text_width
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.painted import FIXED, PaintedButton, PaintedWidget

HEIGHT = 32
EDGE = 3
PAD = 11


@dataclass(frozen=True, slots=True)
class SegmentItem:
    """One choice of a segment control.

    Attributes:
        id: what `chosen` says.
        count: shown after the label, or nothing.
    """

    id: str
    label: str
    count: int | None = None


class _SegmentButton(PaintedButton):
    def __init__(self, theme: Theme, item: SegmentItem, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.setCheckable(True)
        self.setFixedHeight(HEIGHT - 2 * EDGE)
        self.setSizePolicy(FIXED, FIXED)
        self.item = item
        self.set_item(item)

    def set_item(self, item: SegmentItem) -> None:
        self.item = item
        self.setText(item.label)
        self.setAccessibleName(item.label if item.count is None else f"{item.label}，{item.count} 个")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = text_width(self.theme.font(13, bold=False), self.item.label) + 2 * PAD
        if self.item.count is not None:
            width += 6 + text_width(self.theme.font(12), str(self.item.count))
        return QSize(round(width) + 1, HEIGHT - 2 * EDGE)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  small
        painter, tokens, area = self.painter(), self.theme.tokens, self.area()
        if self.isChecked():
            draw_plate(painter, area, 5, fill=tokens.seg_on, border=tokens.line2)
        if self.shows_ring():
            draw_focus_ring(painter, area, 5, self.theme)
        ink = tokens.text if self.isChecked() or self.underMouse() else tokens.text2
        if not self.isEnabled():
            ink = tokens.disabled
        room = QRectF(area.left() + PAD, 0, area.width() - PAD, area.height())
        used = draw_text(painter, room, self.item.label, self.theme.font(13), ink)
        if self.item.count is not None:
            room.setLeft(room.left() + used + 6)
            draw_text(painter, room, str(self.item.count), self.theme.font(12), tokens.text2)
        painter.end()


class Segment(PaintedWidget):
    """A track with a few choices, exactly one of them chosen.

    Signals:
        chosen(str): the user took another choice; its id.
    """

    chosen = Signal(str)

    def __init__(
        self, theme: Theme, items: Sequence[SegmentItem], name: str = "视图", parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self.setAccessibleName(name)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(FIXED, FIXED)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, _SegmentButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        row.setSpacing(0)
        for item in items:
            button = _SegmentButton(theme, item, self)
            self._group.addButton(button)
            self._buttons[item.id] = button
            row.addWidget(button)
        if items:
            self._buttons[items[0].id].setChecked(True)
        self._group.buttonToggled.connect(self._say)

    def chosen_id(self) -> str:
        """Give the id of the choice in force."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def choose(self, choice: str) -> None:
        """Take a choice as the user would; says `chosen` only where it is another."""
        self._buttons[choice].setChecked(True)

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Show other counts behind the labels."""
        for key, count in counts.items():
            button = self._buttons[key]
            button.set_item(SegmentItem(key, button.item.label, count))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  small
        painter = self.painter()
        draw_plate(painter, self.area(), 7, fill=self.theme.tokens.press)
        painter.end()

    def _say(self, button: _SegmentButton, on: bool) -> None:  # noqa: FBT001  Qt's signal
        if on:
            self.chosen.emit(button.item.id)
