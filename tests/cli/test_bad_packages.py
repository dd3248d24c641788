"""Hostile packages and records through the command line: refused with one sentence, and nothing half-done."""

import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from support.authorities import Region, make_region
from support.commandline import CITY, COUNTY, OTHER_COUNTY, PASSPHRASE, People, done, state_of, zgsz
from support.forge import Forge, Part, Pen, id_of, zip_bytes
from zgsz_desktop import cli
from zgsz_desktop.engine.clock import SystemClock
from zgsz_desktop.engine.identity.certificates import write_pem_bundle
from zgsz_desktop.engine.identity.introductions import root_fingerprint
from zgsz_desktop.engine.identity.names import holder_of
from zgsz_desktop.engine.model import Role
from zgsz_desktop.engine.records.envelope import Envelope


@pytest.fixture(scope="module")
def region() -> Region:
    """A region whose keys the test holds; it began yesterday, for the program looks at the real date."""
    return make_region(at=region_began())


def region_began() -> datetime:
    return SystemClock().now() - timedelta(days=1)


@pytest.fixture
def city(tmp_path: Path, region: Region) -> Path:
    """A city's workspace that was set up by the program and trusts this region; one package is merged in it."""
    root = tmp_path / "root.pem"
    root.write_bytes(write_pem_bundle([region.root.certificate]))
    fingerprint = root_fingerprint(region.root.certificate)
    here = tmp_path / "city"
    done("init", "--division", CITY, "--root", root, "--fingerprint", fingerprint, "--workspace", here)
    first = lay(tmp_path, packed(region, pen(region).enterprise(1)).build())
    done("merge", first, folder=here)
    return here


def clerk(region: Region, county: str = COUNTY):
    name = holder_of(Role.CLERK, county, "k1").name
    return region.authors.get(name) or region.enrol(Role.CLERK, county, "k1", person="李科员", at=region_began())


def pen(region: Region, county: str = COUNTY) -> Pen:
    return Pen(clerk(region, county), at=SystemClock().now())


def packed(region: Region, *envelopes: Envelope, **more: object) -> Forge:
    return Forge(region, clerk(region), list(envelopes), created_at=SystemClock().now(), **more)


def lay(folder: Path, data: bytes) -> Path:
    path = folder / "包.zgsz"
    path.write_bytes(data)
    return path


# --- the container


def cut_short(forge: Forge) -> bytes:
    return forge.build()[:-300]


def flipped_bit(forge: Forge) -> bytes:
    data = bytearray(forge.build())
    data[data.index(b"records.jsonl") + 40] ^= 1
    return bytes(data)


def changed_records(forge: Forge) -> bytes:
    parts = [part.with_(data=part.data[:-1] + b" ") if part.name == "records.jsonl" else part for part in forge.parts()]
    return zip_bytes(parts)


def changed_manifest(forge: Forge) -> bytes:
    good = forge.parts()
    other = replace(forge, package_id="f" * 32).parts()
    manifest = other[-1].data.split(b'"signatures"')[0] + b'"signatures"' + good[-1].data.split(b'"signatures"')[1]
    return zip_bytes([*good[:-1], good[-1].with_(data=manifest)])


def extra_entry(forge: Forge) -> bytes:
    *parts, manifest = forge.parts()
    return zip_bytes([*parts, Part("virus.exe", b"MZ"), manifest])


def upward_name(forge: Forge) -> bytes:
    *parts, manifest = forge.parts()
    return zip_bytes([*parts, Part("../../evil.txt", b"x"), manifest])


def bomb(forge: Forge) -> bytes:
    parts = [
        part.with_(data=bytes(50_000_000), size=len(part.data)) if part.name == "records.jsonl" else part
        for part in forge.parts()
    ]
    return zip_bytes(parts)


def trailing(forge: Forge) -> bytes:
    return zip_bytes(forge.parts(), after=b"tail")


def no_zip(_: Forge) -> bytes:
    return "今天天气很好".encode() * 50


def empty(_: Forge) -> bytes:
    return b""


CONTAINERS: dict[Callable[[Forge], bytes], set[str]] = {
    cut_short: {"package.cut_short"},
    flipped_bit: {"package.damaged", "package.hash_differs"},
    changed_records: {"package.hash_differs"},
    changed_manifest: {"package.manifest_signature"},
    extra_entry: {"package.unlisted_entry"},
    upward_name: {"package.unsafe_name"},
    bomb: {"package.bomb"},
    trailing: {"package.trailing_data"},
    no_zip: {"package.not_zip"},
    empty: {"package.not_zip", "package.cut_short"},
}


