"""What the numbers of a ratio, compare or number question come to: the exact value, its band or key.

The window shows it beside the fields (58.0 %, 第 4 档, 再 4 台到下一档); scoring uses the key.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.indicators.definition import Band, CompareRule, Quantity, Question, RatioRule
from zgsz_desktop.engine.scoring.exact import Exact, compare, exact, quotient, rounded, times


@dataclass(frozen=True, slots=True)
class NextBand:
    """How far it is to the next band of a ratio.

    Attributes:
        key: the band.
        more: how many more (whole) units of the numerator it takes.
    """

    key: str
    more: int


@dataclass(frozen=True, slots=True)
class Computed:
    """The value of complete numbers.

    Attributes:
        key: the option key that it means.
        value: the exact ratio or number; of a comparison, the present side.
        before: of a comparison, the earlier side.
        next_band: of a ratio with a whole-numbered numerator, the way to the next band (None at the last one).
    """

    key: str
    value: Exact
    before: Exact | None = None
    next_band: NextBand | None = None

    @property
    def shown(self) -> Decimal:
        """The value rounded to nine decimals."""
        return rounded(self.value)

    @property
    def shown_before(self) -> Decimal | None:
        """The earlier side of a comparison, rounded."""
        return None if self.before is None else rounded(self.before)


class Measure:
    """Computes one question's numbers; made once per question.

    Attributes:
        question: the question, of type ratio, compare or number.
    """

    def __init__(self, question: Question) -> None:
        self.question = question
        self._names = {item.id: item.name for item in question.inputs}
        self._whole = {item.id for item in question.inputs if item.integer}
        self._edges = [(None if band.max is None else exact(band.max), band) for band in question.bands]
        self._times = exact(question.ratio.times) if question.ratio else (1, 1)
        self._flat_within = exact(question.compare.flat_within) if question.compare else (0, 1)

    def compute(self, inputs: Mapping[str, Exact]) -> Computed | None:
        """Compute complete numbers; None while some are missing.

        Raises:
            UserError: `answer.zero_denominator`, `answer.ratio_above_max`.
        """
        if len(inputs) < len(self._names):
            self._refuse_zero_denominators(inputs)
            return None
        if self.question.ratio:
            return self._ratio(self.question.ratio, inputs)
        if self.question.compare:
            return self._compare(self.question.compare, inputs)
        value = inputs["value"]
        return Computed(self._band(value).key, value)

    def _ratio(self, rule: RatioRule, inputs: Mapping[str, Exact]) -> Computed:
        value = times(self._quotient(rule.num, rule.den, inputs), self._times)
        if rule.max is not None and compare(value, exact(rule.max)) > 0:
            raise self._error("answer.ratio_above_max", rule.num, value=f"{rounded(value):.2f}", limit=rule.max)
        band = self._band(value)
        return Computed(band.key, value, next_band=self._next_band(rule, band, inputs))

    def _compare(self, rule: CompareRule, inputs: Mapping[str, Exact]) -> Computed:
        now, before = self._side(rule.now, inputs), self._side(rule.before, inputs)
        difference = compare(now, before)
        # |now - before| <= flat_within * |before|, both over the common denominator
        allowed = self._flat_within[0] * abs(before[0]) * now[1]
        if abs(difference) * self._flat_within[1] <= allowed:
            key = rule.flat
        else:
            key = rule.up if difference > 0 else rule.down
        return Computed(key, now, before)

    def _side(self, side: Quantity, inputs: Mapping[str, Exact]) -> Exact:
        return self._quotient(side.num, side.den, inputs) if side.den else inputs[side.num]

    def _quotient(self, num: str, den: str, inputs: Mapping[str, Exact]) -> Exact:
        if not inputs[den][0]:
            raise self._error("answer.zero_denominator", den)
        return quotient(inputs[num], inputs[den])

    def _refuse_zero_denominators(self, inputs: Mapping[str, Exact]) -> None:
        rule, sides = self.question.ratio, self.question.compare
        dens = [rule.den] if rule else []
        if sides:
            dens += [side.den for side in (sides.now, sides.before) if side.den]
        for den in dens:
            if den in inputs and not inputs[den][0]:
                raise self._error("answer.zero_denominator", den)

    def _band(self, value: Exact) -> Band:
        for edge, band in self._edges:
            if edge is None or compare(value, edge) <= 0:
                return band
        raise AssertionError  # the loader sees to it that the last band has no edge

    def _next_band(self, rule: RatioRule, band: Band, inputs: Mapping[str, Exact]) -> NextBand | None:
        if band.max is None or rule.num not in self._whole or inputs[rule.den][0] < 0:
            return None
        over, under = quotient(times(exact(band.max), inputs[rule.den]), self._times)
        needed = over // under + 1  # strictly above the inclusive edge
        following = self.question.keys[self.question.keys.index(band.key) + 1]
        return NextBand(following, needed - inputs[rule.num][0] // inputs[rule.num][1])

    def _error(self, code: str, name: str, **context: object) -> UserError:
        title = self.question.title or self.question.text
        return UserError(
            code, title=title, question=self.question.id, field=f"inputs.{name}", name=self._names[name], **context
        )
