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
