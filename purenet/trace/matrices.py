"""The matrix view of a trace: for each of its steps one equation between matrices, with the numbers of the trace.

Read matrix.py first. The examples of a training step are side by side in one matrix: in columns, or, with `rows`, in rows,
as NumPy and PyTorch have it. A sum over examples is then a product.
"""

from purenet.checks import layer_letter
from purenet.document.notebook_display import Shown
from purenet.drawing.columns import drawn_places
from purenet.errors import NetworkError
from purenet.softmax import SoftmaxLayer
from purenet.trace.entrywise import as_factor, entrywise, joined
from purenet.trace.matrix import GAP, NONE, Equation, Matrix, MatrixStep, Name, Operand, Scalar
from purenet.trace.matrix_pages import matrix_sections, matrix_text, only_sections
from purenet.trace.matrix_update import update_equations
from purenet.trace.steps import BACKWARD, FORWARD, LOSS, UPDATE

CAPITALS = {"x": "X", "y": "Y", "t": "T", "δ": "Δ", "∂E/∂y": "∂E/∂Y", "E": "e"}
BASES = {"net_input": "x", "output": "y", "targets": "t", "delta": "δ", "output_gradient": "∂E/∂y", "loss": "E"}
OF_LAYERS = {"weights": "W", "weight_gradients": "∇W", "weight_velocities": "V"}
OF_NEURONS = {"biases": "b", "bias_gradients": "∇b", "bias_velocities": "v"}
COLUMNS = (
    "x, y and δ of a layer are columns, with an entry for each neuron{examples}. W_J has a row for each neuron of J and a "
    "column for each of its inputs: `weights[j][i]`."
)
ROWS = (
    "x, y and δ of a layer are rows, with an entry for each neuron{examples}, as NumPy and PyTorch have it: examples × "
    "neurons. W_J is as it was, `weights[j][i]`, with a row for each neuron of J, as in torch.nn.Linear."
)
SIGNS = (
    "A · between two matrices multiplies each row of the first by each column of the second, and ᵀ exchanges rows and "
    "columns; ⊙ multiplies entry by entry, and f, +, −, / and ² go entry by entry, too."
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
        several = max(self.trace.quantities.batch_sizes) > 1
        arranged, line = (ROWS, "row") if self.rows else (COLUMNS, "column")
        words = [arranged.format(examples=f", and one {line} for each example" if several else "")]
        capitals = f"Capital X, Y, T and Δ have a {line} for each example of a training step."
        return [*words, *[capitals] * several, SIGNS]

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
        return matrix_sections(self, format)

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


class TrainingStep:
    """A training step in matrices: `steps()` yields the part, title, sentences, equations and rule of each of its steps."""

    def __init__(self, view, step, examples):
        self.view, self.trace, self.rows = view, view.trace, view.rows
        self.step, self.examples = step, examples
        self.quantities = self.trace.quantities
        self.many = len(examples) > 1
        count = len(self.quantities.batch_sizes)
        self.last_step = count if step == "after" else step - 1  # the step before; that of a second pass is the last
        self.before = self.last_step if self.quantities.moves else 0  # after which the weights are those of this step
        self.mean = f" / {len(examples)}" * (self.many and self.trace.gradient == "mean")
        self.layers = [LayerMatrices(self, number, layer) for number, layer in enumerate(self.trace.network.layers)]
        self.suffix = f", training step {count if step == 'after' else step}" * (count > 1)

    # the matrices

    def chosen_examples(self):
        """Return the places of the examples that are shown, None for those between."""
        count = len(self.examples)
        return list(range(count)) if self.view.everything else drawn_places(count)

    def chosen(self, layer):
        """Return the places of the neurons of a layer that are shown, None for those between."""
        size = self.quantities.sizes[layer + 1]
        whole = None not in self.trace.all_rows_of(self.quantities.at[1, 1]["output", layer])
        return list(range(size)) if whole else drawn_places(size)

    def vector(self, kind, layer, example=None):
        """Return the numbers of a kind of all examples, or of one, in columns, or in rows."""
        examples = self.chosen_examples() if example is None else [example]
        at = self.quantities.at
        quantities = [None if n is None else at[self.of_inputs(layer), self.examples[n]][kind, layer] for n in examples]
        lines = [quantity and self.trace.all_rows_of(quantity) for quantity in quantities]
        places = [0] if layer is None else self.chosen(layer)
        entries = [[GAP if place is None else shown(line, place) for place in places] for line in lines]
        size = 1 if layer is None else self.quantities.sizes[layer + 1]
        first, base = next(filter(None, quantities)), BASES[kind]
        many = self.many and example is None
        name = Name(CAPITALS[base], first.letter, first.marks[0]) if many else Name(base, first.letter, *first.marks)
        matrix = Matrix(name, entries, (len(self.examples) if many else 1, size))
        return matrix if self.rows else Matrix(name, *turned(matrix))

    def of_inputs(self, layer):
        """Return the step that has the quantities of a layer: the inputs of a second pass are those of the last step."""
        return self.last_step if self.step == "after" and layer == -1 else self.step

    def ones(self, lines, columns):
        """Return a matrix of ones, for places some of which may be left out."""
        entries = [[GAP if None in (line, column) else "1" for column in columns] for line in lines]
        return Matrix(Name("1", ""), entries, tuple(map(shape_of, (lines, columns))))

    def of_step(self, kind, layer, step):
        """Return the weights, the biases or the like of a layer after a training step, and the gradients in it."""
        quantity = self.quantities.at[step, None][kind, layer]
        rows, neurons = self.trace.all_rows_of(quantity), self.trace.network.layers[layer].neurons
        chosen, name = self.chosen(layer), {**OF_LAYERS, **OF_NEURONS}[kind]
        name = Name(name, quantity.letter, *quantity.marks)
        if kind in OF_LAYERS:
            width = quantity.shape[1]
            sources = self.chosen(layer - 1)
            entries = [[GAP if None in (j, i) else shown(rows, j * width + i) for i in sources] for j in chosen]
            return Matrix(name, entries, quantity.shape)
        entries = [[GAP if j is None else NONE if neurons[j].bias is None else shown(rows, j)] for j in chosen]
        matrix = Matrix(name, entries, (quantity.size, 1))
        return Matrix(name, *turned(matrix)) if self.rows else matrix

    def scalar(self, kind):
        """Return a number of the whole step, E, Ω or L, as a matrix with one entry."""
        quantity = self.quantities.at[self.step, None][kind, None]
        base = {"loss": "E", "penalty": "Ω", "penalized_loss": "L"}[kind]
        return Matrix(Name(base, "", *quantity.marks), [self.trace.all_rows_of(quantity)])

    # the equations

    def product(self, left, right):
        return [Operand(left, "row"), " · ", Operand(right, "column")]

    def summed(self, matrix):
        """Return the sum over the examples of a matrix with a column, or a row, for each."""
        chosen = self.chosen_examples()
        if not self.many:
            return [Operand(matrix, "entry")]
        if self.rows:
            return self.product(self.ones([0], chosen), matrix)
        return self.product(matrix, self.ones(chosen, [0]))

    def whole(self, matrix):
        """Return a matrix whose entries of an example all go into that of the result."""
        return Operand(matrix, "row" if self.rows else "column")

    # the steps

    def steps(self):
        if self.step == "after":
            yield from self.second_pass()
            return
        yield self.inputs()
        for layer in self.layers:
            yield layer.net_input_step()
            yield layer.output_step()
        if self.quantities.only_forward:
            return
        yield self.made(LOSS, "The loss", self.loss_words(), self.loss_equations())
        for layer in reversed(self.layers):
            yield layer.delta_step()
            yield layer.gradient_step()
        if ("penalty", None) in self.quantities.at[self.step, None]:
            yield self.penalty_step()
        for layer in self.layers if self.quantities.moves else ():
            yield layer.update_step()

    def made(self, part, title, sentences, equations, rule=""):
        return part, title + self.suffix, sentences, equations, rule

    def inputs(self):
        words = "The outputs of layer I are the inputs, just as they are given."
        if self.many:
            line = "row" if self.rows else "column"
            words = f"The inputs of each example are a {line}: that is how the batch goes through the network at once."
        return self.made(FORWARD, "The inputs", [words], [Equation(self.vector("output", -1), [])])

    def second_pass(self):
        equations = [equation for layer in self.layers for equation in (layer.net_input(), layer.output())]
        words = ["The same inputs go through the new weights. A ⁺ marks the new numbers."]
        yield self.made(FORWARD, "A second forward pass", words, equations)
        equations = [self.layers[-1].loss_slopes(), *self.loss_equations()]
        yield self.made(LOSS, "Before and after", self.loss_words(), equations)

    def loss_words(self):
        line = "row" if self.rows else "column"
        if not self.many:
            return ["Σ adds up all entries."]
        combined = "mean" if self.mean else "sum"
        return [f"Σ adds up each {line}. The product with ones, 1, adds up the examples: the loss is the {combined}."]

    def loss_equations(self):
        last = self.layers[-1]
        losses = self.vector("loss", None)
        outputs, targets = self.whole(last.vector("output")), self.whole(last.targets())
        formula = getattr(self.trace.network.loss, "formula", "").partition("= ")[2]
        size = self.quantities.sizes[-1]
        right = entrywise(formula, {"y_k": outputs, "t_k": targets}, size) if formula else None
        equations = [Equation(losses, right or ["E(", outputs, ", ", targets, ")"])]
        if self.many:
            equations.append(Equation(self.scalar("loss"), [*self.summed(losses), *[self.mean] * bool(self.mean)]))
        return equations

    def penalty_step(self):
        words = ["Weight decay adds a penalty Ω on large weights to the loss. Σ adds up all entries."]
        squares = [[Operand(layer.parameter("weights"), "all"), "²"] for layer in self.layers]
        added = [part for n, square in enumerate(squares) for part in ([" + Σ " if n else "Σ ", *square])]
        penalty, loss = self.scalar("penalty"), self.scalar("loss")
        whole = [Operand(loss, "entry"), " + ", Operand(penalty, "entry")]
        equations = [
            Equation(penalty, joined([self.setting("λ"), " / 2·(", *added, ")"])),
            Equation(self.scalar("penalized_loss"), whole),
        ]
        return self.made(LOSS, "The penalty of the weights", words, equations)

    def setting(self, symbol):
        """Return η, μ or λ, as a part of an equation."""
        return Scalar(self.trace.rows[symbol])


class LayerMatrices:
    """The steps of one layer in matrices."""

    def __init__(self, step, number, layer):
        self.step, self.number, self.layer = step, number, layer
        self.letter = layer_letter(number + 1).upper()
        self.before = layer_letter(number).upper()
        self.softmax = isinstance(layer, SoftmaxLayer)
        self.has_biases = step.quantities.has_bias[number]

    def vector(self, kind, example=None):
        return self.step.vector(kind, self.number, example)

    def inputs(self):
        return self.step.vector("output", self.number - 1)

    def targets(self, example=None):
        """Return the targets; those of a second pass are those of the last step."""
        step = self.step
        if step.step == "after":
            step = TrainingStep(step.view, step.last_step, step.examples)
        return step.vector("targets", self.number, example)

    def parameter(self, kind, after=False):
        """Return the weights or biases before the step, or after it; the gradients and velocities of it."""
        return self.step.of_step(kind, self.number, self.step.before + after)

    def formula(self, attribute):
        """Return the formula of f, or its slope, if all neurons of the layer state the same one, otherwise ""."""
        found = {getattr(neuron.activation, attribute, None) or "" for neuron in self.layer.neurons}
        return found.pop() if len(found) == 1 else ""

    # forward

    def net_input(self):
        weights, step = self.parameter("weights"), self.step
        inputs = self.inputs()
        right = step.product(inputs, weights.transposed) if step.rows else step.product(weights, inputs)
        if self.has_biases:
            right += [" + ", Operand(self.parameter("biases"), "entry")]
        return Equation(self.vector("net_input"), right)

    def output(self):
        inputs, outputs = self.vector("net_input"), self.vector("output")
        if self.softmax:
            j = self.letter.lower()
            return Equation(outputs, ["softmax(", self.step.whole(inputs), ")"], f"y_{j} = exp(x_{j}) / Σ_m exp(x_m)")
        formula = self.formula("formula")
        return Equation(outputs, ["f(", Operand(inputs, "entry"), ")"], f"f(x) = {formula}" if formula else "")

    def net_input_step(self):
        step, w, j = self.step, f"W_{self.letter}", self.letter.lower()
        if step.rows:
            words = f"Column {j} of {w}ᵀ, which is row {j} of {w}, has the weights of neuron {j}: the product of the row of "
            words += "an example with it is the sum of this neuron."
        else:
            words = f"Row {j} of {w} has the weights of neuron {j}: its product with the column of an example is the sum of "
            words += "this neuron."
        if self.has_biases and step.many:
            words += f" b_{self.letter} is added to each {'row' if step.rows else 'column'} (broadcasting)."
        return step.made(FORWARD, f"Net inputs of layer {self.letter}", [words], [self.net_input()])

    def output_step(self):
        line = "row" if self.step.rows else "column"
        names = " or ".join(sorted({neuron.activation.name for neuron in self.layer.neurons}))
        words = f"The activation function f goes over each entry alone: {names}."
        if self.softmax:
            words = f"Softmax takes each {line} as a whole: its entries become shares of 1."
        return self.step.made(FORWARD, f"Outputs of layer {self.letter}", [words], [self.output()])

    # backward

    def loss_slopes(self):
        """Return the equation of ∂E/∂y of the last layer."""
        outputs, targets = Operand(self.vector("output"), "entry"), Operand(self.targets(), "entry")
        slope = getattr(self.step.trace.network.loss, "slope", "")
        right = entrywise(slope, {"y_k": outputs, "t_k": targets}, len(self.layer.neurons)) if slope else None
        return Equation(self.vector("output_gradient"), right or ["E′(", outputs, ", ", targets, ")"])

    def delta_step(self):
        step, following = self.step, self.number + 1
        title = f"Deltas of layer {self.letter}"
        if following == len(step.layers):
            words = ["The loss function gives ∂E/∂y of the last layer, entry by entry."]
            if self.softmax:
                words.append(
                    "Each output depends on all net inputs of its example: the Jacobian of softmax, "
                    "diag(y) − y · yᵀ, has a row and a column for each neuron."
                )
            return step.made(BACKWARD, title, words, [self.loss_slopes(), *self.last_deltas()])
        j, k, w = self.letter.lower(), step.layers[following].letter.lower(), f"W_{step.layers[following].letter}"
        back = f"Forward, row {k} of {w} gathers what comes into neuron {k}. Backward, it is gathered where neuron {j} sends "
        back += f"its output: along the weights in column {j} of {w}"
        back += ", and no ᵀ is needed." if step.rows else f", which is row {j} of {w}ᵀ."
        return step.made(BACKWARD, title, [back], [self.hidden_deltas(step.layers[following])])

    def last_deltas(self):
        if not self.softmax:
            return [self.deltas([Operand(self.vector("output_gradient"), "entry")])]
        if not self.step.many:
            return [self.softmax_deltas()]
        return [self.softmax_deltas(n) for n in self.step.chosen_examples() if n is not None]

    def hidden_deltas(self, following):
        weights, deltas = following.parameter("weights"), following.vector("delta")
        product = self.step.product
        return self.deltas(
            product(deltas, weights) if self.step.rows else product(weights.transposed, deltas), is_product=True
        )

    def deltas(self, slopes, is_product=False):
        """Return the equation of the deltas from the parts that are ∂E/∂y."""
        inputs, outputs = (Operand(self.vector(kind), "entry") for kind in ("net_input", "output"))
        slope = self.formula("slope")
        factor = entrywise(slope, {"x": inputs, "y": outputs}) if slope else None
        rule = ""
        if factor is None:
            factor, rule = ["f′(", inputs, ")"], f"f′(x) = {slope}" if slope else ""
        if factor == ["1"]:
            return Equation(self.vector("delta"), slopes)
        slopes = joined(["(", *slopes, ")"]) if is_product else slopes
        return Equation(self.vector("delta"), joined([*slopes, " ⊙ ", *as_factor(factor)]), rule)

    def softmax_deltas(self, example=None):
        """Return the equation of the deltas of an example through the Jacobian of softmax."""
        outputs, slopes = self.vector("output", example), Operand(self.vector("output_gradient", example), "all")
        here, turned_outputs = Operand(outputs, "entry"), Operand(outputs.transposed, "all")
        pair = [turned_outputs, " · ", here] if self.step.rows else [here, " · ", turned_outputs]
        jacobian = ["(diag(", here, ") − ", *pair, ")"]
        right = [slopes, " · ", *jacobian] if self.step.rows else [*jacobian, " · ", slopes]
        return Equation(self.vector("delta", example), joined(right))

    def gradient_step(self):
        step, inputs, deltas = self.step, self.inputs(), self.vector("delta")
        mean = [step.mean] * bool(step.mean)
        right = step.product(deltas.transposed, inputs) if step.rows else step.product(deltas, inputs.transposed)
        equations = [Equation(self.parameter_gradient("weight_gradients"), [*right, *mean])]
        words = [
            f"Each delta of {self.letter} meets each output of {self.before}: a column times a row, the outer product, "
            f"has as many rows and columns as W_{self.letter}."
        ]
        if step.many:
            words = [
                f"Each example gives an outer product, a column of deltas of {self.letter} times a row of outputs of "
                f"{self.before}. The product of the two matrices adds them all up"
                f"{', and their number makes it the mean' if step.mean else ''}."
            ]
        if self.has_biases:
            equations.append(Equation(self.parameter_gradient("bias_gradients"), [*self.bias_sum(deltas), *mean]))
            if getattr(self.layer, "shares_bias", False):
                words.append("The neurons share one bias: the ones add up the deltas of all of them.")
        title = f"Gradients of the weights from {self.before} to {self.letter}"
        return step.made(BACKWARD, title, words, equations)

    def bias_sum(self, deltas):
        """Return the parts that add up the deltas over the examples and, where neurons share a bias, over these."""
        step = self.step
        summed = step.summed(deltas)
        if not getattr(self.layer, "shares_bias", False):
            return summed
        chosen, inner = (
            step.chosen(self.number),
            [Operand(part.matrix, "all") if isinstance(part, Operand) else part for part in summed],
        )
        ones = step.ones(chosen, chosen)
        return [*inner, " · ", Operand(ones, "column")] if step.rows else [Operand(ones, "row"), " · ", *inner]

    def parameter_gradient(self, kind):
        return self.step.of_step(kind, self.number, self.step.step)

    # update

    def update_step(self):
        equations, words, rule = update_equations(self)
        title = f"Update of the weights from {self.before} to {self.letter}"
        return self.step.made(UPDATE, title, [words], equations, rule)


def shown(rows, place):
    """Return a row, or that it is left out."""
    return GAP if rows is None or rows[place] is None else rows[place]


def shape_of(places):
    """Return how many places there are, with those that are left out."""
    return places[-1] + 1


def turned(matrix):
    """Return the entries and the shape of a matrix with rows and columns exchanged."""
    matrix = matrix.transposed
    return matrix.entries, matrix.shape
