"""Make the fonts of `resources/fonts` from Debian's Noto CJK and DejaVu packages.

Needed once, or when a newer Noto comes; the results are committed, so that neither building nor running the program
needs this script. Why it is done at all: reportlab embeds TrueType outlines only (Noto CJK is CFF), and a bare Debian
has no Chinese font for the window.

    python tools/build_fonts.py                  all five files (about a minute each)
    python tools/build_fonts.py ZGSZHei-Regular  one of them
    python tools/build_fonts.py --check          list what the committed files cover; exit 1 if a file is missing

Rules kept: same input, same bytes; new family names (OFL: the reserved names stay with the originals); every
character has a glyph of its own, so that a PDF made by Qt maps text back to the characters that were meant (工 and not
the radical ⼯); digits have one width; `.notdef` is an empty frame (Noto's own looks like a ticked box).
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen  # type: ignore[import-untyped]
from fontTools.pens.transformPen import TransformPen  # type: ignore[import-untyped]
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]
from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
from fontTools.ttLib import TTCollection, TTFont, newTable  # type: ignore[import-untyped]

TARGET = Path(__file__).resolve().parents[1] / "resources" / "fonts"
NOTO = Path("/usr/share/fonts/opentype/noto")
DEJAVU = Path("/usr/share/fonts/truetype/dejavu")
EPOCH_2024 = 3786825600  # seconds from 1904 to 2024-01-01: a fixed date in `head`
MAX_ERROR = 1.0  # thousandths of an em between the cubic and the quadratic outline
OFL_LICENCE = "This Font Software is licensed under the SIL Open Font License, Version 1.1."
DEJAVU_LICENCE = "Bitstream Vera licence, see DejaVu-LICENSE.txt; the changes of DejaVu are in the public domain."
MAXP_FIELDS = (
    "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements",
    "maxSizeOfInstructions", "maxComponentElements", "maxPoints", "maxContours", "maxCompositePoints",
    "maxCompositeContours", "maxComponentDepth",
)  # fmt: skip
BMP_END = 0xFFFF
FULL_CMAP = 12  # the cmap format that goes beyond it
ASCII_END = 0x7F
PRIVATE_USE = range(0xE000, 0xF900)


@dataclass(frozen=True, slots=True)
class Recipe:
    """One font file: where its outlines come from and what it is called.

    Attributes:
        file: name of the result without its suffix; also the PostScript name.
        family: the name that Qt and reportlab know it by.
        style: `Regular` or `Bold`.
        source: font or collection the outlines are taken from.
        face: family inside the collection; empty for a single font.
        licence: text of the name table.
    """

    file: str
    family: str
    style: str
    source: Path
    face: str
    licence: str = OFL_LICENCE


RECIPES = (
    Recipe("ZGSZHei-Regular", "ZGSZ Hei", "Regular", NOTO / "NotoSansCJK-Regular.ttc", "Noto Sans CJK SC"),
    Recipe("ZGSZHei-Bold", "ZGSZ Hei", "Bold", NOTO / "NotoSansCJK-Bold.ttc", "Noto Sans CJK SC"),
    Recipe("ZGSZSong-Regular", "ZGSZ Song", "Regular", NOTO / "NotoSerifCJK-Regular.ttc", "Noto Serif CJK SC"),
    Recipe("ZGSZSong-Bold", "ZGSZ Song", "Bold", NOTO / "NotoSerifCJK-Bold.ttc", "Noto Serif CJK SC"),
    Recipe("ZGSZSymbols-Regular", "ZGSZ Symbols", "Regular", DEJAVU / "DejaVuSans.ttf", "", DEJAVU_LICENCE),
)

# Inclusive ranges. Han: everything the SC face has, so that no list decides whose name can be printed; this contains
# GB 2312, GBK and, as far as Noto goes, 通用规范汉字表 and levels 1 and 2 of GB 18030-2022.
# Left out: U+2E80-2FDF (radicals that share their glyph with a character), hangul.
CJK_RANGES = (
    (0x0020, 0x007E), (0x00A0, 0x024F), (0x0251, 0x0251), (0x0261, 0x0261), (0x02B0, 0x02FF), (0x0300, 0x030F),
    (0x0370, 0x03FF), (0x0400, 0x045F), (0x1E00, 0x1EFF), (0x2000, 0x206F), (0x2070, 0x209F), (0x20A0, 0x20CF),
    (0x2100, 0x218F), (0x2190, 0x21FF), (0x2200, 0x22FF), (0x2300, 0x23FF), (0x2460, 0x24FF), (0x2500, 0x257F),
    (0x2580, 0x25FF), (0x2600, 0x26FF), (0x2700, 0x27BF), (0x2B00, 0x2BFF), (0x3000, 0x303F), (0x3040, 0x30FF),
    (0x3100, 0x312F), (0x31A0, 0x31BF), (0x3200, 0x33FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF),
    (0xFE30, 0xFE6F), (0xFF01, 0xFF5E), (0xFFE0, 0xFFE6), (0x20000, 0x323AF),
)  # fmt: skip
SYMBOL_RANGES = ((0x0020, 0x0020), (0x2190, 0x22FF), (0x25A0, 0x25FF), (0x2600, 0x26FF), (0x2700, 0x27BF))

NAMES = "𠅤𬭎䶮㼆崀埇瓈𫖯"
BOXES = "☐☑☒✓✔✗✘□■▲▼●○◆◇★☆"


def chars(ranges: Iterable[tuple[int, int]]) -> set[int]:
    """Spell out inclusive ranges."""
    return {code for first, last in ranges for code in range(first, last + 1)}


def of_codec(codec: str) -> set[int]:
    """List the characters beyond ASCII that a double-byte encoding holds, private use left out."""
    pairs = (bytes((high, low)) for high in range(0x81, 0xFF) for low in range(0x40, 0xFF))
    text = "".join(pair.decode(codec, errors="ignore") for pair in pairs)
    return {ord(char) for char in text if ord(char) > ASCII_END and ord(char) not in PRIVATE_USE}


def open_source(recipe: Recipe) -> TTFont:
    """Open the source font, in a collection the face of that name."""
    if not recipe.face:
        return TTFont(recipe.source, recalcTimestamp=False)
    for number, face in enumerate(TTCollection(str(recipe.source), lazy=True).fonts):
        if face["name"].getDebugName(1) == recipe.face or face["name"].getDebugName(16) == recipe.face:
            return TTFont(recipe.source, fontNumber=number, recalcTimestamp=False)
    sys.exit(f"{recipe.source} has no face {recipe.face}")


def reduce(font: TTFont, wanted: set[int]) -> None:
    """Keep the wanted characters; drop hints, layout tables and vertical metrics."""
    options = Options(layout_features=[], hinting=False, desubroutinize=False, notdef_outline=True, glyph_names=False)
    options.drop_tables += ["BASE", "GDEF", "GPOS", "GSUB", "VORG", "vhea", "vmtx", "MATH", "FFTM", "kern", "gasp"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted & set(font.getBestCmap()))
    subsetter.subset(font)


def frame(width: int, height: int) -> TTGlyphPen:
    """Draw an empty upright frame: what a missing character looks like, never taken for a ticked box."""
    pen = TTGlyphPen(None)
    for inset, turn in ((0, 1), (width // 12, -1)):
        corners = [(inset, inset), (inset, height - inset), (width - inset, height - inset), (width - inset, inset)]
        first, *others = [(x + width // 10, y) for x, y in corners[::turn]]
        pen.moveTo(first)
        for corner in others:
            pen.lineTo(corner)
        pen.closePath()
    return pen


def to_truetype(font: TTFont) -> None:
    """Put quadratic outlines in the place of the CFF table."""
    outlines, order = font.getGlyphSet(), font.getGlyphOrder()
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(None)
        outlines[name].draw(Cu2QuPen(pen, MAX_ERROR, reverse_direction=True))
        glyphs[name] = pen.glyph()
    del font["CFF "]
    font["loca"], glyf = newTable("loca"), newTable("glyf")
    font["glyf"] = glyf
    glyf.glyphOrder, glyf.glyphs = order, glyphs
    font["maxp"].tableVersion = 0x00010000
    for field in MAXP_FIELDS:
        setattr(font["maxp"], field, 0)
    font["maxp"].maxZones = 1
    font.sfntVersion = "\000\001\000\000"


def rank(code: int) -> tuple[bool, bool, int]:
    """Order the characters that share a glyph: the one in common use first."""
    char = chr(code)
    return not char.encode("gb2312", "ignore"), not char.encode("gbk", "ignore"), code


def one_glyph_each(font: TTFont) -> None:
    """Give every character a glyph of its own (Noto shares 493 of them)."""
    sharing: dict[str, list[int]] = defaultdict(list)
    cmap = font.getBestCmap()
    for code, name in cmap.items():
        sharing[name].append(code)
    order, glyf, widths = list(font.getGlyphOrder()), font["glyf"], font["hmtx"].metrics
    for name, codes in sorted(sharing.items()):
        for code in sorted(codes, key=rank)[1:]:
            copy = f"u{code:05X}.copy"
            order.append(copy)
            glyf.glyphs[copy], widths[copy], cmap[code] = glyf[name], widths[name], copy
    font.setGlyphOrder(order)
    glyf.setGlyphOrder(order)
    table = font["cmap"]
    table.tables = [entry for entry in table.tables if (entry.platformID, entry.platEncID) in {(3, 1), (3, 10)}]
    for entry in table.tables:
        entry.cmap = {code: name for code, name in cmap.items() if entry.format == FULL_CMAP or code <= BMP_END}


def even_digits(font: TTFont) -> None:
    """Set all ten digits to the widest one's advance, each centred: columns of numbers stand straight."""
    glyf, widths, cmap = font["glyf"], font["hmtx"].metrics, font.getBestCmap()
    digits = [cmap[ord(char)] for char in "0123456789"]
    width = max(widths[name][0] for name in digits)
    for name in digits:
        shift = (width - widths[name][0]) // 2
        pen = TTGlyphPen(None)
        glyf[name].draw(TransformPen(pen, (1, 0, 0, 1, shift, 0)), glyf)
        glyf[name] = pen.glyph()
        widths[name] = (width, widths[name][1] + shift)


