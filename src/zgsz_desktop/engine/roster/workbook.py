"""Open a workbook from outside and give its rows; the only place of the roster that meets foreign bytes.

The checks go from cheap to dear, and before openpyxl sees anything: (1) the file can be read and is not too large,
(2) its first bytes are those of a zip, (3) every part unpacks within the limit and its checksum is right (sizes in the
directory may lie, so the parts are unpacked piece by piece and counted), (4) it holds a workbook. After that openpyxl
reads it row by row. Whatever it raises on mutilated XML becomes `roster.broken`.
"""

import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from zgsz_desktop.engine.errors import UserError

MAX_FILE = 50 * 2**20
MAX_UNPACKED = 256 * 2**20
MAX_PARTS = 2000
MAX_ENTERPRISES = 50_000
"""The region has about 11,000 above-scale enterprises; ten times a large city's roster is a mistake, not a roster."""
MAX_COLUMNS = 100
MAX_SHEET_ROWS = 1_048_576
_PIECE = 2**18
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OPENINGS = {
    b"<!doctype html": "网页文件",
    b"<html": "网页文件",
    b"<table": "网页文件",
    b"<?xml": "XML 文件",
    b"%pdf": "PDF 文件",
    b"\xff\xfe": "文本（CSV）文件",
    b"\xfe\xff": "文本（CSV）文件",
}
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?\bref\s*=\s*[\"']([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})[\"']")

