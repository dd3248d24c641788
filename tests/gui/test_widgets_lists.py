"""Rows, tables, packages and the frame: keyboard, words, hits, breakpoints."""

import itertools
from collections.abc import Sequence

import pytest
from PySide6.QtCore import QAbstractListModel, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QWidget

from zgsz_desktop.ui.marks import Chip, StateChip, Tone
from zgsz_desktop.ui.theme import ColourMode, Theme
from zgsz_desktop.ui.widgets.package_rows import (
    PACKAGE_ROLE,
    PackageHeader,
    PackageList,
    PackageRow,
    PackageState,
    column_rects,
    package_text,
)
from zgsz_desktop.ui.widgets.rail import RailEntry
from zgsz_desktop.ui.widgets.rows import ROW_ROLE, GroupRow, ListRow, MoreRow, RowList, row_flags, row_text
from zgsz_desktop.ui.widgets.shell import Breadth, Shell, breadth_of
from zgsz_desktop.ui.widgets.tables import CELL_ROLE, BarCell, GradeCell, TableView

FIRST = ListRow(
    5,
    "柳州澄远汽车零部件有限公司",
    "91450206MA522BT54F",
    StateChip.ANSWERING.value,
    (41, 64),
    due="9月30日前",
    action="继续",
)
SECOND = ListRow(
    None, "广西柳江辰溪食品有限公司", "91450206MA593PCF87", StateChip.RETURNED.value, reason="没有附设备清单。"
)
ROWS = (GroupRow("正在填", "2 家"), FIRST, SECOND, MoreRow("其余 7 家"))
PACKAGE = PackageRow(
    PackageState.CONFLICT,
    "覃晓岚",
    "服务员，发给本局",
    "本人签名",
    "lj.zgpkg",
    trusted=True,
    counts="23 家",
    details="1,472 答案",
    chips=(Chip("新增 9", Tone.OK), Chip("冲突 3", Tone.WARN)),
)
RAIL = (
    RailEntry("home", "house", "首页"),
    RailEntry("review", "stamp", "评审"),
    RailEntry("settings", "settings", "设置", at_bottom=True),
)


class Listed(QAbstractListModel):
    """Values in one role."""

    def __init__(self, role: int, values: Sequence[object], parent: QWidget) -> None:
        super().__init__(parent)
        self._role, self._values = role, values

    def rowCount(self, parent=None):
        return len(self._values)

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        return self._values[index.row()] if role == self._role else None

    def flags(self, index):
        value = self._values[index.row()]
        return super().flags(index) if isinstance(value, PackageRow) else row_flags(value)


@pytest.fixture
def rows(qtbot, theme: Theme) -> RowList:
    listed = RowList(theme, "企业")
    qtbot.addWidget(listed)
    listed.setModel(Listed(ROW_ROLE, ROWS, listed))
    listed.resize(900, 400)
    with qtbot.waitExposed(listed):
        listed.show()
    return listed


def test_arrows_go_over_headings(qtbot, rows: RowList):
    rows.setCurrentIndex(rows.model().index(1, 0))
    seen = [rows.currentIndex().row()]
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    seen.append(rows.currentIndex().row())
    qtbot.keyClick(rows, Qt.Key.Key_Down)  # nothing below: stays
    seen.append(rows.currentIndex().row())
    qtbot.keyClick(rows, Qt.Key.Key_Up)
    assert [*seen, rows.currentIndex().row()] == [1, 2, 2, 1]


def test_enter_opens_a_row(qtbot, rows: RowList):
    rows.setCurrentIndex(rows.model().index(1, 0))
    with qtbot.waitSignal(rows.opened) as heard:
        qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert heard.args[0].row() == 1


def test_the_button_of_a_row_opens_it_and_the_rest_of_the_row_does_not(qtbot, rows: RowList):
    index = rows.model().index(2, 0)
    box = rows._delegate.button_rect(QRectF(rows.visualRect(index)), SECOND)
    with qtbot.waitSignal(rows.opened):
        qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    with qtbot.assertNotEmitted(rows.opened):
        qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualRect(index).center())


def test_the_last_line_asks_for_more(qtbot, rows: RowList):
    place = rows.visualRect(rows.model().index(3, 0)).center()
    with qtbot.waitSignal(rows.more_wanted):
        qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_rows_have_the_heights_of_their_kind(rows: RowList):
    heights = [rows.visualRect(rows.model().index(row, 0)).height() for row in range(4)]
    assert heights == [34, 56, 74, 34]


