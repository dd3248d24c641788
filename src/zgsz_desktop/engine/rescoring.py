"""Scores are recomputed, never believed (records-and-merge.md 4).

The score of a submission record is a function of its bytes and of the indicator set that it names by hash: a shipped
set, or the body of any effective `indicator_set` record. While no such set is here, or it is not effective any more,
the record waits with `indicator_set_missing`; `refresh` scores it once the set has come. Answers that the set does not
allow cannot be scored; like a result that differs they are a `score_mismatch`, without a score of ours.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

import msgspec

from zgsz_desktop.engine import canonical
from zgsz_desktop.engine.batches import in_batches
from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.indicators.definition import IndicatorSet
from zgsz_desktop.engine.indicators.loader import from_body
from zgsz_desktop.engine.indicators.shipped import SetKey
from zgsz_desktop.engine.model import KeyId, RecordId
from zgsz_desktop.engine.records.facts import Fact, Revoked
from zgsz_desktop.engine.records.flags import Flag
from zgsz_desktop.engine.scoring.result import Result, score
from zgsz_desktop.engine.store import derived
from zgsz_desktop.engine.store.derived import ScoreRow
from zgsz_desktop.engine.store.records import facts_of_content, payloads_of

_BATCH = 256
_DECODER = msgspec.json.Decoder(float_hook=Decimal)
"""For payloads that were found canonical when they came in."""
_ENCODER = msgspec.json.Encoder(order="deterministic", decimal_format="number")

Numbered = tuple[int, dict[str, Any]]
"""A record's number and its body."""


class Rescorer:
    """Scores submission records inside one transaction."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        shipped: Mapping[SetKey, IndicatorSet],
        revoked: Callable[[KeyId], Revoked | None],
    ) -> None:
        self._connection = connection
        self._revoked = revoked
        self._shipped = {item.sha256: item for item in shipped.values()}
        self._received: dict[str, IndicatorSet | None] = {}

    def find_set(self, sha256: str) -> IndicatorSet | None:
        """Find the indicator set with this hash: shipped, or the body of an effective record."""
        if sha256 in self._shipped:
            return self._shipped[sha256]
        if sha256 not in self._received:
            self._received[sha256] = self._load(sha256)
        return self._received[sha256]

    def score(self, submissions: Iterable[Numbered]) -> None:
        """Score well-formed submissions and keep the scores."""
        derived.put_scores(self._connection, [self._row(no, body) for no, body in submissions])

    def score_missing(self, records: Iterable[RecordId]) -> None:
        """Score those of these submission records that have no score yet."""
        for batch in in_batches(derived.unscored(self._connection, records), _BATCH):
            self.score((no, decode_body(payload)) for no, payload in batch)

    def refresh(self, sha256: str) -> None:
        """Score what waited for a set that is here now; let wait what was scored by one that no longer counts."""
        self._received.pop(sha256, None)
        waits = self.find_set(sha256) is None
        numbers = derived.scored_by(self._connection, sha256, waiting=not waits)
        for batch in in_batches(numbers, _BATCH):
            payloads = derived.payloads_by_no(self._connection, batch)
            self.score((no, decode_body(payload)) for no, payload in payloads)

    def _load(self, sha256: str) -> IndicatorSet | None:
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

    def _row(self, no: int, body: dict[str, Any]) -> ScoreRow:
        named = body["set"]
        indicator_set = self.find_set(named["sha256"])
        identity = (no, named["id"], named["version"], named["sha256"])
        if indicator_set is None:
            return ScoreRow(*identity, False, None, None, None, Flag.INDICATOR_SET_MISSING, None)
        try:
            result = score(indicator_set, body["profile"], body["answers"])
        except UserError:
            return ScoreRow(*identity, False, None, None, None, Flag.SCORE_MISMATCH, None)
        document = result.to_json()
        primary = document["frameworks"].get(result.primary or "", {})
        total = primary.get("total")
        return ScoreRow(
            *identity,
            result.complete,
            None if total is None else format(total, "f"),
            primary.get("level"),
            primary.get("grade"),
            "" if agrees(result, body["result"]) else Flag.SCORE_MISMATCH,
            _text(document),
        )


def agrees(result: Result, claimed: Mapping[str, Any]) -> bool:
    """Tell whether total, level and grade of every framework are those that the author saw."""
    seen = claimed["frameworks"]
    if seen.keys() != result.frameworks.keys():
        return False
    return all(
        (ours.total, ours.level, ours.grade) == (theirs.get("total"), theirs.get("level"), theirs.get("grade"))
        for ours, theirs in ((ours, seen[name]) for name, ours in result.frameworks.items())
    )


def decode_body(payload: bytes) -> dict[str, Any]:
    """Give the body of a stored, not withdrawn record, numbers with a point as `Decimal`."""
    body: dict[str, Any] = _DECODER.decode(payload)["body"]
    return body


def _text(document: dict[str, Any]) -> str:
    data = _ENCODER.encode(document)
    # The fast encoder writes tiny decimals with an exponent, which the canonical form does not know.
    return (canonical.encode(document) if b"E-" in data else data).decode()
