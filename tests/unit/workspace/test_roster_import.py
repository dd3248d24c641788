"""A roster becomes signed records: all of it, or with any error nothing."""

from decimal import Decimal
from pathlib import Path

import pytest

from support.authorities import Region
from support.workspaces import COUNTY, trust_people, uscc
from zgsz_desktop.engine import ops
from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.identity.keys import Signer
from zgsz_desktop.engine.model import DivisionCode
from zgsz_desktop.engine.roster.row import Contact, RosterRow
from zgsz_desktop.engine.roster.writing import write_roster
from zgsz_desktop.engine.store.enterprises import load_enterprise
from zgsz_desktop.engine.workspace import Workspace


def row(number: int, **changed) -> RosterRow:
    standard = {
        "row": 0,
        "uscc": uscc(number),
        "name": f"第{number}号机械有限公司",
        "division": DivisionCode(COUNTY),
        "industry": "3411",
        "employees": 100 + number,
        "revenue": Decimal("2500.5"),
        "contacts": (Contact("王芳", "13800000000"),),
    }
    return RosterRow(**standard | changed)


@pytest.fixture
def roster(workspace: Workspace, tmp_path: Path):
    def write(*rows: RosterRow) -> Path:
        path = tmp_path / "名录.xlsx"
        write_roster(path, rows, workspace.divisions)
        return path

    return write


def records(workspace: Workspace) -> int:
    return workspace.store.first("SELECT count(*) FROM record")[0]


def counts(done: ops.RosterImport) -> tuple[int, int, int, int]:
    return done.created, done.updated, done.unchanged, done.refused


def test_new_lines_are_signed(workspace: Workspace, clerk: Signer, roster):
    done = ops.import_roster(workspace, clerk, roster(row(1), row(2)))
    assert counts(done) == (2, 0, 0, 0)
    found = load_enterprise(workspace.store, uscc(1))
    assert (found.employees, found.revenue, found.size, found.contact) == (101, "2500.5", "小型", "王芳")
    assert done.changes.enterprises == {uscc(1), uscc(2)}


def test_same_roster_again_writes_nothing(workspace: Workspace, clerk: Signer, roster):
    path = roster(row(1), row(2))
    ops.import_roster(workspace, clerk, path)
    assert counts(ops.import_roster(workspace, clerk, path)) == (0, 0, 2, 0)
    assert records(workspace) == 2


def test_changed_line_is_updated_and_blank_cells_keep_what_was(workspace: Workspace, clerk: Signer, roster):
    ops.import_roster(workspace, clerk, roster(row(1), row(2)))
    path = roster(row(1), row(2, name="新名字有限公司", employees=None, contacts=()), row(3))
    assert counts(ops.import_roster(workspace, clerk, path)) == (1, 1, 1, 0)
    found = load_enterprise(workspace.store, uscc(2))
    assert (found.name, found.employees, found.contact) == ("新名字有限公司", 102, "王芳")
    assert found.body["former_names"] == ["第2号机械有限公司"]


def test_one_wrong_line_and_nothing_is_imported(workspace: Workspace, clerk: Signer, roster):
    path = roster(row(1), row(2, uscc="91450103000000020X"), row(3, division=DivisionCode("450102")))
    done = ops.import_roster(workspace, clerk, path)
    assert counts(done) == (0, 0, 0, 3)
    assert {finding.code for finding in done.errors} == {"credit_code.check", "roster.outside_scope"}
    assert not done.imported
    assert records(workspace) == 0
    assert [finding["row"] for finding in done.to_json()["errors"]] == [finding.row for finding in done.errors]


def test_plan_writes_nothing_and_its_numbers_add_up(workspace: Workspace, clerk: Signer, roster):
    ops.import_roster(workspace, clerk, roster(row(1), row(2)))
    path = roster(row(1), row(2, employees=7), row(3), row(4, division=DivisionCode("450102")))
    plan = ops.plan_roster(workspace, COUNTY, path)
    assert (len(plan.created), len(plan.updated), plan.unchanged, plan.refused, plan.total) == (1, 1, 1, 1, 4)
    assert records(workspace) == 2


def test_city_imports_for_its_counties(workspace: Workspace, region: Region, roster):
    city = region.clerk("450100")
    trust_people(workspace, region)
    done = ops.import_roster(workspace, city, roster(row(1), row(2, division=DivisionCode("450102"))))
    assert counts(done) == (2, 0, 0, 0)


def test_cancelled_import_leaves_nothing(workspace: Workspace, clerk: Signer, roster):
    def stop(done: int, total: int) -> None:
        raise UserError("job.cancelled")

    with pytest.raises(UserError):
        ops.import_roster(workspace, clerk, roster(row(1)), progress=stop)
    assert records(workspace) == 0


def test_no_workbook_at_all(workspace: Workspace, clerk: Signer, tmp_path: Path):
    path = tmp_path / "名录.xlsx"
    path.write_bytes(b"no workbook")
    with pytest.raises(UserError) as error:
        ops.import_roster(workspace, clerk, path)
    assert error.value.code == "roster.not_xlsx"


def test_twenty_thousand_lines(workspace: Workspace, clerk: Signer, roster):
    path = roster(*(row(number) for number in range(1, 20_001)))
    seen = []
    done = ops.import_roster(workspace, clerk, path, progress=lambda at, total: seen.append((at, total)))
    assert counts(done) == (20_000, 0, 0, 0)
    assert seen[-1] == (20_000, 20_000)
    assert workspace.store.first("SELECT count(*) FROM enterprise") == (20_000,)
