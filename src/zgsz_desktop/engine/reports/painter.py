"""Draw the pages of a sheet as PDF, and check the file before it counts.

Rules kept: header, `第 x 页 共 y 页` and the footnotes (data digest) on each page; same content, same bytes (the
only time in the file is that of the content); the file is read back before it takes the place of an older one.
"""

import hashlib
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from zgsz_desktop.engine.clock import CHINA
from zgsz_desktop.engine.files import atomic_file
from zgsz_desktop.engine.reports.fonts import Face, clean
from zgsz_desktop.engine.reports.pages import Page, Placed, paginate
from zgsz_desktop.engine.reports.readback import verify_pdf
from zgsz_desktop.engine.reports.typeset import Align, Cell, Line, Paragraph, Row, Style, Typesetter, height_of

PAGE_WIDTH, PAGE_HEIGHT = 210 * mm, 297 * mm
LEFT, RIGHT = 28 * mm, 26 * mm  # GB/T 9704: text area 156 mm wide
TOP, BOTTOM = 30 * mm, 31 * mm
WIDTH = PAGE_WIDTH - LEFT - RIGHT
HEIGHT = PAGE_HEIGHT - TOP - BOTTOM

_THICK, _THIN = 0.9, 0.4
_GREY, _TINT, _BAR = 0.35, 0.94, 0.42
_ASCENT = 0.88  # of the em box above the base line, in all our fonts
_BAR_HEIGHT = 7.0

_HEADER = Style(Face.SONG, 9, 12)
_HEADER_RIGHT = Style(Face.SONG, 9, 12, Align.RIGHT)
_FOOTER = Style(Face.SONG, 10.5, 14, Align.CENTER)
_SMALL = Style(Face.HEI, 6.8, 9.5, Align.CENTER)

