"""What makes a certificate acceptable: every negative case of identity.md, one fault each."""

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from support.authorities import NOW, forge, key
from zgsz_desktop.engine.errors import MalformedError, UncheckableError, UntrustedError, UserError
from zgsz_desktop.engine.identity.keys import Signer
from zgsz_desktop.engine.identity.rules import check_certificate, check_root
from zgsz_desktop.engine.model import Role

COUNTY = "450102.4501.45.zgsz.internal"
CITY = "4501.45.zgsz.internal"
LIAISON = f"liaison-x.{COUNTY}"


def code_of(certificate: x509.Certificate, error: type[Exception] = UntrustedError) -> str:
    with pytest.raises(error) as caught:
        check_certificate(certificate)
    return caught.value.code


def test_what_bureaus_issue_is_acceptable(region):
    for scope, authority in region.authorities.items():
        holder = check_certificate(authority.certificate)
        assert (holder.role, holder.scope) == (Role.AUTHORITY, scope)
    for author in (region.clerk("450000"), region.liaison("450102"), region.expert("450200")):
        assert check_certificate(author.certificate) == author.holder


@pytest.mark.parametrize(
    "names",
    [
        [],
        [x509.DNSName(LIAISON), x509.DNSName(f"clerk-x.{COUNTY}")],
        [x509.DNSName(LIAISON), x509.RFC822Name("a@b.example")],
        [x509.RFC822Name("a@b.example")],
        [x509.DNSName(LIAISON.upper())],
    ],
    ids=["none", "two", "and a mail", "a mail", "upper case"],
)
def test_exactly_one_lower_case_dns_name(region, names):
    assert code_of(forge(names, region.authorities["450102"])) == "identity.bad_name"


@pytest.mark.parametrize("length", [None, 1, 2, 3])
def test_path_length_of_a_county_is_nought(region, length):
    bad = forge(f"ca.{COUNTY}", region.authorities["450100"], ca=length, permit=[COUNTY])
    assert code_of(bad) == "identity.authority_profile"


@pytest.mark.parametrize("usage", [set(), {"key_cert_sign"}, {"crl_sign"}, {"digital_signature"}])
def test_an_authority_must_sign_certificates_and_lists(region, usage):
    bad = forge(f"ca.{COUNTY}", region.authorities["450100"], ca=0, permit=[COUNTY], usage=frozenset(usage))
    assert code_of(bad) == "identity.authority_profile"


def test_authority_name_without_authority_powers(region):
    assert code_of(forge(f"ca.{COUNTY}", region.authorities["450100"])) == "identity.authority_profile"


@pytest.mark.parametrize(
    "permit",
    [None, [], [CITY], [f".{COUNTY}"], [COUNTY, "450103.4501.45.zgsz.internal"], [""]],
    ids=["none", "empty", "the city's", "leading dot", "two", "everything"],
)
def test_an_authority_carries_its_own_constraint_and_no_other(region, permit):
    if permit == []:
        bad = forge(
            f"ca.{COUNTY}",
            region.authorities["450100"],
            ca=0,
            extra=((x509.NameConstraints(None, [x509.DNSName("other.internal")]), True),),
        )
    else:
        bad = forge(f"ca.{COUNTY}", region.authorities["450100"], ca=0, permit=permit)
    assert code_of(bad) == "identity.unconstrained"


def test_an_author_with_powers_of_an_authority(region):
    assert code_of(forge(LIAISON, region.authorities["450102"], ca=0, permit=[COUNTY])) == "identity.author_profile"


@pytest.mark.parametrize("usage", [set(), {"digital_signature", "key_cert_sign"}, {"digital_signature", "crl_sign"}])
def test_an_author_signs_and_does_nothing_else(region, usage):
    bad = forge(LIAISON, region.authorities["450102"], usage=frozenset(usage))
    assert code_of(bad) == "identity.author_profile"


@pytest.mark.parametrize("name", [f"liaison-x.{CITY}", "liaison-x.45.zgsz.internal", f"expert-x.{COUNTY}"])
def test_liaisons_belong_to_counties_and_experts_do_not(region, name):
    assert code_of(forge(name, region.authorities["450100"])) == "identity.wrong_level"


@pytest.mark.parametrize(
    "private",
    [ec.generate_private_key(ec.SECP384R1()), ed25519.Ed25519PrivateKey.generate()],
    ids=["P-384", "Ed25519"],
)
def test_another_kind_of_key_could_not_be_checked(region, private):
    certificate = forge(LIAISON, region.authorities["450102"], private=private)
    assert code_of(certificate, UncheckableError) == "identity.unknown_suite"


def test_an_rsa_signature_could_not_be_checked(region):
    certificate = forge(LIAISON, region.authorities["450102"], signing_key=rsa.generate_private_key(65537, 2048))
    assert code_of(certificate, UncheckableError) == "identity.unknown_suite"


@pytest.mark.parametrize("algorithm", [hashes.SHA384(), hashes.SHA512(), hashes.SHA3_256()])
def test_another_hash_could_not_be_checked(region, algorithm):
    certificate = forge(LIAISON, region.authorities["450102"], algorithm=algorithm)
    assert code_of(certificate, UncheckableError) == "identity.unknown_suite"


def test_a_critical_extension_that_is_not_known_could_not_be_checked(region):
    unknown = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00")
    certificate = forge(LIAISON, region.authorities["450102"], extra=((unknown, True),))
    assert code_of(certificate, UncheckableError) == "identity.unknown_extension"
    assert check_certificate(forge(LIAISON, region.authorities["450102"], extra=((unknown, False),)))


def test_a_life_that_ends_before_it_begins(region):
    """The library will not build one, so the two dates of a good one are exchanged in its bytes."""
    der = forge(LIAISON, region.authorities["450102"]).public_bytes(Encoding.DER)
    begins, ends = b"240701013000Z", b"250701013000Z"
    assert der.count(begins) == der.count(ends) == 1
    swapped = der.replace(begins, b"=" * 13).replace(ends, begins).replace(b"=" * 13, ends)
    assert code_of(x509.load_der_x509_certificate(swapped), MalformedError) == "identity.certificate_form"


def test_only_the_region_can_be_a_root(region):
    check_root(region.root.certificate)
    with pytest.raises(UntrustedError) as caught:
        check_root(region.authorities["450100"].certificate)
    assert caught.value.code == "identity.not_a_root"


def test_a_root_signs_itself(region):
    other = forge("ca.45.zgsz.internal", region.root, ca=2, permit=["45.zgsz.internal"], ends=NOW + timedelta(days=9))
    with pytest.raises(UntrustedError) as caught:
        check_root(other)
    assert caught.value.code == "identity.not_a_root"


def test_signer_needs_the_right_key(region):
    with pytest.raises(UserError) as caught:
        Signer(key("somebody else"), region.root.certificate)
    assert caught.value.code == "identity.key_mismatch"
