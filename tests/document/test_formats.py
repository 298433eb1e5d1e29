import re
from decimal import Decimal
from fractions import Fraction

from purenet import trace_step
from purenet.document.formats import Section, to_json, write
from tests.trace.test_record import trace_2x2x1

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


def test_markdown():
    assert trace_2x2x1().to("markdown", steps=[5]) == MARKDOWN


def test_latex():
    assert squeezed(trace_2x2x1().to("latex", steps=[3])) == squeezed(LATEX)


def test_ascii_is_ascii_in_every_format():
    for format in ("text", "markdown", "html", "json", "csv"):
        assert trace_2x2x1().to(format, ascii=True).isascii(), format


def test_latex_needs_no_package():
    from purenet import CrossEntropy, Layer, Network, Neuron, ReLU, SoftmaxLayer

    layers = [Layer([Neuron([0.5, -0.25], 0.1, ReLU())]), SoftmaxLayer([Neuron([0.5]), Neuron([-0.5])])]
    text = trace_step(Network(layers, CrossEntropy()), [1.0, 0.5], [0.0, 1.0], 0.1).to("latex")
    commands = set(re.findall(r"\\([a-zA-Z]+)", text + trace_2x2x1().to("latex")))
    assert commands <= {
        "approx", "begin", "cdot", "delta", "dots", "end", "eta", "exp", "frac", "hline", "left", "ln", "mbox", "nabla",
        "partial", "quad", "right", "section", "subsection", "sum", "tanh", "to",
    }  # fmt: skip  # all of them are LaTeX's own, none amsmath's


def test_a_number_that_json_does_not_have_is_written_as_text():
    data = {"third": Fraction(1, 3), "exact": Decimal("0.10"), "loss": float("inf"), "δ": [0.5, None]}
    assert to_json(data) == '{"third": "1/3", "exact": "0.10", "loss": "Infinity", "δ": [0.5, null]}\n'
    assert to_json({"δ": 1}, ascii=True) == '{"\\u03b4": 1}\n'


def test_sentences_are_not_broken_at_hyphens():
    text = write([Section("Title", ["The mistake update-sign-flipped-of-all-biases."])], "text", width=40)
    assert "update-sign-flipped-of-all-biases." in text.splitlines()
