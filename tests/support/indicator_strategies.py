"""Builders and Hypothesis strategies for indicator sets, profiles and answers.

`worlds()` draws a whole valid set (every question type, nested trees, variants, every level rule, counts, caps, grades,
conditions) together with a profile and answers that it accepts.
"""

import string
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

SOURCE = {"framework": "test", "item": "item", "provenance": "assumption"}
LETTERS = string.ascii_uppercase


def question(question_id: str, kind: str = "single", **more: Any) -> dict[str, Any]:
    base = {"id": question_id, "section": "s", "type": kind, "text": f"问题 {question_id}", "source": dict(SOURCE)}
    if kind in ("single", "multi") and "options" not in more:
        base["options"] = options("ABC")
    if kind == "level" and "options" not in more:
        base["options"] = options("0123")
    return base | more


def options(keys: str) -> list[dict[str, Any]]:
    return [{"key": key, "text": f"选项{key}"} for key in keys]


def leaf(node_id: str, question_id: str, weight: Any = 1, **more: Any) -> dict[str, Any]:
    base = {"id": node_id, "title": node_id, "weight": weight, "question": question_id}
    if "scores" not in more and "level_scores" not in more and not more.pop("bare", False):
        base["scores"] = {"A": 0, "B": 50, "C": 100}
    return base | more


def node(node_id: str, children: list[dict[str, Any]], weight: Any = 1) -> dict[str, Any]:
    return {"id": node_id, "title": node_id, "weight": weight, "children": children}


def bands(*items: tuple[int, Any]) -> dict[str, Any]:
    return {"method": "bands", "items": [{"level": lv, "name": f"{lv}级", "min": low} for lv, low in items]}


def framework(tree: list[dict[str, Any]] | None, **more: Any) -> dict[str, Any]:
    base: dict[str, Any] = {"id": "f", "title": "体系", "scale": 100, "provenance": {"tree": "assumption"}}
    if tree is not None:
        base["tree"] = tree
    if "levels" not in more:
        base["levels"] = bands((1, 40), (2, 80))
    return base | more


def set_body(questions: list[dict[str, Any]], *frameworks: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "id": "test-set",
        "version": "1.0",
        "title": "测试体系",
        "status": "derived",
        "effective": "2024-01-01",
        "sections": [{"id": "s", "title": "章节"}],
        "questions": questions,
        "frameworks": list(frameworks),
    } | more


@dataclass(frozen=True, slots=True)
class World:
    """A set's body with a profile and answers that it accepts."""

    body: dict[str, Any]
    profile: dict[str, Any]
    answers: dict[str, Any]


points = st.one_of(
    st.integers(0, 100), st.decimals(min_value=0, max_value=100, places=2, allow_nan=False, allow_infinity=False)
)
weights = st.one_of(
    st.integers(1, 60), st.decimals(min_value="0.1", max_value=40, places=1, allow_nan=False, allow_infinity=False)
)
amounts = st.one_of(st.integers(0, 5000), st.decimals(min_value=0, max_value=500, places=3, allow_nan=False))
profiles = st.fixed_dictionaries(
    {},
    optional={
        "employees": st.integers(0, 3000),
        "revenue": amounts,
        "industry": st.sampled_from(["3216", "1311", "0610"]),
        "process_type": st.sampled_from(["discrete", "process"]),
        "above_scale": st.booleans(),
        "systems": st.lists(st.sampled_from(["ERP", "MES", "PLM"]), unique=True),
    },
)


@st.composite
def questions_strategy(draw: st.DrawFn) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for index in range(draw(st.integers(1, 7))):
        kind = draw(st.sampled_from(["single", "multi", "level", "level", "ratio", "compare", "number"]))
        item = question(f"q.{index}", kind, **draw(_by_type(kind, index)))
        item["allow_na"] = draw(st.booleans())
        item["required"] = draw(st.booleans())
        if made and draw(st.integers(0, 3)) == 0:
            item["applies_if"] = draw(conditions(made))
        made.append(item)
    return made