@pytest.mark.parametrize("make", CONTAINERS, ids=lambda make: make.__name__)
def test_a_bad_package_is_refused_whole(city: Path, tmp_path: Path, region: Region, make) -> None:
    path = lay(tmp_path, make(packed(region, pen(region).enterprise(2))))
    before = state_of(city)
    said = zgsz("merge", path, folder=city)
    assert any(said.refused_by(code) for code in CONTAINERS[make]), said
    assert said.err.startswith("包.zgsz：")
    assert said.err.count("\n") == 1
    assert state_of(city) == before
    assert not (tmp_path.parent / "evil.txt").exists()


@pytest.mark.parametrize("make", CONTAINERS, ids=lambda make: make.__name__)
@pytest.mark.parametrize("with_workspace", [True, False])
def test_a_bad_package_is_not_shown_as_good(city: Path, tmp_path: Path, region: Region, make, with_workspace) -> None:
    path = lay(tmp_path, make(packed(region, pen(region).enterprise(2))))
    said = zgsz("inspect", path, folder=city if with_workspace else None)
    assert any(said.refused_by(code) for code in CONTAINERS[make]), said
    assert said.out == ""


def test_json_names_the_package_that_was_refused_whole_and_the_others_go_on(city, tmp_path, region: Region) -> None:
    bad = lay(tmp_path, cut_short(packed(region, pen(region).enterprise(2))))
    good = tmp_path / "好.zgsz"
    good.write_bytes(packed(region, pen(region).enterprise(3)).build())
    said = zgsz("merge", bad, good, "--json", folder=city)
    assert said.status == cli.REFUSED
    assert said.data[0]["code"] == "package.cut_short"
    assert said.data[0]["refused_whole"]
    assert said.data[1]["total"]["new"] == 1


def test_a_package_of_strangers_is_refused_whole(city: Path, tmp_path: Path) -> None:
    strangers = make_region("假", at=region_began())
    path = lay(tmp_path, packed(strangers, pen(strangers).enterprise(2)).build())
    before = state_of(city)
    assert zgsz("merge", path, folder=city).refused_by("package.manifest_untrusted")
    assert zgsz("inspect", path, folder=city).status == cli.REFUSED
    assert zgsz("inspect", path, "--json").data["trusted"] is False
    assert state_of(city) == before


def test_a_package_for_another_bureau_wants_a_word(city: Path, tmp_path: Path, region: Region) -> None:
    path = lay(tmp_path, packed(region, pen(region).enterprise(2), to_division="450200").build())
    before = state_of(city)
    assert zgsz("merge", path, folder=city).refused_by("package.other_bureau")
    assert state_of(city) == before
    assert done("merge", path, "--for-another-bureau", "--json", folder=city).data[0]["total"]["new"] == 1


def test_a_folder_is_no_package(city: Path, tmp_path: Path) -> None:
    assert zgsz("merge", tmp_path, folder=city).refused_by("package.unreadable")
    assert zgsz("inspect", tmp_path).refused_by("package.unreadable")


# --- single records: the others of the same package stay


def broken(envelope: Envelope) -> Envelope:
    return replace(envelope, signature=bytes([envelope.signature[0] ^ 1]) + envelope.signature[1:])


def records_of(folder: Path) -> set[str]:
    with closing(sqlite3.connect(folder / "workspace.db")) as connection:
        return {
            row[0] if isinstance(row[0], str) else row[0].hex() for row in connection.execute("SELECT id FROM record")
        }


def stranger(region: Region) -> Envelope:
    return pen(make_region("假", at=region_began())).enterprise(5)


def of_another_county(region: Region) -> Envelope:
    return pen(region, OTHER_COUNTY).enterprise(5, division=COUNTY)


def with_broken_signature(region: Region) -> Envelope:
    return broken(pen(region).enterprise(5))


SINGLE: dict[Callable[[Region], Envelope], str] = {
    stranger: "identity.no_certificate",
    of_another_county: "record.other_division",
    with_broken_signature: "record.bad_signature",
}


@pytest.mark.parametrize("make", SINGLE, ids=lambda make: make.__name__)
def test_one_bad_record_is_refused_and_the_others_are_merged(city: Path, tmp_path, region: Region, make) -> None:
    good = pen(region).enterprise(4)
    bad = make(region)
    path = lay(tmp_path, packed(region, good, bad).build())
    before = records_of(city)
    dry = zgsz("merge", path, "--dry-run", "--json", folder=city)
    assert records_of(city) == before
    said = zgsz("merge", path, "--json", folder=city)
    assert dry.status == said.status == cli.REFUSED
    assert said.data[0]["total"]["new"] == dry.data[0]["total"]["new"] == 1
    assert said.data[0]["total"]["refused"] == 1
    assert said.data[0]["refused"][0]["code"] == SINGLE[make]
    assert records_of(city) == before | {id_of(good)}


