"""What a bureau or a liaison says in signed records: enterprises, assignments, reviews, campaigns.

Each function is one act, one transaction; what changes nothing writes nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zgsz_desktop.engine.authoring import NewRecord, Written, write_record, write_records
from zgsz_desktop.engine.changes import Area, Changes
from zgsz_desktop.engine.drafts import SetReference, plain
from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.indicators.definition import IndicatorSet
from zgsz_desktop.engine.model import DivisionCode, Uscc, level_of
from zgsz_desktop.engine.records.envelope import Sealer
from zgsz_desktop.engine.reference.credit_code import check_credit_code
from zgsz_desktop.engine.store.enterprises import EnterpriseRow, find_enterprises, load_enterprise
from zgsz_desktop.engine.store.settings import Setting, write_setting
from zgsz_desktop.engine.store.submissions import current_record, load_submission, record_body
from zgsz_desktop.engine.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ReviewDecision:
    """What a bureau decides on a submission.

    Attributes:
        questions: ids of the questions that a return is about.
    """

    accepted: bool
    reason: str = ""
    questions: tuple[str, ...] = ()


def save_enterprise(
    workspace: Workspace,
    sealer: Sealer,
    uscc: str,
    given: Mapping[str, Any],
    division: str | None = None,
    *,
    settle: bool = False,
) -> Written:
    """Create an enterprise, or change members of its file (None takes one away); a former name is remembered.

    Of several current files only the one shown is replaced, so that a conflict stays visible; `settle` replaces all.

    Raises:
        UserError: `enterprise.no_division`, `credit_code.*`, `draft.bad_value`, and as `authoring.write_record`.
        PackageError: the signer may not write this.
    """
    code = check_credit_code(uscc)
    if code.errors:
        raise UserError(code.errors[0].code, **dict(code.errors[0].context))
    with workspace.store.transaction():
        present = load_enterprise(workspace.store, uscc)
        county = division or (present.division if present is not None else None)
        if county is None:
            raise UserError("enterprise.no_division", uscc=uscc)
        new = changed_enterprise(present, Uscc(uscc), DivisionCode(county), plain(dict(given)), settle=settle)
        return Written((), Changes()) if new is None else write_record(workspace, sealer, new)


def changed_enterprise(
    present: EnterpriseRow | None,
    uscc: Uscc,
    division: DivisionCode,
    given: Mapping[str, Any],
    *,
    settle: bool = False,
) -> NewRecord | None:
    """Plan the record that brings an enterprise's file to what is given; None where it is so already."""
    before = {} if present is None else present.body
    body = {key: value for key, value in (before | dict(given)).items() if value is not None}
    if present is not None and body.get("name") != present.name:
        names = [*body.get("former_names", ()), present.name]
        body["former_names"] = [name for name in dict.fromkeys(names) if name != body.get("name")]
    if present is not None and body == before and present.division == division and not settle:
        return None
    supersedes = (present.record,) if present is not None and not settle else None
    return NewRecord("enterprise", uscc, body, division, supersedes)


def assign(
    workspace: Workspace,
    sealer: Sealer,
    enterprises: Iterable[str],
    liaison: str | None,
    *,
    due: str | None = None,
    campaign: str | None = None,
) -> Written:
    """Give enterprises to one liaison (一企一联系人), named by certificate (`liaison-a7.450102`); None takes them back.

    Raises:
        UserError: `enterprise.not_found`, `record.own_malformed`, and as `authoring.write_records`.
        PackageError: the signer may not write this.
    """
    campaign = campaign or workspace.campaign()
    body = None if liaison is None else {"liaison": liaison} | ({"due": due} if due else {})
    new = []
    with workspace.store.transaction():
        for uscc in enterprises:
            enterprise = load_enterprise(workspace.store, uscc)
            if enterprise is None:
                raise UserError("enterprise.not_found", text=uscc)
            entity = f"{campaign}/{uscc}"
            present = current_record(workspace.store, "assignment", entity)
            if (None if present is None else record_body(workspace.store, present)) != body:
                new.append(NewRecord("assignment", entity, body, enterprise.division))
        return write_records(workspace, sealer, new) if new else Written((), Changes())


def review(workspace: Workspace, sealer: Sealer, entity: str, record: str, decision: ReviewDecision) -> Written:
    """Accept a submission or return it, at the signer's level; `record` is the version that was looked at.

    Raises:
        UserError: `submission.not_found`, `review.reason_missing`, `review.newer_version` (it was changed
            meanwhile), and as `authoring.write_record`.
        PackageError: the signer may not write this.
    """
    if not decision.accepted and not decision.reason.strip():
        raise UserError("review.reason_missing")
    with workspace.store.transaction():
        submission = load_submission(workspace.store, entity)
        if submission is None:
            raise UserError("submission.not_found", entity=entity)
        if submission.item.record != record:
            raise UserError("review.newer_version", entity=entity)
        body: dict[str, Any] = {"decision": "accept" if decision.accepted else "return"}
        if decision.reason.strip():
            body["reason"] = decision.reason.strip()
        if decision.questions:
            body["questions"] = list(decision.questions)
        name = f"{record}/{level_of(sealer.holder.scope)}"
        written = write_record(workspace, sealer, NewRecord("review", name, body, submission.item.division))
    touched = Changes(Area.SUBMISSIONS, frozenset({submission.item.uscc}))
    return Written(written.ids, written.changes | touched)


def publish_campaign(
    workspace: Workspace,
    sealer: Sealer,
    campaign: str,
    *,
    title: str,
    indicator_set: IndicatorSet,
    more: Mapping[str, Any] | None = None,
) -> Written:
    """Order a campaign (批次) with its indicator set; `more`: opens, closes, scope, state.

    Raises:
        UserError: `record.own_malformed`, and as `authoring.write_records`.
        PackageError: the signer may not write this.
    """
    body = {**(more or {}), "title": title, "set": SetReference.of(indicator_set).to_json()}
    division = sealer.holder.scope
    new = [NewRecord("campaign", campaign, plain(body), division)]
    if indicator_set.sha256 not in {shipped.sha256 for shipped in workspace.shipped_sets.values()}:
        new.insert(0, NewRecord("indicator_set", indicator_set.name, indicator_set.body, division))
    return write_records(workspace, sealer, new)


def choose_campaign(workspace: Workspace, campaign: str) -> Changes:
    """Choose the campaign that this workspace works on; local, nothing is signed."""
    with workspace.store.transaction() as connection:
        write_setting(connection, Setting.CAMPAIGN, campaign)
    return Changes(Area.SETTINGS | Area.RECORDS)


def rename_workspace(workspace: Workspace, title: str) -> Changes:
    """Choose what the window calls this workspace; local, nothing is signed."""
    with workspace.store.transaction() as connection:
        write_setting(connection, Setting.TITLE, title.strip())
    return Changes(Area.SETTINGS)


def find_enterprise(workspace: Workspace, text: str) -> EnterpriseRow:
    """Find the one enterprise that somebody means by a code, a name or a part of them.

    Raises:
        UserError: `enterprise.not_found`, `enterprise.ambiguous`.
    """
    found: Sequence[EnterpriseRow] = find_enterprises(workspace.store, text)
    if not found:
        raise UserError("enterprise.not_found", text=text)
    if len(found) > 1:
        names = "、".join(row.name for row in found[:3])
        raise UserError("enterprise.ambiguous", text=text, names=names, codes=[row.uscc for row in found])
    return found[0]
