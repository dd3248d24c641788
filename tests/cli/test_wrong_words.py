"""What is typed wrongly after a verb: told in words, and nothing changed."""

import json
from pathlib import Path

import pytest

from support.commandline import ANSWERS, CITY, COUNTY, PASSPHRASE, REGION, People, credit_code, done, state_of, zgsz
from zgsz_desktop import cli


def answer_file(folder: Path, value: object) -> Path:
    path = folder / "answers.json"
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return path


BAD_ANSWERS = {
    "no JSON": ("{", "score_file.form"),
    "no object": ("[]", "score_file.form"),
    "no answers": ({}, "score_file.form"),
    "an option that is not there": ({"answers": {"sme.q02": {"choice": ["ZZ"]}}}, "draft.answers_refused"),
    "no answer object": ({"answers": {"sme.q02": "A"}}, "draft.answers_refused"),
    "a profile in words": ({"answers": {}, "profile": {"employees": "x"}}, "draft.answers_refused"),
    "one bad among good": (
        {"answers": {"sme.q01": {"choice": ["B"]}, "sme.q02": {"choice": ["ZZ"]}}},
        "draft.answers_refused",
    ),
}


@pytest.mark.parametrize("name", BAD_ANSWERS)
def test_bad_answers_leave_nothing_not_even_a_draft(people: People, tmp_path: Path, name: str) -> None:
    value, code = BAD_ANSWERS[name]
    before = state_of(people["liaison"])
    said = zgsz("answer", credit_code(2), answer_file(tmp_path, value), folder=people["liaison"])
    assert said.refused_by(code), said
    assert state_of(people["liaison"]) == before


def test_answers_to_unknown_questions_are_kept_but_not_silently(people: People, tmp_path: Path) -> None:
    path = answer_file(tmp_path, {"answers": {"sme.q99": {"choice": ["A"]}}})
    said = done("answer", credit_code(2), path, folder=people["liaison"])
    assert "sme.q99" in said.err


@pytest.mark.parametrize(("text", "code"), [("邕江", "enterprise.ambiguous"), ("", "enterprise.not_found")])
def test_one_enterprise_must_be_meant(people: People, text: str, code: str) -> None:
    assert zgsz("answer", text, ANSWERS, folder=people["liaison"]).refused_by(code)
    assert zgsz("report", text, "-o", "x.pdf", folder=people["liaison"]).refused_by(code)


@pytest.mark.parametrize("text", ["junk", "", "followup-0", "followup-", "initial/x"])
def test_a_round_has_its_form(people: People, text: str) -> None:
    before = state_of(people["liaison"])
    assert zgsz("answer", credit_code(2), ANSWERS, "--round", text, folder=people["liaison"]).status == cli.USAGE
    assert state_of(people["liaison"]) == before


def test_nothing_to_submit_is_said_and_begins_no_draft(people: People) -> None:
    before = state_of(people["liaison"])
    for number in (1, 2):  # signed already; never begun
        said = zgsz("submit", credit_code(number), folder=people["liaison"], passphrase=PASSPHRASE)
        assert said.refused_by("cli.no_draft")
    assert state_of(people["liaison"]) == before


def test_an_unfinished_assessment_is_not_signed(people: People, tmp_path: Path) -> None:
    path = answer_file(tmp_path, {"answers": {"sme.q02": {"choice": ["A"]}}})
    done("answer", credit_code(2), path, folder=people["liaison"])
    before = state_of(people["liaison"])
    said = zgsz("submit", credit_code(2), folder=people["liaison"], passphrase=PASSPHRASE)
    assert said.refused_by("submission.incomplete")
    assert state_of(people["liaison"]) == before


@pytest.mark.parametrize("reason", ["x", "=x", "x=", ""])
def test_a_reason_names_its_check(people: People, reason: str) -> None:
    words = ("submit", credit_code(2), "--reason", reason)
    assert zgsz(*words, folder=people["liaison"], passphrase=PASSPHRASE).status == cli.USAGE


