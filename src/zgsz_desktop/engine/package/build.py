"""Writing the bytes of a package: entries in a fixed order, nothing in them that depends on when or where.

`records.jsonl` is written as it streams; sizes and hashes gathered on the way go into the manifest, which is signed
and written last. What is too much for one package stays in the feed for the next part; each part stands alone.
"""

import hashlib
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from types import TracebackType
from typing import BinaryIO, Self

from zgsz_desktop.engine.model import KeyId, RecordId
from zgsz_desktop.engine.package.manifest import FileEntry
from zgsz_desktop.engine.package.reader import MAX_RECORDS, MIMETYPE
from zgsz_desktop.engine.records.envelope import Envelope, encode_envelope, kind_of

_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX, _READABLE = 3, 0o644 << 16
_TICK = 256


@dataclass(frozen=True, slots=True)
class PartLimits:
    """How much one part may hold.

    Attributes:
        size: of `records.jsonl`; under 2 GiB, with room for the longest line and the certificates.
    """

    records: int = MAX_RECORDS
    size: int = 2 * 1024**3 - 128 * 1024**2


class Feed:
    """Records in the order of their ids, from which one part after another takes what it can hold."""

    def __init__(self, records: Iterable[tuple[RecordId, Envelope]]) -> None:
        self._records = iter(records)
        self._next = next(self._records, None)
        self.taken = 0

    @property
    def is_empty(self) -> bool:
        """Tell whether all records are taken."""
        return self._next is None

    def take(self, limits: PartLimits) -> Iterator[tuple[Envelope, bytes]]:
        """Take as many records as one part may hold, each with its line."""
        records = size = 0
        while self._next is not None and records < limits.records and size < limits.size:
            _, envelope = self._next
            line = encode_envelope(envelope) + b"\n"
            yield envelope, line
            records, size = records + 1, size + len(line)
            self.taken += 1
            self._next = next(self._records, None)


@dataclass(slots=True)
class PartContents:
    """What went into one part.

    Attributes:
        files: for the manifest. `counts`: records by kind. `authors`: of the records.
    """

    files: list[FileEntry] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    authors: set[KeyId] = field(default_factory=set)


class PartBuilder:
    """Writes the entries of one part to a seekable stream."""

    def __init__(self, stream: BinaryIO) -> None:
        self._archive = zipfile.ZipFile(stream, "w", allowZip64=False)
        self.contents = PartContents()

    def __enter__(self) -> Self:
        self._archive.writestr(_entry("mimetype", zipfile.ZIP_STORED), MIMETYPE)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._archive.close()

    def add_records(self, feed: Feed, limits: PartLimits, tick: Callable[[int], None]) -> None:
        """Write as many records as the part may hold; `tick` hears how many the feed has given, and may raise."""
        digest, size = hashlib.sha256(), 0
        with self._archive.open(_entry("records.jsonl"), "w") as entry:
            for number, (envelope, line) in enumerate(feed.take(limits), start=feed.taken + 1):
                entry.write(line)
                digest.update(line)
                size += len(line)
                self.contents.counts[kind_of(envelope.payload_type)] += 1
                self.contents.authors.add(envelope.keyid)
                if number % _TICK == 0:
                    tick(number)
        tick(feed.taken)
        self.contents.files.append(FileEntry("records.jsonl", size, digest.hexdigest()))

    def add(self, name: str, data: bytes) -> None:
        """Write an entry that the manifest lists."""
        self._archive.writestr(_entry(name), data)
        self.contents.files.append(FileEntry(name, len(data), hashlib.sha256(data).hexdigest()))

    def add_manifest(self, data: bytes) -> None:
        """Write the signed manifest."""
        self._archive.writestr(_entry("manifest.json"), data)


def _entry(name: str, method: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = method
    entry.create_system = _UNIX
    entry.external_attr = _READABLE
    return entry
