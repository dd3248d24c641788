"""Total, level and grade of an assessment, and nothing else: what a merge recomputes for thousands of submissions.

It comes to exactly what `result.score` says (a property test holds the two together), without building what only a
page shows, and remembers what each single choice was read as: different enterprises tick the same boxes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from zgsz_desktop.engine.indicators.definition import IndicatorSet, Question
from zgsz_desktop.engine.scoring.answers import AnswerReader, Reading
from zgsz_desktop.engine.scoring.conditions import Standing
from zgsz_desktop.engine.scoring.exact import rounded
from zgsz_desktop.engine.scoring.framework import FrameworkScorer
from zgsz_desktop.engine.scoring.result import Scorer


@dataclass(frozen=True, slots=True)
class Numbers:
    """One framework's outcome; as in `FrameworkResult`."""

    total: Decimal | None
    level: int | None
    grade: int | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """The outcome of one assessment.

    Attributes:
        frameworks: by id. `primary`: the one that gives the grade, None if the set has none.
    """

    complete: bool
    frameworks: Mapping[str, Numbers]
    primary: Numbers | None


class Judge:
    """One set, compiled, with a memory for single choices."""

    def __init__(self, indicator_set: IndicatorSet) -> None:
        self._scorer = Scorer(indicator_set)
        reader = self._scorer.reader
        reader.readers = {name: _RememberingReader(one.question) for name, one in reader.readers.items()}
        self._primary = indicator_set.primary.id if indicator_set.primary else None

    def judge(self, profile: Mapping[str, Any], answers: Mapping[str, Any]) -> Judgement:
        """Score one assessment.

        Raises:
            UserError: `answer.*`, naming the question and the field.
        """
        standing, _ = self._scorer.reader.read(profile, answers)
        frameworks = {name: _numbers(scorer, standing) for name, scorer in self._scorer.frameworks.items()}
        primary = None if self._primary is None else frameworks[self._primary]
        return Judgement(not self._scorer.missing(standing), frameworks, primary)


class _RememberingReader(AnswerReader):
    """Reads an answer that is nothing but one choice only once."""

    def __init__(self, question: Question) -> None:
        super().__init__(question)
        self._known: dict[str, Reading] = {}

    def read(self, raw: Any) -> Reading:
        # Exact types and no pattern matching: this runs for every answer of a merge.
        if type(raw) is dict and len(raw) == 1:
            choice = raw.get("choice")
            if type(choice) is list and len(choice) == 1 and type(choice[0]) is str:
                known = self._known.get(choice[0])
                if known is None:  # an unknown key raises and is not remembered
                    known = self._known[choice[0]] = super().read(raw)
                return known
        return super().read(raw)


def _numbers(scorer: FrameworkScorer, standing: Standing) -> Numbers:
    found = scorer.evaluate_total(standing)
    if found.total is None:
        return Numbers(None, found.level, None)
    grade = None if not scorer.framework.grades else found.grade.grade if found.grade else 0
    return Numbers(rounded(found.total), found.level, grade)
