"""Scores of trees, levels, ladders, caps, counts, variants and grades, in tables that an author can check by hand."""

from decimal import Decimal
from typing import Any

import pytest

from support.indicator_strategies import bands, framework, leaf, node, options, question, set_body
from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.indicators.loader import from_body
from zgsz_desktop.engine.scoring.result import FrameworkResult, Result, score

LEVELS = {"0": 0, "1": 20, "2": 50, "3": 100}


def result(body: dict[str, Any], answers: dict[str, Any], profile: dict[str, Any] | None = None) -> Result:
    return score(from_body(body), profile or {}, {f"q.{name}": answer for name, answer in answers.items()})


def first(body: dict[str, Any], answers: dict[str, Any], profile: dict[str, Any] | None = None) -> FrameworkResult:
    return result(body, answers, profile).frameworks["f"]


def choose(**keys: str) -> dict[str, Any]:
    return {name: {"choice": list(key)} for name, key in keys.items()}


def three(**more: Any) -> dict[str, Any]:
    """a (weight 1) and the node n (weight 3) with b (1) and c (2); A 0, B 50, C 100."""
    questions = [question(f"q.{name}", allow_na=True) for name in "abc"]
    tree = [leaf("a", "q.a"), node("n", [leaf("n.b", "q.b"), leaf("n.c", "q.c", 2)], 3)]
    return set_body(questions, framework(tree, **more))


TREE = """
| a   | b   | c   | 总分         | n            | 已答/适用 |
| C   | C   | C   | 100          | 100          | 3/3       |
| A   | C   | A   | 25           | 33.333333333 | 3/3       |
| B   | B   | B   | 50           | 50           | 3/3       |
| B   |     | C   | 62.5         | 66.666666667 | 2/3       |
|     |     |     | 0            | 0            | 0/3       |
| na  | C   | A   | 33.333333333 | 33.333333333 | 2/2       |
| B   | na  | C   | 87.5         | 100          | 2/2       |
| B   | na  | na  | 50           | 无           | 1/1       |
| na  | na  | na  | 无           | 无           | 0/0       |
"""


def tree_rows() -> list[list[str]]:
    return [[cell.strip() for cell in line.strip()[1:-1].split("|")] for line in TREE.strip().splitlines()[1:]]


@pytest.mark.parametrize(("a", "b", "c", "total", "n", "tally"), tree_rows())
def test_weighted_means_leave_out_what_does_not_apply(a: str, b: str, c: str, total: str, n: str, tally: str):
    given = {name: key for name, key in zip("abc", (a, b, c), strict=True) if key}
    found = first(three(), {name: {"na": True} if key == "na" else {"choice": [key]} for name, key in given.items()})
    assert found.total == (None if total == "无" else Decimal(total))
    assert found.nodes["n"].score == (None if n == "无" else Decimal(n))
    assert f"{found.whole.answered}/{found.whole.applicable}" == tally


def test_everything_out_has_no_level_either():
    found = first(three(), {name: {"na": True} for name in "abc"})
    assert (found.total, found.level, found.level_name, found.why_not_higher) == (None, None, None, None)


@pytest.mark.parametrize(("answer", "score_"), [("0", 0), ("1", 20), ("1+", 35), ("2+", 75), ("3", 100)])
def test_a_partial_level_is_the_mean_with_the_next(answer: str, score_: int):
    body = set_body([question("q.a", "level", allow_partial=True)], framework([leaf("a", "q.a", level_scores=LEVELS)]))
    given = {"choice": [answer[0]]} | ({"partial": True} if answer.endswith("+") else {})
    assert first(body, {"a": given}).total == score_


def test_multi_adds_up_to_at_most_a_hundred():
    body = set_body([question("q.a", "multi")], framework([leaf("a", "q.a", scores={"A": 60, "B": 30, "C": 30})]))
    assert first(body, choose(a="AB")).total == 90
    assert first(body, choose(a="ABC")).total == 100


