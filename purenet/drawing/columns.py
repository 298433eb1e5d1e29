"""The places of neurons, weights and labels in the picture of a network, and how its boxes and edges are drawn.

Layers are columns from left to right. Each edge into a neuron ends at its own port, and its labels are on its own
straight last piece, left of the port: so no two labels can overlap, however many there are. Everything is placed once
for all steps of a trace; nothing moves from step to step.
"""

import math

from purenet.drawing.svg import Element, length_text
from purenet.drawing.text import CAPTION, LABEL, TEXT, VALUE, symbol_width, text, text_width

WIDEST = 12  # neurons of a layer that are all drawn; of more, the first three and the last two
STEP_CAPTION, STEP_VALUE = 12, 13  # sizes of the fonts in the boxes of a step
PITCH = 22  # between the ports of a neuron whose labels are side by side
SIDE_BY_SIDE = [
    (n, -7) for n in range(5)
]  # the places of labels: a column, and the drop of the base line below the edge
STACKS = {  # the pitch and the places of stacked labels, which need less width, by their number: given ones above the edge
    3: (56, [(0, -7), (0, 12), (0, 30)]),
    4: (44, [(0, -8), (1, -8), (0, 15), (1, 15)]),
    5: (44, [(0, -8), (1, -8), (2, -8), (0, 15), (1, 15)]),
}
HIGHEST_STACKS = 500  # height of all ports of a layer up to which labels are stacked
CELL_HEIGHT, UNDER_HEIGHT = 44, 38  # of a box with one port, and of the cells under a box
BETWEEN_CELLS, BETWEEN_BOXES = 4, 26
GAP_HEIGHT = 30  # of "… 52 more"
HEAD = 24  # above the boxes, for the name of the layer
TAIL = 10  # before the first label of an edge and after its last one
FILLS = {"now": "now-fill", "operand": "operand-fill", "done": "done-fill", "not-yet": "paper"}  # of cells, by state


def line_style(kind, colour):
    """Return the style of the lines and ports of a kind."""
    return f"svg .{kind} path{{fill:none;stroke:var(--{colour})}}\nsvg .{kind} circle{{fill:var(--{colour})}}\n"


STEP_STYLE = (
    "".join(line_style(state, state) for state in FILLS)
    + "".join(f"svg .{state} rect{{stroke:var(--{state});fill:var(--{fill})}}\n" for state, fill in FILLS.items())
    + "".join(f"svg .{state} .arrow{{fill:var(--{state})}}\n" for state in ("now", "operand"))
    + """svg .now rect,svg .now path{stroke-width:2.8}
svg .operand rect,svg .operand path{stroke-width:2;stroke-dasharray:8 4}
svg .done rect,svg .done path{stroke-width:1.1}
svg .not-yet rect,svg .not-yet path{stroke-width:1.4;stroke-dasharray:1.4 4;stroke-linecap:round}
svg .label rect{stroke-width:1.5;stroke-dasharray:none}
svg .label.operand rect{stroke-dasharray:4 2}
svg .label.done rect,svg .label.not-yet rect{stroke:none;fill:none}
svg .now .value,svg .now text{font-weight:700}
svg .cell .caption{font-size:12px}
svg .cell .value{font-size:13px}
svg .narrow .cell .value,svg .cell .number{font-size:12px}
svg .edge .sub,svg .label .sub,svg .cell .sub{font-size:.8em}
svg .edge .arrow{stroke:none}
svg .thin path{stroke-width:.6;stroke-dasharray:none;stroke-opacity:.6}
svg .sum{display:none}
svg .sum.whole{display:inline}
svg .sum .line{stroke-width:1.4}
svg .sum .operand text{fill:var(--operand)}
svg .sum .now text{fill:var(--now)}
"""
)


class Cell:
    """A box with a caption and the number of a quantity; or, where `symbol` is None, with a name."""

    def __init__(self, symbol=None, caption="", text="", name=""):
        self.symbol = symbol
        self.caption = caption
        self.text = text
        self.name = name  # of the neuron, for a cell that holds no quantity
        self.in_line = False  # whether the number is beside the caption, not below it
        self.x = self.y = self.width = self.height = 0

    @property
    def needed(self):
        """The width that caption and text need."""
        return max(symbol_width(self.caption, CAPTION), text_width(self.text, VALUE, mono=True)) + 18

    @property
    def needed_in_step(self):
        """The width that they need in a picture of a step: the caption, and below it the number."""
        size = STEP_VALUE if self.symbol else LABEL
        return max(symbol_width(self.caption, STEP_CAPTION), text_width(self.text, size, mono=True)) + 6

    @property
    def needed_narrow(self):
        """The same in an upright picture."""
        return max(symbol_width(self.caption, STEP_CAPTION), text_width(self.text, LABEL, mono=True)) + 4

    @property
    def needed_in_line(self):
        """The width that they need side by side."""
        between = 6 if self.caption else 0
        return symbol_width(self.caption, STEP_CAPTION) + between + text_width(self.text, LABEL, mono=True) + 12


