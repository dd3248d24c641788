"""Completing a draft: look at all of it, sign it, keep it, and only then call it submitted.

The order matters: (1) the draft may still be changed, (2) nothing is missing, contradicts itself or wants a reason,
(3) versions that came meanwhile have been looked at, (4) the clock is right, (5) the record is signed, written and read
back, (6) the draft is closed. All in one transaction; whatever fails leaves the draft open as it was.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from zgsz_desktop.engine.authoring import NewRecord, write_record
from zgsz_desktop.engine.changes import Area, Changes
from zgsz_desktop.engine.clock import CHINA, stamp
from zgsz_desktop.engine.completion import Completion, examine
from zgsz_desktop.engine.drafts import Draft, DraftState
from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.model import RecordId
from zgsz_desktop.engine.ops_drafts import find_set, open_for_change
from zgsz_desktop.engine.records.envelope import Sealer
from zgsz_desktop.engine.scoring.result import Result
from zgsz_desktop.engine.store import drafts as rows
from zgsz_desktop.engine.store.enterprises import load_enterprise
from zgsz_desktop.engine.store.submissions import Head, describe_heads, heads_of
from zgsz_desktop.engine.workspace import Workspace

_MOST_SUPERSEDED = 64


@dataclass(frozen=True, slots=True)
class Submitted:
    """A draft that became a record."""

    record: RecordId
    entity: str
    result: Result
    changes: Changes


def look_over(workspace: Workspace, draft_id: str) -> Completion:
    """Say what stands between a draft and its signature; nothing is changed.

    Raises:
        UserError: `draft.not_found`, `draft.signed`, `draft.discarded`, `draft.set_missing`, `answer.*`.
    """
    draft = open_for_change(workspace, draft_id)
    return examine(find_set(workspace, draft.set), draft.profile, draft.answers)


def newcomers(workspace: Workspace, draft: Draft, holder_name: str) -> tuple[Head, ...]:
    """Give the versions of others that came since the draft was opened: to be looked at before it replaces them."""
    seen = set(draft.opened_heads)
    heads = describe_heads(workspace.store, heads_of(workspace.store, "submission", draft.entity))
    return tuple(head for head in heads if head.record not in seen and head.author.name != holder_name)


def submit(
    workspace: Workspace,
    sealer: Sealer,
    draft_id: str,
    *,
    reasons: Mapping[str, str] | None = None,
    looked_at: Collection[str] = (),
    respondent: str = "",
) -> Submitted:
    """Sign a draft.

    Args:
        workspace: where it lies.
        sealer: the liaison's opened key, or a clerk's who replaces a submission.
        draft_id: which.
        reasons: written reasons for kept warnings, beside those that the draft holds.
        looked_at: versions that came meanwhile and that the user wants to replace.
        respondent: who answered at the enterprise.

    Raises:
        UserError: `submission.incomplete`, `submission.contradicts`, `submission.reasons_missing`,
            `submission.new_versions`, `enterprise.not_found`, `identity.clock_outside`, `store.read_back`, `draft.*`.
        PackageError: the signer may not submit for this enterprise.
    """
    with workspace.store.transaction() as connection:
        draft = open_for_change(workspace, draft_id)
        draft = replace(draft, reasons=draft.reasons | {key: text.strip() for key, text in (reasons or {}).items()})
        completion = examine(find_set(workspace, draft.set), draft.profile, draft.answers)
        completion.demand(draft.reasons)
        supersedes = _superseded(workspace, draft, sealer.holder.name, looked_at)
        enterprise = load_enterprise(workspace.store, draft.uscc)
        if enterprise is None:
            raise UserError("enterprise.not_found", text=draft.uscc)
        body = _body(draft, completion, respondent, workspace.clock.now())
        new = NewRecord("submission", draft.entity, body, enterprise.division, supersedes)
        written = write_record(workspace, sealer, new)
        record = written.ids[0]
        rows.set_state(connection, draft.id, DraftState.SIGNED, record)
    changes = written.changes | Changes(Area.DRAFTS, frozenset({draft.uscc}), frozenset({draft.id}))
    return Submitted(record, draft.entity, completion.result, changes)


def _superseded(
    workspace: Workspace, draft: Draft, holder_name: str, looked_at: Collection[str]
) -> tuple[RecordId, ...]:
    """Name what the new version replaces: what the draft was opened from, one's own, what was looked at since."""
    unseen = [head for head in newcomers(workspace, draft, holder_name) if head.record not in looked_at]
    if unseen:
        first = unseen[0]
        raise UserError(
            "submission.new_versions",
            count=len(unseen),
            person=first.author.person,
            time=f"{datetime.fromtimestamp(first.at, CHINA):%Y-%m-%d %H:%M}",
            records=[head.record for head in unseen],
        )
    heads = heads_of(workspace.store, "submission", draft.entity)
    return tuple(dict.fromkeys((*heads, *draft.opened_heads)))[:_MOST_SUPERSEDED]


def _body(draft: Draft, completion: Completion, respondent: str, now: datetime) -> dict[str, Any]:
    fired = {warning.id for warning in completion.warnings}
    body: dict[str, Any] = {
        "set": draft.set.to_json(),
        "profile": draft.profile,
        "answers": draft.answers,
        "result": completion.result.to_json(),
        "reasons": {check: text for check, text in draft.reasons.items() if check in fired and text},
        "attachments": [],
        "begun": stamp(datetime.fromtimestamp(draft.begun, CHINA)),
        "finished": stamp(now),
    }
    return body | ({"respondent": respondent.strip()} if respondent.strip() else {})
