"""One open workspace: a folder with `workspace.db`, `outbox` and `tmp`, and what every operation on it needs to know.

    DIR/workspace.db   everything (docs/adr/0004); DIR/backup appears beside it when a newer program upgrades it
    DIR/outbox         packages written for others
    DIR/tmp            only while something is being made; what a crash left behind goes at the next start

Whose workspace it is (division, 模拟 or not) is settled when it is made. Nothing that can change is cached here:
a second program may have the same workspace open.
"""

import contextlib
import sqlite3
from datetime import timedelta
from functools import cached_property
from pathlib import Path

from zgsz_desktop.engine.clock import Clock, stamp
from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.identity.keys import Signer, decode_key
from zgsz_desktop.engine.identity.trust import TrustAnchors
from zgsz_desktop.engine.indicators.definition import IndicatorSet
from zgsz_desktop.engine.indicators.shipped import SetKey, latest, shipped_sets
from zgsz_desktop.engine.model import DivisionCode, is_division
from zgsz_desktop.engine.reference.divisions import Divisions
from zgsz_desktop.engine.reference.industries import Industries
from zgsz_desktop.engine.rescoring import Rescorer
from zgsz_desktop.engine.store.db import Store
from zgsz_desktop.engine.store.faults import folder_error
from zgsz_desktop.engine.store.keys import KeyPurpose, own_keys
from zgsz_desktop.engine.store.settings import Setting, read_setting, write_setting
from zgsz_desktop.engine.store.submissions import current_record, record_body
from zgsz_desktop.engine.verdicts import Verdicts, load_anchors

DATABASE = "workspace.db"
DEFAULT_CAMPAIGN = "2024"
_LEFT_BEHIND = timedelta(days=1)
_PRIVATE = 0o700


