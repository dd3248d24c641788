"""The values that the fold works on and gives back. They hold no more of a record than the store's columns do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from zgsz_desktop.engine.model import DivisionCode, KeyId, Level, RecordId, Role, Uscc


@dataclass(frozen=True, slots=True)
class Fact:
    """All that the fold must know of an admitted record.

    Attributes:
        holder: name of the author's certificate, `liaison-a7.450102`; the same person under another key.
        role: of the author. `scope`: the author's division.
        division: of the record itself.
        at: the author's clock, epoch seconds.
        content: SHA-256 of the canonical body; equal content may make twins.
        withdrawn: the body is null.
        well_formed: entity and body are as the kind demands; False for a kind that this program does not know.
        gist: review → `accept` or `return`; assignment → the liaison's name; others None.
    """

    id: RecordId
    kind: str
    entity: str
    supersedes: tuple[RecordId, ...]
    author: KeyId
    holder: str
    role: Role
    scope: DivisionCode
    division: DivisionCode
    at: int
    content: str
    withdrawn: bool
    well_formed: bool
    gist: str | None = None


@dataclass(frozen=True, slots=True)
class Revoked:
    """The verdict of the revocation entries over a certificate's whole chain.

    Attributes:
        good_order: every entry on the chain is an ending in good order.
        date: the earliest date of them, epoch seconds; records before it stay effective. Means nothing otherwise.
    """

    good_order: bool
    date: int | None


@dataclass(frozen=True, slots=True)
class EntityState:
    """What is current of one entity.

    Attributes:
        heads: effective records that nothing supersedes, sorted; twins are one.
        current: the head, or the provisional one of a conflict.
        review: of a submission: `submitted`, `returned` or `accepted`; None where nothing is current, or withdrawn.
        review_level: highest level that accepted, or that returned.
    """

    kind: str
    entity: str
    heads: tuple[RecordId, ...] = ()
    current: RecordId | None = None
    conflict: bool = False
    withdrawn: bool = False
    review: str | None = None
    review_level: Level | None = None


class Facts(Protocol):
    """Look-ups that the fold needs: over dicts in pure tests, over SQL in the store."""

    def of_entity(self, kind: str, entity: str) -> Sequence[Fact]:
        """Give all admitted records of an entity, in any order."""
        ...

    def of_id(self, record: RecordId) -> Fact | None:
        """Give one admitted record."""
        ...

    def revoked(self, author: KeyId) -> Revoked | None:
        """Give the revocation verdict over an author's chain, None if nothing is revoked there."""
        ...


@dataclass(frozen=True, slots=True)
class Exactly:
    """One entity to derive again."""

    kind: str
    entity: str


@dataclass(frozen=True, slots=True)
class Below:
    """All entities of a kind whose name begins with `prefix` (which ends in `/`)."""

    kind: str
    prefix: str


@dataclass(frozen=True, slots=True)
class OfRecord:
    """The entity of the record with this id, if it is here. Only a submission can change by it."""

    record: RecordId


@dataclass(frozen=True, slots=True)
class OfEnterprise:
    """All submissions of an enterprise, in any campaign and round: not their state, but their flags can change."""

    uscc: Uscc


Touched = Exactly | Below | OfRecord | OfEnterprise
"""What a new record, or one whose author is newly revoked, can change."""
