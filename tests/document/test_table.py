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

┌──────┬───────────────────────────────┬──────────────────────┐
│      │ formula                       │ by hand              │
│      │ numbers                       │ full precision       │
├──────┼───────────────────────────────┼──────────────────────┤
│ δ_j1 │ y_j1·(1 − y_j1)·(w_j1k1·δ_k1) │ ≈ 0.0227             │
│      │ 0.731·(1 − 0.731)·(0.5·0.231) │ 0.022714436918237105 │
├──────┼───────────────────────────────┼──────────────────────┤
│ δ_j2 │ y_j2·(1 − y_j2)·(w_j2k1·δ_k1) │ ≈ 0.0227             │
│      │ 0.731·(1 − 0.731)·(0.5·0.231) │ 0.022714436918237105 │
└──────┴───────────────────────────────┴──────────────────────┘
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
