"""Reading certificates: parts, fingerprints, PEM collections. What is acceptable is `rules.py`'s business.

Rules kept: outside bytes raise only errors of the catalogue; a certificate is named by its keyid, the hash of what
its issuer signed (an ECDSA signature can be altered without the key, so it is no part of the name).
"""

import base64
import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import TypeVar

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from zgsz_desktop.engine.errors import MalformedError, UserError
from zgsz_desktop.engine.model import KeyId

BUNDLE_LIMIT = 16 * 1024 * 1024
"""Greatest size of `certs.pem` and of `crls.pem` (package-format.md, limits)."""

_SIX_GROUPS = 10**30
_NOT_DIGITS = re.compile(r"[\s\-—–_.,，。、·]")
_T = TypeVar("_T")

ASN1_ERRORS = (
    ValueError,
    TypeError,
    x509.DuplicateExtension,
    x509.InvalidVersion,
    x509.UnsupportedGeneralNameType,
    UnsupportedAlgorithm,
)
"""What the library raises on bytes that are not what they claim to be."""


def keyid_of(certificate: x509.Certificate) -> KeyId:
    """Name a certificate: lowercase hex SHA-256 of its TBSCertificate."""
    return KeyId(hashlib.sha256(certificate.tbs_certificate_bytes).hexdigest())


def der_of(thing: x509.Certificate | x509.CertificateSigningRequest) -> bytes:
    """Give the DER form."""
    return thing.public_bytes(Encoding.DER)


def extensions_of(certificate: x509.Certificate | x509.CertificateSigningRequest) -> x509.Extensions:
    """Read all extensions.

    Raises:
        MalformedError: `identity.certificate_form`.
    """
    try:
        return certificate.extensions
    except ASN1_ERRORS as error:
        raise MalformedError("identity.certificate_form", detail=str(error)) from error


def extension(extensions: x509.Extensions, kind: type[_T]) -> _T | None:
    """Find the value of one extension, None if it is not there."""
    return next((found.value for found in extensions if isinstance(found.value, kind)), None)


def dns_names_of(extensions: x509.Extensions) -> tuple[str, ...]:
    """Give the subject alternative names if all of them are dNSNames; else none at all."""
    names = extension(extensions, x509.SubjectAlternativeName)
    entries = list(names) if names is not None else []
    texts = tuple(entry.value for entry in entries if isinstance(entry, x509.DNSName))
    return texts if len(texts) == len(entries) else ()


def common_name_of(name: x509.Name) -> str:
    """Give the CN, empty if there is none."""
    return _attribute(name, NameOID.COMMON_NAME)


def organisation_of(name: x509.Name) -> str:
    """Give the O, empty if there is none."""
    return _attribute(name, NameOID.ORGANIZATION_NAME)


def _attribute(name: x509.Name, oid: x509.ObjectIdentifier) -> str:
    values = [str(attribute.value) for attribute in name.get_attributes_for_oid(oid)]
    # Shown beside a signature: no control or direction characters that could dress one name up as another.
    return "".join(c for c in values[0] if unicodedata.category(c)[0] != "C") if values else ""


# --- collections


def parse_pem_bundle(data: bytes, limit: int = BUNDLE_LIMIT) -> tuple[x509.Certificate, ...]:
    """Read all certificates of a PEM collection, each once, in their order; an empty one holds none.

    Raises:
        MalformedError: `identity.bundle_too_large`, `identity.bundle_form`.
    """
    return tuple(dict.fromkeys(read_pem(data, limit, b"CERTIFICATE", _load_certificate)))


def write_pem_bundle(certificates: Iterable[x509.Certificate]) -> bytes:
    """Write a PEM collection: each certificate once, sorted by keyid, so that equal sets are equal bytes."""
    unique = sorted(set(certificates), key=lambda one: (keyid_of(one), one.signature))
    return b"".join(one.public_bytes(Encoding.PEM) for one in unique)


def read_pem(data: bytes, limit: int, label: bytes, load: Callable[[bytes], _T]) -> list[_T]:
    """Read the PEM blocks of one label; nothing but white space may stand between them.

    Raises:
        MalformedError: `identity.bundle_too_large`, `identity.bundle_form`.
    """
    if len(data) > limit:
        raise MalformedError("identity.bundle_too_large", limit=limit, size=len(data))
    begin, end = b"-----BEGIN %b-----" % label, b"-----END %b-----" % label
    found: list[_T] = []
    before, *blocks = data.split(begin)
    for block in blocks:
        body, closed, after = block.partition(end)
        if not closed or after.strip():
            raise MalformedError("identity.bundle_form", detail=f"block {len(found) + 1} is not closed")
        found.append(_load_block(body, load))
    if before.strip():
        raise MalformedError("identity.bundle_form", detail="text outside of the blocks")
    return found


def _load_certificate(der: bytes) -> x509.Certificate:
    # The library reads lazily: whoever holds a loaded certificate may rely on every part being readable.
    certificate = x509.load_der_x509_certificate(der)
    _ = (certificate.subject, certificate.issuer, certificate.extensions)
    _ = (certificate.not_valid_before_utc, certificate.not_valid_after_utc, certificate.signature_algorithm_oid)
    return certificate


def _load_block(body: bytes, load: Callable[[bytes], _T]) -> _T:
    try:
        return load(_unbase64(body))
    except ASN1_ERRORS as error:
        raise MalformedError("identity.bundle_form", detail=str(error)) from error


def _unbase64(body: bytes) -> bytes:
    return base64.b64decode(b"".join(body.split()), validate=True)


# --- fingerprints, compared by telephone


def fingerprint(der: bytes) -> str:
    """Give six groups of five digits: SHA-256 of the DER as an integer, modulo 10^30."""
    digits = f"{int.from_bytes(hashlib.sha256(der).digest()) % _SIX_GROUPS:030d}"
    return " ".join(digits[start : start + 5] for start in range(0, 30, 5))


def check_fingerprint(der: bytes, typed: str) -> None:
    """Compare a fingerprint that a person was told with the true one; spaces, dashes and full-width digits are fine.

    Raises:
        UserError: `identity.fingerprint_differs`.
    """
    told = _NOT_DIGITS.sub("", unicodedata.normalize("NFKC", typed))
    if told != fingerprint(der).replace(" ", ""):
        raise UserError("identity.fingerprint_differs", shown=fingerprint(der), typed=typed)
