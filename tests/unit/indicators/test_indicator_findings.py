"""Every mistake of an author is found, with its place, and all of them at once.

The table is for the authors of indicator sets: what was changed in a good set, and what the program says.
"""

from copy import deepcopy
from typing import Any

import pytest

from support.indicator_strategies import framework, leaf, node, question, set_body
from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.indicators.loader import from_body

RATIO = {
    "inputs": [{"id": "a", "name": "甲", "unit": "台"}, {"id": "b", "name": "乙", "unit": "台"}],
    "ratio": {"num": "a", "den": "b", "times": 100},
    "bands": [{"key": "A", "max": 10}, {"key": "B", "max": 20}, {"key": "C"}],
}


def good() -> dict[str, Any]:
    questions = [
        question("q.a"),
        question("q.b", "multi"),
        question("q.c", "level"),
        question("q.d", "ratio", **deepcopy(RATIO)),
    ]
    tree = [node("x", [leaf("x.a", "q.a"), leaf("x.b", "q.b")]), leaf("d", "q.d", 2)]
    return set_body(questions, framework(tree, counts={"levels": ["q.c"]}))


def findings(body: Any) -> str:
    with pytest.raises(UserError) as caught:
        from_body(body)
    assert caught.value.code == "indicators.invalid"
    assert caught.value.context["count"] == len(caught.value.context["findings"])
    return "\n".join(str(finding) for finding in caught.value.context["findings"])


