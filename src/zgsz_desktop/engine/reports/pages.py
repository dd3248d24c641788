"""Divide the rows of a sheet into pages: a pure function.

Rules kept: a row stays whole unless it is higher than a page; a heading stands with what it heads; a table that goes on
repeats its head; nothing is left out, whatever the lengths.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from zgsz_desktop.engine.reports.typeset import Row, split


@dataclass(frozen=True, slots=True)
class Placed:
    """A row and how far its top is below the top of the page's text area."""

    row: Row
    top: float


Page = tuple[Placed, ...]


def paginate(rows: Sequence[Row], height: float) -> tuple[Page, ...]:
    """Place rows from top to bottom on as many pages of this height as they need."""
    filling = _Filling(height)
    for cluster in _clusters(rows):
        if filling.placed and _height(cluster) + cluster[0].gap > filling.room():
            filling.turn()
        for row in cluster:
            filling.put(row)
    filling.turn()
    return tuple(filling.full)


class _Filling:
    """The page being filled, and those that are full."""

    def __init__(self, height: float) -> None:
        self._height = height
        self._used = 0.0
        self._heads = 0
        self.placed: list[Placed] = []
        self.full: list[Page] = []

    def room(self) -> float:
        return self._height - self._used

    def turn(self) -> None:
        """Begin a new page, unless this one is still empty."""
        if self.placed:
            self.full.append(tuple(self.placed))
            self.placed, self._used, self._heads = [], 0.0, 0

    def put(self, row: Row) -> None:
        """Place a row, on the next page if it does not fit, in parts if it fits on none."""
        if self._fits_on_a_page(row) and not self._fits_here(row):
            self.turn()
        self._begin(row)
        while not self._fits_here(row):
            parts = split(row, self.room() - self._gap(row))
            if parts is None and self._empty():
                break  # not even one line fits below the heads: drawn over the edge rather than lost
            if parts is not None:
                self._place(parts[0])
                row = parts[1]
            self.turn()
            self._begin(row)
        self._place(row)

    def _gap(self, row: Row) -> float:
        return row.gap if self.placed else 0

    def _fits_here(self, row: Row) -> bool:
        return self._gap(row) + row.height <= self.room()

    def _fits_on_a_page(self, row: Row) -> bool:
        return sum(head.height for head in row.heads) + row.height <= self._height

    def _empty(self) -> bool:
        """Tell whether nothing but repeated heads stands on the page."""
        return len(self.placed) == self._heads

    def _begin(self, row: Row) -> None:
        """Repeat the heads of the table where a page begins."""
        if not self.placed:
            self._heads = len(row.heads)
            for head in row.heads:
                self._place(head)

    def _place(self, row: Row) -> None:
        top = self._used + self._gap(row)
        self.placed.append(Placed(row, top))
        self._used = top + row.height


def _clusters(rows: Sequence[Row]) -> list[list[Row]]:
    """Join each row with those that it may not be parted from."""
    clusters: list[list[Row]] = []
    joined = False
    for row in rows:
        if joined:
            clusters[-1].append(row)
        else:
            clusters.append([row])
        joined = row.keep_next
    return clusters


def _height(cluster: list[Row]) -> float:
    return cluster[0].height + sum(row.gap + row.height for row in cluster[1:])
