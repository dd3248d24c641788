"""What is current: one story for each rule of records-and-merge.md 3."""

from typing import Any

import pytest

from support.record_strategies import (
    ASSIGNMENT,
    CITY_CLERK,
    CLERK,
    COLLEAGUE,
    COUNTY,
    EXPERT,
    LIAISON,
    LIAISON_RENEWED,
    NEIGHBOUR,
    NEIGHBOUR_CLERK,
    NEIGHBOUR_LIAISON,
    REGION_CLERK,
    SECOND_CLERK,
    SUBMISSIONS,
    USCC,
    Person,
    fact,
)
from zgsz_desktop.engine.model import Level
from zgsz_desktop.engine.records.fold import EntityState, Fact, Revoked, fold_all

ENTITY = SUBMISSIONS[0]
STOLEN = Revoked(good_order=False, date=None)


def submit(label: str, author: Person = LIAISON, *older: Fact, **changes: Any) -> Fact:
    return fact(label, "submission", ENTITY, author, supersedes=[one.id for one in older], **changes)


def review(of: Fact, gist: str, author: Person = CLERK, *older: Fact, level: str = "county", **changes: Any) -> Fact:
    label = ("review", of.id, author.name, gist, len(older))
    ids = [one.id for one in older]
    return fact(label, "review", f"{of.id}/{level}", author, gist=gist, supersedes=ids, **changes)


def assign(person: Person, *older: Fact, **changes: Any) -> Fact:
    label = ("assign", person.name, len(older))
    ids = [one.id for one in older]
    return fact(label, "assignment", ASSIGNMENT, CLERK, gist=person.name, supersedes=ids, **changes)


def state(
    *facts: Fact, revoked: dict[Person, Revoked] | None = None, key: tuple[str, str] | None = None
) -> EntityState:
    verdicts = {person.keyid: verdict for person, verdict in (revoked or {}).items()}
    return fold_all(facts, verdicts)[key or ("submission", ENTITY)]


def heads(*facts: Fact, **more: Any) -> set[str]:
    return set(state(*facts, **more).heads)


def ids(*facts: Fact) -> set[str]:
    return {one.id for one in facts}


# --- versions


def test_only_record_is_current():
    first = submit("1")
    expected = EntityState("submission", ENTITY, (first.id,), first.id, review="submitted")
    assert state(first) == expected


def test_own_correction_replaces():
    first = submit("1")
    second = submit("2", LIAISON, first)
    assert heads(first, second) == ids(second)


def test_same_holder_under_a_new_key_replaces():
    first = submit("1")
    assert heads(first, second := submit("2", LIAISON_RENEWED, first)) == ids(second)


def test_liaison_never_silently_replaces_a_colleague():
    first = submit("1")
    second = submit("2", COLLEAGUE, first)
    result = state(first, second)
    assert set(result.heads) == ids(first, second)
    assert result.conflict


def test_assigned_liaison_replaces_a_colleague():
    first = submit("1")
    second = submit("2", COLLEAGUE, first)
    assert heads(first, second, assign(COLLEAGUE)) == ids(second)


def test_only_the_current_assignment_counts():
    first = submit("1")
    second, old = submit("2", COLLEAGUE, first), assign(COLLEAGUE)
    assert heads(first, second, old, assign(LIAISON, old)) == ids(first, second)


def test_withdrawn_assignment_assigns_nobody():
    first = submit("1")
    second, old = submit("2", COLLEAGUE, first), assign(COLLEAGUE)
    gone = fact("gone", "assignment", ASSIGNMENT, CLERK, supersedes=[old.id], withdrawn=True)
    assert heads(first, second, old, gone) == ids(first, second)


def test_assignment_of_another_campaign_does_not_count():
    first = submit("1")
    second = submit("2", COLLEAGUE, first)
    elsewhere = fact("a", "assignment", f"c2/{USCC}", CLERK, gist=COLLEAGUE.name)
    assert heads(first, second, elsewhere) == ids(first, second)


