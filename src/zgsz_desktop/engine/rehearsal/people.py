"""Enrolling the bureaus and people of a rehearsal, in the order of docs/adr/0006.

By files: request, fingerprint, answer, import, exactly as people do it, which opens a key with the passphrase seven
times a person (a second each). Quickly: the same certificates by the same issuing rules, but the keys that are open
stay open, and the certificates are put down without a file. Both keep every key that stays, encrypted as always.
"""

from dataclasses import dataclass
from pathlib import Path

from cryptography import x509

from zgsz_desktop.engine.clock import stamp
from zgsz_desktop.engine.enrolling import approve_request, create_root, import_approval, request
from zgsz_desktop.engine.identity.introductions import root_fingerprint
from zgsz_desktop.engine.identity.issuing import Subject, issue
from zgsz_desktop.engine.identity.keys import STANDARD, KeyProfile, Signer, encode_key
from zgsz_desktop.engine.identity.names import holder_of
from zgsz_desktop.engine.identity.suites import generate_key
from zgsz_desktop.engine.model import REGION, Role
from zgsz_desktop.engine.rehearsal.clock import RehearsalClock
from zgsz_desktop.engine.simulate import MARK
from zgsz_desktop.engine.store.keys import KeyPurpose, OwnKey, insert_key
from zgsz_desktop.engine.verdicts import keep_certificates, load_certificates, pin_root
from zgsz_desktop.engine.workspace import Workspace

CLERK_HANDLE = "k1"


@dataclass(frozen=True, slots=True)
class Stage:
    """What all workspaces of one rehearsal have in common.

    Attributes:
        folder: below it lies everything. `files`: where requests and answers are put.
        passphrase: of every workspace.
    """

    folder: Path
    resources: Path
    clock: RehearsalClock
    passphrase: str
    profile: KeyProfile = STANDARD

    @property
    def files(self) -> Path:
        """Where `.zgszreq` and `.zgszcert` files are put."""
        found = self.folder / "enrolment"
        found.mkdir(parents=True, exist_ok=True)
        return found

    def create(self, folder: Path, division: str, title: str) -> Workspace:
        """Make a workspace that is marked as simulated."""
        return Workspace.create(
            folder,
            division=division,
            resources=self.resources,
            clock=self.clock,
            simulated=True,
            title=f"{MARK} {title}",
        )


@dataclass(frozen=True, slots=True)
class Desk:
    """A workspace with the keys of who sits there, opened.

    Attributes:
        above: certificates of the authorities up to the root, the own one first.
    """

    workspace: Workspace
    author: Signer
    above: tuple[x509.Certificate, ...]
    authority: Signer | None = None

    @property
    def issuer(self) -> Signer:
        """The authority of this bureau."""
        assert self.authority is not None, "only a bureau issues"
        return self.authority

    @property
    def root(self) -> x509.Certificate:
        """The root above all."""
        return self.above[-1]

    def close(self) -> None:
        """Close the workspace."""
        self.workspace.close()


def found_region(stage: Stage, folder: Path, root: Subject, clerk: Subject) -> Desk:
    """Make the region's root and its first clerk."""
    workspace = stage.create(folder, REGION, root.organisation)
    create_root(workspace, root, stage.passphrase, stage.profile)
    return _first_clerk(stage, workspace, clerk, ())


def open_bureau(stage: Stage, above: Desk, folder: Path, division: str, clerk: Subject, *, by_files: bool) -> Desk:
    """Set up the bureau of a city or county: its authority, approved from above, and its first clerk."""
    workspace = stage.create(folder, division, clerk.organisation)
    bureau = Subject(clerk.organisation, clerk.organisation)
    if by_files:
        _by_files(stage, above, workspace, Role.AUTHORITY, bureau)
        return _first_clerk(stage, workspace, clerk, above.above)
    authority = issue_quickly(stage, above.issuer, Role.AUTHORITY, division, bureau)
    _keep(above.workspace, authority.certificate)
    return seat_bureau(stage, workspace, authority, above.above, clerk)


