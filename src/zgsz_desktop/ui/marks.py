"""Paint functions of the small marks: grade badge, ladder, chip, key cap, avatar.

Widgets and delegates call the same function. A mark never speaks by colour alone: the badge prints its number, the
ladder's height says the grade, each chip has a word (and mostly an icon).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from zgsz_desktop.ui.painting import CENTER, draw_icon, draw_plate, draw_text, text_width
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.tokens import Tokens, text_on

GRADES = 10
EVEN_GROUPS = (2, 2, 2, 2, 2)
CHIP_HEIGHT = 22
CHIP_ICON = 13
CHIP_PAD = 7
KEY_HEIGHT = 20
WIDE_STEP = 14
# Side of the badge -> radius and number size; a badge takes the last row that is not wider than itself.
BADGE_SHAPES = ((0, 5, 13), (32, 6, 16), (44, 8, 22), (60, 8, 32), (92, 10, 52))


class Tone(Enum):
    """What a tint means; the values name tokens: ground, text, border."""

    NEUTRAL = ("press", "text2", "press")
    ACCENT = ("accent_bg2", "accent", "accent_bg2")
    OK = ("ok_bg", "ok", "ok_bg")
    WARN = ("warn_bg", "warn", "warn_bg")
    BAD = ("bad_bg", "bad", "bad_bg")
    OUTLINE = ("surface", "text2", "line2")

    @property
    def ground(self) -> str:
        """Token of the ground."""
        return self.value[0]

    @property
    def ink(self) -> str:
        """Token of text and icon."""
        return self.value[1]

    @property
    def border(self) -> str:
        """Token of the border."""
        return self.value[2]


@dataclass(frozen=True, slots=True)
class Chip:
    """A short word on a tint.

    Attributes:
        icon: name of an icon before the word, or nothing.
    """

    text: str
    tone: Tone = Tone.NEUTRAL
    icon: str = ""


class StateChip(Enum):
    """The states of one assessment, each with the only chip it may wear."""

    NOT_STARTED = Chip("未开始", Tone.NEUTRAL, "circle-dashed")
    ANSWERING = Chip("填写中", Tone.ACCENT, "pencil-line")
    TO_STAMP = Chip("待盖章", Tone.WARN, "stamp")
    SENT = Chip("已交县局", Tone.NEUTRAL, "send")
    RETURNED = Chip("被退回", Tone.BAD, "corner-up-left")
    ACCEPTED = Chip("已通过", Tone.OK, "circle-check")


def grade_edge(tokens: Tokens, fill: str) -> str:
    """Give the 1 px edge of a grade's fill: darker in light, lighter in dark."""
    colour = QColor(fill)
    return (colour.lighter(135) if tokens.dark else colour.darker(128)).name()


def draw_badge(painter: QPainter, theme: Theme, rect: QRectF, grade: int | None) -> None:
    """Draw a grade's badge, or the outlined dash of what cannot be graded."""
    _, radius, px = next(shape for shape in reversed(BADGE_SHAPES) if rect.width() >= shape[0])
    tokens = theme.tokens
    if grade is None:
        draw_plate(painter, rect, radius, fill=tokens.surface, border=tokens.line2)
        draw_text(painter, rect, "–", theme.font(px), tokens.text3, align=CENTER)
        return
    fill = tokens.grades[grade - 1]
    draw_plate(painter, rect, radius, fill=fill, border=grade_edge(tokens, fill))
    draw_text(painter, rect, str(grade), theme.font(px, bold=True), text_on(fill), align=CENTER)


def ladder_steps(width: float, groups: Sequence[int]) -> list[tuple[float, float]]:
    """Give x and width of each step: narrow gaps inside a level's group, wider ones between the groups."""
    count = sum(groups)
    inner = 3.0 if width / count > WIDE_STEP else 2.0
    outer = inner * 2 + 1
    room = width - inner * (count - len(groups)) - outer * (len(groups) - 1)
    step = room / count
    steps: list[tuple[float, float]] = []
    x = 0.0
    for size in groups:
        for place in range(size):
            steps.append((x, step))
            x += step + (inner if place < size - 1 else outer)
    return steps


