"""The matrix view shows the numbers of the trace; its equations hold for them, and their shapes fit."""

import csv
import io
import json
import re
from decimal import Decimal

import pytest

from purenet import Identity, Layer, Network, NetworkError, Neuron, trace_training
from purenet.arithmetic import exp
from purenet.cases import Case, case_names, load_case, read_case
from purenet.golden.diagnosis.lessons import find
from purenet.trace.matrices import MatrixView
from purenet.trace.matrix import GAP, NONE, Scalar
from purenet.trace.matrix_layout import Equations
from purenet.trace.record import trace_case, trace_step
from purenet.trace.row import Row
from tests.cases.test_biases import case as case_with_a_shared_bias
from tests.networks import example_2_3_2
from tests.sampling import slow

SOME = (
    "2x2x1",
    "b-softmax-cross-entropy",
    "d-binary-cross-entropy",
    "f-momentum-weight-decay",
    "decay-only",
    "mazur",
    "batch-sum",
)
OTHERS = sorted(set(case_names()) - set(SOME) - {"g-extreme-softmax"})


def view_of(name, rows=False, **settings):
    case = load_case(name)
    steps = 3 if len(case.batch_sizes) > 3 else None
    return MatrixView(trace_case(case, steps=steps, rounding={}, groups=[], **settings), rows)


class Grid(list):
    """A list of lists of numbers that multiplies as matrices do; a single row or column is repeated where one is missing."""

    @property
    def shape(self):
        return len(self), len(self[0])

    def each(self, other, operation):
        other = other if isinstance(other, Grid) else Grid([[other]])
        rows, columns = (max(pair) for pair in zip(self.shape, other.shape))
        for mine, theirs, most in zip(self.shape, other.shape, (rows, columns)):
            assert {mine, theirs} <= {1, most}
        entry = lambda grid, r, c: grid[r if len(grid) > 1 else 0][c if len(grid[0]) > 1 else 0]  # noqa: E731
        return Grid([[operation(entry(self, r, c), entry(other, r, c)) for c in range(columns)] for r in range(rows)])

    def __matmul__(self, other):
        assert self.shape[1] == other.shape[0], "these shapes do not fit"
        return Grid([[sum(map(lambda a, b: a * b, line, column)) for column in zip(*other)] for line in self])

    def __add__(self, other):
        return self.each(other, lambda a, b: a + b)

    def __sub__(self, other):
        return self.each(other, lambda a, b: a - b)

    def __rsub__(self, other):
        return self.each(other, lambda a, b: b - a)

    def __radd__(self, other):
        return self.each(other, lambda a, b: b + a)

    def __mul__(self, other):
        return self.each(other, lambda a, b: a * b)

    __rmul__ = __mul__

    def __truediv__(self, other):
        return self.each(other, lambda a, b: a / b)

    def __neg__(self):
        return self * -1

    def __pow__(self, power):
        return self.each(power, lambda a, b: a**b)


def grid(matrix):
    constants = {NONE: 0}
    return Grid(
        [
            [entry.value if isinstance(entry, Row) else constants.get(entry, 1) for entry in line]
            for line in matrix.entries
        ]
    )


def softmax(net_inputs, rows):
    lines = [[exp(x) for x in line] for line in (net_inputs if rows else zip(*net_inputs))]
    lines = [[power / sum(line) for power in line] for line in lines]
    return Grid(lines if rows else map(list, zip(*lines)))


def diag(vector):
    entries = [x for line in vector for x in line]
    return Grid([[x if r == c else 0 for c in range(len(entries))] for r, x in enumerate(entries)])


SIGNS = {" · ": " @ ", "⊙": "*", "·": "*", "−": "-", "²": "**2", "ᵗ": "**t"}


def value_of(equation, rows, step):
    """Return what the right of an equation comes to, None for a function or a sum of entries."""
    names, text = (
        {"softmax": lambda inputs: softmax(inputs, rows), "diag": diag, "sqrt": lambda m: m**0.5, "t": step},
        "",
    )
    for n, part in enumerate(equation.right):
        if isinstance(part, str):
            text += part
        else:
            text += f"m{n}"
            names[f"m{n}"] = part.row.value if isinstance(part, Scalar) else grid(part.matrix)
    for sign, other in SIGNS.items():
        text = text.replace(sign, other)
    if re.search("[fEΣl½]", text.replace("softmax", "")):
        return None
    return eval(text, {}, names)