def test_no_float_artefact_moves_anyone_across_a_threshold():
    """0.1 × 3 and three thirds of 50 are exactly 50: reached; a billionth less is not, though it prints alike."""
    thirds = [leaf(f"n.{name}", f"q.{name}", Decimal("0.1"), scores={"A": 0, "B": 50, "C": 100}) for name in "abc"]
    body = set_body([question(f"q.{name}") for name in "abc"], framework([node("n", thirds, Decimal("0.3"))]))
    body["frameworks"][0]["levels"] = bands((1, 50))
    assert first(body, choose(a="B", b="B", c="B")).level == 1
    just_below = set_body([question("q.a"), question("q.b")], framework([leaf("a", "q.a"), leaf("b", "q.b", 10**11)]))
    just_below["frameworks"][0]["levels"] = bands((1, 50))
    found = first(just_below, choose(a="A", b="B"))
    assert (found.total, found.level) == (Decimal(50), 0)


def test_rounding_is_half_up_at_nine_decimals():
    body = set_body(
        [question("q.a"), question("q.b")], framework([leaf("a", "q.a", 1), leaf("b", "q.b", 2 * 10**10 - 1)])
    )
    assert first(body, choose(a="C", b="A")).total == Decimal("0.000000005")
    body["frameworks"][0]["tree"][1]["weight"] = 2 * 10**11 - 1
    assert first(body, choose(a="C", b="A")).total == Decimal("0.000000001")  # exactly half a unit


LADDER = """
| a  | b  | 总分 | 等级 |
| 0  | 0  | 0    | 0    |
| 1  | 0  | 0.6  | 0    |
| 1  | 0+ | 1    | 1    |
| 1  | 1  | 1    | 1    |
| 2  | 1+ | 2    | 2    |
| 3  | 2+ | 3    | 3    |
| 5  | 1  | 1.6  | 1    |
| 4+ | 5  | 4.7  | 4    |
| 5  | 5  | 5    | 5    |
"""


def ladder_rows() -> list[list[str]]:
    return [[cell.strip() for cell in line.strip()[1:-1].split("|")] for line in LADDER.strip().splitlines()[1:]]


def ladder_body() -> dict[str, Any]:
    """a weighs 6, b 4: a alone is 0.6 of a round, with half of b exactly the 0.8 that is enough."""
    questions = [question(f"q.{name}", "level", options=options("012345"), allow_partial=True) for name in "ab"]
    tree = [leaf("a", "q.a", 6, bare=True), leaf("b", "q.b", 4, bare=True)]
    rule = bands(
        (1, Decimal("0.9")), (2, Decimal("1.9")), (3, Decimal("2.9")), (4, Decimal("3.9")), (5, Decimal("4.9"))
    )
    return set_body(questions, framework(tree, scale=5, levels=rule | {"method": "ladder"}))


@pytest.mark.parametrize(("a", "b", "total", "level"), ladder_rows())
def test_the_ladder_climbs_while_a_round_reaches_four_fifths(a: str, b: str, total: str, level: str):
    given = {n: {"choice": [v[0]]} | ({"partial": True} if v[1:] else {}) for n, v in (("a", a), ("b", b))}
    found = first(ladder_body(), given)
    assert (found.total, found.level) == (Decimal(total), int(level))


def test_a_nodes_ladder_score_is_twenty_times_its_own_sum():
    found = first(ladder_body(), {"a": {"choice": ["3"], "partial": True}, "b": {"choice": ["5"]}})
    assert found.nodes["a"].score == 70
    assert found.nodes["b"].score == 100


def test_level_of_and_raise_lift_a_leaf():
    tree = [
        leaf(
            "a",
            "q.a",
            level_scores={str(k): 20 * k for k in range(6)},
            level_of={"A": 0, "B": 2, "C": 3},
            **{"raise": [{"if": {"answer": "q.b", "has": ["C"]}, "level": 5}, {"if": {"all": []}, "level": 1}]},
        )
    ]
    body = set_body([question("q.a"), question("q.b")], framework(tree, counts={"k": ["q.a"]}))
    assert first(body, choose(a="A")).total == 20
    assert first(body, choose(a="B")).total == 40
    found = first(body, choose(a="A", b="C"))
    assert (found.total, found.counts["k"]) == (100, (1, 1, 1, 1, 1))


