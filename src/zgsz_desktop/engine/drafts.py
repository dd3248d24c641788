"""A draft: the answers of one assessment before they are signed, and what one act of the user changes in it.

Pure: the store keeps the fields, `ops_drafts` commits each act. An act is a list of field changes (before, after),
which is at once the history of each answer and what undo and redo walk on. Inputs of one id are one quantity
(scoring.md 1): giving a number in one question gives it to the others that ask for it, in the same act.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NewType

from zgsz_desktop.engine import canonical
from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.indicators.definition import IndicatorSet, Question, QuestionType
from zgsz_desktop.engine.model import RecordId, Uscc
from zgsz_desktop.engine.reference.size_class import size_class
from zgsz_desktop.engine.scoring.answers import check_answer
from zgsz_desktop.engine.scoring.result import scorer_for
from zgsz_desktop.engine.scoring.standing import check_profile

DraftId = NewType("DraftId", str)
Answer = dict[str, Any]
"""One answer in the form of scoring.md 1."""

INITIAL = "initial"
RECHECK = "recheck-"
"""Rounds that begin so are blind re-checks."""
VALUE_KEYS = frozenset({"choice", "partial", "inputs", "text", "na", "reason"})
"""What is answered; the other members (note, doubtful, basis, attachments …) stand beside it and outlive it."""
PROFILE_KEYS = ("employees", "revenue", "industry", "process_type", "above_scale", "certificates", "systems")
"""What a draft takes over from the enterprise's record; `size` is derived."""
PROFILE = "profile"
REASONS = "reasons"
_ANSWER = "answer:"


class DraftState(StrEnum):
    """What has become of a draft."""

    OPEN = "open"
    SIGNED = "signed"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class SetReference:
    """Names one version of an indicator set beyond doubt."""

    id: str
    version: str
    sha256: str

    def to_json(self) -> dict[str, str]:
        """Write it as records do."""
        return {"id": self.id, "version": self.version, "sha256": self.sha256}

    @classmethod
    def of(cls, indicator_set: IndicatorSet) -> "SetReference":
        """Name a set."""
        return cls(indicator_set.id, indicator_set.version, indicator_set.sha256)


@dataclass(frozen=True, slots=True)
class Draft:
    """One assessment as it stands.

    Attributes:
        opened_heads: the submissions that were current when it was opened; it will supersede them.
        reasons: written reasons for kept warnings, by check.
        position: the question on which the window stood.
        submitted: the record that it became, once signed.
        begun: epoch seconds. `changed_time`: local stamp of the last change, shown as 已保存.
        answered, applicable: questions, counted at the last change.
    """

    id: DraftId
    campaign: str
    uscc: Uscc
    round: str
    set: SetReference
    opened_heads: tuple[RecordId, ...]
    profile: dict[str, Any]
    reasons: dict[str, str]
    answers: dict[str, Answer]
    position: str | None
    state: DraftState
    submitted: RecordId | None
    begun: int
    changed_time: str
    answered: int
    applicable: int
    can_undo: bool = False
    can_redo: bool = False

    @property
    def entity(self) -> str:
        """The entity of the submission that it will become."""
        return f"{self.campaign}/{self.uscc}/{self.round}"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after an act; None: nothing there."""

    field: str
    before: Any
    after: Any


def answer_field(question_id: str) -> str:
    """Name the field of an answer."""
    return _ANSWER + question_id


def question_of(field: str) -> str | None:
    """Give the question of an answer's field, None for other fields."""
    return field.removeprefix(_ANSWER) if field.startswith(_ANSWER) else None


def plain(value: Any) -> Any:
    """Bring a value into the form in which it is kept and signed (numbers with a point become `Decimal`).

    Raises:
        UserError: `draft.bad_value`, no value that a record can hold.
    """
    try:
        return canonical.decode(canonical.encode(value))
    except (ValueError, TypeError) as error:
        raise UserError("draft.bad_value", detail=str(error)) from error


def give_answer(
    indicator_set: IndicatorSet, draft: Draft, question_id: str, raw: Mapping[str, Any]
) -> list[FieldChange]:
    """Answer one question: what was answered is replaced, what stands beside it (a note) stays unless given anew.

    Raises:
        UserError: `draft.no_question`, `draft.bad_value`, or what is wrong with the answer, or would be wrong with
            another one that asks for the same number (`answer.*`).
    """
    question = _question(indicator_set, question_id)
    given = filled(plain(dict(raw)))
    check_answer(question, given)
    answers = draft.answers | {question_id: beside(draft, question_id, raw) | given}
    for other in spread_numbers(indicator_set, quantities_of(question, given), answers, leave_out={question_id}):
        check_answer(other, answers[other.id])
    return list(differences(draft.answers, answers))


def beside(draft: Draft, question_id: str, raw: Mapping[str, Any]) -> Answer:
    """Give what of an answer outlives a new one: what was not answered but noted, unless given (or emptied) anew."""
    dropped = VALUE_KEYS | raw.keys()
    return {key: value for key, value in draft.answers.get(question_id, {}).items() if key not in dropped}


