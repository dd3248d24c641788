"""A county and its liaisons in real workspaces, and the real packages that go between them, for the window's tests."""

import base64
import json
from pathlib import Path
from zipfile import ZipFile

from support.authorities import Region
from support.forge import Part, zip_bytes
from support.workspaces import COUNTY, FixedClock, add_enterprises, keep_own_key, make_workspace, submit_for
from zgsz_desktop.engine import canonical
from zgsz_desktop.engine.identity.keys import Signer
from zgsz_desktop.engine.merge import merge_package
from zgsz_desktop.engine.model import Uscc
from zgsz_desktop.engine.package.manifest import Purpose
from zgsz_desktop.engine.package.writer import export_package
from zgsz_desktop.engine.workspace import Workspace


class Exchange:
    """Makes workspaces and packages below one folder.

    Attributes:
        county: the county's workspace. `codes`: its enterprises.
        task: the county's package with the enterprises.
    """

    def __init__(self, folder: Path, region: Region, enterprises: int = 3) -> None:
        self.folder = folder
        self.region = region
        self.clerk = region.clerk(COUNTY)
        self.clock = FixedClock(prefix="c0")
        self.county = make_workspace(folder / "county", region, clock=self.clock)
        keep_own_key(self.county, self.clerk)
        self.codes: list[Uscc] = add_enterprises(self.county, self.clerk, enterprises)
        self.task = folder / "task.zgsz"
        export_package(self.county, self.task, to_division=COUNTY, sealer=self.clerk, purpose=Purpose.PUBLISH)

    def liaison(self, handle: str, person: str = "张三") -> tuple[Workspace, Signer]:
        """Give a liaison's workspace that holds the county's enterprises."""
        signer = self.region.authors.get(f"liaison-{handle}.{COUNTY}") or self.region.liaison(COUNTY, handle)
        clock = FixedClock(self.clock.now(), prefix=f"{len(handle):02x}{sum(handle.encode()):x}")
        workspace = make_workspace(self.folder / f"liaison-{handle}-{person}", self.region, clock=clock)
        keep_own_key(workspace, signer)
        merge_package(workspace, self.task)
        return workspace, signer

    def handed_in(self, handle: str, codes: list[Uscc], file: str = "", **changed: dict[str, object]) -> Path:
        """Let a liaison answer for these enterprises, sign and export; give the package."""
        workspace, signer = self.liaison(handle)
        for code in codes:
            submit_for(workspace, signer, code, **changed)
        out = self.folder / (file or f"qx-0701-{handle}.zgsz")
        export_package(workspace, out, to_division=COUNTY, sealer=signer)
        workspace.close()
        return out


def tampered(package: Path) -> Path:
    """Give a copy of a package whose manifest says something else than what was signed; the ZIP itself is sound."""
    with ZipFile(package) as archive:
        parts = [Part(entry.filename, archive.read(entry), entry.compress_type) for entry in archive.infolist()]
    manifest = next(part for part in parts if part.name == "manifest.json")
    envelope = json.loads(manifest.data)
    said = base64.b64decode(envelope["payload"]).replace(b'"software":"', b'"software":"x')
    envelope["payload"] = base64.b64encode(said).decode()
    forged = manifest.with_(data=canonical.encode(envelope))
    copy = package.with_name(f"{package.stem}-改动{package.suffix}")
    copy.write_bytes(zip_bytes([forged if part is manifest else part for part in parts]))
    return copy
