"""The synthetic region looks like a real one, and is the same for the same seed."""

import hashlib
import subprocess
import sys
from collections import Counter
from itertools import pairwise

import pytest

from zgsz_desktop.engine import canonical
from zgsz_desktop.engine.reference.credit_code import check_credit_code
from zgsz_desktop.engine.reference.industries import IndustryLevel
from zgsz_desktop.engine.reference.size_class import size_class
from zgsz_desktop.engine.roster.reading import read_roster
from zgsz_desktop.engine.roster.writing import write_roster
from zgsz_desktop.engine.simulate.enterprise import DUE_DAY, Course
from zgsz_desktop.engine.simulate.region import simulate_region
from zgsz_desktop.engine.simulate.trades import TRADES

FINGERPRINT = """
import hashlib
from zgsz_desktop.engine.indicators.shipped import shipped_sets
from zgsz_desktop.engine.reference.divisions import Divisions
from zgsz_desktop.engine.reference.industries import Industries
from zgsz_desktop.engine.simulate.region import simulate_region
from zgsz_desktop.paths import resources_folder
r = resources_folder()
region = simulate_region(
    Divisions.load(r), Industries.load(r), shipped_sets(r)["gx-zgsz", "0.1"], enterprises=200, seed=1, cities=2, counties=5
)
print(hashlib.sha256(repr(region).encode()).hexdigest())
"""


def test_the_same_seed_gives_the_same_region_in_another_process(region):
    out = subprocess.run([sys.executable, "-c", FINGERPRINT], check=True, capture_output=True, text=True).stdout
    assert out.strip() == hashlib.sha256(repr(region).encode()).hexdigest()


def test_another_seed_gives_another_region(region, divisions, industries, indicator_set):
    other = simulate_region(divisions, industries, indicator_set, enterprises=20, seed=2)
    assert {e.row.name for e in other.enterprises} - {e.row.name for e in region.enterprises}
    assert other.enterprises[0].assessments != region.enterprises[0].assessments


def test_cities_and_counties_are_as_asked_for(region, divisions):
    assert len(region.counties) == 5
    assert len({county[:4] for county in region.counties}) == 2
    assert set(region.counties) <= set(divisions.counties("450000"))
    assert {e.row.division for e in region.enterprises} == set(region.counties)


@pytest.mark.parametrize(
    ("cities", "counties", "given"), [(14, 111, (14, 111)), (99, 999, (14, 111)), (3, 1, (3, 3)), (0, 0, (1, 1))]
)
def test_numbers_beyond_what_there_is(divisions, industries, indicator_set, cities, counties, given):
    region = simulate_region(
        divisions, industries, indicator_set, enterprises=3, seed=1, cities=cities, counties=counties
    )
    assert (len({county[:4] for county in region.counties}), len(region.counties)) == given
    assert len(region.enterprises) == 3


def test_credit_codes_are_valid_unique_and_of_the_county(region):
    codes = [enterprise.row.uscc for enterprise in region.enterprises]
    assert len(set(codes)) == 200
    for enterprise in region.enterprises:
        finding = check_credit_code(enterprise.row.uscc)
        assert (finding.errors, finding.warnings) == ((), ())
        assert enterprise.row.uscc[2:8] == enterprise.row.division


def test_names_are_unique_and_telephones_cannot_ring(region):
    assert len({e.row.name for e in region.enterprises}) == 200
    assert all(e.row.name.endswith("公司") for e in region.enterprises)
    assert all(e.row.contacts[0].phone.startswith("100") for e in region.enterprises)


def test_every_trade_is_a_class_of_the_standard(industries):
    for trade in TRADES:
        industry = industries.get(trade.code)
        assert industry is not None
        assert industry.level is IndustryLevel.CLASS


def test_profiles_agree_with_the_roster_and_are_marked(region):
    for enterprise in region.enterprises:
        row, profile = enterprise.row, enterprise.profile
        assert (profile["employees"], profile["revenue"]) == (row.employees, row.revenue)
        assert profile["size"] == size_class(row.employees, row.revenue)
        assert profile["above_scale"] == (row.revenue >= 2000)
        assert (profile["simulated"], row.remark) == (True, "模拟")
        canonical.encode(profile)
    assert region.title.startswith("模拟")


def test_every_course_occurs_in_its_share(region):
    assert Counter(e.course for e in region.enterprises) == {
        Course.DONE: 140,
        Course.LATE: 20,
        Course.CORRECTED: 16,
        Course.UNTOUCHED: 16,
        Course.CONFLICT: 8,
    }


def test_assessments_follow_the_course(region):
    authors = {
        Course.UNTOUCHED: 0,
        Course.DONE: 1,
        Course.LATE: 1,
        Course.CORRECTED: 1,
        Course.CONFLICT: 2,
    }
    for enterprise in region.enterprises:
        brought = enterprise.assessments
        assert len({a.liaison for a in brought}) == authors[enterprise.course]
        assert [a.corrects for a in brought[1:]] == [enterprise.course is Course.CORRECTED] * len(brought[1:])
        assert all((a.day > DUE_DAY) == (enterprise.course is Course.LATE) for a in brought)
        assert all(left.day <= right.day for left, right in pairwise(brought))


def test_second_assessments_differ_from_the_first(region):
    twice = [e.assessments for e in region.enterprises if len(e.assessments) == 2]
    assert len(twice) == 24
    assert all(first.answers != second.answers for first, second in twice)


def test_liaisons_are_of_the_county_and_several(region):
    for county in region.counties:
        handles = [liaison.handle for liaison in region.liaisons_of(county)]
        assert len(handles) == len(set(handles)) >= 2
        for enterprise in region.enterprises_of(county):
            assert {enterprise.liaison, *(a.liaison for a in enterprise.assessments)} <= set(handles)
            assert not enterprise.assessments or enterprise.assessments[0].liaison == enterprise.liaison


def test_a_roster_of_it_is_read_without_a_finding(region, divisions, industries, tmp_path):
    county = region.counties[0]
    rows = [enterprise.row for enterprise in region.enterprises_of(county)]
    write_roster(tmp_path / "名录.xlsx", rows, divisions, title=f"{divisions.full_name(county)}名录（模拟）")
    reading = read_roster(tmp_path / "名录.xlsx", divisions, industries)
    assert (reading.errors, reading.warnings) == ((), ())
    assert [row.uscc for row in reading.rows] == [row.uscc for row in rows]
    assert [row.revenue for row in reading.rows] == [row.revenue for row in rows]
