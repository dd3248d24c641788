"""One open database: settings of the connection, transactions, versions. The only place that opens a workspace's file.

WAL with `synchronous=FULL`: what was committed survives a power cut. One writer at a time by `BEGIN IMMEDIATE`; a
second program waits for `BUSY_SECONDS` and is then told. A received file is never opened here.
"""

import contextlib
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zgsz_desktop.engine.clock import Clock, SystemClock
from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.store.faults import folder_error, in_plain_words
from zgsz_desktop.engine.store.migrate import (
    APPLICATION_ID,
    Steps,
    check_kind,
    run_steps,
    sync_file,
    sync_folder,
    upgrade,
    version_of,
)
from zgsz_desktop.engine.store.schema import MIGRATIONS

if TYPE_CHECKING:
    import sqlite_utils

BUSY_SECONDS = 5.0


class Store:
    """An open workspace database.

    Attributes:
        connection: in autocommit mode; all writing goes through `transaction`.
        path: the file.
        read_only: opened for looking only.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, *, read_only: bool) -> None:
        self.connection = connection
        self.path = path
        self.read_only = read_only
        self._depth = 0

    @classmethod
    def create(
        cls,
        path: Path,
        *,
        fill: Callable[[sqlite3.Connection], None] | None = None,
        clock: Clock | None = None,
        steps: Steps = MIGRATIONS,
    ) -> "Store":
        """Make a new database with what `fill` puts in; built aside and renamed, so that it is whole or not there.

        Raises:
            UserError: `store.exists`, or what the disk refused.
        """
        if path.exists():
            raise UserError("store.exists", path=str(path))
        part = path.with_name(path.name + ".part")
        try:
            part.unlink(missing_ok=True)
            with in_plain_words(str(path)), contextlib.closing(_connect(part, "rwc")) as connection:
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                run_steps(connection, steps)
                if fill is not None:
                    fill(connection)
            part.chmod(0o600)
            sync_file(part)
            part.replace(path)
            sync_folder(path.parent)
        except OSError as error:
            raise folder_error(error, path) from error
        return cls.open(path, clock=clock, steps=steps)

    @classmethod
    def open(
        cls, path: Path, *, read_only: bool = False, clock: Clock | None = None, steps: Steps = MIGRATIONS
    ) -> "Store":
        """Open a database; an older one is copied and brought up to date first.

        Raises:
            UserError: `store.not_found`, `store.not_a_workspace`, `store.newer`, `store.needs_upgrade` (read-only),
                `store.upgrade_failed`, or what the disk refused.
        """
        if not path.is_file():
            raise UserError("store.not_found", path=str(path))
        if not read_only:
            _demand_writable(path)
        with in_plain_words(str(path)), contextlib.ExitStack() as undo:
            connection = _connect(path, "ro" if read_only else "rw")
            undo.callback(connection.close)
            if check_kind(connection, path, len(steps)) < len(steps):
                if read_only:
                    raise UserError(
                        "store.needs_upgrade", path=str(path), theirs=version_of(connection), ours=len(steps)
                    )
                upgrade(connection, path, steps, (clock or SystemClock()).now())
            if not read_only:
                connection.execute("PRAGMA journal_mode = WAL")
            undo.pop_all()
        return cls(connection, path, read_only=read_only)

    @cached_property
    def db(self) -> "sqlite_utils.Database":
        """The same connection with sqlite-utils' row helpers, for looking at tables by name."""
        import sqlite_utils  # noqa: PLC0415 0.15 s to load, and the window opens without it

        return sqlite_utils.Database(self.connection, recursive_triggers=False, execute_plugins=False)

    @property
    def version(self) -> int:
        """Give the version of the schema."""
        return version_of(self.connection)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Hold the write lock until the block ends, then commit; any error undoes the whole block. Nests.

        Raises:
            UserError: what the disk refused (`faults.py`); nothing of the block was stored.
        """
        with in_plain_words(str(self.path)):
            begin, commit, rollback = self._words()
            self.connection.execute(begin)
            self._depth += 1
            try:
                yield self.connection
                self.connection.execute(commit)
            except BaseException:  # KeyboardInterrupt, too, must not leave half a change behind
                if self.connection.in_transaction:  # SQLite may have rolled back by itself (disk full)
                    for statement in rollback:
                        self.connection.execute(statement)
                raise
            finally:
                self._depth -= 1

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """Let several reads see one state of the data."""
        if self.connection.in_transaction:
            yield self.connection
            return
        with in_plain_words(str(self.path)):
            self.connection.execute("BEGIN")
            try:
                yield self.connection
            finally:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")

    def query(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> list[Any]:
        """Read rows.

        Raises:
            UserError: the file cannot be read (`faults.py`).
        """
        with in_plain_words(str(self.path)):
            return self.connection.execute(sql, parameters).fetchall()

    def first(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> Any:
        """Read one row, None where there is none.

        Raises:
            UserError: the file cannot be read (`faults.py`).
        """
        with in_plain_words(str(self.path)):
            return self.connection.execute(sql, parameters).fetchone()

    def close(self) -> None:
        """Close the connection; the last one folds the WAL back into the file."""
        self.connection.close()

    def _words(self) -> tuple[str, str, tuple[str, ...]]:
        if not self.connection.in_transaction:
            return "BEGIN IMMEDIATE", "COMMIT", ("ROLLBACK",)
        name = f"nested_{self._depth}"
        return f"SAVEPOINT {name}", f"RELEASE {name}", (f"ROLLBACK TO {name}", f"RELEASE {name}")


def _demand_writable(path: Path) -> None:
    """Say at once, not at the first answer, that the folder is read-only; SQLite would only say "unable to open".

    Raises:
        UserError: `store.read_only`, `store.disk_full`, `store.cannot_open`.
    """
    try:
        with path.open("rb+"), tempfile.TemporaryFile(dir=path.parent):
            pass
    except OSError as error:
        raise folder_error(error, path) from error


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    # as_uri() escapes ? # % in folder names, which would otherwise be read as parameters
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, timeout=BUSY_SECONDS
    )
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cache_size = -32000")
    except sqlite3.Error:
        connection.close()
        raise
    return connection