def test_assignment_lets_a_liaison_replace_submissions_only():
    first = fact("1", "effectiveness", ENTITY, LIAISON)
    second = fact("2", "effectiveness", ENTITY, COLLEAGUE, supersedes=[first.id])
    assert heads(first, second, assign(COLLEAGUE), key=("effectiveness", ENTITY)) == ids(first, second)


def test_clerk_replaces_a_liaison_and_is_replaced():
    first = submit("1")
    second = submit("2", CLERK, first)
    third = submit("3", COLLEAGUE, second)
    assert heads(first, second, third) == ids(third)


def test_nobody_replaces_what_lies_outside_the_scope():
    first = submit("1", division=COUNTY)
    assert heads(first, second := submit("2", NEIGHBOUR_CLERK, first)) == ids(first, second)


def test_naming_a_record_of_another_entity_replaces_nothing():
    other = fact("1", "submission", SUBMISSIONS[1], LIAISON)
    second = submit("2", LIAISON, other)
    assert heads(other, second, key=("submission", SUBMISSIONS[1])) == ids(other)


def test_path_leads_through_a_record_that_is_not_effective():
    first = submit("1")
    bad = submit("2", LIAISON, first, well_formed=False)
    third = submit("3", LIAISON, bad)
    assert heads(first, bad) == ids(first)
    assert heads(first, bad, third) == ids(third)


def test_missing_ancestor_breaks_the_path_until_it_comes():
    first = submit("1")
    middle = submit("2", LIAISON, first)
    third = submit("3", LIAISON, middle)
    assert heads(first, third) == ids(first, third)
    assert heads(first, third, middle) == ids(third)


def test_chain_of_ten_thousand_versions():
    chain: list[Fact] = []
    for number in range(10_000):
        chain.append(submit(f"v{number}", LIAISON, *chain[-1:]))
    rival = submit("rival", COLLEAGUE)
    result = state(*chain, rival)
    assert result.current == chain[-1].id
    assert result.conflict


def test_circle_in_made_up_data_ends():
    """Ids are hashes, so this cannot come from a package; the fold must end all the same."""
    one, two = submit("1"), submit("2")
    looped = [submit("1", LIAISON, two), submit("2", LIAISON, one), submit("3", LIAISON, one), submit("4", CLERK, two)]
    assert heads(*looped) == ids(looped[2], looped[3])


# --- twins


def test_twins_are_one_and_the_smallest_id_stands_for_them():
    twins = [submit(str(n), author, content="same") for n, author in enumerate((LIAISON, CLERK, COLLEAGUE))]
    result = state(*twins)
    assert result.heads == (min(ids(*twins)),)
    assert not result.conflict


@pytest.mark.parametrize("change", [{"content": "other"}, {"division": NEIGHBOUR}])
def test_records_that_differ_are_no_twins(change: dict[str, Any]):
    one = submit("1", content="same")
    other = submit("2", CITY_CLERK, **({"content": "same", "division": COUNTY} | change))
    assert len(state(one, other).heads) == 2


def test_what_supersedes_one_twin_supersedes_all():
    one, other = submit("1", content="same"), submit("2", COLLEAGUE, content="same")
    assert heads(one, other, third := submit("3", LIAISON, one)) == ids(third)


def test_twins_supersede_what_any_of_them_may():
    first = submit("1")
    twins = [submit(author.name, author, first, content="same") for author in (CLERK, COLLEAGUE)]
    assert heads(first, *twins) == {min(ids(*twins))}


def test_twin_of_a_revoked_author_does_not_stand_for_the_others():
    twins = {author: submit(author.name, author, content="same") for author in (LIAISON, CLERK)}
    for author, other in ((LIAISON, CLERK), (CLERK, LIAISON)):
        assert heads(*twins.values(), revoked={author: STOLEN}) == ids(twins[other])


