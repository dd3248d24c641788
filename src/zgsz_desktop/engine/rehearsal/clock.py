"""A clock that is set by hand: a rehearsal lives through two months in half a minute.

The calendar ends on the day on which the rehearsal is held, so that certificates are valid and nothing is late when
somebody opens the window on it. Ids come from the real source: they differ from run to run, as keys do.
"""

from datetime import datetime, timedelta

from zgsz_desktop.engine.clock import Clock

FOUNDED = -10
"""Days are counted from the opening of the campaign: on this one the bureaus are set up."""
OPENED = 0
FIRST_HAND_IN = 46
"""The day after the campaign's due day: the liaisons hand in what is done."""
FIRST_REVIEW = 48
SECOND_HAND_IN = 62
"""Latecomers and corrections."""
COUNTY_REPORT = 64
CITY_REPORT = 66
REGION_DAY = 67
_WORKDAY_BEGINS = 9 * 60


class RehearsalClock:
    """Stands still until it is set.

    Attributes:
        opening: midnight of the day on which the campaign opens.
    """

    def __init__(self, real: Clock) -> None:
        """Put the last day of the calendar on today."""
        self._real = real
        today = real.now().replace(hour=0, minute=0, second=0)
        self.opening = today - timedelta(days=REGION_DAY + 1)
        self._moment = self.opening

    def now(self) -> datetime:
        return self._moment

    def new_id(self) -> str:
        return self._real.new_id()

    def set_day(self, day: int, minute: int = _WORKDAY_BEGINS) -> None:
        """Go to a minute of a day of the campaign."""
        self._moment = self.opening + timedelta(days=day, minutes=minute)

    def advance(self, minutes: int) -> None:
        """Let time pass."""
        self._moment += timedelta(minutes=minutes)

    def date_of(self, day: int) -> str:
        """Give the date of a day of the campaign, `2024-07-01`."""
        return f"{self.opening + timedelta(days=day):%Y-%m-%d}"
