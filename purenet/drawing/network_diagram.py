"""A whole network as a picture: its neurons, and every weight as an edge that shows size and sign.

Boxes, ports and columns are those of the pictures of a step; read layout.py for how they stand.
"""

from purenet.arithmetic.expression import value_of
from purenet.checks import layer_letter
from purenet.drawing.columns import (
    CAPTION,
    HEAD,
    LABEL,
    PITCH,
    TAIL,
    Box,
    Cell,
    Column,
    Gap,
    Label,
    Port,
    boxes_of,
    gap,
    shown_numbers,
)
from purenet.drawing.sheet import sheet, shown_number
from purenet.drawing.svg import Element, length_text, text_width
from purenet.drawing.text import STYLE, TEXT, note, symbol_text, text
from purenet.errors import check_number, count

LABELLED = 48  # ports of a layer up to which each has its label and room for it
LIFT = 2  # of a label above its place in a step, because lines may be wide here
CLOSE = 5  # between ports without labels
WIDEST_LINE, WIDEST_CLOSE = 6, 3  # of the largest weight, with labels and without
NARROWEST_CELL, NARROWEST_GAP = 56, 90  # of a neuron, and of one in a layer with a gap, which has words
KINDS = {"positive": "operand", "negative": "done", "zero": "not-yet"}  # how a weight is drawn, by its sign
STYLE += """svg .weight path{stroke:var(--line);fill:none}
svg .weight circle{fill:var(--line)}
svg .weight text{font-size:12px}
svg .weight .caption{font-size:12px}
svg .positive{--line:var(--operand)}
svg .negative{--line:var(--done)}
svg .zero{--line:var(--not-yet)}
svg .neuron rect{stroke:var(--text);stroke-width:1.2;fill:var(--paper)}
"""


def picture_of(network):
    """Return a picture of a whole network as the text of an SVG file: its layers, weights and biases.

    The wider a line, the larger the weight; positive weights are solid, negative ones broken. Each has its number where
    there is room. Of layers wider than 12 neurons the middle is left out. Raises NetworkError for a weight that is no
    finite number.
    """
    return Diagram(network).picture()


