"""Where identity meets its neighbours: the library's path validation, and the admission of records."""

from datetime import timedelta

import pytest

from support.authorities import NOW, Region, forge, make_region
from zgsz_desktop.engine.clock import stamp
from zgsz_desktop.engine.errors import PackageError, UntrustedError
from zgsz_desktop.engine.identity.chains import chain_through, validate
from zgsz_desktop.engine.identity.keys import Signer
from zgsz_desktop.engine.identity.trust import ChainVerifier
from zgsz_desktop.engine.records.admit import Admission, Admitted
from zgsz_desktop.engine.records.record import compose, seal


def admit(region: Region, signer: Signer, division: str, *, verifier: ChainVerifier | None = None) -> Admitted:
    payload = compose(
        "future_kind",
        "x",
        body={},
        supersedes=[],
        author=signer.keyid,
        seq=1,
        prev=None,
        division=division,
        at=stamp(NOW),
    )
    return Admission(verifier or region.verifier()).admit(seal(payload, "future_kind", signer))


def test_the_library_enforces_name_constraints(region):
    """Defence in depth: our rules refuse this before the library sees it, so it is asked directly."""
    leaf = forge("liaison-x.450103.4501.45.zgsz.internal", region.authorities["450102"])
    above = (region.authorities[one].certificate for one in ("450102", "450100", "450000"))
    with pytest.raises(UntrustedError) as caught:
        validate(chain_through((leaf, *above)))
    assert caught.value.code == "identity.path"


def test_the_library_enforces_signatures(region):
    leaf = region.liaison("450102").certificate
    above = (make_region("假").authorities[one].certificate for one in ("450102", "450100"))
    with pytest.raises(UntrustedError) as caught:
        validate(chain_through((leaf, *above, region.root.certificate)))
    assert caught.value.code == "identity.path"


def test_certificates_that_were_never_valid_together(region):
    county = region.authorities["450102"]
    late = county.certificate.not_valid_after_utc + timedelta(days=1)
    leaf = forge("liaison-x.450102.4501.45.zgsz.internal", county, begins=late, ends=late + timedelta(days=1))
    above = (region.authorities[one].certificate for one in ("450102", "450100", "450000"))
    with pytest.raises(UntrustedError) as caught:
        validate(chain_through((leaf, *above)))
    assert caught.value.code == "identity.expired"


def test_a_liaison_writes_for_her_county(region):
    author = region.liaison("450102")
    assert admit(region, author, "450102").holder == author.holder


def test_a_liaison_who_writes_for_another_county(region):
    with pytest.raises(PackageError) as caught:
        admit(region, region.liaison("450102"), "450103")
    assert caught.value.code == "record.other_division"


def test_an_authority_key_that_signs_a_record(region):
    with pytest.raises(PackageError) as caught:
        admit(region, region.authorities["450102"], "450102")
    assert caught.value.code == "record.authority_author"


def test_a_record_from_another_region(region):
    stranger = make_region("假")
    author = stranger.liaison("450102")
    verifier = ChainVerifier(region.anchors, stranger.certificates())
    with pytest.raises(PackageError) as caught:
        admit(region, author, "450102", verifier=verifier)
    assert caught.value.code == "identity.stranger"
