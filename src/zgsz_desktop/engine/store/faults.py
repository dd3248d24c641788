"""What SQLite complains of, in words for the user.

Only troubles of the machine are translated: full disk, missing rights, a second program, a damaged file. Everything
else (a violated constraint, wrong SQL) is ours and passes as it is.
"""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from zgsz_desktop.engine.errors import UserError

_CODES = {
    sqlite3.SQLITE_FULL: "store.disk_full",
    sqlite3.SQLITE_READONLY: "store.read_only",
    sqlite3.SQLITE_PERM: "store.read_only",
    sqlite3.SQLITE_BUSY: "store.busy",
    sqlite3.SQLITE_LOCKED: "store.busy",
    sqlite3.SQLITE_CORRUPT: "store.damaged",
    sqlite3.SQLITE_NOTADB: "store.not_a_workspace",
    sqlite3.SQLITE_CANTOPEN: "store.cannot_open",
    sqlite3.SQLITE_IOERR: "store.disk_failed",
}
_SYSTEM = {
    errno.EACCES: "store.read_only",
    errno.EPERM: "store.read_only",
    errno.EROFS: "store.read_only",
    errno.ENOSPC: "store.disk_full",
    errno.EDQUOT: "store.disk_full",
}
_PRIMARY = 0xFF
"""Extended result codes keep the primary one in their lowest byte."""


@contextmanager
def in_plain_words(path: str) -> Iterator[None]:
    """Turn what the machine refused into a `UserError` that names the file.

    Raises:
        UserError: `store.disk_full`, `store.read_only`, `store.busy`, `store.damaged`, `store.not_a_workspace`,
            `store.cannot_open`, `store.disk_failed`.
    """
    try:
        yield
    except sqlite3.Error as error:
        number = getattr(error, "sqlite_errorcode", None)
        code = _CODES.get(number & _PRIMARY) if number is not None else None
        if code is None:
            raise
        raise UserError(code, path=path, detail=str(error)) from error


def folder_error(error: OSError, path: Path) -> UserError:
    """Put into words what the system refused to do with a folder or a file."""
    code = _SYSTEM.get(error.errno or 0, "store.cannot_open")
    return UserError(code, path=str(path), detail=str(error))
