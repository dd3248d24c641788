"""Which workspaces were opened lately, and how the window looked: a small file of this user, never part of a workspace.

A file that cannot be read is as good as none: nothing in it is worth stopping for.
"""

import json
from dataclasses import dataclass, replace
from pathlib import Path

from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.files import write_atomically

MOST = 5
FILE = "window.json"


@dataclass(frozen=True, slots=True)
class WindowState:
    """What the window remembers.

    Attributes:
        workspaces: folder and title, newest first.
        colours: `system`, `light` or `dark`.
    """

    workspaces: tuple[tuple[str, str], ...] = ()
    colours: str = "system"

    def opened(self, folder: Path, title: str) -> "WindowState":
        """Put a workspace first."""
        others = [entry for entry in self.workspaces if entry[0] != str(folder)]
        return replace(self, workspaces=((str(folder), title), *others)[:MOST])


def load_state(folder: Path) -> WindowState:
    """Read the state; workspaces that are no longer there are left out."""
    try:
        document = json.loads((folder / FILE).read_text("utf-8"))
        entries = [(str(path), str(title)) for path, title in document["workspaces"]]
        colours = str(document["colours"])
    except (OSError, ValueError, KeyError, TypeError):
        return WindowState()
    return WindowState(tuple(entry for entry in entries if Path(entry[0]).is_dir()), colours)


def save_state(folder: Path, state: WindowState) -> bool:
    """Write the state; tell whether that went well."""
    document = {"workspaces": state.workspaces, "colours": state.colours}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(folder / FILE, json.dumps(document, ensure_ascii=False).encode())
    except (OSError, UserError):  # a read-only home: the program works all the same
        return False
    return True
