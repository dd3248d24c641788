"""Evidence files, by their hash. Kept only if some record lists them."""

import sqlite3


def wants_blob(connection: sqlite3.Connection, sha256: str) -> bool:
    """Tell whether a record lists this blob and it is not here yet."""
    row = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM attachment WHERE sha256 = ?1) "
        "AND NOT EXISTS (SELECT 1 FROM blob WHERE sha256 = ?1)",
        (sha256,),
    ).fetchone()
    return bool(row[0])


def put_blob(connection: sqlite3.Connection, sha256: str, data: bytes) -> None:
    """Keep a blob; the caller has checked its hash."""
    connection.execute("INSERT OR IGNORE INTO blob VALUES (?, ?, ?)", (sha256, len(data), data))


def get_blob(connection: sqlite3.Connection, sha256: str) -> bytes | None:
    """Give a blob, None if it is not here."""
    row = connection.execute("SELECT bytes FROM blob WHERE sha256 = ?", (sha256,)).fetchone()
    return None if row is None else bytes(row[0])
