"""Bureaus for the tests of packages and merging: bare workspaces, and packages laid before them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from support.authorities import Region
from support.forge import Forge
from support.workspaces import FixedClock
from zgsz_desktop.engine.digest import Digest, digest
from zgsz_desktop.engine.identity.keys import Signer
from zgsz_desktop.engine.merge import merge_package
from zgsz_desktop.engine.merge_report import MergeReport
from zgsz_desktop.engine.records.envelope import Envelope
from zgsz_desktop.engine.verdicts import pin_root
from zgsz_desktop.engine.workspace import Workspace
from zgsz_desktop.paths import resources_folder


@dataclass
class Bureaus:
    """Makes workspaces and package files in one folder, and closes them all in the end."""

    folder: Path
    region: Region
    opened: list[Workspace] = field(default_factory=list)
    files: int = 0

    def open(self, division: str = "450100", *, name: str = "", pinned: bool = True) -> Workspace:
        """Make a workspace that has nothing but the pinned root."""
        where = self.folder / (name or f"bureau-{len(self.opened)}")
        clock = FixedClock(prefix=division)
        workspace = Workspace.create(where, division=division, resources=resources_folder(), clock=clock)
        self.opened.append(workspace)
        if pinned:
            with workspace.store.transaction() as connection:
                pin_root(connection, self.region.root.certificate)
        return workspace

    def lay(self, data: bytes | Forge) -> Path:
        """Lay a package file down."""
        self.files += 1
        path = self.folder / f"package-{self.files}.zgsz"
        path.write_bytes(data if isinstance(data, bytes) else data.build())
        return path

    def pack(self, envelopes: Iterable[Envelope], producer: Signer | None = None, **more: object) -> Path:
        """Forge a correct package of these records and lay it down."""
        signer = producer or self.region.clerk("450103")
        return self.lay(Forge(self.region, signer, list(envelopes), **more))

    def close(self) -> None:
        for workspace in self.opened:
            workspace.close()


def merged(workspace: Workspace, *paths: Path) -> MergeReport:
    """Merge packages, each in turn, and give the last report."""
    reports = [merge_package(workspace, path) for path in paths]
    return reports[-1]


def digest_of(workspace: Workspace) -> Digest:
    return digest(workspace)
