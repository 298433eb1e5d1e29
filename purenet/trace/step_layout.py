"""The places of everything in the pictures of a trace. Read drawing/columns.py for the columns themselves."""

from purenet.arithmetic.notation import UNICODE, Symbol, number_text
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
    """The columns of a trace's network, each thing at its place; `width` and `height` are those of all."""

    def __init__(self, trace):
        self.trace = trace
        layers = trace.network.layers
        self.columns = [self.input_column(), *map(self.column, layers), self.loss_column(layers[-1])]
        self.height = columns_height(self.columns)
        fan = min(max(70, 40 + self.height / 14), 170)  # steep edges need room to be told apart
        self.width = place_columns(self.columns, self.height, fan)

    def input_column(self):
        names = [f"i{n + 1}" for n in range(len(self.trace.inputs))]
        return Column("Layer I", boxes_of(names, self.input_box))

    def input_box(self, name):
        output = Symbol("y", name)
        return Box(name, [self.cell(output, str(Symbol("x", name))), Cell(), self.cell(output)], [], [])

    def column(self, layer):
        neurons = {neuron.name: neuron for neuron in layer.neurons}
        return Column(f"Layer {layer.letter.upper()}", boxes_of(list(neurons), lambda n: self.box(neurons[n])))

    def box(self, neuron):
        """Return the box of a neuron, [net input | f | output], with the delta and the new values under it."""
        name = neuron.name
        ports = []
        for source, i in enumerate(drawn_places(len(neuron.weights))):
            symbols = parameter_symbols("w", neuron.connection(3 if i is None else i))
            ports.append(self.port(source, symbols, hidden=len(neuron.weights) - 5 if i is None else 0))
        if neuron.bias is not None:
            ports.append(self.port(None, parameter_symbols("b", name)))
        x, y, delta = Symbol("x", name), Symbol("y", name), Symbol("δ", name)
        cells = [self.cell(x), Cell(text=neuron.activation.name, name=name), self.cell(y)]
        return Box(name, cells, [self.cell(x.updated), self.cell(delta), self.cell(y.updated)], ports)

    def loss_column(self, layer):
        ports = []
        for source, k in enumerate(drawn_places(len(layer.neurons))):
            name = layer.neurons[3 if k is None else k].name
            slope = Symbol("∂E/∂y", name)
            symbols = [Symbol("t", name), slope, slope.updated]
            ports.append(self.port(source, symbols, hidden=len(layer.neurons) - 5 if k is None else 0))
        loss = Symbol("E")
        return Column("Loss", [Box("E", [self.cell(loss)], [self.cell(loss.updated)], ports)])

    def cell(self, symbol, caption=None):
        return Cell(str(symbol), caption or str(symbol), self.number(symbol))

    def port(self, source, symbols, hidden=0):
        """Return the end of an edge; one that represents several has no labels."""
        labels = [] if hidden else [self.label(symbol, first=n == 0) for n, symbol in enumerate(symbols)]
        return Port(source, labels, [str(symbol) for symbol in symbols], hidden)

    def label(self, symbol, first):
        """Return a label; the first one of an edge says which it is, the others need no subscript."""
        caption = symbol if first else Symbol(symbol.base, after=symbol.after)
        return Label(str(symbol), str(caption), self.number(symbol))

    def number(self, symbol):
        return row_number(self.trace.rows[str(symbol)])


def parameter_symbols(base, subscript):
    """Return the symbols of a weight or a bias, of its gradient, and of its new value."""
    symbol = Symbol(base, subscript)
    return [symbol, Symbol(f"∇{base}", subscript), symbol.updated]


def row_number(row):
    """Return the number of a row as a picture shows it: as by hand, or else to six significant digits."""
    return UNICODE.number(row.digits_by_hand or number_text(row.value, SHOWN_DIGITS))
