"""Merging a package: verify the container → admit → union → derive what is touched (records-and-merge.md 5).

One package is one transaction: after a crash at any instant the workspace holds all of it or none. A preview is the
same code in a transaction that is rolled back, so its counts are those of the merge. Merging signs nothing, writes no
record of its own and makes or changes no draft. Lines are read in batches, so memory stays flat.
"""

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from sqlite3 import Connection

import msgspec

from zgsz_desktop.engine import merge_words
from zgsz_desktop.engine.batches import in_batches
from zgsz_desktop.engine.changes import AREA_OF_KIND, Area, Changes
from zgsz_desktop.engine.clock import stamp
from zgsz_desktop.engine.derive import derivation_for, touched_keys
from zgsz_desktop.engine.errors import PackageError, UntrustedError
from zgsz_desktop.engine.identity.revocation import ReadLists, read_lists
from zgsz_desktop.engine.merge_assess import Assessor
from zgsz_desktop.engine.merge_crew import crew_for
from zgsz_desktop.engine.merge_intake import Intake
from zgsz_desktop.engine.merge_report import Item, KindCounts, MergeReport, producer_of
from zgsz_desktop.engine.model import KeyId, covers
from zgsz_desktop.engine.package.container import shown_name
from zgsz_desktop.engine.package.reader import Package, open_package
from zgsz_desktop.engine.records.facts import Revoked, Touched
from zgsz_desktop.engine.records.touched import touched
from zgsz_desktop.engine.store import blobs, imports
from zgsz_desktop.engine.store.imports import ImportRow
from zgsz_desktop.engine.store.records import facts_of_authors
from zgsz_desktop.engine.store.submissions import describe_heads
from zgsz_desktop.engine.verdicts import (
    Verdicts,
    keep_certificates,
    keep_lists,
    load_anchors,
    load_authorities,
    pin_root,
)
from zgsz_desktop.engine.workspace import Workspace

Progress = Callable[[int, int], None]
"""Told how many lines of how many are done; raises `UserError("job.cancelled")` to stop, and nothing is stored."""

_BATCH = 64


@dataclass(frozen=True, slots=True)
class _Trust:
    """What of a package's certificates and lists was new, and which lists were ignored."""

    certificates: int
    revocations: int
    ignored: tuple[PackageError, ...]


class _Previewed(Exception):  # noqa: N818 - no error: it undoes the transaction of a preview
    """A preview is done."""


def merge_package(
    workspace: Workspace,
    path: Path,
    *,
    dry_run: bool = False,
    for_another_bureau: bool = False,
    progress: Progress | None = None,
) -> MergeReport:
    """Merge one package, whole or not at all.

    Args:
        workspace: where to.
        path: the package.
        dry_run: only say what would happen.
        for_another_bureau: take a package although it is addressed to somebody else.
        progress: told after every batch; may raise to cancel.

    Raises:
        PackageError: the package is refused whole (`package.*`); nothing was stored.
        UserError: `identity.no_root`, `package.unreadable`, what the disk refused, or what `progress` raised.
    """
    with _patient_collector(), open_package(path, workspace.anchors()) as package:
        check_recipient(workspace, package, for_another_bureau=for_another_bureau)
        with suppress(_Previewed), workspace.store.transaction() as connection:
            merge = _Merge(workspace, connection, package, progress or (lambda _, __: None))
            report = replace(merge.run(shown_name(path)), dry_run=dry_run)
            if dry_run:
                raise _Previewed
    return report