@pytest.mark.parametrize("to", ["450200", "999999", "南宁", ""])
def test_a_package_goes_only_up_down_or_here(people: People, tmp_path: Path, to: str) -> None:
    before = state_of(people["county"])
    words = ("export", tmp_path / "x.zgsz", "--to", to)
    assert zgsz(*words, folder=people["county"], passphrase=PASSPHRASE).refused_by("package.no_way")
    assert state_of(people["county"]) == before
    assert not (tmp_path / "x.zgsz").exists()


@pytest.mark.parametrize("name", ["没有.json", "."])
def test_an_answer_file_that_cannot_be_read_is_told(people: People, tmp_path: Path, name: str) -> None:
    assert zgsz("score", tmp_path / name).refused_by("cli.unreadable")
    assert zgsz("answer", credit_code(2), tmp_path / name, folder=people["liaison"]).refused_by("cli.unreadable")


# --- enrolment


def test_enrolment_files_that_cannot_be_read_are_told(people: People, tmp_path: Path) -> None:
    gone = tmp_path / "没有"
    said = zgsz("identity", "approve", gone, folder=people["county"], passphrase=PASSPHRASE)
    assert said.refused_by("enrol.unreadable")
    said = zgsz("init", "--division", COUNTY, "--root", gone, "--workspace", tmp_path / "x")
    assert said.refused_by("enrol.unreadable")
    assert not (tmp_path / "x").exists()


def request(
    out: Path, role: str = "liaison", handle: str = "", person: str = "甲", org: str = "乙"
) -> tuple[object, ...]:
    words = ("identity", "request", "--role", role, "--person", person, "--org", org, "-o", out)
    return (*words, "--handle", handle) if handle else words


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"handle": "坏"}, "identity.name_form"),
        ({"handle": "A B"}, "identity.name_form"),
        ({"person": ""}, "identity.subject_form"),
        ({"person": "甲" * 65}, "identity.subject_form"),
        ({"org": "乙\n丙"}, "identity.subject_form"),
        ({"role": "expert"}, "enrol.wrong_level"),
    ],
)
def test_a_request_that_nobody_could_approve_makes_no_key(people: People, tmp_path: Path, changes, code: str) -> None:
    before = state_of(people["county"])
    said = zgsz(*request(tmp_path / "x.zgszreq", **changes), folder=people["county"], passphrase=PASSPHRASE)
    assert said.refused_by(code), said
    assert state_of(people["county"]) == before
    assert not (tmp_path / "x.zgszreq").exists()


def test_a_liaison_belongs_to_a_county(people: People, tmp_path: Path) -> None:
    said = zgsz(*request(tmp_path / "x.zgszreq"), folder=people["city"], passphrase=PASSPHRASE)
    assert said.refused_by("enrol.wrong_level")


def test_the_region_asks_nobody_for_its_authority(people: People, tmp_path: Path) -> None:
    words = ("identity", "authority", "--person", "甲", "--org", "乙", "-o", tmp_path / "x.zgszreq")
    assert zgsz(*words, folder=people["region"], passphrase=PASSPHRASE).refused_by("enrol.region_has_root")


@pytest.mark.parametrize(("name", "code"), [("county", "enrol.not_the_region"), ("region", "enrol.root_exists")])
def test_there_is_one_root(people: People, name: str, code: str) -> None:
    before = state_of(people[name])
    words = ("identity", "root", "--person", "甲", "--org", "乙")
    assert zgsz(*words, folder=people[name], passphrase=PASSPHRASE).refused_by(code)
    assert state_of(people[name]) == before


@pytest.fixture
def asked(people: People, tmp_path: Path) -> tuple[Path, str]:
    """A request from a new computer in the county, and its fingerprint."""
    done("init", "--division", COUNTY, "--workspace", people["new"])
    path = tmp_path / "new.zgszreq"
    said = done(*request(path, handle="new"), "--json", folder=people["new"], passphrase="新口令")
    return path, said.data["fingerprint"]


@pytest.mark.parametrize("days", ["0", "-5", "99999", "99999999999999", "x"])
def test_a_life_has_its_limits(people: People, asked: tuple[Path, str], days: str, tmp_path: Path) -> None:
    words = ("identity", "approve", asked[0], "--fingerprint", asked[1], "-o", tmp_path / "x.zgszcert", "--days", days)
    assert zgsz(*words, folder=people["county"], passphrase=PASSPHRASE).status == cli.USAGE


