"""The window: rooms by rail and key, pages on top, headings, notices, background work."""

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from zgsz_desktop.engine.catalogue import CATALOGUE
from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.ui.main_window import Heading, MainWindow, Room
from zgsz_desktop.ui.marks import StateChip
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.buttons import Button
from zgsz_desktop.ui.widgets.marks import ChipLabel


class FakeJob(QObject):
    """A job as the window sees it."""

    progressed = Signal(int, int)
    ended = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title, self.done, self.total, self.stopped = title, 0, 0, False

    def cancel(self) -> None:
        self.stopped = True


@pytest.fixture
def made() -> list[str]:
    return []


@pytest.fixture
def window(qtbot, theme: Theme, made: list[str]) -> MainWindow:
    window = MainWindow(theme)
    qtbot.addWidget(window)

    def page(name: str) -> QWidget:
        made.append(name)
        return QLabel(name)

    window.open_rooms(
        [
            Room("home", "house", "首页", Heading("我的企业", "27 家"), lambda: page("home")),
            Room("merge", "combine", "汇总", Heading("合并上报文件"), lambda: page("merge")),
            Room("settings", "settings", "设置", Heading("设置"), lambda: page("settings"), at_bottom=True),
        ]
    )
    with qtbot.waitActive(window):
        window.show()
    return window


def test_a_room_is_made_at_its_first_visit_and_kept(qtbot, window: MainWindow, made: list[str]):
    assert made == ["home"]
    window.shell.rail.item("merge").click()
    first = window.current_page()
    window.show_room("home")
    window.show_room("merge")
    assert window.current_page() is first
    assert made == ["home", "merge"]


def test_alt_and_a_number_goes_to_a_room(qtbot, window: MainWindow):
    with qtbot.waitSignal(window.room_shown) as heard:
        qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert heard.args == ["merge"]
    assert window.shell.rail.item("merge").isChecked()


def test_the_title_follows_the_page(window: MainWindow):
    assert window.windowTitle() == "我的企业 - 智改数转诊断"
    window.push(QLabel("x"), Heading("柳州澄远", "", (StateChip.ANSWERING.value,)))
    assert window.windowTitle() == "柳州澄远 - 智改数转诊断"
    assert [chip.accessibleName() for chip in window.shell.top.findChildren(ChipLabel)] == ["填写中"]


def test_back_takes_the_page_off_and_says_which(qtbot, window: MainWindow):
    page = QLabel("x")
    window.push(page, Heading("柳州澄远"))
    with qtbot.waitSignal(window.page_closed) as heard:
        qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert heard.args == [page]
    assert window.current_page().text() == "home"
    window.back()
    assert window.current_page().text() == "home"


def test_going_to_the_room_shown_goes_to_its_own_page(window: MainWindow):
    window.push(QLabel("x"), Heading("甲"))
    window.push(QLabel("y"), Heading("乙"))
    window.shell.rail.item("home").click()
    assert window.current_page().text() == "home"


def test_another_room_keeps_what_was_opened_in_this_one(window: MainWindow):
    page = QLabel("x")
    window.push(page, Heading("甲"))
    window.show_room("merge")
    window.show_room("home")
    assert window.current_page() is page


def test_a_page_may_change_its_heading(window: MainWindow):
    page = window.current_page()
    window.set_heading(page, Heading("我的企业", "28 家"))
    assert window.shell.top.accessibleName() == "我的企业"
    window.show_room("merge")
    window.set_heading(page, Heading("别处"))
    assert window.windowTitle().startswith("合并上报文件")


def test_the_saved_state_belongs_to_its_page(window: MainWindow):
    page, saved = QLabel("x"), window.shell.top.saved
    window.push(page, Heading("甲"))
    assert not saved.isVisible()
    window.say_saved(page, "09:31:07")
    window.show_room("merge")
    assert not saved.isVisible()
    window.show_room("home")
    assert saved.text() == "已保存 09:31:07"
    window.say_not_saved(page, "没能保存：磁盘满了")
    assert saved.text() == "没能保存：磁盘满了"


def test_an_error_stays_until_it_is_understood(window: MainWindow):
    code = next(key for key, text in CATALOGUE.items() if "{" not in text.message + text.remedy)
    for _ in range(3):
        window.show_error(UserError(code))
    assert len(window.notices()) == 2
    note = window.notices()[0]
    next(button for button in note.findChildren(Button) if button.text() == "知道了").click()
    assert len(window.notices()) == 1


def test_background_work_shows_and_can_be_stopped(qtbot, window: MainWindow):
    job, other = FakeJob("合并"), FakeJob("导出")
    window.follow(job)
    window.follow(other)
    job.done, job.total = 9, 13
    job.progressed.emit(9, 13)
    button = window.shell.top.task
    assert button.accessibleName() == "后台任务：合并，另有 1 件 9/13"
    stop = next(entry for entry in button.findChildren(Button) if entry.accessibleName() == "停下，合并")
    stop.click()
    assert job.stopped
    assert not stop.isEnabled()
    job.ended.emit()
    other.ended.emit()
    assert not button.isVisible()


def test_the_start_page_fills_the_window(qtbot, window: MainWindow):
    start = QLabel("start")
    window.show_start(start)
    assert window.shell is None
    assert start.isVisible()
    window.show_error(UserError("job.cancelled"))  # nowhere to show it: the start page shows its own
    assert window.notices() == ()


def test_closing_says_so_first(qtbot, window: MainWindow):
    with qtbot.waitSignal(window.close_wanted):
        window.close()
