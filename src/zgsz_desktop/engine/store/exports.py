"""What goes into a package: rows chosen by division and kind, sorted by record id, and the producer's totals."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from zgsz_desktop.engine.model import DivisionCode, KeyId, RecordId, covers
from zgsz_desktop.engine.records.envelope import Envelope, payload_type


@dataclass(frozen=True, slots=True)
class Choice:
    """Which records go in.

    Attributes:
        divisions: of the records.
        kinds: only these, if given. `without`: never these.
        skipped: records that are left out.
    """

    divisions: tuple[DivisionCode, ...]
    kinds: frozenset[str] | None = None
    without: frozenset[str] = frozenset()
    skipped: frozenset[RecordId] = frozenset()


_CHOSEN = """
    FROM record r JOIN record_payload p ON p.no = r.no
    WHERE r.division IN (SELECT value FROM json_each(?1))
    AND (?2 IS NULL OR r.kind IN (SELECT value FROM json_each(?2)))
    AND r.kind NOT IN (SELECT value FROM json_each(?3))
"""


def divisions_held(connection: sqlite3.Connection) -> list[DivisionCode]:
    """Give the divisions of all records."""
    return [
        DivisionCode(row[0]) for row in connection.execute("SELECT DISTINCT division FROM record ORDER BY division")
    ]


def chosen_envelopes(connection: sqlite3.Connection, choice: Choice) -> Iterator[tuple[RecordId, Envelope]]:
    """Give the chosen records as they were signed, sorted by id, one by one."""
    rows = connection.execute(
        f"SELECT r.id, r.kind, p.payload, r.author, p.signature {_CHOSEN} ORDER BY r.id",
        _parameters(choice),
    )
    for name, kind, payload, author, signature in rows:
        if name not in choice.skipped:
            yield RecordId(name), Envelope(payload_type(kind), payload, KeyId(author), signature)


def count_chosen(connection: sqlite3.Connection, choice: Choice) -> int:
    """Count what will be given, those that are skipped included."""
    return int(connection.execute(f"SELECT count(*) {_CHOSEN}", _parameters(choice)).fetchone()[0])


def _parameters(choice: Choice) -> tuple[str, str | None, str]:
    kinds = None if choice.kinds is None else json.dumps(sorted(choice.kinds))
    return json.dumps(choice.divisions), kinds, json.dumps(sorted(choice.without))


def current_receipts(connection: sqlite3.Connection, divisions: Collection[DivisionCode]) -> Iterator[bytes]:
    """Give the payloads of the current receipts that these divisions wrote."""
    for (payload,) in connection.execute(
        "SELECT p.payload FROM entity_state s JOIN record r ON r.id = s.current JOIN record_payload p ON p.no = r.no "
        "WHERE s.kind = 'receipt' AND s.withdrawn = 0 AND r.division IN (SELECT value FROM json_each(?))",
        (json.dumps(list(divisions)),),
    ):
        yield payload


def highest_numbers(connection: sqlite3.Connection, scope: DivisionCode) -> dict[KeyId, int]:
    """Give the highest `seq` held of every author in or below a division."""
    rows = connection.execute(
        "SELECT r.author, max(r.seq), c.scope FROM record r JOIN certificate c ON c.keyid = r.author GROUP BY r.author"
    )
    return {KeyId(author): int(seq) for author, seq, division in rows if covers(scope, division)}


_TOTALS = {
    "enterprises": "SELECT division, count(*) FROM enterprise GROUP BY division",
    "submissions": "SELECT division, count(*) FROM current_submission GROUP BY division",
    "accepted": "SELECT c.division, count(*) FROM current_submission c JOIN entity_state s ON s.kind = 'submission' "
    "AND s.entity = c.entity WHERE s.review = 'accepted' GROUP BY c.division",
    "conflicts": "SELECT r.division, count(*) FROM entity_state s JOIN record r ON r.id = s.current "
    "WHERE s.conflict = 1 GROUP BY r.division",
}


def totals(connection: sqlite3.Connection, scope: DivisionCode) -> dict[DivisionCode, dict[str, int]]:
    """Count what is current, by division in or below `scope`."""
    found: defaultdict[DivisionCode, dict[str, int]] = defaultdict(lambda: dict.fromkeys(_TOTALS, 0))
    for name, statement in _TOTALS.items():
        for division, number in connection.execute(statement):
            if covers(scope, division):
                found[DivisionCode(division)][name] = number
    return dict(found)
