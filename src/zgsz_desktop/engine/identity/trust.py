"""From a keyid to a person: chains of certificates that end at a pinned root (records-and-merge.md 2, identity.md).

What is decided here rests on the certificates of one package, the pinned roots and an instant; never on the local
clock, on revocations (`revocation.py`), or on the order in which certificates came.

A chain is examined once and remembered with its span of time, so that a record costs a look-up and two comparisons.
Authorities are accepted before anything they signed is looked at: certificates that somebody made up cost one check
each, however they name each other.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509

from zgsz_desktop.engine.errors import PackageError, TamperedError, UncheckableError, UntrustedError, UserError
from zgsz_desktop.engine.identity.certificates import extension, extensions_of, keyid_of
from zgsz_desktop.engine.identity.chains import Chain, Link, chain_through, validate
from zgsz_desktop.engine.identity.names import Holder
from zgsz_desktop.engine.identity.rules import check_certificate, check_link, check_root, check_window, is_signed_by
from zgsz_desktop.engine.identity.suites import PublicKey, public_key_of
from zgsz_desktop.engine.model import DivisionCode, KeyId, Level, Role, level_of, parent_of

_MOST_CHAINS = 16
"""One chain is the rule, two appear when an authority was renewed under its key; more are made only to waste time."""
_MOST_SUSPECTS = 8
"""How many certificates are looked at to explain a refusal."""


class TrustAnchors:
    """The roots that a person has pinned.

    Attributes:
        roots: sorted by keyid.
    """

    def __init__(self, roots: Iterable[x509.Certificate]) -> None:
        """Take roots that were pinned.

        Raises:
            UserError: `identity.no_root`; an empty list would refuse everybody without saying why.
            PackageError: one of them is no root, as `check_root`.
        """
        self.roots = tuple(sorted(set(roots), key=keyid_of))
        if not self.roots:
            raise UserError("identity.no_root")
        for root in self.roots:
            check_root(root)

    @property
    def keyids(self) -> tuple[KeyId, ...]:
        """The roots' keyids, sorted."""
        return tuple(keyid_of(root) for root in self.roots)


@dataclass(frozen=True, slots=True)
class _Proven:
    holder: Holder
    key: PublicKey
    chains: tuple[Chain, ...]