@pytest.mark.parametrize("rows", (False, True), ids=("columns", "rows"))
@pytest.mark.parametrize("name", [*SOME, *map(slow, OTHERS)])
def test_every_equation_holds_for_the_numbers_of_the_trace(name, rows):
    checked, kinds = 0, set()
    for step in view_of(name, rows).steps:
        for equation in step.equations:
            if equation.right and not any(GAP in line for m in matrices(equation) for line in m.entries):
                value = value_of(equation, rows, step.training_step)
                if value is not None:
                    left = grid(equation.left)
                    assert value.shape == left.shape == equation.left.shape
                    for mine, theirs in zip(value, left):
                        assert mine == pytest.approx(theirs, rel=1e-9, abs=1e-12), (step.title, equation.left)
                    checked, kinds = checked + 1, kinds | {equation.left.name.base}
    assert checked
    if name in SOME:
        assert {"∇W"} < kinds and kinds & {"X", "x"} and kinds & {"δ", "Δ"} and "W" in kinds


def matrices(equation):
    return [part for part in equation.parts if hasattr(part, "shape")]


@pytest.mark.parametrize("rows", (False, True), ids=("columns", "rows"))
@pytest.mark.parametrize("name", SOME)
def test_an_entry_is_made_of_the_quantities_in_its_formula(name, rows):
    view = view_of(name, rows)
    for step in view.steps:
        for equation in step.equations:
            for r, line in enumerate(equation.left.entries if equation.right else ()):
                for c, entry in enumerate(line):
                    uses = {row.symbol for row in equation.uses(r, c)}
                    parts = {symbol for row in equation.sums(view.trace, r, c) for symbol in row.quantities}
                    parts -= {row.symbol for row in equation.sums(view.trace, r, c)}
                    if equation.left.name.base in ("∇W", "∇b"):
                        assert parts == uses
                    elif "∂E/∂y" not in str(uses):  # the formula of a last delta has the formula of its ∂E/∂y in it
                        assert parts <= uses or view.trace.descent.momentum == 0  # nothing is kept of a velocity


def test_steps_have_the_numbers_of_the_steps_of_the_trace():
    view = view_of("2x2x1")
    assert [(step.number, step.title, step.part) for step in view.steps] == [
        (step.number, step.title, step.part) for step in view.trace.steps
    ]


def lines_of(view, number, **options):
    text = view.to("text", steps=[number], **options)
    return text[text.index("\n\n") + 2 :].rstrip("\n")


def test_the_deltas_of_the_hidden_layer_of_2x2x1_by_hand():
    view = MatrixView(trace_case(load_case("2x2x1")))
    assert (
        lines_of(view, 9)
        == """\
    ∂E/∂y_J  = W_Kᵀ  · δ_K
    2×1      = 2×1   · 1×1
    ⎡0.1155⎤ = ⎡0.5⎤ · [0.231]
    ⎣0.1155⎦   ⎣0.5⎦
    ∂E/∂y_j1 = w_j1k1·δ_k1 = 0.5·0.231 = 0.1155

    δ_J      = ∂E/∂y_J  ⊙ y_J     ⊙ (1 − y_J)
    2×1      = 2×1      ⊙ 2×1     ⊙ (1 − 2×1)
    ⎡0.0227⎤ = ⎡0.1155⎤ ⊙ ⎡0.731⎤ ⊙ (1 − ⎡0.731⎤)
    ⎣0.0227⎦   ⎣0.1155⎦   ⎣0.731⎦        ⎣0.731⎦"""
    )


def test_with_rows_the_order_turns_and_no_transpose_is_needed_on_the_way_back():
    view = MatrixView(trace_case(load_case("2x2x1")), rows=True)
    assert (
        lines_of(view, 2)
        == """\
    x_J       = y_I       · W_Jᵀ
    1×2       = 1×2       · 2×2
    [1.0 1.0] = [1.0 1.0] · ⎡0.5 0.5⎤
                            ⎣0.5 0.5⎦"""
    )
    assert (
        lines_of(view, 9)
        == """\
    ∂E/∂y_J         = δ_K     · W_K
    1×2             = 1×1     · 1×2
    [0.1155 0.1155] = [0.231] · [0.5 0.5]
    ∂E/∂y_j1 = δ_k1·w_j1k1 = 0.231·0.5 = 0.1155

    δ_J             = ∂E/∂y_J         ⊙ y_J           ⊙ (1 − y_J)
    1×2             = 1×2             ⊙ 1×2           ⊙ (1 − 1×2)
    [0.0227 0.0227] = [0.1155 0.1155] ⊙ [0.731 0.731] ⊙ (1 − [0.731 0.731])"""
    )


