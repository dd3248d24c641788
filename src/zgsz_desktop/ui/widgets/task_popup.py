"""Background work: the ring in the top bar, and the list it opens with progress and 停下 for each piece.

Knows jobs only by their shape (`BackgroundJob`), so that nothing here depends on where the work runs.
"""

from typing import Protocol

from PySide6.QtCore import QObject, QPoint, Qt, SignalInstance
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.buttons import SMALL, Button, ButtonKind
from zgsz_desktop.ui.widgets.cards import Card
from zgsz_desktop.ui.widgets.marks import ProgressBar
from zgsz_desktop.ui.widgets.text import ElidedLabel, Label, TextRole
from zgsz_desktop.ui.widgets.top_bar import TaskButton

WIDTH = 320


class BackgroundJob(Protocol):
    """What is followed: title, progress, end, and a way to stop it."""

    title: str
    done: int
    total: int

    @property
    def progressed(self) -> SignalInstance:
        """Done and total."""

    @property
    def ended(self) -> SignalInstance:
        """Finished, failed or stopped."""

    def cancel(self) -> None:
        """Ask it to stop."""


class _TaskRow(QWidget):
    def __init__(self, theme: Theme, job: BackgroundJob) -> None:
        super().__init__()
        self._job = job
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        line = QHBoxLayout()
        line.addWidget(ElidedLabel(theme, job.title, TextRole.CARD), 1)
        self._count = Label(theme, "", TextRole.CAPTION)
        line.addWidget(self._count)
        self._stop = Button(theme, "停下", ButtonKind.QUIET, icon="x", height=SMALL, name=f"停下，{job.title}")
        self._stop.clicked.connect(self._ask_to_stop)
        line.addWidget(self._stop)
        column.addLayout(line)
        self._bar = ProgressBar(theme)
        column.addWidget(self._bar)
        self.show_progress(job.done, job.total)

    def show_progress(self, done: int, total: int) -> None:
        self._bar.set_progress(done, total)
        self._count.setText(f"{done}/{total}" if total else "")

    def _ask_to_stop(self) -> None:
        self._stop.setEnabled(False)
        self._stop.setText("正在停")
        self._job.cancel()


class TaskPopup(QFrame):
    """The list of running work under the top bar; closes on a click beside it or Esc."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setFixedWidth(WIDTH)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._card = Card(theme, padding=14, spacing=10, border="line2")
        self._card.body.addWidget(Label(theme, "正在做的事", TextRole.CARD))
        outer.addWidget(self._card)

    def add(self, row: QWidget) -> None:
        """Add a piece of work."""
        self._card.body.addWidget(row)

    def show_under(self, widget: QWidget) -> None:
        """Open below a widget, its right edge under that one's."""
        self.adjustSize()
        corner = widget.mapToGlobal(QPoint(widget.width() - self.width(), widget.height() + 4))
        self.move(corner)
        self.show()


class TaskFollower(QObject):
    """Follows jobs from start to end in the top bar's button and the list it opens."""

    def __init__(self, theme: Theme, button: TaskButton) -> None:
        super().__init__(button)
        self._theme = theme
        self._button = button
        self._popup = TaskPopup(theme, button)
        self._rows: list[tuple[BackgroundJob, _TaskRow]] = []
        button.clicked.connect(lambda: self._popup.show_under(button))

    def follow(self, job: BackgroundJob) -> None:
        """Show a job until it ends."""
        row = _TaskRow(self._theme, job)
        entry = (job, row)
        self._rows.append(entry)
        self._popup.add(row)
        job.progressed.connect(lambda done, total: self._progress(entry, done, total))
        job.ended.connect(lambda: self._end(entry))
        self._show_first()

    def running(self) -> int:
        """Give how many jobs run."""
        return len(self._rows)

    def _progress(self, entry: tuple[BackgroundJob, _TaskRow], done: int, total: int) -> None:
        entry[1].show_progress(done, total)
        self._show_first()

    def _end(self, entry: tuple[BackgroundJob, _TaskRow]) -> None:
        self._rows.remove(entry)
        entry[1].setParent(None)
        entry[1].deleteLater()
        self._show_first()

    def _show_first(self) -> None:
        if not self._rows:
            self._button.show_nothing()
            self._popup.hide()
            return
        job = self._rows[0][0]
        others = f"，另有 {len(self._rows) - 1} 件" if len(self._rows) > 1 else ""
        if job.total:
            self._button.show_work(job.title + others, job.done, job.total)
        else:
            self._button.show_work(job.title + others)
