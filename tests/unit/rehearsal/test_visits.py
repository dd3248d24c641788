"""How a liaison of a rehearsal gets an assessment signed: contradictions put right, reasons given, a step lower."""

from decimal import Decimal

import pytest

from support.workspaces import FixedClock, full_answers
from zgsz_desktop.engine.indicators.shipped import shipped_sets
from zgsz_desktop.engine.rehearsal.clock import REGION_DAY, RehearsalClock
from zgsz_desktop.engine.rehearsal.visits import doubtful_question, neighbour, put_right, reasons_for
from zgsz_desktop.engine.scoring.result import score
from zgsz_desktop.paths import resources_folder

PROFILE = {"employees": 300, "revenue": Decimal(20000), "process_type": "discrete"}


@pytest.fixture(scope="module")
def indicator_set():
    return shipped_sets(resources_folder())["gx-zgsz", "0.1"]


def test_good_answers_stay_as_they_are(indicator_set):
    answers, completion = put_right(indicator_set, PROFILE, full_answers())
    assert answers == full_answers()
    assert not completion.errors


def test_a_contradiction_is_put_right_where_the_check_points(indicator_set):
    wrong = full_answers() | {"sme.q05": {"choice": ["A"]}, "sme.s01": {"choice": ["3"]}}
    answers, completion = put_right(indicator_set, PROFILE, wrong)
    assert not completion.errors
    assert {name for name in answers if answers[name] != wrong[name]} == {"sme.q05"}
    assert score(indicator_set, PROFILE, answers).complete


def test_every_warning_gets_a_reason_and_always_the_same(indicator_set):
    odd = full_answers() | {"sme.q05": {"choice": ["E"]}, "sme.s01": {"choice": ["0"]}}
    _, completion = put_right(indicator_set, PROFILE, odd)
    reasons = reasons_for(completion, "91450103MY0000001X")
    assert completion.warnings
    assert completion.without_reason(reasons) == ()
    assert reasons == reasons_for(completion, "91450103MY0000001X")


def test_the_question_that_is_doubted_is_one_of_options(indicator_set):
    question = doubtful_question(indicator_set, full_answers())
    assert full_answers()[question.id]["choice"]


@pytest.mark.parametrize(("given", "then"), [("2", "1"), ("0", "1")])
def test_a_neighbour_is_one_lower_or_above_the_lowest(indicator_set, given: str, then: str):
    answer = {"choice": [given], "partial": True, "note": "看过"}
    assert neighbour(indicator_set.question("sme.s01"), answer) == {"choice": [then], "note": "看过"}


def test_the_calendar_ends_today():
    real = FixedClock()
    clock = RehearsalClock(real)
    clock.set_day(REGION_DAY)
    assert (real.now() - clock.now()).days == 1
    clock.advance(90)
    assert f"{clock.now():%H:%M}" == "10:30"
    assert clock.date_of(REGION_DAY + 1) == "2024-07-01"
