"""What ships as a sample is what the generator gives, and the program reads it without a finding."""

import json

from zgsz_desktop.engine.reference.divisions import Divisions
from zgsz_desktop.engine.reference.industries import Industries
from zgsz_desktop.engine.roster.reading import read_roster
from zgsz_desktop.engine.scoring.result import score
from zgsz_desktop.engine.simulate.samples import ANSWERS, ROSTER, sample_answers, sample_region, write_samples
from zgsz_desktop.paths import resources_folder

SHIPPED = resources_folder() / "samples"


def test_the_sample_roster_is_read_without_a_finding(divisions: Divisions, industries: Industries):
    reading = read_roster(SHIPPED / ROSTER, divisions, industries)
    assert (reading.errors, reading.warnings) == ((), ())
    region = sample_region(resources_folder())
    assert [row.uscc for row in reading.rows] == [enterprise.row.uscc for enterprise in region.enterprises]
    assert {row.remark for row in reading.rows} == {"模拟"}


def test_the_sample_answers_are_the_generators_and_complete(indicator_set):
    shipped = (SHIPPED / ANSWERS).read_bytes()
    assert shipped == sample_answers(sample_region(resources_folder()))
    sample = json.loads(shipped)
    assert score(indicator_set, sample["profile"], sample["answers"]).to_json()["complete"]


def test_samples_can_be_made_again(tmp_path):
    write_samples(tmp_path, resources_folder())
    assert (tmp_path / ANSWERS).read_bytes() == (SHIPPED / ANSWERS).read_bytes()
    assert (tmp_path / ROSTER).stat().st_size > 5000
