"""The merge page through its widgets, with real packages between a county and its liaisons."""

import shutil
import threading

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest

from support.authorities import NOW, make_region
from support.exchange import Exchange, tampered
from support.forge import Forge, Pen
from support.workspaces import COUNTY, FixedClock, make_workspace
from zgsz_desktop.engine.merge import merge_package
from zgsz_desktop.engine.package.writer import export_package
from zgsz_desktop.engine.store.submissions import list_conflicts, list_submissions
from zgsz_desktop.paths import resources_folder
from zgsz_desktop.ui.models.package_model import PackageModel
from zgsz_desktop.ui.pages.merging.page import MergePage
from zgsz_desktop.ui.session import Session
from zgsz_desktop.ui.theme import ColourMode
from zgsz_desktop.ui.widgets.buttons import Button
from zgsz_desktop.ui.widgets.package_rows import PackageRow, PackageState
from zgsz_desktop.ui.widgets.text import ElidedLabel, Label

WAIT = 10000
OTHER_COUNTY, OTHER_CITY = "450202", "450200"


class Desk:
    """A county's merge page, and liaisons who hand in."""

    def __init__(self, folder, theme, qtbot):
        self.folder, self.theme, self.qtbot = folder, theme, qtbot
        self.region = make_region()
        self.exchange = Exchange(folder, self.region)
        self.codes = self.exchange.codes
        self.session = None

    def open(self):
        self.exchange.county.close()
        self.session = Session(self.folder / "county", resources_folder(), FixedClock(NOW, prefix="ff"))
        page = MergePage(self.theme, self.session)
        self.qtbot.addWidget(page)
        page.resize(1290, 716)
        with self.qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        return page

    def merge(self, page, *files):
        page.add_files(files)
        self.settle(page)

    def settle(self, page):
        self.qtbot.waitUntil(lambda: not page.is_running, timeout=WAIT)

    def elsewhere(self):
        """Give a package of another county to its own city."""
        clerk = self.region.clerk(OTHER_COUNTY)
        workspace = make_workspace(self.folder / "elsewhere", self.region, OTHER_COUNTY)
        out = self.folder / "elsewhere.zgsz"
        export_package(workspace, out, to_division=OTHER_CITY, sealer=clerk)
        workspace.close()
        return out

    def close(self):
        self.session.close() if self.session else self.exchange.county.close()


@pytest.fixture
def desk(tmp_path, theme, qtbot):
    desk = Desk(tmp_path, theme, qtbot)
    yield desk
    desk.close()


@pytest.fixture
def gate(monkeypatch):
    """Hold every merge before its first line until the gate is opened."""
    opened = threading.Event()

    def held(workspace, path, *, progress, **options):
        assert opened.wait(timeout=WAIT / 1000)
        return merge_package(workspace, path, progress=progress, **options)

    monkeypatch.setattr("zgsz_desktop.ui.pages.merging.page.merge_package", held)
    yield opened
    opened.set()


def words(widget):
    """All that is written in a widget."""
    return "\n".join(label.text() for kind in (Label, ElidedLabel) for label in widget.findChildren(kind))


def click(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def states(page):
    return [parcel.state for parcel in page.parcels]


def chips(row):
    return [chip.text for chip in row.chips]


def test_the_model_keeps_qts_rules(qtbot):
    model = PackageModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.QtTest)
    row = PackageRow(PackageState.WAITING, "a", "b", "c", "a.zgsz", remark="排队中")
    model.add_rows([row, row])
    with qtbot.waitSignal(model.dataChanged):
        model.set_row(1, PackageRow(PackageState.REFUSED, "a", "b", "c", "a.zgsz"))
    assert model.rowCount() == 2
    assert "拒收" in model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_a_dropped_package_is_merged_and_says_from_whom(desk, qtbot):
    package = desk.exchange.handed_in("a1", desk.codes[:2])
    page = desk.open()
    assert words(page.aside).startswith("要您处理")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(package))])
    drop = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.drop.dropEvent(drop)
    desk.settle(page)
    row = page.model.row(0)
    assert row.state is PackageState.MERGED
    assert (row.sender, row.route) == ("张三", "服务员，青秀区，发给青秀区")
    assert (row.signed, row.trusted) == ("本人签名，青秀区工信局授权", True)
    assert (row.counts, chips(row)) == ("2 份诊断", ["新增 2", "已有 3"])
    assert all(list_submissions(desk.session.reading.store, code) for code in desk.codes[:2])
    assert page.status.title.text() == "1 份都处理完了"


