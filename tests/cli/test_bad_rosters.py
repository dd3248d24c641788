"""Bad rosters through the command line: one sentence a fault, with row and column, and nothing imported."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from support.commandline import (
    ANSWERS,
    CITY,
    HEADINGS,
    PASSPHRASE,
    People,
    Said,
    credit_code,
    done,
    enrol,
    roster_line,
    state_of,
    write_workbook,
    zgsz,
)
from zgsz_desktop import cli

OLE_HEAD = bytes.fromhex("d0cf11e0a1b11ae1")


def imported(people: People, path: Path, *more: str) -> Said:
    return zgsz("roster", "import", path, *more, folder=people["county"], passphrase=PASSPHRASE)


BAD_LINES = {
    "a wrong check digit": ([roster_line(9, 统一=credit_code(9)[:-1] + "?")], "credit_code", "B 列"),
    "an unknown division": ([roster_line(9, 所属="火星县")], "roster.unknown_division", "C 列"),
    "another county": ([roster_line(9, 所属="兴宁区")], "roster.outside_scope", "行"),
    "the same enterprise twice": ([roster_line(9), roster_line(9)], "roster.duplicate", "行"),
    "words in a number column": ([roster_line(9, 从业="一百来人")], "roster.not_number", "E 列"),
}


@pytest.mark.parametrize("name", BAD_LINES)
def test_a_bad_line_is_refused_with_its_place_and_nothing_is_imported(people: People, name: str) -> None:
    lines, code, column = BAD_LINES[name]
    path = write_workbook(people.file("bad.xlsx"), list(HEADINGS), roster_line(8), *lines)
    before = state_of(people["county"])
    said = imported(people, path)
    assert said.status == cli.REFUSED
    assert f"第 {2 + len(lines)} 行" in said.err
    assert "一家企业也没有导入" in said.err
    assert "Traceback" not in said.err
    assert state_of(people["county"]) == before
    errors = imported(people, path, "--json").data["errors"]
    assert errors[0]["code"].startswith(code)
    assert errors[0]["row"] == 2 + len(lines)
    assert said.err.splitlines()[0].count(f"第 {2 + len(lines)} 行") == 1
    assert column in said.err


def test_all_faults_come_at_once_and_created_is_nothing(people: People) -> None:
    lines = [line for lines, _, _ in BAD_LINES.values() for line in lines]
    said = imported(people, write_workbook(people.file("bad.xlsx"), list(HEADINGS), *lines), "--json")
    assert len(said.data["errors"]) >= len(BAD_LINES)
    assert (said.data["created"], said.data["refused"]) == (0, len(lines))


def test_a_merged_header_is_read(people: People) -> None:
    upper = ["企业", None, None, None, "规模", None, "联系", None]
    path = write_workbook(
        people.file("merged.xlsx"),
        ["青秀区规模以上工业企业名录"],
        upper,
        list(HEADINGS),
        roster_line(9),
        merges=("A1:H1", "A2:D2", "E2:F2", "G2:H2"),
    )
    said = imported(people, path, "--json")
    assert said.status == cli.DONE, said.err
    assert said.data["created"] == 1


def old_xls(path: Path) -> None:
    path.write_bytes(OLE_HEAD + bytes(2048))


def no_workbook(path: Path) -> None:
    path.write_text("企业名称,统一社会信用代码\n", encoding="utf-8")


def cut_workbook(path: Path) -> None:
    write_workbook(path, list(HEADINGS), roster_line(9))
    path.write_bytes(path.read_bytes()[:-200])


def no_header(path: Path) -> None:
    write_workbook(path, ["甲", "乙"], ["丙", "丁"])


def no_lines(path: Path) -> None:
    write_workbook(path, list(HEADINGS))


def nothing(path: Path) -> None:
    path.unlink(missing_ok=True)


def folder(path: Path) -> None:
    path.mkdir()


BAD_FILES: dict[Callable[[Path], None], str] = {
    old_xls: "roster.old_xls",
    no_workbook: "roster.not_xlsx",
    cut_workbook: "roster.broken",
    no_header: "roster.no_header",
    no_lines: "roster.no_enterprises",
    nothing: "roster.unreadable",
    folder: "roster.unreadable",
}


@pytest.mark.parametrize("make", BAD_FILES, ids=lambda make: make.__name__)
def test_a_file_that_is_no_roster_is_refused_and_nothing_changes(people: People, make: Callable[[Path], None]) -> None:
    path = people.file("bad.xlsx")
    make(path)
    before = state_of(people["county"])
    said = imported(people, path)
    assert said.refused_by(BAD_FILES[make]), said
    assert state_of(people["county"]) == before


def test_an_expert_imports_nothing(people: People) -> None:
    enrol(people, "expert", CITY, "city", role="expert")
    path = write_workbook(people.file("new.xlsx"), list(HEADINGS), roster_line(9))
    before = state_of(people["expert"])
    said = zgsz("roster", "import", path, folder=people["expert"], passphrase=PASSPHRASE)
    assert said.refused_by("record.wrong_author")
    assert state_of(people["expert"]) == before


def test_a_corrected_roster_updates_its_line_only(people: People) -> None:
    path = write_workbook(people.file("new.xlsx"), list(HEADINGS), roster_line(1), roster_line(2, 从业=121))
    said = done("roster", "import", path, "--json", folder=people["county"], passphrase=PASSPHRASE)
    assert (said.data["created"], said.data["updated"], said.data["unchanged"]) == (0, 1, 1)


def test_a_division_named_at_the_command_line_serves_a_roster_without_the_column(people: People) -> None:
    lines = [[value for place, value in enumerate(line) if place != 2] for line in (list(HEADINGS), roster_line(9))]
    path = write_workbook(people.file("new.xlsx"), *lines)
    before = state_of(people["county"])
    assert imported(people, path, "--division", "没有这个县").status == cli.REFUSED
    assert state_of(people["county"]) == before
    assert imported(people, path, "--division", "450103", "--json").data["created"] == 1


def test_the_sample_roster_is_read(people: People) -> None:
    path = people.file("sample.xlsx")
    shutil.copy(ANSWERS.with_name("roster.xlsx"), path)
    assert imported(people, path).status in {cli.DONE, cli.REFUSED}


def test_twenty_thousand_lines_are_read(people: People) -> None:
    path = write_workbook(
        people.file("big.xlsx"), list(HEADINGS), *(roster_line(number) for number in range(4, 20_004))
    )
    said = imported(people, path, "--json")
    assert said.status == cli.DONE
    assert said.data["created"] == 20_000
