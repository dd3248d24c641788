"""`zgsz demo`, small and with cheap keys: the whole main job, and every proof that it shows."""

import json
from pathlib import Path

import pytest
from pypdf import PdfReader

from support.workspaces import FixedClock
from zgsz_desktop import cli
from zgsz_desktop.commands import rehearsal as verbs
from zgsz_desktop.engine.digest import digest
from zgsz_desktop.engine.enrolling import own_identities
from zgsz_desktop.engine.errors import BugError, UserError
from zgsz_desktop.engine.identity.keys import CHEAP_FOR_TESTS_ONLY
from zgsz_desktop.engine.merge import merge_package
from zgsz_desktop.engine.model import Role
from zgsz_desktop.engine.rehearsal import demo
from zgsz_desktop.engine.rehearsal.demo import DemoOutcome, DemoSize, run_demo
from zgsz_desktop.engine.store.enterprise_list import EnterpriseState, list_enterprises, summarise_enterprises
from zgsz_desktop.engine.store.submissions import list_conflicts
from zgsz_desktop.engine.workspace import Workspace
from zgsz_desktop.paths import resources_folder

SIZE = DemoSize(enterprises=20, seed=1)


def run(folder: Path, size: DemoSize = SIZE, said: list[str] | None = None) -> DemoOutcome:
    tell = (said if said is not None else []).append
    return run_demo(folder, resources_folder(), FixedClock(), tell, size=size, profile=CHEAP_FOR_TESTS_ONLY)


@pytest.fixture(scope="module")
def said() -> list[str]:
    return []


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory, said: list[str]) -> DemoOutcome:
    return run(tmp_path_factory.mktemp("demo") / "demo-out", said=said)


@pytest.fixture
def opened(outcome: DemoOutcome):
    made: list[Workspace] = []

    def open_(name: str) -> Workspace:
        made.append(Workspace.open(outcome.folder / name, resources=resources_folder(), clock=FixedClock()))
        return made[-1]

    yield open_
    for workspace in made:
        workspace.close()


def test_two_routes_give_one_digest(outcome: DemoOutcome, opened):
    assert outcome.digest == outcome.second
    assert digest(opened("region")) == digest(opened("region-2")) == outcome.digest


def test_the_experts_workspace_has_it_too(outcome: DemoOutcome, opened):
    assert digest(opened("expert")) == outcome.digest


def test_the_tampered_package_is_refused_with_its_sentence(outcome: DemoOutcome, said: list[str]):
    assert outcome.refusal_code == "package.hash_differs"
    assert any(outcome.refusal in line for line in said)
    assert len(list((outcome.folder / "tampered").iterdir())) == 1


def test_a_conflict_names_the_enterprise_and_both_people(outcome: DemoOutcome, opened, said: list[str]):
    (shown,) = outcome.conflicts
    (found,) = list_conflicts(opened("region").store)
    assert (shown.uscc, shown.enterprise) == (found.uscc, found.enterprise)
    assert len(set(shown.people)) == 2
    assert any(shown.people[0] in line and shown.people[1] in line for line in said)


def test_three_forms_are_printed_with_the_digest(outcome: DemoOutcome):
    assert len(outcome.forms) == 3
    text = "".join(page.extract_text() for page in PdfReader(outcome.forms[0]).pages)
    name = outcome.forms[0].stem.removeprefix("专家评审意见表-")
    assert name in text.replace("\n", "")


def test_everybody_is_enrolled(outcome: DemoOutcome, opened):
    roles = {}
    for folder in outcome.workspaces:
        keys = own_identities(opened(str(folder.relative_to(outcome.folder))))
        assert all(key.description is not None for key in keys)
        roles[folder.name] = {key.description.holder.role for key in keys if key.description}
    assert len(outcome.workspaces) == 1 + 2 + 5 + 10 + 1
    assert roles["region"] == {Role.AUTHORITY, Role.CLERK}
    assert roles["expert"] == {Role.EXPERT}


