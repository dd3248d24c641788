"""The digest: three lines that say whether two workspaces hold the same, and survive a rebuild."""

import hashlib
from itertools import permutations
from pathlib import Path

from support.authorities import NOW, Region
from support.bureaus import Bureaus, digest_of, merged
from support.forge import Pen, id_of
from zgsz_desktop.engine.derive import rebuild
from zgsz_desktop.engine.identity.chains import link_of
from zgsz_desktop.engine.identity.revocation import Reason, build_list, entry_for
from zgsz_desktop.engine.package.writer import export_package
from zgsz_desktop.engine.records.fold import FactTable, fold_all, state_line
from zgsz_desktop.engine.store.records import all_entities, facts_of_entities


def lines(*texts: str) -> str:
    return hashlib.sha256("".join(f"{text}\n" for text in sorted(texts)).encode()).hexdigest()


def test_an_empty_workspace(bureaus: Bureaus, region: Region):
    found = digest_of(bureaus.open())
    assert found.records == found.state == lines()
    assert found.lines() == [f"records {found.records}", f"trust {found.trust}", f"state {found.state}"]


def test_records_and_trust_are_as_documented(bureaus: Bureaus, region: Region):
    pen = Pen(region.liaison("450103"))
    one, two = pen.enterprise(1), pen.enterprise(2)
    issuer = region.authorities["450103"]
    crl = build_list(
        issuer, [entry_for(link_of(pen.signer.certificate, issuer.certificate), Reason.SUPERSEDED, NOW)], 1, NOW
    )
    city = bureaus.open()
    merged(city, bureaus.pack([one, two], crls=crl))
    found = digest_of(city)
    chain = [pen.signer, issuer, region.authorities["450100"]]
    assert found.records == lines(id_of(one), id_of(two))
    assert found.trust == lines(
        *(f"cert {signer.keyid}" for signer in chain),
        f"revoked {pen.signer.keyid} ended {int(NOW.timestamp())}",
        f"root {region.root.keyid}",
    )


def test_the_state_is_that_of_the_pure_fold(bureaus: Bureaus, region: Region):
    liaison, other = Pen(region.liaison("450103")), Pen(region.liaison("450103", "b2"))
    one = liaison.submission(1)
    review = Pen(region.clerk("450103")).review(one, division="450103")
    city = bureaus.open()
    merged(city, bureaus.pack([one, other.submission(1, reasons={"a": "b"}), review, liaison.enterprise(1)]))
    connection = city.store.connection
    facts = list(facts_of_entities(connection, all_entities(connection)))
    states = fold_all(facts, {})
    assert len(FactTable(facts, {}).entities()) == 3
    assert digest_of(city).state == lines(*(state_line(state).decode() for state in states.values()))


def test_local_names_and_times_are_in_no_digest(bureaus: Bureaus, region: Region):
    package = bureaus.pack([Pen(region.liaison("450103")).submission(1)])
    one, other = bureaus.open("450100"), bureaus.open("450000")
    other.clock.advance(days=400)
    merged(one, package)
    merged(other, package)
    assert digest_of(one) == digest_of(other)


def test_any_order_and_any_route(bureaus: Bureaus, region: Region, tmp_path: Path):
    packages = []
    for number, county in enumerate(("450102", "450103", "450102")):
        pen = Pen(region.liaison(county, f"h{number}"))
        packages.append(bureaus.pack([pen.enterprise(1), pen.submission(1)], region.clerk(county)))
    digests = set()
    for order in permutations(packages):
        city = bureaus.open()
        merged(city, *order)
        digests.add(digest_of(city))
    through = bureaus.open("450100")
    merged(through, *packages, bureaus.pack([], region.clerk("450100")))
    out = export_package(through, tmp_path / "up.zgsz", to_division="450000", sealer=region.clerk("450100")).path
    above = bureaus.open("450000")
    merged(above, out, packages[1], out)
    assert digests == {digest_of(above)}


def test_a_rebuild_changes_nothing(bureaus: Bureaus, region: Region):
    pen = Pen(region.liaison("450103"))
    city = bureaus.open()
    merged(city, bureaus.pack([pen.enterprise(1), pen.submission(1), pen.submission(2)]))
    before = digest_of(city)
    with city.store.transaction() as connection:
        connection.execute("DELETE FROM entity_state WHERE kind = 'enterprise'")
        connection.execute("UPDATE score SET total = '99'")
    assert digest_of(city) != before
    rebuild(city)
    assert digest_of(city) == before
    assert city.store.first("SELECT count(*) FROM submission WHERE total = '99'")[0] == 0
