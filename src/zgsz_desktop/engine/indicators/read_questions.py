"""Reads sections and questions of an indicator set (scoring.md 1), each by its type."""

from itertools import pairwise

from zgsz_desktop.engine.indicators.conditions import Number
from zgsz_desktop.engine.indicators.definition import (
    Band,
    CompareRule,
    Input,
    Option,
    Quantity,
    Question,
    QuestionType,
    RatioRule,
    Section,
    Source,
)
from zgsz_desktop.engine.indicators.fields import ID, KEY, NAME, Fields
from zgsz_desktop.engine.indicators.read_conditions import HIGHEST_LEVEL, read_optional_condition

MAX_OPTIONS = 40


def read_section(fields: Fields) -> Section:
    """Read one section."""
    return Section(fields.text("id", form=ID), fields.text("title"), fields.text("group", default=""))


def read_question(fields: Fields) -> Question:
    """Read one question; what its type does not know is a finding."""
    kind = fields.choice("type", QuestionType, QuestionType.TEXT)
    bands = _bands(fields) if kind in (QuestionType.RATIO, QuestionType.NUMBER) else ()
    return Question(
        id=fields.text("id", form=ID),
        section=fields.text("section"),
        type=kind,
        title=fields.text("title", default=""),
        text=fields.text("text"),
        definition=fields.text("definition", default=""),
        help=fields.text("help", default=""),
        evidence=fields.texts("evidence"),
        required=fields.flag("required", default=True),
        allow_na=fields.flag("allow_na", default=False),
        applies_if=read_optional_condition(fields, "applies_if", framework=False),
        source=fields.one("source", _source),
        options=tuple(Option(band.key, band.text) for band in bands) if bands else _options(fields, kind),
        allow_partial=kind is QuestionType.LEVEL and fields.flag("allow_partial", default=False),
        inputs=_inputs(fields, kind),
        bands=bands,
        ratio=_ratio(fields) if kind is QuestionType.RATIO else None,
        compare=_compare(fields) if kind is QuestionType.COMPARE else None,
    )


def _source(fields: Fields) -> Source:
    return Source(
        fields.text("framework"), fields.text("item"), fields.text("provenance"), fields.text("ref", default="")
    )


def _options(fields: Fields, kind: QuestionType) -> tuple[Option, ...]:
    if kind not in (QuestionType.SINGLE, QuestionType.MULTI, QuestionType.LEVEL, QuestionType.COMPARE):
        return ()
    multi = kind is QuestionType.MULTI

    def read(inner: Fields) -> Option:
        return Option(
            inner.text("key", form=KEY),
            inner.text("text"),
            multi and inner.flag("exclusive", default=False),
            inner.texts("requires") if multi else (),
        )

    options = fields.many("options", read, required=True, unique="key")
    _check_options(fields, kind, options)
    return options


def _check_options(fields: Fields, kind: QuestionType, options: tuple[Option, ...]) -> None:
    keys = [option.key for option in options]
    if len(keys) > MAX_OPTIONS:
        fields.note(f"选项超过 {MAX_OPTIONS} 个", "options")
    if kind is QuestionType.LEVEL and keys != [str(level) for level in range(len(keys))]:
        fields.note("等级题的选项应从“0”起逐级递增", "options")
    if kind is QuestionType.LEVEL and not 1 < len(keys) <= HIGHEST_LEVEL + 1:
        fields.note("等级题应有“0”和“1”，最高到“5”", "options")
    exclusive = {option.key for option in options if option.exclusive}
    if len(exclusive) > 1:
        fields.note("只能有一个选项与其他选项互斥", "options")
    for option in options:
        for key in option.requires:
            if key not in keys or key in exclusive or key == option.key or option.exclusive:
                fields.note(f"选项 {option.key} 的前提 {key} 不成立", "options")
    if _requires_in_a_circle(options):
        fields.note("选项的前提互相循环", "options")


def _requires_in_a_circle(options: tuple[Option, ...]) -> bool:
    left = {option.key: set(option.requires) for option in options}
    while ready := [key for key, needs in left.items() if not needs & left.keys()]:
        for key in ready:
            del left[key]
    return bool(left)


def _bands(fields: Fields) -> tuple[Band, ...]:
    def read(inner: Fields) -> Band:
        maximum = inner.number("max", optional=True)
        key = inner.text("key", form=KEY)
        return Band(key, maximum, inner.text("text", default="") or _band_text(maximum))

    bands = fields.many("bands", read, required=True, unique="key")
    edges = [band.max for band in bands[:-1]]
    if None in edges or (bands and bands[-1].max is not None):
        fields.note("除最后一档外每档都要有上限 max，最后一档没有", "bands")
    known = [edge for edge in edges if edge is not None]
    if any(right <= left for left, right in pairwise(known)):
        fields.note("各档上限应从小到大", "bands")
    return bands


def _band_text(maximum: Number | None) -> str:
    return "更高" if maximum is None else f"不超过 {maximum}"


def _inputs(fields: Fields, kind: QuestionType) -> tuple[Input, ...]:
    if kind is QuestionType.NUMBER:
        low, high = fields.number("min", optional=True), fields.number("max", optional=True)
        return (Input("value", fields.text("title", default="") or "数值", fields.text("unit"), low, high),)
    if kind not in (QuestionType.RATIO, QuestionType.COMPARE):
        return ()

    def read(inner: Fields) -> Input:
        low, high = inner.number("min", optional=True), inner.number("max", optional=True)
        if low is not None and high is not None and low > high:
            inner.note("下限大于上限", "min")
        whole = inner.flag("integer", default=False)
        return Input(inner.text("id", form=NAME), inner.text("name"), inner.text("unit"), low, high, whole)

    return fields.many("inputs", read, required=True)


def _ratio(fields: Fields) -> RatioRule:
    maximum = fields.number("max", optional=True)

    def read(inner: Fields) -> RatioRule:
        times = inner.number("times", default=1) or 0
        if times <= 0:
            inner.note("应大于 0", "times")
        return RatioRule(inner.text("num"), inner.text("den"), times, maximum)

    return fields.one("ratio", read)


def _compare(fields: Fields) -> CompareRule:
    def quantity(inner: Fields) -> Quantity:
        return Quantity(inner.text("num"), inner.text("den", default="") or None)

    def keys(inner: Fields) -> tuple[str, str, str]:
        return inner.text("up"), inner.text("flat"), inner.text("down")

    flat_within = fields.number("flat_within", default=0) or 0
    if flat_within < 0:
        fields.note("不能是负数", "flat_within")
    up, flat, down = fields.one("keys", keys)
    return CompareRule(fields.one("now", quantity), fields.one("before", quantity), flat_within, up, flat, down)
