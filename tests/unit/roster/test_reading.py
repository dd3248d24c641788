"""A bureau's workbook as it comes: what is understood, and what is said of the rest."""

from decimal import Decimal

import pytest

from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.reference.credit_code import make_credit_code
from zgsz_desktop.engine.roster.row import Contact, Field, RosterReading


def found(reading: RosterReading) -> list[tuple[str, str]]:
    return [(finding.code, finding.place) for finding in reading.errors]


def warned(reading: RosterReading) -> list[str]:
    return [finding.code for finding in reading.warnings]


def test_a_good_roster_is_read_whole(desk):
    reading = desk.put_lines(desk.line(1), desk.line(2)).read()
    assert (reading.errors, reading.warnings) == ((), ())
    first = reading.rows[0]
    assert (first.row, first.name, first.uscc) == (3, "甲乙1糖业有限公司", desk.codes[1])
    assert (first.division, first.industry, first.employees) == ("450103", "1340", 120)
    assert (first.revenue, first.contacts) == (Decimal("3456.5"), (Contact("韦一", "10000000001"),))
    reading.demand_clean()


def test_the_mapping_is_told(desk):
    reading = desk.put_lines(desk.line(1)).read()
    assert [(m.field, m.column) for m in reading.mapping][:3] == [
        (Field.NAME, "B"),
        (Field.USCC, "C"),
        (Field.DIVISION, "D"),
    ]
    assert (reading.sheet, reading.header_row, reading.revenue_unit) == ("Sheet", 2, "万元")


def test_one_error_refuses_the_whole_roster(desk):
    reading = desk.put_lines(desk.line(1), desk.line(2, 所属县区="火星区")).read()
    with pytest.raises(UserError) as caught:
        reading.demand_clean()
    assert caught.value.code == "roster.has_errors"
    assert "1 处错误，一家企业也没有导入" in caught.value.message
    assert "第 4 行 D 列：查无县区“火星区”" in caught.value.message


@pytest.mark.parametrize(
    ("heading", "value", "code", "column"),
    [
        ("企业名称", None, "roster.blank", "B"),
        ("企业名称", "长" * 101, "roster.too_long", "B"),
        ("统一社会信用代码", "", "roster.blank", "C"),
        ("统一社会信用代码", "91450103MYAAAA", "credit_code.length", "C"),
        ("统一社会信用代码", 914501031234567890, "roster.code_as_number", "C"),
        ("统一社会信用代码", 9.14501e17, "roster.code_as_number", "C"),
        ("所属县区", "火星区", "roster.unknown_division", "D"),
        ("所属县区", "高新区", "roster.unknown_division", "D"),
        ("所属县区", "南宁市", "roster.not_county", "D"),
        ("所属县区", None, "roster.blank", "D"),
        ("行业代码", "6510", "roster.unknown_industry", "E"),
        ("从业人员", "约三百", "roster.not_number", "F"),
        ("从业人员", 12.5, "roster.not_number", "F"),
        ("从业人员", True, "roster.not_number", "F"),
        ("从业人员", -3, "roster.out_of_range", "F"),
        ("从业人员", "#REF!", "roster.not_number", "F"),
        ("营业收入", "保密", "roster.not_number", "G"),
        ("营业收入", "1,23", "roster.not_number", "G"),
        ("营业收入", "300人", "roster.not_number", "G"),
        ("营业收入", -1, "roster.out_of_range", "G"),
        ("营业收入", 1e12, "roster.out_of_range", "G"),
        ("营业收入", "999999999999亿元", "roster.out_of_range", "G"),
        ("联系人", "长" * 101, "roster.too_long", "H"),
    ],
)
def test_a_bad_cell_is_named_with_line_and_column(desk, heading: str, value: object, code: str, column: str):
    reading = desk.put_lines(desk.line(1), desk.line(2, **{heading: value}), desk.line(3)).read()
    assert found(reading) == [(code, f"第 4 行 {column} 列")]
    assert reading.errors[0].message.startswith(f"第 4 行 {column} 列：")
    assert reading.errors[0].remedy
    assert [row.row for row in reading.rows] == [3, 5]


def test_wrong_check_character_in_the_words_of_the_catalogue(desk):
    code = desk.codes[2]
    wrong = code[:17] + ("0" if code[17] != "0" else "1")
    (error,) = desk.put_lines(desk.line(1), desk.line(2, 统一社会信用代码=wrong)).read().errors
    assert error.message == f"第 4 行 C 列：第 18 位校验码不对，应为 {code[17]}。"


def test_all_errors_are_told_at_once(desk):
    bad = desk.line(2, 所属县区="火星区", 行业代码="x", 从业人员="多")
    assert len(desk.put_lines(bad, desk.line(3, 企业名称=None)).read().errors) == 4


def test_the_same_code_twice_names_both_lines(desk):
    reading = desk.put_lines(desk.line(1), desk.line(2), desk.line(3, 统一社会信用代码=desk.codes[1].lower())).read()
    assert found(reading) == [("roster.duplicate", "第 5 行 C 列")]
    assert "与第 3 行重复" in reading.errors[0].message


def test_the_same_name_twice_is_a_warning(desk):
    reading = desk.put_lines(desk.line(1), desk.line(2, 企业名称="甲乙1糖业有限公司")).read()
    assert reading.errors == ()
    assert warned(reading) == ["roster.same_name"]


