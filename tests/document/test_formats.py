import re
import shutil
import subprocess
from decimal import Decimal
from fractions import Fraction

import pytest

from purenet import NetworkError, trace_case, trace_step
from purenet.arithmetic.notation import LATEX as LATEX_NOTATION
from purenet.cases import load_case
from purenet.document.formats import Section, to_json, write, write_together
from tests.trace.test_record import trace_2x2x1

MARKDOWN = r"""## Step 5. Outputs of layer K

Each neuron of K puts its net input through its activation function f: identity.

$$y_{k} = f(x_{k}),\quad f(x) = x$$

|          | formula   | numbers   | by hand   | full precision       |
|----------|-----------|-----------|-----------|----------------------|
| $y_{k1}$ | $x_{k1}$  | $0.731$   | `= 0.731` | `0.7310585786300049` |
"""

MARKDOWN_IN_ASCII = """\
## Step 5. Outputs of layer K

Each neuron of K puts its net input through its activation function f: identity.

    y_k = f(x_k), f(x) = x

|        | formula   | numbers   | by hand   | full precision       |
|--------|-----------|-----------|-----------|----------------------|
| `y_k1` | `x_k1`    | `0.731`   | `= 0.731` | `0.7310585786300049` |
"""

MARKDOWN_OF_A_FRACTION = r"""## Step 3. Outputs of layer J

Each neuron of J puts its net input through its activation function f: sigmoid.

$$y_{j} = f(x_{j}),\quad f(x) = 1 / (1 + e^{-x})$$

|          | formula                      | numbers                   | by hand   | full precision       |
|----------|------------------------------|---------------------------|-----------|----------------------|
| $y_{j1}$ | $\dfrac{1}{1 + e^{-x_{j1}}}$ | $\dfrac{1}{1 + e^{-1.0}}$ | `≈ 0.731` | `0.7310585786300049` |
| $y_{j2}$ | $\dfrac{1}{1 + e^{-x_{j2}}}$ | $\dfrac{1}{1 + e^{-1.0}}$ | `≈ 0.731` | `0.7310585786300049` |
"""

LATEX = r"""% A part of a document: it needs \documentclass[a4paper]{article}, \usepackage[T1]{fontenc} and
% \usepackage[margin=2cm]{geometry} before \begin{document}.
\subsection*{Step 3. Outputs of layer J}

Each neuron of J puts its net input through its activation function f: sigmoid.

\begin{center}$\displaystyle y_{j} = f(x_{j})$,\quad $\displaystyle f(x) = 1 / (1 + e^{-x})$\end{center}

{\footnotesize \lineskiplimit=3pt \normallineskip=3pt \renewcommand{\arraystretch}{1.3}\noindent \begin{tabular}{@{}p{0.12\linewidth}p{0.5\linewidth}p{0.29\linewidth}@{}}
\hline \raggedright  & \raggedright formula \newline numbers & \raggedright by hand \newline full precision \tabularnewline \noalign{\smallskip} \hline \noalign{\smallskip}
\raggedright $\displaystyle y_{j1}$ & \raggedright $\displaystyle \frac{1}{1 + e^{-x_{j1}}}$ \newline $\displaystyle \frac{1}{1 + e^{-1.0}}$ & \raggedright $\displaystyle \approx 0.731$ \newline $\displaystyle 0.7310585786300049$ \tabularnewline \noalign{\smallskip}
\raggedright $\displaystyle y_{j2}$ & \raggedright $\displaystyle \frac{1}{1 + e^{-x_{j2}}}$ \newline $\displaystyle \frac{1}{1 + e^{-1.0}}$ & \raggedright $\displaystyle \approx 0.731$ \newline $\displaystyle 0.7310585786300049$ \tabularnewline \noalign{\smallskip} \hline
\end{tabular}\par}
"""


def squeezed(text):
    return re.sub(" +", " ", text)


def test_markdown():
    assert trace_2x2x1().to("markdown", steps=[5]) == MARKDOWN
    assert trace_2x2x1().to("markdown", steps=[3]) == MARKDOWN_OF_A_FRACTION


def test_markdown_in_ascii_has_formulas_in_code_spans():
    assert trace_2x2x1().to("markdown", steps=[5], ascii=True) == MARKDOWN_IN_ASCII


def test_latex():
    assert squeezed(trace_2x2x1().to("latex", steps=[3])) == squeezed(LATEX)


def test_ascii_is_ascii_in_every_format():
    for format in ("text", "markdown", "html", "json", "csv"):
        assert trace_2x2x1().to(format, ascii=True).isascii(), format


