"""Exporting: what goes in for whom, one byte form, read back before it is said to be there."""

import errno
import os
from datetime import timedelta
from pathlib import Path

import pytest

from support.authorities import NOW, Region
from support.bureaus import Bureaus, merged
from support.forge import Pen, id_of
from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.identity.certificates import keyid_of
from zgsz_desktop.engine.identity.enrolment import certificates_to_send
from zgsz_desktop.engine.package import parts
from zgsz_desktop.engine.package.build import PartLimits
from zgsz_desktop.engine.package.container import open_container
from zgsz_desktop.engine.package.manifest import Purpose
from zgsz_desktop.engine.package.reader import open_package
from zgsz_desktop.engine.package.writer import export_certificates, export_package
from zgsz_desktop.engine.records.envelope import decode_envelope, record_id
from zgsz_desktop.engine.workspace import Workspace


def ids_in(path: Path, region: Region) -> list[str]:
    with open_package(path, region.anchors) as package:
        envelopes = [decode_envelope(line) for line in package.records()]
    return [record_id(one.payload_type, one.payload) for one in envelopes]


def lines_in(path: Path) -> bytes:
    with open_container(path) as container:
        return container.read("records.jsonl", 10**9)


@pytest.fixture
def city(bureaus: Bureaus, region: Region) -> Workspace:
    """A city that holds records of two of its counties, of itself and of the region."""
    made = bureaus.open("450100")
    here, neighbour = Pen(region.liaison("450103")), Pen(region.liaison("450102"))
    chief = Pen(region.clerk("450000"))
    one = here.submission(1)
    envelopes = [
        *(here.enterprise(1), one, Pen(region.clerk("450103")).review(one, division="450103")),
        *(neighbour.enterprise(2), neighbour.submission(2)),
        chief.write("campaign", "2024", {"title": "2024 年", "set": {"id": "a", "version": "1", "sha256": "0" * 64}}),
        Pen(region.clerk("450100")).write("target", "2024/450103", {"enterprises": 9}, division="450103"),
    ]
    merged(made, bureaus.pack(envelopes, region.clerk("450100"), to_division="450100"))
    return made


def kinds_in(path: Path, region: Region) -> set[tuple[str, str]]:
    with open_package(path, region.anchors) as package:
        found = [decode_envelope(line) for line in package.records()]
    return {(one.payload_type.split(".")[2].removesuffix("+json"), division_of(one.payload)) for one in found}


def division_of(payload: bytes) -> str:
    return payload.partition(b'"division":"')[2][:6].decode()


def test_upward_goes_everything_of_this_division_and_below(city: Workspace, region: Region, tmp_path: Path):
    out = tmp_path / "up.zgsz"
    written = export_package(city, out, to_division="450000", sealer=region.clerk("450100"))
    assert written.counts == {"enterprise": 2, "submission": 2, "review": 1, "target": 1}
    assert ("campaign", "450000") not in kinds_in(out, region)


def test_downward_goes_the_county_and_the_path_above_it_never_a_sibling(
    city: Workspace, region: Region, tmp_path: Path
):
    out = tmp_path / "down.zgsz"
    export_package(city, out, to_division="450103", sealer=region.clerk("450100"))
    assert kinds_in(out, region) == {
        ("campaign", "450000"),
        ("target", "450103"),
        ("enterprise", "450103"),
        ("review", "450103"),
    }


def test_submissions_go_down_only_when_named(city: Workspace, region: Region, tmp_path: Path):
    out = tmp_path / "down.zgsz"
    export_package(city, out, to_division="450103", sealer=region.clerk("450100"), with_submissions=True)
    assert ("submission", "450103") in kinds_in(out, region)
    assert ("submission", "450102") not in kinds_in(out, region)


def test_new_only_leaves_out_what_a_receipt_from_above_lists(
    bureaus: Bureaus, city: Workspace, region: Region, tmp_path
):
    everything = tmp_path / "all.zgsz"
    export_package(city, everything, to_division="450000", sealer=region.clerk("450100"))
    delivered = ids_in(everything, region)[:4]
    receipt = Pen(region.clerk("450000")).write("receipt", "p1/450000", {"records": delivered}, division="450000")
    merged(city, bureaus.pack([receipt], region.clerk("450000"), to_division="450100", purpose="publish"))
    rest = tmp_path / "rest.zgsz"
    export_package(city, rest, to_division="450000", sealer=region.clerk("450100"), new_only=True)
    assert sorted(delivered + ids_in(rest, region)) == sorted(ids_in(everything, region))


