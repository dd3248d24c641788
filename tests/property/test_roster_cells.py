"""Whatever stands in the cells, every line becomes an enterprise or a finding, and numbers survive the way."""

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from zgsz_desktop.engine.reference.finding import Finding
from zgsz_desktop.engine.roster import cells
from zgsz_desktop.engine.roster.header import find_header
from zgsz_desktop.engine.roster.row import Field
from zgsz_desktop.engine.roster.workbook import SheetRow

SCALAR = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.text(max_size=40),
)


@given(SCALAR)
def test_any_cell_is_a_value_or_a_finding(value: Any):
    for read in (
        cells.read_code(value),
        cells.read_text(value, Field.NAME),
        cells.read_employees(value),
        cells.read_process_type(value),
        *[cells.read_revenue(value, unit) for unit in cells.UNITS],
    ):
        assert not isinstance(read, Finding) or (read.message and read.remedy)


@given(st.decimals(0, 10**7, places=4))
def test_amounts_are_exact_to_the_yuan(amount: Decimal):
    """From the text, and from the float that Excel keeps."""
    assert cells.read_revenue(str(amount), "万元") == amount
    assert cells.read_revenue(float(amount), "万元") == amount
    assert cells.read_revenue(f"{amount:,}", "万元") == amount


@given(st.integers(0, cells.MAX_EMPLOYEES))
def test_staff_numbers_survive_any_writing(number: int):
    for written in (number, float(number), str(number), f"{number:,}", f" {number} 人"):
        assert cells.read_employees(written) == number


@given(
    st.lists(
        st.lists(st.one_of(SCALAR, st.sampled_from(["企业名称", "统一社会信用代码", "营业收入（元）"])), max_size=8),
        max_size=8,
    )
)
def test_any_rows_have_headings_or_not(rows: list[list[Any]]):
    header = find_header([SheetRow(number, tuple(row)) for number, row in enumerate(rows, start=1)])
    assert header is None or header.columns
