"""`zgsz simulate`: one seed gives one content, whatever the keys; and a region that hangs together."""

from pathlib import Path

import pytest

from support.workspaces import FixedClock
from zgsz_desktop import cli
from zgsz_desktop.commands import rehearsal as verbs
from zgsz_desktop.engine import canonical
from zgsz_desktop.engine.digest import digest
from zgsz_desktop.engine.identity.keys import CHEAP_FOR_TESTS_ONLY
from zgsz_desktop.engine.rehearsal.training import Training, TrainingSize, make_training
from zgsz_desktop.engine.scoring.result import score
from zgsz_desktop.engine.store.enterprise_list import EnterpriseState, list_enterprises, summarise_enterprises
from zgsz_desktop.engine.store.submissions import list_conflicts, load_submission
from zgsz_desktop.engine.workspace import Workspace
from zgsz_desktop.paths import resources_folder

SIZE = TrainingSize(30, seed=3, cities=1, counties=2)


def make(folder: Path, size: TrainingSize = SIZE, said: list[str] | None = None) -> Training:
    tell = (said if said is not None else []).append
    return make_training(folder, resources_folder(), FixedClock(), tell, size=size, profile=CHEAP_FOR_TESTS_ONLY)


def open_region(training: Training) -> Workspace:
    return Workspace.open(training.folder / "region", resources=resources_folder(), clock=FixedClock())


def content(training: Training) -> list[bytes]:
    """Give what is in a region beside keys, ids and times: every enterprise and all answers ever signed."""
    workspace = open_region(training)
    try:
        rows = workspace.store.query(
            "SELECT r.kind, r.entity, p.payload FROM record r JOIN record_payload p ON p.no = r.no"
            " WHERE r.kind IN ('enterprise', 'submission')"
        )
        return sorted(
            canonical.encode([kind, entity, canonical.decode(payload)["body"]]) for kind, entity, payload in rows
        )
    finally:
        workspace.close()


@pytest.fixture(scope="module")
def training(tmp_path_factory: pytest.TempPathFactory) -> Training:
    return make(tmp_path_factory.mktemp("training") / "out")


@pytest.fixture
def region(training: Training):
    workspace = open_region(training)
    yield workspace
    workspace.close()


def test_one_seed_gives_one_content_and_other_keys(training: Training, tmp_path: Path):
    again = make(tmp_path / "again")
    assert content(again) == content(training)
    assert again.digest.records != training.digest.records


def test_another_seed_gives_another_content(training: Training, tmp_path: Path):
    other = make(tmp_path / "other", TrainingSize(30, seed=4, cities=1, counties=2))
    assert content(other) != content(training)


def test_the_numbers_agree_with_the_region(training: Training, region: Workspace):
    counted = summarise_enterprises(region.store, region.campaign(), "2024-07-01")
    signed = region.store.first("SELECT count(*) FROM record WHERE kind = 'submission'")[0]
    assert (counted.total, signed) == (training.enterprises, training.assessments)
    assert counted.states[EnterpriseState.ACCEPTED] > 10
    assert len(list_conflicts(region.store)) == 1
    assert digest(region) == training.digest


def test_scores_and_grades_are_those_of_the_answers(region: Workspace):
    items = [item for item in list_enterprises(region.store, region.campaign()) if item.submission]
    assert len(items) == 28
    assert {item.flags for item in items if not item.conflict} == {""}
    for item in items:
        submission = load_submission(region.store, item.submission)
        result = score(region.campaign_set(region.campaign()), submission.profile, submission.answers)
        assert result.frameworks["sme2024"].grade == item.grade


def test_nothing_of_the_field_stays_behind(training: Training):
    assert sorted(path.name for path in training.folder.iterdir()) == [
        "cities", "counties", "enrolment", "packages", "region", "rosters", "zgsz-rehearsal.txt",
    ]  # fmt: skip
    assert all(package.is_file() for package in training.packages)
    assert len(training.packages) == 2 + 2 + 1


def test_one_enterprise_is_a_region(tmp_path: Path):
    made = make(tmp_path / "one", TrainingSize(1, seed=1, cities=1, counties=1))
    assert (made.enterprises, made.counties) == (1, 1)


def test_the_verb_prints_what_was_made(training: Training, monkeypatch: pytest.MonkeyPatch, capsys):
    monkeypatch.setattr(verbs, "make_training", lambda *args, **options: training)
    assert cli.main(["simulate", str(training.folder), "--enterprises", "30", "--seed", "3"]) == 0
    assert training.passphrase in capsys.readouterr().out


@pytest.mark.parametrize("words", [["--enterprises", "0"], ["--enterprises", "5", "--cities", "0"]])
def test_a_size_that_makes_no_region_is_refused(tmp_path: Path, capsys, words: list[str]):
    assert cli.main(["simulate", str(tmp_path / "out"), *words]) == 1
    assert "什么也没有做" in capsys.readouterr().err
