"""The package forge: ZIP files byte by byte, correct and hostile, and the records in them.

Nothing here uses the reader or writer under test: what they agree on with this file is the format.
"""

import hashlib
import itertools
import json
import struct
import zlib
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any

from support.authorities import NOW, Region
from zgsz_desktop.engine.clock import stamp
from zgsz_desktop.engine.identity.certificates import write_pem_bundle
from zgsz_desktop.engine.identity.keys import Signer
from zgsz_desktop.engine.indicators.definition import IndicatorSet
from zgsz_desktop.engine.indicators.shipped import latest, shipped_sets
from zgsz_desktop.engine.records.envelope import Envelope, encode_envelope, pae, payload_type, record_id
from zgsz_desktop.engine.records.record import compose, seal
from zgsz_desktop.engine.reference.credit_code import make_credit_code
from zgsz_desktop.engine.scoring.result import score
from zgsz_desktop.paths import resources_folder

STORED, DEFLATED = 0, 8


@dataclass(frozen=True)
class Part:
    """One entry. Fields left None are computed; `local` overrides single fields of the local header only."""

    name: str
    data: bytes = b""
    method: int = DEFLATED
    flags: int = 0
    crc: int | None = None
    size: int | None = None
    packed: bytes | None = None
    packed_size: int | None = None
    extra: bytes = b""
    raw_name: bytes | None = None
    offset: int | None = None
    local: dict[str, int | bytes] = field(default_factory=dict)

    def with_(self, **changes):
        return replace(self, **changes)


def deflate(data: bytes) -> bytes:
    deflater = zlib.compressobj(6, zlib.DEFLATED, -15)
    return deflater.compress(data) + deflater.flush()


def zip_bytes(
    parts, *, before: bytes = b"", between: bytes = b"", after: bytes = b"", comment: bytes = b"", count=None
):
    """Assemble a ZIP file; `before`, `between` and `after` are foreign bytes at those places."""
    body = bytearray(before)
    directory = bytearray()
    for part in parts:
        name = part.raw_name if part.raw_name is not None else part.name.encode()
        packed = part.packed
        if packed is None:
            packed = deflate(part.data) if part.method == DEFLATED else part.data
        fields = {
            "flags": part.flags,
            "method": part.method,
            "time": 0,
            "date": 0x21,
            "crc": zlib.crc32(part.data) if part.crc is None else part.crc,
            "packed": len(packed) if part.packed_size is None else part.packed_size,
            "size": len(part.data) if part.size is None else part.size,
            "name": name,
        }
        offset = len(body) if part.offset is None else part.offset
        body += _local({**fields, **part.local}, part.extra) + packed + between
        directory += _central(fields, part.extra, offset)
    total = len(parts) if count is None else count
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, total, total, len(directory), len(body), len(comment))
    return bytes(body + directory) + end + comment + after


def _local(said, extra: bytes) -> bytes:
    name = said["name"]
    numbers = [said[key] for key in ("flags", "method", "time", "date", "crc", "packed", "size")]
    return struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, *numbers, len(name), len(extra)) + name + extra


def _central(said, extra: bytes, offset: int) -> bytes:
    name = said["name"]
    numbers = [said[key] for key in ("flags", "method", "time", "date", "crc", "packed", "size")]
    header = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, *numbers, len(name), len(extra), 0, 0, 0, 0, offset)
    return header + name + extra


# --- records


class Pen:
    """Writes records of one certificate, one after another; it knows no workspace."""

    def __init__(self, signer: Signer, *, at: datetime = NOW) -> None:
        self.signer = signer
        self.at = at
        self._seq = 0
        self._prev: str | None = None

    def write(self, kind: str, entity: str, body: Any, *, division: str = "", supersedes=(), at=None) -> Envelope:
        """Seal the next record."""
        self._seq += 1
        payload = compose(
            kind,
            entity,
            body=body,
            supersedes=[supersedes] if isinstance(supersedes, str) else supersedes,
            author=self.signer.keyid,
            seq=self._seq,
            prev=self._prev,
            division=division or self.signer.holder.scope,
            at=stamp(at or self.at),
        )
        envelope = seal(payload, kind, self.signer)
        self._prev = id_of(envelope)
        return envelope

    def enterprise(self, number: int, **more: Any) -> Envelope:
        division = more.pop("division", self.signer.holder.scope)
        code = more.pop("code", None) or uscc(number, division)
        supersedes = more.pop("supersedes", ())
        body = {"name": f"第{number}号企业", "industry": "C3411", "employees": 120, "revenue": 8000} | more
        return self.write("enterprise", code, body, division=division, supersedes=supersedes)

    def submission(
        self, number: int, *, division: str = "", supersedes=(), round_: str = "initial", **more: Any
    ) -> Envelope:
        where = division or self.signer.holder.scope
        code = more.pop("code", None) or uscc(number, where)
        body = submission_body(number) | more
        return self.write("submission", f"2024/{code}/{round_}", body, division=where, supersedes=supersedes)

    def review(
        self, submission: Envelope, decision: str = "accept", *, division: str, level: str = "county"
    ) -> Envelope:
        return self.write("review", f"{id_of(submission)}/{level}", {"decision": decision}, division=division)


