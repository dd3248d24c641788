"""The option card: one answer of a question as a large target, single or multiple choice.

    key cap 26 | level tag bold | text, wrapped | 上轮 | points | radio or box 18

The whole card is the target; the text wraps on a 22 px pitch and the card grows with it. Around the card lie 4 px where
the keyboard's ring is drawn, so stack cards without spacing of their own. Which keys choose which card is the page's.
"""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOptionButton, QWidget

from zgsz_desktop.ui.marks import CHIP_HEIGHT, CapLook, Chip, Tone, chip_width, draw_chip, draw_key
from zgsz_desktop.ui.painting import (
    HALF_HEIGHT,
    RING_MARGIN,
    draw_choice,
    draw_focus_ring,
    draw_plate,
    draw_text,
    text_width,
)
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.painted import PaintedButton

RADIUS = 8
CAP = 26
BOX = 18
PAD = 14
GAP = 12
PITCH = 22
HEIGHT = 50
TIGHT = 40
LAST_ROUND: Final = Chip("上轮", Tone.NEUTRAL, "history")


@dataclass(frozen=True, slots=True)
class OptionText:
    """What an option card says.

    Attributes:
        keys: the key that chooses it.
        text: the option in words.
        level: tag before the text (`3 级`), or nothing.
        points: what it brings (`1.25 分`, `+1.9 分`), or nothing.
        last_round: whether it was chosen in the last round.
    """

    keys: str
    text: str
    level: str = ""
    points: str = ""
    last_round: bool = False


