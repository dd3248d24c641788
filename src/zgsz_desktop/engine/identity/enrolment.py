"""Enrolment by files: a request (`.zgszreq`), its approval, and what goes back (identity.md).

A `.zgszreq` is a PEM certificate request (P-256) that carries the wished name, the person's name (CN) and the
organisation (O). The bureau compares its fingerprint with the applicant by telephone before it approves. The
`.zgszcert` that goes back is a `publish` package, which `package/` writes; here is what it must hold.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from zgsz_desktop.engine.errors import MalformedError, PackageError, TamperedError, UncheckableError, UserError
from zgsz_desktop.engine.identity.certificates import (
    ASN1_ERRORS,
    common_name_of,
    der_of,
    dns_names_of,
    extensions_of,
    fingerprint,
    keyid_of,
    organisation_of,
    read_pem,
)
from zgsz_desktop.engine.identity.issuing import SAMPLE, Subject, issue, issue_root, x509_name
from zgsz_desktop.engine.identity.keys import Signer
from zgsz_desktop.engine.identity.names import Holder, parse_dns_name
from zgsz_desktop.engine.identity.suites import HASH, PrivateKey, PublicKey, check_suite, generate_key, public_key_of
from zgsz_desktop.engine.identity.trust import ChainVerifier

REQUEST_LIMIT = 64 * 1024


@dataclass(frozen=True, slots=True)
class EnrolmentRequest:
    """A request as it was read and checked.

    Attributes:
        holder: the wished name.
        subject: person and organisation, as the applicant wrote them.
        key: the applicant's public key.
        fingerprint: six groups of five digits, to be compared by telephone.
    """

    holder: Holder
    subject: Subject
    key: PublicKey
    fingerprint: str


def write_request(key: PrivateKey, holder: Holder, subject: Subject) -> bytes:
    """Write a `.zgszreq`.

    Raises:
        UserError: `identity.subject_form`.
    """
    request = (
        x509.CertificateSigningRequestBuilder()
        .subject_name(x509_name(subject))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(holder.dns_name)]), critical=False)
        .sign(key, HASH)
    )
    return request.public_bytes(Encoding.PEM)


def read_request(data: bytes) -> EnrolmentRequest:
    """Read a `.zgszreq` and check that who wrote it has the key.

    Raises:
        MalformedError: `identity.request_form`.
        TamperedError: `identity.request_signature`.
        UncheckableError: `identity.unknown_suite`.
        UntrustedError: `identity.bad_name`; the wished name is not of our form.
    """
    request = _load_request(data)
    key = public_key_of(request)
    check_suite(request)
    if not _is_signed(request):
        raise TamperedError("identity.request_signature")
    names = dns_names_of(extensions_of(request))
    if len(names) != 1:
        raise MalformedError("identity.request_form", detail=f"{len(names)} names")
    subject = Subject(common_name_of(request.subject), organisation_of(request.subject))
    try:
        x509_name(subject)
    except UserError as error:
        raise MalformedError("identity.request_form", detail="CN, O") from error
    return EnrolmentRequest(parse_dns_name(names[0]), subject, key, fingerprint(der_of(request)))


def approve(
    issuer: Signer, request: EnrolmentRequest, at: datetime, *, life: timedelta | None = None
) -> x509.Certificate:
    """Issue the certificate that a request asks for; its fingerprint was compared before.

    Raises:
        UserError: `identity.may_not_issue`, `identity.clock_outside`.
    """
    return issue(issuer, request.holder, request.subject, request.key, at, life=life)


def certificates_to_send(
    verifier: ChainVerifier, issued: x509.Certificate, roots: Sequence[x509.Certificate] = ()
) -> tuple[x509.Certificate, ...]:
    """Give what the `.zgszcert` must hold: the whole chain, and the roots, which the receiver may have to confirm.

    Raises:
        PackageError: the certificate's chain is not good here, as `ChainVerifier.verify`.
    """
    chains = verifier.chains_of(keyid_of(issued))
    return tuple(dict.fromkeys([one for chain in chains for one in chain.certificates] + list(roots)))


def certificate_for(key: PrivateKey, certificates: Sequence[x509.Certificate]) -> x509.Certificate:
    """Find, in what came back, the newest certificate of the key that waits for one.

    Raises:
        UserError: `identity.key_mismatch`.
    """
    public = key.public_key()
    mine = [one for one in certificates if _key_or_none(one) == public]
    if not mine:
        raise UserError("identity.key_mismatch", name="")
    return max(mine, key=lambda one: (one.not_valid_before_utc, keyid_of(one)))


def make_sample_root(at: datetime) -> Signer:
    """Make the root of a sample workspace, named 体验, with a key of its own."""
    key = generate_key()
    return Signer(key, issue_root(key, SAMPLE, at))


def _load_request(data: bytes) -> x509.CertificateSigningRequest:
    try:
        found = read_pem(data, REQUEST_LIMIT, b"CERTIFICATE REQUEST", x509.load_der_x509_csr)
        (request,) = found
        _ = (request.subject, request.extensions, request.signature_algorithm_oid)
    except (PackageError, *ASN1_ERRORS) as error:
        raise MalformedError("identity.request_form", detail=str(error)) from error
    return request


def _is_signed(request: x509.CertificateSigningRequest) -> bool:
    try:
        return request.is_signature_valid
    except ASN1_ERRORS:
        return False


def _key_or_none(certificate: x509.Certificate) -> PublicKey | None:
    try:
        return public_key_of(certificate)
    except UncheckableError:
        return None
