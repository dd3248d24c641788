"""What every verb keeps: exit statuses, data on standard output, talk on standard error, who is asked for what."""

import os
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

from support.commandline import (
    ANSWERS,
    CITY,
    COUNTY,
    PASSPHRASE,
    People,
    credit_code,
    done,
    state_of,
    zgsz,
)
from zgsz_desktop import __version__, cli
from zgsz_desktop.commands import VERBS
from zgsz_desktop.commands.context import Context
from zgsz_desktop.engine.catalogue import CATALOGUE
from zgsz_desktop.engine.digest import Digest
from zgsz_desktop.engine.errors import BugError, UserError

Run = subprocess.CompletedProcess[str]

# --- exit statuses


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("digest",), cli.DONE),
        (("identity", "show"), cli.DONE),
        (("--version",), cli.DONE),
        (("--help",), cli.DONE),
        (("roster", "import", "--help"), cli.DONE),
        (("report", "没有这家"), cli.USAGE),
        (("report", "没有这家", "-o", "x.pdf"), cli.REFUSED),
        (("merge", "没有这个文件.zgsz"), cli.REFUSED),
        (("inspect", "没有这个文件.zgsz"), cli.REFUSED),
        (("score", "没有这个文件.json"), cli.REFUSED),
        (("score", str(ANSWERS), "--set", "没有@9"), cli.REFUSED),
        (("submit", "没有这家"), cli.REFUSED),
        ((), cli.USAGE),
        (("没有这个命令",), cli.USAGE),
        (("identity",), cli.USAGE),
        (("identity", "没有这个动作"), cli.USAGE),
        (("roster",), cli.USAGE),
        (("digest", "--nosuch"), cli.USAGE),
        (("merge",), cli.USAGE),
        (("init",), cli.USAGE),
        (("export", "x.zgsz", "--to", CITY, "--purpose", "nosuch"), cli.USAGE),
        (("identity", "approve", "x", "--days", "many"), cli.USAGE),
    ],
)
def test_exit_status(finished: People, words: tuple[str, ...], status: int) -> None:
    said = zgsz(*words, folder=finished["liaison"], passphrase=PASSPHRASE)
    assert said.status == status
    assert "Traceback" not in said.err


def test_usage_is_told_in_chinese_with_the_way_to_help() -> None:
    said = zgsz("没有这个命令")
    assert "命令写得不对" in said.err
    assert "--help" in said.err
    assert said.out == ""


@pytest.mark.parametrize("trouble", [ValueError("没想到"), KeyError("x"), BugError("bug.unexpected")])
def test_a_bug_is_status_3_with_its_sentence_and_its_trace(finished: People, monkeypatch, trouble) -> None:
    def fail(*_: object) -> Digest:
        raise trouble

    monkeypatch.setattr("zgsz_desktop.commands.upkeep.digest", fail)
    said = zgsz("digest", folder=finished["county"])
    assert said.status == cli.BUG
    assert CATALOGUE["bug.unexpected"].message in said.err
    assert type(trouble).__name__ in said.err or "bug.unexpected" in said.err
    assert said.out == ""


def test_ctrl_c_is_told_and_leaves_status_1(people: People, monkeypatch) -> None:
    before = state_of(people["county"])

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("zgsz_desktop.commands.upkeep.derive.rebuild", interrupted)
    said = zgsz("rebuild", folder=people["county"])
    assert said.status == cli.REFUSED
    assert "已停下" in said.err
    monkeypatch.undo()
    assert state_of(people["county"]) == before


# --- which workspace


def test_the_workspace_stands_before_or_after_the_verb_or_in_the_environment(finished: People) -> None:
    here = finished["county"]
    before = done("--workspace", here, "digest")
    assert before == done("digest", "--workspace", here) == done("digest", folder=here)
    assert before.out == done("--workspace", here, "digest", folder=finished["liaison"]).out


def test_json_stands_before_or_after_the_verb(finished: People) -> None:
    here = finished["county"]
    assert done("--json", "digest", folder=here).data == done("digest", "--json", folder=here).data


