"""One export: part after part is written aside, read back and verified as a receiver would, then put in place."""

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from sqlite3 import Connection

from cryptography import x509

import zgsz_desktop
from zgsz_desktop.engine.clock import Clock, stamp
from zgsz_desktop.engine.errors import PackageError, UserError
from zgsz_desktop.engine.files import atomic_file
from zgsz_desktop.engine.identity.certificates import keyid_of, write_pem_bundle
from zgsz_desktop.engine.identity.introductions import introductions_in
from zgsz_desktop.engine.identity.suites import key_hash, public_key_of
from zgsz_desktop.engine.identity.trust import ChainVerifier
from zgsz_desktop.engine.model import DivisionCode, KeyId, covers
from zgsz_desktop.engine.package.build import Feed, PartBuilder, PartContents, PartLimits
from zgsz_desktop.engine.package.manifest import FORMAT, Manifest, Purpose, Totals, seal_manifest
from zgsz_desktop.engine.package.reader import open_package
from zgsz_desktop.engine.records.admit import Admission
from zgsz_desktop.engine.records.envelope import Sealer, decode_envelope
from zgsz_desktop.engine.store import exports, trust
from zgsz_desktop.engine.store.exports import Choice
from zgsz_desktop.engine.verdicts import load_anchors, load_certificates

SOFTWARE = f"zgsz-desktop {zgsz_desktop.__version__}"


@dataclass(frozen=True, slots=True)
class WrittenPackage:
    """A package that was written, read back and verified.

    Attributes:
        counts: records by kind.
        following: further parts, where everything was too much for one.
    """

    path: Path
    package_id: str
    counts: dict[str, int]
    size: int
    sha256: str
    following: tuple["WrittenPackage", ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be written, and for whom.

    Attributes:
        authors: highest `seq` held; None: of the authors in the package.
        extra: certificates that go in beside those of the authors.
        limits: of one part.
    """

    purpose: Purpose
    from_division: DivisionCode
    to_division: DivisionCode
    choice: Choice
    totals: dict[str, Totals]
    authors: dict[KeyId, int]
    extra: tuple[x509.Certificate, ...] = ()
    limits: PartLimits = field(default_factory=PartLimits)


class Export:
    """Writes one order, inside one snapshot of the store."""

    def __init__(self, connection: Connection, clock: Clock, sealer: Sealer, order: Order) -> None:
        """Take an order.

        Raises:
            UserError: `identity.clock_outside`, `package.signer_elsewhere`.
        """
        self._connection = connection
        self._clock = clock
        self._sealer = sealer
        self._order = order
        self._anchors = load_anchors(connection)
        self._certificates = (*load_certificates(connection), *order.extra)
        self._chains = ChainVerifier(self._anchors, self._certificates)
        self._check_sealer()

    def write(self, out: Path, tick: Callable[[int], None]) -> WrittenPackage:
        """Write all parts; `tick` hears how many records are written, and may raise to stop.

        Raises:
            UserError: `package.not_read_back`, `file.*`, or what `tick` raised.
        """
        feed = Feed(exports.chosen_envelopes(self._connection, self._order.choice))
        parts = [self._write_part(out, feed, tick)]
        while not feed.is_empty:
            following = out.with_name(f"{out.stem}-{len(parts) + 1}{out.suffix}")
            parts.append(self._write_part(following, feed, tick))
        return replace(parts[0], following=tuple(parts[1:]))

    def _write_part(self, path: Path, feed: Feed, tick: Callable[[int], None]) -> WrittenPackage:
        checked: list[WrittenPackage] = []

        def check(written: Path) -> None:
            checked.append(replace(self._read_back(written, manifest), path=path))

        with atomic_file(path, check=check) as stream, PartBuilder(stream) as builder:
            builder.add_records(feed, self._order.limits, tick)
            builder.add("certs.pem", self._certificates_for(builder.contents))
            builder.add("crls.pem", b"".join(trust.list_pems(self._connection)))
            manifest = self._manifest(builder.contents)
            builder.add_manifest(seal_manifest(manifest, self._sealer))
        return checked[0]

    def _certificates_for(self, contents: PartContents) -> bytes:
        """Collect every certificate on the authors' and the lists' issuers' chains, and what introduces new roots."""
        found = list(self._order.extra)
        issuers = trust.list_issuers(self._connection)
        speakers = {keyid_of(one) for one in self._chains.authorities() if key_hash(public_key_of(one)) in issuers}
        for keyid in sorted(contents.authors | {self._sealer.keyid} | speakers):
            found += self._chains.chain_of(keyid)
        introductions = introductions_in(self._certificates, self._anchors)
        if introductions:  # an introduction is worth nothing without the root that it introduces
            found += (*introductions, *self._anchors.roots)
        return write_pem_bundle(found)

    def _manifest(self, contents: PartContents) -> Manifest:
        order = self._order
        return Manifest(
            format=FORMAT,
            package_id=self._clock.new_id(),
            purpose=order.purpose,
            created_at=stamp(self._clock.now()),
            producer=self._sealer.keyid,
            from_division=order.from_division,
            to_division=order.to_division,
            counts=dict(contents.counts),
            totals=order.totals,
            authors=order.authors,
            files=contents.files,
            software=SOFTWARE,
        )

    def _read_back(self, path: Path, manifest: Manifest) -> WrittenPackage:
        """Read a package as a receiver would: container, manifest, and every record admitted.

        Raises:
            UserError: `package.not_read_back`.
        """
        counts: Counter[str] = Counter()
        try:
            with open_package(path, self._anchors) as package:
                admission = Admission(package.chains)
                for line in package.records():
                    counts[admission.admit(decode_envelope(line)).record.kind] += 1
                if package.manifest != manifest or dict(counts) != manifest.counts:
                    raise UserError("package.not_read_back", name=path.name, detail="counts")
        except PackageError as error:
            raise UserError("package.not_read_back", name=path.name, detail=error.diagnostics()) from error
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            return WrittenPackage(path, manifest.package_id, manifest.counts, stream.tell(), digest)

    def _check_sealer(self) -> None:
        scope, order, now = self._sealer.holder.scope, self._order, self._clock.now()
        if not covers(scope, order.from_division):
            raise UserError("package.signer_elsewhere", holder=self._sealer.holder.name, division=order.from_division)
        spans = [(chain.begins, chain.ends) for chain in self._chains.chains_of(self._sealer.keyid)]
        if not any(begins <= now <= ends for begins, ends in spans):
            begins, ends = spans[0]
            raise UserError(
                "identity.clock_outside", now=f"{now:%Y-%m-%d}", begins=f"{begins:%Y-%m-%d}", ends=f"{ends:%Y-%m-%d}"
            )
