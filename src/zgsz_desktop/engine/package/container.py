"""An open ZIP file, read entry by entry in constant memory.

Rules kept: sizes are enforced while inflating (a bomb is cut off at the first byte too many), every entry ends exactly
where its header says, its CRC is checked, and the same open file serves from the first header to the last record, so
that nobody can put another file under the same name meanwhile. Nothing is ever extracted to a path.
"""

import hashlib
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from zgsz_desktop.engine.errors import MalformedError, UserError
from zgsz_desktop.engine.package.headers import STORED, Entry, read_headers

PIECE = 256 * 1024
"""Bytes read, and at most bytes unpacked, at a time."""


class Container:
    """The entries of an open package file, by name.

    Attributes:
        entries: in the order of the file.
    """

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream = stream
        self._name = name
        with reading(name):
            self._entries = read_headers(stream)
        self.entries = {entry.name: entry for entry in self._entries}

    @property
    def first(self) -> Entry:
        """The entry that begins at the first byte."""
        return self._entries[0]

    def chunks(self, name: str) -> Iterator[bytes]:
        """Unpack an entry piece by piece, checking size and CRC on the way.

        Raises:
            MalformedError: `package.missing_entry`, `package.bomb`, `package.damaged`.
        """
        entry = self._entry(name)
        size = crc = 0
        for chunk in self._unpacked(entry):
            size += len(chunk)
            if size > entry.size:
                raise MalformedError("package.bomb", entry=name, size=entry.size)
            crc = zlib.crc32(chunk, crc)
            yield chunk
        if size != entry.size or crc != entry.crc:
            raise MalformedError("package.damaged", entry=name)

    def read(self, name: str, limit: int) -> bytes:
        """Unpack a whole entry that must not be larger than `limit`.

        Raises:
            MalformedError: `package.missing_entry`, `package.entry_too_big`, `package.bomb`, `package.damaged`.
        """
        self.check_limit(name, limit)
        return b"".join(self.chunks(name))

    def sha256(self, name: str) -> str:
        """Hash an entry without keeping it.

        Raises:
            MalformedError: as `chunks`.
        """
        digest = hashlib.sha256()
        for chunk in self.chunks(name):
            digest.update(chunk)
        return digest.hexdigest()

    def check_limit(self, name: str, limit: int) -> None:
        """Refuse an entry that declares more than `limit` bytes.

        Raises:
            MalformedError: `package.missing_entry`, `package.entry_too_big`.
        """
        if self._entry(name).size > limit:
            raise MalformedError("package.entry_too_big", entry=name, limit=limit)

    def _entry(self, name: str) -> Entry:
        entry = self.entries.get(name)
        if entry is None:
            raise MalformedError("package.missing_entry", entry=name)
        return entry

    def _unpacked(self, entry: Entry) -> Iterator[bytes]:
        if entry.method == STORED:
            if entry.packed != entry.size:
                raise MalformedError("package.header_mismatch", entry=entry.name)
            yield from self._packed(entry)
            return
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            for piece in self._packed(entry):
                rest = piece
                while rest and not inflater.eof:
                    yield inflater.decompress(rest, PIECE)
                    rest = inflater.unconsumed_tail
                if rest or inflater.unused_data:
                    raise MalformedError("package.damaged", entry=entry.name)
            yield from self._remainder(inflater)
        except zlib.error as error:
            raise MalformedError("package.damaged", entry=entry.name, reason=str(error)) from error
        if not inflater.eof:
            raise MalformedError("package.damaged", entry=entry.name)

    @staticmethod
    def _remainder(inflater: "zlib._Decompress") -> Iterator[bytes]:
        # All input may be consumed while output still waits inside the inflater.
        while not inflater.eof and (chunk := inflater.decompress(b"", PIECE)):
            yield chunk

    def _packed(self, entry: Entry) -> Iterator[bytes]:
        position = entry.start
        while position < entry.end:
            with reading(self._name):
                self._stream.seek(position)
                piece = self._stream.read(min(PIECE, entry.end - position))
            if not piece:
                raise MalformedError("package.cut_short")
            position += len(piece)
            yield piece


@contextmanager
def reading(name: str) -> Iterator[None]:
    """Say in plain words that the file `name` cannot be read (not there, no right, the USB stick is gone).

    Raises:
        UserError: `package.unreadable`.
    """
    try:
        yield
    except OSError as error:
        raise UserError("package.unreadable", name=name, reason=str(error)) from error


@contextmanager
def open_container(path: Path) -> Iterator[Container]:
    """Open a package file and read its headers; the file stays open until the block ends.

    Raises:
        UserError: `package.unreadable`.
        MalformedError: not a container as the format demands.
        TooNewError: `package.encrypted`.
    """
    name = shown_name(path)
    with reading(name):
        stream = path.open("rb")
    with stream:
        yield Container(stream, name)


def shown_name(path: Path) -> str:
    """Give the name of a file as it can be shown and kept: a stick may bear names in another encoding."""
    return path.name.encode("utf-8", "replace").decode()
