"""The strip under the drop zone: how far the queue is, what came of it, and the button that stops or goes on."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from zgsz_desktop.ui.pages.merging.parcels import Summary
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.buttons import Button, ButtonKind
from zgsz_desktop.ui.widgets.marks import IconLabel, ProgressBar, ProgressRing
from zgsz_desktop.ui.widgets.text import ElidedLabel, Label, TextRole

HEIGHT = 30
BAR_LEAST = 160


class Status(QWidget):
    """Where the queue stands.

    Signals:
        stop_clicked: 停在这里.
        go_on_clicked: 接着合并.
    """

    stop_clicked = Signal()
    go_on_clicked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._ring = ProgressRing(theme, 18)
        self._icon = IconLabel(theme, "circle-check", 18, "ok")
        self.title = Label(theme, "", TextRole.CARD)
        self.words = ElidedLabel(theme, "", TextRole.HELPER)
        self.bar = ProgressBar(theme)
        self.bar.setMinimumWidth(BAR_LEAST)
        self.stop = Button(theme, "停在这里", ButtonKind.QUIET, icon="x", height=HEIGHT)
        self.stop.setToolTip("正在合并的这一份退回去，后面的留着不动")
        self.stop.clicked.connect(self.stop_clicked)
        self.go_on = Button(theme, "接着合并", ButtonKind.PRIMARY, icon="play", height=HEIGHT)
        self.go_on.clicked.connect(self.go_on_clicked)
        for widget in (self._ring, self._icon, self.title):
            row.addWidget(widget)
        row.addWidget(self.words, 1)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        row.addWidget(self.go_on)

    def show_running(self, summary: Summary, share: float) -> None:
        """Show which package is at work; `share` is how far that one is."""
        self._say(f"正在处理第 {summary.settled + 1} 份，共 {summary.total} 份", summary, running=True)
        self._ring.set_share(share or None)
        self.bar.set_share((summary.settled + share) / summary.total)

    def show_stopping(self, summary: Summary) -> None:
        """Show that the package at work is being taken back."""
        self._say("正在停下", summary, running=True)
        self._ring.set_share(None)
        self.stop.setEnabled(False)

    def show_resting(self, summary: Summary) -> None:
        """Show that nothing runs: stopped with some left, or all done."""
        waits = summary.waiting
        self._say(
            f"停下了，还有 {waits} 份没处理" if waits else f"{summary.total} 份都处理完了", summary, running=False
        )
        self._icon.set_icon("pause" if waits else "circle-check", "warn" if waits else "ok")
        self.bar.set_share(summary.settled / summary.total if summary.total else 0.0)
        self.go_on.setVisible(waits > 0)

    def _say(self, title: str, summary: Summary, *, running: bool) -> None:
        self.title.setText(title)
        self.words.set_text(summary.words())
        self._ring.setVisible(running)
        self._icon.setVisible(not running)
        self.bar.setVisible(running or summary.waiting > 0)
        self.stop.setVisible(running)
        self.stop.setEnabled(True)
        self.go_on.hide()
        self.setAccessibleName(f"{title}，{summary.words()}")
