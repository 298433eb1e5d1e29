"""Nudge one number and see the loss change: ΔE divided by the nudge comes near to ∇w as the nudge becomes small."""

from purenet.arithmetic.notation import Symbol
from purenet.checks import layer_letter
from purenet.drawing.axes import AXIS_BELOW, AXIS_LEFT, Axis, left_axis, lower_axis
from purenet.drawing.loss_curve import CURVE_WIDTH, LOSS_HEIGHT, frame
from purenet.drawing.network_diagram import weight_symbol
from purenet.drawing.svg import Element, svg_picture
from purenet.drawing.text import TEXT, shown_number, text
from purenet.errors import INFINITY, NetworkError, quoted
from purenet.lab.html import choice, html, slider, symbol_html, table
from purenet.lab.learning import figure
from purenet.trace.program import NoDescent
from purenet.training import training_step

WIDEST = 2.0  # to each side of a number, of the nudges in the picture
PLACES = 40  # of the slider, to each side
SMALLER = (1, 0.1, 0.01, 0.001)  # shares of a nudge, to see where its ratio goes


class Nudge:
    """A weight or bias of the first training step, moved by some amount."""

    def __init__(self, state):
        self.case = state.the_case()
        if self.case.examples[0][1] is None:
            raise NetworkError("there is no loss to change here: the case has no targets")
        self.batch = self.case.steps()[0]
        self.symbols = parameters(self.case.network())
        self.symbol = state.nudged or next(iter(self.symbols))
        if self.symbol not in self.symbols:
            raise NetworkError(f"there is no weight or bias {quoted(self.symbol)} to nudge here")
        self.by = float(state.nudge)
        self.value, self.gradient = self.gradient_here()

    def gradient_here(self):
        """Return the number that is nudged and the slope of the loss, as the core computes it."""
        network = self.case.network()
        training_step(network, self.batch, NoDescent(), self.case.gradient)
        neuron, i = parameters(network)[self.symbol]
        return (neuron.bias, neuron.bias_gradient) if i is None else (neuron.weights[i], neuron.weight_gradients[i])

    def loss(self, by):
        """Return the loss of the step with the number nudged: of its examples the mean, or the sum if gradients are added."""
        network = self.case.network()
        neuron, i = parameters(network)[self.symbol]
        if i is None:
            neuron.bias += by
        else:
            neuron.weights[i] += by
        total = 0
        for inputs, targets in self.batch:
            total += network.loss.value(network.forward(inputs), targets)
        return total / len(self.batch) if self.case.gradient == "mean" else total

    def ratio(self, by):
        return (self.loss(by) - self.loss(0)) / by

    @property
    def letter(self):
        symbol = Symbol.parse(self.symbol)
        return str(symbol.of("∇" + symbol.base))

    # what is seen

    def controls(self):
        names = [(symbol, symbol) for symbol in self.symbols]
        at = round(self.by / WIDEST * PLACES)
        words = f"{self.symbol} moved by {shown_number(self.by)}"
        return html(
            "p",
            {"class": "controls-line"},
            choice("nudge-what", "nudged", names, self.symbol, "The number to nudge"),
            slider("nudge", "Nudge", PLACES, at, words, -PLACES),
            html("output", {}, words),
        )

    def view(self):
        """Return the change of the loss beside its slope, and the loss as a curve with its tangent."""
        parts = [html("p", {}, sentence) for sentence in self.sentences()]
        rows = [self.row(self.by * share) for share in SMALLER if self.by]
        if rows:
            headers = ["nudge", "loss before", "loss after", "ΔE", "ΔE / nudge", symbol_html(self.letter)]
            parts.append(html("div", {"class": "scroll", "tabindex": "0", "role": "group", "aria-label": "Smaller nudges"},
                              table("The same nudge, and smaller ones", headers, rows, class_="numbers")))
        return [*parts, figure(f"The loss for other values of {self.symbol}, and the slope {self.letter} here", self.picture())]

    def sentences(self):
        if not self.by:
            return [f"Move the slider to nudge {self.symbol}, which is {shown_number(self.value)}."]
        before, after = self.loss(0), self.loss(self.by)
        moves = "falls" if after < before else "rises" if after > before else "stays"
        return [
            f"{self.symbol} goes from {shown_number(self.value)} to {shown_number(self.value + self.by)}, "
            f"and the loss {moves}: from {shown_number(before)} to {shown_number(after)}.",
            f"By backpropagation, {self.letter} = {shown_number(self.gradient)}: so much does the loss change for each "
            f"unit of a very small nudge. For a large one, the curve bends away from its tangent.",
        ]

    def row(self, by):
        before, after = self.loss(0), self.loss(by)
        return [shown_number(n) for n in (by, before, after, after - before, (after - before) / by, self.gradient)]

    def picture(self):
        """Return the loss as a curve over the number, with its tangent, and a dot at the nudged number."""
        steps = [WIDEST * n / PLACES for n in range(-PLACES, PLACES + 1)]
        pairs = [(by, loss) for by, loss in ((by, self.loss(by)) for by in steps) if -INFINITY < loss < INFINITY]
        low, high = min(loss for _, loss in pairs), max(loss for _, loss in pairs)
        room = (high - low) / 10 or 0.1
        across = Axis(self.value - WIDEST, self.value + WIDEST, 0, CURVE_WIDTH)
        down = Axis(low - room, high + room, LOSS_HEIGHT, 0)
        path = "M" + "L".join(f"{across(self.value + by):.2f} {down(loss):.2f}" for by, loss in pairs)
        here = self.loss(0)
        reach = WIDEST / 2
        if self.gradient:
            reach = min(reach, (high - low + room) / abs(self.gradient))
        ends = [(across(self.value + by), down(here + by * self.gradient)) for by in (-reach, reach)]
        now = across(self.value + self.by), down(self.loss(self.by))
        elements = [
            *left_axis(down, CURVE_WIDTH, 6),
            Element("path", {"class": "curve", "d": path}),
            Element("path", {"class": "curve second", "d": "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in ends)}),
            Element("circle", {"class": "dot second", "cx": across(self.value), "cy": down(here), "r": 4.5}),
            Element("circle", {"class": "dot", "cx": now[0], "cy": now[1], "r": 6}),
            frame(CURVE_WIDTH, LOSS_HEIGHT),
            *lower_axis(across.marks(6), LOSS_HEIGHT, self.symbol, CURVE_WIDTH),
            text("note", 0, -10, "loss of the step"),
        ]
        group = Element("g", {"transform": f"translate({AXIS_LEFT} {2 * TEXT})"}, *elements)
        size = AXIS_LEFT + CURVE_WIDTH + 20, LOSS_HEIGHT + 2 * TEXT + AXIS_BELOW
        return svg_picture(*size, f"The loss over {self.symbol}", " ".join(self.sentences()), [group], prefix="nudged")


def parameters(network):
    """Return where each weight and bias is, a neuron and the place of the weight (None: the bias), by printed symbol."""
    found = {}
    for before, layer in enumerate(network.layers):
        for neuron in layer.neurons:
            for i in range(len(neuron.weights)):
                found[weight_symbol(layer_letter(before), i, neuron)] = neuron, i
            if neuron.bias is not None:
                found[str(Symbol("b", neuron.name))] = neuron, None
    return found


def nudge_at(place):
    """Return the nudge at a place of the slider, as a text."""
    return str(round(WIDEST * place / PLACES, 10))
