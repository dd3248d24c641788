"""The foot of the answering page: moving and undo at the left, the way on at the right."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.bars import FootBar
from zgsz_desktop.ui.widgets.buttons import Button, ButtonKind


class AnsweringFoot(FootBar):
    """The bar.

    Signals:
        stepped(int): one question up (-1) or down (1).
        undo_wanted, keys_wanted, next_wanted: what the buttons say.
    """

    stepped = Signal(int)
    undo_wanted = Signal()
    keys_wanted = Signal()
    next_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        quiet = ButtonKind.QUIET
        up = Button(theme, "上一题", quiet, icon="arrow-up", keys="↑")
        down = Button(theme, "下一题", quiet, icon="arrow-down", keys="↓")
        keys = Button(theme, "快捷键", quiet, icon="keyboard", keys="?")
        self._undo = Button(theme, "撤销", quiet, icon="undo-2", keys="Ctrl Z")
        self._next = Button(theme, "下一道未答", ButtonKind.PRIMARY, keys="Enter", height=36)
        up.clicked.connect(lambda: self.stepped.emit(-1))
        down.clicked.connect(lambda: self.stepped.emit(1))
        self._undo.clicked.connect(self.undo_wanted)
        keys.clicked.connect(self.keys_wanted)
        self._next.clicked.connect(self.next_wanted)
        for button in (up, down, self._undo):
            self.left.addWidget(button)
        for button in (keys, self._next):
            self.right.addWidget(button)

    def show_state(self, *, can_undo: bool, all_answered: bool) -> None:
        """Show whether there is something to undo, and where the primary button leads."""
        self._undo.setEnabled(can_undo)
        self._next.setText("检查并完成" if all_answered else "下一道未答")
        self._next.keys = "Ctrl ⏎" if all_answered else "Enter"
        self._next.updateGeometry()
