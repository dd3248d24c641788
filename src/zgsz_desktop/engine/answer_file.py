"""Many answers at once, from a file: all of them or none, every finding at the same time. Pure."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from zgsz_desktop.engine.drafts import (
    Answer,
    Draft,
    FieldChange,
    beside,
    change_profile,
    differences,
    filled,
    plain,
    quantities_of,
    spread_numbers,
)
from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.indicators.definition import IndicatorSet
from zgsz_desktop.engine.scoring.answers import check_answer


def give_answers(
    indicator_set: IndicatorSet, draft: Draft, answers: Mapping[str, Any], profile: Mapping[str, Any]
) -> list[FieldChange]:
    """Answer many questions and change the profile; questions that the set does not know are kept.

    Raises:
        UserError: `draft.answers_refused`, with all findings in the context.
    """
    findings: list[UserError] = []
    after, quantities = dict(draft.answers), _Quantities()
    for question_id, raw in answers.items():
        with _collected(findings):
            given = _checked(indicator_set, question_id, raw)
            after[question_id] = beside(draft, question_id, raw) | given
            question = indicator_set.question(question_id)
            if question is not None:
                names = {input_.id: input_.name for input_ in question.inputs}
                quantities.add(question_id, quantities_of(question, given), names)
    # Only now, when all of the file is known: what it says of a question itself is never overruled by a neighbour.
    for other in spread_numbers(indicator_set, quantities.values, after, leave_out=answers.keys()):
        with _collected(findings):
            check_answer(other, after[other.id])
    changes: list[FieldChange] = []
    with _collected(findings):
        changes = change_profile(draft, profile)
    if findings:
        texts = [finding.message for finding in findings]
        raise UserError("draft.answers_refused", count=len(texts), first=texts[0].rstrip("。"), findings=texts)
    return [*differences(draft.answers, after), *changes]


class _Quantities:
    """The numbers of a file by quantity; one quantity has one value (scoring.md 1)."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}

    def add(self, question_id: str, given: Mapping[str, Any], names: Mapping[str, str]) -> None:
        for name, value in given.items():
            first = self.values.setdefault(name, value)
            if first != value:
                field = f"inputs.{name}"
                raise UserError(
                    "answer.input_conflict",
                    name=names[name],
                    question=question_id,
                    field=field,
                    first=first,
                    second=value,
                )


def _checked(indicator_set: IndicatorSet, question_id: str, raw: Any) -> Answer:
    if not isinstance(raw, Mapping):
        raise UserError("draft.bad_value", detail=question_id)
    given = filled(plain(dict(raw)))
    question = indicator_set.question(question_id)
    if question is not None:
        check_answer(question, given)
    return given


@contextmanager
def _collected(findings: list[UserError]) -> Iterator[None]:
    try:
        yield
    except UserError as error:
        findings.append(error)
