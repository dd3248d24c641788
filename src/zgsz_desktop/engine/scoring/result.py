"""Scores one assessment with one set, as scoring.md 4 says: one function for window, merge and command line.

Numbers are exact inside and rounded once, half up, to nine decimals, as they enter the result. Beyond scoring.md 4 a
framework's result says `answered`, `applicable` and `full_coverage` of the whole tree, and with a grade also its level,
name and the way to the next one (`next_grade`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from zgsz_desktop.engine.indicators.definition import Framework, Grade, IndicatorSet
from zgsz_desktop.engine.scoring.conditions import Standing, compile_test
from zgsz_desktop.engine.scoring.exact import Exact, exact, plain_number, rounded
from zgsz_desktop.engine.scoring.framework import Evaluation, FrameworkScorer
from zgsz_desktop.engine.scoring.standing import Notice, StandingReader
from zgsz_desktop.engine.scoring.tree import NodeStanding
from zgsz_desktop.engine.scoring.why import WhyNotHigher, why_not_higher

_ZERO = Decimal(0)
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class NodeResult:
    """One node or leaf; `score` is None where it is out."""

    score: Decimal | None
    answered: int
    applicable: int
    full_coverage: Decimal | None

    def to_json(self) -> dict[str, Any]:
        """Give the entry of `nodes`."""
        return {
            "score": _plain(self.score),
            "answered": self.answered,
            "applicable": self.applicable,
            "full_coverage": _plain(self.full_coverage),
        }


@dataclass(frozen=True, slots=True)
class NextGrade:
    """The next grade, from which total on, and how much is lacking (rounded up: reaching it is enough)."""

    grade: int
    min: Decimal
    gap: Decimal


@dataclass(frozen=True, slots=True)
class FrameworkResult:
    """One framework's result.

    Attributes:
        whole: answered, applicable and coverage of the whole tree.
        grade: 0 below the first grade; None where the framework has no grades or no total.
        counts: by count id, how many questions stand at level >= 1, 2, …
        caps: (max_level, reason) of the caps that fired.
        entry: (id, text, met) with met None: unknown.
    """

    total: Decimal | None
    level: int | None
    level_name: str | None
    whole: NodeResult
    nodes: Mapping[str, NodeResult]
    counts: Mapping[str, tuple[int, ...]]
    caps: tuple[tuple[int, str], ...]
    entry: tuple[tuple[str, str, bool | None], ...]
    why_not_higher: WhyNotHigher | None
    has_grades: bool = False
    grade: int | None = None
    grade_level: int | None = None
    grade_name: str | None = None
    next_grade: NextGrade | None = None

    def to_json(self) -> dict[str, Any]:
        """Give the framework's part of the result."""
        found: dict[str, Any] = {
            "total": _plain(self.total),
            "level": self.level,
            "level_name": self.level_name,
            "answered": self.whole.answered,
            "applicable": self.whole.applicable,
            "full_coverage": _plain(self.whole.full_coverage),
            "nodes": {path: node.to_json() for path, node in self.nodes.items()},
            "counts": {
                name: {str(level): number for level, number in enumerate(by_level, 1)}
                for name, by_level in self.counts.items()
            },
            "caps": [{"max_level": level, "reason": reason} for level, reason in self.caps],
            "entry": [{"id": name, "text": text, "met": _ENTRY[met]} for name, text, met in self.entry],
            "why_not_higher": self.why_not_higher.to_json() if self.why_not_higher else None,
        }
        if self.has_grades:
            step = self.next_grade
            found |= {
                "grade": self.grade,
                "grade_level": self.grade_level,
                "grade_name": self.grade_name,
                "next_grade": {"grade": step.grade, "min": _plain(step.min), "gap": _plain(step.gap)} if step else None,
            }
        return found


_ENTRY = {True: "met", False: "not_met", None: "unknown"}


@dataclass(frozen=True, slots=True)
class Result:
    """The result of one assessment.

    Attributes:
        set_id, version, sha256: the set it was scored with.
        missing: questions that apply, are wanted and are not answered, in the order of the set.
        primary: id of the framework that gives the grade.
    """

    set_id: str
    version: str
    sha256: str
    complete: bool
    frameworks: Mapping[str, FrameworkResult]
    missing: tuple[str, ...]
    warnings: tuple[Notice, ...]
    primary: str | None

    @property
    def grade(self) -> int | None:
        """The grade (档) of the primary framework; 0: none yet; None: no total or no grades."""
        return self.frameworks[self.primary].grade if self.primary else None

    def to_json(self) -> dict[str, Any]:
        """Give exactly scoring.md 4, of int, Decimal, str, bool, None, lists and dicts."""
        return {
            "set": {"id": self.set_id, "version": self.version, "sha256": self.sha256},
            "complete": self.complete,
            "frameworks": {name: item.to_json() for name, item in self.frameworks.items()},
            "missing": list(self.missing),
            "warnings": [notice.to_json() for notice in self.warnings],
        }


