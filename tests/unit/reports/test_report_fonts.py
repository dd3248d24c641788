"""The fonts that ship, and how a font is found for each character."""

import pytest
from fontTools.ttLib import TTFont
from reportlab.pdfbase.ttfonts import TTFont as ReportlabFont

from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.reports.fonts import MISSING_MARK, Face, FontSet, clean, to_unicode_map

TEXT_FONTS = ["ZGSZHei-Regular", "ZGSZHei-Bold", "ZGSZSong-Regular", "ZGSZSong-Bold"]
NAMES = "𠅤𬭎䶮㼆崀埇瓈𫖯"


@pytest.fixture(scope="module")
def shipped(fonts_folder):
    """The fonts as fontTools reads them, by file name."""
    fonts = {path.stem: TTFont(path, lazy=True) for path in sorted(fonts_folder.glob("*.ttf"))}
    yield fonts
    for font in fonts.values():
        font.close()


def gb2312():
    pairs = (bytes((high, low)) for high in range(0xA1, 0xF8) for low in range(0xA1, 0xFF))
    return {ord(char) for pair in pairs for char in pair.decode("gb2312", "ignore")}


@pytest.mark.parametrize("name", TEXT_FONTS)
def test_characters(shipped, name):
    cmap = shipped[name].getBestCmap()
    wanted = gb2312() | {ord(char) for char in NAMES + MISSING_MARK} | set(range(0x4E00, 0x9FA6))
    assert not wanted - set(cmap)
    assert not set(cmap) & set(range(0x2E80, 0x2FE0)), "radicals would be found in the place of characters"
    assert len(set(cmap.values())) == len(cmap), "each character has a glyph of its own"


@pytest.mark.parametrize("name", TEXT_FONTS)
def test_digits_are_tabular(shipped, name):
    font = shipped[name]
    cmap = font.getBestCmap()
    assert len({font["hmtx"][cmap[ord(digit)]][0] for digit in "0123456789"}) == 1


@pytest.mark.parametrize("name", [*TEXT_FONTS, "ZGSZSymbols-Regular"])
def test_names_and_weight(shipped, name):
    font = shipped[name]
    file, style = name.split("-")
    names = {key: font["name"].getDebugName(key) for key in (1, 2, 6)}
    assert names == {1: f"ZGSZ {file.removeprefix('ZGSZ')}", 2: style, 6: name}
    assert font["OS/2"].usWeightClass == (700 if style == "Bold" else 400)
    assert bool(font["OS/2"].fsSelection & 0b100000) == (style == "Bold")
    assert font["OS/2"].fsType == 0, "may be embedded"


def test_regular_and_bold_print_the_same_characters(shipped):
    for family in ("ZGSZHei", "ZGSZSong"):
        regular = shipped[f"{family}-Regular"].getBestCmap()
        assert set(regular) == set(shipped[f"{family}-Bold"].getBestCmap())


@pytest.mark.parametrize(
    ("char", "face", "font"),
    [
        ("诊", Face.SONG, "ZGSZ Song"),
        ("诊", Face.HEI_BOLD, "ZGSZ Hei Bold"),
        ("☐", Face.SONG, "ZGSZ Symbols"),
        ("□", Face.SONG, "ZGSZ Symbols"),
        ("鿯", Face.SONG, "ZGSZ Hei"),
        ("鿯", Face.SONG_BOLD, "ZGSZ Hei Bold"),
        ("≒", Face.SONG, "ZGSZ Symbols"),
    ],
)
def test_each_character_finds_a_font_that_has_it(fonts_folder, char, face, font):
    glyph = FontSet(fonts_folder).glyph(char, face)
    assert (glyph.char, glyph.font) == (char, font)


def test_what_no_font_has_is_marked_and_reported(fonts_folder):
    fonts = FontSet(fonts_folder)
    assert fonts.glyph("\U0003134a", Face.SONG).char == "〓"
    assert fonts.missing(["甲\U0003134a\n", "\U00031349☐"]) == ("\U00031349", "\U0003134a")


def test_invisible_characters_are_left_out():
    assert clean("a\u202eb\u200bc\x07d\ufe0fe\U000e0100f\ud800g\ufeff") == "abcdefg"
    assert clean("a\tb\r\nc\rd\xa0e") == "a b\nc\nd e"


def test_to_unicode_is_utf_16():
    text = to_unicode_map("AAAAAA+ZGSZSong", [0, ord("工"), 0x20164])
    assert "<01> <5DE5>" in text
    assert "<02> <D840DD64>" in text
    assert "<00> <" not in text.replace("<00> <FF>", "")


def test_a_to_unicode_block_has_at_most_100_entries():
    text = to_unicode_map("A", [0, *range(0x4E00, 0x4EFF)])
    assert [line for line in text.splitlines() if line.endswith("beginbfchar")] == [
        "100 beginbfchar",
        "100 beginbfchar",
        "55 beginbfchar",
    ]


def test_a_missing_font_file_is_told(tmp_path):
    with pytest.raises(UserError) as caught:
        FontSet(tmp_path).glyph("诊", Face.SONG)
    assert caught.value.code == "report.fonts_missing"
    assert "ZGSZSong-Regular.ttf" in caught.value.message


def test_a_damaged_font_file_is_told(tmp_path):
    (tmp_path / "ZGSZSong-Regular.ttf").write_bytes(b"\0\1\0\0rotten")
    with pytest.raises(UserError) as caught:
        FontSet(tmp_path).glyph("诊", Face.SONG)
    assert caught.value.code == "report.fonts_missing"


@pytest.mark.parametrize("name", TEXT_FONTS)
def test_reportlab_takes_the_font(fonts_folder, name):
    font = ReportlabFont(name, str(fonts_folder / f"{name}.ttf"))
    assert font.stringWidth("诊断", 10) == 20
