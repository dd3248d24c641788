"""Writes the canonical JSON of an indicator set beside its YAML.

    python -m zgsz_desktop.engine.indicators.publish FILE…

For the authors of shipped sets. The file is written beside, synced, put in place, read back and compared.
"""

import os
import sys
from pathlib import Path

from zgsz_desktop.engine.errors import BugError
from zgsz_desktop.engine.indicators.loader import load_yaml


def publish(source: Path) -> Path:
    """Validate a YAML file and write its canonical JSON beside it.

    Raises:
        UserError: `indicators.unreadable`, `indicators.invalid`.
        BugError: what was written reads back differently.
    """
    indicator_set = load_yaml(source)
    target = source.with_name(f"{indicator_set.name}.json")
    part = target.with_name(target.name + ".part")
    with part.open("wb") as file:
        file.write(indicator_set.canonical_json)
        file.flush()
        os.fsync(file.fileno())
    part.replace(target)
    if target.read_bytes() != indicator_set.canonical_json:
        raise BugError("bug.unexpected", detail=f"{target.name} reads back differently")
    return target


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        sys.stdout.write(f"{publish(Path(argument)).name}\n")
