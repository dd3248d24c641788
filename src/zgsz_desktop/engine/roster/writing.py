"""Write a roster workbook as a clerk would make it: merged title, unit line, headings, widths, frozen panes.

Used for the template that bureaus fill in, and for simulated rosters. The file is written beside its place, flushed to
the disk, read back and compared line by line, and only then put in place.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.files import atomic_file
from zgsz_desktop.engine.reference.divisions import Divisions
from zgsz_desktop.engine.reference.text import tidy
from zgsz_desktop.engine.roster.row import RosterRow
from zgsz_desktop.engine.roster.workbook import RosterWorkbook

TITLE = "规模以上工业企业名录"
_UNIT_LINE = "填报单位：（盖章）"
_HEADINGS = (
    ("序号", 6),
    ("企业名称", 36),
    ("统一社会信用代码", 22),
    ("所属县（市、区）", 16),
    ("乡镇/园区", 16),
    ("行业代码", 10),
    ("从业人员（人）", 14),
    ("营业收入（万元）", 16),
    ("生产类型", 10),
    ("联系人", 10),
    ("联系电话", 16),
    ("备注", 14),
)
_NUMBER_COLUMNS = {"从业人员（人）": "#,##0", "营业收入（万元）": "#,##0.##"}
_PROCESS_TYPES = {"discrete": "离散", "process": "流程", None: None}
_Value = str | int | float | None
_FIRST_ROW = 4
_THIN = Side(style="thin", color="FF999999")


def write_roster(path: Path, rows: Sequence[RosterRow], divisions: Divisions, title: str = TITLE) -> None:
    """Write enterprises as a roster workbook that `read_roster` understands.

    Raises:
        UserError: `file.*`; what stood at `path` before is still there.
    """
    book = _book(title)
    lines = [_values(number, row, divisions) for number, row in enumerate(rows, start=1)]
    for number, line in enumerate(lines):
        for column, value in enumerate(line, start=1):
            _put(book.worksheets[0].cell(_FIRST_ROW + number, column), value)
    _save(book, path, lines)


def write_roster_template(path: Path) -> None:
    """Write an empty roster for a bureau to fill in.

    Raises:
        UserError: `file.*`; what stood at `path` before is still there.
    """
    book = _book(TITLE)
    _add_guide(book.create_sheet("填写说明"))
    _save(book, path, [])


def _book(title: str) -> Workbook:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "名录"
    last = get_column_letter(len(_HEADINGS))
    sheet.merge_cells(f"A1:{last}1")
    sheet["A1"] = title
    sheet["A1"].font = Font(size=16, bold=True)
    sheet["A1"].alignment = Alignment(horizontal="center", vertical="center")
    sheet.row_dimensions[1].height = 30
    sheet.merge_cells(f"A2:{last}2")
    sheet["A2"] = _UNIT_LINE
    for column, (heading, width) in enumerate(_HEADINGS, start=1):
        letter = get_column_letter(column)
        cell = sheet.cell(_FIRST_ROW - 1, column, heading)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="FFE8EEF7")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.border = Border(_THIN, _THIN, _THIN, _THIN)
        sheet.column_dimensions[letter].width = width
        # Text format for the whole column keeps 18-digit codes and leading zeros when somebody types them.
        sheet.column_dimensions[letter].number_format = _NUMBER_COLUMNS.get(heading, "@")
    sheet.freeze_panes = f"C{_FIRST_ROW}"
    return book


def _values(number: int, row: RosterRow, divisions: Divisions) -> list[_Value]:
    contact = row.contacts[0] if row.contacts else None
    return [
        number,
        tidy(row.name),
        row.uscc,
        divisions.full_name(row.division),
        tidy(row.town) or None,
        row.industry,
        row.employees,
        None if row.revenue is None else float(row.revenue),
        _PROCESS_TYPES[row.process_type],
        tidy(contact.name) or None if contact else None,
        tidy(contact.phone) or None if contact else None,
        tidy(row.remark) or None,
    ]


def _put(cell: Any, value: _Value) -> None:
    if value is None:
        return
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # a name that begins with = is a name, not a formula
        cell.number_format = "@"


def _add_guide(sheet: Worksheet) -> None:
    sheet.column_dimensions["A"].width = 90
    for line in (
        "一、必须填写：企业名称、统一社会信用代码（18 位，对照营业执照）、所属县（市、区）。",
        "二、所属县（市、区）填名称或六位区划代码；高新区、经开区等功能区的企业，填所在的县（市、区）。",
        "三、行业代码按 GB/T 4754-2017 填四位小类代码，例如 3216。",
        "四、从业人员填期末人数，营业收入填上年度数；要改单位，请在表头括号里写明。",
        "五、生产类型填“离散”或“流程”，不清楚就留空。",
    ):
        sheet.append([line])


def _save(book: Workbook, path: Path, lines: Sequence[Sequence[_Value]]) -> None:
    """Write the workbook, and let it take its place only if reading it gives what was written."""

    def same(written: Path) -> None:
        stored = RosterWorkbook(written)
        try:
            rows = [row for row in stored.rows(stored.sheets[0]) if row.number >= _FIRST_ROW]
        finally:
            stored.close()
        read = [tuple(row.cell(column) for column in range(len(_HEADINGS))) for row in rows]
        if read != [tuple(line) for line in lines]:
            raise UserError("file.read_back", name=path.name, path=str(path))

    with atomic_file(path, check=same) as stream:
        book.save(stream)
