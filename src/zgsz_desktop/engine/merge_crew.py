"""Both cores for a large package: a second process assesses batches while this one does the same.

Assessing is a pure function (`merge_assess`), so it does not matter who does it; what comes of it is kept by this
process alone, in one transaction. The second process is a fork: it inherits certificates and indicator sets, touches
neither the store nor a file, and ends when its pipe does, also if this process is killed. It is only made where a fork
is safe, on Linux in a program with one thread; elsewhere, and should it fail, this process does all by itself.
"""

import gc
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection

from zgsz_desktop.engine.merge_assess import Assessed, Assessor, Numbered

Keep = Callable[[list[Numbered], list[Assessed]], None]

WORTH_A_PROCESS = 500
"""So many records pay for a fork."""
_SHARE, _OWN, _KEPT = 160, 8, 512
"""Records that the second process, and this one, assess at a time, and that are kept at a time."""


class Alone:
    """Assesses everything in this process."""

    def __init__(self, assessor: Assessor, keep: Keep) -> None:
        self._assessor = assessor
        self._keep = keep

    def put(self, records: list[Numbered]) -> None:
        """Assess and keep a batch, now or later."""
        self._keep(records, self._assessor.assess(records))

    def finish(self) -> None:
        """Assess and keep whatever was put off."""


class Pair(Alone):
    """Assesses in this process and in a second one.

    At most one batch is with the other at a time: neither ever waits in a full pipe for somebody who waits as well.
    This process takes small batches, to see soon that the other is free; keeping is its work alone.
    """

    def __init__(self, assessor: Assessor, keep: Keep, pipe: Connection) -> None:
        super().__init__(assessor, keep)
        self._pipe: Connection | None = pipe
        self._away: list[Numbered] = []
        self._waiting: list[Numbered] = []
        self._done: list[Numbered] = []
        self._outcomes: list[Assessed] = []

    def put(self, records: list[Numbered]) -> None:
        self._waiting += records
        self._share_out(_SHARE)
        while self._is_other_busy() and len(self._waiting) >= _SHARE:
            self._do_some()
            self._share_out(_SHARE)
        while self._pipe is None and self._waiting:
            self._do_some()

    def finish(self) -> None:
        while self._waiting:
            self._share_out((len(self._waiting) + 1) // 2)
            self._do_some()
        if self._away:
            self._receive()
            while self._waiting:  # the other is gone, and its batch came back
                self._do_some()
        self._keep_done(1)

    def _is_other_busy(self) -> bool:
        return self._pipe is not None and bool(self._away)

    def _share_out(self, number: int) -> None:
        """Take what the other has finished, and give it more if there is enough."""
        if self._away and self._pipe is not None and self._pipe.poll():
            self._receive()
        if self._pipe is not None and not self._away and len(self._waiting) >= number > 0:
            self._away, self._waiting = self._waiting[:number], self._waiting[number:]
            try:
                self._pipe.send(self._away)
            except OSError:
                self._go_on_alone()

    def _receive(self) -> None:
        assert self._pipe is not None
        try:
            assessed: list[Assessed] = self._pipe.recv()
        except (OSError, EOFError):
            self._go_on_alone()
        else:
            self._note(self._away, assessed)
            self._away = []

    def _do_some(self) -> None:
        records, self._waiting = self._waiting[:_OWN], self._waiting[_OWN:]
        self._note(records, self._assessor.assess(records))

    def _note(self, records: list[Numbered], assessed: list[Assessed]) -> None:
        self._done += records
        self._outcomes += assessed
        self._keep_done(_KEPT)

    def _keep_done(self, enough: int) -> None:
        if len(self._done) >= enough:
            self._keep(self._done, self._outcomes)
            self._done, self._outcomes = [], []

    def _go_on_alone(self) -> None:
        """Take back what the other had: it is gone, killed for memory perhaps."""
        self._waiting, self._away, self._pipe = self._away + self._waiting, [], None


@contextmanager
def crew_for(number: int, assessor: Assessor, keep: Keep) -> Iterator[Alone]:
    """Give who assesses a package of so many records; a second process ends with the block."""
    if number < WORTH_A_PROCESS or not is_fork_safe():
        yield Alone(assessor, keep)
        return
    context = get_context("fork")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(assessor, theirs, ours), daemon=True)
    process.start()
    theirs.close()
    try:
        yield Pair(assessor, keep, ours)
    finally:
        ours.close()
        process.join(1)
        if process.is_alive():  # in the middle of a batch that nobody wants any more
            process.kill()
            process.join()
        process.close()


def is_fork_safe() -> bool:
    """Tell whether a second process can be forked off, and has a core to run on."""
    return sys.platform == "linux" and threading.active_count() == 1 and len(os.sched_getaffinity(0)) > 1


def _serve(assessor: Assessor, pipe: Connection, other_end: Connection) -> None:
    other_end.close()  # else the pipe would never end
    gc.freeze()  # what was inherited stays shared with the parent
    gc.set_threshold(100_000)  # decoded records hold no cycles: looking for some costs a tenth
    with suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            pipe.send(assessor.assess(pipe.recv()))
