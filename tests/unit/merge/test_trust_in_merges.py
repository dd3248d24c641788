"""Certificates, revocation lists and new roots that travel in packages."""

from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from support.authorities import NOW, Region, key, make_region
from support.bureaus import Bureaus, digest_of, merged
from support.forge import Pen, id_of
from zgsz_desktop.engine.derive import rebuild
from zgsz_desktop.engine.identity.certificates import keyid_of
from zgsz_desktop.engine.identity.chains import link_of
from zgsz_desktop.engine.identity.issuing import Subject, introduce_root, issue_root
from zgsz_desktop.engine.identity.keys import Signer
from zgsz_desktop.engine.identity.revocation import Reason, build_list, entry_for
from zgsz_desktop.engine.package.writer import export_package
from zgsz_desktop.engine.workspace import Workspace

LATER = NOW + timedelta(days=30)


@pytest.fixture
def liaison(region: Region) -> Pen:
    return Pen(region.liaison("450103"))


def revoke(region: Region, signer: Signer, issuer: Signer, reason: Reason = Reason.KEY_COMPROMISE, date=NOW) -> bytes:
    entry = entry_for(link_of(signer.certificate, issuer.certificate), reason, date)
    return build_list(issuer, [entry], 1, NOW)


def shown(workspace: Workspace) -> int:
    return workspace.store.first("SELECT count(*) FROM submission")[0]


def test_all_that_a_newly_revoked_author_wrote_is_derived_again(bureaus: Bureaus, region: Region, liaison: Pen):
    city = bureaus.open()
    merged(city, bureaus.pack([liaison.submission(1), liaison.submission(2), liaison.enterprise(3)]))
    crl = revoke(region, liaison.signer, region.authorities["450103"])
    report = merged(city, bureaus.pack([], crls=crl))
    assert report.revocations == 1
    assert shown(city) == 0
    assert city.store.first("SELECT count(*) FROM enterprise")[0] == 0
    assert city.store.first("SELECT count(*) FROM record")[0] == 3  # nothing is ever lost


def test_a_revoked_authority_takes_everybody_below_along(bureaus: Bureaus, region: Region, liaison: Pen):
    city = bureaus.open()
    merged(city, bureaus.pack([liaison.submission(1)]))
    crl = revoke(region, region.authorities["450103"], region.authorities["450100"])
    merged(city, bureaus.pack([], region.clerk("450100"), crls=crl))
    assert shown(city) == 0


def test_what_was_signed_before_an_end_in_good_order_stays(bureaus: Bureaus, region: Region, liaison: Pen):
    city = bureaus.open()
    late = Pen(region.liaison("450103", "b2"), at=LATER)
    merged(city, bureaus.pack([liaison.submission(1)]), bureaus.pack([late.submission(2)]))
    issuer = region.authorities["450103"]
    half_way = NOW + timedelta(days=10)
    entries = [
        entry_for(link_of(pen.signer.certificate, issuer.certificate), Reason.AFFILIATION_CHANGED, half_way)
        for pen in (liaison, late)
    ]
    merged(city, bureaus.pack([], crls=build_list(issuer, entries, 1, NOW)))
    assert shown(city) == 1


def test_an_accepted_submission_outlives_its_author(bureaus: Bureaus, region: Region, liaison: Pen):
    city = bureaus.open()
    one = liaison.submission(1)
    merged(city, bureaus.pack([one, Pen(region.clerk("450103")).review(one, division="450103")]))
    merged(city, bureaus.pack([], crls=revoke(region, liaison.signer, region.authorities["450103"])))
    assert city.store.query("SELECT record FROM submission") == [(id_of(one),)]


def test_a_list_may_come_before_the_records(bureaus: Bureaus, region: Region, liaison: Pen):
    early, late = bureaus.open(), bureaus.open()
    crl = revoke(region, liaison.signer, region.authorities["450103"])
    lists, records = bureaus.pack([], crls=crl), bureaus.pack([liaison.submission(1)])
    merged(early, lists, records)
    merged(late, records, lists)
    assert digest_of(early) == digest_of(late)
    assert shown(early) == 0
    rebuild(late)
    assert digest_of(early) == digest_of(late)


def test_a_forged_list_is_reported_and_ignored(bureaus: Bureaus, region: Region, liaison: Pen):
    foreign = make_region("假")
    forged = revoke(foreign, liaison.signer, foreign.authorities["450103"])
    city = bureaus.open()
    report = merged(city, bureaus.pack([liaison.submission(1)], crls=forged))
    assert (report.revocations, len(report.warnings), report.total.new) == (0, 1, 1)
    assert "吊销列表没有采用" in report.warnings[0]


def test_rubbish_instead_of_lists_is_reported_and_ignored(bureaus: Bureaus, liaison: Pen):
    report = merged(bureaus.open(), bureaus.pack([liaison.submission(1)], crls=b"nothing of the kind"))
    assert (report.total.new, len(report.warnings)) == (1, 1)


