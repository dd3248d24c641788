"""The expert review form as a file: what a reader of the PDF finds in it."""

import errno
import os
import re
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.reports.expert_review import OnsiteItem, ReviewState, write_expert_review
from zgsz_desktop.engine.reports.readback import verify_pdf

GOLDEN = Path(__file__).parents[2] / "golden" / "expert_review.txt"


def joined(pages):
    return "".join("".join(pages).split())


def named(ordinary, name):
    return replace(ordinary.enterprise, name=name)


def test_golden_text(printed):
    """Set ZGSZ_REGENERATE_GOLDEN=1 to write the file anew, and read the difference."""
    pages, _ = printed()
    text = "\f\n".join(pages) + "\n"
    if os.environ.get("ZGSZ_REGENERATE_GOLDEN"):
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")


def test_same_input_same_bytes(printed):
    assert printed()[1] == printed()[1]


def test_page_numbers_and_digest_on_each_page(printed, ordinary):
    pages, written = printed()
    assert written.pages == len(pages) > 1
    for number, text in enumerate(pages, start=1):
        assert f"第 {number} 页 共 {len(pages)} 页" in re.sub(" +", " ", text)
        assert f"数据摘要 {ordinary.digest}" in text
        assert f"提交记录 {ordinary.submission[:12]}" in text


def test_every_font_is_embedded_as_a_subset(printed, tmp_path):
    printed()
    page = PdfReader(tmp_path / "form.pdf").pages[0]
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    assert all(re.match("/[A-Z]{6}[+]ZGSZ", font["/BaseFont"]) for font in fonts)
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts)
    assert (tmp_path / "form.pdf").stat().st_size < 400_000


def test_rare_characters_of_names_can_be_searched(printed, ordinary):
    name = "柳州𠅤𬭎䶮㼆崀埇瓈𫖯工小生有限公司"
    pages, written = printed(enterprise=named(ordinary, name))
    assert name in joined(pages)
    assert written.missing_glyphs == ()


def test_a_character_that_no_font_has_is_reported(printed, ordinary):
    pages, written = printed(enterprise=named(ordinary, "柳州\U0003134a厂"))
    assert written.missing_glyphs == ("\U0003134a",)
    assert "柳州〓厂" in joined(pages)
    assert "U+3134A" in joined(pages)


def test_markup_in_a_name_is_only_text(printed, ordinary):
    pages, _ = printed(enterprise=named(ordinary, "<b>柳州&amp;</para>(厂)\\"))
    assert "<b>柳州&amp;</para>(厂)\\" in joined(pages)


def test_a_very_long_name_is_printed_whole(printed, ordinary):
    name = "广西壮族自治区柳州市新能源智能网联汽车关键零部件研发制造与供应链管理服务（集团）股份有限公司" * 4
    pages, _ = printed(enterprise=named(ordinary, name))
    assert name in joined(pages[:1])


def test_an_empty_form(printed, ordinary):
    empty = replace(ordinary.enterprise, industry="", size="", contact="", phone="", address="")
    pages, _ = printed(enterprise=empty, profile=(), frameworks=(), onsite=(), submitted_by="", campaign="")
    assert "没有线上诊断结果" in joined(pages)
    assert joined(pages).count("没有列出这方面的核查项") == 7


def test_an_answer_longer_than_a_page_goes_on(printed, ordinary):
    reported = "\n".join(f"第{number}句。" for number in range(600))
    items = (replace(ordinary.onsite[0], reported=reported),)
    pages, _ = printed(onsite=items)
    text = joined(pages)
    assert all(f"第{number}句。" in text for number in range(600))
    assert sum("核查内容和方法" in page for page in pages) > 1, "the head is repeated"


def test_many_items(printed, ordinary):
    items = tuple(OnsiteItem(ordinary.onsite[0].aspect, f"核查项{number}号") for number in range(200))
    pages, _ = printed(onsite=items)
    assert all(f"核查项{number}号" in joined(pages) for number in range(200))


