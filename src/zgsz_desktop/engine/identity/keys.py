"""Private keys: made here, kept only as PKCS#12 under a passphrase, used through a `Signer`.

Rules kept (identity.md): PBES2 with PBKDF2-HMAC-SHA-256 (600,000 rounds) and AES-256-CBC; a wrong passphrase is one
clear sentence; a key file is written whole or not at all, readable by its owner only. The passphrase is an argument
and is kept nowhere here.

The library also writes a MAC whose key comes from the same passphrase in 2,048 rounds and cannot be told to do more:
whoever stole the file would guess against that, 600 times faster. The MAC is optional (RFC 7292, 4) and is left out.
What it would have shown is shown otherwise: a `Signer` proves that key and certificate belong together.
"""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import KeySerializationEncryption, PrivateFormat, pkcs12

from zgsz_desktop.engine.errors import PackageError, UserError
from zgsz_desktop.engine.files import write_atomically
from zgsz_desktop.engine.identity import suites
from zgsz_desktop.engine.identity.certificates import ASN1_ERRORS, keyid_of
from zgsz_desktop.engine.identity.names import Holder
from zgsz_desktop.engine.identity.rules import check_certificate
from zgsz_desktop.engine.model import KeyId

KEY_FILE_LIMIT = 64 * 1024
_SHORTEST = 8
_FRIENDLY_NAME = b"zgsz"


@dataclass(frozen=True, slots=True)
class KeyProfile:
    """How dear a guess at the passphrase is.

    Attributes:
        rounds: of PBKDF2-HMAC-SHA-256.
    """

    rounds: int


STANDARD = KeyProfile(600_000)
CHEAP_FOR_TESTS_ONLY = KeyProfile(1_000)
"""A passphrase under this profile is guessed in no time. Never for a key that anybody relies on."""


@dataclass(frozen=True, slots=True)
class OpenedKey:
    """What a key file holds: a key that still waits for its certificate has None."""

    key: suites.PrivateKey
    certificate: x509.Certificate | None


class Signer:
    """An opened key with its certificate.

    Attributes:
        certificate: says whom the key belongs to.
        keyid: of the certificate.
        holder: whom it names.
    """

    def __init__(self, key: suites.PrivateKey, certificate: x509.Certificate) -> None:
        """Join a key and its certificate.

        Raises:
            UserError: `identity.key_mismatch`.
            PackageError: the certificate is not acceptable, as `check_certificate`.
        """
        self.holder: Holder = check_certificate(certificate)
        self.keyid: KeyId = keyid_of(certificate)
        self.certificate = certificate
        self._key = key
        # By signing, not by comparing public halves: a damaged private half is found as well.
        probe = self.keyid.encode()
        try:
            suites.verify_signature(suites.public_key_of(certificate), self.sign(probe), probe)
        except PackageError as error:
            raise UserError("identity.key_mismatch", name=self.holder.name) from error

    def sign(self, data: bytes) -> bytes:
        """Sign bytes (ECDSA P-256 with SHA-256, DER)."""
        return suites.sign(self._key, data)

    @property
    def key(self) -> suites.PrivateKey:
        """The private key, for issuing certificates and revocation lists."""
        return self._key

    def check_clock(self, now: datetime) -> None:
        """Stop a wrong clock before anything is signed with it.

        Raises:
            UserError: `identity.clock_outside`.
        """
        begins, ends = self.certificate.not_valid_before_utc, self.certificate.not_valid_after_utc
        if not begins <= now <= ends:
            raise UserError(
                "identity.clock_outside", now=f"{now:%Y-%m-%d}", begins=f"{begins:%Y-%m-%d}", ends=f"{ends:%Y-%m-%d}"
            )


def encode_key(
    key: suites.PrivateKey, certificate: x509.Certificate | None, passphrase: str, profile: KeyProfile = STANDARD
) -> bytes:
    """Write a key, and its certificate if it has come, as PKCS#12.

    Raises:
        UserError: `identity.passphrase_empty`.
    """
    encryption = _encryption(_secret(passphrase), profile)
    return _without_mac(pkcs12.serialize_key_and_certificates(_FRIENDLY_NAME, key, certificate, None, encryption))


