"""Reads one framework of an indicator set: trees, level rule, counts, caps, grades, entry (scoring.md 1 and 3)."""

from collections.abc import Callable
from itertools import pairwise

from zgsz_desktop.engine.indicators.conditions import Number
from zgsz_desktop.engine.indicators.definition import (
    Cap,
    Coverage,
    Entry,
    Framework,
    Grade,
    Leaf,
    LevelItem,
    Levels,
    Method,
    Node,
    Raise,
    Tree,
    Variants,
)
from zgsz_desktop.engine.indicators.fields import ID, NAME, Fields
from zgsz_desktop.engine.indicators.read_conditions import HIGHEST_LEVEL, read_condition

MAX_TREE_DEPTH = 6
LADDER_SCALE = 5
HIGHEST_GRADE = 10


def read_framework(fields: Fields) -> Framework:
    """Read one framework."""
    levels = fields.one("levels", _levels)
    framework = Framework(
        id=fields.text("id", form=ID),
        title=fields.text("title"),
        scale=fields.amount("scale", 0, above=True),
        primary=fields.flag("primary", default=False),
        tree=() if fields.has("variants") else _tree(fields, "tree", levels.method),
        variants=_variants(fields, levels.method) if fields.has("variants") else None,
        levels=levels,
        counts=tuple((name, inner.texts(name, required=True)) for name, inner in fields.pairs("counts")),
        count_titles=tuple((name, inner.text(name)) for name, inner in fields.pairs("count_titles")),
        caps=fields.many("caps", _cap, unique=None),
        grades=_grades(fields),
        entry=fields.many("entry", _entry),
        provenance=tuple((name, inner.text(name)) for name, inner in fields.pairs("provenance")),
    )
    if fields.has("tree") and fields.has("variants"):
        fields.note("tree 和 variants 只能有一个")
        fields.raw("tree")
    if not framework.provenance:
        fields.note("要说明出处", "provenance")
    if levels.method is Method.LADDER and framework.scale != LADDER_SCALE:
        fields.note("逐级累加法（ladder）的满分应为 5", "scale")
    return framework


def _variants(fields: Fields, method: Method) -> Variants:
    """Exactly one profile key, and a tree for each of its values."""

    def read(outer: Fields) -> Variants:
        keys = list(outer.data)
        if len(keys) != 1:
            outer.note("应有且只有一个企业概况字段")
            return Variants("", ())
        trees = tuple((value, _tree(inner, value, method)) for value, inner in outer.pairs(keys[0]))
        if not trees:
            outer.note("至少要有一棵树", keys[0])
        return Variants(keys[0], trees)

    return fields.one("variants", read)


def _tree(fields: Fields, key: str, method: Method) -> Tree:
    return fields.many(key, _node_reader("", method, MAX_TREE_DEPTH), required=True)


def _node_reader(above: str, method: Method, depth: int) -> Callable[[Fields], Node | Leaf]:
    def read(fields: Fields) -> Node | Leaf:
        node_id = fields.text("id", form=ID)
        parent, dot, _ = node_id.rpartition(".")
        if parent != above or (above and not dot):
            fields.note(f"应写成“{above}.名字”" if above else "最上一层不带点", "id")
        title, weight = fields.text("title"), fields.amount("weight", 0, above=True)
        if not fields.has("children"):
            return _leaf(fields, node_id, title, weight, method)
        if depth == 1:
            fields.note(f"层数超过 {MAX_TREE_DEPTH}")
            fields.raw("children")
            return Node(node_id, title, weight, ())
        children = fields.many("children", _node_reader(node_id, method, depth - 1), required=True)
        return Node(node_id, title, weight, children)

    return read


def _leaf(fields: Fields, node_id: str, title: str, weight: Number, method: Method) -> Leaf:
    if method is not Method.LADDER and fields.has("scores") == fields.has("level_scores"):
        fields.note("scores 和 level_scores 应有且只有一个")
    level_scores = dict(_scores(fields, "level_scores"))
    if set(level_scores) != {str(level) for level in range(len(level_scores))}:
        fields.note("应从“0”起逐级给出", "level_scores")
    return Leaf(
        id=node_id,
        title=title,
        weight=weight,
        question=fields.text("question"),
        coverage=fields.choice("coverage", Coverage, Coverage.PARTIAL) if fields.has("coverage") else Coverage.FULL,
        scores=_scores(fields, "scores"),
        level_scores=tuple(level_scores.get(str(level), 0) for level in range(len(level_scores))),
        level_of=tuple((key, inner.integer(key, 0, HIGHEST_LEVEL)) for key, inner in fields.pairs("level_of")),
        raises=fields.many("raise", _raise, unique=None),
    )


def _scores(fields: Fields, key: str) -> tuple[tuple[str, Number], ...]:
    return tuple((name, inner.amount(name, 0, 100)) for name, inner in fields.pairs(key))


def _raise(fields: Fields) -> Raise:
    return Raise(read_condition(fields, "if", framework=False), fields.integer("level", 1, HIGHEST_LEVEL))


def _levels(fields: Fields) -> Levels:
    method = fields.choice("method", Method, Method.BANDS)

    def read(inner: Fields) -> LevelItem:
        by_condition = method is Method.CONDITIONS
        return LevelItem(
            level=inner.integer("level", 1, HIGHEST_LEVEL),
            name=inner.text("name"),
            alias=inner.text("alias", default=""),
            min=None if by_condition else inner.amount("min", 0),
            condition=read_condition(inner, "if", framework=True) if by_condition else None,
        )

    items = fields.many("items", read, required=True, unique=None)
    _check_ascending(fields, "items", [item.level for item in items], "等级应从低到高")
    _check_ascending(fields, "items", [item.min for item in items if item.min is not None], "分数线应从低到高")
    return Levels(method, items, fields.text("zero_name", default="无等级"))


def _grades(fields: Fields) -> tuple[Grade, ...]:
    def read(inner: Fields) -> Grade:
        return Grade(
            inner.integer("grade", 1, HIGHEST_GRADE),
            inner.integer("level", 1, HIGHEST_LEVEL),
            inner.amount("min", 0),
            inner.text("name", default=""),
        )

    grades = fields.many("grades", read, unique=None)
    _check_ascending(fields, "grades", [grade.grade for grade in grades], "档次应从低到高")
    _check_ascending(fields, "grades", [grade.min for grade in grades], "分数线应从低到高")
    if any(low.level > high.level for low, high in pairwise(grades)):
        fields.note("档次升高时等级不能降低", "grades")
    return grades


def _cap(fields: Fields) -> Cap:
    return Cap(
        read_condition(fields, "if", framework=True),
        fields.integer("max_level", 0, HIGHEST_LEVEL),
        fields.text("reason"),
    )


def _entry(fields: Fields) -> Entry:
    return Entry(fields.text("id", form=NAME), read_condition(fields, "if", framework=True), fields.text("text"))


def _check_ascending(fields: Fields, key: str, values: list[int] | list[Number], text: str) -> None:
    if any(right <= left for left, right in pairwise(values)):
        fields.note(text, key)