def enrol_person(
    stage: Stage, bureau: Desk, folder: Path, role: Role, subject: Subject, *, handle: str, by_files: bool
) -> Desk:
    """Enrol a liaison or an expert of a bureau, with a workspace of his own."""
    division = bureau.workspace.division
    workspace = stage.create(folder, division, f"{subject.person}（{subject.organisation}）")
    if by_files:
        _by_files(stage, bureau, workspace, role, subject, handle=handle)
        return Desk(workspace, workspace.unlock(stage.passphrase), bureau.above)
    author = issue_quickly(stage, bureau.issuer, role, division, subject, handle=handle)
    _keep(bureau.workspace, author.certificate)
    trust(workspace, bureau.above, author.certificate)
    keep_keys(stage, workspace, (author, KeyPurpose.AUTHOR))
    return Desk(workspace, author, bureau.above)


def seat_bureau(
    stage: Stage, workspace: Workspace, authority: Signer, above: tuple[x509.Certificate, ...], clerk: Subject
) -> Desk:
    """Put an authority that was certified (by the first of `above`) and its first clerk into a new workspace."""
    author = issue_quickly(stage, authority, Role.CLERK, workspace.division, clerk, handle=CLERK_HANDLE)
    chain = (authority.certificate, *above)
    trust(workspace, chain, author.certificate)
    keep_keys(stage, workspace, (authority, KeyPurpose.AUTHORITY), (author, KeyPurpose.AUTHOR))
    return Desk(workspace, author, chain, authority)


def seat_for_once(workspace: Workspace, author: Signer, above: tuple[x509.Certificate, ...]) -> Desk:
    """Seat somebody whose workspace is thrown away: no key is kept in it."""
    trust(workspace, above, author.certificate)
    return Desk(workspace, author, above)


def issue_quickly(
    stage: Stage, issuer: Signer, role: Role, division: str, subject: Subject, *, handle: str = ""
) -> Signer:
    """Make a key and let an open authority certify it; the key is nowhere but in memory yet."""
    key = generate_key()
    certificate = issue(issuer, holder_of(role, division, handle), subject, key.public_key(), stage.clock.now())
    return Signer(key, certificate)


def trust(workspace: Workspace, above: tuple[x509.Certificate, ...], *more: x509.Certificate) -> None:
    """Pin the root (the last of `above`) and keep the certificates below it."""
    with workspace.store.transaction() as connection:
        pin_root(connection, above[-1])
        keep_certificates(connection, (*above, *more), workspace.anchors())


def _first_clerk(stage: Stage, workspace: Workspace, clerk: Subject, above: tuple[x509.Certificate, ...]) -> Desk:
    """Approve the first clerk at the desk where the authority's key lies: no file is needed."""
    name = f"{workspace.division}-{CLERK_HANDLE}.zgszreq"
    asked = request(
        workspace, Role.CLERK, clerk, stage.passphrase, stage.files / name, handle=CLERK_HANDLE, profile=stage.profile
    )
    approve_request(workspace, asked.path, asked.fingerprint, stage.passphrase, profile=stage.profile)
    authority = workspace.unlock(stage.passphrase, KeyPurpose.AUTHORITY)
    return Desk(workspace, workspace.unlock(stage.passphrase), (authority.certificate, *above), authority)


def _by_files(
    stage: Stage, bureau: Desk, workspace: Workspace, role: Role, subject: Subject, *, handle: str = ""
) -> None:
    """Ask by a file, compare the fingerprint, answer by a file, take the answer in."""
    name = f"{workspace.division}-{handle or role}"
    asked = request(
        workspace,
        role,
        subject,
        stage.passphrase,
        stage.files / f"{name}.zgszreq",
        handle=handle,
        profile=stage.profile,
    )
    answer = stage.files / f"{name}.zgszcert"
    approve_request(bureau.workspace, asked.path, asked.fingerprint, stage.passphrase, answer, profile=stage.profile)
    import_approval(workspace, answer, stage.passphrase, root_fingerprint(bureau.root), stage.profile)


def keep_keys(stage: Stage, workspace: Workspace, *keys: tuple[Signer, KeyPurpose]) -> None:
    """Keep keys in a workspace, encrypted under its passphrase."""
    with workspace.store.transaction() as connection:
        for signer, purpose in keys:
            sealed = encode_key(signer.key, signer.certificate, stage.passphrase, stage.profile)
            now = stamp(stage.clock.now())
            insert_key(connection, OwnKey(signer.keyid, purpose, signer.holder.dns_name, sealed, now))


def _keep(workspace: Workspace, certificate: x509.Certificate) -> None:
    """What a bureau issues stays with it, too."""
    with workspace.store.transaction() as connection:
        keep_certificates(connection, (*load_certificates(connection), certificate), workspace.anchors())
