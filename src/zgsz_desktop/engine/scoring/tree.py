"""The score of a tree (scoring.md 2): exact weighted means, with what is out left out.

    score(leaf)  value of the answer on 0..100; unanswered: 0
    score(node)  sum(w_i * score_i) / sum(w_i) over the children that are not out
    out          a leaf that is n/a or does not apply; a node all of whose children are out

Trees are compiled once: weights become integers, scores of a tree get one common denominator. The same walk serves the
ladder, whose five rounds differ only in the value of a leaf.
"""

from collections.abc import Callable, Mapping
from math import lcm
from typing import NamedTuple

from zgsz_desktop.engine.indicators.definition import Coverage, Leaf, Node, Tree
from zgsz_desktop.engine.scoring.answers import Reading
from zgsz_desktop.engine.scoring.conditions import Standing, Test, compile_test
from zgsz_desktop.engine.scoring.exact import Exact, scaled, scaled_by

ROOT = ""
FULL_SCORE = 100
LADDER_LEVELS = 5
_ONE: Exact = (1, 1)
_NONE: Exact = (0, 1)


class NodeStanding(NamedTuple):
    """One node: exact score (None: out), answered and applicable leaves, share of weight covered in full."""

    score: Exact | None
    answered: int
    applicable: int
    coverage: Exact


_OUT = NodeStanding(None, 0, 0, _NONE)


class CompiledLeaf:
    """One leaf, ready to be valued.

    Attributes:
        under: the denominator of its values.
    """

    __slots__ = ("coverage", "id", "question", "under", "_full", "_level_of", "_level_scores", "_raises", "_scores")  # noqa: RUF023

    def __init__(self, leaf: Leaf) -> None:
        self.id = leaf.id
        self.question = leaf.question
        self.coverage = _ONE if leaf.coverage is Coverage.FULL else _NONE
        numbers = [score for _, score in leaf.scores] or list(leaf.level_scores)
        over, factor = scaled_by(numbers)
        over = [2 * value for value in over]  # twice, so that the mean of two neighbours stays an integer
        self.under = 2 * factor
        self._full = FULL_SCORE * self.under
        self._scores = {key: value for (key, _), value in zip(leaf.scores, over, strict=False)}
        self._level_scores = over if leaf.level_scores else []
        self._level_of = dict(leaf.level_of)
        self._raises: list[tuple[Test, int]] = sorted(
            ((compile_test(item.condition), item.level) for item in leaf.raises), key=lambda pair: -pair[1]
        )

    def level(self, reading: Reading, standing: Standing) -> tuple[int, bool]:
        """Give the level of an answer, and whether part of the next is met."""
        if self._level_of:
            level, partial = max((self._level_of[key] for key in reading.keys), default=0), False
        else:
            level, partial = reading.level, reading.partial
        for test, raised in self._raises:
            if raised > level and test(standing):
                return raised, False
        return level, partial

    def value(self, reading: Reading, standing: Standing) -> Exact:
        """Give the value of an answer on 0..100."""
        if self._scores:
            keys = reading.keys
            if len(keys) == 1:
                return self._scores[keys[0]], self.under
            return min(sum(self._scores[key] for key in keys), self._full), self.under
        level, partial = self.level(reading, standing)
        scores = self._level_scores
        if partial:
            return (scores[level] + scores[level + 1]) // 2, self.under
        return scores[level], self.under

    def rung(self, reading: Reading, standing: Standing, k: int) -> Exact:
        """Give the value of an answer in round k of the ladder: 1, one half or 0."""
        level, partial = self.level(reading, standing)
        if level >= k:
            return _ONE
        return (1, 2) if partial and level == k - 1 else _NONE


class _CompiledNode:
    __slots__ = ("children", "id", "weights")

    def __init__(self, node_id: str, children: Tree) -> None:
        self.id = node_id
        self.weights = scaled([child.weight for child in children])
        self.children: list[_CompiledNode | CompiledLeaf] = [
            _CompiledNode(child.id, child.children) if isinstance(child, Node) else CompiledLeaf(child)
            for child in children
        ]


ValueOf = Callable[[CompiledLeaf, Reading], Exact]


