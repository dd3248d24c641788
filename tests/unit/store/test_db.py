"""Opening, transactions, and what the machine refuses."""

import os
import sqlite3
import tempfile
from pathlib import Path

import pytest

from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.store import db
from zgsz_desktop.engine.store.db import Store
from zgsz_desktop.engine.store.schema import MIGRATIONS


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "workspace.db"


@pytest.fixture
def store(path: Path):
    opened = Store.create(path)
    yield opened
    opened.close()


def put(connection: sqlite3.Connection, name: str, value: str = "1") -> None:
    connection.execute("INSERT INTO setting (name, value) VALUES (?, ?)", (name, value))


def names(store: Store) -> list[str]:
    return [row[0] for row in store.query("SELECT name FROM setting ORDER BY name")]


def test_new_file_has_the_present_version_and_safe_settings(store: Store):
    pragmas = {
        name: store.first(f"PRAGMA {name}")[0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "user_version")
    }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "user_version": len(MIGRATIONS)}


def test_all_tables_are_strict(store: Store):
    rows = store.query("SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    assert rows
    assert [name for name, strict in rows if not strict] == []


def test_file_is_for_its_owner_only(store: Store, path: Path):
    assert path.stat().st_mode & 0o077 == 0


def test_transaction_keeps_what_the_block_did(store: Store, path: Path):
    with store.transaction() as connection:
        put(connection, "a")
    again = Store.open(path, read_only=True)
    assert names(again) == ["a"]
    again.close()


def test_error_undoes_the_whole_block(store: Store):
    with pytest.raises(KeyError), store.transaction() as connection:
        put(connection, "a")
        raise KeyError
    assert names(store) == []
    assert not store.connection.in_transaction


def test_inner_error_undoes_only_the_inner_block(store: Store):
    with store.transaction() as connection:
        put(connection, "outer")
        with pytest.raises(KeyError), store.transaction():
            put(connection, "inner")
            raise KeyError
        put(connection, "after")
    assert names(store) == ["after", "outer"]


def test_outer_error_undoes_finished_inner_blocks(store: Store):
    with pytest.raises(KeyError), store.transaction() as connection:
        with store.transaction():
            put(connection, "inner")
        raise KeyError
    assert names(store) == []


def test_sqlite_utils_works_inside_a_transaction(store: Store):
    with pytest.raises(KeyError), store.transaction():
        store.db["setting"].insert({"name": "a", "value": "1"})
        raise KeyError
    assert names(store) == []


def test_violated_constraint_is_ours_and_passes(store: Store):
    with pytest.raises(sqlite3.IntegrityError), store.transaction() as connection:
        put(connection, "a")
        put(connection, "a")


def test_snapshot_sees_one_state(store: Store, path: Path):
    reader = Store.open(path, read_only=True)
    with reader.snapshot():
        before = names(reader)
        with store.transaction() as connection:
            put(connection, "a")
        assert names(reader) == before == []
    assert names(reader) == ["a"]
    reader.close()


def test_full_disk(store: Store):
    with store.transaction() as connection:
        put(connection, "kept")
    store.connection.execute(f"PRAGMA max_page_count = {store.first('PRAGMA page_count')[0] + 2}")
    with pytest.raises(UserError) as error, store.transaction() as connection:
        put(connection, "too large", "x" * 100_000)
    assert error.value.code == "store.disk_full"
    assert names(store) == ["kept"]
    assert not store.connection.in_transaction


def test_second_program_that_writes(store: Store, path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(db, "BUSY_SECONDS", 0.0)
    second = Store.open(path)
    with store.transaction() as connection:
        put(connection, "a")
        with pytest.raises(UserError) as error, second.transaction():
            raise AssertionError("two writers at once")
    assert error.value.code == "store.busy"
    with second.transaction() as connection:
        put(connection, "b")
    assert names(second) == ["a", "b"]
    second.close()


def test_read_only_opening_writes_nothing(store: Store, path: Path):
    reader = Store.open(path, read_only=True)
    with pytest.raises(UserError) as error, reader.transaction() as connection:
        put(connection, "a")
    assert error.value.code == "store.read_only"
    reader.close()


def test_create_leaves_an_existing_file_alone(store: Store, path: Path):
    with pytest.raises(UserError) as error:
        Store.create(path)
    assert error.value.code == "store.exists"


def test_failing_fill_leaves_no_database(path: Path):
    def fill(connection: sqlite3.Connection) -> None:
        raise KeyError

    with pytest.raises(KeyError):
        Store.create(path, fill=fill)
    assert not path.exists()
    Store.create(path).close()


def test_missing_file(path: Path):
    with pytest.raises(UserError) as error:
        Store.open(path)
    assert error.value.code == "store.not_found"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not a database" * 100, b"SQLite format 3\x00" + b"\xff" * 4096])
@pytest.mark.parametrize("read_only", [False, True])
def test_foreign_bytes(path: Path, content: bytes, read_only: bool):
    path.write_bytes(content)
    with pytest.raises(UserError) as error:
        Store.open(path, read_only=read_only)
    assert error.value.code in {"store.not_a_workspace", "store.damaged"}
    assert path.read_bytes() == content


def test_database_of_another_program(path: Path):
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE contacts (name TEXT)")
    other.close()
    with pytest.raises(UserError) as error:
        Store.open(path)
    assert error.value.code == "store.not_a_workspace"


def test_damaged_page(store: Store, path: Path):
    with store.transaction() as connection:
        connection.executemany("INSERT INTO setting VALUES (?, ?)", [(f"name {n}", "x" * 500) for n in range(200)])
    root = store.first("SELECT rootpage FROM sqlite_schema WHERE name = 'setting'")[0]
    size = store.first("PRAGMA page_size")[0]
    store.close()
    content = bytearray(path.read_bytes())
    content[(root - 1) * size : root * size] = b"\xa5" * size
    path.write_bytes(content)
    damaged = Store.open(path)
    with pytest.raises(UserError) as error:
        damaged.query("SELECT * FROM setting")
    assert error.value.code == "store.damaged"
    damaged.close()


@pytest.fixture
def shared_folder():
    """A folder that user nobody can reach (pytest's own are for root only)."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


@pytest.fixture
def without_rights(shared_folder: Path):
    """Root may write everywhere: be somebody else for the length of a test."""
    user = os.geteuid()
    if user != 0:
        yield shared_folder
        return
    os.seteuid(65534)
    yield shared_folder
    os.seteuid(user)


def test_read_only_folder(shared_folder: Path, request: pytest.FixtureRequest):
    path = shared_folder / "workspace.db"
    Store.create(path).close()
    path.chmod(0o666)
    shared_folder.chmod(0o555)
    request.getfixturevalue("without_rights")
    with pytest.raises(UserError) as error:
        Store.open(path)
    assert error.value.code == "store.read_only"


def test_create_in_a_read_only_folder(shared_folder: Path, request: pytest.FixtureRequest):
    shared_folder.chmod(0o555)
    request.getfixturevalue("without_rights")
    with pytest.raises(UserError) as error:
        Store.create(shared_folder / "workspace.db")
    assert error.value.code in {"store.read_only", "store.cannot_open"}


def test_create_in_a_folder_that_is_not_there(tmp_path: Path):
    with pytest.raises(UserError) as error:
        Store.create(tmp_path / "nowhere" / "workspace.db")
    assert error.value.code == "store.cannot_open"


def test_folder_names_with_signs_that_mean_something_in_addresses(tmp_path: Path):
    folder = tmp_path / "工作区 50% #1?"
    folder.mkdir()
    Store.create(folder / "workspace.db").close()
    Store.open(folder / "workspace.db").close()
    assert sorted(item.name for item in folder.iterdir()) == ["workspace.db"]


def test_disk_that_fails(store: Store, monkeypatch: pytest.MonkeyPatch):
    """A stick that is pulled out shows as SQLITE_IOERR with an extended code."""
    with pytest.raises(UserError) as error, store.transaction():
        trouble = sqlite3.OperationalError("disk I/O error")
        trouble.sqlite_errorcode = sqlite3.SQLITE_IOERR_READ
        raise trouble
    assert error.value.code == "store.disk_failed"
