"""Turn one cell of a roster into a value, or say in the catalogue's words why it is none.

Each function takes what Excel stores (text, int, float, bool, a date) and gives the value, None for a blank cell, or a
`Finding`. Text is forgiven: full-width digits, thousands separators, spaces, a unit behind the number.
"""

import math
import re
from datetime import date, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from zgsz_desktop.engine.reference.finding import Finding
from zgsz_desktop.engine.reference.text import compact, tidy
from zgsz_desktop.engine.roster.row import Field

UNITS = {
    "亿元": Decimal(10_000),
    "百万元": Decimal(100),
    "万元": Decimal(1),
    "千元": Decimal("0.1"),
    "元": Decimal("0.0001"),
}
"""How many 万元 one of each is."""
MAX_EMPLOYEES = 1_000_000
MAX_REVENUE = Decimal(100_000_000)
"""万元, that is a million million yuan: beyond any enterprise."""
MAX_TEXT = 100
_YUAN = Decimal("0.0001")
_BLANK = {"", "-", "--", "—", "——", "/", "\\", "无", "暂无", "不详"}
_NUMBER = re.compile(
    r"([+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.[0-9]{0,12})?)(人|亿元|百万元|万元|千元|元)?", re.ASCII
)
_PROCESS_TYPES = {"离散": "discrete", "流程": "process"}
_SHOWN = 20


def text_of(value: object) -> str:
    """Give what a cell says as a clerk sees it; a whole number without `.0`."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    if isinstance(value, str):
        return tidy(value)
    return "" if value is None else str(value)


def is_blank(value: object) -> bool:
    """Tell whether a cell says nothing: empty, or one of the strokes that people put there."""
    return value is None or (isinstance(value, str) and compact(value) in _BLANK)


def read_text(value: object, field: Field) -> str | Finding:
    """Read free text of at most `MAX_TEXT` characters."""
    text = "" if is_blank(value) else text_of(value)
    if len(text) > MAX_TEXT:
        return Finding("roster.too_long", {"field": field.value, "length": len(text), "limit": MAX_TEXT})
    return text


def read_code(value: object) -> str | Finding:
    """Read a credit code as text; as a number of 18 digits Excel has already lost its last ones."""
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= 10**15:
        return Finding("roster.code_as_number")
    return "" if is_blank(value) else text_of(value)


def read_employees(value: object) -> int | Finding | None:
    """Read a whole number of people."""
    number = _number(value, Field.EMPLOYEES, "整数", Decimal(MAX_EMPLOYEES))
    if not isinstance(number, tuple):
        return number
    amount, unit = number
    if unit not in ("", "人") or amount != amount.to_integral_value():
        return _not_number(value, Field.EMPLOYEES, "整数")
    return int(amount)


def read_revenue(value: object, unit: str) -> Decimal | Finding | None:
    """Read an amount in `unit`, or in the unit that stands behind it, and give it in 万元, exact to the yuan."""
    number = _number(value, Field.REVENUE, "数字", MAX_REVENUE / UNITS[unit])
    if not isinstance(number, tuple):
        return number
    amount, own_unit = number
    if own_unit == "人":
        return _not_number(value, Field.REVENUE, "数字")
    wan = (amount * UNITS[own_unit or unit]).quantize(_YUAN, ROUND_HALF_UP) + 0  # + 0: Excel knows a minus zero
    if wan > MAX_REVENUE:
        return Finding("roster.out_of_range", {"field": Field.REVENUE.value, "value": text_of(value)[:_SHOWN]})
    return wan.to_integral_value() if wan == wan.to_integral_value() else wan.normalize()


def read_process_type(value: object) -> str | Finding | None:
    """Read 离散 or 流程 in whatever phrase: 离散型, 流程制造."""
    if is_blank(value):
        return None
    text = compact(text_of(value))
    named = [kind for word, kind in _PROCESS_TYPES.items() if word in text]
    if len(named) != 1:
        return Finding("roster.unknown_process_type", {"value": text[:_SHOWN]})
    return named[0]


def _number(value: object, field: Field, want: str, most: Decimal) -> tuple[Decimal, str] | Finding | None:
    """Give the amount and the unit written behind it."""
    if is_blank(value):
        return None
    parsed = _parse(value)
    if parsed is None:
        return _not_number(value, field, want)
    amount, unit = parsed
    if amount < 0 or (not unit and amount > most):
        return Finding("roster.out_of_range", {"field": field.value, "value": text_of(value)[:_SHOWN]})
    return amount, unit


def _parse(value: object) -> tuple[Decimal, str] | None:
    if isinstance(value, bool | date | time | timedelta):
        return None
    if isinstance(value, int):
        return Decimal(value), ""
    if isinstance(value, float):
        # repr is the shortest text that gives this float again: what the clerk typed, not its binary neighbour
        return (Decimal(repr(value)), "") if math.isfinite(value) else None
    written = _NUMBER.fullmatch(compact(str(value)))
    if written is None:
        return None
    return Decimal(written[1].replace(",", "")), written[2] or ""


def _not_number(value: object, field: Field, want: str) -> Finding:
    return Finding("roster.not_number", {"field": field.value, "want": want, "value": text_of(value)[:_SHOWN]})
