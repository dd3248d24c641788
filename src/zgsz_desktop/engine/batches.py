"""Work in batches: memory stays flat however long the input is."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

_T = TypeVar("_T")


def in_batches(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    """Cut an iterable into lists of at most `size` items."""
    walk = iter(items)
    while batch := list(islice(walk, size)):
        yield batch
