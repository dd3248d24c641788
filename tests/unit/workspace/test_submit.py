"""Completing: what blocks, what wants a reason, what is signed, what it replaces."""

from decimal import Decimal
from pathlib import Path

import pytest

from support.authorities import Region
from support.workspaces import COUNTY, FixedClock, full_answers, submit_for, trust_people
from zgsz_desktop.engine import ops
from zgsz_desktop.engine.drafts import Draft, DraftState
from zgsz_desktop.engine.errors import AppError, UntrustedError, UserError
from zgsz_desktop.engine.identity.keys import Signer
from zgsz_desktop.engine.model import Uscc
from zgsz_desktop.engine.store.submissions import heads_of, load_submission, record_body
from zgsz_desktop.engine.workspace import Workspace


def answered(workspace: Workspace, code: str, **changed) -> Draft:
    draft = ops.open_draft(workspace, code, fresh=True).draft
    answers = full_answers() | {name.replace("_", ".", 1): given for name, given in changed.items()}
    return ops.answer_many(workspace, draft.id, answers).draft


def refused(workspace: Workspace, signer: Signer, draft: Draft, **options) -> AppError:
    """Submit in vain: the draft is as it was, and no record was written."""
    before = (ops.find_draft(workspace, draft.id), workspace.store.first("SELECT count(*) FROM record"))
    with pytest.raises(AppError) as error:
        ops.submit(workspace, signer, draft.id, **options)
    assert before == (ops.find_draft(workspace, draft.id), workspace.store.first("SELECT count(*) FROM record"))
    return error.value


def test_body_is_what_was_answered_and_seen(
    workspace: Workspace, codes: list[Uscc], liaison: Signer, clock: FixedClock
):
    draft = answered(workspace, codes[0])
    clock.advance(minutes=40)
    done = ops.submit(workspace, liaison, draft.id, respondent=" 王芳 ")
    body = record_body(workspace.store, done.record)
    assert body["set"] == draft.set.to_json()
    assert (body["profile"], body["answers"], body["respondent"]) == (draft.profile, full_answers(), "王芳")
    assert body["result"]["frameworks"]["sme2024"]["grade"] == done.result.grade
    assert (body["begun"], body["finished"]) == ("2024-07-01T09:30:00+08:00", "2024-07-01T10:10:00+08:00")
    assert ops.find_draft(workspace, draft.id).submitted == done.record


def test_submission_is_scored_again_and_agrees(workspace: Workspace, codes: list[Uscc], liaison: Signer):
    done = submit_for(workspace, liaison, codes[0])
    found = load_submission(workspace.store, done.entity)
    assert found is not None
    assert (found.item.grade, found.item.own, found.item.author.name) == (done.result.grade, True, liaison.holder.name)
    assert "score_mismatch" not in found.item.flags
    assert Decimal(str(found.item.total)) == done.result.frameworks["sme2024"].total


def test_unanswered_required_questions_block(workspace: Workspace, codes: list[Uscc], liaison: Signer):
    draft = ops.open_draft(workspace, codes[0]).draft
    ops.answer_many(workspace, draft.id, full_answers(leave_out=["sme.q03", "sme.s07"]))
    error = refused(workspace, liaison, ops.find_draft(workspace, draft.id))
    assert error.code == "submission.incomplete"
    assert error.context["questions"] == ["sme.q03", "sme.s07"]


def test_contradictions_block(workspace: Workspace, codes: list[Uscc], liaison: Signer):
    draft = answered(workspace, codes[0], sme_q05={"choice": ["A"]}, sme_s01={"choice": ["3"]})
    assert refused(workspace, liaison, draft).code == "submission.contradicts"


def test_warning_wants_a_reason_that_travels(workspace: Workspace, codes: list[Uscc], liaison: Signer):
    draft = answered(workspace, codes[0], sme_q11={"choice": ["E"]})
    error = refused(workspace, liaison, draft, reasons={"sme.invest-high": "  "})
    assert (error.code, error.context["checks"]) == ("submission.reasons_missing", ["sme.invest-high"])
    done = ops.submit(workspace, liaison, draft.id, reasons={"sme.invest-high": "整线搬迁", "other": "x"})
    assert record_body(workspace.store, done.record)["reasons"] == {"sme.invest-high": "整线搬迁"}


def test_reason_of_the_draft_serves_as_well(workspace: Workspace, codes: list[Uscc], liaison: Signer):
    draft = answered(workspace, codes[0], sme_q11={"choice": ["E"]})
    assert [finding.id for finding in ops.look_over(workspace, draft.id).warnings] == ["sme.invest-high"]
    ops.write_reason(workspace, draft.id, "sme.invest-high", "整线搬迁")
    assert ops.submit(workspace, liaison, draft.id).record