def test_a_neighbours_authority_revokes_nobody_here(bureaus: Bureaus, region: Region, liaison: Pen):
    crl = revoke(region, liaison.signer, region.authorities["450102"])
    city = bureaus.open()
    merged(city, bureaus.pack([liaison.submission(1)], crls=crl))
    assert shown(city) == 1


def test_a_revoked_producer_is_said_not_refused(bureaus: Bureaus, region: Region, liaison: Pen):
    clerk = region.clerk("450103")
    crl = revoke(region, clerk, region.authorities["450103"])
    report = merged(bureaus.open(), bureaus.pack([liaison.submission(1)], clerk, crls=crl))
    assert (report.producer.revoked, report.total.new) == (True, 1)
    assert "已被吊销" in report.warnings[0]


def test_lists_travel_on(bureaus: Bureaus, region: Region, liaison: Pen, tmp_path: Path):
    city, above = bureaus.open(), bureaus.open("450000")
    crl = revoke(region, liaison.signer, region.authorities["450103"])
    merged(city, bureaus.pack([liaison.submission(1)], crls=crl), bureaus.pack([], region.clerk("450100")))
    out = export_package(city, tmp_path / "up.zgsz", to_division="450000", sealer=region.clerk("450100")).path
    assert merged(above, out).revocations == 1
    assert digest_of(above).state == digest_of(city).state


def test_the_newest_list_of_an_issuer_is_kept(bureaus: Bureaus, region: Region, liaison: Pen):
    issuer = region.authorities["450103"]
    entry = entry_for(link_of(liaison.signer.certificate, issuer.certificate), Reason.SUPERSEDED, NOW)
    new, old = build_list(issuer, [entry], 2, LATER), build_list(issuer, [], 1, NOW)
    city = bureaus.open()
    merged(city, bureaus.pack([liaison.enterprise(1)], crls=new), bureaus.pack([], crls=old))
    assert city.store.query("SELECT pem FROM crl") == [(new,)]
    assert city.store.first("SELECT count(*) FROM revocation")[0] == 1  # nothing is un-revoked


def test_an_introduced_root_is_pinned_beside_the_old(bureaus: Bureaus, region: Region, tmp_path: Path):
    new_key = key("新根")
    new_root = issue_root(new_key, Subject("自治区工信厅新", "自治区工信厅"), NOW)
    introduction = introduce_root(region.root, new_root, NOW)
    region.clerk("450103")
    certificates = [*region.certificates(), introduction, new_root]
    city, above = bureaus.open(), bureaus.open("450000")
    merged(
        city,
        bureaus.pack(
            [Pen(region.liaison("450103")).enterprise(1)],
            certificates=[*certificates, region.liaison("450103").certificate],
        ),
    )
    roots = [row[0] for row in city.store.query("SELECT keyid FROM certificate WHERE root = 1")]
    assert sorted(roots) == sorted([keyid_of(region.root.certificate), keyid_of(new_root)])
    merged(city, bureaus.pack([], region.clerk("450100")))
    out = export_package(city, tmp_path / "up.zgsz", to_division="450000", sealer=region.clerk("450100")).path
    merged(above, out)
    assert digest_of(above) == digest_of(city)


def test_a_root_that_nobody_introduced_is_not_pinned(bureaus: Bureaus, region: Region):
    foreign = make_region("假")
    region.clerk("450103")
    city = bureaus.open()
    merged(city, bureaus.pack([], certificates=[*region.certificates(), foreign.root.certificate]))
    assert city.store.first("SELECT count(*) FROM certificate WHERE root = 1")[0] == 1
    held = {row[0] for row in city.store.query("SELECT der FROM certificate")}
    assert foreign.root.certificate.public_bytes(Encoding.DER) not in held


def test_a_newer_list_that_lacks_an_entry_does_not_hide_it_from_others(
    bureaus: Bureaus, region: Region, liaison: Pen, tmp_path: Path
):
    issuer = region.authorities["450103"]
    entry = entry_for(link_of(liaison.signer.certificate, issuer.certificate), Reason.KEY_COMPROMISE, NOW)
    full, lacking = build_list(issuer, [entry], 1, NOW), build_list(issuer, [], 2, LATER)
    city, above = bureaus.open(), bureaus.open("450000")
    merged(
        city, bureaus.pack([liaison.submission(1)], crls=full), bureaus.pack([], region.clerk("450100"), crls=lacking)
    )
    assert city.store.first("SELECT count(*) FROM crl")[0] == 2
    out = export_package(city, tmp_path / "up.zgsz", to_division="450000", sealer=region.clerk("450100")).path
    merged(above, out)
    assert digest_of(above) == digest_of(city)


def test_a_list_travels_with_the_certificate_of_its_issuer(bureaus: Bureaus, region: Region, tmp_path: Path):
    neighbour = Pen(region.liaison("450102"))
    crl = revoke(region, neighbour.signer, region.authorities["450102"])
    city, above = bureaus.open(), bureaus.open("450000")
    merged(city, bureaus.pack([], region.clerk("450100"), crls=crl))
    out = export_package(city, tmp_path / "up.zgsz", to_division="450000", sealer=region.clerk("450100")).path
    report = merged(above, out)
    assert (report.revocations, report.warnings) == (1, ())
