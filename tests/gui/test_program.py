"""The program as people use it: first page, opening, answering to the signature, export, merging in the bureau."""

import dataclasses
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from support.authorities import make_region
from support.workspaces import (
    COUNTY,
    PASSPHRASE,
    add_enterprises,
    full_answers,
    keep_own_key,
    make_workspace,
    submit_for,
    trust_people,
)
from zgsz_desktop import paths
from zgsz_desktop.engine import ops
from zgsz_desktop.engine.clock import SystemClock
from zgsz_desktop.engine.store.enterprise_list import EnterpriseState, enterprise_item
from zgsz_desktop.ui.app import Program
from zgsz_desktop.ui.dialogs.passphrase import PassphraseDialog
from zgsz_desktop.ui.files import FileChooser
from zgsz_desktop.ui.pages.answering.page import AnsweringPage
from zgsz_desktop.ui.pages.result.page import ResultPage


class PreparedFiles(FileChooser):
    """Gives what the test prepared instead of asking."""

    def __init__(self):
        self.to_save: Path | None = None
        self.to_open: Path | None = None
        self.to_enter: Path | None = None

    def save(self, parent, title, proposed, kinds):
        return self.to_save

    def open(self, parent, title, kinds):
        return self.to_open

    def folder(self, parent, title):
        return self.to_enter


@pytest.fixture
def region():
    return make_region()


@pytest.fixture
def files():
    return PreparedFiles()


@pytest.fixture
def program(qapp, qtbot, dressed_theme, tmp_path, files):
    folders = dataclasses.replace(
        paths.system_paths(), settings=tmp_path / "settings", workspaces=tmp_path / "workspaces", log=tmp_path / "log"
    )
    program = Program(qapp, folders, files)
    qtbot.addWidget(program.window)
    program.window.show()
    yield program
    program.leave()
    dressed_theme.apply_to(qapp)


@pytest.fixture
def liaison_folder(tmp_path, region):
    clerk, liaison = region.clerk(COUNTY), region.liaison(COUNTY)
    workspace = make_workspace(tmp_path / "liaison", region, clock=SystemClock())
    trust_people(workspace, region)
    add_enterprises(workspace, clerk, 3)
    keep_own_key(workspace, liaison)
    workspace.close()
    return workspace.folder


@pytest.fixture
def bureau_folder(tmp_path, region):
    clerk = region.clerk(COUNTY)
    region.liaison(COUNTY)
    workspace = make_workspace(tmp_path / "bureau", region, clock=SystemClock())
    trust_people(workspace, region)
    keep_own_key(workspace, clerk)
    workspace.close()
    return workspace.folder


def give_passphrase(qtbot, text=PASSPHRASE):
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), PassphraseDialog), timeout=5000)
    dialog = QApplication.activeModalWidget()
    QTest.keyClicks(dialog.field.line, text)
    QTest.keyClick(dialog.field.line, Qt.Key.Key_Return)
    return dialog


def page_of(program, qtbot, kind):
    qtbot.waitUntil(lambda: isinstance(program.window.current_page(), kind), timeout=5000)
    return program.window.current_page()


def codes(program):
    settle(program)
    return [program.desk.enterprises.model.item(index).uscc for index in rows(program)]


def settle(program):
    """Wait until the list shows what was asked for last."""
    page = program.desk.enterprises
    loop = QEventLoop()
    page.shown.connect(loop.quit)
    QTimer.singleShot(10_000, loop.quit)
    while page.is_reading:
        loop.exec()


def rows(program):
    settle(program)
    model = program.desk.enterprises.model
    return [model.index(row, 0) for row in range(model.rowCount()) if model.item(model.index(row, 0))]


def state_of(program, code):
    reading = program.desk.session.reading
    return enterprise_item(reading.store, reading.campaign(), code).state


def test_the_first_page_chooses_by_digits_and_opens_by_enter(program, files, liaison_folder):
    program.show_start()
    files.to_enter = liaison_folder
    page = program.start_page
    QTest.keyClick(page, Qt.Key.Key_5)
    QTest.keyClick(page, Qt.Key.Key_Return)
    assert program.desk is not None
    assert program.window.current_room() == "home"


def test_a_folder_that_is_no_workspace_is_said_on_the_first_page(program, files, tmp_path):
    program.show_start()
    program.open_workspace(tmp_path)
    assert program.desk is None
    assert program.start_page is not None


def test_a_workspace_opened_before_is_offered_again(program, liaison_folder):
    program.open_workspace(liaison_folder)
    program.show_start()
    assert program.state.workspaces[0][0] == str(liaison_folder)


