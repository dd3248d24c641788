"""Settings of one workspace: whose it is and what it works on. Few, so they are read each time and never cached."""

import sqlite3
from enum import StrEnum

from zgsz_desktop.engine.store.db import Store


class Setting(StrEnum):
    """The names under which settings are kept."""

    DIVISION = "division"
    TITLE = "title"
    SIMULATED = "simulated"
    CAMPAIGN = "campaign"
    CREATED = "created"
    EXPORTED = "exported"
    """Highest record number that a package to the level above has carried; later own records are still to go."""


def read_setting(store: Store, name: Setting) -> str | None:
    """Give a setting, None where nobody set it."""
    row = store.first("SELECT value FROM setting WHERE name = ?", (name,))
    return None if row is None else str(row[0])


def write_setting(connection: sqlite3.Connection, name: Setting, value: str) -> None:
    """Set a setting, inside a transaction."""
    connection.execute(
        "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )


def mark_exported(connection: sqlite3.Connection, highest: int | None = None) -> None:
    """Note that the records up to this number (None: all that are here) have gone to the level above."""
    if highest is None:
        highest = connection.execute("SELECT coalesce(max(no), 0) FROM record").fetchone()[0]
    write_setting(connection, Setting.EXPORTED, str(highest))
