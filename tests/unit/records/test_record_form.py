"""The form of a payload: nine members, each as records-and-merge.md 1 says."""

import hashlib
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from support.record_strategies import AT, COUNTY, LIAISON, USCC, Desk, label_id, signed
from zgsz_desktop.engine import canonical
from zgsz_desktop.engine.errors import MalformedError
from zgsz_desktop.engine.records.envelope import Envelope, payload_type, record_id
from zgsz_desktop.engine.records.record import body_bytes, compose, content_hash, parse_record

IDS = sorted(label_id(number) for number in range(65))


def members(**changes: Any) -> dict[str, Any]:
    return {
        "kind": "enterprise",
        "entity": USCC,
        "supersedes": [],
        "author": LIAISON.keyid,
        "seq": 2,
        "prev": IDS[0],
        "division": COUNTY,
        "at": AT,
        "body": {"name": "某厂", "revenue": Decimal("1.5")},
    } | changes


def enveloped(payload: bytes, kind: str = "enterprise") -> Envelope:
    return Envelope(payload_type(kind), payload, LIAISON.keyid, b"")


def code_of(payload: bytes, kind: str = "enterprise") -> tuple[str, Any]:
    with pytest.raises(MalformedError) as caught:
        parse_record(enveloped(payload, kind))
    return caught.value.code, caught.value.context.get("field")


def test_record_is_read_as_written():
    payload = canonical.encode(members(supersedes=IDS[:2]))
    record = parse_record(enveloped(payload))
    assert (record.kind, record.entity, record.division, record.seq) == ("enterprise", USCC, COUNTY, 2)
    assert record.supersedes == tuple(IDS[:2])
    assert record.body == {"name": "某厂", "revenue": Decimal("1.5")}
    assert record.id == record_id(payload_type("enterprise"), payload)
    assert record.payload == payload


def test_compose_and_parse_are_inverse():
    envelope = signed(
        Desk().enrol(LIAISON), "enterprise", USCC, {"name": "某厂"}, seq=2, prev=IDS[3], supersedes=IDS[:3]
    )
    record = parse_record(envelope)
    again = compose(
        record.kind,
        record.entity,
        body=record.body,
        supersedes=record.supersedes,
        author=record.author,
        seq=record.seq,
        prev=record.prev,
        division=record.division,
        at=record.at,
    )
    assert again == envelope.payload


def test_compose_sorts_what_it_supersedes():
    envelope = signed(Desk().enrol(LIAISON), "enterprise", USCC, {}, supersedes=[IDS[2], IDS[0], IDS[2]])
    assert parse_record(envelope).supersedes == (IDS[0], IDS[2])


def test_compose_refuses_what_nobody_would_take():
    with pytest.raises(MalformedError) as caught:
        signed(Desk().enrol(LIAISON), "enterprise", USCC, {}, supersedes=IDS)
    assert caught.value.code == "record.form"


@pytest.mark.parametrize(
    ("at", "utc"),
    [
        ("2024-07-01T09:30:00+08:00", datetime(2024, 7, 1, 1, 30, tzinfo=UTC)),
        ("2024-07-01T01:30:00+00:00", datetime(2024, 7, 1, 1, 30, tzinfo=UTC)),
        ("2024-02-29T23:59:59-05:30", datetime(2024, 3, 1, 5, 29, 59, tzinfo=UTC)),
    ],
)
def test_instant_follows_the_offset(at: str, utc: datetime):
    record = parse_record(enveloped(canonical.encode(members(at=at))))
    assert record.instant == int(utc.timestamp())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "submission"),
        ("author", "a" * 64),
        ("entity", ""),
        ("entity", "x" * 257),
        ("entity", "a b"),
        ("entity", "a\n"),
        ("entity", 7),
        ("division", "440100"),
        ("division", "45010"),
        ("division", 450102),
        ("at", "2024-07-01"),
        ("at", "2024-07-01T09:30:00"),
        ("at", "2024-07-01T09:30:00Z"),
        ("at", "2024-07-01T09:30:00.5+08:00"),
        ("at", "2024-02-30T09:30:00+08:00"),
        ("at", "2024-07-01T09:30:60+08:00"),
        ("at", "2024-07-01 09:30:00+08:00"),
        ("at", "1024-07-01T09:30:00+08:00"),
        ("at", "2024-07-01T09:30:00+24:00"),
        ("at", 0),
        ("seq", 0),
        ("seq", -1),
        ("seq", True),
        ("seq", "2"),
        ("seq", Decimal("2.5")),
        ("prev", None),
        ("prev", "A" * 64),
        ("prev", 1),
        ("supersedes", None),
        ("supersedes", IDS),
        ("supersedes", [IDS[1], IDS[0]]),
        ("supersedes", [IDS[0], IDS[0]]),
        ("supersedes", ["x"]),
        ("supersedes", [1]),
        ("body", []),
        ("body", "x"),
    ],
)
def test_member_at_fault_is_named(field: str, value: Any):
    assert code_of(canonical.encode(members(**{field: value}))) == ("record.form", field)


def test_first_record_has_none_before_it():
    assert parse_record(enveloped(canonical.encode(members(seq=1, prev=None)))).prev is None
    assert code_of(canonical.encode(members(seq=1))) == ("record.form", "prev")


def test_sixty_four_superseded_are_allowed():
    assert len(parse_record(enveloped(canonical.encode(members(supersedes=IDS[:64])))).supersedes) == 64


@pytest.mark.parametrize("payload", [canonical.encode(members(more=1)), b"[]", b"null", b"1", b"{}"])
def test_other_members_are_refused(payload: bytes):
    assert code_of(payload) == ("record.form", "成员")


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\xff",
        b'{"a":1, "b":2}',
        b'{"b":1,"a":2}',
        b'{"a":1,"a":2}',
        b'{"a":1.0}',
        b'{"a":1e3}',
        b'{"a":9007199254740993}',
        b'{"a":"\\u4e00"}',
        b'{"a":NaN}',
        b'{"a":"\\ud800"}',
    ],
)
def test_payload_is_canonical(payload: bytes):
    assert code_of(payload)[0] == "record.not_canonical"


def test_deep_payload_is_refused_before_it_is_parsed():
    assert code_of(b"[" * 100_000 + b"]" * 100_000)[0] == "record.too_deep"


def test_kind_of_the_envelope_is_the_kind_of_the_record():
    assert code_of(canonical.encode(members()), "review") == ("record.form", "kind")


@pytest.mark.parametrize(
    "body",
    [None, {}, {"a": '"}],{\\'}, {"body": {"division": "450102"}}, {"金额": Decimal("0.000000001")}],
    ids=["null", "empty", "brackets and quotes", "names like members", "Chinese and tiny"],
)
def test_body_bytes_are_its_canonical_form(body: dict[str, Any] | None):
    record = parse_record(signed(Desk().enrol(LIAISON), "enterprise", '实体"\\/x', body, supersedes=IDS[:3]))
    assert body_bytes(record) == canonical.encode(body)
    assert content_hash(record) == hashlib.sha256(canonical.encode(body)).hexdigest()
