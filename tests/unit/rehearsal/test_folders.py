"""What a rehearsal may replace."""

from pathlib import Path

import pytest

from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.rehearsal.folders import MARKER, claim_folder

ENTRIES = ("region", "packages")


def refused(folder: Path) -> str:
    with pytest.raises(UserError) as error:
        claim_folder(folder, ENTRIES)
    return error.value.code


def test_a_new_folder_is_made_with_its_entries(tmp_path: Path):
    claim_folder(tmp_path / "a" / "b", ENTRIES)
    assert sorted(path.name for path in (tmp_path / "a" / "b").iterdir()) == sorted([*ENTRIES, MARKER])


def test_an_own_folder_is_cleared_of_what_is_listed(tmp_path: Path):
    claim_folder(tmp_path / "out", ENTRIES)
    (tmp_path / "out" / "region" / "old").write_text("old")
    (tmp_path / "out" / "mine.txt").write_text("mine")
    claim_folder(tmp_path / "out", ENTRIES)
    assert list((tmp_path / "out" / "region").iterdir()) == []
    assert (tmp_path / "out" / "mine.txt").read_text() == "mine"


def test_a_foreign_folder_is_refused(tmp_path: Path):
    (tmp_path / "region").mkdir()
    assert refused(tmp_path) == "rehearsal.folder_in_use"
    assert [path.name for path in tmp_path.iterdir()] == ["region"]


def test_a_file_in_its_place_is_refused(tmp_path: Path):
    (tmp_path / "out").write_text("a file")
    assert refused(tmp_path / "out") == "rehearsal.folder_in_use"


def test_a_marker_of_somebody_else_is_none(tmp_path: Path):
    (tmp_path / MARKER).write_text("something else\nregion\n")
    (tmp_path / "region").mkdir()
    assert refused(tmp_path) == "rehearsal.folder_in_use"
    assert (tmp_path / "region").is_dir()


def test_a_marker_removes_nothing_elsewhere(tmp_path: Path):
    claim_folder(tmp_path / "out", ENTRIES)
    (tmp_path / "kept").mkdir()
    marker = tmp_path / "out" / MARKER
    marker.write_text(marker.read_text("utf-8") + "../kept\n..\n/\n", "utf-8")
    claim_folder(tmp_path / "out", ENTRIES)
    assert (tmp_path / "kept").is_dir()


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path):
    (tmp_path / "file").write_text("a file")
    assert refused(tmp_path / "file" / "out") == "rehearsal.folder_fails"