class Workspace:
    """An open workspace.

    Attributes:
        folder: where it lies. `resources`: the read-only files of the program.
        division: whose it is. `simulated`: made by `zgsz simulate` or 体验, never real.
    """

    def __init__(self, folder: Path, store: Store, *, resources: Path, clock: Clock) -> None:
        self.folder = folder
        self.store = store
        self.resources = resources
        self.clock = clock
        division = read_setting(store, Setting.DIVISION)
        if division is None:
            raise UserError("store.not_a_workspace", path=str(store.path), detail="no division")
        self.division = DivisionCode(division)
        self.simulated = read_setting(store, Setting.SIMULATED) == "1"
        self._received_sets: dict[str, IndicatorSet] = {}  # by hash: what was found once never changes

    @classmethod
    def create(
        cls, folder: Path, *, division: str, resources: Path, clock: Clock, simulated: bool = False, title: str = ""
    ) -> "Workspace":
        """Make a new workspace in a folder that has none.

        Raises:
            UserError: `store.exists`, `workspace.no_division`, `store.read_only`, or what the disk refused.
        """
        divisions = Divisions.load(resources)
        if not is_division(division) or divisions.get(division) is None:
            raise UserError("workspace.no_division", division=division)
        settings = {
            Setting.DIVISION: division,
            Setting.TITLE: title.strip() or divisions.full_name(division),
            Setting.SIMULATED: "1" if simulated else "0",
            Setting.CREATED: stamp(clock.now()),
        }

        def fill(connection: sqlite3.Connection) -> None:
            for name, value in settings.items():
                write_setting(connection, name, value)

        _make_folder(folder)
        store = Store.create(folder / DATABASE, fill=fill, clock=clock)
        return cls._opened(folder, store, resources, clock)

    @classmethod
    def open(cls, folder: Path, *, resources: Path, clock: Clock, read_only: bool = False) -> "Workspace":
        """Open the workspace in a folder.

        Raises:
            UserError: `store.not_found`, `store.newer`, `store.read_only` and the like (`Store.open`).
        """
        store = Store.open(folder / DATABASE, read_only=read_only, clock=clock)
        return cls._opened(folder, store, resources, clock)

    @classmethod
    def _opened(cls, folder: Path, store: Store, resources: Path, clock: Clock) -> "Workspace":
        try:
            workspace = cls(folder, store, resources=resources, clock=clock)
            if not store.read_only:
                for part in (workspace.outbox, workspace.temporary):
                    _make_folder(part)
                workspace._sweep()
        except BaseException:
            store.close()
            raise
        return workspace

    @property
    def outbox(self) -> Path:
        """The folder for packages that are written for others."""
        return self.folder / "outbox"

    @property
    def temporary(self) -> Path:
        """The folder for files that live only while something is being made."""
        return self.folder / "tmp"

    @property
    def title(self) -> str:
        """What the window calls this workspace."""
        return read_setting(self.store, Setting.TITLE) or self.divisions.full_name(self.division)

    @cached_property
    def divisions(self) -> Divisions:
        """The table of divisions."""
        return Divisions.load(self.resources)

    @cached_property
    def industries(self) -> Industries:
        """The table of industries."""
        return Industries.load(self.resources)

    @cached_property
    def shipped_sets(self) -> dict[SetKey, IndicatorSet]:
        """The indicator sets of the program."""
        return shipped_sets(self.resources)

    def campaign(self) -> str:
        """Give the campaign (批次) that is worked on."""
        return read_setting(self.store, Setting.CAMPAIGN) or DEFAULT_CAMPAIGN

    def indicator_set(self, set_id: str, version: str, sha256: str) -> IndicatorSet | None:
        """Find an indicator set: shipped, or the body of an effective record with this hash."""
        shipped = self.shipped_sets.get((set_id, version))
        if shipped is not None and shipped.sha256 == sha256:
            return shipped
        if sha256 not in self._received_sets:
            connection = self.store.connection
            found = Rescorer(connection, self.shipped_sets, Verdicts(connection).revoked).find_set(sha256)
            if found is None:
                return None
            self._received_sets[sha256] = found
        return self._received_sets[sha256]

    def campaign_set(self, campaign: str) -> IndicatorSet:
        """Give the indicator set that a campaign orders; where no campaign record has come, the program's newest.

        Raises:
            UserError: `draft.set_missing`, the campaign orders a set that has not come.
        """
        record = current_record(self.store, "campaign", campaign)
        body = None if record is None else record_body(self.store, record)
        if body is None:
            return latest(self.shipped_sets)
        ordered = body["set"]
        found = self.indicator_set(ordered["id"], ordered["version"], ordered["sha256"])
        if found is None:
            raise UserError("draft.set_missing", set=f"{ordered['id']}@{ordered['version']}")
        return found

    def anchors(self) -> TrustAnchors:
        """Give the pinned roots.

        Raises:
            UserError: `identity.no_root`.
        """
        return load_anchors(self.store.connection)

    def unlock(self, passphrase: str, purpose: KeyPurpose = KeyPurpose.AUTHOR) -> Signer:
        """Open the newest key of this computer that serves a purpose.

        Raises:
            UserError: `workspace.no_key`, `identity.wrong_passphrase`, `identity.no_certificate_yet`.
        """
        keys = own_keys(self.store, purpose)
        if not keys:
            raise UserError("workspace.no_key")
        opened = decode_key(keys[0].pkcs12, passphrase)
        if opened.certificate is None:
            raise UserError("identity.no_certificate_yet", name=keys[0].name)
        return Signer(opened.key, opened.certificate)

    def close(self) -> None:
        """Close the database."""
        self.store.close()

    def _sweep(self) -> None:
        """Remove what a crash left in `tmp`; younger files may belong to a second program that is at work."""
        oldest = (self.clock.now() - _LEFT_BEHIND).timestamp()
        for path in self.temporary.iterdir():
            with contextlib.suppress(OSError):  # somebody else's hand is on it: next time
                if path.is_file() and path.stat().st_mtime < oldest:
                    path.unlink()


def _make_folder(folder: Path) -> None:
    """Make a folder that only this user can enter; one that is there stays as it is.

    Raises:
        UserError: `store.read_only`, `store.disk_full`, `store.cannot_open`.
    """
    try:
        folder.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
    except OSError as error:
        raise folder_error(error, folder) from error
