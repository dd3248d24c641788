"""The window's one door to the engine: an open workspace, its writer thread, and the `changed` signal.

Every change goes one road: view → `run(op)` → writer thread → `Changes` → `changed` → models refresh. Short reads go
through `reading`, a read-only workspace of the GUI thread; what takes longer (eleven thousand enterprises) is read by
`read` in a thread of its own. Keys opened with the passphrase stay in memory for the session.
"""

import queue
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from zgsz_desktop.engine.changes import Changes
from zgsz_desktop.engine.clock import Clock
from zgsz_desktop.engine.records.envelope import Sealer
from zgsz_desktop.engine.workspace import Workspace
from zgsz_desktop.ui.jobs import Job

Work = Callable[[Workspace, Job], Any]
_Item = tuple[Work, Job]


class Session(QObject):
    """An open workspace as the window sees it.

    Signals:
        changed(object, object): the `Changes` of a finished operation, and its origin: a view ignores its own echo.
        job_started(object): a `Job` that shows in the top bar.
        failed(object): an `AppError` that no caller wanted to handle itself.

    Attributes:
        reading: read-only workspace, GUI thread only.
    """

    changed = Signal(object, object)
    job_started = Signal(object)
    failed = Signal(object)

    def __init__(self, folder: Path, resources: Path, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        self.clock = clock
        self.resources = resources
        self.sealer: Sealer | None = None
        self._items: queue.SimpleQueue[_Item | None] = queue.SimpleQueue()
        self._questions: queue.SimpleQueue[_Item | None] = queue.SimpleQueue()
        self._closed = False
        Workspace.open(folder, resources=resources, clock=clock).close()  # migrates; refuses before anything is shown
        self.reading = Workspace.open(folder, resources=resources, clock=clock, read_only=True)
        self._threads = [
            threading.Thread(target=self._serve, args=(queue_, read_only), name=name, daemon=True)
            for name, queue_, read_only in (
                ("workspace-writer", self._items, False),
                ("workspace-reader", self._questions, True),
            )
        ]
        for thread in self._threads:
            thread.start()

    def run(
        self,
        op: Callable[[Workspace], Any],
        *,
        origin: object | None = None,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Any], None] | None = None,
    ) -> Job:
        """Queue one short change; `done` gets what it returned, on the GUI thread."""
        job = self._prepare("", origin, done, failed)
        self._items.put((lambda workspace, _job: op(workspace), job))
        return job

    def start(
        self,
        title: str,
        work: Work,
        *,
        origin: object | None = None,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Any], None] | None = None,
    ) -> Job:
        """Queue long work that reports progress and can be cancelled; it shows in the top bar."""
        job = self._prepare(title, origin, done, failed)
        self.job_started.emit(job)
        self._items.put((work, job))
        return job

    def read(self, question: Callable[[Workspace], Any], done: Callable[[Any], None]) -> Job:
        """Ask the workspace something that may take a while; `done` gets the answer on the GUI thread."""
        job = self._prepare("", None, done, None)
        self._questions.put((lambda workspace, _job: question(workspace), job))
        return job

    def close(self) -> None:
        """Finish what is queued, then close; nothing that was handed in is dropped."""
        if self._closed:
            return
        self._closed = True
        for waiting in (self._items, self._questions):
            waiting.put(None)
        for thread in self._threads:
            thread.join()
        self.reading.close()

    def _prepare(
        self,
        title: str,
        origin: object | None,
        done: Callable[[Any], None] | None,
        failed: Callable[[Any], None] | None,
    ) -> Job:
        job = Job(title, self)
        job.succeeded.connect(lambda value: self._deliver(value, origin, done))
        job.failed.connect(failed if failed is not None else self.failed.emit)
        job.ended.connect(job.deleteLater)
        return job

    def _deliver(self, value: Any, origin: object | None, done: Callable[[Any], None] | None) -> None:
        changes = value if isinstance(value, Changes) else getattr(value, "changes", None)
        if isinstance(changes, Changes):
            self.changed.emit(changes, origin)
        if done is not None:
            done(value)

    def _serve(self, waiting: "queue.SimpleQueue[_Item | None]", read_only: bool) -> None:  # noqa: FBT001 a thread's
        workspace = Workspace.open(self.folder, resources=self.resources, clock=self.clock, read_only=read_only)
        try:
            while (item := waiting.get()) is not None:
                work, job = item
                job.execute(partial(work, workspace, job))
        finally:
            workspace.close()
