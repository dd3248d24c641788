"""What one answer is worth: the total with it, less the total without it (本题 +1.9)."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from zgsz_desktop.engine.indicators.definition import IndicatorSet
from zgsz_desktop.engine.scoring.exact import Exact, rounded
from zgsz_desktop.engine.scoring.result import scorer_for


def gain_of(
    indicator_set: IndicatorSet,
    profile: Mapping[str, Any],
    answers: Mapping[str, Any],
    question_id: str,
    framework_id: str | None = None,
) -> Decimal | None:
    """Give the points of a framework's total (default: the primary's) that the present answer brings.

    None where there is no total, with the answer or without it.

    Raises:
        UserError: `answer.*`, naming the question and the field.
    """
    scorer = scorer_for(indicator_set)
    framework = framework_id or (indicator_set.primary.id if indicator_set.primary else None)
    if framework is None:
        return None

    def total(given: Mapping[str, Any]) -> Exact | None:
        standing, _ = scorer.reader.read(profile, given)
        return scorer.frameworks[framework].evaluate(standing).total

    present = total(answers)
    without = total({name: answer for name, answer in answers.items() if name != question_id})
    return None if present is None or without is None else rounded(difference(present, without))


def difference(left: Exact, right: Exact) -> Exact:
    """Subtract exactly."""
    return left[0] * right[1] - right[0] * left[1], left[1] * right[1]