def test_other_views_hear_of_it(desk, qtbot):
    package = desk.exchange.handed_in("a1", desk.codes[:1])
    page = desk.open()
    with qtbot.waitSignal(desk.session.changed, timeout=WAIT):
        page.add_files([package])
    desk.settle(page)


def test_a_second_copy_counts_nothing(desk):
    package = desk.exchange.handed_in("a1", desk.codes[:1])
    copy = package.with_name("copy.zgsz")
    shutil.copy(package, copy)
    page = desk.open()
    desk.merge(page, package, copy)
    assert states(page) == [PackageState.MERGED, PackageState.DUPLICATE]
    assert chips(page.model.row(1)) == ["已并入过"]
    assert page.status.words.text() == "已并入 1 份，重复 1 份"


def test_a_changed_package_is_refused_and_the_rest_goes_on(desk):
    bad = tampered(desk.exchange.handed_in("a1", desk.codes[:1]))
    good = desk.exchange.handed_in("b2", desk.codes[1:2])
    page = desk.open()
    desk.merge(page, bad, good)
    assert states(page) == [PackageState.REFUSED, PackageState.MERGED]
    row = page.model.row(0)
    assert (row.signed, row.trusted, chips(row)) == ("签名与内容对不上", False, ["拒收"])
    assert page.parcels[0].error.code == "package.manifest_signature"
    assert list_submissions(desk.session.reading.store, desk.codes[0]) == []
    click(page.aside.cards[0].button)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith(f"您交来的“{bad.name}”：包的清单被改动过")
    assert "请让对方重新导出" in copied


def test_a_package_for_another_bureau_is_taken_only_after_asking(desk):
    package = desk.elsewhere()
    page = desk.open()
    desk.merge(page, package)
    assert page.parcels[0].error.code == "package.other_bureau"
    click(page.aside.cards[0].button)
    click(page.dialog.safe)
    assert states(page) == [PackageState.REFUSED]
    click(page.aside.cards[0].button)
    click(page.dialog.act)
    desk.settle(page)
    assert states(page) == [PackageState.MERGED]


def test_a_missing_file_can_be_tried_again(desk):
    package = desk.exchange.handed_in("a1", desk.codes[:1])
    away = package.rename(package.with_name("away"))
    page = desk.open()
    desk.merge(page, package)
    assert page.parcels[0].error.code == "package.unreadable"
    away.rename(package)
    click(page.aside.cards[0].button)
    desk.settle(page)
    assert states(page) == [PackageState.MERGED]
    assert page.aside.cards == {}


def test_a_conflict_is_listed_and_left_to_a_person(desk):
    one = desk.exchange.handed_in("a1", desk.codes[:2])
    two = desk.exchange.handed_in("b2", desk.codes[1:], sme_q05={"choice": ["C"]})
    page = desk.open()
    desk.merge(page, one, two)
    assert states(page) == [PackageState.MERGED, PackageState.CONFLICT]
    assert "冲突 1" in chips(page.model.row(1))
    card = page.aside.cards[1]
    assert "1 处有冲突" in words(card)
    click(card.button)
    assert page.details.isVisible()
    listed = [page.details.model.item(0, column).text() for column in range(4)]
    assert listed[:3] == ["冲突", "诊断结果", "南宁壮美食品有限公司"]
    assert listed[3] == next(iter(page.parcels[1].report.conflicts)).reason
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert page.list.isVisible()
    assert len(list_conflicts(desk.session.reading.store)) == 1