def test_latex_needs_no_package():
    from purenet import CrossEntropy, Layer, Network, Neuron, ReLU, SoftmaxLayer

    layers = [Layer([Neuron([0.5, -0.25], 0.1, ReLU())]), SoftmaxLayer([Neuron([0.5]), Neuron([-0.5])])]
    text = trace_step(Network(layers, CrossEntropy()), [1.0, 0.5], [0.0, 1.0], 0.1).to("latex")
    commands = set(re.findall(r"\\([a-zA-Z]+)", re.sub("(?m)^%.*", "", text + trace_2x2x1().to("latex"))))
    assert commands <= {
        "Bigl", "Bigr", "approx", "arraystretch", "begin", "cdot", "delta", "displaystyle", "dots", "end", "eta", "exp", "footnotesize",
        "frac", "hline", "lineskiplimit", "linewidth", "ln", "mbox", "nabla", "newline", "noalign", "noindent", "normallineskip",
        "par", "partial", "quad", "raggedright", "renewcommand", "section", "sloppy", "smallskip", "subsection", "sum",
        "tabularnewline", "tanh", "to",
    }  # fmt: skip  # all of them are LaTeX's own, none amsmath's


def test_a_long_fraction_is_a_line_that_latex_can_break():
    trace = trace_case(load_case("xor-batch"))
    text = trace.to("latex", steps=[41])
    assert trace.steps[40].title == "The loss of the training step"
    assert r"$\displaystyle \frac{E^{(1)} + E^{(2)} + E^{(3)} + E^{(4)}}{4}$" in text  # as short as 24 signs
    assert re.search(r"\\displaystyle \(0\.\d+ \+ 0\.\d+ \+ 0\.\d+ \+ 0\.\d+\) / 4\$", text)
    assert LATEX_NOTATION.fraction("a", f"{'b' * 31} - c") == f"a / ({'b' * 31} - c)"
    assert LATEX_NOTATION.fraction("a" * 31, r"b \cdot c") == rf"{'a' * 31} / (b \cdot c)"


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="there is no pdflatex: apt-get install texlive-latex-base")
@pytest.mark.parametrize(
    "case", ["2x2x1", "batch-mean", "brownlee-forward", "brownlee-training", "softmax-three-classes"]
)
def test_the_part_of_a_latex_document_fits_a_page_with_the_preamble_that_it_names(case, tmp_path):
    text = trace_case(load_case(case)).to("latex")
    named = re.findall(r"\\(?:documentclass|usepackage)\[.*?\]\{\w+\}", "".join(text.splitlines()[:2]))
    assert len(named) == 3
    assert overfull("\n".join([*named, "\\begin{document}", text, "\\end{document}"]), tmp_path) == []


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="there is no pdflatex: apt-get install texlive-latex-base")
@pytest.mark.parametrize("case", ["f-momentum-weight-decay", "mazur", "trask-3layer-alpha-1", "wide", "xor-batch"])
def test_a_standalone_latex_document_fits_its_pages(case, tmp_path):
    assert overfull(trace_case(load_case(case)).to("latex", standalone=True), tmp_path) == []


def overfull(document, folder):
    """Return the complaints of pdflatex about lines that are too wide for the page."""
    (folder / "trace.tex").write_text(document, encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "trace.tex"]
    assert subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, check=False).returncode == 0
    log = (folder / "trace.log").read_text(encoding="latin-1")
    assert "Output written" in log
    return re.findall("Overfull.*", log)


def test_a_standalone_latex_document_begins_and_ends_and_names_nothing_that_it_needs():
    text = trace_2x2x1().to("latex", steps=[5], standalone=True)
    assert text.splitlines()[0] == r"\documentclass[a4paper]{article}" and text.endswith("\n\\end{document}\n")
    assert {r"\begin{document}", r"\usepackage[margin=2cm]{geometry}"} <= set(text.splitlines()) and "%" not in text


def test_a_picture_of_a_latex_document_is_in_one_piece_with_its_heading():
    text = trace_2x2x1().to("latex", steps=[5, 6], standalone=True, pictures={5: "t-step05.pdf"})
    width = r"width=\linewidth,height=0.7\textheight,keepaspectratio"
    assert text.count(r"\includegraphics") == 1
    assert rf"\begin{{center}}\includegraphics[{width}]{{t-step05.pdf}}\end{{center}}\end{{minipage}}" in text
    assert r"\bigskip\noindent\begin{minipage}{\linewidth}\subsection*{Step 5. Outputs of layer K}" in text