def test_the_courses_of_the_simulation_come_about(outcome: DemoOutcome, opened):
    region = opened("region")
    counted = summarise_enterprises(region.store, region.campaign(), "2024-07-01")
    assert counted.total == 20
    assert counted.states[EnterpriseState.NOT_STARTED] == 2
    assert counted.states[EnterpriseState.ACCEPTED] > 10
    assert outcome.returned == 5
    versions = region.store.first("SELECT count(*) FROM record WHERE kind = 'submission'")[0]
    assert versions == outcome.assessments > 20


def test_everything_is_marked_as_simulated(outcome: DemoOutcome, opened):
    for folder in outcome.workspaces:
        workspace = opened(str(folder.relative_to(outcome.folder)))
        assert workspace.simulated
        assert workspace.title.startswith("模拟")


def test_a_liaison_can_go_on_with_the_passphrase(outcome: DemoOutcome, opened):
    folder = next(path for path in outcome.workspaces if path.parent.name == "liaisons")
    workspace = opened(str(folder.relative_to(outcome.folder)))
    assert workspace.unlock(outcome.passphrase).holder.role is Role.LIAISON
    assert not [
        item for item in list_enterprises(workspace.store, workspace.campaign()) if item.state is EnterpriseState.SIGNED
    ]


def test_a_demo_folder_is_replaced_and_nothing_else_in_it(outcome: DemoOutcome, tmp_path: Path):
    folder = tmp_path / "demo-out"
    small = DemoSize(enterprises=3, cities=1, counties=1)
    run(folder, small)
    (folder / "我的笔记.txt").write_text("留着", "utf-8")
    again = run(folder, small)
    assert (folder / "我的笔记.txt").read_text("utf-8") == "留着"
    assert again.digest == again.second


def test_a_digest_that_differs_is_a_bug(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    real, asked = demo.digest, []

    def other(workspace: Workspace):
        asked.append(workspace)
        found = real(workspace)
        return found if len(asked) == 1 else type(found)(found.records, found.trust, "0" * 64)

    monkeypatch.setattr(demo, "digest", other)
    with pytest.raises(BugError) as error:
        run(tmp_path / "out", DemoSize(enterprises=3, cities=1, counties=1))
    assert error.value.code == "rehearsal.digests_differ"


def test_tampering_that_nobody_sees_is_a_bug(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(demo, "tamper", lambda package, out: out.write_bytes(package.read_bytes()) and out)
    with pytest.raises(BugError) as error:
        run(tmp_path / "out", DemoSize(enterprises=3, cities=1, counties=1))
    assert error.value.code == "rehearsal.tampering_unseen"


def test_packages_of_the_demo_merge_once_more(outcome: DemoOutcome, opened):
    region = opened("region")
    package = max((outcome.folder / "packages").glob("*交自治区*"))
    report = merge_package(region, package, dry_run=True)
    assert report.already_merged
    assert report.total.new == report.total.refused == 0


def test_the_verb_says_where_everything_lies(outcome: DemoOutcome, monkeypatch: pytest.MonkeyPatch, capsys):
    monkeypatch.setattr(verbs, "run_demo", lambda *args, **options: outcome)
    assert cli.main(["demo", "--out", str(outcome.folder)]) == 0
    printed = capsys.readouterr()
    assert f"zgsz-desktop {outcome.folder / 'region'}" in printed.out
    assert outcome.passphrase in printed.out
    assert "秒] 完成" in printed.err
    assert cli.main(["demo", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["refusal_code"] == "package.hash_differs"


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path, capsys):
    (tmp_path / "报告.docx").write_bytes(b"mine")
    assert cli.main(["demo", "--out", str(tmp_path)]) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["报告.docx"]
    assert "没有改动它" in capsys.readouterr().err


@pytest.mark.parametrize("number", ["0", "-3", "200001"])
def test_a_number_that_makes_no_region_is_refused(tmp_path: Path, capsys, number: str):
    assert cli.main(["demo", "--out", str(tmp_path / "out"), "--enterprises", number]) == 1
    assert "企业数要在" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
    with pytest.raises(UserError) as error:
        verbs.check_size(int(number))
    assert error.value.code == "rehearsal.size"
