"""A file of answers is outside input: every way of being wrong is one clear refusal."""

import json
from decimal import Decimal

import pytest

from support.indicator_strategies import framework, leaf, question, set_body
from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.indicators.loader import from_body
from zgsz_desktop.engine.scoring.score_file import MAX_BYTES, read_score_file, score_file

SET = from_body(set_body([question("q.a")], framework([leaf("a", "q.a")])))


def test_a_file_is_scored():
    data = json.dumps({"profile": {"employees": 20}, "answers": {"q.a": {"choice": ["B"]}}}).encode()
    assert score_file(data, SET).frameworks["f"].total == 50


def test_the_body_of_a_submission_can_be_scored_as_it_is():
    data = b'\xef\xbb\xbf{"answers": {}, "result": {"total": 1}, "round": "initial"}'
    assert not score_file(data, SET).complete


def test_numbers_with_a_point_stay_exact():
    profile, _ = read_score_file(b'{"profile": {"revenue": 0.1}, "answers": {}}')
    assert profile["revenue"] == Decimal("0.1")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"profile": {}}',
        b'{"answers": []}',
        b'{"answers": {}, "profile": []}',
        b'{"answers": {}, "answers": {}}',
        b'{"answers": {"q.a": {"inputs": {"x": NaN}}}}',
        b'{"answers": {"\\ud800": {}}}',
        b'{"answers": ' + b"[" * 100_000,
        b'{"answers": {"a": ' + b"[" * 60 + b"]" * 60 + b"}}",
        b'{"answers": {"q.a": ' + b"9" * 5000 + b"}}",
    ],
)
def test_what_is_no_answer_file_is_refused(data: bytes):
    with pytest.raises(UserError) as caught:
        score_file(data, SET)
    assert caught.value.code == "score_file.form"


def test_a_huge_file_is_refused_unread():
    with pytest.raises(UserError) as caught:
        score_file(b" " * (MAX_BYTES + 1), SET)
    assert caught.value.code == "score_file.too_large"


def test_a_wrong_answer_in_it_is_named():
    with pytest.raises(UserError) as caught:
        score_file(b'{"answers": {"q.a": {"choice": ["X"]}}}', SET)
    assert caught.value.code == "answer.unknown_option"
