"""Saving one answer: milliseconds, and as a ratio to a bare commit of one row in the same file.

Run by `python tests/bench/bench_answer.py`. Both are medians, taken in turns, so that what else runs on the machine
strikes both alike. Target: at most 5 ms.
"""

import itertools
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from support.authorities import make_region
from support.workspaces import COUNTY, add_enterprises, full_answers, make_workspace, trust_people
from zgsz_desktop.engine import ops
from zgsz_desktop.engine.workspace import Workspace

ROUNDS = 40


def prepare(folder: Path) -> tuple[Workspace, str]:
    """Make a workspace with a full draft: the dearest moment to save one more answer."""
    region = make_region()
    clerk = region.clerk(COUNTY)
    workspace = make_workspace(folder / "w", region)
    trust_people(workspace, region)
    draft = ops.open_draft(workspace, add_enterprises(workspace, clerk, 1)[0]).draft
    ops.answer_many(workspace, draft.id, full_answers())
    return workspace, draft.id


def milliseconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def measure(workspace: Workspace, draft_id: str) -> dict[str, float]:
    counter = itertools.count()
    keys = itertools.cycle("ABCDE")

    def bare() -> None:
        with workspace.store.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO setting VALUES ('bench', ?)", (str(next(counter)),))

    def choice() -> None:
        ops.answer(workspace, draft_id, "sme.q05", {"choice": [next(keys)]})

    def shared() -> None:
        inputs = {"equip_total": 1000 + next(counter), "equip_digital": 400}
        ops.answer(workspace, draft_id, "sme.q02", {"inputs": inputs})

    times: dict[str, list[float]] = {"bare": [], "choice": [], "shared": []}
    for _ in range(ROUNDS):
        for name, act in (("bare", bare), ("choice", choice), ("shared", shared)):
            times[name] += [milliseconds(act) for _ in range(5)]
    return {name: statistics.median(found) for name, found in times.items()}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        workspace, draft_id = prepare(Path(folder))
        found = measure(workspace, draft_id)
        workspace.close()
    choice, shared, bare = found["choice"], found["shared"], found["bare"]
    print(
        f"saving an answer: {choice:.2f} ms (target 5 ms), {choice / bare:.1f} x a bare commit ({bare:.2f} ms); "
        f"with a shared number {shared:.2f} ms"
    )


if __name__ == "__main__":
    main()
