"""GB 32100-2015 and GB 11714 as a clerk meets them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zgsz_desktop.engine.reference.credit_code import ALPHABET, check_credit_code, make_credit_code

VALID = ["91450100MA5K1A2BXU", "91450200198223313J", "91450981MAABC4D55H"]


def codes(text: str) -> list[str]:
    finding = check_credit_code(text)
    return [f.code for f in finding.errors + finding.warnings]


@pytest.mark.parametrize("code", VALID)
def test_valid_codes_have_no_finding(code: str):
    assert codes(code) == []
    assert check_credit_code(code).code == code


def test_wrong_check_character_is_named_with_the_right_one():
    (error,) = check_credit_code("91450100MA5K1A2BXW").errors
    assert error.code == "credit_code.check"
    assert "第 18 位校验码不对，应为 U" in error.message
    assert "营业执照" in error.remedy


def test_swapped_digits_are_an_error():
    assert codes("91450020198223313J") == ["credit_code.check"]


@pytest.mark.parametrize("letter", "IOSVZ")
def test_letters_that_the_standard_leaves_out_are_refused(letter: str):
    (error,) = check_credit_code(f"91450981M{letter}ABC4D55H").errors
    assert error.code == "credit_code.letter"
    assert error.message.startswith(f"第 10 位是字母 {letter}，")


def test_other_characters_are_refused_with_their_place():
    (error,) = check_credit_code("91450100MA5K1A2B-U").errors
    assert error.code == "credit_code.character"
    assert error.message.startswith("第 17 位“-”")


@pytest.mark.parametrize("text", ["", "450100000012345", "91450100MA5K1A2BXUU"])
def test_length_is_refused_with_the_length_found(text: str):
    assert codes(text) == ["credit_code.length"]
    assert f"现为 {len(text)} 位" in check_credit_code(text).errors[0].message


@pytest.mark.parametrize(
    "written",
    [
        "91450100ma5k1a2bxu",
        "９１４５０１００ＭＡ５Ｋ１Ａ２ＢＸＵ",
        " 9145 0100 MA5K 1A2B XU　",
        "\ufeff91450100MA5K1A2BXU\u200b",
    ],
)
def test_writing_habits_are_put_right(written: str):
    finding = check_credit_code(written)
    assert finding.ok
    assert finding.code == "91450100MA5K1A2BXU"


def test_wrong_organisation_part_is_only_a_warning():
    right = make_credit_code("450100", "MYABCDE1")
    first_17 = right[:16] + ("0" if right[16] != "0" else "1")
    finding = next(f for f in (check_credit_code(first_17 + c) for c in ALPHABET) if f.ok)
    assert [w.code for w in finding.warnings] == ["credit_code.organisation"]
    assert right[16] in finding.warnings[0].message


def test_division_outside_the_region_is_only_a_warning():
    finding = check_credit_code(make_credit_code("440100", "MYABCDE1"))
    assert finding.ok
    assert [w.code for w in finding.warnings] == ["credit_code.foreign_division"]


def test_an_abolished_division_of_the_region_is_no_finding():
    """450127 横县 is gone; its codes live on."""
    assert codes(make_credit_code("450127", "MYABCDE1")) == []


@given(st.sampled_from(["450103", "451481"]), st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=8, max_size=8))
def test_made_codes_are_valid(division: str, organisation: str):
    assert codes(make_credit_code(division, organisation)) == []


@given(st.sampled_from(VALID), st.integers(0, 17), st.sampled_from(ALPHABET))
def test_one_wrong_character_never_passes(code: str, place: int, character: str):
    wrong = code[:place] + character + code[place + 1 :]
    assert check_credit_code(wrong).ok == (wrong == code)


@given(st.text())
def test_any_text_gets_an_answer(text: str):
    finding = check_credit_code(text)
    assert all(f.message and f.remedy for f in finding.errors + finding.warnings)
