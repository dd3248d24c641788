"""Strong and weak sides: the leaves of a framework ranked by weight × gap, with the answers that caused them.

A leaf's points are its share of the total: the product of the weights above it, over what is not out. Strong is a leaf
at 60 of 100 or more, ranked by the points got; weak is any other, ranked by the points lost. Questions that only count
(the 16 scenes) have no points and stand apart, by level.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from zgsz_desktop.engine.indicators.definition import Framework, IndicatorSet, Leaf, Question, QuestionType, Tree
from zgsz_desktop.engine.scoring.answers import UNANSWERED, Reading
from zgsz_desktop.engine.scoring.exact import Exact, compare, exact, rounded, scaled, times
from zgsz_desktop.engine.scoring.framework import Evaluation
from zgsz_desktop.engine.scoring.result import Scorer, scorer_for

STRONG_FROM: Exact = (60, 1)
_FULL: Exact = (1, 100)


@dataclass(frozen=True, slots=True)
class Side:
    """One leaf of the tree.

    Attributes:
        got, possible: in points of the total.
        chosen: what was answered, in words, with the value of its numbers.
        lacking: options that would have brought more, in words.
    """

    path: str
    title: str
    question: str
    got: Decimal
    possible: Decimal
    chosen: tuple[str, ...]
    lacking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LevelSide:
    """One question that only counts: its level, of how many, and in words."""

    question: str
    title: str
    level: int
    highest: int
    text: str


@dataclass(frozen=True, slots=True)
class Sides:
    """Strong and weak leaves, best and worst first; counted questions from the lowest level up."""

    strong: tuple[Side, ...]
    weak: tuple[Side, ...]
    levels: tuple[LevelSide, ...]


def sides(
    indicator_set: IndicatorSet,
    profile: Mapping[str, Any],
    answers: Mapping[str, Any],
    framework_id: str | None = None,
) -> Sides:
    """Rank the sides of a framework (default: the primary one).

    Raises:
        UserError: `answer.*`, naming the question and the field.
    """
    scorer = scorer_for(indicator_set)
    framework = _framework(indicator_set, framework_id)
    if framework is None:
        return Sides((), (), ())
    standing, _ = scorer.reader.read(profile, answers)
    evaluation = scorer.frameworks[framework.id].evaluate(standing)
    tree = _active_tree(framework, profile)
    found = list(_leaves(scorer, evaluation, tree, exact(framework.scale)))
    strong = [side for side, is_strong in found if is_strong]
    weak = [side for side, is_strong in found if not is_strong]
    return Sides(
        strong=tuple(sorted(strong, key=lambda side: -side.got)),
        weak=tuple(sorted(weak, key=lambda side: side.got - side.possible)),
        levels=tuple(sorted(_levels(scorer, framework, evaluation), key=lambda side: side.level)),
    )


def _framework(indicator_set: IndicatorSet, framework_id: str | None) -> Framework | None:
    if framework_id is None:
        return indicator_set.primary
    return next((item for item in indicator_set.frameworks if item.id == framework_id), None)


def _active_tree(framework: Framework, profile: Mapping[str, Any]) -> Tree:
    value = profile.get(framework.variants.profile) if framework.variants else ""
    return next((tree for name, tree in framework.trees() if name == value), ())


def _leaves(scorer: Scorer, evaluation: Evaluation, tree: Tree, share: Exact) -> Iterator[tuple[Side, bool]]:
    nodes = evaluation.standing.nodes
    present = [(node, weight) for node, weight in _weighted(tree) if nodes.get(node.id) is not None]
    whole = sum(weight for _, weight in present)
    for node, weight in present:
        possible = times(share, (weight, whole))
        if not isinstance(node, Leaf):
            yield from _leaves(scorer, evaluation, node.children, possible)
            continue
        score = nodes[node.id] or (0, 1)
        question = scorer.questions[node.question]
        reading = evaluation.standing.readings.get(node.question, UNANSWERED)
        side = Side(
            path=node.id,
            title=node.title,
            question=node.question,
            got=rounded(times(times(possible, score), _FULL)),
            possible=rounded(possible),
            chosen=describe(question, reading),
            lacking=_lacking(question, node, reading, score),
        )
        yield side, compare(score, STRONG_FROM) >= 0


def _weighted(tree: Tree) -> Iterator[tuple[Any, int]]:
    return zip(tree, scaled([node.weight for node in tree]), strict=True)


def describe(question: Question, reading: Reading) -> tuple[str, ...]:
    """Say an answer in words: the options chosen, and what its numbers come to."""
    words = tuple(question.option_text(key) for key in reading.keys)
    if question.type is QuestionType.LEVEL and words:
        words = (f"{reading.level} 级：{words[0]}",)
    if reading.computed is None or question.ratio is None:
        return words
    num, den = question.ratio.num, question.ratio.den
    sign = "%" if question.ratio.times == 100 else ""  # noqa: PLR2004
    numbers = f"{rounded(reading.inputs[num])} / {rounded(reading.inputs[den])}"
    return (f"{numbers}，{reading.computed.shown:.1f}{sign}", *words)


def _lacking(question: Question, leaf: Leaf, reading: Reading, score: Exact) -> tuple[str, ...]:
    scores = dict(leaf.scores)
    if question.type is QuestionType.MULTI:
        keys = [key for key in question.keys if key not in reading.keys and scores.get(key, 0) > 0]
    elif scores:
        keys = [key for key in question.keys if compare(exact(scores[key]), score) > 0]
    else:
        keys = [key for key in question.keys if int(key) > reading.level] if question.type is QuestionType.LEVEL else []
    return tuple(question.option_text(key) for key in keys)


def _levels(scorer: Scorer, framework: Framework, evaluation: Evaluation) -> Iterator[LevelSide]:
    seen: set[str] = set()
    for _, questions in framework.counts:
        for question_id in questions:
            reading = evaluation.standing.readings.get(question_id)
            if reading is None or question_id in seen:
                continue
            seen.add(question_id)
            question = scorer.questions[question_id]
            if question.type is QuestionType.LEVEL:
                title = question.title or question.text
                text = question.option_text(reading.keys[0])
                yield LevelSide(question_id, title, reading.level, len(question.options) - 1, text)
