"""What a bureau does in a rehearsal: orders a campaign, imports its roster, assigns, passes packages, reviews."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from zgsz_desktop.engine import ops
from zgsz_desktop.engine.errors import BugError
from zgsz_desktop.engine.identity.names import holder_of
from zgsz_desktop.engine.indicators.definition import IndicatorSet
from zgsz_desktop.engine.merge import merge_package
from zgsz_desktop.engine.merge_report import MergeReport
from zgsz_desktop.engine.model import Role, Uscc
from zgsz_desktop.engine.package.manifest import Purpose
from zgsz_desktop.engine.rehearsal.people import Desk
from zgsz_desktop.engine.rehearsal.visits import doubtful_question
from zgsz_desktop.engine.roster.row import RosterRow
from zgsz_desktop.engine.roster.writing import write_roster
from zgsz_desktop.engine.simulate import MARK
from zgsz_desktop.engine.store.enterprise_list import (
    EnterpriseFilter,
    EnterpriseItem,
    EnterpriseState,
    list_enterprises,
    summarise_enterprises,
)
from zgsz_desktop.engine.store.submissions import Submission, load_submission

_RETURNED = "“{title}”填报的与企业台账不一致，请到现场核实后改正，再提交一次。"


@dataclass(frozen=True, slots=True)
class Returned:
    """A submission that a bureau gave back.

    Attributes:
        liaison: name of the certificate of who has to correct it.
    """

    entity: str
    name: str
    liaison: str
    reason: str
    questions: tuple[str, ...]


def order_campaign(
    region: Desk, campaign: str, indicator_set: IndicatorSet, title: str, *, opens: str, closes: str
) -> None:
    """Let the region order a campaign."""
    ops.publish_campaign(
        region.workspace,
        region.author,
        campaign,
        title=f"{MARK} {title}",
        indicator_set=indicator_set,
        more={"opens": opens, "closes": closes, "state": "open"},
    )


def import_county_roster(county: Desk, rows: Sequence[RosterRow], path: Path) -> int:
    """Write the roster as a workbook, and import it; give how many enterprises it has.

    Raises:
        UserError: `file.*`, `roster.*`.
        BugError: the simulation made a roster that cannot be imported.
    """
    workspace = county.workspace
    title = f"{workspace.divisions.full_name(workspace.division)}规模以上工业企业名录（{MARK}）"
    write_roster(path, rows, workspace.divisions, title)
    done = ops.import_roster(workspace, county.author, path)
    if not done.imported:
        raise BugError("bug.unexpected", findings=[finding.message for finding in done.errors])
    return done.created


def assign_all(county: Desk, handles: Mapping[Uscc, str], due: str, campaign: str | None = None) -> None:
    """Give every enterprise (by credit code) to the liaison of that handle."""
    by_handle: defaultdict[str, list[str]] = defaultdict(list)
    for uscc, handle in handles.items():
        by_handle[handle].append(uscc)
    for handle, codes in by_handle.items():
        liaison = holder_of(Role.LIAISON, county.workspace.division, handle).name
        ops.assign(county.workspace, county.author, codes, liaison, due=due, campaign=campaign)


def hand_down(desk: Desk, out: Path, *, to: str | None = None, with_submissions: bool = False) -> Path:
    """Write a package for below, or for those who work for this bureau."""
    ops.hand_over(
        desk.workspace,
        desk.author,
        out,
        to_division=to or desk.workspace.division,
        purpose=Purpose.PUBLISH,
        with_submissions=with_submissions,
    )
    return out


def hand_up(desk: Desk, out: Path, to: str) -> Path:
    """Write a package for above, or from a liaison for his bureau; from now on it counts as handed in."""
    ops.hand_over(desk.workspace, desk.author, out, to_division=to, purpose=Purpose.SUBMIT)
    return out


def take_in(desk: Desk, packages: Iterable[Path]) -> list[MergeReport]:
    """Merge packages, one after the other."""
    return [merge_package(desk.workspace, path) for path in packages]


def return_one(county: Desk, liaisons: Sequence[str]) -> Returned | None:
    """Give one submission of these liaisons back, with a reason; None where there is nothing to give back."""
    for item in _awaiting(county):
        found = load_submission(county.workspace.store, item.submission or "")
        if found is not None and found.item.author.name in liaisons:
            return give_back(county, found, item.name)
    return None


def give_back(county: Desk, submission: Submission, name: str) -> Returned:
    """Give a submission back because of one of its answers."""
    indicator_set = county.workspace.campaign_set(submission.item.campaign)
    question = doubtful_question(indicator_set, submission.answers)
    reason = _RETURNED.format(title=question.title or question.text)
    decision = ops.ReviewDecision(accepted=False, reason=reason, questions=(question.id,))
    ops.review(county.workspace, county.author, submission.item.entity, submission.item.record, decision)
    return Returned(submission.item.entity, name, submission.item.author.name, reason, decision.questions)


def accept_some(bureau: Desk, waiting: EnterpriseState = EnterpriseState.SUBMITTED, of_ten: int = 7) -> int:
    """Accept some of what waits, never what is in conflict, and give how many; a city waits for its counties."""
    accepted = 0
    for number, item in enumerate(_awaiting(bureau, waiting)):
        if number % 10 < of_ten and item.submission and item.record:
            ops.review(bureau.workspace, bureau.author, item.submission, item.record, ops.ReviewDecision(accepted=True))
            accepted += 1
    return accepted


def standing(desk: Desk) -> str:
    """Say in one line what a workspace holds of the campaign."""
    workspace = desk.workspace
    today = f"{workspace.clock.now():%Y-%m-%d}"
    counted = summarise_enterprises(workspace.store, workspace.campaign(), today)
    states = counted.states
    brought = counted.total - states[EnterpriseState.NOT_STARTED] - states[EnterpriseState.DRAFTING]
    return (
        f"企业 {counted.total} 家，有诊断结果 {brought} 家，已通过 {states[EnterpriseState.ACCEPTED]} 家，"
        f"3 档及以上 {counted.grade_3_up} 家，冲突 {counted.conflicts} 家"
    )


def _awaiting(bureau: Desk, waiting: EnterpriseState = EnterpriseState.SUBMITTED) -> list[EnterpriseItem]:
    """List what has come to a bureau and nobody there has decided on, by credit code."""
    workspace = bureau.workspace
    wanted = EnterpriseFilter(states=frozenset({waiting}))
    items = list_enterprises(workspace.store, workspace.campaign(), wanted)
    return sorted((item for item in items if not item.conflict), key=lambda item: item.uscc)
