"""The places in the picture of a network with wide layers: small boxes, and the labels of one neuron's edges at a time.

The edges of a neuron leave the boxes of the layer before side by side, so there is room for their labels: beside those
boxes, or, where a sum runs back over the edges that leave a neuron, beside the boxes of the layer after.
Read columns.py first, for the boxes themselves.
"""

import math

from purenet.drawing.columns import Box, Gap, arrow_left, join
from purenet.drawing.svg import length_text
from purenet.drawing.text import TEXT

LINE, BETWEEN = 22, 2  # the height of a cell, and what is between two
BETWEEN_BOXES = 8
GAP_HEIGHT = 24
HEAD = 24  # above the boxes, for the name of the layer
FAN = 90
TAIL, PEERS = 8, 6  # between labels; from the boxes of a layer to the line that joins them
LABEL_LINE = 17  # as in step_view.js
GUTTER = 26  # left of boxes that are one below the other, for the edges
PLACES = {  # of the labels of an edge, (column, drop of the base line below the edge), by their number
    3: [(0, -6), (0, 14), (1, 14)],
    4: [(0, -6), (1, -6), (0, 14), (1, 14)],
    5: [(0, -6), (1, -6), (2, -6), (0, 14), (1, 14)],
}


def place_compact(columns):
    """Put small boxes into columns from left to right; return the width and the height of all."""
    prepare(columns)
    lines = lines_of(columns)
    highest, x = max(height_of(column, lines) for column in columns), 0
    height = HEAD + highest
    for n, column in enumerate(columns):
        y = HEAD + (highest - height_of(column, lines)) / 2
        column.title_at = (x + box_width(column) / 2, TEXT)
        for box in column.boxes:
            y = place_box(box, x, y, column, lines)
        column.x, column.right = x, x + box_width(column)
        if n + 1 < len(columns):
            x = column.right + FAN + label_space(columns[n + 1])
            if has_bias(columns[n + 1]):
                height = max(height, bias_y(column) + LINE)
    return column.right, height


def place_stack(columns, has_loss):
    """Put small boxes one below the other, layer by layer, for a narrow screen; return the width and the height of all.

    The last column is that of the loss, unless there is only a forward pass.
    """
    prepare(columns)
    cells = [cell for column in columns for box in column.boxes for cell in cells_of(box)]
    width, y = math.ceil(max(cell.needed_in_line for cell in cells)), 0
    for column in columns:
        column.x, column.right = GUTTER, GUTTER + 2 * width + BETWEEN
        column.title_at = ((column.x + column.right) / 2, y + TEXT)
        y += HEAD
        if has_loss and column is columns[-1]:
            y = place_loss_labels(column, y)
        else:
            column.block = GUTTER, y + 12
            y += block_height(column)
        for box in column.boxes:
            y = place_stacked(box, y, width)
        y += BETWEEN_BOXES
    return columns[0].right + 16, y


def place_stacked(box, y, width):
    """Put a box at y, its cells below each other, later ones at their right; return the y of the next one."""
    box.x, right = GUTTER, GUTTER + 2 * width + BETWEEN
    if isinstance(box, Gap):
        box.x, box.y, box.exit = right - 8, y + GAP_HEIGHT / 2, (right, y + GAP_HEIGHT / 2)
        return y + GAP_HEIGHT + BETWEEN_BOXES
    is_input = len(box.cells) == 3 and not box.under
    if is_input:
        places = [(GUTTER, 0, width), (GUTTER + width, 0, BETWEEN), (GUTTER + width + BETWEEN, 0, width)]
    else:
        places = [(GUTTER, n, width) for n in range(len(box.cells))]
        places += [(GUTTER + width + BETWEEN, n, width) for n in range(len(box.under))]
    for cell, (x, line_number, cell_width) in zip(cells_of(box), places):
        cell.x, cell.y, cell.width, cell.height = x, y + line_number * (LINE + BETWEEN), cell_width, LINE
    height = (1 if is_input else len(box.cells)) * (LINE + BETWEEN)
    box.exit = (right, y + (height - BETWEEN) / 2)
    return y + height + BETWEEN_BOXES


def cells_of(box):
    return [] if isinstance(box, Gap) else box.cells + box.under


def prepare(columns):
    """Join the edges of the columns, and put the number of each cell beside its caption."""
    join(columns)
    for column in columns:
        for box in column.boxes:
            for cell in cells_of(box):
                cell.in_line = cell.symbol is not None


def lines_of(columns):
    """Return how many lines of cells a box has."""
    return 2 if any(box.under for column in columns for box in column.boxes if isinstance(box, Box)) else 1


def height_of(column, lines):
    heights = [GAP_HEIGHT if isinstance(box, Gap) else lines * LINE + BETWEEN for box in column.boxes]
    return sum(heights) + BETWEEN_BOXES * (len(heights) - 1)


