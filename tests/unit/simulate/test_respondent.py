"""Simulated answers are valid, agree with each other, and correlate as real ones do."""

from collections import Counter, defaultdict
from decimal import Decimal
from random import Random
from statistics import correlation, mean

import pytest

from zgsz_desktop.engine import canonical
from zgsz_desktop.engine.indicators.definition import IndicatorSet, QuestionType
from zgsz_desktop.engine.indicators.loader import from_body
from zgsz_desktop.engine.scoring.answers import check_answer
from zgsz_desktop.engine.scoring.result import score
from zgsz_desktop.engine.simulate.quantities import Quantities
from zgsz_desktop.engine.simulate.region import Region
from zgsz_desktop.engine.simulate.respondent import Questionnaire, Respondent


@pytest.fixture(scope="module")
def results(region: Region, indicator_set: IndicatorSet) -> list[tuple[float, dict]]:
    """Maturity and result of each first assessment."""
    return [
        (e.maturity, score(indicator_set, e.profile, e.assessments[0].answers).to_json())
        for e in region.enterprises
        if e.assessments
    ]


def assessments(region: Region):
    return [assessment for enterprise in region.enterprises for assessment in enterprise.assessments]


def test_every_answer_is_valid_and_canonical(region, indicator_set):
    for assessment in assessments(region):
        for question, answer in assessment.answers.items():
            check_answer(indicator_set.question(question), answer)
        canonical.encode(assessment.answers)


def test_every_assessment_is_complete_and_without_a_warning(results):
    assert all(result["complete"] for _, result in results)
    assert {str(result["warnings"]) for _, result in results} == {"[]"}


def test_one_input_has_one_value_in_all_questions(region):
    for assessment in assessments(region):
        values = defaultdict(set)
        for answer in assessment.answers.values():
            for name, value in answer.get("inputs", {}).items():
                values[name].add(value)
        assert all(len(seen) == 1 for seen in values.values())


def test_grades_are_spread_as_in_the_field(results):
    """Most at 0 to 4, a tail above, and enough at three and more for the on-site diagnosis."""
    grades = Counter(result["frameworks"]["sme2024"]["grade"] for _, result in results)
    total = sum(grades.values())
    assert sum(count for grade, count in grades.items() if 1 <= grade <= 4) > 0.6 * total
    assert sum(count for grade, count in grades.items() if grade >= 3) >= 0.1 * total
    assert max(grades) >= 6
    assert max(grades.values()) < 0.5 * total


def test_scores_follow_maturity(results):
    totals = [float(result["frameworks"]["sme2024"]["total"]) for _, result in results]
    assert correlation([maturity for maturity, _ in results], totals) > 0.75


def test_larger_enterprises_are_further(region, indicator_set):
    totals = defaultdict(list)
    for e in region.enterprises:
        if e.assessments:
            result = score(indicator_set, e.profile, e.assessments[0].answers).to_json()
            totals[e.profile["size"]].append(float(result["frameworks"]["sme2024"]["total"]))
    assert mean(totals["小型"]) < mean(totals["中型"]) < mean(totals["大型"])


def test_some_answers_carry_notes_and_doubts(region):
    answers = [answer for assessment in assessments(region) for answer in assessment.answers.values()]
    assert 0.03 < mean("note" in answer for answer in answers) < 0.1
    assert 0.01 < mean(answer.get("doubtful", False) for answer in answers) < 0.06
    assert {answer["basis"] for answer in answers if "na" not in answer} == {"reported", "checked"}


def test_numbers_are_given_by_most_and_options_by_some(region, indicator_set):
    numeric = [q.id for q in indicator_set.questions if q.type in (QuestionType.RATIO, QuestionType.COMPARE)]
    given = [assessment.answers[question] for assessment in assessments(region) for question in numeric]
    assert 0.4 < mean("inputs" in answer for answer in given) < 0.95


SOURCE = {"framework": "x", "item": "1", "provenance": "assumption"}


def question(number: int, kind: str, **extra: object) -> dict[str, object]:
    return {"id": f"x.q{number}", "section": "s", "type": kind, "text": "?", "source": SOURCE, **extra}


def options(*keys: str) -> list[dict[str, object]]:
    return [{"key": key, "text": key} for key in keys]


@pytest.fixture(scope="module")
def odd_set() -> IndicatorSet:
    """The types and rules that the first shipped set has no question for."""
    whole = [{"id": "a", "name": "a", "unit": "台", "min": 1}, {"id": "b", "name": "b", "unit": "台", "min": 0}]
    rates = [{"id": f"r{n}", "name": f"r{n}", "unit": "%", "min": 0, "max": 100} for n in (1, 2)]
    bands = [{"key": "A", "max": 10}, {"key": "B", "max": 50}, {"key": "C"}]
    questions = [
        question(1, "number", unit="天", min=0, max=90, bands=bands),
        question(2, "number", unit="天", min=2, bands=bands),
        question(3, "text", required=False),
        question(4, "level", options=options(*"012345"), allow_partial=True, allow_na=True),
        question(5, "multi", options=[*options("A", "B"), {"key": "C", "text": "C", "requires": ["A", "B"]}]),
        question(6, "ratio", inputs=whole, ratio={"num": "b", "den": "a", "times": 100}, max=100, bands=bands),
        question(
            7,
            "compare",
            inputs=rates,
            now={"num": "r1"},
            before={"num": "r2"},
            flat_within=Decimal("0.01"),
            keys={"up": "C", "flat": "B", "down": "A"},
            options=options(*"ABC"),
        ),
        question(8, "ratio", inputs=whole, ratio={"num": "a", "den": "b", "times": 1}, max=2, bands=bands),
    ]
    leaf = {
        "id": "l",
        "title": "l",
        "weight": 1,
        "question": "x.q5",
        "coverage": "full",
        "scores": {"A": 50, "B": 30, "C": 20},
    }
    return from_body(
        {
            "id": "odd",
            "version": "1.0",
            "title": "odd",
            "status": "derived",
            "effective": "2024-01-01",
            "sections": [{"id": "s", "title": "s"}],
            "questions": questions,
            "frameworks": [
                {
                    "id": "f",
                    "title": "f",
                    "scale": 100,
                    "primary": True,
                    "tree": [leaf],
                    "levels": {"method": "bands", "items": [{"level": 1, "name": "一", "min": 0}]},
                    "provenance": {"tree": "assumption"},
                }
            ],
            "checks": [],
            "measures": [],
            "onsite": [],
        }
    )


@pytest.mark.parametrize("maturity", [-0.5, 0.0, 0.3, 0.7, 1.0, 1.5])
def test_questions_of_all_types_get_valid_answers(odd_set, maturity: float):
    questionnaire = Questionnaire.of(odd_set)
    seen = set()
    for seed in range(60):
        respondent = Respondent("韦一", maturity, Quantities(200, 5000, 0.1), Random(seed))
        answers = respondent.answers(questionnaire)
        for answered, answer in answers.items():
            check_answer(odd_set.question(answered), answer)
            seen.add(answered)
        for answered, answer in respondent.revised(questionnaire, answers, 3).items():
            check_answer(odd_set.question(answered), answer)
    assert len(seen) == len(odd_set.questions)


def test_what_does_not_apply_has_a_reason(odd_set):
    questionnaire = Questionnaire.of(odd_set)
    given = [
        Respondent("韦一", 0.5, Quantities(200, 5000, 0.1), Random(seed)).answers(questionnaire)["x.q4"]
        for seed in range(200)
    ]
    absent = [answer for answer in given if answer.get("na")]
    assert absent
    assert all(answer["reason"] for answer in absent)