def test_a_batch_is_a_matrix_and_its_mean_a_product():
    view = view_of("xor-batch")
    assert (
        lines_of(view, 10).split("\n\n")[1]
        == """\
    ∇b_J          = Δ_J                                           · ones / 4
    2×1           = 2×4                                           · 4×1  / 4
                                                                    ⎡1⎤
    ⎡−0.00246154⎤ = ⎡−0.0200407  0.0157975  0.0157333 −0.0213364⎤ · ⎢1⎥  / 4
    ⎣ 0.00242549⎦   ⎣ 0.030061  −0.0230016 −0.0214042  0.0240468⎦   ⎢1⎥
                                                                    ⎣1⎦"""
    )
    assert [text for text in re.findall("∇W_J = .*", view_text(view_of("xor-batch", rows=True)))] == [
        "∇W_J = Δ_Jᵀ · Y_I / 4"
    ]


def test_the_first_entry_of_a_product_on_the_way_back_is_written_out():
    assert (
        "\n    ∂e/∂y_j1⁽¹⁾ = w_j1k1·δ_k1⁽¹⁾ + w_j1k2·δ_k2⁽¹⁾ = 0.85·(−0.10128) + (−0.2)·0.0586561 = −0.0978189\n"
        in (view_of("batch-mean").to("text", steps=[9]))
    )
    assert "(δ_j1⁽¹⁾·y_i1⁽¹⁾ + δ_j1⁽²⁾·y_i1⁽²⁾) / 2 = (0.1·0.5 + 0.2·0.0) / 2 ≈ 0.03" in (
        Equations([of_two_examples_by_hand()]).text(width=100)
    )


def of_two_examples_by_hand():
    """Return ∇W of two examples, by hand to 2 decimals: (0.1·0.5 + 0.2·0.0) / 2 is 0.025."""
    network = Network([Layer([Neuron([1.0], activation=Identity())])])
    examples = [([0.5], [0.4]), ([0.0], [-0.2])]
    view = trace_training(network, examples, 0.1, rounding=2).matrices()
    return view.steps[5].equations[0]


@pytest.mark.parametrize("width", (60, 80, 100))
@pytest.mark.parametrize("rows", (False, True), ids=("columns", "rows"))
def test_no_line_of_an_equation_begins_with_a_parenthesis_that_closes_or_with_a_square(width, rows):
    for name in ("batch-mean", "adam-batches", "b-softmax-cross-entropy"):
        assert re.findall(r"(?m)^ *[)²].*", view_of(name, rows).to("text", width=width)) == []


def test_an_equation_that_goes_on_has_its_shapes_in_every_line_and_is_not_said_twice():
    assert (
        lines_of(view_of("batch-mean"), 7).split("\n\n")[1]
        == """\
    Δ_K                                = ∂e/∂Y_K
    2×3                                = 2×3
    ⎡−0.10128    0.095248  −0.0435106⎤ = ⎡−0.439107  0.382621 −0.178433⎤
    ⎣ 0.0586561 −0.0267462  0.0566682⎦   ⎣ 0.235836 −0.14471   0.325737⎦
         ⊙ Y_K                          ⊙ (1 − Y_K)
         ⊙ 2×3                          ⊙ (1 − 2×3)
         ⊙ ⎡0.360893 0.532621 0.421567⎤ ⊙ (1 − ⎡0.360893 0.532621 0.421567⎤)
           ⎣0.535836 0.75529  0.775737⎦        ⎣0.535836 0.75529  0.775737⎦"""
    )


def test_words_say_whose_loss_a_slope_belongs_to_and_why_there_is_a_transpose_or_none():
    columns, rows = (
        " ".join(step.sentences) for step in (view_of("batch-mean", rows).steps[8] for rows in (False, True))
    )
    assert "∂e/∂y_j = Σ_k w_jk·δ_k" in columns and "column j of W_K, and ᵀ makes it a row" in columns
    assert "the deltas of an example are a row of Δ_K" in rows and rows.split(" δ is")[0].endswith("so no ᵀ is needed.")
    assert (
        "Each example has slopes of its own; the mean is taken only in the gradients."
        in (view_of("batch-mean").steps[6].sentences[0])
    )
    assert "e" not in re.findall(r"∂(\w)/∂", str(view_of("2x2x1").steps[8].sentences))
    assert "The columns are examples 4 and 5" in view_of("batch-mean").steps[12].sentences[0]


def view_text(view):
    """Return the equations of a view, each in a line."""
    return "\n".join(
        equation["equation"] for step in json.loads(view.to("json"))["steps"] for equation in step["equations"]
    )


