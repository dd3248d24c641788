"""The record inside an envelope: composing, sealing, and the form check of records-and-merge.md 1.

A payload is canonical JSON with exactly nine members. Their names sort as `at author body division entity kind prev
seq supersedes`, so the body's own bytes are a span of the payload that can be found without encoding it again
(`body_bytes`). Whether the body makes sense is `kinds.py`'s question, who may write it `admit.py`'s.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from zgsz_desktop.engine import canonical
from zgsz_desktop.engine.errors import MalformedError
from zgsz_desktop.engine.model import DivisionCode, KeyId, RecordId, is_division
from zgsz_desktop.engine.records.envelope import (
    HEX64,
    KIND,
    Envelope,
    Sealer,
    kind_of,
    pae,
    payload_type,
    record_id,
)

MAX_SUPERSEDES = 64
MAX_ENTITY = 256
MEMBERS = frozenset({"at", "author", "body", "division", "entity", "kind", "prev", "seq", "supersedes"})

_AT = re.compile(r"2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{2}:[0-9]{2}", re.ASCII)
_ENTITY = re.compile(rf"[^\x00-\x20\x7f]{{1,{MAX_ENTITY}}}")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Record:
    """One signed statement, as its author wrote it.

    Attributes:
        entity: with `kind`, what the record is about.
        supersedes: records of the same entity that it replaces, sorted.
        seq: number in the author's chain, from 1; `prev` is the record before, None for the first.
        at: the author's clock, as written.
        body: decoded, numbers with a point as `Decimal`; None withdraws.
        payload: the exact bytes that were signed.
    """

    id: RecordId
    kind: str
    entity: str
    supersedes: tuple[RecordId, ...]
    author: KeyId
    seq: int
    prev: RecordId | None
    division: DivisionCode
    at: str
    body: dict[str, Any] | None
    payload: bytes
    signature: bytes

    @property
    def moment(self) -> datetime:
        """The author's clock as an aware instant."""
        return datetime.fromisoformat(self.at)

    @property
    def instant(self) -> int:
        """The author's clock in seconds since 1970 (UTC)."""
        return int((self.moment - _EPOCH).total_seconds())


def compose(
    kind: str,
    entity: str,
    *,
    body: dict[str, Any] | None,
    supersedes: Iterable[RecordId],
    author: KeyId,
    seq: int,
    prev: RecordId | None,
    division: DivisionCode,
    at: str,
) -> bytes:
    """Write a payload in its canonical form.

    Raises:
        ValueError: a number that the canonical form does not know.
        MalformedError: `record.form`, the caller broke a rule of the form (nothing is signed then).
    """
    members = {
        "kind": kind,
        "entity": entity,
        "supersedes": sorted(set(supersedes)),
        "author": author,
        "seq": seq,
        "prev": prev,
        "division": division,
        "at": at,
        "body": body,
    }
    check_form(members, kind, author)
    return canonical.encode(members)


def seal(payload: bytes, kind: str, sealer: Sealer) -> Envelope:
    """Sign a payload."""
    media_type = payload_type(kind)
    return Envelope(media_type, payload, sealer.keyid, sealer.sign(pae(media_type, payload)))


def parse_record(envelope: Envelope) -> Record:
    """Read the payload of an envelope and check its form; the signature is not looked at.

    Raises:
        MalformedError: `record.not_canonical`, `record.too_deep`, `record.form`, `record.envelope`.
    """
    members = canonical.decode(envelope.payload)
    check_form(members, kind_of(envelope.payload_type), envelope.keyid)
    return Record(
        id=record_id(envelope.payload_type, envelope.payload),
        kind=members["kind"],
        entity=members["entity"],
        supersedes=tuple(members["supersedes"]),
        author=members["author"],
        seq=members["seq"],
        prev=members["prev"],
        division=members["division"],
        at=members["at"],
        body=members["body"],
        payload=envelope.payload,
        signature=envelope.signature,
    )


def check_form(members: Any, kind: str, keyid: str) -> None:
    """Check the nine members of a payload against the kind and the key that the envelope names.

    Raises:
        MalformedError: `record.form`, naming the first member at fault.
    """
    if not isinstance(members, dict) or members.keys() != MEMBERS:
        raise MalformedError("record.form", field="成员")
    for field, holds in (
        ("kind", members["kind"] == kind and KIND.fullmatch(kind) is not None),
        ("author", members["author"] == keyid and HEX64.fullmatch(keyid) is not None),
        ("entity", _matches(_ENTITY, members["entity"])),
        ("division", isinstance(members["division"], str) and is_division(members["division"])),
        ("at", _is_moment(members["at"])),
        ("seq", type(members["seq"]) is int and 1 <= members["seq"] <= canonical.MAX_INTEGER),
        ("prev", members["prev"] is None if members["seq"] == 1 else _matches(HEX64, members["prev"])),
        ("supersedes", _is_id_list(members["supersedes"])),
        ("body", members["body"] is None or isinstance(members["body"], dict)),
    ):
        if not holds:
            raise MalformedError("record.form", field=field)


def body_bytes(record: Record) -> bytes:
    """Cut the canonical bytes of the body out of the payload, without encoding it again.

    Why this is sound: the payload equals the canonical form of its nine members, that is `{`, the members in the order
    of their names, joined by commas, `}`. `at` and `author` stand before the body and have fixed alphabets without
    escapes, so what precedes the body has a known length. What follows it is `,` and the canonical form of the six
    remaining members without its opening brace. Cutting both off leaves exactly the encoding of the body.
    """
    before = len('{"at":"","author":"","body":') + len(record.at) + len(record.author)
    rest = {
        "division": record.division,
        "entity": record.entity,
        "kind": record.kind,
        "prev": record.prev,
        "seq": record.seq,
        "supersedes": record.supersedes,
    }
    return record.payload[before : len(record.payload) - len(canonical.encode(rest))]


def content_hash(record: Record) -> str:
    """Hash the canonical body: records of one entity with equal content may be twins."""
    return hashlib.sha256(body_bytes(record)).hexdigest()


def _matches(pattern: re.Pattern[str], value: Any) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _is_moment(value: Any) -> bool:
    if not _matches(_AT, value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:  # the 31st of February
        return False
    return True


def _is_id_list(value: Any) -> bool:
    if not isinstance(value, list) or len(value) > MAX_SUPERSEDES:
        return False
    return all(_matches(HEX64, item) for item in value) and all(a < b for a, b in pairwise(value))
