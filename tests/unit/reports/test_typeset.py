"""Setting text into lines: alignment, fonts in runs, cutting to one line."""

import pytest

from zgsz_desktop.engine.reports.fonts import Face, FontSet
from zgsz_desktop.engine.reports.typeset import Align, Paragraph, Style, Typesetter


@pytest.fixture
def setter(fonts_folder):
    return Typesetter(FontSet(fonts_folder))


def style(align=Align.LEFT, **options):
    return Style(Face.SONG, 10, 15, align, **options)


@pytest.mark.parametrize(("align", "x"), [(Align.LEFT, 0), (Align.CENTER, 40), (Align.RIGHT, 80), (Align.JUSTIFY, 0)])
def test_where_a_short_line_stands(setter, align, x):
    (line,) = setter.lines([Paragraph("诊断", style(align))], 100)
    assert line.runs[0].x == pytest.approx(x)
    assert line.spread == 0


def test_a_justified_line_fills_its_width(setter):
    first, last = setter.lines([Paragraph("一二三四五六七八九十一二三", style(Align.JUSTIFY))], 104)
    assert first.spread * 9 == pytest.approx(4)
    assert last.spread == 0


def test_a_line_with_much_room_stays_ragged(setter):
    first, _ = setter.lines([Paragraph("一二三 " + "a" * 14, style(Align.JUSTIFY))], 100)
    assert first.spread == 0


def test_neighbours_of_one_font_are_one_run(setter):
    (line,) = setter.lines([Paragraph("☐ 核实鿯为", style())], 200)
    assert [(run.text, run.font) for run in line.runs] == [
        ("☐", "ZGSZ Symbols"),
        (" 核实", "ZGSZ Song"),
        ("鿯", "ZGSZ Hei"),
        ("为", "ZGSZ Song"),
    ]


def test_a_lead_is_set_in_its_own_face(setter):
    (line,) = setter.lines([Paragraph("查看", style(), lead="方法：")], 200)
    assert [(run.text, run.font) for run in line.runs] == [("方法：", "ZGSZ Hei"), ("查看", "ZGSZ Song")]


def test_line_feeds_begin_new_lines(setter):
    lines = setter.lines([Paragraph("一\n\n二", style())], 100)
    assert ["".join(run.text for run in line.runs) for line in lines] == ["一", "", "二"]


def test_space_stands_between_paragraphs_only(setter):
    lines = setter.lines([Paragraph("一", style(space_before=3)), Paragraph("二", style(space_before=3))], 100)
    assert [line.height for line in lines] == [15, 18]


def test_shortened(setter):
    assert setter.shortened("一二三", style(), 30) == "一二三"
    assert setter.shortened("一二三四", style(), 30) == "一二…"
    assert setter.shortened("一二三四", style(), 1) == "…"
