"""Scores are recomputed, never believed (records-and-merge.md 4).

The score of a submission record is a function of its bytes and of the indicator set that it names by hash: a shipped
set, or the body of any effective `indicator_set` record. While no such set is here, or it is not effective any more,
the record waits with `indicator_set_missing`; `refresh` scores it once the set has come. Answers that the set does not
allow cannot be scored; like a result that differs they are a `score_mismatch`, without a score of ours.

Kept are complete, total, level and grade. What a page shows beside them it computes from the record when it is opened.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

import msgspec

from zgsz_desktop.engine.batches import in_batches
from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.indicators.definition import IndicatorSet
from zgsz_desktop.engine.indicators.loader import from_body
from zgsz_desktop.engine.indicators.shipped import SetKey
from zgsz_desktop.engine.model import KeyId, RecordId
from zgsz_desktop.engine.records.facts import Fact, Revoked
from zgsz_desktop.engine.records.flags import Flag
from zgsz_desktop.engine.scoring.judge import Judge, Judgement
from zgsz_desktop.engine.store import derived
from zgsz_desktop.engine.store.derived import ScoreRow
from zgsz_desktop.engine.store.records import facts_of_content, payloads_of, set_contents

_BATCH = 256
_DECODER = msgspec.json.Decoder(float_hook=Decimal)
"""For payloads that were found canonical when they came in."""

Judges = Mapping[str, Judge]
"""By the indicator set's SHA-256."""


class Score(NamedTuple):
    """What is kept of a recomputed score; the fields of `ScoreRow` without the record's number."""

    set_id: str
    set_version: str
    set_sha256: str
    complete: bool
    total: str | None
    level: int | None
    grade: int | None
    flags: str


def score_of(body: Mapping[str, Any], judge: Judge | None) -> Score:
    """Score a well-formed submission; without a judge it waits for its indicator set."""
    named = body["set"]
    identity = named["id"], named["version"], named["sha256"]
    if judge is None:
        return Score(*identity, False, None, None, None, Flag.INDICATOR_SET_MISSING)
    try:
        found = judge.judge(body["profile"], body["answers"])
    except UserError:
        return Score(*identity, False, None, None, None, Flag.SCORE_MISMATCH)
    flags = "" if agrees(found, body["result"]) else Flag.SCORE_MISMATCH
    if found.primary is None:
        return Score(*identity, found.complete, None, None, None, flags)
    total, level, grade = found.primary.total, found.primary.level, found.primary.grade
    return Score(*identity, found.complete, None if total is None else _plain(total), level, grade, flags)


def agrees(found: Judgement, claimed: Mapping[str, Any]) -> bool:
    """Tell whether total, level and grade of every framework are those that the author saw."""
    seen = claimed["frameworks"]
    if seen.keys() != found.frameworks.keys():
        return False
    return all(
        (ours.total, ours.level, ours.grade) == (theirs.get("total"), theirs.get("level"), theirs.get("grade"))
        for ours, theirs in ((ours, seen[name]) for name, ours in found.frameworks.items())
    )


class Rescorer:
    """Keeps the scores of submission records, inside one transaction."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        shipped: Mapping[SetKey, IndicatorSet],
        revoked: Callable[[KeyId], Revoked | None],
    ) -> None:
        self._connection = connection
        self._revoked = revoked
        self._shipped = {item.sha256: item for item in shipped.values()}
        self._judges: dict[str, Judge | None] = {}

    def find_set(self, sha256: str) -> IndicatorSet | None:
        """Find the indicator set with this hash: shipped, or the body of an effective record."""
        return self._shipped.get(sha256) or self._received(sha256)

    def judge_for(self, sha256: str) -> Judge | None:
        """Find who judges by the indicator set with this hash: shipped, or the body of an effective record."""
        if sha256 not in self._judges:
            found = self.find_set(sha256)
            self._judges[sha256] = None if found is None else Judge(found)
        return self._judges[sha256]

    def judges(self) -> Judges:
        """Give all judges that there are now, for use where the store is out of reach."""
        names = (*self._shipped, *set_contents(self._connection))
        return {name: judge for name in names if (judge := self.judge_for(name)) is not None}

    def score_missing(self, records: Iterable[RecordId]) -> None:
        """Score those of these submission records that have no score yet."""
        self._score(derived.unscored(self._connection, records))

    def refresh(self, sha256: str) -> None:
        """Score what waited for a set that is here now; let wait what was scored by one that no longer counts."""
        self._judges.pop(sha256, None)
        waits = self.judge_for(sha256) is None
        for batch in in_batches(derived.scored_by(self._connection, sha256, waiting=not waits), _BATCH):
            self._score(derived.payloads_by_no(self._connection, batch))

    def _score(self, payloads: Iterable[tuple[int, bytes]]) -> None:
        for batch in in_batches(payloads, _BATCH):
            rows = []
            for no, payload in batch:
                body = decode_body(payload)
                rows.append(ScoreRow(no, *score_of(body, self.judge_for(body["set"]["sha256"]))))
            derived.put_scores(self._connection, rows)

    def _received(self, sha256: str) -> IndicatorSet | None:
        for fact in facts_of_content(self._connection, "indicator_set", sha256):
            if fact.withdrawn or not self._is_effective(fact):
                continue
            payload = payloads_of(self._connection, [fact.id])[fact.id]
            try:
                return from_body(decode_body(payload))
            except UserError:  # a set that a newer program may understand: for this one it is not here
                continue
        return None

    def _is_effective(self, fact: Fact) -> bool:
        # Any effective record will do, also one that a newer version of the set has superseded.
        verdict = self._revoked(fact.author)
        if not fact.well_formed or verdict is None:
            return fact.well_formed
        return verdict.good_order and verdict.date is not None and fact.at < verdict.date


def decode_body(payload: bytes) -> dict[str, Any]:
    """Give the body of a stored, not withdrawn record, numbers with a point as `Decimal`."""
    body: dict[str, Any] = _DECODER.decode(payload)["body"]
    return body


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
