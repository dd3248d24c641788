"""`docs/formats.md` tells the truth: its tables name every kind and field, and what it says can be written by hand."""

import base64
import hashlib
import json
from pathlib import Path

import pytest

from support.record_strategies import AT, COUNTY, LIAISON, USCC, Desk
from zgsz_desktop.engine import canonical
from zgsz_desktop.engine.records.admit import Admission
from zgsz_desktop.engine.records.bodies import FIELDS
from zgsz_desktop.engine.records.envelope import decode_envelope
from zgsz_desktop.engine.records.kinds import KINDS

TEXT = (Path(__file__).parents[3] / "docs" / "formats.md").read_text("utf-8")
ROWS = {
    kind: line
    for line in TEXT.splitlines()
    for kind in KINDS
    if line.startswith("| `") and f"`{kind}`" in line.split("|")[1]
}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_has_its_row(kind: str):
    assert KINDS[kind].title in ROWS[kind]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_row_names_every_field_and_what_must_be_there(kind: str):
    body = ROWS[kind].split("|")[4]
    for field in FIELDS[kind]:
        assert (f"**{field.name}**" if field.required else field.name) in body


@pytest.mark.parametrize(
    "code",
    sorted(
        {
            "record.authority_author",
            "record.bad_signature",
            "record.envelope",
            "record.form",
            "record.not_canonical",
            "record.other_division",
            "record.too_deep",
            "record.too_long",
            "record.unknown_suite",
            "record.unsigned",
            "record.wrong_author",
        }
    ),
)
def test_every_refusal_is_described(code: str):
    assert f"`{code}`" in TEXT


def plain_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def test_canonical_form_is_what_the_page_says_of_every_character():
    text = "".join(chr(point) for point in range(0x11000) if not 0xD800 <= point < 0xE000)
    assert canonical.encode({text: [1, True, None, text]}) == plain_json({text: [1, True, None, text]})


def test_record_written_by_hand_from_the_page_is_admitted():
    """With nothing but json, base64, hashlib and a key."""
    desk = Desk()
    sealer = desk.enrol(LIAISON)
    members = {"kind": "enterprise", "entity": USCC, "supersedes": [], "author": sealer.keyid, "seq": 1, "prev": None}
    payload = plain_json(members | {"division": COUNTY, "at": AT, "body": {"name": "某厂"}})
    media_type = b"application/vnd.zgsz.enterprise+json"
    signed = b"DSSEv1 " + b" ".join([str(len(media_type)).encode(), media_type, str(len(payload)).encode(), payload])
    line = plain_json(
        {
            "payload": base64.b64encode(payload).decode(),
            "payloadType": media_type.decode(),
            "signatures": [{"keyid": sealer.keyid, "sig": base64.b64encode(sealer.sign(signed)).decode()}],
        }
    )
    assert Admission(desk).admit(decode_envelope(line)).record.id == hashlib.sha256(signed).hexdigest()
