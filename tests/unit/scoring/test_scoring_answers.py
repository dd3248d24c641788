"""One answer: what is accepted, what is refused and with which field's name, what its numbers come to."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from support.indicator_strategies import framework, leaf, options, question, set_body
from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.indicators.definition import Question
from zgsz_desktop.engine.indicators.loader import from_body
from zgsz_desktop.engine.scoring.answers import check_answer, read_answer
from zgsz_desktop.engine.scoring.computed import NextBand
from zgsz_desktop.engine.scoring.result import score

EQUIPMENT = {
    "inputs": [
        {"id": "digital", "name": "数字化台数", "unit": "台", "min": 0, "integer": True},
        {"id": "all", "name": "总台数", "unit": "台", "min": 0, "integer": True},
    ],
    "ratio": {"num": "digital", "den": "all", "times": 100},
    "max": 100,
    "bands": [{"key": "A", "max": 10}, {"key": "B", "max": 60}, {"key": "C"}],
}
COSTS = {
    "inputs": [{"id": name, "name": name, "unit": "万元"} for name in ("c1", "r1", "c0", "r0")],
    "now": {"num": "c1", "den": "r1"},
    "before": {"num": "c0", "den": "r0"},
    "flat_within": Decimal("0.02"),
    "keys": {"up": "A", "flat": "B", "down": "C"},
    "options": options("ABC"),
}
QUESTIONS = [
    question("q.single", title="单选题", allow_na=True),
    question(
        "q.multi",
        "multi",
        options=[
            {"key": "A", "text": "无", "exclusive": True},
            *options("BC"),
            {"key": "D", "text": "丁", "requires": ["B", "C"]},
        ],
    ),
    question("q.level", "level", allow_partial=True),
    question("q.plain", "level"),
    question("q.ratio", "ratio", **EQUIPMENT),
    question("q.compare", "compare", **COSTS),
    question("q.number", "number", unit="吨", min=0, max=50, bands=[{"key": "A", "max": 5}, {"key": "B"}]),
    question("q.text", "text"),
]
SET = from_body(set_body(QUESTIONS, framework([leaf("a", "q.single")])))


def the(name: str) -> Question:
    found = SET.question(f"q.{name}")
    assert found is not None
    return found


REFUSED = """
| 题      | 答案                                                | 错误码                    | 字段           |
| single  | {"choice": ["Z"]}                                   | answer.unknown_option     | choice         |
| single  | {"choice": ["A", "B"]}                              | answer.one_choice         | choice         |
| single  | {"choice": "A"}                                     | answer.form               | choice         |
| single  | {"choice": [1]}                                     | answer.form               | choice         |
| single  | {"choice": None}                                    | answer.form               | choice         |
| single  | {"choice": ["A"], "partial": True}                  | answer.partial            | partial        |
| single  | {"na": "yes"}                                       | answer.form               | 不适用         |
| single  | {"na": True, "reason": 5}                           | answer.form               | reason         |
| single  | {"choice": ["A"], "note": 5}                        | answer.form               | note           |
| single  | {"choice": ["A"], "note": "长" * 5001}              | answer.form               | note           |
| single  | {"choice": ["A"], "doubtful": 1}                    | answer.form               | 存疑           |
| single  | {"choice": ["A"], "basis": "guess"}                 | answer.form               | basis          |
| single  | {"choice": ["A"], "attachments": {}}                | answer.form               | 附件           |
| single  | ["A"]                                               | answer.form               | 答案           |
| single  | None                                                | answer.form               | 答案           |
| multi   | {"na": True}                                        | answer.na_not_allowed     | na             |
| multi   | {"choice": ["A", "B"]}                              | answer.exclusive          | choice         |
| multi   | {"choice": ["D", "B"]}                              | answer.requires           | choice         |
| multi   | {"choice": ["D"]}                                   | answer.requires           | choice         |
| multi   | {"choice": ["B", "B"]}                              | answer.form               | choice         |
| level   | {"choice": ["3"], "partial": True}                  | answer.partial            | partial        |
| level   | {"choice": ["2"], "partial": 1}                     | answer.form               | partial        |
| level   | {"choice": ["4"]}                                   | answer.unknown_option     | choice         |
| plain   | {"choice": ["1"], "partial": True}                  | answer.partial            | partial        |
| ratio   | {"inputs": {"all": 0}}                              | answer.zero_denominator   | inputs.all     |
| ratio   | {"inputs": {"all": 0, "digital": 3}}                | answer.zero_denominator   | inputs.all     |
| ratio   | {"inputs": {"all": 10, "digital": 11}}              | answer.ratio_above_max    | inputs.digital |
| ratio   | {"inputs": {"all": 10, "digital": -1}}              | answer.number_range       | inputs.digital |
| ratio   | {"inputs": {"all": Decimal("1.5")}}                 | answer.number_whole       | inputs.all     |
| ratio   | {"inputs": {"all": "10"}}                           | answer.number_form        | inputs.all     |
| ratio   | {"inputs": {"all": True}}                           | answer.number_form        | inputs.all     |
| ratio   | {"inputs": {"all": 10**15}}                         | answer.number_form        | inputs.all     |
| ratio   | {"inputs": {"all": float("nan")}}                   | answer.number_form        | inputs.all     |
| ratio   | {"inputs": {"all": Decimal("1e999")}}               | answer.number_form        | inputs.all     |
| ratio   | {"inputs": {"machines": 1}}                         | answer.unknown_input      | inputs         |
| ratio   | {"inputs": [1, 2]}                                  | answer.form               | inputs         |
| ratio   | {"inputs": {"all": 4}, "partial": True}             | answer.partial            | partial        |
| compare | {"inputs": {"c1": 1, "r1": 0, "c0": 1, "r0": 1}}    | answer.zero_denominator   | inputs.r1      |
| number  | {"inputs": {"value": 51}}                           | answer.number_range       | inputs.value   |
| number  | {"inputs": {"value": Decimal("0.0000000001")}}      | answer.number_form        | inputs.value   |
| text    | {"text": 7}                                         | answer.form               | text           |
"""

MEANS = """
| 题      | 答案                                                | 选项  |
| single  | {"choice": ["B"]}                                   | B     |
| single  | {"choice": []}                                      |       |
| single  | {}                                                  |       |
| multi   | {"choice": ["D", "C", "B"]}                         | B C D |
| ratio   | {"inputs": {"all": 10, "digital": 1}}               | A     |
| ratio   | {"inputs": {"all": 100000, "digital": 10001}}       | B     |
| ratio   | {"inputs": {"all": 5, "digital": 3}}                | B     |
| ratio   | {"inputs": {"all": 5, "digital": 5}}                | C     |
| ratio   | {"inputs": {"all": 5, "digital": 0}}                | A     |
| ratio   | {"inputs": {"all": 5}}                              |       |
| ratio   | {"inputs": {"all": 5, "digital": None}}             |       |
| ratio   | {"inputs": {"all": 5}, "choice": ["C"]}             | C     |
| ratio   | {"choice": ["B"]}                                   | B     |
| compare | {"inputs": {"c1": 102, "r1": 100, "c0": 100, "r0": 100}} | B |
| compare | {"inputs": {"c1": Decimal("102.001"), "r1": 100, "c0": 100, "r0": 100}} | A |
| compare | {"inputs": {"c1": 98, "r1": 100, "c0": 100, "r0": 100}} | B  |
| compare | {"inputs": {"c1": Decimal("97.999"), "r1": 100, "c0": 100, "r0": 100}} | C |
| compare | {"inputs": {"c1": 1, "r1": 3, "c0": 2, "r0": 6}}    | B     |
| compare | {"inputs": {"c1": 0, "r1": 3, "c0": 0, "r0": 6}}    | B     |
| number  | {"inputs": {"value": 5}}                            | A     |
| number  | {"inputs": {"value": Decimal("5.000000001")}}       | B     |
| number  | {"inputs": {"value": 5.1}}                          | B     |
"""


def rows(table: str) -> list[tuple[Any, ...]]:
    lines = [[cell.strip() for cell in line.strip()[2:-1].split(" | ")] for line in table.strip().splitlines()[1:]]
    return [(name, eval(raw), *rest) for name, raw, *rest in lines]  # our own table


@pytest.mark.parametrize(("name", "raw", "code", "field"), rows(REFUSED))
def test_refused_with_the_fields_name(name: str, raw: Any, code: str, field: str):
    with pytest.raises(UserError) as caught:
        check_answer(the(name), raw)
    assert (caught.value.code, caught.value.context["field"]) == (code, field)
    assert caught.value.context["question"] == f"q.{name}"
    assert str(caught.value)


@pytest.mark.parametrize(("name", "raw", "keys"), rows(MEANS))
def test_the_option_that_counts(name: str, raw: Any, keys: str):
    reading = read_answer(the(name), raw)
    assert reading.keys == tuple(keys.split())
    assert reading.answered is bool(keys)


def test_codes_that_people_see_are_all_asserted():
    assert {row[2] for row in rows(REFUSED)} == {
        "answer.exclusive",
        "answer.form",
        "answer.na_not_allowed",
        "answer.number_form",
        "answer.number_range",
        "answer.number_whole",
        "answer.one_choice",
        "answer.partial",
        "answer.ratio_above_max",
        "answer.requires",
        "answer.unknown_input",
        "answer.unknown_option",
        "answer.zero_denominator",
    }


def test_a_ratio_says_value_band_and_the_way_to_the_next():
    computed = read_answer(the("ratio"), {"inputs": {"all": 150, "digital": 87}}).computed
    assert computed is not None
    assert Fraction(*computed.value) == 58
    assert (computed.key, computed.shown) == ("B", Decimal(58))
    assert computed.next_band == NextBand("C", 4)  # 91 of 150 is the first above 60 %


def test_a_comparison_says_both_sides():
    computed = read_answer(the("compare"), {"inputs": {"c1": 1, "r1": 3, "c0": 1, "r0": 2}}).computed
    assert computed is not None
    assert (computed.shown, computed.shown_before) == (Decimal("0.333333333"), Decimal("0.5"))


def test_the_numbers_overrule_a_choice_and_say_so():
    result = score(SET, {}, {"q.ratio": {"inputs": {"all": 10, "digital": 1}, "choice": ["C"]}})
    assert [(notice.code, notice.question) for notice in result.warnings] == [("choice_overruled", "q.ratio")]


def test_not_applicable_is_an_answer():
    reading = read_answer(the("single"), {"na": True, "reason": "没有"})
    assert reading.not_applicable
    assert reading.answered


def test_unknown_fields_are_kept_with_a_warning():
    result = score(SET, {}, {"q.single": {"choice": ["A"], "mood": "good"}})
    assert [notice.to_json()["code"] for notice in result.warnings] == ["unknown_field"]