class Label:
    """A symbol and the number of a quantity on an edge."""

    def __init__(self, symbol, caption, text):
        self.symbol = symbol
        self.caption = caption
        self.text = text
        self.x = self.y = 0  # of the beginning of its base line
        self.text_x = round(symbol_width(caption, LABEL) + 6)
        self.width = math.ceil(self.text_x + text_width(text, LABEL, mono=True))


class Port:
    """The end of an edge: its labels, and the place in the layer before from which it comes (None: a bias).

    `symbols` are those of the quantities that belong to the edge; `hidden` counts the edges that it represents.
    """

    def __init__(self, source, labels, symbols=(), hidden=0):
        self.source = source
        self.labels = labels
        self.symbols = symbols or [label.symbol for label in labels]
        self.hidden = hidden
        self.start = None  # (x, y) from which the edge comes
        self.from_box = None  # the box, or the gap, from which it comes
        self.lead = self.x = self.y = 0  # the edge is straight from x = lead on
        self.path, self.dot = "", None  # the edge, and the place of its dot
        self.arrow = ""  # the head of an arrow from the neuron back to where the edge comes from


class Box:
    """A neuron or the loss: cells side by side, cells under them, and ports at the left."""

    least_height = CELL_HEIGHT

    def __init__(self, name, cells, under, ports):
        self.name = name
        self.cells = cells
        self.under = under
        self.ports = ports
        self.exit = (0, 0)

    def height(self, pitch):
        return self.box_height(pitch) + (BETWEEN_CELLS + UNDER_HEIGHT if self.under else 0)

    def box_height(self, pitch):
        return max(self.least_height, pitch * len(self.ports))

    def place(self, column, y):
        """Put the box into a column, with its upper edge at y."""
        height = self.box_height(column.pitch)
        place_cells(self.cells, column.cell_x, y, column.cell_widths, height)
        place_cells(self.under, column.cell_x, y + height + BETWEEN_CELLS, column.under_widths, UNDER_HEIGHT)
        self.exit = (column.right, y + height / 2)
        first = y + height / 2 - column.pitch * (len(self.ports) - 1) / 2
        for n, port in enumerate(self.ports):
            port.lead, port.x, port.y = column.x, column.cell_x, first + n * column.pitch
            for label, (at, drop) in zip(port.labels, column.label_places):
                label.x, label.y = column.label_x[at], port.y + drop


class Gap:
    """The place of the neurons of a wide layer that are left out."""

    def __init__(self, hidden):
        self.hidden = hidden
        self.ports = []
        self.exit = (0, 0)

    def height(self, pitch):
        return GAP_HEIGHT

    def place(self, column, y):
        self.x, self.y = column.right - 8, y + GAP_HEIGHT / 2
        self.exit = (column.right, self.y)


class Column:
    """The boxes of a layer, one below the other."""

    def __init__(self, title, boxes):
        self.title = title
        self.title_at = (0, 0)  # the middle of its base line
        self.peers = ""  # the path that joins its boxes with each other, where their numbers depend on each other
        self.boxes = boxes
        full = [box for box in boxes if isinstance(box, Box)]
        self.ports = [port for box in full for port in box.ports]
        self.pitch, self.label_places = STACKS[max([3] + [len(port.labels) for port in self.ports])]
        if not 0 < len(self.ports) * self.pitch <= HIGHEST_STACKS:
            self.pitch, self.label_places = PITCH, SIDE_BY_SIDE
        self.cell_widths = [
            max(cell.needed for box in full for cell in ([box.cells[n], box.under[n]] if box.under else [box.cells[n]]))
            for n in range(len(full[0].cells))
        ]
        self.under_widths = self.cell_widths

    @property
    def height(self):
        return sum(box.height(self.pitch) for box in self.boxes) + BETWEEN_BOXES * (len(self.boxes) - 1)

    @property
    def label_widths(self):
        """The widths of the columns of labels."""
        widths = {}
        for port in self.ports:
            for label, (at, _) in zip(port.labels, self.label_places):
                widths[at] = max(widths.get(at, 0), label.width)
        return [widths[at] for at in sorted(widths)]

    def place(self, x, middle):
        """Put the column at x, its boxes around a middle line; return its right edge."""
        self.x = x
        self.label_x, lead = [], x + TAIL
        for width in self.label_widths:
            self.label_x.append(lead)
            lead += width + TAIL
        self.cell_x = max(lead, x + 4 * TAIL) if self.ports else x
        self.right = self.cell_x + sum(self.cell_widths) + BETWEEN_CELLS * (len(self.cell_widths) - 1)
        y = middle - self.height / 2
        for box in self.boxes:
            box.place(self, y)
            y += box.height(self.pitch) + BETWEEN_BOXES
        return self.right


