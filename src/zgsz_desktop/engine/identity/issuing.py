"""Issuing certificates: roots, authorities, authors, introductions.

What is issued here is what `rules.py` accepts: each function checks its own product before it gives it away. From a
request only the name, the person and the key are taken; powers come from the role alone. The life of a certificate
ends with its issuer's at the latest, because a chain is valid only while all of it is.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.x509.oid import NameOID

from zgsz_desktop.engine.errors import UntrustedError, UserError
from zgsz_desktop.engine.identity.keys import Signer
from zgsz_desktop.engine.identity.names import Holder, constraint_of, holder_of
from zgsz_desktop.engine.identity.rules import PATH_LENGTH, check_certificate, check_link, is_signed_by
from zgsz_desktop.engine.identity.suites import HASH, PrivateKey, PublicKey, public_key_of
from zgsz_desktop.engine.model import REGION, Level, Role, level_of

ROOT_LIFE = timedelta(days=20 * 366)
AUTHORITY_LIFE = timedelta(days=10 * 366)
AUTHOR_LIFE = timedelta(days=3 * 366)
BACKDATED = timedelta(days=1)
"""The clocks of two offices differ: a new certificate is good on a machine that runs up to a day behind."""

SAMPLE_NAME = "体验"
_LONGEST = 64


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom the window shows beside a signature.

    Attributes:
        person: CN; for an authority the bureau's short name, 柳江区工信局.
        organisation: O.
    """

    person: str
    organisation: str


SAMPLE = Subject(SAMPLE_NAME, SAMPLE_NAME)
"""The root of a sample workspace bears no other name: nothing made under it can pass as real."""


def issue_root(key: PrivateKey, subject: Subject, at: datetime, life: timedelta = ROOT_LIFE) -> x509.Certificate:
    """Make a region's root, signed by itself.

    Raises:
        UserError: `identity.subject_form`.
    """
    holder = holder_of(Role.AUTHORITY, REGION)
    name = x509_name(subject)
    begins = at - BACKDATED
    builder = _builder(holder, name, key.public_key(), begins, at + life)
    return _signed(builder.issuer_name(name), key, key.public_key())


def introduce_root(old: Signer, new: x509.Certificate, at: datetime) -> x509.Certificate:
    """Sign an introduction: the old root's word for the new root's name and key, until the new root's end.

    Raises:
        UserError: `identity.may_not_issue`; one of the two is no root.
    """
    holder = check_certificate(new)
    if not (_is_root(old.holder) and _is_root(holder) and is_signed_by(new, new)):
        raise UserError("identity.may_not_issue", issuer=old.holder.name, name=holder.name)
    builder = _builder(holder, new.subject, public_key_of(new), at - BACKDATED, new.not_valid_after_utc)
    return _signed(builder.issuer_name(old.certificate.subject), old.key, public_key_of(old.certificate))


def issue(
    issuer: Signer, holder: Holder, subject: Subject, key: PublicKey, at: datetime, *, life: timedelta | None = None
) -> x509.Certificate:
    """Issue a certificate for an authority one level down, or for an author.

    Args:
        issuer: the authority.
        holder: the name to give; its role decides the powers.
        subject: what the window shows.
        key: the holder's public key.
        at: now.
        life: how long from now; the usual one of the role if None.

    Raises:
        UserError: `identity.may_not_issue`, `identity.subject_form`; `identity.clock_outside`, the issuer's
            certificate is not valid now.
    """
    issuer.check_clock(at)
    try:
        check_link(holder, issuer.holder)
    except UntrustedError as error:
        raise UserError("identity.may_not_issue", issuer=issuer.holder.name, name=holder.name) from error
    usual = AUTHORITY_LIFE if holder.role is Role.AUTHORITY else AUTHOR_LIFE
    above = issuer.certificate
    begins = max(at - BACKDATED, above.not_valid_before_utc)
    ends = min(at + (life or usual), above.not_valid_after_utc)
    builder = _builder(holder, x509_name(subject), key, begins, ends).issuer_name(above.subject)
    try:
        return _signed(builder, issuer.key, public_key_of(above))
    except UntrustedError as error:  # an expert of a county, a liaison of a city: not even its bureau can want that
        raise UserError("identity.may_not_issue", issuer=issuer.holder.name, name=holder.name) from error


def x509_name(subject: Subject) -> x509.Name:
    """Build the subject name.

    Raises:
        UserError: `identity.subject_form`; empty, over 64 characters, or with characters that do not print.
    """
    for text in (subject.person, subject.organisation):
        if not 0 < len(text.strip()) <= _LONGEST or len(text) > _LONGEST or not text.isprintable():
            raise UserError("identity.subject_form", limit=_LONGEST)
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, subject.organisation),
            x509.NameAttribute(NameOID.COMMON_NAME, subject.person),
        ]
    )


def _is_root(holder: Holder) -> bool:
    return holder.role is Role.AUTHORITY and level_of(holder.scope) is Level.REGION


def _builder(
    holder: Holder, name: x509.Name, key: PublicKey, begins: datetime, ends: datetime
) -> x509.CertificateBuilder:
    is_ca = holder.role is Role.AUTHORITY
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins.astimezone(UTC))
        .not_valid_after(ends.astimezone(UTC))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(holder.dns_name)]), critical=False)
        .add_extension(_basic(holder), critical=True)
        .add_extension(_usage(is_ca=is_ca), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )
    if not is_ca:
        return builder
    limits = x509.NameConstraints([x509.DNSName(constraint_of(holder.scope))], None)
    return builder.add_extension(limits, critical=True)


def _basic(holder: Holder) -> x509.BasicConstraints:
    if holder.role is not Role.AUTHORITY:
        return x509.BasicConstraints(ca=False, path_length=None)
    return x509.BasicConstraints(ca=True, path_length=PATH_LENGTH[level_of(holder.scope)])


def _usage(*, is_ca: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_ca,
        key_cert_sign=is_ca,
        crl_sign=is_ca,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _signed(builder: x509.CertificateBuilder, key: PrivateKey, issuer: PublicKey) -> x509.Certificate:
    """Sign, then check what came out as a receiver would.

    Raises:
        UntrustedError: as `check_certificate`.
    """
    named = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer)
    certificate = builder.add_extension(named, critical=False).sign(key, HASH)
    check_certificate(certificate)
    return certificate
