"""What a user does with a draft: each function is one act, one transaction, and says what it changed.

Every answer is committed as it is given. Undo and redo walk on the acts of the draft itself, so they survive a restart
and a merge. Discarding a draft is taken back by `restore_draft`; reopening a submission by discarding the new draft.
"""

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from zgsz_desktop.engine import drafts
from zgsz_desktop.engine.answer_file import give_answers
from zgsz_desktop.engine.changes import Area, Changes
from zgsz_desktop.engine.clock import stamp
from zgsz_desktop.engine.drafts import INITIAL, RECHECK, Draft, DraftId, DraftState, FieldChange, SetReference
from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.indicators.definition import IndicatorSet
from zgsz_desktop.engine.model import Uscc
from zgsz_desktop.engine.store import drafts as rows
from zgsz_desktop.engine.store.enterprises import load_enterprise
from zgsz_desktop.engine.store.submissions import SubmissionItem, heads_of, list_submissions, load_submission
from zgsz_desktop.engine.workspace import Workspace

Act = Callable[[IndicatorSet, Draft], list[FieldChange]]


@dataclass(frozen=True, slots=True)
class DraftChange:
    """A draft after an act.

    Attributes:
        questions: whose answers the act changed (a shared number changes several).
    """

    draft: Draft
    changes: Changes
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LastRound:
    """The answers of an earlier assessment, to look at beside the present ones."""

    item: SubmissionItem
    set: SetReference
    profile: dict[str, Any]
    answers: dict[str, dict[str, Any]]


def open_draft(
    workspace: Workspace, uscc: str, *, round_: str = INITIAL, campaign: str | None = None, fresh: bool = False
) -> DraftChange:
    """Go on with the draft of an assessment where it was, or begin one; `fresh` begins one in any case.

    Raises:
        UserError: `enterprise.not_found`, `draft.set_missing`.
    """
    campaign = campaign or workspace.campaign()
    with workspace.store.transaction() as connection:
        entity = f"{campaign}/{uscc}/{round_}"
        standing = rows.list_drafts(workspace.store, entity=entity, state=DraftState.OPEN)
        if standing and not fresh:
            return DraftChange(find_draft(workspace, standing[0].id), Changes())
        enterprise = load_enterprise(workspace.store, uscc)
        if enterprise is None:
            raise UserError("enterprise.not_found", text=uscc)
        indicator_set = workspace.campaign_set(campaign)
        draft = _blank(workspace, indicator_set, campaign, Uscc(uscc), round_)
        draft = replace(draft, profile=drafts.first_profile(enterprise.body))
        return _keep(workspace, connection, indicator_set, draft)


def reopen(workspace: Workspace, entity: str) -> DraftChange:
    """Copy the current version of a submission into a new draft that will replace it.

    Raises:
        UserError: `submission.not_found`, `draft.set_missing`.
    """
    with workspace.store.transaction() as connection:
        submission = load_submission(workspace.store, entity)
        if submission is None:
            raise UserError("submission.not_found", entity=entity)
        item = submission.item
        indicator_set = find_set(workspace, submission.set)
        draft = replace(
            _blank(workspace, indicator_set, item.campaign, item.uscc, item.round),
            profile=submission.profile,
            answers=submission.answers,
            reasons=submission.reasons,
        )
        return _keep(workspace, connection, indicator_set, draft)


def answer(workspace: Workspace, draft_id: str, question_id: str, raw: Mapping[str, Any]) -> DraftChange:
    """Answer one question.

    Raises:
        UserError: `draft.no_question`, `draft.bad_value`, `answer.*`, `draft.signed`, `draft.discarded`.
    """
    return _act(workspace, draft_id, lambda set_, draft: drafts.give_answer(set_, draft, question_id, raw))


def answer_many(
    workspace: Workspace,
    draft_id: str,
    answers: Mapping[str, Mapping[str, Any]],
    profile: Mapping[str, Any] | None = None,
) -> DraftChange:
    """Answer many questions as one act, all or none; unknown questions are kept.

    Raises:
        UserError: `draft.answers_refused` with all findings, and as `answer`.
    """
    return _act(workspace, draft_id, lambda set_, draft: give_answers(set_, draft, answers, profile or {}))


def clear_answer(workspace: Workspace, draft_id: str, question_id: str) -> DraftChange:
    """Take an answer back.

    Raises:
        UserError: `draft.no_question`, and as `answer`.
    """
    return _act(workspace, draft_id, lambda set_, draft: drafts.clear_answer(set_, draft, question_id))


