"""What gets in: each rule of records-and-merge.md 2, and one clear code for each refusal."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from support.record_strategies import (
    AT,
    BODIES,
    CITY_CLERK,
    CLERK,
    COUNTY,
    EXPERT,
    LIAISON,
    LIAISON_RENEWED,
    NEIGHBOUR,
    USCC,
    Desk,
    Person,
    label_id,
    person,
    signed,
)
from zgsz_desktop.engine.errors import MalformedError, PackageError, TamperedError, UncheckableError, UntrustedError
from zgsz_desktop.engine.model import Role
from zgsz_desktop.engine.records.admit import Admission, Admitted, refusal_of
from zgsz_desktop.engine.records.envelope import Envelope, record_id
from zgsz_desktop.engine.records.record import content_hash


@pytest.fixture
def desk() -> Desk:
    return Desk()


def envelope(desk: Desk, author: Person = LIAISON, kind: str = "submission", **changes: Any) -> Envelope:
    entity, body = BODIES.get(kind, ("anything", {}))
    values: dict[str, Any] = {"entity": entity, "body": body} | changes
    return signed(desk.enrol(author), kind, **values)


def refused(desk: Desk, one: Envelope) -> PackageError:
    with pytest.raises(PackageError) as caught:
        Admission(desk).admit(one)
    return caught.value


def admitted(desk: Desk, one: Envelope) -> Admitted:
    return Admission(desk).admit(one)


def test_submission_of_a_liaison_is_admitted(desk: Desk):
    one = admitted(desk, envelope(desk))
    assert (one.record.kind, one.holder, one.faults) == ("submission", LIAISON, ())


def test_fact_holds_what_the_fold_must_know(desk: Desk):
    ids = sorted(label_id(n) for n in range(2))
    one = admitted(desk, envelope(desk, supersedes=ids))
    fact, record = one.fact, one.record
    assert (fact.id, fact.kind, fact.entity, fact.supersedes) == (record.id, "submission", record.entity, tuple(ids))
    assert (fact.author, fact.holder, fact.role, fact.scope) == (LIAISON.keyid, LIAISON.name, Role.LIAISON, COUNTY)
    assert (fact.division, fact.at, fact.content) == (COUNTY, record.instant, content_hash(record))
    assert (fact.withdrawn, fact.well_formed, fact.gist) == (False, True, None)


def test_withdrawal_is_admitted(desk: Desk):
    assert admitted(desk, envelope(desk, body=None)).fact.withdrawn


def test_malformed_payload_is_refused(desk: Desk):
    one = envelope(desk)
    error = refused(desk, Envelope(one.payload_type, one.payload + b" ", one.keyid, one.signature))
    assert (type(error), error.code) == (MalformedError, "record.not_canonical")


def test_stranger_is_refused_as_the_chain_check_says(desk: Desk):
    one = envelope(desk)
    desk.people.clear()
    assert refused(desk, one).code == "test.no_certificate"


@pytest.mark.parametrize("days", [-1, 1])
def test_certificate_must_be_valid_at_the_time_of_the_record(desk: Desk, days: int):
    moment = datetime.fromisoformat(AT) + timedelta(days=days)
    one = envelope(desk)
    desk.lives[LIAISON.keyid] = (moment, moment)
    assert refused(desk, one).code == "test.not_valid_then"


def test_broken_signature_is_refused(desk: Desk):
    one, other = envelope(desk), envelope(desk, seq=2, prev=label_id("one"))
    error = refused(desk, Envelope(one.payload_type, one.payload, one.keyid, other.signature))
    assert (type(error), error.code) == (TamperedError, "record.bad_signature")


def test_signature_of_another_key_of_the_same_holder_is_refused(desk: Desk):
    one, sealer = envelope(desk), desk.enrol(LIAISON_RENEWED)
    again = signed(sealer, "submission", BODIES["submission"][0], BODIES["submission"][1])
    assert (
        refused(desk, Envelope(one.payload_type, one.payload, one.keyid, again.signature)).code
        == "record.bad_signature"
    )


def test_author_is_the_key_that_signs(desk: Desk):
    one = envelope(desk)
    desk.enrol(CLERK)
    error = refused(desk, Envelope(one.payload_type, one.payload, CLERK.keyid, one.signature))
    assert (error.code, error.context["field"]) == ("record.form", "author")


def test_unknown_suite_is_could_not_check(desk: Desk):
    desk.foreign_keys[LIAISON.keyid] = ec.generate_private_key(ec.SECP256K1()).public_key()
    error = refused(desk, envelope(desk))
    assert (type(error), error.code) == (UncheckableError, "record.unknown_suite")


def test_record_for_another_county_is_refused(desk: Desk):
    error = refused(desk, envelope(desk, division=NEIGHBOUR))
    assert (type(error), error.code) == (UntrustedError, "record.other_division")
    assert NEIGHBOUR in error.message


def test_wrong_role_is_refused(desk: Desk):
    error = refused(desk, envelope(desk, kind="campaign"))
    assert (type(error), error.code) == (UntrustedError, "record.wrong_author")
    assert "自治区科员" in error.message


def test_authority_key_signs_no_record(desk: Desk):
    authority = person("x", Role.AUTHORITY, COUNTY)
    assert refused(desk, envelope(desk, authority, "novelty")).code == "record.authority_author"


def test_unknown_kind_is_admitted_and_has_no_form(desk: Desk):
    one = admitted(desk, envelope(desk, EXPERT, "novelty", division=NEIGHBOUR))
    assert (one.faults, one.fact.well_formed) == ((), False)


def test_unknown_kind_must_keep_to_the_scope(desk: Desk):
    assert refused(desk, envelope(desk, kind="novelty", division=NEIGHBOUR)).code == "record.other_division"


def test_bad_body_is_admitted_as_malformed(desk: Desk):
    one = admitted(desk, envelope(desk, body={"set": 1}))
    assert not one.fact.well_formed
    assert "缺少 answers" in one.faults


def test_bad_review_has_no_gist(desk: Desk):
    assert admitted(desk, envelope(desk, CLERK, "review", body={"decision": 1})).fact.gist is None


def test_what_it_supersedes_is_not_looked_up(desk: Desk):
    absent = [label_id("absent")]
    assert admitted(desk, envelope(desk, CITY_CLERK, supersedes=absent)).record.supersedes == tuple(absent)


def test_second_signature_gives_the_same_record(desk: Desk):
    one, two = envelope(desk), envelope(desk)
    assert one.signature != two.signature
    assert admitted(desk, one).record.id == admitted(desk, two).record.id


def test_refusal_names_what_can_be_read(desk: Desk):
    one = envelope(desk, kind="campaign")
    refusal = refusal_of(one, refused(desk, one), 7)
    assert (refusal.id, refusal.kind, refusal.entity) == (record_id(one.payload_type, one.payload), "campaign", "2024")
    assert (refusal.code, refusal.line) == ("record.wrong_author", 7)


def test_refusal_of_an_unreadable_payload_names_its_id():
    one = Envelope("application/vnd.zgsz.review+json", b"{", label_id("k"), b"")
    refusal = refusal_of(one, MalformedError("record.not_canonical"), 1)
    assert (refusal.id, refusal.kind, refusal.entity) == (record_id(one.payload_type, b"{"), None, None)


def test_refusal_of_a_line_that_is_no_envelope_names_nothing():
    refusal = refusal_of(None, MalformedError("record.envelope"), 3)
    assert (refusal.id, refusal.kind, refusal.entity, refusal.line) == (None, None, None, 3)


def test_refused_enterprise_is_named(desk: Desk):
    one = envelope(desk, kind="enterprise", division=NEIGHBOUR)
    assert refusal_of(one, refused(desk, one), 1).entity == USCC
