"""The numbers that one simulated enterprise reports: each quantity exists once, whichever question asks for it.

Inputs are drawn when a question first needs them, so that ratios and comparisons come out where the enterprise's
maturity wants them; what an earlier question has fixed is never changed (unequal values of one input are an error).
Where the wanted outcome cannot be reached with the numbers already fixed, the numbers decide.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from random import Random

from zgsz_desktop.engine.indicators.conditions import Number
from zgsz_desktop.engine.indicators.definition import CompareRule, Input, Quantity, Question, RatioRule

_LARGE = 1000
_COUNTED = set("台套人个家项条件次")
_PERCENT = 0.2
"""A rate changes by fewer hundredths than an amount of money does."""
_EARLIER = {"_prev": "_last", "_before": "_after"}
_MONEY = "万元"
_SHARE_OF_SALES = 0.06
"""Digital investment and its like are a few percent of the revenue, hardly ever more."""


@dataclass(slots=True)
class Quantities:
    """What is known of an enterprise in numbers.

    Attributes:
        known: value by input id, growing as questions ask.
        energy: tons of standard coal for 万元 of revenue.
    """

    employees: int
    revenue: Number
    energy: float
    known: dict[str, Number] = field(default_factory=dict)

    def for_ratio(self, question: Question, rule: RatioRule, share: float, rng: Random) -> Mapping[str, Number] | None:
        """Give inputs whose ratio is about `share` of the possible; None where what is known makes that impossible."""
        asked = {asked.id: asked for asked in question.inputs}
        drawn = dict(self.known)
        den = self._draw(drawn, asked[rule.den], rng)
        most = float(rule.max if rule.max is not None else rule.times)
        if asked[rule.num].unit.startswith(_MONEY) and asked[rule.den].unit.startswith(_MONEY):
            share *= _SHARE_OF_SALES
        wanted = float(den) * share * most / float(rule.times)
        if rule.num not in drawn:
            drawn[rule.num] = _rounded(asked[rule.num], wanted)
        ratio = Fraction(drawn[rule.num]) / Fraction(den) * Fraction(rule.times) if den else None
        if ratio is None or (rule.max is not None and ratio > rule.max):
            return None
        return self._keep(question, drawn, rng)

    def for_comparison(
        self, question: Question, rule: CompareRule, change: float, rng: Random
    ) -> Mapping[str, Number] | None:
        """Give inputs by which the quantity has changed by `change` (relative); None where a flat one cannot be met."""
        asked = {asked.id: asked for asked in question.inputs}
        drawn = dict(self.known)
        free = [i for i in (rule.now.num, rule.before.num, rule.before.den) if i and i not in drawn]
        for asked_id in _ids(rule.now) + _ids(rule.before):
            if asked_id != (free[0] if free else None):
                self._draw(drawn, asked[asked_id], rng)
        if free:
            if asked[free[0]].unit == "%":
                change *= _PERCENT
            drawn[free[0]] = _rounded(asked[free[0]], _solve(rule, free[0], drawn, change))
        now, before = _value(rule.now, drawn), _value(rule.before, drawn)
        if now is None or before is None:
            return None
        is_flat = abs(now - before) <= Fraction(rule.flat_within) * abs(before)
        if is_flat != (change == 0):
            return None
        return self._keep(question, drawn, rng)

    def for_number(self, question: Question, low: float, high: float, rng: Random) -> Mapping[str, Number]:
        """Give the one input of a number question, between two edges; it is the question's own, shared with none."""
        (asked,) = question.inputs
        return {asked.id: _rounded(asked, rng.uniform(low, high))}

    def _keep(self, question: Question, drawn: dict[str, Number], rng: Random) -> Mapping[str, Number]:
        """Settle what was drawn, and give what the question asks for."""
        inputs = {asked.id: self._draw(drawn, asked, rng) for asked in question.inputs}
        self.known.update(drawn)
        return inputs

    def _draw(self, drawn: dict[str, Number], asked: Input, rng: Random) -> Number:
        if asked.id not in drawn:
            drawn[asked.id] = _rounded(asked, self._usual(drawn, asked, rng))
        return drawn[asked.id]

    def _usual(self, drawn: Mapping[str, Number], asked: Input, rng: Random) -> float:
        """Draw a plausible value: last year's from the profile, the year before near to it, others by their unit."""
        for earlier, later in _EARLIER.items():
            twin = asked.id.removesuffix(earlier) + later
            if asked.id.endswith(earlier) and twin in drawn:
                return float(drawn[twin]) * rng.uniform(0.9, 1.08)
        revenue = float(self.revenue)
        if asked.id.startswith("rev"):
            return revenue if asked.id.endswith("last") else revenue * rng.uniform(0.88, 1.02)
        if asked.unit.startswith("人"):
            return self.employees if asked.id.endswith("last") else self.employees * rng.uniform(0.92, 1.06)
        by_unit = {
            "台": self.employees * rng.uniform(0.2, 0.5) + 5,
            _MONEY: revenue * rng.uniform(0.7, 0.92),
            "吨": revenue * self.energy * rng.uniform(0.8, 1.2) + 5,
            "%": rng.uniform(91, 98.2),
        }
        usual = next((value for unit, value in by_unit.items() if asked.unit.startswith(unit)), None)
        return rng.uniform(10, 200) if usual is None else usual


def _solve(rule: CompareRule, free: str, drawn: Mapping[str, Number], change: float) -> float:
    """Find the one open input so that now = before * (1 + change)."""
    growth = 1 + change
    if free == rule.now.num:
        before = _value(rule.before, drawn)
        return float(before or 0) * growth * float(_den(rule.now, drawn))
    now = float(_value(rule.now, drawn) or 0)
    if free == rule.before.num:
        return now / growth * float(_den(rule.before, drawn))
    return float(drawn[rule.before.num]) * growth / now if now else 0.0


def _ids(quantity: Quantity) -> list[str]:
    return [quantity.num] if quantity.den is None else [quantity.num, quantity.den]


def _den(quantity: Quantity, drawn: Mapping[str, Number]) -> Number:
    return 1 if quantity.den is None else drawn[quantity.den]


def _value(quantity: Quantity, drawn: Mapping[str, Number]) -> Fraction | None:
    den = _den(quantity, drawn)
    return Fraction(drawn[quantity.num]) / Fraction(den) if den else None


def _rounded(asked: Input, value: float) -> Number:
    """Round as people report: whole numbers where due or where large, else two decimals; inside the input's limits."""
    whole = asked.integer or asked.unit in _COUNTED or abs(value) >= _LARGE
    number: Number = round(value) if whole else _shortest(Decimal(f"{value:.2f}"))
    least = asked.min if asked.min is not None else 0
    number = max(number, least)
    return number if asked.max is None else min(number, asked.max)


def _shortest(number: Decimal) -> Number:
    return int(number) if number == number.to_integral_value() else number.normalize()
