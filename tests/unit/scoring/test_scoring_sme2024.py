"""The shipped framework on examples, as the author of the method would check them."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from zgsz_desktop.engine.indicators.definition import IndicatorSet, Severity
from zgsz_desktop.engine.indicators.shipped import shipped_sets
from zgsz_desktop.engine.scoring.checks import firing_checks
from zgsz_desktop.engine.scoring.gain import gain_of
from zgsz_desktop.engine.scoring.improve import Goal, improvements
from zgsz_desktop.engine.scoring.result import Result, score
from zgsz_desktop.engine.scoring.strengths import sides
from zgsz_desktop.paths import resources_folder

FACTS = yaml.safe_load((Path(__file__).parents[2] / "data" / "sme2024_facts.yaml").read_text("utf-8"))
SCENES = sorted(FACTS["scenes"])
CONSTRAINED = [name for name in SCENES if FACTS["scenes"][name]["constrained"]]
FREE = [name for name in SCENES if name not in CONSTRAINED]
BEST = {
    name: [key for key, (weight, _) in fact["options"].items() if weight]
    if fact["type"] == "multi"
    else list(fact["options"])[-1:]
    for name, fact in FACTS["questions"].items()
}


@pytest.fixture(scope="module")
def shipped() -> IndicatorSet:
    return shipped_sets(resources_folder())["gx-zgsz", "0.1"]


def answers(*, scenes: dict[str, int] | None = None, **scored: str) -> dict[str, Any]:
    found = {f"sme.{name}": {"choice": list(keys)} for name, keys in scored.items()}
    return found | {f"sme.{name}": {"choice": [str(level)]} for name, level in (scenes or {}).items()}


def best(count: int = 15) -> dict[str, Any]:
    return {f"sme.{name}": {"choice": BEST[name]} for name in sorted(BEST)[:count]}


def at(level: int, constrained: int, others: int) -> dict[str, int]:
    return dict.fromkeys(CONSTRAINED[:constrained] + FREE[:others], level)


@pytest.mark.parametrize(
    ("name", "key", "points"),
    [
        (name, key, points)
        for name, fact in FACTS["questions"].items()
        for key, (_, points) in fact["options"].items()
        if not (name == "q01" and key == "E")  # E stands only beside B, C, D
    ],
)
def test_each_option_brings_the_points_of_the_reference(shipped: IndicatorSet, name: str, key: str, points: float):
    result = score(shipped, {}, {f"sme.{name}": {"choice": [key]}})
    assert result.frameworks["sme2024"].total == Decimal(str(points))


LEVELS = """
| 总分 | 场景级别 | 约束性 | 其他 | 等级   |
| 100  | 4        | 10     | 0    | 四级   |
| 100  | 4        | 6      | 4    | 四级   |
| 100  | 4        | 6      | 3    | 三级   |
| 100  | 3        | 5      | 3    | 三级   |
| 100  | 3        | 5      | 2    | 二级   |
| 100  | 3        | 4      | 6    | 二级   |
| 100  | 2        | 3      | 3    | 二级   |
| 100  | 1        | 3      | 3    | 一级   |
| 100  | 1        | 2      | 6    | 无等级 |
| 100  | 0        | 10     | 6    | 无等级 |
"""


def level_rows() -> list[tuple[int, int, int, str]]:
    cells = [[cell.strip() for cell in line.strip()[1:-1].split("|")] for line in LEVELS.strip().splitlines()[1:]]
    return [(int(level), int(c), int(o), name) for _, level, c, o, name in cells]


@pytest.mark.parametrize(("level", "constrained", "others", "name"), level_rows())
def test_the_level_follows_the_scenes(shipped: IndicatorSet, level: int, constrained: int, others: int, name: str):
    given = best() | answers(scenes=at(level, constrained, others))
    found = score(shipped, {}, given).frameworks["sme2024"]
    assert found.total == 100
    assert found.level_name == name


def test_the_score_alone_holds_a_level_down(shipped: IndicatorSet):
    found = score(shipped, {}, best(7) | answers(scenes=dict.fromkeys(SCENES, 4))).frameworks["sme2024"]
    assert (found.total, found.level) == (50, 2)
    assert found.why_not_higher is not None
    assert [item.text for item in found.why_not_higher.unmet] == ["总分 50 分，要求 60 分，还差 10 分"]


def test_the_highest_level_and_grade_can_be_reached(shipped: IndicatorSet):
    result = score(shipped, {}, best() | answers(scenes=dict.fromkeys(SCENES, 4)))
    found = result.frameworks["sme2024"]
    assert (found.level, found.grade, found.grade_name) == (4, 10, "生态级")
    assert (found.why_not_higher, found.next_grade) == (None, None)
    assert (result.complete, result.missing) == (True, ())


GRADES = """
| 总分    | 答案                                     | 档次 |
| 0       | answers(q05="A")                         | 0    |
| 8.75    | answers(q05="D", q06="B")                | 0    |
| 10.15    | answers(q05="D", q04="BC", q06="B") | 1 |
| 10      | answers(q05="E")                         | 1    |
| 11.25   | answers(q05="E", q06="B")                | 1    |
| 20      | answers(q05="E", q04="BCDEFGHIJKLMNO")   | 2    |
"""


def grade_rows() -> list[tuple[Decimal, Any, int]]:
    cells = [[cell.strip() for cell in line.strip()[1:-1].split("|")] for line in GRADES.strip().splitlines()[1:]]
    return [(Decimal(points), eval(given), int(grade)) for points, given, grade in cells]  # our own table


@pytest.mark.parametrize(("points", "given", "grade"), grade_rows())
def test_grades_begin_at_their_threshold(shipped: IndicatorSet, points: Decimal, given: dict[str, Any], grade: int):
    result = score(shipped, {}, given)
    assert (total(result), result.grade) == (points, grade)


def test_a_ratio_above_the_whole_is_refused_and_bands_include_their_edge(shipped: IndicatorSet):
    ten_percent = {"sme.q02": {"inputs": {"equip_total": 10, "equip_digital": 1}}}
    assert score(shipped, {}, ten_percent).frameworks["sme2024"].total == 0
    eleven_percent = {"sme.q02": {"inputs": {"equip_total": 100, "equip_digital": 11}}}
    assert score(shipped, {}, eleven_percent).frameworks["sme2024"].total == Decimal("1.5")


def test_energy_up_is_bad_and_pass_rate_up_is_good(shipped: IndicatorSet):
    up = {"sme.q12": {"inputs": {"energy_last": 11, "energy_prev": 10, "rev_last": 100, "rev_prev": 100}}}
    assert score(shipped, {}, up).frameworks["sme2024"].total == 0
    better = {"sme.q13": {"inputs": {"pass_rate_after": 99, "pass_rate_before": 98}}}
    assert score(shipped, {}, better).frameworks["sme2024"].total == 7


def test_scenes_that_do_not_apply_are_not_missing(shipped: IndicatorSet):
    given = best() | answers(scenes=dict.fromkeys(SCENES, 1)) | {"sme.s01": {"na": True, "reason": "来料加工"}}
    result = score(shipped, {}, given)
    assert result.complete
    assert result.frameworks["sme2024"].counts["scenes"][0] == 15


def whole(shipped: IndicatorSet) -> dict[str, Any]:
    scored = answers(q01="BC", q02="D", q03="B", q04="BGO", q05="C", q06="BC", q07="A", q08="D", q09="B", q10="BD")
    rest = answers(q11="A", q12="C", q13="C", q14="C", q15="B")
    return scored | rest | answers(scenes={name: index % 4 for index, name in enumerate(SCENES, 1)})


def total(result: Result) -> Decimal | None:
    return result.frameworks["sme2024"].total


def test_the_smallest_improvement_reaches_the_next_grade_and_one_answer_less_does_not(shipped: IndicatorSet):
    given = whole(shipped)
    found = improvements(shipped, {}, given)
    assert found is not None
    assert (found.goal, found.target, found.exact, found.reachable) == (Goal.GRADE, 5, True, True)
    assert len(found.changes) == 1
    improved = given | {f"{change.question}": {"choice": list(change.after)} for change in found.changes}
    result = score(shipped, {}, improved)
    assert (result.grade, total(result)) == (5, found.total_after)


def test_a_level_needs_points_and_scenes_and_the_bound_proves_it_minimal(shipped: IndicatorSet):
    given = whole(shipped)
    found = improvements(shipped, {}, given, goal=Goal.LEVEL)
    assert found is not None
    assert (found.target, found.exact, len(found.changes)) == (3, True, 6)  # 2 for the score, 4 scenes
    improved = given | {change.question: {"choice": list(change.after)} for change in found.changes}
    assert score(shipped, {}, improved).frameworks["sme2024"].level == 3
    assert [change.gain for change in found.changes] == sorted((c.gain for c in found.changes), reverse=True)


def test_from_nothing_the_gains_prove_the_set(shipped: IndicatorSet):
    found = improvements(shipped, {}, answers(q04="A", q05="A"))
    assert found is not None
    assert (found.target, found.exact, [change.gain for change in found.changes]) == (1, True, [Decimal(10)])
    assert found.changes[0].before_text == ("无",)


def test_at_the_top_there_is_nothing_to_improve(shipped: IndicatorSet):
    found = improvements(shipped, {}, best() | answers(scenes=dict.fromkeys(SCENES, 4)))
    assert found is not None
    assert (found.target, found.changes) == (None, ())


def test_what_does_not_apply_cannot_be_improved(shipped: IndicatorSet):
    given = best() | {f"sme.{name}": {"na": True} for name in SCENES}
    found = improvements(shipped, {}, given, goal=Goal.LEVEL)
    assert found is not None
    assert (found.target, found.reachable, found.changes) == (1, False, ())


def test_sides_are_ranked_by_points_and_name_the_answers(shipped: IndicatorSet):
    found = sides(shipped, {}, whole(shipped))
    assert [(side.title, side.got) for side in found.strong[:2]] == [("绿色低碳", 7), ("产品质量", 7)]
    worst = found.weak[0]
    assert (worst.title, worst.got, worst.possible) == ("数据采集", Decimal("2.3"), 10)
    assert worst.chosen == ("产品设计", "生产管控", "人力资源")
    assert "质量管理" in worst.lacking
    gaps = [side.possible - side.got for side in found.weak]
    assert gaps == sorted(gaps, reverse=True)
    assert sum(side.possible for side in found.strong + found.weak) == 100
    assert [side.level for side in found.levels] == sorted(side.level for side in found.levels)


def test_sides_say_what_the_numbers_come_to(shipped: IndicatorSet):
    found = sides(shipped, {}, {"sme.q02": {"inputs": {"equip_total": 150, "equip_digital": 87}}})
    assert found.strong[0].chosen == ("87 / 150，58.0%", "40–60%")


def test_the_gain_of_an_answer_is_what_would_be_lost_without_it(shipped: IndicatorSet):
    assert gain_of(shipped, {}, whole(shipped), "sme.q09") == Decimal("1.875")
    assert gain_of(shipped, {}, whole(shipped), "sme.s01") == 0
    assert gain_of(shipped, {}, {}, "sme.q09") == 0


CHECKS = """
| 编号                          | 答案                                                       |
| sme.no-system-level3          | answers(q05="A", scenes={"s06": 3})                        |
| sme.no-system-level2          | answers(q05="A", scenes={"s11": 2})                        |
| sme.all-systems-scene0        | answers(q05="E", scenes={"s14": 0})                        |
| sme.online-over-digital       | {"sme.q02": {"inputs": {"equip_total": 9, "equip_digital": 3}}, "sme.q03": {"inputs": {"equip_total": 9, "equip_online": 4}}} |
| sme.online-band-over-digital  | answers(q02="A", q03="E")                                  |
| sme.collect-s06-level0        | answers(q04="G", scenes={"s06": 0})                        |
| sme.s08-level3-no-collect     | answers(q04="B", scenes={"s08": 3})                        |
| sme.s06-level3-offline        | answers(q03="A", scenes={"s06": 4})                        |
| sme.network-unguarded         | answers(q01="C", q06="A", q07="A")                         |
| sme.invest-high               | answers(q11="C")                                           |
| sme.no-plan-with-rules        | answers(q08="A", q09="B")                                  |
| sme.cost-over-revenue         | {"sme.q15": {"inputs": {"cost_last": 2, "rev_last": 1, "cost_prev": 1, "rev_prev": 1}}} |
| sme.pass-rate-low             | {"sme.q13": {"inputs": {"pass_rate_after": 1, "pass_rate_before": 98}}} |
| sme.headcount-low             | {"sme.q14": {"inputs": {"staff_last": 4, "rev_last": 1, "staff_prev": 9, "rev_prev": 1}}} |
"""


def check_rows() -> list[tuple[str, Any]]:
    cells = [[cell.strip() for cell in line.strip()[1:-1].split("|")] for line in CHECKS.strip().splitlines()[1:]]
    return [(name, eval(given)) for name, given in cells]  # our own table


@pytest.mark.parametrize(("name", "given"), check_rows())
def test_a_contradiction_fires_its_check(shipped: IndicatorSet, name: str, given: dict[str, Any]):
    assert name in {check.id for check in firing_checks(shipped, {}, given)}


def test_claims_of_the_profile_are_checked_against_the_scenes(shipped: IndicatorSet):
    given = answers(scenes={"s06": 1, "s11": 1, "s12": 0, "s13": 1})
    fired = {check.id for check in firing_checks(shipped, {"systems": ["ERP", "MES"]}, given)}
    assert {"sme.erp-claim", "sme.mes-claim"} <= fired
    assert not {"sme.erp-claim", "sme.mes-claim"} & {check.id for check in firing_checks(shipped, {}, given)}


def test_nothing_fires_on_what_is_not_answered(shipped: IndicatorSet):
    assert firing_checks(shipped, {"systems": ["ERP", "MES"]}, {}) == ()


def test_errors_come_first_and_change_no_score(shipped: IndicatorSet):
    given = answers(q05="A", q11="C", scenes={"s06": 3})
    fired = firing_checks(shipped, {}, given)
    assert fired[0].severity is Severity.ERROR
    assert fired[0].id == "sme.no-system-level3"
    assert len(fired) > 1
    assert total(score(shipped, {}, given)) == Decimal("3.75")
