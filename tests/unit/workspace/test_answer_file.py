"""Many answers at once: all or none, every finding together."""

import pytest

from zgsz_desktop.engine import ops
from zgsz_desktop.engine.drafts import Draft
from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.model import Uscc
from zgsz_desktop.engine.workspace import Workspace


@pytest.fixture
def draft(workspace: Workspace, codes: list[Uscc]) -> Draft:
    return ops.open_draft(workspace, codes[0]).draft


def test_one_act_for_the_whole_file(workspace: Workspace, draft: Draft):
    done = ops.answer_many(
        workspace, draft.id, {"sme.q05": {"choice": ["C"]}, "sme.s01": {"choice": ["2"]}}, {"employees": 12}
    )
    assert done.draft.answered == 2
    assert done.draft.profile["employees"] == 12
    undone = ops.undo(workspace, draft.id).draft
    assert (undone.answers, undone.profile) == ({}, draft.profile)


def test_all_findings_at_once_and_nothing_kept(workspace: Workspace, draft: Draft):
    wrong = {"sme.q05": {"choice": ["Z"]}, "sme.q01": "A", "sme.s01": {"choice": ["2"]}, "sme.s02": {"choice": ["9"]}}
    with pytest.raises(UserError) as error:
        ops.answer_many(workspace, draft.id, wrong, {"employees": "many"})
    assert error.value.code == "draft.answers_refused"
    assert len(error.value.context["findings"]) == 4
    assert ops.find_draft(workspace, draft.id) == draft


def test_unknown_questions_are_kept(workspace: Workspace, draft: Draft):
    done = ops.answer_many(workspace, draft.id, {"sme.q99": {"choice": ["A"]}})
    assert done.draft.answers == {"sme.q99": {"choice": ["A"]}}
    assert done.draft.answered == 0


def test_one_quantity_with_two_values_is_refused(workspace: Workspace, draft: Draft):
    wrong = {"sme.q02": {"inputs": {"equip_total": 100}}, "sme.q03": {"inputs": {"equip_total": 90}}}
    with pytest.raises(UserError) as error:
        ops.answer_many(workspace, draft.id, wrong)
    assert error.value.code == "draft.answers_refused"
    assert "填得不一样" in error.value.context["findings"][0]


def test_file_replaces_numbers_that_only_fit_together(workspace: Workspace, draft: Draft):
    """No order of the answers one by one would do: 80 of 50 is impossible."""
    ops.answer(workspace, draft.id, "sme.q03", {"inputs": {"equip_total": 100, "equip_online": 80}})
    done = ops.answer_many(
        workspace,
        draft.id,
        {
            "sme.q02": {"inputs": {"equip_total": 50, "equip_digital": 45}},
            "sme.q03": {"inputs": {"equip_total": 50, "equip_online": 30}},
        },
    )
    assert done.draft.answers["sme.q03"]["inputs"] == {"equip_total": 50, "equip_online": 30}


def test_numbers_of_the_file_reach_questions_that_it_leaves_out(workspace: Workspace, draft: Draft):
    done = ops.answer_many(workspace, draft.id, {"sme.q02": {"inputs": {"equip_total": 50, "equip_digital": 45}}})
    assert done.draft.answers["sme.q03"] == {"inputs": {"equip_total": 50}}
