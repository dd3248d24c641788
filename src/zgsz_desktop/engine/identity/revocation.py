"""Revocation: lists that authorities sign, and the union of all entries ever seen (identity.md).

A list counts iff it verifies under the key of an authority that chains to a pinned root; issuer names decide nothing.
It revokes only certificates under that same key: entries are kept per (issuer key, serial number). Of two entries the
graver reason and the earlier date stay, so the union is the same in whatever order lists come, and nothing is ever
un-revoked. A list's number and dates are only shown.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from zgsz_desktop.engine.clock import CHINA
from zgsz_desktop.engine.errors import MalformedError, PackageError, TamperedError, UncheckableError, UserError
from zgsz_desktop.engine.identity.certificates import ASN1_ERRORS, BUNDLE_LIMIT, common_name_of, extension, read_pem
from zgsz_desktop.engine.identity.chains import Link, serial_of
from zgsz_desktop.engine.identity.keys import Signer
from zgsz_desktop.engine.identity.suites import HASH, PublicKey, check_suite, key_hash, public_key_of
from zgsz_desktop.engine.model import Role
from zgsz_desktop.engine.records.facts import Revoked

_NEXT_UPDATE = timedelta(days=366)


class Reason(StrEnum):
    """Why a certificate ended, from the mildest to the gravest; the order is only a rule for ties."""

    SUPERSEDED = "superseded"
    CESSATION_OF_OPERATION = "cessationOfOperation"
    AFFILIATION_CHANGED = "affiliationChanged"
    UNSPECIFIED = "unspecified"
    PRIVILEGE_WITHDRAWN = "privilegeWithdrawn"
    KEY_COMPROMISE = "keyCompromise"

    @property
    def good_order(self) -> bool:
        """Records from before the end stay effective."""
        return _RANK[self] <= _RANK[Reason.AFFILIATION_CHANGED]


_RANK: Mapping[Reason, int] = {reason: rank for rank, reason in enumerate(Reason)}
_BY_FLAG = {reason.value: reason for reason in Reason} | {"cACompromise": Reason.KEY_COMPROMISE}


@dataclass(frozen=True, slots=True)
class RevocationEntry:
    """One certificate that its issuer ended; nothing but text and a number, for the store.

    Attributes:
        issuer_key_id: SHA-256 of the issuer's public key.
        serial: lowercase hex.
        date: epoch seconds.
    """

    issuer_key_id: str
    serial: str
    reason: Reason
    date: int


@dataclass(frozen=True, slots=True)
class KnownList:
    """A list that counts.

    Attributes:
        issuer: the authority's name to show. `issuer_key_id`: its key.
        number: of the list, None if it has none. `at`: when it was made: 吊销信息截至.
        entries: what it revokes.
        pem: the list itself, to be passed on.
    """

    issuer: str
    issuer_key_id: str
    number: int | None
    at: datetime
    entries: tuple[RevocationEntry, ...]
    pem: bytes


@dataclass(frozen=True, slots=True)
class ReadLists:
    """The outcome of reading a collection: what counts, and why the rest was ignored."""

    lists: tuple[KnownList, ...]
    ignored: tuple[PackageError, ...]

    @property
    def entries(self) -> tuple[RevocationEntry, ...]:
        """All entries of the lists that count."""
        return tuple(entry for one in self.lists for entry in one.entries)


class Revocations:
    """The union of all entries ever seen."""

    def __init__(self, entries: Iterable[RevocationEntry] = ()) -> None:
        self._entries: dict[tuple[str, str], RevocationEntry] = {}
        for entry in entries:
            place = (entry.issuer_key_id, entry.serial)
            known = self._entries.get(place)
            self._entries[place] = entry if known is None else join(known, entry)

    @property
    def entries(self) -> tuple[RevocationEntry, ...]:
        """One entry for each revoked certificate, sorted."""
        return tuple(self._entries[place] for place in sorted(self._entries))

    def entry_of(self, link: Link) -> RevocationEntry | None:
        """Give what is known of one certificate's end, None if nothing."""
        return self._entries.get((link.issuer_key_id, link.serial))

    def status(self, links: Iterable[Link]) -> Revoked | None:
        """Say whether entries name a certificate or an authority above it: in good order iff all of them are."""
        found = [entry for link in links if (entry := self.entry_of(link)) is not None]
        if not found:
            return None
        return Revoked(all(entry.reason.good_order for entry in found), min(entry.date for entry in found))


def join(one: RevocationEntry, other: RevocationEntry) -> RevocationEntry:
    """Join two entries of one certificate: the graver reason and the earlier date."""
    reason = max(one.reason, other.reason, key=lambda given: _RANK[given])
    return RevocationEntry(one.issuer_key_id, one.serial, reason, min(one.date, other.date))


def build_list(authority: Signer, entries: Iterable[RevocationEntry], number: int, at: datetime) -> bytes:
    """Sign a revocation list (PEM) with the union of an authority's entries; others' are left out.

    Raises:
        UserError: `identity.may_not_issue`; the signer is no authority.
    """
    if authority.holder.role is not Role.AUTHORITY:
        raise UserError("identity.may_not_issue", issuer=authority.holder.name, name="CRL")
    own_key = public_key_of(authority.certificate)
    own = key_hash(own_key)
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(authority.certificate.subject)
        .last_update(at)
        .next_update(at + _NEXT_UPDATE)
        .add_extension(x509.CRLNumber(number), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(own_key), critical=False)
    )
    for entry in Revocations(entry for entry in entries if entry.issuer_key_id == own).entries:
        builder = builder.add_revoked_certificate(_revoked(entry))
    return builder.sign(authority.key, HASH).public_bytes(Encoding.PEM)


