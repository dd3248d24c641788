"""One thing found wrong or doubtful in given text, said in the catalogue's words.

A finding is a value: several of them travel together, so that a user sees all of them at once. What is refused
because of them is the caller's decision.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from zgsz_desktop.engine.catalogue import CATALOGUE


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, by its code in the catalogue.

    Attributes:
        code: key of the catalogue.
        context: values for the placeholders of the catalogue's texts.
    """

    code: str
    context: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """What is wrong: one Chinese sentence."""
        return CATALOGUE[self.code].message.format_map(self.context)

    @property
    def remedy(self) -> str:
        """What to do: one Chinese sentence."""
        return CATALOGUE[self.code].remedy.format_map(self.context)
