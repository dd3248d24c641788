"""GB/T 4754-2017 as people write it."""

from collections import Counter

import pytest

from zgsz_desktop.engine.reference.industries import FILE, Industries
from zgsz_desktop.paths import resources_folder


def test_the_table_has_the_counts_of_the_standard():
    lines = (resources_folder() / "reference" / FILE).read_text("utf-8").splitlines()[1:]
    assert Counter(line.split(",")[-2] for line in lines) == {"门类": 3, "大类": 41, "中类": 207, "小类": 666}


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("3216", "3216"),
        ("C3216", "3216"),
        ("c3216", "3216"),
        ("３２１６", "3216"),
        ("3216 铝冶炼", "3216"),
        ("3216-铝冶炼", "3216"),
        ("铝冶炼", "3216"),
        ("0610", "0610"),
        ("610", "0610"),
        ("131", "131"),
        ("6", "06"),
        ("32", "32"),
        ("C", "C"),
        ("燃气生产和供应业", "451"),
        ("烟煤和无烟煤开采洗选", "0610"),
        ("6510", None),
        ("软件开发", None),
        ("", None),
    ],
)
def test_written_forms(industries: Industries, written: str, code: str | None):
    assert industries.find(written) == code


def test_path_goes_from_section_to_class(industries: Industries):
    assert [entry.code for entry in industries.path("3216")] == ["C", "32", "321", "3216"]
    assert industries.path("9999") == []


def test_a_name_for_every_code(industries: Industries):
    assert industries.name("3216") == "铝冶炼"
    assert industries.name("9999") == "9999"
    assert industries.get("9999") is None


def test_no_lost_zero_is_ambiguous(industries: Industries):
    """A code without its leading zero is never another code."""
    lines = (resources_folder() / "reference" / FILE).read_text("utf-8").splitlines()[1:]
    codes = {line.split(",")[0] for line in lines}
    assert not {code[1:] for code in codes if code.startswith("0")} & codes
