"""Signed records that a bureau makes: enterprises, assignments, reviews, campaigns."""

import pytest

from support.authorities import Region
from support.workspaces import COUNTY, submit_for, trust_people, uscc
from zgsz_desktop.engine import ops
from zgsz_desktop.engine.authoring import NewRecord, write_record, write_records
from zgsz_desktop.engine.changes import Area, Changes, joined
from zgsz_desktop.engine.errors import AppError
from zgsz_desktop.engine.identity.keys import Signer
from zgsz_desktop.engine.model import DivisionCode, Role, Uscc
from zgsz_desktop.engine.ops import ReviewDecision
from zgsz_desktop.engine.store.enterprise_list import EnterpriseState, enterprise_item
from zgsz_desktop.engine.store.enterprises import load_enterprise
from zgsz_desktop.engine.store.submissions import current_record, heads_of, record_body, reviews_of
from zgsz_desktop.engine.workspace import Workspace

RETURN = ReviewDecision(accepted=False, reason="设备台数不对", questions=("sme.q02",))


def refused(code: str, act, *arguments, **options) -> AppError:
    with pytest.raises(AppError) as error:
        act(*arguments, **options)
    assert error.value.code == code
    return error.value


def test_records_of_one_author_form_a_chain(workspace: Workspace, clerk: Signer, codes: list[Uscc]):
    ops.save_enterprise(workspace, clerk, codes[0], {"employees": 5})
    rows = workspace.store.query("SELECT seq, prev, id FROM record ORDER BY seq")
    assert [row[0] for row in rows] == [1, 2, 3, 4]
    assert [row[1] for row in rows[1:]] == [row[2] for row in rows[:-1]]
    assert rows[0][1] is None


def test_new_enterprise(workspace: Workspace, clerk: Signer):
    code = uscc(77)
    done = ops.save_enterprise(workspace, clerk, code, {"name": "邕江机械厂", "employees": 88}, COUNTY)
    assert done.changes == Changes(Area.ENTERPRISES, frozenset({code}), records=done.ids)
    row = load_enterprise(workspace.store, code)
    assert row is not None
    assert (row.name, row.division, row.employees, row.size) == ("邕江机械厂", COUNTY, 88, None)


def test_change_keeps_the_rest_and_remembers_the_former_name(workspace: Workspace, clerk: Signer, codes: list[Uscc]):
    before = load_enterprise(workspace.store, codes[0])
    ops.save_enterprise(workspace, clerk, codes[0], {"name": "新绿城公司", "process_type": None, "revenue": 100.25})
    row = load_enterprise(workspace.store, codes[0])
    assert (row.body["former_names"], row.contact, row.revenue) == ([before.name], "王芳", "100.25")
    assert "process_type" not in row.body
    assert "lvcheng" in row.search


def test_conflict_of_files_is_settled_only_on_purpose(workspace: Workspace, clerk: Signer, region: Region):
    second = region.enrol(Role.CLERK, COUNTY, "k2")
    trust_people(workspace, region)
    for signer, name in ((clerk, "甲厂"), (second, "乙厂")):
        new = NewRecord("enterprise", uscc(1), {"name": name}, DivisionCode(COUNTY), supersedes=())
        write_record(workspace, signer, new)
    assert len(heads_of(workspace.store, "enterprise", uscc(1))) == 2
    ops.save_enterprise(workspace, clerk, uscc(1), {"employees": 9})
    assert len(heads_of(workspace.store, "enterprise", uscc(1))) == 2
    ops.save_enterprise(workspace, clerk, uscc(1), {}, settle=True)
    assert len(heads_of(workspace.store, "enterprise", uscc(1))) == 1


def test_what_changes_nothing_writes_nothing(workspace: Workspace, clerk: Signer, codes: list[Uscc]):
    assert ops.save_enterprise(workspace, clerk, codes[0], {"employees": 320}).ids == ()


def test_bad_enterprises_are_refused(workspace: Workspace, clerk: Signer):
    refused("credit_code.check", ops.save_enterprise, workspace, clerk, uscc(1)[:-1] + "0", {"name": "甲"}, COUNTY)
    refused("enterprise.no_division", ops.save_enterprise, workspace, clerk, uscc(1), {"name": "甲"})
    refused("record.own_malformed", ops.save_enterprise, workspace, clerk, uscc(1), {"employees": 3}, COUNTY)
    refused("record.other_division", ops.save_enterprise, workspace, clerk, uscc(1), {"name": "甲"}, "450102")
    assert workspace.store.first("SELECT count(*) FROM record") == (0,)


def test_assignment_shows_in_the_list(workspace: Workspace, clerk: Signer, liaison: Signer, codes: list[Uscc]):
    done = ops.assign(workspace, clerk, codes[:2], liaison.holder.name, due="2024-09-30")
    assert done.changes.enterprises == set(codes[:2])
    item = enterprise_item(workspace.store, "2024", codes[0])
    assert (item.liaison, item.due) == (liaison.holder.name, "2024-09-30")
    assert ops.assign(workspace, clerk, codes[:2], liaison.holder.name, due="2024-09-30").ids == ()


def test_assignment_is_taken_back(workspace: Workspace, clerk: Signer, liaison: Signer, codes: list[Uscc]):
    ops.assign(workspace, clerk, codes, liaison.holder.name)
    ops.assign(workspace, clerk, codes[:1], None)
    items = [enterprise_item(workspace.store, "2024", code) for code in codes]
    assert [item.liaison for item in items] == [None, liaison.holder.name, liaison.holder.name]
    assert ops.assign(workspace, clerk, codes[:1], None).ids == ()


