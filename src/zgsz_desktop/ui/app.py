"""The program's start: the only place that wires things together. First page, opening a workspace, 体验.

`run` owns the event loop; an error that nobody took is shown, logged and does not end the program. The window stands
before the engine is loaded: what a workspace needs (cryptography, the pages) is imported off the GUI thread meanwhile.
Hence the late imports here.
"""

import importlib
import logging
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from zgsz_desktop import paths
from zgsz_desktop.engine.clock import SystemClock
from zgsz_desktop.engine.errors import AppError, BugError
from zgsz_desktop.ui.files import FileChooser
from zgsz_desktop.ui.jobs import Job
from zgsz_desktop.ui.main_window import MainWindow
from zgsz_desktop.ui.pages.opening import OpeningPage
from zgsz_desktop.ui.recent import load_state, save_state
from zgsz_desktop.ui.theme import ColourMode, Theme
from zgsz_desktop.ui.translation import install_chinese

if TYPE_CHECKING:
    from zgsz_desktop.engine.rehearsal.sample import SampleWorkspace
    from zgsz_desktop.ui.desk import Desk
    from zgsz_desktop.ui.pages.start import StartPage

LOG = "zgsz-desktop.log"
SAMPLE_FOLDER = "体验"


class Program(QObject):
    """The running program: one window, at most one open workspace.

    Attributes:
        window: the window. `desk`: the open workspace, None on the first page.
    """

    def __init__(self, application: QApplication, folders: paths.Paths, files: FileChooser | None = None) -> None:
        super().__init__(application)
        self.folders = folders
        self.files = files or FileChooser()
        self.clock = SystemClock()
        self.state = load_state(folders.settings)
        self.theme = Theme(folders.resources, ColourMode(self.state.colours))
        self.theme.apply_to(application)
        self.window = MainWindow(self.theme)
        self.window.close_wanted.connect(self.leave)
        self.desk: Desk | None = None
        self.start_page: StartPage | None = None

    def show_start(self) -> None:
        """Go to the first page; an open workspace is closed first."""
        self.leave()
        from zgsz_desktop.ui.pages.start import StartPage  # noqa: PLC0415 see above

        page = StartPage(self.theme, f"诊断体系 {newest_set_name(self.folders.resources)}", self.state.workspaces)
        page.sample_wanted.connect(self.open_sample)
        page.open_wanted.connect(self.choose_folder)
        page.recent_wanted.connect(lambda folder: self.open_workspace(Path(folder)))
        self.start_page = page
        self.window.show_start(page)

    def choose_folder(self) -> None:
        """Ask for a folder and open it."""
        folder = self.files.folder(self.window, "打开工作区")
        if folder is not None:
            self.open_workspace(folder)

    def open_soon(self, folder: Path) -> None:
        """Show that a workspace is being opened, load what it needs, then open it."""
        self.leave()
        known = dict(self.state.workspaces)
        self.window.show_start(OpeningPage(self.theme, known.get(str(folder), folder.name)))
        job = Job("打开", self)
        job.succeeded.connect(lambda _: self.open_workspace(folder))
        job.failed.connect(self.window.show_error)
        threading.Thread(target=lambda: job.execute(load_engine), name="loading", daemon=True).start()

    def open_workspace(self, folder: Path) -> None:
        """Open a workspace; what is wrong with it is said on the first page."""
        from zgsz_desktop.ui.desk import Desk  # noqa: PLC0415 see above
        from zgsz_desktop.ui.session import Session  # noqa: PLC0415

        try:
            session = Session(folder, self.folders.resources, self.clock)
        except AppError as error:
            if self.start_page is None or self.desk is not None:
                self.show_start()
            if self.start_page is not None:
                self.start_page.show_error(error)
            return
        self.leave()
        self.start_page = None
        self.desk = Desk(self.window, self.theme, session, self.files)
        self.desk.colours_chosen.connect(self._use_colours)
        self.desk.close_wanted.connect(self.show_start)
        self.state = self.state.opened(folder, session.reading.title)
        save_state(self.folders.settings, self.state)

    def open_sample(self) -> None:
        """Make the sample workspace, if it is not there yet, and open it."""
        from zgsz_desktop.engine.rehearsal.sample import find_sample, make_sample  # noqa: PLC0415 only 体验 needs it

        folder = self.folders.workspaces / SAMPLE_FOLDER
        found = find_sample(folder)
        if found is not None:
            self._sample_made(found)
            return
        if self.start_page is not None:
            self.start_page.show_busy("正在做示例…")
        job = Job("做示例", self)
        job.succeeded.connect(self._sample_made)
        job.failed.connect(self._sample_failed)

        def work() -> None:
            job.execute(lambda: make_sample(folder, self.folders.resources, self.clock, progress=job.progress))

        threading.Thread(target=work, name="sample", daemon=True).start()

    def leave(self) -> None:
        """Close the open workspace; everything that was handed in is finished first."""
        if self.desk is not None:
            self.desk.session.close()
            self.desk.deleteLater()
            self.desk = None

    def _sample_made(self, sample: "SampleWorkspace") -> None:
        self._enter_sample(sample, sample.liaison)

    def _enter_sample(self, sample: "SampleWorkspace", folder: Path) -> None:
        from zgsz_desktop.ui.widgets.notes import InlineNote, NoteAction, NoteTone  # noqa: PLC0415 see above

        self.open_workspace(folder)
        if self.desk is None:
            return
        in_bureau = folder == sample.county
        other, place = (sample.liaison, "服务员的电脑") if in_bureau else (sample.county, "县局的电脑")
        what = "这是体验：县局的电脑" if in_bureau else "这是体验：服务员的电脑"
        todo = (
            "把“交来的文件”里的几份拖到“汇总”页看看，其中一份被人改动过。"
            if in_bureau
            else "点“继续”填几道题，做完一家签名，再导出给县局。"
        )
        note = InlineNote(
            self.theme,
            NoteTone.INFO,
            what,
            f"签名口令是 {sample.passphrase}。{todo}",
            actions=[NoteAction("other", f"换到{place}"), NoteAction("folder", "打开文件夹")],
        )
        note.action_chosen.connect(lambda act: self._follow_sample(sample, other, act))
        self.window.show_notice(note)

    def _follow_sample(self, sample: "SampleWorkspace", other: Path, act: str) -> None:
        if act == "folder":
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(sample.inbox)))
        else:  # after the note has closed itself: the window that it lies in goes with the workspace
            QTimer.singleShot(0, lambda: self._enter_sample(sample, other))

    def _sample_failed(self, error: AppError) -> None:
        if self.start_page is not None:
            self.start_page.show_error(error)

    def _use_colours(self, mode: str) -> None:
        self.theme.set_mode(ColourMode(mode))
        self.state = type(self.state)(self.state.workspaces, mode)
        save_state(self.folders.settings, self.state)


