"""The result page through its widgets: what it shows of real answers, what blocks a signature, and signing itself."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from support.authorities import make_region
from support.workspaces import (
    COUNTY,
    PASSPHRASE,
    FixedClock,
    add_enterprises,
    full_answers,
    keep_own_key,
    make_workspace,
    submit_for,
    trust_people,
)
from zgsz_desktop.engine import ops
from zgsz_desktop.engine.drafts import DraftId, DraftState
from zgsz_desktop.engine.store.submissions import load_submission
from zgsz_desktop.paths import resources_folder
from zgsz_desktop.ui.pages.result.assessment import read_draft, read_submission
from zgsz_desktop.ui.pages.result.page import ResultPage
from zgsz_desktop.ui.pages.result.presenter import Presenter
from zgsz_desktop.ui.session import Session
from zgsz_desktop.ui.theme import ColourMode
from zgsz_desktop.ui.widgets.buttons import Button
from zgsz_desktop.ui.widgets.text import ElidedLabel, Label

WAIT = 5000
STRONG = {
    "sme.q01": {"choice": ["B", "C", "D"]},
    "sme.q02": {"inputs": {"equip_digital": 87, "equip_total": 150}},
    "sme.q03": {"inputs": {"equip_online": 60, "equip_total": 150}},
    "sme.q04": {"choice": list("BCDEFGHIJ")},
    "sme.q05": {"choice": ["D"]},
    "sme.q12": {"choice": ["C"]},
    "sme.q13": {"choice": ["C"]},
} | {f"sme.s{number:02d}": {"choice": ["2"]} for number in range(1, 10)}


class Desk:
    """A liaison's workspace with drafts and submissions, and pages over it."""

    def __init__(self, folder, theme, qtbot):
        self.theme, self.qtbot, self.folder = theme, qtbot, folder
        self.region = make_region()
        self.clock = FixedClock(prefix="e")
        self.liaison, self.clerk = self.region.liaison(COUNTY), self.region.clerk(COUNTY)
        self.workspace = make_workspace(folder, self.region, clock=self.clock)
        trust_people(self.workspace, self.region)
        keep_own_key(self.workspace, self.liaison)
        self.codes = add_enterprises(self.workspace, self.clerk)
        self.session = None

    def draft(self, answers, **options):
        found = ops.open_draft(self.workspace, self.codes[0], **options).draft
        return ops.answer_many(self.workspace, found.id, answers).draft.id

    def open(self, **what):
        if self.session is None:
            self.workspace.close()
            self.session = Session(self.folder, resources_folder(), self.clock)
        page = ResultPage(self.theme, self.session, **what)
        self.qtbot.addWidget(page)
        page.resize(1290, 716)
        with self.qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        return page

    def close(self):
        self.session.close() if self.session else self.workspace.close()


@pytest.fixture
def desk(tmp_path, theme, qtbot):
    desk = Desk(tmp_path / "desk", theme, qtbot)
    yield desk
    desk.close()


def words(widget):
    """All that is written in a widget."""
    labels = [label.text() for kind in (Label, ElidedLabel) for label in widget.findChildren(kind)]
    return "\n".join(labels + [button.text() for button in widget.findChildren(Button)])


def button(widget, text):
    return next(found for found in widget.findChildren(Button) if found.text() == text)


def click(found):
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def test_shows_what_the_engine_scores(desk):
    draft = desk.draft(full_answers() | STRONG)
    presenter = Presenter(read_draft(desk.workspace, draft))
    page = desk.open(draft=draft)
    framework = presenter.result.frameworks["sme2024"]
    shown = words(page.body.head)
    assert f"{framework.grade} 档" in shown
    assert framework.grade_name in shown
    assert framework.level_name in shown
    assert all(item.text in shown for item in framework.why_not_higher.unmet)
    assert [entry.name for entry in presenter.dimensions()] == ["数字化基础", "数字化管理", "数字化成效"]
    assert "信息系统" in words(page.body.strong)
    assert "0.0 / 7.5" in words(page.body.weak)
    assert page.body.findings.isHidden()


def test_says_how_far_the_result_can_be_relied_on(desk):
    page = desk.open(draft=desk.draft(full_answers()))
    assert "依据公开标准编制，非官方题库，档次分界为暂定。" in words(page.body)


