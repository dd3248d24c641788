"""The envelope: PAE, id, the one byte form of a line, the signature."""

import base64
import hashlib
import json

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from support.record_strategies import LIAISON, USCC, Desk, signed
from zgsz_desktop.engine.errors import MalformedError, TamperedError, UncheckableError, UnsignedError
from zgsz_desktop.engine.records import envelope as dsse


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def one(desk: Desk) -> dsse.Envelope:
    return signed(desk.enrol(LIAISON), "enterprise", USCC, {"name": "某厂"})


def line_with(one: dsse.Envelope, **changes: object) -> bytes:
    members = json.loads(dsse.encode_envelope(one)) | changes
    return json.dumps(members, sort_keys=True, separators=(",", ":")).encode()


def test_pae_is_that_of_the_dsse_protocol():
    expected = b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    assert dsse.pae("http://example.com/HelloWorld", b"hello world") == expected


def test_pae_counts_bytes_not_characters():
    assert dsse.pae("é", "厂".encode()) == b"DSSEv1 2 \xc3\xa9 3 \xe5\x8e\x82"


def test_record_id_is_the_hash_of_what_is_signed():
    expected = hashlib.sha256(b"DSSEv1 34 application/vnd.zgsz.manifest+json 2 {}").hexdigest()
    assert dsse.record_id(dsse.payload_type("manifest"), b"{}") == expected


def test_kind_of_is_the_inverse_of_payload_type():
    assert dsse.kind_of(dsse.payload_type("expert_review")) == "expert_review"


@pytest.mark.parametrize("text", ["", "text/plain", "application/vnd.zgsz.+json", "application/vnd.zgsz.A+json"])
def test_other_media_types_are_refused(text: str):
    with pytest.raises(MalformedError) as caught:
        dsse.kind_of(text)
    assert caught.value.code == "record.envelope"


def test_line_is_canonical_json_in_the_dsse_form(one: dsse.Envelope):
    members = json.loads(dsse.encode_envelope(one))
    assert base64.b64decode(members["payload"]) == one.payload
    assert members["signatures"] == [{"keyid": one.keyid, "sig": base64.b64encode(one.signature).decode()}]
    assert line_with(one) == dsse.encode_envelope(one)


def test_line_round_trip(one: dsse.Envelope):
    assert dsse.decode_envelope(dsse.encode_envelope(one)) == one


def test_envelope_without_signature_is_unsigned(one: dsse.Envelope):
    with pytest.raises(UnsignedError) as caught:
        dsse.decode_envelope(line_with(one, signatures=[]))
    assert caught.value.code == "record.unsigned"


def test_two_signatures_are_refused(one: dsse.Envelope):
    signature = json.loads(dsse.encode_envelope(one))["signatures"][0]
    with pytest.raises(MalformedError) as caught:
        dsse.decode_envelope(line_with(one, signatures=[signature, signature]))
    assert caught.value.code == "record.envelope"


@pytest.mark.parametrize(
    "change",
    [
        {"more": 1},
        {"payload": "!"},
        {"payload": None},
        {"payloadType": "text/plain"},
        {"signatures": [{"keyid": "A" * 64, "sig": ""}]},
        {"signatures": [{"keyid": "a" * 63, "sig": ""}]},
    ],
)
def test_other_shapes_are_refused(one: dsse.Envelope, change: dict[str, object]):
    with pytest.raises(MalformedError) as caught:
        dsse.decode_envelope(line_with(one, **change))
    assert caught.value.code == "record.envelope"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda line: line + b" ",
        lambda line: line.replace(b":", b": ", 1),
        lambda line: b'{"payload":"",' + line[1:],
        lambda line: line[:-1],
        lambda _: b"",
        lambda _: b"[" * 5000,
        lambda _: b"\xff\xfe",
    ],
    ids=["space after", "space inside", "duplicate key", "cut", "empty", "deep", "not UTF-8"],
)
def test_a_line_has_one_byte_form(one: dsse.Envelope, spoil):
    with pytest.raises(MalformedError) as caught:
        dsse.decode_envelope(spoil(dsse.encode_envelope(one)))
    assert caught.value.code == "record.envelope"


def test_line_limit_depends_on_the_kind():
    assert dsse.line_limit("submission") == 3 * 2**19
    assert dsse.line_limit("catalog") == 12 * 2**20
    assert dsse.line_limit("manifest") == 8 * 2**20


@pytest.mark.parametrize(("kind", "size"), [("submission", 2 * 2**20), ("benchmark", 13 * 2**20)])
def test_longer_lines_are_refused(kind: str, size: int):
    long = dsse.Envelope(dsse.payload_type(kind), b"0" * size, "a" * 64, b"")
    with pytest.raises(MalformedError) as caught:
        dsse.decode_envelope(dsse.encode_envelope(long))
    assert caught.value.code == "record.too_long"


def test_long_kinds_may_be_longer():
    long = dsse.Envelope(dsse.payload_type("benchmark"), b"0" * 2 * 2**20, "a" * 64, b"")
    assert dsse.decode_envelope(dsse.encode_envelope(long)) == long


def test_good_signature_passes(desk: Desk, one: dsse.Envelope):
    dsse.verify_signature(one, desk.public_key(one.keyid))


@pytest.mark.parametrize("part", ["payload", "payload_type", "signature"])
def test_changed_part_breaks_the_signature(desk: Desk, one: dsse.Envelope, part: str):
    parts = {name: getattr(one, name) for name in ("payload_type", "payload", "keyid", "signature")}
    parts[part] = parts[part] + ("x" if part == "payload_type" else b"x")
    with pytest.raises(TamperedError) as caught:
        dsse.verify_signature(dsse.Envelope(**parts), desk.public_key(one.keyid))
    assert caught.value.code == "record.bad_signature"


def test_empty_signature_is_wrong(desk: Desk, one: dsse.Envelope):
    with pytest.raises(TamperedError):
        dsse.verify_signature(dsse.Envelope(one.payload_type, one.payload, one.keyid, b""), desk.public_key(one.keyid))


@pytest.mark.parametrize(
    "key", [ec.generate_private_key(ec.SECP384R1()), ed25519.Ed25519PrivateKey.generate()], ids=["P-384", "Ed25519"]
)
def test_unknown_suite_could_not_be_checked(one: dsse.Envelope, key):
    with pytest.raises(UncheckableError) as caught:
        dsse.verify_signature(one, key.public_key())
    assert caught.value.code == "record.unknown_suite"
