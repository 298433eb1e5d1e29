"""A graph of operations: a box for each number, with its name, its value and its gradient, and a line to each operand.

Numbers that were given are on the left, each just before the first that needs it; the last result is on the right.
"""

from collections import namedtuple

from purenet.drawing.sheet import sheet
from purenet.drawing.svg import Element
from purenet.drawing.text import CAPTION, shown_number, symbol_text, text
from purenet.errors import NetworkError

# a number: its symbol, the sign of its operation ("" if it was given) and the places of its operands in the list before it
Operation = namedtuple("Operation", "symbol sign value gradient operands", defaults=[()])
BOX_WIDTH, BOX_HEIGHT, GAP, BETWEEN = 128, 68, 40, 14
INSET = 8  # of text in a box
LINES = 18, 38, 58  # of the text in a box: name and sign, value, gradient
OPERATIONS_STYLE = """svg .operation rect{fill:var(--paper);stroke:var(--text);stroke-width:1.2}
svg .given rect{fill:var(--operand-fill);stroke:var(--operand)}
svg .operand{fill:none;stroke:var(--muted);stroke-width:1.2}
svg .gradient{fill:var(--now)}
"""


def operations_picture(title, words, operations):
    """Return a picture of a list of `Operation`s, each after its operands, as the text of an SVG file.

    `words` is a list of sentences above it. Raises NetworkError for an operand that is not before its result.
    """
    for place, operation in enumerate(operations):
        if any(not 0 <= operand < place for operand in operation.operands):
            raise NetworkError(f"the operands of {operation.symbol} must be before it in the list")
    places = places_of(operations)
    edges = [edge(places[operand], place) for each, place in zip(operations, places) for operand in each.operands]
    boxes = [box(*pair) for pair in zip(operations, places)]
    size = max(x for x, _ in places) + BOX_WIDTH, max(y for _, y in places) + BOX_HEIGHT
    names = ", ".join(f"{each.symbol} {shown_number(each.value)}" for each in operations)
    return sheet(title, words, f"From left to right: {names}.", size, [*edges, *boxes], [OPERATIONS_STYLE])


def places_of(operations):
    """Return the left upper corner of each box."""
    columns = columns_of(operations)
    rows, free = [], 0
    for operation in operations:
        rows.append(free)
        free += not operation.operands
    rows = middles(operations, rows)
    lowest, places = {}, [None] * len(operations)
    for place in sorted(range(len(operations)), key=rows.__getitem__):
        column, row = columns[place], rows[place]
        row = max(row, lowest.get(column, row - 1) + 1)
        lowest[column] = row
        places[place] = (column * (BOX_WIDTH + GAP), row * (BOX_HEIGHT + BETWEEN))
    return places


def columns_of(operations):
    """Return the column of each box: after all operands or, of a number that was given, before the first that needs it."""
    columns = []
    for operation in operations:
        columns.append(1 + max((columns[operand] for operand in operation.operands), default=-1))
    for place, operation in enumerate(operations):
        users = [columns[user] for user, each in enumerate(operations) if place in each.operands]
        if users and not operation.operands:
            columns[place] = min(users) - 1
    return columns


def middles(operations, rows):
    """Return the rows, those of results in the middle of their operands."""
    for place, operation in enumerate(operations):
        if operation.operands:
            rows[place] = sum(rows[operand] for operand in operation.operands) / len(operation.operands)
    return rows


def box(operation, place):
    """Return the box of a number: its symbol and sign, its value, and below it its gradient."""
    x, y = place
    kind = "operation" if operation.operands else "operation given"
    name = symbol_text("caption", x + INSET, y + LINES[0], operation.symbol, CAPTION)
    sign = text("caption end", x + BOX_WIDTH - INSET, y + LINES[0], operation.sign)
    value = text("value", x + BOX_WIDTH / 2, y + LINES[1], shown_number(operation.value))
    gradient = text("value", x + BOX_WIDTH / 2, y + LINES[2], shown_number(operation.gradient))
    gradient.attributes["class"] += " gradient"
    frame = Element("rect", {"x": x, "y": y, "width": BOX_WIDTH, "height": BOX_HEIGHT, "rx": 4})
    return Element("g", {"class": kind}, frame, name, sign, value, gradient)


def edge(start, end):
    """Return a line from the box of an operand to that of the result."""
    (x1, y1), (x2, y2) = (start[0] + BOX_WIDTH, start[1] + BOX_HEIGHT / 2), (end[0], end[1] + BOX_HEIGHT / 2)
    middle = (x1 + x2) / 2 if x2 - x1 <= GAP else x2 - GAP / 2
    return Element(
        "path",
        {"class": "operand", "d": f"M{x1:.2f} {y1:.2f}C{middle:.2f} {y1:.2f} {middle:.2f} {y2:.2f} {x2:.2f} {y2:.2f}"},
    )
