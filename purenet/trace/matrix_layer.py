"""One layer of a training step in matrices: its equations, forward, backward and the update. Read matrix.py first."""

from purenet.checks import layer_letter
from purenet.softmax import SoftmaxLayer
from purenet.trace.entrywise import as_factor, entrywise, joined
from purenet.trace.matrix import Equation, Operand
from purenet.trace.matrix_update import update_equations
from purenet.trace.steps import BACKWARD, FORWARD, UPDATE


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
            step = step.last()
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
            words += f" b_{self.letter} is repeated as each {'row' if step.rows else 'column'} (broadcasting)."
        return step.made(FORWARD, f"Net inputs of layer {self.letter}", [words], [self.net_input()])

    def output_step(self):
        line = "row" if self.step.rows else "column"
        words = f"The activation function f goes over each entry alone: {self.activations()}."
        if self.softmax:
            words = f"Softmax takes each {line} as a whole: its entries become shares of 1."
        return self.step.made(FORWARD, f"Outputs of layer {self.letter}", [words], [self.output()])

    # backward

    def loss_slopes(self):
        """Return the equation of ∂E/∂y of the last layer; of several examples, that is the slope of each one's own loss, e."""
        outputs, targets = Operand(self.vector("output"), "entry"), Operand(self.targets(), "entry")
        slope = getattr(self.step.trace.network.loss, "slope", "")
        right = entrywise(slope, {"y_k": outputs, "t_k": targets}, len(self.layer.neurons)) if slope else None
        return Equation(self.vector("output_gradient"), right or ["E′(", outputs, ", ", targets, ")"])

    def delta_step(self):
        step, following = self.step, self.number + 1
        title = f"Deltas of layer {self.letter}"
        if following == len(step.layers):
            words = [self.last_words(), self.slope_words()]
            return step.made(BACKWARD, title, words, [self.loss_slopes(), *self.last_deltas()])
        words = [self.hidden_words(step.layers[following].letter), self.slope_words()]
        slopes = self.hidden_slopes(step.layers[following])
        return step.made(BACKWARD, title, words, [slopes, self.deltas(slopes)])

    def last_words(self):
        """Return what a delta is, and whose loss it is the slope of."""
        step, e, whose = self.step, self.step.loss, " of an example" if self.step.many else ""
        words = f"δ = ∂{e}/∂x says how fast the loss {e}{whose} changes with the net input of a neuron, and ∂{e}/∂y with its output."
        if step.many:
            words += f" Each example has slopes of its own; the {'mean' if step.mean else 'sum'} is taken only in the gradients."
        return f"{words} The loss function gives ∂{e}/∂y of the last layer."

    def hidden_words(self, following):
        """Return why the weights of the following layer are read by columns, and why this takes ᵀ or none."""
        step, j, k, w = self.step, self.letter.lower(), following.lower(), f"W_{following}"
        words = f"Neuron {j} changes the loss through every neuron {k} that it feeds. x_{k} contains w_{j}{k}·y_{j}, and {step.loss} changes "
        words += f"δ_{k} times as fast as x_{k}: so ∂{step.loss}/∂y_{j} = Σ_{k} w_{j}{k}·δ_{k}. "
        along = "· goes along the rows of its first matrix and down the columns of its second"
        if step.rows:
            deltas, whose = ("Δ", "the deltas of an example are") if step.many else ("δ", "the deltas are")
            return f"{words}These weights are column {j} of {w}, and {whose} a row of {deltas}_{following}: {along}, so no ᵀ is needed."
        return f"{words}These weights are column {j} of {w}, and ᵀ makes it a row: {along}."

    def slope_words(self):
        """Return how a delta comes from ∂E/∂y, and the slope of the activation function if the layer has one formula."""
        e, slope = self.step.loss, self.formula("slope")
        if self.softmax:
            words = "Each output depends on all net inputs of its example, so δ is not made entry by entry: the Jacobian of "
            return f"{words}softmax, diag(y) − y · yᵀ, has the slope ∂y/∂x of each output for each net input."
        words = f"δ is ∂{e}/∂y times f′(x), where f′ is the slope of the activation function"
        if slope and ", else " not in slope:  # otherwise the equation has this rule
            words += f": f′(x) = {slope} for {self.activations()}"
        return f"{words}."

    def activations(self):
        return " or ".join(sorted({neuron.activation.name for neuron in self.layer.neurons}))

    def last_deltas(self):
        if not self.softmax:
            return [self.deltas()]
        if not self.step.many:
            return [self.softmax_deltas()]
        return [self.softmax_deltas(n) for n in self.step.chosen_examples() if n is not None]

    def hidden_slopes(self, following):
        """Return the equation of ∂E/∂y of a layer that feeds another."""
        weights, deltas, product = following.parameter("weights"), following.vector("delta"), self.step.product
        right = product(deltas, weights) if self.step.rows else product(weights.transposed, deltas)
        return Equation(self.vector("output_gradient"), right, is_written_out=True)

    def deltas(self, through=None):
        """Return the equation of the deltas from ∂E/∂y, which the equation that it goes through computes."""
        slopes = [Operand(self.vector("output_gradient"), "entry")]
        inputs, outputs = (Operand(self.vector(kind), "entry") for kind in ("net_input", "output"))
        slope = self.formula("slope")
        factor = entrywise(slope, {"x": inputs, "y": outputs}) if slope else None
        rule = ""
        if factor is None:
            factor, rule = ["f′(", inputs, ")"], f"f′(x) = {slope}" if slope else ""
        if factor == ["1"]:
            return Equation(self.vector("delta"), slopes, through=through)
        right = joined([*slopes, " ⊙ ", *as_factor(factor)])
        return Equation(self.vector("delta"), right, rule, through=through)

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
        equations = [Equation(self.parameter_gradient("weight_gradients"), [*right, *mean], is_written_out=True)]
        words = [self.gradient_words()]
        if self.has_biases:
            equations.append(Equation(self.parameter_gradient("bias_gradients"), [*self.bias_sum(deltas), *mean]))
            words.append(self.bias_words())
        title = f"Gradients of the weights from {self.before} to {self.letter}"
        return step.made(BACKWARD, title, words, equations)

    def gradient_words(self):
        """Return what ∇W is, why it is a column times a row, and where the examples are added up."""
        step, i, j = self.step, self.before, self.letter
        entry = f"w_{i}{j}".lower()
        x, y, delta = f"x_{j.lower()}", f"y_{i.lower()}", f"δ_{j.lower()}"
        words = f"∇W_{j} has the slope of the loss for each weight. {x} contains {entry}·{y}, so it changes {y} times as fast as "
        words += f"{entry}, and the loss {delta} times as fast as {x}: the slope of {entry} is {delta}·{y}"
        if not step.many:
            turned = f"δ_{j}ᵀ" if step.rows else f"y_{i}ᵀ"
            return f"{words}. A column times a row is the table of all these products, the outer product: hence the ᵀ in {turned}."
        words += " in one example. The table of all these products, a column times a row, is the outer product. "
        if step.rows:
            words += f"Each example is a row of Δ_{j} and of Y_{i}. To be added up, the examples must be last in the first matrix: "
            words += f"ᵀ makes them the columns of Δ_{j}ᵀ. So the product"
        else:
            words += f"Each example is a column of Δ_{j} and of Y_{i}. To be added up, the examples must be first in the second "
            words += f"matrix: ᵀ makes them the rows of Y_{i}ᵀ. So the product"
        words += " adds up the tables of all examples"
        return f"{words}; divided by {len(step.examples)}, that is their mean." if step.mean else f"{words}."

    def bias_words(self):
        """Return what ∇b is: without a y, for the slope of x with respect to b is 1."""
        j, added = self.letter.lower(), ", and the product with ones adds up the examples" if self.step.many else ""
        words = f"x_{j} contains b_{j} as it is, with the slope 1, so the slope of b_{j} is δ_{j}{added}."
        if getattr(self.layer, "shares_bias", False):
            words += " The neurons share one bias: ones adds up the deltas of all of them, too."
        return words

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