def test_habits_of_writing_are_forgiven(desk):
    full_width = desk.codes[1].translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789ABCDEFGHJKLMNPQRTUWXY"})
    line = desk.line(1, 统一社会信用代码=f" {full_width}　", 所属县区="南宁市 青秀区 ", 行业代码=1340)
    line[5:7] = ["１，２００人", " 12,345.60 "]
    (row,) = desk.put_lines(line).read().rows
    assert (row.uscc, row.division, row.industry) == (desk.codes[1], "450103", "1340")
    assert (row.employees, str(row.revenue)) == (1200, "12345.6")


@pytest.mark.parametrize("stroke", [None, "", " ", "-", "—", "/", "无"])
def test_strokes_mean_blank(desk, stroke: object):
    line = desk.line(1, 行业代码=stroke, 从业人员=stroke, 营业收入=stroke, 联系人=stroke, 联系电话=stroke)
    (row,) = desk.put_lines(line).read().rows
    assert (row.industry, row.employees, row.revenue, row.contacts) == (None, None, None, ())


def test_a_phone_kept_as_a_number_stays_a_phone(desk):
    (row,) = desk.put_lines(desk.line(1, 联系电话=10012345678.0)).read().rows
    assert row.contacts[0].phone == "10012345678"


def test_a_float_is_what_the_clerk_typed(desk):
    (row,) = desk.put_lines(desk.line(1, 营业收入=1234.1)).read().rows
    assert str(row.revenue) == "1234.1"


@pytest.mark.parametrize(
    ("total", "column"), [("合计", 0), ("合 计", 1), ("小计：", 1), ("总计", 1), ("青秀区小计", 1)]
)
def test_total_lines_are_no_enterprises(desk, total: str, column: int):
    line: list[object] = [None, None, None, None, None, 240, 6913]
    line[column] = total
    reading = desk.put_lines(desk.line(1), line, desk.line(2)).read()
    assert ([r.row for r in reading.rows], reading.errors, reading.warnings) == ([3, 5], (), ())


def test_repeated_headings_and_column_numbers_are_no_enterprises(desk):
    numbers = [f"（{n}）" for n in range(1, 10)]
    reading = desk.put_lines(numbers, desk.line(1), desk.headings, desk.line(2)).read()
    assert ([r.row for r in reading.rows], reading.errors, reading.warnings) == ([4, 6], (), ())


@pytest.mark.parametrize("note", [["注：数据为上年度"], [None, "填表人：韦一", None, "审核人：覃二"], ["一、青秀区"]])
def test_notes_are_left_out_and_said(desk, note: list[object]):
    reading = desk.put_lines(desk.line(1), note, desk.line(2)).read()
    assert [r.row for r in reading.rows] == [3, 5]
    assert [(w.code, w.place) for w in reading.warnings] == [("roster.row_skipped", "第 4 行")]


def test_a_default_county_fills_blanks_only(desk):
    lines = [desk.line(1, 所属县区=None), desk.line(2)]
    rows = desk.put_lines(*lines).read(default_division="451481").rows
    assert [row.division for row in rows] == ["451481", "450103"]


@pytest.mark.parametrize("default", ["450100", "440103", ""])
def test_a_default_that_is_no_county_is_refused(desk, default: str):
    assert desk.put_lines(desk.line(1)).refusal(default).code == "roster.not_county"


def test_an_unusual_revenue_asks_for_the_unit(desk):
    reading = desk.put_lines(desk.line(1, 营业收入=34_565_000)).read()
    assert reading.errors == ()
    assert [(w.code, w.place) for w in reading.warnings] == [("roster.large_revenue", "第 3 行 G 列")]


def test_a_code_of_another_province_is_a_warning(desk):
    reading = desk.put_lines(desk.line(1, 统一社会信用代码=make_credit_code("110000", "MYAAAA01"))).read()
    assert (warned(reading), reading.errors) == (["credit_code.foreign_division"], ())


def test_twenty_thousand_lines(desk, make_code):
    lines = []
    for number in range(20_000):
        lines.append([number, f"企业{number}", make_code(number), "青秀区", "3216", number, number, "覃", "1"])
    reading = desk.put_lines(*lines).read()
    assert (len(reading.rows), reading.errors) == (20_000, ())


def test_too_many_lines_are_refused(desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("zgsz_desktop.engine.roster.workbook.MAX_ENTERPRISES", 5)
    refusal = desk.put_lines(*[desk.line(n) for n in range(6)]).refusal()
    assert (refusal.code, "超过 5 行" in refusal.message) == ("roster.too_many_rows", True)


@pytest.mark.parametrize(
    ("written", "kind"), [("离散", "discrete"), ("流程型制造", "process"), ("离散 型", "discrete"), ("/", None)]
)
def test_the_process_type_is_read_from_any_phrase(desk, written: str, kind: str | None):
    sheet = [[*desk.headings, "生产类型", "所在园区", "备注"], [*desk.line(1), written, "城东产业园", "停产半年"]]
    (row,) = desk.put(sheet).read().rows
    assert (row.process_type, row.town, row.remark) == (kind, "城东产业园", "停产半年")


@pytest.mark.parametrize("written", ["混合", "离散或流程", 3])
def test_a_process_type_that_is_neither_is_refused(desk, written: object):
    reading = desk.put([[*desk.headings, "生产类型"], [*desk.line(1), written]]).read()
    assert found(reading) == [("roster.unknown_process_type", "第 2 行 J 列")]
