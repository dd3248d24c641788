"""What an operation changed: flags for the views, and the ids that were touched. Views refresh by it, nothing else.

A value that an operation returns beside it (a draft, a report) carries its `Changes` in a field `changes`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Flag, auto

from zgsz_desktop.engine.model import RecordId, Uscc


class Area(Flag):
    """What kind of thing changed."""

    NOTHING = 0
    ENTERPRISES = auto()
    ASSIGNMENTS = auto()
    DRAFTS = auto()
    SUBMISSIONS = auto()
    REVIEWS = auto()
    CAMPAIGNS = auto()
    TRUST = auto()
    SETTINGS = auto()
    IMPORTS = auto()
    RECORDS = ENTERPRISES | ASSIGNMENTS | SUBMISSIONS | REVIEWS | CAMPAIGNS


AREA_OF_KIND = {
    "enterprise": Area.ENTERPRISES,
    "assignment": Area.ASSIGNMENTS,
    "submission": Area.SUBMISSIONS,
    "review": Area.REVIEWS,
    "expert_review": Area.REVIEWS,
    "campaign": Area.CAMPAIGNS,
    "indicator_set": Area.CAMPAIGNS,
    "target": Area.CAMPAIGNS,
}
"""Where a record of a kind is seen; other kinds are seen nowhere yet."""


@dataclass(frozen=True, slots=True)
class Changes:
    """The outcome of one operation as the views see it.

    Attributes:
        areas: what kinds of things changed.
        enterprises: whose rows are to be drawn anew; empty with a flag set means: any of them.
        drafts: ids of the drafts touched.
        records: ids of the records written, in order.
    """

    areas: Area = Area.NOTHING
    enterprises: frozenset[Uscc] = frozenset()
    drafts: frozenset[str] = frozenset()
    records: tuple[RecordId, ...] = ()

    def __or__(self, other: "Changes") -> "Changes":
        """Join what two steps of one operation changed."""
        return Changes(
            self.areas | other.areas,
            self.enterprises | other.enterprises,
            self.drafts | other.drafts,
            self.records + other.records,
        )


def joined(parts: Iterable[Changes]) -> Changes:
    """Join any number of changes."""
    total = Changes()
    for part in parts:
        total |= part
    return total
