"""Tables that can be made again: entity states, scores, current submissions, enterprises. Written by `engine.derive`.

Nothing here decides anything; rows come in batches, whole, and replace what was there.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from zgsz_desktop.engine.model import DivisionCode, KeyId, Level, RecordId, Uscc
from zgsz_desktop.engine.records.facts import EntityState
from zgsz_desktop.engine.store.records import Key

DERIVED_TABLES = ("current_submission", "score", "enterprise", "entity_state")
"""In an order in which they can be emptied."""


class ScoreRow(NamedTuple):
    """The recomputed score of one submission record. Fields stand as in the table."""

    record_no: int
    set_id: str
    set_version: str
    set_sha256: str
    complete: bool
    total: str | None
    level: int | None
    grade: int | None
    flags: str


class SubmissionRow(NamedTuple):
    """The current version of one submission. Fields stand as in the table."""

    entity: str
    record: RecordId
    record_no: int
    campaign: str
    uscc: Uscc
    round: str
    division: DivisionCode
    author: KeyId
    at: int
    flags: str


def put_states(connection: sqlite3.Connection, states: Iterable[EntityState]) -> None:
    """Write states of entities."""
    connection.executemany(
        "INSERT OR REPLACE INTO entity_state VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                state.kind,
                state.entity,
                " ".join(state.heads),
                state.current,
                int(state.conflict),
                int(state.withdrawn),
                state.review,
                state.review_level,
            )
            for state in states
        ],
    )


def drop_states(connection: sqlite3.Connection, keys: Iterable[Key]) -> None:
    """Forget entities that have no record any more."""
    connection.executemany("DELETE FROM entity_state WHERE kind = ? AND entity = ?", list(keys))


def all_states(connection: sqlite3.Connection) -> Iterator[EntityState]:
    """Give the states of all entities."""
    for row in connection.execute(
        "SELECT kind, entity, heads, current, conflict, withdrawn, review, review_level FROM entity_state"
    ):
        kind, entity, heads, current, conflict, withdrawn, review, level = row
        yield EntityState(
            kind,
            entity,
            tuple(RecordId(head) for head in heads.split()),
            current,
            bool(conflict),
            bool(withdrawn),
            review,
            None if level is None else Level(level),
        )


def put_scores(connection: sqlite3.Connection, rows: Iterable[ScoreRow]) -> None:
    """Write scores of submission records."""
    # Not REPLACE, which would delete the row first and with it, by the foreign key, the submission that shows it.
    connection.executemany(
        "INSERT INTO score VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (record_no) DO UPDATE SET "
        "complete = excluded.complete, total = excluded.total, level = excluded.level, grade = excluded.grade, "
        "flags = excluded.flags",
        rows,
    )


def unscored(connection: sqlite3.Connection, records: Iterable[RecordId]) -> list[tuple[int, bytes]]:
    """Give number and payload of those of these records that have no score row."""
    return list(
        connection.execute(
            "SELECT r.no, p.payload FROM json_each(?) k CROSS JOIN record r ON r.id = k.value "
            "JOIN record_payload p ON p.no = r.no WHERE r.no NOT IN (SELECT record_no FROM score)",
            (json.dumps(list(records)),),
        )
    )


def scored_by(connection: sqlite3.Connection, sha256: str, *, waiting: bool) -> list[int]:
    """Give the records that were answered with an indicator set: those that wait for it, or those that do not."""
    rows = connection.execute(
        "SELECT record_no FROM score WHERE set_sha256 = ? AND (flags = 'indicator_set_missing') = ?", (sha256, waiting)
    )
    return [int(row[0]) for row in rows]


def payloads_by_no(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[tuple[int, bytes]]:
    """Give number and payload of records."""
    return list(
        connection.execute(
            "SELECT p.no, p.payload FROM json_each(?) k CROSS JOIN record_payload p ON p.no = k.value",
            (json.dumps(numbers),),
        )
    )


def put_submissions(connection: sqlite3.Connection, rows: Iterable[SubmissionRow]) -> None:
    """Write current submissions."""
    connection.executemany(
        "INSERT OR REPLACE INTO current_submission VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )


def drop_submissions(connection: sqlite3.Connection, entities: Iterable[str]) -> None:
    """Forget submissions that are no longer current, or withdrawn."""
    connection.executemany("DELETE FROM current_submission WHERE entity = ?", [(entity,) for entity in entities])


def empty_derived(connection: sqlite3.Connection) -> None:
    """Drop everything that can be made again."""
    for table in DERIVED_TABLES:
        connection.execute(f"DELETE FROM {table}")  # noqa: S608 - names from the tuple above


def submissions_of(connection: sqlite3.Connection, codes: Iterable[Uscc]) -> set[Key]:
    """Give the current submissions of enterprises, in whatever campaign; others show no flags."""
    rows = connection.execute(
        "SELECT s.entity FROM json_each(?) k CROSS JOIN current_submission s ON s.uscc = k.value",
        (json.dumps(list(codes)),),
    )
    return {("submission", row[0]) for row in rows}
