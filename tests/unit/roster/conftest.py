from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.reference.credit_code import make_credit_code
from zgsz_desktop.engine.reference.divisions import Divisions
from zgsz_desktop.engine.reference.industries import Industries
from zgsz_desktop.engine.roster.reading import read_roster
from zgsz_desktop.engine.roster.row import RosterReading
from zgsz_desktop.paths import resources_folder


@pytest.fixture(scope="session")
def divisions() -> Divisions:
    return Divisions.load(resources_folder())


@pytest.fixture(scope="session")
def industries() -> Industries:
    return Industries.load(resources_folder())


Sheet = list[list[object]]
HEADINGS = [
    "序号",
    "企业名称",
    "统一社会信用代码",
    "所属县区",
    "行业代码",
    "从业人员（人）",
    "营业收入（万元）",
    "联系人",
    "联系电话",
]
CODES = [make_credit_code("450103", f"MYAAAA{i:02d}") for i in range(40)]


class Desk:
    """A clerk's desk: makes workbooks, and has them read."""

    headings = HEADINGS
    codes = CODES

    def __init__(self, folder: Path, divisions: Divisions, industries: Industries) -> None:
        self.path = folder / "名录.xlsx"
        self._divisions, self._industries = divisions, industries

    @staticmethod
    def line(number: int, **changes: object) -> list[object]:
        """One good line of a roster, with single cells changed by heading."""
        good: list[object] = [number, f"甲乙{number}糖业有限公司", CODES[number]]
        good += ["青秀区", "1340", 120, 3456.5, "韦一", "10000000001"]
        for heading, value in changes.items():
            good[[h.split("（")[0] for h in HEADINGS].index(heading)] = value
        return good

    def put(self, *sheets: Sheet, merges: Sequence[str] = ()) -> "Desk":
        book = Workbook()
        book.remove(book.worksheets[0])
        for rows in sheets:
            sheet = book.create_sheet()
            for row in rows:
                sheet.append(row)
            for merge in merges:
                sheet.merge_cells(merge)
        book.save(self.path)
        return self

    def put_lines(self, *lines: list[object]) -> "Desk":
        return self.put([["企业名录"], HEADINGS, *lines])

    def read(self, default_division: str | None = None) -> RosterReading:
        return read_roster(self.path, self._divisions, self._industries, default_division)

    def refusal(self, default_division: str | None = None) -> UserError:
        with pytest.raises(UserError) as caught:
            self.read(default_division)
        assert caught.value.message
        assert caught.value.remedy
        return caught.value


@pytest.fixture
def desk(tmp_path: Path, divisions: Divisions, industries: Industries) -> Desk:
    return Desk(tmp_path, divisions, industries)


@pytest.fixture
def make_code() -> Callable[[int], str]:
    """Give the number's own valid code."""
    return lambda number: make_credit_code("450103", f"MY{number:06d}")
