"""The places of everything in the pictures of a trace. Read drawing/columns.py for the columns themselves."""

import math
import re

from purenet.arithmetic.notation import Symbol
from purenet.checks import layer_letter
from purenet.drawing.columns import (
    BETWEEN_CELLS,
    Box,
    Cell,
    Column,
    Label,
    Port,
    boxes_of,
    columns_height,
    draw_edges,
    drawn_places,
    peers_path,
    place_columns,
)
from purenet.drawing.compact import PEERS, place_compact, place_stack
from purenet.drawing.rows import peers_below, place_rows
from purenet.softmax import SoftmaxLayer
from purenet.trace.quantities import MEMORIES

HIGHEST = 640  # of a picture whose neurons are all drawn whole, with every number at their edges
LONGEST = 11  # digits and signs of a number by hand in a picture; of a longer one, the first six digits are shown


class Layout:
    """The columns of the network for an example or a training step of a trace, each thing at its place.

    `width` and `height` are those of all. If it is `upright`, layers lie one below the other, for a narrow screen. If it
    would be too high otherwise, it is `compact`: with small boxes, and numbers at the edges of one neuron at a time. A step
    of several examples has no net inputs and outputs of its own: its neurons are boxes with their names (`is_shared`).
    """

    def __init__(self, place, upright=False):
        self.place = place
        self.upright = upright
        self.rows = place.trace.rows
        self.quantities = place.trace.quantities
        self.is_shared = place.example is None and place.batch_size > 1
        self.is_one_of_several = place.example is not None and place.batch_size > 1
        layers = place.trace.network.layers
        self.columns = [self.input_column(), *[self.column(layer, layer_letter(n)) for n, layer in enumerate(layers)]]
        self.softmax = [column for column, layer in zip(self.columns[1:], layers) if isinstance(layer, SoftmaxLayer)]
        if not self.quantities.only_forward:
            self.columns.append(self.loss_column(layers[-1]))
        self.compact = columns_height(self.columns) > HIGHEST
        self.width, self.height = (
            self.compact_size() if self.compact else self.upright_size() if upright else self.size()
        )

    def size(self):
        """Put everything at its place, with boxes of one size; return the width and the height of all."""
        neurons = self.columns_of_neurons()
        width = (
            math.ceil(max(map(needed_width, neurons)) / 6) * 6 + 2 * BETWEEN_CELLS
        )  # so that thirds and halves are whole
        for column in neurons:
            set_widths(column, width)
        height = columns_height(self.columns)
        set_height(neurons, height)
        fan = min(max(34, round(8 + height / 12)), 170)  # steep edges need room to be told apart
        width = place_columns(self.columns, height, fan)
        draw_edges(self.columns)
        for column in self.softmax:
            column.peers = peers_path(column, column.right + 14)
        return width, height

    def upright_size(self):
        size = place_rows(self.columns)
        for column in self.softmax:
            column.peers = peers_below(column)
        return size

    def compact_size(self):
        neurons = self.columns_of_neurons()
        boxes = [box for column in neurons for box in full_boxes(column)]
        number = len(boxes[0].cells)
        cells = [[cell for box in boxes for cell in (box.cells + box.under)[n::number]] for n in range(number)]
        widths = [math.ceil(max(cell.needed_in_line for cell in group)) for group in cells]
        for column in self.columns:
            loss = [math.ceil(max(cell.needed_in_line for box in full_boxes(column) for cell in box.cells + box.under))]
            column.cell_widths = widths if column in neurons else loss
        has_loss = not self.quantities.only_forward
        size = place_stack(self.columns, has_loss) if self.upright else place_compact(self.columns)
        for column in self.softmax:
            column.peers = peers_path(column, column.right + PEERS)
        return size

    def columns_of_neurons(self):
        return self.columns if self.quantities.only_forward else self.columns[:-1]

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
        """Return the end of the edge of a weight or a bias, with its gradient, what is remembered of it, and its new value."""
        quantities = [(base, False), (f"∇{base}", False)]
        if not self.is_one_of_several or self.place.step == "after":
            kinds = self.place.trace.quantities.memories
            before = [("v", False)] * ("momentum" in self.place.trace.descent.settings)
            kinds = [kind for kind in kinds if not kind.endswith("moments") or kind.startswith("corrected")]
            quantities += before + [(MEMORIES[kind], True) for kind in kinds] + [(base, True)]
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
        labels = [self.label(symbol) for symbol in known]
        return Port(source, labels, [str(symbol) for symbol in symbols], hidden)

    def label(self, symbol):
        return Label(str(symbol), str(without_example(symbol)), self.number(symbol))

    def number(self, symbol):
        """Return the number of a quantity; an empty text where a training step has none of its own, as of an output."""
        row = self.rows.get(str(symbol))
        return short_number(row) if row else ""


def full_boxes(column):
    return [box for box in column.boxes if isinstance(box, Box)]


def needed_width(column):
    """Return the width of the cells of a layer's boxes, all as wide as the widest, or of those below them."""
    boxes = full_boxes(column)
    above = max(cell.needed_in_step for box in boxes for cell in box.cells)
    number = len(boxes[0].cells)
    return max(number * above, sum(under_widths(column)))


def under_widths(column):
    """Return the widths that the cells below the others need."""
    boxes = [box for box in full_boxes(column) if box.under]
    return [max(box.under[n].needed_in_step for box in boxes) for n in range(len(boxes[0].under) if boxes else 0)]


def set_widths(column, width):
    """Let the boxes of a layer have a width: cells as wide as each other, those below as wide as they need to be."""
    number, below = len(full_boxes(column)[0].cells), under_widths(column)
    inner = width - BETWEEN_CELLS * (number - 1)
    column.cell_widths = [inner / number] * number
    column.under_widths = [needed + (inner - sum(below)) / len(below) for needed in below]


def set_height(columns, height):
    """Let the boxes of all layers be as high as the highest, if that makes no layer higher than a height."""
    highest = max(box.box_height(column.pitch) for column in columns for box in full_boxes(column))
    for column in columns:
        for box in full_boxes(column):
            box.least_height = highest
        if columns_height([column]) > height:
            for box in full_boxes(column):
                del box.least_height


def without_example(symbol):
    """Return a symbol without the mark of its example, which the title of the picture names."""
    return Symbol(symbol.base, symbol.subscript, symbol.after)


def short_number(row):
    """Return the number of a row in a picture; of a long number by hand, only the first six significant digits, and …"""
    text = row.in_a_picture
    if len(text) <= LONGEST or "e" in text:
        return text
    digits = re.match(r"−?[0.]*[0-9](?:\.?[0-9]){5}", text)
    return f"{digits[0]}…" if row.digits_by_hand and digits else text
