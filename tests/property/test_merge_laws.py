"""The union laws, through real packages and real stores: order, repetition, partition and route do not matter.

A fixed pool of records holds what makes merging hard: conflicts, corrections, reviews, assignments, withdrawals, records
of refused, unknown and malformed sorts, and revocation lists. Hypothesis chooses which of them exist, how they are packed,
and on which way they travel.
"""

import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.authorities import NOW, Region, make_region
from support.bureaus import Bureaus, digest_of, merged
from support.forge import Pen, id_of, uscc
from zgsz_desktop.engine.derive import rebuild
from zgsz_desktop.engine.digest import Digest
from zgsz_desktop.engine.identity.chains import link_of
from zgsz_desktop.engine.identity.revocation import Reason, build_list, entry_for
from zgsz_desktop.engine.package.writer import export_package
from zgsz_desktop.engine.records.envelope import Envelope
from zgsz_desktop.engine.workspace import Workspace


@dataclass(frozen=True)
class Pool:
    region: Region
    envelopes: list[Envelope]
    lists: list[bytes]


@cache
def pool() -> Pool:
    region = make_region()
    first, second = Pen(region.liaison("450103")), Pen(region.liaison("450103", "b2"))
    neighbour, clerk = Pen(region.liaison("450102")), Pen(region.clerk("450103"))
    city, chief = Pen(region.clerk("450100")), Pen(region.clerk("450000"))
    entity = f"2024/{uscc(1, '450103')}/initial"
    one = first.submission(1)
    rival = second.submission(1, reasons={"x": "mine"})
    better = first.submission(1, supersedes=id_of(one), reasons={"x": "better"})
    moved = neighbour.submission(1, division="450102", code=uscc(1, "450103"))
    solved = clerk.submission(1, supersedes=sorted([id_of(better), id_of(rival)]), division="450103")
    file, twin = first.enterprise(1), clerk.enterprise(1, division="450103")
    accept, refuse = clerk.review(one, division="450103"), clerk.review(rival, "return", division="450103")
    withdrawn = second.write("submission", entity, None, supersedes=id_of(rival))
    envelopes = [
        *(one, rival, better, moved, solved, file, twin, accept, refuse, withdrawn),
        city.review(better, division="450103", level="city"),
        clerk.write("assignment", f"2024/{uscc(1, '450103')}", {"liaison": "liaison-b2.450103"}, division="450103"),
        city.enterprise(1, code=uscc(1, "450103"), division="450102", supersedes=sorted({id_of(file), id_of(twin)})),
        first.enterprise(2),
        second.submission(2),
        first.write("enterprise", uscc(3, "450103"), {"name": 7}),
        first.write("horoscope", "leo", {"luck": 1}),
        chief.write("campaign", "2024", {"title": "x", "set": {"id": "a", "version": "1", "sha256": "0" * 64}}),
        make_stranger().submission(9),
    ]
    county = region.authorities["450103"]
    ends = [
        entry_for(link_of(second.signer.certificate, county.certificate), Reason.KEY_COMPROMISE, NOW),
        entry_for(link_of(second.signer.certificate, county.certificate), Reason.SUPERSEDED, NOW),
        entry_for(link_of(first.signer.certificate, county.certificate), Reason.AFFILIATION_CHANGED, NOW),
    ]
    return Pool(region, envelopes, [build_list(county, [entry], number, NOW) for number, entry in enumerate(ends, 1)])


def make_stranger() -> Pen:
    return Pen(make_region("假").liaison("450103"))


@dataclass(frozen=True)
class Plan:
    """Which records exist, in which packages (an index may stand in several), with which lists, in which order."""

    packages: list[list[int]]
    lists: list[int | None]
    order: list[int]
    through: list[bool]


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    indexes = st.integers(0, len(pool().envelopes) - 1)
    packages = draw(st.lists(st.lists(indexes, max_size=9, unique=True), min_size=1, max_size=5))
    number = len(packages)
    lists = draw(st.lists(st.none() | st.integers(0, len(pool().lists) - 1), min_size=number, max_size=number))
    order = draw(st.permutations(range(number)))
    again = draw(st.lists(st.sampled_from(range(number)), max_size=2))
    return Plan(packages, lists, order + again, draw(st.lists(st.booleans(), min_size=number, max_size=number)))


def paths_of(bureaus: Bureaus, plan: Plan) -> list[Path]:
    return [
        bureaus.pack(
            [pool().envelopes[index] for index in indexes],
            pool().region.clerk("450100"),
            to_division="450000",
            crls=b"" if crl is None else pool().lists[crl],
        )
        for indexes, crl in zip(plan.packages, plan.lists, strict=True)
    ]


def all_at_once(bureaus: Bureaus, plan: Plan) -> Digest:
    """One package with every record; lists after it."""
    region = bureaus.open("450000")
    records = sorted({index for indexes in plan.packages for index in indexes})
    whole = bureaus.pack(
        [pool().envelopes[index] for index in records], pool().region.clerk("450100"), to_division="450000"
    )
    lists = [
        bureaus.pack([], pool().region.clerk("450100"), crls=pool().lists[crl]) for crl in plan.lists if crl is not None
    ]
    merged(region, whole, *lists)
    return digest_of(region)


def along_the_plan(bureaus: Bureaus, plan: Plan) -> Workspace:
    """Some packages directly, the others through a city's workspace and its export."""
    region, city = bureaus.open("450000"), bureaus.open("450100")
    paths = paths_of(bureaus, plan)
    for index in plan.order:
        merged(city if plan.through[index] else region, paths[index])
    merged(city, bureaus.pack([], pool().region.clerk("450100")))
    sealer = pool().region.clerk("450100")
    out = export_package(city, bureaus.folder / "up.zgsz", to_division="450000", sealer=sealer).path
    # Records of the region itself do not travel upward: they are at home there.
    for index in plan.order:
        own = [
            number
            for number in plan.packages[index]
            if pool().envelopes[number].keyid == pool().region.clerk("450000").keyid
        ]
        if own:
            merged(
                region,
                bureaus.pack(
                    [pool().envelopes[number] for number in own], pool().region.clerk("450000"), to_division="450000"
                ),
            )
    merged(region, out)
    return region


def check(plan: Plan) -> None:
    with tempfile.TemporaryDirectory() as name:
        bureaus = Bureaus(Path(name), pool().region)
        try:
            region = along_the_plan(bureaus, plan)
            found = digest_of(region)
            assert found == all_at_once(bureaus, plan)
            rebuild(region)
            assert digest_of(region) == found
        finally:
            bureaus.close()


@settings(max_examples=25, deadline=None)
@given(plan=plans())
def test_order_partition_repetition_and_route_do_not_matter(plan: Plan):
    check(plan)


@pytest.mark.soak
@settings(max_examples=250, deadline=None)
@given(plan=plans())
def test_order_partition_repetition_and_route_do_not_matter_at_length(plan: Plan):
    check(plan)
