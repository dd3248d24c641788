"""Cross-checks between answers: which of the set's checks fire (scoring.md 5). They change no score.

An error blocks completion; a warning may be kept with a written reason. Deciding that is the business of whoever
completes the assessment.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zgsz_desktop.engine.indicators.definition import IndicatorSet, Severity
from zgsz_desktop.engine.scoring.result import scorer_for


@dataclass(frozen=True, slots=True)
class FiredCheck:
    """A check that fires, with the questions to look at again."""

    id: str
    severity: Severity
    text: str
    questions: tuple[str, ...]


def firing_checks(
    indicator_set: IndicatorSet, profile: Mapping[str, Any], answers: Mapping[str, Any]
) -> tuple[FiredCheck, ...]:
    """List the checks that fire, errors first, else in the order of the set.

    Raises:
        UserError: `answer.*`, naming the question and the field.
    """
    scorer = scorer_for(indicator_set)
    standing, _ = scorer.reader.read(profile, answers)
    fired = [check for test, check in scorer.checks if test(standing)]
    fired.sort(key=lambda check: check.severity is not Severity.ERROR)
    return tuple(FiredCheck(check.id, check.severity, check.text, check.questions) for check in fired)
