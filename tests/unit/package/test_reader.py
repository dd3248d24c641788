"""Opening a package: what must hold of it as a whole, each breach with its own sentence."""

import hashlib
import json
from datetime import timedelta
from pathlib import Path

import pytest

from support.authorities import NOW, Region, make_region
from support.bureaus import Bureaus
from support.forge import STORED, Forge, Part, Pen, seal_json, zip_bytes
from zgsz_desktop.engine.errors import (
    AppError,
    MalformedError,
    TamperedError,
    TooNewError,
    UncheckableError,
    UntrustedError,
)
from zgsz_desktop.engine.package import reader
from zgsz_desktop.engine.package.container import Container
from zgsz_desktop.engine.package.reader import open_package
from zgsz_desktop.engine.records.envelope import LONG_LINE_LIMIT, decode_envelope, encode_envelope


@pytest.fixture
def forge(region: Region) -> Forge:
    pen = Pen(region.liaison("450103"))
    return Forge(region, region.clerk("450103"), [pen.enterprise(1), pen.enterprise(2)])


def refusal(bureaus: Bureaus, data: bytes | Forge) -> AppError:
    with pytest.raises(AppError) as caught, open_package(bureaus.lay(data), bureaus.region.anchors) as package:
        list(package.records())
    assert caught.value.message
    assert caught.value.remedy
    return caught.value


def with_parts(forge: Forge, **changed: Part | None) -> bytes:
    """Build with some entries replaced, by name without the suffix; None leaves one out."""
    parts = []
    for part in forge.parts():
        stem = part.name.partition(".")[0]
        parts += [changed[stem]] if changed.get(stem) else [] if stem in changed else [part]
    return zip_bytes(parts)


def test_a_correct_package_opens(bureaus: Bureaus, forge: Forge):
    with open_package(bureaus.lay(forge), bureaus.region.anchors) as package:
        kinds = [decode_envelope(line).payload_type for line in package.records()]
        assert package.producer.name == "clerk-k1.450103"
        assert package.manifest.counts == {"enterprise": 2}
    assert kinds == ["application/vnd.zgsz.enterprise+json"] * 2


def test_mimetype_must_be_there_first_stored_and_right(bureaus: Bureaus, forge: Forge):
    mime, *rest = forge.parts()
    for parts in ([*rest, mime], [mime.with_(method=8), *rest], [mime.with_(data=b"application/zip"), *rest], rest):
        assert refusal(bureaus, zip_bytes(parts)).code == "package.mimetype"


def test_an_entry_that_the_manifest_does_not_list(bureaus: Bureaus, forge: Forge):
    data = zip_bytes([*forge.parts(), Part("notes.txt", b"hello")])
    assert refusal(bureaus, data).code == "package.unlisted_entry"


def test_an_entry_that_is_listed_and_missing(bureaus: Bureaus, forge: Forge):
    for name in ("crls", "records", "certs"):
        assert refusal(bureaus, with_parts(forge, **{name: None})).code == "package.missing_entry"


def test_a_package_without_manifest(bureaus: Bureaus, forge: Forge):
    assert refusal(bureaus, with_parts(forge, manifest=None)).code == "package.missing_entry"


def test_content_that_was_exchanged(bureaus: Bureaus, forge: Forge):
    records = forge.entries()["records.jsonl"]
    same_size = Part("records.jsonl", records[:-2] + b"X\n")
    assert refusal(bureaus, with_parts(forge, records=same_size)).code == "package.hash_differs"
    longer = Part("records.jsonl", records + records)
    assert refusal(bureaus, with_parts(forge, records=longer)).code == "package.size_differs"


def test_a_record_lifted_into_a_signed_package(bureaus: Bureaus, region: Region, forge: Forge):
    other = Pen(region.liaison("450102")).enterprise(9)
    entries = forge.entries()
    lines = Part("records.jsonl", entries["records.jsonl"] + encode_envelope(other) + b"\n")
    assert refusal(bureaus, with_parts(forge, records=lines)).code == "package.size_differs"