def test_caps_hold_the_level_down_and_are_listed():
    cap = {"if": {"answer": "q.c", "has": ["A"]}, "max_level": 1, "reason": "没有备份"}
    body = three(levels=bands((1, 10), (2, 20)), caps=[cap])
    found = first(body, choose(a="C", b="C", c="A"))
    assert (found.total, found.level, found.caps) == (50, 1, ((1, "没有备份"),))
    assert found.why_not_higher is not None
    assert [item.kind for item in found.why_not_higher.unmet] == ["cap"]
    assert first(body, choose(a="C", b="C", c="B")).caps == ()


def test_conditions_are_tried_from_the_highest_down():
    items = [
        {"level": 1, "name": "一级", "if": {"score_gte": 20}},
        {"level": 2, "name": "二级", "if": {"all": [{"score_gte": 20}, {"node": "n", "score_gte": 100}]}},
        {"level": 3, "name": "三级", "if": {"any": []}},
    ]
    body = three(levels={"method": "conditions", "items": items, "zero_name": "没有"})
    assert first(body, choose(b="C", c="C")).level_name == "二级"
    found = first(body, choose(a="C", b="C"))
    assert found.level_name == "一级"
    assert found.why_not_higher is not None
    assert found.why_not_higher.unmet[0].text == "n 33.33 分，要求 100 分，还差 66.67 分"
    assert first(body, {}).level_name == "没有"


def test_what_is_there_is_rounded_down_and_what_lacks_is_rounded_up():
    body = set_body([question("q.a"), question("q.b")], framework([leaf("a", "q.a"), leaf("b", "q.b", 10**6)]))
    body["frameworks"][0]["levels"] = bands((1, 50))
    why = first(body, choose(a="A", b="B")).why_not_higher
    assert why is not None
    assert why.unmet[0].text == "总分 49.99 分，要求 50 分，还差 0.01 分"


def test_variants_choose_the_tree_by_the_profile():
    trees = {"process": [leaf("a", "q.a")], "discrete": [leaf("b", "q.b")]}
    questions = [question("q.a", required=False), question("q.b", required=False)]
    body = set_body(questions, framework(None, variants={"process_type": trees}))
    answers = choose(a="C", b="A")
    assert first(body, answers, {"process_type": "process"}).total == 100
    assert first(body, answers, {"process_type": "discrete"}).total == 0
    unknown = result(body, answers)
    assert (unknown.frameworks["f"].total, unknown.frameworks["f"].level) == (None, None)
    assert [notice.code for notice in unknown.warnings] == ["variant_missing"]


def test_partial_coverage_is_said_as_a_share_of_the_weight():
    questions = [question("q.a", allow_na=True), question("q.b")]
    tree = [leaf("a", "q.a", 3), leaf("b", "q.b", 1, coverage="partial")]
    body = set_body(questions, framework(tree))
    assert first(body, {}).whole.full_coverage == Decimal("0.75")
    assert first(body, {"a": {"na": True}}).whole.full_coverage == 0


def test_grades_and_the_way_to_the_next():
    grades = [{"grade": 1, "level": 1, "min": 10, "name": "规范级"}, {"grade": 2, "level": 1, "min": Decimal("33.34")}]
    body = three(grades=grades, primary=True)
    found = result(body, choose(b="C", c="A", a="A"))
    assert (found.grade, found.frameworks["f"].grade_name) == (1, "规范级")
    step = found.frameworks["f"].next_grade
    assert step is not None
    assert (step.grade, step.gap) == (2, Decimal("8.34"))
    assert result(body, {}).grade == 0


