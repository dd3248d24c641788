"""What was imported: one row a package, and the list of all records that it held (for undo, later)."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from zgsz_desktop.engine.model import RecordId


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One package that was merged.

    Attributes:
        manifest_id: hash of the signed manifest; the same package has the same.
        counts: the merge report as JSON.
    """

    package_id: str
    manifest_id: RecordId
    file_name: str
    producer: str
    from_division: str
    to_division: str
    counts: str
    imported_time: str


@dataclass(frozen=True, slots=True)
class Standing:
    """An entity that an import touched and that stands in conflict, or whose current version bears flags."""

    kind: str
    entity: str
    heads: tuple[RecordId, ...]
    flags: tuple[str, ...]


def find_import(connection: sqlite3.Connection, manifest_id: RecordId) -> int | None:
    """Find the standing import of exactly this package."""
    row = connection.execute("SELECT no FROM import WHERE manifest_id = ?", (manifest_id,)).fetchone()
    return None if row is None else int(row[0])


def add_import(connection: sqlite3.Connection, row: ImportRow) -> int:
    """Note a package; what it held follows by `link_records`."""
    cursor = connection.execute(
        "INSERT INTO import (package_id, manifest_id, file_name, producer, from_division, to_division, counts, "
        "imported_time) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            row.package_id,
            row.manifest_id,
            row.file_name,
            row.producer,
            row.from_division,
            row.to_division,
            row.counts,
            row.imported_time,
        ),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def set_counts(connection: sqlite3.Connection, number: int, counts: str) -> None:
    """Keep the report of an import."""
    connection.execute("UPDATE import SET counts = ? WHERE no = ?", (counts, number))


def link_records(connection: sqlite3.Connection, number: int, records: Iterable[int]) -> None:
    """Note that a package held these records."""
    connection.executemany(
        "INSERT OR IGNORE INTO import_record VALUES (?, ?)", [(number, record) for record in records]
    )


def conflicts_in(connection: sqlite3.Connection, number: int) -> Iterator[Standing]:
    """Give the entities of an import's records that stand in conflict now."""
    rows = connection.execute(
        "SELECT DISTINCT s.kind, s.entity, s.heads FROM entity_state s JOIN record r ON r.kind = s.kind "
        "AND r.entity = s.entity JOIN import_record i ON i.record_no = r.no AND i.import_no = ? "
        "WHERE s.conflict = 1 ORDER BY s.kind, s.entity",
        (number,),
    )
    for kind, entity, heads in rows:
        yield Standing(kind, entity, tuple(RecordId(head) for head in heads.split()), ())


def flagged_in(connection: sqlite3.Connection, number: int) -> Iterator[Standing]:
    """Give the submissions that an import brought, that are current now and bear flags."""
    rows = connection.execute(
        "SELECT s.entity, s.record, s.flags FROM current_submission c "
        "JOIN import_record i ON i.record_no = c.record_no AND i.import_no = ? "
        "JOIN submission s ON s.entity = c.entity WHERE s.flags <> '' ORDER BY s.entity",
        (number,),
    )
    for entity, record, flags in rows:
        yield Standing("submission", entity, (RecordId(record),), tuple(flags.split()))
