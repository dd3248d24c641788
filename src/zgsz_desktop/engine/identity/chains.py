"""A chain of certificates as a value, and the library's opinion of it.

`trust.py` finds chains by our rules; here the library (`cryptography.x509.verification`, RFC 5280: signatures, path
lengths, name constraints) validates exactly what was found. Both must agree.
"""

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.x509 import verification

from zgsz_desktop.engine.errors import UntrustedError
from zgsz_desktop.engine.identity.certificates import keyid_of
from zgsz_desktop.engine.identity.rules import check_window
from zgsz_desktop.engine.identity.suites import key_hash, public_key_of
from zgsz_desktop.engine.model import KeyId


@dataclass(frozen=True, slots=True)
class Link:
    """How one certificate of a chain hangs on its issuer: what a revocation entry names.

    Attributes:
        keyid: of the certificate.
        issuer_key_id: SHA-256 of the issuer's public key.
        serial: lowercase hex.
    """

    keyid: KeyId
    issuer_key_id: str
    serial: str


@dataclass(frozen=True, slots=True)
class Chain:
    """One chain.

    Attributes:
        certificates: the author's first, the pinned root last.
        begins: the latest beginning of them; `ends`: the earliest end. Between lies the life of the chain.
    """

    certificates: tuple[x509.Certificate, ...]
    begins: datetime
    ends: datetime

    def links(self) -> tuple[Link, ...]:
        """Give the links from the author upward; the root, which only a person can drop, has none."""
        pairs = zip(self.certificates, self.certificates[1:], strict=False)
        return tuple(link_of(certificate, issuer) for certificate, issuer in pairs)


def link_of(certificate: x509.Certificate, issuer: x509.Certificate) -> Link:
    """Describe how a certificate hangs on its issuer."""
    return Link(keyid_of(certificate), key_hash(public_key_of(issuer)), serial_of(certificate.serial_number))


def serial_of(number: int) -> str:
    """Write a serial number (up to 160 bits) as lowercase hex."""
    return f"{number:x}"


def chain_through(certificates: tuple[x509.Certificate, ...]) -> Chain:
    """Make a chain of certificates, the author's first."""
    begins = max(one.not_valid_before_utc for one in certificates)
    return Chain(certificates, begins, min(one.not_valid_after_utc for one in certificates))


def validate(chain: Chain) -> None:
    """Have the library validate exactly this chain.

    Raises:
        UntrustedError: `identity.path`; `identity.expired` if its certificates were never valid together.
    """
    leaf, *between, root = chain.certificates
    # Whether the chain was valid when something was signed is asked of its span; here one instant of it serves.
    check_window(chain.begins, chain.ends, chain.begins)
    # The end of the path may be an author or an authority; what each must be is `rules.check_certificate`.
    builder = (
        verification.PolicyBuilder()
        .store(verification.Store([root]))
        .time(chain.begins)
        .max_chain_depth(3)
        .extension_policies(
            ca_policy=verification.ExtensionPolicy.webpki_defaults_ca(),
            ee_policy=verification.ExtensionPolicy.permit_all(),
        )
    )
    try:
        builder.build_client_verifier().verify(leaf, between)
    except (verification.VerificationError, ValueError) as error:
        raise UntrustedError("identity.path", detail=str(error)) from error
