"""What must be derived again when a record is new, is taken away, or its author's revocation changes.

Typed values instead of look-ups: the store resolves them with its indexes. For a newly revoked author, take the union
over all records of that author.

    any record        its own entity
    review            the submission that it names: its review state, and whether it stands
    assignment        the submissions of that enterprise and campaign: which edges count
    submission        reviews that name it: they count only in its division
    enterprise        the submissions of that enterprise: their flags (`division_mismatch`), not their state
"""

from zgsz_desktop.engine.model import RecordId, Uscc
from zgsz_desktop.engine.records.facts import Below, Exactly, Fact, OfEnterprise, OfRecord, Touched
from zgsz_desktop.engine.records.kinds import is_known


def touched(new: Fact) -> set[Touched]:
    """Give what a record can change; nothing for an unknown kind, which has no effect."""
    if not is_known(new.kind):
        return set()
    own = Exactly(new.kind, new.entity)
    match new.kind:
        case "review":
            return {own, OfRecord(RecordId(new.entity.partition("/")[0]))}
        case "assignment":
            return {own, Below("submission", new.entity + "/")}
        case "submission":
            return {own, Below("review", new.id + "/"), Below("expert_review", new.id + "/")}
        case "enterprise":
            return {own, OfEnterprise(Uscc(new.entity))}
        case _:
            return {own}
