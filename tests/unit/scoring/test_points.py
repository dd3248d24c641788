"""Points by option agree with the published table of sme2024."""

from decimal import Decimal

import pytest

from zgsz_desktop import paths
from zgsz_desktop.engine.indicators.shipped import shipped_sets
from zgsz_desktop.engine.scoring.points import option_points


@pytest.fixture(scope="module")
def points():
    indicator_set = shipped_sets(paths.resources_folder())["gx-zgsz", "0.1"]
    return option_points(indicator_set.primary, {})


@pytest.mark.parametrize(
    ("question", "key", "worth"),
    [("sme.q01", "E", "2"), ("sme.q02", "D", "4.5"), ("sme.q04", "O", "0.9"), ("sme.q06", "B", "1.25"), ("sme.q09", "C", "1.875"), ("sme.q12", "B", "3.5")],
)  # fmt: skip
def test_points_of_an_option(points, question, key, worth):
    assert points[question][key] == Decimal(worth)


def test_the_best_answers_make_a_hundred(points):
    several = {"sme.q01", "sme.q04", "sme.q06", "sme.q07", "sme.q09", "sme.q10"}
    best = sum(
        sum(by_key.values()) if question in several else max(by_key.values()) for question, by_key in points.items()
    )
    assert best == 100
