"""The one grammar of conditions, as values (scoring.md 1). No expression language, no `eval`.

The same grammar serves `applies_if`, `raise`, checks, level conditions, caps and entry. The last three tests below
(total, node, count) speak of a framework's result and are allowed only inside a framework. Evaluating is the business
of `engine/scoring/conditions.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

Number = int | Decimal


class Comparison(StrEnum):
    """How a number is compared; the left side is the enterprise's."""

    GTE = "gte"
    GT = "gt"
    LTE = "lte"
    LT = "lt"


@dataclass(frozen=True, slots=True)
class AllOf:
    """Holds when all hold; empty: true."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Holds when one holds; empty: false."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Holds when the inner one does not."""

    part: "Condition"


@dataclass(frozen=True, slots=True)
class ProfileIn:
    """The profile's value (or one of its values) is among these."""

    key: str
    values: tuple[str | bool | Number, ...]


@dataclass(frozen=True, slots=True)
class ProfilePrefix:
    """The profile's text begins with one of these (industry codes)."""

    key: str
    prefixes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProfileNumber:
    """The profile's number compares so."""

    key: str
    comparison: Comparison
    value: Number


@dataclass(frozen=True, slots=True)
class AnswerHas:
    """One of these options is chosen."""

    question: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswerLevel:
    """A level question stands at this level or higher."""

    question: str
    level: int


@dataclass(frozen=True, slots=True)
class InputName:
    """One input of one question, written `sme.q02.equip_total`."""

    question: str
    input: str


@dataclass(frozen=True, slots=True)
class InputNumber:
    """A number that was given compares so with a constant or another number that was given."""

    name: InputName
    comparison: Comparison
    value: Number | InputName


@dataclass(frozen=True, slots=True)
class TotalScore:
    """The framework's exact total is at least this."""

    minimum: Number


@dataclass(frozen=True, slots=True)
class NodeScore:
    """The exact score (0-100) of a node or leaf is at least this."""

    node: str
    minimum: Number


@dataclass(frozen=True, slots=True)
class CountAtLeast:
    """So many questions of a count stand at this level or higher."""

    count: str
    level: int
    at_least: int


Condition = (
    AllOf
    | AnyOf
    | Not
    | ProfileIn
    | ProfilePrefix
    | ProfileNumber
    | AnswerHas
    | AnswerLevel
    | InputNumber
    | TotalScore
    | NodeScore
    | CountAtLeast
)


def tests_of(condition: Condition) -> Iterator[Condition]:
    """Walk the single tests of a condition, without the all, any and not around them."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from tests_of(part)
        case Not(part):
            yield from tests_of(part)
        case _:
            yield condition


def questions_of(condition: Condition) -> Iterator[str]:
    """Name the questions whose answers a condition looks at (a question may come twice)."""
    for test in tests_of(condition):
        match test:
            case AnswerHas() | AnswerLevel():
                yield test.question
            case InputNumber(name, _, value):
                yield name.question
                if isinstance(value, InputName):
                    yield value.question
            case _:
                pass
