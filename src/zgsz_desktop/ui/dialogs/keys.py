"""The keyboard map of the answering page, shown by `?`."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.dialog import Question, QuestionDialog
from zgsz_desktop.ui.widgets.marks import KeyCap
from zgsz_desktop.ui.widgets.text import Label, TextRole

KEYS = (
    (("1", "…", "9"), "选第 1 到第 9 个选项"),
    (("Shift 1", "…", "Shift 6"), "选第 10 到第 15 个选项"),
    (("0",), "都没有（阶梯题是 0 级）"),
    (("N",), "不适用"),
    (("M",), "存疑，回头再看"),
    (("↑", "↓"), "上一题、下一题"),
    (("Enter",), "下一道未答"),
    (("Ctrl Z", "Ctrl Y"), "撤销、重做"),
    (("Ctrl ⏎",), "检查并完成"),
    (("Ctrl K",), "搜企业"),
    (("Alt ←",), "返回"),
    (("Esc",), "离开正在填的格子"),
)


class KeysDialog(QuestionDialog):
    """All keys on one plate."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, Question("全部快捷键", "填写时手不用离开键盘。", "关闭", "知道了"), parent)
        grid = QGridLayout()
        grid.setVerticalSpacing(8)
        grid.setHorizontalSpacing(16)
        for row, (caps, words) in enumerate(KEYS):
            line = QHBoxLayout()
            line.setSpacing(4)
            for cap in caps:
                line.addWidget(Label(theme, cap, TextRole.CAPTION) if cap == "…" else KeyCap(theme, cap))
            line.addStretch(1)
            grid.addLayout(line, row, 0)
            grid.addWidget(Label(theme, words, TextRole.HELPER), row, 1, Qt.AlignmentFlag.AlignVCenter)
        self.content.addLayout(grid)