class CompiledTree:
    """One tree, ready to be scored.

    Attributes:
        leaves: all leaves by their question.
    """

    def __init__(self, tree: Tree) -> None:
        self._root = _CompiledNode(ROOT, tree)
        self.leaves: dict[str, CompiledLeaf] = {leaf.question: leaf for leaf in _leaves(self._root)}
        self._shares, self._whole = _shares(self._root)

    def evaluate(self, standing: Standing) -> dict[str, NodeStanding]:
        """Score every node by weighted means; the root's path is empty."""
        found: dict[str, NodeStanding] = {}
        self._walk(self._root, standing, lambda leaf, reading: leaf.value(reading, standing), found)
        return found

    def evaluate_root(self, standing: Standing) -> Exact | None:
        """Score the root alone, in one sum; None where some leaf is out, and the weights are others.

        Where nothing is out, a weighted mean of weighted means is one weighted sum: every leaf has a fixed share.
        """
        over = 0
        for leaf, share in self._shares:
            reading = standing.readings.get(leaf.question)
            if reading is not None:
                over += share * leaf.value(reading, standing)[0]
            elif leaf.question not in standing.silent:
                return None
        return over, self._whole

    def evaluate_ladder(self, standing: Standing) -> dict[str, NodeStanding]:
        """Score every node by its own ladder sum, times 20 (scoring.md 3)."""
        rounds = [self._round(standing, k) for k in range(1, LADDER_LEVELS + 1)]
        step = FULL_SCORE // LADDER_LEVELS
        found = {}
        for path, first in rounds[0].items():
            climbed = ladder_sum([node.score for node in (by_path[path] for by_path in rounds) if node.score])
            score = None if first.score is None else (climbed[0] * step, climbed[1])
            found[path] = first._replace(score=score)
        return found

    def _round(self, standing: Standing, k: int) -> dict[str, NodeStanding]:
        found: dict[str, NodeStanding] = {}
        self._walk(self._root, standing, lambda leaf, reading: leaf.rung(reading, standing, k), found)
        return found

    def _walk(
        self, node: _CompiledNode, standing: Standing, value_of: ValueOf, found: dict[str, NodeStanding]
    ) -> NodeStanding:
        parts: list[tuple[int, NodeStanding]] = []
        for weight, child in zip(node.weights, node.children, strict=True):
            if isinstance(child, CompiledLeaf):
                standing_of_child = found[child.id] = _leaf_standing(child, standing, value_of)
            else:
                standing_of_child = self._walk(child, standing, value_of, found)
            if standing_of_child.score is not None:
                parts.append((weight, standing_of_child))
        found[node.id] = result = _mean(parts) if parts else _OUT
        return result


def ladder_sum(rounds: list[Exact]) -> Exact:
    """Add 1 while a round reaches 0.8; at the first below add what it reached, and stop."""
    for climbed, (over, under) in enumerate(rounds):
        if 5 * over < 4 * under:
            return climbed * under + over, under
    return len(rounds), 1


def _leaf_standing(leaf: CompiledLeaf, standing: Standing, value_of: ValueOf) -> NodeStanding:
    reading = standing.readings.get(leaf.question)
    if reading is not None:
        return NodeStanding(value_of(leaf, reading), 1, 1, leaf.coverage)
    if leaf.question in standing.silent:
        return NodeStanding(_NONE, 0, 1, leaf.coverage)
    return _OUT


def _mean(parts: list[tuple[int, NodeStanding]]) -> NodeStanding:
    answered = applicable = over = total_weight = 0
    scores = [part.score for _, part in parts if part.score is not None]
    under = lcm(*[score[1] for score in scores])
    full = True
    for (weight, part), score in zip(parts, scores, strict=True):
        over += weight * score[0] * (under // score[1])
        total_weight += weight
        answered += part.answered
        applicable += part.applicable
        full = full and part.coverage is _ONE
    coverage = _ONE if full else _weighted([(weight, part.coverage) for weight, part in parts])
    return NodeStanding((over, under * total_weight), answered, applicable, coverage)


def _weighted(parts: list[tuple[int, Exact]]) -> Exact:
    under = lcm(*[value[1] for _, value in parts])
    over = sum(weight * value[0] * (under // value[1]) for weight, value in parts)
    return over, under * sum(weight for weight, _ in parts)


def _shares(root: _CompiledNode) -> tuple[list[tuple[CompiledLeaf, int]], int]:
    """Give each leaf's share of the whole as an integer factor of its value's numerator, and the common denominator."""
    found: list[tuple[CompiledLeaf, Exact]] = []

    def walk(node: _CompiledNode, over: int, under: int) -> None:
        total = sum(node.weights)
        for weight, child in zip(node.weights, node.children, strict=True):
            if isinstance(child, CompiledLeaf):
                found.append((child, (over * weight, under * total * child.under)))
            else:
                walk(child, over * weight, under * total)

    walk(root, 1, 1)
    whole = lcm(*[share[1] for _, share in found])
    return [(leaf, over * (whole // under)) for leaf, (over, under) in found], whole


def _leaves(node: _CompiledNode) -> list[CompiledLeaf]:
    found: list[CompiledLeaf] = []
    for child in node.children:
        found += [child] if isinstance(child, CompiledLeaf) else _leaves(child)
    return found


Nodes = Mapping[str, NodeStanding]
