"""Lines of an entry that is read in pieces: never more than one line, and never an endless one, in memory."""

from collections.abc import Iterable, Iterator


def split_lines(chunks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    """Give the lines without their newline; a last line without one counts.

    Of a line longer than `limit` only the first `limit` + 1 bytes are kept and given, so that whoever reads it sees
    that it is too long; the rest is read past.
    """
    pending = bytearray()
    for chunk in chunks:
        start = 0
        while (end := chunk.find(b"\n", start)) >= 0:
            if pending:
                pending += chunk[start : min(end, start + _room(pending, limit))]
                yield bytes(pending)
                pending.clear()
            else:
                yield chunk[start : min(end, start + limit + 1)]
            start = end + 1
        pending += chunk[start : start + _room(pending, limit)]
    if pending:
        yield bytes(pending)


def _room(pending: bytearray, limit: int) -> int:
    return max(0, limit + 1 - len(pending))
