"""What the list of enterprises asks the workspace, off the GUI thread: rows ready to be drawn, and the counts."""

from dataclasses import dataclass
from datetime import datetime

from zgsz_desktop.engine.clock import CHINA
from zgsz_desktop.engine.store.enterprise_list import (
    EnterpriseFilter,
    EnterpriseItem,
    EnterpriseState,
    EnterpriseSummary,
    list_enterprises,
    summarise_enterprises,
)
from zgsz_desktop.engine.store.submissions import reviews_of
from zgsz_desktop.engine.workspace import Workspace
from zgsz_desktop.ui.models.enterprise_rows import Placed, Setting, place_rows


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for.

    Attributes:
        text: of the search field. `states`: of the chosen view, empty for all.
        today: a date, `2024-07-01`.
        liaison: name of the liaison whose list it is. `bureau`: a clerk looks on.
    """

    text: str
    states: frozenset[EnterpriseState]
    today: str
    liaison: str | None
    bureau: bool


@dataclass(frozen=True, slots=True)
class Found:
    """The answer: `summary` counts over the search, without regard to the view."""

    rows: list[Placed]
    summary: EnterpriseSummary


def look_up(workspace: Workspace, wanted: Wanted) -> Found:
    """Read the list and put it into rows."""
    campaign, store = workspace.campaign(), workspace.store
    with store.snapshot():
        liaison = _liaison(workspace, campaign, wanted)
        base = EnterpriseFilter(text=wanted.text, scope=workspace.division, liaison=liaison)
        chosen = EnterpriseFilter(text=wanted.text, scope=workspace.division, liaison=liaison, states=wanted.states)
        summary = summarise_enterprises(store, campaign, wanted.today, base)
        items = list_enterprises(store, campaign, chosen)
        reasons: dict[str, str] = {
            item.uscc: _reason(workspace, item) for item in items if item.state is EnterpriseState.RETURNED
        }
    setting = Setting(workspace.industries, reasons, wanted.text, wanted.today, wanted.bureau)
    return Found(place_rows(items, setting), summary)


def _liaison(workspace: Workspace, campaign: str, wanted: Wanted) -> str | None:
    """A liaison sees the enterprises assigned to her; where nothing was assigned to her, all of the county."""
    if wanted.liaison is None:
        return None
    assigned = summarise_enterprises(workspace.store, campaign, wanted.today, EnterpriseFilter(liaison=wanted.liaison))
    return wanted.liaison if assigned.total else None


def _reason(workspace: Workspace, item: EnterpriseItem) -> str:
    if item.record is None:
        return ""
    returned = [one for one in reviews_of(workspace.store, item.record) if one.decision == "return"]
    if not returned:
        return ""
    day = datetime.fromtimestamp(returned[0].at, CHINA)
    return f"{returned[0].author.organisation}{day.month}月{day.day}日退回：{returned[0].reason}"
