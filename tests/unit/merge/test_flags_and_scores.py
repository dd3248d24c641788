"""Scores are recomputed and flags derived again, whenever what they rest on arrives."""

from decimal import Decimal
from itertools import permutations

import pytest

from support.authorities import NOW, Region
from support.bureaus import Bureaus, merged
from support.forge import Forge, Pen, id_of, shipped, submission_body, uscc
from zgsz_desktop.engine import canonical
from zgsz_desktop.engine.derive import rebuild
from zgsz_desktop.engine.records.envelope import Envelope
from zgsz_desktop.engine.scoring.result import score
from zgsz_desktop.engine.workspace import Workspace


@pytest.fixture
def liaison(region: Region) -> Pen:
    return Pen(region.liaison("450103"))


def flags(workspace: Workspace) -> list[str]:
    return [row[0] for row in workspace.store.query("SELECT flags FROM submission ORDER BY entity")]


def totals(workspace: Workspace) -> list[str | None]:
    return [row[0] for row in workspace.store.query("SELECT total FROM submission ORDER BY entity")]


def regional_set() -> tuple[dict, str]:
    """Give a set that no program ships: the shipped one under another title."""
    body = {**shipped().body, "title": "自治区题库", "version": "7.1"}
    return body, canonical.sha256_hex(body)


def test_the_result_is_recomputed(bureaus: Bureaus, liaison: Pen):
    body = submission_body(5)
    city = bureaus.open()
    merged(city, bureaus.pack([liaison.submission(5)]))
    expected = score(shipped(), body["profile"], body["answers"]).frameworks["sme2024"]
    row = city.store.first("SELECT total, level, grade FROM submission")
    assert (Decimal(row[0]), row[1], row[2]) == (expected.total, expected.level, expected.grade)


def test_a_result_that_differs_is_flagged_and_not_used(bureaus: Bureaus, liaison: Pen):
    true, lying = submission_body(5), submission_body(5)
    lying["result"]["frameworks"]["sme2024"]["grade"] = 9
    city = bureaus.open()
    report = merged(city, bureaus.pack([liaison.submission(5, **lying)]))
    assert flags(city) == ["score_mismatch"]
    assert city.store.first("SELECT grade FROM submission")[0] == true["result"]["frameworks"]["sme2024"]["grade"]
    assert report.flagged[0].reason.endswith("以重新计算的为准。")


def test_a_result_of_other_frameworks_is_flagged(bureaus: Bureaus, liaison: Pen):
    lying = submission_body(5)
    lying["result"]["frameworks"] = {"another": lying["result"]["frameworks"]["sme2024"]}
    city = bureaus.open()
    merged(city, bureaus.pack([liaison.submission(5, **lying)]))
    assert flags(city) == ["score_mismatch"]


@pytest.mark.parametrize(
    "answers",
    [{"sme.q01": {"choice": ["Z"]}}, {"sme.q01": {"choice": "A"}}, {"sme.q01": {"inputs": {"x": "many"}}}, {"x": {}}],
    ids=str,
)
def test_answers_that_the_set_does_not_allow_do_no_harm(bureaus: Bureaus, liaison: Pen, answers):
    city = bureaus.open()
    report = merged(city, bureaus.pack([liaison.submission(5, answers=answers)]))
    assert report.total.new == 1
    assert flags(city) == ["score_mismatch"]


@pytest.mark.parametrize(
    "profile", [{"employees": "many"}, {"employees": -1}, {"industry": ["C"]}, {"certificates": 1}]
)
def test_a_profile_of_another_form_does_no_harm(bureaus: Bureaus, liaison: Pen, profile):
    city = bureaus.open()
    assert merged(city, bureaus.pack([liaison.submission(5, profile=profile)])).total.new == 1
    assert flags(city) == ["score_mismatch"]


@pytest.mark.parametrize("order", list(permutations(["set", "answers"])))
def test_a_submission_waits_for_its_set(bureaus: Bureaus, region: Region, liaison: Pen, order: tuple[str, ...]):
    body, sha256 = regional_set()
    chief = Pen(region.clerk("450000"))
    named = {"id": body["id"], "version": body["version"], "sha256": sha256}
    packages = {
        "set": bureaus.pack([chief.write("indicator_set", f"{body['id']}@7.1", body)], region.clerk("450000")),
        "answers": bureaus.pack([liaison.submission(5, set=named)]),
    }
    city = bureaus.open()
    for number, name in enumerate(order):
        merged(city, packages[name])
        if number == 0 and name == "answers":
            assert (flags(city), totals(city)) == (["indicator_set_missing"], [None])
    assert flags(city) == [""]
    assert totals(city) != [None]


def test_set_and_submission_in_one_package(bureaus: Bureaus, region: Region, liaison: Pen):
    body, sha256 = regional_set()
    named = {"id": body["id"], "version": body["version"], "sha256": sha256}
    published = Pen(region.clerk("450000")).write("indicator_set", f"{body['id']}@7.1", body)
    city = bureaus.open()
    merged(city, bureaus.pack([published, liaison.submission(5, set=named)]))
    assert flags(city) == [""]


