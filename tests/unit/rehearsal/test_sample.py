"""The sample of 体验: every state that the pages show, and files to try the merge page on."""

from collections import Counter
from pathlib import Path

import pytest

from support.workspaces import FixedClock
from zgsz_desktop.engine import ops
from zgsz_desktop.engine.enrolling import own_identities
from zgsz_desktop.engine.errors import PackageError, UserError
from zgsz_desktop.engine.identity.certificates import common_name_of
from zgsz_desktop.engine.identity.keys import CHEAP_FOR_TESTS_ONLY
from zgsz_desktop.engine.merge import merge_package
from zgsz_desktop.engine.model import Role
from zgsz_desktop.engine.rehearsal.sample import GUIDE, SampleWorkspace, find_sample, make_sample
from zgsz_desktop.engine.store.enterprise_list import EnterpriseFilter, EnterpriseState, list_enterprises
from zgsz_desktop.engine.store.submissions import reviews_of
from zgsz_desktop.engine.workspace import Workspace
from zgsz_desktop.paths import resources_folder


def make(folder: Path, progress=None) -> SampleWorkspace:
    return make_sample(folder, resources_folder(), FixedClock(), progress, profile=CHEAP_FOR_TESTS_ONLY)


def open_(folder: Path) -> Workspace:
    return Workspace.open(folder, resources=resources_folder(), clock=FixedClock())


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> SampleWorkspace:
    return make(tmp_path_factory.mktemp("sample") / "体验")


@pytest.fixture
def liaison(sample: SampleWorkspace):
    workspace = open_(sample.liaison)
    yield workspace
    workspace.close()


@pytest.fixture
def county(sample: SampleWorkspace):
    workspace = open_(sample.county)
    yield workspace
    workspace.close()


def mine(workspace: Workspace):
    name = next(key.key.name for key in own_identities(workspace)).split(".")
    return list_enterprises(
        workspace.store, workspace.campaign(), EnterpriseFilter(liaison=f"{name[0]}.{workspace.division}")
    )


def test_27_enterprises_in_all_states(liaison: Workspace):
    assert Counter(item.state for item in mine(liaison)) == {
        EnterpriseState.RETURNED: 1,
        EnterpriseState.DRAFTING: 4,
        EnterpriseState.NOT_STARTED: 9,
        EnterpriseState.SIGNED: 2,
        EnterpriseState.SUBMITTED: 5,
        EnterpriseState.ACCEPTED: 6,
    }


def test_the_returned_one_stands_on_top_with_its_reason(liaison: Workspace):
    first = mine(liaison)[0]
    assert first.state is EnterpriseState.RETURNED
    (review,) = reviews_of(liaison.store, first.record)
    assert review.decision == "return"
    assert "台账" in review.reason
    assert review.questions


def test_drafts_have_come_to_different_points(liaison: Workspace):
    drafts = [item for item in mine(liaison) if item.state is EnterpriseState.DRAFTING]
    assert len({item.answered for item in drafts}) == 4
    assert all(0 < item.answered <= item.applicable for item in drafts)
    (complete,) = [item for item in drafts if item.answered == item.applicable]
    assert not ops.look_over(liaison, complete.draft).missing


def test_last_rounds_answers_are_there_for_some(liaison: Workspace):
    fresh = [item for item in mine(liaison) if item.state is EnterpriseState.NOT_STARTED]
    earlier = [
        item
        for item in fresh
        if liaison.store.first("SELECT 1 FROM current_submission WHERE uscc = ? AND campaign = '2023'", (item.uscc,))
    ]
    assert 0 < len(earlier) < len(fresh)


def test_everything_is_due_in_the_future(liaison: Workspace):
    assert {item.due for item in mine(liaison)} == {"2024-07-13"}


def test_both_can_sign_with_the_passphrase(sample: SampleWorkspace, liaison: Workspace, county: Workspace):
    assert liaison.unlock(sample.passphrase).holder.role is Role.LIAISON
    assert county.unlock(sample.passphrase).holder.role is Role.CLERK


def test_the_root_is_named_so_that_nothing_can_pass_as_real(liaison: Workspace):
    (root,) = liaison.anchors().roots
    assert common_name_of(root.subject) == "体验"
    assert liaison.simulated
    assert "体验" in liaison.title


def test_the_inbox_shows_good_conflicting_and_altered(sample: SampleWorkspace, county: Workspace):
    first, second, third, altered = sorted(sample.inbox.iterdir())
    assert merge_package(county, first, dry_run=True).total.new == 3
    conflicting = merge_package(county, second, dry_run=True)
    assert (conflicting.total.new, conflicting.total.conflict) == (4, 1)
    assert merge_package(county, third, dry_run=True).total.new == 3
    with pytest.raises(PackageError) as error:
        merge_package(county, altered, dry_run=True)
    assert error.value.code == "package.hash_differs"


def test_the_liaison_can_hand_in_what_is_signed(
    sample: SampleWorkspace, liaison: Workspace, county: Workspace, tmp_path
):
    signer = liaison.unlock(sample.passphrase)
    ops.hand_over(liaison, signer, tmp_path / "交县局.zgsz", to_division=liaison.division)
    report = merge_package(county, tmp_path / "交县局.zgsz", dry_run=True)
    assert (report.total.new, report.total.refused) == (2, 0)


def test_a_sample_is_found_again(sample: SampleWorkspace, tmp_path: Path):
    assert find_sample(sample.liaison.parent) == sample
    assert find_sample(tmp_path) is None
    assert sample.passphrase in (sample.liaison.parent / GUIDE).read_text("utf-8")


def test_stopping_leaves_nothing(tmp_path: Path):
    def stop(done: int, total: int) -> None:
        if done == 3:
            raise UserError("job.cancelled")

    with pytest.raises(UserError) as error:
        make(tmp_path / "体验", stop)
    assert error.value.code == "job.cancelled"
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_is_taken_and_a_full_one_refused(sample: SampleWorkspace):
    with pytest.raises(UserError) as error:
        make(sample.liaison.parent)
    assert error.value.code == "rehearsal.folder_in_use"


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path):
    (tmp_path / "file").write_text("a file")
    with pytest.raises(UserError) as error:
        make(tmp_path / "file" / "体验")
    assert error.value.code == "rehearsal.folder_fails"
