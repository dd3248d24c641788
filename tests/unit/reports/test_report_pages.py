"""Dividing rows into pages: whole rows, headings with what they head, repeated heads, nothing lost."""

from dataclasses import replace

from zgsz_desktop.engine.reports.pages import paginate
from zgsz_desktop.engine.reports.typeset import Cell, Line, Row, Run


def line(text):
    return Line((Run(text, "ZGSZ Song", 0),), size=10, leading=10)


def a_row(text, height=20, **options):
    """A row of one cell with one line a character of `text`."""
    return Row((Cell(tuple(line(char) for char in text), 100),), height, padding=0, **options)


def texts(pages):
    return [
        ["".join(run.text for cell in placed.row.cells for text in cell.lines for run in text.runs) for placed in page]
        for page in pages
    ]


def test_rows_fill_a_page_and_go_on():
    assert texts(paginate([a_row(char) for char in "abcde"], 40)) == [["a", "b"], ["c", "d"], ["e"]]


def test_no_rows_no_pages():
    assert paginate([], 100) == ()


def test_a_gap_counts_but_not_at_the_top_of_a_page():
    rows = [a_row("a"), a_row("b", gap=5), a_row("c", gap=5)]
    assert [[placed.top for placed in page] for page in paginate(rows, 45)] == [[0, 25], [0]]


def test_a_heading_stays_with_what_it_heads():
    rows = [a_row("a"), a_row("H", keep_next=True), a_row("b")]
    assert texts(paginate(rows, 40)) == [["a"], ["H", "b"]]


def test_heads_are_repeated_where_a_table_goes_on():
    head = a_row("H", keep_next=True)
    rows = [head, *(a_row(char, heads=(head,)) for char in "abc")]
    assert texts(paginate(rows, 60)) == [["H", "a", "b"], ["H", "c"]]


def test_a_row_higher_than_a_page_is_divided_between_lines():
    head = a_row("H", height=10, keep_next=True)
    rows = [head, a_row("abcdefgh", height=80, heads=(head,)), a_row("z", height=10)]
    assert texts(paginate(rows, 40)) == [["H", "abc"], ["H", "def"], ["H", "gh", "z"]]


def test_what_cannot_be_divided_is_drawn_all_the_same():
    row = Row((Cell((replace(line("a"), leading=500),), 100),), 500, padding=0)
    assert texts(paginate([a_row("x"), row, a_row("y")], 100)) == [["x"], ["a"], ["y"]]


def test_rows_kept_together_beyond_a_page_still_come_out():
    rows = [a_row(char, keep_next=True) for char in "abcd"]
    assert texts(paginate(rows, 50)) == [["a", "b"], ["c", "d"]]