def test_a_row_in_words_says_all_that_is_drawn():
    words = row_text(FIRST)
    assert words == "柳州澄远汽车零部件有限公司，91450206MA522BT54F，5 档，填写中，已答 41/64，9月30日前"
    assert row_text(SECOND).endswith("没有附设备清单。")
    assert row_text(ROWS[0]) == "正在填 2 家"


@pytest.mark.parametrize("width", [420, 700, 900, 1500])
def test_rows_are_drawn_at_every_width_in_both_modes(rows: RowList, theme: Theme, width: int):
    rows.resize(width, 400)
    for mode in (ColourMode.LIGHT, ColourMode.DARK):
        theme.set_mode(mode)
        image = rows.grab().toImage()
        assert len({image.pixel(x, 62) for x in range(0, width, 2)}) > 5


def test_packages_are_drawn_and_read(qtbot, theme: Theme):
    listed = PackageList(theme)
    qtbot.addWidget(listed)
    waiting = PackageRow(PackageState.WAITING, "韦丽琼", "服务员", "等待核对", "a.zgpkg", remark="排队中")
    running = PackageRow(
        PackageState.RUNNING, "罗秋霞", "服务员", "本人签名", "b.zgpkg", progress=0.5, progress_text="7/14"
    )
    refused = PackageRow(PackageState.REFUSED, "韦国栋", "服务员", "签名与内容对不上", "c.zgpkg", trusted=False)
    listed.setModel(Listed(PACKAGE_ROLE, (PACKAGE, waiting, running, refused), listed))
    for width in (500, 900, 1300):
        listed.resize(width, 220)
        image = listed.grab().toImage()
        assert len({image.pixel(x, 20) for x in range(0, width, 2)}) > 5
    words = package_text(PACKAGE)
    assert words == "覃晓岚，服务员，发给本局，有冲突，本人签名，lj.zgpkg，23 家，1,472 答案，新增 9，冲突 3"


def test_package_columns_do_not_overlap_and_size_comes_with_room():
    for width, count in ((700.0, 4), (1300.0, 5)):
        columns = column_rects(QRectF(0, 0, width, 52))
        assert len(columns) == count
        assert all(left.right() <= right.left() for left, right in itertools.pairwise(columns))
        assert columns[-1].right() <= width


def test_the_header_of_packages_is_drawn(qtbot, theme: Theme):
    header = PackageHeader(theme)
    qtbot.addWidget(header)
    header.resize(1200, 34)
    image = header.grab().toImage()
    assert len({image.pixel(x, 17) for x in range(1200)}) > 3


@pytest.fixture
def table(qtbot, theme: Theme) -> TableView:
    view = TableView(theme, "覆盖")
    qtbot.addWidget(view)
    model = QStandardItemModel(0, 4, view)
    model.setHorizontalHeaderLabels(["市", "应诊断", "覆盖率", "中位档"])
    for name, count, share, grade in (("百色市", "617", 0.57, 3), ("柳州市", "", 0.92, None)):
        items = [QStandardItem(name), QStandardItem(count), QStandardItem(), QStandardItem()]
        items[1].setTextAlignment(Qt.AlignmentFlag.AlignRight)
        items[2].setData(BarCell(share, f"{share:.1%}", 0.75), CELL_ROLE)
        items[3].setData(GradeCell(grade), CELL_ROLE)
        model.appendRow(items)
    view.setModel(model)
    view.resize(600, 200)
    return view


def test_rows_of_a_table_are_copied_as_a_spreadsheet_pastes_them(qtbot, table: TableView):
    table.selectAll()
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "市\t应诊断\t覆盖率\t中位档"
    assert sorted(lines[1:]) == ["柳州市\t\t92.0%\t", "百色市\t617\t57.0%\t3"]


def test_columns_are_remembered(table: TableView):
    table.setColumnWidth(0, 177)
    state = table.columns_state()
    table.setColumnWidth(0, 60)
    assert table.restore_columns(state)
    assert table.columnWidth(0) == 177


