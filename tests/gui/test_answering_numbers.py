"""Numbers as people type them."""

from decimal import Decimal

import pytest

from zgsz_desktop.ui.pages.answering.numbers import read_number, write_grouped, write_number, write_percent


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("120", 120), (" 1,200 ", 1200), ("１２０", 120), ("1，200．5", Decimal("1200.5")), ("37.50", Decimal("37.50")),
        ("5.0", 5), ("", None), ("  ", None), ("-3", -3),
    ],
)  # fmt: skip
def test_what_people_type(text, number):
    assert read_number(text) == number


@pytest.mark.parametrize("text", ["12台", "一百", "1e5", "nan", "Infinity", "1.2.3", "9" * 16])
def test_what_is_no_number_is_said_in_chinese(text):
    with pytest.raises(ValueError, match="数字"):
        read_number(text)


def test_numbers_are_written_for_fields_and_for_reading():
    assert write_number(Decimal("1200.50")) == "1200.50"
    assert write_number(None) == ""
    assert write_number(129) == "129"
    assert write_grouped(1234567) == "1,234,567"
    assert write_percent(Decimal("58.05")) == "58.1%"
