"""Workspaces for tests: a clock that stands still, pinned roots, a liaison's identity, some enterprises."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from zgsz_desktop.engine.clock import CHINA

START = datetime(2024, 7, 1, 9, 30, tzinfo=CHINA)


@dataclass(slots=True)
class FixedClock:
    """Stands still until somebody moves it; ids count up."""

    moment: datetime = START
    prefix: str = ""
    _count: int = field(default=0)

    def now(self) -> datetime:
        return self.moment

    def new_id(self) -> str:
        self._count += 1
        return f"{self.prefix}{self._count:0{32 - len(self.prefix)}x}"

    def advance(self, **span: int) -> None:
        self.moment += timedelta(**span)
