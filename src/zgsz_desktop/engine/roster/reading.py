"""Read a bureau's own roster workbook into values: every finding at once, nothing imported.

The steps: (1) open and check the container (`workbook`), (2) find the headings in the first visible sheet that has
them (`header`), (3) read line by line (`cells`), look codes up, and collect what is wrong with line and column, (4)
compare the enterprises with each other. Totals, repeated headings and notes under the table are no enterprises; every
other line that is left out is named in a warning.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from openpyxl.utils import get_column_letter

from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.model import DivisionCode, Level, Uscc, level_of
from zgsz_desktop.engine.reference.credit_code import check_credit_code
from zgsz_desktop.engine.reference.divisions import Divisions
from zgsz_desktop.engine.reference.finding import Finding
from zgsz_desktop.engine.reference.industries import Industries
from zgsz_desktop.engine.reference.text import compact
from zgsz_desktop.engine.roster import cells
from zgsz_desktop.engine.roster.header import DEFAULT_UNIT, SEARCHED_LINES, USUAL, Header, field_of, find_header
from zgsz_desktop.engine.roster.row import Contact, Field, RosterFinding, RosterReading, RosterRow
from zgsz_desktop.engine.roster.workbook import RosterWorkbook, SheetRow

UNUSUAL_REVENUE = Decimal(10_000_000)
"""万元: a hundred thousand million yuan. Above it the unit is more probably wrong than the enterprise so large."""
_TOTAL = re.compile(r"(?:总计|合计|小计|累计|共计)[:：]?|.{1,12}(?:合计|小计)", re.ASCII)
_NOTE = re.compile(r"(?:注|备注|说明|填表|填报|制表|审核|报送|单位负责人|联系人|联系电话|日期).*[:：].*")
_COLUMN_NUMBER = re.compile(r"[(]?(?:[0-9]{1,2}|[甲乙丙丁])[)]?", re.ASCII)
_Value = TypeVar("_Value")


def read_roster(
    path: Path, divisions: Divisions, industries: Industries, default_division: str | None = None
) -> RosterReading:
    """Read the enterprises of a roster workbook.

    Args:
        path: the workbook; what it is is told by its bytes, not by its suffix.
        divisions: where counties are looked up.
        industries: where industries are looked up.
        default_division: the county that holds where the roster names none.

    Raises:
        UserError: the file is no workbook that can be read, or holds no roster. What is wrong in single lines is
            told by the reading's `errors`.
    """
    if default_division is not None and default_division not in divisions.counties(default_division):
        raise UserError("roster.not_county", value=default_division)
    book = RosterWorkbook(path)
    try:
        sheet, header, others = _find_sheet(book, path.name, default_division)
        rows = [row for row in book.rows(sheet) if row.number > header.last_row]
    finally:
        book.close()
    reader = _Reader(header, divisions, industries, default_division)
    for row in rows:
        reader.take(row)
    if not reader.rows and not reader.errors:
        raise UserError("roster.no_enterprises", name=path.name, sheet=sheet)
    notes = [RosterFinding(Finding("roster.other_sheet", {"sheet": sheet, "other": other})) for other in others]
    return RosterReading(
        rows=tuple(reader.rows),
        errors=tuple(reader.errors),
        warnings=(*notes, *header.warnings, *_on_columns(header), *reader.warnings),
        mapping=header.mapping,
        sheet=sheet,
        header_row=header.last_row,
        revenue_unit=header.revenue_unit or DEFAULT_UNIT,
    )


def _find_sheet(book: RosterWorkbook, name: str, default_division: str | None) -> tuple[str, Header, list[str]]:
    """Find the first sheet with complete headings, and name the further ones.

    Raises:
        UserError: `roster.empty`, `roster.no_header`, `roster.required_column`.
    """
    heads = {sheet: book.head(sheet, SEARCHED_LINES) for sheet in book.sheets}
    if not any(heads.values()):
        raise UserError("roster.empty", name=name)
    found = {sheet: header for sheet, rows in heads.items() if (header := find_header(rows))}
    complete = [sheet for sheet, header in found.items() if not _missing(header, default_division)]
    if complete:
        return complete[0], found[complete[0]], complete[1:]
    if not found:
        raise UserError("roster.no_header", name=name, lines=SEARCHED_LINES)
    sheet, header = next(iter(found.items()))
    missing = "、".join(f"“{missed.value}”" for missed in _missing(header, default_division))
    raise UserError("roster.required_column", sheet=sheet, row=header.last_row, missing=missing)


def _missing(header: Header, default_division: str | None) -> list[Field]:
    without_county = default_division is None and Field.DIVISION not in header.columns
    return header.missing + ([Field.DIVISION] if without_county else [])


def _on_columns(header: Header) -> list[RosterFinding]:
    """Say which usual columns are not there, and which unit was taken without being told."""
    findings = [
        RosterFinding(Finding("roster.column_missing", {"field": usual.value}), header.last_row)
        for usual in USUAL
        if usual not in header.columns
    ]
    if Field.REVENUE in header.columns and header.revenue_unit is None:
        column = get_column_letter(header.columns[Field.REVENUE] + 1)
        findings.append(RosterFinding(Finding("roster.unit_assumed", {"unit": DEFAULT_UNIT}), header.last_row, column))
    return findings


@dataclass(slots=True)
class _Reader:
    """Takes one line after the other, and keeps enterprises and findings apart."""

    header: Header
    divisions: Divisions
    industries: Industries
    default_division: str | None
    rows: list[RosterRow] = field(default_factory=list)
    errors: list[RosterFinding] = field(default_factory=list)
    warnings: list[RosterFinding] = field(default_factory=list)
    _by_code: dict[str, int] = field(default_factory=dict)
    _by_name: dict[str, int] = field(default_factory=dict)

    def take(self, row: SheetRow) -> None:
        """Read one line below the headings."""
        if self._is_no_enterprise(row):
            return
        before = len(self.errors)
        uscc, name = self._uscc(row), self._name(row)
        person, phone = self._text(row, Field.CONTACT), self._text(row, Field.PHONE)
        taken = RosterRow(
            row=row.number,
            uscc=uscc,
            name=name,
            division=self._division(row),
            industry=self._industry(row),
            employees=self._plain(row, Field.EMPLOYEES, cells.read_employees(self._cell(row, Field.EMPLOYEES))),
            revenue=self._revenue(row),
            process_type=self._plain(
                row, Field.PROCESS_TYPE, cells.read_process_type(self._cell(row, Field.PROCESS_TYPE))
            ),
            contacts=(Contact(person, phone),) if person or phone else (),
            town=self._text(row, Field.TOWN),
            remark=self._text(row, Field.REMARK),
        )
        if len(self.errors) == before:
            self.rows.append(taken)

    def _is_no_enterprise(self, row: SheetRow) -> bool:
        """Recognise totals, repeated headings, a line of column numbers, and notes under the table."""
        texts = [compact(cells.text_of(cell)) for cell in row.cells if not cells.is_blank(cell)]
        if row.number == self.header.last_row + 1 and all(_COLUMN_NUMBER.fullmatch(text) for text in texts):
            return True
        code = cells.text_of(self._cell(row, Field.USCC))
        if any(character.isdigit() for character in code):
            return False
        if not texts or field_of(code) is Field.USCC or any(_TOTAL.fullmatch(text) for text in texts):
            return True
        lonely = len(texts) == 1 and cells.is_blank(self._cell(row, Field.NAME))
        if lonely or _NOTE.fullmatch(texts[0]):
            self._warn(row, None, Finding("roster.row_skipped", {"text": texts[0][:20]}))
            return True
        return False

    def _uscc(self, row: SheetRow) -> Uscc:
        text = self._plain(row, Field.USCC, cells.read_code(self._cell(row, Field.USCC)))
        if text is None:
            return Uscc("")
        if not text:
            return Uscc(self._blank(row, Field.USCC))
        finding = check_credit_code(text)
        for error in finding.errors:
            self._refuse(row, Field.USCC, error)
        for warning in finding.warnings:
            self._warn(row, Field.USCC, warning)
        first = self._by_code.setdefault(finding.code, row.number)
        if first != row.number:
            self._refuse(row, Field.USCC, Finding("roster.duplicate", {"code": finding.code, "first": first}))
        return finding.code

    def _name(self, row: SheetRow) -> str:
        name = self._plain(row, Field.NAME, cells.read_text(self._cell(row, Field.NAME), Field.NAME))
        if not name:
            return "" if name is None else self._blank(row, Field.NAME)
        first = self._by_name.setdefault(compact(name), row.number)
        if first != row.number:
            self._warn(row, Field.NAME, Finding("roster.same_name", {"name": name, "first": first}))
        return name

    def _division(self, row: SheetRow) -> DivisionCode:
        value = self._cell(row, Field.DIVISION)
        if cells.is_blank(value):
            return DivisionCode(self.default_division or self._blank(row, Field.DIVISION))
        text = cells.text_of(value)
        code = self.divisions.find(text)
        if code is None:
            self._refuse(row, Field.DIVISION, Finding("roster.unknown_division", {"value": text[:20]}))
        elif level_of(code) is not Level.COUNTY:
            self._refuse(row, Field.DIVISION, Finding("roster.not_county", {"value": text[:20]}))
        return code or DivisionCode("")

    def _industry(self, row: SheetRow) -> str | None:
        value = self._cell(row, Field.INDUSTRY)
        if cells.is_blank(value):
            return None
        text = cells.text_of(value)
        code = self.industries.find(text)
        if code is None:
            self._refuse(row, Field.INDUSTRY, Finding("roster.unknown_industry", {"value": text[:20]}))
        return code

    def _revenue(self, row: SheetRow) -> Decimal | None:
        unit = self.header.revenue_unit or DEFAULT_UNIT
        revenue = self._plain(row, Field.REVENUE, cells.read_revenue(self._cell(row, Field.REVENUE), unit))
        if revenue is not None and revenue > UNUSUAL_REVENUE:
            self._warn(row, Field.REVENUE, Finding("roster.large_revenue", {"value": f"{revenue:f}", "unit": unit}))
        return revenue

    def _text(self, row: SheetRow, of: Field) -> str:
        return self._plain(row, of, cells.read_text(self._cell(row, of), of)) or ""

    def _plain(self, row: SheetRow, of: Field, value: _Value | Finding) -> _Value | None:
        """Pass a value on; keep a finding as an error and give None instead."""
        if isinstance(value, Finding):
            self._refuse(row, of, value)
            return None
        return value

    def _blank(self, row: SheetRow, of: Field) -> str:
        self._refuse(row, of, Finding("roster.blank", {"field": of.value}))
        return ""

    def _cell(self, row: SheetRow, of: Field) -> object:
        column = self.header.columns.get(of)
        return None if column is None else row.cell(column)

    def _refuse(self, row: SheetRow, of: Field, finding: Finding) -> None:
        self.errors.append(RosterFinding(finding, row.number, self._letter(of)))

    def _warn(self, row: SheetRow, of: Field | None, finding: Finding) -> None:
        self.warnings.append(RosterFinding(finding, row.number, self._letter(of)))

    def _letter(self, of: Field | None) -> str | None:
        column = None if of is None else self.header.columns.get(of)
        return None if column is None else get_column_letter(column + 1)