def test_the_manifest_says_totals_and_highest_numbers(city: Workspace, region: Region, tmp_path: Path):
    out = tmp_path / "up.zgsz"
    export_package(city, out, to_division="450000", sealer=region.clerk("450100"))
    with open_package(out, region.anchors) as package:
        totals, numbers = package.manifest.totals, package.manifest.authors
    assert (totals["450103"].enterprises, totals["450103"].submissions, totals["450103"].accepted) == (1, 1, 1)
    assert numbers[region.liaison("450103").keyid] == 2
    assert region.clerk("450000").keyid not in numbers


def test_downward_nobody_learns_of_a_sibling(city: Workspace, region: Region, tmp_path: Path):
    out = tmp_path / "down.zgsz"
    export_package(city, out, to_division="450103", sealer=region.clerk("450100"))
    with open_package(out, region.anchors) as package:
        assert set(package.manifest.totals) == {"450103"}
        assert region.liaison("450102").keyid not in package.manifest.authors


def test_the_same_records_are_the_same_bytes(bureaus: Bureaus, city: Workspace, region: Region, tmp_path: Path):
    first, again, elsewhere = tmp_path / "1.zgsz", tmp_path / "2.zgsz", tmp_path / "3.zgsz"
    for path in (first, again):
        export_package(city, path, to_division="450000", sealer=region.clerk("450100"))
    other = bureaus.open("450100")
    merged(other, first)
    export_package(other, elsewhere, to_division="450000", sealer=region.clerk("450100"))
    assert lines_in(first) == lines_in(again) == lines_in(elsewhere)
    assert ids_in(first, region) == sorted(ids_in(first, region))


def test_a_package_stands_alone(bureaus: Bureaus, city: Workspace, region: Region, tmp_path: Path):
    out = tmp_path / "up.zgsz"
    export_package(city, out, to_division="450000", sealer=region.clerk("450100"))
    with open_package(out, region.anchors) as package:
        carried = {keyid_of(one) for one in package.certificates}
        for author in ("liaison-a1.450103", "liaison-a1.450102", "clerk-k1.450103", "clerk-k1.4501"):
            assert region[author].keyid in carried
        assert keyid_of(region.root.certificate) not in carried
    report = merged(bureaus.open("450000"), out)
    assert (report.total.new, report.total.refused) == (6, 0)


def test_too_much_for_one_package_is_split_and_each_part_stands_alone(
    bureaus: Bureaus, city: Workspace, region: Region, tmp_path: Path
):
    out = tmp_path / "up.zgsz"
    signer = region.clerk("450100")
    written = export_package(city, out, to_division="450000", sealer=signer, limits=PartLimits(records=4))
    names = [part.path.name for part in (written, *written.following)]
    assert names == ["up.zgsz", "up-2.zgsz"]
    assert sum(sum(part.counts.values()) for part in (written, *written.following)) == 6
    above = bureaus.open("450000")
    reports = [merged(above, part.path) for part in (written.following[0], written)]
    assert [report.total.new for report in reports] == [2, 4]


def test_parts_are_split_by_size_too(city: Workspace, region: Region, tmp_path: Path):
    signer = region.clerk("450100")
    written = export_package(
        city, tmp_path / "up.zgsz", to_division="450000", sealer=signer, limits=PartLimits(size=4000)
    )
    assert len(written.following) >= 1


@pytest.mark.parametrize(("to", "purpose"), [("450102", None), ("450200", None), ("450103", Purpose.PUBLISH)])
def test_no_package_goes_sideways(bureaus: Bureaus, region: Region, tmp_path: Path, to: str, purpose: Purpose | None):
    county = bureaus.open("450103")
    if purpose is not None:
        to, purpose = "450100", Purpose.PUBLISH
    with pytest.raises(UserError) as caught:
        export_package(county, tmp_path / "x.zgsz", to_division=to, sealer=region.clerk("450103"), purpose=purpose)
    assert caught.value.code == "package.no_way"


def test_who_signs_must_speak_for_the_bureau(city: Workspace, region: Region, tmp_path: Path):
    with pytest.raises(UserError) as caught:
        export_package(city, tmp_path / "x.zgsz", to_division="450000", sealer=region.clerk("450103"))
    assert caught.value.code == "package.signer_elsewhere"
    assert not (tmp_path / "x.zgsz").exists()


def test_a_clock_outside_the_certificate_stops_before_anything_is_signed(
    city: Workspace, region: Region, tmp_path: Path
):
    city.clock.moment = NOW + timedelta(days=4 * 366)
    with pytest.raises(UserError) as caught:
        export_package(city, tmp_path / "x.zgsz", to_division="450000", sealer=region.clerk("450100"))
    assert caught.value.code == "identity.clock_outside"


