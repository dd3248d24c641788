"""Exact arithmetic of scores: numerator and denominator as plain integers, rounded once at the very end.

No float ever touches a score, and no `fractions.Fraction` either: it reduces at every step and costs thirty times as
much. Denominators stay positive and small, because they come from weights and scores with few decimals.
"""

from collections.abc import Iterable
from decimal import Decimal
from math import lcm

from zgsz_desktop.engine.indicators.conditions import Comparison, Number

Exact = tuple[int, int]
"""Numerator and positive denominator, not necessarily reduced."""

PLACES = 9
_UNIT = 10**PLACES


def exact(number: Number) -> Exact:
    """Turn an int or Decimal into an exact pair."""
    return (number, 1) if isinstance(number, int) else number.as_integer_ratio()


def quotient(top: Exact, bottom: Exact) -> Exact:
    """Divide; the caller has made sure that `bottom` is not zero."""
    over, under = top[0] * bottom[1], top[1] * bottom[0]
    return (over, under) if under > 0 else (-over, -under)


def times(left: Exact, right: Exact) -> Exact:
    """Multiply."""
    return left[0] * right[0], left[1] * right[1]


def compare(left: Exact, right: Exact) -> int:
    """Give a negative number, zero or a positive one, as left is less, equal or greater."""
    return left[0] * right[1] - right[0] * left[1]


def holds(left: Exact, comparison: Comparison, right: Exact) -> bool:
    """Tell whether a comparison holds."""
    difference = compare(left, right)
    match comparison:
        case Comparison.GTE:
            return difference >= 0
        case Comparison.GT:
            return difference > 0
        case Comparison.LTE:
            return difference <= 0
        case Comparison.LT:
            return difference < 0


def scaled(numbers: Iterable[Number]) -> list[int]:
    """Blow decimals up by one common factor until all are integers (weights: only their ratios matter)."""
    return scaled_by(numbers)[0]


def scaled_by(numbers: Iterable[Number]) -> tuple[list[int], int]:
    """Do as `scaled`, and give the factor too."""
    pairs = [exact(number) for number in numbers]
    factor = lcm(*(under for _, under in pairs))
    return [over * (factor // under) for over, under in pairs], factor


def rounded(value: Exact) -> Decimal:
    """Round half up (away from zero) to nine decimals, without trailing zeros: what is stored and printed."""
    over, under = value
    units = (2 * abs(over) * _UNIT + under) // (2 * under)
    whole, rest = divmod(units, _UNIT)
    text = f"{'-' if over < 0 else ''}{whole}"
    return Decimal(f"{text}.{rest:09d}".rstrip("0")) if rest else Decimal(text)


def plain_number(value: Decimal) -> int | Decimal:
    """Give an integral Decimal as int, as canonical JSON writes it."""
    return int(value) if value == value.to_integral_value() else value