def test_compares_with_the_last_round(desk):
    before = desk.draft(full_answers(), campaign="2023")
    ops.submit(desk.workspace, desk.liaison, before)
    draft = desk.draft(full_answers() | STRONG)
    presenter = Presenter(read_draft(desk.workspace, draft))
    assert presenter.head().delta.startswith("比上轮高 ")
    assert presenter.last_label() == "上轮 16.4"
    assert presenter.dimensions()[0].delta_text.startswith("+")


def test_way_up_reaches_the_next_grade_and_says_what_less_would_bring(desk):
    page = desk.open(draft=desk.draft(full_answers()))
    way = page.presenter.way_up()
    assert way.heading == "升到 2 档，最少改一处"
    assert "没有更少的改法" in way.basis
    panel = page.body.way_up
    assert panel.total_after() == "20.1 分"
    panel.cards[0].tick.click()
    assert panel.total_after() == "16.4 分"


def test_unfinished_is_said_and_leads_back_to_the_first_open_question(desk, qtbot):
    draft = desk.draft(full_answers(leave_out=["sme.q03", "sme.s07"]))
    page = desk.open(draft=draft)
    note = page.body.notes[0]
    assert "还有 2 题未答" in words(note)
    with qtbot.waitSignal(page.back_to_answering) as back:
        click(button(note, "回去填写"))
    assert back.args == [draft, "sme.q03"]


def test_unfinished_is_not_signed(desk):
    draft = desk.draft(full_answers(leave_out=["sme.q03"]))
    page = desk.open(draft=draft)
    click(page.primary)
    assert "还有 1 道必答题没有答" in words(page.body.notes[0])
    assert page.dialog is None
    assert ops.find_draft(desk.session.reading, draft).state is DraftState.OPEN


def test_contradictions_lead_to_their_questions(desk, qtbot):
    page = desk.open(draft=desk.draft(full_answers() | {"sme.q05": {"choice": ["A"]}, "sme.s01": {"choice": ["3"]}}))
    assert "两处必有一处不对" in words(page.body.findings)
    with qtbot.waitSignal(page.back_to_answering) as back:
        click(page.body.findings.findChild(Button))
    assert back.args[1] == "sme.q05"


def test_warning_wants_a_reason_and_the_reason_is_kept(desk, qtbot):
    draft = desk.draft(full_answers() | {"sme.q11": {"choice": ["E"]}})
    page = desk.open(draft=draft)
    click(page.primary)
    field = page.body.findings.fields["sme.invest-high"]
    assert field.line.hasFocus()
    assert field.line.accessibleDescription() == "请写明原因，或者回去改答案。"
    QTest.keyClicks(field.line, "MES 2024")
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: ops.find_draft(desk.session.reading, draft).reasons == {"sme.invest-high": "MES 2024"}, timeout=WAIT
    )
    click(page.primary)
    assert page.dialog is not None


def test_signs_after_the_passphrase(desk, qtbot):
    draft = desk.draft(full_answers() | STRONG)
    page = desk.open(draft=draft)
    QTest.keySequence(page, QKeySequence("Ctrl+Return"))
    dialog = page.dialog
    QTest.keyClicks(dialog.field.line, "wrong words")
    click(dialog.act)
    qtbot.waitUntil(lambda: dialog.field.line.accessibleDescription() != "", timeout=WAIT)
    assert "口令不对" in dialog.field.line.accessibleDescription()
    assert desk.session.sealer is None
    dialog.field.line.clear()
    QTest.keyClicks(dialog.field.line, PASSPHRASE)
    with qtbot.waitSignal(page.signed, timeout=WAIT) as signed:
        QTest.keyClick(dialog.field.line, Qt.Key.Key_Return)
    stored = load_submission(desk.session.reading.store, signed.args[0])
    assert stored.item.own
    assert ops.find_draft(desk.session.reading, draft).state is DraftState.SIGNED
    assert "已签名" in words(page)
    assert page.assessment.item.record == stored.item.record


def test_closing_the_passphrase_dialog_signs_nothing(desk):
    draft = desk.draft(full_answers())
    page = desk.open(draft=draft)
    click(page.primary)
    QTest.keyClick(page.dialog, Qt.Key.Key_Escape)
    assert page.dialog is None
    assert ops.find_draft(desk.session.reading, draft).state is DraftState.OPEN