def test_the_pointer_marks_a_whole_row_and_leaves_it(qtbot, table: TableView):
    with qtbot.waitExposed(table):
        table.show()
    qtbot.mouseMove(table.viewport(), table.visualRect(table.model().index(1, 0)).center())
    assert table.hovered_row() == 1
    table._hover(-1)
    assert table.hovered_row() == -1
    image = table.grab().toImage()
    assert len({image.pixel(x, 50) for x in range(600)}) > 5


def test_enter_opens_a_table_row(qtbot, table: TableView):
    table.selectRow(0)
    with qtbot.waitSignal(table.opened):
        qtbot.keyClick(table, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("width", "breadth"),
    [
        (800, Breadth.SMALL),
        (1100, Breadth.NARROW),
        (1319, Breadth.NARROW),
        (1320, Breadth.NORMAL),
        (1600, Breadth.WIDE),
    ],
)
def test_breakpoints_are_those_of_the_norm(width: int, breadth: Breadth):
    assert breadth_of(width) is breadth


@pytest.fixture
def shell(qtbot, theme: Theme) -> Shell:
    made = Shell(theme, RAIL)
    qtbot.addWidget(made)
    made.top.set_identity("覃晓岚", "服务员，柳州市柳江区")
    made.resize(1366, 690)
    with qtbot.waitActive(made):
        made.show()
    return made


def test_a_narrow_window_folds_the_rail_and_the_search(qtbot, shell: Shell):
    assert not shell.rail.is_collapsed()
    with qtbot.waitSignal(shell.breadth_changed) as heard:
        shell.resize(1200, 690)
    assert heard.args == [Breadth.NARROW]
    assert shell.rail.is_collapsed()
    assert shell.rail.width() == 60
    assert not shell.top.search.isVisible()
    shell.resize(1400, 690)
    assert shell.rail.width() == 76
    assert shell.top.search.isVisible()


def test_what_the_user_did_to_the_rail_holds(qtbot, shell: Shell):
    shell.rail._fold.click()
    assert shell.rail.is_collapsed()
    shell.resize(1700, 690)
    assert shell.rail.is_collapsed()


def test_the_rail_says_where_the_user_went(qtbot, shell: Shell):
    with qtbot.waitSignal(shell.rail.chosen) as heard:
        shell.rail.item("review").click()
    assert heard.args == ["review"]
    shell.rail.set_count("review", 46)
    assert shell.rail.item("review").accessibleName() == "评审，46 件待办"
    shell.rail.set_count("review", 0)
    assert shell.rail.item("review").accessibleName() == "评审"


def test_a_room_outside_the_rail_marks_none(shell: Shell):
    shell.rail.choose("home")
    shell.rail.choose("elsewhere")
    assert not shell.rail.item("home").isChecked()


def test_ctrl_k_comes_to_the_search_even_when_it_is_an_icon(qtbot, shell: Shell):
    shell.resize(1200, 690)
    qtbot.keyClick(shell, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert shell.top.search.isVisible()
    assert shell.top.search.focusProxy().hasFocus()


def test_the_saved_state_and_the_background_work_are_read(shell: Shell):
    shell.top.saved.say_saved("09:31:07")
    assert shell.top.saved.accessibleName() == "已保存 09:31:07"
    shell.top.saved.say_failed()
    assert shell.top.saved.text() == "没能保存"
    shell.top.task.show_work("合并", 9, 13)
    assert shell.top.task.accessibleName() == "后台任务：合并 9/13"
    shell.top.task.show_nothing()
    assert not shell.top.task.isVisible()


def test_a_page_names_itself_in_the_top_bar(qtbot, shell: Shell):
    shell.top.show_page("柳州澄远", "2026 年第一轮", [StateChip.ANSWERING.value], back=True)
    shell.top.show_page("柳州澄远", "", [], back=True)
    with qtbot.waitSignal(shell.top.back_clicked):
        shell.top._back.click()


def test_the_corner_of_the_sheet_stays_round_over_any_page(qtbot, shell: Shell, theme: Theme):
    page = QWidget()
    page.setAutoFillBackground(True)
    page.setStyleSheet("background: #FF0000")
    shell.sheet.show_page(page)
    assert shell.sheet.current() is page
    image = shell.sheet.grab().toImage()
    assert image.pixelColor(0, 0).name().upper() == theme.tokens.canvas
    assert image.pixelColor(30, 30).name() == "#ff0000"
    shell.sheet.drop_page(page)
    page.deleteLater()
    assert shell.sheet.current() is None