def box_width(column):
    return sum(column.cell_widths) + BETWEEN * (len(column.cell_widths) - 1)


def has_bias(column):
    return any(port.source is None for port in column.ports)


def label_columns(column):
    """Return the widths of the columns of labels of a layer's edges."""
    widths = {}
    for port in column.ports:
        for label, (at, _) in zip(port.labels, places(port)):
            widths[at] = max(widths.get(at, 0), label.width)
    return [widths[at] for at in sorted(widths)]


def places(port):
    return PLACES[max(3, len(port.labels))]


def label_space(column):
    """Return the width of the labels of a layer's edges."""
    return sum(width + TAIL for width in label_columns(column)) + 2 * TAIL


def place_box(box, x, y, column, lines):
    """Put a box at (x, y), and return the y of the next one."""
    if isinstance(box, Gap):
        box.x, box.y, box.exit = (
            x + box_width(column) - 8,
            y + GAP_HEIGHT / 2,
            (x + box_width(column), y + GAP_HEIGHT / 2),
        )
        return y + GAP_HEIGHT + BETWEEN_BOXES
    height = lines * LINE + BETWEEN
    rows = [(box.cells, y, LINE), (box.under, y + LINE + BETWEEN, LINE)] if box.under else [(box.cells, y, height)]
    for cells, top, cell_height in rows:
        left = x
        for cell, width in zip(cells, column.cell_widths):
            cell.x, cell.y, cell.width, cell.height = left, top, width, cell_height
            left += width + BETWEEN
    box.x, box.exit = x, (x + box_width(column), y + height / 2)
    return y + height + BETWEEN_BOXES


def block_height(column):
    """Return the height for the labels of one neuron's edges, a result for each, side by side in pairs."""
    boxes = [box for box in column.boxes if isinstance(box, Box)]
    most = max(len(boxes), *[len(box.ports) for box in boxes])
    return (most + 1) // 2 * LABEL_LINE + BETWEEN_BOXES if column.ports else 0


def place_loss_labels(column, y):
    """Put the labels at the edges into the loss one below the other, two in a line; return the y below them."""
    for port in column.ports:
        for n, label in enumerate(port.labels):
            if n == 2:
                y += LINE
            label.x, label.y = GUTTER + (0, 110, 110)[n], y + 14
        y += LINE
    return y + BETWEEN_BOXES if column.ports else y


def place_labels(port, x, y, column):
    """Put the labels of an edge beside a box, from x on."""
    starts = [x]
    for width in label_columns(column):
        starts.append(starts[-1] + width + TAIL)
    for label, (at, drop) in zip(port.labels, places(port)):
        label.x, label.y = starts[at], y + drop


def target_of(box):
    return box.x, box.exit[1]


def edge(port, box):
    """Return the path of an edge as a thin straight line; that of a bias is empty."""
    return line(port.from_box.exit, target_of(box)) if port.from_box else ""


def inward(port, box, column, columns):
    """Put the labels of an edge beside the box where it comes from; return its path."""
    before = columns[columns.index(column) - 1]
    x, y = port.from_box.exit if port.from_box else (before.right, bias_y(before))
    place_labels(port, x + 2 * TAIL, y, column)
    end = x + label_space(column)
    return line((x if port.from_box else x + TAIL, y), (end, y), target_of(box))


def bias_y(before):
    """Return the height of the labels of a bias, below the boxes of the layer before."""
    return max(box.exit[1] for box in before.boxes) + 2 * LINE + BETWEEN_BOXES


def outward(port, box, column):
    """Put the labels of an edge beside the box that it leads to; return its path."""
    x, y = target_of(box)
    start = x - label_space(column)
    place_labels(port, start + TAIL, y, column)
    return line(port.from_box.exit, (start, y), (x, y))


def bracket(port, box):
    """Return the path of an edge between boxes that are one below the other, through the gutter."""
    if port.from_box is None:
        return ""
    (x, y), from_y = target_of(box), port.from_box.exit[1]
    return f"M{length_text(x)} {length_text(from_y)}h-16V{length_text(y)}h16"


def line(*points):
    return "M" + "L".join(f"{length_text(x)} {length_text(y)}" for x, y in points)


def arrow(port):
    """Return the path of an arrow's head at the box from which an edge comes."""
    return arrow_left(*port.from_box.exit) if port.from_box else ""


def arrow_in_gutter(port):
    """Return the path of an arrow's head that points to the box from which an edge comes."""
    if port.from_box is None:
        return ""
    x, y = GUTTER, port.from_box.exit[1]
    return f"M{length_text(x - 1)} {length_text(y)}l-11 -5.5v11z"