def place_cells(cells, x, y, widths, height):
    """Put cells side by side, from x on."""
    for cell, width in zip(cells, widths):
        cell.x, cell.y, cell.width, cell.height = x, y, width, height
        x += width + BETWEEN_CELLS


def columns_height(columns):
    """Return the height of all columns with their titles."""
    return HEAD + max(column.height for column in columns)


def place_columns(columns, height, fan):
    """Put columns side by side, `fan` apart for the edges between them, join those edges; return the width of all."""
    right = -fan
    for column in columns:
        right = column.place(right + fan, (HEAD + height) / 2)
    join(columns)
    for column in columns:
        for port in column.ports:
            port.start = port.from_box and port.from_box.exit
    return right


def boxes_of(names, box):
    """Return the boxes of a layer's neurons, with a gap in the middle of a wide one."""
    return [Gap(len(names) - 5) if n is None else box(names[n]) for n in drawn_places(len(names))]


def drawn_places(count):
    """Return the places, from 0, that are drawn of `count`; None is the gap for those left out.

    >>> drawn_places(3), drawn_places(64)
    ([0, 1, 2], [0, 1, 2, None, 62, 63])
    """
    return list(range(count)) if count <= WIDEST else [0, 1, 2, None, count - 2, count - 1]


def join(columns):
    """Let each port know the box, or the gap, from which its edge comes."""
    for before, column in zip(columns, columns[1:]):
        for port in column.ports:
            port.from_box = None if port.source is None else before.boxes[port.source]


def draw_edges(columns):
    """Give each edge its path, its dot and its arrow."""
    for column in columns:
        column.title_at = (column.cell_x + column.right) / 2, TEXT
        for port in column.ports:
            port.path, port.dot = edge_path(port), (port.x, port.y)
            if port.start:
                port.arrow = arrow_left(*port.start)


def arrow_left(x, y):
    """Return the path of the head of an arrow whose point is at (x, y)."""
    return f"M{length_text(x + 2)} {length_text(y)}l11 -5.5v11z"


def peers_path(column, x):
    """Return the path that joins the boxes of a layer with each other, along a line at x, right of them."""
    boxes = [box for box in column.boxes if isinstance(box, Box)]
    ends = "".join(f"M{length_text(box.exit[0])} {length_text(box.exit[1])}H{length_text(x)}" for box in boxes)
    return f"{ends}M{length_text(x)} {length_text(boxes[0].exit[1])}V{length_text(boxes[-1].exit[1])}"


def column_title(column):
    return text("note middle", (column.cell_x + column.right) / 2, TEXT, column.title)


def edge_path(port):
    """Return the path of an edge: a curve to the beginning of its labels, then a straight piece to its port."""
    lead, x, y = length_text(port.lead), length_text(port.x), length_text(port.y)
    if port.start is None:
        return f"M{lead} {y}H{x}"
    start, height = map(length_text, port.start)
    middle = length_text((port.start[0] + port.lead) / 2)
    return f"M{start} {height}C{middle} {height} {middle} {y} {lead} {y}H{x}"


def port_circle(port):
    return Element("circle", {"cx": port.x, "cy": port.y, "r": 3})


def more_edges(port):
    """Return the words for the edges that an edge represents."""
    return text("note", port.lead + TAIL, port.y - 5, f"… {port.hidden} more")


def more_neurons(gap):
    """Return the words for the neurons that are left out."""
    return text("note end", gap.x, gap.y + 5, f"… {gap.hidden} more")


def cell_frame(cell):
    return Element("rect", {"x": cell.x, "y": cell.y, "width": cell.width, "height": cell.height, "rx": 4})
