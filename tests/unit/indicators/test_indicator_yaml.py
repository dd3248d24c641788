"""YAML is read as plain values with line numbers, and nothing in it can do more than that."""

from pathlib import Path

import pytest

from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.indicators.loader import from_body, from_yaml, load_yaml

GOOD = """
id: "test-set"
version: "1.0"
title: "测试体系"
status: "derived"
effective: "2024-01-01"
sections: [{id: "s", title: "章节"}]
questions:
  - id: "q.a"
    section: "s"
    type: single
    text: "有没有？"
    options: [{key: "A", text: "没有"}, {key: "B", text: "有"}]
    source: {framework: "t", item: "i", provenance: "assumption"}
frameworks:
  - id: "f"
    title: "体系"
    scale: 100
    provenance: {tree: "assumption"}
    tree: [{id: "a", title: "甲", weight: 0.5, question: "q.a", scores: {"A": 0, "B": 62.5}}]
    levels: {method: bands, items: [{level: 1, name: "一级", min: 50}]}
"""


def said(text: str) -> str:
    with pytest.raises(UserError) as caught:
        from_yaml(text.encode(), "体系.yaml")
    return f"{caught.value.code} {caught.value}"


def test_yaml_and_its_body_are_the_same_set():
    indicator_set = from_yaml(GOOD.encode(), "x")
    assert from_body(indicator_set.body) == indicator_set
    assert from_body(indicator_set.body).sha256 == indicator_set.sha256


def test_findings_name_the_line():
    assert "q.a › text（第 12 行）：应为文字" in said(GOOD.replace('"有没有？"', "12"))


def test_a_dangling_reference_names_the_line_of_its_owner():
    assert "没有题目 q.z" in said(GOOD.replace('question: "q.a"', 'question: "q.z"'))


def test_duplicate_keys_are_a_finding():
    assert "字段写了两次（又见第 6 行）" in said(
        GOOD.replace('status: "derived"', 'status: "derived"\nstatus: "official"')
    )


@pytest.mark.parametrize(
    "scalar", ["2024-01-01", "0x1F", ".inf", ".nan", "null", "~", "true", "!!python/name:os.system", "!!binary aGk="]
)
def test_a_text_without_quotes_is_never_guessed(scalar: str):
    assert "indicators.invalid" in said(GOOD.replace('title: "测试体系"', f"title: {scalar}"))


def test_no_is_a_text_and_0610_keeps_its_zero_only_in_quotes():
    assert from_yaml(GOOD.replace('"测试体系"', "no").encode(), "x").title == "no"
    assert "应为文字" in said(GOOD.replace('"测试体系"', "0610"))


@pytest.mark.parametrize(
    "text", ["", "a: [", "\t", "a: b: c", "- x", "{}", "&a [*a]", "? [1]\n: 2", "%YAML 9", "--- a\n--- b"]
)
def test_broken_yaml_is_refused_in_one_sentence(text: str):
    assert said(text).startswith("indicators.")


def test_other_encodings_are_refused():
    with pytest.raises(UserError) as caught:
        from_yaml("标题: 值".encode("gbk"), "x")
    assert caught.value.code == "indicators.unreadable"


def test_an_alias_bomb_is_refused():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 9)]
    assert "内容太多" in said("\n".join(lines))


def test_a_missing_file_is_named(tmp_path: Path):
    with pytest.raises(UserError) as caught:
        load_yaml(tmp_path / "没有.yaml")
    assert caught.value.code == "indicators.unreadable"
    assert "没有.yaml" in caught.value.message


def test_a_huge_file_is_refused(tmp_path: Path):
    (tmp_path / "big.yaml").write_bytes(b"#" * 4_000_001)
    with pytest.raises(UserError, match="4 MB"):
        load_yaml(tmp_path / "big.yaml")
