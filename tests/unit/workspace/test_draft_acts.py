"""Acts on a draft: committed one by one, undone, redone, discarded, brought back."""

from decimal import Decimal

import pytest

from support.workspaces import FixedClock, full_answers, submit_for
from zgsz_desktop.engine import ops
from zgsz_desktop.engine.changes import Area, Changes
from zgsz_desktop.engine.drafts import Draft, DraftState
from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.identity.keys import Signer
from zgsz_desktop.engine.model import Uscc
from zgsz_desktop.engine.store.drafts import history_of, list_drafts
from zgsz_desktop.engine.workspace import Workspace

Q05, Q02, Q03 = "sme.q05", "sme.q02", "sme.q03"


@pytest.fixture
def draft(workspace: Workspace, codes: list[Uscc]) -> Draft:
    return ops.open_draft(workspace, codes[0]).draft


def reloaded(workspace: Workspace, draft: Draft) -> Draft:
    """What a new start of the program would see."""
    again = Workspace.open(workspace.folder, resources=workspace.resources, clock=workspace.clock)
    found = ops.find_draft(again, draft.id)
    again.close()
    return found


def refused(code: str, act, *arguments, **options) -> UserError:
    with pytest.raises(UserError) as error:
        act(*arguments, **options)
    assert error.value.code == code
    return error.value


def test_profile_comes_from_the_enterprise(draft: Draft):
    assert draft.profile == {
        "employees": 320, "revenue": Decimal("25000.5"), "industry": "C3411", "process_type": "discrete", "size": "中型",
    }  # fmt: skip
    assert (draft.answered, draft.applicable) == (0, 31)


def test_unknown_enterprise(workspace: Workspace):
    refused("enterprise.not_found", ops.open_draft, workspace, "91450103000000019G")


def test_answer_is_committed_at_once(workspace: Workspace, draft: Draft):
    done = ops.answer(workspace, draft.id, Q05, {"choice": ["C"]})
    assert done.questions == (Q05,)
    assert done.changes == Changes(Area.DRAFTS, frozenset({draft.uscc}), frozenset({draft.id}))
    assert reloaded(workspace, draft) == done.draft
    assert (done.draft.answered, done.draft.applicable, done.draft.can_undo) == (1, 31, True)


def test_opening_again_goes_on_where_it_was(workspace: Workspace, draft: Draft, clock: FixedClock):
    ops.answer(workspace, draft.id, Q05, {"choice": ["C"]})
    ops.set_position(workspace, draft.id, "sme.q07")
    clock.advance(days=3)
    again = ops.open_draft(workspace, draft.uscc)
    assert (again.draft.id, again.draft.position) == (draft.id, "sme.q07")
    assert again.draft.answers == {Q05: {"choice": ["C"]}}
    assert again.changes == Changes()


def test_several_drafts_of_one_assessment(workspace: Workspace, draft: Draft, clock: FixedClock):
    clock.advance(minutes=1)
    second = ops.open_draft(workspace, draft.uscc, fresh=True).draft
    assert second.id != draft.id
    assert [head.id for head in list_drafts(workspace.store, entity=draft.entity)] == [second.id, draft.id]
    assert ops.open_draft(workspace, draft.uscc).draft.id == second.id


def test_wrong_answers_are_refused_and_nothing_changes(workspace: Workspace, draft: Draft):
    refused("answer.unknown_option", ops.answer, workspace, draft.id, Q05, {"choice": ["Z"]})
    refused("answer.one_choice", ops.answer, workspace, draft.id, Q05, {"choice": ["A", "B"]})
    refused("answer.na_not_allowed", ops.mark_not_applicable, workspace, draft.id, Q05)
    refused("draft.no_question", ops.answer, workspace, draft.id, "sme.q99", {"choice": ["A"]})
    refused("draft.bad_value", ops.answer, workspace, draft.id, Q05, {"choice": ["A"], "x": float("nan")})
    refused("draft.bad_value", ops.answer, workspace, draft.id, Q05, {"note": "\ud800"})
    refused("answer.profile", ops.set_profile, workspace, draft.id, {"employees": -1})
    assert ops.find_draft(workspace, draft.id) == draft


def test_same_answer_again_is_no_act(workspace: Workspace, draft: Draft):
    ops.answer(workspace, draft.id, Q05, {"choice": ["C"]})
    assert ops.answer(workspace, draft.id, Q05, {"choice": ["C"]}).changes == Changes()
    assert len(history_of(workspace.store, draft.id, Q05)) == 1