CASES = """
| 位置                                  | 改成                                              | 应说                              |
| version                               | 1.0                                               | version：应为文字，请加引号       |
| version                               | "v1"                                              | “v1”不合规定的写法                |
| status                                | "final"                                           | status：“final”不合规定的写法     |
| questions.0.text                      | 5                                                 | q.a › text：应为文字              |
| questions.0.text                      | " "                                               | q.a › text：不能是空的            |
| questions.0.section                   | "nowhere"                                         | q.a：没有章节 nowhere             |
| questions.0.type                      | "radio"                                           | q.a › type：应为下列之一          |
| questions.0.wieght                    | 1                                                 | wieght：不认识这个字段            |
| questions.0.id                        | "Q 1"                                             | 不合规定的写法                    |
| questions.1.id                        | "q.a"                                             | q.a › id：和前面的重复            |
| questions.0.options                   | []                                                | options：应为列表，不能是空的     |
| questions.0.options.1.key             | "A"                                               | A › key：和前面的重复             |
| questions.0.options.1.key             | 2                                                 | key：应为文字，请加引号           |
| questions.0.required                  | "yes"                                             | required：应为 true 或 false      |
| questions.0.applies_if                | {"answer": "q.z", "has": ["A"]}                   | 没有题目 q.z                      |
| questions.0.applies_if                | {"answer": "q.b", "has": ["Z"]}                   | 题目 q.b 没有条件里的选项         |
| questions.0.applies_if                | {"answer": "q.b", "level_gte": 1}                 | 题目 q.b 不分等级                 |
| questions.0.applies_if                | {"answer": "q.a", "has": ["A"]}                   | q.a：适用条件互相循环             |
| questions.0.applies_if                | {"input": "q.d.z", "gte": 1}                      | 题目 q.d 没有数字 z               |
| questions.0.applies_if                | {"input": "q.d.a", "gte": 1, "lt": 3}             | 应有且只有 gte、gt、lte、lt 之一  |
| questions.0.applies_if                | {"score_gte": 3}                                  | 不是条件                          |
| questions.0.applies_if                | {"profile": "employees", "gte": "300"}            | 应为数字                          |
| questions.1.options.0.requires        | ["A"]                                             | 选项 A 的前提 A 不成立            |
| questions.1.options.0.requires        | ["Z"]                                             | 选项 A 的前提 Z 不成立            |
| questions.2.options.1.key             | "2"                                               | 等级题的选项应从“0”起逐级递增     |
| questions.3.bands.1.max               | 5                                                 | 各档上限应从小到大                |
| questions.3.bands.2.max               | 30                                                | 最后一档没有                      |
| questions.3.ratio.num                 | "z"                                               | 没有数字 z                        |
| questions.3.ratio.times               | 0                                                 | times：应大于 0                   |
| frameworks.0.scale                    | 0                                                 | scale：应大于 0                   |
| frameworks.0.tree                     | []                                                | tree：应为列表，不能是空的        |
| frameworks.0.tree.0.weight            | 0                                                 | x › weight：应大于 0              |
| frameworks.0.tree.0.weight            | -3                                                | x › weight：应大于 0              |
| frameworks.0.tree.0.children.0.id     | "y.a"                                             | 应写成“x.名字”                    |
| frameworks.0.tree.0.children.0.question | "q.z"                                           | 没有题目 q.z                      |
| frameworks.0.tree.0.children.1.question | "q.a"                                           | 题目 q.a 在一棵树里出现两次       |
| frameworks.0.tree.1.scores            | {"A": 0, "B": 1}                                  | scores 应给出且只给出全部选项     |
| frameworks.0.tree.1.scores            | {"A": 0, "B": 1, "C": 101}                        | 不超过 100                        |
| frameworks.0.tree.1.level_scores      | {"0": 0, "1": 1}                                  | 应有且只有一个                    |
| frameworks.0.tree.1.raise             | [{"if": {"all": []}, "level": 2}]                 | 要用 level_of 说明各选项算几级    |
| frameworks.0.tree.1.coverage          | "half"                                            | coverage：应为下列之一            |
| frameworks.0.counts.levels            | ["q.a"]                                           | 题目 q.a 不分等级                 |
| frameworks.0.counts.levels            | ["q.z"]                                           | 没有题目 q.z                      |
| frameworks.0.count_titles             | {"none": "无"}                                    | 没有计数 none                     |
| frameworks.0.levels.items.0.min       | 90                                                | 分数线应从低到高                  |
| frameworks.0.levels.items.1.min       | 101                                               | 分数线高于满分                    |
| frameworks.0.levels.items.1.level     | 1                                                 | 等级应从低到高                    |
| frameworks.0.levels.method            | "ladder"                                          | 逐级累加法（ladder）的满分应为 5  |
| frameworks.0.caps                     | [{"if": {"node": "y", "score_gte": 1}, "max_level": 1, "reason": "因"}] | 没有节点 y  |
| frameworks.0.caps                     | [{"if": {"count": {"of": "no", "level_gte": 1, "at_least": 1}}, "max_level": 1, "reason": "因"}] | 没有计数 no |
| frameworks.0.caps                     | [{"if": {"count": {"of": "levels", "level_gte": 1, "at_least": 2}}, "max_level": 1, "reason": "因"}] | 只有 1 题，要求 2 题 |
| frameworks.0.grades                   | [{"grade": 2, "level": 1, "min": 1}, {"grade": 1, "level": 1, "min": 2}] | 档次应从低到高 |
| frameworks.0.grades                   | [{"grade": 1, "level": 2, "min": 1}, {"grade": 2, "level": 1, "min": 2}] | 等级不能降低   |
| frameworks.0.provenance               | {}                                                | 要说明出处                        |
| frameworks.0.variants                 | {"process_type": {}}                              | 至少要有一棵树                    |
| checks                                | [{"id": "c", "severity": "bad", "if": {"all": []}, "text": "t", "questions": ["q.a"]}] | severity：应为下列之一 |
| measures                              | [{"id": "m", "question": "q.a", "below": "Z", "text": "t"}] | 题目 q.a 没有选项 Z     |
| onsite                                | [{"id": "o", "aspect": "roof", "text": "t", "how": "h"}] | aspect：应为下列之一       |
"""


def rows() -> list[tuple[str, Any, str]]:
    found = []
    for line in CASES.strip().splitlines()[1:]:
        place, new, said = (cell.strip() for cell in line.strip("| ").split(" | "))
        found.append((place, eval(new), said))  # our own table
    return found


