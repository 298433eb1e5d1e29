"""The steps of a trace in the order of the computation, each with its rule in words and in symbols."""

from purenet.arithmetic.expression import Expression
from purenet.arithmetic.notation import Symbol, number_text
from purenet.document.formats import SHOWN_DIGITS
from purenet.softmax import SoftmaxLayer


def steps_of(trace):
    """Yield the title, words, rule and rows of each step of a trace, in the order of the computation."""
    layers = [TracedLayer(trace, layer) for layer in trace.network.layers]
    last = layers[-1]
    yield "The inputs", "The outputs y_i of layer I are the inputs, just as they are given.", "", trace.inputs
    for layer in layers:
        yield layer.net_input_step()
        yield layer.output_step()
    yield loss_step(trace, last)
    yield last.delta_step(last_words(last), f"∂E/∂y_{last.letter}", f"∂E/∂y_{last.letter} = {loss_slope(trace, last)}")
    yield last.gradient_step()
    for layer, following in reversed(list(zip(layers, layers[1:]))):
        j, k = layer.letter, following.letter
        yield layer.delta_step(hidden_words(layer, following), f"Σ_{k} w_{j}{k}·δ_{k}")
        yield layer.gradient_step()
    for layer in layers:
        yield layer.update_step()
    yield second_pass_step(trace, layers)
    yield before_and_after_step(trace, last)


class TracedLayer:
    """The steps of one layer; `letter` is j for layer J, `before` that of the layer before."""

    def __init__(self, trace, layer):
        self.trace = trace
        self.neurons = layer.neurons
        self.letter = layer.letter
        self.name = layer.letter.upper()
        self.before = layer.neurons[0].letter_before
        self.softmax = isinstance(layer, SoftmaxLayer)
        self.has_biases = any(neuron.bias is not None for neuron in layer.neurons)

    def rows(self, base, after=False):
        return [self.row(Symbol(base, neuron.name, after)) for neuron in self.neurons]

    def row(self, symbol):
        return self.trace.rows[str(symbol)]

    def parameter_rows(self, base, after=False):
        """Return the rows of ∇w and ∇b, or of w and b, neuron by neuron."""
        rows = []
        for neuron in self.neurons:
            for i in range(len(neuron.weights)):
                rows.append(self.row(Symbol(f"{base}w", neuron.connection(i), after)))
            if neuron.bias is not None:
                rows.append(self.row(Symbol(f"{base}b", neuron.name, after)))
        return rows

    def net_input_step(self):
        words = f"Each neuron of {self.name} multiplies each input by its weight and adds the products"
        words += ", then its bias." if self.has_biases else "."
        return f"Net inputs of layer {self.name}", words, self.net_input_rule(), self.rows("x")

    def net_input_rule(self, after="", inputs_after=""):
        i, j = self.before, self.letter
        bias = f" + b_{j}{after}" if self.has_biases else ""
        return f"x_{j}{after} = Σ_{i} w_{i}{j}{after}·y_{i}{inputs_after}{bias}"

    def output_step(self):
        rule = self.output_rule()
        if self.softmax:
            words = "Softmax: each output is a share of 1, set by the neuron's own net input and those of its "
            words += "neighbours m."
        else:
            names = " or ".join(sorted({neuron.activation.name for neuron in self.neurons}))
            words = f"Each neuron of {self.name} puts its net input through its activation function f: {names}."
            rule += ", " + self.activation("f", 0)
        return f"Outputs of layer {self.name}", words, rule, self.rows("y")

    def output_rule(self, after=""):
        j = self.letter
        if self.softmax:
            return f"y_{j}{after} = exp(x_{j}{after}) / Σ_m exp(x_m{after})"
        return f"y_{j}{after} = f(x_{j}{after})"

    def delta_step(self, words, slope, more=""):
        j = self.letter
        if self.softmax:
            pair = f"∂y_m/∂x_{j} = y_m·(1 − y_{j}) for m = {j}, else y_m·(0 − y_{j})"
            rule = f"δ_{j} = Σ_m ∂y_m/∂x_{j}·∂E/∂y_m, {pair}" + (f", {more}" if more else "")
            return f"Deltas of layer {self.name}", words, rule, self.rows("δ")
        rule = ", ".join(part for part in (f"δ_{j} = f′(x_{j})·{slope}", self.activation("f′", 1), more) if part)
        return f"Deltas of layer {self.name}", words, rule, self.rows("δ")

    def gradient_step(self):
        i, j = self.before, self.letter
        words = "How fast the loss changes with a weight: the delta of the neuron it leads to, times the number that "
        words += "came in through it."
        rule = f"∇w_{i}{j} = δ_{j}·y_{i}" + (f", ∇b_{j} = δ_{j}" if self.has_biases else "")
        title = f"Gradients of the weights from {i.upper()} to {self.name}"
        return title, words, rule, self.parameter_rows("∇")

    def update_step(self):
        i, j = self.before, self.letter
        words = "Each weight moves against its gradient, by the learning rate times that gradient."
        rule = f"w_{i}{j}⁺ = w_{i}{j} − η·∇w_{i}{j}" + (f", b_{j}⁺ = b_{j} − η·∇b_{j}" if self.has_biases else "")
        title = f"Update of the weights from {i.upper()} to {self.name}"
        return title, words, rule, self.parameter_rows("", after=True)

    def activation(self, name, order):
        """Return the formulas of the layer's activation functions f (order 0) or of their slopes f′ (order 1)."""
        formulas = [f"{name}(x) = {formula_of(neuron.activation)[order]}" for neuron in self.neurons]
        return " or ".join(dict.fromkeys(formulas))


