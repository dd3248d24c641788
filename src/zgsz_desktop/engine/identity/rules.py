"""What makes one certificate acceptable, and one link of a chain (identity.md, "Acceptable").

The library's path validation (called by `trust.py`) knows RFC 5280; these rules close what it leaves open: a leaf
without a name, an unconstrained authority below a constrained one, an authority two levels down, roles out of place.
They look at one certificate, or at a pair, and know no time, no signature and no other certificate.
"""

from datetime import datetime

from cryptography import x509
from cryptography.x509.oid import ExtensionOID

from zgsz_desktop.engine.errors import MalformedError, UncheckableError, UntrustedError
from zgsz_desktop.engine.identity import suites
from zgsz_desktop.engine.identity.certificates import dns_names_of, extension, extensions_of
from zgsz_desktop.engine.identity.names import Holder, constraint_of, parse_dns_name
from zgsz_desktop.engine.model import Level, Role, covers, level_of, parent_of

PATH_LENGTH = {Level.REGION: 2, Level.CITY: 1, Level.COUNTY: 0}
_KNOWN = frozenset(
    {
        ExtensionOID.SUBJECT_ALTERNATIVE_NAME,
        ExtensionOID.BASIC_CONSTRAINTS,
        ExtensionOID.KEY_USAGE,
        ExtensionOID.NAME_CONSTRAINTS,
        ExtensionOID.SUBJECT_KEY_IDENTIFIER,
        ExtensionOID.AUTHORITY_KEY_IDENTIFIER,
    }
)


def check_certificate(certificate: x509.Certificate) -> Holder:
    """Check all that a certificate says of itself, and give whom it names.

    Raises:
        MalformedError: `identity.certificate_form`.
        UncheckableError: `identity.unknown_suite`, `identity.unknown_extension`.
        UntrustedError: `identity.bad_name`, `identity.wrong_level`, `identity.authority_profile`,
            `identity.unconstrained`, `identity.author_profile`.
    """
    extensions = extensions_of(certificate)
    # 1. Form: a positive serial number (revocation names certificates by it), a life that does not end before it began.
    if certificate.serial_number <= 0 or certificate.not_valid_before_utc > certificate.not_valid_after_utc:
        raise MalformedError("identity.certificate_form", detail="serial number or dates")
    # 2. Suite: of the certificate's own key, and of the signature on it.
    suites.public_key_of(certificate)
    suites.check_suite(certificate)
    # 3. Nothing critical that is not understood here.
    for found in extensions:
        if found.critical and found.oid not in _KNOWN:
            raise UncheckableError("identity.unknown_extension", oid=found.oid.dotted_string)
    # 4. Exactly one name, of our form.
    holder = _name_of(extensions)
    # 5. Role and level fit together: liaisons belong to counties, experts to a city or the region.
    _check_level(holder)
    # 6. Powers: exactly those of the role.
    if holder.role is Role.AUTHORITY:
        _check_authority(holder, extensions)
    else:
        _check_author(holder, extensions)
    return holder


def check_link(subject: Holder, issuer: Holder) -> None:
    """Check that a certificate's issuer may have issued it, going by the names alone.

    Raises:
        UntrustedError: `identity.wrong_issuer`.
    """
    if subject.role is Role.AUTHORITY:
        fits = parent_of(subject.scope) == issuer.scope  # one level, none left out: so chains end
    else:
        fits = covers(issuer.scope, subject.scope)
    if issuer.role is not Role.AUTHORITY or not fits:
        raise UntrustedError("identity.wrong_issuer", name=subject.name, issuer=issuer.name)


def check_root(certificate: x509.Certificate) -> Holder:
    """Check that a certificate can be pinned: the region's authority, signed by itself.

    Raises:
        MalformedError, UncheckableError, UntrustedError: as `check_certificate`.
        UntrustedError: `identity.not_a_root`.
    """
    holder = check_certificate(certificate)
    if holder.role is not Role.AUTHORITY or level_of(holder.scope) is not Level.REGION:
        raise UntrustedError("identity.not_a_root", name=holder.name)
    if not is_signed_by(certificate, certificate):
        raise UntrustedError("identity.not_a_root", name=holder.name)
    return holder


def is_signed_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Tell whether the issuer's key made the signature, and the issuer's name stands in the certificate."""
    try:
        certificate.verify_directly_issued_by(issuer)
    except suites.NOT_VERIFIED:
        return False
    return True


def check_window(begins: datetime, ends: datetime, at: datetime) -> None:
    """Check that an instant lies between two others, both included.

    Raises:
        UntrustedError: `identity.not_yet_valid`, `identity.expired`.
    """
    if at < begins:
        raise UntrustedError("identity.not_yet_valid", at=f"{at:%Y-%m-%d}", begins=f"{begins:%Y-%m-%d}")
    if at > ends:
        raise UntrustedError("identity.expired", at=f"{at:%Y-%m-%d}", ends=f"{ends:%Y-%m-%d}")


def _name_of(extensions: x509.Extensions) -> Holder:
    names = dns_names_of(extensions)
    if len(names) != 1:
        raise UntrustedError("identity.bad_name", name="、".join(names))
    return parse_dns_name(names[0])


def _check_level(holder: Holder) -> None:
    in_county = level_of(holder.scope) is Level.COUNTY
    if (holder.role is Role.LIAISON and not in_county) or (holder.role is Role.EXPERT and in_county):
        raise UntrustedError("identity.wrong_level", name=holder.name)


def _check_authority(holder: Holder, extensions: x509.Extensions) -> None:
    basic = extension(extensions, x509.BasicConstraints)
    usage = extension(extensions, x509.KeyUsage)
    if basic is None or not basic.ca or basic.path_length != PATH_LENGTH[level_of(holder.scope)]:
        raise UntrustedError("identity.authority_profile", name=holder.name)
    if usage is None or not usage.key_cert_sign or not usage.crl_sign:
        raise UntrustedError("identity.authority_profile", name=holder.name)
    # Every authority carries its own constraint: the libraries let an unconstrained one below a constrained one pass.
    limits = extension(extensions, x509.NameConstraints)
    own = [x509.DNSName(constraint_of(holder.scope))]
    if limits is None or limits.permitted_subtrees != own or limits.excluded_subtrees:
        raise UntrustedError("identity.unconstrained", name=holder.name)


def _check_author(holder: Holder, extensions: x509.Extensions) -> None:
    basic = extension(extensions, x509.BasicConstraints)
    usage = extension(extensions, x509.KeyUsage)
    issues = (basic is not None and basic.ca) or extension(extensions, x509.NameConstraints) is not None
    if issues or usage is None or not usage.digital_signature or usage.key_cert_sign or usage.crl_sign:
        raise UntrustedError("identity.author_profile", name=holder.name)
