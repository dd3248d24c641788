"""The answering page through its widgets and keys, over a real workspace."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from support.authorities import make_region
from support.workspaces import COUNTY, FixedClock, add_enterprises, make_workspace, trust_people
from zgsz_desktop.engine import ops, ops_drafts
from zgsz_desktop.paths import resources_folder
from zgsz_desktop.ui.pages.answering.page import AnsweringPage
from zgsz_desktop.ui.session import Session


@pytest.fixture
def session(tmp_path, qtbot):
    region = make_region()
    clerk = region.clerk(COUNTY)
    workspace = make_workspace(tmp_path / "desk", region)
    trust_people(workspace, region)
    code = add_enterprises(workspace, clerk, 1)[0]
    draft = ops.open_draft(workspace, code).draft
    workspace.close()
    session = Session(tmp_path / "desk", resources_folder(), FixedClock(prefix="f"))
    session.draft_id = draft.id
    yield session
    session.close()


@pytest.fixture
def page(theme, session, qtbot):
    page = AnsweringPage(theme, session, session.draft_id)
    qtbot.addWidget(page)
    page.resize(1290, 716)
    page.show()
    page.activateWindow()
    page.setFocus()
    return page


def settle(qtbot, page, act):
    with qtbot.waitSignal(page.saved, timeout=5000):
        act()


def stored(session, draft_id):
    return ops.find_draft(session.reading, draft_id)


def test_digits_choose_and_every_answer_is_committed_at_once(page, session, qtbot):
    page.go_to("sme.q06")
    settle(qtbot, page, lambda: QTest.keyClick(page, Qt.Key.Key_1))
    settle(qtbot, page, lambda: QTest.keyClick(page, Qt.Key.Key_3))
    assert stored(session, page.draft.id).answers["sme.q06"]["choice"] == ["B", "D"]
    assert page.view.card("B").isChecked()
    settle(qtbot, page, lambda: QTest.keyClick(page, Qt.Key.Key_0))
    assert stored(session, page.draft.id).answers["sme.q06"]["choice"] == ["A"]


def test_enter_goes_to_the_next_open_question_and_the_place_is_remembered(page, session, qtbot):
    page.go_to("sme.q05")
    settle(qtbot, page, lambda: QTest.keyClick(page, Qt.Key.Key_2))
    QTest.keyClick(page, Qt.Key.Key_Return)
    assert page.question == "sme.q06"
    session.run(lambda workspace: None)
    qtbot.waitUntil(lambda: stored(session, page.draft.id).position == "sme.q06", timeout=5000)


def test_numbers_are_saved_as_typed_and_shared(page, session, qtbot):
    page.go_to("sme.q02")
    fields = page.view._numbers.fields
    settle(qtbot, page, lambda: QTest.keyClicks(fields["equip_total"].line, "8"))
    for digit in "0":
        settle(qtbot, page, lambda digit=digit: QTest.keyClicks(fields["equip_total"].line, digit))
    for digit in "33":
        settle(qtbot, page, lambda digit=digit: QTest.keyClicks(fields["equip_digital"].line, digit))
    qtbot.waitUntil(
        lambda: "equip_digital" in stored(session, page.draft.id).answers["sme.q02"]["inputs"], timeout=5000
    )
    draft = stored(session, page.draft.id)
    assert draft.answers["sme.q02"]["inputs"] == {"equip_total": 80, "equip_digital": 33}
    assert draft.answers["sme.q03"]["inputs"] == {"equip_total": 80}
    shown = page.presenter.shown("sme.q02", {}, None)
    assert shown.figures[0].value == "41.3%"
    assert shown.chosen == ("D",)


def test_an_impossible_ratio_stays_in_the_field_with_the_reason(page, session, qtbot):
    page.go_to("sme.q02")
    fields = page.view._numbers.fields
    settle(qtbot, page, lambda: QTest.keyClicks(fields["equip_total"].line, "5"))
    with qtbot.waitSignal(page.save_failed, timeout=5000) as failed:
        QTest.keyClicks(fields["equip_digital"].line, "9")
    assert "没保存" in failed.args[0]
    assert fields["equip_digital"].text() == "9"
    assert stored(session, page.draft.id).answers["sme.q02"]["inputs"] == {"equip_total": 5}
    page.go_to("sme.q05")
    page.go_to("sme.q02")
    assert page.view._numbers.fields["equip_digital"].text() == "9"


def test_what_could_not_be_saved_is_there_after_a_restart(page, theme, session, qtbot):
    page.go_to("sme.q02")
    fields = page.view._numbers.fields
    settle(qtbot, page, lambda: QTest.keyClicks(fields["equip_total"].line, "5"))
    with qtbot.waitSignal(page.save_failed, timeout=5000):
        QTest.keyClicks(fields["equip_digital"].line, "9")
    kept = {"sme.q02": {"equip_digital": "9", "equip_total": "5"}}
    qtbot.waitUntil(lambda: ops_drafts.typed_texts(session.reading, page.draft.id) == kept, timeout=5000)
    again = AnsweringPage(theme, session, page.draft.id)
    qtbot.addWidget(again)
    again.go_to("sme.q02")
    assert again.view._numbers.fields["equip_digital"].text() == "9"
    assert again.unsaved() == ["设备数字化"]
    again.choose("C")
    qtbot.waitUntil(lambda: ops_drafts.typed_texts(session.reading, page.draft.id) == {}, timeout=5000)


def test_text_that_is_no_number_is_said_under_its_field(page, qtbot):
    page.go_to("sme.q02")
    with qtbot.waitSignal(page.save_failed, timeout=5000):
        QTest.keyClicks(page.view._numbers.fields["equip_total"].line, "x")
    assert page._unsaved.errors["sme.q02"].code == "answer.typed"
    assert "数字" in page._unsaved.errors["sme.q02"].message


def test_undo_and_redo_walk_and_come_back_to_the_question(page, session, qtbot):
    page.go_to("sme.q05")
    settle(qtbot, page, lambda: QTest.keyClick(page, Qt.Key.Key_2))
    page.go_to("sme.q08")
    settle(qtbot, page, lambda: QTest.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier))
    assert page.question == "sme.q05"
    assert "sme.q05" not in stored(session, page.draft.id).answers
    settle(qtbot, page, lambda: QTest.keyClick(page, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier))
    assert stored(session, page.draft.id).answers["sme.q05"]["choice"] == ["C"]


def test_a_note_typed_fast_is_kept_whole(page, session, qtbot):
    page.go_to("sme.s06")
    text = "MES on the main line only"
    page.aside.note.setFocus()
    QTest.keyClicks(page.aside.note, text)
    qtbot.waitUntil(lambda: stored(session, page.draft.id).answers.get("sme.s06", {}).get("note") == text, timeout=5000)
    assert page.aside.note.toPlainText() == text


def test_doubtful_and_the_filter(page, session, qtbot):
    page.go_to("sme.s07")
    settle(qtbot, page, lambda: QTest.keyClick(page, Qt.Key.Key_M))
    assert stored(session, page.draft.id).answers["sme.s07"]["doubtful"] is True
    assert page.presenter.outline.doubtful == 1


def test_an_option_waits_for_what_it_requires(page, qtbot):
    page.go_to("sme.q01")
    assert not page.view.card("E").isEnabled()
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3):
        settle(qtbot, page, lambda key=key: QTest.keyClick(page, key))
    assert page.view.card("E").isEnabled()


def test_the_live_result_moves_with_the_answers(page, qtbot):
    page.go_to("sme.q05")
    settle(qtbot, page, lambda: QTest.keyClick(page, Qt.Key.Key_4))
    live = page.presenter.live("sme.q05")
    assert live.view.grade == 1
    assert live.view.score == "10.0"
    assert live.view.delta == "本题 +10.0"


def test_reopening_lands_on_the_same_question(page, theme, session, qtbot):
    page.go_to("sme.q09")
    qtbot.waitUntil(lambda: stored(session, page.draft.id).position == "sme.q09", timeout=5000)
    again = AnsweringPage(theme, session, page.draft.id)
    qtbot.addWidget(again)
    assert again.question == "sme.q09"