def test_shared_number_reaches_the_other_questions_in_one_step(workspace: Workspace, draft: Draft):
    ops.answer(workspace, draft.id, Q03, {"inputs": {"equip_total": 100, "equip_online": 20}})
    done = ops.answer(workspace, draft.id, Q02, {"inputs": {"equip_total": 120, "equip_digital": 45}})
    assert set(done.questions) == {Q02, Q03}
    assert done.draft.answers[Q03] == {"inputs": {"equip_total": 120, "equip_online": 20}}
    undone = ops.undo(workspace, draft.id)
    assert undone.draft.answers[Q03]["inputs"]["equip_total"] == 100
    assert undone.draft.answers[Q02] == {"inputs": {"equip_total": 100}}


def test_shared_number_does_not_overrule_a_choice(workspace: Workspace, draft: Draft):
    ops.answer(workspace, draft.id, Q03, {"choice": ["B"]})
    done = ops.answer(workspace, draft.id, Q02, {"inputs": {"equip_total": 120, "equip_digital": 45}})
    assert done.draft.answers[Q03] == {"choice": ["B"]}


def test_shared_number_that_another_answer_cannot_have_is_refused(workspace: Workspace, draft: Draft):
    ops.answer(workspace, draft.id, Q03, {"inputs": {"equip_total": 100, "equip_online": 80}})
    refused("answer.ratio_above_max", ops.answer, workspace, draft.id, Q02, {"inputs": {"equip_total": 50}})
    assert ops.find_draft(workspace, draft.id).answers[Q03]["inputs"]["equip_total"] == 100


def test_emptied_number(workspace: Workspace, draft: Draft):
    ops.answer(workspace, draft.id, Q02, {"inputs": {"equip_total": 100, "equip_digital": 45}})
    done = ops.answer(workspace, draft.id, Q02, {"inputs": {"equip_total": 100, "equip_digital": None}})
    assert done.draft.answers[Q02] == {"inputs": {"equip_total": 100}}
    assert done.draft.answered == 0


def test_note_and_doubt_outlive_a_new_answer_and_clearing(workspace: Workspace, draft: Draft):
    ops.write_note(workspace, draft.id, Q05, "问过财务")
    ops.mark_doubtful(workspace, draft.id, Q05, doubtful=True)
    done = ops.answer(workspace, draft.id, Q05, {"choice": ["C"]})
    assert done.draft.answers[Q05] == {"choice": ["C"], "note": "问过财务", "doubtful": True}
    cleared = ops.clear_answer(workspace, draft.id, Q05)
    assert cleared.draft.answers[Q05] == {"note": "问过财务", "doubtful": True}
    ops.write_note(workspace, draft.id, Q05, "")
    assert ops.mark_doubtful(workspace, draft.id, Q05, doubtful=False).draft.answers == {}


def test_not_applicable_counts_as_answered(workspace: Workspace, draft: Draft):
    done = ops.mark_not_applicable(workspace, draft.id, "sme.s03", "只做来料加工")
    assert done.draft.answers["sme.s03"] == {"na": True, "reason": "只做来料加工"}
    assert (done.draft.answered, done.draft.applicable) == (1, 31)


def test_undo_and_redo_survive_a_restart(workspace: Workspace, draft: Draft):
    ops.answer(workspace, draft.id, Q05, {"choice": ["C"]})
    ops.answer(workspace, draft.id, Q05, {"choice": ["D"]})
    again = Workspace.open(workspace.folder, resources=workspace.resources, clock=workspace.clock)
    assert ops.undo(again, draft.id).draft.answers == {Q05: {"choice": ["C"]}}
    again.close()
    empty = ops.undo(workspace, draft.id).draft
    assert (empty.answers, empty.can_undo, empty.can_redo) == ({}, False, True)
    assert ops.undo(workspace, draft.id).changes == Changes()
    ops.redo(workspace, draft.id)
    assert ops.redo(workspace, draft.id).draft.answers == {Q05: {"choice": ["D"]}}
    assert ops.redo(workspace, draft.id).changes == Changes()


def test_new_act_ends_redo_but_history_stays(workspace: Workspace, draft: Draft):
    ops.answer(workspace, draft.id, Q05, {"choice": ["C"]})
    ops.undo(workspace, draft.id)
    done = ops.answer(workspace, draft.id, Q05, {"choice": ["E"]})
    assert not done.draft.can_redo
    history = history_of(workspace.store, draft.id, Q05)
    assert [(entry.after["choice"], entry.standing) for entry in history] == [(["C"], False), (["E"], True)]


def test_profile_change_follows_the_size_and_can_be_undone(workspace: Workspace, draft: Draft):
    done = ops.set_profile(workspace, draft.id, {"employees": 1200, "revenue": 90000.5, "process_type": None})
    assert done.draft.profile["size"] == "大型"
    assert "process_type" not in done.draft.profile
    assert ops.undo(workspace, draft.id).draft.profile == draft.profile


def test_size_needs_both_numbers(workspace: Workspace, draft: Draft):
    assert "size" not in ops.set_profile(workspace, draft.id, {"revenue": None}).draft.profile


