"""设置: how the window looks, whose workspace this is, and the digest of its data to compare by telephone."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from zgsz_desktop import __version__
from zgsz_desktop.engine.digest import Digest, digest
from zgsz_desktop.engine.enrolling import own_identities
from zgsz_desktop.ui.session import Session
from zgsz_desktop.ui.theme import ColourMode, Theme
from zgsz_desktop.ui.widgets.buttons import Button
from zgsz_desktop.ui.widgets.cards import FactRow, Panel
from zgsz_desktop.ui.widgets.segment import Segment, SegmentItem
from zgsz_desktop.ui.widgets.text import Label, TextRole

WIDTH = 760
MODES = ((ColourMode.SYSTEM, "跟随系统"), (ColourMode.LIGHT, "浅色"), (ColourMode.DARK, "深色"))
DIGEST_TITLES = {"records": "记录", "trust": "签名来历", "state": "当前状态"}


class SettingsPage(QScrollArea):
    """The page.

    Signals:
        colours_chosen(str): value of a `ColourMode`.
        close_wanted: leave this workspace, back to the first page.
    """

    colours_chosen = Signal(str)
    close_wanted = Signal()

    def __init__(self, theme: Theme, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.session = session
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QWidget()
        outer = QHBoxLayout(page)
        outer.setContentsMargins(32, 24, 32, 24)
        column = QVBoxLayout()
        column.setSpacing(16)
        holder = QWidget()
        holder.setMaximumWidth(WIDTH)
        holder.setLayout(column)
        outer.addWidget(holder, 1)
        outer.addStretch(0)
        for panel in (self._looks(), self._workspace(), self._identities(), self._digest()):
            column.addWidget(panel)
        column.addStretch(1)
        self.setWidget(page)

    def _looks(self) -> Panel:
        panel = Panel(self.theme, "外观")
        choice = Segment(self.theme, [SegmentItem(mode.value, title) for mode, title in MODES], "外观")
        choice.choose(self.theme.mode.value)
        choice.chosen.connect(self.colours_chosen)
        panel.body.addWidget(choice)
        return panel

    def _workspace(self) -> Panel:
        workspace = self.session.reading
        panel = Panel(self.theme, "这个工作区")
        mark = "（模拟数据）" if workspace.simulated else ""
        for name, value in (
            ("名称", f"{workspace.title}{mark}"),
            ("区划", f"{workspace.divisions.full_name(workspace.division)}　{workspace.division}"),
            ("文件夹", str(workspace.folder)),
            ("批次", workspace.campaign()),
            ("程序版本", __version__),
        ):
            panel.body.addWidget(FactRow(self.theme, name, value, bold=False))
        leave = Button(self.theme, "换一个工作区", icon="folder-open")
        leave.clicked.connect(self.close_wanted)
        panel.body.addWidget(leave, 0, Qt.AlignmentFlag.AlignLeft)
        return panel

    def _identities(self) -> Panel:
        panel = Panel(self.theme, "本机的签名")
        found = own_identities(self.session.reading)
        for one in found:
            about = one.description
            if about is None:
                panel.body.addWidget(FactRow(self.theme, "在等答复", one.key.keyid, icon="clock", bold=False))
                continue
            ends = f"有效到 {about.ends:%Y}年{about.ends.month}月{about.ends.day}日"
            name = f"{about.person}，{about.role}，{about.organisation}"
            panel.body.addWidget(FactRow(self.theme, name, ends, icon="key-round", bold=False))
        if not found:
            panel.body.addWidget(Label(self.theme, "这台电脑还没有签名，只能查看。", TextRole.SECONDARY))
        return panel

    def _digest(self) -> Panel:
        panel = Panel(self.theme, "数据校验码")
        hint = "两台电脑的三行校验码都相同，就是数据完全相同。算一次要几秒。"
        panel.body.addWidget(Label(self.theme, hint, TextRole.HELPER, wrap=True))
        self._lines = {key: FactRow(self.theme, title, "–", bold=False) for key, title in DIGEST_TITLES.items()}
        for line in self._lines.values():
            panel.body.addWidget(line)
        row = QHBoxLayout()
        self._compute = Button(self.theme, "现在计算", icon="refresh-cw")
        self._copy = Button(self.theme, "复制", icon="copy")
        self._copy.setEnabled(False)
        self._compute.clicked.connect(self._start)
        self._copy.clicked.connect(self._put_on_clipboard)
        row.addWidget(self._compute)
        row.addWidget(self._copy)
        row.addStretch(1)
        panel.body.addLayout(row)
        return panel

    def _start(self) -> None:
        self._compute.setEnabled(False)
        self.session.start("算校验码", lambda workspace, _: digest(workspace), origin=self, done=self._show)

    def _show(self, found: Digest) -> None:
        self._compute.setEnabled(True)
        self._copy.setEnabled(True)
        self._found = found
        for key, line in self._lines.items():
            value: str = getattr(found, key)
            line.value.setText(f"{value[:16]} … {value[-8:]}")
            line.value.setToolTip(value)

    def _put_on_clipboard(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(self._found.lines()))
