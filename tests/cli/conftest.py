"""One region, enrolled and worked through by the program; each test that changes something gets a copy of it."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from support.commandline import People, cheap_keys, main_job


@pytest.fixture(scope="session", autouse=True)
def _cheap_keys() -> Iterator[None]:
    with cheap_keys():
        yield


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> People:
    """The main job, done. To look at only."""
    return main_job(tmp_path_factory.mktemp("region"))


@pytest.fixture
def people(finished: People, tmp_path: Path) -> People:
    """A copy of the finished region, to change at will."""
    copy = tmp_path / "people"
    shutil.copytree(finished.folder, copy)
    return replace(finished, folder=copy)