@pytest.mark.parametrize(
    "options, words",
    [
        (
            {"format": "html", "standalone": True},
            "only LaTeX is standalone or has pictures in files of their own, not html",
        ),
        ({"format": "latex", "pictures": {1: "a.pdf"}}, "pictures need a standalone document"),
    ],
)
def test_what_only_a_latex_document_has_is_refused_elsewhere(options, words):
    with pytest.raises(NetworkError, match=words):
        trace_2x2x1().to(**options)


@pytest.mark.parametrize("case", ["2x2x1", "softmax-three-classes", "relu-softmax", "f-momentum-weight-decay", "wide"])
def test_formulas_in_markdown_hold_nothing_that_markdown_reads_in_its_own_way(case):
    lines = trace_case(load_case(case)).to("markdown").splitlines()
    formulas = [each for line in lines for each in re.findall(r"\$\$?([^$]+)\$", line)]
    assert len(formulas) > 50
    for formula in formulas:
        # \, would become a comma, }_ and * emphasis, | the end of a cell, `<` and ` code, a space no formula
        assert not re.search(r"\\[^a-zA-Z]|[^a-zA-Z0-9]_|[*|`<]", formula), formula
        assert formula == formula.strip() and formula.count("{") == formula.count("}")
    for line in lines:
        assert line.count("$") % 2 == 0
        words = line.replace("$$", "$").split("$")[::2]  # those around the formulas
        assert all(before == "" or before[-1] in " (" for before in words[:-1]), line
        assert all(after == "" or after[0] in " ,.:;)" for after in words[1:]), line


def test_a_number_that_json_does_not_have_is_written_as_text():
    data = {"third": Fraction(1, 3), "exact": Decimal("0.10"), "loss": float("inf"), "δ": [0.5, None]}
    assert to_json(data) == '{"third": "1/3", "exact": "0.10", "loss": "Infinity", "δ": [0.5, null]}\n'
    assert to_json({"δ": 1}, ascii=True) == '{"\\u03b4": 1}\n'


def test_sentences_are_not_broken_at_hyphens():
    text = write([Section("Title", ["The mistake update-sign-flipped-of-all-biases."])], "text", width=40)
    assert "update-sign-flipped-of-all-biases." in text.splitlines()


LINES = [(" ", "for j in neurons:"), ("-", "    x[j] = total"), ("+", "    x[j] = total + bias[j]"), (" ", "")]


def test_marked_lines_are_wrapped_behind_their_marks_and_further_in():
    text = write([Section("Lines", lines=LINES)], "text", 22)
    assert text.splitlines()[2:] == [
        "  for j in neurons:",
        "-     x[j] = total",
        "+     x[j] = total +",
        "+             bias[j]",
        "",
    ]


def test_marked_lines_are_deleted_and_inserted_ones_in_html():
    page = write([Section("Lines", lines=[("-", "a < b"), ("+", "a > b")])], "html")
    assert '<pre class="lines"><del>- a &lt; b\n</del><ins>+ a &gt; b\n</ins></pre>' in page


def test_what_is_to_be_typed_and_addresses_are_marked_up_in_sentences():
    sentence = "`run --all 'x'` was seen at https://example.org/a-b."
    assert (
        "<p><code>run --all 'x'</code> was seen at <a href=\"https://example.org/a-b\">https://example.org/a-b</a>.</p>"
    ) in write([Section("Title", [sentence])], "html")
    latex = write([Section("Title", [sentence])], "latex")
    assert r"\texttt{run -{}-{}all \textquotesingle{}x\textquotesingle{}} was seen" in latex


def test_an_arrow_of_a_rule_is_an_arrow_in_latex():
    assert LATEX_NOTATION.rule("w ← w + v") == r"w \leftarrow  w + v"


def test_several_documents_are_one_text_each_on_a_new_page():
    documents = [[Section("One", ["First."], level=1)], [Section("Two", ["Second."], level=1)]]
    assert write_together(documents, "text") == "One\n===\nFirst.\n\fTwo\n===\nSecond.\n"
    assert '\n<div style="break-after: page"></div>\n\n# Two' in write_together(documents, "markdown")
    latex = write_together(documents, "latex")
    assert latex.count(r"\begin{document}") == 1 and "First.\n\n\\newpage\n\n\\section*{Two}" in latex


def test_a_picture_of_markdown_is_a_link_to_its_file():
    assert "![Picture](net.svg)" in write([Section("One", picture="net.svg")], "markdown")
