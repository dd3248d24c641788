"""The fonts of paper: which font has a character, how wide it is, and how it is embedded so that text can be copied.

Rules kept: the font is chosen character by character, box symbols always from one font; a character that no font has is
printed as 〓 (the printers' mark for a missing sort) and reported, never left as a silent box; ToUnicode is written in
UTF-16, so that rare characters of names can be searched and copied.

reportlab keeps fonts by name in a registry of the process: `FontSet` puts ours there, and `painter` draws one document
at a time.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from zgsz_desktop.engine.errors import UserError

MISSING_MARK = "〓"
_BOXES = frozenset("☐☑☒✓✔✗✘□■")
_ENTRIES_PER_BLOCK = 100  # of bfchar, the limit of the PDF specification


class Face(Enum):
    """What text can be set in; the value is the name under which reportlab (and Qt) know it."""

    SONG = "ZGSZ Song"
    SONG_BOLD = "ZGSZ Song Bold"
    HEI = "ZGSZ Hei"
    HEI_BOLD = "ZGSZ Hei Bold"
    SYMBOLS = "ZGSZ Symbols"


_FILES = {
    Face.SONG: "ZGSZSong-Regular.ttf",
    Face.SONG_BOLD: "ZGSZSong-Bold.ttf",
    Face.HEI: "ZGSZHei-Regular.ttf",
    Face.HEI_BOLD: "ZGSZHei-Bold.ttf",
    Face.SYMBOLS: "ZGSZSymbols-Regular.ttf",
}
_SUBSTITUTES = {
    Face.SONG: (Face.HEI, Face.SYMBOLS),
    Face.SONG_BOLD: (Face.HEI_BOLD, Face.SYMBOLS),
    Face.HEI: (Face.SYMBOLS, Face.SONG),
    Face.HEI_BOLD: (Face.SYMBOLS, Face.SONG_BOLD),
    Face.SYMBOLS: (Face.HEI, Face.SONG),
}


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character as it will be printed.

    Attributes:
        char: what is printed; 〓 for what no font has.
        font: name of the font, as reportlab knows it.
        width: in ems.
    """

    char: str
    font: str
    width: float


class EmbeddedFont(TTFont):
    """A TrueType font whose text stays searchable beyond U+FFFF.

    Attributes:
        path: the file it was read from.
    """

    def __init__(self, name: str, path: Path) -> None:
        # Never shaped: an installed uharfbuzz must not change what is printed.
        # Bytes and not a path: reportlab would look for a missing file elsewhere, even on the network.
        super().__init__(name, BytesIO(path.read_bytes()), asciiReadable=False, shapable=False)
        self.path = path

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - overrides reportlab
        """Embed the subsets, with ToUnicode maps of our own.

        WORKAROUND(reportlab 5.1, ttfonts.makeToUnicodeCMap): it writes U+20164 as five hex digits instead of two UTF-16
        units, so that readers find another character. May go when reportlab writes surrogates.
        """
        state = self.state[doc]
        super().addObjects(doc)
        fonts = doc.idToObject["BasicFonts"].dict
        for number, subset in enumerate(state.subsets):
            font = fonts[f"{state.internalName}+{number}"]
            doc.idToObject[font.ToUnicode.name].content = to_unicode_map(font.BaseFont, subset)


def to_unicode_map(name: str, subset: list[int]) -> str:
    """Write the CMap by which a reader turns the codes of an embedded font back into text."""
    entries = [
        f"<{code:02X}> <{chr(char).encode('utf-16-be').hex().upper()}>" for code, char in enumerate(subset) if char
    ]
    blocks = [entries[at : at + _ENTRIES_PER_BLOCK] for at in range(0, len(entries), _ENTRIES_PER_BLOCK)]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
        f"/CMapName /{name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    ]
    for block in blocks:
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)


class FontSet:
    """The fonts of one folder, opened when first needed.

    Args:
        folder: where the five files of `resources/fonts` are.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: dict[Face, EmbeddedFont] = {}
        self._glyphs: dict[tuple[str, Face], Glyph | None] = {}

    def glyph(self, char: str, face: Face) -> Glyph:
        """Say how a character is printed.

        Raises:
            UserError: `report.fonts_missing`.
        """
        found = self._find(char, face)
        if found is None:
            found = self._find(MISSING_MARK, face)
            assert found is not None  # our fonts hold GB 2312 (a test says so)
        return found

    def missing(self, texts: Iterable[str]) -> tuple[str, ...]:
        """List the characters that no font has, in the order of their codes.

        Raises:
            UserError: `report.fonts_missing`.
        """
        chars = {char for text in texts for char in clean(text)} - {"\n"}
        return tuple(sorted(char for char in chars if self._find(char, Face.SONG) is None))

    def _find(self, char: str, face: Face) -> Glyph | None:
        key = (char, face)
        if key not in self._glyphs:
            self._glyphs[key] = self._look_up(char, face)
        return self._glyphs[key]

    def _look_up(self, char: str, face: Face) -> Glyph | None:
        order: tuple[Face, ...] = (face, *_SUBSTITUTES[face])
        if char in _BOXES:
            order = (Face.SYMBOLS, face)
        for candidate in order:
            shapes = self._font(candidate).face
            if ord(char) in shapes.charToGlyph:
                return Glyph(char, candidate.value, shapes.charWidths[ord(char)] / 1000)
        return None

    def _font(self, face: Face) -> EmbeddedFont:
        if face not in self._open:
            self._open[face] = self._register(face)
        return self._open[face]

    def _register(self, face: Face) -> EmbeddedFont:
        path = self._folder / _FILES[face]
        if face.value in pdfmetrics.getRegisteredFontNames():
            known = pdfmetrics.getFont(face.value)
            if isinstance(known, EmbeddedFont) and known.path == path:
                return known
        try:
            font = EmbeddedFont(face.value, path)
        except (TTFError, OSError) as error:
            raise UserError("report.fonts_missing", name=path.name, reason=str(error)) from error
        pdfmetrics.registerFont(font)
        return font


def clean(text: str) -> str:
    """Leave out what cannot be seen: controls, joiners, direction marks, variation selectors; tabs become spaces."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").replace("\xa0", " ")
    return "".join(char for char in text if char == "\n" or not _invisible(char))


def _invisible(char: str) -> bool:
    # Cc controls, Cf joiners and direction marks, Cs half a surrogate pair, Cn no character at all.
    # U+FE00-FE0F and U+E0100-E01EF choose a variant of the character before them; fonts here have one form each.
    return (
        unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        or "\ufe00" <= char <= "\ufe0f"
        or "\U000e0100" <= char <= "\U000e01ef"
    )
