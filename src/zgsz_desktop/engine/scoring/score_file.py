"""Scores a file `{"profile": {...}, "answers": {...}}`: outside input, for the verb `score` (scoring.md 4).

Other keys beside these two are left alone, so that the body of a submission can be scored as it is.
"""

import json
from decimal import Decimal
from typing import Any

from zgsz_desktop.engine import canonical
from zgsz_desktop.engine.errors import PackageError, UserError
from zgsz_desktop.engine.indicators.definition import IndicatorSet
from zgsz_desktop.engine.scoring.result import Result, score

MAX_BYTES = 4_000_000


def score_file(data: bytes, indicator_set: IndicatorSet) -> Result:
    """Score the bytes of an answer file.

    Raises:
        UserError: `score_file.too_large`, `score_file.form`, `answer.*`.
    """
    profile, answers = read_score_file(data)
    return score(indicator_set, profile, answers)


def read_score_file(data: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    """Read profile (empty if there is none) and answers; numbers with a point become Decimal.

    Raises:
        UserError: `score_file.too_large`, `score_file.form`.
    """
    if len(data) > MAX_BYTES:
        raise UserError("score_file.too_large", limit=MAX_BYTES // 1_000_000)
    document = _parse(data)
    if not isinstance(document, dict):
        raise _form("最外层应为一组“字段: 内容”")
    profile, answers = document.get("profile", {}), document.get("answers")
    if not isinstance(profile, dict):
        raise _form("profile 应为一组“字段: 内容”")
    if not isinstance(answers, dict):
        raise _form("缺少 answers，或它不是一组“题号: 答案”")
    return profile, answers


def _parse(data: bytes) -> Any:
    try:
        canonical.check_depth(data)
        text = data.decode("utf-8-sig")
        document = json.loads(text, parse_float=Decimal, parse_constant=_refuse, object_pairs_hook=_without_twins)
        if "\\u" in text:  # half a surrogate pair could be written so, and then be printed nowhere
            json.dumps(document, ensure_ascii=False, default=str).encode()
    except (ValueError, ArithmeticError, RecursionError, PackageError) as error:
        raise _form("不是合规定的 JSON") from error
    return document


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    document = dict(pairs)
    if len(document) < len(pairs):
        raise ValueError("duplicate key")
    return document


def _refuse(name: str) -> Any:
    raise ValueError(name)


def _form(detail: str) -> UserError:
    return UserError("score_file.form", detail=detail)
