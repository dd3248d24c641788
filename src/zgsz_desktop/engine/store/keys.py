"""The keys of this computer, as rows: always encrypted (PKCS#12), never opened here."""

import sqlite3
from dataclasses import dataclass
from enum import StrEnum

from zgsz_desktop.engine.store.db import Store


class KeyPurpose(StrEnum):
    """What a key of ours is for."""

    AUTHOR = "author"
    AUTHORITY = "authority"
    REQUEST = "request"
    """Asked for, the certificate has not come yet."""


@dataclass(frozen=True, slots=True)
class OwnKey:
    """One encrypted key.

    Attributes:
        keyid: of its certificate, or the fingerprint of the request until that comes.
        name: the certificate's name, `liaison-a7.450102.4501.45.zgsz.internal`.
        created_time: local stamp, shown only.
    """

    keyid: str
    purpose: KeyPurpose
    name: str
    pkcs12: bytes
    created_time: str


def own_keys(store: Store, purpose: KeyPurpose | None = None) -> list[OwnKey]:
    """Give the keys, newest first."""
    rows = store.query(
        "SELECT keyid, purpose, name, pkcs12, created_time FROM own_key"
        " WHERE ?1 IS NULL OR purpose = ?1 ORDER BY created_time DESC, rowid DESC",
        (purpose,),
    )
    return [OwnKey(keyid, KeyPurpose(kind), name, pkcs12, time) for keyid, kind, name, pkcs12, time in rows]


def insert_key(connection: sqlite3.Connection, key: OwnKey) -> None:
    """Keep a key, inside a transaction; one with the same id is replaced (a new passphrase)."""
    connection.execute(
        "INSERT INTO own_key (keyid, purpose, name, pkcs12, created_time) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (keyid) DO UPDATE SET purpose = excluded.purpose, name = excluded.name,"
        " pkcs12 = excluded.pkcs12",
        (key.keyid, key.purpose, key.name, key.pkcs12, key.created_time),
    )


def delete_key(connection: sqlite3.Connection, keyid: str) -> None:
    """Forget a key, inside a transaction: a request whose certificate has come."""
    connection.execute("DELETE FROM own_key WHERE keyid = ?", (keyid,))
