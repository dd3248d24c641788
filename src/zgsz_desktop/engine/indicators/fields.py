"""Reads the fields of one mapping of an indicator set with their types, noting findings instead of raising.

A field that is wrong yields its default, so that reading goes on and finds the rest. `close` reports fields that
nobody asked for: a misspelt `wieght` must not pass as a default.
"""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from zgsz_desktop.engine.indicators.conditions import Number
from zgsz_desktop.engine.indicators.findings import Findings, Path

_Enum = TypeVar("_Enum", bound=StrEnum)
_Item = TypeVar("_Item")

ID = re.compile(r"[a-z][a-z0-9_-]*(\.[a-z0-9_-]+)*", re.ASCII)
NAME = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
KEY = re.compile(r"[A-Za-z0-9]{1,8}", re.ASCII)


class Fields:
    """One mapping being read.

    Attributes:
        data: the plain values.
        path: where it lies, by keys and positions.
        labels: the same for people, with ids in place of positions.
    """

    def __init__(self, value: Any, findings: Findings, path: Path = (), labels: tuple[str, ...] = ()) -> None:
        self.findings = findings
        self.path = path
        self.labels = labels
        self.data: dict[str, Any] = value if isinstance(value, dict) else {}
        self._asked: set[str] = set()
        if not isinstance(value, dict):
            self.note("应为一组“字段: 内容”")

    def note(self, text: str, key: str | None = None) -> None:
        """Report a finding at this mapping, or at one of its fields."""
        here: tuple[str, ...] = () if key is None else (key,)
        self.findings.add(self.path + here, self.labels + here, text)

    def has(self, key: str) -> bool:
        """Tell whether a field is there."""
        return key in self.data

    def raw(self, key: str) -> Any:
        """Take a field as it is."""
        self._asked.add(key)
        return self.data.get(key)

    def close(self) -> None:
        """Report the fields that nobody asked for."""
        for key in self.data.keys() - self._asked:
            self.note("不认识这个字段", key)

    def text(self, key: str, default: str | None = None, form: re.Pattern[str] | None = None) -> str:
        """Read a text; required unless there is a default."""
        value = self.raw(key)
        if key not in self.data:
            if default is None:
                self.note("缺少这一项", key)
            return default or ""
        if not isinstance(value, str):
            self.note("应为文字，请加引号", key)
            return default or ""
        if not value.strip() or (form and not form.fullmatch(value)):
            self.note(f"“{value}”不合规定的写法" if value.strip() else "不能是空的", key)
        return value

    def number(self, key: str, default: Number | None = None, *, optional: bool = False) -> Number | None:
        """Read a number; required unless there is a default or it is optional."""
        value = self.raw(key)
        if key not in self.data:
            if default is None and not optional:
                self.note("缺少这一项", key)
            return default
        if is_number(value):
            return exact_number(value)
        self.note("应为数字，不加引号", key)
        return default

    def amount(self, key: str, low: int, high: int | None = None, *, above: bool = False) -> Number:
        """Read a required number within edges (`above`: greater than the lower one)."""
        value = self.number(key)
        if value is None:
            return 1
        if value < low or (above and value == low) or (high is not None and value > high):
            limit = f"大于 {low}" if above else f"{low} 以上"
            self.note(f"应{limit}" + ("" if high is None else f"、不超过 {high}"), key)
        return value

    def integer(self, key: str, low: int, high: int) -> int:
        """Read a required integer within edges."""
        value = self.number(key)
        if value is None:
            return low
        if not isinstance(value, int) or not low <= value <= high:
            self.note(f"应为 {low} 到 {high} 的整数", key)
            return low
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        """Read true or false."""
        value = self.raw(key)
        if key not in self.data:
            return default
        if not isinstance(value, bool):
            self.note("应为 true 或 false", key)
            return default
        return value

    def choice(self, key: str, kind: type[_Enum], default: _Enum) -> _Enum:
        """Read one of an enum's values; required."""
        value = self.raw(key)
        for member in kind:
            if value == member:
                return member
        self.note("应为下列之一：" + "、".join(kind) if key in self.data else "缺少这一项", key)
        return default

    def texts(self, key: str, *, required: bool = False, form: re.Pattern[str] | None = None) -> tuple[str, ...]:
        """Read a list of different texts."""
        value = self.raw(key)
        if key not in self.data and not required:
            return ()
        if not isinstance(value, list) or (required and not value):
            self.note("应为文字的列表" + ("，不能是空的" if required else ""), key)
            return ()
        good = [item for item in value if isinstance(item, str) and item.strip() and (not form or form.fullmatch(item))]
        if len(good) < len(value):
            self.note("每一项应为合规定写法的文字，请加引号", key)
        if len(set(good)) < len(good):
            self.note("有重复的项", key)
        return tuple(dict.fromkeys(good))

    def one(self, key: str, read: Callable[["Fields"], _Item]) -> _Item:
        """Read a required mapping by its own function."""
        inner = Fields(self.raw(key) if key in self.data else {}, self.findings, (*self.path, key), (*self.labels, key))
        if key not in self.data:
            self.note("缺少这一项", key)
            inner.findings = Findings()  # one finding is enough for what is not there
        item = read(inner)
        inner.close()
        return item

    def many(
        self, key: str, read: Callable[["Fields"], _Item], *, required: bool = False, unique: str | None = "id"
    ) -> tuple[_Item, ...]:
        """Read a list of mappings, each by the same function; `unique` names the field that tells them apart."""
        value = self.raw(key)
        if key not in self.data and not required:
            return ()
        if not isinstance(value, list) or (required and not value):
            self.note("应为列表" + ("，不能是空的" if required else ""), key)
            return ()
        items = []
        seen: set[str] = set()
        for inner in self._items(key, value, unique):
            name = inner.data.get(unique) if unique else None
            if isinstance(name, str):
                if name in seen:
                    inner.note("和前面的重复", unique)
                seen.add(name)
            items.append(read(inner))
            inner.close()
        return tuple(items)

    def pairs(self, key: str) -> Iterator[tuple[str, "Fields"]]:
        """Give the entries of a mapping of mappings or values: name, and the mapping it lies in."""
        value = self.raw(key)
        if key not in self.data:
            return
        inner = Fields(value, self.findings, (*self.path, key), (*self.labels, key))
        for name in inner.data:
            yield name, inner

    def _items(self, key: str, value: list[Any], unique: str | None) -> Iterator["Fields"]:
        for index, item in enumerate(value):
            name = item.get(unique) if unique and isinstance(item, dict) else None
            label = name if isinstance(name, str) and name else f"第 {index + 1} 项"
            yield Fields(item, self.findings, (*self.path, key, index), (*self.labels, key, label))


def is_number(value: Any) -> bool:
    """Tell whether a plain value is a number (true and false are not)."""
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def exact_number(value: int | Decimal) -> Number:
    """Give an integer as int, whatever it was written as."""
    return int(value) if value == int(value) else value
