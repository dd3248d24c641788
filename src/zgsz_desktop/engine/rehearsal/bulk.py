"""Signing thousands of assessments at once: the records that `submit` writes, without the drafts that lead to them.

Everything that a receiver checks is the same; only the history of typing is missing. One liaison signs all that he did
in a month together.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import groupby
from typing import Any

from zgsz_desktop.engine.authoring import NewRecord, write_records
from zgsz_desktop.engine.clock import stamp
from zgsz_desktop.engine.drafts import SetReference, plain, with_size
from zgsz_desktop.engine.indicators.definition import IndicatorSet
from zgsz_desktop.engine.model import Level, level_of
from zgsz_desktop.engine.rehearsal.clock import RehearsalClock
from zgsz_desktop.engine.rehearsal.people import Desk
from zgsz_desktop.engine.rehearsal.visits import put_right, reasons_for
from zgsz_desktop.engine.simulate.enterprise import Assessment, SimulatedEnterprise
from zgsz_desktop.engine.store.enterprise_list import EnterpriseFilter, EnterpriseState, list_enterprises
from zgsz_desktop.engine.store.submissions import heads_of

Visit = tuple[SimulatedEnterprise, Assessment]
_EVENING = 18 * 60
_DAYS_TOGETHER = 31


def sign_visits(desk: Desk, clock: RehearsalClock, visits: Iterable[Visit]) -> int:
    """Sign the assessments of one liaison, month by month, and give how many."""
    workspace = desk.workspace
    indicator_set = workspace.campaign_set(workspace.campaign())
    signed = 0
    for _, group in groupby(sorted(visits, key=_when), key=_when):
        together = list(group)
        new = [_submission(desk, clock, indicator_set, *visit) for visit in together]
        clock.set_day(max(visit.day for _, visit in together), _EVENING)
        write_records(workspace, desk.author, new)
        signed += len(new)
    return signed


def _when(visit: Visit) -> tuple[int, bool]:
    """Order visits: by month, and in each what corrects an earlier one after all others."""
    return visit[1].day // _DAYS_TOGETHER, visit[1].corrects


def accept_together(bureau: Desk, of_ten: int) -> int:
    """Accept so many of ten that wait, as one act, and give how many; what is in conflict waits."""
    workspace = bureau.workspace
    level = level_of(workspace.division)
    waiting = EnterpriseState.SUBMITTED if level is Level.COUNTY else EnterpriseState.ACCEPTED
    items = list_enterprises(workspace.store, workspace.campaign(), EnterpriseFilter(states=frozenset({waiting})))
    chosen = [item for number, item in enumerate(items) if number % 10 < of_ten and not item.conflict]
    new = [NewRecord("review", f"{item.record}/{level}", {"decision": "accept"}, item.division, ()) for item in chosen]
    if new:
        write_records(workspace, bureau.author, new)
    return len(new)


def visits_of(enterprises: Sequence[SimulatedEnterprise], handle: str) -> list[Visit]:
    """Give what one liaison brings home."""
    return [
        (enterprise, visit) for enterprise in enterprises for visit in enterprise.assessments if visit.liaison == handle
    ]


def _submission(
    desk: Desk, clock: RehearsalClock, indicator_set: IndicatorSet, enterprise: SimulatedEnterprise, visit: Assessment
) -> NewRecord:
    workspace, row = desk.workspace, enterprise.row
    entity = f"{workspace.campaign()}/{row.uscc}/initial"
    profile = with_size(plain(dict(enterprise.profile)))
    answers, completion = put_right(indicator_set, profile, plain(dict(visit.answers)))
    begun = clock.opening + timedelta(days=visit.day, minutes=visit.begun)
    body: dict[str, Any] = {
        "set": SetReference.of(indicator_set).to_json(),
        "profile": profile,
        "answers": answers,
        "result": completion.result.to_json(),
        "reasons": reasons_for(completion, row.uscc),
        "attachments": [],
        "respondent": visit.respondent,
        "begun": stamp(begun),
        "finished": stamp(begun + timedelta(minutes=visit.minutes)),
    }
    supersedes = heads_of(workspace.store, "submission", entity) if visit.corrects else ()
    return NewRecord("submission", entity, body, row.division, supersedes)
