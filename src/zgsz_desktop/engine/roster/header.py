"""Find the line of headings in a bureau's sheet, and which column holds what.

Bureaus put titles, notes and units above the headings, merge cells, and call one thing by many names. The headings are
found by name within the first lines; they may take two lines (联系方式 above 联系人 and 电话). Of several columns for
one field the better name wins, then the later year, then the one further left, and the clerk is told.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from zgsz_desktop.engine.reference.finding import Finding
from zgsz_desktop.engine.reference.text import compact, tidy
from zgsz_desktop.engine.roster.row import Field, MappedColumn, RosterFinding
from zgsz_desktop.engine.roster.workbook import SheetRow

SEARCHED_LINES = 30
DEFAULT_UNIT = "万元"

# Better names first, as compared: half width, no spaces, no punctuation.
SYNONYMS: Mapping[Field, str] = {
    Field.NAME: (
        "企业名称 单位名称 企业全称 单位全称 法人单位名称 单位详细名称 法人单位详细名称 企业单位名称 公司名称 名称 企业"
    ),
    Field.USCC: (
        "统一社会信用代码 社会信用代码 统一信用代码 信用代码 统一社会信用代码证号 企业信用代码 "
        "信用代码证号 纳税人识别号"
    ),
    Field.DIVISION: (
        "所属县区 所属县市区 所属区县 所属县 所在县区 所在县市区 所在区县 县区 县市区 区县 市县区 市县 县别 县 "
        "区划代码 行政区划代码 所属行政区划 行政区划 所属地区 属地 所在地"
    ),
    Field.TOWN: (
        "乡镇园区 乡镇或园区 乡镇 乡镇街道 所属乡镇 所在乡镇 所属园区 所在园区 工业园区 产业园区 园区名称 园区 街道"
    ),
    Field.INDUSTRY: (
        "行业代码 国民经济行业代码 行业小类代码 行业小类 国民经济行业分类代码 国民经济行业分类 国民经济行业 "
        "所属行业代码 行业分类 行业类别 所属行业 行业名称 行业"
    ),
    Field.EMPLOYEES: (
        "从业人员 从业人员数 从业人数 期末从业人员 期末从业人员数 期末从业人数 从业人员期末人数 职工人数 员工人数 "
        "员工数 职工数 用工人数 平均用工人数 从业人员平均人数 人数"
    ),
    Field.REVENUE: "营业收入 年营业收入 营业总收入 主营业务收入 年主营业务收入 营收 年营收 销售收入 年销售收入",
    Field.PROCESS_TYPE: "生产类型 生产方式 制造类型 生产工艺类型",
    Field.CONTACT: "联系人 企业联系人 联系人姓名 联络人 企业联络人 联系人员 负责人",
    Field.PHONE: "联系电话 联系人电话 电话 手机 手机号 手机号码 联系手机 联系人手机 电话号码 联系人联系方式 联系方式",
    Field.REMARK: "备注 说明",
}
REQUIRED = (Field.NAME, Field.USCC)
USUAL = (Field.INDUSTRY, Field.EMPLOYEES, Field.REVENUE)
"""Not needed to import, but the diagnosis wants them: their absence is said."""

_BRACKETS = re.compile(r"[(\[【〔<][^)\]】〕>]*[)\]】〕>]")
_PUNCTUATION = re.compile(r"[\W_]+")
_YEAR = re.compile(r"(?:(?P<year>(?:19|20)[0-9]{2})年?|上年|本年|去年|上一年)(?:度|末|底)?", re.ASCII)
_MONTHS = re.compile(r"[0-9]{1,2}[-—–~至][0-9]{1,2}月(?:份|累计)?", re.ASCII)
_UNIT = re.compile(r"亿元|万元|千元|百万元|元")
_UNIT_ALONE = re.compile(r"[(\[]?(?:亿元|百万元|万元|千元|元|人)[)\]]?")
_UNIT_NOTE = re.compile(r"(?:计量|金额)?单位[::]?(亿元|百万元|万元|千元|元)")
_RANKS = {name: (field, rank) for field, names in SYNONYMS.items() for rank, name in enumerate(names.split())}


@dataclass(frozen=True, slots=True)
class _Candidate:
    """One column that could hold a field."""

    field: Field
    rank: int
    year: int
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class Header:
    """The headings of a sheet.

    Attributes:
        last_row: number of their last line.
        columns: field to column, counted from 0.
        texts: what stands in the headings of the taken columns.
        revenue_unit: unit of the revenue, None where nothing says it.
        warnings: what the clerk should know of the choice of columns.
    """

    last_row: int
    columns: Mapping[Field, int]
    texts: Mapping[Field, str]
    revenue_unit: str | None
    warnings: tuple[RosterFinding, ...]

    @property
    def missing(self) -> list[Field]:
        """The fields without which there is no roster."""
        return [field for field in REQUIRED if field not in self.columns]

    @property
    def mapping(self) -> tuple[MappedColumn, ...]:
        """The taken columns from left to right."""
        ordered = sorted(self.columns.items(), key=lambda item: item[1])
        return tuple(MappedColumn(field, get_column_letter(at + 1), self.texts[field]) for field, at in ordered)


def field_of(heading: str) -> Field | None:
    """Tell which field a single heading names."""
    ranked = _rank(heading)
    return ranked[0] if ranked else None


def find_header(rows: Sequence[SheetRow]) -> Header | None:
    """Find the headings among the first rows of a sheet.

    First choice is a line that alone names all that is required (with the line below where that goes on with it), then
    two lines that do so together, then the fullest line that names at least one of the required.
    """
    alone = [_build(rows[:position], row, None) for position, row in enumerate(rows)]
    for position, header in enumerate(alone):
        if not header.missing:
            lower = _line_below(rows, position)
            goes_on = lower is not None and _continues(header, lower)
            return _build(rows[:position], rows[position], lower) if goes_on else header
    for position, row in enumerate(rows):
        joined = _build(rows[:position], row, _line_below(rows, position))
        if not joined.missing:
            return joined
    partial = [header for header in alone if len(header.missing) < len(REQUIRED) and len(header.columns) > 1]
    return max(partial, key=lambda header: len(header.columns), default=None)


def _line_below(rows: Sequence[SheetRow], position: int) -> SheetRow | None:
    if position + 1 == len(rows) or rows[position + 1].number != rows[position].number + 1:
        return None
    return rows[position + 1]


def _continues(header: Header, lower: SheetRow) -> bool:
    """Tell whether a line goes on with the headings above it: it names no enterprise, but fields, units or years."""
    if any(_text(lower.cell(header.columns[field])) for field in REQUIRED):
        return False
    texts = [compact(_text(cell)) for cell in lower.cells]
    return any(field_of(text) or _UNIT_ALONE.fullmatch(text) or _YEAR.fullmatch(text) for text in texts)


def _build(above: Sequence[SheetRow], upper: SheetRow, lower: SheetRow | None) -> Header:
    texts = [_text(cell) for cell in upper.cells] if lower is None else _joined(upper, lower)
    chosen, warnings = _choose(_candidates(texts), (lower or upper).number)
    return Header(
        last_row=(lower or upper).number,
        columns={field: candidate.column for field, candidate in chosen.items()},
        texts={field: candidate.text for field, candidate in chosen.items()},
        revenue_unit=_revenue_unit(chosen, above),
        warnings=warnings,
    )


def _joined(upper: SheetRow, lower: SheetRow) -> list[str]:
    """Join two lines of headings; a heading merged over several columns stands above each of them.

    The lower line decides where it names a field by itself.
    """
    joined, group = [], ""
    for column in range(max(len(upper.cells), len(lower.cells))):
        top, bottom = _text(upper.cell(column)), _text(lower.cell(column))
        group = top or (group if bottom else "")
        joined.append(bottom if field_of(bottom) else group + bottom)
    return joined


def _candidates(texts: Sequence[str]) -> list[_Candidate]:
    found = []
    for column, text in enumerate(texts):
        ranked = _rank(text)
        if ranked:
            year = _YEAR.search(compact(text))
            found.append(_Candidate(ranked[0], ranked[1], int(year["year"] or 0) if year else 0, column, text))
    return found


def _choose(candidates: Sequence[_Candidate], row: int) -> tuple[dict[Field, _Candidate], tuple[RosterFinding, ...]]:
    """Take one column for each field, and warn where two have an equally good name."""
    chosen: dict[Field, _Candidate] = {}
    warnings = []
    for field in Field:
        of_field = sorted(
            (c for c in candidates if c.field is field),
            key=lambda candidate: (candidate.rank, -candidate.year, candidate.column),
        )
        if not of_field:
            continue
        best = chosen[field] = of_field[0]
        rivals = [get_column_letter(c.column + 1) for c in of_field[1:] if c.rank == best.rank]
        if rivals:
            column = get_column_letter(best.column + 1)
            context = {"field": field.value, "taken": column, "others": "、".join(rivals)}
            warnings.append(RosterFinding(Finding("roster.column_twice", context), row, column))
    return chosen, tuple(warnings)


def _revenue_unit(chosen: Mapping[Field, _Candidate], above: Sequence[SheetRow]) -> str | None:
    """Read the unit from the heading, else from a line such as 单位：万元 above it."""
    if Field.REVENUE in chosen:
        unit = _UNIT.search(compact(chosen[Field.REVENUE].text))
        if unit:
            return unit[0]
    for row in above:
        for cell in row.cells:
            note = _UNIT_NOTE.search(compact(_text(cell)))
            if note:
                return note[1]
    return None


def _rank(heading: str) -> tuple[Field, int] | None:
    """Tell the field of a heading and how good a name for it this is."""
    text = _MONTHS.sub("", _YEAR.sub("", compact(heading)))
    for form in (text, _BRACKETS.sub("", text)):
        bare = _PUNCTUATION.sub("", form)
        for name in (bare, re.sub(r"(?:亿|百万|万|千)?元$|人$", "", bare)):
            if name in _RANKS:
                return _RANKS[name]
    return None


def _text(cell: object) -> str:
    return tidy(cell) if isinstance(cell, str) else ("" if cell is None else str(cell))
