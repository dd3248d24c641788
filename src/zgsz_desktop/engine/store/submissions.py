"""Signed assessments as the pages show them: one with all it holds, those of an enterprise, and open conflicts."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from zgsz_desktop.engine import canonical
from zgsz_desktop.engine.drafts import SetReference
from zgsz_desktop.engine.model import DivisionCode, KeyId, RecordId, Uscc
from zgsz_desktop.engine.store.db import Store


@dataclass(frozen=True, slots=True)
class Author:
    """Who signed: `name` is the certificate's (`liaison-a7.450102`), `person` what people call him."""

    keyid: KeyId
    name: str
    person: str
    organisation: str


@dataclass(frozen=True, slots=True)
class SubmissionItem:
    """The current version of one submission, in a list.

    Attributes:
        at: epoch seconds. `own`: signed in this workspace.
        total, level, grade: of the primary framework, recomputed; None while the indicator set is missing.
        review: `submitted`, `returned`, `accepted`; `review_level`: who said so.
        flags: `not_assigned`, `score_mismatch` and the like.
    """

    entity: str
    record: RecordId
    campaign: str
    uscc: Uscc
    round: str
    division: DivisionCode
    at: int
    total: str | None
    level: int | None
    grade: int | None
    flags: tuple[str, ...]
    review: str | None
    review_level: str | None
    conflict: bool
    own: bool
    author: Author


@dataclass(frozen=True, slots=True)
class Submission:
    """One submission with what it holds.

    Attributes:
        body: as signed; `item` has the recomputed score.
    """

    item: SubmissionItem
    body: dict[str, Any]

    @property
    def set(self) -> SetReference:
        """The indicator set that it was answered with."""
        reference = self.body["set"]
        return SetReference(reference["id"], reference["version"], reference["sha256"])

    @property
    def profile(self) -> dict[str, Any]:
        """The enterprise as it was then."""
        profile: dict[str, Any] = self.body["profile"]
        return profile

    @property
    def answers(self) -> dict[str, dict[str, Any]]:
        """The answers by question."""
        answers: dict[str, dict[str, Any]] = self.body["answers"]
        return answers

    @property
    def reasons(self) -> dict[str, str]:
        """The written reasons for kept warnings, by check; empty where they are not written so."""
        reasons = self.body.get("reasons")
        return {name: str(text) for name, text in reasons.items()} if isinstance(reasons, dict) else {}


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """The current review of one level on one submission record."""

    level: str
    decision: str
    reason: str
    questions: tuple[str, ...]
    at: int
    author: Author


@dataclass(frozen=True, slots=True)
class Head:
    """One of several current versions."""

    record: RecordId
    division: DivisionCode
    at: int
    withdrawn: bool
    author: Author


@dataclass(frozen=True, slots=True)
class Conflict:
    """An entity with several heads; `current` is the provisional one.

    Attributes:
        uscc, enterprise: where it is about one.
    """

    kind: str
    entity: str
    current: RecordId
    heads: tuple[Head, ...]
    uscc: Uscc | None
    enterprise: str | None


_AUTHOR = "k.keyid, k.name, k.person, k.organisation"
_SUBMISSIONS = f"""
    SELECT s.entity, s.record, s.campaign, s.uscc, s.round, s.division, s.at, c.total, c.level, c.grade,
        trim(s.flags || ' ' || c.flags), e.review, e.review_level, e.conflict, r.own, {_AUTHOR}
    FROM current_submission s
    JOIN score c ON c.record_no = s.record_no
    JOIN record r ON r.no = s.record_no
    JOIN certificate k ON k.keyid = s.author
    JOIN entity_state e ON e.kind = 'submission' AND e.entity = s.entity
"""  # noqa: S608 only constants


def list_submissions(store: Store, uscc: str) -> list[SubmissionItem]:
    """List the submissions of an enterprise, the newest first."""
    rows = store.query(f"{_SUBMISSIONS} WHERE s.uscc = ? ORDER BY s.at DESC, s.entity", (uscc,))
    return [_item(row) for row in rows]


