"""Buttons, segment, fields, notes, drop zone, dialog: states, keyboard, words for the screen reader."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, QRectF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.ui.painting import text_width
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.band_strip import Band, BandStrip
from zgsz_desktop.ui.widgets.buttons import Button, ButtonKind, CheckButton
from zgsz_desktop.ui.widgets.cards import ActionRow, ChoiceCard, TodoCard, TodoText, clear_layout
from zgsz_desktop.ui.widgets.dialog import Question, QuestionDialog
from zgsz_desktop.ui.widgets.fields import NumberField, SearchField, TextField
from zgsz_desktop.ui.widgets.notes import InlineNote, NoteAction, NoteTone, Toast, note_of_error
from zgsz_desktop.ui.widgets.segment import Segment, SegmentItem
from zgsz_desktop.ui.widgets.states import DropZone, EmptyState, LoadingRows
from zgsz_desktop.ui.widgets.text import ElidedLabel, Label, TextRole

SEGMENTS = (SegmentItem("all", "全部", 64), SegmentItem("open", "未答", 23), SegmentItem("doubt", "存疑", 2))
BANDS = (Band("1", "0–10%", "0 分", 0, 10), Band("2", "10–40%", "3 分", 10, 40), Band("3", "40–100%", "6 分", 40, 100))


def colours(widget: QWidget) -> set[int]:
    """Give the colours of a picture of the widget."""
    image = widget.grab().toImage()
    return {image.pixel(x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}


@pytest.mark.parametrize("kind", list(ButtonKind))
def test_a_button_is_wide_enough_for_its_words(qtbot, theme: Theme, kind: ButtonKind):
    button = Button(theme, "下一道未答", kind, icon="send", keys="Enter")
    qtbot.addWidget(button)
    bare = Button(theme, "下一道未答", kind)
    qtbot.addWidget(bare)
    assert button.sizeHint().width() > bare.sizeHint().width() > 60
    assert len(colours(button)) > 3


def test_a_button_tells_its_key_in_the_tooltip(qtbot, theme: Theme):
    button = Button(theme, "撤销", keys="Ctrl Z")
    qtbot.addWidget(button)
    assert button.accessibleName() == "撤销"
    assert button.toolTip() == "撤销（Ctrl Z）"


def test_a_button_without_words_has_a_name(qtbot, theme: Theme):
    button = Button(theme, icon="search", name="搜索", kind=ButtonKind.QUIET)
    qtbot.addWidget(button)
    assert button.accessibleName() == button.toolTip() == "搜索"


def test_a_click_shows_no_ring_and_tab_does(qtbot, theme: Theme):
    ground = QWidget()
    qtbot.addWidget(ground)
    column = QVBoxLayout(ground)
    first, second = Button(theme, "甲"), Button(theme, "乙")
    column.addWidget(first)
    column.addWidget(second)
    with qtbot.waitActive(ground):
        ground.show()
    qtbot.mouseClick(second, Qt.MouseButton.LeftButton)
    assert not second.shows_ring()
    first.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert second.shows_ring()


def test_space_presses_a_button(qtbot, theme: Theme):
    button = CheckButton(theme, "存疑", icon="flag", keys="M")
    qtbot.addWidget(button)
    with qtbot.waitSignal(button.toggled):
        qtbot.keyClick(button, Qt.Key.Key_Space)
    assert button.isChecked()


def test_states_of_a_button_look_different(qtbot, theme: Theme):
    usual, disabled, pressed = Button(theme, "交"), Button(theme, "交"), Button(theme, "交")
    disabled.setEnabled(False)
    pressed.setDown(True)
    pictures = []
    for button in (usual, disabled, pressed):
        qtbot.addWidget(button)
        pictures.append(frozenset(colours(button)))
    assert len(set(pictures)) == 3


def test_a_segment_says_what_was_chosen(qtbot, theme: Theme):
    segment = Segment(theme, SEGMENTS)
    qtbot.addWidget(segment)
    assert segment.chosen_id() == "all"
    with qtbot.waitSignal(segment.chosen) as heard:
        segment.choose("doubt")
    assert heard.args == ["doubt"]
    with qtbot.assertNotEmitted(segment.chosen):
        segment.choose("doubt")


def test_arrow_keys_move_inside_a_segment(qtbot, theme: Theme):
    segment = Segment(theme, SEGMENTS)
    qtbot.addWidget(segment)
    with qtbot.waitActive(segment):
        segment.show()
    first = segment.findChildren(QWidget)[0]
    first.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert segment.chosen_id() == "open"


def test_a_segment_counts_for_the_screen_reader_too(qtbot, theme: Theme):
    segment = Segment(theme, SEGMENTS)
    qtbot.addWidget(segment)
    segment.set_counts({"open": 7})
    assert "未答，7 个" in [child.accessibleName() for child in segment.findChildren(QWidget)]


def test_escape_clears_a_search_and_arrows_go_on_to_the_list(qtbot, theme: Theme):
    search = SearchField(theme, "搜企业", "/")
    qtbot.addWidget(search)
    search.set_text("lzgy")
    line = search.focusProxy()
    with qtbot.waitSignal(search.stepped) as heard:
        qtbot.keyClick(line, Qt.Key.Key_Down)
    assert heard.args == [1]
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert search.text() == ""


def test_enter_submits_a_search(qtbot, theme: Theme):
    search = SearchField(theme, "搜企业")
    qtbot.addWidget(search)
    search.set_text("柳州")
    with qtbot.waitSignal(search.submitted) as heard:
        qtbot.keyClick(search.focusProxy(), Qt.Key.Key_Return)
    assert heard.args == ["柳州"]


@pytest.mark.parametrize("make", [lambda t: TextField(t, "信用代码"), lambda t: NumberField(t, "设备总数", "台")])
def test_a_wrong_field_says_so_in_words_and_takes_it_back(qtbot, theme: Theme, make):
    field = make(theme)
    qtbot.addWidget(field)
    before = field.sizeHint().height()
    field.set_error("第 18 位校验码不对，应为 F。")
    assert field.line.accessibleDescription() == "第 18 位校验码不对，应为 F。"
    assert field.sizeHint().height() > before
    field.set_error("")
    assert field.sizeHint().height() == before


def test_a_number_field_names_its_unit(qtbot, theme: Theme):
    field = NumberField(theme, "生产设备总数", "台")
    qtbot.addWidget(field)
    assert field.line.accessibleName() == "生产设备总数，单位 台"
    with qtbot.waitSignal(field.edited) as heard:
        qtbot.keyClicks(field.line, "8")
    assert heard.args == ["8"]


def test_a_band_says_which_and_the_strip_shows_what_is_so(qtbot, theme: Theme):
    strip = BandStrip(theme, BANDS)
    qtbot.addWidget(strip)
    strip.resize(600, strip.height())
    strip.show()
    buttons = strip.findChildren(QWidget)
    with qtbot.waitSignal(strip.chosen) as heard:
        qtbot.mouseClick(buttons[1], Qt.MouseButton.LeftButton)
    assert heard.args == [1]
    assert not buttons[1].isChecked()  # the page decides, then shows
    strip.set_chosen(1)
    assert buttons[1].isChecked()


def test_pointers_run_in_order_and_stay_inside(qtbot, theme: Theme):
    strip = BandStrip(theme, BANDS)
    qtbot.addWidget(strip)
    strip.resize(600, strip.height())
    places = [strip.pointer_x(value) for value in (-5, 0, 9, 10, 39, 58, 100, 250)]
    assert places == sorted(places)
    assert places[0] >= 0
    assert places[-1] <= 600


def test_a_note_offers_its_actions_and_hides_the_detail(qtbot, theme: Theme):
    note = InlineNote(
        theme, NoteTone.BAD, "没能并入", "已并入的不受影响。", actions=[NoteAction("copy", "复制给他")], detail="x=1"
    )
    qtbot.addWidget(note)
    assert note.accessibleName() == "没能并入，已并入的不受影响。"
    assert not note.is_detail_shown()
    buttons = {button.text(): button for button in note.findChildren(Button)}
    buttons["详情"].click()
    assert note.is_detail_shown()
    with qtbot.waitSignal(note.action_chosen) as heard:
        buttons["复制给他"].click()
    assert heard.args == ["copy"]


def test_a_note_of_an_error_speaks_the_catalogue(qtbot, theme: Theme):
    from zgsz_desktop.engine.catalogue import CATALOGUE

    code = next(key for key, text in CATALOGUE.items() if "{" not in text.message + text.remedy)
    note = note_of_error(theme, UserError(code))
    qtbot.addWidget(note)
    assert CATALOGUE[code].message in note.accessibleName()
    assert CATALOGUE[code].remedy in note.accessibleName()


def test_a_toast_offers_undo_and_goes_when_it_is_taken(qtbot, theme: Theme):
    ground = QWidget()
    qtbot.addWidget(ground)
    ground.resize(800, 400)
    ground.show()
    toast = Toast(theme, ground)
    toast.say("已把第 8 题改为 2 级")
    assert toast.isVisible()
    assert abs(toast.geometry().center().x() - 400) <= 1
    ground.resize(600, 300)
    assert abs(toast.geometry().center().x() - 300) <= 1
    with qtbot.waitSignal(toast.undone):
        toast.findChildren(QWidget)[0].click()
    assert not toast.isVisible()


def test_dropping_files_hands_over_those_with_the_right_ending(qtbot, theme: Theme, tmp_path):
    zone = DropZone(theme, "拖到这里", "先核对", suffixes=[".zgpkg"])
    qtbot.addWidget(zone)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in ("a.zgpkg", "b.ZGPKG", "c.txt")])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    with qtbot.waitSignal(zone.files_dropped) as heard:
        zone.dropEvent(event)
    assert [path.name for path in heard.args[0]] == ["a.zgpkg", "b.ZGPKG"]


def test_a_drop_zone_says_how_many_hover(qtbot, theme: Theme):
    zone = DropZone(theme, "拖到这里", "先核对", suffixes=[".zgpkg"])
    qtbot.addWidget(zone)
    zone.show_hovering(13)
    assert next(label.text() for label in zone.findChildren(ElidedLabel)) == "松开就开始核对这 13 份"
    zone.show_hovering(0)
    assert next(label.text() for label in zone.findChildren(ElidedLabel)) == "拖到这里"


def test_the_dialog_rests_on_the_safe_button_and_escape_means_it(qtbot, theme: Theme):
    dialog = QuestionDialog(
        theme, Question("删除“某某公司”的本轮填写?", "30 天内可以找回。", "不删", "删除这次填写", dangerous=True)
    )
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.focusWidget() is dialog.safe
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.result() == QDialog.DialogCode.Rejected


def test_the_dialog_acts_only_on_the_acting_button(qtbot, theme: Theme):
    dialog = QuestionDialog(theme, Question("清空草稿?", "可以撤销。", "不清", "清空"))
    qtbot.addWidget(dialog)
    dialog.show()
    with qtbot.waitSignal(dialog.accepted):
        dialog.act.click()


def test_cards_have_one_button_and_say_when_it_is_pressed(qtbot, theme: Theme):
    todo = TodoCard(theme, TodoText("clock", "warn", "授权过期", "他的授权 9月1日到期。", "续发授权"), primary=True)
    row = ActionRow(theme, "file-output", "导出给县局", "2 家已盖章，还没交", "导出")
    for card in (todo, row):
        qtbot.addWidget(card)
        assert len(card.findChildren(Button)) == 1
        with qtbot.waitSignal(card.acted):
            card.button.click()


def test_a_choice_is_read_with_its_sentence_and_key(qtbot, theme: Theme):
    choice = ChoiceCard(theme, icon="user-round", title="我是服务员", sentence="联系企业、现场填写", keys="2")
    qtbot.addWidget(choice)
    assert choice.accessibleName() == "我是服务员，联系企业、现场填写"
    assert choice.accessibleDescription() == "按键 2"
    with qtbot.waitSignal(choice.toggled):
        choice.click()


def test_empty_and_loading_are_pictures_with_words(qtbot, theme: Theme):
    empty, loading = EmptyState(theme, "inbox", "还没有交来的文件", "拖到这里就行。"), LoadingRows(theme)
    for widget in (empty, loading):
        qtbot.addWidget(widget)
        widget.resize(420, 120)
        assert widget.accessibleName()
        assert len(colours(widget)) > 2


def test_an_elided_label_keeps_its_whole_text(qtbot, theme: Theme):
    label = ElidedLabel(theme, "柳州澄远汽车零部件有限公司", TextRole.CARD)
    qtbot.addWidget(label)
    label.resize(80, label.height())
    assert label.is_elided()
    assert label.accessibleName() == "柳州澄远汽车零部件有限公司"
    label.resize(400, label.height())
    assert not label.is_elided()


def test_a_label_follows_the_theme(qtbot, theme: Theme):
    from zgsz_desktop.ui.theme import ColourMode

    label = Label(theme, "名称", TextRole.CARD)
    qtbot.addWidget(label)
    theme.set_mode(ColourMode.DARK)
    assert label.palette().windowText().color().name().upper() == theme.tokens.text


def test_clearing_a_layout_deletes_what_was_in_it(qtbot, theme: Theme):
    ground = QWidget()
    qtbot.addWidget(ground)
    column = QVBoxLayout(ground)
    column.addWidget(Label(theme, "一"))
    column.addStretch(1)
    clear_layout(column)
    assert column.count() == 0
    assert not ground.findChildren(Label)


def test_the_words_of_every_band_fit_beside_its_key_in_a_narrow_window(qtbot, theme: Theme):
    five = (*BANDS[:2], Band("3", "20–40%", "3 分", 20, 40), Band("4", "40–60%", "4.5 分", 40, 60), BANDS[2])
    strip = BandStrip(theme, five)
    qtbot.addWidget(strip)
    strip.resize(450, strip.height())
    for button in strip.findChildren(QWidget):
        words = theme.font(13, bold=True)
        assert text_width(words, button.band.text) + 16 + 8 <= button.width() - 8


def test_the_labels_of_two_close_pointers_do_not_overlap(qtbot, theme: Theme):
    strip = BandStrip(theme, BANDS)
    qtbot.addWidget(strip)
    strip.resize(450, strip.height())
    last = QRectF(strip.pointer_x(56) - 7, 0, 14, 24)
    room = strip._label_room(strip.pointer_x(58), 70, [last])
    assert not room.intersects(last)
    assert room.left() >= 0
    assert room.right() <= strip.width()
