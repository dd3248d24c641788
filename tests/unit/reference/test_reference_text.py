"""Stray characters are no mistakes of the clerk."""

from zgsz_desktop.engine.reference.text import compact, tidy


def test_tidy_keeps_what_people_see():
    assert tidy("　广西（模拟）\t甲\n乙 \u200b公司\x00 ") == "广西（模拟） 甲 乙 公司"


def test_compact_folds_and_joins():
    assert compact(" 营业收入（万元）\n １２ ") == "营业收入(万元)12"


def test_rare_characters_of_names_stay():
    """Old fonts put them into the private use area; Unicode assigns new ones after this Python was made."""
    rare = "甲\ue864乙\U00031350糖业"
    assert tidy(rare) == compact(rare) == rare
