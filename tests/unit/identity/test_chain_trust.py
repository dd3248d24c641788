"""Chains: who is let in, decided from the certificates of one package, the pinned roots and the time of signing."""

from datetime import UTC, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from support.authorities import NOW, Region, forge, key, make_region
from zgsz_desktop.engine.errors import PackageError, TamperedError, UncheckableError, UntrustedError, UserError
from zgsz_desktop.engine.identity.certificates import keyid_of
from zgsz_desktop.engine.identity.issuing import Subject, issue
from zgsz_desktop.engine.identity.keys import Signer
from zgsz_desktop.engine.identity.names import holder_of
from zgsz_desktop.engine.identity.trust import ChainVerifier, TrustAnchors
from zgsz_desktop.engine.model import Role

COUNTY = "450102.4501.45.zgsz.internal"
CITY = "4501.45.zgsz.internal"


def refusal(region: Region, leaf: x509.Certificate, *more: x509.Certificate, at=NOW) -> PackageError:
    verifier = ChainVerifier(region.anchors, [*region.certificates(), leaf, *more])
    with pytest.raises(PackageError) as caught:
        verifier.verify(keyid_of(leaf), at)
    return caught.value


def test_everybody_of_the_region_is_known_by_name(region):
    people = [region.clerk("450000"), region.clerk("450102"), region.liaison("450206"), region.expert("450200")]
    verifier = region.verifier()
    assert [verifier.verify(one.keyid, NOW) for one in people] == [one.holder for one in people]


def test_a_higher_authority_may_enrol_for_a_division_below(region):
    holder = holder_of(Role.LIAISON, "450102", "b2")
    made = issue(region.authorities["450100"], holder, Subject("张三", "工信局"), key("b2").public_key(), NOW)
    verifier = ChainVerifier(region.anchors, [made, *region.certificates()])
    assert verifier.verify(keyid_of(made), NOW) == holder
    assert len(verifier.chain_of(keyid_of(made))) == 2


def test_chain_of_holds_what_a_package_must_carry(region):
    author = region.liaison("450102")
    expected = (author, region.authorities["450102"], region.authorities["450100"])
    assert region.verifier().chain_of(author.keyid) == tuple(one.certificate for one in expected)


def test_public_key_is_the_certificates(region):
    author = region.liaison("450102")
    assert region.verifier().public_key(author.keyid) == author.certificate.public_key()


def test_certificates_may_come_in_any_order_and_twice(region):
    author = region.liaison("450102")
    given = [*region.certificates(), region.root.certificate]
    for order in (given, given[::-1], given * 2):
        assert ChainVerifier(region.anchors, order).verify(author.keyid, NOW) == author.holder


def test_no_certificate_could_not_be_checked(region):
    with pytest.raises(UncheckableError) as caught:
        region.verifier().verify("0" * 64, NOW)
    assert caught.value.code == "identity.no_certificate"


@pytest.mark.parametrize("missing", ["450102", "450100"])
def test_missing_issuer_could_not_be_checked(region, missing):
    author = region.liaison("450102")
    given = [one for one in region.certificates() if one != region.authorities[missing].certificate]
    with pytest.raises(UncheckableError) as caught:
        ChainVerifier(region.anchors, given).verify(author.keyid, NOW)
    assert caught.value.code == "identity.issuer_missing"


def test_expired(region):
    author = region.liaison("450102")
    late = author.certificate.not_valid_after_utc + timedelta(seconds=1)
    assert region.verifier().verify(author.keyid, late - timedelta(seconds=1)) == author.holder
    error = refusal(region, author.certificate, at=late)
    assert (type(error), error.code) == (UntrustedError, "identity.expired")


def test_not_yet_valid(region):
    author = region.liaison("450102")
    early = author.certificate.not_valid_before_utc - timedelta(seconds=1)
    assert region.verifier().verify(author.keyid, early + timedelta(seconds=1)) == author.holder
    assert refusal(region, author.certificate, at=early).code == "identity.not_yet_valid"


def test_every_certificate_of_the_chain_must_be_valid_then(region):
    """The leaf would still be valid; its county's authority is not."""
    county = forge(
        f"ca.{COUNTY}", region.authorities["450100"], key_name="c", ca=0, permit=[COUNTY], ends=NOW + timedelta(days=5)
    )
    leaf = forge(f"liaison-x.{COUNTY}", Signer(key("c"), county))
    verifier = ChainVerifier(region.anchors, [leaf, county, *region.certificates()])
    assert verifier.verify(keyid_of(leaf), NOW + timedelta(days=5))
    assert refusal(region, leaf, county, at=NOW + timedelta(days=6)).code == "identity.expired"


