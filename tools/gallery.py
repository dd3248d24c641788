"""Render the component sheet, light and dark, to be looked at beside its picture: `python tools/gallery.py OUT`.

Writes `components-*.png` (the reference sheet: colours, states, controls) and `parts-*.png` (rows, sections, charts).
Hover, pressed and focus are forced, because a picture shows many at once and a window has one. Sample texts are made
up.
"""

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from gallery_parts import build_parts
from gallery_sheet import GradeSwatch, Sheet, force, row_of, swatches
from zgsz_desktop.paths import resources_folder
from zgsz_desktop.ui.marks import Chip, StateChip, Tone
from zgsz_desktop.ui.theme import ColourMode, Theme
from zgsz_desktop.ui.widgets.buttons import Button, ButtonKind, CheckButton
from zgsz_desktop.ui.widgets.cards import Card
from zgsz_desktop.ui.widgets.dialog import Question, QuestionDialog
from zgsz_desktop.ui.widgets.fields import TextField
from zgsz_desktop.ui.widgets.marks import BADGE_TABLE, ChipLabel, GradeBadge, KeyCap, Ladder, ProgressBar, ProgressRing
from zgsz_desktop.ui.widgets.notes import InlineNote, NoteAction, NoteTone, Toast
from zgsz_desktop.ui.widgets.option_card import OptionCard, OptionText
from zgsz_desktop.ui.widgets.segment import Segment, SegmentItem
from zgsz_desktop.ui.widgets.states import DropZone, EmptyState, LoadingRows
from zgsz_desktop.ui.widgets.tables import CELL_ROLE, ICON_ROLE, INK_ROLE, TINT_ROLE, GradeCell, TableView
from zgsz_desktop.ui.widgets.text import Label, TextRole

WIDTH, HEIGHT = 1366, 1586


def build_left(theme: Theme) -> QVBoxLayout:
    """Build colours, type, dialog, empty, loading and toast."""
    sheet = Sheet(theme)
    sheet.title("底与线")
    grounds = [("窗底", "canvas"), ("纸面", "surface"), ("侧栏", "sunken"), ("悬停", "hover"), ("按下", "press")]
    lines = [("细线", "line"), ("控件边", "line2"), ("勾选边", "line3"), ("弱字", "text3")]
    sheet.add(swatches(theme, grounds + lines))
    sheet.title("一个强调色，三种状态色")
    accents = [("强调字", "accent"), ("强调底", "fill"), ("强调浅", "accent_bg")]
    states = [
        ("成", "ok"),
        ("留意", "warn"),
        ("出错", "bad"),
        ("成底", "ok_bg"),
        ("留意底", "warn_bg"),
        ("错底", "bad_bg"),
    ]
    sheet.add(swatches(theme, accents + states))
    sheet.title("字阶")
    scale = (
        ("8,749", TextRole.FIGURE, "24 粗，指标数"),
        ("生产管控做到了哪一级?", TextRole.QUESTION, "20 粗，题目"),
        ("柳州澄远汽车零部件", TextRole.PANEL, "16 粗，页名和卡名"),
        ("系统采集工单与工艺参数", TextRole.BODY, "14，正文、控件、表格"),
        ("服务员，新兴工业园", TextRole.HELPER, "13，辅助说明"),
        ("上轮 42.0%", TextRole.CAPTION, "12，最小，不再小"),
    )
    for text, role, note in scale:
        line = row_of(Label(theme, text, role))
        line.addWidget(Label(theme, note, TextRole.CAPTION))
        sheet.add(line)
    sheet.title("对话框")
    sheet.add(sample_dialog(theme))
    sheet.title("空状态")
    card = Card(theme, padding=0)
    hint = "服务员导出后用 U 盘或微信交给您，拖到这里就行。"
    card.body.addWidget(EmptyState(theme, "inbox", "还没有交来的文件", hint))
    sheet.add(card)
    sheet.title("载入中")
    sheet.add(LoadingRows(theme))
    sheet.title("轻提示")
    ground = QWidget()
    ground.setFixedHeight(44)
    toast = Toast(theme, ground)
    toast.say("已把第 8 题改为 2 级")
    toast.setFixedWidth(420)
    toast.say("已把第 8 题改为 2 级")
    toast.move(0, 0)
    ground.removeEventFilter(toast)
    sheet.add(ground)
    sheet.column.addStretch(1)
    return sheet.column


def sample_dialog(theme: Theme) -> QWidget:
    """Put a dialog into a card, as a window would frame it."""
    body = "64 题里已答的 12 题和 2 份附件会移到回收处，30 天内可以找回。"
    title = "删除“柳州晨屿包装材料”的本轮填写?"
    question = Question(title, body, "不删", "删除这次填写", "trash-2", dangerous=True)
    dialog = QuestionDialog(theme, question)
    dialog.setWindowFlags(Qt.WindowType.Widget)
    dialog.setFixedWidth(416)
    force(dialog.safe, ring=True)
    card = Card(theme, padding=4, border="line2")
    card.body.addWidget(dialog)
    return card