def test_reasons(workspace: Workspace, draft: Draft):
    assert ops.write_reason(workspace, draft.id, "sme.erp-claim", " 刚上线 ").draft.reasons == {
        "sme.erp-claim": "刚上线"
    }
    assert ops.write_reason(workspace, draft.id, "sme.erp-claim", "").draft.reasons == {}
    assert ops.undo(workspace, draft.id).draft.reasons == {"sme.erp-claim": "刚上线"}


def test_discarded_draft_can_be_brought_back(workspace: Workspace, draft: Draft):
    ops.answer(workspace, draft.id, Q05, {"choice": ["C"]})
    assert ops.discard_draft(workspace, draft.id).draft.state is DraftState.DISCARDED
    refused("draft.discarded", ops.answer, workspace, draft.id, Q05, {"choice": ["D"]})
    assert ops.open_draft(workspace, draft.uscc).draft.id != draft.id
    back = ops.restore_draft(workspace, draft.id).draft
    assert (back.state, back.answers) == (DraftState.OPEN, {Q05: {"choice": ["C"]}})


def test_signed_draft_stays_as_it_is(workspace: Workspace, draft: Draft, liaison: Signer):
    ops.answer_many(workspace, draft.id, full_answers())
    ops.submit(workspace, liaison, draft.id)
    for act in (ops.undo, ops.redo, ops.discard_draft, ops.restore_draft):
        refused("draft.signed", act, workspace, draft.id)
    refused("draft.signed", ops.answer, workspace, draft.id, Q05, {"choice": ["D"]})


def test_draft_that_does_not_exist(workspace: Workspace):
    refused("draft.not_found", ops.answer, workspace, "nothing", Q05, {"choice": ["D"]})


def test_last_round_is_at_hand(workspace: Workspace, codes: list[Uscc], liaison: Signer):
    submit_for(workspace, liaison, codes[0])
    followup = ops.open_draft(workspace, codes[0], round_="followup-1").draft
    last = ops.last_round(workspace, followup)
    assert last is not None
    assert (last.item.round, last.answers) == ("initial", full_answers())
    assert followup.answers == {}
    assert ops.last_round(workspace, ops.open_draft(workspace, codes[1]).draft) is None


def test_recheck_is_blind(workspace: Workspace, codes: list[Uscc], liaison: Signer):
    submit_for(workspace, liaison, codes[0])
    recheck = ops.open_draft(workspace, codes[0], round_="recheck-1").draft
    assert ops.last_round(workspace, recheck) is None
    ops.answer_many(workspace, recheck.id, full_answers())
    ops.submit(workspace, liaison, recheck.id)
    last = ops.last_round(workspace, ops.open_draft(workspace, codes[0], round_="followup-1").draft)
    assert last is not None
    assert last.item.round == "initial"


def test_draft_that_contradicts_itself_can_still_be_mended(workspace: Workspace, draft: Draft):
    """From a hand in the file, or a program of old: two values of one quantity."""
    ops.answer(workspace, draft.id, Q05, {"choice": ["C"]})
    for question, text in (
        (Q02, '{"inputs":{"equip_digital":5,"equip_total":50}}'),
        (Q03, '{"inputs":{"equip_online":6,"equip_total":60}}'),
    ):
        workspace.store.connection.execute("INSERT INTO draft_answer VALUES (?, ?, ?)", (draft.id, question, text))
    kept = ops.answer(workspace, draft.id, Q05, {"choice": ["D"]}).draft
    assert (kept.answered, kept.applicable) == (1, 31)
    mended = ops.answer(workspace, draft.id, Q02, {"inputs": {"equip_digital": 5, "equip_total": 60}}).draft
    assert (mended.answered, mended.applicable) == (3, 31)


def test_reopening_keeps_the_reasons(workspace: Workspace, codes: list[Uscc], liaison: Signer):
    draft = ops.open_draft(workspace, codes[0]).draft
    ops.answer_many(workspace, draft.id, full_answers() | {"sme.q11": {"choice": ["E"]}})
    done = ops.submit(workspace, liaison, draft.id, reasons={"sme.invest-high": "整线搬迁"})
    assert ops.reopen(workspace, done.entity).draft.reasons == {"sme.invest-high": "整线搬迁"}


def test_reopening_copies_the_submission(workspace: Workspace, codes: list[Uscc], liaison: Signer):
    done = submit_for(workspace, liaison, codes[0])
    again = ops.reopen(workspace, done.entity).draft
    assert again.answers == full_answers()
    assert again.opened_heads == (done.record,)
    assert (again.state, again.answered, again.can_undo) == (DraftState.OPEN, 31, False)


def test_reopening_nothing(workspace: Workspace):
    refused("submission.not_found", ops.reopen, workspace, "2024/91450103000000019G/initial")
