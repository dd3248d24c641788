"""Reads YAML 1.2 into plain values with the line of each, and nothing more: no tags, no dates, no objects.

The values are made from the parser's node graph by hand, because a general constructor turns `2024-09-04` into a
date, keeps the last of two equal keys in silence, and can be made to raise almost anything.
"""

from decimal import Decimal, InvalidOperation
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.indicators.findings import Findings, Path
from zgsz_desktop.engine.indicators.plain import MAX_DEPTH, MAX_VALUES

MAX_BYTES = 4_000_000
_LITERALS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_PARSER_MISHAPS = (
    YAMLError,
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    AssertionError,
    RecursionError,
    OverflowError,
)
"""What the parser has been seen to raise on broken input besides its own errors."""


def parse_yaml(data: bytes, name: str) -> tuple[Any, Findings]:
    """Parse one document; duplicate keys and foreign tags become findings, with line numbers for all that follow.

    Raises:
        UserError: `indicators.unreadable` if it is no YAML, not UTF-8 or too large.
    """
    if len(data) > MAX_BYTES:
        raise UserError("indicators.unreadable", name=name, detail=f"超过 {MAX_BYTES // 1_000_000} MB")
    try:
        root = YAML(typ="safe", pure=True).compose(data.decode("utf-8-sig"))
    except _PARSER_MISHAPS as error:
        raise UserError("indicators.unreadable", name=name, detail=_line_of(error)) from error
    lines: dict[Path, int] = {}
    findings = Findings(lines)
    return _Builder(findings, lines).value(root, ()), findings


def _line_of(error: BaseException) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"第 {mark.line + 1} 行附近" if mark is not None else "不是 UTF-8 编码的 YAML 文件"


class _Builder:
    def __init__(self, findings: Findings, lines: dict[Path, int]) -> None:
        self._findings = findings
        self._lines = lines
        self._left = MAX_VALUES

    def value(self, node: Node | None, path: Path) -> Any:
        if node is None:
            return None
        self._lines[path] = node.start_mark.line + 1
        self._left -= 1
        if self._left < 0 or len(path) > MAX_DEPTH:  # an alias may lead to itself, or unfold to millions
            if self._left in (-1, 0) or len(path) > MAX_DEPTH:
                self._note(path, "内容太多或嵌套太深")
            return ""
        match node:
            case ScalarNode():
                return self._scalar(node, path)
            case SequenceNode():
                return [self.value(item, (*path, index)) for index, item in enumerate(node.value) if self._left >= 0]
            case MappingNode():
                return self._mapping(node, path)
            case _:
                self._note(path, "不认识这种写法")
                return ""

    def _mapping(self, node: MappingNode, path: Path) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if self._left < 0:
                break
            key = key_node.value
            if not isinstance(key_node, ScalarNode) or _kind(key_node) != "str":
                self._note(path, f"第 {key_node.start_mark.line + 1} 行的字段名应为文字，请加引号")
            elif key in values:
                self._note((*path, key), f"字段写了两次（又见第 {key_node.start_mark.line + 1} 行）")
            else:
                values[key] = self.value(value_node, (*path, key))
        return values

    def _scalar(self, node: ScalarNode, path: Path) -> Any:
        kind, text = _kind(node), str(node.value)
        if kind == "str":
            return text
        if kind == "bool" and text in _LITERALS:
            return _LITERALS[text]
        if kind == "null":
            return None
        if kind in ("int", "float"):
            try:
                return int(text, 10) if kind == "int" else Decimal(text)
            except (ValueError, InvalidOperation):  # hexadecimal, octal, .inf, .nan: no number for us
                pass
        self._note(path, f"不认识“{text[:40]}”这种写法；文字请加引号")
        return ""

    def _note(self, path: Path, text: str) -> None:
        self._findings.add(path, [str(part) for part in path], text)


def _kind(node: Node) -> str:
    return str(node.tag).rpartition(":")[2]