class Scorer:
    """One set, compiled.

    Attributes:
        indicator_set: what it was made from.
        frameworks: the scorers by framework id.
        reader: reads profile and answers.
        checks: the cross-checks with their compiled conditions.
    """

    def __init__(self, indicator_set: IndicatorSet) -> None:
        self.indicator_set = indicator_set
        self.reader = StandingReader(indicator_set)
        self.frameworks = {item.id: FrameworkScorer(item) for item in indicator_set.frameworks}
        self.checks = [(compile_test(check.condition), check) for check in indicator_set.checks]
        self.questions = {question.id: question for question in indicator_set.questions}
        self._required = [question.id for question in indicator_set.questions if question.required]
        self._order = list(self.questions)
        self._primary = indicator_set.primary.id if indicator_set.primary else None

    def score(self, profile: Mapping[str, Any], answers: Mapping[str, Any]) -> Result:
        """Score one assessment.

        Raises:
            UserError: `answer.*`, naming the question and the field.
        """
        standing, warnings = self.reader.read(profile, answers)
        frameworks = {}
        for name, scorer in self.frameworks.items():
            if scorer.tree(profile) is None:
                warnings.append(_no_variant(scorer.framework))
            frameworks[name] = self._framework(scorer, scorer.evaluate(standing))
        missing = self.missing(standing)
        return Result(
            set_id=self.indicator_set.id,
            version=self.indicator_set.version,
            sha256=self.indicator_set.sha256,
            complete=not missing,
            frameworks=frameworks,
            missing=missing,
            warnings=tuple(warnings),
            primary=self._primary,
        )

    def missing(self, standing: Standing) -> tuple[str, ...]:
        """List what is still to be answered: required questions, and those that a framework scores or counts."""
        if not standing.silent:
            return ()
        wanted = set(self._required)
        for scorer in self.frameworks.values():
            tree = scorer.tree(standing.profile)
            wanted.update(tree.leaves if tree else ())
            wanted.update(question for _, questions in scorer.framework.counts for question in questions)
        return tuple(name for name in self._order if name in standing.silent and name in wanted)

    def _framework(self, scorer: FrameworkScorer, evaluation: Evaluation) -> FrameworkResult:
        framework = scorer.framework
        grade = evaluation.grade
        return FrameworkResult(
            total=_rounded(evaluation.total),
            level=evaluation.level,
            level_name=_level_name(framework, evaluation.level),
            whole=_node(evaluation.root) if evaluation.root else NodeResult(None, 0, 0, None),
            nodes={path: _node(node) for path, node in evaluation.nodes.items()},
            counts={name: by_level[1:] for name, by_level in evaluation.standing.counts.items()},
            caps=tuple((cap.max_level, cap.reason) for cap in evaluation.fired),
            entry=tuple((name, text, verdict(evaluation.standing)) for name, text, verdict in scorer.entry),
            why_not_higher=why_not_higher(framework, evaluation, self.questions),
            has_grades=bool(framework.grades),
            grade=_grade_number(framework, evaluation),
            grade_level=grade.level if grade else None,
            grade_name=grade.name if grade else None,
            next_grade=_next_grade(framework, grade, evaluation.total),
        )


@lru_cache(maxsize=8)
def scorer_for(indicator_set: IndicatorSet) -> Scorer:
    """Compile a set, once per published version: a memo of a pure function, keyed by the set's SHA-256."""
    return Scorer(indicator_set)


def score(indicator_set: IndicatorSet, profile: Mapping[str, Any], answers: Mapping[str, Any]) -> Result:
    """Score one assessment.

    Raises:
        UserError: `answer.*`, naming the question and the field.
    """
    return scorer_for(indicator_set).score(profile, answers)


def _node(node: NodeStanding) -> NodeResult:
    score, answered, applicable, coverage = node
    if score is None:
        return NodeResult(None, 0, 0, None)
    return NodeResult(rounded(score), answered, applicable, _ONE if coverage == (1, 1) else rounded(coverage))


def _rounded(value: Exact | None) -> Decimal | None:
    return None if value is None else rounded(value)


def _plain(value: Decimal | None) -> int | Decimal | None:
    return None if value is None else plain_number(value)


def _level_name(framework: Framework, level: int | None) -> str | None:
    if level is None:
        return None
    names = (item.name for item in framework.levels.items if item.level == level)
    return next(names, framework.levels.zero_name)


def _grade_number(framework: Framework, evaluation: Evaluation) -> int | None:
    if not framework.grades or evaluation.total is None:
        return None
    return evaluation.grade.grade if evaluation.grade else 0


def _next_grade(framework: Framework, present: Grade | None, total: Exact | None) -> NextGrade | None:
    reached = present.grade if present else 0
    step = next((grade for grade in framework.grades if grade.grade > reached), None)
    if step is None or total is None:
        return None
    need = exact(step.min)
    over, under = need[0] * total[1] - total[0] * need[1], need[1] * total[1]
    gap = -(-over * 10**9 // under)
    return NextGrade(step.grade, rounded(need), rounded((gap, 10**9)))


def _no_variant(framework: Framework) -> Notice:
    return Notice("variant_missing", None, f"企业概况没有填全，“{framework.title}”没有算分。")