# reportlab keeps fonts in one registry of the process, and reading positions in the fonts.
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document ready to be divided into pages.

    Attributes:
        title, subject: for the file's properties.
        rows: the content from top to bottom.
        header_left, header_right: above the rule of each page.
        footnotes: small lines below the page number of each page (digest, ids).
        made_at: the time written into the file's properties.
        proof: text that must be found when the file is read back.
    """

    title: str
    subject: str
    rows: tuple[Row, ...]
    header_left: str
    header_right: str
    footnotes: tuple[str, ...]
    made_at: datetime
    proof: str


@dataclass(frozen=True, slots=True)
class WrittenPdf:
    """A PDF that was written, read back and found right.

    Attributes:
        pages: how many.
        sha256: of the file.
        missing_glyphs: characters that no font has; printed as 〓, to be shown to the user.
    """

    pages: int
    sha256: str
    missing_glyphs: tuple[str, ...] = ()


def write_sheet(sheet: Sheet, setter: Typesetter, path: Path, missing: tuple[str, ...]) -> WrittenPdf:
    """Write a sheet as PDF, read it back, and only then let it replace an older file.

    Raises:
        UserError: `file.*` of `atomic_file`, `report.fonts_missing`, `report.not_verified`.
    """
    pages = paginate(sheet.rows, HEIGHT)
    with _ONE_AT_A_TIME:
        data = _Painter(sheet, setter).draw(pages)

    def check(written: Path) -> None:
        verify_pdf(written.read_bytes(), name=path.name, pages=len(pages), proof=sheet.proof)

    with atomic_file(path, check=check) as stream:
        stream.write(data)
    return WrittenPdf(len(pages), hashlib.sha256(data).hexdigest(), missing)


class _Painter:
    """Draws one document."""

    def __init__(self, sheet: Sheet, setter: Typesetter) -> None:
        self._sheet = sheet
        self._setter = setter
        self._buffer = BytesIO()
        # The first font a canvas knows is named here: its own default would be a font that is not embedded.
        self._canvas = Canvas(
            self._buffer,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            invariant=1,
            pageCompression=1,
            initialFontName=Face.SONG.value,  # type: ignore[arg-type]  # the stubs say float, reportlab wants a name
            lang="zh-CN",
        )
        self._canvas.setTitle(clean(sheet.title))
        self._canvas.setSubject(clean(sheet.subject))
        self._canvas.setAuthor("智改数转诊断")
        self._canvas.setCreator("zgsz-desktop")
        self._canvas.setProducer("zgsz-desktop")
        when = sheet.made_at.astimezone(CHINA).strftime("D:%Y%m%d%H%M%S+08'00'")
        self._canvas.setDateFormatter(lambda *_: when)

    def draw(self, pages: Sequence[Page]) -> bytes:
        """Draw all pages and give the file's bytes."""
        for number, page in enumerate(pages, start=1):
            self._frame(number, len(pages))
            for placed in page:
                self._tints(placed)  # below everything, so that no ground hides a line
            for at, placed in enumerate(page):
                self._row(placed, page[at - 1] if at else None, page[at + 1] if at + 1 < len(page) else None)
            self._canvas.showPage()
        self._canvas.save()
        return self._buffer.getvalue()

    def _frame(self, number: int, total: int) -> None:
        """Header, rule and footer of a page."""
        sheet, top = self._sheet, PAGE_HEIGHT - TOP + 5 * mm
        right = self._setter.shortened(sheet.header_right, _HEADER_RIGHT, WIDTH / 2)
        left = self._setter.shortened(sheet.header_left, _HEADER, WIDTH - self._setter.width(right, _HEADER_RIGHT) - 12)
        self._text([Paragraph(left, _HEADER)], top + _HEADER.leading + 2)
        self._text([Paragraph(right, _HEADER_RIGHT)], top + _HEADER.leading + 2)
        self._canvas.setLineWidth(_THIN)
        self._canvas.line(LEFT, top, LEFT + WIDTH, top)
        self._text([Paragraph(f"第 {number} 页  共 {total} 页", _FOOTER)], BOTTOM - 5 * mm)
        self._canvas.setFillGray(_GREY)
        self._text([Paragraph(note, _SMALL) for note in sheet.footnotes], BOTTOM - 5 * mm - _FOOTER.leading - 3)
        self._canvas.setFillGray(0)

    def _text(self, paragraphs: Sequence[Paragraph], top: float) -> None:
        self._lines(self._setter.lines(paragraphs, WIDTH), LEFT, top)

    def _row(self, placed: Placed, above: Placed | None, below: Placed | None) -> None:
        row = placed.row
        top = PAGE_HEIGHT - TOP - placed.top
        x = LEFT
        for cell in row.cells:
            self._cell(cell, row, x, top)
            x += cell.width
        if row.boxed:
            self._borders(row, top, first=not _joined(above, placed), last=not _joined(placed, below))

    def _tints(self, placed: Placed) -> None:
        bottom, x = PAGE_HEIGHT - TOP - placed.top - placed.row.height, LEFT
        self._canvas.setFillGray(_TINT)
        for cell in placed.row.cells:
            if cell.tint:
                self._canvas.rect(x, bottom, cell.width, placed.row.height, stroke=0, fill=1)
            x += cell.width
        self._canvas.setFillGray(0)

    def _borders(self, row: Row, top: float, *, first: bool, last: bool) -> None:
        """Thin lines inside a table, thicker ones around it."""
        bottom = top - row.height
        right = LEFT + sum(cell.width for cell in row.cells)
        self._canvas.setLineWidth(_THIN)
        x = LEFT
        for cell in row.cells[:-1]:
            x += cell.width
            self._canvas.line(x, top, x, bottom)
        if not last:
            self._canvas.line(LEFT, bottom, right, bottom)
        self._canvas.setLineWidth(_THICK)
        self._canvas.setLineCap(2)
        self._canvas.line(LEFT, top, LEFT, bottom)
        self._canvas.line(right, top, right, bottom)
        if first:
            self._canvas.line(LEFT, top, right, top)
        if last:
            self._canvas.line(LEFT, bottom, right, bottom)
        self._canvas.setLineCap(0)

    def _cell(self, cell: Cell, row: Row, x: float, top: float) -> None:
        inner = x + row.padding
        if cell.bar is not None:
            self._bar(cell.bar, inner, top - row.height / 2, cell.width - 2 * row.padding)
        spare = row.height - 2 * row.padding - height_of(cell.lines)
        self._lines(cell.lines, inner, top - row.padding - (spare / 2 if cell.middle else 0))
        self._lines(cell.foot, inner, top - row.height + row.padding + height_of(cell.foot))

    def _bar(self, share: float, x: float, middle: float, width: float) -> None:
        """A horizontal bar on a frame with marks at the quarters; reads as well in black and white."""
        bottom = middle - _BAR_HEIGHT / 2
        self._canvas.setLineWidth(_THIN)
        self._canvas.setFillGray(_BAR)
        if share > 0:
            self._canvas.rect(x, bottom, width * share, _BAR_HEIGHT, stroke=0, fill=1)
        self._canvas.setFillGray(0)
        self._canvas.rect(x, bottom, width, _BAR_HEIGHT)
        for quarter in (0.25, 0.5, 0.75):
            self._canvas.line(x + width * quarter, bottom, x + width * quarter, bottom - 2)

    def _lines(self, lines: Sequence[Line], x: float, top: float) -> None:
        for line in lines:
            top -= line.height
            # `top` is now the lower edge of the line; the em box stands in the middle of the leading.
            base = top + (line.leading - line.size) / 2 + (1 - _ASCENT) * line.size
            for run in line.runs:
                text = self._canvas.beginText(x + run.x, base)
                text.setFont(run.font, line.size)
                text.setCharSpace(line.spread)
                text.textOut(run.text)
                self._canvas.drawText(text)


def _joined(upper: Placed | None, lower: Placed | None) -> bool:
    """Tell whether two rows belong to one table on the page."""
    if upper is None or lower is None:
        return False
    return upper.row.boxed and lower.row.boxed and not lower.row.gap
