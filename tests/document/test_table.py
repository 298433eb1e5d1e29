import re

import pytest

from purenet.document.table import Table
from tests.trace.test_record import trace_2_3_2, trace_2x2x1

WIDE = """\
Step 9. Deltas of layer J
A neuron of J shares the blame of every neuron it feeds: add up the deltas of K, each times the
connecting weight, and multiply by the neuron's own slope.
    δ_j = f′(x_j)·Σ_k w_jk·δ_k, f′(x) = y·(1 − y)

      formula                        numbers                        by hand    full precision
----  -----------------------------  -----------------------------  ---------  --------------------
δ_j1  y_j1·(1 − y_j1)·(w_j1k1·δ_k1)  0.731·(1 − 0.731)·(0.5·0.231)  ≈ 0.0227   0.022714436918237105
δ_j2  y_j2·(1 − y_j2)·(w_j2k1·δ_k1)  0.731·(1 − 0.731)·(0.5·0.231)  ≈ 0.0227   0.022714436918237105
"""

MEDIUM = """\
Step 9. Deltas of layer J
A neuron of J shares the blame of every neuron it feeds: add up the
deltas of K, each times the connecting weight, and multiply by the
neuron's own slope.
    δ_j = f′(x_j)·Σ_k w_jk·δ_k, f′(x) = y·(1 − y)

┌──────┬───────────────────────────────┬────────────────────────┐
│      │ formula                       │ by hand                │
│      │ numbers                       │ full precision         │
├──────┼───────────────────────────────┼────────────────────────┤
│ δ_j1 │ y_j1·(1 − y_j1)·(w_j1k1·δ_k1) │ ≈ 0.0227               │
│      │ 0.731·(1 − 0.731)·(0.5·0.231) │   0.022714436918237105 │
├──────┼───────────────────────────────┼────────────────────────┤
│ δ_j2 │ y_j2·(1 − y_j2)·(w_j2k1·δ_k1) │ ≈ 0.0227               │
│      │ 0.731·(1 − 0.731)·(0.5·0.231) │   0.022714436918237105 │
└──────┴───────────────────────────────┴────────────────────────┘
"""

NARROW_ASCII = """\
Step 8. Gradients of the weights from J
to K
How fast the loss changes with a weight:
the delta of the neuron it leads to,
times the number that came in through
it.
    grad_w_jk = delta_k*y_j

grad_w_j1k1
  formula: delta_k1*y_j1
  numbers: 0.231*0.731
  by hand: = 0.168861
  full precision: 0.1689173560735206
grad_w_j2k1
  formula: delta_k1*y_j2
  numbers: 0.231*0.731
  by hand: = 0.168861
  full precision: 0.1689173560735206
"""


def test_a_wide_page_has_a_column_for_everything():
    assert trace_2x2x1().to("text", steps=[9], width=100) == WIDE


def test_a_narrower_page_stacks_the_columns():
    assert trace_2x2x1().to("text", steps=[9], width=67) == MEDIUM


def test_a_narrow_page_is_a_list():
    assert trace_2x2x1().to("text", steps=[8], width=40, ascii=True) == NARROW_ASCII


@pytest.mark.parametrize("width", [20, 33, 59, 60, 79, 80, 99, 100, 140])
@pytest.mark.parametrize("ascii", [False, True])
def test_no_line_is_wider_than_the_page_and_nothing_is_lost(width, ascii):
    for trace in (trace_2x2x1(), trace_2_3_2()):
        text = trace.to("text", width=width, ascii=ascii)
        assert max(map(len, text.splitlines())) <= width
        letters = re.sub(r"[\s│]", "", text)
        for step in trace.steps:
            for row in step.rows:
                value = str(row.value).lstrip("-")
                assert value in letters or width < 30


def test_a_pipe_in_a_title_does_not_break_a_markdown_table():
    table = Table(["name"], [["a|b"]], [(0,)], plain=["name"])
    assert table.markdown().splitlines()[-1] == "| a\\|b   |"


def test_a_table_in_html_is_escaped_but_for_formulas_in_tags():
    table = Table(["a<b", "formula"], [["<script>", "<i>x</i>"]], [(0,), (1,)], tex=["formula"])
    assert "<script>" not in table.html() and "&lt;script&gt;" in table.html() and "a&lt;b" in table.html()
    assert "<i>x</i>" in table.html()


def column(text, header):
    """Return the lines of a table below the rule, from the place where a header begins."""
    lines = text.splitlines()
    top = next(n for n, line in enumerate(lines) if header in line)
    return [line[lines[top].index(header) :] for line in lines[top + 2 :]]


NUMBERS = ["= 0.25", "≈ −12.5", "= 1.2e-05", "= −3.0e300", "", "≈ 7.0"]


def test_the_points_of_numbers_are_in_one_line_whatever_their_signs_and_exponents():
    table = Table(["", "by hand"], [[str(n), number] for n, number in enumerate(NUMBERS)], [(0,), (1,)])
    assert column(table.text(100), "by hand") == ["=   0.25", "≈ −12.5", "=   1.2e-05", "=  −3.0e300", "", "≈   7.0"]


def test_numbers_that_share_a_column_have_their_points_in_one_line():
    table = Table(["", "by hand", "value"], [["x", "≈ 0.5", "−0.4821"], ["y", "= 10.0", "10.0"]], [(0,), (1, 2)])
    assert [line[7:17].rstrip() for line in table.text(80).splitlines() if line[2] in " xy"] == [
        "by hand",
        "value",
        "≈  0.5",
        "  −0.4821",
        "= 10.0",
        "  10.0",
    ]


def test_whole_numbers_end_in_one_place_and_percentages_too():
    rows = [["1", "9.5 %", "1,000"], ["20", "100.0 %", "7"]]
    lines = Table(["epoch", "share", "count"], rows, [(0,), (1,), (2,)]).text(100).splitlines()
    assert lines[2:] == [" 1         9.5 %  1,000", "20       100.0 %      7"]


@pytest.mark.parametrize("cells", [["0.5", "none"], ["1, 2", "10, 20"], ["2-2-1", "10-2"], ["j1", "j10"]])
def test_a_column_that_holds_more_than_numbers_stays_flush_left(cells):
    text = Table(["a", "b"], [["", cell] for cell in cells], [(0,), (1,)]).text(100)
    assert column(text, "b") == cells


@pytest.mark.parametrize("width", [50, 80, 100, 140])
@pytest.mark.parametrize("ascii", [False, True])
def test_codes_of_colours_change_no_width_and_no_letter(width, ascii):
    page = trace_2_3_2().to("text", width=width, ascii=ascii)
    assert max(map(len, page.splitlines())) <= width
    assert re.sub("\x1b\\[[0-9]+m", "", page.coloured) == page
    assert page.coloured.count("\x1b[0m") > 100  # each line of a cell has its own codes
    assert all(line.count("\x1b[0m") * 2 == line.count("\x1b[") for line in page.coloured.splitlines())


def test_a_hat_takes_no_column_whatever_tabulate_thinks_of_it():
    table = Table(["", "value"], [["m_j1", "0.5"], ["m̂_j1", "0.25"]], [(0,), (1,)])
    for width in (100, 60):
        lines = [line.replace("\u0302", "") for line in table.text(width).splitlines()]
        assert len({line.index("0.") for line in lines if "0." in line}) == 1
        assert len({len(line) for line in lines if "│" in line or "─" in line}) <= 1
