"""What the result page looks at: one assessment, read from an open draft or from a submission. Draws nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zgsz_desktop.engine import ops_drafts
from zgsz_desktop.engine.drafts import Draft, DraftId, DraftState, SetReference
from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.indicators.definition import IndicatorSet
from zgsz_desktop.engine.model import RecordId, Uscc
from zgsz_desktop.engine.ops_drafts import find_set
from zgsz_desktop.engine.store.drafts import list_drafts
from zgsz_desktop.engine.store.enterprises import load_enterprise
from zgsz_desktop.engine.store.submissions import (
    ReviewItem,
    SubmissionItem,
    list_submissions,
    load_submission,
    reviews_of,
)
from zgsz_desktop.engine.workspace import Workspace

Answers = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Answered:
    """Answers with the set and the profile that they are scored by."""

    set: IndicatorSet
    profile: Mapping[str, Any]
    answers: Answers


@dataclass(frozen=True, slots=True)
class Assessment:
    """One assessment.

    Attributes:
        enterprise: its name. `entity`: campaign, credit code and round.
        now: as it is shown. `last`: the last round, where its set is here.
        draft: while it is open; `item` and `reviews`: once it is signed.
    """

    entity: str
    campaign: str
    uscc: Uscc
    enterprise: str
    now: Answered
    last: Answered | None
    draft: Draft | None = None
    item: SubmissionItem | None = None
    reviews: tuple[ReviewItem, ...] = ()

    @property
    def returned(self) -> ReviewItem | None:
        """The review that sends it back, where that is how it stands."""
        if self.item is None or self.item.review != "returned":
            return None
        return next((review for review in self.reviews if review.decision == "return"), None)


def read_draft(workspace: Workspace, draft_id: DraftId) -> Assessment:
    """Read an open draft; one that was signed meanwhile is read as the submission that it became.

    Raises:
        UserError: `draft.not_found`, `draft.set_missing`, `draft.discarded`, `submission.not_found`.
    """
    draft = ops_drafts.find_draft(workspace, draft_id)
    if draft.state is DraftState.SIGNED:
        return read_submission(workspace, draft.entity)
    if draft.state is DraftState.DISCARDED:
        raise UserError("draft.discarded")
    return Assessment(
        entity=draft.entity,
        campaign=draft.campaign,
        uscc=draft.uscc,
        enterprise=_name(workspace, draft.uscc),
        now=Answered(find_set(workspace, draft.set), draft.profile, draft.answers),
        last=_last_round(workspace, draft.uscc, draft.entity, before=None),
        draft=draft,
    )


def read_submission(workspace: Workspace, entity: str) -> Assessment:
    """Read the current version of a submission.

    Raises:
        UserError: `submission.not_found`, `draft.set_missing`.
    """
    found = load_submission(workspace.store, entity)
    if found is None:
        raise UserError("submission.not_found", entity=entity)
    item = found.item
    return Assessment(
        entity=entity,
        campaign=item.campaign,
        uscc=item.uscc,
        enterprise=_name(workspace, item.uscc),
        now=Answered(find_set(workspace, found.set), found.profile, found.answers),
        last=_last_round(workspace, item.uscc, entity, before=item.at),
        item=item,
        reviews=tuple(reviews_of(workspace.store, RecordId(item.record))),
    )


def reopen_or_continue(workspace: Workspace, entity: str) -> ops_drafts.DraftChange:
    """Open a draft that will replace a submission: the one that stands open already, or a copy of what was signed.

    Raises:
        UserError: `submission.not_found`, `draft.set_missing`.
    """
    standing = list_drafts(workspace.store, entity=entity, state=DraftState.OPEN)
    if standing:
        campaign, uscc, round_ = entity.split("/")
        return ops_drafts.open_draft(workspace, uscc, round_=round_, campaign=campaign)
    return ops_drafts.reopen(workspace, entity)


def _name(workspace: Workspace, uscc: str) -> str:
    row = load_enterprise(workspace.store, uscc)
    return row.name if row else uscc


def _last_round(workspace: Workspace, uscc: str, entity: str, before: int | None) -> Answered | None:
    for item in list_submissions(workspace.store, uscc):
        if item.entity == entity or (before is not None and item.at > before):
            continue
        found = load_submission(workspace.store, item.entity)
        return None if found is None else _answered(workspace, found.set, found.profile, found.answers)
    return None


def _answered(
    workspace: Workspace, reference: SetReference, profile: Mapping[str, Any], answers: Answers
) -> Answered | None:
    indicator_set = workspace.indicator_set(reference.id, reference.version, reference.sha256)
    return None if indicator_set is None else Answered(indicator_set, profile, answers)
