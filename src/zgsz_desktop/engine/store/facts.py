"""Facts for the fold, read from the store in batches: the same look-ups as `records.fold.FactTable`, over SQL.

What a batch of entities needs is fetched by a handful of statements (`prefetch`); anything else is looked up singly and
kept. One object serves one batch of one transaction: it must not outlive a change of the records.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from zgsz_desktop.engine.model import KeyId, Level, RecordId
from zgsz_desktop.engine.records.facts import Fact, Revoked
from zgsz_desktop.engine.store.records import Key, facts_of_entities, facts_of_ids


class StoreFacts:
    """Facts of admitted records in one open transaction."""

    def __init__(self, connection: sqlite3.Connection, revoked: Callable[[KeyId], Revoked | None]) -> None:
        self._connection = connection
        self._revoked = revoked
        self._by_entity: dict[Key, Sequence[Fact]] = {}
        self._by_id: dict[RecordId, Fact | None] = {}

    def prefetch(self, keys: Iterable[Key]) -> None:
        """Fetch entities and everything that their states and flags ask for."""
        wanted = list(keys)
        self._fetch(wanted)
        self._fetch(_asked_for(fact for key in wanted for fact in self._by_entity[key]))
        self._fetch_subjects(entity for kind, entity in wanted if kind in {"review", "expert_review"})

    def of_entity(self, kind: str, entity: str) -> Sequence[Fact]:
        found = self._by_entity.get((kind, entity))
        if found is None:
            self._fetch([(kind, entity)])
            found = self._by_entity[kind, entity]
        return found

    def of_id(self, record: RecordId) -> Fact | None:
        if record not in self._by_id:
            self._by_id[record] = next(facts_of_ids(self._connection, [record]), None)
        return self._by_id[record]

    def revoked(self, author: KeyId) -> Revoked | None:
        return self._revoked(author)

    def _fetch(self, keys: Iterable[Key]) -> None:
        missing = {key for key in keys if key not in self._by_entity}
        if not missing:
            return
        found: defaultdict[Key, list[Fact]] = defaultdict(list)
        for fact in facts_of_entities(self._connection, missing):
            found[fact.kind, fact.entity].append(fact)
            self._by_id[fact.id] = fact
        for key in missing:
            self._by_entity[key] = found.get(key, ())

    def _fetch_subjects(self, entities: Iterable[str]) -> None:
        """Fetch the submissions that reviews are about."""
        missing = {RecordId(entity.partition("/")[0]) for entity in entities} - self._by_id.keys()
        if not missing:
            return
        self._by_id.update(dict.fromkeys(missing))
        for fact in facts_of_ids(self._connection, missing):
            self._by_id[fact.id] = fact


def _asked_for(facts: Iterable[Fact]) -> Iterable[Key]:
    """Name what the state and the flags of a submission look up."""
    for fact in facts:
        if fact.kind == "submission":
            for level in Level:
                yield "review", f"{fact.id}/{level}"
            yield "assignment", fact.entity.rpartition("/")[0]
            uscc = fact.entity.split("/")[1:2]
            yield from (("enterprise", code) for code in uscc)
