"""Keys and order of options on the answering page, on the shipped questions."""

import pytest

from zgsz_desktop import paths
from zgsz_desktop.engine.indicators.shipped import shipped_sets
from zgsz_desktop.ui.pages.answering.keys import choice_for, choices_of, missing, toggle
from zgsz_desktop.ui.pages.answering.outline import Filter, build_outline


@pytest.fixture(scope="module")
def indicator_set():
    return shipped_sets(paths.resources_folder())["gx-zgsz", "0.1"]


def test_a_ladder_begins_with_zero_and_its_keys_are_its_levels(indicator_set):
    choices = choices_of(indicator_set.question("sme.s06"))
    assert [choice.cap for choice in choices] == ["0", "1", "2", "3", "4"]
    assert [choice.level for choice in choices] == ["", "1 级", "2 级", "3 级", "4 级"]


def test_a_list_ends_with_none_of_these(indicator_set):
    choices = choices_of(indicator_set.question("sme.q06"))
    assert [(choice.option.key, choice.cap) for choice in choices] == [
        ("B", "1"), ("C", "2"), ("D", "3"), ("E", "4"), ("A", "0"),
    ]  # fmt: skip
    assert choices[-1].words == "以上都没有"


def test_fourteen_options_are_reached_with_shift(indicator_set):
    choices = choices_of(indicator_set.question("sme.q04"))
    assert choice_for(choices, 5, shift=True).option.key == "O"
    assert choice_for(choices, 9, shift=False).option.key == "J"
    assert choice_for(choices, 0, shift=False).option.key == "A"
    assert choice_for(choices, 6, shift=True) is None


def test_none_of_these_stands_alone(indicator_set):
    question = indicator_set.question("sme.q06")
    assert toggle(question, ("B", "C"), "A") == ["A"]
    assert toggle(question, ("A",), "C") == ["C"]
    assert toggle(question, ("B", "C"), "B") == ["C"]


def test_an_option_waits_for_what_it_requires(indicator_set):
    question = indicator_set.question("sme.q01")
    assert [option.key for option in missing(question, ("B",), "E")] == ["C", "D"]
    assert toggle(question, ("B",), "E") == ["B"]
    assert toggle(question, ("B", "C", "D"), "E") == ["B", "C", "D", "E"]
    assert toggle(question, ("B", "C", "D", "E"), "C") == ["B", "D"]


def test_single_choice_replaces_and_takes_back(indicator_set):
    question = indicator_set.question("sme.q05")
    assert toggle(question, ("B",), "C") == ["C"]
    assert toggle(question, ("C",), "C") == []


def outline_of(indicator_set, answers):
    return build_outline(indicator_set, answers, lambda _: True, lambda question: question in answers)


def test_enter_goes_to_the_next_open_question_and_round(indicator_set):
    ids = [question.id for question in indicator_set.questions]
    outline = outline_of(indicator_set, {key: {} for key in ids[2:]})
    order = [item.question.id for item in outline.items]
    assert outline.next_open(order[0]) in ids[:2]
    assert outline_of(indicator_set, {key: {} for key in ids}).next_open(ids[0]) is None


def test_the_arrows_keep_to_the_filter_and_stop_at_the_ends(indicator_set):
    first, last = indicator_set.questions[0].id, indicator_set.questions[-1].id
    outline = outline_of(indicator_set, {last: {"doubtful": True}})
    order = [item.question.id for item in outline.items]
    assert outline.step(order[0], 1, Filter.ALL) == order[1]
    assert outline.step(first, 1, Filter.DOUBTFUL) == last
    assert outline.step(order[0], -1, Filter.ALL) == order[0]
    assert outline.total == len(indicator_set.questions)
    assert (outline.done, outline.doubtful) == (1, 1)