def test_lines_of_momentum_and_decay():
    assert [line for line in view_text(view_of("f-momentum-weight-decay")).split("\n") if "_J⁺ = " in line][:4] == [
        "V_J⁺ = μ·V_J − η·(∇W_J⁽¹⁾ + λ·W_J)",
        "W_J⁺ = W_J + V_J⁺",
        "v_J⁺ = μ·v_J − η·∇b_J⁽¹⁾",
        "b_J⁺ = b_J + v_J⁺",
    ]


def test_lines_of_nesterov_and_adam():
    nesterov = view_text(view_of("nesterov"))
    assert "W_J⁺ = W_J + μ·V_J⁺ − η·(∇W_J + λ·W_J)" in nesterov and "b_J⁺ = b_J + μ·v_J⁺ − η·∇b_J" in nesterov
    assert [line for line in view_text(view_of("adamw")).split("\n") if "_J⁺ = " in line][:5] == [
        "M_J⁺ = β₁·M_J + (1 − β₁)·∇W_J⁽¹⁾",
        "V_J⁺ = β₂·V_J + (1 − β₂)·∇W_J⁽¹⁾²",
        "M\u0302_J⁺ = M_J⁺ / (1 − β₁ᵗ)",
        "V\u0302_J⁺ = V_J⁺ / (1 − β₂ᵗ)",
        "W_J⁺ = W_J − η·λ·W_J − η·M\u0302_J⁺ / (sqrt(V\u0302_J⁺) + ε)",
    ]


def test_biases_that_are_not_trained_stay_as_they_are_under_momentum_too():
    data, where = read_case("mazur")
    case = Case({**data, "momentum": Decimal("0.9")}, where)
    lines = view_text(MatrixView(trace_case(case, groups=[]))).split("\n")
    assert "W_J⁺ = W_J + V_J⁺" in lines and "b_J⁺ = b_J" in lines and not any("v_J" in line for line in lines)


def test_the_jacobian_of_softmax_is_said_for_each_example():
    text = view_text(view_of("b-softmax-cross-entropy"))
    assert "δ_K⁽¹⁾ = (diag(y_K⁽¹⁾) − y_K⁽¹⁾ · y_K⁽¹⁾ᵀ) · ∂e/∂y_K⁽¹⁾" in text
    text = view_text(view_of("b-softmax-cross-entropy", rows=True))
    assert "δ_K⁽¹⁾ = ∂e/∂y_K⁽¹⁾ · (diag(y_K⁽¹⁾) − y_K⁽¹⁾ᵀ · y_K⁽¹⁾)" in text


def test_layers_without_biases_and_with_a_shared_one():
    assert "x_J = W_J · y_I\n" in view_text(view_of("2x2x1")) and "b" not in view_text(view_of("2x2x1"))
    view = MatrixView(trace_case(case_with_a_shared_bias(batch_sizes=[2])))
    assert "∇b_J = ones · Δ_J · ones / 2" in view_text(view)
    assert "∇b_J = ones · Δ_J · ones / 2" in view_text(MatrixView(view.trace, rows=True))
    words = [sentence for step in view.steps for sentence in step.sentences]
    assert any(
        "The neurons share one bias: ones adds up the deltas of all of them, too." in sentence for sentence in words
    )
    assert view.trace.row("∇b_j1").value == view.trace.row("∇b_j2").value == 5.5  # (1.5 + 2.5 + 2.5 + 4.5) / 2


def test_a_case_without_targets_has_only_the_way_forward():
    view = view_of("brownlee-forward")
    assert {step.part for step in view.steps} == {"forward"}


def test_of_wide_layers_some_rows_are_left_out_and_shapes_count_them():
    network = Network([Layer([Neuron([0.1] * 20) for _ in range(15)])])
    view = MatrixView(trace_step(network, [0.5] * 20, [0.5] * 15, 0.1))
    equation = view.steps[1].equations[0]
    assert [part.shape for part in matrices(equation)] == [(15, 1), (15, 20), (20, 1)]
    assert [len(part.entries) for part in matrices(equation)] == [6, 6, 6]
    assert "row 14, column 1 of x_J" in view.to("text", only="x_j14")