def test_search_by_initials_narrows_the_list(program, liaison_folder):
    program.open_workspace(liaison_folder)
    everything = len(rows(program))
    QTest.keyClicks(program.desk.enterprises.search._line, "gxlc")
    assert everything == 3
    assert [program.desk.enterprises.model.item(index).name for index in rows(program)] == ["广西绿城机械有限公司"]


def test_a_liaison_answers_signs_and_exports(program, qtbot, files, liaison_folder, tmp_path):
    program.open_workspace(liaison_folder)
    code = codes(program)[0]
    program.desk.open_enterprise(code)
    page = page_of(program, qtbot, AnsweringPage)
    draft = page.draft.id
    # everything but the last question is answered beforehand; the last by keyboard
    program.desk.session.run(lambda workspace: ops.answer_many(workspace, draft, full_answers(["sme.s16"])))
    program.window.back()
    program.desk.open_enterprise(code)
    page = page_of(program, qtbot, AnsweringPage)
    qtbot.waitUntil(lambda: page.presenter.outline.done == 30, timeout=5000)
    page.go_to("sme.s16")
    with qtbot.waitSignal(page.saved, timeout=5000):
        page.choose_digit(1)
    assert page.presenter.outline.next_open(None) is None
    page.result_wanted.emit(draft)
    result = page_of(program, qtbot, ResultPage)
    result.complete()
    give_passphrase(qtbot)
    qtbot.waitUntil(lambda: state_of(program, code) is EnterpriseState.SIGNED, timeout=10000)
    files.to_save = tmp_path / "up.zgsz"
    program.desk.export()
    qtbot.waitUntil(lambda: bool(program.window.notices()), timeout=10000)
    assert files.to_save.is_file()
    assert state_of(program, code) is EnterpriseState.SUBMITTED


def test_a_wrong_passphrase_is_said_and_nothing_is_written(program, qtbot, files, liaison_folder, tmp_path):
    program.open_workspace(liaison_folder)
    files.to_save = tmp_path / "up.zgsz"
    program.desk.export()
    dialog = give_passphrase(qtbot, "not the passphrase")
    qtbot.waitUntil(lambda: bool(dialog.field.line.accessibleDescription()) or dialog.act.isEnabled(), timeout=5000)
    assert dialog.isVisible()
    assert not files.to_save.exists()
    dialog.reject()


def test_a_bureau_merges_what_was_dropped_on_the_page(program, qtbot, liaison_folder, bureau_folder, region, tmp_path):
    from zgsz_desktop.engine.ops_exchange import hand_over
    from zgsz_desktop.engine.workspace import Workspace

    workspace = Workspace.open(liaison_folder, resources=paths.resources_folder(), clock=SystemClock())
    liaison = region.liaison(COUNTY)
    code = ops.find_enterprise(workspace, "广西绿城机械有限公司").uscc
    submit_for(workspace, liaison, code)
    hand_over(workspace, liaison, tmp_path / "a.zgsz", to_division=COUNTY)
    workspace.close()
    program.open_workspace(bureau_folder)
    assert codes(program) == []
    program.window.show_room("merging")
    page = program.window.current_page()
    page.add_files((tmp_path / "a.zgsz",))
    qtbot.waitUntil(lambda: not page.is_running, timeout=15000)
    program.window.show_room("home")
    assert len(codes(program)) == 3
    assert state_of(program, code) is EnterpriseState.SUBMITTED


def test_an_error_stays_until_it_is_understood(program, liaison_folder):
    from zgsz_desktop.engine.errors import BugError

    program.open_workspace(liaison_folder)
    program.window.show_error(BugError("bug.unexpected", detail="x"))
    note = program.window.notices()[0]
    note.action_chosen.emit("understood")
    assert program.window.notices() == ()


def test_the_sample_opens_as_liaison_and_as_bureau(program, qtbot):
    program.show_start()
    program.start_page.action.click()
    qtbot.waitUntil(lambda: program.desk is not None, timeout=60_000)
    assert program.desk.session.reading.simulated
    assert len(rows(program)) >= 20
    note = program.window.notices()[0]
    note.action_chosen.emit("other")
    qtbot.waitUntil(lambda: program.desk is not None and program.desk.who.holder.role == "clerk", timeout=10_000)
    assert program.window.notices()


def test_the_sample_is_not_made_twice(program, qtbot):
    program.show_start()
    program.open_sample()
    qtbot.waitUntil(lambda: program.desk is not None, timeout=60_000)
    database = program.desk.session.folder / "workspace.db"
    made = database.stat().st_ino
    program.show_start()
    program.open_sample()
    assert database.stat().st_ino == made