@st.composite
def _by_type(draw: st.DrawFn, kind: str, index: int) -> dict[str, Any]:
    keys = LETTERS[: draw(st.integers(3, 5))]
    edges = sorted(draw(st.lists(amounts, min_size=len(keys) - 1, max_size=len(keys) - 1, unique=True)))
    listed = [{"key": key, "max": edge} for key, edge in zip(keys, edges, strict=False)] + [{"key": keys[-1]}]
    names = [f"i{index}_{name}" for name in "abcd"]
    inputs = [{"id": name, "name": name, "unit": "个"} for name in names]
    match kind:
        case "level":
            return {
                "options": options("012345"[: draw(st.integers(2, 6))]),
                "allow_partial": draw(st.integers(0, 3)) > 0,
            }
        case "multi":
            made = options(keys)
            made[0]["exclusive"] = draw(st.booleans())
            return {"options": made}
        case "ratio":
            rule = {"num": names[0], "den": names[1], "times": draw(st.sampled_from([1, 100]))}
            return {"inputs": inputs[:2], "ratio": rule, "bands": listed}
        case "compare":
            now, before = {"num": names[0], "den": names[1]}, {"num": names[2], "den": names[3]}
            flat = draw(st.sampled_from([0, Decimal("0.05")]))
            keyed = {"up": "A", "flat": "B", "down": "C"}
            return {"inputs": inputs, "now": now, "before": before, "keys": keyed, "flat_within": flat} | {
                "options": options("ABC")
            }
        case "number":
            return {"unit": "个", "bands": listed}
        case _:
            return {"options": options(keys)}


def keys_of(item: dict[str, Any]) -> list[str]:
    return [option["key"] for option in item.get("options") or item["bands"]]


def conditions(questions: list[dict[str, Any]], *, extra: st.SearchStrategy[Any] | None = None) -> st.SearchStrategy:
    base = st.one_of(tests_on_answers(questions), tests_on_profile(), *([extra] if extra is not None else []))
    return st.recursive(
        base,
        lambda inner: st.one_of(
            st.lists(inner, max_size=3).map(lambda parts: {"all": parts}),
            st.lists(inner, max_size=3).map(lambda parts: {"any": parts}),
            inner.map(lambda part: {"not": part}),
        ),
        max_leaves=4,
    )


@st.composite
def tests_on_answers(draw: st.DrawFn, questions: list[dict[str, Any]]) -> dict[str, Any]:
    item = draw(st.sampled_from(questions))
    word = draw(st.sampled_from(["gte", "gt", "lte", "lt"]))
    if item.get("inputs") and draw(st.booleans()):
        names = [f"{item['id']}.{entry['id']}" for entry in item["inputs"]]
        right = draw(st.one_of(amounts, st.sampled_from(names).map(lambda name: {"input": name})))
        return {"input": draw(st.sampled_from(names)), word: right}
    if item["type"] == "level" and draw(st.booleans()):
        return {"answer": item["id"], "level_gte": draw(st.integers(0, 5))}
    return {"answer": item["id"], "has": draw(st.lists(st.sampled_from(keys_of(item)), min_size=1, unique=True))}


def tests_on_profile() -> st.SearchStrategy[dict[str, Any]]:
    words = st.sampled_from(["gte", "gt", "lte", "lt"])
    return st.one_of(
        st.builds(lambda word, value: {"profile": "employees", word: value}, words, st.integers(0, 3000)),
        st.just({"profile": "industry", "prefix": ["32", "06"]}),
        st.just({"profile": "process_type", "in": ["discrete"]}),
        st.just({"profile": "systems", "in": ["ERP", "PLM"]}),
        st.just({"profile": "above_scale", "in": [True]}),
    )


@st.composite
def trees(draw: st.DrawFn, questions: list[dict[str, Any]], method: str) -> list[dict[str, Any]]:
    chosen = draw(st.lists(st.sampled_from(questions), min_size=1, unique_by=lambda item: item["id"]))
    return draw(_grown(chosen, questions, "", method, 4))


@st.composite
def _grown(draw: st.DrawFn, chosen: list, questions: list, above: str, method: str, depth: int) -> list[dict[str, Any]]:
    children = []
    while chosen:
        size = draw(st.integers(1, len(chosen)))
        group, chosen = chosen[:size], chosen[size:]
        name = f"n{len(children)}"
        path = f"{above}.{name}" if above else name
        if size == 1 or depth == 1:
            leaves = [draw(leaves_for(item, f"{path}x{i}", questions, method)) for i, item in enumerate(group)]
            children += leaves
        else:
            inner = draw(_grown(group, questions, path, method, depth - 1))
            children.append(node(path, inner, draw(weights)))
    return children


