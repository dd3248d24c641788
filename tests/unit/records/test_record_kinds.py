"""The table of kinds: who may write what, and what is well formed."""

from typing import Any

import pytest

from support.record_strategies import (
    BODIES,
    CITY,
    CITY_CLERK,
    CLERK,
    COUNTY,
    EXPERT,
    LIAISON,
    NEIGHBOUR,
    NEIGHBOUR_CLERK,
    REGION,
    REGION_CLERK,
    USCC,
    Desk,
    Person,
    label_id,
    person,
    signed,
)
from zgsz_desktop.engine.errors import UntrustedError
from zgsz_desktop.engine.model import Role
from zgsz_desktop.engine.records.bodies import FIELDS
from zgsz_desktop.engine.records.kinds import KINDS, check_body, gist_of, is_known, may_author
from zgsz_desktop.engine.records.record import Record, parse_record

OTHER_EXPERT = person("f", Role.EXPERT, CITY)
ALL = (LIAISON, CLERK, CITY_CLERK, REGION_CLERK, EXPERT)

AUTHORS = """
    kind             | liaison | clerk | city | region | expert
    indicator_set    |         |       |      | yes    |
    campaign         |         |       |      | yes    |
    target           |         |       | yes  | yes    |
    enterprise       | yes     | yes   | yes  | yes    |
    assignment       |         | yes   | yes  | yes    |
    submission       | yes     |       |      |        |
    review           |         | yes   |      |        |
    expert_review    |         |       |      |        | yes
    receipt          |         | yes   |      |        |
    recipient        |         | yes   |      |        |
    contact          |         | yes   | yes  | yes    |
    service_log      | yes     | yes   |      |        |
    sample           |         |       | yes  | yes    |
    improvement_plan | yes     | yes   |      |        |
    effectiveness    | yes     | yes   |      |        |
    benchmark        |         |       |      | yes    |
    catalog          |         |       | yes  | yes    |
    novelty          | yes     | yes   | yes  | yes    | yes
"""
ROWS = [[cell.strip() for cell in line.split("|")] for line in AUTHORS.strip().splitlines()[1:]]


def record(kind: str, author: Person = CLERK, entity: str | None = None, **changes: Any) -> Record:
    usual_entity, body = BODIES.get(kind, ("anything", {}))
    values: dict[str, Any] = {"division": COUNTY, "body": body} | changes
    return parse_record(signed(Desk().enrol(author), kind, entity or usual_entity, **values))


def is_allowed(one: Record, author: Person) -> bool:
    try:
        may_author(one.kind, one, author)
    except UntrustedError as error:
        assert error.code == "record.wrong_author"
        return False
    return True


