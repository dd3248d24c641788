"""What a liaison does: answers on the spot, puts right what the program objects to, signs, corrects what comes back.

The answers are those of the simulation; where they contradict each other the liaison asks again and takes the next
option, and a warning that stays gets its reason, because nothing else may be signed.
"""

import zlib
from collections.abc import Mapping
from typing import Any

from zgsz_desktop.engine import ops
from zgsz_desktop.engine.completion import Completion, examine
from zgsz_desktop.engine.drafts import Answer
from zgsz_desktop.engine.indicators.definition import IndicatorSet, Question, QuestionType
from zgsz_desktop.engine.ops_drafts import find_set
from zgsz_desktop.engine.rehearsal.clock import RehearsalClock
from zgsz_desktop.engine.rehearsal.people import Desk
from zgsz_desktop.engine.simulate.enterprise import Assessment, SimulatedEnterprise
from zgsz_desktop.engine.store.submissions import load_submission

_REASONS = (
    "已向企业负责人核实，情况属实。",
    "现场看过，数字与台账一致。",
    "企业说明了原因，暂按现状填写。",
    "口径与去年一致，已核对。",
)
_CORRECTED = "已到现场核实，按台账改正。"
BY_OPTION = (QuestionType.SINGLE, QuestionType.LEVEL)
"""Types that are answered by one option, in an order from low to high."""


def pay_visit(
    desk: Desk, clock: RehearsalClock, enterprise: SimulatedEnterprise, visit: Assessment, *, one_by_one: bool = False
) -> ops.Submitted:
    """Answer the whole assessment and sign it; a correction starts from what was signed before."""
    workspace, uscc = desk.workspace, enterprise.row.uscc
    clock.set_day(visit.day, visit.begun)
    entity = f"{workspace.campaign()}/{uscc}/initial"
    draft = (ops.reopen(workspace, entity) if visit.corrects else ops.open_draft(workspace, uscc)).draft
    indicator_set = find_set(workspace, draft.set)
    answers, _ = put_right(indicator_set, enterprise.profile, visit.answers)
    if one_by_one:
        _answer_one_by_one(desk, draft.id, enterprise.profile, answers)
    else:
        ops.answer_many(workspace, draft.id, answers, enterprise.profile)
    clock.set_day(visit.day, visit.begun + visit.minutes)
    return sign(desk, draft.id, visit.respondent)


def _answer_one_by_one(desk: Desk, draft: str, profile: Mapping[str, Any], answers: Mapping[str, Answer]) -> None:
    """As it is done by hand: the profile, one question after the other, one taken back and given again."""
    workspace = desk.workspace
    ops.set_profile(workspace, draft, profile)
    for question, answer in answers.items():
        ops.answer(workspace, draft, question, answer)
        ops.set_position(workspace, draft, question)
    ops.undo(workspace, draft)
    ops.redo(workspace, draft)


def sign(desk: Desk, draft: str, respondent: str = "") -> ops.Submitted:
    """Give the reasons that are asked for, and sign."""
    workspace = desk.workspace
    reasons = reasons_for(ops.look_over(workspace, draft), ops.find_draft(workspace, draft).uscc)
    return ops.submit(workspace, desk.author, draft, reasons=reasons, respondent=respondent)


def correct(desk: Desk, entity: str, questions: tuple[str, ...]) -> ops.Submitted:
    """Correct what a bureau returned: the questions that it names are answered again, one step lower."""
    workspace = desk.workspace
    draft = ops.reopen(workspace, entity).draft
    indicator_set = find_set(workspace, draft.set)
    answers = dict(draft.answers)
    for name in questions:
        question = indicator_set.question(name)
        assert question is not None, "a bureau returns questions of the set"
        answers[name] = neighbour(question, answers[name]) | {"basis": "checked", "note": _CORRECTED}
    right, _ = put_right(indicator_set, draft.profile, answers)
    ops.answer_many(workspace, draft.id, right)
    return sign(desk, draft.id, _respondent(desk, entity))


def _respondent(desk: Desk, entity: str) -> str:
    """Give who answered last time."""
    submission = load_submission(desk.workspace.store, entity)
    return "" if submission is None else str(submission.body.get("respondent") or "")


def doubtful_question(indicator_set: IndicatorSet, answers: Mapping[str, Answer]) -> Question:
    """Choose the question that a bureau returns: the first that was answered by one option."""
    return next(
        question
        for question in indicator_set.questions
        if question.type in BY_OPTION and answers.get(question.id, {}).get("choice")
    )


def put_right(
    indicator_set: IndicatorSet, profile: Mapping[str, Any], answers: Mapping[str, Answer]
) -> tuple[dict[str, Answer], Completion]:
    """Take away contradictions, which block a signature: the question that a check names is answered by another option.

    Gives the answers, the same where there is nothing to put right, and what still wants a reason.
    """
    right = dict(answers)
    completion = examine(indicator_set, profile, right)
    for finding in completion.errors:
        for name in finding.questions:
            question = indicator_set.question(name)
            assert question is not None, "a check names questions of the set"
            for option in question.options:
                tried = right | {name: right.get(name, {}) | {"choice": [option.key]}}
                outcome = examine(indicator_set, profile, tried)
                if not outcome.errors:
                    return tried, outcome
    return right, completion


def reasons_for(completion: Completion, seed: str) -> dict[str, str]:
    """Write a reason for every warning."""
    return {
        warning.id: _REASONS[zlib.crc32(f"{seed}{warning.id}".encode()) % len(_REASONS)]
        for warning in completion.warnings
    }


def neighbour(question: Question, answer: Answer) -> Answer:
    """Give an answer one option lower, or higher where it stood lowest."""
    keys = question.keys
    place = keys.index(answer["choice"][0])
    kept = {key: value for key, value in answer.items() if key != "partial"}
    return kept | {"choice": [keys[place - 1] if place else keys[1]]}
