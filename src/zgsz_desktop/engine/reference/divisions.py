"""Administrative divisions of the region: code to name, and what people write to code.

County names are unique within Guangxi (a test says so), so a county may be named without its city. An enterprise
hangs under a county; functional zones (高新区、经开区) are no divisions and are not found here.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from zgsz_desktop.engine.model import REGION, DivisionCode, Level
from zgsz_desktop.engine.reference.text import compact

FILE = "admin_divisions_45.csv"
_CODE = re.compile(r"([0-9]{6})(?:[0-9]{3}|[0-9]{6})?", re.ASCII)
"""Six digits, or the longer statistical codes of towns (9) and villages (12) that begin with them."""
_KIND = re.compile(r"(?:(?:(?:壮|苗|侗|瑶|仫佬|毛南|各)族)*自治县|县|区|市)$")
_SHORTEST = 2
"""A short form of one character (藤 for 藤县) says too little to be taken for a county."""


@dataclass(frozen=True, slots=True)
class Division:
    """One line of the table."""

    code: DivisionCode
    name: str
    level: Level
    parent: DivisionCode | None


class Divisions:
    """The table of divisions, with look-ups in both directions."""

    def __init__(self, divisions: Iterable[Division]) -> None:
        self._by_code = {division.code: division for division in divisions}
        self._by_text = self._written_forms()

    @classmethod
    def load(cls, resources: Path) -> "Divisions":
        """Read the table that ships with the program."""
        with (resources / "reference" / FILE).open(encoding="utf-8", newline="") as lines:
            return cls(
                Division(
                    DivisionCode(row["code"]),
                    row["name"],
                    Level(row["level"]),
                    DivisionCode(row["parent_code"]) if row["parent_code"] else None,
                )
                for row in csv.DictReader(lines)
            )

    def get(self, code: str) -> Division | None:
        """Give the division of exactly this code."""
        return self._by_code.get(DivisionCode(code))

    def name(self, code: str) -> str:
        """Give the division's own name; a code that is not in the table stands for itself."""
        division = self.get(code)
        return division.name if division else code

    def full_name(self, code: str) -> str:
        """Give the name with the city before it: 南宁市青秀区."""
        division = self.get(code)
        if division is None:
            return code
        return self.name(division.parent or "") + division.name if division.level is Level.COUNTY else division.name

    def find(self, text: str) -> DivisionCode | None:
        """Find the division that somebody wrote as code, name, full name or unmistakable short form."""
        wanted = compact(text)
        as_code = _CODE.fullmatch(wanted)
        if as_code:
            division = self.get(as_code[1])
            return division.code if division else None
        return self._by_text.get(wanted)

    def children(self, code: str) -> list[DivisionCode]:
        """List what lies directly below, in the order of the codes."""
        return sorted(d.code for d in self._by_code.values() if d.parent == code)

    def counties(self, code: str) -> list[DivisionCode]:
        """List the counties within a division; a county contains itself."""
        division = self.get(code)
        if division is None:
            return []
        if division.level is Level.COUNTY:
            return [division.code]
        return [county for child in self.children(code) for county in self.counties(child)]

    def _written_forms(self) -> dict[str, DivisionCode]:
        """Map each way to write a division to its code; exact names win, doubtful short forms are left out."""
        exact: dict[str, DivisionCode] = {}
        short: dict[str, set[DivisionCode]] = {}
        region = self.name(REGION)
        for division in self._by_code.values():
            full = self.full_name(division.code)
            exact.update(dict.fromkeys((division.name, full, region + full, "广西" + full), division.code))
            for form in self._short_forms(division):
                short.setdefault(form, set()).add(division.code)
        certain = {form: next(iter(codes)) for form, codes in short.items() if len(codes) == 1}
        return certain | exact

    def _short_forms(self, division: Division) -> list[str]:
        """Give 青秀 for 青秀区, 融水 and 融水县 for 融水苗族自治县, each also with its city before it."""
        stem = _KIND.sub("", division.name)
        if division.level is Level.REGION or len(stem) < _SHORTEST:
            return []
        forms = [stem, stem + "县"] if division.name.endswith("自治县") else [stem]
        city = self.name(division.parent or "")
        before = ["", city, _KIND.sub("", city)] if division.level is Level.COUNTY else [""]
        return [front + form for front in before for form in [*forms, division.name]]
