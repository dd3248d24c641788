"""Flags that follow from facts, and what a new record touches."""

from typing import Any

import pytest

from support.record_strategies import (
    ASSIGNMENT,
    CITY_CLERK,
    CLERK,
    COLLEAGUE,
    COUNTY,
    LIAISON,
    NEIGHBOUR,
    REGION_CLERK,
    SUBMISSIONS,
    USCC,
    Person,
    fact,
    label_id,
)
from zgsz_desktop.engine.records.flags import Flag, flags_of
from zgsz_desktop.engine.records.fold import (
    Below,
    EntityState,
    Exactly,
    Fact,
    FactTable,
    OfEnterprise,
    OfRecord,
    Touched,
    digest_of,
    fold_entity,
    state_line,
    touched,
)

ENTITY = SUBMISSIONS[0]


def flags(*facts: Fact, kind: str = "submission", entity: str = ENTITY) -> set[Flag]:
    table = FactTable(facts, {})
    return set(flags_of(table, fold_entity(table, kind, entity)))


def submission(author: Person = LIAISON, **changes: Any) -> Fact:
    return fact("s", "submission", ENTITY, author, **changes)


def assignment(person: Person) -> Fact:
    return fact("a", "assignment", ASSIGNMENT, CLERK, gist=person.name)


def enterprise(**changes: Any) -> Fact:
    return fact("e", "enterprise", USCC, CITY_CLERK, **changes)


def test_nothing_to_say():
    assert flags(submission(), assignment(LIAISON), enterprise()) == set()


def test_liaison_of_another_enterprise_is_flagged():
    assert flags(submission(), assignment(COLLEAGUE)) == {Flag.NOT_ASSIGNED}


def test_without_assignment_nobody_is_the_wrong_one():
    assert flags(submission()) == set()


def test_clerks_correction_is_not_flagged():
    assert flags(submission(CLERK), assignment(COLLEAGUE)) == set()


def test_enterprise_in_another_county_is_flagged():
    assert flags(submission(), enterprise(division=NEIGHBOUR)) == {Flag.DIVISION_MISMATCH}


def test_withdrawn_enterprise_says_nothing():
    assert flags(submission(), enterprise(division=NEIGHBOUR, withdrawn=True)) == set()


def test_missing_ancestor_is_flagged_until_it_comes():
    first = submission()
    second = fact("t", "submission", ENTITY, LIAISON, supersedes=[first.id])
    assert flags(second) == {Flag.MISSING_ANCESTOR}
    assert flags(first, second) == set()


def test_entity_without_current_version_has_only_the_ancestor_flag():
    lost = submission(well_formed=False, supersedes=[label_id("absent")])
    assert flags(lost, assignment(COLLEAGUE)) == {Flag.MISSING_ANCESTOR}


S = label_id("s")
CASES: list[tuple[Fact, set[Touched]]] = [
    (fact("x", "novelty", "x", CLERK), set()),
    (fact("x", "campaign", "2024", REGION_CLERK), {Exactly("campaign", "2024")}),
    (fact("x", "review", f"{S}/county", CLERK), {Exactly("review", f"{S}/county"), OfRecord(S)}),
    (assignment(LIAISON), {Exactly("assignment", ASSIGNMENT), Below("submission", f"{ASSIGNMENT}/")}),
    (submission(), {Exactly("submission", ENTITY), Below("review", f"{S}/"), Below("expert_review", f"{S}/")}),
    (enterprise(), {Exactly("enterprise", USCC), OfEnterprise(USCC)}),
]


@pytest.mark.parametrize(("new", "expected"), CASES, ids=[case[0].kind for case in CASES])
def test_touched(new: Fact, expected: set[Touched]):
    assert touched(new) == expected


def test_state_line_of_a_submission():
    table = FactTable([submission(), fact("r", "review", f"{S}/county", CLERK, gist="accept", division=COUNTY)], {})
    assert state_line(fold_entity(table, "submission", ENTITY)).decode() == (
        f'{{"conflict":false,"current":"{S}","entity":"{ENTITY}","heads":["{S}"],"kind":"submission",'
        '"review":"accepted","review_level":"county","withdrawn":false}'
    )


def test_state_line_of_other_kinds_has_no_review():
    assert state_line(EntityState("campaign", "2024")).decode() == (
        '{"conflict":false,"current":null,"entity":"2024","heads":[],"kind":"campaign","withdrawn":false}'
    )


def test_digest_is_over_sorted_lines():
    """The hash is that of `printf 'a\\nb\\n' | sha256sum`."""
    expected = "911169ddaaf146aff539f58c26c489af3b892dff0fe283c1c264c65ae5aa59a2"
    assert digest_of([b"b", b"a"]) == digest_of([b"a", b"b"]) == expected
