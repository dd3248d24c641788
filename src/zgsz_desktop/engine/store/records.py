"""Records as rows: what was signed, byte for byte, beside the columns that the fold works on.

Records are only ever added here (and taken away by the undo of an import, `imports.py`). Everything is done in
batches: one statement for hundreds of records. Ids travel to SQL as one JSON array, so each statement is one text.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from zgsz_desktop.engine.model import DivisionCode, KeyId, RecordId, Role
from zgsz_desktop.engine.records.admit import Admitted
from zgsz_desktop.engine.records.envelope import Envelope, payload_type
from zgsz_desktop.engine.records.facts import Fact

Key = tuple[str, str]
"""(kind, entity)."""

_FACT_COLUMNS = """
    r.id, r.kind, r.entity, r.supersedes, r.author, c.name, c.role, c.scope, r.division, r.at, r.content, r.withdrawn,
    r.well_formed, r.gist
"""


@dataclass(frozen=True, slots=True)
class Held:
    """What must be known of a record that is here already to meet it again."""

    no: int
    author: KeyId
    at: int
    signature: bytes


def held_records(connection: sqlite3.Connection, ids: Collection[RecordId]) -> dict[RecordId, Held]:
    """Find which of these records are here."""
    rows = connection.execute(
        "SELECT r.id, r.no, r.author, r.at, p.signature FROM json_each(?) k CROSS JOIN record r ON r.id = k.value "
        "JOIN record_payload p ON p.no = r.no",
        (json.dumps(list(ids)),),
    )
    return {RecordId(row[0]): Held(row[1], KeyId(row[2]), row[3], row[4]) for row in rows}


class Arriving(NamedTuple):
    """An admitted record on its way in: what the columns and the payload's row hold.

    Attributes:
        attachments: SHA-256 of the blobs that it lists.
    """

    fact: Fact
    seq: int
    prev: RecordId | None
    payload: bytes
    signature: bytes
    attachments: tuple[str, ...] = ()


def arriving(admitted: Admitted) -> Arriving:
    """Take from an admitted record what is stored."""
    record = admitted.record
    attachments: tuple[str, ...] = ()
    if admitted.fact.kind == "submission" and admitted.fact.well_formed and record.body is not None:
        attachments = tuple(one["sha256"] for one in record.body.get("attachments") or ())
    return Arriving(admitted.fact, record.seq, record.prev, record.payload, record.signature, attachments)


def insert_records(
    connection: sqlite3.Connection, admitted: Sequence[Admitted], *, own: bool, received_time: str
) -> list[int]:
    """Add records that are not here yet, and give their numbers, in the same order. Certificates must be in before."""
    return insert_arriving(connection, [arriving(one) for one in admitted], own=own, received_time=received_time)


def insert_arriving(
    connection: sqlite3.Connection, records: Sequence[Arriving], *, own: bool, received_time: str
) -> list[int]:
    """Add records that are not here yet, and give their numbers, in the same order."""
    first = next_record_no(connection)
    numbered = list(enumerate(records, start=first))
    connection.executemany(
        "INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [_row(no, one, int(own), received_time) for no, one in numbered],
    )
    connection.executemany(
        "INSERT INTO record_payload VALUES (?, ?, ?)", [(no, one.payload, one.signature) for no, one in numbered]
    )
    connection.executemany(
        "INSERT OR IGNORE INTO attachment VALUES (?, ?)",
        [(sha256, no) for no, one in numbered for sha256 in one.attachments],
    )
    return [no for no, _ in numbered]


def next_record_no(connection: sqlite3.Connection) -> int:
    """Give the number that the next record will bear."""
    return int(connection.execute("SELECT coalesce(max(no), 0) + 1 FROM record").fetchone()[0])


def _row(no: int, one: Arriving, own: int, received_time: str) -> tuple[Any, ...]:
    fact = one.fact
    return (
        no,
        fact.id,
        fact.kind,
        fact.entity,
        fact.author,
        one.seq,
        one.prev,
        fact.division,
        fact.at,
        " ".join(fact.supersedes),
        fact.content,
        int(fact.withdrawn),
        int(fact.well_formed),
        fact.gist,
        own,
        received_time,
    )


def facts_of_entities(connection: sqlite3.Connection, keys: Iterable[Key]) -> Iterator[Fact]:
    """Give the facts of all records of these entities."""
    by_kind: defaultdict[str, list[str]] = defaultdict(list)
    for kind, entity in keys:
        by_kind[kind].append(entity)
    for kind, entities in by_kind.items():
        # A kind that nobody has written of yet is asked for thousands of times in a first merge: reviews, assignments.
        if not connection.execute("SELECT EXISTS (SELECT 1 FROM record WHERE kind = ?)", (kind,)).fetchone()[0]:
            continue
        rows = connection.execute(
            f"SELECT {_FACT_COLUMNS} FROM json_each(?) k CROSS JOIN record r ON r.kind = ? AND r.entity = k.value "  # noqa: S608
            "JOIN certificate c ON c.keyid = r.author",
            (json.dumps(entities), kind),
        )
        yield from map(_fact, rows)


def facts_of_ids(connection: sqlite3.Connection, ids: Iterable[RecordId]) -> Iterator[Fact]:
    """Give the facts of single records."""
    rows = connection.execute(
        f"SELECT {_FACT_COLUMNS} FROM json_each(?) k CROSS JOIN record r ON r.id = k.value "  # noqa: S608
        "JOIN certificate c ON c.keyid = r.author",
        (json.dumps(list(ids)),),
    )
    return map(_fact, rows)


def facts_of_authors(connection: sqlite3.Connection, authors: Iterable[KeyId]) -> Iterator[Fact]:
    """Give the facts of all records of these authors."""
    rows = connection.execute(
        f"SELECT {_FACT_COLUMNS} FROM json_each(?) k CROSS JOIN record r ON r.author = k.value "  # noqa: S608
        "JOIN certificate c ON c.keyid = r.author",
        (json.dumps(list(authors)),),
    )
    return map(_fact, rows)


def facts_of_content(connection: sqlite3.Connection, kind: str, content: str) -> Iterator[Fact]:
    """Give the facts of all records of a kind with this body."""
    rows = connection.execute(
        f"SELECT {_FACT_COLUMNS} FROM record r JOIN certificate c ON c.keyid = r.author "  # noqa: S608
        "WHERE r.kind = ? AND r.content = ? ORDER BY r.id",
        (kind, content),
    )
    return map(_fact, rows.fetchall())


def _fact(row: tuple[Any, ...]) -> Fact:
    name, kind, entity, supersedes, author, holder, role, scope, division, at, content, withdrawn, formed, gist = row
    return Fact(
        id=RecordId(name),
        kind=kind,
        entity=entity,
        supersedes=tuple(RecordId(older) for older in supersedes.split()),
        author=KeyId(author),
        holder=holder,
        role=Role(role),
        scope=DivisionCode(scope),
        division=DivisionCode(division),
        at=at,
        content=content,
        withdrawn=bool(withdrawn),
        well_formed=bool(formed),
        gist=gist,
    )


def set_contents(connection: sqlite3.Connection) -> list[str]:
    """Give the hashes of the bodies of all indicator sets."""
    rows = connection.execute("SELECT DISTINCT content FROM record WHERE kind = 'indicator_set' ORDER BY content")
    return [row[0] for row in rows]


def entity_of(connection: sqlite3.Connection, records: Iterable[RecordId]) -> set[Key]:
    """Give the entities of these records, as far as they are here."""
    return {
        (row[0], row[1])
        for row in connection.execute(
            "SELECT r.kind, r.entity FROM json_each(?) k CROSS JOIN record r ON r.id = k.value",
            (json.dumps(list(records)),),
        )
    }


def entities_below(connection: sqlite3.Connection, prefixes: Iterable[Key]) -> set[Key]:
    """Give the entities of a kind whose names begin with a prefix that ends in `/` (`0` is the character after it)."""
    return {
        (row[0], row[1])
        for row in connection.execute(
            "SELECT DISTINCT r.kind, r.entity FROM json_each(?) k CROSS JOIN record r ON r.kind = k.value ->> 0 "
            "AND r.entity >= k.value ->> 1 AND r.entity < rtrim(k.value ->> 1, '/') || '0'",
            (json.dumps(list(prefixes)),),
        )
    }


def all_entities(connection: sqlite3.Connection) -> Iterator[Key]:
    """Give every entity that has a record."""
    return iter(connection.execute("SELECT DISTINCT kind, entity FROM record ORDER BY kind, entity"))


def record_ids(connection: sqlite3.Connection) -> Iterator[RecordId]:
    """Give the ids of all records, sorted."""
    return (RecordId(row[0]) for row in connection.execute("SELECT id FROM record ORDER BY id"))


def payloads_of(connection: sqlite3.Connection, ids: Iterable[RecordId]) -> dict[RecordId, bytes]:
    """Give the payloads of records."""
    rows = connection.execute(
        "SELECT r.id, p.payload FROM json_each(?) k CROSS JOIN record r ON r.id = k.value "
        "JOIN record_payload p ON p.no = r.no",
        (json.dumps(list(ids)),),
    )
    return {RecordId(row[0]): row[1] for row in rows}


LATE_AFTER = 180 * 24 * 3600
"""A record first received so many seconds after its `at`, or after its certificate's end, came late."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """When a record came, as far as it matters."""

    record: RecordId
    no: int
    late: bool


