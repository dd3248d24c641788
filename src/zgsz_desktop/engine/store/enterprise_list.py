"""The list of enterprises with their state in a campaign, and counts over it.

One statement joins an enterprise with its draft, its submission, its review and its assignment; 11,000 rows take some
tens of milliseconds.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum
from typing import Any

from zgsz_desktop.engine.model import DivisionCode, Level, RecordId, Uscc, level_of
from zgsz_desktop.engine.store.db import Store
from zgsz_desktop.engine.store.search_text import like_terms
from zgsz_desktop.engine.store.settings import Setting


class EnterpriseState(StrEnum):
    """How far an enterprise has come in a campaign."""

    NOT_STARTED = "not_started"
    DRAFTING = "drafting"
    SIGNED = "signed"
    """Signed here, not yet in any package to the level above."""
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"


STATE_TITLES = {
    EnterpriseState.NOT_STARTED: "未开始",
    EnterpriseState.DRAFTING: "填写中",
    EnterpriseState.SIGNED: "已签名（待交）",
    EnterpriseState.SUBMITTED: "已交",
    EnterpriseState.RETURNED: "被退回",
    EnterpriseState.ACCEPTED: "已通过",
}


@dataclass(frozen=True, slots=True)
class EnterpriseItem:
    """One line of the list, in one campaign.

    Attributes:
        draft: the open draft changed last; `answered` of `applicable` questions.
        submission: entity of the submission shown (the latest; re-checks aside), `record` its current record.
        conflict: the enterprise, its assignment or its submission has several heads.
        liaison: name of the assigned liaison's certificate. `due`: date, `2024-09-30`.
        at: when the submission was signed, epoch seconds.
    """

    uscc: Uscc
    name: str
    division: DivisionCode
    industry: str | None
    size: str | None
    town: str | None
    contact: str | None
    phone: str | None
    draft: str | None
    answered: int | None
    applicable: int | None
    changed_time: str | None
    submission: str | None
    record: RecordId | None
    at: int | None
    total: str | None
    level: int | None
    grade: int | None
    flags: str | None
    review_level: str | None
    conflict: bool
    liaison: str | None
    due: str | None
    state: EnterpriseState

    @property
    def total_number(self) -> Decimal | None:
        """The recomputed total of the primary framework."""
        return None if self.total is None else Decimal(self.total)


@dataclass(frozen=True, slots=True)
class EnterpriseFilter:
    """Which enterprises to list; what is not given does not matter.

    Attributes:
        text: parts of name, pinyin, initials or credit code, all of which must match.
        scope: a division; the enterprises of it and below it.
        liaison: name of the assigned liaison's certificate. `unassigned`: only those without one.
        conflicts: only those with a conflict.
    """

    text: str = ""
    scope: DivisionCode | None = None
    states: frozenset[EnterpriseState] = frozenset()
    liaison: str | None = None
    unassigned: bool = False
    conflicts: bool = False
    grade_from: int | None = None


ALL = EnterpriseFilter()

_BASE = """
    SELECT e.uscc AS uscc, e.name AS name, e.division AS division, e.industry AS industry, e.size AS size,
        e.town AS town, e.contact AS contact, e.phone AS phone,
        d.id AS draft, d.answered AS answered, d.applicable AS applicable, d.changed_time AS changed_time,
        s.entity AS submission, s.record AS record, s.at AS at, c.total AS total, c.level AS level, c.grade AS grade,
        trim(s.flags || ' ' || c.flags) AS flags, ss.review_level AS review_level,
        (es.conflict OR coalesce(ss.conflict, 0) OR coalesce(ast.conflict, 0)) AS conflict,
        a.gist AS liaison,
        (SELECT json_extract(CAST(p.payload AS TEXT), '$.body.due') FROM record_payload p WHERE p.no = a.no) AS due,
        CASE
            WHEN d.id IS NOT NULL THEN 'drafting'
            WHEN s.entity IS NULL THEN 'not_started'
            WHEN ss.review = 'returned' THEN 'returned'
            WHEN ss.review = 'accepted' THEN 'accepted'
            WHEN r.own = 1 AND r.no > :exported THEN 'signed'
            ELSE 'submitted'
        END AS state
    FROM enterprise e
    JOIN entity_state es ON es.kind = 'enterprise' AND es.entity = e.uscc
    LEFT JOIN draft d ON d.id = (
        SELECT id FROM draft WHERE uscc = e.uscc AND state = 'open' AND campaign = :campaign
        ORDER BY changed_time DESC, rowid DESC LIMIT 1)
    LEFT JOIN current_submission s ON s.entity = (
        SELECT entity FROM current_submission
        WHERE uscc = e.uscc AND campaign = :campaign AND round NOT LIKE 'recheck-%'
        ORDER BY at DESC, entity DESC LIMIT 1)
    LEFT JOIN score c ON c.record_no = s.record_no
    LEFT JOIN record r ON r.no = s.record_no
    LEFT JOIN entity_state ss ON ss.kind = 'submission' AND ss.entity = s.entity
    LEFT JOIN entity_state ast ON ast.kind = 'assignment' AND ast.entity = :campaign || '/' || e.uscc
    LEFT JOIN record a ON a.id = ast.current AND ast.withdrawn = 0
"""
_RANK = """
    CASE state WHEN 'returned' THEN 0 WHEN 'drafting' THEN 1 WHEN 'not_started' THEN 2 WHEN 'signed' THEN 3
        WHEN 'submitted' THEN 4 ELSE 5 END
