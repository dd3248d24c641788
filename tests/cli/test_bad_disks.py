"""Full disks, read-only folders, foreign and newer workspaces through the command line: told, and nothing lost."""

import errno
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from support.commandline import (
    ANSWERS,
    CITY,
    COUNTY,
    HEADINGS,
    PASSPHRASE,
    People,
    Said,
    credit_code,
    done,
    roster_line,
    state_of,
    write_workbook,
    zgsz,
)
from zgsz_desktop import cli
from zgsz_desktop.engine.store import db

resource = pytest.importorskip("resource", reason="limits of file sizes are a matter of Unix")
ROWS = 400


def on_a_full_disk(limit: int, *words: object, folder: Path, passphrase: str = PASSPHRASE) -> Said:
    """Run the program where no file may grow beyond `limit` bytes: the system itself refuses to write."""

    def narrow() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    ran = subprocess.run(
        [sys.executable, "-m", "zgsz_desktop", *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        env=os.environ | {"ZGSZ_WORKSPACE": str(folder), "ZGSZ_PASSPHRASE": passphrase, "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=narrow,
        check=False,
    )
    return Said(ran.returncode, ran.stdout, ran.stderr)


def settled(folder: Path) -> int:
    """Fold the log into the file; give the size of the file."""
    path = folder / "workspace.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path.stat().st_size


def refused_for_the_disk(said: Said) -> bool:
    return any(said.refused_by(code) for code in ("store.disk_full", "store.disk_failed", "file.disk_full"))


def test_a_roster_on_a_full_disk_is_not_imported(people: People) -> None:
    path = write_workbook(people.file("big.xlsx"), list(HEADINGS), *(roster_line(number) for number in range(4, ROWS)))
    before = state_of(people["county"])
    said = on_a_full_disk(settled(people["county"]) // 2, "roster", "import", path, folder=people["county"])
    assert refused_for_the_disk(said), said
    assert state_of(people["county"]) == before
    assert (
        done("roster", "import", path, "--json", folder=people["county"], passphrase=PASSPHRASE).data["created"]
        == ROWS - 4
    )


def test_a_merge_on_a_full_disk_is_undone(people: People) -> None:
    path = write_workbook(people.file("big.xlsx"), list(HEADINGS), *(roster_line(number) for number in range(4, ROWS)))
    done("roster", "import", path, folder=people["county"], passphrase=PASSPHRASE)
    package = people.file("big.zgsz")
    done("export", package, "--to", CITY, folder=people["county"], passphrase=PASSPHRASE)
    before = state_of(people["city"])
    said = on_a_full_disk(100_000, "merge", package, folder=people["city"])
    assert refused_for_the_disk(said), said
    assert state_of(people["city"]) == before
    assert done("merge", package, "--json", folder=people["city"]).data[0]["total"]["new"] == ROWS - 4


def test_a_package_on_a_full_disk_is_not_written_and_the_old_one_stays(people: People, tmp_path: Path) -> None:
    package = tmp_path / "x.zgsz"
    package.write_bytes(b"old")
    before = state_of(people["county"])
    settled(people["county"])
    said = on_a_full_disk(2_000, "export", package, "--to", CITY, folder=people["county"])
    assert refused_for_the_disk(said), said
    assert package.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir() if path != people.folder] == ["x.zgsz"]
    assert state_of(people["county"]) == before


def test_a_form_on_a_full_disk_is_not_written(people: People, tmp_path: Path) -> None:
    said = on_a_full_disk(2_000, "report", credit_code(1), "-o", tmp_path / "form.pdf", folder=people["county"])
    assert refused_for_the_disk(said), said
    assert not list(tmp_path.glob("*.p*"))


def test_a_request_on_a_full_disk_keeps_no_key(people: People, tmp_path: Path) -> None:
    before = state_of(people["county"])
    settled(people["county"])
    words = ("identity", "request", "--role", "liaison", "--person", "甲", "--org", "乙", "-o", tmp_path / "x.zgszreq")
    said = on_a_full_disk(100, *words, folder=people["county"])
    assert refused_for_the_disk(said), said
    assert state_of(people["county"]) == before
    assert not list(tmp_path.glob("*.zgszreq"))


@pytest.mark.parametrize("limit", [100, 20_000])
def test_init_on_a_full_disk_leaves_no_workspace(tmp_path: Path, limit: int) -> None:
    said = on_a_full_disk(limit, "init", "--division", COUNTY, folder=tmp_path / "new")
    assert refused_for_the_disk(said), said
    assert not (tmp_path / "new" / "workspace.db").exists()
    done("init", "--division", COUNTY, folder=tmp_path / "new")


def test_answers_on_a_full_database_are_not_kept(people: People, monkeypatch) -> None:
    """SQLite's own limit, in the same process: the file may not grow by one page."""
    connect = db._connect

    def narrow(path: Path, mode: str) -> sqlite3.Connection:
        connection = connect(path, mode)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    settled(people["liaison"])
    before = state_of(people["liaison"])
    monkeypatch.setattr(db, "_connect", narrow)
    path = write_workbook(people.file("big.xlsx"), list(HEADINGS), *(roster_line(number) for number in range(4, ROWS)))
    said = zgsz("roster", "import", path, folder=people["liaison"], passphrase=PASSPHRASE)
    assert said.refused_by("store.disk_full")
    monkeypatch.undo()
    assert state_of(people["liaison"]) == before


# --- folders that cannot be written; as root no permission binds, so the system's answer is put in at the rim


def test_a_read_only_folder_takes_no_package(people: People, tmp_path: Path, monkeypatch) -> None:
    before = state_of(people["county"])
    really = os.open

    def refuse(path, flags, *rest, **more):
        if str(path).startswith(str(tmp_path / "usb")) and flags & os.O_CREAT:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))
        return really(path, flags, *rest, **more)

    (tmp_path / "usb").mkdir()
    monkeypatch.setattr(os, "open", refuse)
    words = ("export", tmp_path / "usb" / "x.zgsz", "--to", CITY)
    assert zgsz(*words, folder=people["county"], passphrase=PASSPHRASE).refused_by("file.not_writable")
    words = ("report", credit_code(1), "-o", tmp_path / "usb" / "x.pdf")
    assert zgsz(*words, folder=people["county"]).refused_by("file.not_writable")
    monkeypatch.undo()
    assert not list((tmp_path / "usb").iterdir())
    assert state_of(people["county"]) == before