def test_entry_conditions_are_met_not_met_or_unknown():
    entry = [
        {"id": "staff", "if": {"profile": "employees", "gte": 20}, "text": "不少于 20 人"},
        {"id": "net", "if": {"answer": "q.a", "has": ["C"]}, "text": "有网"},
        {
            "id": "both",
            "if": {"all": [{"answer": "q.a", "has": ["C"]}, {"answer": "q.b", "has": ["C"]}]},
            "text": "都有",
        },
        {"id": "none", "if": {"not": {"answer": "q.b", "has": ["C"]}}, "text": "没有"},
    ]
    found = first(three(entry=entry), choose(a="A"), {"employees": 20}).to_json()["entry"]
    assert {item["id"]: item["met"] for item in found} == {
        "staff": "met",
        "net": "not_met",
        "both": "not_met",
        "none": "unknown",
    }


def test_what_does_not_apply_is_kept_and_not_scored():
    body = three()
    body["questions"][1]["applies_if"] = {"answer": "q.a", "has": ["C"]}
    assert first(body, choose(a="C", b="C", c="A")).total == 50
    assert first(body, choose(a="A", b="C", c="A")).total == 0
    assert first(body, choose(a="A", b="C", c="A")).nodes["n.b"].applicable == 0


def test_missing_lists_what_is_wanted_and_applies():
    body = three()
    body["questions"] += [question("q.d", required=False), question("q.e", "text"), question("q.f", required=False)]
    body["questions"][2]["applies_if"] = {"answer": "q.a", "has": ["C"]}
    found = result(body, choose(a="A"))
    assert (found.missing, found.complete) == (("q.b", "q.e"), False)
    assert result(body, choose(a="A", b="A") | {"e": {"text": "好"}}).complete


def test_unknown_questions_are_kept_with_a_warning():
    found = result(three(), choose(a="A", z="A"))
    assert found.to_json()["warnings"][0]["question"] == "q.z"


def test_inputs_of_one_id_are_one_quantity():
    shared = {
        "inputs": [{"id": "x", "name": "总数", "unit": "台"}, {"id": "y", "name": "部分", "unit": "台"}],
        "ratio": {"num": "y", "den": "x"},
        "bands": [{"key": "A", "max": 1}, {"key": "B"}],
    }
    body = set_body(
        [question("q.a", "ratio", **shared), question("q.b", "ratio", **shared)],
        framework([leaf("a", "q.a", scores={"A": 0, "B": 1})]),
    )
    answers = {"a": {"inputs": {"x": 5, "y": 2}}, "b": {"inputs": {"x": Decimal("5.0"), "y": 2}}}
    assert result(body, answers).complete
    answers["b"] = {"inputs": {"x": 6, "y": 2}}
    with pytest.raises(UserError, match="“总数”在两道题里填得不一样（5 和 6）") as caught:
        result(body, answers)
    assert caught.value.code == "answer.input_conflict"


@pytest.mark.parametrize(
    "profile",
    [
        {"employees": "many"},
        {"employees": -1},
        {"revenue": True},
        {"industry": 3216},
        {"process_type": "both"},
        {"above_scale": "yes"},
        {"systems": "ERP"},
        {"systems": [1]},
        {5: 1},
    ],
)
def test_a_wrong_profile_is_refused_by_field(profile: dict[Any, Any]):
    with pytest.raises(UserError) as caught:
        result(three(), {}, profile)
    assert caught.value.code == "answer.profile"
    assert str(next(iter(profile))) in caught.value.message


def test_unknown_profile_keys_and_empty_ones_are_kept():
    assert not result(three(), {}, {"mood": [1], "employees": None}).complete


def test_the_result_has_the_form_of_the_specification():
    found = result(three(primary=True, grades=[{"grade": 1, "level": 1, "min": 10}]), choose(a="C")).to_json()
    assert list(found) == ["set", "complete", "frameworks", "missing", "warnings"]
    assert set(found["set"]) == {"id", "version", "sha256"}
    wanted = {"total", "level", "level_name", "grade", "nodes", "counts", "caps", "entry", "why_not_higher"}
    assert wanted <= set(found["frameworks"]["f"])
    assert set(found["frameworks"]["f"]["nodes"]["n.b"]) == {"score", "answered", "applicable", "full_coverage"}
