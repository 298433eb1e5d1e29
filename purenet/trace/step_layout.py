"""The places of everything in the pictures of a trace. Read drawing/columns.py for the columns themselves."""

from purenet.arithmetic.notation import UNICODE, Symbol, number_text
from purenet.checks import layer_letter
from purenet.document.formats import SHOWN_DIGITS
from purenet.drawing.columns import (
    Box,
    Cell,
    Column,
    Label,
    Port,
    boxes_of,
    columns_height,
    drawn_places,
    place_columns,
)


class Layout:
    """The columns of the network for an example or a training step of a trace, each thing at its place.

    `width` and `height` are those of all. A step of several examples has no net inputs and outputs of its own: its
    neurons are boxes with their names (`is_shared`).
    """

    def __init__(self, place):
        self.place = place
        self.rows = place.trace.rows
        self.quantities = place.trace.quantities
        self.is_shared = place.example is None and place.batch_size > 1
        self.is_one_of_several = place.example is not None and place.batch_size > 1
        layers = place.trace.network.layers
        self.columns = [self.input_column(), *[self.column(layer, layer_letter(n)) for n, layer in enumerate(layers)]]
        if not self.quantities.only_forward:
            self.columns.append(self.loss_column(layers[-1]))
        self.height = columns_height(self.columns)
        fan = min(max(70, 40 + self.height / 14), 170)  # steep edges need room to be told apart
        self.width = place_columns(self.columns, self.height, fan)

    def input_column(self):
        names = [f"i{n + 1}" for n in range(self.quantities.sizes[0])]
        return Column("Layer I", boxes_of(names, self.input_box))

    def input_box(self, name):
        if self.is_shared:
            return Box(name, [Cell(text=name, name=name)], [], [])
        return Box(name, [self.cell("y", name, caption=f"x_{name}"), Cell(), self.cell("y", name)], [], [])

    def column(self, layer, before):
        neurons = {neuron.name: neuron for neuron in layer.neurons}
        return Column(f"Layer {layer.letter.upper()}", boxes_of(list(neurons), lambda n: self.box(neurons[n], before)))

    def box(self, neuron, before):
        """Return the box of a neuron, [net input | f | output], with the delta and the new values under it.

        `before` is the letter of the layer before it. A program with a mistake leaves its neurons as the core has them.
        """
        name = neuron.name
        ports = []
        for source, i in enumerate(drawn_places(len(neuron.weights))):
            hidden = len(neuron.weights) - 5 if i is None else 0
            ports.append(self.parameter_port(source, "w", f"{before}{(3 if i is None else i) + 1}{name}", hidden))
        if neuron.bias is not None:
            ports.append(self.parameter_port(None, "b", name))
        if self.is_shared:
            return Box(name, [Cell(text=name, name=name)], [], ports)
        cells = [self.cell("x", name), Cell(text=neuron.activation.name, name=name), self.cell("y", name)]
        under = [self.cell("x", name, after=True), self.cell("δ", name), self.cell("y", name, after=True)]
        return Box(name, cells, under, ports)

    def parameter_port(self, source, base, subscript, hidden=0):
        """Return the end of the edge of a weight or a bias, with its gradient, its velocities and its new value."""
        quantities = [(base, False), (f"∇{base}", False)]
        if not self.is_one_of_several or self.place.step == "after":
            velocities = [("v", False)] if self.place.trace.descent.momentum else []
            quantities += [*velocities, ("v", True), (base, True)]
        return self.port(source, quantities, subscript, hidden)

    def loss_column(self, layer):
        ports, quantities = [], [("t", False), ("∂E/∂y", False), ("∂E/∂y", True)]
        for source, k in enumerate(drawn_places(len(layer.neurons))):
            name = layer.neurons[3 if k is None else k].name
            hidden = len(layer.neurons) - 5 if k is None else 0
            ports.append(
                Port(source, [], hidden=hidden) if self.is_shared else self.port(source, quantities, name, hidden)
            )
        loss = self.cell_of_step("loss") if self.is_shared else self.cell("E")
        under = [self.cell("E", after=True)] if self.place.step == "after" or not self.is_shared else []
        return Column("Loss", [Box("E", [loss], under, ports), *self.penalties()])

    def penalties(self):
        """Return the boxes of the penalty Ω and of the loss L with it, which an example has that is a step by itself."""
        cells = [] if self.is_one_of_several else [self.cell_of_step("penalty"), self.cell_of_step("penalized_loss")]
        return [Box(cell.caption, [cell], [], []) for cell in cells if cell]

    def cell_of_step(self, kind):
        """Return the cell of a quantity of the training step, None if there is no such quantity."""
        step = self.place.step if self.place.step != "after" else len(self.quantities.batch_sizes)
        quantity = self.quantities.at[step, None].get((kind, None))
        return quantity and Cell(str(quantity.symbol()), str(quantity.symbol()), self.number(quantity.symbol()))

    def cell(self, base, subscript="", after=False, caption=None):
        symbol = self.place.symbol(base, subscript, after)
        return Cell(str(symbol), caption or str(without_example(symbol)), self.number(symbol))

    def port(self, source, quantities, subscript, hidden=0):
        """Return the end of an edge; one that represents several has no labels."""
        symbols = [self.place.symbol(base, subscript, after) for base, after in quantities]
        known = [] if hidden else [symbol for symbol in symbols if str(symbol) in self.rows]
        labels = [self.label(symbol, first=n == 0) for n, symbol in enumerate(known)]
        return Port(source, labels, [str(symbol) for symbol in symbols], hidden)

    def label(self, symbol, first):
        """Return a label; the first one of an edge says which it is, the others need no subscript."""
        symbol_shown = without_example(symbol)
        caption = symbol_shown if first else Symbol(symbol.base, after=symbol.after)
        return Label(str(symbol), str(caption), self.number(symbol))

    def number(self, symbol):
        """Return the number of a quantity; an empty text where a training step has none of its own, as of an output."""
        row = self.rows.get(str(symbol))
        return row_number(row) if row else ""


def without_example(symbol):
    """Return a symbol without the mark of its example, which the title of the picture names."""
    return Symbol(symbol.base, symbol.subscript, symbol.after)


def row_number(row):
    """Return the number of a row as a picture shows it: as by hand, or else to six significant digits."""
    return UNICODE.number(row.digits_by_hand or number_text(row.value, SHOWN_DIGITS))
