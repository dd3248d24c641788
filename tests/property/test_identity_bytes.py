"""Outside bytes, however broken, raise nothing but errors of the catalogue."""

import contextlib
from functools import cache

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given, settings
from hypothesis import strategies as st

from support.authorities import NOW, Region, make_region
from zgsz_desktop.engine.errors import PackageError, UserError
from zgsz_desktop.engine.identity.certificates import keyid_of, parse_pem_bundle
from zgsz_desktop.engine.identity.display import describe
from zgsz_desktop.engine.identity.enrolment import read_request, write_request
from zgsz_desktop.engine.identity.introductions import introduced_roots, introductions_in
from zgsz_desktop.engine.identity.issuing import Subject
from zgsz_desktop.engine.identity.keys import CHEAP_FOR_TESTS_ONLY, decode_key, encode_key
from zgsz_desktop.engine.identity.names import parse_dns_name
from zgsz_desktop.engine.identity.revocation import Reason, build_list, entry_for, read_lists
from zgsz_desktop.engine.identity.trust import ChainVerifier

# The library warns of odd numbers in certificates (a serial number below one) and goes on; so do we, to a refusal.
pytestmark = pytest.mark.filterwarnings("ignore::cryptography.utils.CryptographyDeprecationWarning")

EDITS = st.lists(
    st.tuples(st.sampled_from(["flip", "cut", "drop", "insert", "zero"]), st.floats(0, 1), st.binary(max_size=4)),
    min_size=1,
    max_size=4,
)


def edited(data: bytes, edits) -> bytes:
    for kind, where, more in edits:
        at = int(where * max(len(data) - 1, 0))
        if kind == "flip" and data:
            data = data[:at] + bytes([data[at] ^ (more[0] if more else 1)]) + data[at + 1 :]
        elif kind == "cut":
            data = data[:at]
        elif kind == "drop":
            data = data[:at] + data[at + 1 + len(more) :]
        elif kind == "insert":
            data = data[:at] + more + data[at:]
        else:
            data = data[:at] + bytes(len(more)) + data[at + len(more) :]
    return data


def pem(label: str, der: bytes) -> bytes:
    import base64

    return f"-----BEGIN {label}-----\n".encode() + base64.encodebytes(der) + f"-----END {label}-----\n".encode()


@cache
def region() -> Region:
    made = make_region()
    made.liaison("450102")
    return made


def only_our_errors():
    return contextlib.suppress(PackageError, UserError)


def use(data: bytes) -> None:
    """Do with certificates all that a merge does."""
    certificates = parse_pem_bundle(data)
    verifier = ChainVerifier(region().anchors, [*certificates, *region().certificates()])
    verifier.authorities()
    introductions_in(certificates, region().anchors)
    introduced_roots(certificates, region().anchors)
    for certificate in certificates:
        with only_our_errors():
            verifier.verify(keyid_of(certificate), NOW)
        with only_our_errors():
            describe(certificate)


@given(st.sampled_from(["liaison-a1.450102", "ca.450102", "ca.45"]), EDITS)
def test_an_edited_certificate(name, edits):
    signers = {one.holder.name: one for one in (*region().authors.values(), *region().authorities.values())}
    der = edited(signers[name].certificate.public_bytes(Encoding.DER), edits)
    with only_our_errors():
        use(pem("CERTIFICATE", der))


@given(EDITS)
def test_an_edited_collection(edits):
    whole = b"".join(one.public_bytes(Encoding.PEM) for one in region().certificates())
    with only_our_errors():
        use(edited(whole, edits))


@given(st.binary(max_size=300))
def test_any_bytes(data):
    for read in (
        use,
        read_request,
        lambda given: read_lists(given, region().verifier().authorities()),
        lambda given: use(pem("CERTIFICATE", given)),
        lambda given: read_request(pem("CERTIFICATE REQUEST", given)),
        lambda given: read_lists(pem("X509 CRL", given), []),
        lambda given: decode_key(given, "x"),
    ):
        with only_our_errors():
            read(data)


@given(EDITS)
def test_an_edited_request(edits):
    author = region()["liaison-a1.450102"]
    whole = write_request(author.key, author.holder, Subject("张三", "某局"))
    der = x509.load_pem_x509_csr(whole).public_bytes(Encoding.DER)
    for data in (edited(whole, edits), pem("CERTIFICATE REQUEST", edited(der, edits))):
        with only_our_errors():
            read_request(data)


@given(EDITS)
def test_an_edited_list(edits):
    authority, author = region().authorities["450102"], region()["liaison-a1.450102"]
    verifier = region().verifier()
    (link,) = verifier.chains_of(author.keyid)[0].links()[:1]
    whole = build_list(authority, [entry_for(link, Reason.SUPERSEDED, NOW)], 1, NOW)
    der = x509.load_pem_x509_crl(whole).public_bytes(Encoding.DER)
    for data in (edited(whole, edits), pem("X509 CRL", edited(der, edits))):
        with only_our_errors():
            read_lists(data, verifier.authorities())


@cache
def key_file() -> bytes:
    author = region()["liaison-a1.450102"]
    return encode_key(author.key, author.certificate, "x", CHEAP_FOR_TESTS_ONLY)


@settings(max_examples=50)
@given(EDITS)
def test_an_edited_key_file(edits):
    with only_our_errors():
        decode_key(edited(key_file(), edits), "x")


@given(st.text(max_size=60))
def test_any_name(text):
    with only_our_errors():
        assert parse_dns_name(text).dns_name == text