class Diagram:
    """The columns of a network, placed; `largest` is the size of its largest weight or bias."""

    def __init__(self, network):
        self.network = network
        self.values = {}
        for number_before, layer in enumerate(network.layers):
            for neuron in layer.neurons:
                for i, weight in enumerate(neuron.weights):
                    self.values[f"w_{layer_letter(number_before)}{i + 1}{neuron.name}"] = weight
                if neuron.bias is not None:
                    self.values[f"b_{neuron.name}"] = neuron.bias
        for symbol, value in self.values.items():
            check_number(value_of(value), symbol)
        self.largest = max(self.values, key=lambda symbol: abs(value_of(self.values[symbol])))
        inputs = [f"i{n + 1}" for n in range(len(network.layers[0].neurons[0].weights))]
        self.columns = [Column("Layer I", boxes_of(inputs, lambda name: Box(name, [Cell(name=name)], [], [])))]
        self.columns += [self.column(n, layer) for n, layer in enumerate(network.layers)]
        self.place()

    def column(self, before, layer):
        """Return the boxes of a layer, with a port for each weight and each bias."""
        neurons = {neuron.name: neuron for neuron in layer.neurons}
        column = Column(
            f"Layer {layer.letter.upper()}",
            boxes_of(list(neurons), lambda name: self.box(layer_letter(before), neurons[name])),
        )
        column.stacked = False
        column.pitch = PITCH if len(column.ports) <= LABELLED else CLOSE
        for port in column.ports:
            if column.pitch == CLOSE:
                port.labels = []
        return column

    def box(self, letter, neuron):
        """Return the box of a neuron."""
        ports = []
        for source, i in enumerate(shown_numbers(len(neuron.weights))):
            if i is None:
                ports.append(Port(source, [], [f"w_{letter}…{neuron.name}"], hidden=len(neuron.weights) - 5))
            else:
                ports.append(self.port(source, f"w_{letter}{i + 1}{neuron.name}"))
        if neuron.bias is not None:
            ports.append(self.port(None, f"b_{neuron.name}"))
        return Box(neuron.name, [Cell(text=neuron.activation.name, name=neuron.name)], [], ports)

    def port(self, source, symbol):
        return Port(source, [Label(symbol, symbol, self.told(symbol))], [symbol])

    def told(self, symbol):
        return shown_number(value_of(self.values[symbol]))

    def place(self):
        """Put every column at its place."""
        self.height = HEAD + max(column.height for column in self.columns)
        fan = min(max(80, 50 + self.height / 10), 200)  # steep edges need room to be told apart
        x = 0
        for place, column in enumerate(self.columns):
            has_gap = any(isinstance(box, Gap) for box in column.boxes)
            column.cell_widths = [max(*column.cell_widths, NARROWEST_GAP if has_gap else NARROWEST_CELL)]
            x = column.place(x + (fan if place else 0), HEAD + (self.height - HEAD) / 2)
        self.width = x
        for before, column in zip(self.columns, self.columns[1:]):
            for port in column.ports:
                if port.source is not None:
                    port.start = before.boxes[port.source].exit

    def picture(self):
        layers = self.network.layers
        sizes = [len(layers[0].neurons[0].weights), *[len(layer.neurons) for layer in layers]]
        title = f"The network {'-'.join(map(str, sizes))}"
        weights = len([symbol for symbol in self.values if symbol.startswith("w")])
        biases = len(self.values) - weights
        kinds = [
            f"{layer.letter.upper()}, {len(layer.neurons)} "
            + " or ".join(sorted({neuron.activation.name for neuron in layer.neurons}))
            for layer in layers
        ]
        lines = [
            f"Layers: I, {count(sizes[0], 'input')}; {'; '.join(kinds)}. Loss: {self.network.loss.name}.",
            f"{count(weights, 'weight')} and {biases or 'no'} {'bias' if biases == 1 else 'biases'}; "
            f"the largest in size is {self.largest} = {self.told(self.largest)}.",
        ]
        shares = [
            f"{len([1 for value in self.values.values() if kind == sign(value)])} {kind}"
            for kind in KINDS
            if any(kind == sign(value) for value in self.values.values())
        ]
        words = " ".join([*lines, f"Of all of them, {', '.join(shares)}."])
        size = (max(self.width, 560), self.height + 52)
        place = {"transform": f"translate({length_text((size[0] - self.width) / 2)} 0)"}
        drawn = Element("g", place).add(*self.elements())
        return sheet(title, lines, words, size, [drawn, *self.legend(self.height + 44)], STYLE)

    def elements(self):
        """Return the edges, the thin ones above the thick ones, and then what covers them."""
        edges, rest = [], []
        for column in self.columns:
            middle = (column.cell_x[0] + column.right) / 2
            rest.append(Element("text", {"class": "note middle", "x": middle, "y": TEXT}, column.title))
            for box in column.boxes:
                edges += [(port, column) for port in box.ports]
                rest += [self.neuron(box)] if isinstance(box, Box) else [gap(box)]
        edges.sort(key=lambda pair: -abs(value_of(self.values.get(pair[0].symbols[0], 0))))
        return [self.edge(*pair) for pair in edges] + rest + [self.label(*pair) for pair in edges]

    def neuron(self, box):
        """Return the box of a neuron with its name and its activation."""
        cell = box.cells[0]
        size = {"x": cell.x, "y": cell.y, "width": cell.width, "height": cell.height, "rx": 4}
        group = Element("g", {"class": "neuron", "data-neuron": box.name}, Element("rect", size))
        x, y = cell.x + cell.width / 2, cell.y + cell.height / 2
        group.add(text("value", x, y + (0 if cell.text else 5), box.name))
        return group.add(text("caption middle", x, y + CAPTION + 4, cell.text) if cell.text else None)

    def edge(self, port, column):
        """Return the edge of a weight or a bias, as wide as its share of the largest."""
        lead, x, y = length_text(port.lead), length_text(port.x), length_text(port.y)
        symbol = port.symbols[0]
        if port.start is None:
            path = f"M{lead} {y}H{x}"
        else:
            start, height = map(length_text, port.start)
            middle = length_text((port.start[0] + port.lead) / 2)
            path = f"M{start} {height}C{middle} {height} {middle} {y} {lead} {y}H{x}"
        if port.hidden and column.pitch == CLOSE:
            return None
        if port.hidden:
            return Element("g", {"class": "weight zero"}, Element("path", {"d": path, **line("zero", 0)}))
        value = value_of(self.values[symbol])
        largest = abs(value_of(self.values[self.largest])) or 1
        kind = sign(value)
        group = Element("g", {"class": f"weight {kind}", "data-edge": symbol})
        group.add(Element("title", {}, f"{symbol} = {self.told(symbol)}"))
        group.add(
            Element(
                "path",
                {
                    "d": path,
                    **line(kind, float(abs(value) / largest), WIDEST_CLOSE if column.pitch == CLOSE else WIDEST_LINE),
                },
            )
        )
        return group.add(Element("circle", {"cx": port.x, "cy": port.y, "r": 3}) if port.labels else None)

    def label(self, port, column):
        """Return the label of an edge, if there is room for one."""
        if port.hidden and column.pitch == PITCH:
            return note(f"… {port.hidden} more", port.lead + TAIL, port.y - 5)
        if not port.labels:
            return None
        label = port.labels[0]
        group = Element("g", {"class": "label weight", "data-q": label.symbol})
        group.add(symbol_text(label.caption, label.x, label.y - LIFT, LABEL, "caption"))
        return group.add(text("number", label.x + label.text_x, label.y - LIFT, label.text))

    def legend(self, y):
        """Return what the lines mean."""
        elements, x = [], 0
        for kind in KINDS:
            if any(kind == sign(value) for value in self.values.values()):
                sample = {"d": f"M{length_text(x)} {length_text(y - 4)}h40", **line(kind, 0.4)}
                elements += [Element("g", {"class": f"weight {kind}"}, Element("path", sample)), note(kind, x + 48, y)]
                x += 48 + text_width(kind, TEXT) + 24
        return [*elements, note("the wider, the larger in size", x, y)]


def sign(value):
    """Return the kind of a weight."""
    value = value_of(value)
    return "positive" if value > 0 else "negative" if value < 0 else "zero"


def line(kind, share, widest=WIDEST_LINE):
    """Return how the line of a weight is drawn: solid if it is positive, broken if negative, dotted if 0."""
    width = 0.8 + (widest - 0.8) * share if kind != "zero" else 1.2
    dashes = {
        "positive": None,
        "negative": f"{length_text(4 + 1.5 * width)} {length_text(3 + width)}",
        "zero": "1.4 4",
    }[kind]
    return {"stroke-width": width, **({"stroke-dasharray": dashes} if dashes else {})}
