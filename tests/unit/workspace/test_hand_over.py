"""Handing over upward: what the package held counts as handed in, what is signed later does not."""

from pathlib import Path

import pytest

from support.workspaces import COUNTY, submit_for
from zgsz_desktop.engine import ops
from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.identity.keys import Signer
from zgsz_desktop.engine.model import Uscc
from zgsz_desktop.engine.package.manifest import Purpose
from zgsz_desktop.engine.store.enterprise_list import EnterpriseState, enterprise_item
from zgsz_desktop.engine.workspace import Workspace


def states(workspace: Workspace, codes: list[Uscc]) -> list[EnterpriseState]:
    return [enterprise_item(workspace.store, "2024", code).state for code in codes]


def test_handed_in(workspace: Workspace, codes: list[Uscc], liaison: Signer, tmp_path: Path):
    submit_for(workspace, liaison, codes[0])

    def sign_another(done: int, total: int) -> None:
        beside = Workspace.open(workspace.folder, resources=workspace.resources, clock=workspace.clock)
        if states(beside, codes)[1] is EnterpriseState.NOT_STARTED:
            submit_for(beside, liaison, codes[1])
        beside.close()

    done = ops.hand_over(
        workspace, liaison, tmp_path / "上报.zgsz", to_division=COUNTY, purpose=Purpose.SUBMIT, progress=sign_another
    )
    assert done.package.path.is_file()
    assert states(workspace, codes)[:2] == [EnterpriseState.SUBMITTED, EnterpriseState.SIGNED]


def test_package_downward_hands_nothing_in(
    workspace: Workspace, codes: list[Uscc], clerk: Signer, liaison: Signer, tmp_path: Path
):
    submit_for(workspace, liaison, codes[0])
    ops.hand_over(workspace, clerk, tmp_path / "下发.zgsz", to_division=COUNTY, purpose=Purpose.PUBLISH)
    assert states(workspace, codes)[0] is EnterpriseState.SIGNED


def test_package_that_could_not_be_written_hands_nothing_in(
    workspace: Workspace, codes: list[Uscc], liaison: Signer, tmp_path: Path
):
    submit_for(workspace, liaison, codes[0])
    with pytest.raises(UserError) as error:
        ops.hand_over(
            workspace, liaison, tmp_path / "nowhere" / "上报.zgsz", to_division=COUNTY, purpose=Purpose.SUBMIT
        )
    assert error.value.code == "file.no_folder"
    assert states(workspace, codes)[0] is EnterpriseState.SIGNED
