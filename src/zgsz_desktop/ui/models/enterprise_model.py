"""The list model of enterprises: a thin adapter over placed rows; a changed row is exchanged, never the whole list."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from zgsz_desktop.engine.store.enterprise_list import EnterpriseItem
from zgsz_desktop.ui.models.enterprise_rows import Placed
from zgsz_desktop.ui.widgets.rows import ROW_ROLE, row_flags, row_text

Index = QModelIndex | QPersistentModelIndex


class EnterpriseModel(QAbstractListModel):
    """Rows for a `RowList`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._placed: list[Placed] = []

    def show_rows(self, placed: Sequence[Placed]) -> None:
        """Show other rows; where the shape is the same only the rows that differ are drawn anew."""
        if [_key(old) for old in self._placed] == [_key(new) for new in placed]:
            for at, (old, new) in enumerate(zip(self._placed, placed, strict=True)):
                if old != new:
                    self._placed[at] = new
                    self.dataChanged.emit(self.index(at, 0), self.index(at, 0))
            return
        self.beginResetModel()
        self._placed = list(placed)
        self.endResetModel()

    def item(self, index: Index) -> EnterpriseItem | None:
        """Give the enterprise behind a row."""
        return self._placed[index.row()].item if index.isValid() else None

    def row_of(self, uscc: str) -> int | None:
        """Find the row of an enterprise."""
        return next((at for at, placed in enumerate(self._placed) if placed.item and placed.item.uscc == uscc), None)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._placed)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._placed):
            return None
        row = self._placed[index.row()].row
        if role == ROW_ROLE:
            return row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return row_text(row)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return row_flags(self._placed[index.row()].row)


def _key(placed: Placed) -> tuple[type, str]:
    return type(placed.row), placed.item.uscc if placed.item else row_text(placed.row)
