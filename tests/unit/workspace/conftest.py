"""A county's workspace with a clerk, a liaison and three enterprises."""

from pathlib import Path

import pytest

from support.authorities import Region, make_region
from support.workspaces import COUNTY, FixedClock, add_enterprises, keep_own_key, make_workspace, trust_people
from zgsz_desktop.engine.identity.keys import Signer
from zgsz_desktop.engine.model import Uscc
from zgsz_desktop.engine.workspace import Workspace


@pytest.fixture
def region() -> Region:
    return make_region()


@pytest.fixture
def clerk(region: Region) -> Signer:
    return region.clerk(COUNTY)


@pytest.fixture
def liaison(region: Region) -> Signer:
    return region.liaison(COUNTY)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def workspace(tmp_path: Path, region: Region, clerk: Signer, liaison: Signer, clock: FixedClock):
    opened = make_workspace(tmp_path / "青秀区", region, clock=clock)
    trust_people(opened, region)
    keep_own_key(opened, liaison)
    yield opened
    opened.close()


@pytest.fixture
def codes(workspace: Workspace, clerk: Signer) -> list[Uscc]:
    return add_enterprises(workspace, clerk)