# What openpyxl, zipfile and expat raise on mutilated input (found by mutation). Only library calls stand inside the
# `try` blocks that catch it, so that no mistake of ours can hide here.
_LIBRARY_ERRORS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,  # expat's ParseError
    TypeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One line that is not blank: its number in the sheet, and its cells up to the last filled one."""

    number: int
    cells: tuple[Any, ...]

    def cell(self, column: int) -> Any:
        """Give the value at a column counted from 0, None beyond the last."""
        return self.cells[column] if column < len(self.cells) else None


class RosterWorkbook:
    """A workbook held in memory, opened for reading.

    Attributes:
        sheets: names of the visible sheets, in their order.
    """

    def __init__(self, path: Path) -> None:
        """Open the workbook at `path`.

        Raises:
            UserError: the file cannot be read, is no .xlsx workbook, is encrypted, broken or too large.
        """
        self._name = path.name
        stored = _read_file(path)
        _check_container(path.name, stored)
        try:
            with warnings.catch_warnings():
                # openpyxl warns of styles and extensions that it leaves out; none of them touches a value.
                warnings.simplefilter("ignore")
                # Any: what is needed of the archive beneath is not in the type stubs.
                self._book: Any = load_workbook(BytesIO(stored), read_only=True, data_only=True, keep_links=False)
        except _LIBRARY_ERRORS as error:
            raise self._broken(error) from error
        self._sheets: dict[str, Any] = {s.title: s for s in self._book.worksheets if s.sheet_state == "visible"}
        self.sheets = list(self._sheets)

    def close(self) -> None:
        """Let go of the memory."""
        self._book.close()

    def head(self, sheet: str, count: int) -> list[SheetRow]:
        """Give the filled rows among the first `count` lines of a sheet.

        Raises:
            UserError: `roster.broken`.
        """
        return self._load(sheet, last=count)

    def rows(self, sheet: str) -> list[SheetRow]:
        """Give all filled rows of a sheet; a cell merged over several lines counts for each of them.

        Raises:
            UserError: `roster.broken`, `roster.too_many_rows`.
        """
        return _spread(self._load(sheet, last=MAX_SHEET_ROWS), self._merges(sheet))

    def _load(self, sheet: str, last: int) -> list[SheetRow]:
        source = self._sheets[sheet]
        source.reset_dimensions()  # the size that a sheet states of itself is often wrong
        rows: list[SheetRow] = []
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                values = source.iter_rows(max_row=last, max_col=MAX_COLUMNS, values_only=True)
                rows.extend(islice(_filled(values), MAX_ENTERPRISES + 1))
        except _LIBRARY_ERRORS as error:
            raise self._broken(error) from error
        if len(rows) > MAX_ENTERPRISES:
            raise UserError("roster.too_many_rows", name=self._name, limit=MAX_ENTERPRISES)
        return rows

    def _merges(self, sheet: str) -> list[tuple[int, int, int]]:
        """Find the cells merged over lines as (column from 0, first line, last line); read-only openpyxl hides them."""
        path = self._sheets[sheet]._worksheet_path  # noqa: SLF001 - no public way from a sheet to its part
        try:
            with self._book._archive.open(path) as part:  # noqa: SLF001 - the archive that openpyxl holds open
                found = _MERGE.findall(part.read())
        except _LIBRARY_ERRORS as error:
            raise self._broken(error) from error
        bounds = (range_boundaries(reference.decode("ascii")) for reference in found)
        return [
            (left - 1, top, bottom)
            for left, top, _, bottom in bounds
            if left is not None and top is not None and bottom is not None and bottom > top
        ]

    def _broken(self, error: Exception) -> UserError:
        return UserError("roster.broken", name=self._name, detail=repr(error))


def _filled(values: Iterable[tuple[Any, ...]]) -> Iterator[SheetRow]:
    """Number the lines and leave out blank ones and the blank ends of the others."""
    for number, cells in enumerate(values, start=1):
        length = len(cells)
        while length and (cells[length - 1] is None or cells[length - 1] == ""):
            length -= 1
        if length:
            yield SheetRow(number, cells[:length])


def _spread(rows: list[SheetRow], merges: list[tuple[int, int, int]]) -> list[SheetRow]:
    """Repeat the value of a cell merged over several lines on each line that has other content."""
    if not merges:
        return rows
    last_line = {(top, column): bottom for column, top, bottom in merges}
    running: dict[int, tuple[Any, int]] = {}
    spread = []
    for row in rows:
        running = {column: held for column, held in running.items() if row.number <= held[1]}
        cells = list(row.cells)
        for column, (value, _) in running.items():
            cells.extend([None] * (column + 1 - len(cells)))
            if cells[column] is None:
                cells[column] = value
        for column, value in enumerate(row.cells):
            bottom = last_line.get((row.number, column))
            if bottom is not None and value is not None:
                running[column] = (value, bottom)
        spread.append(SheetRow(row.number, tuple(cells)))
    return spread


def _read_file(path: Path) -> bytes:
    """Read the file whole, within the limit.

    Raises:
        UserError: `roster.unreadable`, `roster.too_large`.
    """
    try:
        with path.open("rb") as file:
            stored = file.read(MAX_FILE + 1)
    except OSError as error:
        raise UserError("roster.unreadable", name=path.name, reason=_reason(error), detail=repr(error)) from error
    if len(stored) > MAX_FILE:
        raise UserError("roster.too_large", name=path.name, limit=MAX_FILE // 2**20)
    return stored


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "文件不存在"
    if isinstance(error, IsADirectoryError):
        return "这是一个文件夹"
    return "没有读取权限，或正被别的程序占用" if isinstance(error, PermissionError) else "磁盘或网络读取失败"


def _check_container(name: str, stored: bytes) -> None:
    """Check that the bytes are a zip with a workbook in it that unpacks within the limits.

    Raises:
        UserError: `roster.encrypted`, `roster.old_xls`, `roster.not_xlsx`, `roster.broken`, `roster.too_large`.
    """
    if stored.startswith(_OLE):
        raise UserError("roster.encrypted" if _ENCRYPTED_STREAM in stored else "roster.old_xls", name=name)
    if not stored.startswith(_ZIP):
        raise UserError("roster.not_xlsx", name=name, kind=_kind(stored))
    try:
        parts = _unpack_all(name, stored)
    except _LIBRARY_ERRORS as error:
        raise UserError("roster.broken", name=name, detail=repr(error)) from error
    if "xl/workbook.bin" in parts:
        raise UserError("roster.not_xlsx", name=name, kind="Excel 二进制工作簿（.xlsb）")
    if "[Content_Types].xml" not in parts or not any(part.startswith("xl/") for part in parts):
        raise UserError("roster.not_xlsx", name=name, kind="压缩包或别的文档")


def _unpack_all(name: str, stored: bytes) -> set[str]:
    """Unpack every part piece by piece, keep nothing, and give the names."""
    with zipfile.ZipFile(BytesIO(stored)) as archive:
        parts = archive.infolist()
        if any(part.flag_bits & 1 for part in parts):
            raise UserError("roster.encrypted", name=name)
        room = MAX_UNPACKED
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > room:
            raise UserError("roster.too_large", name=name, limit=MAX_UNPACKED // 2**20)
        for part in parts:
            with archive.open(part) as file:
                while piece := file.read(_PIECE):
                    room -= len(piece)
                    if room < 0:
                        raise UserError("roster.too_large", name=name, limit=MAX_UNPACKED // 2**20)
        return {part.filename for part in parts}


def _kind(stored: bytes) -> str:
    """Say in a clerk's words what a file is that is no zip."""
    start = stored[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not stored:
        return "空文件"
    for opening, kind in _OPENINGS.items():
        if start.startswith(opening):
            return kind
    return "不认识的文件" if b"\x00" in start else "文本（CSV）文件"
