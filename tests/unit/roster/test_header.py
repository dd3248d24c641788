"""Headings as bureaus write them."""

import pytest

from zgsz_desktop.engine.roster.header import SYNONYMS, field_of, find_header
from zgsz_desktop.engine.roster.row import Field, RosterReading
from zgsz_desktop.engine.roster.workbook import SheetRow


def warned(reading: RosterReading) -> list[str]:
    return [finding.code for finding in reading.warnings]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("企业名称", Field.NAME),
        ("企业（单位）名称", Field.NAME),
        (" 企 业 名 称 ", Field.NAME),
        ("*企业名称（盖章）", Field.NAME),
        ("统一社会信用代码\n（18位）", Field.USCC),
        ("所属县（市、区）", Field.DIVISION),
        ("县（市、区）", Field.DIVISION),
        ("乡镇/园区", Field.TOWN),
        ("国民经济行业代码（GB/T 4754）", Field.INDUSTRY),
        ("2023年末从业人员数（人）", Field.EMPLOYEES),
        ("2023年营业收入（亿元）", Field.REVENUE),
        ("2023年1-12月营业收入(千元)", Field.REVENUE),
        ("上年度营业收入/万元", Field.REVENUE),
        ("主营业务收入", Field.REVENUE),
        ("联系电话（手机）", Field.PHONE),
        ("序号", None),
        ("营业收入增速（%）", None),
        ("", None),
    ],
)
def test_names_of_headings(heading: str, field: Field | None):
    assert field_of(heading) is field


def test_no_name_stands_for_two_fields():
    names = [name for names in SYNONYMS.values() for name in names.split()]
    assert len(names) == len(set(names))


def test_titles_and_leading_lines_are_passed_over(desk):
    sheet = [["广西规模以上工业企业名录"], [], ["填报单位：某局", None, "单位：万元、人"], desk.headings, desk.line(1)]
    reading = desk.put(sheet, merges=["A1:I1"]).read()
    assert (reading.header_row, [row.row for row in reading.rows], reading.warnings) == (4, [5], ())


def test_two_lines_of_merged_headings(desk):
    upper = [*desk.headings[:6], "营业收入", "联系方式", None]
    lower = [None] * 6 + ["（千元）", "姓名", "电话"]
    lower[7] = "联系人"
    merges = [f"{letter}1:{letter}2" for letter in "ABCDEF"] + ["H1:I1"]
    reading = desk.put([upper, lower, desk.line(1)], merges=merges).read()
    (row,) = reading.rows
    assert (reading.header_row, reading.revenue_unit, str(row.revenue)) == (2, "千元", "345.65")
    assert (row.contacts[0].name, row.contacts[0].phone) == ("韦一", "10000000001")


def test_required_headings_spread_over_two_lines(desk):
    upper = ["序号", "企业名称", "登记信息", None, "行业代码", "从业人员", "营业收入（万元）", "联系人", "电话"]
    lower = [None, None, "统一社会信用代码", "所属县区"]
    reading = desk.put([["名录"], upper, lower, desk.line(1)], merges=["C2:D2", "B2:B3"]).read()
    assert (reading.header_row, len(reading.rows)) == (3, 1)


def test_of_two_years_the_later_one_is_taken_and_said(desk):
    headings = [*desk.headings[:6], "2022年营业收入（万元）", "2023年营业收入（万元）"]
    line = [*desk.line(1)[:6], 100, 200]
    reading = desk.put([headings, line]).read()
    assert (str(reading.rows[0].revenue), warned(reading)) == ("200", ["roster.column_twice"])
    assert reading.warnings[0].message == "第 1 行 H 列：有几列都像“营业收入”，按 H 列读取，没有用 G 列。"


def test_years_below_one_merged_heading(desk):
    upper = [*desk.headings[:6], "营业收入（万元）", None]
    lower = [None] * 6 + ["2022年", "2023年"]
    reading = desk.put([upper, lower, [*desk.line(1)[:6], 100, 200]], merges=["G1:H1"]).read()
    assert str(reading.rows[0].revenue) == "200"


def test_the_better_name_wins_without_a_word(desk):
    headings = [*desk.headings[:4], "行业名称", *desk.headings[5:], "行业代码"]
    line = [*desk.line(1, 行业代码="制糖"), "3216"]
    reading = desk.put([headings, line]).read()
    assert (reading.rows[0].industry, reading.warnings) == ("3216", ())


@pytest.mark.parametrize(
    ("heading", "wan"),
    [
        ("营业收入（元）", "0.3457"),
        ("营业收入（千元）", "345.65"),
        ("营业收入（亿元）", "34565000"),
        ("营收/百万元", "345650"),
    ],
)
def test_the_unit_of_money_is_read_from_the_heading(desk, heading: str, wan: str):
    headings = [*desk.headings[:6], heading]
    (row,) = desk.put([headings, desk.line(1)[:7]]).read().rows
    assert str(row.revenue) == wan


def test_a_unit_behind_the_number_wins(desk):
    (row,) = desk.put_lines(desk.line(1, 营业收入="1.2亿元")).read().rows
    assert str(row.revenue) == "12000"


def test_a_unit_that_nobody_told_is_said(desk):
    headings = [*desk.headings[:6], "营业收入"]
    reading = desk.put([headings, desk.line(1)[:7]]).read()
    assert [(w.code, w.place) for w in reading.warnings] == [("roster.unit_assumed", "第 1 行 G 列")]


def test_usual_columns_that_are_not_there_are_said(desk):
    reading = desk.put([desk.headings[:4], desk.line(1)[:4]]).read()
    assert warned(reading) == ["roster.column_missing"] * 3
    assert (reading.rows[0].employees, reading.errors) == (None, ())


@pytest.mark.parametrize(("left_out", "named"), [(1, "“企业名称”"), (2, "“统一社会信用代码”"), (3, "“所属县区”")])
def test_a_required_column_that_is_not_there_is_named(desk, left_out: int, named: str):
    headings = [h for at, h in enumerate(desk.headings) if at != left_out]
    refusal = desk.put([["名录"], headings, desk.line(1)]).refusal()
    assert (refusal.code, named in refusal.message) == ("roster.required_column", True)
    assert "第 2 行" in refusal.message


def test_the_county_column_may_be_missing_where_a_default_is_given(desk):
    (row,) = desk.put([desk.headings[:3], desk.line(1)[:3]]).read("450103").rows
    assert row.division == "450103"


def test_the_first_sheet_with_headings_is_read_and_the_others_are_named(desk):
    table = [desk.headings, desk.line(1)]
    reading = desk.put([["填表说明"]], table, [desk.headings, desk.line(2)]).read()
    assert (reading.sheet, [row.uscc for row in reading.rows]) == ("Sheet1", [desk.codes[1]])
    assert [w.message for w in reading.warnings] == ["只读取了工作表“Sheet1”；工作表“Sheet2”也像名录，没有读取。"]
    assert warned(reading) == ["roster.other_sheet"]


def test_a_county_merged_over_lines_counts_for_each(desk):
    lines = [desk.line(1), desk.line(2, 所属县区=None), desk.line(3, 所属县区=None), desk.line(4, 所属县区="横州市")]
    rows = desk.put([desk.headings, *lines], merges=["D2:D4"]).read("451481").rows
    assert [row.division for row in rows] == ["450103", "450103", "450103", "450181"]


def test_no_headings_is_none():
    assert find_header([SheetRow(1, ("企业名称",)), SheetRow(2, (1, 2, 3))]) is None
