"""The application's window: the frame, the rooms of the rail, and the pages that open on top of a room.

It knows no page and no engine: `app.py` hands it a table of rooms (id, icon, label, heading, factory). A room's page is
made at the first visit and kept; a page opened from it (one assessment) is pushed on top, 返回 or Alt ← takes it off.
Before a workspace is open a start page fills the window without the frame.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from zgsz_desktop.engine.errors import AppError
from zgsz_desktop.ui.theme import Theme

if TYPE_CHECKING:  # the frame is loaded with the first workspace: the window stands before it (docs/adr/0013)
    from zgsz_desktop.ui.marks import Chip
    from zgsz_desktop.ui.widgets.notes import InlineNote
    from zgsz_desktop.ui.widgets.shell import Shell
    from zgsz_desktop.ui.widgets.task_popup import BackgroundJob, TaskFollower

APPLICATION = "智改数转诊断"
LEAST = (720, 520)
PLANNED = (1366, 690)
MOST_NOTICES = 2
UNDERSTOOD = "understood"


@dataclass(frozen=True, slots=True)
class Heading:
    """What the top bar says about a page."""

    title: str
    sub: str = ""
    chips: "tuple[Chip, ...]" = ()


@dataclass(frozen=True, slots=True)
class Room:
    """A place of the rail.

    Attributes:
        id: its name in code.
        icon, label: how the rail shows it.
        heading: what the top bar says at first; a page that changes it calls `MainWindow.set_heading`.
        factory: makes the page, at the first visit.
        at_bottom: whether it stands below (设置).
    """

    id: str
    icon: str
    label: str
    heading: Heading
    factory: Callable[[], QWidget]
    at_bottom: bool = False


@dataclass(slots=True)
class _Stack:
    """A room's pages: its own, and those opened from it."""

    room: Room
    pages: list[QWidget] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Saved:
    """What the top bar says about a page that edits."""

    at: str = ""
    failed: str = ""


