"""The places of neurons, weights and labels in the upright picture of a network, for a narrow screen.

Layers are rows from top to bottom. Above each box is a block with the labels of its edges. An edge comes down on a track of
its own, at the left of the block, and turns under its first label to the right, where all edges of a neuron meet.
Read columns.py first, for the boxes themselves.
"""

from purenet.drawing.columns import Box, Gap, join
from purenet.drawing.svg import length_text
from purenet.drawing.text import TEXT

TITLE_HEIGHT = 22
TRACK = 6  # between the tracks of a block
LINE = 17  # of labels
BELOW = 6  # of a line of labels, from its base line
CELL_HEIGHT, BETWEEN = 36, 3
BETWEEN_BOXES = 10
FAN = 46  # height for the curves of the edges
GAP_WIDTH = 70
WIDEST = 328  # of a row whose boxes are as wide as all others


def place_rows(columns):
    """Put layers one below the other and draw their edges; return the width and the height of all."""
    join(columns)
    box_widths = [max(width(box) for box in column.boxes if isinstance(box, Box)) for column in columns]
    if max(row_width(column, max(box_widths)) for column in columns) <= WIDEST:
        box_widths = [max(box_widths)] * len(columns)  # equal, where there is room
    full = max(row_width(column, width) for column, width in zip(columns, box_widths))
    y = 0
    for column, box_width in zip(columns, box_widths):
        x = (full - row_width(column, box_width)) / 2
        column.title_at = (full / 2, y + TEXT)
        blocks = max(block_height(box) for box in column.boxes)
        top = y + TITLE_HEIGHT + (FAN if column.ports else 0)
        for box in column.boxes:
            if isinstance(box, Gap):
                box.x, box.y, box.exit = x + GAP_WIDTH - 4, top + blocks + 20, (x + GAP_WIDTH / 2, top + blocks + 24)
            else:
                place_box(box, x, top + blocks, box_width)
            x += wide(box, box_width) + BETWEEN_BOXES
        y = max(box.exit[1] for box in column.boxes) + BETWEEN
    return full, y


def row_width(column, box_width):
    """Return the width of a row of boxes."""
    return sum(wide(box, box_width) for box in column.boxes) + BETWEEN_BOXES * (len(column.boxes) - 1)


def wide(box, box_width):
    return GAP_WIDTH if isinstance(box, Gap) else box_width


def width(box):
    """Return the width that a box needs: that of two cells, or of a label beside its tracks."""
    cells = max(cell.needed_narrow for cell in box.cells + box.under)
    labels = [label.width for port in box.ports for label in port.labels]
    return max(2 * cells + BETWEEN, max(labels, default=0) + TRACK * len(box.ports) + 14)


def block_height(box):
    """Return the height of the block of labels above a box."""
    return sum(port_height(port) for port in box.ports) + (8 if box.ports else 0)


def port_height(port):
    return LINE * max(1, len(port.labels)) + 4


def place_box(box, x, y, box_width):
    """Put a box at (x, y), its cells in two columns, given ones left and later ones right, and its labels above it."""
    columns = [box.cells, box.under] if len(box.cells) > 1 else [box.cells + box.under]
    columns = [cells for cells in columns if cells]
    cell_width = (box_width - BETWEEN * (len(columns) - 1)) / len(columns)
    for n, cells in enumerate(columns):
        for m, cell in enumerate(cells):
            cell.x, cell.y = x + n * (cell_width + BETWEEN), y + m * (CELL_HEIGHT + BETWEEN)
            cell.width, cell.height = cell_width, CELL_HEIGHT
    lowest = max(cell.y + CELL_HEIGHT for cells in columns for cell in cells)
    box.exit = (x + box_width / 2, lowest)
    place_labels(box, x, y - block_height(box), box_width)


def place_labels(box, x, top, box_width):
    """Put the labels of a box into its block, and draw its edges."""
    end, bottom, y = x + box_width - 4, top + block_height(box), top
    for n, port in enumerate(box.ports):
        track, line = x + 3 + TRACK * (len(box.ports) - 1 - n), y + LINE
        for m, label in enumerate(port.labels):
            label.x, label.y = x + TRACK * len(box.ports) + 4, y + LINE * (m + 1) - BELOW + (2 if m else 0)
        port.lead, port.x, port.y = track - 4, end, line
        port.path, port.dot = edge(port, track, top, line, end, bottom), (end, bottom)
        if port.from_box:
            port.arrow = arrow_up(*port.from_box.exit)
        y += port_height(port)


def edge(port, track, top, line, end, bottom):
    """Return the path of an edge: a curve to its track, down to its line, along it, and down to the box."""
    numbers = map(length_text, (track, top, line, end, bottom))
    track, top, line, end, bottom = numbers
    if port.from_box is None:
        return f"M{track} {line}H{end}V{bottom}"
    x, y = port.from_box.exit
    middle = length_text((y + float(top)) / 2)
    return f"M{length_text(x)} {length_text(y)}C{length_text(x)} {middle} {track} {middle} {track} {top}V{line}H{end}V{bottom}"


def arrow_up(x, y):
    """Return the path of the head of an arrow whose point is at (x, y)."""
    return f"M{length_text(x)} {length_text(y + 2)}l5.5 11h-11z"


def peers_below(column):
    """Return the path that joins the boxes of a row with each other, below them."""
    boxes = [box for box in column.boxes if isinstance(box, Box)]
    y = length_text(boxes[0].exit[1] + 8)
    ends = "".join(f"M{length_text(box.exit[0])} {length_text(box.exit[1])}V{y}" for box in boxes)
    return f"{ends}M{length_text(boxes[0].exit[0])} {y}H{length_text(boxes[-1].exit[0])}"