class ChainVerifier:
    """Checks authors against the certificates that came in the same package, and the pinned roots."""

    def __init__(self, anchors: TrustAnchors, certificates: Iterable[x509.Certificate]) -> None:
        self._roots = frozenset(anchors.roots)
        # Sorted, so that of several faults every replica names the same one.
        given = sorted(set(certificates) | self._roots, key=lambda one: (keyid_of(one), one.signature))
        self._by_keyid: defaultdict[KeyId, list[x509.Certificate]] = defaultdict(list)
        self._by_subject: defaultdict[bytes, list[x509.Certificate]] = defaultdict(list)
        self._holders: dict[x509.Certificate, Holder | PackageError] = {}
        for certificate in given:
            self._by_keyid[keyid_of(certificate)].append(certificate)
            self._by_subject[certificate.subject.public_bytes()].append(certificate)
            self._holders[certificate] = _holder_or_fault(certificate)
        self._chains: dict[x509.Certificate, tuple[Chain, ...] | PackageError] = {}
        self._accepted: dict[tuple[bytes, DivisionCode], tuple[x509.Certificate, ...]] = {}
        self._proven: dict[KeyId, _Proven | PackageError] = {}

    def verify(self, keyid: KeyId, at: datetime) -> Holder:
        """Say who signs under a keyid, if a chain of the certificate is valid from end to end at that instant.

        Raises:
            UncheckableError: `identity.no_certificate`, `identity.issuer_missing`, `identity.unknown_suite`,
                `identity.unknown_extension`.
            UntrustedError: `identity.stranger`, `identity.not_yet_valid`, `identity.expired`, `identity.path`, or
                what `check_certificate` and `check_link` say of a certificate on the chain.
            TamperedError: `identity.bad_signature`.
            MalformedError: `identity.certificate_form`.
        """
        proven = self._prove(keyid)
        if not any(chain.begins <= at <= chain.ends for chain in proven.chains):
            check_window(proven.chains[0].begins, proven.chains[0].ends, at)
        return proven.holder

    def public_key(self, keyid: KeyId) -> PublicKey:
        """Give the key of an author whose chain is good, at whatever time.

        Raises:
            PackageError: as `verify`, time apart.
        """
        return self._prove(keyid).key

    def chains_of(self, keyid: KeyId) -> tuple[Chain, ...]:
        """Give all chains of a certificate, at whatever time they were valid; mostly one.

        Raises:
            PackageError: as `verify`, time apart.
        """
        return self._prove(keyid).chains

    def chain_of(self, keyid: KeyId) -> tuple[x509.Certificate, ...]:
        """Give what a package must carry for this author: all certificates on its chains, roots aside.

        Raises:
            PackageError: as `verify`, time apart.
        """
        return tuple(dict.fromkeys(one for chain in self.chains_of(keyid) for one in chain.certificates[:-1]))

    def links_of(self, keyid: KeyId) -> frozenset[Link]:
        """Give all links above a certificate, for `Revocations.status`.

        Raises:
            PackageError: as `verify`, time apart.
        """
        return frozenset(link for chain in self.chains_of(keyid) for link in chain.links())

    def authorities(self) -> tuple[x509.Certificate, ...]:
        """Give every authority here that chains to a pinned root, the roots among them: those whose CRLs count."""
        return tuple(one for one in self._holders if self._is_authority(one) and self._is_accepted(one))

    # --- remembering

    def _prove(self, keyid: KeyId) -> _Proven:
        known = self._proven.get(keyid)
        if known is None:
            known = self._proven[keyid] = self._examine(keyid)
        if isinstance(known, PackageError):
            raise _again(known)
        return known

    def _examine(self, keyid: KeyId) -> _Proven | PackageError:
        # Certificates with one keyid differ in nothing but the signature on them: one good one is enough.
        fault: PackageError = UncheckableError("identity.no_certificate", keyid=keyid)
        for certificate in self._by_keyid.get(keyid, ()):
            holder, chains = self._holders[certificate], self._chains_up(certificate)
            if isinstance(chains, PackageError):
                fault = chains
            elif not isinstance(holder, PackageError):
                return _Proven(holder, public_key_of(certificate), chains)
        return fault

    def _chains_up(self, certificate: x509.Certificate) -> tuple[Chain, ...] | PackageError:
        known = self._chains.get(certificate)
        if known is None:
            try:
                known = self._build(certificate)
            except PackageError as error:
                known = error
            self._chains[certificate] = known
        return known

    def _issuers(self, subject: bytes, scope: DivisionCode) -> tuple[x509.Certificate, ...]:
        """Give the accepted authorities of a division that bear a subject name."""
        known = self._accepted.get((subject, scope))
        if known is None:
            named = [one for one in self._by_subject.get(subject, ()) if self._is_authority(one, scope)]
            known = self._accepted[subject, scope] = tuple(one for one in named if self._is_accepted(one))
        return known

    # --- deciding

    def _build(self, certificate: x509.Certificate) -> tuple[Chain, ...]:
        # 1. Acceptable by itself: suite, name, level, powers.
        holder = self._holders[certificate]
        if isinstance(holder, PackageError):
            raise _again(holder)
        # 2. A pinned root ends the chain; any other authority of the region (a stranger's root, the introduction of
        #    a new one) is no part of one.
        if certificate in self._roots:
            return (chain_through((certificate,)),)
        if holder.role is Role.AUTHORITY and level_of(holder.scope) is Level.REGION:
            raise UntrustedError("identity.stranger", name=holder.name)
        # 3. Signed by an accepted authority whose division allows it. Each step widens the scope, so chains end.
        subject = certificate.issuer.public_bytes()
        issuers = [one for scope in _issuing_scopes(holder) for one in self._issuers(subject, scope)]
        signers = [issuer for issuer in issuers if is_signed_by(certificate, issuer)]
        if not signers:
            raise self._why_unlinked(certificate, holder)
        above = [chain for signer in signers for chain in self._chains_above(signer)]
        chains = [chain_through((certificate, *chain.certificates)) for chain in above[:_MOST_CHAINS]]
        # 4. The library's validation of the whole path; one good path is enough.
        outcomes = [(chain, _fault_of_path(chain)) for chain in chains]
        good = tuple(chain for chain, fault in outcomes if fault is None)
        if not good:
            raise next(fault for _, fault in outcomes if fault is not None)
        return good

    def _chains_above(self, issuer: x509.Certificate) -> tuple[Chain, ...]:
        chains = self._chains_up(issuer)
        return () if isinstance(chains, PackageError) else chains

    def _is_authority(self, certificate: x509.Certificate, scope: DivisionCode | None = None) -> bool:
        holder = self._holders[certificate]
        if isinstance(holder, PackageError) or holder.role is not Role.AUTHORITY:
            return False
        return scope is None or holder.scope == scope

    def _is_accepted(self, certificate: x509.Certificate) -> bool:
        return not isinstance(self._chains_up(certificate), PackageError)

    def _why_unlinked(self, certificate: x509.Certificate, holder: Holder) -> PackageError:
        """Say why no accepted authority is the issuer; only explains, never accepts."""
        suspects = self._by_subject.get(certificate.issuer.public_bytes(), [])[:_MOST_SUSPECTS]
        # a. It was signed by a certificate that is here: then what is wrong with that one, or between the two.
        for issuer in suspects:
            if is_signed_by(certificate, issuer):
                return self._fault_of_issuer(holder, issuer)
        # b. It names a key that is here, and that key did not sign it.
        named = extension(extensions_of(certificate), x509.AuthorityKeyIdentifier)
        if named is not None and any(_bears(issuer, named.key_identifier) for issuer in suspects):
            return TamperedError("identity.bad_signature", name=holder.name)
        # c. Only a root could have signed it; or else its issuer did not come.
        highest = Level.CITY if holder.role is Role.AUTHORITY else Level.REGION
        if level_of(holder.scope) is highest:
            return UntrustedError("identity.stranger", name=holder.name)
        return UncheckableError("identity.issuer_missing", name=holder.name)

    def _fault_of_issuer(self, holder: Holder, issuer: x509.Certificate) -> PackageError:
        above = self._holders[issuer]
        if isinstance(above, PackageError):
            return _again(above)
        try:
            check_link(holder, above)
        except UntrustedError as error:
            return error
        chains = self._chains_up(issuer)
        return _again(chains) if isinstance(chains, PackageError) else UntrustedError("identity.path", name=holder.name)


def _issuing_scopes(holder: Holder) -> list[DivisionCode]:
    """Give the divisions whose authority may issue for a holder: the same rule as `rules.check_link`."""
    above = parent_of(holder.scope)
    if holder.role is Role.AUTHORITY:
        return [] if above is None else [above]
    scopes = [holder.scope]
    while above is not None:
        scopes.append(above)
        above = parent_of(above)
    return scopes


def _holder_or_fault(certificate: x509.Certificate) -> Holder | PackageError:
    try:
        return check_certificate(certificate)
    except PackageError as error:
        return error


def _fault_of_path(chain: Chain) -> PackageError | None:
    try:
        validate(chain)
    except PackageError as error:
        return error
    return None


def _bears(issuer: x509.Certificate, key_identifier: bytes | None) -> bool:
    try:
        own = x509.SubjectKeyIdentifier.from_public_key(public_key_of(issuer))
    except UncheckableError:
        return False
    return own.digest == key_identifier


def _again(error: PackageError) -> PackageError:
    """Make a remembered error anew: one object raised many times would gather tracebacks."""
    return type(error)(error.code, **error.context)
