"""The steps of a trace in the order of the computation, each with its rule in words and in symbols.

A trace counts its own steps, one for each table, through all steps of the training. Each belongs to one of four parts.
"""

from purenet.arithmetic.notation import UNICODE, Symbol, number_text
from purenet.checks import layer_letter
from purenet.descent import Adam
from purenet.document.formats import SHOWN_DIGITS
from purenet.losses import CrossEntropy
from purenet.softmax import SoftmaxLayer
from purenet.trace.quantities import OF_PARAMETERS, SETTINGS

FORWARD, LOSS, BACKWARD, UPDATE = PARTS = "forward", "loss", "backward", "update"


def steps_of(trace):
    """Yield the place, part, title, words, rule, rows and gaps of each step of a trace, in the order of the computation."""
    for (step, example), quantities in trace.quantities.at.items():
        if step == 0:
            continue
        place = Place(trace, step, example, quantities)
        if step == "after":
            yield from place.second_pass() if example else [place.loss_before_and_after()]
        elif example is not None:
            yield from place.example_steps()
        else:
            yield from place.training_step()


class Place:
    """One example, or a training step as a whole, and its steps in a trace."""

    def __init__(self, trace, step, example, quantities):
        self.trace = trace
        self.step, self.example = step, example
        self.quantities = quantities
        self.layers = [TracedLayer(self, number, layer) for number, layer in enumerate(trace.network.layers)]
        self.last = self.layers[-1]
        marked = quantities.get(("loss", None)) or quantities["output", 0]
        _, self.example_mark = self.marks = marked.marks
        counts = trace.quantities.batch_sizes
        self.steps = len(counts)
        several_steps, self.several = len(counts) > 1, len(counts) > 1 or counts[0] > 1
        self.batch_size = counts[step - 1] if step != "after" else counts[-1]
        number = len(counts) if step == "after" else step
        self.name = f"training step {number}" if several_steps else "the training step"
        self.suffix = f", example {example}" if example and self.several else f", {self.name}" * several_steps

    def made(self, part, title, words, rule, rows):
        """Return a step of the trace in its part; rows that are left out are counted in its gaps."""
        shown, gaps = [], {}
        for row in rows:
            if row is None:
                gaps[len(shown)] = gaps.get(len(shown), 0) + 1
            else:
                shown.append(row)
        return self, part, title if self.name in title else title + self.suffix, words, rule, shown, gaps

    @property
    def is_repeated(self):
        """Whether this is an example that has a training step of its own, whose place has all of its numbers, too."""
        at = self.trace.quantities.at
        return self.example is not None and self.batch_size == 1 and (self.step, None) in at

    @property
    def words(self):
        """Where this is: "in example 3"."""
        if self.step == "after":
            return "after the last training step"
        return f"in example {self.example}" if self.example else f"in training step {self.step}"

    @property
    def before(self):
        """The place in the last training step of what is repeated after it."""
        return Place(self.trace, self.steps, self.example, self.trace.quantities.at[self.steps, self.example])

    def symbol(self, base, subscript="", after=False):
        """Return the symbol that a quantity has here, or, after the step, the new one."""
        if base in OF_PARAMETERS:
            return Symbol(base, subscript, self.steps_before + after)
        if self.step == "after" and base in ("∇w", "∇b"):
            return Symbol(base, subscript, *self.trace.quantities.at[self.steps, None]["loss", None].marks)
        if after or self.step == "after":
            return Symbol(base, subscript, self.steps if after else 0, self.example_mark)
        return Symbol(base, subscript, *self.marks)

    @property
    def steps_before(self):
        """How often the weights have moved before."""
        if not self.trace.quantities.moves:
            return 0
        return (self.steps if self.step == "after" else self.step) - 1

    def placed(self, symbol):
        """Return the symbol of a quantity as the whole trace names it, from how it is named here."""
        if symbol.example is not None or symbol.base in SETTINGS:
            return symbol
        if symbol.base in OF_PARAMETERS:
            return Symbol(symbol.base, symbol.subscript, self.steps_before + symbol.after)
        return self.symbol(symbol.base, symbol.subscript, bool(symbol.after))

    def rows(self, kind, layer=None):
        """Return the rows of a quantity; None for each that is left out."""
        quantity = self.quantities.get((kind, layer))
        return self.trace.all_rows_of(quantity) if quantity else []

    def example_steps(self):
        """Yield the steps of one example: forward, the loss, and backward."""
        words = "The outputs y_i of layer I are the inputs, just as they are given."
        yield self.made(FORWARD, "The inputs", words, "", self.rows("output", -1))
        for layer in self.layers:
            yield layer.net_input_step()
            yield layer.output_step()
        if self.trace.quantities.only_forward:
            return
        yield self.loss_step()
        last = self.last
        yield last.delta_step(last_words(last), f"∂E/∂y_{last.letter}", loss_slope_rule(self))
        yield last.gradient_step()
        for layer, following in reversed(list(zip(self.layers, self.layers[1:]))):
            j, k = layer.letter, following.letter
            yield layer.delta_step(hidden_words(layer, following), f"Σ_{k} w_{j}{k}·δ_{k}")
            yield layer.gradient_step()

    def training_step(self):
        """Yield the steps that belong to all examples of a training step: what it makes of them, and the update."""
        combined = self.trace.gradient
        if self.batch_size > 1:
            words = f"The loss of the training step is the {combined} of the losses of its examples."
            yield self.made(LOSS, f"The loss of {self.name}", words, self.combined_rule("E"), self.rows("loss"))
        if ("penalty", None) in self.quantities:
            words = "Weight decay adds a penalty Ω on large weights to the loss E. L is the loss with it."
            rows = self.rows("penalty") + self.rows("penalized_loss")
            yield self.made(LOSS, "The penalty of the weights", words, "Ω = λ / 2·Σ w², L = E + Ω", rows)
        if self.batch_size > 1:
            words = f"The gradients of the training step are the {combined} of those of its examples."
            for layer in self.layers:
                title = f"Gradients of {self.name}, from {layer.before.upper()} to {layer.name}"
                rule = self.combined_rule(f"∇w_{layer.before}{layer.letter}")
                if layer.has_biases:
                    rule += ", " + self.combined_rule(f"∇b_{layer.letter}")
                yield self.made(
                    BACKWARD, title, words, rule, layer.parameter_rows("weight_gradients", "bias_gradients")
                )
        for layer in self.layers if self.trace.quantities.moves else ():
            yield layer.update_step()

    def combined_rule(self, name):
        divided = f" / {self.batch_size}" if self.trace.gradient == "mean" else ""
        return f"{name} = Σ_n {name}⁽ⁿ⁾{divided}"

    def loss_step(self):
        words = f"One number says how far the outputs are from the targets: the {self.trace.network.loss.name}."
        return self.made(LOSS, "The loss", words, loss_rule(self), self.rows("loss"))

    def second_pass(self):
        layers = self.layers
        rows = [row for layer in layers for kind in ("net_input", "output") for row in self.rows(kind, layer.number)]
        words = "The same inputs go through the new weights. A ⁺ marks the new numbers."
        if self.steps > 1:
            marks = UNICODE.marks(Symbol("y", after=self.steps))
            words = (
                f"The same inputs go through the new weights. {marks} marks numbers after {self.steps} training steps."
            )
        first = layers[0]
        rules = [first.net_input_rule("⁺"), first.output_rule("⁺")]  # its inputs are the old ones
        rules += [rule for layer in layers[1:2] for rule in (layer.net_input_rule("⁺", "⁺"), layer.output_rule("⁺"))]
        yield self.made(FORWARD, "A second forward pass", words, ", ".join(rules), rows)
        yield self.before_and_after()

    def before_and_after(self):
        """Put the loss and its slopes ∂E/∂y before the update beside those after it."""
        last, old = self.last.number, self.before
        losses = old.rows("loss") + self.rows("loss")
        rows = old.rows("output_gradient", last) + self.rows("output_gradient", last) + losses
        return self.made(LOSS, "Before and after", f"{change_words(*losses)}.", loss_rule(self), rows)

    def loss_before_and_after(self):
        losses = self.before.rows("loss") + self.rows("loss")
        words = f"{change_words(*losses)}, as the {self.trace.gradient} over the examples."
        return self.made(LOSS, f"The loss before and after {self.name}", words, self.combined_rule("E"), losses)


