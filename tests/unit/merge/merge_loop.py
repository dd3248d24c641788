"""A program that merges one package into one workspace and says when it begins and when it is done; to be killed."""

import sys
from pathlib import Path

from zgsz_desktop.engine.clock import SystemClock
from zgsz_desktop.engine.merge import merge_package
from zgsz_desktop.engine.workspace import Workspace


def main(folder: str, resources: str, package: str) -> None:
    workspace = Workspace.open(Path(folder), resources=Path(resources), clock=SystemClock())
    print("ready", flush=True)
    merge_package(workspace, Path(package))
    print("done", flush=True)
    sys.stdin.read()  # stay, as a window would


if __name__ == "__main__":
    main(*sys.argv[1:])
