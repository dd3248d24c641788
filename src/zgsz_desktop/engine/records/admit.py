"""What gets in (records-and-merge.md 2): decided from a record's bytes, the certificates beside it and pinned roots.

Nothing else is asked: not what is already held, not revocations, not the local clock, not the order of lines. So
every replica decides alike. `supersedes` and `prev` are deliberately not looked up; what a record may replace is the
fold's question. Certificates are the business of `identity`, which stands behind `Chains`.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from zgsz_desktop.engine.errors import MalformedError, PackageError, UntrustedError
from zgsz_desktop.engine.model import KeyId, RecordId, Role, covers
from zgsz_desktop.engine.records.envelope import Envelope, Holder, record_id, verify_signature
from zgsz_desktop.engine.records.facts import Fact
from zgsz_desktop.engine.records.kinds import check_body, gist_of, is_known, may_author
from zgsz_desktop.engine.records.record import Record, content_hash, parse_record


class Chains(Protocol):
    """Certificates of one package and the pinned roots."""

    def verify(self, keyid: KeyId, at: datetime) -> Holder:
        """Check the chain of an author's certificate, every link valid at that instant.

        Raises:
            PackageError: no such certificate, no chain to a pinned root, not acceptable, not valid then.
        """
        ...

    def public_key(self, keyid: KeyId) -> Any:
        """Give the public key of a certificate that `verify` let pass."""
        ...


@dataclass(frozen=True, slots=True)
class Admitted:
    """A record that is in.

    Attributes:
        holder: the author. `fact`: what the fold and the store's columns need.
        faults: in Chinese, why a record of a known kind is malformed; empty if it is not.
    """

    record: Record
    holder: Holder
    fact: Fact
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A record that is not in, for the report.

    Attributes:
        code: of the catalogue. `reason`: its sentence, Chinese. `line`: in `records.jsonl`, from 1.
    """

    id: RecordId | None
    kind: str | None
    entity: str | None
    code: str
    reason: str
    line: int


class Admission:
    """Admits records against one set of certificates."""

    def __init__(self, chains: Chains) -> None:
        self._chains = chains

    def admit(self, envelope: Envelope) -> Admitted:
        """Let a record in, or say why not.

        Raises:
            MalformedError: the form is not that of records-and-merge.md 1.
            UntrustedError: `record.authority_author`, `record.other_division`, `record.wrong_author`, or what the
                chain check says.
            TamperedError: `record.bad_signature`.
            UncheckableError: `record.unknown_suite`, or what the chain check says.
        """
        # 1. Form; `author` in the payload is the keyid of the envelope.
        record = parse_record(envelope)
        # 2. Chain: the keyid names a certificate here whose chain ends at a pinned root, all of it valid at `at`.
        holder = self._chains.verify(record.author, record.moment)
        # 3. Signature, under the key of exactly that certificate.
        verify_signature(envelope, self._chains.public_key(record.author))
        # 4. Scope, and for a known kind the table.
        if holder.role is Role.AUTHORITY:
            raise UntrustedError("record.authority_author", holder=holder.name)
        if not covers(holder.scope, record.division):
            raise UntrustedError(
                "record.other_division", holder=holder.name, scope=holder.scope, division=record.division
            )
        may_author(record.kind, record, holder)
        if not is_known(record.kind):
            return Admitted(record, holder, fact_of(record, holder, well_formed=False))
        faults = tuple(check_body(record))
        return Admitted(record, holder, fact_of(record, holder, well_formed=not faults), faults)


def fact_of(record: Record, holder: Holder, *, well_formed: bool) -> Fact:
    """Reduce a record to what the fold must know of it."""
    return Fact(
        id=record.id,
        kind=record.kind,
        entity=record.entity,
        supersedes=record.supersedes,
        author=record.author,
        holder=holder.name,
        role=holder.role,
        scope=holder.scope,
        division=record.division,
        at=record.instant,
        content=content_hash(record),
        withdrawn=record.body is None,
        well_formed=well_formed,
        gist=gist_of(record) if well_formed else None,
    )


def refusal_of(envelope: Envelope | None, error: PackageError, line: int) -> Refusal:
    """Describe a refused line as far as it can be read; None for a line that is no envelope."""
    if envelope is None:
        return Refusal(None, None, None, error.code, error.message, line)
    name = record_id(envelope.payload_type, envelope.payload)
    try:
        record = parse_record(envelope)
    except MalformedError:
        return Refusal(name, None, None, error.code, error.message, line)
    return Refusal(name, record.kind, record.entity, error.code, error.message, line)
