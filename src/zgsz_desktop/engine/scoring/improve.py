"""The smallest set of answers to improve for the next grade or level, ranked by gain (scoring.md 4).

Which set is smallest is exact for up to three answers, and wherever a lower bound proves it; beyond that it is found
greedily, and `exact` says so. (All of it on the assumption that a better answer makes no condition fail.) A framework
whose total is a plain weighted mean is additive: there the answers with the greatest gains are the smallest set,
whatever its size. Of the sets that are equally small the one with the greatest gains is taken, and each answer in it
is then lowered to the smallest step that still reaches the goal.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from itertools import combinations
from math import comb
from typing import Any

from zgsz_desktop.engine.indicators.conditions import questions_of
from zgsz_desktop.engine.indicators.definition import Framework, IndicatorSet, Leaf, Method, QuestionType
from zgsz_desktop.engine.indicators.references import walk
from zgsz_desktop.engine.scoring.answers import UNANSWERED
from zgsz_desktop.engine.scoring.conditions import Standing
from zgsz_desktop.engine.scoring.exact import Exact, compare, exact, rounded
from zgsz_desktop.engine.scoring.framework import Evaluation
from zgsz_desktop.engine.scoring.gain import difference
from zgsz_desktop.engine.scoring.moves import Move, moves_of
from zgsz_desktop.engine.scoring.result import Scorer, scorer_for
from zgsz_desktop.engine.scoring.strengths import describe
from zgsz_desktop.engine.scoring.why import why_not_higher

EXHAUSTIVE = 3
MAX_SETS = 6000
_NOTHING: Exact = (0, 1)


class Goal(StrEnum):
    """What to reach."""

    GRADE = "grade"
    LEVEL = "level"


@dataclass(frozen=True, slots=True)
class Change:
    """One answer to improve.

    Attributes:
        before, after: option keys.
        before_text, after_text: the same in words; of a multi question only the options to add.
        gain: points of the total that this change alone brings; 0 where it only counts.
        steps: how many levels, bands or options it moves.
    """

    question: str
    title: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    before_text: tuple[str, ...]
    after_text: tuple[str, ...]
    gain: Decimal
    steps: int


@dataclass(frozen=True, slots=True)
class Improvement:
    """The smallest set of changes.

    Attributes:
        target: the grade or level to reach; None: already at the highest, or no total.
        reachable: False if no answers reach it.
        exact: True if no smaller set exists for certain; False if it was found greedily.
        total_before, total_after: of the framework.
    """

    framework: str
    goal: Goal
    target: int | None
    reachable: bool
    exact: bool
    changes: tuple[Change, ...]
    total_before: Decimal | None
    total_after: Decimal | None


def improvements(
    indicator_set: IndicatorSet,
    profile: Mapping[str, Any],
    answers: Mapping[str, Any],
    *,
    framework_id: str | None = None,
    goal: Goal | None = None,
) -> Improvement | None:
    """Find the smallest set of answers to improve; by default for the next grade of the primary framework.

    None where the set has no such framework.

    Raises:
        UserError: `answer.*`, naming the question and the field.
    """
    chosen = framework_id or (indicator_set.primary.id if indicator_set.primary else None)
    framework = next((item for item in indicator_set.frameworks if item.id == chosen), None)
    if framework is None:
        return None
    wanted = goal or (Goal.GRADE if framework.grades else Goal.LEVEL)
    return _Search(scorer_for(indicator_set), framework, wanted, profile, answers).run()


class _Search:
    """One search over the better answers of one assessment."""

    def __init__(
        self,
        scorer: Scorer,
        framework: Framework,
        goal: Goal,
        profile: Mapping[str, Any],
        answers: Mapping[str, Any],
    ) -> None:
        self._scorer = scorer
        self._framework = framework
        self._evaluator = scorer.frameworks[framework.id]
        self._goal = goal
        self._profile = profile
        self._answers = answers
        self._standing, _ = scorer.reader.read(profile, answers)
        self._base = self._evaluator.evaluate(self._standing)
        self._target = self._next()
        self._moves = self._all_moves() if self._target is not None else {}
        self._gains = {name: self._gain(moves[-1]) for name, moves in self._moves.items()}
        self._names = sorted(self._moves, key=lambda name: -_order(self._gains[name]))

    def run(self) -> Improvement:
        if self._target is None:
            return self._answer((), reachable=False, exact=True)
        if not self._reaches(self._best(self._names)):
            return self._answer((), reachable=False, exact=True)
        bound = self._lower_bound()
        for size in range(bound, EXHAUSTIVE + 1):
            if comb(len(self._names), size) > MAX_SETS:
                break
            for names in combinations(self._names, size):
                if self._reaches(self._best(names)):
                    return self._answer(self._lowered(self._best(names)), reachable=True, exact=True)
            bound = size + 1
        moves = self._greedy()
        return self._answer(self._lowered(moves), reachable=True, exact=len(moves) <= bound)

    def _next(self) -> int | None:
        if self._base.total is None:
            return None
        if self._goal is Goal.GRADE:
            reached = self._base.grade.grade if self._base.grade else 0
            return next((grade.grade for grade in self._framework.grades if grade.grade > reached), None)
        level = self._base.level or 0
        return next((item.level for item in self._framework.levels.items if item.level > level), None)

    def _all_moves(self) -> dict[str, list[Move]]:
        leaves = {leaf.question: leaf for leaf in self._leaves()}
        wanted = set(leaves)
        if self._goal is Goal.LEVEL:
            wanted.update(question for _, questions in self._framework.counts for question in questions)
            conditions = [item.condition for item in self._framework.levels.items if item.condition]
            conditions += [cap.condition for cap in self._framework.caps]
            wanted.update(name for condition in conditions for name in questions_of(condition))
        wanted.update(name for leaf in leaves.values() for item in leaf.raises for name in questions_of(item.condition))
        found = {}
        for name in self._scorer.questions:
            applies = name in self._standing.readings or name in self._standing.silent
            if name in wanted and applies and self._scorer.questions[name].keys:
                present = self._standing.readings.get(name, UNANSWERED)
                moves = moves_of(self._scorer.reader.readers[name], present, leaves.get(name))
                if moves:
                    found[name] = moves
        return found

    def _leaves(self) -> Iterable[Leaf]:
        for value, tree in self._framework.trees():
            variants = self._framework.variants
            if variants is None or self._profile.get(variants.profile) == value:
                yield from (node for node in walk(tree) if isinstance(node, Leaf))

    def _best(self, names: Iterable[str]) -> list[Move]:
        return [self._moves[name][-1] for name in names]

    def _evaluate(self, moves: Sequence[Move]) -> Evaluation:
        return self._evaluator.evaluate(self._with(moves))

    def _with(self, moves: Sequence[Move]) -> Standing:
        changed = {move.question: move.reading for move in moves}
        if not self._scorer.reader.governing.isdisjoint(changed):
            better = {name: {"choice": list(reading.keys)} for name, reading in changed.items()}
            return self._scorer.reader.read(self._profile, {**self._answers, **better})[0]
        readings = {**self._standing.readings, **changed}
        return replace(self._standing, readings=readings, silent=self._standing.silent - changed.keys())

    def _reaches(self, moves: Sequence[Move]) -> bool:
        evaluation = self._evaluate(moves)
        if self._goal is Goal.GRADE:
            return evaluation.grade is not None and evaluation.grade.grade >= (self._target or 0)
        return (evaluation.level or 0) >= (self._target or 0)

    def _gain(self, move: Move) -> Exact:
        return difference(self._evaluate([move]).total or _NOTHING, self._base.total or _NOTHING)

    @property
    def _additive(self) -> bool:
        """Tell whether gains add up: a weighted mean, and no answer decides what applies or lifts another leaf."""
        lifted = any(leaf.raises for leaf in self._leaves())
        governed = not self._scorer.reader.governing.isdisjoint(self._moves)
        return self._framework.levels.method is not Method.LADDER and not lifted and not governed

    def _lower_bound(self) -> int:
        """Give a number of changes below which the goal is out of reach for certain."""
        bound = 1
        if not self._additive:
            return bound
        if self._goal is Goal.GRADE:
            grade = next(grade for grade in self._framework.grades if grade.grade == self._target)
            return max(bound, self._changes_for(exact(grade.min)))
        why = why_not_higher(self._framework, self._base, self._scorer.questions)
        for_score = for_counts = 0
        for unmet in why.unmet if why else ():
            if unmet.kind == "score" and unmet.need is not None:
                for_score = max(for_score, self._changes_for(exact(unmet.need)))
            elif unmet.kind == "count" and unmet.need is not None and unmet.have is not None:
                for_counts = max(for_counts, int(unmet.need - unmet.have))
        counted = {name for _, questions in self._framework.counts for name in questions}
        apart = counted.isdisjoint(leaf.question for leaf in self._leaves())  # no answer serves both
        return max(bound, for_score + for_counts if apart else max(for_score, for_counts))

    def _changes_for(self, need: Exact) -> int:
        total = self._base.total or _NOTHING
        for changes, name in enumerate(self._names):
            if compare(total, need) >= 0:
                return changes
            gain = self._gains[name]
            total = total[0] * gain[1] + gain[0] * total[1], total[1] * gain[1]
        return len(self._names)

    def _greedy(self) -> list[Move]:
        """Add the change that comes nearest to the goal, until it is reached; then drop what turned out needless."""
        chosen: list[str] = []
        while not self._reaches(self._best(chosen)):
            left = [name for name in self._names if name not in chosen]
            chosen.append(min(left, key=lambda name: self._distance([*chosen, name])))
        for name in list(reversed(chosen)):
            fewer = [other for other in chosen if other != name]
            if self._reaches(self._best(fewer)):
                chosen = fewer
        return self._best(chosen)

    def _distance(self, names: Sequence[str]) -> Decimal:
        """Measure how far the goal still is: the sum of what is lacking, each as a share of what is asked for."""
        evaluation = self._evaluate(self._best(names))
        if self._goal is Goal.GRADE:
            return -rounded(evaluation.total or _NOTHING)
        why = why_not_higher(self._framework, evaluation, self._scorer.questions)
        if why is None or why.level > (self._target or 0):
            return Decimal(-1)
        shares = [
            (unmet.need - unmet.have) / unmet.need
            if unmet.need and unmet.have is not None and unmet.kind != "cap"
            else Decimal(1)
            for unmet in why.unmet
        ]
        return sum(shares, Decimal(0))

    def _lowered(self, moves: list[Move]) -> list[Move]:
        """Take for each change the smallest step that still reaches the goal, the least valuable change first."""
        lowered = list(moves)
        for index in reversed(range(len(lowered))):
            for smaller in self._moves[lowered[index].question]:
                trial = [*lowered[:index], smaller, *lowered[index + 1 :]]
                if self._reaches(trial):
                    lowered = trial
                    break
        return lowered

    def _answer(self, moves: Sequence[Move], *, reachable: bool, exact: bool) -> Improvement:
        changes = sorted(((self._gain(move), move) for move in moves), key=lambda pair: -_order(pair[0]))
        total = self._base.total
        after = self._evaluate(moves).total if moves else total
        return Improvement(
            framework=self._framework.id,
            goal=self._goal,
            target=self._target,
            reachable=reachable,
            exact=exact,
            changes=tuple(self._change(move, gain) for gain, move in changes),
            total_before=None if total is None else rounded(total),
            total_after=None if after is None else rounded(after),
        )

    def _change(self, move: Move, gain: Exact) -> Change:
        question = self._scorer.questions[move.question]
        present = self._standing.readings.get(move.question, UNANSWERED)
        reached = move.reading
        if question.type is QuestionType.MULTI:
            reached = replace(reached, keys=tuple(key for key in reached.keys if key not in present.keys))
        return Change(
            question=move.question,
            title=question.title or question.text,
            before=present.keys,
            after=move.reading.keys,
            before_text=describe(question, present),
            after_text=describe(question, reached),
            gain=rounded(gain),
            steps=move.steps,
        )


def _order(gain: Exact) -> Decimal:
    return rounded(gain)
