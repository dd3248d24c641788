"""Set paragraphs into lines and lines into the cells of rows: sizes and places, nothing drawn.

A sheet is a list of `Row`s from top to bottom; a title is a row of one cell without borders, a table is several rows
with borders. `pages` divides the rows into pages, `painter` draws them. All lengths are points.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from zgsz_desktop.engine.reports.fonts import Face, FontSet, Glyph, clean
from zgsz_desktop.engine.reports.linebreak import break_lines

_WIDEST_GAP = 0.1  # ems that justifying may put between characters; above it the line stays ragged


class Align(Enum):
    """How lines stand between left and right."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    JUSTIFY = "justify"


@dataclass(frozen=True, slots=True)
class Style:
    """How a paragraph is set.

    Attributes:
        face: font family and weight.
        size: of the characters.
        leading: from one base line to the next.
        align: left, centred, right or both.
        indent: of the first line, in ems.
        space_before: above the paragraph, unless it is the first of its cell.
    """

    face: Face
    size: float
    leading: float
    align: Align = Align.LEFT
    indent: float = 0
    space_before: float = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text and its style; `lead` is a label in front of it, set in another face (核查方法：)."""

    text: str
    style: Style
    lead: str = ""
    lead_face: Face = Face.HEI


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring characters of one font, `x` from the left edge of the cell's inside."""

    text: str
    font: str
    x: float


@dataclass(frozen=True, slots=True)
class Line:
    """One set line.

    Attributes:
        runs: what is drawn.
        size: of the characters.
        leading: height of the line itself.
        space: above it.
        spread: added after every character to fill a justified line.
    """

    runs: tuple[Run, ...]
    size: float
    leading: float
    space: float = 0
    spread: float = 0

    @property
    def height(self) -> float:
        """Height with the space above."""
        return self.leading + self.space


