"""A region and its bureaus, fresh for each test."""

from collections.abc import Iterator

import pytest

from support.authorities import Region, make_region
from support.bureaus import Bureaus


@pytest.fixture
def region() -> Region:
    return make_region()


@pytest.fixture
def bureaus(tmp_path, region: Region) -> Iterator[Bureaus]:
    made = Bureaus(tmp_path, region)
    yield made
    made.close()