def decode_key(data: bytes, passphrase: str) -> OpenedKey:
    """Open a key file's bytes.

    Raises:
        UserError: `identity.passphrase_empty`, `identity.wrong_passphrase`, `identity.key_file`
            (no PKCS#12, or a key of another suite).
    """
    secret = _secret(passphrase)
    if len(data) > KEY_FILE_LIMIT or not _looks_like_pkcs12(data):
        raise UserError("identity.key_file", detail="no PKCS#12")
    try:
        key, certificate, _ = pkcs12.load_key_and_certificates(data, secret)
    except ASN1_ERRORS as error:
        # Without a MAC a wrong passphrase and damaged bytes look alike; the sentence says so.
        raise UserError("identity.wrong_passphrase", detail=str(error)) from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise UserError("identity.key_file", detail=type(key).__name__)
    return OpenedKey(key, certificate)


def save_key(
    path: Path,
    key: suites.PrivateKey,
    certificate: x509.Certificate | None,
    passphrase: str,
    profile: KeyProfile = STANDARD,
) -> None:
    """Write a key file, open it again, and only then say done.

    Raises:
        UserError: `identity.passphrase_empty`, `file.*`.
    """
    data = encode_key(key, certificate, passphrase, profile)
    decode_key(data, passphrase)
    write_atomically(path, data, private=True)


def open_key(path: Path, passphrase: str) -> OpenedKey:
    """Open a key file.

    Raises:
        UserError: `identity.key_missing`, and as `decode_key`.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(KEY_FILE_LIMIT + 1)
    except OSError as error:
        raise UserError("identity.key_missing", name=path.name, reason=str(error)) from error
    return decode_key(data, passphrase)


def open_signer(path: Path, passphrase: str) -> Signer:
    """Open a key file that has its certificate.

    Raises:
        UserError: `identity.no_certificate_yet`, and as `open_key`.
        PackageError: the certificate is not acceptable.
    """
    opened = open_key(path, passphrase)
    if opened.certificate is None:
        raise UserError("identity.no_certificate_yet", name=path.name)
    return Signer(opened.key, opened.certificate)


def _secret(passphrase: str) -> bytes:
    # One form for what two input methods may write in two ways; what is no text goes through escaped.
    secret = unicodedata.normalize("NFC", passphrase).encode(errors="backslashreplace")
    if not secret:
        raise UserError("identity.passphrase_empty")
    return secret


def _encryption(secret: bytes, profile: KeyProfile) -> KeySerializationEncryption:
    return (
        PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(profile.rounds)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(suites.HASH)
        .build(secret)
    )


def _looks_like_pkcs12(data: bytes) -> bool:
    """Tell a key file from anything else, before a passphrase is blamed."""
    # PFX ::= SEQUENCE { version INTEGER (3), ... }, and not cut short.
    if len(data) < _SHORTEST or data[:1] != b"\x30":
        return False
    start, end = _member(data, 0)
    return end == len(data) and data[start : start + 3] == b"\x02\x01\x03"


def _without_mac(pfx: bytes) -> bytes:
    """Cut the third member off: PFX ::= SEQUENCE { version, authSafe, macData OPTIONAL }."""
    start, _ = _member(pfx, 0)
    _, after_version = _member(pfx, start)
    _, after_safe = _member(pfx, after_version)
    body = pfx[start:after_safe]
    length = len(body).to_bytes((len(body).bit_length() + 7) // 8)
    return b"\x30" + bytes([0x80 | len(length)]) + length + body


def _member(der: bytes, at: int) -> tuple[int, int]:
    """Give where the content of the DER element at an offset begins and ends."""
    length, start = der[at + 1], at + 2
    if length & 0x80:
        size = length & 0x7F
        length, start = int.from_bytes(der[start : start + size]), start + size
    return start, start + length