def test_correction_replaces_the_own_earlier_submission(workspace: Workspace, codes: list[Uscc], liaison: Signer):
    first = submit_for(workspace, liaison, codes[0])
    second = submit_for(workspace, liaison, codes[0], sme_q05={"choice": ["C"]})
    assert heads_of(workspace.store, "submission", first.entity) == (second.record,)


def test_own_submission_that_came_meanwhile_is_replaced_without_asking(
    workspace: Workspace, codes: list[Uscc], liaison: Signer
):
    early = answered(workspace, codes[0], sme_q05={"choice": ["C"]})
    submit_for(workspace, liaison, codes[0])
    done = ops.submit(workspace, liaison, early.id)
    assert heads_of(workspace.store, "submission", early.entity) == (done.record,)


def test_versions_of_others_that_came_meanwhile_are_shown_first(
    workspace: Workspace, codes: list[Uscc], liaison: Signer, region: Region
):
    other = region.liaison(COUNTY, "b2")
    trust_people(workspace, region)
    draft = answered(workspace, codes[0])
    theirs = submit_for(workspace, other, codes[0], sme_q05={"choice": ["C"]})
    error = refused(workspace, liaison, draft)
    assert (error.code, error.context["records"]) == ("submission.new_versions", [theirs.record])
    assert "张三" in error.message
    ops.submit(workspace, liaison, draft.id, looked_at=[theirs.record])
    # Signed, and yet a conflict: one liaison never silently replaces another's work (records-and-merge.md 3).
    assert len(heads_of(workspace.store, "submission", draft.entity)) == 2


def test_wrong_clock_stops_before_anything_is_signed(
    workspace: Workspace, codes: list[Uscc], liaison: Signer, clock: FixedClock
):
    draft = answered(workspace, codes[0])
    clock.advance(days=365 * 20)
    error = refused(workspace, liaison, draft)
    assert error.code == "identity.clock_outside"
    assert isinstance(error, UserError)


def test_liaison_of_another_county_may_not_submit(workspace: Workspace, codes: list[Uscc], region: Region):
    stranger = region.liaison("450102")
    trust_people(workspace, region)
    error = refused(workspace, stranger, answered(workspace, codes[0]))
    assert isinstance(error, UntrustedError)


def test_clerk_may_only_replace(workspace: Workspace, codes: list[Uscc], liaison: Signer, clerk: Signer):
    draft = answered(workspace, codes[0])
    assert refused(workspace, clerk, draft).code == "record.wrong_author"
    done = submit_for(workspace, liaison, codes[0])
    again = ops.reopen(workspace, done.entity).draft
    corrected = ops.answer(workspace, again.id, "sme.q05", {"choice": ["C"]}).draft
    ops.submit(workspace, clerk, corrected.id)
    assert len(heads_of(workspace.store, "submission", done.entity)) == 1


def test_what_the_disk_garbles_is_noticed_before_it_counts(workspace: Workspace, codes: list[Uscc], liaison: Signer):
    draft = answered(workspace, codes[0])
    workspace.store.connection.execute(
        "CREATE TRIGGER garble AFTER INSERT ON record_payload BEGIN"
        " UPDATE record_payload SET payload = zeroblob(5) WHERE no = new.no; END"
    )
    assert refused(workspace, liaison, draft).code == "store.read_back"


def test_full_disk_keeps_the_draft(workspace: Workspace, codes: list[Uscc], liaison: Signer):
    draft = answered(workspace, codes[0])
    pages = workspace.store.first("PRAGMA page_count")[0]
    workspace.store.connection.execute(f"PRAGMA max_page_count = {pages}")
    assert refused(workspace, liaison, draft).code == "store.disk_full"


def test_signed_submission_survives_a_restart(workspace: Workspace, codes: list[Uscc], liaison: Signer, tmp_path: Path):
    done = submit_for(workspace, liaison, codes[0])
    again = Workspace.open(workspace.folder, resources=workspace.resources, clock=workspace.clock, read_only=True)
    found = load_submission(again.store, done.entity)
    assert found is not None
    assert found.answers == full_answers()
    again.close()


def test_draft_remembers_what_it_became(workspace: Workspace, codes: list[Uscc], liaison: Signer):
    draft = answered(workspace, codes[0])
    done = ops.submit(workspace, liaison, draft.id)
    kept = ops.find_draft(workspace, draft.id)
    assert (kept.state, kept.submitted) == (DraftState.SIGNED, done.record)
    assert done.changes.records == (done.record,)
