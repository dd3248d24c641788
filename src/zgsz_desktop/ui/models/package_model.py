"""The list model of the merge page: one row a package; a changed row is exchanged, rows are only ever added."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from zgsz_desktop.ui.widgets.package_rows import PACKAGE_ROLE, PackageRow, package_text

Index = QModelIndex | QPersistentModelIndex


class PackageModel(QAbstractListModel):
    """Rows for a `PackageList`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[PackageRow] = []

    def add_rows(self, rows: Sequence[PackageRow]) -> None:
        """Put rows at the end."""
        if not rows:
            return
        first = len(self._rows)
        self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
        self._rows.extend(rows)
        self.endInsertRows()

    def set_row(self, place: int, row: PackageRow) -> None:
        """Show another state of a row."""
        if self._rows[place] == row:
            return
        self._rows[place] = row
        self.dataChanged.emit(self.index(place, 0), self.index(place, 0))

    def row(self, place: int) -> PackageRow:
        """Give a row."""
        return self._rows[place]

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == PACKAGE_ROLE:
            return row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return package_text(row)
        return None
