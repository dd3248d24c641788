"""The arithmetic of divisions."""

import pytest

from zgsz_desktop.engine.model import Level, covers, is_division, level_of, parent_of


@pytest.mark.parametrize(
    ("code", "level", "parent"),
    [
        ("450000", Level.REGION, None),
        ("450100", Level.CITY, "450000"),
        ("450102", Level.COUNTY, "450100"),
        ("450981", Level.COUNTY, "450900"),
    ],
)
def test_level_and_parent(code, level, parent):
    assert level_of(code) is level
    assert parent_of(code) == parent


@pytest.mark.parametrize(
    ("scope", "division", "expected"),
    [
        ("450000", "450102", True),
        ("450000", "450000", True),
        ("450100", "450102", True),
        ("450100", "450202", False),
        ("450100", "450000", False),
        ("450102", "450102", True),
        ("450102", "450103", False),
        ("450102", "450100", False),
    ],
)
def test_a_scope_covers_itself_and_what_lies_below(scope, division, expected):
    assert covers(scope, division) is expected


@pytest.mark.parametrize("text", ["45010", "4501022", "440102", "45010a", "４５０１０２", ""])
def test_other_texts_are_no_divisions(text):
    assert not is_division(text)
