"""Option cards, section list, marks, charts and results: what the answering and the result page stand on."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from zgsz_desktop.ui.marks import Chip, StateChip, Tone, chip_width, ladder_steps
from zgsz_desktop.ui.theme import ColourMode, Theme
from zgsz_desktop.ui.widgets.charts import BarRows, Dimension, LevelMeter, RadarChart, as_tsv, text_alternative
from zgsz_desktop.ui.widgets.marks import (
    BADGE_RESULT,
    BADGE_TABLE,
    Avatar,
    ChipLabel,
    GradeBadge,
    IconLabel,
    KeyCap,
    Ladder,
    ProgressBar,
    ProgressRing,
)
from zgsz_desktop.ui.widgets.option_card import PITCH, OptionCard, OptionText
from zgsz_desktop.ui.widgets.results import FrameworkSummary, GradeHead, GradeView, LiveResult
from zgsz_desktop.ui.widgets.section_list import Group, Section, SectionList, Square, SquareState

LONG = "系统采集工单与工艺参数，管控工单、物料、设备，并与计划、质量、设备等系统共享数据。" * 3
DIMENSIONS = (
    Dimension("发展战略", 0.64, "64", 0.48, 0.5, "+16"),
    Dimension("新型能力", 0.56, "56", 0.44, 0.47, "+12"),
    Dimension("治理体系", 0.63, "63", None, None, "-1"),
)
VIEW = GradeView(5, "5 档", "领域级", "52.4", "本题 +1.9", to_next="再得 3.6 分到 6 档")


def colours(widget: QWidget) -> set[int]:
    image = widget.grab().toImage()
    return {image.pixel(x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}


@pytest.fixture
def placed(qtbot):
    """Put widgets one over the other on a shown ground of a given width, and keep it until the test ends."""
    grounds: list[QWidget] = []

    def place(*widgets: QWidget, width: int) -> QWidget:
        ground = QWidget()
        qtbot.addWidget(ground)
        grounds.append(ground)
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        for widget in widgets:
            column.addWidget(widget)
        column.addStretch(1)
        ground.resize(width, 600)
        with qtbot.waitActive(ground):  # the focus moves in an active window only
            ground.show()
        return ground

    return place


@pytest.mark.parametrize("width", [300, 380, 560, 900])
def test_no_line_of_an_option_is_clipped(qtbot, placed, theme: Theme, width: int):
    card = OptionCard(theme, OptionText("1", LONG, "4 级", "+1.25 分", last_round=True))
    placed(card, width=width)
    room = card._text_room(card.area())
    metrics = QFontMetricsF(theme.font(14))
    lines = card.text_lines()
    assert "".join(lines) == LONG
    assert max(metrics.horizontalAdvance(line) for line in lines) <= room.width() + 1
    assert len(lines) * PITCH <= card.height() - 8
    assert room.left() > 40


def test_an_option_grows_and_shrinks_with_its_width(qtbot, placed, theme: Theme):
    card = OptionCard(theme, OptionText("1", LONG))
    ground = placed(card, width=900)
    wide = card.height()
    ground.resize(320, 600)
    assert card.height() > wide
    ground.resize(900, 600)
    assert card.height() == wide


def test_a_short_option_is_fifty_high_and_the_tight_one_forty(qtbot, placed, theme: Theme):
    card = OptionCard(theme, OptionText("1", "平常"))
    tight = OptionCard(theme, OptionText("1", "平常"), tight=True)
    placed(card, tight, width=500)
    assert card.height() == 50 + 8
    assert tight.height() == 40 + 8


def test_an_option_is_read_with_level_points_and_last_round(qtbot, theme: Theme):
    card = OptionCard(theme, OptionText("3", "用信息化系统跟踪", "2 级", "1.25 分", last_round=True))
    qtbot.addWidget(card)
    assert card.accessibleName() == "2 级，用信息化系统跟踪，1.25 分，上轮选过"
    assert card.accessibleDescription() == "按键 3"


def test_the_whole_card_is_the_target(qtbot, placed, theme: Theme):
    card = OptionCard(theme, OptionText("1", "平常"))
    ground = placed(card, width=500)
    ground.show()
    with qtbot.waitSignal(card.toggled):
        qtbot.mouseClick(card, Qt.MouseButton.LeftButton, pos=card.rect().bottomRight() - card.rect().center() / 4)


def test_single_choice_is_exclusive_and_arrows_move(qtbot, placed, theme: Theme):
    cards = [OptionCard(theme, OptionText(str(n), f"第 {n}")) for n in range(3)]
    ground = placed(*cards, width=500)
    group = QButtonGroup(ground)
    for card in cards:
        group.addButton(card)
    cards[0].setFocus(Qt.FocusReason.TabFocusReason)
    cards[0].setChecked(True)
    qtbot.keyClick(cards[0], Qt.Key.Key_Down)
    assert [card.isChecked() for card in cards] == [False, True, False]
    assert cards[1].shows_ring()


def test_states_of_an_option_look_different_in_both_modes(qtbot, placed, theme: Theme):
    for mode in (ColourMode.LIGHT, ColourMode.DARK):
        theme.set_mode(mode)
        cards = [OptionCard(theme, OptionText("1", "平常")) for _ in range(3)]
        placed(*cards, width=500)
        cards[1].setChecked(True)
        cards[2].setEnabled(False)
        assert len({frozenset(colours(card)) for card in cards}) == 3


def sections(current_state: SquareState = SquareState.OPEN) -> tuple[Group, ...]:
    squares = (Square("q5", "5", SquareState.ANSWERED), Square("q6", "6", current_state), Square("q7", "7"))
    made = Section("make", "生产执行", 1, 3, doubtful=True, squares=squares)
    return Group("base", "数字化基础", 4, 4), Group("scene", "业务场景", 1, 3, (made,))


def test_the_section_list_says_what_was_pressed(qtbot, placed, theme: Theme):
    listed = SectionList(theme)
    placed(listed, width=230)
    listed.show_groups(sections(), "scene", "make", "q6")
    named = {child.accessibleName(): child for child in listed.findChildren(QWidget)}
    with qtbot.waitSignal(listed.group_chosen) as group:
        named["数字化基础，4/4，已收起"].click()
    with qtbot.waitSignal(listed.section_chosen) as section:
        named["生产执行，1/3，有存疑"].click()
    with qtbot.waitSignal(listed.question_chosen) as question:
        named["第 7 题，未答"].click()
    assert (group.args, section.args, question.args) == (["base"], ["make"], ["q7"])
    assert named["第 6 题，未答"].isChecked()


def test_an_answer_changes_the_square_and_keeps_the_widgets(qtbot, placed, theme: Theme):
    listed = SectionList(theme)
    placed(listed, width=230)
    listed.show_groups(sections(), "scene", "make", "q6")
    before = {id(child) for child in listed.findChildren(QWidget)}
    listed.show_groups(sections(SquareState.DOUBTFUL), "scene", "make", "q6")
    assert {id(child) for child in listed.findChildren(QWidget)} == before
    assert "第 6 题，存疑" in [child.accessibleName() for child in listed.findChildren(QWidget)]


def test_squares_wrap_and_stay_inside(qtbot, placed, theme: Theme):
    squares = tuple(Square(f"q{n}", str(n)) for n in range(1, 20))
    group = Group("g", "组", 0, 19, (Section("s", "节", 0, 19, squares=squares),))
    listed = SectionList(theme)
    placed(listed, width=200)
    listed.show_groups([group], "g", "s", "q1")
    qtbot.waitUntil(lambda: listed.findChildren(QWidget)[0].width() <= 200)  # new rows are laid out by an event
    boxes = [child for child in listed.findChildren(QWidget) if child.accessibleName().startswith("第")]
    assert len({(box.x(), box.y()) for box in boxes}) == 19
    assert max(box.x() + box.width() for box in boxes) <= 200
    row = boxes[0].parentWidget()
    assert max(box.y() + box.height() for box in boxes) <= row.height()


@pytest.mark.parametrize("grade", [None, *range(1, 11)])
def test_a_badge_is_read_and_not_empty(qtbot, theme: Theme, grade: int | None):
    for size in (BADGE_TABLE, BADGE_RESULT):
        badge = GradeBadge(theme, grade, size)
        qtbot.addWidget(badge)
        assert badge.accessibleName() == ("还不能评档" if grade is None else f"{grade} 档")
        assert len(colours(badge)) > 2


def test_each_grade_has_another_colour_in_both_modes(theme: Theme):
    for mode in (ColourMode.LIGHT, ColourMode.DARK):
        theme.set_mode(mode)
        assert len(set(theme.tokens.grades)) == 10


def test_the_ladder_keeps_wider_gaps_between_the_groups_of_the_data():
    steps = ladder_steps(283, (2, 2, 2, 2, 2))
    gaps = [right[0] - left[0] - left[1] for left, right in pairwise(steps)]
    assert {round(gap) for gap in gaps[0::2]} == {3}
    assert {round(gap) for gap in gaps[1::2]} == {7}
    assert round(steps[-1][0] + steps[-1][1]) == 283


def test_the_ladder_follows_other_groups(qtbot, theme: Theme):
    ladder = Ladder(theme, groups=(3, 3, 4))
    qtbot.addWidget(ladder)
    ladder.resize(200, 24)
    ladder.set_grade(3)
    assert ladder.accessibleName() == "10 档中的第 3 档"
    assert len(ladder_steps(200, (3, 3, 4))) == 10
    assert len(colours(ladder)) > 4


@pytest.mark.parametrize("state", list(StateChip))
def test_every_state_has_a_word_and_an_icon(qtbot, theme: Theme, state: StateChip):
    label = ChipLabel(theme, state.value)
    qtbot.addWidget(label)
    assert state.value.icon
    assert label.accessibleName() == state.value.text
    assert label.sizeHint().width() == chip_width(theme, state.value)


def test_small_marks_are_read(qtbot, theme: Theme):
    bar, ring = ProgressBar(theme), ProgressRing(theme)
    bar.set_progress(41, 64)
    ring.set_share(0.25)
    for widget, name in (
        (bar, "进度 41/64"),
        (ring, "进度 25%"),
        (KeyCap(theme, "Ctrl Z"), "按键 Ctrl Z"),
        (Avatar(theme, "覃晓岚"), "覃晓岚"),
        (IconLabel(theme, "flag", name="存疑"), "存疑"),
    ):
        qtbot.addWidget(widget)
        assert widget.accessibleName() == name
        widget.resize(max(40, widget.width()), widget.height())
        assert len(colours(widget)) >= 2


def test_nothing_of_nothing_is_an_empty_bar(qtbot, theme: Theme):
    bar = ProgressBar(theme)
    qtbot.addWidget(bar)
    bar.set_progress(0, 0)
    bar.resize(100, 6)
    bar.grab()


def test_a_chart_can_be_read_and_copied(qtbot, theme: Theme):
    words = text_alternative(DIMENSIONS)
    assert words.startswith("发展战略 64，上轮 48%，同行中位 50%；")
    assert words.endswith("治理体系 63")
    assert as_tsv(DIMENSIONS).splitlines()[1] == "发展战略\t64\t64.0%\t48.0%\t50.0%"
    for chart in (RadarChart(theme), BarRows(theme)):
        qtbot.addWidget(chart)
        chart.show_dimensions(DIMENSIONS)
        chart.resize(360, 240)
        assert chart.accessibleDescription() == words
        assert len(colours(chart)) > 5


def test_a_radar_of_two_axes_stays_empty_and_does_not_fail(qtbot, theme: Theme):
    chart = RadarChart(theme)
    qtbot.addWidget(chart)
    chart.show_dimensions(DIMENSIONS[:2])
    chart.resize(300, 220)
    chart.grab()


def test_the_live_result_shows_what_the_engine_said(qtbot, theme: Theme):
    live = LiveResult(theme)
    qtbot.addWidget(live)
    live.show_result(VIEW, "按已答 41 题试算", [("两化融合", "单项覆盖")])
    live.show_result(VIEW, "按已答 42 题试算", [("两化融合", "单项覆盖")])
    words = [child.text() for child in live.findChildren(QWidget) if hasattr(child, "text")]
    assert {"5 档", "领域级", "52.4", "按已答 42 题试算", "再得 3.6 分到 6 档", "单项覆盖"} <= set(words)
    assert words.count("单项覆盖") == 1


def test_a_result_without_grade_is_a_dash(qtbot, theme: Theme):
    head = GradeHead(theme, large=True)
    qtbot.addWidget(head)
    head.show_result(GradeView(None, "还不能评档", "", ""))
    assert head.findChild(GradeBadge).accessibleName() == "还不能评档"
    head.resize(400, 120)
    assert len(colours(head)) > 2


def test_other_frameworks_have_a_meter(qtbot, theme: Theme):
    summary = FrameworkSummary(theme, "智能制造能力成熟度")
    qtbot.addWidget(summary)
    summary.show_value("二级 规范级", 2, 5, "2.12，离散型权重")
    assert summary.findChild(LevelMeter).accessibleName() == "5 级中的第 2 级"


def test_chips_without_icons_are_words_on_a_tint(qtbot, theme: Theme):
    for tone in Tone:
        label = ChipLabel(theme, Chip("事实", tone))
        qtbot.addWidget(label)
        label.resize(label.sizeHint())
        assert len(colours(label)) > 2
