"""The scroll lane of lists and tables: always reserved, so that nothing moves when the rows become too many."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea


def reserve_lane(view: QAbstractScrollArea) -> None:
    """Keep the 10 px lane, and show a handle in it only while there is something to scroll."""
    view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    bar = view.verticalScrollBar()
    bar.rangeChanged.connect(lambda least, most: bar.setEnabled(most > least))
    bar.setEnabled(bar.maximum() > bar.minimum())
