"""What a merge recomputes is what the engine scores: the short way equals the long way, on random sets and answers."""

from functools import cache
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.forge import shipped, submission_body
from support.indicator_strategies import World, worlds
from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.indicators.loader import from_body
from zgsz_desktop.engine.rescoring import score_of
from zgsz_desktop.engine.scoring.judge import Judge
from zgsz_desktop.engine.scoring.result import score

calm = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def assert_equal(judge: Judge, world: World, answers: dict[str, Any]) -> None:
    expected = score(from_body(world.body), world.profile, answers)
    found = judge.judge(world.profile, answers)
    assert found.complete == expected.complete
    assert {name: (one.total, one.level, one.grade) for name, one in found.frameworks.items()} == {
        name: (one.total, one.level, one.grade) for name, one in expected.frameworks.items()
    }
    if expected.primary is None:
        assert found.primary is None
    else:
        assert found.primary == found.frameworks[expected.primary]


@calm
@given(world=worlds(), drop=st.data())
def test_the_short_way_equals_the_long_way(world: World, drop: st.DataObject):
    judge = Judge(from_body(world.body))
    assert_equal(judge, world, world.answers)
    # A second enterprise that answered less, judged by the same judge: what was remembered must not leak.
    kept = drop.draw(st.sets(st.sampled_from(sorted(world.answers)))) if world.answers else set()
    assert_equal(judge, world, {name: answer for name, answer in world.answers.items() if name in kept})
    assert_equal(judge, world, world.answers)


@calm
@given(world=worlds(), name=st.text(max_size=5))
def test_both_ways_refuse_the_same(world: World, name: str):
    judge = Judge(from_body(world.body))
    for question in world.answers:
        answers = world.answers | {question: {"choice": [name]}}
        try:
            score(from_body(world.body), world.profile, answers)
        except UserError as error:
            expected: str | None = error.code
        else:
            expected = None
        try:
            judge.judge(world.profile, answers)
        except UserError as error:
            assert error.code == expected
        else:
            assert expected is None


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text(max_size=4)
    | st.decimals(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
answer_like = st.dictionaries(
    st.sampled_from(["choice", "inputs", "na", "partial", "text", "note"]), anything, max_size=3
)


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_whatever_a_record_says_its_score_raises_nothing(data: st.DataObject):
    questions = [question.id for question in shipped().questions]
    keys = ["employees", "revenue", "industry", "process_type", "certificates", "systems", "size", "x"]
    body = submission_body(3) | {
        "profile": data.draw(st.dictionaries(st.sampled_from(keys), anything, max_size=4)),
        "answers": data.draw(st.dictionaries(st.sampled_from([*questions, "x"]), answer_like, max_size=4)),
        "result": {
            "frameworks": data.draw(
                st.dictionaries(
                    st.sampled_from(["sme2024", "x"]),
                    st.dictionaries(st.sampled_from(["total", "level", "grade"]), anything, max_size=3),
                    max_size=2,
                )
            )
        },
    }
    found = score_of(body, shipped_judge())
    assert found.flags in {"", "score_mismatch"}
    assert (found.total is None) <= (found.grade is None)


@cache
def shipped_judge() -> Judge:
    return Judge(shipped())
