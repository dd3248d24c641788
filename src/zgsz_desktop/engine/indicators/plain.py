"""Makes sure that a document holds nothing but plain JSON values before anything else looks at it.

Afterwards canonical JSON can be written of it, and no reader meets a date, a set, a NaN, a lone surrogate, a
reference to itself or a document that unfolds to millions of values.
"""

from decimal import Decimal
from typing import Any

from zgsz_desktop.engine.indicators.findings import Findings, Path

MAX_DEPTH = 24
MAX_VALUES = 200_000
MAX_TEXT = 4000
MAX_DIGITS = 15
MAX_PLACES = 9


class PlainCopy:
    """Copies one document, noting what is not plain.

    Attributes:
        findings: where to note it.
    """

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self._left = MAX_VALUES

    def copy(self, value: Any, path: Path = ()) -> Any:
        """Copy a value; what is not plain becomes None, with a finding."""
        self._left -= 1
        if self._left < 0 or len(path) > MAX_DEPTH:
            if self._left in (-1, 0) or len(path) > MAX_DEPTH:
                self._note(path, "内容太多或嵌套太深")
            return None
        if isinstance(value, dict):
            return self._mapping(value, path)
        if isinstance(value, list | tuple):
            return [self.copy(item, (*path, index)) for index, item in enumerate(value) if self._left >= 0]
        return self._scalar(value, path)

    def _scalar(self, value: Any, path: Path) -> Any:
        match value:
            case bool():
                return value
            case str():
                return self._text(value, path)
            case int() | float() | Decimal():
                return self._number(value, path)
            case _:
                self._note(path, "没有内容" if value is None else "应为文字、数字、列表或是非；文字请加引号")
                return None

    def _mapping(self, value: dict[Any, Any], path: Path) -> dict[str, Any]:
        copied = {}
        for key, item in value.items():
            if self._left < 0:
                break
            if isinstance(key, str) and _encodable(key):
                copied[key] = self.copy(item, (*path, key))
            else:
                self._note(path, f"字段名 {key!a} 应为文字，请加引号")
        return copied

    def _text(self, value: str, path: Path) -> str:
        if len(value) > MAX_TEXT or not _encodable(value):
            self._note(path, f"文字超过 {MAX_TEXT} 字或含有无效字符")
            return ""
        return value

    def _number(self, value: float | Decimal, path: Path) -> int | Decimal:
        number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        if not is_modest(number):
            self._note(path, f"数字太大，或小数多于 {MAX_PLACES} 位")
            return 0
        return value if isinstance(value, int) else number

    def _note(self, path: Path, text: str) -> None:
        self.findings.add(path, [str(part) for part in path], text)


def is_modest(number: Decimal) -> bool:
    """Tell whether a number is finite, below 10^15 and has at most nine decimals."""
    if not number.is_finite():
        return False
    exponent = number.as_tuple().exponent
    return number.adjusted() < MAX_DIGITS and isinstance(exponent, int) and exponent >= -MAX_PLACES


def _encodable(text: str) -> bool:
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)
