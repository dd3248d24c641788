"""Enrolment by files: request, telephone, approval, certificate; and the first root."""

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from support.authorities import NOW, key, make_region
from zgsz_desktop.engine.errors import MalformedError, TamperedError, UncheckableError, UntrustedError, UserError
from zgsz_desktop.engine.identity.certificates import (
    check_fingerprint,
    fingerprint,
    keyid_of,
    parse_pem_bundle,
    write_pem_bundle,
)
from zgsz_desktop.engine.identity.display import describe
from zgsz_desktop.engine.identity.enrolment import (
    approve,
    certificate_for,
    certificates_to_send,
    make_sample_root,
    read_request,
    write_request,
)
from zgsz_desktop.engine.identity.introductions import confirm_root, root_fingerprint
from zgsz_desktop.engine.identity.issuing import Subject
from zgsz_desktop.engine.identity.names import holder_of
from zgsz_desktop.engine.identity.trust import ChainVerifier, TrustAnchors
from zgsz_desktop.engine.model import Role

HOLDER = holder_of(Role.LIAISON, "450102", "a7")
PERSON = Subject("张三", "兴宁区企业服务中心")


def request_bytes(private=None, *, names=(HOLDER.dns_name,), algorithm=None, attributes=None) -> bytes:
    builder = x509.CertificateSigningRequestBuilder().subject_name(
        x509.Name(
            attributes
            if attributes is not None
            else [
                x509.NameAttribute(NameOID.COMMON_NAME, "张三"),
                x509.NameAttribute(NameOID.ORGANIZATION_NAME, "某局"),
            ]
        )
    )
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(one) for one in names]), False)
    return builder.sign(private or key("applicant"), algorithm or hashes.SHA256()).public_bytes(Encoding.PEM)


def test_from_request_to_certificate(region):
    request = read_request(write_request(key("applicant"), HOLDER, PERSON))
    assert (request.holder, request.subject) == (HOLDER, PERSON)
    issued = approve(region.authorities["450102"], request, NOW)
    verifier = ChainVerifier(region.anchors, [issued, *region.certificates()])
    sent = parse_pem_bundle(write_pem_bundle(certificates_to_send(verifier, issued)))
    assert len(sent) == 4
    assert certificate_for(key("applicant"), sent) == issued
    assert ChainVerifier(region.anchors, sent).verify(keyid_of(issued), NOW) == HOLDER


def test_an_authority_is_enrolled_the_same_way(region):
    holder = holder_of(Role.AUTHORITY, "450103")
    request = read_request(write_request(key("bureau"), holder, Subject("青秀区工信局", "青秀区工信局")))
    issued = approve(region.authorities["450100"], request, NOW)
    verifier = ChainVerifier(region.anchors, [issued, region.authorities["450100"].certificate])
    assert verifier.verify(keyid_of(issued), NOW) == holder