class MainWindow(QMainWindow):
    """The window.

    Attributes:
        shell: the frame; None before rooms are opened.

    Signals:
        room_shown(str): the user is in another room, or came back to its own page.
        page_closed(object): a pushed page was taken off; it is deleted right after.
        close_wanted: the window is about to close.
    """

    room_shown = Signal(str)
    page_closed = Signal(object)
    close_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.shell: Shell | None = None
        self._tasks: TaskFollower | None = None
        self._stacks: dict[str, _Stack] = {}
        self._headings: dict[QWidget, Heading] = {}
        self._saved: dict[QWidget, _Saved] = {}
        self._notices: list[InlineNote] = []
        self._at = ""
        self._layers = QStackedWidget()
        self.setCentralWidget(self._layers)
        self.setMinimumSize(*LEAST)
        self.resize(*PLANNED)
        self.setWindowTitle(APPLICATION)
        QShortcut(QKeySequence("Alt+Left"), self).activated.connect(self.back)

    def show_start(self, page: QWidget) -> None:
        """Fill the window with a page that has no frame (no workspace is open)."""
        self._drop_rooms()
        self._clear_layers()
        self._layers.addWidget(page)
        self.setWindowTitle(APPLICATION)

    def open_rooms(self, rooms: Sequence[Room], first: str = "") -> None:
        """Build the frame with these rooms and go to the first of them, or to `first`."""
        from zgsz_desktop.ui.widgets.rail import RailEntry  # noqa: PLC0415 see above
        from zgsz_desktop.ui.widgets.shell import Shell  # noqa: PLC0415
        from zgsz_desktop.ui.widgets.task_popup import TaskFollower  # noqa: PLC0415

        self._drop_rooms()
        self._clear_layers()
        entries = [RailEntry(room.id, room.icon, room.label, room.at_bottom) for room in rooms]
        shell = Shell(self.theme, entries)
        self.shell = shell
        self._tasks = TaskFollower(self.theme, shell.top.task)
        self._stacks = {room.id: _Stack(room) for room in rooms}
        shell.rail.chosen.connect(self.show_room)
        shell.top.back_clicked.connect(self.back)
        self._layers.addWidget(shell)
        for number, room in enumerate(rooms[:9], start=1):
            shortcut = QShortcut(QKeySequence(f"Alt+{number}"), shell)
            shortcut.activated.connect(lambda which=room.id: self.show_room(which))
        self.show_room(first or rooms[0].id)

    def show_room(self, room: str) -> None:
        """Go to a room; going to the one shown takes off what was opened from it."""
        stack = self._stacks[room]
        if not stack.pages:
            page = stack.room.factory()
            stack.pages.append(page)
            self._headings.setdefault(page, stack.room.heading)
        elif room == self._at:
            while len(stack.pages) > 1:
                self._take_off(stack)
        self._at = room
        self._show_top()
        self.room_shown.emit(room)

    def push(self, page: QWidget, heading: Heading) -> None:
        """Open a page on top of the room shown."""
        self._headings[page] = heading
        self._stacks[self._at].pages.append(page)
        self._show_top()

    def back(self) -> None:
        """Take the page on top off; a room's own page stays."""
        stack = self._stacks.get(self._at)
        if stack is None or len(stack.pages) <= 1:
            return
        self._take_off(stack)
        self._show_top()
        self.room_shown.emit(self._at)

    def current_page(self) -> QWidget | None:
        """Give the page shown in the sheet."""
        return self.shell.sheet.current() if self.shell is not None else None

    def current_room(self) -> str:
        """Give the room shown."""
        return self._at

    def set_heading(self, page: QWidget, heading: Heading) -> None:
        """Say something else about a page in the top bar; shown when the page is."""
        self._headings[page] = heading
        if page is self.current_page():
            self._show_heading(page)

    def say_saved(self, page: QWidget, at: str) -> None:
        """Show when a page's last answer was saved (`09:31:07`); kept while the user is elsewhere."""
        self._saved[page] = _Saved(at)
        self._show_saved(page)

    def say_not_saved(self, page: QWidget, sentence: str) -> None:
        """Show that a page's last answer is not saved, in words."""
        self._saved[page] = _Saved(failed=sentence)
        self._show_saved(page)

    def show_error(self, error: AppError) -> None:
        """Show an error that no page took: it stays between top bar and sheet until it is understood."""
        from zgsz_desktop.ui.widgets.notes import NoteAction, note_of_error  # noqa: PLC0415 see above

        if self.shell is not None:
            self.show_notice(note_of_error(self.theme, error, [NoteAction(UNDERSTOOD, "知道了")]))

    def show_notice(self, note: "InlineNote") -> None:
        """Show news that concerns the whole window; any of its actions closes it."""
        if self.shell is None:
            return
        while len(self._notices) >= MOST_NOTICES:
            self._close_notice(self._notices[0])
        note.action_chosen.connect(lambda _: self._close_notice(note))
        self._notices.append(note)
        self._fit_notices()
        self.shell.notices.addWidget(note)

    def notices(self) -> "tuple[InlineNote, ...]":
        """Give the notices shown."""
        return tuple(self._notices)

    def follow(self, job: "BackgroundJob") -> None:
        """Show a background job in the top bar until it ends."""
        if self._tasks is not None:
            self._tasks.follow(job)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.close_wanted.emit()
        super().closeEvent(event)

    def _show_top(self) -> None:
        if self.shell is None:
            return
        page = self._stacks[self._at].pages[-1]
        self.shell.sheet.show_page(page)
        self.shell.rail.choose(self._at)
        self._show_saved(page)
        self._show_heading(page)

    def _show_saved(self, page: QWidget) -> None:
        if self.shell is None or page is not self.current_page():
            return
        saved, state = self.shell.top.saved, self._saved.get(page)
        if state is None:
            saved.hide()
        elif state.failed:
            saved.say_failed(state.failed)
        else:
            saved.say_saved(state.at)

    def _show_heading(self, page: QWidget) -> None:
        if self.shell is None:
            return
        heading = self._headings.get(page, Heading(""))
        deeper = len(self._stacks[self._at].pages) > 1
        self.shell.top.show_page(heading.title, heading.sub, heading.chips, back=deeper)
        self.setWindowTitle(f"{heading.title} - {APPLICATION}" if heading.title else APPLICATION)

    def _take_off(self, stack: _Stack) -> None:
        page = stack.pages.pop()
        self._headings.pop(page, None)
        self._saved.pop(page, None)
        self.page_closed.emit(page)
        if self.shell is not None:
            self.shell.sheet.drop_page(page)
        page.deleteLater()

    def _close_notice(self, note: "InlineNote") -> None:
        if note in self._notices:
            self._notices.remove(note)
            note.hide()
            note.deleteLater()
            self._fit_notices()

    def _fit_notices(self) -> None:
        if self.shell is not None:
            right, below = (16, 8) if self._notices else (0, 0)
            self.shell.notices.setContentsMargins(0, 0, right, below)

    def _drop_rooms(self) -> None:
        for stack in self._stacks.values():
            while stack.pages:
                self._take_off(stack)
        self._stacks, self._headings, self._notices, self._at = {}, {}, [], ""
        self._tasks = None
        self.shell = None

    def _clear_layers(self) -> None:
        while (layer := self._layers.widget(0)) is not None:
            self._layers.removeWidget(layer)
            layer.deleteLater()