@contextmanager
def _patient_collector() -> Iterator[None]:
    """Let the garbage collector look less often: decoded records hold no cycles, and looking costs a twentieth."""
    usual = gc.get_threshold()
    gc.set_threshold(100_000, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def check_recipient(workspace: Workspace, package: Package, *, for_another_bureau: bool) -> None:
    """Refuse a package that is meant for somebody else.

    Raises:
        UntrustedError: `package.other_bureau`.
    """
    to, here = package.manifest.to_division, workspace.division
    if not (for_another_bureau or covers(to, here) or covers(here, to)):
        names = workspace.divisions
        raise UntrustedError("package.other_bureau", to=names.name(to), here=names.name(here))


class _Merge:
    """One merge in one open transaction."""

    def __init__(self, workspace: Workspace, connection: Connection, package: Package, progress: Progress) -> None:
        self._workspace = workspace
        self._connection = connection
        self._package = package
        self._progress = progress
        self._total = sum(package.manifest.counts.values())

    def run(self, file: str) -> MergeReport:
        """Do everything, and say what was done."""
        # 1. Trust first: records refer to certificates, and what they are worth depends on revocations.
        before = Verdicts(self._connection).all()
        trust = self._keep_trust()
        verdicts = Verdicts(self._connection)
        # 2. Records, in batches.
        merged_before = imports.find_import(self._connection, self._package.id)
        number = self._add_import(file) if merged_before is None else merged_before
        derivation = derivation_for(self._workspace, self._connection, verdicts)
        intake = Intake(self._connection, self._package, number, stamp(self._workspace.clock.now()))
        self._read(intake, Assessor(self._package.chains, derivation.scores.judges()))
        # 3. What they, and changed verdicts over older records, touch is derived again.
        intake.touched |= self._touched_by_verdicts(before, verdicts.all())
        keys = touched_keys(self._connection, intake.touched)
        derivation.derive(keys, tick=lambda: self._progress(self._total, self._total))
        # 4. Evidence files that some record lists.
        blobs_kept = self._keep_blobs()
        # 5. The report.
        conflicts, flagged = self._conflicts(number), self._flagged(number)
        counts = intake.tally.counts(conflicts, flagged)
        if merged_before is None:
            imports.set_counts(self._connection, number, msgspec.json.encode(counts).decode())
        manifest = self._package.manifest
        producer = producer_of(self._package, verdicts.revoked(manifest.producer))
        return MergeReport(
            package_id=manifest.package_id,
            file=file,
            purpose=manifest.purpose,
            producer=producer,
            created_at=manifest.created_at,
            from_division=manifest.from_division,
            to_division=manifest.to_division,
            counts=counts,
            refused=tuple(intake.tally.refused),
            conflicts=conflicts,
            flagged=flagged,
            certificates=trust.certificates,
            revocations=trust.revocations,
            blobs=blobs_kept,
            warnings=merge_words.warnings_of(producer, trust.ignored, intake.unknown),
            already_merged=merged_before is not None,
            dry_run=False,
            changes=_changes(counts, is_trust_new=trust.certificates + trust.revocations > 0),
        )

    def _keep_trust(self) -> _Trust:
        for root in self._package.introduced:
            pin_root(self._connection, root)
        package = self._package
        certificates = keep_certificates(
            self._connection, package.certificates, load_anchors(self._connection), package.chains
        )
        lists = self._lists()
        return _Trust(certificates, keep_lists(self._connection, lists.lists), lists.ignored)

    def _lists(self) -> ReadLists:
        if not self._package.crls.strip():
            return ReadLists((), ())
        authorities = (*load_authorities(self._connection), *self._package.chains.authorities())
        try:
            return read_lists(self._package.crls, authorities)
        except PackageError as error:  # no collection of lists at all: reported and ignored like a bad list
            return ReadLists((), (error,))

    def _add_import(self, file: str) -> int:
        manifest = self._package.manifest
        return imports.add_import(
            self._connection,
            ImportRow(
                package_id=manifest.package_id,
                manifest_id=self._package.id,
                file_name=file,
                producer=manifest.producer,
                from_division=manifest.from_division,
                to_division=manifest.to_division,
                counts="{}",
                imported_time=stamp(self._workspace.clock.now()),
            ),
        )

    def _read(self, intake: Intake, assessor: Assessor) -> None:
        done = 0
        self._progress(done, self._total)
        with crew_for(self._total, assessor, intake.keep) as crew:
            for lines in in_batches(enumerate(self._package.records(), start=1), _BATCH):
                crew.put(intake.sort_out(lines))
                done += len(lines)
                self._progress(min(done, self._total), self._total)
            crew.finish()

    def _touched_by_verdicts(self, before: Mapping[KeyId, Revoked], after: Mapping[KeyId, Revoked]) -> set[Touched]:
        changed = [author for author in before.keys() | after.keys() if before.get(author) != after.get(author)]
        found: set[Touched] = set()
        for fact in facts_of_authors(self._connection, changed):
            found |= touched(fact)
        return found

    def _keep_blobs(self) -> int:
        wanted = [sha256 for sha256 in self._package.blobs if blobs.wants_blob(self._connection, sha256)]
        for sha256 in wanted:
            blobs.put_blob(self._connection, sha256, self._package.blob(sha256))
        return len(wanted)

    def _conflicts(self, number: int) -> tuple[Item, ...]:
        found = list(imports.conflicts_in(self._connection, number))
        return tuple(
            Item(
                one.kind,
                one.entity,
                one.heads,
                (),
                merge_words.conflict_reason(one.kind, describe_heads(self._workspace.store, one.heads)),
            )
            for one in found
        )

    def _flagged(self, number: int) -> tuple[Item, ...]:
        return tuple(
            Item(one.kind, one.entity, one.heads, one.flags, merge_words.flag_reason(one.flags))
            for one in imports.flagged_in(self._connection, number)
        )


def _changes(counts: Mapping[str, KindCounts], *, is_trust_new: bool) -> Changes:
    areas = Area.IMPORTS | (Area.TRUST if is_trust_new else Area.NOTHING)
    for kind, numbers in counts.items():
        if numbers.new:
            areas |= AREA_OF_KIND.get(kind, Area.NOTHING)
    return Changes(areas)
