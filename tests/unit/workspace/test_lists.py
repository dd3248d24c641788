"""What the pages ask: the list of enterprises with their states, search, counts, conflicts."""

import pytest

from support.authorities import Region
from support.workspaces import COUNTY, add_enterprises, submit_for, trust_people
from zgsz_desktop.engine import ops
from zgsz_desktop.engine.authoring import NewRecord, write_record
from zgsz_desktop.engine.identity.keys import Signer
from zgsz_desktop.engine.model import DivisionCode, Uscc
from zgsz_desktop.engine.ops import ReviewDecision
from zgsz_desktop.engine.store.enterprise_list import (
    STATE_TITLES,
    Coverage,
    EnterpriseFilter,
    EnterpriseState,
    coverage_by_county,
    enterprise_item,
    list_enterprises,
    summarise_enterprises,
)
from zgsz_desktop.engine.store.enterprises import find_enterprises, load_enterprise
from zgsz_desktop.engine.store.settings import mark_exported
from zgsz_desktop.engine.store.submissions import list_conflicts, list_submissions, load_submission, record_body
from zgsz_desktop.engine.workspace import Workspace

TODAY = "2024-07-01"


def found(workspace: Workspace, **wanted) -> list[Uscc]:
    return [item.uscc for item in list_enterprises(workspace.store, "2024", EnterpriseFilter(**wanted))]


def state(workspace: Workspace, code: str) -> EnterpriseState:
    return enterprise_item(workspace.store, "2024", code).state


def test_every_state_in_turn(workspace: Workspace, codes: list[Uscc], clerk: Signer, liaison: Signer):
    code = codes[0]
    seen = [state(workspace, code)]
    draft = ops.open_draft(workspace, code).draft
    seen.append(state(workspace, code))
    ops.discard_draft(workspace, draft.id)
    done = submit_for(workspace, liaison, code)
    seen.append(state(workspace, code))
    with workspace.store.transaction() as connection:
        mark_exported(connection)
    seen.append(state(workspace, code))
    for accepted in (False, True):
        ops.review(workspace, clerk, done.entity, done.record, ReviewDecision(accepted, "原因"))
        seen.append(state(workspace, code))
    assert [STATE_TITLES[one] for one in seen] == ["未开始", "填写中", "已签名（待交）", "已交", "被退回", "已通过"]


def test_line_of_a_submission(workspace: Workspace, codes: list[Uscc], liaison: Signer):
    done = submit_for(workspace, liaison, codes[0])
    item = enterprise_item(workspace.store, "2024", codes[0])
    assert (item.submission, item.record, item.grade) == (done.entity, done.record, done.result.grade)
    assert item.total_number == done.result.frameworks["sme2024"].total
    assert enterprise_item(workspace.store, "2024", codes[1]).total_number is None
    assert enterprise_item(workspace.store, "2024", "nobody") is None


def test_progress_of_a_draft(workspace: Workspace, codes: list[Uscc]):
    draft = ops.open_draft(workspace, codes[0]).draft
    ops.answer(workspace, draft.id, "sme.q05", {"choice": ["C"]})
    item = enterprise_item(workspace.store, "2024", codes[0])
    assert (item.draft, item.answered, item.applicable) == (draft.id, 1, 31)


def test_other_campaigns_do_not_show(workspace: Workspace, codes: list[Uscc], liaison: Signer):
    submit_for(workspace, liaison, codes[0])
    assert enterprise_item(workspace.store, "2025", codes[0]).state is EnterpriseState.NOT_STARTED


def test_recheck_never_stands_for_the_submission(workspace: Workspace, codes: list[Uscc], liaison: Signer):
    done = submit_for(workspace, liaison, codes[0])
    body = record_body(workspace.store, done.record)
    recheck = NewRecord("submission", f"2024/{codes[0]}/recheck-1", body, DivisionCode(COUNTY))
    write_record(workspace, liaison, recheck)
    assert enterprise_item(workspace.store, "2024", codes[0]).submission == done.entity
    assert {item.round for item in list_submissions(workspace.store, codes[0])} == {"initial", "recheck-1"}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("绿城", [0]),
        ("lvcheng", [0]),
        ("gxlc", [0]),
        ("LZCQ", [2]),
        ("chongqing", [2]),
        ("有限公司", [0, 1]),
        ("公司 壮美", [1]),
        ("0000002", [1]),
        ("9145", [0, 1, 2]),
        ("100%", []),
        ("_", []),
        ("", [0, 1, 2]),
    ],
)
def test_search(workspace: Workspace, codes: list[Uscc], text: str, numbers: list[int]):
    assert found(workspace, text=text) == [codes[number] for number in numbers]


def test_former_names_are_found(workspace: Workspace, codes: list[Uscc], clerk: Signer):
    ops.save_enterprise(workspace, clerk, codes[0], {"name": "邕江机械厂"})
    assert found(workspace, text="lvcheng") == [codes[0]]


