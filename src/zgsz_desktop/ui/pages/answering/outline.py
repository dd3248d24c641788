"""What the answering page knows without drawing anything: groups, sections, states of questions, where to go next.

Pure: made anew from the draft after every change (64 questions cost well under a millisecond). Questions that do not
apply to this enterprise are left out; their answers stay in the draft.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from zgsz_desktop.engine.indicators.definition import IndicatorSet, Question

Answers = Mapping[str, Mapping[str, Any]]


class Filter(StrEnum):
    """Which questions the list shows and the arrow keys visit."""

    ALL = "all"
    OPEN = "open"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class Item:
    """One applicable question and its state. `number` counts within its group, from 1."""

    question: Question
    number: int
    answered: bool
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A section with its applicable questions."""

    id: str
    title: str
    group: str
    items: tuple[Item, ...]

    @property
    def done(self) -> int:
        """How many are answered."""
        return sum(item.answered for item in self.items)

    @property
    def doubtful(self) -> int:
        """How many are marked doubtful."""
        return sum(item.doubtful for item in self.items)


@dataclass(frozen=True, slots=True)
class Outline:
    """The whole questionnaire of one enterprise as it stands."""

    parts: tuple[Part, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """All applicable questions, in order."""
        return tuple(item for part in self.parts for item in part.items)

    @property
    def total(self) -> int:
        """How many questions apply."""
        return len(self.items)

    @property
    def done(self) -> int:
        """How many of them are answered."""
        return sum(item.answered for item in self.items)

    @property
    def doubtful(self) -> int:
        """How many of them are marked doubtful."""
        return sum(item.doubtful for item in self.items)

    def groups(self) -> list[tuple[str, list[Part]]]:
        """Give the parts by group, in order."""
        groups: dict[str, list[Part]] = {}
        for part in self.parts:
            groups.setdefault(part.group, []).append(part)
        return list(groups.items())

    def part_of(self, question: str) -> Part | None:
        """Give the section that a question stands in."""
        return next((part for part in self.parts if any(item.question.id == question for item in part.items)), None)

    def item(self, question: str) -> Item | None:
        """Give one question with its state."""
        return next((item for item in self.items if item.question.id == question), None)

    def visible(self, chosen: Filter) -> list[Item]:
        """Give the questions that a filter lets through."""
        wanted: dict[Filter, Callable[[Item], bool]] = {
            Filter.ALL: lambda _: True,
            Filter.OPEN: lambda item: not item.answered,
            Filter.DOUBTFUL: lambda item: item.doubtful,
        }
        return [item for item in self.items if wanted[chosen](item)]

    def next_open(self, current: str | None) -> str | None:
        """Give the next unanswered question after the current one, going round; None when all are answered."""
        return _after(self.items, current, lambda item: not item.answered)

    def step(self, current: str | None, distance: int, chosen: Filter) -> str | None:
        """Give the question `distance` (1 or -1) further among those that the filter shows; stops at the ends."""
        order = [item.question.id for item in self.items]
        shown = {item.question.id for item in self.visible(chosen)}
        start = order.index(current) if current in order else -1
        candidates = order[start + 1 :] if distance > 0 else order[:start][::-1]
        return next((question for question in candidates if question in shown), current)


def build_outline(
    indicator_set: IndicatorSet,
    answers: Answers,
    applies: Callable[[Question], bool],
    is_answered: Callable[[str], bool],
) -> Outline:
    """Arrange the applicable questions of a set with the state of their answers."""
    by_section: dict[str, list[Question]] = {section.id: [] for section in indicator_set.sections}
    for question in indicator_set.questions:
        if applies(question):
            by_section[question.section].append(question)
    counter: dict[str, int] = {}
    parts = []
    for section in indicator_set.sections:
        items = []
        for question in by_section[section.id]:
            counter[section.group] = counter.get(section.group, 0) + 1
            answer = answers.get(question.id, {})
            items.append(
                Item(question, counter[section.group], is_answered(question.id), bool(answer.get("doubtful", False)))
            )
        if items:
            parts.append(Part(section.id, section.title, section.group, tuple(items)))
    return Outline(tuple(parts))


def _after(items: Sequence[Item], current: str | None, wanted: Callable[[Item], bool]) -> str | None:
    ids = [item.question.id for item in items]
    start = ids.index(current) + 1 if current in ids else 0
    for item in [*items[start:], *items[:start]]:
        if wanted(item):
            return item.question.id
    return None
