"""Flags: what a bureau should look at, derived from records like the state, but in no digest.

`missing_ancestor`, `not_assigned` and `division_mismatch` follow from facts alone and are derived here.
`score_mismatch` and `indicator_set_missing` need an indicator set and are derived where scores are.
"""

from enum import StrEnum

from zgsz_desktop.engine.model import Role
from zgsz_desktop.engine.records.facts import EntityState, Fact, Facts
from zgsz_desktop.engine.records.fold import assigned_liaison, current_fact


class Flag(StrEnum):
    """Everything that may be said beside a current version."""

    NOT_ASSIGNED = "not_assigned"
    DIVISION_MISMATCH = "division_mismatch"
    SCORE_MISMATCH = "score_mismatch"
    INDICATOR_SET_MISSING = "indicator_set_missing"
    MISSING_ANCESTOR = "missing_ancestor"


def flags_of(facts: Facts, state: EntityState) -> frozenset[Flag]:
    """Give the flags of an entity that follow from facts alone."""
    flags = set()
    if _has_missing_ancestor(facts, state):
        flags.add(Flag.MISSING_ANCESTOR)
    current = None if state.current is None else facts.of_id(state.current)
    if state.kind == "submission" and current is not None:
        if _is_by_another_liaison(facts, current):
            flags.add(Flag.NOT_ASSIGNED)
        if _is_elsewhere(facts, current):
            flags.add(Flag.DIVISION_MISMATCH)
    return frozenset(flags)


def _has_missing_ancestor(facts: Facts, state: EntityState) -> bool:
    records = facts.of_entity(state.kind, state.entity)
    here = {fact.id for fact in records}
    return any(name not in here for fact in records for name in fact.supersedes)


def _is_by_another_liaison(facts: Facts, submission: Fact) -> bool:
    # Without an assignment nobody is the wrong one; a clerk's correction is not the liaison's business.
    assigned = assigned_liaison(facts, submission.entity)
    return submission.role is Role.LIAISON and assigned is not None and assigned != submission.holder


def _is_elsewhere(facts: Facts, submission: Fact) -> bool:
    uscc = submission.entity.split("/")[1]
    enterprise = current_fact(facts, "enterprise", uscc)
    return enterprise is not None and enterprise.division != submission.division