def build_options(theme: Theme) -> QVBoxLayout:
    """Build the option cards in each state."""
    cards = QVBoxLayout()
    cards.setSpacing(1)
    contents = (
        OptionText("1", "平常"),
        OptionText("2", "悬停", last_round=True),
        OptionText("3", "选中", "3 级", "+1.9 分"),
        OptionText("4", "选中并有键盘焦点（外圈离边 2 px）"),
        OptionText("5", "多选，选中"),
        OptionText("6", "不可用：与“无”互斥"),
    )
    for content in contents:
        card = OptionCard(theme, content, multiple=content.keys in "56")
        card.setChecked(content.keys in "345")
        force(card, hover=content.keys == "2", ring=content.keys == "4", off=content.keys == "6")
        cards.addWidget(card)
    return cards


def build_buttons(theme: Theme) -> list[QLayout]:
    """Build the buttons in each state."""
    pressed = [Button(theme, "按下", kind) for kind in (ButtonKind.PRIMARY, ButtonKind.SECONDARY)]
    for button in pressed:
        button.setDown(True)
    doubtful = CheckButton(theme, "存疑", icon="flag", keys="M")
    doubtful.setChecked(True)
    primary = ButtonKind.PRIMARY
    return [
        row_of(
            Button(theme, "主操作", primary),
            force(Button(theme, "悬停", primary), hover=True),
            pressed[0],
            force(Button(theme, "焦点", primary), ring=True),
            force(Button(theme, "主操作", primary), off=True),
        ),
        row_of(
            Button(theme, "次操作"),
            force(Button(theme, "悬停"), hover=True),
            pressed[1],
            force(Button(theme, "键盘焦点"), ring=True),
            force(Button(theme, "不可用"), off=True),
        ),
        row_of(
            Button(theme, "退回", ButtonKind.DANGER),
            Button(theme, "安静按钮", ButtonKind.QUIET, icon="undo-2", keys="Ctrl Z"),
            doubtful,
            Button(theme, "导出", icon="file-output", opens_menu=True),
            Button(theme, kind=ButtonKind.QUIET, icon="search", name="搜索"),
        ),
    ]


def build_inputs(theme: Theme) -> list[QLayout]:
    """Build the inputs in each state."""
    rest, typing, disabled = QLineEdit(), QLineEdit("光标在这里"), QLineEdit("不可用")
    rest.setPlaceholderText("占位文字")
    typing.setStyleSheet(f"border: 2px solid {theme.tokens.accent}; padding: 0 11px;")
    disabled.setEnabled(False)
    for line in (rest, typing, disabled):
        line.setFixedHeight(32)
    wrong = TextField(theme, name="信用代码")
    wrong.set_text("91450206MA522BT54X")
    wrong.set_error("第 18 位校验码不对，应为 F。请对照营业执照。")
    place = QComboBox()
    place.addItem("柳州市柳江区")
    place.setFixedHeight(32)
    second = row_of(wrong, spacing=8, stretch=False)
    second.addWidget(place, 0, Qt.AlignmentFlag.AlignTop)
    second.setStretch(0, 2)
    second.setStretch(1, 1)
    only, closed = QCheckBox("只看有疑点的"), QCheckBox("含已注销")
    only.setChecked(True)
    third = row_of(only, closed, spacing=16)
    items = [SegmentItem("all", "全部", 64), SegmentItem("open", "未答", 23), SegmentItem("doubt", "存疑", 2)]
    third.addWidget(Segment(theme, items))
    return [row_of(rest, typing, disabled, stretch=False), second, third]


def build_marks(theme: Theme) -> list[QLayout]:
    """Build chips, keys, badges, ladder, rings and bar."""
    chips = [ChipLabel(theme, state.value) for state in StateChip]
    chips.append(ChipLabel(theme, Chip("约束性场景", Tone.OUTLINE)))
    caps = [KeyCap(theme, keys) for keys in ("1", "0", "N", "M", "↑", "↓", "Enter", "Ctrl Z", "Ctrl ⏎", "Ctrl K")]
    badges = [GradeBadge(theme, grade, BADGE_TABLE) for grade in (None, 1, 3, 6, 10)]
    ladder = Ladder(theme, height=26)
    ladder.setFixedWidth(120)
    ladder.set_grade(5)
    part, full = ProgressRing(theme), ProgressRing(theme)
    part.set_share(0.4)
    full.set_share(1)
    bar = ProgressBar(theme)
    bar.set_share(0.62)
    last = row_of(*badges, ladder, part, full, bar, stretch=False)
    return [row_of(*chips), row_of(*caps, spacing=6), last]


