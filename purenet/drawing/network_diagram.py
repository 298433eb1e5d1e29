"""A whole network as a picture: its neurons, and every weight as an edge that shows size and sign.

Boxes, ports and columns are those of the pictures of a step; read columns.py for their places.
"""

from purenet.arithmetic.expression import value_of
from purenet.arithmetic.notation import Symbol
from purenet.checks import layer_letter
from purenet.drawing.columns import (
    PITCH,
    SIDE_BY_SIDE,
    WIDEST,
    Box,
    Cell,
    Column,
    Gap,
    Label,
    Port,
    cell_frame,
    column_title,
    columns_height,
    edge_path,
    line_style,
    more_edges,
    more_neurons,
    place_columns,
    port_circle,
)
from purenet.drawing.sheet import sheet
from purenet.drawing.svg import Element, length_text
from purenet.drawing.text import CAPTION, LABEL, TEXT, shown_number, symbol_text, text, text_width
from purenet.errors import check_number, count

LABELLED = 48  # ports of a layer up to which each has its label and room for it
LIFT = 2  # of a label above its place in a step, because lines may be wide here
DRAWN = 5  # neurons of a layer wider than WIDEST: those with the largest weights
CLOSE = 5  # between ports without labels
WIDEST_LINE, WIDEST_CLOSE = 6, 3  # of the largest weight, with labels and without
NARROWEST_CELL, NARROWEST_GAP = 56, 90  # of a neuron, and of one in a layer with a gap, which says "… 52 more"
KINDS = {"positive": "operand", "negative": "done", "zero": "not-yet"}  # the colour of a weight, by its sign
WEIGHTS_STYLE = (
    "".join(line_style(kind, colour) for kind, colour in KINDS.items())
    + "svg .neuron rect{stroke:var(--text);stroke-width:1.2;fill:var(--paper)}\n"
)


def picture_of(network):
    """Return a picture of a whole network as the text of an SVG file: its layers, weights and biases.

    The wider a line, the larger the weight; positive weights are solid, negative ones broken. Each has its number where
    there is room. Of layers wider than 12 neurons the five with the largest weights are drawn. Raises NetworkError for a weight that is not
    a finite number.
    """
    return Diagram(network).picture()


