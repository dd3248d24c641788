"""The ZIP itself: what is not exactly as the format demands is refused before anything is unpacked."""

import io
import zipfile

import pytest

from support.forge import DEFLATED, STORED, Part, deflate, zip_bytes
from zgsz_desktop.engine.errors import MalformedError, TooNewError, UserError
from zgsz_desktop.engine.package import headers
from zgsz_desktop.engine.package.container import Container, open_container

MIME = Part("mimetype", b"application/vnd.zgsz.package+zip", method=STORED)
TEXT = Part("records.jsonl", "一行\n".encode() * 1000)


def container(data: bytes) -> Container:
    return Container(io.BytesIO(data), "某包.zgsz")


def refused(data: bytes) -> str:
    with pytest.raises(MalformedError) as caught:
        read_all(container(data))
    return caught.value.code


def read_all(opened: Container) -> dict[str, bytes]:
    return {name: b"".join(opened.chunks(name)) for name in opened.entries}


def test_reads_what_the_standard_library_writes():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as writer:
        writer.writestr("mimetype", "application/vnd.zgsz.package+zip", zipfile.ZIP_STORED)
        writer.writestr("records.jsonl", TEXT.data)
        writer.writestr("crls.pem", b"")
    opened = container(stream.getvalue())
    assert opened.first.name == "mimetype"
    assert read_all(opened)["records.jsonl"] == TEXT.data


def test_the_forge_makes_files_that_the_standard_library_reads():
    with zipfile.ZipFile(io.BytesIO(zip_bytes([MIME, TEXT]))) as reader:
        assert reader.testzip() is None


HOSTILE = {
    "package.not_zip": b"PDF, not ZIP" * 100,
    "package.cut_short": zip_bytes([MIME, TEXT])[:-30],
    "package.leading_data": zip_bytes([MIME, TEXT], before=b"#!/bin/sh\n"),
    "package.trailing_data": zip_bytes([MIME, TEXT], after=b"more"),
    "package.zip_form": zip_bytes([MIME, TEXT.with_(flags=0x0008)]),
    "package.password": zip_bytes([MIME, TEXT.with_(flags=0x0001)]),
    "package.method": zip_bytes([MIME, TEXT.with_(method=12)]),
    "package.duplicate_entry": zip_bytes([MIME, TEXT, TEXT]),
    "package.too_many_entries": zip_bytes([MIME, TEXT], count=20_001),
    "package.layout": zip_bytes([MIME, TEXT], between=b"hidden"),
    "package.overlap": zip_bytes([MIME, TEXT.with_(packed_size=40), TEXT.with_(name="b", offset=62 + 30)]),
    "package.damaged": zip_bytes([MIME, TEXT.with_(crc=1)]),
    "package.bomb": zip_bytes([MIME, TEXT.with_(size=10)]),
    "package.too_big": zip_bytes([MIME, TEXT.with_(size=2**32 - 2), TEXT.with_(name="b", size=2**32 - 2)]),
}


@pytest.mark.parametrize("code", sorted(set(HOSTILE) - {"package.overlap"}))
def test_hostile_container_is_refused_with_its_own_sentence(code: str):
    assert refused(HOSTILE[code]) == code


def test_overlapping_entries_are_refused():
    first = Part("a", b"x" * 100, method=STORED)
    inside = Part("b", b"y" * 10, method=STORED)
    nested = zip_bytes([inside])[: 30 + 1 + 10]
    outer = first.with_(data=b"x" * 20 + nested + b"x" * 20)
    data = zip_bytes([outer, inside.with_(offset=30 + 1 + 20)])
    assert refused(data) == "package.overlap"