def test_two_word_verbs_take_the_workspace_at_each_place(finished: People) -> None:
    here = finished["county"]
    assert done("--workspace", here, "identity", "show") == done("identity", "show", "--workspace", here)


def test_the_words_win_over_the_environment(finished: People, tmp_path) -> None:
    said = zgsz("digest", "--workspace", tmp_path, folder=finished["county"])
    assert said.refused_by("store.not_found")


@pytest.mark.parametrize(
    "words", [("digest",), ("rebuild",), ("identity", "show"), ("merge", "x"), ("report", "x", "-o", "y")]
)
def test_without_a_workspace_it_says_so(words: tuple[str, ...]) -> None:
    assert zgsz(*words).refused_by("cli.no_workspace")


def test_score_and_inspect_need_no_workspace(finished: People) -> None:
    done("score", ANSWERS)
    done("inspect", finished.file("up.zgsz"))


# --- standard output and standard error


def reading_verbs(people: People, out) -> list[tuple[object, ...]]:
    return [
        ("digest",),
        ("rebuild",),
        ("identity", "show"),
        ("answer", credit_code(2), ANSWERS),
        ("score", ANSWERS),
        ("inspect", people.file("up.zgsz")),
        ("merge", people.file("up.zgsz")),
        ("merge", people.file("up.zgsz"), "--dry-run"),
        ("report", credit_code(1), "-o", out / "form.pdf"),
    ]


def signing_verbs(people: People, out) -> list[tuple[object, ...]]:
    return [
        ("roster", "import", people.file("roster.xlsx")),
        ("submit", credit_code(2)),
        ("export", out / "x.zgsz", "--to", CITY),
        ("identity", "request", "--role", "liaison", "--person", "甲", "--org", "乙", "-o", out / "x.zgszreq"),
        ("identity", "authority", "--person", "甲", "--org", "乙", "-o", out / "x.zgszreq"),
        ("identity", "import", people.file("liaison.zgszcert")),
        ("identity", "root", "--person", "甲", "--org", "乙"),
        ("identity", "approve", people.file("liaison.zgszreq"), "--fingerprint", "1", "-o", out / "x.zgszcert"),
    ]


def test_no_passphrase_is_asked_by_what_signs_nothing(people: People, tmp_path) -> None:
    for words in reading_verbs(people, tmp_path):
        done(*words, folder=people["county"])


def test_what_signs_says_that_it_needs_the_passphrase_and_changes_nothing(people: People, tmp_path) -> None:
    before = state_of(people["county"])
    for words in signing_verbs(people, tmp_path):
        said = zgsz(*words, folder=people["county"])
        assert said.refused_by("cli.no_passphrase"), words
    assert state_of(people["county"]) == before
    assert not list(tmp_path.glob("x.*"))


def test_json_of_every_verb_that_prints_data_is_json_and_nothing_else(people: People, tmp_path) -> None:
    for words in reading_verbs(people, tmp_path):
        assert done(*words, "--json", folder=people["county"]).data
    for words in signing_verbs(people, tmp_path)[2:5]:
        assert done(*words, "--json", folder=people["county"], passphrase=PASSPHRASE).data


def test_a_merge_for_people_prints_its_report(people: People) -> None:
    said = done("merge", people.file("up.zgsz"), folder=people["county"])
    assert "up.zgsz：已合并" in said.out
    assert "覃晓岚" in said.out
    assert said.err == ""


def test_talk_goes_to_standard_error_only(people: People) -> None:
    said = zgsz("merge", "没有.zgsz", "--json", folder=people["county"])
    assert said.status == cli.REFUSED
    assert said.data[0]["code"] == "package.unreadable"
    assert CATALOGUE["package.unreadable"].remedy in said.err


# --- the passphrase


