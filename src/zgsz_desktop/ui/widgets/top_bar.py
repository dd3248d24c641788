"""The top bar: where I am at the left; saved state, search, background work and who I am at the right."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from zgsz_desktop.ui.marks import Chip
from zgsz_desktop.ui.painting import draw_focus_ring
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.buttons import SMALL, Button, ButtonKind
from zgsz_desktop.ui.widgets.cards import clear_layout
from zgsz_desktop.ui.widgets.fields import SearchField
from zgsz_desktop.ui.widgets.marks import Avatar, ChipLabel, IconLabel, ProgressRing
from zgsz_desktop.ui.widgets.painted import FIXED, GROWS, PaintedButton
from zgsz_desktop.ui.widgets.text import ElidedLabel, Label, TextRole

HEIGHT = 52
SEARCH = 212


class SavedState(QWidget):
    """已保存 hh:mm:ss, always visible on pages that edit; the icon says whether it is so."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._icon = IconLabel(theme, "circle-check", 16, "ok")
        self._label = Label(theme, "", TextRole.HELPER)
        row.addWidget(self._icon)
        row.addWidget(self._label)
        self.hide()

    def text(self) -> str:
        """Give what it says."""
        return self._label.text()

    def say_saved(self, at: str) -> None:
        """Say when the last answer was saved (`09:31:07`)."""
        self._say("circle-check", "ok", "text2", f"已保存 {at}")

    def say_saving(self) -> None:
        """Say that a write is under way."""
        self._say("save", "text3", "text2", "正在保存")

    def say_failed(self, sentence: str = "没能保存") -> None:
        """Say that the last write failed; the page tells why."""
        self._say("triangle-alert", "bad", "bad", sentence)

    def _say(self, icon: str, icon_ink: str, ink: str, text: str) -> None:
        self._icon.set_icon(icon, icon_ink)
        self._label.set_ink(ink)
        self._label.setText(text)
        self.setAccessibleName(text)
        self.show()


class TaskButton(PaintedButton):
    """Background work as ring and n/m; pressing opens what is running."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 0, 6, 0)
        row.setSpacing(8)
        self._progress = ProgressRing(theme, 16)
        self._label = Label(theme, "", TextRole.HELPER)
        row.addWidget(self._progress)
        row.addWidget(self._label)
        self.setFixedHeight(SMALL)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, FIXED)
        for child in (self._progress, self._label):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_work(self, what: str, done: int | None = None, total: int | None = None) -> None:
        """Show a piece of work and how far it is; without numbers it is busy."""
        known = done is not None and total
        self._progress.set_share(done / total if done is not None and total else None)
        text = f"{what} {done}/{total}" if known else what
        self._label.setText(text)
        self.setAccessibleName(f"后台任务：{text}")
        self.setToolTip("看正在做的事")
        self.show()

    def show_nothing(self) -> None:
        """Nothing runs."""
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  only the ring
        if self.shows_ring():
            painter = self.painter()
            draw_focus_ring(painter, self.area(), 6, self.theme)
            painter.end()


class TopBar(QWidget):
    """The bar itself.

    Attributes:
        saved: the saved state (hidden until it says something).
        search: the search field.
        task: the background work.

    Signals:
        back_clicked: the arrow at the left.
        search_submitted(str), search_changed(str): the search field.
        search_opened: the search icon of a narrow window.
        task_clicked: the background work.
        identity_clicked: the avatar.
    """

    back_clicked = Signal()
    search_submitted = Signal(str)
    search_changed = Signal(str)
    search_opened = Signal()
    task_clicked = Signal()
    identity_clicked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(GROWS, FIXED)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 14, 0)
        row.setSpacing(10)
        self._back = Button(theme, kind=ButtonKind.QUIET, icon="arrow-left", name="返回", height=32)
        self._back.setToolTip("返回（Alt ←）")
        self._back.clicked.connect(self.back_clicked)
        self._back.hide()
        row.addWidget(self._back)
        self._title = ElidedLabel(theme, "", TextRole.PANEL)
        self._sub = ElidedLabel(theme, "", TextRole.HELPER)
        row.addWidget(self._title)
        row.addWidget(self._sub)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(8)
        row.addLayout(self._chips)
        row.addStretch(1)
        self.saved = SavedState(theme)
        row.addWidget(self.saved)
        row.addSpacing(4)
        self.search = SearchField(theme, "搜企业、题目", "Ctrl K")
        self.search.setFixedWidth(SEARCH)
        self.search.submitted.connect(self.search_submitted)
        self.search.text_changed.connect(self.search_changed)
        row.addWidget(self.search)
        self._search_icon = Button(theme, kind=ButtonKind.QUIET, icon="search", name="搜企业、题目", height=32)
        self._search_icon.clicked.connect(self._open_search)
        self._search_icon.hide()
        row.addWidget(self._search_icon)
        self.task = TaskButton(theme)
        self.task.clicked.connect(self.task_clicked)
        row.addWidget(self.task)
        row.addSpacing(4)
        self._identity = _Identity(theme)
        self._identity.clicked.connect(self.identity_clicked)
        row.addWidget(self._identity)

    def show_page(self, title: str, sub: str = "", chips: Sequence[Chip] = (), *, back: bool = False) -> None:
        """Say where the user is."""
        self._title.set_text(title)
        self._sub.set_text(sub)
        self._sub.setVisible(bool(sub))
        self._back.setVisible(back)
        clear_layout(self._chips)
        for chip in chips:
            self._chips.addWidget(ChipLabel(self.theme, chip))
        self.setAccessibleName(title)

    def set_identity(self, name: str, role: str) -> None:
        """Say who the user is (`服务员，柳州市柳江区`)."""
        self._identity.set_person(name, role)

    def set_narrow(self, *, narrow: bool) -> None:
        """Below 1320 px: search as an icon, identity as its avatar."""
        self.search.setVisible(not narrow)
        self._search_icon.setVisible(narrow)
        self._identity.set_narrow(narrow=narrow)

    def open_search(self) -> None:
        """Come here by Ctrl K."""
        if self.search.isHidden():
            self._open_search()
        self.search.focus_all()

    def _open_search(self) -> None:
        self.search.show()
        self._search_icon.hide()
        self.search.focus_all()
        self.search_opened.emit()


class _Identity(PaintedButton):
    """Avatar, name over role."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(8)
        self._avatar = Avatar(theme)
        row.addWidget(self._avatar)
        self._words = QWidget()
        column = QVBoxLayout(self._words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._name = Label(theme, "", TextRole.CARD)
        self._name.setFont(theme.font(13, bold=True))
        self._role = Label(theme, "", TextRole.CAPTION, ink="text2")
        column.addWidget(self._name)
        column.addWidget(self._role)
        row.addWidget(self._words)
        self.setFixedHeight(40)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, FIXED)
        for child in (self._avatar, self._words):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def set_person(self, name: str, role: str) -> None:
        self._avatar.set_name(name)
        self._name.setText(name)
        self._role.setText(role)
        self.setAccessibleName(f"{name}，{role}")
        self.setToolTip(f"{name}，{role}")
        self.setVisible(bool(name))

    def set_narrow(self, *, narrow: bool) -> None:
        self._words.setVisible(not narrow)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  only the ring
        if self.shows_ring():
            painter = self.painter()
            draw_focus_ring(painter, self.area(), 6, self.theme)
            painter.end()
