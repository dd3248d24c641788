"""How one simulated enterprise answers a questionnaire.

A latent maturity (0..1) decides, with noise by section and by question: more mature enterprises tick more and harder
options, stand on higher levels and improve more often. Options are taken as ordered from easy to hard, by their score
where a framework gives one. Numbers come from `quantities`, so that one input has one value everywhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Any, assert_never

from zgsz_desktop.engine.indicators.definition import IndicatorSet, Leaf, Question, QuestionType, Tree
from zgsz_desktop.engine.simulate.quantities import Quantities

Answer = dict[str, Any]
"""One answer in the form of scoring.md 1."""

_NOTES = (
    "现场查看了系统界面，与填报一致。",
    "负责人口头说明，佐证材料随后补交。",
    "设备清单以车间台账为准。",
    "上年新上的项目，数据还不满一年。",
    "集团统一部署，本厂只用部分模块。",
)
_NOT_HERE = "本企业没有这个环节。"
_BY_WORDS = "详见企业提供的书面材料。"
_SECTION_NOISE, _QUESTION_NOISE = 0.06, 0.11
_STEEPNESS = 0.13
_WITHOUT_NUMBERS = 0.2
_NOTED, _DOUBTFUL, _ABSENT, _OPTIONAL_LEFT = 0.06, 0.03, 0.05, 0.15
_PARTIAL = 0.3
_REVISED_BY = (0.25, 0.5, 1.0)


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """The questions, and the options of each from worst to best."""

    questions: tuple[Question, ...]
    order: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, indicator_set: IndicatorSet) -> "Questionnaire":
        """Order the options by the scores of the first framework that has any for the question, else as they stand."""
        scores: dict[str, dict[str, Decimal]] = {}
        for framework in indicator_set.frameworks:
            for leaf in [leaf for _, tree in framework.trees() for leaf in _leaves(tree)]:
                if leaf.scores:
                    scores.setdefault(leaf.question, {key: Decimal(score) for key, score in leaf.scores})
        order = {}
        for question in indicator_set.questions:
            known = scores.get(question.id, {})
            ranked = sorted((known.get(key, Decimal(0)), place, key) for place, key in enumerate(question.keys))
            order[question.id] = tuple(key for _, _, key in ranked)
        return cls(indicator_set.questions, order)


@dataclass(slots=True)
class Respondent:
    """One enterprise at the questionnaire.

    Attributes:
        person: who answers for it.
        maturity: 0..1, latent.
        quantities: its numbers.
        checked: whether the liaison has seen for himself (basis 服务员核实) or wrote down what was said.
    """

    person: str
    maturity: float
    quantities: Quantities
    rng: Random
    checked: bool = False
    _sections: dict[str, float] = field(default_factory=dict)

    def answers(self, questionnaire: Questionnaire) -> dict[str, Answer]:
        """Answer the whole set; some optional questions are left out."""
        given = {}
        for question in questionnaire.questions:
            if question.required or self.rng.random() >= _OPTIONAL_LEFT:
                given[question.id] = self._answer(question, questionnaire.order[question.id])
        return given

    def revised(self, questionnaire: Questionnaire, answers: Mapping[str, Answer], count: int) -> dict[str, Answer]:
        """Answer `count` of the questions with options anew: a correction, or another person's view."""
        kinds = (QuestionType.SINGLE, QuestionType.MULTI, QuestionType.LEVEL)
        open_to_doubt = [q for q in questionnaire.questions if q.type in kinds and answers.get(q.id, {}).get("choice")]
        revised = dict(answers)
        for question in self.rng.sample(open_to_doubt, min(count, len(open_to_doubt))):
            before = answers[question.id]
            revised[question.id] = before | {"choice": self._another(question, questionnaire, before["choice"])}
            revised[question.id].pop("partial", None)
        return revised

    def _another(self, question: Question, questionnaire: Questionnaire, before: Sequence[str]) -> list[str]:
        """Choose otherwise than before, near to it where that comes about, else further up or down."""
        first = self.rng.choice((-1, 1))
        choice = list(before)
        for shift in _REVISED_BY:
            for direction in (first, -first):
                choice = self._choice(question, questionnaire.order[question.id], self.maturity + direction * shift)
                if choice != before:
                    return choice
        return choice

    def _answer(self, question: Question, order: tuple[str, ...]) -> Answer:
        if question.allow_na and self.rng.random() < _ABSENT:
            return {"na": True, "reason": _NOT_HERE}
        answer = self._by_type(question, order, self._lean(question))
        answer["basis"] = "checked" if self.checked else "reported"
        if self.rng.random() < _NOTED:
            answer["note"] = self.rng.choice(_NOTES)
        if self.rng.random() < _DOUBTFUL:
            answer["doubtful"] = True
        return answer

    def _lean(self, question: Question) -> float:
        """Give the maturity as it shows in one question."""
        if question.section not in self._sections:
            self._sections[question.section] = self.rng.gauss(0, _SECTION_NOISE)
        return self.maturity + self._sections[question.section] + self.rng.gauss(0, _QUESTION_NOISE)

    def _by_type(self, question: Question, order: tuple[str, ...], lean: float) -> Answer:
        match question.type:
            case QuestionType.SINGLE | QuestionType.MULTI:
                return {"choice": self._choice(question, order, lean)}
            case QuestionType.LEVEL:
                choice = self._choice(question, order, lean)
                partial = question.allow_partial and choice[0] != order[-1] and self.rng.random() < _PARTIAL
                return {"choice": choice} | ({"partial": True} if partial else {})
            case QuestionType.RATIO | QuestionType.COMPARE | QuestionType.NUMBER:
                return self._numbers(question, order, lean)
            case QuestionType.TEXT:
                return {"text": _BY_WORDS}
            case _:
                assert_never(question.type)

    def _choice(self, question: Question, order: tuple[str, ...], lean: float) -> list[str]:
        if question.type is QuestionType.MULTI:
            return self._ticked(question, lean)
        return [_at(order, lean)]

    def _ticked(self, question: Question, lean: float) -> list[str]:
        """Tick each option with a probability that falls with its place; drop those whose conditions are not ticked."""
        alone = [option.key for option in question.options if option.exclusive]
        free = [option for option in question.options if not option.exclusive]
        ticked: list[str] = []
        for place, option in enumerate(free):
            difficulty = 0.15 + 0.7 * (place + 0.5) / len(free)
            likely = 1 / (1 + 2.718281828 ** ((difficulty - lean) / _STEEPNESS))
            if self.rng.random() < likely and set(option.requires) <= set(ticked):
                ticked.append(option.key)
        return ticked or alone[:1] or [free[0].key]

    def _numbers(self, question: Question, order: tuple[str, ...], lean: float) -> Answer:
        """Answer by numbers where they are to hand, else by the option."""
        to_hand = self.rng.random() >= _WITHOUT_NUMBERS
        if question.compare is not None:
            return self._compared(question, order, lean, to_hand=to_hand)
        inputs = None
        if question.ratio is not None and to_hand:
            share = min(max(lean, 0.01), 0.98)
            inputs = self.quantities.for_ratio(question, question.ratio, share, self.rng)
        elif question.ratio is None:
            low, high = _edges(question, _at(order, lean))
            inputs = self.quantities.for_number(question, low, high, self.rng)
        return {"inputs": dict(inputs)} if inputs else {"choice": [_at(order, lean)]}

    def _compared(self, question: Question, order: tuple[str, ...], lean: float, *, to_hand: bool) -> Answer:
        """Improve (the last of the order) the more often, the more mature."""
        rule = question.compare
        assert rule is not None
        draw = self.rng.random()
        better = 0.25 + 0.5 * min(max(lean, 0), 1)
        outcome = order[-1] if draw < better else (rule.flat if draw < better + 0.3 else order[0])
        change = self.rng.uniform(0.01, 0.09)
        signed = {rule.up: change, rule.flat: 0.0, rule.down: -change}[outcome]
        inputs = self.quantities.for_comparison(question, rule, signed, self.rng) if to_hand else None
        return {"inputs": dict(inputs)} if inputs else {"choice": [outcome]}


def _leaves(tree: Tree) -> list[Leaf]:
    return [leaf for child in tree for leaf in ([child] if isinstance(child, Leaf) else _leaves(child.children))]


def _at(order: tuple[str, ...], lean: float) -> str:
    return order[min(max(int(lean * len(order)), 0), len(order) - 1)]


def _edges(question: Question, key: str) -> tuple[float, float]:
    """Give the edges of the band of a number question, closed by the input's own limits."""
    (asked,) = question.inputs
    low = float(asked.min if asked.min is not None else 0)
    for band in question.bands:
        if band.key == key:
            most = asked.max if band.max is None else band.max
            return low, max(low, float(most) if most is not None else low * 1.5 + 1)
        low = float(band.max) if band.max is not None else low
    return low, low + 1
