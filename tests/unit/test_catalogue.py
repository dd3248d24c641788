"""Every sentence for users has one place; every code is raised somewhere and asserted in a test."""

import re
from pathlib import Path

import pytest

import zgsz_desktop
from zgsz_desktop.engine.catalogue import CATALOGUE

SOURCE = Path(zgsz_desktop.__file__).parent
TESTS = Path(__file__).parents[1]


def text_of(folder: Path, *, leave_out: tuple[str, ...]) -> str:
    return "\n".join(p.read_text("utf-8") for p in folder.rglob("*.py") if p.name not in leave_out)


@pytest.fixture(scope="module")
def source_text() -> str:
    return text_of(SOURCE, leave_out=("catalogue.py",))


@pytest.fixture(scope="module")
def tests_text() -> str:
    return text_of(TESTS, leave_out=("test_catalogue.py",))


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_code_is_raised_and_asserted(code: str, source_text: str, tests_text: str):
    assert f'"{code}"' in source_text, "no place raises it"
    assert f'"{code}"' in tests_text, "no test asserts it"


def test_every_code_in_the_source_is_in_the_catalogue(source_text: str):
    raised = set(re.findall(r'Error\(\s*"([a-z_]+\.[a-z0-9_]+)"', source_text))
    assert raised <= set(CATALOGUE), raised - set(CATALOGUE)


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_texts_are_chinese_sentences(code: str):
    text = CATALOGUE[code]
    for sentence in (text.message, text.remedy):
        assert re.search(r"[\u4e00-\u9fff]", sentence), code
        assert sentence.rstrip().endswith(("。", "？", "）", "}")), (code, sentence)  # }: a sentence put in