def id_of(envelope: Envelope) -> str:
    return record_id(envelope.payload_type, envelope.payload)


@cache
def uscc(number: int, division: str) -> str:
    """Give the valid credit code of the n-th enterprise of a county."""
    return make_credit_code(division, f"{number:08d}")


@cache
def shipped() -> IndicatorSet:
    return latest(shipped_sets(resources_folder()))


def submission_body(number: int = 1) -> dict[str, Any]:
    """Answer the shipped set in one of many ways, with the result that the engine gives."""
    keys = itertools.cycle(f"{number:b}")
    answers = {
        question.id: {"choice": [question.options[min(int(next(keys)), len(question.options) - 1)].key]}
        for question in shipped().questions
        if question.options
    }
    profile = {"employees": 120 + number, "revenue": Decimal(8000), "industry": "C3411", "process_type": "discrete"}
    return {
        "set": {"id": shipped().id, "version": shipped().version, "sha256": shipped().sha256},
        "profile": profile,
        "answers": answers,
        "result": score(shipped(), profile, answers).to_json(),
        "reasons": {},
        "attachments": [],
        "begun": stamp(NOW),
        "finished": stamp(NOW),
    }


# --- whole packages

MIMETYPE = b"application/vnd.zgsz.package+zip"


@dataclass
class Forge:
    """A package in the making; every part can be replaced before `build`."""

    region: Region
    producer: Signer
    envelopes: list[Envelope] = field(default_factory=list)
    to_division: str = "450100"
    from_division: str = ""
    purpose: str = "submit"
    created_at: datetime = NOW
    package_id: str = ""
    lines: list[bytes] = field(default_factory=list)
    certificates: list[Any] | None = None
    crls: bytes = b""
    blobs: dict[str, bytes] = field(default_factory=dict)
    manifest: dict[str, Any] = field(default_factory=dict)

    def entries(self) -> dict[str, bytes]:
        """Give the entries beside `mimetype` and the manifest."""
        lines = [encode_envelope(one) for one in sorted(self.envelopes, key=id_of)] + self.lines
        certificates = self.region.certificates() if self.certificates is None else self.certificates
        return {
            "records.jsonl": b"".join(line + b"\n" for line in lines),
            "certs.pem": write_pem_bundle(certificates),
            "crls.pem": self.crls,
        } | {f"blobs/{name}": data for name, data in self.blobs.items()}

    def manifest_of(self, entries: dict[str, bytes]) -> dict[str, Any]:
        files = [
            {"path": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in entries.items()
        ]
        counts = Counter(one.payload_type.split(".")[2].split("+")[0] for one in self.envelopes)
        seed = json.dumps(files).encode()
        return {
            "format": 1,
            "package_id": self.package_id or hashlib.sha256(seed).hexdigest()[:32],
            "purpose": self.purpose,
            "created_at": stamp(self.created_at),
            "producer": self.producer.keyid,
            "from_division": self.from_division or self.producer.holder.scope,
            "to_division": self.to_division,
            "counts": dict(counts),
            "totals": {},
            "authors": {},
            "files": files,
            "software": "forge 1",
        } | self.manifest

    def parts(self) -> list[Part]:
        """Give the ZIP entries of a correct package."""
        entries = self.entries()
        manifest = seal_json(self.manifest_of(entries), "manifest", self.producer)
        return [
            Part("mimetype", MIMETYPE, method=STORED),
            *(Part(name, data) for name, data in entries.items()),
            Part("manifest.json", encode_envelope(manifest)),
        ]

    def build(self) -> bytes:
        return zip_bytes(self.parts())


def seal_json(value: Any, kind: str, signer: Signer) -> Envelope:
    """Sign any value, canonical or not."""
    payload = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    media_type = payload_type(kind)
    return Envelope(media_type, payload, signer.keyid, signer.sign(pae(media_type, payload)))
