"""The shipped sets: published versions never change, and say what the reference says."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.indicators.definition import Aspect, IndicatorSet, QuestionType
from zgsz_desktop.engine.indicators.loader import load_yaml
from zgsz_desktop.engine.indicators.publish import publish
from zgsz_desktop.engine.indicators.shipped import choose, latest, shipped_sets
from zgsz_desktop.paths import resources_folder

PUBLISHED = {
    ("gx-zgsz", "0.1"): "dd5359da7e052355c2455261cbb7f02118dfa6890c943bc48797ea0a632adf6f",
}
"""Never edit a line here: change the set under a new version instead."""

FOLDER = resources_folder() / "indicator_sets"
FACTS = yaml.safe_load((Path(__file__).parents[2] / "data" / "sme2024_facts.yaml").read_text("utf-8"))
SCORED = sorted(FACTS["questions"])
SCENES = sorted(FACTS["scenes"])


@pytest.fixture(scope="module")
def shipped() -> IndicatorSet:
    return shipped_sets(resources_folder())["gx-zgsz", "0.1"]


def test_published_versions_never_change():
    assert {key: item.sha256 for key, item in shipped_sets(resources_folder()).items()} == PUBLISHED


@pytest.mark.parametrize("source", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.name)
def test_the_json_beside_the_yaml_is_made_from_it(source: Path):
    assert load_yaml(source).canonical_json == source.with_suffix(".json").read_bytes()
    assert source.stem == load_yaml(source).name


def test_publishing_writes_the_canonical_json(tmp_path: Path):
    (tmp_path / "a.yaml").write_bytes((FOLDER / "gx-zgsz@0.1.yaml").read_bytes())
    assert publish(tmp_path / "a.yaml").read_bytes() == (FOLDER / "gx-zgsz@0.1.json").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.yaml", "gx-zgsz@0.1.json"]


def test_a_damaged_file_is_said_to_be_damaged(tmp_path: Path):
    (tmp_path / "indicator_sets").mkdir()
    (tmp_path / "indicator_sets" / "x@1.0.json").write_bytes(b'{"id":')
    with pytest.raises(UserError) as caught:
        shipped_sets(tmp_path)
    assert caught.value.code == "indicators.unreadable"


def test_sets_are_chosen_by_name_or_the_latest(shipped: IndicatorSet):
    sets = {("gx-zgsz", "0.1"): shipped}
    assert latest(sets) is choose(sets, None) is choose(sets, "gx-zgsz@0.1") is shipped
    with pytest.raises(UserError) as caught:
        choose(sets, "gx-zgsz@9.9")
    assert caught.value.code == "indicators.unknown"
    assert "gx-zgsz@0.1" in caught.value.remedy


@pytest.mark.parametrize("name", SCORED)
def test_options_and_points_are_those_of_the_reference(shipped: IndicatorSet, name: str):
    fact = FACTS["questions"][name]
    nodes = {item.id: item for item in walk_tree(shipped)}
    base, sub, indicator = fact["path"]
    weights = [nodes[path].weight for path in (base, f"{base}.{sub}", f"{base}.{sub}.{indicator}")]
    assert weights == fact["weights"]
    leaf = nodes[".".join(fact["path"])]
    assert leaf.question == f"sme.{name}"
    assert dict(leaf.scores) == {key: weight for key, (weight, _) in fact["options"].items()}
    for key, (_, points) in fact["options"].items():
        product = dict(leaf.scores)[key] * weights[0] * weights[1] * weights[2]
        assert product == Decimal(str(points)) * 10**6


@pytest.mark.parametrize("name", [name for name in SCORED if "edges" in FACTS["questions"][name]])
def test_bands_are_those_of_the_reference(shipped: IndicatorSet, name: str):
    question = shipped.question(f"sme.{name}")
    assert question is not None
    assert question.type is QuestionType.RATIO
    assert [band.max for band in question.bands[:-1]] == FACTS["questions"][name]["edges"][:-1]
    assert question.ratio is not None
    assert question.ratio.max == FACTS["questions"][name]["edges"][-1] == 100


@pytest.mark.parametrize("name", SCENES)
def test_scenes_count_as_in_the_reference(shipped: IndicatorSet, name: str):
    question, fact = shipped.question(f"sme.{name}"), FACTS["scenes"][name]
    assert question is not None
    assert (question.title, question.type) == (fact["name"], QuestionType.LEVEL)
    assert question.keys == tuple(str(level) for level in range(fact["levels"] + 1))
    assert not question.allow_partial
    counts = dict(shipped.frameworks[0].counts)
    assert question.id in counts["scenes"]
    assert (question.id in counts["constrained"]) is fact["constrained"]


def test_the_level_rule_is_that_of_the_reference(shipped: IndicatorSet):
    for item in shipped.body["frameworks"][0]["levels"]["items"]:
        fact = FACTS["levels"][item["level"]]
        score, scenes, constrained = item["if"]["all"]
        level = fact["scene_level"]
        assert item["name"] == fact["name"]
        assert score == {"score_gte": fact["score"]}
        assert scenes["count"] == {"of": "scenes", "level_gte": level, "at_least": fact["scenes"]}
        assert constrained["count"] == {"of": "constrained", "level_gte": level, "at_least": fact["constrained"]}


def test_the_ten_grades_are_the_default_and_say_that_they_are_assumed(shipped: IndicatorSet):
    primary = shipped.primary
    assert primary is not None
    assert [(g.grade, g.level, g.min) for g in primary.grades] == [
        (grade, (grade + 1) // 2, 95 if grade == 10 else 10 * grade) for grade in range(1, 11)
    ]
    assert dict(primary.provenance)["grades"].startswith("assumption")


def test_every_question_helps_the_one_who_asks_it(shipped: IndicatorSet):
    for question in shipped.questions:
        assert len(question.help) > 30, question.id
        assert question.evidence, question.id
        assert question.title, question.id
        assert question.source.provenance, question.id
    assert len(shipped.questions) == 31


def test_each_aspect_has_items_that_say_how_to_verify(shipped: IndicatorSet):
    for aspect in Aspect:
        items = [item for item in shipped.onsite if item.aspect is aspect]
        assert len(items) >= 2, aspect
        assert all(item.how and item.evidence for item in items)


def test_sections_have_two_levels(shipped: IndicatorSet):
    groups = list(dict.fromkeys(section.group for section in shipped.sections))
    assert groups == ["数字化基础", "数字化管理", "数字化成效", "业务场景"]


def test_a_plain_json_reader_reads_the_published_file():
    assert json.loads((FOLDER / "gx-zgsz@0.1.json").read_text("utf-8"))["version"] == "0.1"


def walk_tree(indicator_set: IndicatorSet):
    from zgsz_desktop.engine.indicators.references import walk

    return walk(indicator_set.frameworks[0].tree)
