"""The manifest: who sends what to whom, and the hash of every other entry (package-format.md).

A manifest is the payload of a DSSE envelope and, like every payload, equals its canonical form. Unknown members are
left alone, so that a later program may say more under the same format number; a higher number is refused by naming
the software that wrote it, before anything else is believed or doubted.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec

from zgsz_desktop.engine import canonical
from zgsz_desktop.engine.errors import MalformedError, PackageError, TooNewError
from zgsz_desktop.engine.model import DivisionCode, KeyId, RecordId, is_division
from zgsz_desktop.engine.records.envelope import (
    HEX64,
    MANIFEST,
    Envelope,
    Sealer,
    decode_envelope,
    encode_envelope,
    kind_of,
    pae,
    payload_type,
    record_id,
)

FORMAT = 1
_PACKAGE_ID = re.compile(r"[0-9a-z][0-9a-z-]{7,63}", re.ASCII)
_MOMENT = re.compile(r"2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{2}:[0-9]{2}", re.ASCII)
_SHOWN = 60
"""A sender chooses `software`; no more than this of it is ever shown."""


class Purpose(StrEnum):
    """Which way a package goes."""

    SUBMIT = "submit"
    PUBLISH = "publish"


class FileEntry(msgspec.Struct, frozen=True):
    """One entry of the container, as the producer wrote it."""

    path: str
    size: int
    sha256: str


class Totals(msgspec.Struct, frozen=True):
    """What the producer's derived state counts for one division."""

    enterprises: int = 0
    submissions: int = 0
    accepted: int = 0
    conflicts: int = 0


class Manifest(msgspec.Struct, frozen=True):
    """The manifest's members.

    Attributes:
        producer: certificate that signs the manifest.
        counts: records in the package by kind.
        totals: by division, what the producer counts.
        authors: highest `seq` that the producer holds, by author's certificate.
        files: every entry but `mimetype` and `manifest.json`.
        software: name and version of the program that wrote the package.
    """

    format: int
    package_id: str
    purpose: Purpose
    created_at: str
    producer: KeyId
    from_division: DivisionCode
    to_division: DivisionCode
    counts: dict[str, int]
    totals: dict[str, Totals]
    authors: dict[KeyId, int]
    files: list[FileEntry]
    software: str

    @property
    def moment(self) -> datetime:
        """The producer's clock when the package was written."""
        return datetime.fromisoformat(self.created_at)


@dataclass(frozen=True, slots=True)
class SignedManifest:
    """A manifest with the envelope that carries it; nothing about its signature is known yet.

    Attributes:
        id: hash of what is signed; it pins every byte that the package holds.
    """

    manifest: Manifest
    envelope: Envelope
    id: RecordId


def read_manifest(data: bytes) -> SignedManifest:
    """Read `manifest.json`. The signature is not looked at.

    Raises:
        TooNewError: `package.newer`.
        MalformedError: `package.manifest_form`.
    """
    try:
        envelope = decode_envelope(data.strip())
        members = canonical.decode(envelope.payload)
    except PackageError as error:
        raise MalformedError("package.manifest_form", detail=error.diagnostics()) from error
    _check_format(members)
    if kind_of(envelope.payload_type) != MANIFEST:
        raise MalformedError("package.manifest_form", detail="payloadType")
    try:
        manifest = msgspec.convert(members, Manifest)
    except msgspec.ValidationError as error:
        raise MalformedError("package.manifest_form", detail=str(error)) from error
    _check_form(manifest, envelope)
    return SignedManifest(manifest, envelope, record_id(envelope.payload_type, envelope.payload))


def seal_manifest(manifest: Manifest, sealer: Sealer) -> bytes:
    """Write and sign `manifest.json`."""
    media_type = payload_type(MANIFEST)
    payload = canonical.encode(msgspec.to_builtins(manifest))
    signature = sealer.sign(pae(media_type, payload))
    return encode_envelope(Envelope(media_type, payload, sealer.keyid, signature))


def _check_format(members: Any) -> None:
    number = members.get("format") if isinstance(members, dict) else None
    if type(number) is not int or number < FORMAT:
        raise MalformedError("package.manifest_form", detail="format")
    if number > FORMAT:
        software = "".join(character for character in str(members.get("software")) if character.isprintable())
        raise TooNewError("package.newer", software=software[:_SHOWN], format=number)


def _is_moment(text: str) -> bool:
    if _MOMENT.fullmatch(text) is None:
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:  # the 31st of February
        return False
    return True


def _check_form(manifest: Manifest, envelope: Envelope) -> None:
    for field, holds in (
        ("producer", manifest.producer == envelope.keyid),
        ("package_id", _PACKAGE_ID.fullmatch(manifest.package_id) is not None),
        ("from_division", is_division(manifest.from_division)),
        ("to_division", is_division(manifest.to_division)),
        ("files", len({file.path for file in manifest.files}) == len(manifest.files)),
        ("files", all(file.size >= 0 and HEX64.fullmatch(file.sha256) for file in manifest.files)),
        ("counts", all(count >= 0 for count in manifest.counts.values())),
        ("created_at", _is_moment(manifest.created_at)),
    ):
        if not holds:
            raise MalformedError("package.manifest_form", detail=field)