def test_a_set_that_this_program_does_not_understand_is_as_if_it_had_not_come(
    bureaus: Bureaus, region: Region, liaison: Pen
):
    body = {"id": "later", "version": "1", "title": "x", "questions": [{"type": "telepathy"}], "frameworks": []}
    named = {"id": "later", "version": "1", "sha256": canonical.sha256_hex(body)}
    published = Pen(region.clerk("450000")).write("indicator_set", "later@1", body)
    city = bureaus.open()
    merged(city, bureaus.pack([published, liaison.submission(5, set=named)]))
    assert flags(city) == ["indicator_set_missing"]


def assignment(region: Region, handle: str) -> Envelope:
    pen = Pen(region.clerk("450103"))
    body = {"liaison": f"liaison-{handle}.450103"}
    return pen.write("assignment", f"2024/{uscc(5, '450103')}", body, division="450103")


def test_not_assigned_comes_and_goes_with_the_assignment(bureaus: Bureaus, region: Region, liaison: Pen):
    city = bureaus.open()
    merged(city, bureaus.pack([liaison.submission(5)]))
    assert flags(city) == [""]
    other = assignment(region, "b2")
    merged(city, bureaus.pack([other]))
    assert flags(city) == ["not_assigned"]
    body = {"liaison": "liaison-a1.450103"}
    entity = f"2024/{uscc(5, '450103')}"
    mine = Pen(region.clerk("450103"), at=NOW).write("assignment", entity, body, supersedes=id_of(other))
    merged(city, bureaus.pack([mine]))
    assert flags(city) == [""]


def test_division_mismatch_follows_the_enterprise(bureaus: Bureaus, region: Region, liaison: Pen):
    city = bureaus.open()
    merged(city, bureaus.pack([liaison.submission(5)]))
    moved = Pen(region.clerk("450100")).enterprise(5, code=uscc(5, "450103"), division="450102")
    merged(city, bureaus.pack([moved], region.clerk("450100")))
    assert flags(city) == ["division_mismatch"]


def test_missing_ancestor_goes_when_it_comes(bureaus: Bureaus, liaison: Pen):
    city = bureaus.open()
    first = liaison.submission(5)
    second = liaison.submission(5, supersedes=id_of(first), reasons={"x": "corrected"})
    merged(city, bureaus.pack([second]))
    assert flags(city) == ["missing_ancestor"]
    merged(city, bureaus.pack([first]))
    assert flags(city) == [""]
    assert city.store.first("SELECT record FROM submission")[0] == id_of(second)


def test_what_came_long_after_it_was_signed_is_late(bureaus: Bureaus, liaison: Pen):
    prompt, late = bureaus.open(), bureaus.open()
    late.clock.advance(days=181)
    package = bureaus.pack([liaison.submission(5)])
    merged(prompt, package)
    merged(late, package)
    assert (flags(prompt), flags(late)) == ([""], ["late"])


def test_all_flags_survive_a_rebuild(bureaus: Bureaus, region: Region, liaison: Pen):
    lying = submission_body(5)
    lying["result"]["frameworks"]["sme2024"]["level"] = 4
    city = bureaus.open()
    merged(city, bureaus.pack([liaison.submission(5, **lying), assignment(region, "b2"), liaison.enterprise(5)]))
    shown = "SELECT * FROM submission", "SELECT * FROM enterprise", "SELECT * FROM entity_state ORDER BY kind, entity"
    before = [city.store.query(statement) for statement in shown]
    assert flags(city) == ["not_assigned score_mismatch"]
    rebuild(city)
    assert [city.store.query(statement) for statement in shown] == before


def test_a_withdrawn_submission_is_no_longer_shown(bureaus: Bureaus, liaison: Pen):
    city = bureaus.open()
    first = liaison.submission(5)
    merged(city, bureaus.pack([first]))
    entity = f"2024/{uscc(5, '450103')}/initial"
    merged(city, bureaus.pack([liaison.write("submission", entity, None, supersedes=id_of(first))]))
    assert flags(city) == []
    assert city.store.first("SELECT withdrawn FROM entity_state") == (1,)


def test_a_withdrawn_enterprise_is_no_longer_listed(bureaus: Bureaus, liaison: Pen):
    city = bureaus.open()
    first = liaison.enterprise(5)
    merged(city, bureaus.pack([first]))
    merged(city, bureaus.pack([liaison.write("enterprise", uscc(5, "450103"), None, supersedes=id_of(first))]))
    assert city.store.first("SELECT count(*) FROM enterprise")[0] == 0


def test_both_versions_of_a_conflict_are_scored(bureaus: Bureaus, region: Region, liaison: Pen):
    other = Pen(region.liaison("450103", "b2"))
    city = bureaus.open()
    merged(
        city,
        bureaus.lay(
            Forge(region, region.clerk("450103"), [liaison.submission(5), other.submission(5, reasons={"x": "y"})])
        ),
    )
    assert city.store.first("SELECT count(*) FROM score WHERE total IS NOT NULL")[0] == 2