def test_exact_code_or_name_wins_over_parts(workspace: Workspace, codes: list[Uscc], clerk: Signer):
    ops.save_enterprise(workspace, clerk, codes[2], {"name": "绿城"})
    assert [row.uscc for row in find_enterprises(workspace.store, "绿城")] == [codes[2]]


def test_filters(workspace: Workspace, codes: list[Uscc], clerk: Signer, liaison: Signer):
    ops.assign(workspace, clerk, codes[:1], liaison.holder.name)
    submit_for(workspace, liaison, codes[1])
    assert found(workspace, liaison=liaison.holder.name) == [codes[0]]
    assert found(workspace, unassigned=True) == [*codes[2:], codes[1]]
    assert found(workspace, states=frozenset({EnterpriseState.SIGNED})) == [codes[1]]
    assert found(workspace, grade_from=1) == [codes[1]]
    assert found(workspace, grade_from=9) == []
    assert found(workspace, conflicts=True) == []


def test_scope(workspace: Workspace, codes: list[Uscc], region: Region):
    other = region.clerk("450206")
    trust_people(workspace, region)
    foreign = add_enterprises(workspace, other, 1, "450206")
    assert found(workspace, scope=COUNTY) == found(workspace, scope="450100") == codes
    assert found(workspace, scope="450200") == foreign
    assert len(found(workspace, scope="450000")) == 4


def test_returned_come_first_then_what_is_due(workspace: Workspace, codes: list[Uscc], clerk: Signer, liaison: Signer):
    ops.assign(workspace, clerk, codes[1:2], liaison.holder.name, due="2024-09-30")
    done = submit_for(workspace, liaison, codes[2])
    ops.review(workspace, clerk, done.entity, done.record, ReviewDecision(accepted=False, reason="原因"))
    assert found(workspace) == [codes[2], codes[1], codes[0]]


def test_pages_of_the_list(workspace: Workspace, codes: list[Uscc]):
    pages = [list_enterprises(workspace.store, "2024", limit=2, offset=start) for start in (0, 2, 4)]
    assert [[item.uscc for item in page] for page in pages] == [codes[:2], codes[2:], []]


def test_summary_adds_up(workspace: Workspace, codes: list[Uscc], clerk: Signer, liaison: Signer):
    ops.assign(workspace, clerk, codes[:2], liaison.holder.name, due="2024-06-30")
    submit_for(workspace, liaison, codes[0])
    summary = summarise_enterprises(workspace.store, "2024", TODAY)
    assert summary.total == sum(summary.states.values()) == 3
    assert (summary.states[EnterpriseState.SIGNED], summary.unassigned, summary.overdue) == (1, 1, 1)
    assert set(summary.states) == set(EnterpriseState)


def test_summary_of_nothing(workspace: Workspace):
    summary = summarise_enterprises(workspace.store, "2024", TODAY)
    assert (summary.total, summary.unassigned, summary.overdue, summary.conflicts, summary.grade_3_up) == (0,) * 5


def test_coverage(workspace: Workspace, codes: list[Uscc], clerk: Signer, liaison: Signer):
    done = submit_for(workspace, liaison, codes[0])
    ops.review(workspace, clerk, done.entity, done.record, ReviewDecision(accepted=True))
    assert coverage_by_county(workspace.store, "2024") == [Coverage(DivisionCode(COUNTY), 3, 1, 1, 0)]


def test_conflicts_are_listed_with_their_authors(
    workspace: Workspace, codes: list[Uscc], liaison: Signer, region: Region
):
    other = region.liaison(COUNTY, "b2")
    trust_people(workspace, region)
    first = submit_for(workspace, liaison, codes[0])
    second = submit_for(workspace, other, codes[0], sme_q05={"choice": ["C"]})
    [conflict] = list_conflicts(workspace.store)
    assert (conflict.kind, conflict.entity, conflict.uscc) == ("submission", first.entity, codes[0])
    assert conflict.enterprise == load_enterprise(workspace.store, codes[0]).name
    assert {head.record for head in conflict.heads} == {first.record, second.record}
    assert {head.author.name for head in conflict.heads} == {liaison.holder.name, other.holder.name}
    assert found(workspace, conflicts=True) == [codes[0]]
    assert summarise_enterprises(workspace.store, "2024", TODAY).conflicts == 1


def test_withdrawn_enterprise_leaves_the_list(workspace: Workspace, codes: list[Uscc], clerk: Signer):
    write_record(workspace, clerk, NewRecord("enterprise", codes[0], None, DivisionCode(COUNTY)))
    assert found(workspace) == codes[1:]
    assert load_submission(workspace.store, f"2024/{codes[0]}/initial") is None
