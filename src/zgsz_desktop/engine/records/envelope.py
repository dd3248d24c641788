"""The DSSE envelope: what is signed, how a record is named, how a line of `records.jsonl` is written and read.

Rules kept here (records-and-merge.md 1): the signature covers the pre-authentication encoding of exact bytes; the
record id is the hash of that encoding, so a signature is never part of an id; an envelope holds exactly one
signature; a line has one byte form, so equal envelopes are equal lines. What the payload says is `record.py`'s.
"""

import hashlib
import re
from dataclasses import dataclass
from typing import Any, Protocol

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from zgsz_desktop.engine.errors import MalformedError, TamperedError, UncheckableError, UnsignedError
from zgsz_desktop.engine.model import DivisionCode, KeyId, RecordId, Role

LINE_LIMIT = 3 * 512 * 1024
"""1.5 MiB: a line of `records.jsonl` (package-format.md, limits)."""
LONG_LINE_LIMIT = 12 * 1024 * 1024
LONG_KINDS = frozenset({"indicator_set", "benchmark", "catalog"})
MANIFEST = "manifest"
MANIFEST_LIMIT = 8 * 1024 * 1024

HEX64 = re.compile(r"[0-9a-f]{64}", re.ASCII)
KIND = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)
_TYPE = re.compile(r"application/vnd\.zgsz\.([a-z][a-z0-9_]{0,39})\+json", re.ASCII)
_P256_SHA256 = ec.ECDSA(hashes.SHA256())


@dataclass(frozen=True, slots=True)
class Envelope:
    """A payload, its type, and the one signature over both."""

    payload_type: str
    payload: bytes
    keyid: KeyId
    signature: bytes


class Holder(Protocol):
    """Whom a certificate names. `identity` provides it; records need no more than this.

    Attributes:
        name: first labels of the certificate, `liaison-a7.450102`.
        role: prefix of the first label.
        scope: division whose records the holder may write.
    """

    @property
    def name(self) -> str: ...
    @property
    def role(self) -> Role: ...
    @property
    def scope(self) -> DivisionCode: ...


class Sealer(Protocol):
    """What signs: an opened key with its certificate."""

    @property
    def keyid(self) -> KeyId: ...
    @property
    def holder(self) -> Holder: ...
    def sign(self, data: bytes) -> bytes:
        """Sign bytes (ECDSA P-256 with SHA-256, DER)."""
        ...


class _Signature(msgspec.Struct, forbid_unknown_fields=True):
    keyid: str
    sig: bytes


class _Line(msgspec.Struct, forbid_unknown_fields=True):
    # Fields stand in the order of the canonical form: encoding this struct is the canonical encoding.
    payload: bytes
    payloadType: str  # noqa: N815  (DSSE spells it so)
    signatures: list[_Signature]


_DECODER = msgspec.json.Decoder(_Line)
_ENCODER = msgspec.json.Encoder()


def payload_type(kind: str) -> str:
    """Give the media type under which a kind is signed."""
    return f"application/vnd.zgsz.{kind}+json"


def kind_of(media_type: str) -> str:
    """Give the kind that a media type names.

    Raises:
        MalformedError: `record.envelope`, not a media type of ours.
    """
    match = _TYPE.fullmatch(media_type)
    if match is None:
        raise MalformedError("record.envelope", detail="payloadType")
    return match[1]


def line_limit(kind: str) -> int:
    """Give the greatest length of an envelope's line for a kind, in bytes."""
    if kind == MANIFEST:
        return MANIFEST_LIMIT
    return LONG_LINE_LIMIT if kind in LONG_KINDS else LINE_LIMIT


def pae(media_type: str, payload: bytes) -> bytes:
    """Build the bytes that are signed (DSSE v1.0.2, pre-authentication encoding)."""
    name = media_type.encode()
    return b"DSSEv1 %d %b %d %b" % (len(name), name, len(payload), payload)


def record_id(media_type: str, payload: bytes) -> RecordId:
    """Name a record: the hash of what is signed. Serves for the manifest too."""
    return RecordId(hashlib.sha256(pae(media_type, payload)).hexdigest())


def encode_envelope(envelope: Envelope) -> bytes:
    """Write one line of canonical JSON, without the newline."""
    signature = _Signature(envelope.keyid, envelope.signature)
    return _ENCODER.encode(_Line(envelope.payload, envelope.payload_type, [signature]))


def decode_envelope(line: bytes) -> Envelope:
    """Read one line, without the newline.

    Raises:
        MalformedError: `record.too_long`, `record.envelope`.
        UnsignedError: `record.unsigned`.
    """
    if len(line) > LONG_LINE_LIMIT:
        raise MalformedError("record.too_long", limit=LONG_LINE_LIMIT, size=len(line))
    try:
        parsed = _DECODER.decode(line)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise MalformedError("record.envelope", detail=str(error)) from error
    limit = line_limit(kind_of(parsed.payloadType))
    if len(line) > limit:
        raise MalformedError("record.too_long", limit=limit, size=len(line))
    if not parsed.signatures:
        raise UnsignedError("record.unsigned")
    signature = parsed.signatures[0]
    if HEX64.fullmatch(signature.keyid) is None:
        raise MalformedError("record.envelope", detail="keyid")
    envelope = Envelope(parsed.payloadType, parsed.payload, KeyId(signature.keyid), signature.sig)
    if encode_envelope(envelope) != line:  # no duplicate key, no second signature, no other base64, no space
        raise MalformedError("record.envelope", detail="not in the one byte form")
    return envelope


def verify_signature(envelope: Envelope, public_key: Any) -> None:
    """Verify the signature over the exact bytes.

    Raises:
        UncheckableError: `record.unknown_suite`; the key is of a suite that this program does not know.
        TamperedError: `record.bad_signature`.
    """
    if not isinstance(public_key, ec.EllipticCurvePublicKey) or not isinstance(public_key.curve, ec.SECP256R1):
        raise UncheckableError("record.unknown_suite", keyid=envelope.keyid)
    try:
        public_key.verify(envelope.signature, pae(envelope.payload_type, envelope.payload), _P256_SHA256)
    except InvalidSignature as error:
        raise TamperedError("record.bad_signature", keyid=envelope.keyid) from error
