"""Admission behind real certificates: `identity` decides the chain, `records` the rest."""

from datetime import timedelta

import pytest

from support.authorities import NOW, Region, make_region
from support.record_strategies import BODIES, COUNTY, NEIGHBOUR
from zgsz_desktop.engine.clock import stamp
from zgsz_desktop.engine.errors import PackageError
from zgsz_desktop.engine.identity.keys import Signer
from zgsz_desktop.engine.identity.trust import ChainVerifier
from zgsz_desktop.engine.records.admit import Admission
from zgsz_desktop.engine.records.envelope import Envelope
from zgsz_desktop.engine.records.record import compose, seal


@pytest.fixture(scope="module")
def region() -> Region:
    region = make_region()
    region.liaison(COUNTY)
    return region


def submission(signer: Signer, *, division: str = COUNTY, days: int = 1) -> Envelope:
    entity, body = BODIES["submission"]
    at = stamp(NOW + timedelta(days=days))
    payload = compose(
        "submission", entity, body=body, supersedes=(), author=signer.keyid, seq=1, prev=None, division=division, at=at
    )
    return seal(payload, "submission", signer)


def code_of(chains: ChainVerifier, envelope: Envelope) -> str:
    with pytest.raises(PackageError) as caught:
        Admission(chains).admit(envelope)
    return caught.value.code


def test_liaison_of_the_county_is_admitted(region: Region):
    admitted = Admission(region.verifier()).admit(submission(region.liaison(COUNTY)))
    assert (admitted.fact.holder, admitted.fact.scope) == (f"liaison-a1.{COUNTY}", COUNTY)


def test_record_of_a_stranger_is_refused(region: Region):
    stranger = make_region("体验")
    chains = ChainVerifier(region.anchors, [stranger.liaison(COUNTY).certificate, *stranger.certificates()])
    assert code_of(chains, submission(stranger.liaison(COUNTY))) == "identity.stranger"


def test_record_without_its_certificate_could_not_be_checked(region: Region):
    chains = ChainVerifier(region.anchors, [])
    assert code_of(chains, submission(region.liaison(COUNTY))) == "identity.no_certificate"


@pytest.mark.parametrize(("days", "code"), [(-2, "identity.not_yet_valid"), (20_000, "identity.expired")])
def test_record_from_outside_the_certificates_life_is_refused(region: Region, days: int, code: str):
    assert code_of(region.verifier(), submission(region.liaison(COUNTY), days=days)) == code


def test_liaison_who_writes_for_another_county_is_refused(region: Region):
    envelope = submission(region.liaison(COUNTY), division=NEIGHBOUR)
    assert code_of(region.verifier(), envelope) == "record.other_division"


def test_record_signed_by_an_authority_key_is_refused(region: Region):
    with pytest.raises(PackageError) as caught:
        Admission(region.verifier()).admit(submission(region.authorities[COUNTY]))
    assert caught.value.code == "record.authority_author"
