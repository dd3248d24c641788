"""The signature suites, named in one place (identity.md, last rules).

Today there is one: `p256-sha256`, ECDSA over P-256 with SHA-256, DER signatures. `sm2-sm3` comes next. Whatever is
not named here "could not be checked" (`UncheckableError`); it is never valid, and never called wrong either.
"""

import hashlib

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import SignatureAlgorithmOID

from zgsz_desktop.engine.errors import TamperedError, UncheckableError

SUITE = "p256-sha256"
HASH = hashes.SHA256()
_ALGORITHM = ec.ECDSA(HASH)
_SIGNATURE_OID = SignatureAlgorithmOID.ECDSA_WITH_SHA256

PrivateKey = ec.EllipticCurvePrivateKey
PublicKey = ec.EllipticCurvePublicKey
Signed = x509.Certificate | x509.CertificateSigningRequest | x509.CertificateRevocationList


def generate_key() -> PrivateKey:
    """Make a new private key of the suite."""
    return ec.generate_private_key(ec.SECP256R1())


def sign(key: PrivateKey, data: bytes) -> bytes:
    """Sign bytes; the signature is DER."""
    return key.sign(data, _ALGORITHM)


def verify_signature(key: PublicKey, signature: bytes, data: bytes) -> None:
    """Verify a signature over exactly these bytes.

    Raises:
        TamperedError: `identity.bad_signature`.
    """
    try:
        key.verify(signature, data, _ALGORITHM)
    except InvalidSignature as error:
        raise TamperedError("identity.bad_signature") from error


def public_key_of(holder: x509.Certificate | x509.CertificateSigningRequest) -> PublicKey:
    """Give the public key of a certificate or request.

    Raises:
        UncheckableError: `identity.unknown_suite`; another curve, another kind of key, or none that can be read.
    """
    try:
        key = holder.public_key()
    except (ValueError, UnsupportedAlgorithm) as error:
        raise UncheckableError("identity.unknown_suite", detail=str(error)) from error
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise UncheckableError("identity.unknown_suite", detail=type(key).__name__)
    return key


def check_suite(signed: Signed) -> None:
    """Check that something is signed in the suite; says nothing of the signature itself.

    Raises:
        UncheckableError: `identity.unknown_suite`.
    """
    if signed.signature_algorithm_oid != _SIGNATURE_OID:
        raise UncheckableError("identity.unknown_suite", detail=signed.signature_algorithm_oid.dotted_string)


def key_hash(key: PublicKey) -> str:
    """Name a public key: lowercase hex SHA-256 of its SubjectPublicKeyInfo (DER, uncompressed point)."""
    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


NOT_VERIFIED = (InvalidSignature, ValueError, TypeError, UnsupportedAlgorithm)
"""What the library raises when one certificate was not issued by another: wrong key, names that differ."""
