"""What is current: the derived state as a pure function of admitted records and revocations (records-and-merge.md 3).

Derived in the order trust → all other kinds → submissions, so nothing is circular: reviews and assignments ask only
for revocations, submissions ask for reviews and assignments. Nothing here depends on the order in which records came,
on the local clock, or on records that are missing.

A review (or an expert's) counts only if its division is the submission's; one that does not count is treated as not
effective, so that a neighbour can neither decide, nor make a conflict, nor undo that a bureau has vouched.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from zgsz_desktop.engine import canonical
from zgsz_desktop.engine.model import KeyId, Level, RecordId
from zgsz_desktop.engine.records.facts import (
    Below,
    EntityState,
    Exactly,
    Fact,
    Facts,
    OfEnterprise,
    OfRecord,
    Revoked,
    Touched,
)
from zgsz_desktop.engine.records.graph import Node, current_of, find_heads
from zgsz_desktop.engine.records.kinds import is_known
from zgsz_desktop.engine.records.touched import touched

__all__ = [
    "Below",
    "EntityState",
    "Exactly",
    "Fact",
    "FactTable",
    "Facts",
    "OfEnterprise",
    "OfRecord",
    "Revoked",
    "Touched",
    "current_fact",
    "digest_of",
    "fold_all",
    "fold_entity",
    "state_line",
    "touched",
]

LEVELS_FROM_ABOVE = (Level.REGION, Level.CITY, Level.COUNTY)
_ABOUT_A_SUBMISSION = frozenset({"review", "expert_review"})


class FactTable:
    """Facts in memory: the plainest implementation of `Facts`."""

    def __init__(self, facts: Iterable[Fact], revoked: Mapping[KeyId, Revoked]) -> None:
        self._by_id = {fact.id: fact for fact in facts}
        self._revoked = revoked
        self._by_entity: defaultdict[tuple[str, str], list[Fact]] = defaultdict(list)
        for fact in self._by_id.values():
            self._by_entity[fact.kind, fact.entity].append(fact)

    def entities(self) -> list[tuple[str, str]]:
        """Give every (kind, entity) of a known kind that has a record."""
        return [key for key in self._by_entity if is_known(key[0])]

    def of_entity(self, kind: str, entity: str) -> Sequence[Fact]:
        return self._by_entity.get((kind, entity), ())

    def of_id(self, record: RecordId) -> Fact | None:
        return self._by_id.get(record)

    def revoked(self, author: KeyId) -> Revoked | None:
        return self._revoked.get(author)


def fold_all(facts: Iterable[Fact], revoked: Mapping[KeyId, Revoked]) -> dict[tuple[str, str], EntityState]:
    """Derive the state of every entity."""
    table = FactTable(facts, revoked)
    return {key: fold_entity(table, *key) for key in table.entities()}


def fold_entity(facts: Facts, kind: str, entity: str) -> EntityState:
    """Derive the state of one entity. An entity without records, or of an unknown kind, has an empty state."""
    heads = _heads(facts, kind, entity)
    current = current_of(heads)
    if current is None:
        return EntityState(kind, entity)
    face = current.face
    review, level = (None, None) if kind != "submission" or face.withdrawn else _review_of(facts, current.members)
    return EntityState(
        kind=kind,
        entity=entity,
        heads=tuple(sorted(node.face.id for node in heads)),
        current=face.id,
        conflict=len(heads) > 1,
        withdrawn=face.withdrawn,
        review=review,
        review_level=level,
    )


def current_fact(facts: Facts, kind: str, entity: str) -> Fact | None:
    """Give the current version of an entity, None if there is none or it is withdrawn."""
    current = current_of(_heads(facts, kind, entity))
    return None if current is None or current.face.withdrawn else current.face


def assigned_liaison(facts: Facts, submission_entity: str) -> str | None:
    """Give the name of the liaison assigned now to the enterprise, in the campaign, of a submission's entity."""
    fact = current_fact(facts, "assignment", submission_entity.rpartition("/")[0])
    return None if fact is None else fact.gist


def state_line(state: EntityState) -> bytes:
    """Write the canonical object that stands for an entity in the digest, without a newline."""
    members: dict[str, object] = {
        "kind": state.kind,
        "entity": state.entity,
        "heads": state.heads,
        "current": state.current,
        "conflict": state.conflict,
        "withdrawn": state.withdrawn,
    }
    if state.kind == "submission":
        members |= {"review": state.review, "review_level": state.review_level and state.review_level.value}
    return canonical.encode(members)


def digest_of(lines: Iterable[bytes]) -> str:
    """Hash lines, sorted bytewise, each ended by a newline: SHA-256, lowercase hex."""
    digest = hashlib.sha256()
    for line in sorted(lines):
        digest.update(line + b"\n")
    return digest.hexdigest()


def _heads(facts: Facts, kind: str, entity: str) -> list[Node]:
    if not is_known(kind):
        return []
    records = facts.of_entity(kind, entity)
    if not records:
        return []
    return find_heads(records, _effective(facts, records), lambda: assigned_liaison(facts, entity))


def _effective(facts: Facts, records: Sequence[Fact]) -> Collection[RecordId]:
    return {fact.id for fact in records if fact.well_formed and _stands(facts, fact)}


def _stands(facts: Facts, fact: Fact) -> bool:
    if fact.kind in _ABOUT_A_SUBMISSION and not _is_about_its_division(facts, fact):
        return False
    verdict = facts.revoked(fact.author)
    if verdict is None:
        return True
    if verdict.good_order and verdict.date is not None and fact.at < verdict.date:
        return True
    return fact.kind == "submission" and _is_vouched_for(facts, fact.id)


def _is_about_its_division(facts: Facts, review: Fact) -> bool:
    subject = facts.of_id(RecordId(review.entity.partition("/")[0]))
    return subject is None or subject.kind != "submission" or subject.division == review.division


def _is_vouched_for(facts: Facts, submission: RecordId) -> bool:
    for level in LEVELS_FROM_ABOVE:
        heads = _heads(facts, "review", f"{submission}/{level}")
        if len(heads) == 1 and heads[0].face.gist == "accept":
            return True
    return False


def _review_of(facts: Facts, twins: Sequence[Fact]) -> tuple[str, Level | None]:
    # Twins are one: what a bureau decided on any of them it decided on all.
    decided = {
        (review.gist, level)
        for level in LEVELS_FROM_ABOVE
        for twin in twins
        if (review := current_fact(facts, "review", f"{twin.id}/{level}")) is not None
    }
    for decision, outcome in (("return", "returned"), ("accept", "accepted")):
        for level in LEVELS_FROM_ABOVE:
            if (decision, level) in decided:
                return outcome, level
    return "submitted", None