class TracedLayer:
    """The steps of one layer; `letter` is j for layer J, `before` that of the layer before."""

    def __init__(self, place, number, layer):
        self.place = place
        self.number = number
        self.neurons = layer.neurons
        self.letter = layer.letter
        self.name = layer.letter.upper()
        self.before = layer_letter(number)
        self.softmax = isinstance(layer, SoftmaxLayer)
        self.has_biases = any(neuron.bias is not None for neuron in layer.neurons)
        self.shares_bias = getattr(layer, "shares_bias", False)

    def rows(self, kind):
        return self.place.rows(kind, self.number)

    def parameter_rows(self, weights, biases):
        """Return the rows of two quantities, one of weights and one of biases, neuron by neuron."""
        rows, size = [], len(self.neurons[0].weights)
        weights, biases = self.rows(weights), self.rows(biases) if biases else []
        for j, neuron in enumerate(self.neurons):
            rows += weights[j * size : (j + 1) * size]
            if neuron.bias is not None and biases:
                rows.append(biases[j])
        return rows

    def net_input_step(self):
        words = f"Each neuron of {self.name} multiplies each input by its weight and adds the products"
        words += ", then its bias." if self.has_biases else "."
        return self.made(
            FORWARD, f"Net inputs of layer {self.name}", words, self.net_input_rule(), self.rows("net_input")
        )

    def made(self, *step):
        return self.place.made(*step)

    def net_input_rule(self, after="", inputs_after=""):
        i, j = self.before, self.letter
        bias = f" + b_{j}{after}" if self.has_biases else ""
        return f"x_{j}{after} = Σ_{i} w_{i}{j}{after}·y_{i}{inputs_after}{bias}"

    def output_step(self):
        rule = self.output_rule()
        if self.softmax:
            words = "Softmax: each output is a share of 1, set by the net inputs of all neurons m of the "
            words += "layer."
        else:
            names = " or ".join(sorted({neuron.activation.name for neuron in self.neurons}))
            words = f"Each neuron of {self.name} puts its net input through its activation function f: {names}."
            rule = joined(rule, self.activation("f", "formula"))
            words += branch_words(rule)
        return self.made(FORWARD, f"Outputs of layer {self.name}", words, rule, self.rows("output"))

    def output_rule(self, after=""):
        j = self.letter
        if self.softmax:
            return f"y_{j}{after} = exp(x_{j}{after}) / Σ_m exp(x_m{after})"
        return f"y_{j}{after} = f(x_{j}{after})"

    def delta_step(self, words, slope, more=""):
        j = self.letter
        if self.softmax:
            pair = f"∂y_m/∂x_{j} = y_m·(1 − y_{j}) for m = {j}, else y_m·(0 − y_{j})"
            rule = joined(f"δ_{j} = Σ_m ∂y_m/∂x_{j}·∂E/∂y_m", pair, more)
        else:
            rule = joined(f"δ_{j} = f′(x_{j})·{slope}", self.activation("f′", "slope"), more)
            words += branch_words(rule)
        return self.made(BACKWARD, f"Deltas of layer {self.name}", words, rule, self.rows("delta"))

    def gradient_step(self):
        i, j = self.before, self.letter
        words = "How fast the loss changes with a weight: the delta of the neuron it leads to, times the number that "
        words += "came in through it."
        bias = f"∇b_{j} = Σ_m δ_m" if self.shares_bias else f"∇b_{j} = δ_{j}" if self.has_biases else ""
        rule = joined(f"∇w_{i}{j} = δ_{j}·y_{i}", bias)
        if self.shares_bias:
            words += f" All neurons m of {self.name} share one bias, whose gradient is the sum of their deltas."
        title = f"Gradients of the weights from {i.upper()} to {self.name}"
        return self.made(BACKWARD, title, words, rule, self.parameter_rows("weight_gradients", "bias_gradients"))

    def update_step(self):
        i, j, descent = self.before, self.letter, self.place.trace.descent
        title = f"Update of the weights from {i.upper()} to {self.name}"
        rows = self.parameter_rows("weights", "biases")
        w, b, frozen = f"w_{i}{j}", f"b_{j}", getattr(descent, "frozen", False)
        for kind in self.place.trace.quantities.memories[::-1]:
            rows = self.parameter_rows(f"weight_{kind}", None if frozen else f"bias_{kind}") + rows
        if isinstance(descent, Adam):
            words = "Each weight moves by η times the mean of its gradients, divided by the root of the mean of their squares."
            words += " Both means are corrected for their start at 0; t counts the training steps."
            words += " The weight decays by itself." if descent.weight_decay and descent.decoupled else ""
            rule, bias = adam_rule(descent, i + j, w), adam_rule(descent, j, b)
        elif descent.is_plain:
            words = "Each weight moves against its gradient, by the learning rate times that gradient."
            bias = f"{b}⁺ = {b} − η·∇{b}"
            rule = f"{w}⁺ = {w} − η·∇{w}"
        else:
            words = "Each weight moves by its velocity, which is 0 at the start: the share μ of the velocity before is kept."
            if not descent.momentum:
                words = "Each weight moves against its gradient and λ times itself, multiplied by the learning rate."
            kept = "μ·v_{} − η·" if descent.momentum else "−η·"
            slope = f"(∇{w} + λ·{w})" if descent.weight_decay else f"∇{w}"
            moved = "{0}⁺ = {0} + v_{1}⁺"
            if descent.nesterov:
                words += " The step looks ahead: it adds the share μ of the new velocity, and the gradient once more."
                moved = "{0}⁺ = {0} + μ·v_{1}⁺ − η·{2}"
            rule = f"v_{i}{j}⁺ = {kept.format(i + j)}{slope}, {moved.format(w, i + j, slope)}"
            bias = f"v_{j}⁺ = {kept.format(j)}∇{b}, {moved.format(b, j, '∇' + b)}"
        if self.has_biases and frozen:
            words += " The biases stay as they are."
            bias = f"{b}⁺ = {b}"
        return self.made(UPDATE, title, words, joined(rule, bias if self.has_biases else ""), rows)

    def activation(self, name, attribute):
        """Return the formulas of the layer's activation functions f or of their slopes f′, if all of them state one."""
        formulas = [getattr(neuron.activation, attribute, None) for neuron in self.neurons]
        if None in formulas:
            return ""
        return " or ".join(dict.fromkeys(f"{name}(x) = {formula}" for formula in formulas))