def formula_of(activation):
    """Return the formulas of f and f′ as the activation itself computes them, at x = 1 and, if different, at x = −1."""
    formulas = []
    for number in (1.0, -1.0):
        x = Expression(number, Symbol("x"))
        y = Expression(number, Symbol("y"))
        formulas.append([in_words(activation.value(x)), in_words(activation.derivative(x, y))])
    above, below = formulas
    return [a if a == b else f"{a} for x > 0, else {b}" for a, b in zip(above, below)]


def in_words(value):
    """Return the formula of a value that a function returned: an expression, its own argument, or a constant."""
    if isinstance(value, Expression):
        return value.formula() or str(value.symbol)
    return str(value)


def loss_slope(trace, last):
    """Return the formula of ∂E/∂y_k as the loss itself computes it."""
    outputs = [Expression(0.5, Symbol("y", last.letter)) for _ in last.neurons]
    targets = [Expression(0.25, Symbol("t", last.letter)) for _ in last.neurons]
    return in_words(trace.network.loss.derivative(outputs, targets)[0])


def last_words(last):
    return (
        f"A delta is the slope of the loss with respect to a net input. In the last layer, {last.name}, the loss function "
        f"gives ∂E/∂y_{last.letter}."
    )


def hidden_words(layer, following):
    return (
        f"A neuron of {layer.name} shares the blame of every neuron it feeds: add up the deltas of {following.name}, each "
        f"times the connecting weight, and multiply by the neuron's own slope."
    )


def loss_step(trace, last):
    words = f"One number says how far the outputs are from the targets: the {trace.network.loss.name}."
    return "The loss", words, loss_rule(trace, last), [trace.rows["E"]]


def loss_rule(trace, last):
    """Return the formula of the loss for the letter of the last layer."""
    return trace.network.loss.formula.replace("_k", f"_{last.letter}")


def second_pass_step(trace, layers):
    rows = [row for layer in layers for row in layer.rows("x", after=True) + layer.rows("y", after=True)]
    words = "The same inputs go through the new weights. A ⁺ marks the new numbers."
    first = layers[0]
    rules = [first.net_input_rule("⁺"), first.output_rule("⁺")]  # its inputs are the old ones
    rules += [rule for layer in layers[1:2] for rule in (layer.net_input_rule("⁺", "⁺"), layer.output_rule("⁺"))]
    return "A second forward pass", words, ", ".join(rules), rows


def before_and_after_step(trace, last):
    """Put the loss and its slopes ∂E/∂y before the update beside those after it."""
    before, after = trace.rows["E"].shown_value, trace.rows["E⁺"].shown_value
    words = "The loss stayed the same."
    if after != before:
        words = f"The loss {'fell' if after < before else 'rose'}"
        words += f", from {number_text(before, SHOWN_DIGITS)} to {number_text(after, SHOWN_DIGITS)}."
    rows = last.rows("∂E/∂y") + last.rows("∂E/∂y", after=True) + [trace.rows["E"], trace.rows["E⁺"]]
    return "Before and after", words, loss_rule(trace, last), rows
