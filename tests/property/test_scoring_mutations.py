"""Whatever is done to a set, an answer file or an answer: it is read, or refused with an error of the catalogue."""

from copy import deepcopy
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from support.indicator_strategies import worlds
from zgsz_desktop.engine import canonical
from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.indicators.loader import from_body, from_yaml
from zgsz_desktop.engine.indicators.shipped import shipped_sets
from zgsz_desktop.engine.scoring.checks import firing_checks
from zgsz_desktop.engine.scoring.improve import improvements
from zgsz_desktop.engine.scoring.result import score
from zgsz_desktop.engine.scoring.score_file import score_file
from zgsz_desktop.engine.scoring.strengths import sides
from zgsz_desktop.paths import resources_folder

RELAXED = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
SHIPPED = shipped_sets(resources_folder())["gx-zgsz", "0.1"]
SOURCE = (resources_folder() / "indicator_sets" / "gx-zgsz@0.1.yaml").read_bytes()
HEAD = SOURCE[: SOURCE.index(b'  - id: "sme.q03"')]

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.decimals(),
    st.just("\ud800"),
    st.binary(),
)
junk = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.one_of(st.text(max_size=6), st.integers()), inner, max_size=3),
        st.sampled_from(["all", "not", "count", "answer", "in"]).flatmap(lambda word: inner.map(lambda v: {word: v})),
    ),
    max_leaves=6,
)


def places(value: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for key, item in items for found in ((*above, key), *places(item, (*above, key)))]


def mutated(data: st.DataObject, body: dict[str, Any]) -> dict[str, Any]:
    body = deepcopy(body)
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(places(body) or [()]))
        if not path:
            break
        target: Any = body
        for step in path[:-1]:
            target = target[step]
        if data.draw(st.booleans()):
            del target[path[-1]]
        else:
            target[path[-1]] = data.draw(junk)
    return body


@RELAXED
@given(worlds(), st.data())
def test_a_mutated_set_loads_or_is_refused_with_findings(world, data):
    body = mutated(data, world.body)
    try:
        loaded = from_body(body)
    except UserError as error:
        assert error.code == "indicators.invalid"
        assert error.context["findings"]
        assert error.message
        assert error.remedy
    else:
        assert canonical.sha256_hex(loaded.body) == loaded.sha256
        assert from_body(loaded.body) == loaded


@RELAXED
@given(st.data())
def test_the_mutated_shipped_set_too(data):
    try:
        from_body(mutated(data, SHIPPED.body))
    except UserError as error:
        assert error.code == "indicators.invalid"


@RELAXED
@given(st.binary(max_size=12), st.integers(0, len(HEAD)), st.integers(0, 40))
@example(b"\x00", 3, 0)
@example(b"!!timestamp ", 600, 2)
@example(b"&a [*a]", 700, 1)
def test_yaml_with_foreign_bytes_is_refused_in_the_catalogues_words(new, at, gone):
    try:
        from_yaml(HEAD[:at] + new + HEAD[at + gone :], "体系.yaml")
    except UserError as error:
        assert error.code in ("indicators.invalid", "indicators.unreadable")
        assert error.message


@RELAXED
@given(junk, junk)
def test_any_profile_and_answers_are_scored_or_refused(profile, answers):
    for call in (score, firing_checks, improvements, sides):
        try:
            call(SHIPPED, profile, answers)
        except UserError as error:
            assert error.code.startswith("answer.")
            assert error.message


@RELAXED
@given(worlds(), st.data())
def test_mutated_answers_are_scored_or_refused(world, data):
    answers = mutated(data, world.answers)
    try:
        result = score(from_body(world.body), world.profile, answers)
    except UserError as error:
        assert error.code.startswith("answer.")
        assert error.message
    else:
        canonical.encode(result.to_json())


@RELAXED
@given(st.binary(max_size=30), st.integers(0, 60))
def test_answer_files_are_scored_or_refused(new, at):
    whole = b'{"profile": {"employees": 30}, "answers": {"sme.q05": {"choice": ["B"]}}}'
    try:
        score_file(whole[:at] + new + whole[at:], SHIPPED)
    except UserError as error:
        assert error.code.startswith(("answer.", "score_file."))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(worlds())
def test_improvements_reach_what_they_promise(world):
    indicator_set = from_body(world.body)
    found = improvements(indicator_set, world.profile, world.answers)
    assert found is not None
    if found.reachable:
        better = {change.question: {"choice": list(change.after)} for change in found.changes}
        result = score(indicator_set, world.profile, world.answers | better).frameworks["f"]
        assert found.target is not None
        assert (result.grade or 0) >= found.target
        assert result.total == found.total_after