def test_conclusion_and_signatures_share_the_last_page(printed):
    pages, _ = printed()
    for words in ("四、综合评审意见", "专家核定等级", "（盖章）", "签名", "填表说明"):
        assert words in pages[-1]


def test_simulated_data_is_marked_on_every_page(printed):
    pages, _ = printed(simulated=True)
    assert all("模拟数据" in page for page in pages)


def test_conflict_and_missing_review_stand_on_the_first_page(printed):
    pages, _ = printed(conflict=True, review=ReviewState.SUBMITTED)
    assert "存在冲突" in pages[0]
    assert "尚未经主管部门审核" in pages[0]


def test_properties_of_the_file(printed, tmp_path):
    printed()
    reader = PdfReader(tmp_path / "form.pdf")
    assert reader.metadata.title == "广西规上工业企业智改数转诊断专家评审意见表（柳州澄远汽车零部件有限公司）"
    assert reader.metadata["/CreationDate"] == "D:20240920093000+08'00'"
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"


def test_several_threads_at_once(ordinary, tmp_path, fonts_folder):
    results = {}

    def write(number):
        source = replace(ordinary, enterprise=named(ordinary, f"第{number}厂"))
        results[number] = write_expert_review(source, tmp_path / f"{number}.pdf", fonts_folder)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [0, 1, 2, 3]
    again = write_expert_review(
        replace(ordinary, enterprise=named(ordinary, "第2厂")), tmp_path / "x.pdf", fonts_folder
    )
    assert again == results[2]


@pytest.mark.parametrize(("number", "code"), [(errno.ENOSPC, "file.disk_full"), (errno.EROFS, "file.not_writable")])
def test_where_it_cannot_be_written_the_old_file_stays(printed, tmp_path, monkeypatch, number, code):
    (tmp_path / "form.pdf").write_bytes(b"old")

    def refuse(_descriptor):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(UserError) as caught:
        printed()
    assert caught.value.code == code
    assert [path.name for path in tmp_path.iterdir()] == ["form.pdf"]
    assert (tmp_path / "form.pdf").read_bytes() == b"old"


def good(printed, tmp_path):
    _, written = printed()
    return {
        "data": (tmp_path / "form.pdf").read_bytes(),
        "pages": written.pages,
        "proof": "柳州澄远",
        "name": "form.pdf",
    }


def test_reading_back_accepts_what_is_right(printed, tmp_path):
    verify_pdf(**good(printed, tmp_path))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [({"pages": 1}, "pages instead of 1"), ({"proof": "别的企业"}, "text not found"), ({"data": b"%PDF-1.4"}, "")],
)
def test_reading_back_refuses_what_is_wrong(printed, tmp_path, changes, reason):
    with pytest.raises(UserError) as caught:
        verify_pdf(**{**good(printed, tmp_path), **changes})
    assert caught.value.code == "report.not_verified"
    assert reason in caught.value.diagnostics()


@pytest.mark.parametrize("cut", [100, 5_000, 20_000])
def test_reading_back_refuses_a_file_cut_short(printed, tmp_path, cut):
    whole = good(printed, tmp_path)
    with pytest.raises(UserError) as caught:
        verify_pdf(**{**whole, "data": whole["data"][:-cut]})
    assert caught.value.code == "report.not_verified"


def test_reading_back_refuses_a_font_that_is_not_embedded(tmp_path):
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "plain.pdf"))
    canvas.drawString(10, 10, "plain")
    canvas.save()
    with pytest.raises(UserError) as caught:
        verify_pdf((tmp_path / "plain.pdf").read_bytes(), name="plain.pdf", pages=1, proof="plain")
    assert "not embedded" in caught.value.diagnostics()


def test_reading_back_refuses_a_page_without_fonts(tmp_path):
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    with (tmp_path / "blank.pdf").open("wb") as stream:
        writer.write(stream)
    with pytest.raises(UserError) as caught:
        verify_pdf((tmp_path / "blank.pdf").read_bytes(), name="blank.pdf", pages=1, proof="x")
    assert caught.value.code == "report.not_verified"