@pytest.mark.parametrize("length", [0, 1, 3, 21, 22, 100])
def test_very_short_files_are_refused(length: int):
    assert refused(zip_bytes([MIME, TEXT])[:length]) in {"package.not_zip", "package.cut_short"}


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "../up",
        "blobs/../../up",
        "C:\\x",
        "C:x",
        "a\\b",
        "a//b",
        "./a",
        "a/.",
        "..",
        "",
        "a\x00b",
        "a\nb",
    ],
)
def test_unsafe_names_are_refused(name: str):
    assert refused(zip_bytes([MIME, TEXT.with_(raw_name=name.encode())])) == "package.unsafe_name"


def test_a_name_in_an_unknown_encoding_is_refused():
    assert refused(zip_bytes([MIME, TEXT.with_(raw_name=b"\xff\xfe")])) == "package.unsafe_name"


@pytest.mark.parametrize("field", ["flags", "method", "time", "date", "crc", "packed", "size"])
def test_headers_that_disagree_are_refused(field: str):
    altered = zip_bytes([MIME, TEXT.with_(local={field: 2 if field == "flags" else 7})])
    assert refused(altered) == "package.header_mismatch"


def test_two_names_for_one_entry_are_refused():
    assert refused(zip_bytes([MIME, TEXT.with_(local={"name": b"records.jsonX"})])) == "package.header_mismatch"


def test_zip64_sizes_and_second_names_are_refused():
    for tag in (b"\x01\x00", b"\x75\x70"):
        assert refused(zip_bytes([MIME, TEXT.with_(extra=tag + b"\x04\x00abcd")])) == "package.zip_form"


def test_a_comment_is_refused():
    assert refused(zip_bytes([MIME, TEXT], comment=b"hello")) == "package.trailing_data"


def test_data_after_the_deflate_stream_is_refused():
    assert refused(zip_bytes([MIME, TEXT.with_(packed=deflate(TEXT.data) + b"hidden")])) == "package.damaged"


def test_a_deflate_stream_without_end_is_refused():
    assert refused(zip_bytes([MIME, TEXT.with_(packed=deflate(TEXT.data)[:-2])])) == "package.damaged"


def test_a_bomb_is_cut_off_at_the_first_piece_too_many():
    bomb = Part("records.jsonl", b"\0" * 20_000_000, size=1000)
    opened = container(zip_bytes([MIME, bomb]))
    unpacked = 0
    with pytest.raises(MalformedError) as caught:
        for chunk in opened.chunks("records.jsonl"):
            unpacked += len(chunk)
    assert caught.value.code == "package.bomb"
    assert unpacked <= 1000


def test_an_entry_larger_than_its_limit_is_not_unpacked():
    with pytest.raises(MalformedError) as caught:
        container(zip_bytes([MIME, TEXT])).read("records.jsonl", limit=100)
    assert caught.value.code == "package.entry_too_big"


def test_an_entry_that_is_not_there():
    with pytest.raises(MalformedError) as caught:
        container(zip_bytes([MIME, TEXT])).read("certs.pem", limit=100)
    assert caught.value.code == "package.missing_entry"


def test_a_file_over_four_gib_is_refused_without_reading_it(tmp_path):
    path = tmp_path / "huge.zgsz"
    with path.open("wb") as stream:
        stream.write(b"PK\x03\x04")
        stream.truncate(headers.MAX_SIZE + 1)  # a sparse file
    with pytest.raises(MalformedError) as caught, open_container(path):
        pass
    assert caught.value.code == "package.too_big"


def test_an_encrypted_package_is_told_apart_by_its_first_bytes():
    with pytest.raises(TooNewError) as caught:
        container(b"age-encryption.org/v1\n-> X25519 ...")
    assert caught.value.code == "package.encrypted"


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(UserError) as caught, open_container(tmp_path / "没有.zgsz"):
        pass
    assert caught.value.code == "package.unreadable"


def test_deflated_entries_of_every_size_come_back():
    for size in (0, 1, 100, 300_000, 3_000_000):
        part = Part("x", bytes(range(256)) * (size // 256) + b"z" * (size % 256), method=DEFLATED)
        assert read_all(container(zip_bytes([part])))["x"] == part.data
