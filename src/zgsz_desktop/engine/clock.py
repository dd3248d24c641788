"""The only sources of time and randomness, so that tests and `simulate` can put their own in place.

A `Clock` is passed in as an argument; nothing else in the engine calls `datetime.now`, `uuid` or `secrets`
(key generation and TLS-like randomness inside `cryptography` excepted).
"""

import secrets
from datetime import datetime, timedelta, timezone
from typing import Protocol

CHINA = timezone(timedelta(hours=8))
"""The whole country keeps one time; records carry it with its offset."""


class Clock(Protocol):
    """What the engine needs of the outside world's time and chance."""

    def now(self) -> datetime:
        """Give the present instant, aware, in China time, without microseconds."""
        ...

    def new_id(self) -> str:
        """Give 32 lowercase hex digits that nobody else has."""
        ...


class SystemClock:
    """The computer's own clock and random source."""

    def now(self) -> datetime:
        return datetime.now(CHINA).replace(microsecond=0)

    def new_id(self) -> str:
        return secrets.token_hex(16)


def stamp(moment: datetime) -> str:
    """Write an instant as records do: `2024-07-01T09:30:00+08:00`."""
    return moment.astimezone(CHINA).replace(microsecond=0).isoformat()
