"""A package that was altered in any byte is refused with a sentence of the catalogue, or says exactly the same."""

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.authorities import Region, make_region
from support.forge import STORED, Forge, Pen, zip_bytes
from zgsz_desktop.engine.catalogue import CATALOGUE
from zgsz_desktop.engine.errors import AppError, PackageError, UserError
from zgsz_desktop.engine.package.reader import open_package
from zgsz_desktop.engine.records.admit import Admission
from zgsz_desktop.engine.records.envelope import decode_envelope


@cache
def region() -> Region:
    return make_region()


@cache
def original(*, stored: bool) -> bytes:
    pen = Pen(region().liaison("450103"))
    forge = Forge(region(), region().clerk("450103"), [pen.enterprise(1), pen.enterprise(2)])
    return zip_bytes([part.with_(method=STORED) if stored else part for part in forge.parts()])


def content(path: Path) -> tuple[object, ...]:
    """Read everything that a merge would use of a package, admitting each record."""
    with open_package(path, region().anchors) as package:
        admission = Admission(package.chains)
        lines = list(package.records())
        for line in lines:
            admission.admit(decode_envelope(line))
        return package.id, package.manifest, package.certificates, package.crls, tuple(lines)


def assert_refused_or_the_same(folder: Path, data: bytes, *, stored: bool) -> None:
    path = folder / "genuine.zgsz"
    path.write_bytes(original(stored=stored))
    genuine = content(path)
    path.write_bytes(data)
    try:
        found = content(path)
    except (PackageError, UserError) as error:
        assert error.code in CATALOGUE
        assert error.message.endswith("。")
        assert error.remedy
    else:
        assert found == genuine


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mutated")


@pytest.mark.parametrize("stored", [False, True])
@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_one_byte_altered(folder: Path, stored: bool, data: st.DataObject):
    mutated = bytearray(original(stored=stored))
    place = data.draw(st.integers(0, len(mutated) - 1))
    mutated[place] ^= data.draw(st.integers(1, 255))
    assert_refused_or_the_same(folder, bytes(mutated), stored=stored)


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_cut_doubled_or_filled(folder: Path, data: st.DataObject):
    genuine = original(stored=False)
    start = data.draw(st.integers(0, len(genuine)))
    end = data.draw(st.integers(start, len(genuine)))
    middle = data.draw(
        st.sampled_from([b"", genuine[start:end] * 2, b"\0" * (end - start), b"PK\x05\x06" + b"\0" * 18])
    )
    assert_refused_or_the_same(folder, genuine[:start] + middle + genuine[end:], stored=False)


@settings(max_examples=100, deadline=None)
@given(
    junk=st.binary(max_size=300), signature=st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06", b"age-encryption.org/"])
)
def test_anything_at_all(folder: Path, junk: bytes, signature: bytes):
    path = folder / "junk.zgsz"
    path.write_bytes(signature + junk)
    with pytest.raises(AppError) as caught, open_package(path, region().anchors):
        pass
    assert caught.value.code in CATALOGUE


@pytest.mark.soak
@pytest.mark.parametrize("bit", range(8))
def test_every_single_bit(folder: Path, bit: int):
    genuine = original(stored=False)
    for place in range(len(genuine)):
        mutated = bytearray(genuine)
        mutated[place] ^= 1 << bit
        assert_refused_or_the_same(folder, bytes(mutated), stored=False)
