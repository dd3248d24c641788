"""The package forge: ZIP files byte by byte, correct and hostile. Nothing here uses the reader or writer under test."""

import struct
import zlib
from dataclasses import dataclass, field, replace

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