def test_what_was_not_let_in_of_a_package_is_listed_with_its_reason(desk):
    pen = Pen(desk.region.liaison(COUNTY))
    package = desk.folder / "partly.zgsz"
    envelopes = [pen.submission(1), pen.submission(2, division="450102")]
    package.write_bytes(Forge(desk.region, pen.signer, envelopes, to_division=COUNTY).build())
    page = desk.open()
    desk.merge(page, package)
    assert states(page) == [PackageState.PARTLY]
    assert chips(page.model.row(0)) == ["新增 1", "拒收 1"]
    card = page.aside.cards[0]
    assert "1 条没有收下" in words(card)
    assert "其余 1 条已并入" in words(card)
    click(card.button)
    reason = page.parcels[0].report.refused[0].reason
    assert page.details.model.item(0, 0).text() == "没有收下"
    assert reason in words(page.details)


def test_enter_on_a_row_opens_its_list(desk):
    page = desk.open()
    desk.merge(page, desk.exchange.task)
    page.list.setCurrentIndex(page.model.index(0, 0))
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert page.details.isVisible()
    assert "这份文件里没有要看的" in words(page.details)


def test_stopping_takes_back_the_one_at_work_and_keeps_the_rest_waiting(desk, gate, qtbot):
    one = desk.exchange.handed_in("a1", desk.codes[:1])
    two = desk.exchange.handed_in("b2", desk.codes[1:2])
    page = desk.open()
    page.add_files([one, two])
    assert page.status.title.text() == "正在处理第 1 份，共 2 份"
    assert page.model.row(0).progress is not None
    click(page.status.stop)
    assert page.status.title.text() == "正在停下"
    gate.set()
    desk.settle(page)
    assert states(page) == [PackageState.WAITING, PackageState.WAITING]
    assert page.status.title.text() == "停下了，还有 2 份没处理"
    assert list_submissions(desk.session.reading.store, desk.codes[0]) == []
    click(page.status.go_on)
    qtbot.waitUntil(lambda: page.parcels[1].is_settled, timeout=WAIT)
    assert states(page) == [PackageState.MERGED, PackageState.MERGED]


def test_a_file_that_waits_is_not_put_in_twice(desk, gate):
    package = desk.exchange.handed_in("a1", desk.codes[:1])
    page = desk.open()
    page.add_files([package, package])
    page.add_files([package])
    assert len(page.parcels) == 1
    gate.set()
    desk.settle(page)


def test_the_window_lives_while_a_package_is_merged(desk, gate, qtbot):
    page = desk.open()
    page.add_files([desk.exchange.handed_in("a1", desk.codes[:1])])
    alive = []
    QTest.qWait(0)
    page.list.clicked.connect(lambda _: alive.append(True))
    QTest.mouseClick(
        page.list.viewport(), Qt.MouseButton.LeftButton, pos=page.list.visualRect(page.model.index(0, 0)).center()
    )
    assert alive
    assert page.is_running
    gate.set()
    desk.settle(page)


def test_nothing_yet_says_how_files_get_here(desk):
    page = desk.open()
    assert "还没有要合并的文件" in words(page)
    assert not page.list.isVisible()
    assert not page.status.isVisible()


@pytest.mark.parametrize("mode", [ColourMode.LIGHT, ColourMode.DARK])
@pytest.mark.parametrize("size", [(1040, 640), (1290, 716), (1844, 1028)])
def test_is_drawn_at_every_size_without_cutting_wrapped_text(desk, theme, qtbot, mode, size):
    bad = tampered(desk.exchange.handed_in("a1", desk.codes[:1]))
    page = desk.open()
    desk.merge(page, bad, desk.exchange.task, desk.folder / "missing.zgsz")
    theme.set_mode(mode)
    page.resize(*size)
    wide = size[0] > 1500
    qtbot.waitUntil(lambda: page.aside.width() == (460 if wide else 348))
    page.grab()
    assert ("自动处理了" in [label.text() for label in page.findChildren(Label) if label.isVisible()]) is wide
    for label in page.aside.findChildren(Label):
        if label.wordWrap() and label.isVisible():
            assert label.height() >= label.heightForWidth(label.width()), label.text()
    for button in page.findChildren(Button):
        if button.isVisible():
            assert button.width() >= button.sizeHint().width(), button.text()
