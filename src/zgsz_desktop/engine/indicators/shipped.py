"""The indicator sets that come with the program, from `resources/indicator_sets/`.

Authored as `<id>@<version>.yaml`; loaded from the canonical JSON beside it, which is made from the YAML by
`python -m zgsz_desktop.engine.indicators.publish` (parsing the YAML takes a second, the JSON some milliseconds). A
test holds the two together, and pins the SHA-256 of every published version.
"""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from zgsz_desktop.engine import canonical
from zgsz_desktop.engine.errors import PackageError, UserError
from zgsz_desktop.engine.indicators.definition import IndicatorSet
from zgsz_desktop.engine.indicators.loader import from_body

SetKey = tuple[str, str]
"""Id and version."""
FOLDER = "indicator_sets"


def shipped_sets(resources: Path) -> dict[SetKey, IndicatorSet]:
    """Load every shipped set, oldest version first.

    Raises:
        UserError: `indicators.unreadable`, `indicators.invalid` (the installation is damaged).
    """
    sets = [_load(path) for path in sorted((resources / FOLDER).glob("*.json"))]
    return {(item.id, item.version): item for item in sorted(sets, key=_order)}


def latest(sets: Mapping[SetKey, IndicatorSet]) -> IndicatorSet:
    """Choose the set of the greatest version.

    Raises:
        UserError: `indicators.unknown` if there is none.
    """
    if not sets:
        raise UserError("indicators.unknown", name="", known="")
    return max(sets.values(), key=_order)


def choose(sets: Mapping[SetKey, IndicatorSet], name: str | None) -> IndicatorSet:
    """Find a set by `ID@VERSION`; without a name, the latest.

    Raises:
        UserError: `indicators.unknown`, naming those that there are.
    """
    if name is None:
        return latest(sets)
    set_id, _, version = name.partition("@")
    if (set_id, version) not in sets:
        known = "、".join(item.name for item in sets.values())
        raise UserError("indicators.unknown", name=name, known=known)
    return sets[set_id, version]


def _order(indicator_set: IndicatorSet) -> tuple[list[int], str]:
    return [int(part) for part in indicator_set.version.split(".")], indicator_set.id


def _load(path: Path) -> IndicatorSet:
    try:
        body = canonical.decode(path.read_bytes())
    except (OSError, PackageError, msgspec.MsgspecError) as error:
        raise UserError("indicators.unreadable", name=path.name, detail="文件损坏") from error
    return from_body(body, path.name)
