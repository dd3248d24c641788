"""Scoring equals a slow reference in exact fractions, written from scoring.md alone, on random sets and answers.

The reference walks the plain body of the set; it shares no code with the engine.
"""

from collections import Counter
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, given, settings

from support.indicator_strategies import World, worlds
from zgsz_desktop.engine.indicators.loader import from_body
from zgsz_desktop.engine.scoring.result import score

OPERATORS = {
    "gte": lambda a, b: a >= b,
    "gt": lambda a, b: a > b,
    "lte": lambda a, b: a <= b,
    "lt": lambda a, b: a < b,
}


class Reference:
    """One world, scored slowly."""

    def __init__(self, world: World) -> None:
        self.body, self.profile, self.answers = world.body, world.profile, world.answers
        self.questions = {item["id"]: item for item in self.body["questions"]}
        self.framework = self.body["frameworks"][0]
        self.total: Fraction | None = None
        self.nodes: dict[str, Fraction | None] = {}

    # --- answers

    def applies(self, name: str) -> bool:
        condition = self.questions[name].get("applies_if")
        return condition is None or self.holds(condition)

    def counts_as(self, name: str) -> str:
        """out, silent or answered."""
        answer = self.answers.get(name, {})
        if not self.applies(name) or answer.get("na"):
            return "out"
        return "answered" if self.keys(name) else "silent"

    def keys(self, name: str) -> list[str]:
        item, answer = self.questions[name], self.answers.get(name, {})
        if "inputs" not in answer:
            return answer.get("choice", [])
        given = {key: Fraction(value) for key, value in answer["inputs"].items()}
        if item["type"] == "compare":
            now = given[item["now"]["num"]] / given[item["now"]["den"]]
            before = given[item["before"]["num"]] / given[item["before"]["den"]]
            if abs(now - before) <= Fraction(item["flat_within"]) * abs(before):
                return [item["keys"]["flat"]]
            return [item["keys"]["up" if now > before else "down"]]
        value = given.get("value", Fraction(0))
        if item["type"] == "ratio":
            value = given[item["ratio"]["num"]] / given[item["ratio"]["den"]] * item["ratio"]["times"]
        return [next(band["key"] for band in item["bands"] if "max" not in band or value <= Fraction(band["max"]))]

    # --- conditions

    def holds(self, c: dict[str, Any]) -> bool:
        if "all" in c:
            return all(self.holds(part) for part in c["all"])
        if "any" in c:
            return any(self.holds(part) for part in c["any"])
        if "not" in c:
            return not self.holds(c["not"])
        if "profile" in c:
            return self.profile_holds(c)
        if "answer" in c:
            if self.counts_as(c["answer"]) != "answered":
                return False
            keys = self.keys(c["answer"])
            return bool(set(keys) & set(c["has"])) if "has" in c else int(keys[0]) >= c["level_gte"]
        if "input" in c:
            (word,) = OPERATORS.keys() & c.keys()
            right = c[word]
            left, right = self.number(c["input"]), self.number(right["input"]) if isinstance(right, dict) else right
            return left is not None and right is not None and OPERATORS[word](left, Fraction(right))
        if "count" in c:
            levels = self.count_levels(c["count"]["of"])
            return sum(level >= c["count"]["level_gte"] for level in levels) >= c["count"]["at_least"]
        return self.total is not None and self.total >= c["score_gte"]

    def profile_holds(self, c: dict[str, Any]) -> bool:
        value = self.profile.get(c["profile"])
        if value is None:
            return False
        if "in" in c:
            return any(item in c["in"] for item in (value if isinstance(value, list) else [value]))
        if "prefix" in c:
            return any(value.startswith(prefix) for prefix in c["prefix"])
        (word,) = OPERATORS.keys() & c.keys()
        return OPERATORS[word](value, c[word])

    def number(self, name: str) -> Fraction | None:
        question, _, item = name.rpartition(".")
        if self.counts_as(question) != "answered":
            return None
        value = self.answers[question].get("inputs", {}).get(item)
        return None if value is None else Fraction(value)

    # --- trees

    def tree(self) -> list[dict[str, Any]] | None:
        if "tree" in self.framework:
            return self.framework["tree"]
        return self.framework["variants"]["process_type"].get(self.profile.get("process_type"))

    def level(self, leaf: dict[str, Any] | None, name: str) -> tuple[int, bool]:
        keys = self.keys(name)
        if leaf and "level_of" in leaf:
            level, partial = max(leaf["level_of"][key] for key in keys), False
        else:
            level, partial = int(keys[0]), self.answers[name].get("partial", False)
        raised = [item["level"] for item in (leaf or {}).get("raise", []) if self.holds(item["if"])]
        return (max(raised), False) if raised and max(raised) > level else (level, partial)

    def leaf_value(self, leaf: dict[str, Any], rung: int | None) -> Fraction:
        name = leaf["question"]
        if self.counts_as(name) == "silent":
            return Fraction(0)
        if rung is None and "scores" in leaf:
            return min(Fraction(100), sum((Fraction(leaf["scores"][key]) for key in self.keys(name)), Fraction(0)))
        level, partial = self.level(leaf, name)
        if rung is not None:
            return Fraction(1) if level >= rung else Fraction(1, 2) if partial and level == rung - 1 else Fraction(0)
        scores = {int(key): Fraction(value) for key, value in leaf["level_scores"].items()}
        return (scores[level] + scores[level + 1]) / 2 if partial else scores[level]

    def value(self, item: dict[str, Any], rung: int | None) -> Fraction | None:
        if "question" in item:
            return None if self.counts_as(item["question"]) == "out" else self.leaf_value(item, rung)
        return self.mean([(child, self.value(child, rung)) for child in item["children"]])

    @staticmethod
    def mean(parts: list[tuple[dict[str, Any], Fraction | None]]) -> Fraction | None:
        present = [(Fraction(child["weight"]), value) for child, value in parts if value is not None]
        return sum(w * v for w, v in present) / sum(w for w, _ in present) if present else None

    def node_score(self, item: dict[str, Any]) -> Fraction | None:
        if self.framework["levels"]["method"] != "ladder":
            return self.value(item, None)
        rounds = [self.value(item, k) for k in range(1, 6)]
        if rounds[0] is None:
            return None
        climbed = Fraction(0)
        for value in rounds:
            if value < Fraction(4, 5):
                return 20 * (climbed + value)
            climbed += 1
        return 20 * climbed

    def coverage(self, item: dict[str, Any]) -> Fraction | None:
        if "question" in item:
            return None if self.counts_as(item["question"]) == "out" else Fraction(item["coverage"] == "full")
        return self.mean([(child, self.coverage(child)) for child in item["children"]])

    def count_levels(self, name: str) -> list[int]:
        leaves = {leaf["question"]: leaf for leaf in leaves_of(self.tree() or [])}
        names = [n for n in self.framework.get("counts", {}).get(name, []) if self.counts_as(n) == "answered"]
        return [self.level(leaves.get(n), n)[0] for n in names]

    # --- result

    def result(self) -> dict[str, Any]:
        tree = self.tree()
        scale, levels = self.framework["scale"], self.framework["levels"]
        root = self.node_score({"children": tree}) if tree else None
        self.total = None if root is None else root * scale / 100
        level = grade = None
        if self.total is not None:
            reached = [
                item["level"]
                for item in levels["items"]
                if (self.holds(item["if"]) if "if" in item else self.total >= item["min"])
            ]
            level = max(reached, default=0)
            for cap in self.framework.get("caps", []):
                if level > cap["max_level"] and self.holds(cap["if"]):
                    known = [item["level"] for item in levels["items"] if item["level"] <= cap["max_level"]]
                    level = max(known, default=0)
            grade = max((g["grade"] for g in self.framework["grades"] if self.total >= g["min"]), default=0)
        in_leaf = {leaf["question"] for leaf in leaves_of(tree or [])}
        counted = {name for names in self.framework.get("counts", {}).values() for name in names}
        missing = [
            name
            for name, item in self.questions.items()
            if self.counts_as(name) == "silent" and (item["required"] or name in in_leaf | counted)
        ]
        return {"total": rounded(self.total), "level": level, "grade": grade, "missing": missing} | {
            "nodes": {item["id"]: self.node(item) for item in all_nodes(tree or [])},
            "counts": {
                name: {str(k): sum(level >= k for level in self.count_levels(name)) for k in range(1, 6)}
                for name in self.framework.get("counts", {})
            },
        }

    def node(self, item: dict[str, Any]) -> dict[str, Any]:
        leaves = leaves_of(item["children"]) if "children" in item else [item]
        tally = Counter(self.counts_as(leaf["question"]) for leaf in leaves)
        return {
            "score": rounded(self.node_score(item)),
            "answered": tally["answered"],
            "applicable": tally["answered"] + tally["silent"],
            "full_coverage": rounded(self.coverage(item)),
        }


def leaves_of(tree: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [item for item in all_nodes(tree) if "question" in item]


def all_nodes(tree: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [found for item in tree for found in (item, *all_nodes(item.get("children", [])))]


def rounded(value: Fraction | None) -> Fraction | None:
    return None if value is None else Fraction((value * 10**9 + Fraction(1, 2)).__floor__(), 10**9)


def as_fractions(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: as_fractions(item) for key, item in value.items()}
    return value if value is None or isinstance(value, str | list | bool) else Fraction(value)


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(worlds())
def test_scoring_equals_the_reference_in_exact_fractions(world: World):
    result = score(from_body(world.body), world.profile, world.answers).to_json()
    found = result["frameworks"]["f"]
    wanted = Reference(world).result()
    assert result["missing"] == wanted.pop("missing")
    assert {key: as_fractions(found[key]) for key in wanted} == as_fractions(wanted)
