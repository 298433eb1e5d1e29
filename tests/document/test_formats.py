import csv
import io
import json
import re
from html.parser import HTMLParser

import pytest

from purenet import NetworkError, trace_step
from tests.networks import INPUTS_2_3_2, TARGETS_2_3_2, example_2_3_2
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

MARKDOWN = """\
## Step 5. Outputs of layer K

Each neuron of K puts its net input through its activation function f: identity.

    y_k = f(x_k), f(x) = x

|        | formula   | numbers   | by hand   | full precision       |
|--------|-----------|-----------|-----------|----------------------|
| `y_k1` | `x_k1`    | `0.731`   | `= 0.731` | `0.7310585786300049` |
"""

LATEX = r"""\subsection*{Step 3. Outputs of layer J}

Each neuron of J puts its net input through its activation function f: sigmoid.

\[ y_{j} = f(x_{j}),\quad f(x) = 1 / (1 + e^{-x}) \]

\begin{tabular}{lllll}
\hline
            & formula                    & numbers                 & by hand         & full precision       \\
\hline
 $y_{j1}$ & $\frac{1}{1 + e^{-x_{j1}}}$ & $\frac{1}{1 + e^{-1.0}}$ & $\approx 0.731$ & $0.7310585786300049$ \\
 $y_{j2}$ & $\frac{1}{1 + e^{-x_{j2}}}$ & $\frac{1}{1 + e^{-1.0}}$ & $\approx 0.731$ & $0.7310585786300049$ \\
\hline
\end{tabular}
"""


def squeezed(text):
    return re.sub(" +", " ", text)


def test_a_wide_page_has_a_column_for_everything():
    assert trace_2x2x1().to("text", steps=[9], width=100) == WIDE


def test_a_narrower_page_stacks_the_columns():
    assert trace_2x2x1().to("text", steps=[9], width=67) == MEDIUM


def test_a_narrow_page_is_a_list():
    assert trace_2x2x1().to("text", steps=[8], width=40, ascii=True) == NARROW_ASCII


def test_markdown():
    assert trace_2x2x1().to("markdown", steps=[5]) == MARKDOWN


def test_latex():
    assert squeezed(trace_2x2x1().to("latex", steps=[3])) == squeezed(LATEX)


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


def test_ascii_is_ascii_in_every_format():
    for format in ("text", "markdown", "html", "json", "csv"):
        assert trace_2x2x1().to(format, ascii=True).isascii(), format


def test_digits_shorten_the_full_precision_and_leave_the_hand_alone():
    line = trace_2x2x1().to("text", steps=[9], digits=4).splitlines()[-1]
    assert line.split() == [
        "δ_j2",
        "y_j2·(1",
        "−",
        "y_j2)·(w_j2k1·δ_k1)",
        "0.731·(1",
        "−",
        "0.731)·(0.5·0.231)",
        "≈",
        "0.0227",
        "0.02271",
    ]


def test_without_rounding_numbers_are_shown_to_six_digits_and_values_in_full():
    line = trace_2_3_2().to("text", steps=[7], width=120).splitlines()[-2]
    assert "0.538717·(1 − 0.538717)·(0.538717 − 0.2)" in line
    assert line.endswith("0.08417162157637155")


def test_long_sums_are_elided_in_tables_and_whole_in_data():
    from purenet import Layer, Network, Neuron

    trace = trace_step(Network([Layer([Neuron([0.5] * 20)])]), [0.25] * 20, [1.0], 0.1)
    assert "w_i3j1·y_i3 + … + w_i19j1·y_i19" in " ".join(trace.to("markdown", steps=[2]).split())
    assert "…" not in trace.to("json", steps=[2])
    assert "…" not in trace.to("csv", steps=[2])


def test_json_holds_every_row():
    trace = trace_2x2x1()
    data = json.loads(trace.to("json"))
    assert (data["inputs"], data["targets"], data["learning_rate"]) == ([1.0, 1.0], [0.5], 0.01)
    assert [len(step["rows"]) for step in data["steps"]] == [len(step.rows) for step in trace.steps]
    assert data["steps"][8]["rows"][0] == {
        "symbol": "δ_j1",
        "formula": "y_j1·(1 − y_j1)·(w_j1k1·δ_k1)",
        "numbers": "0.731·(1 − 0.731)·(0.5·0.231)",
        "by_hand": "0.0227",
        "rounded": True,
        "value": 0.022714436918237105,
    }


def test_csv_holds_every_row():
    trace = trace_2x2x1()
    rows = list(csv.reader(io.StringIO(trace.to("csv"))))
    assert rows[0] == ["step", "title", "symbol", "formula", "numbers", "by_hand", "rounded", "value", "published"]
    assert len(rows) == 1 + sum(len(step.rows) for step in trace.steps)
    assert [
        "7",
        "Deltas of layer K",
        "δ_k1",
        "y_k1 − t_k1",
        "0.731 − 0.5",
        "0.231",
        "False",
        "0.2310585786300049",
        "",
    ] in rows


class Cells(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.texts = [], []

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)

    def handle_data(self, data):
        self.texts.append(data.strip())


def test_html_is_one_page_with_a_table_per_step_and_escapes_what_it_is_given():
    trace = trace_step(example_2_3_2(), INPUTS_2_3_2, TARGETS_2_3_2, 0.1, title="<script>alert(1)</script>")
    page = Cells()
    page.feed(trace.to("html"))
    assert page.tags.count("table") == len(trace.steps)
    assert page.tags.count("script") == 1  # its own
    assert "<script>alert(1)</script>" in page.texts
    assert "0.08417162157637155" in page.texts


def test_a_pipe_in_a_title_does_not_break_a_markdown_table():
    from purenet.document.table import Table

    table = Table(["name"], [["a|b"]], [(0,)], plain=["name"])
    assert table.markdown().splitlines()[-1] == "| a\\|b   |"


@pytest.mark.parametrize(
    "options, message",
    [
        ({"format": "pdf"}, "unknown format 'pdf': choose text, markdown, latex, html, json or csv"),
        ({"format": "text", "width": 19}, "the width must be at least 20 columns, not 19"),
        ({"format": "text", "digits": 0}, "the number of digits must be 1 to 17, not 0"),
        ({"format": "text", "digits": 18}, "the number of digits must be 1 to 17, not 18"),
        ({"format": "text", "steps": [15]}, "there is no step 15: the trace has steps 1 to 14"),
        ({"format": "csv", "steps": [0]}, "there is no step 0: the trace has steps 1 to 14"),
    ],
)
def test_wrong_options_are_named(options, message):
    with pytest.raises(NetworkError, match=message):
        trace_2x2x1().to(**options)


def test_latex_needs_no_package():
    from purenet import CrossEntropy, Layer, Network, Neuron, ReLU, SoftmaxLayer

    layers = [Layer([Neuron([0.5, -0.25], 0.1, ReLU())]), SoftmaxLayer([Neuron([0.5]), Neuron([-0.5])])]
    text = trace_step(Network(layers, CrossEntropy()), [1.0, 0.5], [0.0, 1.0], 0.1).to("latex")
    commands = set(re.findall(r"\\([a-zA-Z]+)", text + trace_2x2x1().to("latex")))
    assert commands <= {
        "approx", "begin", "cdot", "delta", "dots", "end", "eta", "exp", "frac", "hline", "left", "ln", "mbox", "nabla",
        "partial", "quad", "right", "section", "subsection", "sum", "tanh", "to",
    }  # fmt: skip  # all of them are LaTeX's own, none amsmath's
