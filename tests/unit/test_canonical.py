"""Canonical JSON: one byte form per value; everything else is refused with a code of the catalogue."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zgsz_desktop.engine import canonical
from zgsz_desktop.engine.errors import MalformedError

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
NUMBERS = st.integers(-(2**53), 2**53) | st.decimals(-(10**9), 10**9, places=9, allow_nan=False)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_decoding_gives_back_what_was_encoded(value):
    data = canonical.encode(value)
    assert canonical.decode(data) == value
    assert canonical.encode(canonical.decode(data)) == data


@given(VALUES)
def test_any_json_reader_reads_the_same(value):
    """The canonical form is what Python's own writer makes with sorted keys; only decimals differ in notation."""
    data = canonical.encode(value)
    again = json.loads(data, parse_float=Decimal)
    assert again == value
    if b"." not in data:
        assert json.dumps(again, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() == data


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":1,"a":1}',  # a key twice
        b'{"b":1,"a":1}',  # not sorted
        b'{"a": 1}',  # white space
        b"[1.0]",
        b"[0.10]",
        b"[-0]",
        b"[-0.0]",
        b"[1e5]",
        b"[9007199254740993]",
        b"[123456789012345678901234567890]",
        b"[NaN]",
        b'"\\u00e9"',  # an escape that is not needed
        b'"\\ud800"',  # half a surrogate
        b"\xff",
        b"",
        b"[1]x",
    ],
)
def test_what_is_not_canonical_is_refused(data):
    with pytest.raises(MalformedError) as caught:
        canonical.decode(data)
    assert caught.value.code == "record.not_canonical"


@pytest.mark.parametrize("data", [b"[" * 33 + b"]" * 33, b'{"a":' * 40 + b"1" + b"}" * 40, b"[" * 200_000])
def test_deep_nesting_is_refused_before_a_parser_sees_it(data):
    with pytest.raises(MalformedError) as caught:
        canonical.decode(data)
    assert caught.value.code == "record.too_deep"


@pytest.mark.parametrize("text", ["[" * 50, '"[' * 40, "\\", '\\"[{', "\\\\"])
def test_brackets_inside_text_are_not_nesting(text):
    value = {"note": text, "list": [text] * 40}
    assert canonical.decode(canonical.encode(value)) == value


def test_thirty_two_levels_are_allowed():
    data = b"[" * 32 + b"]" * 32
    assert canonical.encode(canonical.decode(data)) == data


def test_tiny_and_large_decimals_have_no_exponent():
    assert canonical.encode([1e-9, Decimal("1E+3"), Decimal("2.50")]) == b"[0.000000001,1000,2.5]"


@pytest.mark.parametrize("value", [2**53 + 1, float("nan"), float("inf"), Decimal("Infinity")])
def test_numbers_outside_the_form_are_not_written(value):
    with pytest.raises(ValueError):
        canonical.encode([value])


@given(st.binary(max_size=60))
def test_any_bytes_raise_only_catalogue_errors(data):
    try:
        canonical.decode(data)
    except MalformedError as error:
        assert error.message
