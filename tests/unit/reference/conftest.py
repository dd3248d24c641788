import pytest

from zgsz_desktop.engine.reference.divisions import Divisions
from zgsz_desktop.engine.reference.industries import Industries
from zgsz_desktop.paths import resources_folder


@pytest.fixture(scope="session")
def divisions() -> Divisions:
    return Divisions.load(resources_folder())


@pytest.fixture(scope="session")
def industries() -> Industries:
    return Industries.load(resources_folder())
