"""Files that are not what their name says, or mean harm."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(parts: dict[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def repacked(path: Path, change) -> None:
    """Write a workbook again with its parts changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    path.write_bytes(zipped(change(parts)))


@pytest.mark.parametrize(
    ("stored", "kind"),
    [
        ("企业名称,统一社会信用代码\n甲,乙\n".encode(), "文本（CSV）文件"),
        ("\ufeff企业名称".encode(), "文本（CSV）文件"),
        ("企业名称,代码".encode("gb18030"), "文本（CSV）文件"),
        ("企业名称".encode("utf-16"), "文本（CSV）文件"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "网页文件"),
        (b"<?xml version='1.0'?><Workbook/>", "XML 文件"),
        (b"%PDF-1.7", "PDF 文件"),
        (b"\x7fELF\x00\x00", "不认识的文件"),
        (b"", "空文件"),
        (zipped({"word/document.xml": b"<a/>", "[Content_Types].xml": b"<a/>"}), "压缩包或别的文档"),
        (zipped({}), "压缩包或别的文档"),
        (zipped({"xl/workbook.bin": b"1", "[Content_Types].xml": b"<a/>"}), "Excel 二进制工作簿（.xlsb）"),
    ],
)
def test_other_files_with_the_suffix_of_excel(desk, stored: bytes, kind: str):
    desk.path.write_bytes(stored)
    refusal = desk.refusal()
    assert refusal.code == "roster.not_xlsx"
    assert f"而是{kind}，没有导入任何企业" in refusal.message


def test_an_xls_renamed(desk):
    desk.path.write_bytes(OLE + bytes(600))
    assert desk.refusal().code == "roster.old_xls"


def test_an_encrypted_workbook(desk):
    desk.path.write_bytes(OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"))
    assert desk.refusal().code == "roster.encrypted"


def test_a_zip_with_a_password(desk):
    desk.put_lines(desk.line(1))
    stored = bytearray(desk.path.read_bytes())
    stored[stored.index(b"PK\x01\x02") + 8] |= 1
    desk.path.write_bytes(stored)
    assert desk.refusal().code == "roster.encrypted"


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.9, 0.999])
def test_a_workbook_cut_short(desk, keep: float):
    stored = desk.put_lines(desk.line(1)).path.read_bytes()
    desk.path.write_bytes(stored[: int(len(stored) * keep)])
    assert desk.refusal().code == "roster.broken"


def test_a_flipped_bit_is_found_by_the_checksum(desk):
    stored = bytearray(desk.put_lines(desk.line(1)).path.read_bytes())
    stored[stored.index(b"xl/worksheets/sheet1.xml") + 60] ^= 1
    desk.path.write_bytes(stored)
    assert desk.refusal().code == "roster.broken"


def test_a_workbook_without_its_sheet(desk):
    desk.put_lines(desk.line(1))
    repacked(desk.path, lambda parts: {n: d for n, d in parts.items() if "sheet1" not in n})
    assert desk.refusal().code in {"roster.broken", "roster.empty"}


def test_xml_that_is_no_xml(desk):
    desk.put_lines(desk.line(1))
    repacked(desk.path, lambda parts: parts | {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row"})
    assert desk.refusal().code == "roster.broken"


def test_an_entity_bomb(desk):
    bomb = b'<!DOCTYPE z [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'
    desk.put_lines(desk.line(1))
    repacked(desk.path, lambda parts: parts | {"xl/worksheets/sheet1.xml": bomb})
    assert desk.refusal().code == "roster.broken"


def test_a_zip_bomb(desk):
    desk.put_lines(desk.line(1))
    repacked(desk.path, lambda parts: parts | {"xl/media/image1.png": bytes(257 * 2**20)})
    refusal = desk.refusal()
    assert (refusal.code, "超过 256 MB" in refusal.message) == ("roster.too_large", True)


def test_a_zip_bomb_that_lies_about_its_size(desk):
    """The directory says 10 bytes; unpacking stops there, and the checksum does not agree."""
    desk.put_lines(desk.line(1))
    repacked(desk.path, lambda parts: parts | {"xl/media/image1.png": bytes(2**20)})
    stored = desk.path.read_bytes().replace((2**20).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    desk.path.write_bytes(stored)
    assert desk.refusal().code == "roster.broken"


def test_more_parts_than_a_workbook_has(desk):
    desk.put_lines(desk.line(1))
    repacked(desk.path, lambda parts: parts | {f"xl/x{n}": b"" for n in range(2001)})
    assert desk.refusal().code == "roster.too_large"


def test_a_file_larger_than_the_limit(desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("zgsz_desktop.engine.roster.workbook.MAX_FILE", 1000)
    assert desk.put_lines(desk.line(1)).refusal().code == "roster.too_large"


def test_a_line_number_beyond_the_sheet(desk):
    """A hostile line number must not make us count to it."""
    desk.put_lines(desk.line(1))
    change = {"xl/worksheets/sheet1.xml": b'<row r="3"'}
    repacked(
        desk.path,
        lambda parts: (
            parts | {name: parts[name].replace(old, b'<row r="99999999999999"') for name, old in change.items()}
        ),
    )
    assert desk.refusal().code in {"roster.broken", "roster.no_enterprises"}


@pytest.mark.parametrize("reason", ["文件不存在", "这是一个文件夹"])
def test_no_file_to_read(desk, reason: str):
    if reason == "这是一个文件夹":
        desk.path.mkdir()
    refusal = desk.refusal()
    assert (refusal.code, reason in refusal.message) == ("roster.unreadable", True)


def test_a_file_that_may_not_be_read(desk, monkeypatch: pytest.MonkeyPatch):
    def denied(*_args: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    refusal = desk.refusal()
    assert (refusal.code, "没有读取权限" in refusal.message) == ("roster.unreadable", True)


def test_an_empty_workbook(desk):
    assert desk.put([]).refusal().code == "roster.empty"


def test_a_workbook_whose_roster_is_hidden(desk):
    book = Workbook()
    book.create_sheet("名录").append(desk.headings)
    book["名录"].sheet_state = "hidden"
    book.save(desk.path)
    assert desk.refusal().code == "roster.empty"


def test_headings_without_enterprises(desk):
    refusal = desk.put_lines().refusal()
    assert (refusal.code, "只有表头" in refusal.message) == ("roster.no_enterprises", True)


def test_a_workbook_about_something_else(desk):
    refusal = desk.put([["姓名", "电话"], ["韦一", "1"]]).refusal()
    assert (refusal.code, "没有找到表头" in refusal.message) == ("roster.no_header", True)


def test_a_chart_and_a_wrong_dimension_do_not_matter(desk):
    """The size that a sheet states of itself is often wrong."""
    desk.put_lines(desk.line(1), desk.line(2))
    repacked(
        desk.path,
        lambda parts: (
            parts
            | {
                "xl/worksheets/sheet1.xml": parts["xl/worksheets/sheet1.xml"].replace(
                    b'<dimension ref="A1:I4"', b'<dimension ref="A1:A1"'
                )
            }
        ),
    )
    assert len(desk.read().rows) == 2
