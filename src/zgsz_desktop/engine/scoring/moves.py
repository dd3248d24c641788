"""Better answers to one question, in small steps: what the search for improvements may choose from."""

from collections.abc import Mapping
from dataclasses import dataclass

from zgsz_desktop.engine.indicators.conditions import Number
from zgsz_desktop.engine.indicators.definition import Leaf, Question, QuestionType
from zgsz_desktop.engine.scoring.answers import AnswerReader, Reading


@dataclass(frozen=True, slots=True)
class Move:
    """One better answer.

    Attributes:
        steps: how far it is from the present one (levels, bands, options added).
    """

    question: str
    reading: Reading
    steps: int


def moves_of(reader: AnswerReader, present: Reading, leaf: Leaf | None) -> list[Move]:
    """List better answers, the smallest step first; empty where nothing is better."""
    question = reader.question
    scores = _scores(question, leaf)
    chains: list[tuple[str, ...]]
    if question.type is QuestionType.MULTI:
        chains = _additions(question, present, scores)
    elif question.type is QuestionType.LEVEL:
        chains = [(key,) for key in question.keys if int(key) > present.level]
    else:
        chains = _higher(question, present, scores)
    return [Move(question.id, reader.read({"choice": list(keys)}), steps) for steps, keys in enumerate(chains, start=1)]


def _scores(question: Question, leaf: Leaf | None) -> Mapping[str, Number]:
    """Worth of each option: its score in the leaf, else the level that it stands for, else its place in the list."""
    if leaf is not None and leaf.scores:
        return dict(leaf.scores)
    if leaf is not None and leaf.level_of:
        return dict(leaf.level_of)
    return {key: index for index, key in enumerate(question.keys)}


def _higher(question: Question, present: Reading, scores: Mapping[str, Number]) -> list[tuple[str, ...]]:
    floor = scores[present.keys[0]] if present.keys else 0
    better = [key for key in question.keys if scores[key] > floor]
    return [(key,) for key in sorted(better, key=lambda key: scores[key])]


def _additions(question: Question, present: Reading, scores: Mapping[str, Number]) -> list[tuple[str, ...]]:
    """Add one option at a time, the most valuable first, never before those that it requires."""
    options = {option.key: option for option in question.options if not option.exclusive}
    chosen = {key for key in present.keys if key in options}
    chains: list[tuple[str, ...]] = []
    while True:
        ready = [key for key, item in options.items() if key not in chosen and chosen.issuperset(item.requires)]
        ready = [key for key in ready if scores[key] > 0]
        if not ready:
            return chains
        chosen.add(max(ready, key=lambda key: scores[key]))
        chains.append(tuple(key for key in question.keys if key in chosen))
