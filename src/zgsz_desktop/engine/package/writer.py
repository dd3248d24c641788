"""Exporting: choosing what goes into a package for whom (package-format.md, "What goes in").

Upward (`submit`) go all records of this division and below. Downward (`publish` to D) go records of D, below D and on
the path above D, submissions and experts' reviews only when named; never a record of a sibling. How it is written is
`parts.py`'s. Nothing is changed in the workspace.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from sqlite3 import Connection

from cryptography import x509

from zgsz_desktop.engine import canonical
from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.model import DivisionCode, RecordId, covers, parent_of
from zgsz_desktop.engine.package.build import PartLimits
from zgsz_desktop.engine.package.manifest import Purpose, Totals
from zgsz_desktop.engine.package.parts import Export, Order, WrittenPackage
from zgsz_desktop.engine.records.envelope import Sealer
from zgsz_desktop.engine.store import exports
from zgsz_desktop.engine.store.exports import Choice
from zgsz_desktop.engine.workspace import Workspace

ONLY_WHEN_NAMED = frozenset({"submission", "expert_review"})
Progress = Callable[[int, int], None]
"""Told how many records of how many are written; may raise to cancel, and nothing is written."""


def export_package(
    workspace: Workspace,
    out: Path,
    *,
    to_division: str,
    sealer: Sealer,
    purpose: Purpose | None = None,
    new_only: bool = False,
    with_submissions: bool = False,
    progress: Progress | None = None,
    limits: PartLimits | None = None,
) -> WrittenPackage:
    """Write a package for another bureau, read it back, and only then let it take its place.

    Args:
        workspace: whose records.
        out: the file; further parts get `-2`, `-3` … before the suffix.
        to_division: whom it is for.
        sealer: signs the manifest.
        purpose: upward or downward; by the two divisions if None.
        new_only: of a `submit`, leave out what a receipt from above lists.
        with_submissions: of a `publish`, also submissions and experts' reviews.
        progress: told after every batch; may raise to cancel.
        limits: of one part.

    Raises:
        UserError: `package.no_way`, `package.signer_elsewhere`, `identity.clock_outside`, `package.not_read_back`,
            `file.*`, or what `progress` raised.
        PackageError: the sealer's certificate is not known here.
    """
    here, to = workspace.division, DivisionCode(to_division)
    way = check_way(workspace, to, purpose)
    with workspace.store.snapshot() as connection:
        choice = (
            _upward(connection, here, new_only=new_only)
            if way is Purpose.SUBMIT
            else _downward(connection, to, with_submissions=with_submissions)
        )
        # Downward nobody learns how many there are elsewhere.
        scope = here if way is Purpose.SUBMIT else to
        order = Order(
            way,
            here,
            to,
            choice,
            totals=_totals(connection, scope),
            authors=exports.highest_numbers(connection, scope),
            limits=limits or PartLimits(),
        )
        total = exports.count_chosen(connection, choice)
        tell = progress or (lambda _, __: None)
        return Export(connection, workspace.clock, sealer, order).write(out, lambda done: tell(done, total))


def export_certificates(
    workspace: Workspace, out: Path, certificates: Sequence[x509.Certificate], sealer: Sealer, *, to_division: str
) -> WrittenPackage:
    """Write a `.zgszcert`: a `publish` package with these certificates, the lists and the bureau's `recipient`.

    Raises:
        UserError, PackageError: as `export_package`.
    """
    here, to = workspace.division, DivisionCode(to_division)
    check_way(workspace, to, Purpose.PUBLISH)
    with workspace.store.snapshot() as connection:
        choice = Choice((here,), kinds=frozenset({"recipient"}))
        order = Order(Purpose.PUBLISH, here, to, choice, totals={}, authors={}, extra=tuple(certificates))
        return Export(connection, workspace.clock, sealer, order).write(out, lambda _: None)


def check_way(workspace: Workspace, to: DivisionCode, purpose: Purpose | None) -> Purpose:
    """Find which way a package goes; none goes to a sibling, up as `publish` or down as `submit`.

    Raises:
        UserError: `package.no_way`.
    """
    here = workspace.division
    way = purpose or (Purpose.SUBMIT if covers(to, here) else Purpose.PUBLISH)
    if not (covers(to, here) if way is Purpose.SUBMIT else covers(here, to)):
        raise UserError("package.no_way", here=workspace.divisions.name(here), to=workspace.divisions.name(to))
    return way


def _upward(connection: Connection, here: DivisionCode, *, new_only: bool) -> Choice:
    divisions = tuple(one for one in exports.divisions_held(connection) if covers(here, one))
    return Choice(divisions, skipped=_delivered(connection, here) if new_only else frozenset())


def _downward(connection: Connection, to: DivisionCode, *, with_submissions: bool) -> Choice:
    path = (to, *_above(to))
    divisions = tuple(one for one in exports.divisions_held(connection) if one in path or covers(to, one))
    return Choice(divisions, without=frozenset() if with_submissions else ONLY_WHEN_NAMED)


def _delivered(connection: Connection, here: DivisionCode) -> frozenset[RecordId]:
    """Give the records that a receipt from above lists."""
    payloads = exports.current_receipts(connection, _above(here))
    return frozenset(record for payload in payloads for record in canonical.decode(payload)["body"]["records"])


def _above(division: DivisionCode) -> list[DivisionCode]:
    above = parent_of(division)
    return [] if above is None else [above, *_above(above)]


def _totals(connection: Connection, scope: DivisionCode) -> dict[str, Totals]:
    return {division: Totals(**counts) for division, counts in exports.totals(connection, scope).items()}