def test_a_manifest_that_was_edited(bureaus: Bureaus, forge: Forge):
    parts = forge.parts()
    envelope = json.loads(parts[-1].data)
    genuine = seal_json(forge.manifest_of(forge.entries()) | {"to_division": "450000"}, "manifest", forge.producer)
    envelope["payload"] = json.loads(encode_envelope(genuine))["payload"]
    edited = json.dumps(envelope, separators=(",", ":")).encode()
    error = refusal(bureaus, with_parts(forge, manifest=Part("manifest.json", edited)))
    assert (error.code, type(error)) == ("package.manifest_signature", TamperedError)


def test_a_manifest_of_a_stranger(bureaus: Bureaus):
    foreign = make_region("假")
    forge = Forge(foreign, foreign.clerk("450103"), [])
    error = refusal(bureaus, forge)
    assert (error.code, type(error)) == ("package.manifest_untrusted", UntrustedError)
    assert "identity.stranger" in error.diagnostics()


def test_a_manifest_whose_certificate_did_not_come(bureaus: Bureaus, forge: Forge):
    forge.certificates = []
    error = refusal(bureaus, forge)
    assert (error.code, type(error)) == ("package.manifest_unchecked", UncheckableError)


def test_a_manifest_signed_after_the_certificate_ended(bureaus: Bureaus, forge: Forge):
    forge.created_at = NOW + timedelta(days=5 * 366)
    assert refusal(bureaus, forge).code == "package.manifest_untrusted"


def test_a_manifest_that_speaks_for_another_bureau(bureaus: Bureaus, forge: Forge):
    forge.from_division = "450102"
    assert refusal(bureaus, forge).code == "package.from_elsewhere"


def test_a_manifest_signed_by_an_authority(bureaus: Bureaus, region: Region):
    assert refusal(bureaus, Forge(region, region.authorities["450103"], [])).code == "package.from_elsewhere"


def test_a_newer_format_names_the_software(bureaus: Bureaus, forge: Forge):
    forge.manifest = {"format": 2, "software": "zgsz-desktop 9.1\u202e", "files": "something else"}
    error = refusal(bureaus, forge)
    assert (error.code, type(error)) == ("package.newer", TooNewError)
    assert "zgsz-desktop 9.1" in error.message
    assert "\u202e" not in error.message


@pytest.mark.parametrize(
    "changed",
    [
        {"format": 0},
        {"format": "1"},
        {"purpose": "spy"},
        {"from_division": "110000"},
        {"to_division": "4501"},
        {"package_id": "../x"},
        {"files": [{"path": "a", "size": -1, "sha256": "0" * 64}]},
        {"files": [{"path": "a", "size": 1, "sha256": "0" * 64}] * 2},
        {"counts": {"enterprise": -1}},
        {"created_at": "2024-02-31T00:00:00+08:00"},
        {"created_at": "yesterday"},
        {"producer": "0" * 64},
        {"totals": []},
    ],
    ids=str,
)
def test_a_manifest_of_another_form(bureaus: Bureaus, forge: Forge, changed):
    forge.manifest = changed
    assert refusal(bureaus, forge).code == "package.manifest_form"


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[" * 100_000, b"\xff", b'{"payload":"e30=","payloadType":"text/plain"}']
)
def test_a_manifest_that_is_no_envelope(bureaus: Bureaus, forge: Forge, data: bytes):
    error = refusal(bureaus, with_parts(forge, manifest=Part("manifest.json", data)))
    assert (error.code, type(error)) == ("package.manifest_form", MalformedError)


def test_unknown_members_of_a_manifest_are_left_alone(bureaus: Bureaus, forge: Forge):
    forge.manifest = {"later": {"more": 1}}
    with open_package(bureaus.lay(forge), bureaus.region.anchors) as package:
        assert package.manifest.software == "forge 1"


