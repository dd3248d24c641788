"""Looking at a package without merging it: what it says, and how much of that could be checked.

With a workspace's pinned roots everything is verified as a merge would. Without any, container, hashes and the
manifest's signature under the certificate that lies inside are checked; whether that certificate can be believed is
then "could not be checked", never "good".
"""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zgsz_desktop.engine.errors import TamperedError, UncheckableError
from zgsz_desktop.engine.identity.certificates import BUNDLE_LIMIT, keyid_of, parse_pem_bundle
from zgsz_desktop.engine.identity.display import Description, describe
from zgsz_desktop.engine.identity.suites import public_key_of
from zgsz_desktop.engine.identity.trust import TrustAnchors
from zgsz_desktop.engine.package.container import Container, open_container
from zgsz_desktop.engine.package.manifest import Manifest, SignedManifest, read_manifest
from zgsz_desktop.engine.package.reader import check_entries, check_mimetype, open_package
from zgsz_desktop.engine.records.envelope import MANIFEST_LIMIT, verify_signature


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a package says of itself.

    Attributes:
        trusted: its chain ends at a pinned root; False: no root was given, nothing is said about trust.
        roles: certificates inside, by role's title.
    """

    manifest: Manifest
    producer: Description
    trusted: bool
    size: int
    roles: dict[str, int]

    def to_json(self) -> dict[str, Any]:
        """Give the inspection as plain values."""
        manifest = self.manifest
        return {
            "package_id": manifest.package_id,
            "purpose": manifest.purpose.value,
            "created_at": manifest.created_at,
            "from_division": manifest.from_division,
            "to_division": manifest.to_division,
            "software": manifest.software,
            "producer": {
                "name": self.producer.holder.name,
                "person": self.producer.person,
                "organisation": self.producer.organisation,
                "role": self.producer.role,
            },
            "trusted": self.trusted,
            "size": self.size,
            "counts": manifest.counts,
            "totals": {
                division: {
                    "enterprises": totals.enterprises,
                    "submissions": totals.submissions,
                    "accepted": totals.accepted,
                    "conflicts": totals.conflicts,
                }
                for division, totals in manifest.totals.items()
            },
            "certificates": self.roles,
        }


def inspect_package(path: Path, anchors: TrustAnchors | None) -> Inspection:
    """Look at a package.

    Raises:
        UserError: `package.unreadable`.
        PackageError: as `open_package`; without roots all but what concerns trust.
    """
    if anchors is not None:
        with open_package(path, anchors) as package:
            package.check_records()
            certificates, manifest = package.certificates, package.manifest
    else:
        with open_container(path) as container:
            signed = _checked(container)
            certificates, manifest = parse_pem_bundle(container.read("certs.pem", BUNDLE_LIMIT)), signed.manifest
            _check_signature(signed, {keyid_of(one): one for one in certificates})
    producer = next(one for one in certificates if keyid_of(one) == manifest.producer)
    return Inspection(
        manifest=manifest,
        producer=describe(producer),
        trusted=anchors is not None,
        size=path.stat().st_size,
        roles=dict(Counter(describe(one).role for one in certificates)),
    )


def _checked(container: Container) -> SignedManifest:
    check_mimetype(container)
    signed = read_manifest(container.read("manifest.json", MANIFEST_LIMIT))
    check_entries(container, signed.manifest)
    for file in signed.manifest.files:
        if container.sha256(file.path) != file.sha256:
            raise TamperedError("package.hash_differs", entry=file.path)
    return signed


def _check_signature(signed: SignedManifest, certificates: dict[Any, Any]) -> None:
    certificate = certificates.get(signed.manifest.producer)
    if certificate is None:
        raise UncheckableError("package.manifest_unchecked", reason="包里没有签名人的证书。", detail="producer")
    try:
        verify_signature(signed.envelope, public_key_of(certificate))
    except TamperedError as error:
        raise TamperedError("package.manifest_signature", detail=error.diagnostics()) from error
