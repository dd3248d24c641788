"""What a roster says: its rows, and what was found wrong or doubtful in it, each with its place in the sheet.

Values only. A reading holds every finding at once, so that a clerk mends the workbook once; a reading with one error
is refused whole by `demand_clean` and nothing of it is imported.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.model import DivisionCode, Uscc
from zgsz_desktop.engine.reference.finding import Finding


class Field(StrEnum):
    """What a column of a roster can hold; the value is what the clerk calls it."""

    NAME = "企业名称"
    USCC = "统一社会信用代码"
    DIVISION = "所属县区"
    TOWN = "乡镇或园区"
    INDUSTRY = "行业代码"
    EMPLOYEES = "从业人员"
    REVENUE = "营业收入"
    PROCESS_TYPE = "生产类型"
    CONTACT = "联系人"
    PHONE = "联系电话"
    REMARK = "备注"


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody at the enterprise whom one can call."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One enterprise of a roster; what the workbook does not say is None or empty.

    Attributes:
        row: number of the line in the sheet, from 1 (0: not from a sheet).
        industry: GB/T 4754 code.
        revenue: 万元.
        process_type: `discrete` or `process`.
        town: town or park, as written.
    """

    row: int
    uscc: Uscc
    name: str
    division: DivisionCode
    industry: str | None = None
    employees: int | None = None
    revenue: Decimal | None = None
    process_type: str | None = None
    contacts: tuple[Contact, ...] = ()
    town: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class RosterFinding:
    """A finding with its place: line and column letter, where it has them."""

    finding: Finding
    row: int | None = None
    column: str | None = None

    @property
    def code(self) -> str:
        """The code in the catalogue."""
        return self.finding.code

    @property
    def place(self) -> str:
        """Where in the sheet: 第 12 行 B 列; empty for the sheet as a whole."""
        row = "" if self.row is None else f"第 {self.row} 行"
        column = "" if self.column is None else f"{self.column} 列"
        return f"{row} {column}".strip()

    @property
    def message(self) -> str:
        """Place and what is wrong: 第 12 行 B 列：… ."""
        return f"{self.place}：{self.finding.message}" if self.place else self.finding.message

    @property
    def remedy(self) -> str:
        """What to do: one Chinese sentence."""
        return self.finding.remedy


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """Which column of the sheet was taken for which field, for the clerk to see before anything is imported."""

    field: Field
    column: str
    header: str


@dataclass(frozen=True, slots=True)
class RosterReading:
    """Everything that one workbook says.

    Attributes:
        rows: the enterprises without an error, in the order of the sheet.
        errors: any of them means that nothing may be imported.
        warnings: worth a look, no hindrance.
        mapping: the columns that were recognised, from left to right.
        sheet: name of the sheet that was read.
        header_row: its last line of headings.
        revenue_unit: the unit that the revenue column was read in.
    """

    rows: tuple[RosterRow, ...]
    errors: tuple[RosterFinding, ...]
    warnings: tuple[RosterFinding, ...]
    mapping: tuple[MappedColumn, ...]
    sheet: str
    header_row: int
    revenue_unit: str

    def demand_clean(self) -> None:
        """Refuse the whole roster if anything in it is wrong.

        Raises:
            UserError: `roster.has_errors`, naming the number of errors and the first of them.
        """
        if self.errors:
            first = self.errors[0]
            raise UserError("roster.has_errors", count=len(self.errors), first=first.message.rstrip("。"))