def clear_answer(indicator_set: IndicatorSet, draft: Draft, question_id: str) -> list[FieldChange]:
    """Take an answer back; a note and a doubt stay, and so do the same numbers in other questions.

    Raises:
        UserError: `draft.no_question`.
    """
    _question(indicator_set, question_id)
    kept = beside(draft, question_id, {})
    return list(differences(draft.answers, draft.answers | {question_id: kept}))


def mark_answer(indicator_set: IndicatorSet, draft: Draft, question_id: str, key: str, value: Any) -> list[FieldChange]:
    """Set (or by None take away) what stands beside an answer: `note`, `doubtful`, `basis`.

    Raises:
        UserError: `draft.no_question`, `draft.bad_value`, or what is wrong with it (`scoring/answers.py`).
    """
    question = _question(indicator_set, question_id)
    answer = {k: v for k, v in draft.answers.get(question_id, {}).items() if k != key}
    if value is not None and value is not False and value != "":
        answer[key] = plain(value)
    check_answer(question, answer)
    return list(differences(draft.answers, draft.answers | {question_id: answer}))


def change_profile(draft: Draft, given: Mapping[str, Any]) -> list[FieldChange]:
    """Set members of the profile, None takes one away; the size class follows staff and revenue.

    Raises:
        UserError: `draft.bad_value`, `answer.profile`.
    """
    merged = {key: value for key, value in (draft.profile | plain(dict(given))).items() if value is not None}
    check_profile(merged)
    after = with_size(merged)
    return [] if after == draft.profile else [FieldChange(PROFILE, draft.profile, after)]


def change_reason(draft: Draft, check_id: str, text: str) -> list[FieldChange]:
    """Write down why a warning is kept; an empty text takes the reason away."""
    after = {key: reason for key, reason in draft.reasons.items() if key != check_id}
    if text.strip():
        after[check_id] = text.strip()
    return [] if after == draft.reasons else [FieldChange(REASONS, draft.reasons, after)]


def first_profile(body: Mapping[str, Any]) -> dict[str, Any]:
    """Take a profile over from the body of an enterprise's record; what a profile cannot hold is left to be asked."""
    return with_size({key: body[key] for key in PROFILE_KEYS if _fits(key, body.get(key))})


def with_size(profile: Mapping[str, Any]) -> dict[str, Any]:
    """Derive the size class where staff and revenue are known, and leave it out where not."""
    sized = {key: value for key, value in profile.items() if key != "size"}
    if "employees" in sized and "revenue" in sized:
        sized["size"] = size_class(sized["employees"], sized["revenue"])
    return sized


def measure_progress(indicator_set: IndicatorSet, draft: Draft) -> tuple[int, int]:
    """Count the questions that are answered, and those that are to be answered in all.

    A draft that cannot be read as a whole (numbers that contradict each other) keeps the counts that it had: what is
    wrong is said where it is looked at and when it is completed.
    """
    scorer = scorer_for(indicator_set)
    try:
        standing, _ = scorer.reader.read(draft.profile, draft.answers)
    except UserError:
        return draft.answered, draft.applicable
    answered = len(standing.readings) + sum(1 for answer in draft.answers.values() if answer.get("na"))
    return answered, answered + len(scorer.missing(standing))


def _fits(key: str, value: Any) -> bool:
    try:
        check_profile({key: value})
    except UserError:
        return False
    return value is not None


def _question(indicator_set: IndicatorSet, question_id: str) -> Question:
    question = indicator_set.question(question_id)
    if question is None:
        raise UserError("draft.no_question", question=question_id, set=indicator_set.name)
    return question


def filled(answer: Answer) -> Answer:
    """Leave out what was emptied."""
    kept = {key: value for key, value in answer.items() if value is not None}
    if isinstance(kept.get("inputs"), dict):
        kept["inputs"] = {name: value for name, value in kept["inputs"].items() if value is not None}
    return kept


def quantities_of(question: Question, answer: Answer) -> dict[str, Any]:
    """Give the numbers of an answer that other questions may ask for, too; that of a `number` question is its own."""
    return {} if question.type is QuestionType.NUMBER else answer.get("inputs", {})


def spread_numbers(
    indicator_set: IndicatorSet, given: Mapping[str, Any], answers: dict[str, Answer], *, leave_out: Collection[str]
) -> Iterator[Question]:
    """Give numbers to the questions that ask for these quantities, and name each question that took some."""
    for question in indicator_set.questions if given else ():
        shared = {input_.id: given[input_.id] for input_ in question.inputs if input_.id in given}
        answer = answers.get(question.id, {})
        foreign = question.id in leave_out or question.type is QuestionType.NUMBER
        if shared and not foreign and _takes_numbers(answer):
            answers[question.id] = answer | {"inputs": answer.get("inputs", {}) | shared}
            yield question


def _takes_numbers(answer: Answer) -> bool:
    """An answer by choice alone, or 不适用, was meant so: a number given elsewhere does not overrule it."""
    return "inputs" in answer or not (answer.get("choice") or answer.get("na"))


def differences(before: Mapping[str, Answer], after: Mapping[str, Answer]) -> Iterator[FieldChange]:
    """Give what changed between two sets of answers; an empty answer is none."""
    for question_id, answer in after.items():
        old, new = before.get(question_id) or None, answer or None
        if old != new:
            yield FieldChange(answer_field(question_id), old, new)
