import pytest

from zgsz_desktop.engine.indicators.definition import IndicatorSet
from zgsz_desktop.engine.indicators.shipped import shipped_sets
from zgsz_desktop.engine.reference.divisions import Divisions
from zgsz_desktop.engine.reference.industries import Industries
from zgsz_desktop.engine.simulate.region import Region, simulate_region
from zgsz_desktop.paths import resources_folder


@pytest.fixture(scope="session")
def divisions() -> Divisions:
    return Divisions.load(resources_folder())


@pytest.fixture(scope="session")
def industries() -> Industries:
    return Industries.load(resources_folder())


@pytest.fixture(scope="session")
def indicator_set() -> IndicatorSet:
    return shipped_sets(resources_folder())["gx-zgsz", "0.1"]


@pytest.fixture(scope="session")
def region(divisions: Divisions, industries: Industries, indicator_set: IndicatorSet) -> Region:
    return simulate_region(divisions, industries, indicator_set, enterprises=200, seed=1, cities=2, counties=5)
