"""The strict reading of ZIP headers: what a package may be made of (package-format.md, "Refused whole").

A ZIP says everything twice, in local headers and in the central directory, and tolerant readers disagree about which
to believe. Here both must say the same, entries must lie one after the other from the first byte to the central
directory without gap or overlap, and nothing may follow the end record. So every reader sees the same package, and
there is no place to hide anything. What the entries contain is `container.py`'s, what they mean `reader.py`'s.
"""

import re
import struct
from dataclasses import dataclass
from itertools import pairwise
from typing import BinaryIO

from zgsz_desktop.engine.errors import MalformedError, TooNewError

MAX_SIZE = 4 * 1024**3
"""4 GiB, for the file and for what it unpacks to."""
MAX_ENTRIES = 20_000
STORED, DEFLATED = 0, 8

_AGE = b"age-encryption.org/"
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_FLAG_ENCRYPTED, _FLAG_UTF8 = 0x0001, 0x0800
_FLAGS_ALLOWED = _FLAG_UTF8 | 0x0006  # 0x0006: how hard the deflater tried
_EXTRA_FORBIDDEN = {0x0001, 0x7075}  # ZIP64 sizes and a second name: each would contradict what is checked here
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\\:]|^/|(?:^|/)(?:\.{0,2})(?=/|$)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One file inside a package.

    Attributes:
        size: unpacked, as both headers declare it; enforced while reading.
        offset: of the local header; `start`: of the data; `end`: the first byte after them.
    """

    name: str
    method: int
    packed: int
    size: int
    crc: int
    offset: int
    start: int

    @property
    def end(self) -> int:
        """The first byte after the data."""
        return self.start + self.packed


def read_headers(stream: BinaryIO) -> tuple[Entry, ...]:
    """Read and compare all headers of a ZIP file; the order is that of the file.

    Raises:
        MalformedError: any of the `package.*` codes for a container that is not as the format demands.
        TooNewError: `package.encrypted`, an age file.
    """
    size = stream.seek(0, 2)
    _check_beginning(stream, size)
    count, directory_size, directory_offset = _read_end(stream, size)
    stream.seek(directory_offset)
    directory = stream.read(directory_size)
    entries = sorted(_read_directory(stream, directory, count, directory_offset), key=lambda entry: entry.offset)
    _check_layout(entries, directory_offset)
    return tuple(entries)


def _check_beginning(stream: BinaryIO, size: int) -> None:
    stream.seek(0)
    beginning = stream.read(len(_AGE))
    if beginning == _AGE:
        raise TooNewError("package.encrypted")
    if size > MAX_SIZE:
        raise MalformedError("package.too_big", size=size)
    if not beginning.startswith(b"PK\x03\x04"):
        stream.seek(max(0, size - _END.size))
        if stream.read().startswith(b"PK\x05\x06"):
            raise MalformedError("package.leading_data")
        raise MalformedError("package.not_zip")


def _read_end(stream: BinaryIO, size: int) -> tuple[int, int, int]:
    """Read the end record, which must be the last 22 bytes: give entries, size and offset of the directory."""
    tail_size = min(size, _END.size + 0xFFFF)
    stream.seek(size - tail_size)
    tail = stream.read(tail_size)
    if len(tail) < _END.size or not tail[-_END.size :].startswith(b"PK\x05\x06"):
        raise MalformedError("package.trailing_data" if b"PK\x05\x06" in tail else "package.cut_short")
    _, disk, first_disk, here, count, directory_size, offset, comment = _END.unpack(tail[-_END.size :])
    if disk or first_disk or here != count or comment:
        raise MalformedError("package.zip_form", detail="end record")
    if count > MAX_ENTRIES:
        raise MalformedError("package.too_many_entries", limit=MAX_ENTRIES)
    if offset + directory_size + _END.size != size:
        raise MalformedError("package.layout", detail="central directory")
    return count, directory_size, offset


def _read_directory(stream: BinaryIO, directory: bytes, count: int, limit: int) -> list[Entry]:
    entries: list[Entry] = []
    names: set[str] = set()
    position = 0
    for _ in range(count):
        entry, position = _read_entry(stream, directory, position, limit)
        if entry.name in names:
            raise MalformedError("package.duplicate_entry", entry=entry.name)
        names.add(entry.name)
        entries.append(entry)
    if position != len(directory):
        raise MalformedError("package.layout", detail="central directory is longer than its entries")
    if sum(entry.size for entry in entries) > MAX_SIZE:
        raise MalformedError("package.too_big", size=sum(entry.size for entry in entries))
    return entries


def _read_entry(stream: BinaryIO, directory: bytes, position: int, limit: int) -> tuple[Entry, int]:
    """Read one central header and the local header that it points to, and compare them."""
    if position + _CENTRAL.size > len(directory):
        raise MalformedError("package.layout", detail="central directory is cut")
    fields = _CENTRAL.unpack_from(directory, position)
    signature, _, _, flags, method, time, date, crc, packed, size, *lengths, disk, _, _, offset = fields
    name_length, extra_length, comment_length = lengths
    start = position + _CENTRAL.size
    end = start + name_length + extra_length + comment_length
    if signature != b"PK\x01\x02" or end > len(directory):
        raise MalformedError("package.layout", detail="central header")
    name = _checked_name(directory[start : start + name_length], flags)
    _check_flags(name, flags, method, disk)
    _check_extra(directory[start + name_length : start + name_length + extra_length])
    if offset + _LOCAL.size > limit:
        raise MalformedError("package.layout", detail="offset")
    stream.seek(offset)
    said = (flags, method, time, date, crc, packed, size)
    data = _check_local(stream, said, directory[start : start + name_length], name)
    return Entry(name, method, packed, size, crc, offset, data), end


def _check_local(stream: BinaryIO, said: tuple[int, ...], raw_name: bytes, name: str) -> int:
    """Compare a local header with what the central one said; give the offset of the data."""
    header = stream.read(_LOCAL.size)
    if len(header) < _LOCAL.size:
        raise MalformedError("package.layout", detail="local header is cut")
    signature, _, flags, method, time, date, crc, packed, size, name_length, extra_length = _LOCAL.unpack(header)
    rest = stream.read(name_length + extra_length)
    here = (flags, method, time, date, crc, packed, size)
    if signature != b"PK\x03\x04" or here != said or rest[:name_length] != raw_name:
        raise MalformedError("package.header_mismatch", entry=name)
    _check_extra(rest[name_length:])
    return stream.tell()


def _check_flags(name: str, flags: int, method: int, disk: int) -> None:
    if flags & _FLAG_ENCRYPTED:
        raise MalformedError("package.password", entry=name)
    if method not in {STORED, DEFLATED}:
        raise MalformedError("package.method", entry=name, method=method)
    if flags & ~_FLAGS_ALLOWED or disk:
        raise MalformedError("package.zip_form", detail=f"flags {flags:#x} of {name!r}")


def _checked_name(raw: bytes, flags: int) -> str:
    """Decode a name and refuse what no file system should be asked to create, although nothing is ever extracted."""
    try:
        name = raw.decode("utf-8" if flags & _FLAG_UTF8 else "ascii")
    except UnicodeDecodeError as error:
        raise MalformedError("package.unsafe_name", entry=raw[:80].decode("ascii", "replace")) from error
    if not name or _UNSAFE.search(name.removesuffix("/") or "/"):
        raise MalformedError("package.unsafe_name", entry=name[:80])
    return name


def _check_extra(extra: bytes) -> None:
    position = 0
    while position < len(extra):
        if position + 4 > len(extra):
            raise MalformedError("package.zip_form", detail="extra field")
        tag, length = struct.unpack_from("<HH", extra, position)
        position += 4 + length
        if tag in _EXTRA_FORBIDDEN or position > len(extra):
            raise MalformedError("package.zip_form", detail=f"extra field {tag:#x}")


def _check_layout(entries: list[Entry], directory_offset: int) -> None:
    """Demand that entries follow one another without gap or overlap, from the first byte to the directory."""
    if not entries or entries[0].offset != 0:
        raise MalformedError("package.leading_data" if entries else "package.layout", detail="first entry")
    for one, following in pairwise(entries):
        if one.end != following.offset:
            code = "package.overlap" if one.end > following.offset else "package.layout"
            raise MalformedError(code, entry=following.name, detail="between entries")
    if entries[-1].end != directory_offset:
        raise MalformedError("package.layout", detail="after the last entry")
