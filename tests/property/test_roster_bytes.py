"""Whatever is done to a workbook's bytes, the reader answers with a reading or with an error of the catalogue."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.model import DivisionCode
from zgsz_desktop.engine.reference.credit_code import make_credit_code
from zgsz_desktop.engine.reference.divisions import Divisions
from zgsz_desktop.engine.reference.industries import Industries
from zgsz_desktop.engine.roster.reading import read_roster
from zgsz_desktop.engine.roster.row import RosterRow
from zgsz_desktop.engine.roster.writing import write_roster
from zgsz_desktop.paths import resources_folder

DIVISIONS = Divisions.load(resources_folder())
INDUSTRIES = Industries.load(resources_folder())


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("roster") / "名录.xlsx"


@pytest.fixture(scope="module")
def good(place: Path) -> bytes:
    rows = [
        RosterRow(0, make_credit_code("450103", f"MYAAAA{n:02d}"), f"甲{n}", DivisionCode("450103")) for n in range(5)
    ]
    write_roster(place, rows, DIVISIONS)
    return place.read_bytes()


def answers(place: Path, stored: bytes) -> None:
    place.write_bytes(stored)
    try:
        reading = read_roster(place, DIVISIONS, INDUSTRIES)
    except UserError as refusal:
        assert refusal.message
        assert refusal.remedy
    else:
        assert all(finding.message and finding.remedy for finding in reading.errors + reading.warnings)


@given(st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_mutated_container(place: Path, good: bytes, data: st.DataObject):
    stored = bytearray(good)
    for _ in range(data.draw(st.integers(1, 4))):
        stored[data.draw(st.integers(0, len(stored) - 1))] = data.draw(st.integers(0, 255))
    answers(place, bytes(stored[: data.draw(st.integers(1, len(stored)))]))


@given(st.data())
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_mutated_parts(place: Path, good: bytes, data: st.DataObject):
    """The checksum is made right again, so that the mutation reaches the XML readers."""
    with zipfile.ZipFile(BytesIO(good)) as archive:
        parts = {name: bytearray(archive.read(name)) for name in archive.namelist()}
    part = parts[data.draw(st.sampled_from(sorted(parts)))]
    kind = data.draw(st.sampled_from(["byte", "cut", "twice", "digit"]))
    at = data.draw(st.integers(0, len(part) - 1))
    if kind == "byte":
        part[at] = data.draw(st.integers(0, 255))
    elif kind == "cut":
        del part[at : at + data.draw(st.integers(1, 60))]
    elif kind == "twice":
        part[at:at] = part[at : at + data.draw(st.integers(1, 60))]
    else:
        digits = [place for place, byte in enumerate(part) if 48 <= byte <= 57]
        if digits:
            part[data.draw(st.sampled_from(digits))] = data.draw(st.integers(48, 57))
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, bytes(content))
    answers(place, stream.getvalue())


@given(st.binary(max_size=400))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes(place: Path, stored: bytes):
    answers(place, stored)
    answers(place, b"PK\x03\x04" + stored)