@pytest.mark.parametrize("word", ["export", "submit", "roster"])
def test_a_wrong_passphrase_changes_nothing(people: People, tmp_path, word: str) -> None:
    before = state_of(people["county"])
    words = next(one for one in signing_verbs(people, tmp_path) if one[0] == word)
    assert zgsz(*words, folder=people["county"], passphrase="不对").refused_by("identity.wrong_passphrase")
    assert state_of(people["county"]) == before
    assert not list(tmp_path.glob("x.*"))


def test_one_passphrase_opens_all_keys_of_a_workspace(people: People, tmp_path) -> None:
    words = ("identity", "request", "--role", "liaison", "--person", "甲", "--org", "乙", "-o", tmp_path / "x.zgszreq")
    before = state_of(people["county"])
    assert zgsz(*words, folder=people["county"], passphrase="另一个").refused_by("identity.wrong_passphrase")
    assert state_of(people["county"]) == before


class Somebody:
    """A standard input at which somebody sits."""

    @staticmethod
    def isatty() -> bool:
        return True


def test_a_new_passphrase_is_asked_twice(monkeypatch) -> None:
    typed = iter(["一个", "另一个"])
    monkeypatch.setattr("getpass.getpass", lambda _: next(typed))
    monkeypatch.setattr(sys, "stdin", Somebody())
    monkeypatch.delenv("ZGSZ_PASSPHRASE", raising=False)
    with pytest.raises(UserError) as caught:
        Context.of_process(None, as_json=False).passphrase(new=True)
    assert caught.value.code == "cli.passphrases_differ"


def test_an_old_passphrase_is_asked_once(monkeypatch) -> None:
    typed = iter(["一个"])
    monkeypatch.setattr("getpass.getpass", lambda _: next(typed))
    monkeypatch.setattr(sys, "stdin", Somebody())
    monkeypatch.delenv("ZGSZ_PASSPHRASE", raising=False)
    assert Context.of_process(None, as_json=False).passphrase() == "一个"


# --- as a program of its own


FULL = Path("/dev/full")


def program(*words: object, stdout: IO[bytes] | int = subprocess.PIPE, **environment: str) -> Run:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("ZGSZ_")}
    return subprocess.run(
        [sys.executable, "-m", "zgsz_desktop", *map(str, words)],
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        env=plain | {"PYTHONUTF8": "1"} | environment,
        check=False,
    )


def test_the_program_itself_makes_a_key_and_a_root(tmp_path) -> None:
    here = str(tmp_path / "region")
    assert program("init", "--division", "450000", ZGSZ_WORKSPACE=here).returncode == cli.DONE
    words = ("identity", "root", "--person", "厅", "--org", "厅")
    assert program(*words, ZGSZ_WORKSPACE=here).returncode == cli.REFUSED
    made = program(*words, ZGSZ_WORKSPACE=here, ZGSZ_PASSPHRASE=PASSPHRASE)
    assert made.returncode == cli.DONE, made.stderr
    assert "核对码" in made.stdout


def test_the_program_itself_ends_with_2_where_the_words_are_wrong() -> None:
    assert program("没有这个命令").returncode == cli.USAGE


def test_the_program_speaks_chinese_where_the_console_cannot(finished: People) -> None:
    said = program("digest", "--workspace", "没有", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert said.returncode == cli.REFUSED
    assert "Traceback" not in said.stderr


def test_a_reader_that_goes_away_is_no_bug() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as nobody:
        said = program("score", ANSWERS, "--json", stdout=nobody)
    assert said.stderr == ""
    assert said.returncode == cli.DONE


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
def test_output_into_a_full_disk_is_told(finished: People) -> None:
    with FULL.open("wb") as full:
        said = program("digest", "--workspace", finished["county"], stdout=full)
    assert said.returncode == cli.REFUSED
    assert said.stderr.strip() == str(UserError("cli.output_failed"))


def test_version() -> None:
    assert __version__ in done("--version").out


def test_each_verb_has_a_help_of_its_own() -> None:
    for verb in VERBS:
        assert verb.help in done(*verb.name.split(), "--help").out.replace("\n", "")
    assert COUNTY not in done("--help").err