def read_lists(data: bytes, authorities: Iterable[x509.Certificate], limit: int = BUNDLE_LIMIT) -> ReadLists:
    """Read `crls.pem` against the authorities that chain to a pinned root; what does not verify is only reported.

    Raises:
        MalformedError: `identity.bundle_too_large`, `identity.bundle_form`; no collection of lists at all.
    """
    by_name: defaultdict[bytes, list[x509.Certificate]] = defaultdict(list)
    by_key: defaultdict[bytes, list[x509.Certificate]] = defaultdict(list)
    for authority in dict.fromkeys(authorities):
        key = public_key_of(authority)
        by_name[authority.subject.public_bytes()].append(authority)
        by_key[x509.SubjectKeyIdentifier.from_public_key(key).digest].append(authority)
    known: list[KnownList] = []
    ignored: list[PackageError] = []
    for der in read_pem(data, limit, b"X509 CRL", bytes):
        try:
            crl = _load_list(der)
            named = extension(crl.extensions, x509.AuthorityKeyIdentifier)
            # Only to try few keys: whichever verifies is the issuer, whatever the list calls it.
            hint = None if named is None else named.key_identifier
            known.append(_known(crl, by_name[crl.issuer.public_bytes()] if hint is None else by_key[hint]))
        except PackageError as error:
            ignored.append(error)
    return ReadLists(tuple(known), tuple(ignored))


def write_lists(lists: Iterable[KnownList]) -> bytes:
    """Write `crls.pem`: the newest list of each issuer, sorted by issuer."""
    newest: dict[str, KnownList] = {}
    for one in lists:
        known = newest.get(one.issuer_key_id)
        if known is None or _age(one) > _age(known):
            newest[one.issuer_key_id] = one
    return b"".join(newest[issuer].pem for issuer in sorted(newest))


def _age(one: KnownList) -> tuple[int, datetime, bytes]:
    return (-1 if one.number is None else one.number, one.at, one.pem)


def entry_for(link: Link, reason: Reason, date: datetime) -> RevocationEntry:
    """Make the entry that revokes a certificate."""
    return RevocationEntry(link.issuer_key_id, link.serial, reason, int(date.timestamp()))


def _load_list(der: bytes) -> x509.CertificateRevocationList:
    # The library reads lazily: every part is touched once, so that later no byte can surprise.
    try:
        crl = x509.load_der_x509_crl(der)
        _ = (crl.issuer, crl.last_update_utc, crl.extensions, crl.signature_algorithm_oid, crl.signature)
        for one in crl:
            _ = (one.serial_number, one.revocation_date_utc, one.extensions)
    except ASN1_ERRORS as error:
        raise MalformedError("identity.list_form", detail=str(error)) from error
    return crl


def _known(crl: x509.CertificateRevocationList, candidates: Iterable[x509.Certificate]) -> KnownList:
    # 1. Suite.
    check_suite(crl)
    # 2. Signature, under the key of an authority that is trusted.
    authority = _signer_of(crl, candidates)
    # 3. Nothing critical that is not understood here: such a list speaks of other certificates than it seems to.
    for extensions in (crl.extensions, *(one.extensions for one in crl)):
        for found in extensions:
            if found.critical:
                raise UncheckableError("identity.unknown_extension", oid=found.oid.dotted_string)
    key_id = key_hash(public_key_of(authority))
    entries = tuple(_entry(one, key_id) for one in crl)
    number = extension(crl.extensions, x509.CRLNumber)
    return KnownList(
        issuer=common_name_of(authority.subject),
        issuer_key_id=key_id,
        number=None if number is None else number.crl_number,
        at=crl.last_update_utc.astimezone(CHINA),
        entries=entries,
        pem=crl.public_bytes(Encoding.PEM),
    )


def _signer_of(crl: x509.CertificateRevocationList, candidates: Iterable[x509.Certificate]) -> x509.Certificate:
    tried = False
    for authority in candidates:
        tried = True
        if _verifies(crl, public_key_of(authority)):
            return authority
    issuer = common_name_of(crl.issuer)
    if tried:
        raise TamperedError("identity.list_signature", issuer=issuer)
    raise UncheckableError("identity.list_stranger", issuer=issuer)


def _verifies(crl: x509.CertificateRevocationList, key: PublicKey) -> bool:
    try:
        return crl.is_signature_valid(key)
    except ASN1_ERRORS:
        return False


def _entry(revoked: x509.RevokedCertificate, key_id: str) -> RevocationEntry:
    given = extension(revoked.extensions, x509.CRLReason)
    # A reason that is not in good order, or none, or one not known here: no date helps.
    reason = Reason.UNSPECIFIED if given is None else _BY_FLAG.get(given.reason.value, Reason.UNSPECIFIED)
    return RevocationEntry(
        key_id, serial_of(revoked.serial_number), reason, int(revoked.revocation_date_utc.timestamp())
    )


def _revoked(entry: RevocationEntry) -> x509.RevokedCertificate:
    builder = (
        x509.RevokedCertificateBuilder()
        .serial_number(int(entry.serial, 16))
        .revocation_date(datetime.fromtimestamp(entry.date, CHINA))
    )
    if entry.reason is Reason.UNSPECIFIED:  # RFC 5280, 5.3.1: then no reason is written
        return builder.build()
    return builder.add_extension(x509.CRLReason(x509.ReasonFlags(entry.reason.value)), critical=False).build()
