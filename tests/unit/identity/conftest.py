"""One region for the tests of identity, fresh for each test."""

import pytest

from support.authorities import Region, make_region


@pytest.fixture
def region() -> Region:
    return make_region()
