"""Check gradients against central differences: how fast the loss changes when a weight is moved a little both ways."""

import copy

from purenet.arithmetic.notation import Symbol, number_text
from purenet.checks import check_example, layer_letter
from purenet.document.formats import DEFAULT_WIDTH, Section, check_options, notation_for, to_csv, to_json, write
from purenet.document.notebook_display import Shown
from purenet.document.table import Table
from purenet.errors import INFINITY, NetworkError, check_number

TOLERANCE = 1e-5  # relative error up to which a gradient agrees; rounding alone causes about 1e-9, a wrong formula 1e-2
ROUNDING = 1e-10  # error of a central difference of a loss near 1, whose last bit is 1e-16, at this step
STEP = 1e-5  # near the cube root of the rounding error of a float, where rounding and curvature err about equally


def gradient_check(network, inputs, targets, tolerance=TOLERANCE, step=STEP):
    """Return the gradients of one example beside (E(w + h) − E(w − h)) / 2h for every weight and bias.

    Works for any network and loss, and does not change the network. The relative error is the difference over the
    larger of the two. Where a ReLU bends within ±h there is no slope to compare with; such a corner is marked, and
    is no disagreement. Raises NetworkError for numbers that do not fit the network.
    """
    inputs, targets = list(inputs), list(targets)
    check_example(network, inputs, targets)
    check_number(tolerance, "the tolerance")
    if tolerance < 0:
        raise NetworkError(f"the tolerance must not be negative, not {tolerance}")
    network = copy.deepcopy(network)

    def loss():
        value = network.loss.value(network.forward(inputs), targets)
        if not -INFINITY < value < INFINITY:
            raise NetworkError(f"the loss overflows: it is {value}; make inputs, targets or weights smaller")
        return value

    network.reset_gradients()
    rounding = ROUNDING * max(1, abs(loss()))
    network.backward(targets)
    rows = []
    for number, layer in enumerate(network.layers):
        for neuron in layer.neurons:
            for i, gradient in enumerate(neuron.weight_gradients):
                symbol = Symbol("∇w", f"{layer_letter(number)}{i + 1}{neuron.name}")
                rows.append(CheckedGradient(symbol, gradient, loss, weight_of(neuron, i), step, tolerance, rounding))
            if neuron.bias is not None:
                symbol = Symbol("∇b", neuron.name)
                parameter = bias_of(neuron)
                rows.append(CheckedGradient(symbol, neuron.bias_gradient, loss, parameter, step, tolerance, rounding))
    return GradientCheck(rows)


def weight_of(neuron, i):
    """Return a function that sets one weight, and its value now."""

    def set_value(value):
        neuron.weights[i] = value

    return set_value, neuron.weights[i]


def bias_of(neuron):
    """Return a function that sets the bias, and its value now."""

    def set_value(value):
        neuron.bias = value

    return set_value, neuron.bias


def slopes(loss, parameter, step):
    """Return the central difference of the loss for one parameter, and how much its two one-sided slopes differ."""
    set_value, value = parameter
    losses = []
    for moved in (value - step, value, value + step):
        set_value(moved)
        losses.append(loss())
    set_value(value)
    low, here, high = losses
    return (high - low) / (2 * step), abs((high - here) - (here - low)) / step


class CheckedGradient:
    """One gradient: its symbol, the stored gradient, the central difference, the relative error and the verdict."""

    def __init__(self, symbol, gradient, loss, parameter, step, tolerance, rounding):
        self.symbol = symbol
        self.gradient = gradient
        self.difference, bend = slopes(loss, parameter, step)
        larger = max(abs(self.gradient), abs(self.difference))
        distance = abs(self.gradient - self.difference)
        self.relative_error = distance / larger if larger > 10 * rounding else 0.0
        self.agrees = distance <= tolerance * larger + rounding
        # at a corner the one-sided slopes differ as much however near one looks; of a smooth loss, ten times less
        nearer = 0 if self.agrees else slopes(loss, parameter, step / 10)[1]
        self.corner = not self.agrees and bend > 1e4 * rounding and nearer > bend / 2


class GradientCheck(Shown):
    """The rows of a check; `agrees` is true if all of them do, corners aside. `.to(format)` returns a table."""

    def __init__(self, rows):
        self.rows = rows
        self.agrees = all(row.agrees or row.corner for row in rows)
        counted = rows if self.agrees else [row for row in rows if not row.corner]
        self.worst = max(counted, key=lambda row: row.relative_error)

    def to(self, format, width=DEFAULT_WIDTH, ascii=False):
        """Return the check in a format: text, markdown, latex, html, json or csv."""
        check_options(format, width)
        if format in ("json", "csv"):
            names = ["symbol", "gradient", "central_difference", "relative_error", "verdict"]
            records = [[str(r.symbol), r.gradient, r.difference, r.relative_error, verdict(r)] for r in self.rows]
            return to_csv(names, records) if format == "csv" else to_json([dict(zip(names, r)) for r in records], ascii)
        return write(self.sections(format, ascii), format, width, ascii)

    def sections(self, format, ascii=False):
        """Return the verdict and the table as a section in the notation of a format."""
        notation = notation_for(format, ascii)
        headers = ["", "gradient", "central difference", "relative error", "verdict"]
        cells = [
            [
                notation.symbol(row.symbol),
                notation.number(number_text(row.gradient, 10)),
                notation.number(number_text(row.difference, 10)),
                notation.number(f"{row.relative_error:.1e}"),
                verdict(row),
            ]
            for row in self.rows
        ]
        table = Table(headers, cells, [(0,), (1, 2), (3, 4)], plain=["verdict"], verdicts=["verdict"])
        agreeing = len([row for row in self.rows if row.agrees])
        words = f"{agreeing} of {len(self.rows)} gradients agree; "
        words += f"the largest relative error is {self.worst.relative_error:.1e}."
        return [Section("Gradients against central differences", [words], table=table)]

    def __str__(self):
        return self.to("text")


def verdict(row):
    return "agrees" if row.agrees else "corner" if row.corner else "differs"
