"""Trust as this workspace holds it: pinned roots, certificates, revocations, and what they say of an author.

All three only grow. Whether an author is revoked is asked over *all* certificates held, because an authority that was
renewed stands on the chains of everybody below it; it is asked of `identity`, and only where entries exist at all.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography import x509

from zgsz_desktop.engine.errors import PackageError
from zgsz_desktop.engine.identity.certificates import common_name_of, der_of, keyid_of, organisation_of
from zgsz_desktop.engine.identity.introductions import introductions_in
from zgsz_desktop.engine.identity.revocation import KnownList, Reason, RevocationEntry, Revocations
from zgsz_desktop.engine.identity.rules import check_certificate
from zgsz_desktop.engine.identity.trust import ChainVerifier, TrustAnchors
from zgsz_desktop.engine.model import KeyId, Role
from zgsz_desktop.engine.records.facts import Revoked
from zgsz_desktop.engine.store import trust
from zgsz_desktop.engine.store.trust import CertificateRow, EntryRow, ListRow


def load_anchors(connection: sqlite3.Connection) -> TrustAnchors:
    """Give the pinned roots.

    Raises:
        UserError: `identity.no_root`.
    """
    return TrustAnchors(_load(trust.root_ders(connection)))


def load_certificates(connection: sqlite3.Connection) -> tuple[x509.Certificate, ...]:
    """Give all certificates held, the roots among them."""
    return _load(trust.certificate_ders(connection))


def load_authorities(connection: sqlite3.Connection) -> tuple[x509.Certificate, ...]:
    """Give all authorities held that chain to a pinned root: those whose revocation lists count."""
    anchors = load_anchors(connection)
    held = ChainVerifier(anchors, _load(trust.certificate_ders(connection, role=Role.AUTHORITY)))
    return held.authorities()


def pin_root(connection: sqlite3.Connection, root: x509.Certificate) -> None:
    """Pin a root that a person, or a root pinned before, has vouched for; inside a transaction."""
    trust.put_certificates(connection, [_row(root, None, root=True)])
    trust.mark_as_root(connection, keyid_of(root))


def keep_certificates(
    connection: sqlite3.Connection,
    certificates: Iterable[x509.Certificate],
    anchors: TrustAnchors,
    chains: ChainVerifier | None = None,
) -> int:
    """Keep those certificates that chain to a pinned root, and introductions; give how many are new.

    Args:
        connection: inside a transaction.
        certificates: what came.
        anchors: the pinned roots.
        chains: the same certificates on these roots, where the caller has examined them already.
    """
    held = trust.certificate_keyids(connection)
    given = tuple(certificates)
    fresh = [one for one in given if keyid_of(one) not in held]
    known = chains or ChainVerifier(anchors, given)
    introductions = frozenset(introductions_in(fresh, anchors))
    rows = [_row(one, None) if one in introductions else _chained(one, known) for one in fresh]
    return trust.put_certificates(connection, [row for row in rows if row is not None])


def keep_lists(connection: sqlite3.Connection, lists: Iterable[KnownList]) -> int:
    """Keep revocation lists that count, and their entries; give how many entries are new or graver than before.

    Of each issuer the newest list is kept, and older ones as long as they say more: an authority whose backup was
    restored may sign a list that lacks an entry, and what is known here must reach those who get our packages.
    """
    known = tuple(lists)
    for issuer in sorted({one.issuer_key_id for one in known}):
        given = {_list_row(one) for one in known if one.issuer_key_id == issuer}
        trust.put_lists(connection, issuer, _telling({*given, *trust.lists_of(connection, issuer)}))
    before = load_revocations(connection).entries
    after = Revocations((*before, *(entry for one in known for entry in one.entries))).entries
    changed = set(after) - set(before)
    trust.put_entries(connection, [_entry_row(entry) for entry in changed])
    return len(changed)


def _telling(rows: Iterable[ListRow]) -> list[ListRow]:
    """Choose the newest list, and of the older ones, newest first, those that add something."""
    newest, *older = sorted(rows, key=lambda row: (row.updated, row.pem), reverse=True)
    kept = [newest]
    said = Revocations(map(_entry, newest.entries)).entries
    for row in older:
        more = Revocations((*said, *map(_entry, row.entries))).entries
        if more != said:
            kept.append(row)
            said = more
    return kept


def _list_row(one: KnownList) -> ListRow:
    return ListRow(one.pem, int(one.at.timestamp()), tuple(_entry_row(entry) for entry in one.entries))


def _entry_row(entry: RevocationEntry) -> EntryRow:
    return EntryRow(entry.issuer_key_id, entry.serial, entry.reason, entry.date)


def _entry(row: EntryRow) -> RevocationEntry:
    return RevocationEntry(row.issuer_key, row.serial, Reason(row.reason), row.date)


def load_revocations(connection: sqlite3.Connection) -> Revocations:
    """Give the union of all entries ever seen."""
    return Revocations(map(_entry, trust.revocation_entries(connection)))


class Verdicts:
    """What the revocation entries say of authors, as long as neither entries nor certificates change."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._revocations = load_revocations(connection)
        self._chains: ChainVerifier | None = None
        self._known: dict[KeyId, Revoked | None] = {}
        self._any = bool(self._revocations.entries)

    @property
    def chains(self) -> ChainVerifier:
        """All certificates held, on the pinned roots."""
        if self._chains is None:
            self._chains = ChainVerifier(load_anchors(self._connection), load_certificates(self._connection))
        return self._chains

    def revoked(self, author: KeyId) -> Revoked | None:
        """Give the verdict over an author's chain, None if nothing is revoked there."""
        if not self._any:
            return None
        if author not in self._known:
            self._known[author] = self._revocations.status(self.chains.links_of(author))
        return self._known[author]

    def all(self) -> dict[KeyId, Revoked]:
        """Give the verdicts over the authors of all records that anything is revoked for."""
        if not self._any:
            return {}
        found = {author: self.revoked(author) for author in trust.authors(self._connection)}
        return {author: verdict for author, verdict in found.items() if verdict is not None}


@dataclass(frozen=True, slots=True)
class TrustLine:
    """One certificate on the chain of an author of a record, as the digest names it."""

    keyid: KeyId
    revoked: Revoked | None


def trust_lines(verdicts: Verdicts, connection: sqlite3.Connection) -> list[TrustLine]:
    """Give every certificate on the chains of authors of records, roots aside, with the entry that names it."""
    revocations = load_revocations(connection)
    links = {link for author in trust.authors(connection) for link in verdicts.chains.links_of(author)}
    return [TrustLine(link.keyid, revocations.status([link])) for link in links]


def _chained(certificate: x509.Certificate, chains: ChainVerifier) -> CertificateRow | None:
    try:
        chain = chains.chains_of(keyid_of(certificate))[0]
    except PackageError:  # a stranger's: nothing of it is kept
        return None
    above = chain.certificates[1:2]
    return _row(certificate, keyid_of(above[0]) if above else None)


def _row(certificate: x509.Certificate, issuer: KeyId | None, *, root: bool = False) -> CertificateRow:
    holder = check_certificate(certificate)
    return CertificateRow(
        keyid=keyid_of(certificate),
        der=der_of(certificate),
        name=holder.name,
        role=holder.role,
        scope=holder.scope,
        issuer=issuer,
        not_after=int(certificate.not_valid_after_utc.timestamp()),
        person=common_name_of(certificate.subject),
        organisation=organisation_of(certificate.subject),
        root=root,
    )


def _load(ders: Iterable[bytes]) -> tuple[x509.Certificate, ...]:
    return tuple(x509.load_der_x509_certificate(der) for der in ders)
