"""What a merge did, or would do: counts by kind that add up, and every item that needs a person's eye, in Chinese.

Each line of a package is exactly one of new, known, refused. In conflict and flagged are counts of entities that the
package brought records of: "of these", beside the sum and not in it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from zgsz_desktop.engine.changes import Changes
from zgsz_desktop.engine.identity.display import describe
from zgsz_desktop.engine.model import DivisionCode, RecordId
from zgsz_desktop.engine.package.reader import Package
from zgsz_desktop.engine.records.admit import Refusal
from zgsz_desktop.engine.records.facts import Revoked

UNREADABLE = "unreadable"
"""Stands for the kind of a line that does not say one."""
MAX_LISTED = 5_000
"""So many refused items are listed; the counts count all."""


@dataclass(frozen=True, slots=True)
class KindCounts:
    """Counts of one kind.

    Attributes:
        new, known, refused: of lines; together they are `total`.
        conflict, flagged: of entities that the package brought records of.
    """

    new: int = 0
    known: int = 0
    refused: int = 0
    conflict: int = 0
    flagged: int = 0

    @property
    def total(self) -> int:
        """All lines of the kind."""
        return self.new + self.known + self.refused

    def __add__(self, other: "KindCounts") -> "KindCounts":
        """Add up two kinds, or two packages."""
        return KindCounts(
            self.new + other.new,
            self.known + other.known,
            self.refused + other.refused,
            self.conflict + other.conflict,
            self.flagged + other.flagged,
        )


@dataclass(frozen=True, slots=True)
class Item:
    """One entity in conflict, or whose current version bears flags.

    Attributes:
        records: the heads, or the current version. `flags`: codes, of a flagged one.
        reason: one Chinese sentence.
    """

    kind: str
    entity: str
    records: tuple[RecordId, ...]
    flags: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Producer:
    """Who signed the package.

    Attributes:
        name: of the certificate. `sentence`: what stands below a signature.
        revoked: the certificate or an authority above it was revoked; said, not refused.
    """

    name: str
    person: str
    organisation: str
    role: str
    sentence: str
    revoked: bool


@dataclass(frozen=True, slots=True)
class MergeReport:
    """The outcome of one package.

    Attributes:
        file: the file's name. `created_at`: by the producer's clock.
        refused: not stored, each with its reason; at most `MAX_LISTED` of them.
        certificates, revocations: how many were new.
        warnings: in Chinese: ignored revocation lists, unknown kinds, a revoked producer.
        already_merged: exactly this package had been merged before.
        dry_run: nothing was stored.
    """

    package_id: str
    file: str
    purpose: str
    producer: Producer
    created_at: str
    from_division: DivisionCode
    to_division: DivisionCode
    counts: Mapping[str, KindCounts]
    refused: tuple[Refusal, ...]
    conflicts: tuple[Item, ...]
    flagged: tuple[Item, ...]
    certificates: int
    revocations: int
    blobs: int
    warnings: tuple[str, ...]
    already_merged: bool
    dry_run: bool
    changes: Changes = field(default_factory=Changes)

    @property
    def total(self) -> KindCounts:
        """All kinds together."""
        return sum(self.counts.values(), KindCounts())

    def to_json(self) -> dict[str, Any]:
        """Give the report as plain values, for `--json`."""
        document = asdict(self)
        del document["changes"]
        for part, counts in ((document["counts"], self.counts), (document, {"total": self.total})):
            part |= {kind: asdict(numbers) | {"total": numbers.total} for kind, numbers in counts.items()}
        return document


def producer_of(package: Package, verdict: Revoked | None) -> Producer:
    """Describe who signed a package.

    Args:
        package: a verified one.
        verdict: of the revocation entries over the producer's chain.
    """
    said = describe(package.chains.chain_of(package.manifest.producer)[0])
    # Ended in good order after the package was written: nothing to say.
    ended_later = (
        verdict is not None
        and verdict.good_order
        and verdict.date is not None
        and package.manifest.moment.timestamp() < verdict.date
    )
    return Producer(
        name=said.holder.name,
        person=said.person,
        organisation=said.organisation,
        role=said.role,
        sentence=said.sentence,
        revoked=verdict is not None and not ended_later,
    )


class Tally:
    """Counts and lists while a package is read."""

    def __init__(self) -> None:
        self._numbers: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.refused: list[Refusal] = []

    def count(self, kind: str, outcome: str) -> None:
        """Count a line of a kind as `new`, `known` or `refused`."""
        self._numbers[kind][outcome] += 1

    def refuse(self, refusal: Refusal) -> None:
        """Count a refused line, and list it."""
        self.count(refusal.kind or UNREADABLE, "refused")
        if len(self.refused) < MAX_LISTED:
            self.refused.append(refusal)

    def counts(self, conflicts: Iterable[Item], flagged: Iterable[Item]) -> dict[str, KindCounts]:
        """Give the counts by kind, sorted."""
        entities = Counter((item.kind, "conflict") for item in conflicts)
        entities += Counter((item.kind, "flagged") for item in flagged)
        kinds = sorted(self._numbers.keys() | {kind for kind, _ in entities})
        return {
            kind: KindCounts(
                **self._numbers[kind], conflict=entities[kind, "conflict"], flagged=entities[kind, "flagged"]
            )
            for kind in kinds
        }