def test_certificates_that_are_none(bureaus: Bureaus, forge: Forge):
    entries = forge.entries() | {"certs.pem": b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"}
    manifest = encode_envelope(seal_json(forge.manifest_of(entries), "manifest", forge.producer))
    parts = [forge.parts()[0], *(Part(name, data) for name, data in entries.items()), Part("manifest.json", manifest)]
    assert refusal(bureaus, zip_bytes(parts)).code == "identity.bundle_form"


def test_too_many_records(bureaus: Bureaus, forge: Forge, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reader, "MAX_RECORDS", 1)
    assert refusal(bureaus, forge).code == "package.too_many_records"


def test_an_endless_line_is_cut_and_never_held(bureaus: Bureaus, forge: Forge):
    forge.lines = [b"x" * (LONG_LINE_LIMIT + 5_000_000), b"short"]
    with open_package(bureaus.lay(forge), bureaus.region.anchors) as package:
        lengths = sorted(len(line) for line in package.records())
    assert lengths[0] == len(b"short")
    assert lengths[-1] == LONG_LINE_LIMIT + 1


def test_blobs_are_known_by_their_true_hash(bureaus: Bureaus, forge: Forge):
    data = b"photo"
    true = hashlib.sha256(data).hexdigest()
    forge.blobs = {true: data, "0" * 64: b"something else"}
    with open_package(bureaus.lay(forge), bureaus.region.anchors) as package:
        assert package.blobs == (true,)
        assert package.blob(true) == data


def test_the_file_is_rewritten_while_it_is_read(bureaus: Bureaus, region: Region, forge: Forge):
    path = bureaus.lay(zip_bytes([part.with_(method=STORED) for part in forge.parts()]))
    genuine = path.read_bytes()
    with open_package(path, region.anchors) as package:
        line = encode_envelope(forge.envelopes[0])
        at = genuine.index(line)
        path.write_bytes(genuine[: at + 30] + b"AAAA" + genuine[at + 34 :])
        with pytest.raises(AppError) as caught:
            list(package.records())
    assert caught.value.code == "package.damaged"


def test_the_file_is_rewritten_with_a_crc_that_fits(bureaus: Bureaus, region: Region, forge: Forge):
    parts = [part.with_(method=STORED) for part in forge.parts()]
    path = bureaus.lay(zip_bytes(parts))
    other = next(part for part in parts if part.name == "records.jsonl").data.swapcase()
    with open_package(path, region.anchors) as package:
        forged = [part.with_(data=other) if part.name == "records.jsonl" else part for part in parts]
        path.write_bytes(zip_bytes(forged))
        package._container.entries.update(container_of(path).entries)
        with pytest.raises(TamperedError) as caught:
            package.check_records()
    assert caught.value.code == "package.hash_differs"


def container_of(path: Path) -> Container:
    with path.open("rb") as stream:
        return Container(stream, path.name)


def test_the_file_is_replaced_while_it_is_read(bureaus: Bureaus, region: Region, forge: Forge):
    path = bureaus.lay(forge)
    with open_package(path, region.anchors) as package:
        other = path.with_name("other")
        other.write_bytes(b"something else")
        other.replace(path)
        assert len(list(package.records())) == 2  # what was verified is what is read


def reversed_after_first(parts: list[Part]) -> list[Part]:
    return [parts[0], *reversed(parts[1:])]


def test_the_file_is_cut_while_it_is_read(bureaus: Bureaus, region: Region, forge: Forge):
    forge.blobs = {"0" * 64: bytes(100_000)}
    path = bureaus.lay(zip_bytes([part.with_(method=STORED) for part in reversed_after_first(forge.parts())]))
    with open_package(path, region.anchors) as package:
        with path.open("r+b") as stream:
            stream.truncate(100_500)
        with pytest.raises(AppError) as caught:
            list(package.records())
    assert caught.value.code == "package.cut_short"
