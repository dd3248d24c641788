"""Enterprises: the derived row of each, and finding one of them.

`enterprise_row` is called by the derivation and is a function of the current record alone.
"""

import sqlite3
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any

from zgsz_desktop.engine import canonical
from zgsz_desktop.engine.model import DivisionCode, RecordId, Uscc
from zgsz_desktop.engine.reference.size_class import size_class
from zgsz_desktop.engine.store.db import Store
from zgsz_desktop.engine.store.search_text import like_terms, search_text


@dataclass(frozen=True, slots=True)
class EnterpriseRow:
    """One row of the table `enterprise`, its fields in the order of the columns."""

    uscc: Uscc
    record: RecordId
    name: str
    division: DivisionCode
    industry: str | None
    size: str | None
    employees: int | None
    revenue: str | None
    process_type: str | None
    town: str | None
    contact: str | None
    phone: str | None
    profile: str
    search: str

    @property
    def body(self) -> dict[str, Any]:
        """The body of the enterprise's current record."""
        body: dict[str, Any] = canonical.decode(self.profile.encode())
        return body


_NAMES = tuple(field.name for field in fields(EnterpriseRow))
_ROW = ", ".join(_NAMES)
_VALUES = attrgetter(*_NAMES)
"""Not `astuple`, which copies deeply: 20,000 rows would wait a second for it."""


def enterprise_row(uscc: Uscc, record: RecordId, division: DivisionCode, body: dict[str, Any]) -> EnterpriseRow:
    """Derive the row of an enterprise from its current, well-formed record."""
    employees, revenue = body.get("employees"), body.get("revenue")
    first: dict[str, Any] = next(iter(body.get("contacts") or ()), {})
    names = [body["name"], *(body.get("former_names") or ())]
    town = _text(body.get("town"))
    return EnterpriseRow(
        uscc=uscc,
        record=record,
        name=body["name"],
        division=division,
        industry=body.get("industry"),
        size=None if employees is None or revenue is None else size_class(employees, revenue),
        employees=employees,
        revenue=None if revenue is None else str(revenue),
        process_type=body.get("process_type"),
        town=town,
        contact=_text(first.get("name")),
        phone=_text(first.get("phone")),
        profile=canonical.encode(body).decode(),
        search=search_text(uscc, names, [town] if town else ()),
    )


def _text(value: Any) -> str | None:
    """A contact or a town is shown, never computed with: whatever else stands there is left out."""
    return value if isinstance(value, str) and value else None


def write_enterprise(connection: sqlite3.Connection, row: EnterpriseRow) -> None:
    """Put the derived row of an enterprise in place, inside a transaction."""
    connection.execute(
        f"INSERT OR REPLACE INTO enterprise ({_ROW}) VALUES ({', '.join('?' * 14)})",  # noqa: S608 names of columns
        _VALUES(row),
    )


def remove_enterprise(connection: sqlite3.Connection, uscc: str) -> None:
    """Drop the derived row of an enterprise whose record is withdrawn or gone, inside a transaction."""
    connection.execute("DELETE FROM enterprise WHERE uscc = ?", (uscc,))


def load_enterprise(store: Store, uscc: str) -> EnterpriseRow | None:
    """Read one enterprise."""
    row = store.first(f"SELECT {_ROW} FROM enterprise WHERE uscc = ?", (uscc,))  # noqa: S608 names of columns
    return None if row is None else EnterpriseRow(*row)


def find_enterprises(store: Store, text: str, limit: int = 20) -> list[EnterpriseRow]:
    """Find enterprises by their code or exact name, else by everything that `search` holds."""
    by_name = store.query(
        f"SELECT {_ROW} FROM enterprise WHERE uscc = upper(?1) OR name = ?1 ORDER BY uscc LIMIT ?2",  # noqa: S608
        (text.strip(), limit),
    )
    terms = like_terms(text)
    if by_name or not terms:
        return [EnterpriseRow(*row) for row in by_name]
    condition = " AND ".join([r"search LIKE ? ESCAPE '\'"] * len(terms))
    rows = store.query(
        f"SELECT {_ROW} FROM enterprise WHERE {condition} ORDER BY uscc LIMIT ?",  # noqa: S608 only constants
        (*terms, limit),
    )
    return [EnterpriseRow(*row) for row in rows]
