"""The short way to the state of an entity is the fold's, on random histories."""

from hypothesis import given, settings

from support.record_strategies import History, histories
from zgsz_desktop.engine.derive import state_of
from zgsz_desktop.engine.records.fold import FactTable, fold_entity


@settings(max_examples=400, deadline=None)
@given(history=histories())
def test_the_short_way_equals_the_fold(history: History):
    table = FactTable(history.facts, history.revoked)
    for key in table.entities():
        assert state_of(table, *key) == fold_entity(table, *key)


@settings(max_examples=400, deadline=None)
@given(history=histories(max_size=3))
def test_the_short_way_equals_the_fold_where_records_are_few(history: History):
    for kept in range(len(history.facts) + 1):
        table = FactTable(history.facts[kept:], history.revoked)
        for key in table.entities():
            assert state_of(table, *key) == fold_entity(table, *key)