def test_assignment_of_nobody_and_to_nobody(workspace: Workspace, clerk: Signer, codes: list[Uscc]):
    refused("enterprise.not_found", ops.assign, workspace, clerk, [*codes, uscc(99)], "liaison-a1.450103")
    refused("record.own_malformed", ops.assign, workspace, clerk, codes, "somebody")
    assert current_record(workspace.store, "assignment", f"2024/{codes[0]}") is None


def test_review_returns_and_accepts(workspace: Workspace, clerk: Signer, liaison: Signer, codes: list[Uscc]):
    done = submit_for(workspace, liaison, codes[0])
    ops.review(workspace, clerk, done.entity, done.record, RETURN)
    assert enterprise_item(workspace.store, "2024", codes[0]).state is EnterpriseState.RETURNED
    [said] = reviews_of(workspace.store, done.record)
    assert (said.decision, said.reason, said.questions, said.level) == (
        "return",
        "设备台数不对",
        ("sme.q02",),
        "county",
    )
    ops.review(workspace, clerk, done.entity, done.record, ReviewDecision(accepted=True))
    item = enterprise_item(workspace.store, "2024", codes[0])
    assert (item.state, item.review_level) == (EnterpriseState.ACCEPTED, "county")


def test_returned_submission_is_corrected(workspace: Workspace, clerk: Signer, liaison: Signer, codes: list[Uscc]):
    done = submit_for(workspace, liaison, codes[0])
    ops.review(workspace, clerk, done.entity, done.record, RETURN)
    draft = ops.reopen(workspace, done.entity).draft
    assert enterprise_item(workspace.store, "2024", codes[0]).state is EnterpriseState.DRAFTING
    ops.answer(workspace, draft.id, "sme.q05", {"choice": ["C"]})
    ops.submit(workspace, liaison, draft.id)
    assert enterprise_item(workspace.store, "2024", codes[0]).state is EnterpriseState.SIGNED


def test_review_that_must_not_be(workspace: Workspace, clerk: Signer, liaison: Signer, codes: list[Uscc]):
    done = submit_for(workspace, liaison, codes[0])
    silent = ReviewDecision(accepted=False, reason=" ")
    refused("review.reason_missing", ops.review, workspace, clerk, done.entity, done.record, silent)
    refused("review.newer_version", ops.review, workspace, clerk, done.entity, "0" * 64, RETURN)
    refused("submission.not_found", ops.review, workspace, clerk, "2024/x/initial", done.record, RETURN)
    refused("record.wrong_author", ops.review, workspace, liaison, done.entity, done.record, RETURN)


def test_campaign_and_its_set(workspace: Workspace, region: Region):
    clerk = region.clerk("450000")
    trust_people(workspace, region)
    shipped = workspace.campaign_set("2024")
    done = ops.publish_campaign(
        workspace, clerk, "2024", title="2024 年诊断", indicator_set=shipped, more={"opens": "2024-07-01"}
    )
    assert len(done.ids) == 1
    assert record_body(workspace.store, done.ids[0]) == {
        "title": "2024 年诊断",
        "set": {"id": shipped.id, "version": shipped.version, "sha256": shipped.sha256},
        "opens": "2024-07-01",
    }


def test_campaign_whose_set_has_not_come(workspace: Workspace, region: Region, codes: list[Uscc]):
    clerk = region.clerk("450000")
    trust_people(workspace, region)
    body = {"title": "t", "set": {"id": "gx-zgsz", "version": "9.9", "sha256": "0" * 64}}
    write_record(workspace, clerk, NewRecord("campaign", "2025", body, DivisionCode("450000")))
    refused("draft.set_missing", ops.open_draft, workspace, codes[0], campaign="2025")


def test_bulk_is_all_or_none(workspace: Workspace, clerk: Signer):
    good = NewRecord("enterprise", uscc(1), {"name": "甲"}, DivisionCode(COUNTY))
    foreign = NewRecord("enterprise", uscc(2), {"name": "乙"}, DivisionCode("450102"))
    refused("record.other_division", write_records, workspace, clerk, [good, foreign])
    assert workspace.store.first("SELECT count(*) FROM record") == (0,)


def test_cancelled_bulk_leaves_nothing(workspace: Workspace, clerk: Signer):
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    new = [NewRecord("enterprise", uscc(1), {"name": "甲"}, DivisionCode(COUNTY))]
    with pytest.raises(KeyboardInterrupt):
        write_records(workspace, clerk, new, stop)
    assert workspace.store.first("SELECT count(*) FROM record") == (0,)


def test_enterprise_is_found_by_what_people_type(workspace: Workspace, codes: list[Uscc]):
    for text in (
        codes[1],
        codes[1].lower(),
        "南宁壮美食品有限公司",
        "壮美",
        "zhuangmei",
        "nnzm",
        "壮美 食品",
        codes[1][8:],
    ):
        assert ops.find_enterprise(workspace, text).uscc == codes[1], text
    refused("enterprise.not_found", ops.find_enterprise, workspace, "北京")
    refused("enterprise.not_found", ops.find_enterprise, workspace, "  ")
    assert refused("enterprise.ambiguous", ops.find_enterprise, workspace, "有限公司").context["codes"] == codes[:2]


def test_changes_join():
    one = Changes(Area.DRAFTS, frozenset({Uscc("a")}), frozenset({"d"}))
    two = Changes(Area.REVIEWS, frozenset({Uscc("b")}))
    assert joined([one, two]) == Changes(Area.DRAFTS | Area.REVIEWS, frozenset({"a", "b"}), frozenset({"d"}))
    assert joined([]) == Changes()
