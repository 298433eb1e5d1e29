"""Where everything stands in the picture of a network. Read pictures.py for what a step shows of it.

Layers are columns from left to right, the loss is the last one. Each incoming edge of a neuron ends at its own port,
and its labels stand on its own straight last piece, left of the port: so no two labels can overlap, however many there
are. Everything is placed once for the whole trace; nothing moves from step to step.
"""

from purenet.arithmetic.notation import UNICODE, Symbol, number_text
from purenet.trace.formats import DIGITS
from purenet.trace.svg import text_width

WIDEST = 12  # neurons of a layer that are all drawn; of more, the first three and the last two
PITCH = 22  # between the ports of a neuron whose labels stand side by side
STACKED_PITCH = 56  # between those whose labels stand one above the other, which needs less width
STACKED = 8  # ports of a layer up to which labels are stacked
VALUE, CAPTION, LABEL = 14, 11, 12  # sizes of the fonts in boxes, above values, and on edges
SUBSCRIPT = 0.75  # size of a subscript over that of its symbol
CELL_HEIGHT, UNDER_HEIGHT = 44, 38  # of a box with one port, and of what stands under a box
BETWEEN_CELLS, BETWEEN_BOXES = 4, 26
GAP_HEIGHT = 30  # of "… 52 more"
HEAD = 24  # above the boxes, for the name of the layer
TAIL = 10  # before the first label of an edge and behind its last one


class Cell:
    """A box with a caption and the number of a quantity; or, where `symbol` is None, with a name."""

    def __init__(self, symbol=None, caption="", text="", name=""):
        self.symbol = symbol
        self.caption = caption
        self.text = text
        self.name = name  # of the neuron, for a cell that holds no quantity
        self.x = self.y = self.width = self.height = 0

    @property
    def needed(self):
        """The width that caption and text need."""
        return max(symbol_width(self.caption, CAPTION), text_width(self.text, VALUE, mono=True)) + 18


class Label:
    """A symbol and the number of a quantity on an edge."""

    def __init__(self, symbol, caption, text):
        self.symbol = symbol
        self.caption = caption
        self.text = text
        self.x = self.y = 0  # of the beginning of its base line
        self.text_x = symbol_width(caption, LABEL) + 6
        self.width = self.text_x + text_width(text, LABEL, mono=True)


class Port:
    """Where an edge ends: its labels, and the place in the layer before where it comes from (None: a bias).

    `symbols` are those of the quantities that belong to the edge; `hidden` counts the edges that this one stands for.
    """

    def __init__(self, source, labels, symbols=(), hidden=0):
        self.source = source
        self.labels = labels
        self.symbols = symbols or [label.symbol for label in labels]
        self.hidden = hidden
        self.start = None  # (x, y) of where the edge comes from
        self.lead = self.x = self.y = 0  # the edge is straight from x = lead on


class Box:
    """A neuron or the loss: cells side by side, cells under them, and ports at the left."""

    def __init__(self, name, cells, under, ports):
        self.name = name
        self.cells = cells
        self.under = under
        self.ports = ports
        self.exit = (0, 0)

    def height(self, pitch):
        return self.box_height(pitch) + (BETWEEN_CELLS + UNDER_HEIGHT if self.under else 0)

    def box_height(self, pitch):
        return max(CELL_HEIGHT, pitch * len(self.ports))

    def place(self, column, y):
        """Put the box into a column, with its upper edge at y."""
        height = self.box_height(column.pitch)
        for n, (cell, x, width) in enumerate(zip(self.cells, column.cell_x, column.cell_widths)):
            cell.x, cell.y, cell.width, cell.height = x, y, width, height
            if self.under:
                below = self.under[n]
                below.x, below.y, below.width, below.height = x, y + height + BETWEEN_CELLS, width, UNDER_HEIGHT
        self.exit = (column.right, y + height / 2)
        first = y + height / 2 - column.pitch * (len(self.ports) - 1) / 2
        for n, port in enumerate(self.ports):
            port.lead, port.x, port.y = column.x, column.cell_x[0], first + n * column.pitch
            for label, x, (dx, dy) in zip(port.labels, column.label_x, column.label_shifts):
                label.x, label.y = x + dx, port.y + dy


class Gap:
    """What stands for the neurons of a wide layer that are left out."""

    def __init__(self, hidden):
        self.hidden = hidden
        self.text = f"… {hidden} more"
        self.ports = []
        self.exit = (0, 0)

    def height(self, pitch):
        return GAP_HEIGHT

    def place(self, column, y):
        self.x, self.y = column.right - 8, y + GAP_HEIGHT / 2
        self.exit = (column.right, self.y)


class Column:
    """The boxes of a layer, one above the other."""

    def __init__(self, title, boxes):
        self.title = title
        self.boxes = boxes
        full = [box for box in boxes if isinstance(box, Box)]
        self.ports = [port for box in full for port in box.ports]
        self.stacked = 0 < len(self.ports) <= STACKED
        self.pitch = STACKED_PITCH if self.stacked else PITCH
        self.cell_widths = [
            max(cell.needed for box in full for cell in ([box.cells[n], box.under[n]] if box.under else [box.cells[n]]))
            for n in range(len(full[0].cells))
        ]

    @property
    def height(self):
        return sum(box.height(self.pitch) for box in self.boxes) + BETWEEN_BOXES * (len(self.boxes) - 1)

    def place(self, x, middle):
        """Put the column at x, its boxes around a middle line; return where it ends."""
        self.x = x
        widths = [
            max((port.labels[n].width for port in self.ports if n < len(port.labels)), default=0) for n in range(3)
        ]
        lead = 0
        if self.stacked:
            self.label_x = [x + TAIL] * 3
            self.label_shifts = [(0, -6), (0, 14), (0, 31)]
            lead = max(widths) + 2 * TAIL
        elif self.ports:
            self.label_x = [x + TAIL, x + 2 * TAIL + widths[0], x + 3 * TAIL + widths[0] + widths[1]]
            self.label_shifts = [(0, -5)] * 3
            lead = sum(widths) + 4 * TAIL
        self.cell_x = [x + lead]
        for width in self.cell_widths:
            self.cell_x.append(self.cell_x[-1] + width + BETWEEN_CELLS)
        self.right = self.cell_x.pop() - BETWEEN_CELLS
        y = middle - self.height / 2
        for box in self.boxes:
            box.place(self, y)
            y += box.height(self.pitch) + BETWEEN_BOXES
        return self.right


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


def boxes_of(names, box):
    """Return the boxes of a layer's neurons, with a gap in the middle of a wide one."""
    return [Gap(len(names) - 5) if n is None else box(names[n]) for n in shown_numbers(len(names))]


def shown_numbers(count):
    """Return the numbers from 0 of what is drawn of so many; None stands for those that are left out.

    >>> shown_numbers(3), shown_numbers(64)
    ([0, 1, 2], [0, 1, 2, None, 62, 63])
    """
    return list(range(count)) if count <= WIDEST else [0, 1, 2, None, count - 2, count - 1]


def told(row):
    """Return the number of a row as a picture shows it: as by hand, or else to six significant digits."""
    return UNICODE.number(row.digits_by_hand or number_text(row.value, DIGITS))


def symbol_width(symbol, size):
    """Return about how wide a symbol such as w_i1j1⁺ is, whose subscript is smaller."""
    base, _, subscript = symbol.partition("_")
    return text_width(base, size, mono=True) + text_width(subscript, size * SUBSCRIPT, mono=True)
