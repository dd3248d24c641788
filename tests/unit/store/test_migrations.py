"""Numbered steps: all or nothing, a copy first, never backwards."""

import sqlite3
from pathlib import Path

import pytest

from support.workspaces import FixedClock
from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.store.db import Store
from zgsz_desktop.engine.store.schema import INITIAL, MIGRATIONS

OLD = (("CREATE TABLE note (text TEXT NOT NULL) STRICT",),)
NEW = (*OLD, ("ALTER TABLE note ADD COLUMN author TEXT", "UPDATE note SET author = '李'"))
BROKEN = (*NEW, ("CREATE TABLE extra (n INTEGER) STRICT", "DELETE FROM nowhere"))
DANGLING = (
    *OLD,
    ("CREATE TABLE a (id INTEGER PRIMARY KEY)", "CREATE TABLE b (a REFERENCES a (id))", "INSERT INTO b VALUES (7)"),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file of version 1 with one note."""
    path = tmp_path / "workspace.db"
    store = Store.create(path, steps=OLD)
    with store.transaction() as connection:
        connection.execute("INSERT INTO note VALUES ('一')")
    store.close()
    return path


def content(path: Path) -> tuple[int, list[tuple[str, ...]]]:
    with sqlite3.connect(path) as connection:
        found = (
            connection.execute("PRAGMA user_version").fetchone()[0],
            connection.execute("SELECT * FROM note").fetchall(),
        )
    connection.close()
    return found


def test_steps_that_are_missing_are_run(path: Path):
    store = Store.open(path, steps=NEW)
    assert store.version == 2
    assert store.query("SELECT * FROM note") == [("一", "李")]
    store.close()


def test_copy_of_the_old_file_comes_first(path: Path):
    Store.open(path, steps=NEW, clock=FixedClock()).close()
    copy = path.parent / "backup" / "workspace-v1-20240701T093000.db"
    assert content(copy) == (1, [("一",)])
    assert [item.name for item in copy.parent.iterdir()] == [copy.name]


def test_second_run_does_nothing(path: Path):
    Store.open(path, steps=NEW, clock=FixedClock()).close()
    before = path.read_bytes()
    Store.open(path, steps=NEW, clock=FixedClock()).close()
    assert path.read_bytes() == before
    assert len(list((path.parent / "backup").iterdir())) == 1


def test_failing_step_leaves_the_version_before_it(path: Path):
    with pytest.raises(UserError) as error:
        Store.open(path, steps=BROKEN, clock=FixedClock())
    assert error.value.code == "store.upgrade_failed"
    assert "workspace-v1-20240701T093000.db" in error.value.remedy
    assert content(path) == (2, [("一", "李")])
    store = Store.open(path, steps=NEW)
    assert store.first("SELECT count(*) FROM sqlite_schema WHERE name = 'extra'") == (0,)
    store.close()


def test_step_that_leaves_dangling_references_fails(path: Path):
    with pytest.raises(UserError) as error:
        Store.open(path, steps=DANGLING)
    assert error.value.code == "store.upgrade_failed"
    assert content(path)[0] == 1


def test_newer_file_is_refused_naming_both_versions(path: Path):
    Store.open(path, steps=NEW).close()
    before = path.read_bytes()
    with pytest.raises(UserError) as error:
        Store.open(path, steps=OLD)
    assert error.value.code == "store.newer"
    assert "版本 2" in error.value.message
    assert "版本 1" in error.value.message
    assert path.read_bytes() == before


def test_looking_does_not_upgrade(path: Path):
    with pytest.raises(UserError) as error:
        Store.open(path, steps=NEW, read_only=True)
    assert error.value.code == "store.needs_upgrade"
    assert content(path)[0] == 1


def test_no_upgrade_without_a_copy(path: Path):
    (path.parent / "backup").write_bytes(b"a file stands where the folder should be")
    with pytest.raises(UserError) as error:
        Store.open(path, steps=NEW)
    assert error.value.code == "store.backup_failed"
    assert content(path)[0] == 1


def schema_of(store: Store) -> list[tuple[str, ...]]:
    return store.query("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name")


def test_fresh_schema_equals_migrated_schema(tmp_path: Path):
    """Every file of an older version ends where a new one begins."""
    Store.create(tmp_path / "old.db", steps=(INITIAL,)).close()
    migrated = Store.open(tmp_path / "old.db")
    fresh = Store.create(tmp_path / "new.db")
    assert schema_of(migrated) == schema_of(fresh)
    assert migrated.version == fresh.version == len(MIGRATIONS)
    migrated.close()
    fresh.close()