def build_notes(theme: Theme) -> list[QWidget]:
    """Build a note of each tone."""
    refused = "已并入的 6 份不受影响。请韦国栋重新导出后再拖进来。"
    return [
        InlineNote(theme, NoteTone.INFO, "再数字化 4 台设备，比率超过 60%，得分 4.5 → 6"),
        InlineNote(
            theme,
            NoteTone.OK,
            "已并入 6 份，新增 66 家",
            "记录在“合并记录”，随时可以整次撤销。",
            actions=[NoteAction("log", "看记录")],
        ),
        InlineNote(
            theme,
            NoteTone.WARN,
            "备份是 6 天前的",
            "这台电脑坏了会丢掉 6 天的填写。",
            actions=[NoteAction("save", "现在备份")],
        ),
        InlineNote(
            theme,
            NoteTone.BAD,
            "没能并入：签名与内容对不上",
            refused,
            actions=[NoteAction("copy", "复制给他")],
            detail="detail",
        ),
    ]


def build_table(theme: Theme) -> QWidget:
    """Build rows of a table: usual, hovered, chosen, returned."""
    model = QStandardItemModel(0, 4)
    rows = (
        ("平常行", "1,650", "85.0%", 4),
        ("悬停行", "1,421", "92.0%", 4),
        ("选中行：底色加左侧 3 px 竖条", "982", "84.1%", 4),
        ("被退回行：底色加图标和原因", "693", "81.0%", 3),
    )
    for name, count, share, grade in rows:
        items = [QStandardItem(name), QStandardItem(count), QStandardItem(share), QStandardItem()]
        for item in items[1:3]:
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight)
        items[3].setData(GradeCell(grade), CELL_ROLE)
        model.appendRow(items)
    for column in range(4):
        model.item(3, column).setData("bad_bg", TINT_ROLE)
        model.item(3, column).setData("bad", INK_ROLE)
    model.item(3, 0).setData("corner-up-left", ICON_ROLE)
    view = TableView(theme, "表格行")
    model.setParent(view)
    view.setSortingEnabled(False)
    view.setModel(model)
    view.horizontalHeader().hide()
    for column, width in enumerate((260, 70, 76, 58)):
        view.setColumnWidth(column, width)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.selectRow(2)
    view._hover(1)  # noqa: SLF001  forced for the picture only
    view.setFixedHeight(4 * 36 + 2)
    return view


def build_right(theme: Theme) -> QVBoxLayout:
    """Build grades, options, buttons, inputs, marks, notes, table and drop zone."""
    sheet = Sheet(theme)
    sheet.title("十档颜色，字与底的对比度")
    sheet.add(row_of(*(GradeSwatch(theme, grade) for grade in range(1, 11)), spacing=0))
    sheet.title("选项卡片")
    sheet.add(build_options(theme))
    sheet.title("按钮")
    sheet.add(*build_buttons(theme))
    sheet.title("输入与选择")
    sheet.add(*build_inputs(theme))
    sheet.title("标记、按键、档次、进度")
    sheet.add(*build_marks(theme))
    sheet.title("行内提示")
    sheet.add(*build_notes(theme))
    sheet.title("表格行，拖入时")
    zone = DropZone(theme, "", "", suffixes=[])
    zone.show_hovering(13)
    last = row_of(build_table(theme), spacing=24, stretch=False)
    last.addWidget(zone, 0, Qt.AlignmentFlag.AlignTop)
    last.setStretch(0, 3)
    last.setStretch(1, 2)
    sheet.add(last)
    sheet.column.addStretch(1)
    return sheet.column


def build_components(theme: Theme) -> QWidget:
    """Build the reference sheet."""
    page = QWidget()
    page.resize(WIDTH, HEIGHT)
    row = QHBoxLayout(page)
    row.setContentsMargins(36, 30, 36, 30)
    row.setSpacing(48)
    row.addLayout(build_left(theme))
    row.addLayout(build_right(theme), 1)
    return page


def main() -> int:
    """Render both sheets in both modes."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "gallery")
    folder.mkdir(parents=True, exist_ok=True)
    application = QApplication([])
    theme = Theme(resources_folder(), ColourMode.LIGHT)
    theme.apply_to(application)
    for mode in (ColourMode.LIGHT, ColourMode.DARK):
        theme.set_mode(mode)
        for name, build in (("components", build_components), ("parts", build_parts)):
            page = build(theme)
            page.show()
            application.processEvents()
            page.grab().save(str(folder / f"{name}-{mode}.png"))
            page.close()
    print(f"{folder.resolve()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
