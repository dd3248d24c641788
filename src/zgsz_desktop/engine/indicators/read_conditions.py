"""Reads one condition of the grammar of scoring.md 1 into values, noting what is wrong with it.

Questions, inputs, nodes and counts that it names are looked up later (`references.py`), when all of them are known.
"""

from collections.abc import Callable
from typing import Any

from zgsz_desktop.engine.indicators.conditions import (
    AllOf,
    AnswerHas,
    AnswerLevel,
    AnyOf,
    Comparison,
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
)
from zgsz_desktop.engine.indicators.fields import Fields, exact_number, is_number

MAX_NESTING = 8
HIGHEST_LEVEL = 5
_NEVER = AnyOf(())
"""Stands in for what could not be read; there is a finding then."""


def read_condition(fields: Fields, key: str, *, framework: bool) -> Condition:
    """Read the condition in a required field; `framework` allows the tests of a framework's result."""
    if not fields.has(key):
        fields.note("缺少条件", key)
        fields.raw(key)
        return _NEVER
    inner = Fields(fields.raw(key), fields.findings, (*fields.path, key), (*fields.labels, key))
    return _condition(inner, framework, MAX_NESTING)


def read_optional_condition(fields: Fields, key: str, *, framework: bool) -> Condition | None:
    """Read the condition in a field that may be absent."""
    return read_condition(fields, key, framework=framework) if fields.has(key) else None


def _condition(fields: Fields, framework: bool, depth: int) -> Condition:  # noqa: FBT001 (handed down a recursion)
    if depth == 0:
        fields.note(f"条件嵌套超过 {MAX_NESTING} 层")
        return _NEVER
    readers: dict[str, Callable[[Fields], Condition]] = {
        "all": lambda f: AllOf(_parts(f, "all", framework, depth)),
        "any": lambda f: AnyOf(_parts(f, "any", framework, depth)),
        "not": lambda f: Not(_part(f, framework, depth)),
        "profile": _profile,
        "answer": _answer,
        "input": _input,
    }
    if framework:
        readers |= {"node": _node, "count": _count, "score_gte": _total}
    for word, read in readers.items():
        if fields.has(word):
            condition = read(fields)
            fields.close()
            return condition
    words = "、".join(readers)
    fields.note(f"不是条件：应有 {words} 之一")
    return _NEVER


def _parts(fields: Fields, key: str, framework: bool, depth: int) -> tuple[Condition, ...]:  # noqa: FBT001
    def read(inner: Fields) -> Condition:
        return _condition(inner, framework, depth - 1)

    return fields.many(key, read, unique=None)


def _part(fields: Fields, framework: bool, depth: int) -> Condition:  # noqa: FBT001
    return fields.one("not", lambda inner: _condition(inner, framework, depth - 1))


def _profile(fields: Fields) -> Condition:
    key = fields.text("profile")
    if fields.has("in"):
        return ProfileIn(key, _values(fields))
    if fields.has("prefix"):
        return ProfilePrefix(key, fields.texts("prefix", required=True))
    comparison, value = _comparison(fields)
    return ProfileNumber(key, comparison, exact_number(value) if is_number(value) else _no_number(fields, comparison))


def _values(fields: Fields) -> tuple[str | bool | Number, ...]:
    value = fields.raw("in")
    if not isinstance(value, list) or not value or not all(isinstance(i, str | bool) or is_number(i) for i in value):
        fields.note("应为文字、数字或是非的列表，不能是空的", "in")
        return ()
    return tuple(value)


def _answer(fields: Fields) -> Condition:
    question = fields.text("answer")
    if fields.has("has"):
        return AnswerHas(question, fields.texts("has", required=True))
    return AnswerLevel(question, fields.integer("level_gte", 0, HIGHEST_LEVEL))


def _input(fields: Fields) -> Condition:
    name = _input_name(fields)
    comparison, value = _comparison(fields)
    if isinstance(value, dict):
        other = Fields(value, fields.findings, (*fields.path, comparison), (*fields.labels, comparison))
        right = _input_name(other)
        other.close()
        return InputNumber(name, comparison, right)
    return InputNumber(name, comparison, exact_number(value) if is_number(value) else _no_number(fields, comparison))


def _input_name(fields: Fields) -> InputName:
    question, dot, name = fields.text("input").rpartition(".")
    if not dot:
        fields.note("应写成“题号.数字名”", "input")
    return InputName(question, name)


def _comparison(fields: Fields) -> tuple[Comparison, Any]:
    present = [word for word in Comparison if fields.has(word)]
    if len(present) != 1:
        fields.note("应有且只有 gte、gt、lte、lt 之一")
    if not present:
        return Comparison.GTE, 0
    return present[0], fields.raw(present[0])


def _no_number(fields: Fields, comparison: Comparison) -> int:
    fields.note("应为数字，不加引号", comparison)
    return 0


def _node(fields: Fields) -> Condition:
    return NodeScore(fields.text("node"), fields.amount("score_gte", 0, 100))


def _total(fields: Fields) -> Condition:
    return TotalScore(fields.amount("score_gte", 0))


def _count(fields: Fields) -> Condition:
    def read(inner: Fields) -> Condition:
        return CountAtLeast(
            inner.text("of"), inner.integer("level_gte", 0, HIGHEST_LEVEL), inner.integer("at_least", 1, 1000)
        )

    return fields.one("count", read)