def test_fingerprint_is_six_groups_of_five_digits():
    groups = fingerprint(b"abc").split(" ")
    assert [len(group) for group in groups] == [5] * 6
    number = int("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 16) % 10**30
    assert int("".join(groups)) == number


def test_fingerprint_is_compared_as_people_write_it():
    shown = fingerprint(b"abc")
    wide = shown.translate({ord("0") + n: chr(0xFF10 + n) for n in range(10)})
    for typed in (shown, shown.replace(" ", ""), shown.replace(" ", "-"), f" {wide} "):
        check_fingerprint(b"abc", typed)
    for typed in ("", shown[:-1], shown + "0", fingerprint(b"abd")):
        with pytest.raises(UserError) as caught:
            check_fingerprint(b"abc", typed)
        assert caught.value.code == "identity.fingerprint_differs"


def test_the_first_root_is_pinned_by_a_person(region):
    root = region.root.certificate
    assert confirm_root(root, root_fingerprint(root)).roots == (root,)
    with pytest.raises(UserError) as caught:
        confirm_root(root, root_fingerprint(make_region("假").root.certificate))
    assert caught.value.code == "identity.fingerprint_differs"


@pytest.mark.parametrize(
    ("scope", "role", "wished"),
    [
        ("450102", Role.LIAISON, "450103"),
        ("450102", Role.CLERK, "450100"),
        ("450102", Role.EXPERT, "450102"),
        ("450100", Role.LIAISON, "450100"),
        ("450000", Role.AUTHORITY, "450102"),
        ("450102", Role.AUTHORITY, "450102"),
    ],
)
def test_a_bureau_cannot_grant_what_is_not_its_own(region, scope, role, wished):
    holder = holder_of(role, wished, "" if role is Role.AUTHORITY else "x")
    request = read_request(write_request(key("applicant"), holder, PERSON))
    with pytest.raises(UserError) as caught:
        approve(region.authorities[scope], request, NOW)
    assert caught.value.code == "identity.may_not_issue"


def test_an_author_cannot_approve(region):
    request = read_request(write_request(key("applicant"), HOLDER, PERSON))
    with pytest.raises(UserError) as caught:
        approve(region.clerk("450102"), request, NOW)
    assert caught.value.code == "identity.may_not_issue"


def test_nothing_is_issued_by_a_wrong_clock(region):
    request = read_request(write_request(key("applicant"), HOLDER, PERSON))
    with pytest.raises(UserError) as caught:
        approve(region.authorities["450102"], request, NOW - timedelta(days=1000))
    assert caught.value.code == "identity.clock_outside"


def test_a_certificate_ends_with_its_issuers_at_the_latest(region):
    request = read_request(write_request(key("applicant"), HOLDER, PERSON))
    issuer = region.authorities["450102"]
    short = approve(issuer, request, NOW, life=timedelta(days=30))
    long = approve(issuer, request, NOW, life=timedelta(days=36_500))
    assert short.not_valid_after_utc == NOW + timedelta(days=30)
    assert long.not_valid_after_utc == issuer.certificate.not_valid_after_utc


def test_an_altered_request():
    pem = request_bytes()
    der = bytearray(x509.load_pem_x509_csr(pem).public_bytes(Encoding.DER))
    der[-1] ^= 1
    altered = x509.load_der_x509_csr(bytes(der)).public_bytes(Encoding.PEM)
    with pytest.raises(TamperedError) as caught:
        read_request(altered)
    assert caught.value.code == "identity.request_signature"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        request_bytes(names=()),
        request_bytes(names=(HOLDER.dns_name, HOLDER.dns_name)),
        request_bytes() * 2,
        request_bytes(attributes=[]),
        request_bytes()[:200],
        b"-" * 100_000,
    ],
    ids=["empty", "text", "no name", "two names", "two requests", "nobody", "cut", "long"],
)
def test_what_is_no_request(data):
    with pytest.raises(MalformedError) as caught:
        read_request(data)
    assert caught.value.code == "identity.request_form"


def test_a_request_with_a_wrong_name():
    with pytest.raises(UntrustedError) as caught:
        read_request(request_bytes(names=("www.example.com",)))
    assert caught.value.code == "identity.bad_name"


@pytest.mark.parametrize("how", ["key", "hash"])
def test_a_request_in_another_suite(how):
    data = (
        request_bytes(ec.generate_private_key(ec.SECP384R1()))
        if how == "key"
        else request_bytes(algorithm=hashes.SHA512())
    )
    with pytest.raises(UncheckableError) as caught:
        read_request(data)
    assert caught.value.code == "identity.unknown_suite"


@pytest.mark.parametrize("person", ["", " ", "张" * 65, "张\u202e三", "张\n三"])
def test_the_person_must_be_named(person):
    with pytest.raises(UserError) as caught:
        write_request(key("applicant"), HOLDER, Subject(person, "某局"))
    assert caught.value.code == "identity.subject_form"


def test_a_certificate_for_somebody_elses_key(region):
    region.liaison("450102")
    with pytest.raises(UserError) as caught:
        certificate_for(key("nobody"), list(region.certificates()))
    assert caught.value.code == "identity.key_mismatch"


def test_what_the_window_shows(region):
    shown = describe(region.enrol(Role.LIAISON, "450206", "a7", person="张三").certificate)
    assert (shown.person, shown.organisation, shown.role) == ("张三", "柳江区工信局", "服务员")
    assert shown.sentence == "本人签名，柳江区工信局授权"
    assert (shown.holder.name, shown.holder.scope) == ("liaison-a7.450206", "450206")
    assert not shown.is_sample


def test_the_sample_workspace_names_itself(region):
    """A package from 体验 can never pass as real."""
    sample = make_sample_root(NOW)
    assert describe(sample.certificate).is_sample
    TrustAnchors([sample.certificate])
    with pytest.raises(UntrustedError) as caught:
        ChainVerifier(region.anchors, [sample.certificate]).verify(sample.keyid, NOW)
    assert caught.value.code == "identity.stranger"
