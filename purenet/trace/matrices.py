"""The matrix view of a trace: for each of its steps one equation between matrices, with the numbers of the trace.

Read matrix.py first. The examples of a training step are side by side in one matrix: in columns, or, with `rows`, in rows,
as NumPy and PyTorch have it. A sum over examples is then a product.
"""

from purenet.document.notebook_display import Shown
from purenet.errors import NetworkError
from purenet.trace.matrix import MatrixStep
from purenet.trace.matrix_pages import matrix_sections, matrix_text, only_sections
from purenet.trace.matrix_steps import TrainingStep

LAYERS = {  # for examples in columns, and in rows
    False: "x, y and δ of a layer are columns, with an entry for each of its neurons in order{several}.",
    True: "x, y and δ of a layer are rows, with an entry for each of its neurons in order{several}, as NumPy and PyTorch have "
    "it: examples × neurons.",
}
WEIGHTS = (
    "W_J has the weights from I to J, with a row for each neuron of J and a column for each of its inputs{as_in}: w_ij, from i "
    "to j, is in row j and column i, `weights[j][i]`."
)
AS_IN_TORCH = ", as with examples in columns and as in PyTorch's `nn.Linear`"
SEVERAL = (
    "Of several examples, X, Y, T and Δ, in capitals, have a {line} for each; e has their losses E⁽¹⁾, E⁽²⁾ and so on, and E is "
    "the loss of the training step, a single number."
)
BROADCASTING = "b is a single {line}; where it is added, it is repeated as each {line} (broadcasting)."
SIGNS = (
    "A · between two matrices goes along the rows of the first and down the columns of the second, and adds up the products. "
    "What it adds up over is last in the first matrix and first in the second, the n of m×n · n×p: inputs on the way forward, "
    "neurons of the next layer on the way back, examples in the gradients.",
    "ᵀ exchanges rows and columns. ⊙ multiplies entry by entry, and f, +, −, / and ² go entry by entry, too. Below some "
    "equations, their first entry is written out.",
)
MARKS = "Marks: y_j1⁽²⁾ is an output in example 2."
WITHOUT_MARKS = " A matrix of several examples has no such mark in its name."
AFTER = " W_J⁺ is W_J after training step 1, and so on."
AFTER_SEVERAL = (
    " ∇W_J{after} and E{after} are those of training step {step}, with W_J{after} and the examples of that step."
)


class MatrixView(Shown):
    """A trace in matrices: `steps`, a list of `MatrixStep`s. Nothing is computed again.

    With `rows`, each example is a row, otherwise a column. Of many examples, some are left out, unless `everything` is
    asked for. Raises NetworkError for the trace of a mistake.
    """

    def __init__(self, trace, rows=False, everything=False):
        if trace.mistake:
            raise NetworkError(
                "a program with a mistake has no matrix view: its numbers are not those of the equations"
            )
        self.trace, self.title = trace, trace.title
        self.rows, self.everything = rows, everything
        self.steps = []
        for step, examples in examples_of_steps(trace.quantities):
            for made in TrainingStep(self, step, examples).steps():
                self.steps.append(MatrixStep(len(self.steps) + 1, (step, examples), *made))

    @property
    def convention(self):
        """Sentences that say how numbers are arranged, and what the signs mean."""
        sizes, line = self.trace.quantities.batch_sizes, "row" if self.rows else "column"
        several = max(sizes) > 1
        words = [LAYERS[self.rows].format(several=f", and one {line} for each example" if several else "")]
        words.append(WEIGHTS.format(as_in=AS_IN_TORCH if self.rows else ""))
        if several:
            words.append(SEVERAL.format(line=line))
            words += [BROADCASTING.format(line=line)] * any(self.trace.quantities.has_bias)
        if sum(sizes) > 1:
            words.append(MARKS + WITHOUT_MARKS * several + self.marks_of_steps())
        return [*words, *SIGNS]

    def marks_of_steps(self):
        """Return sentences about the mark ⁺; an empty one where there is none, or only that of a second pass."""
        sizes = self.trace.quantities.batch_sizes
        if len(sizes) == 1 or not self.trace.quantities.moves:
            return ""
        several = next((n for n, size in enumerate(sizes) if n and size > 1), None)
        return AFTER + (AFTER_SEVERAL.format(after="⁺" * several, step=several + 1) if several in (1, 2, 3) else "")

    def of(self, symbol):
        """Return the steps and equations, pairs, in which a quantity is computed; raise NetworkError if there are none."""
        symbol = self.trace.row(symbol).symbol
        found = [(step, equation) for step in self.steps for equation in step.equations if equation.place(symbol)]
        computed = [(step, equation) for step, equation in found if equation.right]
        if not computed:
            raise NetworkError(f"{symbol} is given: no matrix is computed for it")
        return symbol, computed

    def to(self, format, **options):
        """Return the view as text in a format: text, markdown, latex, html, json or csv.

        Options: `steps`, a list of step numbers; `only`, the symbol of a quantity, shows what it is made of; `width` in
        columns; `ascii`; `digits`, significant digits shown; of LaTeX, `standalone`, a whole document.
        """
        return matrix_text(self, format, **options)

    def only(self, symbol):
        """Return what shows of a quantity its row, its column and its sum, for a notebook or to be printed."""
        return Only(self, symbol)

    def sections(self, format):
        return matrix_sections(self)

    def __str__(self):
        return self.to("text")

    def __repr__(self):
        return f"<MatrixView of {len(self.steps)} steps: {self.title}>"


class Only(Shown):
    """One quantity in the matrix view: its row, its column and its sum."""

    def __init__(self, view, symbol):
        self.view, self.symbol = view, symbol
        view.of(symbol)

    def sections(self, format):
        return only_sections(self.view, self.symbol, format)

    def __str__(self):
        return self.view.to("text", only=self.symbol)


def examples_of_steps(quantities):
    """Yield each training step with the numbers of its examples; last "after", if the examples are done again."""
    for step in [*range(1, len(quantities.batch_sizes) + 1), "after"]:
        examples = [example for at, example in quantities.at if at == step and example is not None]
        if examples:
            yield step, examples
