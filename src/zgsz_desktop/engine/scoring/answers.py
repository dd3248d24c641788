"""Reads and checks one answer (scoring.md 1), and says what its numbers come to.

An answer is outside input, from a form, a file or a record. What it says wrongly is refused with the field's name; what
it says that this version does not know is kept and left alone. Partly filled numbers are no mistake: the form commits
every field as it is typed, and the question counts as unanswered until all are there (or an option is chosen).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.indicators.definition import Question, QuestionType
from zgsz_desktop.engine.indicators.plain import is_modest
from zgsz_desktop.engine.scoring.computed import Computed, Measure
from zgsz_desktop.engine.scoring.exact import Exact, compare, exact

MAX_TEXT = 5000
MAX_ATTACHMENTS = 200
BASIS = ("reported", "checked", "verified")
_MULTI = QuestionType.MULTI


@dataclass(frozen=True, slots=True)
class Reading:
    """What an answer says, checked.

    Attributes:
        keys: the options that count (from the numbers, where they are complete); empty: unanswered, unless `text`.
        level: of a level question.
        inputs: the numbers that were given, also incomplete ones.
        computed: what complete numbers come to.
        overridden: the chosen key that the numbers overrule.
        not_applicable: marked 不适用.
        unknown_fields: fields that this version does not know.
    """

    keys: tuple[str, ...] = ()
    level: int = 0
    partial: bool = False
    inputs: Mapping[str, Exact] = field(default_factory=dict)
    computed: Computed | None = None
    overridden: str | None = None
    not_applicable: bool = False
    text: str = ""
    unknown_fields: tuple[str, ...] = ()

    @property
    def answered(self) -> bool:
        """Tell whether the question is done."""
        return bool(self.keys) or bool(self.text) or self.not_applicable


UNANSWERED = Reading()


class AnswerReader:
    """Reads answers to one question; made once per question.

    Attributes:
        question: the question.
    """

    def __init__(self, question: Question) -> None:
        self.question = question
        self._keys = frozenset(question.keys)
        self._inputs = {item.id: item for item in question.inputs}
        self._order = {key: index for index, key in enumerate(question.keys)}
        self._exclusive = frozenset(option.key for option in question.options if option.exclusive)
        self._requires = {option.key: option.requires for option in question.options if option.requires}
        self._measure = Measure(question) if question.inputs else None
        is_level = question.type is QuestionType.LEVEL
        self._single = {
            key: Reading((key,), int(key) if is_level else 0) for key in question.keys if key not in self._requires
        }
        self._limits = {
            item.id: (None if item.min is None else exact(item.min), None if item.max is None else exact(item.max))
            for item in question.inputs
        }

    def read(self, raw: Any) -> Reading:
        """Check one answer.

        Raises:
            UserError: `answer.*`, naming the question and the field.
        """
        if not isinstance(raw, dict):
            raise self._form("答案")
        if not raw:
            return UNANSWERED
        unknown = () if _MAIN_FIELDS.issuperset(raw) else self._side_fields(raw)
        ready = self._ready(raw) if not unknown else None
        if ready is not None:
            return ready
        if raw.get("na", False):
            return self._not_applicable(raw, unknown)
        if self.question.type is QuestionType.TEXT:
            return Reading(text=self._text(raw, "text").strip(), unknown_fields=unknown)
        chosen = self._choice(raw)
        if self._measure is not None:
            return self._measured(raw, chosen, unknown)
        partial = self._partial(raw, chosen)
        level = int(chosen[0]) if chosen and self.question.type is QuestionType.LEVEL else 0
        return Reading(chosen, level, partial, unknown_fields=unknown)

    def _ready(self, raw: dict[str, Any]) -> Reading | None:
        """Look up the common answer: one option and nothing that changes its meaning."""
        chosen = raw.get("choice")
        if type(chosen) is not list or len(chosen) != 1 or not _NOTHING_MORE.isdisjoint(raw):
            return None
        return self._single.get(chosen[0]) if type(chosen[0]) is str else None

    def _not_applicable(self, raw: dict[str, Any], unknown: tuple[str, ...]) -> Reading:
        if raw["na"] is not True:
            raise self._form("不适用")
        if not self.question.allow_na:
            raise self._error("answer.na_not_allowed", "na")
        self._text(raw, "reason")
        return Reading(not_applicable=True, unknown_fields=unknown)

    def _choice(self, raw: dict[str, Any]) -> tuple[str, ...]:
        chosen = raw.get("choice", [])
        if not isinstance(chosen, list | tuple) or not all(isinstance(key, str) for key in chosen):
            raise self._form("choice")
        if not self._keys.issuperset(chosen):
            key = next(key for key in chosen if key not in self._keys)
            raise self._error("answer.unknown_option", "choice", key=key[:40])
        if len(chosen) < 2:  # noqa: PLR2004
            keys = tuple(chosen)
        elif self.question.type is not _MULTI:
            raise self._error("answer.one_choice", "choice")
        else:
            keys = tuple(sorted(set(chosen), key=self._order.__getitem__))
            if len(keys) < len(chosen):
                raise self._form("choice")
        if self._exclusive or self._requires:
            self._check_together(keys)
        return keys

    def _check_together(self, keys: tuple[str, ...]) -> None:
        for key in keys:
            if key in self._exclusive and len(keys) > 1:
                raise self._error("answer.exclusive", "choice", key=key)
            needs = [need for need in self._requires.get(key, ()) if need not in keys]
            if needs:
                raise self._error("answer.requires", "choice", key=key, needs="、".join(needs))

    def _partial(self, raw: dict[str, Any], chosen: tuple[str, ...]) -> bool:
        partial = raw.get("partial", False)
        if partial is False:
            return False
        if partial is not True:
            raise self._form("partial")
        highest = self.question.options[-1].key if self.question.options else ""
        if not self.question.allow_partial or chosen == (highest,):
            raise self._error("answer.partial", "partial")
        return bool(chosen)

    def _measured(self, raw: dict[str, Any], chosen: tuple[str, ...], unknown: tuple[str, ...]) -> Reading:
        if raw.get("partial", False) is not False:
            raise self._error("answer.partial", "partial")
        inputs = self._numbers(raw.get("inputs", {}))
        computed = self._measure.compute(inputs) if self._measure else None
        if computed is None:
            return Reading(chosen, inputs=inputs, unknown_fields=unknown)
        overridden = chosen[0] if chosen and chosen[0] != computed.key else None
        return Reading((computed.key,), inputs=inputs, computed=computed, overridden=overridden, unknown_fields=unknown)

    def _numbers(self, raw: Any) -> dict[str, Exact]:
        if not isinstance(raw, dict):
            raise self._form("inputs")
        numbers = {}
        for name, value in raw.items():
            item = self._inputs.get(name)
            if item is None:
                raise self._error("answer.unknown_input", "inputs", name=str(name)[:40])
            if value is None:  # an emptied field
                continue
            number = to_exact(value)
            if number is None:
                raise self._error("answer.number_form", f"inputs.{name}", name=item.name)
            if item.integer and number[0] % number[1]:
                raise self._error("answer.number_whole", f"inputs.{name}", name=item.name)
            low, high = self._limits[name]
            if (low and compare(number, low) < 0) or (high and compare(number, high) > 0):
                limits = [*_limit("不小于", item.min), *_limit("不大于", item.max)]
                raise self._error("answer.number_range", f"inputs.{name}", name=item.name, limit="、".join(limits))
            numbers[name] = number
        return numbers

    def _side_fields(self, raw: dict[str, Any]) -> tuple[str, ...]:
        self._text(raw, "note")
        if not isinstance(raw.get("doubtful", False), bool):
            raise self._form("存疑")
        if raw.get("basis", BASIS[0]) not in BASIS:
            raise self._form("basis")
        attachments = raw.get("attachments", [])
        if not isinstance(attachments, list | tuple) or len(attachments) > MAX_ATTACHMENTS:
            raise self._form("附件")
        return tuple(sorted(str(key) for key in raw.keys() - _FIELDS))

    def _text(self, raw: dict[str, Any], field: str) -> str:
        text = raw.get(field, "")
        if not isinstance(text, str) or len(text) > MAX_TEXT:
            raise self._form(field)
        return text

    def _form(self, field: str) -> UserError:
        return self._error("answer.form", field)

    def _error(self, code: str, field: str, **context: Any) -> UserError:
        title = self.question.title or self.question.text
        return UserError(code, **{"title": title, "question": self.question.id, "field": field, **context})


_MAIN_FIELDS = frozenset({"choice", "inputs", "na", "partial", "reason"})
_NOTHING_MORE = frozenset({"inputs", "na", "partial"})
_FIELDS = _MAIN_FIELDS | {"text", "note", "doubtful", "basis", "attachments"}


def check_answer(question: Question, raw: Any) -> None:
    """Check one answer before it is kept.

    Raises:
        UserError: `answer.*`, naming the question and the field.
    """
    AnswerReader(question).read(raw)


def read_answer(question: Question, raw: Any) -> Reading:
    """Check one answer and say what it means: the option that counts, and what its numbers come to.

    Raises:
        UserError: `answer.*`, naming the question and the field.
    """
    return AnswerReader(question).read(raw)


def to_exact(value: Any) -> Exact | None:
    """Take a number from outside, None if it is none that we compute with (15 digits, 9 decimals)."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    if isinstance(value, int):
        return (value, 1) if -(10**15) < value < 10**15 else None
    number = Decimal(repr(value)) if isinstance(value, float) else value
    return number.as_integer_ratio() if is_modest(number) else None


def _limit(word: str, edge: int | Decimal | None) -> Iterator[str]:
    if edge is not None:
        yield f"{word} {edge}"
