"""Opening the window on a workspace, as a ratio to an empty PySide6 window; all in fresh processes, in turn.

Measured from the first import to the end of a paint. Two figures: until the window stands (target: at most 2 times), and
until the list of enterprises is there to work with, which the engine (cryptography, SQLite, the pages) must be loaded for.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

RUNS = 5

EMPTY = """
import time; start = time.perf_counter()
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow(); window.resize(1366, 768); window.show()
window.grab()
print(time.perf_counter() - start)
"""

FRAME = """
import sys, time; start = time.perf_counter()
from zgsz_desktop.ui.app import open_frame_for_bench
window = open_frame_for_bench(sys.argv[1])
window.grab()
print(time.perf_counter() - start)
"""

OURS = """
import sys, time; start = time.perf_counter()
from zgsz_desktop.ui.app import open_for_bench
window = open_for_bench(sys.argv[1])
window.grab()
print(time.perf_counter() - start)
"""


def run(code: str, *arguments: str) -> float:
    """Give the seconds that a fresh process printed."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], check=True, capture_output=True, text=True, env=environment
    )
    return float(done.stdout.strip().splitlines()[-1])


def main() -> None:
    """Print the figures."""
    from zgsz_desktop import paths
    from zgsz_desktop.engine.clock import SystemClock
    from zgsz_desktop.engine.rehearsal.sample import make_sample

    with tempfile.TemporaryDirectory() as work:
        sample = make_sample(Path(work) / "sample", paths.resources_folder(), SystemClock())
        folder = str(sample.liaison)
        rounds = [(run(EMPTY), run(FRAME, folder), run(OURS, folder)) for _ in range(RUNS + 1)][1:]
    empty, frame, ours = (statistics.median(column) for column in zip(*rounds, strict=True))
    frame_ratio = statistics.median(mine / floor for floor, mine, _ in rounds)
    ratio = statistics.median(mine / floor for floor, _, mine in rounds)
    print(f"empty window: {empty * 1000:.0f} ms")
    print(f"window stands: {frame * 1000:.0f} ms, ratio {frame_ratio:.2f} (target 2)")
    print(f"list to work with: {ours * 1000:.0f} ms, ratio {ratio:.2f}")


if __name__ == "__main__":
    main()