class Diagram:
    """The columns of a network, placed; `largest` is the symbol of its largest weight or bias in size."""

    def __init__(self, network):
        self.network = network
        layers = network.layers
        self.sizes = [len(layers[0].neurons[0].weights), *[len(layer.neurons) for layer in layers]]
        places = parameters(network).items()
        self.values = {name: neuron.bias if i is None else neuron.weights[i] for name, (neuron, i) in places}
        for symbol, value in self.values.items():
            check_number(value_of(value), symbol)
        self.largest = max(self.values, key=lambda symbol: abs(value_of(self.values[symbol])))
        self.places = [places_of_largest(largest) for largest in largest_weights(network)]
        self.columns = [Column("Layer I", self.boxes(0, lambda n: Box(f"i{n + 1}", [Cell(name=f"i{n + 1}")], [], [])))]
        self.columns += [self.column(n, layer) for n, layer in enumerate(network.layers)]
        self.place()

    def boxes(self, number, box):
        """Return the boxes of a layer, counted from 0, and a gap for the neurons that are left out."""
        size = self.sizes[number]
        return [Gap(size - DRAWN) if n is None else box(n) for n in self.places[number]]

    def column(self, before, layer):
        """Return the boxes of a layer, with a port for each weight and each bias."""
        boxes = self.boxes(before + 1, lambda n: self.box(before, layer.neurons[n]))
        column = Column(f"Layer {layer.letter.upper()}", boxes)
        column.label_places = SIDE_BY_SIDE
        column.pitch = PITCH if len(column.ports) <= LABELLED else CLOSE
        for port in column.ports:
            if column.pitch == CLOSE:
                port.labels = []
        return column

    def box(self, before, neuron):
        """Return the box of a neuron after the layer of a number."""
        ports = []
        for source, i in enumerate(self.places[before]):
            if i is None:
                ports.append(Port(source, [], ["…"], hidden=len(neuron.weights) - DRAWN))
            else:
                ports.append(self.port(source, weight_symbol(layer_letter(before), i, neuron)))
        if neuron.bias is not None:
            ports.append(self.port(None, str(Symbol("b", neuron.name))))
        return Box(neuron.name, [Cell(text=neuron.activation.name, name=neuron.name)], [], ports)

    def port(self, source, symbol):
        return Port(source, [Label(symbol, symbol, self.number(symbol))], [symbol])

    def number(self, symbol):
        return shown_number(value_of(self.values[symbol]))

    def place(self):
        """Put every column at its place."""
        for column in self.columns:
            has_gap = any(isinstance(box, Gap) for box in column.boxes)
            column.cell_widths = [max(*column.cell_widths, NARROWEST_GAP if has_gap else NARROWEST_CELL)]
        self.height = columns_height(self.columns)
        fan = min(max(80, 50 + self.height / 10), 200)  # steep edges need room to be told apart
        self.width = place_columns(self.columns, self.height, fan)

    def picture(self):
        layers = self.network.layers
        title = f"The network {'-'.join(map(str, self.sizes))}"
        weights = len([symbol for symbol in self.values if symbol.startswith("w")])
        biases = len(self.values) - weights
        kinds = [
            f"{layer.letter.upper()}, {len(layer.neurons)} "
            + " or ".join(sorted({neuron.activation.name for neuron in layer.neurons}))
            for layer in layers
        ]
        lines = [
            f"Layers: I, {count(self.sizes[0], 'input')}; {'; '.join(kinds)}. Loss: {self.network.loss.name}.",
            f"{count(weights, 'weight')} and {biases or 'no'} {'bias' if biases == 1 else 'biases'}; "
            f"the largest in size is {self.largest} = {self.number(self.largest)}.",
        ]
        if any(None in places for places in self.places):
            lines.append(f"Of layers wider than {WIDEST} neurons, the {DRAWN} with the largest weights are drawn.")
        shares = [
            f"{len([1 for value in self.values.values() if kind == sign(value)])} {kind}"
            for kind in KINDS
            if any(kind == sign(value) for value in self.values.values())
        ]
        words = " ".join([*lines, f"Of all of them, {', '.join(shares)}."])
        size = (max(self.width, 560), self.height + 52)
        place = {"transform": f"translate({length_text((size[0] - self.width) / 2)} 0)"}
        drawn = Element("g", place).add(*self.elements())
        return sheet(title, lines, words, size, [drawn, *self.legend(self.height + 44)], [WEIGHTS_STYLE])

    def elements(self):
        """Return the edges, the thin ones above the thick ones, then the boxes, then the labels."""
        edges, rest = [], []
        for column in self.columns:
            rest.append(column_title(column))
            for box in column.boxes:
                edges += [(port, column) for port in box.ports]
                rest += [self.neuron(box)] if isinstance(box, Box) else [more_neurons(box)]
        edges.sort(key=lambda pair: -abs(value_of(self.values.get(pair[0].symbols[0], 0))))
        return [self.edge(*pair) for pair in edges] + rest + [self.label(*pair) for pair in edges]

    def neuron(self, box):
        """Return the box of a neuron with its name and its activation."""
        cell = box.cells[0]
        group = Element("g", {"class": "neuron", "data-neuron": box.name}, cell_frame(cell))
        x, y = cell.x + cell.width / 2, cell.y + cell.height / 2
        group.add(text("value", x, y + (0 if cell.text else 5), box.name))
        return group.add(text("caption middle", x, y + CAPTION + 4, cell.text) if cell.text else None)

    def edge(self, port, column):
        """Return the edge of a weight or a bias, as wide as its share of the largest."""
        close = column.pitch == CLOSE
        if port.hidden:
            path = Element("path", {"d": edge_path(port), **line("zero", 0)})
            return None if close else Element("g", {"class": "weight zero"}, path)
        symbol = port.symbols[0]
        value = value_of(self.values[symbol])
        kind = sign(value)
        share = float(abs(value) / (abs(value_of(self.values[self.largest])) or 1))
        group = Element("g", {"class": f"weight {kind}", "data-edge": symbol})
        group.add(
            Element("title", {}, f"{symbol} = {self.number(symbol)}"),
            Element("path", {"d": edge_path(port), **line(kind, share, WIDEST_CLOSE if close else WIDEST_LINE)}),
        )
        return group.add(port_circle(port) if port.labels else None)

    def label(self, port, column):
        """Return the label of an edge, if there is room for one."""
        if port.hidden and column.pitch == PITCH:
            return more_edges(port)
        if not port.labels:
            return None
        label = port.labels[0]
        group = Element("g", {"class": "label weight", "data-q": label.symbol})
        group.add(symbol_text("caption", label.x, label.y - LIFT, label.caption, LABEL))
        return group.add(text("number", label.x + label.text_x, label.y - LIFT, label.text))

    def legend(self, y):
        """Return samples of the lines with their meanings."""
        elements, x = [], 0
        for kind in KINDS:
            if any(kind == sign(value) for value in self.values.values()):
                sample = {"d": f"M{length_text(x)} {length_text(y - 4)}h40", **line(kind, 0.4)}
                elements += [
                    Element("g", {"class": f"weight {kind}"}, Element("path", sample)),
                    text("note", x + 48, y, kind),
                ]
                x += 48 + text_width(kind, TEXT) + 24
        return [*elements, text("note", x, y, "the wider, the larger in size")]


