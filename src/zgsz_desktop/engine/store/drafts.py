"""Drafts as rows: the fields as they stand, and every act that led there.

The rows of `draft_step` are the history and the undo stack in one: `done` acts can be undone, `undone` ones redone,
until a new act makes them `dropped` (kept for the history). All writing functions want an open transaction.
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zgsz_desktop.engine import canonical
from zgsz_desktop.engine.drafts import (
    PROFILE,
    REASONS,
    Draft,
    DraftId,
    DraftState,
    FieldChange,
    SetReference,
    answer_field,
    question_of,
)
from zgsz_desktop.engine.model import RecordId, Uscc
from zgsz_desktop.engine.store.db import Store

_COLUMNS = (
    "id, campaign, uscc, round, set_id, set_version, set_sha256, opened_heads, profile, reasons, position, state,"
    " submitted, begun, changed_time, answered, applicable"
)


@dataclass(frozen=True, slots=True)
class AnswerHistory:
    """One act on one answer.

    Attributes:
        at: epoch seconds.
        standing: the act stands; it was not undone.
    """

    step: int
    at: int
    before: Any
    after: Any
    standing: bool


@dataclass(frozen=True, slots=True)
class DraftHead:
    """A draft in a list, without its answers."""

    id: DraftId
    campaign: str
    uscc: Uscc
    round: str
    state: DraftState
    begun: int
    changed_time: str
    answered: int
    applicable: int


def insert_draft(connection: sqlite3.Connection, draft: Draft) -> None:
    """Keep a new draft with the answers that it begins with."""
    connection.execute(
        f"INSERT INTO draft ({_COLUMNS}) VALUES ({', '.join('?' * 17)})",  # noqa: S608 names of columns, no input
        (
            draft.id,
            draft.campaign,
            draft.uscc,
            draft.round,
            draft.set.id,
            draft.set.version,
            draft.set.sha256,
            " ".join(draft.opened_heads),
            _text(draft.profile),
            _text(draft.reasons),
            draft.position,
            draft.state,
            draft.submitted,
            draft.begun,
            draft.changed_time,
            draft.answered,
            draft.applicable,
        ),
    )
    connection.executemany(
        "INSERT INTO draft_answer (draft_id, question, answer) VALUES (?, ?, ?)",
        [(draft.id, question, _text(answer)) for question, answer in draft.answers.items()],
    )


def load_draft(store: Store, draft_id: str) -> Draft | None:
    """Read one draft with its answers."""
    with store.snapshot():
        row = store.first(f"SELECT {_COLUMNS} FROM draft WHERE id = ?", (draft_id,))  # noqa: S608 names of columns
        if row is None:
            return None
        answers = store.query("SELECT question, answer FROM draft_answer WHERE draft_id = ?", (draft_id,))
        states = {state for (state,) in store.query(_STATES, (draft_id,))}
    return Draft(
        id=DraftId(row[0]),
        campaign=row[1],
        uscc=Uscc(row[2]),
        round=row[3],
        set=SetReference(row[4], row[5], row[6]),
        opened_heads=tuple(RecordId(head) for head in row[7].split()),
        profile=_value(row[8]),
        reasons=_value(row[9]),
        answers={question: _value(answer) for question, answer in answers},
        position=row[10],
        state=DraftState(row[11]),
        submitted=row[12],
        begun=row[13],
        changed_time=row[14],
        answered=row[15],
        applicable=row[16],
        can_undo="done" in states,
        can_redo="undone" in states,
    )


_STATES = "SELECT DISTINCT state FROM draft_step WHERE draft_id = ?"


def list_drafts(
    store: Store, *, uscc: str | None = None, entity: str | None = None, state: DraftState | None = None
) -> list[DraftHead]:
    """List drafts, the one changed last first."""
    rows = store.query(
        "SELECT id, campaign, uscc, round, state, begun, changed_time, answered, applicable FROM draft"
        " WHERE (?1 IS NULL OR uscc = ?1) AND (?2 IS NULL OR campaign || '/' || uscc || '/' || round = ?2)"
        " AND (?3 IS NULL OR state = ?3) ORDER BY changed_time DESC, rowid DESC",
        (uscc, entity, state),
    )
    return [DraftHead(DraftId(row[0]), row[1], Uscc(row[2]), row[3], DraftState(row[4]), *row[5:]) for row in rows]


def write_step(connection: sqlite3.Connection, draft_id: str, changes: Iterable[FieldChange], at: int) -> None:
    """Do an act: write its fields and remember it; what was undone before cannot be redone any more."""
    connection.execute("UPDATE draft_step SET state = 'dropped' WHERE draft_id = ? AND state = 'undone'", (draft_id,))
    last = connection.execute("SELECT max(step) FROM draft_step WHERE draft_id = ?", (draft_id,)).fetchone()[0]
    step = (last or 0) + 1
    for change in changes:
        connection.execute(
            "INSERT INTO draft_step (draft_id, step, field, before, after, state, at)"
            " VALUES (?, ?, ?, ?, ?, 'done', ?)",
            (draft_id, step, change.field, _nullable(change.before), _nullable(change.after), at),
        )
        _write_field(connection, draft_id, change.field, change.after)


def undo_step(connection: sqlite3.Connection, draft_id: str) -> list[str]:
    """Take the last standing act back; give its fields, none where nothing stands."""
    return _walk(connection, draft_id, _UNDO)


def redo_step(connection: sqlite3.Connection, draft_id: str) -> list[str]:
    """Do the act again that was undone last; give its fields, none where there is none."""
    return _walk(connection, draft_id, _REDO)


@dataclass(frozen=True, slots=True)
class _Walk:
    which: str
    old: str
    new: str
    side: str


_UNDO = _Walk("max", "done", "undone", "before")
_REDO = _Walk("min", "undone", "done", "after")


def _walk(connection: sqlite3.Connection, draft_id: str, walk: _Walk) -> list[str]:
    step = connection.execute(
        f"SELECT {walk.which}(step) FROM draft_step WHERE draft_id = ? AND state = ?",  # noqa: S608 two constants
        (draft_id, walk.old),
    ).fetchone()[0]
    if step is None:
        return []
    rows = connection.execute(
        f"SELECT field, {walk.side} FROM draft_step WHERE draft_id = ? AND step = ?",  # noqa: S608 two constants
        (draft_id, step),
    ).fetchall()
    for field, value in rows:
        _write_field(connection, draft_id, field, None if value is None else _value(value))
    connection.execute("UPDATE draft_step SET state = ? WHERE draft_id = ? AND step = ?", (walk.new, draft_id, step))
    return [field for field, _ in rows]


def touch_draft(connection: sqlite3.Connection, draft_id: str, time: str, progress: tuple[int, int]) -> None:
    """Note when the draft was last changed and how far it has come: answered, applicable."""
    connection.execute(
        "UPDATE draft SET changed_time = ?, answered = ?, applicable = ? WHERE id = ?", (time, *progress, draft_id)
    )


def set_position(connection: sqlite3.Connection, draft_id: str, question: str | None) -> None:
    """Remember on which question the window stands; no act, not undone."""
    connection.execute("UPDATE draft SET position = ? WHERE id = ?", (question, draft_id))


def keep_typed(connection: sqlite3.Connection, draft_id: str, question: str, texts: Mapping[str, str]) -> None:
    """Keep what stands in the fields of a question and cannot be an answer; no texts: forget it."""
    connection.execute("DELETE FROM draft_typed WHERE draft_id = ? AND question = ?", (draft_id, question))
    connection.executemany(
        "INSERT INTO draft_typed (draft_id, question, input, text) VALUES (?, ?, ?, ?)",
        [(draft_id, question, name, text) for name, text in texts.items()],
    )


def typed_of(store: Store, draft_id: str) -> dict[str, dict[str, str]]:
    """Give what was typed and could not become an answer: texts by question and input."""
    found: dict[str, dict[str, str]] = {}
    for question, name, text in store.query(
        "SELECT question, input, text FROM draft_typed WHERE draft_id = ? ORDER BY question, input", (draft_id,)
    ):
        found.setdefault(question, {})[name] = text
    return found


def set_state(
    connection: sqlite3.Connection, draft_id: str, state: DraftState, submitted: RecordId | None = None
) -> None:
    """Say what has become of a draft."""
    connection.execute("UPDATE draft SET state = ?, submitted = ? WHERE id = ?", (state, submitted, draft_id))


def history_of(store: Store, draft_id: str, question_id: str) -> list[AnswerHistory]:
    """Tell how an answer came to be, oldest act first."""
    rows: Sequence[Any] = store.query(
        "SELECT step, at, before, after, state FROM draft_step WHERE draft_id = ? AND field = ? ORDER BY no",
        (draft_id, answer_field(question_id)),
    )
    return [
        AnswerHistory(
            step,
            at,
            None if before is None else _value(before),
            None if after is None else _value(after),
            standing=state == "done",
        )
        for step, at, before, after, state in rows
    ]


def _write_field(connection: sqlite3.Connection, draft_id: str, field: str, value: Any) -> None:
    question = question_of(field)
    if question is None:
        column = {PROFILE: "profile", REASONS: "reasons"}[field]
        connection.execute(f"UPDATE draft SET {column} = ? WHERE id = ?", (_text(value), draft_id))  # noqa: S608
    elif value is None:
        connection.execute("DELETE FROM draft_answer WHERE draft_id = ? AND question = ?", (draft_id, question))
    else:
        connection.execute(
            "INSERT INTO draft_answer (draft_id, question, answer) VALUES (?, ?, ?)"
            " ON CONFLICT (draft_id, question) DO UPDATE SET answer = excluded.answer",
            (draft_id, question, _text(value)),
        )


def _text(value: Any) -> str:
    return canonical.encode(value).decode()


def _nullable(value: Any) -> str | None:
    return None if value is None else _text(value)


def _value(text: str) -> Any:
    return canonical.decode(text.encode())
