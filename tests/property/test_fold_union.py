"""The laws of the union: the state depends on the set of records and revocations, never on how they came.

Order, repetition, partition into packages, derivation bit by bit (only what `touched` names), taking records away
again (undo), revocations early and late: always the same states and the same digest.
"""

from collections.abc import Iterable, Iterator
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from support.record_strategies import History, histories
from zgsz_desktop.engine.model import KeyId, RecordId
from zgsz_desktop.engine.records.flags import Flag, flags_of
from zgsz_desktop.engine.records.fold import (
    Below,
    EntityState,
    Exactly,
    Fact,
    FactTable,
    OfEnterprise,
    OfRecord,
    Revoked,
    Touched,
    digest_of,
    fold_all,
    fold_entity,
    state_line,
    touched,
)


def digest(states: Iterable[EntityState]) -> str:
    return digest_of(state_line(state) for state in states)


class Bureau:
    """A workspace in memory that derives only what is touched, as the store does."""

    def __init__(self) -> None:
        self.facts: dict[RecordId, Fact] = {}
        self.revoked: dict[KeyId, Revoked] = {}
        self.states: dict[tuple[str, str], EntityState] = {}
        self.flags: dict[tuple[str, str], frozenset[Flag]] = {}

    def receive(self, facts: Iterable[Fact], revoked: dict[KeyId, Revoked]) -> None:
        new = [fact for fact in facts if fact.id not in self.facts]
        self.facts |= {fact.id: fact for fact in new}
        authors = {key for key, verdict in revoked.items() if self.revoked.get(key) != verdict}
        self.revoked |= revoked
        self.derive([*new, *(fact for fact in self.facts.values() if fact.author in authors)])

    def undo(self, facts: Iterable[Fact]) -> None:
        gone = [self.facts.pop(fact.id) for fact in facts if fact.id in self.facts]
        self.derive(gone)

    def derive(self, changed: Iterable[Fact]) -> None:
        table = FactTable(self.facts.values(), self.revoked)
        for key in {key for fact in changed for value in touched(fact) for key in self.resolve(value)}:
            self.states[key] = state = fold_entity(table, *key)
            self.flags[key] = flags_of(table, state)
            if not table.of_entity(*key):
                del self.states[key], self.flags[key]

    def resolve(self, value: Touched) -> Iterator[tuple[str, str]]:
        here = [(fact.kind, fact.entity) for fact in self.facts.values()]
        match value:
            case Exactly(kind, entity):
                yield kind, entity
            case Below(kind, prefix):
                yield from (key for key in here if key[0] == kind and key[1].startswith(prefix))
            case OfRecord(record):
                named = self.facts.get(record)
                if named is not None and named.kind == "submission":
                    yield "submission", named.entity
            case OfEnterprise(uscc):
                yield from (key for key in here if key[0] == "submission" and key[1].split("/")[1] == uscc)


def whole(history: History) -> dict[tuple[str, str], EntityState]:
    return fold_all(history.facts, history.revoked)


@settings(max_examples=300, deadline=None)
@given(histories(max_size=12), st.data())
def test_any_order_with_repetitions(history: History, data: st.DataObject):
    order = data.draw(st.permutations(history.facts + history.facts[: len(history.facts) // 2]))
    assert fold_all(order, history.revoked) == whole(history)


@settings(max_examples=40, deadline=None)
@given(histories(max_size=5))
def test_all_orders_of_a_few(history: History):
    """Up to 120 orders each."""
    digests = {digest(fold_all(order, history.revoked).values()) for order in permutations(history.facts)}
    assert digests == {digest(whole(history).values())}


@settings(max_examples=400, deadline=None)
@given(histories(max_size=12), st.data())
def test_any_packages_by_any_route_derived_bit_by_bit(history: History, data: st.DataObject):
    bureau = Bureau()
    packages = data.draw(st.lists(st.sets(st.sampled_from(history.facts)), max_size=4))
    moment = data.draw(st.integers(0, len(packages)))
    for number, package in enumerate([*packages, set(history.facts)]):
        bureau.receive(
            data.draw(st.permutations(sorted(package, key=lambda fact: fact.id))),
            history.revoked if number == moment else {},
        )
    assert bureau.states == whole(history)
    assert digest(bureau.states.values()) == digest(whole(history).values())


@settings(max_examples=200, deadline=None)
@given(histories(max_size=12))
def test_flags_derived_bit_by_bit(history: History):
    bureau = Bureau()
    for fact in history.facts:
        bureau.receive([fact], {})
    bureau.receive([], history.revoked)
    table = FactTable(history.facts, history.revoked)
    assert bureau.flags == {key: flags_of(table, state) for key, state in whole(history).items()}


@settings(max_examples=200, deadline=None)
@given(histories(max_size=12), st.data())
def test_intermediate_bureaus_lose_nothing(history: History, data: st.DataObject):
    """County → city → region, and straight to the region, in whatever mixture."""
    counties = [Bureau(), Bureau(), Bureau()]
    for fact in history.facts:
        for county in data.draw(st.sets(st.integers(0, 2), min_size=1)):
            counties[county].receive([fact], {})
    counties[0].receive([], history.revoked)
    city, region = Bureau(), Bureau()
    for below, above in (
        (counties[1], region),
        (counties[0], city),
        (counties[1], city),
        (city, region),
        (counties[2], region),
    ):
        above.receive(below.facts.values(), below.revoked)
    assert digest(region.states.values()) == digest(whole(history).values())


@settings(max_examples=200, deadline=None)
@given(histories(max_size=12), st.data())
def test_revocation_early_or_late(history: History, data: st.DataObject):
    early, late = Bureau(), Bureau()
    early.receive([], history.revoked)
    early.receive(history.facts, {})
    for fact in data.draw(st.permutations(history.facts)):
        late.receive([fact], {})
    late.receive([], history.revoked)
    assert early.states == late.states == whole(history)


@settings(max_examples=200, deadline=None)
@given(histories(max_size=12), st.data())
def test_undo_leaves_what_was_there_without(history: History, data: st.DataObject):
    gone = data.draw(st.sets(st.sampled_from(history.facts)))
    bureau = Bureau()
    bureau.receive(history.facts, history.revoked)
    bureau.undo(gone)
    assert bureau.states == fold_all([fact for fact in history.facts if fact not in gone], history.revoked)


@settings(max_examples=300, deadline=None)
@given(histories(max_size=12))
def test_bounds_of_every_state(history: History):
    by_id = {fact.id: fact for fact in history.facts}
    for (kind, entity), state in whole(history).items():
        assert list(state.heads) == sorted(set(state.heads))
        assert all((by_id[head].kind, by_id[head].entity) == (kind, entity) for head in state.heads)
        assert all(by_id[head].well_formed for head in state.heads)
        assert state.conflict == (len(state.heads) > 1)
        assert (state.current in state.heads) == bool(state.heads)