def adam_rule(descent, subscript, name):
    """Return the rules by which Adam moves a weight or a bias of a name."""
    m, v, slope, decay = f"m_{subscript}", f"v_{subscript}", f"∇{name}", ""
    if descent.weight_decay and name.startswith("w"):
        decay = f" − η·λ·{name}" if descent.decoupled else ""
        slope = slope if descent.decoupled else f"({slope} + λ·{name})"
    m_hat, v_hat = f"m̂_{subscript}", f"v̂_{subscript}"
    return joined(
        f"{m}⁺ = β₁·{m} + (1 − β₁)·{slope}",
        f"{v}⁺ = β₂·{v} + (1 − β₂)·{slope}²",
        f"{m_hat}⁺ = {m}⁺ / (1 − β₁ᵗ)",
        f"{v_hat}⁺ = {v}⁺ / (1 − β₂ᵗ)",
        f"{name}⁺ = {name}{decay} − η·{m_hat}⁺ / (sqrt({v_hat}⁺) + ε)",
    )


def joined(*rules):
    """Return several rules as one, without those that are empty."""
    return ", ".join(rule for rule in rules if rule)


def branch_words(rule):
    """Return a sentence about a rule with several cases, of which a formula shows one: "0" for x ≤ 0."""
    return " Each row shows the part of the rule that applies." if ", else " in rule else ""