def test_a_shorter_life_is_given(people: People, asked: tuple[Path, str], tmp_path: Path) -> None:
    words = ("identity", "approve", asked[0], "--fingerprint", asked[1], "-o", tmp_path / "x.zgszcert", "--json")
    usual = done(*words, folder=people["county"], passphrase=PASSPHRASE).data["ends"]
    assert done(*words, "--days", "30", folder=people["county"], passphrase=PASSPHRASE).data["ends"] < usual


def test_nobody_is_approved_without_the_telephone(people: People, asked: tuple[Path, str], tmp_path: Path) -> None:
    before = state_of(people["county"])
    words = ("identity", "approve", asked[0], "-o", tmp_path / "x.zgszcert")
    assert zgsz(*words, folder=people["county"], passphrase=PASSPHRASE).refused_by("cli.answers_needed")
    assert state_of(people["county"]) == before


def test_an_answer_needs_a_file_for_another_computer(people: People, asked: tuple[Path, str]) -> None:
    words = ("identity", "approve", asked[0], "--fingerprint", asked[1])
    assert zgsz(*words, folder=people["county"], passphrase=PASSPHRASE).refused_by("enrol.out_needed")


def test_a_county_approves_nobody_of_the_city(people: People, tmp_path: Path) -> None:
    asking, out = tmp_path / "x.zgszreq", tmp_path / "x.zgszcert"
    words = request(asking, role="expert")
    told = done(*words, "--json", folder=people["city"], passphrase=PASSPHRASE).data["fingerprint"]
    before = state_of(people["county"])
    words = ("identity", "approve", asking, "--fingerprint", told, "-o", out)
    assert zgsz(*words, folder=people["county"], passphrase=PASSPHRASE).refused_by("identity.may_not_issue")
    assert state_of(people["county"]) == before
    assert not out.exists()


def test_a_liaison_approves_nobody(people: People, asked: tuple[Path, str], tmp_path: Path) -> None:
    words = ("identity", "approve", asked[0], "--fingerprint", asked[1], "-o", tmp_path / "x.zgszcert")
    assert zgsz(*words, folder=people["liaison"], passphrase=PASSPHRASE).refused_by("enrol.no_authority")


def test_an_answer_that_could_not_be_written_issued_nothing(people: People, asked: tuple[Path, str]) -> None:
    before = state_of(people["county"])
    words = ("identity", "approve", asked[0], "--fingerprint", asked[1], "-o", people["没有"] / "x.zgszcert")
    assert zgsz(*words, folder=people["county"], passphrase=PASSPHRASE).refused_by("file.no_folder")
    assert state_of(people["county"]) == before


@pytest.mark.parametrize(("told", "code"), [("", "cli.answers_needed"), ("12345", "identity.fingerprint_differs")])
def test_a_root_is_taken_only_when_compared(people: People, asked, tmp_path: Path, told: str, code: str) -> None:
    answer = tmp_path / "x.zgszcert"
    words = ("identity", "approve", asked[0], "--fingerprint", asked[1], "-o", answer)
    done(*words, folder=people["county"], passphrase=PASSPHRASE)
    before = state_of(people["new"])
    words = ("identity", "import", answer, "--fingerprint", told)
    assert zgsz(*words, folder=people["new"], passphrase="新口令").refused_by(code)
    assert state_of(people["new"]) == before


def test_what_waits_is_shown_by_its_short_name(people: People, asked: tuple[Path, str]) -> None:
    assert done("identity", "show", "--json", folder=people["new"]).data[0]["name"] == f"liaison-new.{COUNTY}"


def test_an_answer_is_taken_in_once(people: People) -> None:
    words = ("identity", "import", people.file("liaison.zgszcert"))
    assert zgsz(*words, folder=people["liaison"], passphrase=PASSPHRASE).refused_by("enrol.nothing_waits")


@pytest.mark.parametrize("division", [CITY, REGION])
def test_init_of_every_level(tmp_path: Path, division: str) -> None:
    made = done("init", "--division", division, "--title", "我的", "--workspace", tmp_path / "x", "--json")
    assert (made.data["division"], made.data["title"], made.data["root"]) == (division, "我的", None)
