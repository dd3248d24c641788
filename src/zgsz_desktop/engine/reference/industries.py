"""GB/T 4754-2017, sections B, C and D (industry): code to name, and what people write to code.

Codes are text: `0610` keeps its zero. Where Excel has dropped it (610), the code is found all the same: no code of
four digits without its zero is another code of three.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from zgsz_desktop.engine.reference.text import compact

FILE = "gbt4754_2017.csv"
_WITH_NAME = re.compile(r"[BCD]?([0-9]{1,4})[-—–、.:]?(\D*)", re.ASCII)
"""`3216`, `C3216`, `3216铝冶炼`, `3216-铝冶炼`: the code decides, the name beside it is for people."""


class IndustryLevel(StrEnum):
    """The four levels of the classification."""

    SECTION = "门类"
    DIVISION = "大类"
    GROUP = "中类"
    CLASS = "小类"


@dataclass(frozen=True, slots=True)
class Industry:
    """One entry of the classification."""

    code: str
    name: str
    level: IndustryLevel
    parent: str | None


class Industries:
    """The classification, with look-ups in both directions."""

    def __init__(self, industries: Iterable[Industry]) -> None:
        self._by_code = {industry.code: industry for industry in industries}
        # Deeper entries come later in the standard, so the 小类 wins over a 中类 of the same name.
        self._by_name = {compact(industry.name): industry.code for industry in self._by_code.values()}

    @classmethod
    def load(cls, resources: Path) -> "Industries":
        """Read the table that ships with the program."""
        with (resources / "reference" / FILE).open(encoding="utf-8", newline="") as lines:
            return cls(
                Industry(row["code"], row["name"], IndustryLevel(row["level"]), row["parent"] or None)
                for row in csv.DictReader(lines)
            )

    def get(self, code: str) -> Industry | None:
        """Give the entry of exactly this code."""
        return self._by_code.get(code)

    def name(self, code: str) -> str:
        """Give the entry's name; a code that is not in the table stands for itself."""
        industry = self.get(code)
        return industry.name if industry else code

    def path(self, code: str) -> list[Industry]:
        """List the entry and those above it, section first; empty where the code is unknown."""
        industry = self.get(code)
        if industry is None:
            return []
        return [*(self.path(industry.parent) if industry.parent else []), industry]

    def find(self, text: str) -> str | None:
        """Find the code that somebody wrote as code, section letter and code, name, or code and name."""
        wanted = compact(text).upper()
        if wanted in self._by_code:
            return wanted
        if wanted in self._by_name:
            return self._by_name[wanted]
        written = _WITH_NAME.fullmatch(wanted)
        if written is None:
            return None
        digits = written[1]
        return next((code for code in (digits, "0" + digits) if code in self._by_code), None)
