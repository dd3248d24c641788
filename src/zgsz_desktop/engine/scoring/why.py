"""Why a level is not higher: the conditions of the next level that fail, each with its numbers (scoring.md 4).

Numbers in the texts have two decimals: what is there is rounded down and what is lacking is rounded up, so that nobody
reads "60.00, 要求 60".
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from zgsz_desktop.engine.indicators.conditions import (
    AllOf,
    AnswerHas,
    AnswerLevel,
    AnyOf,
    Condition,
    CountAtLeast,
    NodeScore,
    TotalScore,
)
from zgsz_desktop.engine.indicators.definition import Framework, LevelItem, Question
from zgsz_desktop.engine.indicators.references import walk
from zgsz_desktop.engine.scoring.conditions import Standing, compile_test, counted
from zgsz_desktop.engine.scoring.exact import Exact, exact, plain_number, rounded
from zgsz_desktop.engine.scoring.framework import Evaluation

_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Unmet:
    """One condition that fails.

    Attributes:
        kind: `score`, `node`, `count`, `answer`, `any`, `cap` or `condition`.
        subject: the node, count or question.
        need: the number asked for; `have`: the number there is.
        level: the level that a count or an answer asks for.
        parts: of `any`, the alternatives.
    """

    kind: str
    text: str
    subject: str = ""
    need: Decimal | None = None
    have: Decimal | None = None
    level: int | None = None
    parts: tuple["Unmet", ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Give the entry of `why_not_higher`; what there is not is left out."""
        found: dict[str, Any] = {"kind": self.kind, "text": self.text}
        if self.subject:
            found["subject"] = self.subject
        if self.need is not None and self.have is not None:
            found |= {"need": plain_number(self.need), "have": plain_number(self.have)}
        if self.level is not None:
            found["level"] = self.level
        if self.parts:
            found["parts"] = [part.to_json() for part in self.parts]
        return found


@dataclass(frozen=True, slots=True)
class WhyNotHigher:
    """The next level and what stands in its way."""

    level: int
    name: str
    unmet: tuple[Unmet, ...]

    def to_json(self) -> dict[str, Any]:
        """Give `why_not_higher`."""
        return {"level": self.level, "name": self.name, "unmet": [item.to_json() for item in self.unmet]}


def why_not_higher(framework: Framework, evaluation: Evaluation, questions: dict[str, Question]) -> WhyNotHigher | None:
    """Explain the level; None at the highest, or where there is no level at all."""
    if evaluation.level is None or evaluation.uncapped is None:
        return None
    item = next((item for item in framework.levels.items if item.level > (evaluation.level or 0)), None)
    if item is None:
        return None
    unmet = [] if evaluation.uncapped >= item.level else _unmet_of_level(framework, evaluation, item, questions)
    unmet += [Unmet("cap", cap.reason, level=cap.max_level) for cap in evaluation.fired if cap.max_level < item.level]
    return WhyNotHigher(item.level, item.name, tuple(unmet))


def unmet_of(  # noqa: PLR0911 (one case a form of the grammar)
    condition: Condition, standing: Standing, framework: Framework, questions: dict[str, Question]
) -> list[Unmet]:
    """List the failing parts of a condition; empty where it holds."""
    if compile_test(condition)(standing):
        return []
    match condition:
        case AllOf(parts):
            return [item for part in parts for item in unmet_of(part, standing, framework, questions)]
        case AnyOf(parts) if parts:
            ways = tuple(item for part in parts for item in unmet_of(part, standing, framework, questions))
            return [Unmet("any", "以下做到一项即可：" + "；".join(way.text for way in ways), parts=ways)]
        case TotalScore(minimum):
            return [_score(exact(minimum), standing.total)]
        case NodeScore(node, minimum):
            titles = {item.id: item.title for _, tree in framework.trees() for item in walk(tree)}
            return [_score(exact(minimum), standing.nodes.get(node), node, titles.get(node, node))]
        case CountAtLeast(count, level, at_least):
            title = dict(framework.count_titles).get(count, count)
            have = counted(standing, count, level)
            text = f"{title}中达到 {level} 级的有 {have} 个，要求 {at_least} 个，还差 {at_least - have} 个"
            return [Unmet("count", text, count, Decimal(at_least), Decimal(have), level)]
        case _:
            return [_answer(condition, standing, questions)]


def _unmet_of_level(
    framework: Framework, evaluation: Evaluation, item: LevelItem, questions: dict[str, Question]
) -> list[Unmet]:
    if item.min is not None:
        return [_score(exact(item.min), evaluation.total)]
    return unmet_of(item.condition, evaluation.standing, framework, questions) if item.condition else []


def _score(need: Exact, have: Exact | None, node: str = "", title: str = "总分") -> Unmet:
    present = have or (0, 1)
    lacking = need[0] * present[1] - present[0] * need[1], need[1] * present[1]
    text = f"{title} {_down(present)} 分，要求 {rounded(need)} 分，还差 {_up(lacking)} 分"
    return Unmet("node" if node else "score", text, node, rounded(need), rounded(present))


def _answer(condition: Condition, standing: Standing, questions: dict[str, Question]) -> Unmet:
    match condition:
        case AnswerLevel(question_id, level):
            reading = standing.readings.get(question_id)
            have = reading.level if reading else 0
            text = f"“{_title(question_id, questions)}”现为 {have} 级，要求 {level} 级"
            return Unmet("answer", text, question_id, Decimal(level), Decimal(have), level)
        case AnswerHas(question_id, keys):
            text = f"“{_title(question_id, questions)}”要选到 {'、'.join(keys)}"
            return Unmet("answer", text, question_id)
        case _:
            return Unmet("condition", "还有一项条件没有满足")


def _title(question_id: str, questions: dict[str, Question]) -> str:
    question = questions.get(question_id)
    return (question.title or question.text) if question else question_id


def _down(value: Exact) -> Decimal:
    return Decimal(value[0] * _HUNDRED // value[1]) / _HUNDRED


def _up(value: Exact) -> Decimal:
    return Decimal(-(-value[0] * _HUNDRED // value[1])) / _HUNDRED
