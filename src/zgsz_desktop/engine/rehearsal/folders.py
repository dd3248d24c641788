"""The folder of a rehearsal: what a rehearsal made, a rehearsal may replace; what anybody else made, never.

A marker file, written first, says that the folder is ours and lists what lies in it. Replacing removes these entries
and nothing else: a file that somebody laid beside them stays.
"""

import shutil
from collections.abc import Sequence
from pathlib import Path

from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.files import write_atomically

DEMO_ENTRIES = (
    "region", "region-2", "cities", "counties", "liaisons", "expert", "enrolment", "rosters", "packages", "tampered",
    "forms",
)  # fmt: skip
TRAINING_ENTRIES = ("region", "cities", "counties", "enrolment", "rosters", "packages", "work")
OURS = frozenset((*DEMO_ENTRIES, *TRAINING_ENTRIES))
"""Every name that a rehearsal gives to a folder in its own."""
MARKER = "zgsz-rehearsal.txt"
_FIRST_LINE = "zgsz rehearsal 模拟数据，可以整个删除"


def claim_folder(folder: Path, entries: Sequence[str], note: str = "") -> None:
    """Make a folder, or clear one that a rehearsal made before, for these entries; the marker also holds a note.

    Raises:
        UserError: `rehearsal.folder_in_use`, it holds something that is not ours; `rehearsal.folder_fails`.
    """
    marker = folder / MARKER
    try:
        if marker.is_file():
            _clear(folder, marker)
        elif folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise UserError("rehearsal.folder_in_use", folder=str(folder))
        folder.mkdir(parents=True, exist_ok=True)
        taken = [name for name in entries if (folder / name).exists()]
        if taken:
            raise UserError("rehearsal.folder_in_use", folder=str(folder / taken[0]))
        write_atomically(marker, "\n".join([_FIRST_LINE, *entries, note, ""]).encode())
        for name in entries:
            (folder / name).mkdir()
    except OSError as error:
        raise UserError("rehearsal.folder_fails", folder=str(folder), detail=str(error)) from error


def _clear(folder: Path, marker: Path) -> None:
    first, *names = marker.read_text("utf-8", errors="replace").splitlines()
    if first != _FIRST_LINE:
        raise UserError("rehearsal.folder_in_use", folder=str(folder))
    for name in names:
        path = folder / name
        # Only names of ours: a marker that was tampered with removes nothing else, and nothing elsewhere.
        if name in OURS and path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
