"""The one way files are written: whole or not at all.

Rules kept: bytes go to a temporary file in the same folder, are forced to the disk, checked, and only then take the
place of an older file; whatever goes wrong, the older file stays as it was, no temporary file is left, and the
user reads one sentence of the catalogue (`file.*`). What the bytes mean is the caller's business (`check`).
"""

import contextlib
import errno
import itertools
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from zgsz_desktop.engine.errors import UserError

_DISK_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NOT_WRITABLE = {errno.EACCES, errno.EPERM, errno.EROFS}
_PRIVATE, _SHARED = 0o600, 0o666


def write_atomically(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write `data` to `path`, read it back, and only then let it replace what was there.

    Args:
        path: the file to write.
        data: its whole content.
        private: readable by this user only (key files).

    Raises:
        UserError: `file.disk_full`, `file.not_writable`, `file.no_folder`, `file.read_back`, `file.write_failed`.
    """

    def same(written: Path) -> None:
        if written.read_bytes() != data:
            raise UserError("file.read_back", **_place(path))

    with atomic_file(path, private=private, check=same) as stream:
        stream.write(data)


@contextmanager
def atomic_file(
    path: Path, *, private: bool = False, check: Callable[[Path], None] | None = None
) -> Iterator[BinaryIO]:
    """Give a stream whose content becomes the file `path` when the block ends without an error.

    Args:
        path: the file to write.
        private: readable by this user only (key files).
        check: called with the temporary file, complete and closed, before it replaces `path`; raises to refuse it.

    Raises:
        UserError: `file.disk_full`, `file.not_writable`, `file.no_folder`, `file.write_failed`; whatever the block
            or `check` raises passes through.
    """
    if not path.parent.is_dir():
        raise UserError("file.no_folder", **_place(path))
    try:
        temporary, descriptor = _create_beside(path, _PRIVATE if private else _SHARED)
        try:
            with os.fdopen(descriptor, "wb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            if check is not None:
                check(temporary)
            os.replace(temporary, path)  # noqa: PTH105 - tests let exactly this call fail
        except BaseException:
            # Also on Ctrl+C: a half-written file must not stay behind.
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise _told(error, path) from error
    _sync_folder(path.parent)


def _create_beside(path: Path, mode: int) -> tuple[Path, int]:
    """Create an empty file in the folder of `path`, under a short name that nothing else bears."""
    # A short name: the final one may already be as long as the file system allows.
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    for number in itertools.count():
        temporary = path.parent / f".zgsz-{os.getpid()}-{number}.part"
        with contextlib.suppress(FileExistsError):
            return temporary, os.open(temporary, flags, mode)
    raise AssertionError  # pragma: no cover - count() has no end


def _sync_folder(folder: Path) -> None:
    """Force the new name to the disk where the system can; the content is safe already."""
    # Windows opens no folders, and some network folders refuse to sync one: no reason to call the file unwritten.
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _told(error: OSError, path: Path) -> UserError:
    """Put what the system says into the words of the catalogue."""
    detail = {**_place(path), "reason": str(error)}
    if error.errno in _DISK_FULL:
        return UserError("file.disk_full", **detail)
    if error.errno in _NOT_WRITABLE:
        return UserError("file.not_writable", **detail)
    return UserError("file.write_failed", **detail)


def _place(path: Path) -> dict[str, str]:
    return {"name": path.name, "folder": str(path.parent)}
