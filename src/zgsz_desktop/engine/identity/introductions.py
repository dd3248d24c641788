"""How a new root comes to be pinned: the old one signs an introduction (identity.md).

An introduction is an authority's certificate for the region's name and the new root's key, under the old root's
signature. It is checked alone and is never part of a chain (`trust.py` passes it by). The new root's own, self-signed
certificate travels beside it, so that every replica pins the same certificate and writes the same keyid in its
digest; an introduction without it introduces nobody yet.
"""

from collections.abc import Iterable

from cryptography import x509

from zgsz_desktop.engine.errors import PackageError
from zgsz_desktop.engine.identity.certificates import check_fingerprint, der_of, fingerprint
from zgsz_desktop.engine.identity.rules import check_certificate, check_root, is_signed_by
from zgsz_desktop.engine.identity.suites import key_hash, public_key_of
from zgsz_desktop.engine.identity.trust import TrustAnchors
from zgsz_desktop.engine.model import Level, Role, level_of


def introductions_in(certificates: Iterable[x509.Certificate], anchors: TrustAnchors) -> tuple[x509.Certificate, ...]:
    """Find the introductions that a pinned root has signed."""
    return tuple(one for one in certificates if _is_introduction(one, anchors.roots))


def introduced_roots(certificates: Iterable[x509.Certificate], anchors: TrustAnchors) -> tuple[x509.Certificate, ...]:
    """Find the roots that are not pinned yet and may be, on the word of a pinned one; the word may pass along."""
    given = tuple(dict.fromkeys(certificates))
    candidates = [one for one in given if one not in anchors.roots and _is_root(one)]
    found: list[x509.Certificate] = []
    fresh = list(anchors.roots)
    while fresh:
        keys = {key_hash(public_key_of(one)) for one in given if _is_introduction(one, fresh)}
        fresh = [one for one in candidates if one not in found and key_hash(public_key_of(one)) in keys]
        found += fresh
    return tuple(found)


def confirm_root(root: x509.Certificate, told: str) -> TrustAnchors:
    """Pin the first root, if its fingerprint is the one that a person was told.

    Raises:
        UserError: `identity.fingerprint_differs`.
        PackageError: it is no root, as `check_root`.
    """
    check_root(root)
    check_fingerprint(der_of(root), told)
    return TrustAnchors([root])


def root_fingerprint(root: x509.Certificate) -> str:
    """Give what the department publishes and a person compares: six groups of five digits over the DER."""
    return fingerprint(der_of(root))


def _is_introduction(certificate: x509.Certificate, roots: Iterable[x509.Certificate]) -> bool:
    try:
        holder = check_certificate(certificate)
    except PackageError:
        return False
    if holder.role is not Role.AUTHORITY or level_of(holder.scope) is not Level.REGION:
        return False
    # A root renewed under its own key introduces nothing: its signature on itself says no more than before.
    return any(is_signed_by(certificate, root) and public_key_of(certificate) != public_key_of(root) for root in roots)


def _is_root(certificate: x509.Certificate) -> bool:
    try:
        check_root(certificate)
    except PackageError:
        return False
    return True
