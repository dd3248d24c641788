"""Importing a roster: one signed `enterprise` record for each new or changed line (docs/adr/0005).

Any error in the workbook, and nothing is imported; all findings come back at once. Created, updated, unchanged and
refused add up to the lines of the roster.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zgsz_desktop.engine.authoring import NewRecord, Progress, write_records
from zgsz_desktop.engine.changes import Changes
from zgsz_desktop.engine.model import covers
from zgsz_desktop.engine.ops_records import changed_enterprise
from zgsz_desktop.engine.records.envelope import Sealer
from zgsz_desktop.engine.reference.finding import Finding
from zgsz_desktop.engine.roster.reading import read_roster
from zgsz_desktop.engine.roster.row import RosterFinding, RosterReading, RosterRow
from zgsz_desktop.engine.store.enterprises import load_enterprise
from zgsz_desktop.engine.workspace import Workspace


@dataclass(frozen=True, slots=True)
class RosterPlan:
    """What importing a roster would do; nothing is written yet.

    Attributes:
        created, updated: the records to sign. `unchanged`: lines that are so already.
        refused: lines with an error.
        errors: every error, also those of the workbook as a whole.
    """

    reading: RosterReading
    created: tuple[NewRecord, ...]
    updated: tuple[NewRecord, ...]
    unchanged: int
    refused: int
    errors: tuple[RosterFinding, ...]

    @property
    def total(self) -> int:
        """Lines of the roster."""
        return len(self.created) + len(self.updated) + self.unchanged + self.refused


@dataclass(frozen=True, slots=True)
class RosterImport:
    """What importing a roster did: with any error everything is refused."""

    created: int
    updated: int
    unchanged: int
    refused: int
    errors: tuple[RosterFinding, ...]
    warnings: tuple[RosterFinding, ...]
    changes: Changes

    @property
    def imported(self) -> bool:
        """Tell whether the roster is in."""
        return not self.errors

    def to_json(self) -> dict[str, Any]:
        """Give the numbers and the findings."""
        return {
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "refused": self.refused,
            "errors": [_finding_json(finding) for finding in self.errors],
            "warnings": [_finding_json(finding) for finding in self.warnings],
        }


def plan_roster(workspace: Workspace, scope: str, path: Path, *, default_division: str | None = None) -> RosterPlan:
    """Read a roster and say what importing it would do, for a clerk of `scope`.

    Raises:
        UserError: `roster.*`, the file cannot be read or holds no roster.
    """
    reading = read_roster(path, workspace.divisions, workspace.industries, default_division)
    outside = [_outside(row, workspace) for row in reading.rows if not covers(scope, row.division)]
    errors = (*reading.errors, *outside)
    bad_lines = {finding.row for finding in errors}
    created: list[NewRecord] = []
    updated: list[NewRecord] = []
    unchanged = 0
    with workspace.store.snapshot():
        for row in (row for row in reading.rows if row.row not in bad_lines):
            present = load_enterprise(workspace.store, row.uscc)
            new = changed_enterprise(present, row.uscc, row.division, body_of(row))
            if new is None:
                unchanged += 1
            else:
                (created if present is None else updated).append(new)
    return RosterPlan(reading, tuple(created), tuple(updated), unchanged, len(bad_lines - {None}), errors)


def import_roster(
    workspace: Workspace,
    sealer: Sealer,
    path: Path,
    *,
    default_division: str | None = None,
    progress: Progress | None = None,
) -> RosterImport:
    """Import a roster: all of it, or with any error nothing.

    Raises:
        UserError: `roster.*`, the file cannot be read or holds no roster; and as `authoring.write_records`.
        PackageError: the signer may not write enterprises.
    """
    with workspace.store.transaction():
        plan = plan_roster(workspace, sealer.holder.scope, path, default_division=default_division)
        if plan.errors:
            return RosterImport(0, 0, 0, plan.total, plan.errors, plan.reading.warnings, Changes())
        new = (*plan.created, *plan.updated)
        changes = write_records(workspace, sealer, new, progress).changes if new else Changes()
    return RosterImport(len(plan.created), len(plan.updated), plan.unchanged, 0, (), plan.reading.warnings, changes)


def body_of(row: RosterRow) -> dict[str, Any]:
    """Give what a line says of an enterprise; what it leaves blank stays as it was."""
    said: dict[str, Any] = {
        "name": row.name,
        "industry": row.industry,
        "employees": row.employees,
        "revenue": row.revenue,
        "process_type": row.process_type,
        "contacts": [{"name": contact.name, "phone": contact.phone} for contact in row.contacts] or None,
        "town": row.town or None,
        "remark": row.remark or None,
    }
    return {key: value for key, value in said.items() if value is not None}


def _outside(row: RosterRow, workspace: Workspace) -> RosterFinding:
    context = {"division": workspace.divisions.full_name(row.division)}
    return RosterFinding(Finding("roster.outside_scope", context), row.row, None)


def _finding_json(finding: RosterFinding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "row": finding.row,
        "column": finding.column,
        "message": finding.message,
        "remedy": finding.remedy,
    }
