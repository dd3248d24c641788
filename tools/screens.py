"""Every page of the window as PNG: both sizes, light and dark, from the sample workspace. `make screens`.

    python tools/screens.py [FOLDER]        default: screens-out

Offscreen, with the bundled fonts; nothing of this user's settings is read or written.
"""

import dataclasses
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from zgsz_desktop import paths
from zgsz_desktop.engine.clock import SystemClock
from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.rehearsal.sample import make_sample
from zgsz_desktop.engine.store.enterprise_list import EnterpriseState, list_enterprises
from zgsz_desktop.ui.app import Program, make_application
from zgsz_desktop.ui.desk import Desk
from zgsz_desktop.ui.dialogs.keys import KeysDialog
from zgsz_desktop.ui.dialogs.passphrase import PassphraseDialog
from zgsz_desktop.ui.pages.answering.page import AnsweringPage
from zgsz_desktop.ui.pages.merging.page import MergePage
from zgsz_desktop.ui.theme import ColourMode

SIZES = ((1366, 768), (1920, 1080))
MODES = (ColourMode.LIGHT, ColourMode.DARK)
STILL = 250
PATIENCE = 20_000
QUESTIONS = {"ladder": "sme.s06", "ratio": "sme.q02", "multi": "sme.q04", "compare": "sme.q12", "requires": "sme.q01"}


class Photographer:
    """Walks through the program and takes a picture of every page.

    Attributes:
        sample: folders of the sample. `out`: where the pictures go.
    """

    def __init__(self, application: QApplication, work: Path, out: Path) -> None:
        folders = dataclasses.replace(
            paths.system_paths(), settings=work / "settings", workspaces=work / "workspaces", log=work / "log"
        )
        self.sample = make_sample(work / "sample", folders.resources, SystemClock())
        self.program = Program(application, folders)
        self.out = out
        self._suffix = ""

    def walk(self) -> None:
        """Take all pictures."""
        for mode in MODES:
            self.program.theme.set_mode(mode)
            for width, height in SIZES:
                self._suffix = f"{width}-{mode.value}"
                self.program.window.resize(width, height)
                self.program.window.show()
                self._all_pages()

    def _all_pages(self) -> None:
        self._first_page()
        self.program.open_workspace(self.sample.liaison)
        self._list()
        self._answering()
        self._results()
        self._dialogs()
        self.program.open_workspace(self.sample.county)
        self._snap("20-county-list")
        self._merging()

    def _first_page(self) -> None:
        self.program.show_start()
        self._snap("01-start")
        page = self.program.start_page
        if page is not None:
            page.show_error(UserError("store.not_found", path="示例"))
            self._snap("02-start-error")

    def _list(self) -> None:
        self._snap("03-list")
        desk = self._desk()
        desk.search("gx")
        self._snap("04-list-search")
        desk.search("没有这家")
        self._snap("05-list-nothing-found")
        desk.search("")
        self.program.window.show_room("settings")
        self._snap("06-settings")
        self.program.window.show_room("home")

    def _answering(self) -> None:
        desk = self._desk()
        desk.open_enterprise(self._one(EnterpriseState.DRAFTING))
        self._until(lambda: isinstance(self.program.window.current_page(), AnsweringPage))
        page = self.program.window.current_page()
        if isinstance(page, AnsweringPage):
            for name, question in QUESTIONS.items():
                page.go_to(question)
                self._snap(f"10-answer-{name}")
            page.result_wanted.emit(page.draft.id)
            self._snap("12-result-of-draft")
            self.program.window.show_room("home")

    def _results(self) -> None:
        desk = self._desk()
        desk.open_enterprise(self._one(EnterpriseState.ACCEPTED))
        self._snap("13-result")
        self.program.window.show_room("home")

    def _dialogs(self) -> None:
        theme, window = self.program.theme, self.program.window
        for name, dialog in (
            (
                "14-passphrase",
                PassphraseDialog(theme, self._desk().session, title="导出要签名", act="签名并导出", parent=window),
            ),
            ("15-keys", KeysDialog(theme, window)),
        ):
            dialog.open()
            self._wait(STILL)
            dialog.grab().save(str(self.out / f"{name}-{self._suffix}.png"))
            dialog.reject()

    def _merging(self) -> None:
        self.program.window.show_room("merging")
        self._snap("21-merge-empty")
        page = self.program.window.current_page()
        if isinstance(page, MergePage):
            page.add_files(sorted(self.sample.inbox.glob("*.zgsz")))
            self._wait(60)
            self._shoot("22-merge-running")
            self._until(lambda: not page.is_running)
            self._snap("23-merge-done")

    def _one(self, state: EnterpriseState) -> str:
        reading = self._desk().session.reading
        items = list_enterprises(reading.store, reading.campaign())
        return next(item.uscc for item in items if item.state is state)

    def _desk(self) -> Desk:
        if self.program.desk is None:
            raise SystemExit("the sample could not be opened")
        return self.program.desk

    def _snap(self, name: str) -> None:
        self._wait(STILL)
        self._shoot(name)

    def _shoot(self, name: str) -> None:
        self.program.window.grab().save(str(self.out / f"{name}-{self._suffix}.png"))

    def _until(self, done: Callable[[], bool]) -> None:
        for _ in range(PATIENCE // STILL):
            if done():
                return
            self._wait(STILL)
        raise SystemExit("the window did not get there")

    @staticmethod
    def _wait(milliseconds: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()


def main() -> None:
    """Take the pictures."""
    out = Path(sys.argv[1] if len(sys.argv) > 1 else "screens-out")
    out.mkdir(parents=True, exist_ok=True)
    application = make_application(["screens"])
    with tempfile.TemporaryDirectory() as work:
        photographer = Photographer(application, Path(work), out)
        photographer.walk()
        photographer.program.leave()
    print(f"{len(list(out.glob('*.png')))} pictures in {out}")


if __name__ == "__main__":
    main()
