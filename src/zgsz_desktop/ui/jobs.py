"""One piece of background work: progress, cancel, result or error, all delivered to the GUI thread.

Work knows no widget: it gets values and a `Job`, calls `job.progress(done, total)` now and then, and returns a value.
Results travel by queued signals (order and single delivery measured on PySide6 6.12).
"""

import threading
import traceback
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from zgsz_desktop.engine.errors import AppError, BugError, UserError


class Job(QObject):
    """A running or finished piece of work.

    Signals:
        progressed(int, int): done, total.
        succeeded(object): the value that the work returned.
        failed(object): an `AppError`.
        ended(): after either of the two.
    """

    progressed = Signal(int, int)
    succeeded = Signal(object)
    failed = Signal(object)
    ended = Signal()
    # Emitted in the work's thread; received by slots of this object, which lives in the GUI thread, so Qt queues them.
    # (A lambda as receiver would run in the emitting thread.)
    _reported = Signal(int, int)
    _finished = Signal(object, object)

    def __init__(self, title: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.done = 0
        self.total = 0
        self._cancelled = threading.Event()
        self._reported.connect(self._on_reported)
        self._finished.connect(self._on_finished)

    def cancel(self) -> None:
        """Ask the work to stop at its next progress call; what it had begun is rolled back."""
        self._cancelled.set()

    def progress(self, done: int, total: int) -> None:
        """Report progress from the work's thread.

        Raises:
            UserError: `job.cancelled`, once somebody asked to stop.
        """
        if self._cancelled.is_set():
            raise UserError("job.cancelled")
        self._reported.emit(done, total)

    def execute(self, work: Callable[[], Any]) -> None:
        """Run the work in the calling thread and deliver its outcome to the GUI thread."""
        try:
            value = work()
        except AppError as error:
            self._finished.emit(None, error)
        except Exception as error:  # noqa: BLE001 the rim of a thread: a bug is shown, not swallowed
            bug = BugError("bug.unexpected", detail="".join(traceback.format_exception(error)))
            self._finished.emit(None, bug)
        else:
            self._finished.emit(value, None)

    @Slot(int, int)
    def _on_reported(self, done: int, total: int) -> None:
        self.done, self.total = done, total
        self.progressed.emit(done, total)

    @Slot(object, object)
    def _on_finished(self, value: object, error: AppError | None) -> None:
        if error is None:
            self.succeeded.emit(value)
        else:
            self.failed.emit(error)
        self.ended.emit()