def test_refused_records_are_said_to_people_with_their_reason(city: Path, tmp_path: Path, region: Region) -> None:
    path = lay(tmp_path, packed(region, with_broken_signature(region)).build())
    said = zgsz("merge", path, folder=city)
    assert said.status == cli.REFUSED
    assert "拒收 1" in said.out
    assert "签名与内容对不上" in said.out


# --- enrolment files


def test_a_wrong_fingerprint_approves_nobody(people: People, tmp_path: Path) -> None:
    before = state_of(people["county"])
    asking = people.file("liaison.zgszreq")
    words = ("identity", "approve", asking, "--fingerprint", "1 2 3 4 5 6", "-o", tmp_path / "x.zgszcert")
    said = zgsz(*words, folder=people["county"], passphrase=PASSPHRASE)
    assert said.refused_by("identity.fingerprint_differs")
    assert state_of(people["county"]) == before
    assert not list(tmp_path.glob("x*"))


def test_the_answer_of_another_is_not_taken_in(people: People, tmp_path: Path) -> None:
    new = people["new"]
    done("init", "--division", COUNTY, "--workspace", new)
    words = ("identity", "request", "--role", "liaison", "--person", "甲", "--org", "乙", "-o", tmp_path / "x.zgszreq")
    done(*words, folder=new, passphrase="一个新口令")
    before_rows = records_of(new)
    words = ("identity", "import", people.file("liaison.zgszcert"), "--fingerprint", people.root)
    said = zgsz(*words, folder=new, passphrase="一个新口令")
    assert said.refused_by("identity.key_mismatch")
    assert records_of(new) == before_rows
    assert zgsz("merge", people.file("up.zgsz"), folder=new).refused_by("identity.no_root")


def test_a_changed_answer_is_not_taken_in(people: People, tmp_path: Path) -> None:
    new = people["new"]
    done("init", "--division", COUNTY, "--workspace", new)
    words = ("identity", "request", "--role", "liaison", "--person", "甲", "--org", "乙", "-o", tmp_path / "x.zgszreq")
    done(*words, folder=new, passphrase="一个新口令")
    cut = lay(tmp_path, people.file("liaison.zgszcert").read_bytes()[:-40])
    said = zgsz("identity", "import", cut, "--fingerprint", people.root, folder=new, passphrase="一个新口令")
    assert said.status == cli.REFUSED
    assert said.refused_by("package.cut_short")


@pytest.mark.parametrize("verb", ["approve", "import"])
@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"hello", "你好".encode("gbk") * 9, bytes(70_000)])
def test_any_file_for_enrolment_is_refused_in_words(people: People, tmp_path: Path, verb: str, data: bytes) -> None:
    new = people["new"]
    done("init", "--division", COUNTY, "--workspace", new)
    words = ("identity", "request", "--role", "liaison", "--person", "甲", "--org", "乙", "-o", tmp_path / "x.zgszreq")
    done(*words, folder=new, passphrase="一个新口令")
    path = lay(tmp_path, data)
    said = zgsz("identity", verb, path, "--fingerprint", people.root, folder=new, passphrase="一个新口令")
    assert said.status == cli.REFUSED, said
    assert "Traceback" not in said.err


def test_a_root_from_the_wrong_file_makes_no_workspace(people: People, tmp_path: Path) -> None:
    new = tmp_path / "new"
    words = ("init", "--division", COUNTY, "--workspace", new, "--root", people.file("city.zgszcert"))
    assert zgsz(*words, "--fingerprint", "12345 67890").refused_by("identity.fingerprint_differs")
    assert not (new / "workspace.db").exists()


def test_a_package_without_a_root_inside_is_no_root(people: People, tmp_path: Path) -> None:
    pem = tmp_path / "one.pem"
    pem.write_bytes(zipfile.ZipFile(people.file("up.zgsz")).read("certs.pem"))
    new = tmp_path / "new"
    said = zgsz("init", "--division", COUNTY, "--workspace", new, "--root", pem, "--fingerprint", people.root)
    assert said.refused_by("enrol.no_root_inside"), said
    assert not new.exists()
