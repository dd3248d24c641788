"""All benches, one after another, each in a process of its own: `make bench`.

Figures are ratios to a plain floor that runs in the same process (or, for opening the window, in an equal one), because
machines differ; milliseconds are printed beside them for orientation.
"""

import subprocess
import sys
from pathlib import Path

BENCHES = ("bench_score.py", "bench_answer.py", "bench_window.py", "bench_merge.py")


def main() -> int:
    """Run every bench; 1 if one of them failed to run."""
    failed = 0
    for name in BENCHES:
        print(f"== {name.removesuffix('.py').removeprefix('bench_')}", flush=True)
        failed |= subprocess.run([sys.executable, str(Path(__file__).parent / name)], check=False).returncode != 0
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
