"""Enrolment in a workspace, by files: make the region's root, ask for a certificate, approve, take the answer in.

The order at a bureau is docs/adr/0006: the authority's request goes up, its answer comes back, the first clerk is
approved by it in the same workspace, all others get a `.zgszcert` that this clerk signs. Private keys lie in the
workspace, encrypted under its one passphrase, from the moment they are made.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cryptography import x509

from zgsz_desktop.engine.errors import PackageError, UserError
from zgsz_desktop.engine.files import write_atomically
from zgsz_desktop.engine.identity.certificates import (
    BUNDLE_LIMIT,
    keyid_of,
    parse_pem_bundle,
)
from zgsz_desktop.engine.identity.display import Description, describe
from zgsz_desktop.engine.identity.enrolment import (
    EnrolmentRequest,
    approve,
    certificate_for,
    certificates_to_send,
    read_request,
    write_request,
)
from zgsz_desktop.engine.identity.introductions import confirm_root, root_fingerprint
from zgsz_desktop.engine.identity.issuing import Subject, issue_root
from zgsz_desktop.engine.identity.keys import STANDARD, KeyProfile, Signer, decode_key, encode_key
from zgsz_desktop.engine.identity.names import holder_of
from zgsz_desktop.engine.identity.rules import check_root
from zgsz_desktop.engine.identity.suites import PrivateKey, generate_key
from zgsz_desktop.engine.identity.trust import ChainVerifier
from zgsz_desktop.engine.merge import merge_package
from zgsz_desktop.engine.model import REGION, KeyId, Level, Role, level_of
from zgsz_desktop.engine.package.container import open_container
from zgsz_desktop.engine.package.writer import export_certificates
from zgsz_desktop.engine.store.keys import KeyPurpose, OwnKey, delete_key, insert_key, own_keys
from zgsz_desktop.engine.verdicts import keep_certificates, load_certificates, pin_root
from zgsz_desktop.engine.workspace import Workspace

REQUEST_LIMIT = 64 * 1024
HANDLE_LENGTH = 6


@dataclass(frozen=True, slots=True)
class Requested:
    """A request that was written. `fingerprint` is what the bureau compares by telephone."""

    name: str
    fingerprint: str
    path: Path


@dataclass(frozen=True, slots=True)
class Approved:
    """A certificate that was issued; `path` None: its key lies here, and it is in use already."""

    description: Description
    path: Path | None


@dataclass(frozen=True, slots=True)
class OwnIdentity:
    """One key of this workspace; `description` None: its certificate has not come yet."""

    key: OwnKey
    description: Description | None


def create_root(workspace: Workspace, subject: Subject, passphrase: str, profile: KeyProfile = STANDARD) -> str:
    """Make the region's root and pin it; give its fingerprint, which the department publishes.

    Raises:
        UserError: `enrol.not_the_region`, `enrol.root_exists`, `identity.subject_form`, `identity.wrong_passphrase`.
    """
    if workspace.division != REGION:
        raise UserError("enrol.not_the_region", division=workspace.divisions.full_name(workspace.division))
    _check_passphrase(workspace, passphrase)
    key = generate_key()
    root = issue_root(key, subject, workspace.clock.now())
    with workspace.store.transaction() as connection:
        if load_certificates(connection):
            raise UserError("enrol.root_exists")
        pin_root(connection, root)
        insert_key(connection, _own(workspace, Signer(key, root), KeyPurpose.AUTHORITY, passphrase, profile))
    return root_fingerprint(root)


def request(
    workspace: Workspace,
    role: Role,
    subject: Subject,
    passphrase: str,
    out: Path,
    *,
    handle: str = "",
    scope: str | None = None,
    profile: KeyProfile = STANDARD,
) -> Requested:
    """Make a key here and write the request for its certificate.

    Args:
        workspace: where the key will lie.
        role: what is asked for; an authority is asked for by its bureau.
        subject: the person and the organisation, as the window will show them.
        passphrase: of this workspace.
        out: the `.zgszreq` file.
        handle: short name inside the division, letters and digits; made up if empty.
        scope: division, that of the workspace if None.
        profile: of the key's encryption.

    Raises:
        UserError: `identity.subject_form`, `identity.name_form`, `identity.wrong_passphrase`, `enrol.wrong_level`,
            `enrol.region_has_root`, `file.*`.
    """
    _check_level(workspace, role, scope or workspace.division)
    _check_passphrase(workspace, passphrase)
    if role is not Role.AUTHORITY and not handle:
        handle = workspace.clock.new_id()[:HANDLE_LENGTH]
    holder = holder_of(role, scope or workspace.division, "" if role is Role.AUTHORITY else handle)
    key = generate_key()
    data = write_request(key, holder, subject)
    found = read_request(data)
    with workspace.store.transaction() as connection:
        # The key is kept before the request leaves: an answer never comes for a key that nobody has.
        blob = encode_key(key, None, passphrase, profile)
        insert_key(connection, OwnKey(found.fingerprint, KeyPurpose.REQUEST, holder.dns_name, blob, _time(workspace)))
        write_atomically(out, data)
    return Requested(holder.name, found.fingerprint, out)


def read_request_file(path: Path) -> EnrolmentRequest:
    """Read a `.zgszreq`, to show whose it is and its fingerprint before anybody approves.

    Raises:
        UserError: `enrol.unreadable`.
        PackageError: `identity.request_form` and the like.
    """
    return read_request(_read(path, REQUEST_LIMIT))


def approve_request(
    workspace: Workspace,
    path: Path,
    told: str,
    passphrase: str,
    out: Path | None = None,
    *,
    life: timedelta | None = None,
    profile: KeyProfile = STANDARD,
) -> Approved:
    """Issue what a request asks for, once its fingerprint agrees with the one that was read out.

    Raises:
        UserError: `identity.fingerprint_differs`, `identity.may_not_issue`, `enrol.no_authority`,
            `enrol.out_needed`, `file.*`.
        PackageError: the request is not good.
    """
    asked = read_request_file(path)
    _compare(asked, told)
    waiting = _waiting_key(workspace, asked.fingerprint)
    if waiting is None and out is None:
        raise UserError("enrol.out_needed")
    authority = _authority(workspace, passphrase)
    issued = approve(authority, asked, workspace.clock.now(), life=life)
    with workspace.store.transaction() as connection:
        keep_certificates(connection, (*load_certificates(connection), issued), workspace.anchors())
        if waiting is not None:
            _settle(workspace, waiting, [issued], passphrase, profile)
        if out is not None:  # inside: an answer that could not be written has issued nothing
            anchors = workspace.anchors()
            bundle = certificates_to_send(ChainVerifier(anchors, load_certificates(connection)), issued, anchors.roots)
            export_certificates(workspace, out, bundle, workspace.unlock(passphrase), to_division=asked.holder.scope)
    return Approved(describe(issued), out)


def import_approval(
    workspace: Workspace, path: Path, passphrase: str, told_root: str = "", profile: KeyProfile = STANDARD
) -> Description:
    """Take a `.zgszcert` in: pin the root if there is none yet, merge the package, put the certificate to its key.

    Args:
        workspace: where the request was made.
        path: the `.zgszcert`.
        passphrase: of this workspace.
        told_root: the root's fingerprint as the department published it; needed where no root is pinned yet.
        profile: of the key's encryption.

    Raises:
        UserError: `enrol.nothing_waits`, `identity.fingerprint_differs`, `identity.key_mismatch`,
            `identity.wrong_passphrase`, `package.unreadable`.
        PackageError: the package does not verify; nothing is stored then.
    """
    waiting = own_keys(workspace.store, KeyPurpose.REQUEST)
    if not waiting:
        raise UserError("enrol.nothing_waits")
    _check_passphrase(workspace, passphrase)
    certificates = certificates_in(path)
    with workspace.store.transaction() as connection:  # root, package and key: all or nothing
        if not has_root(workspace):
            root = root_in(certificates)
            confirm_root(root, told_root)
            pin_root(connection, root)
        merge_package(workspace, path, for_another_bureau=True)
        for key in waiting:
            try:
                return _settle(workspace, key, certificates, passphrase, profile)
            except UserError as error:
                if error.code != "identity.key_mismatch":
                    raise
        raise UserError("identity.key_mismatch", name=path.name)


def confirmed_root(path: Path, told: str) -> x509.Certificate:
    """Read the region's root from a PEM file or a `.zgszcert`; it must bear the fingerprint that a person was told.

    Raises:
        UserError: `identity.fingerprint_differs`, `enrol.no_root_inside`, `enrol.unreadable`.
        PackageError: not certificates at all.
    """
    root = root_in(certificates_in(path))
    confirm_root(root, told)
    return root


def pin_first_root(workspace: Workspace, root: x509.Certificate) -> str:
    """Pin the region's root, which was confirmed, in a workspace that has none; give its fingerprint.

    Raises:
        UserError: `enrol.root_exists`.
    """
    with workspace.store.transaction() as connection:
        if has_root(workspace):
            raise UserError("enrol.root_exists")
        pin_root(connection, root)
    return root_fingerprint(root)


def certificates_in(path: Path) -> tuple[x509.Certificate, ...]:
    """Read the certificates of a PEM file or of a package, before anything in it is believed.

    Raises:
        UserError: `enrol.unreadable`.
        PackageError: neither of the two.
    """
    data = _read(path, 4)
    if data.startswith(b"PK"):
        with open_container(path) as container:
            return parse_pem_bundle(container.read("certs.pem", BUNDLE_LIMIT))
    return parse_pem_bundle(_read(path, BUNDLE_LIMIT))


def root_in(certificates: Sequence[x509.Certificate]) -> x509.Certificate:
    """Find the root that came along.

    Raises:
        UserError: `enrol.no_root_inside`.
    """
    for certificate in certificates:
        try:
            check_root(certificate)
        except PackageError:  # an ordinary certificate of the bundle
            continue
        return certificate
    raise UserError("enrol.no_root_inside")


def own_identities(workspace: Workspace) -> list[OwnIdentity]:
    """Give the keys of this workspace with what their certificates say, newest first."""
    held = {keyid_of(one): one for one in load_certificates(workspace.store.connection)}
    return [
        OwnIdentity(key, describe(held[KeyId(key.keyid)]) if key.keyid in held else None)
        for key in own_keys(workspace.store)
    ]


def _check_level(workspace: Workspace, role: Role, scope: str) -> None:
    """Refuse at once to ask for what no bureau could approve."""
    level = level_of(scope)
    if role is Role.AUTHORITY and level is Level.REGION:
        raise UserError("enrol.region_has_root")
    if (role is Role.LIAISON) is not (level is Level.COUNTY) and role in {Role.LIAISON, Role.EXPERT}:
        raise UserError("enrol.wrong_level", division=workspace.divisions.full_name(scope))


def _compare(asked: EnrolmentRequest, told: str) -> None:
    given = "".join(character for character in unicodedata.normalize("NFKC", told) if character.isdigit())
    if "".join(asked.fingerprint.split()) != given:
        raise UserError("identity.fingerprint_differs", shown=asked.fingerprint)


def _settle(
    workspace: Workspace,
    waiting: OwnKey,
    certificates: Sequence[x509.Certificate],
    passphrase: str,
    profile: KeyProfile,
) -> Description:
    """Put the certificate that came to the key that waited for it; inside a transaction."""
    key: PrivateKey = decode_key(waiting.pkcs12, passphrase).key
    signer = Signer(key, certificate_for(key, certificates))
    purpose = KeyPurpose.AUTHORITY if signer.holder.role is Role.AUTHORITY else KeyPurpose.AUTHOR
    connection = workspace.store.connection
    insert_key(connection, _own(workspace, signer, purpose, passphrase, profile))
    delete_key(connection, waiting.keyid)
    return describe(signer.certificate)


def _own(workspace: Workspace, signer: Signer, purpose: KeyPurpose, passphrase: str, profile: KeyProfile) -> OwnKey:
    blob = encode_key(signer.key, signer.certificate, passphrase, profile)
    decode_key(blob, passphrase)  # read back: a key that does not open is worse than none
    return OwnKey(signer.keyid, purpose, signer.holder.dns_name, blob, _time(workspace))


def _authority(workspace: Workspace, passphrase: str) -> Signer:
    try:
        return workspace.unlock(passphrase, KeyPurpose.AUTHORITY)
    except UserError as error:
        if error.code == "workspace.no_key":
            raise UserError("enrol.no_authority") from error
        raise


def _waiting_key(workspace: Workspace, number: str) -> OwnKey | None:
    return next((key for key in own_keys(workspace.store, KeyPurpose.REQUEST) if key.keyid == number), None)


def _check_passphrase(workspace: Workspace, passphrase: str) -> None:
    """One passphrase opens all keys of a workspace."""
    for key in own_keys(workspace.store)[:1]:
        decode_key(key.pkcs12, passphrase)


def has_root(workspace: Workspace) -> bool:
    """Tell whether a root is pinned here."""
    try:
        workspace.anchors()
    except UserError as error:
        if error.code == "identity.no_root":
            return False
        raise
    return True


def _read(path: Path, limit: int) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(limit + 1) if limit > 4 else stream.read(limit)  # noqa: PLR2004 the first bytes only
    except OSError as error:
        raise UserError("enrol.unreadable", name=path.name, detail=str(error)) from error


def _time(workspace: Workspace) -> str:
    return workspace.clock.now().isoformat(timespec="microseconds")
