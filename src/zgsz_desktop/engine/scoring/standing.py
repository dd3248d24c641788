"""From profile and raw answers to a standing: every answer checked, what does not apply set aside (scoring.md 1).

An answer to a question that does not apply, or that this set does not know, is kept by whoever holds it, and is not
scored here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.indicators.conditions import questions_of
from zgsz_desktop.engine.indicators.definition import IndicatorSet, Question, QuestionType
from zgsz_desktop.engine.scoring.answers import UNANSWERED, AnswerReader, Reading, to_exact
from zgsz_desktop.engine.scoring.conditions import Standing, Test, compile_test
from zgsz_desktop.engine.scoring.exact import Exact, compare, rounded

_AMOUNTS = ("employees", "revenue")
_TEXTS = ("industry", "size")
_LISTS = ("certificates", "systems")
_PROCESS_TYPES = ("discrete", "process")


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that the user should see, and that stops nothing."""

    code: str
    question: str | None
    text: str

    def to_json(self) -> dict[str, str]:
        """Give the entry of the result's `warnings`."""
        named = {} if self.question is None else {"question": self.question}
        return {"code": self.code, **named, "text": self.text}


class StandingReader:
    """Reads whole assessments against one set; made once per set.

    Attributes:
        readers: the reader of each question's answers.
        governing: questions whose answers decide whether others apply.
    """

    def __init__(self, indicator_set: IndicatorSet) -> None:
        self.readers = {question.id: AnswerReader(question) for question in indicator_set.questions}
        self._tests: dict[str, Test] = {
            question.id: compile_test(question.applies_if)
            for question in indicator_set.questions
            if question.applies_if is not None
        }
        self.governing = frozenset(
            name
            for question in indicator_set.questions
            if question.applies_if
            for name in questions_of(question.applies_if)
        )
        self._order = _order(indicator_set.questions)
        self._shared = _shared_inputs(indicator_set.questions)

    def read(self, profile: Mapping[str, Any], answers: Mapping[str, Any]) -> tuple[Standing, list[Notice]]:
        """Check profile and answers, and find what applies.

        Raises:
            UserError: `answer.*`, naming the question and the field.
        """
        check_profile(profile)
        if not isinstance(answers, Mapping):
            raise UserError("answer.form", title="答案", question="", field="answers")
        given: dict[str, Reading] = {}
        warnings: list[Notice] = []
        for question_id, raw in answers.items():
            reader = self.readers.get(question_id)
            if reader is None:
                warnings.append(_unknown_question(question_id))
            else:
                given[question_id] = reading = reader.read(raw)
                if reading.overridden is not None or reading.unknown_fields:
                    warnings.extend(_warnings_of(reader.question, reading))
        standing = Standing(profile)
        for question_id in self._order:
            self._place(question_id, given.get(question_id, UNANSWERED), standing)
        self._refuse_conflicts(standing)
        return standing, warnings

    def _place(self, question_id: str, reading: Reading, standing: Standing) -> None:
        test = self._tests.get(question_id)
        if reading.not_applicable or (test is not None and not test(standing)):
            return
        if reading.answered:
            standing.readings[question_id] = reading
        else:
            standing.silent.add(question_id)

    def _refuse_conflicts(self, standing: Standing) -> None:
        """Inputs of one id are one quantity: two different numbers for it are an error."""
        for input_id, name, questions in self._shared:
            first: Exact | None = None
            for question_id in questions:
                reading = standing.readings.get(question_id)
                number = reading.inputs.get(input_id) if reading else None
                if number is None:
                    continue
                if first is not None and compare(first, number) != 0:
                    values = {"first": rounded(first), "second": rounded(number)}
                    raise UserError(
                        "answer.input_conflict", name=name, question=question_id, field=f"inputs.{input_id}", **values
                    )
                first = number


def check_profile(profile: Any) -> None:
    """Check the keys of the profile that we know; others are kept.

    Raises:
        UserError: `answer.profile`, naming the field.
    """
    if not isinstance(profile, Mapping):
        raise UserError("answer.profile", field="profile")
    for key, value in profile.items():
        if value is not None and not _profile_value_is_good(key, value):
            raise UserError("answer.profile", field=str(key)[:40])


def _profile_value_is_good(key: Any, value: Any) -> bool:
    if key in _AMOUNTS:
        number = to_exact(value)
        return number is not None and number[0] >= 0
    if key in _TEXTS:
        return isinstance(value, str)
    if key in _LISTS:
        return isinstance(value, list | tuple) and all(isinstance(item, str) for item in value)
    if key == "process_type":
        return value in _PROCESS_TYPES
    if key == "above_scale":
        return isinstance(value, bool)
    return isinstance(key, str)


def _order(questions: tuple[Question, ...]) -> list[str]:
    """Questions whose conditions look at others come after these (the loader refuses circles)."""
    known = {question.id for question in questions}
    waits = {
        question.id: set(questions_of(question.applies_if)) & known if question.applies_if else set()
        for question in questions
    }
    order: list[str] = []
    while waits:
        ready = [name for name, needs in waits.items() if not needs & waits.keys()]
        order += ready
        for name in ready:
            del waits[name]
    return order


def _shared_inputs(questions: tuple[Question, ...]) -> list[tuple[str, str, list[str]]]:
    owners: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for question in questions:
        if question.type is not QuestionType.NUMBER:
            for item in question.inputs:
                owners.setdefault(item.id, []).append(question.id)
                names[item.id] = item.name
    return [(input_id, names[input_id], owned) for input_id, owned in owners.items() if len(owned) > 1]


def _unknown_question(question_id: object) -> Notice:
    name = str(question_id)[:60]
    return Notice("unknown_question", name, f"这套诊断体系里没有题目 {name}，答案留着，不计分。")


def _warnings_of(question: Question, reading: Reading) -> list[Notice]:
    title = question.title or question.text
    warnings = []
    if reading.overridden is not None:
        text = f"“{title}”选的是 {reading.overridden}，按填写的数字应为 {reading.keys[0]}，以数字为准。"
        warnings.append(Notice("choice_overruled", question.id, text))
    if reading.unknown_fields:
        fields = "、".join(reading.unknown_fields)[:200]
        warnings.append(Notice("unknown_field", question.id, f"“{title}”里有不认识的内容（{fields}），留着，不计分。"))
    return warnings
