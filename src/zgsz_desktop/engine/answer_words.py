"""One answer in words, as forms and pages print it: the chosen options, the numbers with what they come to. Pure."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.indicators.definition import Question, QuestionType
from zgsz_desktop.engine.scoring.answers import Reading, read_answer

PERCENT = 100
SHORT = 6
_ONE_PLACE = Decimal("0.1")
_FOUR_PLACES = Decimal("0.0001")


def answer_in_words(question: Question, raw: Mapping[str, Any] | None) -> str:
    """Give an answer in words, one chosen option a line; empty for none.

    An answer that this version of the question does not understand is given as it stands, never left out.
    """
    if not raw:
        return ""
    try:
        reading = read_answer(question, dict(raw))
    except UserError as error:
        return f"（{error.message}）"
    if reading.not_applicable:
        reason = str(raw.get("reason", "")).strip()
        return "不适用" + (f"：{reason}" if reason else "")
    lines = list(_numbers(question, raw, reading))
    if reading.text:
        lines.append(reading.text)
    options = [_option(question, key, partial=reading.partial) for key in reading.keys]
    if all(len(option) <= SHORT for option in options):  # names of business scenes: a column of them wastes a page
        options = ["、".join(options)] if options else []
    return "\n".join([*lines, *options])


def _option(question: Question, key: str, *, partial: bool) -> str:
    text = question.option_text(key)
    if question.type is QuestionType.LEVEL:
        return f"{key} 级{'（部分达到上一级）' if partial else ''}：{text}"
    return text


def _numbers(question: Question, raw: Mapping[str, Any], reading: Reading) -> list[str]:
    given = raw.get("inputs", {})
    parts = [f"{item.name} {given[item.id]} {item.unit}" for item in question.inputs if given.get(item.id) is not None]
    if not parts:
        return []
    computed = reading.computed
    if computed is None:
        return ["，".join(parts)]
    if question.ratio is not None and question.ratio.times == PERCENT:
        parts.append(f"合 {computed.shown.quantize(_ONE_PLACE, rounding='ROUND_HALF_UP'):f}%")
    elif question.compare is not None and computed.shown_before is not None:
        parts.append(f"由 {_short(computed.shown_before)} 变为 {_short(computed.shown)}")
    return ["，".join(parts)]


def _short(number: Decimal) -> str:
    text = f"{number.quantize(_FOUR_PLACES, rounding='ROUND_HALF_UP'):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
