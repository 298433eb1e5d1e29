"""The places of everything in the pictures of a trace. Read drawing/columns.py for the columns themselves."""

from purenet.arithmetic.notation import UNICODE, Symbol, number_text
from purenet.document.formats import SHOWN_DIGITS
from purenet.drawing.columns import HEAD, Box, Cell, Column, Label, Port, boxes_of, shown_numbers


class Layout:
    """The columns of a trace's network, each thing at its place; `width` and `height` are those of all."""

    def __init__(self, trace):
        self.trace = trace
        layers = trace.network.layers
        self.columns = [self.input_column(), *map(self.column, layers), self.loss_column(layers[-1])]
        self.height = HEAD + max(column.height for column in self.columns)
        fan = min(max(70, 40 + self.height / 14), 170)  # steep edges need room to be told apart
        x = 0
        for number, column in enumerate(self.columns):
            x = column.place(x + (fan if number else 0), HEAD + (self.height - HEAD) / 2)
        self.width = x
        for before, column in zip(self.columns, self.columns[1:]):
            for port in column.ports:
                if port.source is not None:
                    port.start = before.boxes[port.source].exit

    def input_column(self):
        names = [f"i{n + 1}" for n in range(len(self.trace.inputs))]
        return Column("Layer I", boxes_of(names, self.input_box))

    def input_box(self, name):
        return Box(name, [self.cell(f"y_{name}", f"x_{name}"), Cell(), self.cell(f"y_{name}")], [], [])

    def column(self, layer):
        neurons = {neuron.name: neuron for neuron in layer.neurons}
        return Column(f"Layer {layer.letter.upper()}", boxes_of(list(neurons), lambda n: self.box(neurons[n])))

    def box(self, neuron):
        """Return the box of a neuron, [net input | f | output], with the delta and what is new under it."""
        name = neuron.name
        ports = []
        for source, i in enumerate(shown_numbers(len(neuron.weights))):
            connection = neuron.connection(3 if i is None else i)
            if i is None:
                symbols = [f"w_{connection}", f"∇w_{connection}", f"w_{connection}⁺"]
                ports.append(Port(source, [], symbols, hidden=len(neuron.weights) - 5))
            else:
                ports.append(Port(source, self.labels("w", connection)))
        if neuron.bias is not None:
            ports.append(Port(None, self.labels("b", name)))
        cells = [self.cell(f"x_{name}"), Cell(text=neuron.activation.name, name=name), self.cell(f"y_{name}")]
        under = [self.cell(f"x_{name}⁺"), self.cell(f"δ_{name}"), self.cell(f"y_{name}⁺")]
        return Box(name, cells, under, ports)

    def loss_column(self, layer):
        ports = []
        for source, k in enumerate(shown_numbers(len(layer.neurons))):
            name = layer.neurons[3 if k is None else k].name
            symbols = [f"t_{name}", f"∂E/∂y_{name}", f"∂E/∂y_{name}⁺"]
            if k is None:
                ports.append(Port(source, [], symbols, hidden=len(layer.neurons) - 5))
            else:
                ports.append(Port(source, [self.label(symbol, n) for n, symbol in enumerate(symbols)]))
        return Column("Loss", [Box("E", [self.cell("E")], [self.cell("E⁺")], ports)])

    def cell(self, symbol, caption=None):
        return Cell(symbol, caption or symbol, told(self.trace.rows[symbol]))

    def labels(self, base, subscript):
        """Return the labels of a weight or a bias: itself, its gradient, and what it becomes."""
        symbols = [f"{base}_{subscript}", f"∇{base}_{subscript}", f"{base}_{subscript}⁺"]
        return [self.label(symbol, n) for n, symbol in enumerate(symbols)]

    def label(self, symbol, place):
        """Return a label; the first one of an edge says which it is, those after it need no subscript."""
        parsed = Symbol.parse(symbol)
        caption = symbol if place == 0 else str(Symbol(parsed.base, "", parsed.after))
        return Label(symbol, caption, told(self.trace.rows[symbol]))


def told(row):
    """Return the number of a row as a picture shows it: as by hand, or else to six significant digits."""
    return UNICODE.number(row.digits_by_hand or number_text(row.value, SHOWN_DIGITS))
