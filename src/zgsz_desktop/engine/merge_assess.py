"""What a merge decides of one record by itself: whether it gets in, what the fold must know of it, its score.

A function of the record's bytes, the certificates of the package, the pinned roots and the indicator sets at hand. It
asks no store, so it can be done in any process and any order. Its outcome holds no decoded body: it travels lightly.
"""

from dataclasses import fields
from operator import attrgetter
from typing import Any, NamedTuple

from zgsz_desktop.engine.errors import PackageError
from zgsz_desktop.engine.model import RecordId
from zgsz_desktop.engine.records.admit import Admission, Chains, Refusal, refusal_of
from zgsz_desktop.engine.records.envelope import Envelope
from zgsz_desktop.engine.records.facts import Fact
from zgsz_desktop.engine.rescoring import Judges, Score, score_of
from zgsz_desktop.engine.store.records import Arriving, arriving

Numbered = tuple[int, Envelope]
"""A line's number, from 1, and the envelope on it."""


class Taken(NamedTuple):
    """A record that gets in.

    Attributes:
        score: of a well-formed submission whose indicator set is at hand; others are scored where they are derived.
    """

    fact: Fact
    seq: int
    prev: RecordId | None
    attachments: tuple[str, ...]
    score: Score | None

    def __reduce__(self) -> tuple[Any, ...]:
        # Frozen values with slots are pickled slowly; the fields alone travel three times as fast.
        return _unpacked, (
            _FACT_FIELDS(self.fact),
            self.seq,
            self.prev,
            self.attachments,
            self.score and (*self.score,),
        )


def _unpacked(
    fact: tuple[Any, ...],
    seq: int,
    prev: RecordId | None,
    attachments: tuple[str, ...],
    score: tuple[Any, ...] | None,
) -> Taken:
    return Taken(Fact(*fact), seq, prev, attachments, None if score is None else Score(*score))


_FACT_FIELDS = attrgetter(*(field.name for field in fields(Fact)))

Assessed = Taken | Refusal


class Assessor:
    """Assesses the records of one package."""

    def __init__(self, chains: Chains, judges: Judges) -> None:
        self._admission = Admission(chains)
        self._judges = judges

    def assess(self, records: list[Numbered]) -> list[Assessed]:
        """Assess a batch, in its order."""
        return [self._assess(line, envelope) for line, envelope in records]

    def _assess(self, line: int, envelope: Envelope) -> Assessed:
        try:
            admitted = self._admission.admit(envelope)
        except PackageError as error:
            return refusal_of(envelope, error, line)
        score = None
        body = admitted.record.body
        if admitted.fact.kind == "submission" and admitted.fact.well_formed and body is not None:
            judge = self._judges.get(body["set"]["sha256"])
            score = None if judge is None else score_of(body, judge)
        kept = arriving(admitted)
        return Taken(kept.fact, kept.seq, kept.prev, kept.attachments, score)


def arriving_from(taken: Taken, envelope: Envelope) -> Arriving:
    """Join what was decided with the bytes that it was decided of."""
    return Arriving(taken.fact, taken.seq, taken.prev, envelope.payload, envelope.signature, taken.attachments)
