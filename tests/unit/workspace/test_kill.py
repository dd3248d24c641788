"""kill -9 while answering, at random moments: at most the answer in flight is lost."""

import random
import subprocess
import sys
import threading
from pathlib import Path

from support.workspaces import FixedClock
from zgsz_desktop.engine import ops
from zgsz_desktop.engine.model import Uscc
from zgsz_desktop.engine.workspace import Workspace

KILLS = 25
PROGRAM = Path(__file__).with_name("answer_loop.py")


def run_and_kill(workspace: Workspace, draft_id: str, start: int, after: int, pause: float) -> int:
    """Let it acknowledge some answers, kill it a moment later, and give the last number that it acknowledged."""
    arguments = [str(workspace.folder), str(workspace.resources), draft_id, str(start)]
    process = subprocess.Popen([sys.executable, PROGRAM, *arguments], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    for _ in range(after):
        process.stdout.readline()
    killer = threading.Timer(pause, process.kill)  # in the midst of the next answers, not at their borders
    killer.start()
    lines = [line for line in process.stdout if line.endswith("\n")]
    process.stdout.close()
    process.wait()
    killer.join()
    return int(lines[-1]) if lines else start + after


def kept(workspace: Workspace, draft_id: str) -> tuple[int, list[int]]:
    """Give the greatest number that is there, and all of the history."""
    again = Workspace.open(workspace.folder, resources=workspace.resources, clock=workspace.clock)
    assert again.store.first("PRAGMA integrity_check") == ("ok",)
    assert again.store.query("PRAGMA foreign_key_check") == []
    steps = again.store.query("SELECT after ->> '$.note' FROM draft_step ORDER BY no")
    greatest = max((int(answer["note"]) for answer in ops.find_draft(again, draft_id).answers.values()), default=0)
    again.close()
    return greatest, [int(note) for (note,) in steps]


def test_kill_while_answering(workspace: Workspace, codes: list[Uscc], clock: FixedClock):
    draft = ops.open_draft(workspace, codes[0]).draft
    workspace.store.close()
    chance = random.Random(20240701)
    acknowledged = 0
    for _ in range(KILLS):
        present, history = kept(workspace, draft.id)
        assert present in {acknowledged, acknowledged + 1}
        assert history == list(range(1, present + 1))
        acknowledged = run_and_kill(workspace, draft.id, present, chance.randrange(4), chance.random() * 0.03)
    assert kept(workspace, draft.id)[0] in {acknowledged, acknowledged + 1}
    assert acknowledged > KILLS