def test_an_open_key_is_not_asked_for_again(desk, qtbot):
    page = desk.open(draft=desk.draft(full_answers()))
    desk.session.sealer = desk.liaison
    with qtbot.waitSignal(page.signed, timeout=WAIT):
        click(page.primary)
    assert not page.findChildren(QDialog)


def test_a_version_that_came_meanwhile_is_said_first_and_both_stand_until_a_clerk_decides(desk, qtbot):
    other = desk.region.liaison(COUNTY, "b2")
    trust_people(desk.workspace, desk.region)
    draft = desk.draft(full_answers() | STRONG)
    theirs = submit_for(desk.workspace, other, desk.codes[0])
    page = desk.open(draft=draft)
    desk.session.sealer = desk.liaison
    click(page.primary)
    qtbot.waitUntil(lambda: "也提交了这家企业的诊断结果" in words(page.body), timeout=WAIT)
    with qtbot.waitSignal(page.signed, timeout=WAIT):
        click(button(page.body, "看过了，照样签名"))
    assert load_submission(desk.session.reading.store, theirs.entity).item.conflict
    assert "由科员选定以后才算数" in words(page.body)


def test_a_submission_is_handed_on_and_its_form_printed_from_grade_3(desk, qtbot):
    done = ops.submit(desk.workspace, desk.liaison, desk.draft(full_answers() | STRONG))
    page = desk.open(entity=done.entity)
    assert (page.primary.text(), page.presenter.grade >= 3) == ("导出给县局", True)
    with qtbot.waitSignal(page.export_wanted):
        click(page.primary)
    with qtbot.waitSignal(page.form_wanted) as form:
        QTest.keySequence(page, QKeySequence("Ctrl+P"))
    assert form.args == [desk.codes[0]]


def test_no_form_below_grade_3(desk):
    done = submit_for(desk.workspace, desk.liaison, desk.codes[0])
    page = desk.open(entity=done.entity)
    assert "打印专家评审表" not in words(page)


def test_a_returned_submission_says_why_and_opens_again(desk, qtbot):
    done = submit_for(desk.workspace, desk.liaison, desk.codes[0])
    decision = ops.ReviewDecision(accepted=False, reason="缺设备清单")
    ops.review(desk.workspace, desk.clerk, done.entity, done.record, decision)
    assert read_submission(desk.workspace, done.entity).returned.reason == "缺设备清单"
    page = desk.open(entity=done.entity)
    assert "退回：缺设备清单" in words(page.body)
    with qtbot.waitSignal(page.back_to_answering, timeout=WAIT) as back:
        click(button(page.body, "改好再交"))
    assert ops.find_draft(desk.session.reading, DraftId(back.args[0])).entity == done.entity


def test_what_another_page_answers_is_shown(desk, qtbot):
    draft = desk.draft(full_answers())
    page = desk.open(draft=draft)
    change = {"choice": ["E"]}
    desk.session.run(lambda workspace: ops.answer(workspace, draft, "sme.q05", change))
    qtbot.waitUntil(lambda: "7.5 / 10" in words(page) or "10.0 / 10" in words(page), timeout=WAIT)


def test_a_draft_that_is_gone_is_said_in_place_of_the_result(desk):
    page = desk.open(draft=DraftId("nowhere"))
    assert page.body is None
    assert "找不到这份填写" in words(page)


@pytest.mark.parametrize("mode", [ColourMode.LIGHT, ColourMode.DARK])
@pytest.mark.parametrize("size", [(1000, 640), (1290, 716), (1844, 1028)])
def test_is_drawn_at_every_size_without_cutting_wrapped_text(desk, theme, qtbot, mode, size):
    page = desk.open(draft=desk.draft(full_answers(leave_out=["sme.q03"]) | {"sme.q11": {"choice": ["E"]}}))
    theme.set_mode(mode)
    page.resize(*size)
    qtbot.waitUntil(lambda: page.body.width() <= size[0])
    page.grab()
    for label in page.body.findChildren(Label):
        if label.wordWrap() and label.isVisible():
            assert label.height() >= label.heightForWidth(label.width()), label.text()