def load_submission(store: Store, entity: str) -> Submission | None:
    """Read the current version of a submission."""
    with store.snapshot():
        row = store.first(f"{_SUBMISSIONS} WHERE s.entity = ?", (entity,))
        if row is None:
            return None
        item = _item(row)
        body = record_body(store, item.record)
    return Submission(item, body or {})


def record_body(store: Store, record: str) -> dict[str, Any] | None:
    """Read the body of a record, None where it is not here or withdraws."""
    row = store.first("SELECT p.payload FROM record r JOIN record_payload p ON p.no = r.no WHERE r.id = ?", (record,))
    body: dict[str, Any] | None = None if row is None else canonical.decode(row[0])["body"]
    return body


def current_record(store: Store, kind: str, entity: str) -> RecordId | None:
    """Give the current record of an entity, None where there is none or it is withdrawn."""
    row = store.first(
        "SELECT current FROM entity_state WHERE kind = ? AND entity = ? AND withdrawn = 0", (kind, entity)
    )
    return None if row is None or row[0] is None else RecordId(row[0])


def heads_of(store: Store, kind: str, entity: str) -> tuple[RecordId, ...]:
    """Give the current versions of an entity: none, one, or (a conflict) several."""
    row = store.first("SELECT heads FROM entity_state WHERE kind = ? AND entity = ?", (kind, entity))
    return () if row is None else tuple(RecordId(head) for head in row[0].split())


def describe_heads(store: Store, records: Iterable[RecordId]) -> tuple[Head, ...]:
    """Say who wrote these records, and when."""
    found = []
    for record in records:
        row = store.first(
            f"SELECT r.id, r.division, r.at, r.withdrawn, {_AUTHOR} FROM record r"  # noqa: S608 only constants
            " JOIN certificate k ON k.keyid = r.author WHERE r.id = ?",
            (record,),
        )
        if row is not None:
            found.append(Head(RecordId(row[0]), DivisionCode(row[1]), row[2], bool(row[3]), Author(*row[4:])))
    return tuple(found)


def reviews_of(store: Store, record: RecordId) -> list[ReviewItem]:
    """Give the reviews of a submission record, county first."""
    rows = store.query(
        f"SELECT e.entity, p.payload, r.at, {_AUTHOR} FROM entity_state e"  # noqa: S608 only constants
        " JOIN record r ON r.id = e.current JOIN record_payload p ON p.no = r.no"
        " JOIN certificate k ON k.keyid = r.author"
        " WHERE e.kind = 'review' AND e.withdrawn = 0 AND e.entity IN (?, ?, ?)",
        tuple(f"{record}/{level}" for level in _LEVELS),
    )
    found = {}
    for entity, payload, at, *author in rows:
        body, level = canonical.decode(payload)["body"], entity.rpartition("/")[2]
        found[level] = ReviewItem(
            level, body["decision"], body.get("reason") or "", tuple(body.get("questions") or ()), at, Author(*author)
        )
    return [found[level] for level in _LEVELS if level in found]


_LEVELS = ("county", "city", "region")


def list_conflicts(store: Store) -> list[Conflict]:
    """List everything that has several current versions."""
    with store.snapshot():
        rows = store.query(
            "SELECT s.kind, s.entity, s.current, s.heads, e.uscc, e.name FROM entity_state s"
            " LEFT JOIN enterprise e ON e.uscc = CASE s.kind WHEN 'enterprise' THEN s.entity"
            " ELSE substr(s.entity, instr(s.entity, '/') + 1, 18) END"
            " WHERE s.conflict = 1 ORDER BY s.kind, s.entity"
        )
        return [
            Conflict(kind, entity, RecordId(current), describe_heads(store, heads.split()), uscc, name)
            for kind, entity, current, heads, uscc, name in rows
        ]


_NAMES = tuple(field.name for field in fields(SubmissionItem))[:-1]


def _item(row: tuple[Any, ...]) -> SubmissionItem:
    values = dict(zip(_NAMES, row, strict=False))
    values |= {
        "flags": tuple(values["flags"].split()),
        "conflict": bool(values["conflict"]),
        "own": bool(values["own"]),
    }
    return SubmissionItem(**values, author=Author(*row[len(_NAMES) :]))
