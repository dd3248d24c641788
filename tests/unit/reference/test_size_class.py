"""The 2017 rule: the smaller of two classes."""

import csv
from decimal import Decimal

import pytest

from zgsz_desktop.engine.reference.size_class import size_class
from zgsz_desktop.paths import resources_folder


@pytest.mark.parametrize(
    ("employees", "revenue", "size"),
    [
        (1000, 40000, "大型"),
        (1000, Decimal("39999.9999"), "中型"),
        (999, 40000, "中型"),
        (300, 2000, "中型"),
        (299, 2000, "小型"),
        (300, Decimal("1999.99"), "小型"),
        (20, 300, "小型"),
        (19, 300, "微型"),
        (5000, Decimal("299.9"), "微型"),
        (0, 0, "微型"),
    ],
)
def test_edges(employees: int, revenue: Decimal, size: str):
    assert size_class(employees, revenue) == size


def test_the_rule_is_the_published_table():
    with (resources_folder() / "reference" / "enterprise_size.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            edge = int(row["lower_inclusive"])
            staff, revenue = (edge, 10**9) if row["indicator"] == "从业人员" else (10**9, edge)
            assert size_class(staff, revenue) == row["size_class"]
