"""What is wrong in an indicator set, and where: all findings are collected, none stops the reading.

A place is written for the author of the set, by ids rather than by positions where there are ids:
`questions › sme.q01 › options › B › score（第 120 行）`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from zgsz_desktop.engine.errors import UserError

Path = tuple[str | int, ...]
"""Keys and positions from the top of the document."""

_SHOWN = 20
_KEPT = 1000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong."""

    place: str
    text: str

    def __str__(self) -> str:
        return f"{self.place}：{self.text}"


@dataclass(slots=True)
class Findings:
    """Collects findings during one reading.

    Attributes:
        lines: line numbers by path, where the source was a file.
    """

    lines: Mapping[Path, int] = field(default_factory=dict)
    found: list[Finding] = field(default_factory=list)

    def add(self, path: Path, labels: Iterable[str], text: str) -> None:
        """Note one finding; beyond a thousand nobody reads on."""
        if len(self.found) < _KEPT:
            line = self._line(path)
            place = " › ".join(labels) or "整个文件"
            self.found.append(Finding(f"{place}（第 {line} 行）" if line else place, text))

    def raise_any(self, name: str) -> None:
        """End the reading with everything that was found.

        Raises:
            UserError: `indicators.invalid` if anything was found.
        """
        if self.found:
            shown = "；".join(str(finding) for finding in self.found[:_SHOWN])
            rest = len(self.found) - _SHOWN
            listing = f"{shown}；另有 {rest} 处" if rest > 0 else shown
            raise UserError(
                "indicators.invalid", name=name, count=len(self.found), listing=listing, findings=tuple(self.found)
            )

    def _line(self, path: Path) -> int | None:
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return None
