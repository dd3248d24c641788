"""Handing records over as a package, and remembering that the level above has them."""

from dataclasses import dataclass
from pathlib import Path

from zgsz_desktop.engine.authoring import Progress
from zgsz_desktop.engine.changes import Area, Changes
from zgsz_desktop.engine.model import DivisionCode
from zgsz_desktop.engine.package.manifest import Purpose
from zgsz_desktop.engine.package.parts import WrittenPackage
from zgsz_desktop.engine.package.writer import check_way, export_package
from zgsz_desktop.engine.records.envelope import Sealer
from zgsz_desktop.engine.store.records import next_record_no
from zgsz_desktop.engine.store.settings import mark_exported
from zgsz_desktop.engine.workspace import Workspace


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A package that was written; upward, what it held now counts as handed in (已交)."""

    package: WrittenPackage
    changes: Changes


def hand_over(
    workspace: Workspace,
    sealer: Sealer,
    out: Path,
    *,
    to_division: str,
    purpose: Purpose | None = None,
    new_only: bool = False,
    with_submissions: bool = False,
    progress: Progress | None = None,
) -> HandedOver:
    """Write a package for another bureau (`package.writer.export_package`); upward, note what was handed in.

    Raises:
        UserError, PackageError: as `export_package`; nothing counts as handed in then.
    """
    way = check_way(workspace, DivisionCode(to_division), purpose)
    # What is signed while the package is being written is not in it.
    highest = next_record_no(workspace.store.connection) - 1
    package = export_package(
        workspace,
        out,
        to_division=to_division,
        sealer=sealer,
        purpose=way,
        new_only=new_only,
        with_submissions=with_submissions,
        progress=progress,
    )
    if way is not Purpose.SUBMIT:
        return HandedOver(package, Changes())
    with workspace.store.transaction() as connection:
        mark_exported(connection, highest)
    return HandedOver(package, Changes(Area.SUBMISSIONS | Area.SETTINGS))