def test_a_read_only_workspace_is_told_before_anything_is_done(people: People, monkeypatch) -> None:
    before = state_of(people["county"])

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr("zgsz_desktop.engine.store.db.tempfile.TemporaryFile", refuse)
    assert zgsz("merge", people.file("up.zgsz"), folder=people["county"]).refused_by("store.read_only")
    assert zgsz("rebuild", folder=people["county"]).refused_by("store.read_only")
    monkeypatch.undo()
    assert state_of(people["county"]) == before


def test_init_where_nothing_can_be_made_is_told(tmp_path: Path, monkeypatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "mkdir", refuse)
    assert zgsz("init", "--division", COUNTY, folder=tmp_path / "new").refused_by("store.read_only")


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "new").write_text("x")
    assert zgsz("init", "--division", COUNTY, folder=tmp_path / "new").refused_by("store.cannot_open")
    assert zgsz("digest", folder=tmp_path / "new").refused_by("store.not_found")


def test_a_folder_that_is_not_there_takes_no_file(people: People, tmp_path: Path) -> None:
    words = ("report", credit_code(1), "-o", tmp_path / "没有" / "x.pdf")
    assert zgsz(*words, folder=people["county"]).refused_by("file.no_folder")
    words = ("export", tmp_path / "没有" / "x.zgsz", "--to", CITY)
    assert zgsz(*words, folder=people["county"], passphrase=PASSPHRASE).refused_by("file.no_folder")


@pytest.mark.parametrize("words", [("report", credit_code(1), "-o"), ("export", "--to", CITY)])
def test_a_folder_in_place_of_the_file_is_told(people: People, tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "x").mkdir()
    said = zgsz(*words, tmp_path / "x", folder=people["county"], passphrase=PASSPHRASE)
    assert said.refused_by("file.write_failed") or said.refused_by("file.not_writable"), said
    assert not list((tmp_path / "x").iterdir())


# --- the workspace itself


@pytest.mark.parametrize("words", [("digest",), ("rebuild",), ("merge", "x.zgsz"), ("identity", "show")])
def test_a_workspace_of_a_newer_program_is_not_touched(people: People, words: tuple[str, ...]) -> None:
    path = people["county"] / "workspace.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    settled(people["county"])
    before = path.read_bytes()
    assert zgsz(*words, folder=people["county"]).refused_by("store.newer")
    assert path.read_bytes() == before


@pytest.mark.parametrize("words", [("digest",), ("rebuild",)])
def test_another_file_is_no_workspace(tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "workspace.db").write_bytes("不是数据库".encode() * 1000)
    assert zgsz(*words, folder=tmp_path).refused_by("store.not_a_workspace")


def test_a_damaged_workspace_is_told(people: People) -> None:
    path = people["county"] / "workspace.db"
    settled(people["county"])
    data = bytearray(path.read_bytes())
    data[4096:] = bytes(len(data) - 4096)
    path.write_bytes(data)
    said = zgsz("digest", folder=people["county"])
    assert said.refused_by("store.damaged"), said


def test_init_does_not_touch_a_workspace_that_is_there(people: People) -> None:
    before = state_of(people["county"])
    assert zgsz("init", "--division", CITY, folder=people["county"]).refused_by("store.exists")
    assert state_of(people["county"]) == before


@pytest.mark.parametrize("division", ["999999", "45", "青秀区", "", "../x"])
def test_init_wants_a_division_that_is_there(tmp_path: Path, division: str) -> None:
    assert zgsz("init", "--division", division, folder=tmp_path / "new").refused_by("workspace.no_division")
    assert not (tmp_path / "new").exists()


def test_another_program_that_writes_is_waited_for_and_told(people: People, monkeypatch) -> None:
    monkeypatch.setattr("zgsz_desktop.engine.store.db.BUSY_SECONDS", 0.05)
    with closing(sqlite3.connect(people["liaison"] / "workspace.db", isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        said = zgsz("answer", credit_code(2), ANSWERS, folder=people["liaison"])
        assert said.refused_by("store.busy")
        connection.execute("ROLLBACK")
    assert said.status == cli.REFUSED
