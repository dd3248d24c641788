"""Altering a package as somebody might who has an archive tool but no key: one character of a record is changed."""

import zipfile
from pathlib import Path

from zgsz_desktop.engine.files import atomic_file

RECORDS = "records.jsonl"


def tamper(package: Path, out: Path) -> Path:
    """Write a copy of a package in which one character of one record differs; checksums of the archive are right."""
    with zipfile.ZipFile(package) as source, atomic_file(out) as stream, zipfile.ZipFile(stream, "w") as copy:
        for entry in source.infolist():
            data = source.read(entry)
            copy.writestr(entry, _altered(data) if entry.filename == RECORDS else data)
    return out


def _altered(lines: bytes) -> bytes:
    """Change a character in the middle of the longest line: its payload fills most of it."""
    longest = max(lines.splitlines(), key=len)
    place = lines.index(longest) + len(longest) // 2
    other = b"B" if lines[place : place + 1] != b"B" else b"C"
    return lines[:place] + other + lines[place + 1 :]