def mark_not_applicable(workspace: Workspace, draft_id: str, question_id: str, reason: str = "") -> DraftChange:
    """Say that a question does not apply to this enterprise (不适用).

    Raises:
        UserError: `answer.na_not_allowed`, and as `answer`.
    """
    given: dict[str, Any] = {"na": True} | ({"reason": reason} if reason else {})
    return answer(workspace, draft_id, question_id, given)


def mark_doubtful(workspace: Workspace, draft_id: str, question_id: str, *, doubtful: bool) -> DraftChange:
    """Mark a question for a second look (存疑), or take the mark away.

    Raises:
        UserError: as `answer`.
    """
    return _act(
        workspace, draft_id, lambda set_, draft: drafts.mark_answer(set_, draft, question_id, "doubtful", doubtful)
    )


def write_note(workspace: Workspace, draft_id: str, question_id: str, note: str) -> DraftChange:
    """Write a note beside an answer; an empty one takes it away.

    Raises:
        UserError: as `answer`.
    """
    return _act(workspace, draft_id, lambda set_, draft: drafts.mark_answer(set_, draft, question_id, "note", note))


def set_profile(workspace: Workspace, draft_id: str, profile: Mapping[str, Any]) -> DraftChange:
    """Change members of the profile, None takes one away.

    Raises:
        UserError: `answer.profile`, and as `answer`.
    """
    return _act(workspace, draft_id, lambda _, draft: drafts.change_profile(draft, profile))


def write_reason(workspace: Workspace, draft_id: str, check_id: str, text: str) -> DraftChange:
    """Write down why a warning is kept.

    Raises:
        UserError: as `answer`.
    """
    return _act(workspace, draft_id, lambda _, draft: drafts.change_reason(draft, check_id, text))


def undo(workspace: Workspace, draft_id: str) -> DraftChange:
    """Take the last act back; nothing happens where there is none.

    Raises:
        UserError: `draft.not_found`, `draft.signed`, `draft.discarded`.
    """
    return _walk(workspace, draft_id, rows.undo_step)


def redo(workspace: Workspace, draft_id: str) -> DraftChange:
    """Do again what was undone last; nothing happens where there is nothing.

    Raises:
        UserError: `draft.not_found`, `draft.signed`, `draft.discarded`.
    """
    return _walk(workspace, draft_id, rows.redo_step)


def set_position(workspace: Workspace, draft_id: str, question_id: str | None) -> Changes:
    """Remember where the window stands; no act, and nothing that a view must draw anew."""
    with workspace.store.transaction() as connection:
        rows.set_position(connection, draft_id, question_id)
    return Changes()


def keep_typed(workspace: Workspace, draft_id: str, question_id: str, texts: Mapping[str, str]) -> Changes:
    """Keep what stands in the number fields of a question and cannot be saved as an answer; empty forgets it.

    Nothing that a liaison typed is ever lost: an impossible ratio is no answer, and still her work. No act, not undone.
    """
    with workspace.store.transaction() as connection:
        rows.keep_typed(connection, draft_id, question_id, texts)
    return Changes()


def typed_texts(workspace: Workspace, draft_id: str) -> dict[str, dict[str, str]]:
    """Give what `keep_typed` kept: texts by question and input."""
    return rows.typed_of(workspace.store, draft_id)


def discard_draft(workspace: Workspace, draft_id: str) -> DraftChange:
    """Put a draft away; `restore_draft` brings it back.

    Raises:
        UserError: `draft.not_found`, `draft.signed`, `draft.discarded`.
    """
    with workspace.store.transaction() as connection:
        draft = open_for_change(workspace, draft_id)
        rows.set_state(connection, draft.id, DraftState.DISCARDED)
        return _outcome(workspace, draft.id)


def restore_draft(workspace: Workspace, draft_id: str) -> DraftChange:
    """Bring a discarded draft back as it was.

    Raises:
        UserError: `draft.not_found`, `draft.signed`.
    """
    with workspace.store.transaction() as connection:
        draft = find_draft(workspace, draft_id)
        if draft.state is DraftState.SIGNED:
            raise UserError("draft.signed")
        rows.set_state(connection, draft.id, DraftState.OPEN)
        return _outcome(workspace, draft.id)