def test_twin_of_a_revoked_clerk_lends_its_power_to_nobody():
    """A stolen clerk's key signs what a liaison wrote: the liaison's record still replaces nobody's work."""
    first = submit("1")
    written = submit("2", COLLEAGUE, first, content="same")
    forged = submit("3", CLERK, first, content="same")
    assert heads(first, written, forged, revoked={CLERK: STOLEN}) == ids(first, written)


def test_review_of_one_twin_is_a_review_of_all():
    twins = [submit("1", content="same"), submit("2", COLLEAGUE, content="same")]
    for twin in twins:
        assert state(*twins, review(twin, "return")).review == "returned"


# --- conflicts


def test_two_heads_are_a_conflict_and_the_deeper_is_provisional():
    first = submit("1")
    second = submit("2", LIAISON, first)
    rival = submit("3", COLLEAGUE, at=9)
    result = state(first, second, rival)
    assert result.conflict
    assert result.current == second.id


def test_at_equal_depth_the_later_is_provisional():
    early, late = submit("1", at=5), submit("2", COLLEAGUE, at=6)
    assert state(early, late).current == late.id


def test_at_equal_time_the_greater_id_is_provisional():
    rivals = submit("1"), submit("2", COLLEAGUE)
    assert state(*rivals).current == max(ids(*rivals))


def test_depth_counts_only_edges_that_count():
    first = submit("1")
    stubborn = submit("2", COLLEAGUE, submit("absent"), first, at=1)
    assert state(first, stubborn, submit("3", COLLEAGUE, at=2)).current == submit("3").id


def test_depth_runs_through_records_that_are_not_effective():
    first = submit("1")
    bad = submit("2", LIAISON, first, well_formed=False)
    deep, rival = submit("3", LIAISON, bad), submit("4", CLERK, submit("absent"), at=9)
    shallow = submit("5", CLERK, submit("6", CLERK), at=9)
    result = state(first, bad, deep, rival, shallow, submit("6", CLERK))
    assert result.conflict
    assert result.current == deep.id


def test_clerk_resolves_by_superseding_all_heads():
    rivals = submit("1"), submit("2", COLLEAGUE)
    resolution = submit("3", CLERK, *rivals)
    result = state(*rivals, resolution)
    assert (result.heads, result.conflict) == ((resolution.id,), False)


def test_heads_in_two_counties_are_resolved_by_the_city():
    rivals = submit("1"), submit("2", NEIGHBOUR_LIAISON)
    assert len(heads(*rivals, submit("3", CLERK, *rivals))) == 2
    assert heads(*rivals, city := submit("4", CITY_CLERK, *rivals)) == ids(city)


# --- withdrawal, kinds, form


def test_null_body_withdraws():
    first = submit("1")
    gone = submit("2", LIAISON, first, withdrawn=True)
    result = state(first, gone)
    assert (result.current, result.withdrawn, result.review) == (gone.id, True, None)


def test_malformed_record_is_never_effective():
    assert state(submit("1", well_formed=False)) == EntityState("submission", ENTITY)


def test_unknown_kind_has_no_state():
    assert fold_all([fact("1", "novelty", "x", CLERK)], {}) == {}


# --- revocation


def test_no_date_helps_a_stolen_key():
    first = submit("1", at=0)
    assert heads(first, revoked={LIAISON: Revoked(good_order=False, date=5)}) == set()


@pytest.mark.parametrize(("at", "stands"), [(4, True), (5, False), (6, False)])
def test_ending_in_good_order_keeps_what_was_before(at: int, stands: bool):
    first = submit("1", at=at)
    assert (heads(first, revoked={LIAISON: Revoked(good_order=True, date=5)}) == ids(first)) == stands


def test_what_a_revoked_author_replaced_comes_back():
    first = submit("1", CLERK)
    second = submit("2", SECOND_CLERK, first)
    assert heads(first, second, revoked={SECOND_CLERK: STOLEN}) == ids(first)


def test_vouched_submission_of_a_revoked_author_stands():
    first = submit("1")
    result = state(first, review(first, "accept"), revoked={LIAISON: STOLEN})
    assert (result.current, result.review, result.review_level) == (first.id, "accepted", Level.COUNTY)


