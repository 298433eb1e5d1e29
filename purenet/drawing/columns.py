"""Where everything stands in the picture of a network. Read pictures.py for what a step shows of it.

Layers are columns from left to right, the loss is the last one. Each incoming edge of a neuron ends at its own port,
and its labels stand on its own straight last piece, left of the port: so no two labels can overlap, however many there
are. Everything is placed once for the whole trace; nothing moves from step to step.
"""

from purenet.drawing.svg import Element, length_text, text_width
from purenet.drawing.text import CAPTION, LABEL, VALUE, symbol_width, text

WIDEST = 12  # neurons of a layer that are all drawn; of more, the first three and the last two
PITCH = 22  # between the ports of a neuron whose labels stand side by side
STACKED_PITCH = 56  # between those whose labels stand one above the other, which needs less width
STACKED = 8  # ports of a layer up to which labels are stacked
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


def boxes_of(names, box):
    """Return the boxes of a layer's neurons, with a gap in the middle of a wide one."""
    return [Gap(len(names) - 5) if n is None else box(names[n]) for n in shown_numbers(len(names))]


def shown_numbers(count):
    """Return the numbers from 0 of what is drawn of so many; None stands for those that are left out.

    >>> shown_numbers(3), shown_numbers(64)
    ([0, 1, 2], [0, 1, 2, None, 62, 63])
    """
    return list(range(count)) if count <= WIDEST else [0, 1, 2, None, count - 2, count - 1]


def edge(state, port):
    """Return an edge: a curve to where its labels begin, a straight piece under them, and its port."""
    lead, x, y = length_text(port.lead), length_text(port.x), length_text(port.y)
    if port.start is None:
        path = f"M{lead} {y}H{x}"
    else:
        start, height = map(length_text, port.start)
        middle = length_text((port.start[0] + port.lead) / 2)
        path = f"M{start} {height}C{middle} {height} {middle} {y} {lead} {y}H{x}"
    group = Element("g", {"class": f"edge {state}", "data-edge": port.symbols[0]}, Element("path", {"d": path}))
    return group.add(Element("circle", {"cx": port.x, "cy": port.y, "r": 3}))


def gap(gap):
    return text("note end", gap.x, gap.y + 5, gap.text)
