"""May this assessment be signed? All findings at once: what is missing, what contradicts itself, what wants a reason.

Errors block. Warnings may be kept with a written reason, which travels with the submission (scoring.md 5). Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.indicators.definition import Check, IndicatorSet, Question, Severity
from zgsz_desktop.engine.scoring.conditions import Test, compile_test
from zgsz_desktop.engine.scoring.result import Result, scorer_for

_SHOWN = 3
"""So many titles stand in the sentence; the whole list is in the error's context and on the page."""


@dataclass(frozen=True, slots=True)
class CheckFinding:
    """A check of the indicator set that fired.

    Attributes:
        id: under which a reason is written. `questions`: where to look.
    """

    id: str
    severity: Severity
    text: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Completion:
    """What stands between a draft and its signature.

    Attributes:
        missing: required questions without an answer, in the order of the set.
    """

    result: Result
    missing: tuple[Question, ...]
    errors: tuple[CheckFinding, ...]
    warnings: tuple[CheckFinding, ...]

    def without_reason(self, reasons: Mapping[str, str]) -> tuple[CheckFinding, ...]:
        """Give the warnings for which nobody wrote down a reason."""
        return tuple(warning for warning in self.warnings if not reasons.get(warning.id, "").strip())

    def demand(self, reasons: Mapping[str, str]) -> None:
        """Let only what may be signed pass.

        Raises:
            UserError: `submission.incomplete`, `submission.contradicts`, `submission.reasons_missing`; with
                all findings in the context.
        """
        if self.missing:
            titles = [question.title or question.text for question in self.missing]
            raise UserError(
                "submission.incomplete",
                count=len(titles),
                first=_listed(titles),
                questions=[question.id for question in self.missing],
            )
        if self.errors:
            texts = [finding.text for finding in self.errors]
            raise UserError("submission.contradicts", count=len(texts), first=texts[0].rstrip("。"), findings=texts)
        open_warnings = self.without_reason(reasons)
        if open_warnings:
            texts = [finding.text for finding in open_warnings]
            raise UserError(
                "submission.reasons_missing",
                count=len(texts),
                first=texts[0].rstrip("。"),
                findings=texts,
                checks=[finding.id for finding in open_warnings],
            )


def examine(indicator_set: IndicatorSet, profile: Mapping[str, Any], answers: Mapping[str, Any]) -> Completion:
    """Score an assessment and find everything that is wrong with it.

    Raises:
        UserError: `answer.*`, an answer that the set does not allow.
    """
    scorer = scorer_for(indicator_set)
    result = scorer.score(profile, answers)
    standing, _ = scorer.reader.read(profile, answers)
    fired = [
        CheckFinding(check.id, check.severity, check.text, check.questions)
        for check, test in _tests(indicator_set)
        if test(standing)
    ]
    missing = (scorer.questions[name] for name in result.missing)
    return Completion(
        result,
        tuple(question for question in missing if question.required),
        tuple(finding for finding in fired if finding.severity is Severity.ERROR),
        tuple(finding for finding in fired if finding.severity is Severity.WARNING),
    )


@lru_cache(maxsize=8)
def _tests(indicator_set: IndicatorSet) -> tuple[tuple[Check, Test], ...]:
    """Compile the checks, once per published version: a memo of a pure function."""
    return tuple((check, compile_test(check.condition)) for check in indicator_set.checks)


def _listed(titles: list[str]) -> str:
    shown = "、".join(titles[:_SHOWN])
    return f"{shown} 等" if len(titles) > _SHOWN else shown