class OptionCard(PaintedButton):
    """One option. Exclusivity is the page's or a `QButtonGroup`'s.

    Attributes:
        content: what it says.
        multiple: box instead of radio.

    Signals:
        toggled(bool), clicked: as every checkable Qt button.
    """

    def __init__(
        self,
        theme: Theme,
        content: OptionText,
        *,
        multiple: bool = False,
        tight: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self.content = content
        self.multiple = multiple
        self._least = TIGHT if tight else HEIGHT
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self.set_content(content)

    def set_content(self, content: OptionText) -> None:
        """Say something else."""
        self.content = content
        parts = (content.level, content.text, content.points, "上轮选过" if content.last_round else "")
        self.setAccessibleName("，".join(part for part in parts if part))
        self.setAccessibleDescription(f"按键 {content.keys}")
        self.setFixedHeight(self.heightForWidth(max(self.width(), self.minimumSizeHint().width())))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(560, self.heightForWidth(560))

    def minimumSizeHint(self) -> QSize:
        return QSize(280, self._least + 2 * RING_MARGIN)

    def heightForWidth(self, width: int) -> int:
        lines = len(self._lines(self._text_room(QRectF(0, 0, width, 1)).width()))
        wrapped = lines * PITCH + 2 * 13 if lines > 1 else 0
        return max(self._least, wrapped) + 2 * RING_MARGIN

    def resizeEvent(self, event: QResizeEvent) -> None:
        # Another width has another number of lines. Not every layout above asks for it, so the card insists.
        if event.size().width() != event.oldSize().width():
            self.setFixedHeight(self.heightForWidth(event.size().width()))
        super().resizeEvent(event)

    def text_lines(self) -> list[str]:
        """Give the lines as they are wrapped at the present width."""
        return self._lines(self._text_room(self.area()).width())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  one card
        painter = self.painter()
        tokens = self.theme.tokens
        card = self._card(self.area())
        fill, border, width = self._plate()
        draw_plate(painter, card, RADIUS, fill=fill, border=border, width=width)
        if self.shows_ring():
            draw_focus_ring(painter, self.area(), RADIUS + RING_MARGIN, self.theme)
        cap = QRectF(card.left() + PAD, card.center().y() - CAP / 2, CAP, CAP)
        draw_key(painter, self.theme, cap, self.content.keys, self._cap_look())
        self._draw_words(painter, card, tokens.text if self.isEnabled() else tokens.disabled)
        self._draw_right_end(painter, card)
        painter.end()

    def _draw_words(self, painter: QPainter, card: QRectF, ink: str) -> None:
        room = self._text_room(self.area())
        lines = self._lines(room.width())
        top = card.center().y() - len(lines) * PITCH / 2
        if self.content.level:
            tag = QRectF(self._tag_left(card), top, self._tag_width(), PITCH)
            colour = self.theme.tokens.accent if self.isChecked() and self.isEnabled() else ink
            draw_text(painter, tag, self.content.level, self.theme.font(14, bold=True), colour)
        font = self.theme.font(14)
        painter.setFont(font)
        painter.setPen(self.theme.colour("text") if self.isEnabled() else self.theme.colour("disabled"))
        for number, line in enumerate(lines):
            middle = top + number * PITCH + PITCH / 2
            painter.drawText(QPointF(room.left(), middle + HALF_HEIGHT * font.pixelSize()), line)

    def _draw_right_end(self, painter: QPainter, card: QRectF) -> None:
        middle = card.center().y()
        x = card.right() - PAD - 2 - BOX
        box = QRectF(x, middle - BOX / 2, BOX, BOX)
        enabled = self.isEnabled()
        draw_choice(painter, self.theme, box, round_=not self.multiple, checked=self.isChecked(), enabled=enabled)
        if self.content.points:
            width = text_width(self.theme.font(12), self.content.points)
            x -= GAP + width
            ink = "disabled" if not enabled else ("accent" if self.isChecked() else "text3")
            room = QRectF(x, card.top(), width + 1, card.height())
            draw_text(painter, room, self.content.points, self.theme.font(12), self.theme.hex(ink))
        if self.content.last_round:
            width = chip_width(self.theme, LAST_ROUND)
            x -= GAP - 2 + width
            draw_chip(painter, self.theme, QRectF(x, middle - CHIP_HEIGHT / 2, width, CHIP_HEIGHT), LAST_ROUND)

    def _plate(self) -> tuple[str, str, float]:
        tokens = self.theme.tokens
        if not self.isEnabled():
            return tokens.sunken, tokens.line, 1
        if self.isChecked():
            return tokens.accent_bg, tokens.accent, 1.5
        if self.isDown():
            return tokens.press, tokens.line3, 1
        option = QStyleOptionButton()
        option.initFrom(self)
        if option.state & QStyle.StateFlag.State_MouseOver:
            return tokens.hover, tokens.line3, 1
        return tokens.surface, tokens.line2, 1

    def _cap_look(self) -> CapLook:
        if not self.isEnabled():
            return CapLook.DISABLED
        return CapLook.CHOSEN if self.isChecked() else CapLook.RAISED

    @staticmethod
    def _card(area: QRectF) -> QRectF:
        return area.adjusted(RING_MARGIN, RING_MARGIN, -RING_MARGIN, -RING_MARGIN)

    def _tag_left(self, card: QRectF) -> float:
        return card.left() + PAD + CAP + GAP

    def _tag_width(self) -> float:
        return text_width(self.theme.font(14, bold=True), self.content.level) if self.content.level else 0.0

    def _text_room(self, area: QRectF) -> QRectF:
        """Give where the text may run: between the tag and whatever stands at the right end."""
        card = self._card(area)
        tag = self._tag_width()
        left = self._tag_left(card) + (tag + GAP if tag else 0)
        right = card.right() - PAD - 2 - BOX - GAP
        if self.content.points:
            right -= text_width(self.theme.font(12), self.content.points) + GAP
        if self.content.last_round:
            right -= chip_width(self.theme, LAST_ROUND) + GAP
        return QRectF(left, card.top(), max(PITCH, right - left), card.height())

    def _lines(self, width: float) -> list[str]:
        return wrap_lines(self.content.text, self.theme.font(14), width)


def wrap_lines(text: str, font: QFont, width: float) -> list[str]:
    """Break a text into lines by the rules of its script (no 。 at a line's start); an empty text is one line."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    lines: list[str] = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        start = line.textStart()
        lines.append(text[start : start + line.textLength()].rstrip())
    layout.endLayout()
    return lines or [""]
