"""From records to what is shown: entity states, scores, current submissions and enterprises are derived again.

The derived tables are a pure function of records, certificates, revocation entries and shipped indicator sets
(records-and-merge.md 3). After a change only what it touches is derived again (`touched_keys`, `derive`); `rebuild`
derives everything, by the same code, and must come to the same. Work goes in batches, so memory stays flat. What is
current is decided by `records.fold`, which flags there are by `records.flags`; here they meet the tables.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping

from zgsz_desktop.engine.batches import in_batches
from zgsz_desktop.engine.indicators.definition import IndicatorSet
from zgsz_desktop.engine.indicators.shipped import SetKey
from zgsz_desktop.engine.model import Level, RecordId, Uscc
from zgsz_desktop.engine.records.facts import Below, EntityState, Exactly, Fact, Facts, OfEnterprise, OfRecord, Touched
from zgsz_desktop.engine.records.flags import flags_of
from zgsz_desktop.engine.records.fold import fold_entity
from zgsz_desktop.engine.records.kinds import is_known
from zgsz_desktop.engine.rescoring import Rescorer, decode_body
from zgsz_desktop.engine.store import derived
from zgsz_desktop.engine.store.derived import SubmissionRow
from zgsz_desktop.engine.store.enterprises import EnterpriseRow, enterprise_row, remove_enterprise, write_enterprise
from zgsz_desktop.engine.store.facts import StoreFacts
from zgsz_desktop.engine.store.records import (
    Arrival,
    Key,
    all_entities,
    arrivals_of,
    entities_below,
    entity_of,
    payloads_of,
)
from zgsz_desktop.engine.verdicts import Verdicts
from zgsz_desktop.engine.workspace import Workspace

LATE = "late"
"""Flag beside those of `records.flags`: first received long after it was signed; local, in no digest."""
_ABOUT_A_SUBMISSION = frozenset({"review", "expert_review"})
_BATCH = 400


class Derivation:
    """Derives entities again, inside one transaction.

    Attributes:
        scores: scores submissions; a caller who holds decoded bodies hands them over there, to spare a second decoding.
    """

    def __init__(
        self, connection: sqlite3.Connection, shipped: Mapping[SetKey, IndicatorSet], verdicts: Verdicts
    ) -> None:
        self._connection = connection
        self._verdicts = verdicts
        self.scores = Rescorer(connection, shipped, verdicts.revoked)

    def derive(self, keys: Iterable[Key], tick: Callable[[], None] = lambda: None) -> None:
        """Bring everything derived of these entities up to date; `tick` is called after each batch, and may raise."""
        # Indicator sets first: what they make scorable is then scored in the batch of its own.
        wanted = sorted({key for key in keys if is_known(key[0])}, key=lambda key: (key[0] != "indicator_set", key))
        for batch in in_batches(wanted, _BATCH):
            self._derive_batch(batch)
            tick()

    def _derive_batch(self, keys: list[Key]) -> None:
        facts = StoreFacts(self._connection, self._verdicts.revoked)
        facts.prefetch(keys)
        self._refresh_sets(fact for key in keys if key[0] == "indicator_set" for fact in facts.of_entity(*key))
        gone = [key for key in keys if not facts.of_entity(*key)]
        states = [state_of(facts, *key) for key in keys if facts.of_entity(*key)]
        derived.drop_states(self._connection, gone)
        derived.put_states(self._connection, states)
        self._put_submissions(facts, [state for state in states if state.kind == "submission"])
        self._put_enterprises(facts, [state for state in states if state.kind == "enterprise"])
        derived.drop_submissions(self._connection, [entity for kind, entity in gone if kind == "submission"])
        for entity in (entity for kind, entity in gone if kind == "enterprise"):
            remove_enterprise(self._connection, entity)

    def _refresh_sets(self, sets: Iterable[Fact]) -> None:
        for sha256 in sorted({fact.content for fact in sets}):
            self.scores.refresh(sha256)

    def _put_submissions(self, facts: StoreFacts, states: list[EntityState]) -> None:
        # All heads are scored, so that the versions of a conflict can be shown side by side.
        heads = [head for state in states for head in state.heads]
        self.scores.score_missing(head for head in heads if not _known(facts, head).withdrawn)
        current = _shown(states)
        arrivals = arrivals_of(self._connection, current.values())
        rows = [
            _submission_row(facts, state, arrivals[current[state.entity]])
            for state in states
            if state.entity in current
        ]
        derived.put_submissions(self._connection, rows)
        derived.drop_submissions(self._connection, [state.entity for state in states if state.entity not in current])

    def _put_enterprises(self, facts: StoreFacts, states: list[EntityState]) -> None:
        current = _shown(states)
        payloads = payloads_of(self._connection, current.values())
        for record, payload in payloads.items():
            write_enterprise(self._connection, _enterprise_row(_known(facts, record), payload))
        for entity in (state.entity for state in states if state.entity not in current):
            remove_enterprise(self._connection, entity)


def state_of(facts: Facts, kind: str, entity: str) -> EntityState:
    """Derive the state of one entity as `fold_entity` does, by a short way for what most entities are (tested equal).

    One record, well-formed, of an author about whom no revocation says anything: it is effective, nothing can supersede
    it, so it is the head. Only two things could still say otherwise, and both go the long way: a review of it, and that
    it is itself a review, which counts only in the division of its submission.
    """
    records = facts.of_entity(kind, entity)
    if len(records) > 1 or kind in _ABOUT_A_SUBMISSION:
        return fold_entity(facts, kind, entity)
    (only,) = records
    if not only.well_formed or facts.revoked(only.author) is not None:
        return fold_entity(facts, kind, entity)
    if kind != "submission" or only.withdrawn:
        return EntityState(kind, entity, (only.id,), only.id, withdrawn=only.withdrawn)
    if any(facts.of_entity("review", f"{only.id}/{level}") for level in Level):
        return fold_entity(facts, kind, entity)
    return EntityState(kind, entity, (only.id,), only.id, review="submitted")


def _submission_row(facts: StoreFacts, state: EntityState, arrival: Arrival) -> SubmissionRow:
    fact = _known(facts, arrival.record)
    campaign, uscc, name = state.entity.split("/")
    flags = sorted(flags_of(facts, state)) + ([LATE] if arrival.late else [])
    return SubmissionRow(
        entity=state.entity,
        record=fact.id,
        record_no=arrival.no,
        campaign=campaign,
        uscc=Uscc(uscc),
        round=name,
        division=fact.division,
        author=fact.author,
        at=fact.at,
        flags=" ".join(flags),
    )


def _enterprise_row(fact: Fact, payload: bytes) -> EnterpriseRow:
    return enterprise_row(Uscc(fact.entity), fact.id, fact.division, decode_body(payload))


def _known(facts: StoreFacts, record: RecordId) -> Fact:
    """Give a record that the fold has just named."""
    fact = facts.of_id(record)
    assert fact is not None
    return fact


def _shown(states: Iterable[EntityState]) -> dict[str, RecordId]:
    """Name the current records of entities that have one which is not withdrawn."""
    return {state.entity: state.current for state in states if state.current is not None and not state.withdrawn}


def derivation_for(
    workspace: Workspace, connection: sqlite3.Connection, verdicts: Verdicts | None = None
) -> Derivation:
    """Make a derivation for an open transaction of a workspace."""
    return Derivation(connection, workspace.shipped_sets, verdicts or Verdicts(connection))


def touched_keys(connection: sqlite3.Connection, touched: Iterable[Touched]) -> set[Key]:
    """Resolve what changes touch to entities that are here."""
    keys: set[Key] = set()
    records: set[RecordId] = set()
    prefixes: set[Key] = set()
    enterprises: set[Uscc] = set()
    for item in touched:
        match item:
            case Exactly(kind, entity):
                keys.add((kind, entity))
            case OfRecord(record):
                records.add(record)
            case Below(kind, prefix):
                prefixes.add((kind, prefix))
            case OfEnterprise(uscc):
                enterprises.add(uscc)
    keys |= entity_of(connection, records) if records else set()
    keys |= entities_below(connection, prefixes) if prefixes else set()
    keys |= derived.submissions_of(connection, enterprises) if enterprises else set()
    return keys


def rebuild(workspace: Workspace) -> None:
    """Drop everything derived and derive it again, in one transaction.

    Raises:
        UserError: what the disk refused; everything is as before then.
    """
    with workspace.store.transaction() as connection:
        derived.empty_derived(connection)
        derivation_for(workspace, connection).derive(all_entities(connection))
