"""kill -9 while merging, at random moments: the package is in as a whole, or not at all."""

import random
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

from support.authorities import Region
from support.bureaus import Bureaus, digest_of, merged
from support.forge import Pen
from zgsz_desktop.engine.digest import Digest
from zgsz_desktop.engine.workspace import Workspace

KILLS = 25
PROGRAM = Path(__file__).with_name("merge_loop.py")


def run_and_kill(folder: Path, resources: Path, package: Path, pause: float) -> bool:
    """Start a merge and kill it; say whether it had said that it was done."""
    command = [sys.executable, PROGRAM, str(folder), str(resources), str(package)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        killer = threading.Timer(pause, process.kill)  # in the midst of the merge, or just after
        killer.start()
        said = process.stdout.read()
        killer.join()
        return "done\n" in said


def reopened(folder: Path, like: Workspace) -> Digest:
    workspace = Workspace.open(folder, resources=like.resources, clock=like.clock)
    try:
        assert workspace.store.first("PRAGMA integrity_check") == ("ok",)
        assert workspace.store.query("PRAGMA foreign_key_check") == []
        imports = workspace.store.first("SELECT count(*) FROM import")[0]
        assert workspace.store.first("SELECT count(DISTINCT import_no) FROM import_record")[0] == imports
        return digest_of(workspace)
    finally:
        workspace.close()


def test_kill_while_merging(bureaus: Bureaus, region: Region, tmp_path: Path):
    pens = [Pen(region.liaison("450103", f"a{number}")) for number in range(3)]
    first = bureaus.pack([pens[0].enterprise(number) for number in range(1, 30)])
    second = bureaus.pack([pens[number % 3].submission(number) for number in range(1, 601)])
    city = bureaus.open()
    merged(city, first)
    before = digest_of(city)
    template = city.folder
    city.close()
    whole = Workspace.open(shutil.copytree(template, tmp_path / "whole"), resources=city.resources, clock=city.clock)
    begun = time.perf_counter()
    merged(whole, second)
    span = time.perf_counter() - begun
    after = digest_of(whole)
    whole.close()
    chance = random.Random(20240701)
    seen = set()
    for number in range(KILLS):
        folder = shutil.copytree(template, tmp_path / f"killed-{number}")
        done = run_and_kill(folder, city.resources, second, chance.random() * span * 1.3)
        found = reopened(folder, city)
        assert found in {before, after}
        assert found == after or not done  # what was called done is there
        seen.add(found)
        shutil.rmtree(folder)
    assert before in seen  # at least one was caught in the midst