def largest_weights(network):
    """Return for each layer a list with the size of the largest weight of each neuron, of those into it and out of it."""
    into = [
        [max(abs(value_of(weight)) for weight in neuron.weights) for neuron in layer.neurons]
        for layer in network.layers
    ]
    out = [
        [
            max(abs(value_of(neuron.weights[i])) for neuron in layer.neurons)
            for i in range(len(layer.neurons[0].weights))
        ]
        for layer in network.layers
    ]
    return [out[0], *[list(map(max, *pair)) for pair in zip(into, out[1:])], into[-1]]


def places_of_largest(largest):
    """Return the places of the neurons that are drawn, all of a narrow layer; None, at the end, is for those left out.

    >>> places_of_largest([1, 2]), places_of_largest([1, 8, 1, 9, 1, 1, 1, 5, 1, 6, 1, 7, 1])
    ([0, 1], [1, 3, 7, 9, 11, None])
    """
    places = range(len(largest))
    if len(places) <= WIDEST:
        return [*places]
    return [*sorted(sorted(places, key=lambda place: -largest[place])[:DRAWN]), None]


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


def weight_symbol(letter, i, neuron):
    """Return the printed symbol of the weight from neuron i, counted from 0, of the layer of a letter: w_i1j1."""
    return str(Symbol("w", f"{letter}{i + 1}{neuron.name}"))


def sign(value):
    """Return the kind of a weight."""
    value = value_of(value)
    return "positive" if value > 0 else "negative" if value < 0 else "zero"


def line(kind, share, widest=WIDEST_LINE):
    """Return the width and the dashes of the line of a weight: solid if positive, broken if negative, dotted if 0."""
    width = 0.8 + (widest - 0.8) * share if kind != "zero" else 1.2
    dashes = {
        "positive": None,
        "negative": f"{length_text(4 + 1.5 * width)} {length_text(3 + width)}",
        "zero": "1.4 4",
    }[kind]
    return {"stroke-width": width, **({"stroke-dasharray": dashes} if dashes else {})}
