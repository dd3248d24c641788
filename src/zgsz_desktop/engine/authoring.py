"""Writing records of one's own: the next of the author's chain, admitted by the same rules as a received one.

What the rules would refuse from others is refused here, too, before anything is stored. Everything happens in one
transaction, many records as well as one, and what they touch is derived again in it.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zgsz_desktop.engine.batches import in_batches
from zgsz_desktop.engine.changes import AREA_OF_KIND, Area, Changes
from zgsz_desktop.engine.clock import stamp
from zgsz_desktop.engine.derive import derivation_for, touched_keys
from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.identity.trust import ChainVerifier
from zgsz_desktop.engine.model import DivisionCode, KeyId, RecordId, Uscc
from zgsz_desktop.engine.records.admit import Admission, Admitted
from zgsz_desktop.engine.records.envelope import Envelope, Sealer, payload_type, record_id
from zgsz_desktop.engine.records.record import compose, seal
from zgsz_desktop.engine.records.touched import touched
from zgsz_desktop.engine.store.records import chain_end, envelopes_of, insert_records
from zgsz_desktop.engine.store.submissions import heads_of
from zgsz_desktop.engine.verdicts import Verdicts
from zgsz_desktop.engine.workspace import Workspace

Progress = Callable[[int, int], None]
"""Called with done and total."""

_BATCH = 500


@dataclass(frozen=True, slots=True)
class NewRecord:
    """What somebody wants to sign.

    Attributes:
        supersedes: the records of the entity that it replaces; None: whatever is current.
    """

    kind: str
    entity: str
    body: dict[str, Any] | None
    division: DivisionCode
    supersedes: tuple[RecordId, ...] | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """Records that were written, in the order in which they were given."""

    ids: tuple[RecordId, ...]
    changes: Changes


def write_record(workspace: Workspace, sealer: Sealer, new: NewRecord) -> Written:
    """Sign and keep one record.

    Raises:
        UserError: `identity.clock_outside`, `record.own_malformed`, `store.read_back`, or what the disk refused.
        PackageError: the record would not be admitted (`record.wrong_author`, `record.other_division` …).
    """
    return write_records(workspace, sealer, [new])


def write_records(
    workspace: Workspace, sealer: Sealer, new: Sequence[NewRecord], progress: Progress | None = None
) -> Written:
    """Sign and keep records, all or none; `progress` may raise to stop, then nothing is kept.

    Raises:
        UserError: `identity.clock_outside`, `record.own_malformed`, `store.read_back`, or what the disk refused.
        PackageError: one of the records would not be admitted.
    """
    with workspace.store.transaction() as connection:
        author = _Author(workspace, connection, sealer)
        admitted: list[Admitted] = []
        for batch in in_batches(new, _BATCH):
            written = [author.write(one) for one in batch]
            insert_records(connection, written, own=True, received_time=author.time)
            admitted += written
            if progress is not None:
                progress(len(admitted), len(new))
        _read_back(connection, admitted)
        keys = touched_keys(connection, {item for one in admitted for item in touched(one.fact)})
        derivation_for(workspace, connection).derive(keys)
    return Written(tuple(one.record.id for one in admitted), _changes(admitted))


def check_clock(chains: ChainVerifier, sealer: Sealer, now: datetime) -> None:
    """Stop a wrong clock before anything is signed with it (identity.md).

    Raises:
        UserError: `identity.clock_outside`.
        PackageError: the certificate is not here, or no root that is pinned stands above it.
    """
    spans = [(chain.begins, chain.ends) for chain in chains.chains_of(sealer.keyid)]
    if not any(begins <= now <= ends for begins, ends in spans):
        begins, ends = spans[0]
        raise UserError(
            "identity.clock_outside", now=f"{now:%Y-%m-%d}", begins=f"{begins:%Y-%m-%d}", ends=f"{ends:%Y-%m-%d}"
        )


class _Author:
    """Continues the chain of one certificate, inside one transaction."""

    def __init__(self, workspace: Workspace, connection: sqlite3.Connection, sealer: Sealer) -> None:
        self.time = stamp(workspace.clock.now())
        self._store = workspace.store
        self._sealer = sealer
        chains = Verdicts(connection).chains
        check_clock(chains, sealer, workspace.clock.now())
        self._admission = Admission(chains)
        self._seq, self._prev = chain_end(connection, sealer.keyid)

    def write(self, new: NewRecord) -> Admitted:
        supersedes = new.supersedes
        if supersedes is None:
            supersedes = heads_of(self._store, new.kind, new.entity)
        payload = compose(
            new.kind,
            new.entity,
            body=new.body,
            supersedes=supersedes,
            author=self._sealer.keyid,
            seq=self._seq + 1,
            prev=self._prev,
            division=new.division,
            at=self.time,
        )
        admitted = self._admission.admit(seal(payload, new.kind, self._sealer))
        if admitted.faults:  # admitted and never effective: from others we must keep it, of our own we do not write it
            raise UserError("record.own_malformed", kind=new.kind, reason="；".join(admitted.faults))
        self._seq, self._prev = self._seq + 1, admitted.record.id
        return admitted


def _read_back(connection: sqlite3.Connection, admitted: list[Admitted]) -> None:
    """Read what was written as an export would, and compare it byte by byte, before it is committed.

    Raises:
        UserError: `store.read_back`.
    """
    for batch in in_batches(admitted, _BATCH):
        wanted = {one.record.id: _envelope_of(one) for one in batch}
        found = {_id_of(envelope): envelope for envelope in envelopes_of(connection, wanted)}
        if found != wanted:
            raise UserError("store.read_back")


def _envelope_of(admitted: Admitted) -> Envelope:
    record = admitted.record
    return Envelope(payload_type(record.kind), record.payload, KeyId(record.author), record.signature)


def _id_of(envelope: Envelope) -> RecordId:
    return record_id(envelope.payload_type, envelope.payload)


def _changes(admitted: list[Admitted]) -> Changes:
    area = Area.NOTHING
    for one in admitted:
        area |= AREA_OF_KIND.get(one.record.kind, Area.NOTHING)
    enterprises = frozenset(code for one in admitted for code in _enterprises_of(one))
    return Changes(area, enterprises, records=tuple(one.record.id for one in admitted))


def _enterprises_of(admitted: Admitted) -> Iterator[Uscc]:
    record = admitted.record
    if record.kind == "enterprise":
        yield Uscc(record.entity)
    elif record.kind in {"assignment", "submission"}:
        yield Uscc(record.entity.split("/")[1])