def change_words(before, after):
    """Return how the loss changed, from two rows: "By hand, the loss fell from 0.0267 to 0.0261"."""
    who = "By hand, the" if after.by_hand_quantity else "The"
    old, new = [number_text(row.shown_value, SHOWN_DIGITS) for row in (before, after)]
    if old == new:
        digits = "" if after.value == before.value else " to these digits"
        return f"{who} loss stayed the same{digits}: {old}"
    return f"{who} loss {'fell' if after.shown_value < before.shown_value else 'rose'} from {old} to {new}"


def last_words(last):
    return (
        f"A delta is the slope of the loss with respect to a net input. In the last layer, {last.name}, the loss function "
        f"gives ∂E/∂y_{last.letter}.{zero_words(last)}"
    )


def zero_words(last):
    """Return a sentence about terms that the deltas of softmax with cross-entropy do not show, "" where there are none."""
    summed = last.softmax and isinstance(last.place.trace.network.loss, CrossEntropy)
    zero = any(row is not None and row.value == 0 for row in last.rows("targets"))
    return " Terms of targets that are 0 are left out: their ∂E/∂y is 0." if summed and zero else ""


def hidden_words(layer, following):
    return (
        f"A neuron of {layer.name} shares the blame of every neuron it feeds: add up the deltas of {following.name}, each "
        f"times the connecting weight, and multiply by the neuron's own slope."
    )


def loss_rule(place):
    """Return the formula of the loss for the letter of the last layer, if it states one."""
    return getattr(place.trace.network.loss, "formula", "").replace("_k", f"_{place.last.letter}")


def loss_slope_rule(place):
    """Return the formula of ∂E/∂y_k, if the loss states one."""
    slope = getattr(place.trace.network.loss, "slope", None)
    return f"∂E/∂y_k = {slope}".replace("_k", f"_{place.last.letter}") if slope else ""
