"""Workbooks that we write are read back as they were meant."""

from decimal import Decimal

import pytest
from openpyxl import load_workbook

from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.roster.row import Contact, RosterRow
from zgsz_desktop.engine.roster.writing import write_roster, write_roster_template


def row(code: str, name: str = "甲乙糖业有限公司") -> RosterRow:
    return RosterRow(
        row=4,
        uscc=code,
        name=name,
        division="450225",
        industry="0610",
        employees=1200,
        revenue=Decimal("12345.67"),
        process_type="process",
        contacts=(Contact("韦一", "10000000001"),),
        town="融水镇",
        remark="模拟",
    )


def test_what_is_written_is_read(desk, divisions):
    write_roster(desk.path, [row(desk.codes[1])], divisions)
    reading = desk.read()
    assert (reading.errors, reading.warnings) == ((), ())
    assert reading.rows == (row(desk.codes[1]),)


def test_what_is_not_known_stays_blank(desk, divisions):
    bare = RosterRow(4, desk.codes[1], "甲", "450225")
    write_roster(desk.path, [bare], divisions)
    assert desk.read().rows == (bare,)


def test_a_name_is_never_a_formula(desk, divisions):
    write_roster(desk.path, [row(desk.codes[1], "=1+1\x01有限公司")], divisions)
    assert desk.read().rows[0].name == "=1+1有限公司"
    assert load_workbook(desk.path)["名录"]["B4"].data_type == "s"


def test_it_looks_as_a_clerk_would_make_it(desk, divisions):
    write_roster(desk.path, [row(desk.codes[1])], divisions, title="青秀区名录（模拟）")
    sheet = load_workbook(desk.path)["名录"]
    assert (sheet["A1"].value, sheet["D4"].value) == ("青秀区名录（模拟）", "柳州市融水苗族自治县")
    assert "A1:L1" in [str(merged) for merged in sheet.merged_cells.ranges]
    assert sheet.freeze_panes == "C4"


def test_the_template_holds_headings_and_no_enterprise(desk):
    write_roster_template(desk.path)
    assert desk.refusal().code == "roster.no_enterprises"
    assert load_workbook(desk.path).sheetnames == ["名录", "填写说明"]


def test_a_folder_that_is_not_there(desk, divisions):
    with pytest.raises(UserError) as caught:
        write_roster(desk.path / "x.xlsx", [], divisions)
    assert caught.value.code == "file.no_folder"


def test_what_reads_back_differently_does_not_replace(desk, divisions, monkeypatch: pytest.MonkeyPatch):
    desk.path.write_bytes(b"older")
    monkeypatch.setattr("zgsz_desktop.engine.roster.writing._put", lambda cell, value: None)
    with pytest.raises(UserError) as caught:
        write_roster(desk.path, [row(desk.codes[1])], divisions)
    assert caught.value.code == "file.read_back"
    assert desk.path.read_bytes() == b"older"