def test_every_kind_is_in_every_table():
    assert set(KINDS) == set(FIELDS) == set(BODIES) == {row[0] for row in ROWS} - {"novelty"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_table_of_authors(row: list[str]):
    expected = {author.name: cell == "yes" for author, cell in zip(ALL, [*row[1:], ""], strict=False)}
    assert {author.name: is_allowed(record(row[0], author), author) for author in ALL} == expected


@pytest.mark.parametrize(
    ("author", "allowed"), [(CLERK, True), (CITY_CLERK, True), (REGION_CLERK, True), (EXPERT, False)]
)
def test_clerk_submits_only_by_superseding(author: Person, allowed: bool):
    assert is_allowed(record("submission", author, supersedes=[label_id("x")]), author) == allowed


@pytest.mark.parametrize("author", [CLERK, CITY_CLERK, REGION_CLERK])
def test_review_is_written_by_exactly_that_level(author: Person):
    levels = {
        level: is_allowed(record("review", author, f"{label_id('s')}/{level}"), author)
        for level in ("county", "city", "region")
    }
    own = {CLERK: "county", CITY_CLERK: "city", REGION_CLERK: "region"}[author]
    assert levels == {level: level == own for level in levels}


def test_expert_writes_only_under_the_own_name():
    assert not is_allowed(record("expert_review", OTHER_EXPERT), OTHER_EXPERT)


@pytest.mark.parametrize("kind", ["recipient", "receipt", "contact"])
def test_division_that_the_entity_names_decides(kind: str):
    entity = {"recipient": NEIGHBOUR, "receipt": f"p/{NEIGHBOUR}", "contact": f"{NEIGHBOUR}/c"}[kind]
    assert not is_allowed(record(kind, CLERK, entity), CLERK)


def test_target_comes_from_above():
    assert not is_allowed(record("target", CITY_CLERK, f"2024/{CITY}", division=CITY), CITY_CLERK)
    assert is_allowed(record("target", REGION_CLERK, f"2024/{CITY}", division=CITY), REGION_CLERK)


def test_neighbour_writes_no_enterprise_here():
    assert not is_allowed(record("enterprise"), NEIGHBOUR_CLERK)


def test_unknown_kind_asks_nothing():
    assert not is_known("novelty")
    may_author("novelty", record("novelty"), EXPERT)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_usual_body_is_well_formed(kind: str):
    assert check_body(record(kind)) == []


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_withdrawal_is_well_formed(kind: str):
    assert check_body(record(kind, body=None)) == []


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_unknown_members_are_kept(kind: str):
    one = record(kind, body=BODIES[kind][1] | {"new_in_format_2": {"x": [1]}})
    assert check_body(one) == []
    assert one.body["new_in_format_2"] == {"x": [1]}


@pytest.mark.parametrize(
    ("kind", "name"),
    [(kind, field.name) for kind, fields in sorted(FIELDS.items()) for field in fields],
)
def test_wrong_type_is_a_fault(kind: str, name: str):
    """An integer below zero is right nowhere."""
    assert any(name in fault for fault in check_body(record(kind, body=BODIES[kind][1] | {name: -1})))


@pytest.mark.parametrize(
    ("kind", "name"),
    [(kind, field.name) for kind, fields in sorted(FIELDS.items()) for field in fields if field.required],
)
def test_missing_member_is_a_fault(kind: str, name: str):
    body = {key: value for key, value in BODIES[kind][1].items() if key != name}
    assert f"缺少 {name}" in check_body(record(kind, body=body))


@pytest.mark.parametrize(
    ("kind", "name", "value"),
    [
        ("submission", "set", {"id": "gx-zgsz", "version": "0.1"}),
        ("submission", "set", {"id": "gx/zgsz", "version": "0.1", "sha256": "0" * 64}),
        ("submission", "answers", {"sme.q01": ["B"]}),
        ("submission", "answers", [{}]),
        ("submission", "result", {"frameworks": []}),
        ("submission", "result", {}),
        ("submission", "attachments", [{"sha256": "x", "name": "a.pdf", "size": 1}]),
        ("submission", "attachments", {}),
        ("submission", "begun", "2024-07-01T09:30:00"),
        ("submission", "begun", "yesterday, at half past nine"),
        ("campaign", "opens", "2024-02-30"),
        ("campaign", "opens", "20240201"),
        ("campaign", "scope", ["440100"]),
        ("target", "enterprises", True),
        ("target", "by", [{"date": "2024-09-30"}]),
        ("enterprise", "name", "  "),
        ("enterprise", "former_names", [1]),
        ("enterprise", "contacts", ["张三"]),
        ("enterprise", "employees", "12"),
        ("assignment", "liaison", "clerk-a.450102"),
        ("assignment", "liaison", LIAISON.keyid),
        ("review", "decision", "maybe"),
        ("receipt", "records", ["x"]),
        ("recipient", "keys", []),
        ("recipient", "keys", ["ssh-rsa AAAA"]),
    ],
)
def test_bad_value_is_a_fault(kind: str, name: str, value: Any):
    assert any(name in fault for fault in check_body(record(kind, body=BODIES[kind][1] | {name: value})))


@pytest.mark.parametrize(
    ("kind", "entity"),
    [
        ("indicator_set", "gx-zgsz"),
        ("campaign", "2024/x"),
        ("target", "2024/440100"),
        ("enterprise", "91450100MA5K00000"),
        ("assignment", USCC),
        ("submission", f"2024/{USCC}"),
        ("submission", f"2024/{USCC}/followup-0"),
        ("submission", f"2024/{USCC}/Initial"),
        ("submission", f"2024/{USCC}/initial/x"),
        ("review", "x/county"),
        ("review", f"{label_id('s')}/town"),
        ("expert_review", f"{label_id('s')}/nobody"),
        ("recipient", f"{COUNTY}/x"),
        ("contact", COUNTY),
        ("service_log", f"2024/{USCC}"),
    ],
)
def test_other_form_of_entity_is_a_fault(kind: str, entity: str):
    assert check_body(record(kind, entity=entity)) == ["entity 不是这类记录的写法"]


@pytest.mark.parametrize("round_name", ["initial", "followup-1", "followup-12", "recheck-1"])
def test_rounds(round_name: str):
    assert check_body(record("submission", LIAISON, f"2024/{USCC}/{round_name}")) == []


@pytest.mark.parametrize("kind", ["enterprise", "assignment", "submission", "review", "service_log", "effectiveness"])
def test_enterprise_lies_in_a_county(kind: str):
    assert check_body(record(kind, CITY_CLERK, division=CITY)) == ["division 应为县级区划"]


@pytest.mark.parametrize("kind", ["target", "recipient", "contact", "sample"])
def test_division_is_the_one_that_the_entity_names(kind: str):
    assert check_body(record(kind, REGION_CLERK, division=REGION)) == ["division 与 entity 里的区划不同"]


def test_indicator_set_is_named_by_its_body():
    assert check_body(record("indicator_set", entity="gx-zgsz@0.2")) == ["id、version 与 entity 不同"]


def test_gist_is_what_the_fold_must_know():
    assert gist_of(record("review")) == "accept"
    assert gist_of(record("assignment")) == LIAISON.name
    assert gist_of(record("assignment", body=None)) is None
    assert gist_of(record("submission")) is None