@dataclass(frozen=True, slots=True)
class Cell:
    """A rectangle of a row.

    Attributes:
        lines: its text, from the top.
        width: outer width.
        middle: text stands in the middle between top and bottom.
        foot: text at the bottom (seal, signature, date).
        bar: a horizontal bar, 0 to 1 of the cell's inner width; None for none.
        tint: a light grey ground.
    """

    lines: tuple[Line, ...]
    width: float
    middle: bool = False
    foot: tuple[Line, ...] = ()
    bar: float | None = None
    tint: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Cells side by side.

    Attributes:
        cells: from left to right.
        height: of the row.
        boxed: with borders.
        padding: between border and text.
        gap: empty space above, unless the row begins a page.
        keep_next: the row may not be the last of a page.
        heads: rows repeated above this one where it begins a page.
    """

    cells: tuple[Cell, ...]
    height: float
    boxed: bool = True
    padding: float = 4
    gap: float = 0
    keep_next: bool = False
    heads: tuple["Row", ...] = ()


def height_of(lines: Sequence[Line]) -> float:
    """Add up the heights of lines."""
    return sum(line.height for line in lines)


class Typesetter:
    """Turns text into lines with the fonts given."""

    def __init__(self, fonts: FontSet) -> None:
        self._fonts = fonts

    def lines(self, paragraphs: Sequence[Paragraph], width: float) -> tuple[Line, ...]:
        """Set paragraphs in a column of this width.

        Raises:
            UserError: `report.fonts_missing`.
        """
        made: list[Line] = []
        for paragraph in paragraphs:
            made += self._paragraph(paragraph, width, first=not made)
        return tuple(made)

    def cell(self, *paragraphs: Paragraph, width: float, padding: float = 4, middle: bool = False) -> Cell:
        """Set paragraphs into a cell.

        Raises:
            UserError: `report.fonts_missing`.
        """
        return Cell(self.lines(paragraphs, width - 2 * padding), width, middle=middle)

    def shortened(self, text: str, style: Style, width: float) -> str:
        """Cut text to one line of this width, … at its end where something was cut.

        Raises:
            UserError: `report.fonts_missing`.
        """
        text = clean(text).replace("\n", " ")
        widths = [self._fonts.glyph(char, style.face).width * style.size for char in text]
        if sum(widths) <= width:
            return text
        room = width - self._fonts.glyph("…", style.face).width * style.size
        while widths and sum(widths) > room:
            widths.pop()
        return text[: len(widths)] + "…"

    def width(self, text: str, style: Style) -> float:
        """Measure text on one line.

        Raises:
            UserError: `report.fonts_missing`.
        """
        return sum(self._fonts.glyph(char, style.face).width for char in clean(text)) * style.size

    def missing(self, texts: Iterable[str]) -> tuple[str, ...]:
        """List the characters that no font has.

        Raises:
            UserError: `report.fonts_missing`.
        """
        return self._fonts.missing(texts)

    def _paragraph(self, paragraph: Paragraph, width: float, *, first: bool) -> list[Line]:
        style = paragraph.style
        lead = len(clean(paragraph.lead))
        made: list[Line] = []
        for part in clean(paragraph.lead + paragraph.text).split("\n"):
            glyphs = [
                self._fonts.glyph(char, paragraph.lead_face if at < lead else style.face)
                for at, char in enumerate(part)
            ]
            lead = 0
            made += self._part(part, glyphs, style, width)
        if not first and style.space_before:
            made[0] = replace(made[0], space=style.space_before)
        return made

    def _part(self, text: str, glyphs: list[Glyph], style: Style, width: float) -> list[Line]:
        """Set text without line feeds."""
        widths = [glyph.width * style.size for glyph in glyphs]
        indent = style.indent * style.size
        made = []
        places = break_lines(text, widths, width, indent)
        for number, (start, end) in enumerate(places):
            inset = indent if number == 0 else 0
            slack = width - inset - sum(widths[start:end])
            last = number == len(places) - 1
            spread = 0.0 if last else _spread(style, slack, end - start)
            left = inset + {Align.CENTER: slack / 2, Align.RIGHT: slack}.get(style.align, 0)
            runs = _runs(glyphs[start:end], style.size, left, spread)
            made.append(Line(runs, style.size, style.leading, spread=spread))
        return made


def _spread(style: Style, slack: float, count: int) -> float:
    """Say how much to put between characters so that a justified line fills its width."""
    if style.align is not Align.JUSTIFY or count <= 1:
        return 0
    spread = slack / (count - 1)
    return spread if 0 < spread <= _WIDEST_GAP * style.size else 0


def _runs(glyphs: Sequence[Glyph], size: float, left: float, spread: float) -> tuple[Run, ...]:
    """Join neighbours of one font."""
    made: list[Run] = []
    x = left
    for glyph in glyphs:
        if made and made[-1].font == glyph.font:
            made[-1] = replace(made[-1], text=made[-1].text + glyph.char)
        else:
            made.append(Run(glyph.char, glyph.font, x))
        x += glyph.width * size + spread
    return tuple(made)


def row(*cells: Cell, minimum: float = 0, padding: float = 4, boxed: bool = True, gap: float = 0) -> Row:
    """Make a row as high as its highest cell."""
    content = max(height_of(cell.lines) + height_of(cell.foot) for cell in cells)
    return Row(cells, max(minimum, content + 2 * padding), boxed=boxed, padding=padding, gap=gap)


def split(whole: Row, height: float) -> tuple[Row, Row] | None:
    """Divide a row that is higher than a page: as many lines as fit, then the rest; None where no line fits."""
    room = height - 2 * whole.padding
    upper, lower = [], []
    for cell in whole.cells:
        count, used = 0, 0.0
        while count < len(cell.lines) and used + cell.lines[count].height <= room:
            used += cell.lines[count].height
            count += 1
        upper.append(replace(cell, lines=cell.lines[:count], foot=(), middle=False))
        lower.append(replace(cell, lines=cell.lines[count:], middle=False, bar=None))
    if not any(cell.lines for cell in upper):
        return None
    rest = row(*lower, padding=whole.padding, boxed=whole.boxed)
    return replace(whole, cells=tuple(upper), height=height, keep_next=False), replace(
        rest, keep_next=whole.keep_next, heads=whole.heads
    )