def test_a_root_swapped(region):
    """Another region with the same names and other keys is a stranger."""
    stranger = make_region("假")
    author = stranger.liaison("450102")
    with pytest.raises(UntrustedError) as caught:
        ChainVerifier(region.anchors, [*stranger.certificates(), stranger.root.certificate]).verify(author.keyid, NOW)
    assert caught.value.code == "identity.stranger"


def test_a_root_swapped_under_the_same_display_name(region):
    """The subject names agree to the letter; the key does not."""
    root = Signer(key("假根"), _self_signed(region))
    city = forge(f"ca.{CITY}", root, key_name="c", ca=1, permit=[CITY])
    leaf = forge(f"clerk-x.{CITY}", Signer(key("c"), city))
    with pytest.raises(UntrustedError) as caught:
        ChainVerifier(region.anchors, [leaf, city, root.certificate]).verify(keyid_of(leaf), NOW)
    assert caught.value.code == "identity.stranger"


def _self_signed(region: Region) -> x509.Certificate:
    from zgsz_desktop.engine.identity.issuing import issue_root

    made = issue_root(key("假根"), Subject("自治区工信厅真", "自治区工信厅"), NOW)
    assert made.subject == region.root.certificate.subject
    return made


def test_an_edited_certificate(region):
    """The signature on a certificate is altered: everything else is as issued, so the keyid is too."""
    author = region.liaison("450102")
    der = bytearray(author.certificate.public_bytes(Encoding.DER))
    der[-1] ^= 1
    edited = x509.load_der_x509_certificate(bytes(der))
    assert keyid_of(edited) == author.keyid
    given = [one for one in region.certificates() if one != author.certificate]
    with pytest.raises(TamperedError) as caught:
        ChainVerifier(region.anchors, [edited, *given]).verify(author.keyid, NOW)
    assert caught.value.code == "identity.bad_signature"
    # Beside the genuine one it does no harm.
    assert ChainVerifier(region.anchors, [edited, *region.certificates()]).verify(author.keyid, NOW)


@pytest.mark.parametrize(
    ("issuer", "name"),
    [
        ("450100", "liaison-x.450202.4502.45.zgsz.internal"),
        ("450100", "clerk-x.4502.45.zgsz.internal"),
        ("450100", "clerk-x.45.zgsz.internal"),
        ("450102", "liaison-x.450103.4501.45.zgsz.internal"),
        ("450102", f"clerk-x.{CITY}"),
        ("450102", f"expert-x.{CITY}"),
    ],
)
def test_an_authority_issues_only_into_its_own_division(region, issuer, name):
    error = refusal(region, forge(name, region.authorities[issuer]))
    assert (type(error), error.code) == (UntrustedError, "identity.wrong_issuer")


def test_a_county_that_invents_its_own_expert(region):
    leaf = forge(f"expert-x.{COUNTY}", region.authorities["450102"])
    assert refusal(region, leaf).code == "identity.wrong_level"


def test_a_city_that_makes_an_authority_in_another_city(region):
    other = "450202.4502.45.zgsz.internal"
    county = forge(f"ca.{other}", region.authorities["450100"], key_name="c", ca=0, permit=[other])
    leaf = forge(f"liaison-x.{other}", Signer(key("c"), county))
    assert refusal(region, leaf, county).code == "identity.wrong_issuer"


def test_an_authority_two_levels_down(region):
    county = forge(f"ca.{COUNTY}", region.root, key_name="c", ca=0, permit=[COUNTY])
    leaf = forge(f"liaison-x.{COUNTY}", Signer(key("c"), county))
    assert refusal(region, leaf, county).code == "identity.wrong_issuer"


def test_an_authority_of_the_same_level_below_itself(region):
    county = forge(f"ca.{COUNTY}", region.authorities["450102"], key_name="c", ca=0, permit=[COUNTY])
    leaf = forge(f"liaison-x.{COUNTY}", Signer(key("c"), county))
    assert refusal(region, leaf, county).code == "identity.wrong_issuer"


def test_an_unconstrained_authority_below_a_constrained_one(region):
    """The library lets this pass (an issuer may leave the constraint out): the rule is ours."""
    county = forge(f"ca.{COUNTY}", region.authorities["450100"], key_name="c", ca=0, permit=None)
    leaf = forge(f"liaison-x.{COUNTY}", _Issuer(county, key("c")))
    assert refusal(region, leaf, county).code == "identity.unconstrained"


def test_an_author_who_issues(region):
    leaf = forge(f"liaison-y.{COUNTY}", region.liaison("450102"))
    assert refusal(region, leaf).code == "identity.wrong_issuer"


