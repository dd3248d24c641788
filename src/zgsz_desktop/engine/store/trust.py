"""Certificates, pinned roots, revocation entries and lists, as rows. What they are worth is `identity`'s business."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass

from zgsz_desktop.engine.model import DivisionCode, KeyId, Role


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """One certificate that chains to a pinned root, or introduces one. Fields stand as in the table."""

    keyid: KeyId
    der: bytes
    name: str
    role: Role
    scope: DivisionCode
    issuer: KeyId | None
    not_after: int
    person: str
    organisation: str
    root: bool


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One revocation entry. Fields stand as in the table."""

    issuer_key: str
    serial: str
    reason: str
    date: int


@dataclass(frozen=True, slots=True)
class ListRow:
    """One revocation list with what it says."""

    pem: bytes
    updated: int
    entries: tuple[EntryRow, ...]


def put_certificates(connection: sqlite3.Connection, rows: Iterable[CertificateRow]) -> int:
    """Add certificates that are not here yet, and say how many those were. A root stays pinned."""
    before = connection.total_changes
    connection.executemany(
        "INSERT INTO certificate (keyid, der, name, role, scope, issuer, not_after, person, organisation, root) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (keyid) DO NOTHING",
        [astuple(row) for row in rows],
    )
    return connection.total_changes - before


def mark_as_root(connection: sqlite3.Connection, keyid: KeyId) -> None:
    """Pin a certificate that is here."""
    connection.execute("UPDATE certificate SET root = 1 WHERE keyid = ?", (keyid,))


def root_ders(connection: sqlite3.Connection) -> list[bytes]:
    """Give the pinned roots."""
    return [row[0] for row in connection.execute("SELECT der FROM certificate WHERE root = 1 ORDER BY keyid")]


def root_keyids(connection: sqlite3.Connection) -> list[KeyId]:
    """Give the keyids of the pinned roots."""
    return [KeyId(row[0]) for row in connection.execute("SELECT keyid FROM certificate WHERE root = 1 ORDER BY keyid")]


def certificate_ders(connection: sqlite3.Connection, role: Role | None = None) -> list[bytes]:
    """Give all certificates, or those of a role."""
    rows = connection.execute("SELECT der FROM certificate WHERE ?1 IS NULL OR role = ?1 ORDER BY keyid", (role,))
    return [row[0] for row in rows]


def certificate_keyids(connection: sqlite3.Connection) -> set[KeyId]:
    """Give the keyids of all certificates."""
    return {KeyId(row[0]) for row in connection.execute("SELECT keyid FROM certificate")}


def authors(connection: sqlite3.Connection) -> list[KeyId]:
    """Give the authors of all records."""
    # Skips from author to author on the index, instead of reading every record.
    rows = connection.execute(
        "WITH RECURSIVE one (author) AS (SELECT min(author) FROM record UNION ALL "
        "SELECT (SELECT min(author) FROM record WHERE author > one.author) FROM one WHERE one.author IS NOT NULL) "
        "SELECT author FROM one WHERE author IS NOT NULL"
    )
    return [KeyId(row[0]) for row in rows]


def revocation_entries(connection: sqlite3.Connection) -> Iterator[EntryRow]:
    """Give the union of all revocation entries ever seen."""
    for row in connection.execute("SELECT issuer_key, serial, reason, date FROM revocation"):
        yield EntryRow(*row)


def put_entries(connection: sqlite3.Connection, rows: Iterable[EntryRow]) -> None:
    """Write revocation entries; of a certificate that is named already the caller has joined the two."""
    connection.executemany(
        "INSERT INTO revocation VALUES (?, ?, ?, ?) ON CONFLICT (issuer_key, serial) DO UPDATE SET "
        "reason = excluded.reason, date = excluded.date",
        [astuple(row) for row in rows],
    )


def lists_of(connection: sqlite3.Connection, issuer_key: str) -> list[ListRow]:
    """Give the revocation lists of an issuer that are kept."""
    rows = connection.execute("SELECT pem, updated, entries FROM crl WHERE issuer_key = ?", (issuer_key,))
    return [
        ListRow(pem, updated, tuple(EntryRow(issuer_key, *entry) for entry in json.loads(entries)))
        for pem, updated, entries in rows
    ]


def put_lists(connection: sqlite3.Connection, issuer_key: str, rows: Iterable[ListRow]) -> None:
    """Keep these lists of an issuer, and no others."""
    connection.execute("DELETE FROM crl WHERE issuer_key = ?", (issuer_key,))
    connection.executemany(
        "INSERT INTO crl (issuer_key, pem, updated, entries) VALUES (?, ?, ?, ?)",
        [
            (issuer_key, row.pem, row.updated, json.dumps([(one.serial, one.reason, one.date) for one in row.entries]))
            for row in rows
        ],
    )


def list_pems(connection: sqlite3.Connection) -> list[bytes]:
    """Give the revocation lists that are kept, in one order for one set of them."""
    return [row[0] for row in connection.execute("SELECT pem FROM crl ORDER BY issuer_key, pem")]


def list_issuers(connection: sqlite3.Connection) -> set[str]:
    """Give the keys of the issuers of the lists that are kept."""
    return {row[0] for row in connection.execute("SELECT DISTINCT issuer_key FROM crl")}
