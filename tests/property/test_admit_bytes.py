"""Outside bytes: whatever is done to a line or a payload, only errors of the catalogue come out, and nothing forged gets in."""

import hashlib
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.record_strategies import BODIES, CLERK, LIAISON, USCC, Desk, label_id, signed, submission_body
from zgsz_desktop.engine import canonical
from zgsz_desktop.engine.catalogue import CATALOGUE
from zgsz_desktop.engine.errors import MalformedError, PackageError
from zgsz_desktop.engine.records.admit import Admission, refusal_of
from zgsz_desktop.engine.records.envelope import Envelope, decode_envelope, encode_envelope, payload_type
from zgsz_desktop.engine.records.kinds import KINDS, check_body
from zgsz_desktop.engine.records.record import Record, body_bytes, content_hash, parse_record, seal

DESK = Desk()
SEALER = DESK.enrol(LIAISON)
LINES = [
    encode_envelope(signed(SEALER, "submission", f"2024/{USCC}/initial", submission_body(2), supersedes=[label_id(1)])),
    encode_envelope(
        signed(SEALER, "enterprise", USCC, {"name": "某厂", "revenue": Decimal("12.5")}, seq=2, prev=label_id(2))
    ),
    encode_envelope(
        signed(DESK.enrol(CLERK), "review", f"{label_id(3)}/county", {"decision": "return", "questions": []})
    ),
]
ADMISSION = Admission(DESK)

_PIECES = st.one_of(
    st.binary(max_size=6),
    st.sampled_from([b'"', b"{", b"}", b"[", b"]", b",", b":", b"\\", b"null", b"=", b"0", b"e9", b"\\u0000", b"\xff"]),
)


@st.composite
def mutations(draw: st.DrawFn, original: bytes) -> bytes:
    """Cut, replace, insert, repeat; once or a few times."""
    data = original
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.sampled_from([0, 1, 1, 2, 8, 1000])))
        data = data[:start] + draw(_PIECES) + data[end:]
    return data


@settings(max_examples=600, deadline=None)
@given(st.data())
def test_mutated_line_is_refused_in_plain_words_or_says_the_same(data: st.DataObject):
    original = data.draw(st.sampled_from(LINES))
    line = data.draw(mutations(original))
    envelope = None
    try:
        envelope = decode_envelope(line)
        admitted = ADMISSION.admit(envelope)
    except PackageError as error:
        refusal = refusal_of(envelope, error, 1)
        assert refusal.code in CATALOGUE or refusal.code.startswith("test.")
        assert refusal.reason
    else:
        assert admitted.record.payload == decode_envelope(original).payload


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_mutated_payload_is_malformed_or_has_one_byte_form(data: st.DataObject):
    """The author signs rubbish on purpose: signature and key are good."""
    original = decode_envelope(data.draw(st.sampled_from(LINES[:2])))
    payload = data.draw(mutations(original.payload))
    kind = original.payload_type.split(".")[-1].removesuffix("+json")
    try:
        record = ADMISSION.admit(seal(payload, kind, SEALER)).record
    except PackageError as error:
        assert error.code in CATALOGUE
        return
    assert canonical.encode(canonical.decode(payload)) == payload
    assert body_bytes(record) == canonical.encode(record.body)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_random_bytes_are_malformed(data: bytes):
    with pytest.raises(MalformedError):
        decode_envelope(data)
    with pytest.raises(MalformedError):
        parse_record(Envelope(payload_type("review"), data, LIAISON.keyid, b""))


_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_NUMBERS = st.one_of(
    st.integers(-(2**53), 2**53),
    st.decimals(allow_nan=False, allow_infinity=False, places=9, min_value=-1e6, max_value=1e6),
)
_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), _NUMBERS, _TEXT, st.just(label_id("x"))),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_TEXT, inner, max_size=3)),
    max_leaves=8,
)


@st.composite
def bodies(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    """A usual body with some members replaced, or anything at all."""
    usual = BODIES[kind][1]
    if not usual or draw(st.booleans()):
        return draw(st.dictionaries(_TEXT, _VALUES, max_size=5))
    return usual | draw(st.dictionaries(st.sampled_from(sorted(usual)), _VALUES, min_size=1, max_size=3))


def parsed(kind: str, body: dict[str, Any]) -> Record:
    return parse_record(signed(SEALER, kind, BODIES[kind][0], body))


@settings(max_examples=500, deadline=None)
@given(st.sampled_from(sorted(KINDS)).flatmap(lambda kind: st.tuples(st.just(kind), bodies(kind))))
def test_any_body_is_judged_without_an_error(case: tuple[str, dict[str, Any]]):
    faults = check_body(parsed(*case))
    assert all(isinstance(fault, str) and fault for fault in faults)


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(st.none(), st.dictionaries(_TEXT, _VALUES, max_size=5)),
    st.text(st.characters(min_codepoint=33, exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40),
)
def test_content_is_the_hash_of_the_canonical_body(body: dict[str, Any] | None, entity: str):
    record = parse_record(signed(SEALER, "novelty", entity, body, supersedes=[label_id(1)]))
    assert content_hash(record) == hashlib.sha256(canonical.encode(body)).hexdigest()
