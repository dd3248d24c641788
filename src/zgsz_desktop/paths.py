"""Every folder the program touches, in one frozen value. Nothing else asks platformdirs or looks beside `__file__`."""

from dataclasses import dataclass
from pathlib import Path

import platformdirs

APP = "zgsz-desktop"


@dataclass(frozen=True, slots=True)
class Paths:
    """Folders of one installation.

    Attributes:
        resources: read-only files shipped with the program.
        settings: where the window keeps its settings.
        workspaces: where new workspaces are put by default.
        log: where the log is written.
    """

    resources: Path
    settings: Path
    workspaces: Path
    log: Path


def resources_folder() -> Path:
    """Find the shipped resources: inside the installed package, else (a checkout) beside `src`."""
    inside = Path(__file__).parent / "resources"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "resources"


def system_paths() -> Paths:
    """Name the folders that this operating system foresees for us; creates none."""
    return Paths(
        resources=resources_folder(),
        settings=platformdirs.user_config_path(APP, appauthor=False),
        workspaces=platformdirs.user_documents_path() / "智改数转诊断",
        log=platformdirs.user_log_path(APP, appauthor=False),
    )
