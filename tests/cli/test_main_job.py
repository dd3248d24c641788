"""The main job from end to end through the command line, each workspace alone, only files between them."""

import zipfile

import pytest
from pypdf import PdfReader

from support.commandline import (
    ANSWERS,
    CITY,
    COUNTY,
    PASSPHRASE,
    REGION,
    People,
    credit_code,
    done,
    enrol,
    hand_over,
    state_of,
    zgsz,
)

NAMES = ("county", "city", "region")


def counts(report):
    return {name: report["total"][name] for name in ("new", "known", "refused", "conflict", "flagged")}


@pytest.mark.parametrize("name", NAMES)
def test_the_answered_enterprise_is_in_every_bureau(finished: People, name: str) -> None:
    again = done(
        "merge", finished.file("up.zgsz"), "--for-another-bureau", "--dry-run", "--json", folder=finished[name]
    )
    assert again.data[0]["total"]["new"] == 0
    assert again.data[0]["total"]["known"] > 0


def test_every_way_up_gives_the_same_records(finished: People) -> None:
    digests = {name: done("digest", "--json", folder=finished[name]).data for name in NAMES}
    assert len({one["records"] for one in digests.values()}) == 1
    assert len({one["state"] for one in digests.values()}) == 1


def test_another_route_gives_the_same_digest(people: People) -> None:
    second = people["second"]
    done(
        "init",
        "--division",
        REGION,
        "--workspace",
        second,
        "--root",
        people.file("city.zgszcert"),
        "--fingerprint",
        people.root,
    )
    done("merge", people.file("up.zgsz"), "--for-another-bureau", folder=second)
    done("merge", people.file("city.zgsz"), people.file("county.zgsz"), "--for-another-bureau", folder=second)
    assert done("digest", folder=second).out == done("digest", folder=people["region"]).out


def test_a_dry_run_says_what_the_merge_then_does(people: People) -> None:
    second = people["second"]
    done(
        "init",
        "--division",
        COUNTY,
        "--workspace",
        second,
        "--root",
        people.file("city.zgszcert"),
        "--fingerprint",
        people.root,
    )
    before = state_of(second)
    dry = done("merge", people.file("up.zgsz"), "--dry-run", "--json", folder=second).data
    assert state_of(second) == before
    wet = done("merge", people.file("up.zgsz"), "--json", folder=second).data
    assert counts(dry[0]) == counts(wet[0])
    assert wet[0]["total"]["new"] > 0


def test_merging_again_finds_everything_known(people: People) -> None:
    before = state_of(people["county"])
    again = done("merge", people.file("up.zgsz"), "--json", folder=people["county"]).data[0]
    assert again["already_merged"]
    assert again["total"]["new"] == 0
    assert state_of(people["county"])[0] == before[0]


@pytest.mark.parametrize("name", [*NAMES, "liaison"])
def test_rebuild_changes_no_digest(people: People, name: str) -> None:
    before = done("digest", folder=people[name]).out
    rebuilt = done("rebuild", folder=people[name])
    assert rebuilt.out == before
    assert "没有变化" in rebuilt.err


def test_the_form_bears_the_name_and_the_digest(finished: People, tmp_path) -> None:
    path = tmp_path / "form.pdf"
    said = done("report", credit_code(1), "--form", "expert-review", "-o", path, "--json", folder=finished["region"])
    text = [page.extract_text() for page in PdfReader(path).pages]
    assert said.data["pages"] == len(text)
    assert "邕江1号糖业有限公司" in "".join(text)
    state = done("digest", "--json", folder=finished["region"]).data["state"]
    assert all(state[:8] in page.replace(" ", "") for page in text)


def test_a_form_for_nobody_answered_is_refused(finished: People, tmp_path) -> None:
    said = zgsz("report", credit_code(2), "-o", tmp_path / "form.pdf", folder=finished["region"])
    assert said.refused_by("form.no_submission")
    assert not list(tmp_path.iterdir())


def test_the_submission_scores_as_the_file_does(people: People) -> None:
    alone = done("score", ANSWERS, "--json").data
    done("answer", credit_code(2), ANSWERS, folder=people["liaison"])
    signed = done("submit", credit_code(2), "--json", folder=people["liaison"], passphrase=PASSPHRASE).data
    assert signed["result"]["frameworks"] == alone["frameworks"]


def test_inspect_says_the_same_with_and_without_a_workspace(finished: People) -> None:
    alone = done("inspect", finished.file("up.zgsz"), "--json")
    known = done("inspect", finished.file("up.zgsz"), "--json", folder=finished["county"])
    assert not alone.data["trusted"]
    assert "没有核对签名人的来历" in alone.err
    assert known.data == alone.data | {"trusted": True}
    assert known.data["counts"]["submission"] == 1


def test_a_second_liaison_in_conflict_is_shown_and_not_refused(people: People) -> None:
    enrol(people, "other", COUNTY, "county")
    done("merge", people.file("task.zgsz"), folder=people["other"])
    done("answer", credit_code(1), ANSWERS, folder=people["other"])
    done("submit", credit_code(1), "--respondent", "黄厂长", folder=people["other"], passphrase=PASSPHRASE)
    hand_over(people, "other", COUNTY, "other.zgsz")
    report = done("merge", people.file("other.zgsz"), "--json", folder=people["county"]).data[0]
    assert report["total"]["conflict"] == 1


def test_importing_the_roster_again_changes_nothing(people: People) -> None:
    before = state_of(people["county"])
    said = done(
        "roster", "import", people.file("roster.xlsx"), "--json", folder=people["county"], passphrase=PASSPHRASE
    )
    assert (said.data["created"], said.data["updated"], said.data["unchanged"]) == (0, 0, 3)
    assert state_of(people["county"]) == before


def test_an_expert_is_enrolled_by_the_city(people: People) -> None:
    enrol(people, "expert", CITY, "city", role="expert")
    shown = done("identity", "show", "--json", folder=people["expert"]).data
    assert [one["person"] for one in shown] == ["覃晓岚"]
    assert shown[0]["name"].startswith("expert-")


def test_a_root_may_come_from_a_pem_file(people: People, tmp_path) -> None:
    pem = tmp_path / "root.pem"
    pem.write_bytes(zipfile.ZipFile(people.file("city.zgszcert")).read("certs.pem"))
    done("init", "--division", CITY, "--workspace", tmp_path / "new", "--root", pem, "--fingerprint", people.root)
    assert done("merge", people.file("county.zgsz"), folder=tmp_path / "new").status == 0
