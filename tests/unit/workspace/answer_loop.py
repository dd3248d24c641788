"""Run as a program: answers without end, and prints each answer after it was acknowledged. Killed by its test."""

import sys
from pathlib import Path

from zgsz_desktop.engine import ops
from zgsz_desktop.engine.clock import SystemClock
from zgsz_desktop.engine.workspace import Workspace


def main(folder: str, resources: str, draft_id: str, start: str) -> None:
    workspace = Workspace.open(Path(folder), resources=Path(resources), clock=SystemClock())
    number = int(start)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while True:
        number += 1
        ops.write_note(workspace, draft_id, f"sme.s{number % 16 + 1:02d}", str(number))
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


main(*sys.argv[1:])