def test_one_quantity_has_its_row_its_column_and_its_sum():
    view = MatrixView(trace_case(load_case("2x2x1")))
    assert (
        view.to("text", only="delta_j1").rstrip("\n").partition("What it is made of\n\n")[2]
        == """\
which      matrix    entries    numbers
---------  --------  ---------  ---------
row 1      W_Kᵀ      w_j1k1     0.5
column 1   δ_K       δ_k1       0.231
the entry  ∂E/∂y_J   ∂E/∂y_j1   0.1155
the entry  y_J       y_j1       0.731

The formula

      formula                        numbers                        by hand    full precision
----  -----------------------------  -----------------------------  ---------  --------------------
δ_j1  y_j1·(1 − y_j1)·(w_j1k1·δ_k1)  0.731·(1 − 0.731)·(0.5·0.231)  ≈ 0.0227   0.022714436918237105"""
    )
    with pytest.raises(NetworkError, match="^y_i1 is given: no matrix is computed for it$"):
        view.to("text", only="y_i1")
    with pytest.raises(NetworkError, match="^the trace has no quantity δ_j1: it has δ_j1⁽¹⁾, δ_j1⁽²⁾$"):
        MatrixView(trace_case(load_case("adam"))).to("text", only="delta_j1")


def test_a_mistake_has_no_matrix_view():
    trace = trace_case(load_case("a-sigmoid"), program=find("bias-missing-forward"))
    with pytest.raises(NetworkError, match="^a program with a mistake has no matrix view"):
        MatrixView(trace)


def test_json_has_shapes_symbols_and_full_numbers():
    step = json.loads(MatrixView(trace_case(load_case("2x2x1"))).to("json", steps=[9]))["steps"][0]
    _, equation = step["equations"]
    assert equation["equation"] == "δ_J = ∂E/∂y_J ⊙ y_J ⊙ (1 − y_J)"
    assert equation["shapes"] == "2×1 = 2×1 ⊙ 2×1 ⊙ (1 − 2×1)"
    assert equation["matrices"][0] == {
        "name": "δ_J",
        "shape": [2, 1],
        "symbols": [["δ_j1"], ["δ_j2"]],
        "by_hand": [["0.0227"], ["0.0227"]],
        "values": [[0.022714436918237105], [0.022714436918237105]],
    }


def test_csv_has_a_record_for_each_entry_with_its_place_and_its_sum():
    records = list(csv.DictReader(io.StringIO(MatrixView(trace_case(load_case("2x2x1"))).to("csv"))))
    record = next(record for record in records if record["symbol"] == "∇w_i2j1")
    assert [record[field] for field in ("step", "equation", "shapes", "matrix", "row", "column", "formula")] == [
        "10",
        "∇W_J = δ_J · y_Iᵀ",
        "2×2 = 2×1 · 1×2",
        "∇W_J",
        "1",
        "2",
        "δ_j1·y_i2",
    ]


def test_latex_and_markdown_have_the_shape_with_each_matrix():
    view = MatrixView(trace_case(load_case("2x2x1")))
    assert r"\underbrace{W_{K}^{\top}}_{2 \times 1}" in view.to("latex", steps=[9])
    assert r"\underset{2 \times 1}{W_{K}^{\top}} \cdot \underset{1 \times 1}{\delta_{K}}" in view.to(
        "markdown", steps=[9]
    )


def test_sentences_in_ascii_have_the_signs_of_its_equations():
    text = " ".join(view_of("batch-mean").to("text", ascii=True).split())
    assert "A @ between two matrices" in text and "W_K, and ^T makes it a row: @ goes along" in text
    assert "* multiplies entry by entry" in text


@pytest.mark.parametrize("format", ("text", "markdown", "latex", "html", "json", "csv"))
def test_ascii_is_ascii(format):
    text = view_of("b-softmax-cross-entropy").to(format, ascii=True)
    assert text.isascii()
    if format == "text":
        assert "delta_K[1] = (diag(y_K[1]) - y_K[1] @ y_K[1]^T) @ dE/dy_K[1]" in text.replace("  ", " ") or "@" in text


@pytest.mark.parametrize("width", (40, 60, 100))
def test_text_is_as_narrow_as_the_page(width):
    for name in ("2x2x1", "wide"):
        lines = view_of(name).to("text", width=width).split("\n")
        assert max(map(len, lines)) <= width


def test_numbers_of_an_asymmetric_network_are_in_their_places():
    network = example_2_3_2()
    view = MatrixView(trace_step(network, [1.0, 2.0], [0.5, 0.5], 0.1))
    weights = view.steps[1].equations[0].right[0].matrix
    assert [[row.value for row in line] for line in weights.entries] == [n.weights for n in network.layers[0].neurons]
    assert weights.entries[2][1].symbol == "w_i2j3"
    with pytest.raises(NetworkError, match="there is no step 15: in matrices, the trace has steps 1 to 14"):
        view.to("text", steps=[15])