def make_application(arguments: Sequence[str]) -> QApplication:
    """Make the Qt application in Chinese."""
    application = QApplication(list(arguments))
    application.setApplicationName(paths.APP)
    application.setApplicationDisplayName("智改数转诊断")
    install_chinese(application)
    return application


def run(arguments: Sequence[str]) -> int:
    """Open the window; a folder as first argument is opened as a workspace.

    Returns:
        The exit status of the event loop.
    """
    folders = paths.system_paths()
    _log_to(folders.log)
    application = make_application(arguments)
    program = Program(application, folders)
    sys.excepthook = _shown_by(program)
    if len(arguments) > 1:
        program.open_soon(Path(arguments[1]))
    else:
        program.show_start()
    program.window.show()
    return application.exec()


def load_engine() -> None:
    """Import what an open workspace needs; harmless in any thread, and done once."""
    importlib.import_module("zgsz_desktop.ui.desk")


def newest_set_name(resources: Path) -> str:
    """Name the newest indicator set by its file, without loading it."""
    names = sorted(path.stem for path in (resources / "indicator_sets").glob("*.json"))
    return names[-1] if names else ""


def open_for_bench(folder: str) -> MainWindow:
    """Open the window on a workspace up to its list, without entering the event loop."""
    application = make_application([paths.APP])
    program = Program(application, paths.system_paths())
    program.open_workspace(Path(folder))
    program.window.show()
    return program.window


def open_frame_for_bench(folder: str) -> MainWindow:
    """Open the window as `run` does, up to its first picture, without entering the event loop."""
    program = Program(make_application([paths.APP]), paths.system_paths())
    program.window.show_start(OpeningPage(program.theme, Path(folder).name))
    program.window.show()
    return program.window


def _log_to(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = logging.FileHandler(folder / LOG, encoding="utf-8")
    except OSError:  # a read-only home: the log goes to the terminal
        handler = logging.StreamHandler()
    logging.basicConfig(handlers=[handler], level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")


def _shown_by(program: Program) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    def show(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        logging.getLogger(__name__).error("unexpected", exc_info=(kind, error, trace))
        shown = error if isinstance(error, AppError) else BugError("bug.unexpected", detail=repr(error))
        program.window.show_error(shown)

    return show