def arrivals_of(connection: sqlite3.Connection, ids: Iterable[RecordId]) -> dict[RecordId, Arrival]:
    """Say of records whether they came late; what was written here never did."""
    rows = connection.execute(
        "SELECT r.id, r.no, r.own = 0 AND (unixepoch(r.received_time) - r.at > ? "
        "OR unixepoch(r.received_time) > c.not_after) "
        "FROM json_each(?) k CROSS JOIN record r ON r.id = k.value JOIN certificate c ON c.keyid = r.author",
        (LATE_AFTER, json.dumps(list(ids))),
    )
    return {RecordId(row[0]): Arrival(RecordId(row[0]), row[1], bool(row[2])) for row in rows}


def envelopes_of(connection: sqlite3.Connection, ids: Iterable[RecordId]) -> Iterator[Envelope]:
    """Give records as they were signed, sorted by id."""
    rows = connection.execute(
        "SELECT r.kind, p.payload, r.author, p.signature FROM json_each(?) k CROSS JOIN record r ON r.id = k.value "
        "JOIN record_payload p ON p.no = r.no ORDER BY r.id",
        (json.dumps(list(ids)),),
    )
    return (Envelope(payload_type(kind), payload, KeyId(author), sig) for kind, payload, author, sig in rows)


def chain_end(connection: sqlite3.Connection, author: KeyId) -> tuple[int, RecordId | None]:
    """Give number and id of the last record that a certificate wrote, as far as it is here: (0, None) for none."""
    row = connection.execute(
        "SELECT seq, id FROM record WHERE author = ? ORDER BY seq DESC, id LIMIT 1", (author,)
    ).fetchone()
    return (0, None) if row is None else (int(row[0]), RecordId(row[1]))
