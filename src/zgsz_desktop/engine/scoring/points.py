"""What each option brings to a framework's total, as published: the product of weights, with nothing set aside.

For showing beside an option (`1.25 分`). What an answer really brings in one enterprise, where other questions may be
out, is the difference of two scores.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from zgsz_desktop.engine.indicators.definition import Framework, Leaf, Tree
from zgsz_desktop.engine.scoring.exact import rounded

FULL = 100


def option_points(framework: Framework, profile: Mapping[str, Any]) -> dict[str, dict[str, Decimal]]:
    """Give points by question and option key; a ladder has none, nor has a variant whose profile value is missing."""
    if framework.variants is None:
        tree: Tree = framework.tree
    else:
        wanted = profile.get(framework.variants.profile)
        tree = dict(framework.variants.trees).get(str(wanted), ())
    points: dict[str, dict[str, Decimal]] = {}
    for leaf, share in _shares(tree, Fraction(framework.scale)):
        given = points.setdefault(leaf.question, {})
        for key, score in _scores(leaf):
            worth = share * score / FULL
            given[key] = given.get(key, Decimal(0)) + rounded((worth.numerator, worth.denominator))
    return points


def _shares(children: Tree, whole: Fraction) -> Iterator[tuple[Leaf, Fraction]]:
    total = sum((Fraction(child.weight) for child in children), Fraction(0))
    for child in children:
        share = whole * Fraction(child.weight) / total
        if isinstance(child, Leaf):
            yield child, share
        else:
            yield from _shares(child.children, share)


def _scores(leaf: Leaf) -> Iterator[tuple[str, Fraction]]:
    for key, score in leaf.scores:
        yield key, Fraction(score)
    for level, score in enumerate(leaf.level_scores):
        yield str(level), Fraction(score)