def test_an_empty_workspace_exports_an_empty_package(bureaus: Bureaus, region: Region, tmp_path: Path):
    county = bureaus.open("450103")
    merged(county, bureaus.pack([]))  # brings the clerk's certificate
    written = export_package(county, tmp_path / "x.zgsz", to_division="450100", sealer=region.clerk("450103"))
    assert written.counts == {}
    assert merged(bureaus.open("450100"), written.path).total.total == 0


def test_a_package_that_does_not_read_back_is_not_put_in_place(
    city: Workspace, region: Region, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    out = tmp_path / "up.zgsz"
    out.write_bytes(b"the older one")
    monkeypatch.setattr(parts, "write_pem_bundle", lambda certificates: b"")
    with pytest.raises(UserError) as caught:
        export_package(city, out, to_division="450000", sealer=region.clerk("450100"))
    assert caught.value.code == "package.not_read_back"
    assert out.read_bytes() == b"the older one"
    assert list(tmp_path.glob(".zgsz-*")) == []


@pytest.mark.parametrize(
    ("call", "number", "code"),
    [
        ("open", errno.EACCES, "file.not_writable"),
        ("open", errno.EROFS, "file.not_writable"),
        ("fsync", errno.ENOSPC, "file.disk_full"),
    ],
)
def test_a_full_disk_and_a_folder_that_cannot_be_written(
    city: Workspace, region: Region, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int, code: str
):
    def refuse(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    out = tmp_path / "up.zgsz"
    out.write_bytes(b"the older one")
    signer = region.clerk("450100")
    with monkeypatch.context() as patch, pytest.raises(UserError) as caught:
        patch.setattr(f"zgsz_desktop.engine.files.os.{call}", refuse)
        export_package(city, out, to_division="450000", sealer=signer)
    assert caught.value.code == code
    assert out.read_bytes() == b"the older one"
    assert list(tmp_path.glob(".zgsz-*")) == []


def test_a_folder_that_is_not_there(city: Workspace, region: Region, tmp_path: Path):
    with pytest.raises(UserError) as caught:
        export_package(city, tmp_path / "stick" / "up.zgsz", to_division="450000", sealer=region.clerk("450100"))
    assert caught.value.code == "file.no_folder"


def test_progress_counts_to_the_end_and_may_stop(city: Workspace, region: Region, tmp_path: Path, monkeypatch):
    from zgsz_desktop.engine.package import build

    monkeypatch.setattr(build, "_TICK", 1)
    seen: list[tuple[int, int]] = []
    signer = region.clerk("450100")
    export_package(
        city, tmp_path / "a.zgsz", to_division="450000", sealer=signer, progress=lambda *numbers: seen.append(numbers)
    )
    assert seen == [*((number, 6) for number in range(1, 7)), (6, 6)]

    def stop(done: int, total: int) -> None:
        raise UserError("job.cancelled")

    with pytest.raises(UserError):
        export_package(city, tmp_path / "b.zgsz", to_division="450000", sealer=signer, progress=stop)
    assert not (tmp_path / "b.zgsz").exists()


def test_an_approval_carries_a_chain_without_records(bureaus: Bureaus, region: Region, tmp_path: Path):
    county = bureaus.open("450103")
    merged(county, bureaus.pack([]))
    newcomer = region.liaison("450103", "new")
    bundle = certificates_to_send(region.verifier(), newcomer.certificate, [region.root.certificate])
    out = tmp_path / "new.zgszcert"
    written = export_certificates(county, out, bundle, region.clerk("450103"), to_division="450103")
    assert written.counts == {}
    with open_package(out, region.anchors) as package:
        assert package.manifest.purpose is Purpose.PUBLISH
        assert {keyid_of(one) for one in bundle} <= {keyid_of(one) for one in package.certificates}
    report = merged(bureaus.open("450103"), out)
    assert report.certificates >= 3  # the city, the county and the newcomer, besides the clerk


def test_own_records_go_out_as_they_were_signed(bureaus: Bureaus, region: Region, tmp_path: Path):
    pen = Pen(region.liaison("450103"))
    envelopes = [pen.enterprise(number) for number in range(1, 6)]
    county = bureaus.open("450103")
    merged(county, bureaus.pack(envelopes, to_division="450103"))
    out = tmp_path / "x.zgsz"
    export_package(county, out, to_division="450103", sealer=region.clerk("450103"))
    assert ids_in(out, region) == sorted(id_of(one) for one in envelopes)