def rename(font: TTFont, recipe: Recipe) -> None:
    """Write name and OS/2 tables so that Qt finds one family with two weights."""
    names = font["name"]
    original = names.getDebugName(0) or ""
    version = names.getDebugName(5) or ""
    names.names = []
    bold = recipe.style == "Bold"
    entries = {
        0: original, 1: recipe.family, 2: recipe.style, 3: f"{recipe.file};{version}",
        4: f"{recipe.family} {recipe.style}", 5: version, 6: recipe.file,
        10: f"Subset of {recipe.face or 'DejaVu Sans'} with TrueType outlines, made by tools/build_fonts.py",
        13: recipe.licence,
    }  # fmt: skip
    for key, text in entries.items():
        names.setName(text, key, 3, 1, 0x409)
    os2, head = font["OS/2"], font["head"]
    os2.usWeightClass = 700 if bold else 400
    os2.fsSelection = (os2.fsSelection & ~0b1100001) | (0b100000 if bold else 0b1000000)
    os2.fsType = 0  # may be embedded without limits, as the licences allow
    head.macStyle = 1 if bold else 0
    head.created = head.modified = EPOCH_2024
    font["post"].formatType = 3.0


def build(recipe: Recipe) -> Path:
    """Make one font file."""
    font = open_source(recipe)
    reduce(font, chars(CJK_RANGES if recipe.face else SYMBOL_RANGES))
    if "CFF " in font:
        to_truetype(font)
    one_glyph_each(font)
    if recipe.face:
        even_digits(font)
    em = font["head"].unitsPerEm
    font["glyf"][".notdef"] = frame(em // 2, em * 7 // 10).glyph()
    font["hmtx"].metrics[".notdef"] = (em * 7 // 10, em // 20)
    rename(font, recipe)
    path = TARGET / f"{recipe.file}.ttf"
    font.save(path, reorderTables=True)
    return path


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a character set a font has.

    Attributes:
        title: name of the set.
        total: number of characters in it.
        missing: those that the font has not.
    """

    title: str
    total: int
    missing: str


def coverage(path: Path) -> Iterator[Coverage]:
    """Compare a font with the character sets that it is there for."""
    have = set(TTFont(path, lazy=True).getBestCmap())
    radicals = chars([(0x2E80, 0x2FDF)])
    sets = {
        "GB 2312": of_codec("gb2312"),
        "GBK": of_codec("gbk") - radicals,
        "GB 18030 一级 (U+3400-4DB5, U+4E00-9FEF)": chars([(0x3400, 0x4DB5), (0x4E00, 0x9FEF)]),
        "人名地名": {ord(char) for char in NAMES},
    }
    if "Symbols" in path.name:
        sets = {"方框与勾叉": {ord(char) for char in BOXES}}
    for title, wanted in sets.items():
        yield Coverage(title, len(wanted), "".join(map(chr, sorted(wanted - have))))


def check() -> int:
    """Print what each committed font covers; 1 if a file is missing."""
    status = 0
    for recipe in RECIPES:
        path = TARGET / f"{recipe.file}.ttf"
        if not path.is_file():
            print(f"{path.name}: missing")
            status = 1
            continue
        print(f"{path.name}  {path.stat().st_size / 1e6:.1f} MB")
        for line in coverage(path):
            print(f"  {line.title}: {line.total - len(line.missing)} of {line.total}  {line.missing}")
        rare = sum(code > BMP_END for code in TTFont(path, lazy=True).getBestCmap())
        print(f"  U+20000 and above (扩展区汉字): {rare}")
    return status


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Make or check the fonts of resources/fonts.")
    parser.add_argument("files", nargs="*", metavar="FILE", help="for example ZGSZHei-Regular; all without it")
    parser.add_argument("--check", action="store_true", help="list the coverage, build nothing")
    options = parser.parse_args()
    if options.check:
        return check()
    TARGET.mkdir(parents=True, exist_ok=True)
    for recipe in RECIPES:
        if not options.files or recipe.file in options.files:
            path = build(recipe)
            print(f"{path.name}  {path.stat().st_size / 1e6:.1f} MB", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
