"""Turns conditions into functions over a standing: what is known of one enterprise at one moment.

On anything unanswered, n/a, not applicable or missing in the profile a test is false (scoring.md 1). Entry conditions
want to tell "not met" from "unknown"; for them the same functions are made with an unknown of their own (None), and
all, any, not follow Kleene's logic, which for two values is the ordinary one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, assert_never

from zgsz_desktop.engine.indicators.conditions import (
    AllOf,
    AnswerHas,
    AnswerLevel,
    AnyOf,
    Condition,
    CountAtLeast,
    InputName,
    InputNumber,
    NodeScore,
    Not,
    Number,
    ProfileIn,
    ProfileNumber,
    ProfilePrefix,
    TotalScore,
    questions_of,
)
from zgsz_desktop.engine.scoring.answers import Reading, to_exact
from zgsz_desktop.engine.scoring.exact import Exact, compare, exact, holds


@dataclass(slots=True)
class Standing:
    """What conditions look at.

    Attributes:
        profile: the enterprise's profile.
        readings: what counts: answers that apply and are answered, without n/a.
        silent: questions that apply and are not answered yet (only these are "unknown").
        total: exact total of the framework at hand.
        nodes: exact score of each node, None where it is out.
        counts: by count id, how many questions stand at level >= index.
    """

    profile: Mapping[str, Any]
    readings: dict[str, Reading] = field(default_factory=dict)
    silent: set[str] = field(default_factory=set)
    total: Exact | None = None
    nodes: Mapping[str, Exact | None] = field(default_factory=dict)
    counts: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


Test = Callable[[Standing], bool]
Verdict = Callable[[Standing], bool | None]


def compile_test(condition: Condition) -> Test:
    """Make the ordinary two-valued function."""
    verdict = _compile(condition, unknown=False)
    return lambda standing: verdict(standing) is True


def compile_verdict(condition: Condition) -> Verdict:
    """Make the function that gives None while an answer or a profile value is still missing."""
    return _compile(condition, unknown=None)


def _compile(condition: Condition, *, unknown: bool | None) -> Verdict:  # noqa: C901, PLR0911, PLR0912 (one case a form)
    match condition:
        case AllOf(parts):
            return _joined([_compile(part, unknown=unknown) for part in parts], decisive=False)
        case AnyOf(parts):
            return _joined([_compile(part, unknown=unknown) for part in parts], decisive=True)
        case Not(part):
            return _negated(_compile(part, unknown=unknown))
        case ProfileIn(key, values):
            return _profile_in(key, values, unknown)
        case ProfilePrefix(key, prefixes):
            return _profile_prefix(key, prefixes, unknown)
        case ProfileNumber():
            return _profile_number(condition, unknown)
        case AnswerHas(question, keys):
            return _answer_has(question, frozenset(keys), unknown)
        case AnswerLevel(question, level):
            return _answer_level(question, level, unknown)
        case InputNumber():
            return _input_number(condition, unknown)
        case TotalScore(minimum):
            return _total_score(exact(minimum))
        case NodeScore(node, minimum):
            return _node_score(node, exact(minimum))
        case CountAtLeast(count, level, at_least):
            return lambda standing: counted(standing, count, level) >= at_least
        case _:
            assert_never(condition)


def asks_for_nodes(condition: Condition) -> bool:
    """Tell whether a condition looks at the score of a node."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            return any(asks_for_nodes(part) for part in parts)
        case Not(part):
            return asks_for_nodes(part)
        case _:
            return isinstance(condition, NodeScore)


def counted(standing: Standing, count: str, level: int) -> int:
    """Give how many questions of a count stand at a level or higher."""
    by_level = standing.counts.get(count, ())
    return by_level[level] if level < len(by_level) else 0


def _joined(parts: list[Verdict], *, decisive: bool) -> Verdict:
    def verdict(standing: Standing) -> bool | None:
        result: bool | None = not decisive
        for part in parts:
            value = part(standing)
            if value is decisive:
                return decisive
            if value is None:
                result = None
        return result

    return verdict


def _negated(part: Verdict) -> Verdict:
    def verdict(standing: Standing) -> bool | None:
        value = part(standing)
        return None if value is None else not value

    return verdict


def _profile_in(key: str, values: tuple[str | bool | Number, ...], unknown: bool | None) -> Verdict:  # noqa: FBT001
    wanted = {_typed(value) for value in values}

    def verdict(standing: Standing) -> bool | None:
        given = standing.profile.get(key)
        if given is None:
            return unknown
        members = given if isinstance(given, list | tuple) else (given,)
        return any(_typed(member) in wanted for member in members if isinstance(member, str | bool | int | Decimal))

    return verdict


def _typed(value: str | bool | Number) -> tuple[bool, str | bool | Number]:  # noqa: FBT001
    return isinstance(value, bool), value  # in Python True == 1; in an indicator set it is not


def _profile_prefix(key: str, prefixes: tuple[str, ...], unknown: bool | None) -> Verdict:  # noqa: FBT001
    def verdict(standing: Standing) -> bool | None:
        given = standing.profile.get(key)
        if given is None:
            return unknown
        return isinstance(given, str) and given.startswith(prefixes)

    return verdict


def _profile_number(condition: ProfileNumber, unknown: bool | None) -> Verdict:  # noqa: FBT001
    right = exact(condition.value)

    def verdict(standing: Standing) -> bool | None:
        given = standing.profile.get(condition.key)
        left = to_exact(given)
        if left is None:
            return unknown if given is None else False
        return holds(left, condition.comparison, right)

    return verdict


def _missing(standing: Standing, question: str, unknown: bool | None) -> bool | None:  # noqa: FBT001
    return unknown if question in standing.silent else False


def _answer_has(question: str, keys: frozenset[str], unknown: bool | None) -> Verdict:  # noqa: FBT001
    def verdict(standing: Standing) -> bool | None:
        reading = standing.readings.get(question)
        if reading is None:
            return _missing(standing, question, unknown)
        return not keys.isdisjoint(reading.keys)

    return verdict


def _answer_level(question: str, level: int, unknown: bool | None) -> Verdict:  # noqa: FBT001
    def verdict(standing: Standing) -> bool | None:
        reading = standing.readings.get(question)
        if reading is None:
            return _missing(standing, question, unknown)
        return reading.level >= level

    return verdict


def _input_number(condition: InputNumber, unknown: bool | None) -> Verdict:  # noqa: FBT001
    right = None if isinstance(condition.value, InputName) else exact(condition.value)
    questions = set(questions_of(condition))

    def verdict(standing: Standing) -> bool | None:
        left = _number(standing, condition.name)
        other = _number(standing, condition.value) if isinstance(condition.value, InputName) else right
        if left is None or other is None:
            silent = not standing.silent.isdisjoint(questions)
            return unknown if silent else False
        return holds(left, condition.comparison, other)

    return verdict


def _number(standing: Standing, name: InputName) -> Exact | None:
    reading = standing.readings.get(name.question)
    return reading.inputs.get(name.input) if reading else None


def _total_score(minimum: Exact) -> Verdict:
    return lambda standing: standing.total is not None and compare(standing.total, minimum) >= 0


def _node_score(node: str, minimum: Exact) -> Verdict:
    def verdict(standing: Standing) -> bool | None:
        score = standing.nodes.get(node)
        return score is not None and compare(score, minimum) >= 0

    return verdict
