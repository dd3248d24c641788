"""The merge page: packages are dropped here, checked and merged one after the other; each says what became of it.

Every package is a job of its own on the writer thread, so one that fails does not touch the others, and 停在这里 takes
back only the one at work. Merging needs no passphrase: it signs nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from zgsz_desktop.engine.errors import AppError
from zgsz_desktop.engine.merge import merge_package
from zgsz_desktop.engine.merge_report import MergeReport
from zgsz_desktop.engine.model import Level, level_of
from zgsz_desktop.engine.store.keys import KeyPurpose, own_keys
from zgsz_desktop.engine.workspace import Workspace
from zgsz_desktop.ui.jobs import Job
from zgsz_desktop.ui.models.package_model import PackageModel
from zgsz_desktop.ui.pages.merging.aside import Act, Aside
from zgsz_desktop.ui.pages.merging.details import DetailsView
from zgsz_desktop.ui.pages.merging.parcels import (
    Parcel,
    message_to_sender,
    parcel_of,
    row_of,
    state_of,
    summarise,
)
from zgsz_desktop.ui.pages.merging.status import Status
from zgsz_desktop.ui.session import Session
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.dialog import Question, QuestionDialog
from zgsz_desktop.ui.widgets.marks import Hairline
from zgsz_desktop.ui.widgets.notes import Toast
from zgsz_desktop.ui.widgets.package_rows import PackageHeader, PackageList, PackageState
from zgsz_desktop.ui.widgets.states import DropZone, EmptyState

SUFFIXES = (".zgsz", ".zgszcert")
WIDE_FROM = 1500
"""Width of the page from which there is room for what went by itself (a window of 1600)."""
SENDERS = {Level.COUNTY: "各位服务员交来的文件", Level.CITY: "各县区交来的文件", Level.REGION: "各市交来的文件"}


class MergePage(QWidget):
    """The queue of packages.

    Attributes:
        parcels: the queue, in order.
        model: its rows. `dialog`: a question that is open.
    """

    def __init__(self, theme: Theme, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.session = session
        self.parcels: list[Parcel] = []
        self.dialog: QuestionDialog | QFileDialog | None = None
        self._job: Job | None = None
        self._running: int | None = None
        self._is_stopping = False
        self._for_others: set[int] = set()
        self.model = PackageModel(self)
        self._build()
        self._add_key("Ctrl+O", self.choose_files)
        self._add_key("Esc", self._close_details)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.toast = Toast(theme, self)
        self._show()

    @property
    def is_running(self) -> bool:
        """Whether a package is being merged now."""
        return self._running is not None

    def add_files(self, paths: Iterable[Path]) -> None:
        """Put files at the end of the queue and go on; one that waits already is not put in twice."""
        pending = {parcel.path for parcel in self.parcels if not parcel.is_settled}
        fresh = [path for path in dict.fromkeys(Path(path).absolute() for path in paths) if path not in pending]
        added = [parcel_of(path) for path in fresh]
        divisions = self.session.reading.divisions
        self.parcels.extend(added)
        self.model.add_rows([row_of(parcel, divisions) for parcel in added])
        self._close_details()
        self.go_on()

    def choose_files(self) -> None:
        """Open the system's file dialog."""
        dialog = QFileDialog(self, "选择交来的文件", str(Path.home()), "诊断数据包 (*.zgsz *.zgszcert)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self.add_files(Path(name) for name in names))
        self._open(dialog)

    def stop(self) -> None:
        """Take back the package at work; the rest stays waiting."""
        if self._job is None or self._is_stopping:
            return
        self._is_stopping = True
        self._job.cancel()
        self._show()

    def go_on(self) -> None:
        """Merge what waits."""
        if self._running is None:
            self._next()
        else:
            self._show()

    def show_details(self, place: int) -> None:
        """Show the list behind a package, where there is one."""
        report = self.parcels[place].report
        if report is not None:
            self.details.show_report(report, self.session.reading.store)
            self._pages.setCurrentWidget(self.details)
            self.details.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocus(Qt.FocusReason.OtherFocusReason)  # the page's keys work from the first moment

    def resizeEvent(self, event: QResizeEvent) -> None:
        was_wide = self._is_wide(event.oldSize().width())
        super().resizeEvent(event)
        if was_wide is not self._is_wide(event.size().width()):
            self._show()

    def _next(self) -> None:
        place = next((at for at, one in enumerate(self.parcels) if one.state is PackageState.WAITING), None)
        if place is None:
            self._show()
            return
        path, for_others = self.parcels[place].path, place in self._for_others
        self._running = place
        self._put(place, replace(self.parcels[place], state=PackageState.RUNNING, done=0, total=0))

        def work(workspace: Workspace, job: Job) -> MergeReport:
            return merge_package(workspace, path, for_another_bureau=for_others, progress=job.progress)

        self._job = self.session.start("合并", work, origin=self, done=self._merged, failed=self._failed)
        self._job.progressed.connect(self._progressed)
        self._show()

    def _progressed(self, done: int, total: int) -> None:
        if self._running is not None:
            place = self._running
            self._put(place, replace(self.parcels[place], done=done, total=total))
            self._show_status()

    def _merged(self, report: MergeReport) -> None:
        self._settle(lambda parcel: replace(parcel, state=state_of(report), report=report))

    def _failed(self, error: AppError) -> None:
        if error.code == "job.cancelled":
            self._is_stopping = True  # however it was cancelled (the top bar has a button, too), the rest stays
            self._settle(lambda parcel: replace(parcel, state=PackageState.WAITING, done=0, total=0))
        else:
            self._settle(lambda parcel: replace(parcel, state=PackageState.REFUSED, error=error))

    def _settle(self, change: Callable[[Parcel], Parcel]) -> None:
        place, stopping = self._running, self._is_stopping
        self._running, self._job, self._is_stopping = None, None, False
        if place is not None:
            self._put(place, change(self.parcels[place]))
        if stopping:
            self._show()
        else:
            self._next()

    def _put(self, place: int, parcel: Parcel) -> None:
        self.parcels[place] = parcel
        self.model.set_row(place, row_of(parcel, self.session.reading.divisions))

    def _act(self, action: str, place: int) -> None:
        match Act(action):
            case Act.LIST:
                self.show_details(place)
            case Act.COPY:
                QGuiApplication.clipboard().setText(message_to_sender(self.parcels[place]))
                self.toast.say("已复制，可以粘贴到微信里发给他", undo=False)
            case Act.RETRY:
                self._again(place)
            case Act.TAKE:
                self._ask_to_take(place)

    def _again(self, place: int) -> None:
        self._put(place, parcel_of(self.parcels[place].path))
        self.go_on()

    def _ask_to_take(self, place: int) -> None:
        error = self.parcels[place].error
        if error is None:
            return
        question = Question(
            f"收下这份给{error.context.get('to', '别的单位')}的文件？",
            "收下以后会并入本机的数据，不能单独撤销。只有上级让您代收时才这样做。",
            "不收",
            "收下",
            "file-input",
        )
        dialog = QuestionDialog(self.theme, question, self)
        dialog.accepted.connect(lambda: self._take(place))
        self._open(dialog)

    def _take(self, place: int) -> None:
        self._for_others.add(place)
        self._again(place)

    def _open(self, dialog: QuestionDialog | QFileDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(lambda _: self._forget(dialog))
        dialog.open()

    def _forget(self, dialog: QuestionDialog | QFileDialog) -> None:
        dialog.deleteLater()
        if self.dialog is dialog:
            self.dialog = None

    def _show(self) -> None:
        summary = summarise(self.parcels)
        self._head.setVisible(bool(self.parcels))
        if self.parcels:
            self._show_status()
        if self._pages.currentWidget() is not self.details:
            self._pages.setCurrentWidget(self._queue if self.parcels else self._empty)
        self.aside.show_parcels(self.parcels, summary, wide=self._is_wide(self.width()))

    def _show_status(self) -> None:
        summary = summarise(self.parcels)
        if self._is_stopping:
            self.status.show_stopping(summary)
        elif self._running is None:
            self.status.show_resting(summary)
        else:
            parcel = self.parcels[self._running]
            self.status.show_running(summary, parcel.done / parcel.total if parcel.total else 0.0)

    def _close_details(self) -> None:
        if self._pages.currentWidget() is self.details:
            self._pages.setCurrentWidget(self._queue if self.parcels else self._empty)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @staticmethod
    def _is_wide(width: int) -> bool:
        return width >= WIDE_FROM

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._top())
        holder = QWidget()
        self._pages = QStackedLayout(holder)
        self._queue = self._list()
        self._empty = EmptyState(
            self.theme,
            "inbox",
            "还没有要合并的文件",
            "把 .zgsz 文件拖到上面的虚线框里，或按 Ctrl O 选择。可以一次很多份，也可以再来一遍，重复的不会算两次。",
        )
        self.details = DetailsView(self.theme)
        self.details.closed.connect(self._close_details)
        for page in (self._queue, self._empty, self.details):
            self._pages.addWidget(page)
        middle.addWidget(holder, 1)
        row.addLayout(middle, 1)
        self.aside = Aside(self.theme)
        self.aside.acted.connect(self._act)
        row.addWidget(self.aside)

    def _top(self) -> QWidget:
        top = QWidget()
        column = QVBoxLayout(top)
        column.setContentsMargins(21, 16, 20, 10)
        column.setSpacing(10)
        self.drop = DropZone(
            self.theme,
            f"把{self._senders()}拖到这里",
            "可以一次拖很多份。先核对签名和内容，全部通过才并入，一份出错不影响别的。",
            suffixes=SUFFIXES,
            keys="Ctrl O",
        )
        self.drop.files_dropped.connect(self.add_files)
        self.drop.choose_clicked.connect(self.choose_files)
        column.addWidget(self.drop)
        self._head = QWidget()
        inside = QVBoxLayout(self._head)
        inside.setContentsMargins(0, 0, 0, 0)
        self.status = Status(self.theme)
        self.status.stop_clicked.connect(self.stop)
        self.status.go_on_clicked.connect(self.go_on)
        inside.addWidget(self.status)
        column.addWidget(self._head)
        return top

    def _list(self) -> QWidget:
        queue = QWidget()
        column = QVBoxLayout(queue)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Hairline(self.theme))
        column.addWidget(PackageHeader(self.theme))
        self.list = PackageList(self.theme)
        self.list.setModel(self.model)
        self.list.opened.connect(self._open_row)
        column.addWidget(self.list, 1)
        return queue

    def _open_row(self, index: QModelIndex) -> None:
        self.show_details(index.row())

    def _senders(self) -> str:
        workspace = self.session.reading
        keys = own_keys(workspace.store, KeyPurpose.AUTHOR)
        if keys and keys[0].name.startswith("liaison"):
            return "县局发来的文件"
        return SENDERS[level_of(workspace.division)]

    def _add_key(self, key: str, act: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)
