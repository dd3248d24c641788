"""The fold equals the definitions, read literally and computed without any regard to speed.

The reference below was written from the text of records-and-merge.md 3, sentence by sentence, and shares nothing
with the program but the values and `covers`.
"""

from hypothesis import given, settings

from support.record_strategies import History, histories
from zgsz_desktop.engine.model import Role, covers
from zgsz_desktop.engine.records.fold import EntityState, Fact, fold_all

KNOWN = {"submission", "review", "assignment", "enterprise"}
LEVELS = ["county", "city", "region"]


class Definitions:
    """Section 3, one method a sentence."""

    def __init__(self, history: History) -> None:
        self.facts = history.facts
        self.revocations = history.revoked

    def of(self, kind: str, entity: str) -> list[Fact]:
        return [f for f in self.facts if f.kind == kind and f.entity == entity]

    def author_is_revoked(self, x: Fact) -> bool:
        verdict = self.revocations.get(x.author)
        if verdict is None:
            return False
        return not (verdict.good_order and x.at < verdict.date)

    def review_counts(self, r: Fact) -> bool:
        subjects = [s for s in self.facts if s.kind == "submission" and s.id == r.entity.split("/")[0]]
        return all(s.division == r.division for s in subjects)

    def is_effective(self, x: Fact) -> bool:
        if not x.well_formed or x.kind not in KNOWN:
            return False
        if x.kind == "review" and not self.review_counts(x):
            return False
        if not self.author_is_revoked(x):
            return True
        return x.kind == "submission" and any(self.vouches(x, level) for level in LEVELS)

    def vouches(self, x: Fact, level: str) -> bool:
        heads = self.heads("review", f"{x.id}/{level}")
        return len(heads) == 1 and heads[0].gist == "accept"

    def counts(self, x: Fact, y: Fact) -> bool:
        if y.id not in x.supersedes or (x.kind, x.entity) != (y.kind, y.entity) or not covers(x.scope, y.division):
            return False
        if x.holder == y.holder or Role.CLERK in {x.role, y.role}:
            return True
        if x.kind != "submission":
            return False
        campaign, uscc, _ = x.entity.split("/")
        assignment = self.current("assignment", f"{campaign}/{uscc}")
        return assignment is not None and assignment.gist == x.holder

    def are_one(self, a: Fact, b: Fact) -> bool:
        return all(getattr(a, n) == getattr(b, n) for n in ("kind", "entity", "division", "supersedes", "content"))

    def twins(self, x: Fact) -> list[Fact]:
        return [f for f in self.facts if self.are_one(f, x)]

    def named(self, x: Fact) -> list[Fact]:
        return [y for y in self.of(x.kind, x.entity) if self.counts(x, y)]

    def supersedes(self, x: Fact, y: Fact) -> bool:
        return self.is_effective(x) and self.path(x, y)

    def path(self, x: Fact, y: Fact) -> bool:
        return any(
            self.are_one(middle, y) or any(self.path(twin, y) for twin in self.twins(middle))
            for middle in self.named(x)
        )

    def heads(self, kind: str, entity: str) -> list[Fact]:
        candidates = [f for f in self.of(kind, entity) if self.is_effective(f)]
        alone = [y for y in candidates if not any(self.supersedes(x, y) for x in self.of(kind, entity))]
        return [y for y in alone if y.id == min(t.id for t in alone if self.are_one(t, y))]

    def depth(self, x: Fact) -> int:
        return 1 + max((self.depth(y) for twin in self.twins(x) for y in self.named(twin)), default=0)

    def current(self, kind: str, entity: str) -> Fact | None:
        heads = self.heads(kind, entity)
        return max(heads, key=lambda h: (self.depth(h), h.at, h.id), default=None)

    def review_of(self, x: Fact) -> tuple[str, str | None]:
        said = {}
        for level in LEVELS:
            reviews = [self.current("review", f"{twin.id}/{level}") for twin in self.twins(x)]
            said[level] = {r.gist for r in reviews if r is not None and not r.withdrawn}
        for decision, word in (("return", "returned"), ("accept", "accepted")):
            levels = [level for level in LEVELS if decision in said[level]]
            if levels:
                return word, levels[-1]
        return "submitted", None

    def state(self, kind: str, entity: str) -> EntityState:
        heads, current = self.heads(kind, entity), self.current(kind, entity)
        withdrawn = current is not None and current.withdrawn
        review, level = (None, None)
        if kind == "submission" and current is not None and not withdrawn:
            review, level = self.review_of(current)
        ids = tuple(sorted(h.id for h in heads))
        return EntityState(kind, entity, ids, current and current.id, len(heads) > 1, withdrawn, review, level)


@settings(max_examples=1000, deadline=None)
@given(histories())
def test_fold_equals_the_definitions(history: History):
    definitions = Definitions(history)
    entities = {(f.kind, f.entity) for f in history.facts if f.kind in KNOWN}
    assert fold_all(history.facts, history.revoked) == {key: definitions.state(*key) for key in entities}
