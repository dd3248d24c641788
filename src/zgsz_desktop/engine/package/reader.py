"""Opening a package: everything that must hold of it as a whole (package-format.md).

A package is believed as a whole or not at all. Headers, `mimetype`, manifest (form, chain, signature), the list of
entries, and size and hash of each but one hold before anything is given out. `records.jsonl` is read once: `records`
gives its lines and hashes them on the way, and raises at the end if they are not those that were signed. Whoever reads
records keeps them in a transaction and drops them with it; whoever reads none calls `check_records`. The bytes that are
used are thus the bytes that were verified, whatever happens to the file meanwhile: no copy and no lock is needed.

Deliberately not here: whether a record gets in (`records.admit`), whether the producer is revoked (said, not refused:
`engine.merge`), what a CRL is worth (`identity.revocation`).
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509

from zgsz_desktop.engine.errors import MalformedError, PackageError, TamperedError, UncheckableError, UntrustedError
from zgsz_desktop.engine.identity.certificates import BUNDLE_LIMIT, parse_pem_bundle
from zgsz_desktop.engine.identity.introductions import introduced_roots
from zgsz_desktop.engine.identity.trust import ChainVerifier, TrustAnchors
from zgsz_desktop.engine.model import RecordId, Role, covers
from zgsz_desktop.engine.package.container import Container, open_container
from zgsz_desktop.engine.package.headers import MAX_SIZE, STORED
from zgsz_desktop.engine.package.lines import split_lines
from zgsz_desktop.engine.package.manifest import Manifest, SignedManifest, read_manifest
from zgsz_desktop.engine.records.envelope import (
    HEX64,
    LONG_LINE_LIMIT,
    MANIFEST_LIMIT,
    Holder,
    verify_signature,
)

MIMETYPE = b"application/vnd.zgsz.package+zip"
MAX_RECORDS = 200_000
BLOB_LIMIT = 64 * 1024 * 1024
BLOBS = "blobs/"
_ENVELOPED = ("mimetype", "manifest.json")
RECORDS = "records.jsonl"
_LIMITS = {"certs.pem": BUNDLE_LIMIT, "crls.pem": BUNDLE_LIMIT, RECORDS: MAX_SIZE}
"""Entries that every package has; what else is listed may be as large as a blob."""


@dataclass(frozen=True, slots=True)
class Package:
    """A package of which all holds but the hash of its records, which is known when they are read.

    Attributes:
        id: hash of the signed manifest; it pins every byte below.
        producer: whose key signed the manifest; perhaps revoked.
        certificates: as they came. `introduced`: roots among them that a pinned one vouches for.
        chains: the certificates on the pinned and introduced roots, asked for every author.
        crls: PEM, unchecked.
        blobs: SHA-256 of the evidence files whose content is what their name says.
    """

    manifest: Manifest
    id: RecordId
    producer: Holder
    certificates: tuple[x509.Certificate, ...]
    introduced: tuple[x509.Certificate, ...]
    chains: ChainVerifier
    crls: bytes
    blobs: tuple[str, ...]
    _container: Container

    def records(self) -> Iterator[bytes]:
        """Give the lines of `records.jsonl`, in constant memory; what is too long comes cut, and still too long.

        Raises:
            MalformedError: `package.too_many_records`, `package.damaged`, `package.bomb`, `package.cut_short`.
            TamperedError: `package.hash_differs`. Whatever is raised, what was given before must not be used.
        """
        digest = hashlib.sha256()
        for number, line in enumerate(split_lines(self._hashed(digest), LONG_LINE_LIMIT)):
            if number >= MAX_RECORDS:
                raise MalformedError("package.too_many_records", limit=MAX_RECORDS)
            yield line
        if digest.hexdigest() != self._hash_of(RECORDS):
            raise TamperedError("package.hash_differs", entry=RECORDS)

    def check_records(self) -> None:
        """Verify `records.jsonl` without using it.

        Raises:
            PackageError: as `records`.
        """
        for _ in self.records():
            pass

    def blob(self, sha256: str) -> bytes:
        """Give one evidence file.

        Raises:
            TamperedError: `package.hash_differs`; the file was rewritten since it was opened.
        """
        data = self._container.read(BLOBS + sha256, BLOB_LIMIT)
        if hashlib.sha256(data).hexdigest() != sha256:
            raise TamperedError("package.hash_differs", entry=BLOBS + sha256)
        return data

    def _hashed(self, digest: "hashlib._Hash") -> Iterator[bytes]:
        for chunk in self._container.chunks(RECORDS):
            digest.update(chunk)
            yield chunk

    def _hash_of(self, name: str) -> str:
        return next(file.sha256 for file in self.manifest.files if file.path == name)


@contextmanager
def open_package(path: Path, anchors: TrustAnchors) -> Iterator[Package]:
    """Open a package and verify all but its records; the file stays open until the block ends.

    Raises:
        UserError: `package.unreadable`.
        MalformedError: `package.*`, the container is not as the format demands.
        TooNewError: `package.newer`, `package.encrypted`.
        UntrustedError: `package.manifest_untrusted`, `package.from_elsewhere`.
        UncheckableError: `package.manifest_unchecked`.
        TamperedError: `package.manifest_signature`, `package.hash_differs`.
    """
    with open_container(path) as container:
        yield _verified(container, anchors)


def _verified(container: Container, anchors: TrustAnchors) -> Package:
    # 1. What it calls itself.
    check_mimetype(container)
    # 2. The manifest's form; a newer format is named before anything else is doubted.
    signed = read_manifest(container.read("manifest.json", MANIFEST_LIMIT))
    # 3. The entries are those of its list, no more and no less, before any is unpacked.
    check_entries(container, signed.manifest)
    # 4. Its chain and signature. What is small is read once, and hashed as it was read.
    small = {name: container.read(name, BUNDLE_LIMIT) for name in ("certs.pem", "crls.pem")}
    certificates = parse_pem_bundle(small["certs.pem"])
    introduced = _introduced(certificates, anchors)
    chains = ChainVerifier(TrustAnchors((*anchors.roots, *introduced)), certificates)
    producer = _check_signature(signed, chains)
    # 5. The hash of every entry; that of the records while they are read.
    for file in signed.manifest.files:
        if file.path != RECORDS:
            known = small.get(file.path)
            found = container.sha256(file.path) if known is None else hashlib.sha256(known).hexdigest()
            if found != file.sha256:
                raise TamperedError("package.hash_differs", entry=file.path)
    return Package(
        manifest=signed.manifest,
        id=signed.id,
        producer=producer,
        certificates=certificates,
        introduced=introduced,
        chains=chains,
        crls=small["crls.pem"],
        blobs=tuple(_true_blobs(signed.manifest)),
        _container=container,
    )


def check_mimetype(container: Container) -> None:
    """Check that the first entry says what this file is, before anything is unpacked.

    Raises:
        MalformedError: `package.mimetype`, `package.missing_entry`, `package.entry_too_big`.
    """
    first = container.first
    if first.name != "mimetype" or first.method != STORED or first.size != len(MIMETYPE):
        raise MalformedError("package.mimetype")
    if container.read("mimetype", len(MIMETYPE)) != MIMETYPE:
        raise MalformedError("package.mimetype")


def check_entries(container: Container, manifest: Manifest) -> None:
    """Check that the entries are those that the manifest lists, no more and no less, and of the size listed.

    Raises:
        MalformedError: `package.unlisted_entry`, `package.missing_entry`, `package.size_differs`,
            `package.entry_too_big`.
    """
    listed = {file.path: file for file in manifest.files}
    for name, entry in container.entries.items():
        if name in _ENVELOPED:
            continue
        if name not in listed:
            raise MalformedError("package.unlisted_entry", entry=name[:80])
        if entry.size != listed[name].size:
            raise MalformedError("package.size_differs", entry=name)
        container.check_limit(name, _LIMITS.get(name, BLOB_LIMIT))
    for name in (*_LIMITS, *listed):
        if name in _ENVELOPED or name not in container.entries:
            raise MalformedError("package.missing_entry", entry=name[:80])


def _check_signature(signed: SignedManifest, chains: ChainVerifier) -> Holder:
    manifest = signed.manifest
    try:
        producer = chains.verify(manifest.producer, manifest.moment)
        verify_signature(signed.envelope, chains.public_key(manifest.producer))
    except TamperedError as error:
        raise TamperedError("package.manifest_signature", detail=error.diagnostics()) from error
    except UncheckableError as error:
        raise UncheckableError("package.manifest_unchecked", reason=error.message, detail=error.code) from error
    except PackageError as error:
        raise UntrustedError("package.manifest_untrusted", reason=error.message, detail=error.code) from error
    # An authority's key issues and revokes, and signs nothing else; a sender speaks for his own division.
    if producer.role is Role.AUTHORITY or not covers(producer.scope, manifest.from_division):
        raise UntrustedError("package.from_elsewhere", holder=producer.name, division=manifest.from_division)
    return producer


def _introduced(certificates: tuple[x509.Certificate, ...], anchors: TrustAnchors) -> tuple[x509.Certificate, ...]:
    # Only a self-issued certificate can be a new root: mostly there is none, and nothing needs to be examined.
    if all(one.subject != one.issuer or one in anchors.roots for one in certificates):
        return ()
    return introduced_roots(certificates, anchors)


def _true_blobs(manifest: Manifest) -> Iterator[str]:
    """Name the blobs whose verified hash is their name; others are not stored."""
    for file in manifest.files:
        name = file.path.removeprefix(BLOBS)
        if file.path.startswith(BLOBS) and HEX64.fullmatch(name) and name == file.sha256:
            yield name