def last_round(workspace: Workspace, draft: Draft) -> LastRound | None:
    """Find the newest other assessment of the enterprise: an earlier campaign, or another round.

    A re-check is blind: it is shown nothing, and nobody is shown what it found.
    """
    if draft.round.startswith(RECHECK):
        return None
    for item in list_submissions(workspace.store, draft.uscc):
        if item.entity != draft.entity and not item.round.startswith(RECHECK):
            submission = load_submission(workspace.store, item.entity)
            if submission is not None:
                return LastRound(item, submission.set, submission.profile, submission.answers)
    return None


def find_draft(workspace: Workspace, draft_id: str) -> Draft:
    """Read a draft.

    Raises:
        UserError: `draft.not_found`.
    """
    draft = rows.load_draft(workspace.store, draft_id)
    if draft is None:
        raise UserError("draft.not_found", id=draft_id)
    return draft


def open_for_change(workspace: Workspace, draft_id: str) -> Draft:
    """Read a draft that may still be changed.

    Raises:
        UserError: `draft.not_found`, `draft.signed`, `draft.discarded`.
    """
    draft = find_draft(workspace, draft_id)
    if draft.state is DraftState.SIGNED:
        raise UserError("draft.signed")
    if draft.state is DraftState.DISCARDED:
        raise UserError("draft.discarded")
    return draft


def find_set(workspace: Workspace, reference: SetReference) -> IndicatorSet:
    """Find the indicator set that a draft or a submission names.

    Raises:
        UserError: `draft.set_missing`.
    """
    found = workspace.indicator_set(reference.id, reference.version, reference.sha256)
    if found is None:
        raise UserError("draft.set_missing", set=f"{reference.id}@{reference.version}")
    return found


def _act(workspace: Workspace, draft_id: str, act: Act) -> DraftChange:
    with workspace.store.transaction() as connection:
        draft = open_for_change(workspace, draft_id)
        indicator_set = find_set(workspace, draft.set)
        changes = act(indicator_set, draft)
        if not changes:
            return DraftChange(draft, Changes())
        rows.write_step(connection, draft.id, changes, int(workspace.clock.now().timestamp()))
        return _touched(workspace, connection, indicator_set, draft.id, [change.field for change in changes])


def _walk(workspace: Workspace, draft_id: str, step: Callable[[sqlite3.Connection, str], list[str]]) -> DraftChange:
    with workspace.store.transaction() as connection:
        draft = open_for_change(workspace, draft_id)
        fields = step(connection, draft.id)
        if not fields:
            return DraftChange(draft, Changes())
        return _touched(workspace, connection, find_set(workspace, draft.set), draft.id, fields)


def _touched(
    workspace: Workspace,
    connection: sqlite3.Connection,
    indicator_set: IndicatorSet,
    draft_id: DraftId,
    fields: list[str],
) -> DraftChange:
    draft = find_draft(workspace, draft_id)
    answered, applicable = drafts.measure_progress(indicator_set, draft)
    time = stamp(workspace.clock.now())
    rows.touch_draft(connection, draft.id, time, (answered, applicable))
    draft = replace(draft, answered=answered, applicable=applicable, changed_time=time)
    questions = tuple(question for field in fields if (question := drafts.question_of(field)) is not None)
    return DraftChange(draft, _changes(draft), questions)


def _blank(workspace: Workspace, indicator_set: IndicatorSet, campaign: str, uscc: Uscc, round_: str) -> Draft:
    now = workspace.clock.now()
    return Draft(
        id=DraftId(workspace.clock.new_id()),
        campaign=campaign,
        uscc=uscc,
        round=round_,
        set=SetReference.of(indicator_set),
        opened_heads=heads_of(workspace.store, "submission", f"{campaign}/{uscc}/{round_}"),
        profile={},
        reasons={},
        answers={},
        position=None,
        state=DraftState.OPEN,
        submitted=None,
        begun=int(now.timestamp()),
        changed_time=stamp(now),
        answered=0,
        applicable=0,
    )


def _keep(
    workspace: Workspace, connection: sqlite3.Connection, indicator_set: IndicatorSet, draft: Draft
) -> DraftChange:
    answered, applicable = drafts.measure_progress(indicator_set, draft)
    rows.insert_draft(connection, replace(draft, answered=answered, applicable=applicable))
    return _outcome(workspace, draft.id)


def _outcome(workspace: Workspace, draft_id: DraftId) -> DraftChange:
    draft = find_draft(workspace, draft_id)
    return DraftChange(draft, _changes(draft))


def _changes(draft: Draft) -> Changes:
    return Changes(Area.DRAFTS, frozenset({draft.uscc}), frozenset({draft.id}))
