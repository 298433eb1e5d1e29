"""A training step in matrices: the matrices of its examples, and its steps in order. Read matrix.py first, then matrix_layer.py."""

from purenet.drawing.columns import drawn_places
from purenet.trace.entrywise import entrywise, joined
from purenet.trace.matrix import GAP, NONE, Equation, Matrix, Name, Operand, Scalar
from purenet.trace.matrix_layer import LayerMatrices
from purenet.trace.quantities import MEMORIES
from purenet.trace.steps import FORWARD, LOSS

CAPITALS = {"x": "X", "y": "Y", "t": "T", "δ": "Δ", "∂E/∂y": "∂e/∂Y", "E": "e"}
OF_ONE = {"∂E/∂y": "∂e/∂y"}  # of one of several examples, whose loss is e
BASES = {"net_input": "x", "output": "y", "targets": "t", "delta": "δ", "output_gradient": "∂E/∂y", "loss": "E"}
OF_LAYERS = {"weights": "W", "weight_gradients": "∇W", **{f"weight_{kind}": m.upper() for kind, m in MEMORIES.items()}}
OF_NEURONS = {"biases": "b", "bias_gradients": "∇b", **{f"bias_{kind}": base for kind, base in MEMORIES.items()}}


class TrainingStep:
    """A training step in matrices: `steps()` yields the part, title, sentences, equations and rule of each of its steps."""

    def __init__(self, view, step, examples):
        self.view, self.trace, self.rows = view, view.trace, view.rows
        self.step, self.examples = step, examples
        self.quantities = self.trace.quantities
        self.many = len(examples) > 1
        self.loss = "e" if self.many else "E"  # of one example
        count = len(self.quantities.batch_sizes)
        self.last_step = count if step == "after" else step - 1  # the step before; that of a second pass is the last
        self.before = self.last_step if self.quantities.moves else 0  # after which the weights are those of this step
        self.mean = f" / {len(examples)}" * (self.many and self.trace.gradient == "mean")
        self.layers = [LayerMatrices(self, number, layer) for number, layer in enumerate(self.trace.network.layers)]
        self.suffix = f", training step {count if step == 'after' else step}" * (count > 1)

    def last(self):
        """Return the step before a second pass."""
        return TrainingStep(self.view, self.last_step, self.examples)

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
        if many:
            name = Name(CAPITALS[base], first.letter, first.marks[0])
        else:
            name = Name(OF_ONE.get(base, base) if self.many else base, first.letter, *first.marks)
        matrix = Matrix(name, entries, (len(self.examples) if many else 1, size))
        return matrix if self.rows else Matrix(name, *turned(matrix))

    def of_inputs(self, layer):
        """Return the step that has the quantities of a layer: the inputs of a second pass are those of the last step."""
        return self.last_step if self.step == "after" and layer == -1 else self.step

    def ones(self, lines, columns):
        """Return a matrix of ones, for places some of which may be left out."""
        entries = [[GAP if None in (line, column) else "1" for column in columns] for line in lines]
        return Matrix(Name("ones", ""), entries, tuple(map(shape_of, (lines, columns))))

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
            line, (first, *_, last) = "row" if self.rows else "column", self.examples
            which = f"{first} and {last}" if len(self.examples) == 2 else f"{first} to {last}"
            words = f"The {line}s are examples {which}: so all of them go through the network at once."
        return self.made(FORWARD, "The inputs", [words], [Equation(self.vector("output", -1), [])])

    def second_pass(self):
        equations = [equation for layer in self.layers for equation in (layer.net_input(), layer.output())]
        words = ["The same inputs go through the new weights. A ⁺ marks the new numbers."]
        yield self.made(FORWARD, "A second forward pass", words, equations)
        equations = [self.layers[-1].loss_slopes(), *self.loss_equations()]
        yield self.made(LOSS, "Before and after", self.loss_words(), equations)

    def loss_words(self):
        if not self.many:
            return ["Σ adds up all entries."]
        line = "row" if self.rows else "column"
        words = f"e has the loss of each example: Σ adds up each {line}. The product with ones, a {line} in which each entry is "
        return [f"{words}1, adds up the examples{f', and{self.mean} makes E their mean' if self.mean else ' to E'}."]

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