def draw_ladder(
    painter: QPainter,
    theme: Theme,
    rect: QRectF,
    *,
    grade: int | None,
    target: int | None = None,
    groups: Sequence[int] = EVEN_GROUPS,
) -> None:
    """Draw ten rising steps, filled up to the grade, with the next target outlined in accent."""
    tokens = theme.tokens
    count = sum(groups)
    for place, (x, width) in enumerate(ladder_steps(rect.width(), groups), start=1):
        height = rect.height() * (0.26 + 0.74 * (place - 1) / (count - 1))
        step = QRectF(rect.left() + x, rect.bottom() - height, width, height)
        if grade is not None and place <= grade:
            fill = tokens.grades[min(place, GRADES) - 1]
            draw_plate(painter, step, 2.5, fill=fill, border=grade_edge(tokens, fill))
        elif place == target:
            draw_plate(painter, step, 2.5, fill=tokens.surface, border=tokens.accent, width=1.5)
        else:
            draw_plate(painter, step, 2.5, fill=tokens.press, border=tokens.line2)


def chip_width(theme: Theme, chip: Chip) -> float:
    """Measure a chip."""
    icon = CHIP_ICON + 4 if chip.icon else 0
    return round(text_width(theme.font(12), chip.text) + icon + 2 * CHIP_PAD)


def draw_chip(painter: QPainter, theme: Theme, rect: QRectF, chip: Chip) -> None:
    """Draw a chip into a rectangle of `chip_width` by `CHIP_HEIGHT`; a narrower one elides the word."""
    ink = theme.hex(chip.tone.ink)
    fill = None if chip.tone is Tone.OUTLINE else theme.hex(chip.tone.ground)
    border = theme.hex(chip.tone.border) if chip.tone is Tone.OUTLINE else None
    draw_plate(painter, rect, 4, fill=fill, border=border)
    inside = rect.adjusted(CHIP_PAD, 0, -CHIP_PAD, 0)
    if chip.icon:
        centre = QPointF(inside.left() + CHIP_ICON / 2, rect.center().y())
        draw_icon(painter, theme, chip.icon, centre, px=CHIP_ICON, colour=ink)
        inside.setLeft(inside.left() + CHIP_ICON + 4)
    draw_text(painter, inside.adjusted(0, 0, 1, 0), chip.text, theme.font(12), ink)


def key_width(theme: Theme, keys: str, height: int = KEY_HEIGHT) -> float:
    """Measure a key cap; one character makes a square."""
    px = 12 if height <= KEY_HEIGHT else 14
    return max(height, round(text_width(theme.font(px), keys) + 12))


class CapLook(Enum):
    """How a key cap sits on its ground; values name tokens: ground, text, border."""

    PLAIN = ("", "text3", "line2")
    RAISED = ("surface", "text2", "line2")
    CHOSEN = ("fill", "on_fill", "fill")
    ON_FILL = ("", "on_fill", "on_fill_line")
    WARN = ("", "warn", "warn_line")
    DISABLED = ("", "disabled", "line")


def draw_key(painter: QPainter, theme: Theme, rect: QRectF, keys: str, look: CapLook = CapLook.PLAIN) -> None:
    """Draw a key cap."""
    ground, ink, border = look.value
    draw_plate(painter, rect, 4, fill=theme.hex(ground) if ground else None, border=theme.hex(border))
    px = 12 if rect.height() <= KEY_HEIGHT else 14
    draw_text(painter, rect, keys, theme.font(px, bold=look is CapLook.CHOSEN), theme.hex(ink), align=CENTER)


def draw_avatar(painter: QPainter, theme: Theme, rect: QRectF, name: str) -> None:
    """Draw the first character of a name in a tinted circle."""
    draw_plate(painter, rect, rect.width() / 2, fill=theme.tokens.accent_bg2)
    px = max(12, round(rect.width() * 0.47))
    draw_text(painter, rect, name[:1], theme.font(px, bold=True), theme.tokens.accent, align=CENTER)