def test_a_ring_of_issuers_ends(region):
    """Three authorities of one name and one key, each the issuer of the others as far as signatures go."""
    ring = [forge(f"ca.{COUNTY}", region.root, key_name="ring", ca=0, permit=[COUNTY])]
    for _ in range(2):
        ring.append(forge(f"ca.{COUNTY}", Signer(key("ring"), ring[-1]), key_name="ring", ca=0, permit=[COUNTY]))
    leaf = forge(f"liaison-x.{COUNTY}", Signer(key("ring"), ring[-1]))
    assert refusal(region, leaf, *ring[1:]).code == "identity.wrong_issuer"


def test_an_issuer_of_another_suite_could_not_be_checked(region):
    from cryptography.hazmat.primitives.asymmetric import ec

    strong = ec.generate_private_key(ec.SECP384R1())
    county = forge(f"ca.{COUNTY}", region.authorities["450100"], private=strong, ca=0, permit=[COUNTY])
    named = _Issuer(county, strong)
    error = refusal(region, forge(f"liaison-x.{COUNTY}", named), county)
    assert (type(error), error.code) == (UncheckableError, "identity.unknown_suite")


class _Issuer:
    """As much of a signer as `forge` needs, for a certificate that no real signer would take."""

    def __init__(self, certificate, private):
        self.certificate, self.key = certificate, private


def test_a_renewed_holder_is_the_same_holder(region):
    old = region.liaison("450102", "a7")
    new = region.enrol(Role.LIAISON, "450102", "a7", key_name="new laptop")
    verifier = ChainVerifier(region.anchors, [old.certificate, *region.certificates()])
    assert old.keyid != new.keyid
    assert verifier.verify(old.keyid, NOW) == verifier.verify(new.keyid, NOW)


def test_two_certificates_of_one_authority_key(region):
    """Whichever chain is valid at the time counts; both are known to revocation."""
    author = region.liaison("450102")
    old = region.authorities["450102"]
    begins = NOW.astimezone(UTC) + timedelta(days=10)
    again = (
        x509.CertificateBuilder(
            issuer_name=old.certificate.issuer,
            subject_name=old.certificate.subject,
            public_key=old.certificate.public_key(),
            serial_number=5,
            not_valid_before=begins,
            not_valid_after=begins + timedelta(days=300),
            extensions=list(old.certificate.extensions),
        )
    ).sign(region.authorities["450100"].key, old.certificate.signature_hash_algorithm)
    verifier = ChainVerifier(region.anchors, [again, *region.certificates()])
    assert verifier.verify(author.keyid, NOW) == author.holder
    assert verifier.verify(author.keyid, begins) == author.holder
    assert {link.serial for link in verifier.links_of(author.keyid)} >= {"5", f"{old.certificate.serial_number:x}"}


def test_no_root_is_said_and_not_taken_for_a_stranger():
    with pytest.raises(UserError) as caught:
        TrustAnchors([])
    assert caught.value.code == "identity.no_root"


def test_an_authority_is_proven_too_and_named_as_one(region):
    """Records under its key are refused by role, in `records.admit`."""
    county = region.authorities["450102"]
    assert region.verifier().verify(county.keyid, NOW).role is Role.AUTHORITY


def test_authorities_are_those_that_chain_to_a_root(region):
    region.liaison("450102")
    stranger = make_region("假")
    verifier = ChainVerifier(region.anchors, [*region.certificates(), *stranger.certificates()])
    assert set(verifier.authorities()) == {one.certificate for one in region.authorities.values()}


def test_made_up_certificates_cost_one_check_each(region, monkeypatch):
    """Endless data: many fake authorities under one name do not multiply."""
    from zgsz_desktop.engine.identity import trust

    fakes = [
        forge(f"ca.{COUNTY}", region.authorities["450100"], key_name="f", signing_key=key("f"), ca=0, permit=[COUNTY])
        for _ in range(20)
    ]
    leaves = [forge(f"liaison-{n}.{COUNTY}", Signer(key("f"), fakes[0])) for n in range(20)]
    verifier = ChainVerifier(region.anchors, [*fakes, *leaves, *region.certificates()])
    checks = []
    genuine = trust.is_signed_by
    monkeypatch.setattr(trust, "is_signed_by", lambda *pair: checks.append(pair) or genuine(*pair))
    for leaf in leaves:
        with pytest.raises(PackageError):
            verifier.verify(keyid_of(leaf), NOW)
    assert len(checks) < 15 * (len(fakes) + len(leaves))


def test_ten_thousand_records_are_one_examination(region, monkeypatch):
    from zgsz_desktop.engine.identity import trust

    author, verifier = region.liaison("450102"), None
    verifier = region.verifier()
    runs = []
    genuine = trust.validate
    monkeypatch.setattr(trust, "validate", lambda chain: runs.append(chain) or genuine(chain))
    for second in range(10_000):
        verifier.verify(author.keyid, NOW + timedelta(seconds=second))
    assert len(runs) == 3