@st.composite
def leaves_for(draw: st.DrawFn, item: dict[str, Any], path: str, questions: list, method: str) -> dict[str, Any]:
    keys = keys_of(item)
    is_level = item["type"] == "level"
    made = leaf(path, item["id"], draw(weights), bare=True, coverage=draw(st.sampled_from(["full", "partial"])))
    by_level = method == "ladder" or draw(st.booleans())
    if by_level and not is_level:
        made["level_of"] = {key: draw(st.integers(0, 5)) for key in keys}
    if by_level and draw(st.booleans()):
        made["raise"] = [{"if": draw(conditions(questions)), "level": draw(st.integers(1, 5))}]
    if method != "ladder":
        if by_level:
            made["level_scores"] = {str(level): draw(points) for level in range(6)}
        else:
            made["scores"] = {key: draw(points) for key in keys}
    return made


@st.composite
def frameworks(draw: st.DrawFn, questions: list[dict[str, Any]]) -> dict[str, Any]:
    method = draw(st.sampled_from(["bands", "conditions", "ladder"]))
    scale = 5 if method == "ladder" else draw(st.sampled_from([100, 10, 5]))
    made = framework(None, scale=scale, primary=True)
    if draw(st.integers(0, 3)) == 0:
        made["variants"] = {"process_type": {v: draw(trees(questions, method)) for v in ("process", "discrete")}}
    else:
        made["tree"] = draw(trees(questions, method))
    counted = [item["id"] for item in questions if item["type"] == "level"]
    if counted:
        made["counts"] = {"all": counted}
    extra = draw(st.just(_of_framework(counted, scale)))
    if method == "conditions":
        items = [{"level": lv, "name": f"{lv}级", "if": draw(conditions(questions, extra=extra))} for lv in range(1, 5)]
        made["levels"] = {"method": method, "items": items}
    else:
        made["levels"] = bands(*((lv, Decimal(scale) * lv / 5) for lv in range(1, 6))) | {"method": method}
    if draw(st.booleans()):
        cap = {"if": draw(conditions(questions, extra=extra)), "max_level": draw(st.integers(0, 5)), "reason": "因为"}
        made["caps"] = [cap]
    made["grades"] = [
        {"grade": grade, "level": (grade + 1) // 2, "min": Decimal(scale * grade) / 10} for grade in range(1, 10)
    ]
    return made


def _of_framework(counted: list[str], scale: int) -> st.SearchStrategy[dict[str, Any]]:
    total = st.integers(0, scale).map(lambda low: {"score_gte": low})
    if not counted:
        return total
    count = st.builds(
        lambda level, least: {"count": {"of": "all", "level_gte": level, "at_least": least}},
        st.integers(0, 5),
        st.integers(1, len(counted)),
    )
    return st.one_of(total, count)


@st.composite
def answers_for(draw: st.DrawFn, item: dict[str, Any]) -> dict[str, Any]:
    keys = keys_of(item)
    if item["allow_na"] and draw(st.integers(0, 5)) == 0:
        return {"na": True, "reason": "没有这项业务"}
    kind = item["type"]
    if item["type"] in ("ratio", "compare", "number") and draw(st.integers(0, 3)):
        names = [entry["id"] for entry in item.get("inputs", [{"id": "value"}])]
        edges = [band["max"] for band in item.get("bands", ()) if band.get("max")]
        if edges and draw(st.booleans()):  # exactly on an inclusive edge
            return {"inputs": dict(zip(names, (draw(st.sampled_from(edges)), 1), strict=False))}
        return {"inputs": {name: draw(amounts.filter(bool)) for name in names}}
    if kind == "multi":
        chosen = draw(st.lists(st.sampled_from(keys), unique=True))
        if item["options"][0].get("exclusive") and len(chosen) > 1:
            chosen = [key for key in chosen if key != keys[0]]
        return {"choice": chosen}
    chosen = draw(st.lists(st.sampled_from(keys), max_size=1))
    partial = (
        kind == "level" and item["allow_partial"] and chosen not in ([], [keys[-1]]) and draw(st.integers(0, 3)) > 0
    )
    return {"choice": chosen} | ({"partial": True} if partial else {})


@st.composite
def worlds(draw: st.DrawFn) -> World:
    questions = draw(questions_strategy())
    body = set_body(questions, draw(frameworks(questions)))
    answers = {item["id"]: draw(answers_for(item)) for item in questions if draw(st.integers(0, 5))}
    return World(body, draw(profiles), answers)
