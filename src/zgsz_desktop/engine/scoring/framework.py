"""Scores one framework for one standing: tree, counts, level, caps, grade (scoring.md 2 and 3). Exact throughout.

`evaluate` gives the bare numbers and is what the search for improvements calls thousands of times; `result.py` makes
the printed result of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

from zgsz_desktop.engine.indicators.definition import Cap, Framework, Grade, LevelItem, Method
from zgsz_desktop.engine.scoring.conditions import (
    Standing,
    Test,
    Verdict,
    asks_for_nodes,
    compile_test,
    compile_verdict,
)
from zgsz_desktop.engine.scoring.exact import Exact, compare, exact
from zgsz_desktop.engine.scoring.tree import FULL_SCORE, ROOT, CompiledTree, NodeStanding

HIGHEST_LEVEL = 5


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One framework's exact outcome.

    Attributes:
        standing: with total, nodes and counts of this framework filled in.
        nodes: by path, without the root; empty where the variant is not known.
        root: of the whole tree.
        uncapped: the level before caps.
        fired: the caps whose condition holds.
    """

    standing: Standing
    nodes: Mapping[str, NodeStanding]
    root: NodeStanding | None
    total: Exact | None
    uncapped: int | None
    level: int | None
    fired: tuple[Cap, ...]
    grade: Grade | None


class FrameworkScorer:
    """One framework, ready to score; made once per set.

    Attributes:
        framework: what it was made from.
    """

    def __init__(self, framework: Framework) -> None:
        self.framework = framework
        self._trees = {value: CompiledTree(tree) for value, tree in framework.trees()}
        self._ladder = framework.levels.method is Method.LADDER
        self._scale = exact(framework.scale)
        items = reversed(framework.levels.items)
        self._levels: list[tuple[LevelItem, Test | None, Exact | None]] = [
            (
                item,
                None if item.condition is None else compile_test(item.condition),
                None if item.min is None else exact(item.min),
            )
            for item in items
        ]
        self._caps = [(compile_test(cap.condition), cap) for cap in framework.caps]
        asked = [*(item.condition for item in framework.levels.items), *(cap.condition for cap in framework.caps)]
        self._asks_for_nodes = any(asks_for_nodes(condition) for condition in asked if condition is not None)
        self._grades = [(exact(grade.min), grade) for grade in reversed(framework.grades)]
        self.entry: list[tuple[str, str, Verdict]] = [
            (entry.id, entry.text, compile_verdict(entry.condition)) for entry in framework.entry
        ]

    def tree(self, profile: Mapping[str, Any]) -> CompiledTree | None:
        """Choose the tree; None where the profile does not say which variant."""
        variants = self.framework.variants
        value = profile.get(variants.profile) if variants else ""
        return self._trees.get(value) if isinstance(value, str) else None

    def evaluate(self, standing: Standing) -> Evaluation:
        """Score one standing."""
        tree = self.tree(standing.profile)
        nodes: dict[str, NodeStanding] = {}
        if tree is not None:
            nodes = tree.evaluate_ladder(standing) if self._ladder else tree.evaluate(standing)
        root = nodes.pop(ROOT, None)
        return self._settle(standing, tree, nodes, root, None if root is None else self._total(root.score))

    def evaluate_total(self, standing: Standing) -> Evaluation:
        """Score one standing without its nodes where that can be done; total, level, caps and grade are the same."""
        tree = self.tree(standing.profile)
        if tree is None or self._ladder or self._asks_for_nodes:
            return self.evaluate(standing)
        score = tree.evaluate_root(standing)
        return self.evaluate(standing) if score is None else self._settle(standing, tree, {}, None, self._total(score))

    def _total(self, score: Exact | None) -> Exact | None:
        return None if score is None else (score[0] * self._scale[0], score[1] * self._scale[1] * FULL_SCORE)

    def _settle(
        self,
        standing: Standing,
        tree: CompiledTree | None,
        nodes: Mapping[str, NodeStanding],
        root: NodeStanding | None,
        total: Exact | None,
    ) -> Evaluation:
        here = replace(
            standing,
            total=total,
            nodes={path: node.score for path, node in nodes.items()},
            counts=self._counts(standing, tree),
        )
        fired = tuple(cap for test, cap in self._caps if test(here))
        uncapped = None if total is None else self._level(here, total)
        level = uncapped
        for cap in fired:
            level = None if level is None else self._at_most(level, cap.max_level)
        return Evaluation(here, nodes, root, total, uncapped, level, fired, self._grade(total))

    def _level(self, standing: Standing, total: Exact) -> int:
        for item, test, minimum in self._levels:
            if minimum is not None and compare(total, minimum) >= 0:
                return item.level
            if test is not None and test(standing):
                return item.level
        return 0

    def _at_most(self, level: int, highest: int) -> int:
        if level <= highest:
            return level
        return max((item.level for item, _, _ in self._levels if item.level <= highest), default=0)

    def _grade(self, total: Exact | None) -> Grade | None:
        if total is None:
            return None
        return next((grade for minimum, grade in self._grades if compare(total, minimum) >= 0), None)

    def _counts(self, standing: Standing, tree: CompiledTree | None) -> dict[str, tuple[int, ...]]:
        leaves = tree.leaves if tree else {}
        counts = {}
        for name, questions in self.framework.counts:
            by_level = [0] * (HIGHEST_LEVEL + 1)
            for question_id in questions:
                reading = standing.readings.get(question_id)
                if reading is not None:
                    leaf = leaves.get(question_id)
                    level = leaf.level(reading, standing)[0] if leaf else reading.level
                    by_level[level] += 1
            counts[name] = tuple(accumulate(reversed(by_level)))[::-1]
        return counts
