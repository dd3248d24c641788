"""Merging: what gets in, what is said of it, and that nothing is half done."""

import hashlib
import json
import os
from dataclasses import asdict
from pathlib import Path

import pytest

from support.authorities import Region, make_region
from support.bureaus import Bureaus, digest_of, merged
from support.forge import Forge, Pen, id_of, uscc, zip_bytes
from zgsz_desktop.engine.errors import AppError, UserError
from zgsz_desktop.engine.merge import merge_package
from zgsz_desktop.engine.merge_report import UNREADABLE, KindCounts, MergeReport
from zgsz_desktop.engine.package.writer import export_package
from zgsz_desktop.engine.records.envelope import Envelope, encode_envelope, pae
from zgsz_desktop.engine.workspace import Workspace


@pytest.fixture
def liaison(region: Region) -> Pen:
    return Pen(region.liaison("450103"))


def tables(workspace: Workspace) -> dict[str, int]:
    names = [row[0] for row in workspace.store.query("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    return {name: workspace.store.first(f"SELECT count(*) FROM {name}")[0] for name in names}


def reasons(report: MergeReport) -> dict[str, str]:
    return {refusal.code: refusal.reason for refusal in report.refused}


def test_what_is_new_is_stored_and_shown(bureaus: Bureaus, liaison: Pen):
    city = bureaus.open()
    report = merged(city, bureaus.pack([liaison.enterprise(1), liaison.submission(1), liaison.submission(2)]))
    assert report.counts == {"enterprise": KindCounts(new=1), "submission": KindCounts(new=2)}
    assert city.store.first("SELECT name FROM enterprise")[0] == "第1号企业"
    assert city.store.first("SELECT count(*), min(total IS NOT NULL), max(flags) FROM submission") == (2, 1, "")


def test_the_producer_is_described(bureaus: Bureaus, liaison: Pen):
    producer = merged(bureaus.open(), bureaus.pack([liaison.enterprise(1)])).producer
    assert (producer.name, producer.person, producer.role, producer.revoked) == (
        "clerk-k1.450103",
        "李科员",
        "科员",
        False,
    )


def test_a_package_that_was_merged_is_known(bureaus: Bureaus, liaison: Pen):
    city = bureaus.open()
    package = bureaus.pack([liaison.enterprise(1), liaison.submission(1)])
    first = merged(city, package)
    before = (digest_of(city), tables(city))
    again = merged(city, package)
    assert (first.already_merged, again.already_merged) == (False, True)
    assert again.total == KindCounts(known=2)
    assert (digest_of(city), tables(city)) == before


def test_records_that_came_by_another_package_are_known(bureaus: Bureaus, liaison: Pen):
    city = bureaus.open()
    one, two = liaison.enterprise(1), liaison.enterprise(2)
    merged(city, bureaus.pack([one]))
    report = merged(city, bureaus.pack([one, two]))
    assert (report.already_merged, report.total) == (False, KindCounts(new=1, known=1))


def test_a_known_record_under_a_broken_signature_is_refused_and_stays(bureaus: Bureaus, liaison: Pen):
    city = bureaus.open()
    one = liaison.enterprise(1)
    merged(city, bureaus.pack([one]))
    broken = Envelope(one.payload_type, one.payload, one.keyid, liaison.signer.sign(b"something else"))
    report = merged(city, bureaus.pack([broken]))
    assert list(reasons(report)) == ["record.bad_signature"]
    assert city.store.first("SELECT count(*) FROM record")[0] == 1


def test_a_known_record_under_another_good_signature_is_known(bureaus: Bureaus, liaison: Pen):
    city = bureaus.open()
    one = liaison.enterprise(1)
    again = Envelope(one.payload_type, one.payload, one.keyid, liaison.signer.sign(pae(one.payload_type, one.payload)))
    assert merged(city, bureaus.pack([one]), bureaus.pack([again])).total == KindCounts(known=1)


def test_one_record_on_two_lines_is_one(bureaus: Bureaus, liaison: Pen):
    one = liaison.enterprise(1)
    report = merged(bureaus.open(), bureaus.pack([one, one]))
    assert report.total == KindCounts(new=1, known=1)


# --- refused records


def test_refused_records_do_not_stop_the_others(bureaus: Bureaus, region: Region, liaison: Pen):
    stranger = Pen(make_region("假").liaison("450103"))
    elsewhere = liaison.write("enterprise", uscc(3, "450102"), {"name": "邻县企业"}, division="450102")
    intruder = liaison.write("campaign", "2024", {"title": "我的批次"})
    broken = liaison.enterprise(4)
    broken = Envelope(broken.payload_type, broken.payload, broken.keyid, broken.signature[:-1] + b"\x00")
    good = liaison.enterprise(5)
    package = bureaus.lay(
        Forge(
            region,
            region.clerk("450103"),
            [stranger.enterprise(1), elsewhere, intruder, broken, good],
            lines=[b"", b"{}", b"no json", b"\xff", encode_envelope(liaison.enterprise(6))[:-9]],
        )
    )
    report = merged(bureaus.open(), package)
    assert report.total == KindCounts(new=1, refused=9)
    assert report.counts[UNREADABLE].refused == 5
    assert set(reasons(report)) == {
        "identity.no_certificate",
        "record.other_division",
        "record.wrong_author",
        "record.bad_signature",
        "record.envelope",
    }
    assert all(reason.endswith("。") for reason in reasons(report).values())


def test_a_record_of_a_stranger_who_brings_his_certificates(bureaus: Bureaus, region: Region, liaison: Pen):
    foreign = make_region("假")
    stranger = Pen(foreign.liaison("450103"))
    region.clerk("450103")
    certificates = [*region.certificates(), *foreign.certificates(), foreign.root.certificate]
    package = bureaus.pack([stranger.enterprise(1), liaison.enterprise(2)], certificates=certificates)
    city = bureaus.open()
    report = merged(city, package)
    assert list(reasons(report)) == ["identity.stranger"]
    held = city.store.query("SELECT keyid FROM certificate")
    assert (stranger.signer.keyid,) not in held


def test_a_record_of_a_neighbour_carried_by_somebody_else_counts_as_its_authors(bureaus: Bureaus, region: Region):
    neighbour = Pen(region.liaison("450102")).enterprise(1)
    city = bureaus.open()
    assert merged(city, bureaus.pack([neighbour], region.clerk("450103"))).total.new == 1
    assert city.store.first("SELECT division FROM enterprise")[0] == "450102"


def test_an_unknown_kind_is_kept_and_has_no_effect(bureaus: Bureaus, region: Region, tmp_path: Path, liaison: Pen):
    odd = [liaison.write("horoscope", f"h{number}", {"sign": "leo"}) for number in range(101)]
    city = bureaus.open()
    report = merged(city, bureaus.pack(odd))
    assert report.counts["horoscope"] == KindCounts(new=101)
    assert any("horoscope" in warning for warning in report.warnings)
    assert city.store.first("SELECT count(*) FROM entity_state")[0] == 0
    merged(city, bureaus.pack([], region.clerk("450100")))
    written = export_package(city, tmp_path / "up.zgsz", to_division="450000", sealer=region.clerk("450100"))
    assert written.counts == {"horoscope": 101}


def test_a_malformed_body_is_kept_and_never_effective(bureaus: Bureaus, liaison: Pen):
    city = bureaus.open()
    report = merged(city, bureaus.pack([liaison.write("enterprise", uscc(1, "450103"), {"name": 7})]))
    assert report.total.new == 1
    assert city.store.first("SELECT current FROM entity_state")[0] is None
    assert city.store.first("SELECT count(*) FROM enterprise")[0] == 0


# --- for whom


@pytest.mark.parametrize(("to", "here"), [("450102", "450103"), ("450200", "450103"), ("450200", "450100")])
def test_a_package_for_somebody_else_is_refused_unless_said_otherwise(
    bureaus: Bureaus, liaison: Pen, to: str, here: str
):
    workspace = bureaus.open(here)
    package = bureaus.pack([liaison.enterprise(1)], to_division=to)
    with pytest.raises(AppError) as caught:
        merge_package(workspace, package)
    assert caught.value.code == "package.other_bureau"
    assert workspace.divisions.name(to) in caught.value.message
    assert merge_package(workspace, package, for_another_bureau=True).total.new == 1


@pytest.mark.parametrize(("to", "here"), [("450100", "450103"), ("450103", "450100"), ("450103", "450103")])
def test_a_package_for_above_below_and_here_is_taken(bureaus: Bureaus, liaison: Pen, to: str, here: str):
    assert merged(bureaus.open(here), bureaus.pack([liaison.enterprise(1)], to_division=to)).total.new == 1


def test_without_a_pinned_root_nothing_is_merged(bureaus: Bureaus, liaison: Pen):
    with pytest.raises(UserError) as caught:
        merged(bureaus.open(pinned=False), bureaus.pack([liaison.enterprise(1)]))
    assert caught.value.code == "identity.no_root"


# --- preview, cancel, full disk


def test_a_preview_says_exactly_what_then_happens_and_stores_nothing(bureaus: Bureaus, region: Region, liaison: Pen):
    city = bureaus.open()
    merged(city, bureaus.pack([liaison.enterprise(1)]))
    other = Pen(region.liaison("450103", "b2"))
    neighbour = Pen(region.liaison("450102")).submission(1, division="450102", code=uscc(1, "450103"))
    package = bureaus.pack([liaison.submission(1), other.submission(1), neighbour, liaison.enterprise(9)])
    before = (digest_of(city), tables(city))
    preview = merge_package(city, package, dry_run=True)
    assert (digest_of(city), tables(city)) == before
    real = merge_package(city, package)
    assert preview.total.conflict == 1
    assert {**asdict(preview), "dry_run": False} == asdict(real)


def test_cancel_stores_nothing(bureaus: Bureaus, liaison: Pen):
    city = bureaus.open()
    package = bureaus.pack([liaison.enterprise(number) for number in range(1, 200)])
    before = (digest_of(city), tables(city))
    seen = []

    def progress(done: int, total: int) -> None:
        seen.append((done, total))
        if done >= 100:
            raise UserError("job.cancelled")

    with pytest.raises(UserError) as caught:
        merge_package(city, package, progress=progress)
    assert caught.value.code == "job.cancelled"
    assert seen[0] == (0, 199)
    assert (digest_of(city), tables(city)) == before
    assert merged(city, package).total.new == 199


def test_progress_ends_at_the_total(bureaus: Bureaus, liaison: Pen):
    seen: list[tuple[int, int]] = []
    package = bureaus.pack([liaison.enterprise(number) for number in range(1, 100)])
    merge_package(bureaus.open(), package, progress=lambda *step: seen.append(step))
    assert seen[-1] == (99, 99)
    assert seen == sorted(seen)


def test_a_full_disk_leaves_everything_as_it_was(bureaus: Bureaus, liaison: Pen):
    city = bureaus.open()
    merged(city, bureaus.pack([liaison.enterprise(1)]))
    before = (digest_of(city), tables(city))
    pages = city.store.first("PRAGMA page_count")[0]
    city.store.query(f"PRAGMA max_page_count = {pages + 4}")
    package = bureaus.pack([liaison.submission(number) for number in range(1, 60)])
    with pytest.raises(UserError) as caught:
        merge_package(city, package)
    assert caught.value.code == "store.disk_full"
    assert (digest_of(city), tables(city)) == before
    assert city.store.first("PRAGMA integrity_check") == ("ok",)
    city.store.query("PRAGMA max_page_count = 1000000")
    assert merged(city, package).total.new == 59


def test_a_damaged_package_leaves_everything_as_it_was(bureaus: Bureaus, liaison: Pen):
    city = bureaus.open()
    data = bureaus.pack([liaison.enterprise(1)]).read_bytes()
    before = tables(city)
    with pytest.raises(AppError) as caught:
        merged(city, bureaus.lay(data[: len(data) // 2]))
    assert caught.value.code == "package.cut_short"
    assert tables(city) == before


# --- the report


def test_a_conflict_is_listed_with_its_versions(bureaus: Bureaus, region: Region, liaison: Pen):
    other = Pen(region.liaison("450103", "b2"))
    one, two = liaison.submission(1), other.submission(1, profile={"employees": 5})
    report = merged(bureaus.open(), bureaus.pack([one, two]))
    (conflict,) = report.conflicts
    assert conflict.entity == f"2024/{uscc(1, '450103')}/initial"
    assert set(conflict.records) == {id_of(one), id_of(two)}
    assert "诊断结果有 2 份互不替换" in conflict.reason
    assert report.counts["submission"] == KindCounts(new=2, conflict=1, flagged=report.counts["submission"].flagged)


def test_the_report_as_json_adds_up(bureaus: Bureaus, region: Region, liaison: Pen):
    stranger = Pen(make_region("假").liaison("450103"))
    report = merged(
        bureaus.open(), bureaus.pack([liaison.enterprise(1), liaison.submission(1), stranger.enterprise(2)])
    )
    document = json.loads(json.dumps(report.to_json()))
    assert document["total"]["total"] == 3
    for counts in (*document["counts"].values(), document["total"]):
        assert counts["new"] + counts["known"] + counts["refused"] == counts["total"]
    assert sum(counts["total"] for counts in document["counts"].values()) == document["total"]["total"]


def test_an_import_is_noted_with_all_records_that_it_held(bureaus: Bureaus, liaison: Pen):
    city = bureaus.open()
    one, two = liaison.enterprise(1), liaison.enterprise(2)
    for package in (bureaus.pack([one]), bureaus.pack([one, two])):
        merged(city, package)
    rows = city.store.query("SELECT import_no, count(*) FROM import_record GROUP BY import_no ORDER BY import_no")
    assert rows == [(1, 1), (2, 2)]
    assert json.loads(city.store.query("SELECT counts FROM import ORDER BY no")[1][0])["enterprise"]["known"] == 1


def test_a_merge_touches_no_draft_and_writes_no_record_of_its_own(bureaus: Bureaus, liaison: Pen):
    city = bureaus.open()
    merged(city, bureaus.pack([liaison.enterprise(1), liaison.submission(1)]))
    assert city.store.first("SELECT count(*) FROM record WHERE own = 1")[0] == 0
    assert city.store.first("SELECT count(*) FROM draft")[0] == 0


def test_a_blob_is_kept_if_a_record_lists_it_and_its_hash_is_its_name(bureaus: Bureaus, region: Region, liaison: Pen):
    listed, unlisted = b"photo of the gate", b"a film"
    names = [hashlib.sha256(data).hexdigest() for data in (listed, unlisted)]
    attachment = {"sha256": names[0], "name": "门.jpg", "size": len(listed), "media_type": "image/jpeg"}
    record = liaison.submission(1, attachments=[attachment])
    city = bureaus.open()
    blobs = {names[0]: listed, names[1]: unlisted, "0" * 64: b"lies"}
    assert merged(city, bureaus.pack([record], blobs=blobs)).blobs == 1
    assert city.store.query("SELECT sha256, bytes FROM blob") == [(names[0], listed)]


def test_a_thin_package_is_filled_in_by_a_later_one(bureaus: Bureaus, liaison: Pen):
    data = b"photo"
    name = hashlib.sha256(data).hexdigest()
    record = liaison.submission(1, attachments=[{"sha256": name, "name": "a.jpg", "size": 5}])
    city = bureaus.open()
    assert merged(city, bureaus.pack([record])).blobs == 0
    assert merged(city, bureaus.pack([], blobs={name: data})).blobs == 1


def test_a_file_whose_name_is_in_another_encoding(bureaus: Bureaus, liaison: Pen):
    package = bureaus.pack([liaison.enterprise(1)])
    odd = package.rename(package.with_name(os.fsdecode("包.zgsz".encode("gbk"))))
    city = bureaus.open()
    assert merged(city, odd).file == "??.zgsz"
    odd.write_bytes(b"")
    with pytest.raises(AppError) as caught:
        merged(city, odd.with_name(odd.name + "x"))
    assert caught.value.code == "package.unreadable"
    assert caught.value.message.encode()


def test_records_that_are_not_those_of_the_manifest_undo_the_whole_merge(
    bureaus: Bureaus, region: Region, liaison: Pen
):
    _, good, more = (liaison.enterprise(number) for number in (1, 2, 3))
    while len(encode_envelope(more)) != len(encode_envelope(good)):  # signatures differ by a byte or two
        more = Envelope(
            more.payload_type, more.payload, more.keyid, liaison.signer.sign(pae(more.payload_type, more.payload))
        )
    parts = Forge(region, region.clerk("450103"), [good]).parts()
    exchanged = encode_envelope(more) + b"\n"
    data = zip_bytes([one.with_(data=exchanged) if one.name == "records.jsonl" else one for one in parts])
    city = bureaus.open()
    before = (digest_of(city), tables(city))
    with pytest.raises(AppError) as caught:
        merged(city, bureaus.lay(data))
    assert caught.value.code == "package.hash_differs"
    assert (digest_of(city), tables(city)) == before