"""
_NAMES = tuple(field.name for field in fields(EnterpriseItem))
_ITEM = ", ".join(_NAMES)
_CONFLICT, _STATE = _NAMES.index("conflict"), _NAMES.index("state")


def list_enterprises(
    store: Store, campaign: str, wanted: EnterpriseFilter = ALL, *, limit: int = -1, offset: int = 0
) -> list[EnterpriseItem]:
    """List enterprises: what was returned first, then what is due, then by code."""
    base, parameters = _filtered(store, campaign, wanted)
    rows = store.query(
        f"SELECT {_ITEM} FROM ({base}) ORDER BY {_RANK}, due IS NULL, due, uscc LIMIT :limit OFFSET :offset",  # noqa: S608
        parameters | {"limit": limit, "offset": offset},
    )
    return [_item(row) for row in rows]


def enterprise_item(store: Store, campaign: str, uscc: str) -> EnterpriseItem | None:
    """Give the line of one enterprise, to draw it anew."""
    base, parameters = _filtered(store, campaign, ALL)
    row = store.first(f"SELECT {_ITEM} FROM ({base} AND e.uscc = :uscc)", parameters | {"uscc": uscc})  # noqa: S608
    return None if row is None else _item(row)


@dataclass(frozen=True, slots=True)
class EnterpriseSummary:
    """Counts over a filter; `states` has every state, and its sum is `total`."""

    total: int
    states: dict[EnterpriseState, int]
    unassigned: int
    conflicts: int
    grade_3_up: int
    overdue: int


def summarise_enterprises(store: Store, campaign: str, today: str, wanted: EnterpriseFilter = ALL) -> EnterpriseSummary:
    """Count enterprises by state, and what needs somebody's eye; `today` is a date, `2024-07-01`."""
    base, parameters = _filtered(store, campaign, wanted)
    rows = store.query(
        "SELECT state, count(*), sum(liaison IS NULL), sum(conflict), coalesce(sum(grade >= 3), 0),"  # noqa: S608
        " coalesce(sum(due < :today AND state IN ('not_started', 'drafting', 'returned')), 0)"
        f" FROM ({base}) GROUP BY state",
        parameters | {"today": today},
    )
    counted = {EnterpriseState(row[0]): row[1] for row in rows}
    sums = [sum(column) for column in zip(*(row[1:] for row in rows), strict=True)] or [0] * 5
    return EnterpriseSummary(sums[0], {state: counted.get(state, 0) for state in EnterpriseState}, *sums[1:])


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far one county has come."""

    division: DivisionCode
    enterprises: int
    submitted: int
    accepted: int
    grade_3_up: int


def coverage_by_county(store: Store, campaign: str, wanted: EnterpriseFilter = ALL) -> list[Coverage]:
    """Count by county; levels above are sums of these."""
    base, parameters = _filtered(store, campaign, wanted)
    rows = store.query(
        "SELECT division, count(*), sum(submission IS NOT NULL), sum(state = 'accepted'),"  # noqa: S608
        f" coalesce(sum(grade >= 3), 0) FROM ({base}) GROUP BY division ORDER BY division",
        parameters,
    )
    return [Coverage(DivisionCode(row[0]), *row[1:]) for row in rows]


def _item(row: tuple[Any, ...]) -> EnterpriseItem:
    values = list(row)
    values[_CONFLICT] = bool(values[_CONFLICT])
    values[_STATE] = EnterpriseState(values[_STATE])
    return EnterpriseItem(*values)


def _filtered(store: Store, campaign: str, wanted: EnterpriseFilter) -> tuple[str, dict[str, Any]]:
    exported = store.first("SELECT value FROM setting WHERE name = ?", (Setting.EXPORTED,))
    parameters: dict[str, Any] = {"campaign": campaign, "exported": int(exported[0]) if exported else 0}
    inner: list[str] = []
    outer: list[str] = []
    for clause, values, derived in _clauses(wanted):
        (outer if derived else inner).append(clause)
        parameters |= values
    base = f"{_BASE} WHERE {' AND '.join(['1', *inner])}"
    if outer:
        base = f"SELECT * FROM ({base}) e WHERE {' AND '.join(outer)}"  # noqa: S608 only constants
    return base, parameters


def _clauses(wanted: EnterpriseFilter) -> Iterator[tuple[str, dict[str, Any], bool]]:
    """Give each condition with its values, and whether it is about a derived column."""
    for number, term in enumerate(like_terms(wanted.text)):
        yield rf"e.search LIKE :term{number} ESCAPE '\'", {f"term{number}": term}, False
    if wanted.scope is not None:
        yield "e.division GLOB :scope", {"scope": _glob(wanted.scope)}, False
    if wanted.states:
        names = {f"state{number}": state.value for number, state in enumerate(sorted(wanted.states))}
        yield f"state IN ({', '.join(':' + name for name in names)})", names, True
    if wanted.liaison is not None:
        yield "liaison = :liaison", {"liaison": wanted.liaison}, True
    if wanted.unassigned:
        yield "liaison IS NULL", {}, True
    if wanted.conflicts:
        yield "conflict", {}, True
    if wanted.grade_from is not None:
        yield "grade >= :grade_from", {"grade_from": wanted.grade_from}, True


def _glob(scope: DivisionCode) -> str:
    match level_of(scope):
        case Level.REGION:
            return scope[:2] + "*"
        case Level.CITY:
            return scope[:4] + "*"
        case Level.COUNTY:
            return scope
