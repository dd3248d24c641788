"""The list behind a package: what is in conflict, what was not let in, what to look at; each with its reason."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from zgsz_desktop.engine.merge_report import MergeReport
from zgsz_desktop.engine.records.kinds import KINDS
from zgsz_desktop.engine.store.db import Store
from zgsz_desktop.engine.store.enterprises import load_enterprise
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.bars import PageBar
from zgsz_desktop.ui.widgets.buttons import Button
from zgsz_desktop.ui.widgets.marks import Hairline
from zgsz_desktop.ui.widgets.notes import InlineNote, NoteTone
from zgsz_desktop.ui.widgets.tables import ICON_ROLE, INK_ROLE, TableView
from zgsz_desktop.ui.widgets.text import ElidedLabel, Label, TextRole

TITLES = ("情况", "内容", "企业", "说明")
WIDTHS = (96, 120, 240)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: what is the matter, icon and ink, kind, enterprise, reason."""

    matter: str
    icon: str
    ink: str
    kind: str
    enterprise: str
    reason: str


def lines_of(report: MergeReport, store: Store) -> Iterator[Line]:
    """Give everything of a report that deserves a look, conflicts first."""
    for item in report.conflicts:
        yield Line("冲突", "git-compare", "warn", _kind(item.kind), enterprise_of(store, item.entity), item.reason)
    for refusal in report.refused:
        name = enterprise_of(store, refusal.entity or "")
        yield Line("没有收下", "file-x", "bad", _kind(refusal.kind), name, refusal.reason)
    for item in report.flagged:
        yield Line("请留意", "flag", "text2", _kind(item.kind), enterprise_of(store, item.entity), item.reason)


def enterprise_of(store: Store, entity: str) -> str:
    """Name the enterprise that an entity is about; what is about none is named by itself."""
    for part in entity.split("/"):
        row = load_enterprise(store, part)
        if row is not None:
            return row.name
    return entity or "–"


class DetailsView(QWidget):
    """The list of one package.

    Signals:
        closed: back to the packages.
    """

    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        bar = PageBar(theme)
        self.back = Button(theme, "返回文件列表", icon="arrow-left", keys="Esc", height=36)
        self.back.clicked.connect(self.closed)
        bar.left.addWidget(self.back)
        self._title = ElidedLabel(theme, "", TextRole.PANEL)
        bar.left.addWidget(self._title)
        self._column.addWidget(bar)
        self._notes = QVBoxLayout()
        self._notes.setContentsMargins(20, 0, 20, 0)
        self._notes.setSpacing(8)
        self._column.addLayout(self._notes)
        self.model = QStandardItemModel(0, len(TITLES), self)
        self.model.setHorizontalHeaderLabels(list(TITLES))
        self.table = TableView(theme, "这份文件里要看的")
        self.table.setModel(self.model)
        for column, width in enumerate(WIDTHS):
            self.table.setColumnWidth(column, width)
        self.table.horizontalHeader().setSectionResizeMode(len(TITLES) - 1, QHeaderView.ResizeMode.Stretch)
        self.table.selectionModel().currentRowChanged.connect(self._show_reason)
        self._column.addWidget(self.table, 1)
        self._column.addWidget(Hairline(theme))
        self._reason = Label(theme, "", TextRole.BODY, wrap=True)
        foot = QHBoxLayout()
        foot.setContentsMargins(21, 12, 20, 12)
        foot.addWidget(self._reason)
        self._column.addLayout(foot)

    def show_report(self, report: MergeReport, store: Store) -> None:
        """Show a report."""
        self._title.set_text(f"{report.producer.person}，{report.file}")
        while (item := self._notes.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for warning in report.warnings:
            self._notes.addWidget(InlineNote(self.theme, NoteTone.WARN, warning))
        margins = 12 if report.warnings else 0
        self._notes.setContentsMargins(20, margins, 20, margins)
        self.model.setRowCount(0)
        for line in lines_of(report, store):
            self.model.appendRow(_items(line))
        self._reason.setText("这份文件里没有要看的。" if self.model.rowCount() == 0 else "")
        self.table.setCurrentIndex(self.model.index(0, 0))

    def _show_reason(self, current: QModelIndex, _before: QModelIndex) -> None:
        self._reason.setText(str(current.siblingAtColumn(len(TITLES) - 1).data() or ""))


def _items(line: Line) -> list[QStandardItem]:
    items = [QStandardItem(text) for text in (line.matter, line.kind, line.enterprise, line.reason)]
    items[0].setData(line.icon, ICON_ROLE)
    items[0].setData(line.ink, INK_ROLE)
    for item in items:
        item.setEditable(False)
        item.setData(line.reason, Qt.ItemDataRole.ToolTipRole)
    return items


def _kind(kind: str | None) -> str:
    known = KINDS.get(kind or "")
    return known.title if known else kind or "读不出来"
