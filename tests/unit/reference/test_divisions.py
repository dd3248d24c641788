"""What people write in the county column, and what it means."""

from collections import Counter

import pytest

from zgsz_desktop.engine.model import Level, level_of, parent_of
from zgsz_desktop.engine.reference.divisions import Divisions


def test_the_table_is_complete(divisions: Divisions):
    assert len(divisions.children("450000")) == 14
    assert len(divisions.counties("450000")) == 111
    assert len(divisions.counties("450100")) == 12
    assert divisions.counties("450103") == ["450103"]
    assert divisions.counties("440100") == []


def test_digits_and_table_agree(divisions: Divisions):
    for code in ["450000", *divisions.children("450000"), *divisions.counties("450000")]:
        division = divisions.get(code)
        assert division is not None
        assert (division.level, division.parent) == (level_of(code), parent_of(code))
    assert level_of("450103") is Level.COUNTY


def test_county_names_are_unique(divisions: Divisions):
    names = Counter(divisions.name(code) for code in divisions.counties("450000"))
    assert max(names.values()) == 1


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("450103", "450103"),
        ("４５０１０３", "450103"),
        ("450103001000", "450103"),
        ("青秀区", "450103"),
        ("南宁市青秀区", "450103"),
        ("南宁青秀", "450103"),
        ("广西壮族自治区南宁市青秀区", "450103"),
        (" 青秀区　", "450103"),
        ("融水县", "450225"),
        ("融水苗族自治县", "450225"),
        ("罗城", "451225"),
        ("龙胜县", "450328"),
        ("防城", "450603"),
        ("防城港", "450600"),
        ("藤县", "450422"),
        ("广西", None),
        ("藤", None),
        ("高新区", None),
        ("440103", None),
        ("", None),
    ],
)
def test_written_forms(divisions: Divisions, written: str, code: str | None):
    assert divisions.find(written) == code


def test_every_name_finds_itself(divisions: Divisions):
    for code in ["450000", *divisions.children("450000"), *divisions.counties("450000")]:
        assert divisions.find(divisions.name(code)) == code
        assert divisions.find(divisions.full_name(code)) == code


def test_names(divisions: Divisions):
    assert divisions.full_name("450103") == "南宁市青秀区"
    assert divisions.full_name("450100") == "南宁市"
    assert divisions.full_name("450000") == "广西壮族自治区"
    assert divisions.name("999999") == divisions.full_name("999999") == "999999"