def changed(body: dict[str, Any], place: str, new: Any) -> dict[str, Any]:
    target: Any = body
    *steps, last = place.split(".")
    for step in steps:
        target = target[int(step)] if isinstance(target, list) else target[step]
    target[int(last) if isinstance(target, list) else last] = new
    return body


@pytest.mark.parametrize(("place", "new", "said"), rows())
def test_a_mistake_is_found_with_its_place(place: str, new: Any, said: str):
    assert said in findings(changed(good(), place, new))


def test_the_unchanged_set_is_good():
    assert from_body(good()).id == "test-set"


def test_all_findings_come_at_once():
    body = changed(changed(good(), "version", 3), "frameworks.0.tree.1.question", "q.z")
    said = findings(changed(body, "questions.0.wieght", 1))
    assert "version" in said
    assert "q.z" in said
    assert "wieght" in said


def test_the_message_counts_and_the_remedy_lists():
    with pytest.raises(UserError) as caught:
        from_body(changed(good(), "version", 3), "我的体系")
    assert caught.value.message == "我的体系 有 1 处写得不对，没有载入。"
    assert "version：应为文字" in caught.value.remedy


def test_conditions_nested_too_deep_are_refused():
    condition: dict[str, Any] = {"all": []}
    for _ in range(9):
        condition = {"not": condition}
    assert "嵌套超过" in findings(changed(good(), "questions.0.applies_if", condition))


def test_trees_nested_too_deep_are_refused():
    inner: dict[str, Any] = leaf("a.a.a.a.a.a.a", "q.a")
    for depth in range(6, 0, -1):
        inner = node(".".join("a" * depth), [inner])
    assert "层数超过" in findings(changed(good(), "frameworks.0.tree", [inner]))


def test_shared_inputs_must_agree():
    body = good()
    other = deepcopy(RATIO)
    other["inputs"][0]["unit"] = "套"
    body["questions"].append(question("q.e", "ratio", **other))
    assert "数字 a 与其他题里的名称、单位或范围不一致" in findings(body)


def test_an_unused_input_is_found():
    body = good()
    body["questions"][3]["inputs"].append({"id": "c", "name": "丙", "unit": "台"})
    assert "数字没有用到：c" in findings(body)


def test_options_requiring_each_other_are_found():
    body = good()
    body["questions"][1]["options"] = [
        {"key": "A", "text": "甲", "requires": ["B"]},
        {"key": "B", "text": "乙", "requires": ["A"]},
        {"key": "C", "text": "丙"},
    ]
    assert "选项的前提互相循环" in findings(body)


def test_two_exclusive_options_are_found():
    body = good()
    body["questions"][1]["options"] = [{"key": key, "text": key, "exclusive": True} for key in "ABC"]
    assert "只能有一个选项与其他选项互斥" in findings(body)


def test_two_primary_frameworks_are_found():
    tree = [leaf("d", "q.a")]
    body = set_body([question("q.a")], framework(tree, primary=True), framework(tree, id="g", primary=True))
    assert "只能有一个主评价体系" in findings(body)


def test_level_scores_reach_the_highest_raised_level():
    raised = [{"if": {"all": []}, "level": 5}]
    tree = [leaf("d", "q.a", level_scores={"0": 0, "1": 50, "2": 75, "3": 100}, **{"raise": raised})]
    body = set_body([question("q.a", "level")], framework(tree))
    assert "level_scores 应给到 5 级" in findings(body)


def test_text_questions_are_never_scored():
    body = set_body([question("q.a", "text")], framework([leaf("d", "q.a")]))
    assert "文字题不能计分" in findings(body)


@pytest.mark.parametrize("body", [None, [], "x", 3, {}, {"questions": 5}, {1: 2}, {"id": {1}}, {"id": float("nan")}])
def test_what_is_no_set_at_all_is_refused_like_any_other(body: Any):
    assert findings(body)


def test_a_document_that_contains_itself_is_refused():
    body = good()
    body["questions"].append(body)
    assert "嵌套太深" in findings(body)
