"""Nudge one number and see the loss change: ΔE divided by the nudge comes near to ∇w as the nudge becomes small."""

from functools import cached_property

from purenet.arithmetic.notation import Symbol
from purenet.drawing.network_diagram import parameters
from purenet.drawing.text import shown_number
from purenet.errors import INFINITY, NetworkError, quoted
from purenet.inspect.accuracy import mean_loss, total_loss
from purenet.lab.charts import Chart, figure
from purenet.lab.html import Markup, choice, html, number_table, slider, symbol_html
from purenet.lab.state import WIDEST
from purenet.trace.program import NoDescent
from purenet.trace.step_html import prose
from purenet.training import training_step

LARGEST = 1e6  # of a number that is nudged
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
        self.symbol = state.nudged or self.first_with_slope()
        if self.symbol not in self.symbols:
            raise NetworkError(f"there is no weight or bias {quoted(self.symbol)} to nudge here")
        self.by = float(state.nudge)
        self.value, self.gradient = self.gradient_of(self.symbol)
        if abs(self.value) > LARGEST:
            raise NetworkError(
                f"{self.symbol} is too large to be nudged by {WIDEST} or less: {shown_number(self.value)}"
            )

    def first_with_slope(self):
        """Return the symbol of the first weight or bias on which the loss depends here: not one of an input that is 0."""
        return next((symbol for symbol in self.symbols if self.gradient_of(symbol)[1]), next(iter(self.symbols)))

    def gradient_of(self, symbol):
        """Return a weight or bias and the slope of the loss, as the core computes it."""
        neuron, i = parameters(self.after_backward)[symbol]
        return (neuron.bias, neuron.bias_gradient) if i is None else (neuron.weights[i], neuron.weight_gradients[i])

    @cached_property
    def after_backward(self):
        """The network after the step's examples have gone through it forward and backward."""
        network = self.case.network()
        training_step(network, self.batch, NoDescent(), self.case.gradient)
        return network

    def loss(self, by):
        """Return the loss of the step with the number nudged: of its examples the mean, or the sum if gradients are added."""
        network = self.case.network()
        move(network, *parameters(network)[self.symbol], by)
        return (mean_loss if self.case.gradient == "mean" else total_loss)(network, self.batch)

    def loss_for_picture(self, by):
        """Return the same; where there is no finite loss, infinity, which the picture leaves out."""
        try:
            return self.loss(by)
        except (ArithmeticError, NetworkError):
            return INFINITY

    @property
    def letter(self):
        symbol = Symbol.parse(self.symbol)
        return str(symbol.of("∇" + symbol.base))

    # what is seen

    def controls(self):
        names = [(symbol, symbol) for symbol in self.symbols]
        at = round(self.by / WIDEST * PLACES)
        words = f"{self.symbol} moved by {shown_number(self.by)}"
        spoken_words = words if not self.by else f"{words}: the loss is {shown_number(self.loss(self.by))}"
        return html(
            "p",
            {"class": "controls-line"},
            choice("nudge-what", "nudged", names, self.symbol, "The number to nudge"),
            slider("nudge", "Nudge", PLACES, at, spoken_words, -PLACES),
            html("output", {}, f"by {shown_number(self.by)}"),
        )

    def view(self):
        """Return the change of the loss beside its slope, and the loss as a curve with its tangent."""
        parts = [html("p", {}, Markup(prose(sentence))) for sentence in self.sentences()]
        words = Markup(prose(f"The loss over {self.symbol}, and the slope {self.letter} as a straight line"))
        figures = [figure(words, self.picture()), *([self.smaller()] if self.by else [])]
        return [*parts, html("div", {"class": "figures"}, *figures)]

    def smaller(self):
        """Return a table of the nudge and of smaller ones."""
        rows = [self.row(self.by * share) for share in SMALLER]
        headers = ["nudge", "ΔE", "ΔE / nudge", symbol_html(self.letter)]
        title = "The smaller the nudge, the nearer to the slope"
        return html("figure", {}, html("figcaption", {}, title), number_table(title, headers, rows))

    def sentences(self):
        if not self.by:
            return [f"Move the slider to nudge {self.symbol}, which is {shown_number(self.value)}."]
        before, after = self.loss(0), self.loss(self.by)
        moves = "falls" if after < before else "rises" if after > before else "stays"
        return [
            f"{self.symbol} goes from {shown_number(self.value)} to {shown_number(self.value + self.by)}, "
            f"and the loss {moves}: from {shown_number(before)} to {shown_number(after)}.",
            f"By backpropagation, {self.letter} = {shown_number(self.gradient)}: the change of the loss per unit "
            f"of a very small nudge. For a large one, the curve may bend away from its tangent.",
        ]

    def row(self, by):
        change = self.loss(by) - self.loss(0)
        return [shown_number(n) for n in (by, change, change / by, self.gradient)]

    def picture(self):
        """Return the loss as a curve over the number, with its tangent, and a dot at the nudged number."""
        steps = [WIDEST * n / PLACES for n in range(-PLACES, PLACES + 1)]
        pairs = [(self.value + by, self.loss_for_picture(by)) for by in steps]
        ends = self.value - WIDEST, self.value + WIDEST
        chart = Chart(ends, [("curve", "", pairs)], self.symbol, "loss of the step", zero=False)
        here, height = self.loss(0), chart.down.high - chart.down.low
        reach = min(WIDEST / 2, height / 4 / abs(self.gradient)) if self.gradient else WIDEST / 2
        chart.line("curve second", [(self.value + by, here + by * self.gradient) for by in (-reach, reach)])
        chart.dot("dot second", self.value, here)
        chart.dot("dot", self.value + self.by, self.loss(self.by))
        return chart.picture(f"The loss over {self.symbol}", " ".join(self.sentences()), "nudged")


def move(network, neuron, i, by):
    """Move a weight of a neuron, or (None) its bias, and with it those of all neurons that share it."""
    if i is not None:
        neuron.weights[i] += by
        return
    layer = next(layer for layer in network.layers if neuron in layer.neurons)
    for each in layer.neurons if getattr(layer, "shares_bias", False) else [neuron]:
        each.bias += by


def nudge_at(place):
    """Return the nudge at a place of the slider, or at its nearer end, as a text."""
    return str(round(WIDEST * max(-PLACES, min(place, PLACES)) / PLACES, 9))
