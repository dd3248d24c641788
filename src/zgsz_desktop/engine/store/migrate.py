"""Bringing a file to the present version, step by step, with a copy of the old one first.

A step and its version mark share one transaction: whatever fails leaves the file at the version before. Two programs
that start at once do each step once (the version is read again under the write lock).
"""

import contextlib
import os
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.store.faults import in_plain_words

APPLICATION_ID = 0x5A47535A
"""`ZGSZ` in the header of the file: what tells our databases from anybody else's."""

Steps = Sequence[Sequence[str]]


def check_kind(connection: sqlite3.Connection, path: Path, newest: int) -> int:
    """Give the version of the file.

    Raises:
        UserError: `store.not_a_workspace` (another program's database), `store.newer`.
    """
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise UserError("store.not_a_workspace", path=str(path), detail="application_id")
    version = version_of(connection)
    if version > newest:
        raise UserError("store.newer", path=str(path), theirs=version, ours=newest)
    return version


def version_of(connection: sqlite3.Connection) -> int:
    """Read the version mark."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def upgrade(connection: sqlite3.Connection, path: Path, steps: Steps, now: datetime) -> Path | None:
    """Run the steps that are missing; give the copy of the file as it was, None where nothing was to do.

    Raises:
        UserError: `store.upgrade_failed` (the file stays at its version), or what the disk refused.
    """
    version = version_of(connection)
    if version == len(steps):
        return None
    copy = back_up(connection, path, version, now)
    try:
        run_steps(connection, steps)
    except (sqlite3.IntegrityError, sqlite3.OperationalError) as error:
        with in_plain_words(str(path)):
            reached = version_of(connection)
        raise UserError(
            "store.upgrade_failed",
            path=str(path),
            reached=reached,
            wanted=len(steps),
            copy=copy.name,
            detail=str(error),
        ) from error
    return copy


def run_steps(connection: sqlite3.Connection, steps: Steps) -> None:
    """Run each missing step in a transaction of its own.

    Raises:
        sqlite3.Error: a step failed; the file is at the version before it.
    """
    # Ignored inside a transaction, hence outside: a step may rebuild a table that others refer to.
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        for number, statements in enumerate(steps, start=1):
            if version_of(connection) < number:
                _run_step(connection, number, statements)
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def _run_step(connection: sqlite3.Connection, number: int, statements: Sequence[str]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        if version_of(connection) < number:  # a second program may have been faster
            for statement in statements:
                connection.execute(statement)
            if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
                raise sqlite3.IntegrityError(f"step {number} leaves dangling references")
            connection.execute(f"PRAGMA user_version = {number}")
        connection.execute("COMMIT")
    except sqlite3.Error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def back_up(connection: sqlite3.Connection, path: Path, version: int, now: datetime) -> Path:
    """Copy the open database beside itself: `backup/workspace-v1-20240701T093000.db`, read back and checked.

    Raises:
        UserError: `store.disk_full` and its like, `store.backup_failed`; the original is untouched.
    """
    target = path.parent / "backup" / f"{path.stem}-v{version}-{now:%Y%m%dT%H%M%S}{path.suffix}"
    part = target.with_suffix(".part")
    try:
        target.parent.mkdir(mode=0o700, exist_ok=True)
        part.unlink(missing_ok=True)
        with in_plain_words(str(target)), contextlib.closing(sqlite3.connect(part)) as copy:
            connection.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
            answer = copy.execute("PRAGMA integrity_check").fetchone()[0]
        if answer != "ok":
            raise UserError("store.backup_failed", path=str(target), detail=answer)
        sync_file(part)
        part.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise UserError("store.backup_failed", path=str(target), detail=str(error)) from error
    return target


def sync_file(path: Path) -> None:
    """Push a written file to the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Push a folder's entries to the disk, where the system can."""
    if os.name == "nt":  # Windows cannot open folders; NTFS journals its entries
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