def test_return_does_not_vouch():
    first = submit("1")
    assert heads(first, review(first, "return"), revoked={LIAISON: STOLEN}) == set()


def test_review_of_a_revoked_clerk_does_not_vouch():
    first = submit("1")
    assert heads(first, review(first, "accept"), revoked={LIAISON: STOLEN, CLERK: STOLEN}) == set()


def test_withdrawn_review_does_not_vouch():
    first = submit("1")
    accept = review(first, "accept")
    gone = fact("gone", "review", accept.entity, CLERK, supersedes=[accept.id], withdrawn=True)
    assert heads(first, accept, gone, revoked={LIAISON: STOLEN}) == set()


@pytest.mark.parametrize("gist", ["accept", "return"])
def test_reviews_in_conflict_do_not_vouch(gist: str):
    first = submit("1")
    rivals = review(first, "accept"), review(first, gist, SECOND_CLERK)
    assert heads(first, *rivals, revoked={LIAISON: STOLEN}) == set()


def test_accept_of_any_level_vouches():
    first = submit("1")
    reviews = review(first, "return"), review(first, "accept", CITY_CLERK, level="city")
    assert heads(first, *reviews, revoked={LIAISON: STOLEN}) == ids(first)


def test_malformed_submission_is_not_vouched_for():
    first = submit("1", well_formed=False)
    assert heads(first, review(first, "accept"), revoked={LIAISON: STOLEN}) == set()


def test_neighbours_review_cannot_undo_that_the_bureau_vouched():
    first = submit("1")
    junk = review(first, "return", NEIGHBOUR_CLERK)
    assert heads(first, review(first, "accept"), junk, revoked={LIAISON: STOLEN}) == ids(first)


# --- review


REVIEWS = """
    county | city   | region | state     | level
           |        |        | submitted |
    accept |        |        | accepted  | county
    accept | accept |        | accepted  | city
           |        | accept | accepted  | region
    return | accept | accept | returned  | county
    accept | return | accept | returned  | city
    return | return |        | returned  | city
"""


@pytest.mark.parametrize("row", REVIEWS.strip().splitlines()[1:], ids=str.strip)
def test_state_of_reviews(row: str):
    county, city, region, expected, level = (cell.strip() for cell in row.split("|"))
    first = submit("1")
    by_level = {"county": (county, CLERK), "city": (city, CITY_CLERK), "region": (region, REGION_CLERK)}
    reviews = [review(first, gist, who, level=name) for name, (gist, who) in by_level.items() if gist]
    result = state(first, *reviews)
    assert (result.review, result.review_level or "") == (expected, level)


def test_later_decision_replaces_the_earlier():
    first = submit("1")
    back = review(first, "return")
    assert state(first, back, review(first, "accept", SECOND_CLERK, back)).review == "accepted"


def test_reviews_in_conflict_decide_provisionally():
    first = submit("1")
    rivals = review(first, "accept", at=1), review(first, "return", SECOND_CLERK, at=2)
    assert state(first, *rivals).review == "returned"


def test_new_version_starts_as_submitted():
    first = submit("1")
    assert state(first, review(first, "return"), submit("2", LIAISON, first)).review == "submitted"


def test_neighbours_review_does_not_count():
    first = submit("1")
    junk = review(first, "return", NEIGHBOUR_CLERK)
    assert state(first, junk).review == "submitted"
    assert state(first, junk, key=("review", junk.entity)).heads == ()


def test_city_review_under_another_division_does_not_count():
    first = submit("1")
    assert state(first, review(first, "accept", CITY_CLERK, level="city", division=NEIGHBOUR)).review == "submitted"


def test_review_waits_for_its_submission():
    first = submit("1")
    early = review(first, "accept")
    assert heads(early, key=("review", early.entity)) == ids(early)


def test_experts_view_never_changes_the_submission():
    first = submit("1")
    view = fact("v", "expert_review", f"{first.id}/{EXPERT.name}", EXPERT)
    assert state(first, view) == state(first)
