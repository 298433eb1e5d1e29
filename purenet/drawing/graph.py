"""Graphs: lines through points and dots at some of them, on two axes with numbers."""

from purenet.drawing.axes import AXES_STYLE, AXIS_BELOW, AXIS_LEFT, Axis, left_axis, lower_axis
from purenet.drawing.loss_curve import CURVE_STYLE, CURVE_WIDTH, LOSS_HEIGHT, frame
from purenet.drawing.sheet import MARGIN, sheet
from purenet.drawing.svg import Element
from purenet.drawing.text import TEXT, text
from purenet.errors import NetworkError

KINDS = ("curve", "curve held-out", "curve second")  # the second line is dashed


def graph(title, words, lines, across, down, dots=()):
    """Return a picture of one to three lines, each a list of points (x, y), as the text of an SVG file.

    `words` is a list of sentences above it, `across` and `down` name the two axes, and `dots` are points to mark. Raises
    NetworkError if there is nothing to draw.
    """
    points = [point for line in lines for point in line] + list(dots)
    if not 1 <= len(lines) <= len(KINDS) or any(len({x for x, _ in line}) < 2 for line in lines):
        raise NetworkError(f"a graph has one to {len(KINDS)} lines, each of at least two points beside each other")
    x_axis = Axis(*limits([x for x, _ in points], 0), 0, CURVE_WIDTH)
    y_axis = Axis(*limits([y for _, y in points], 0.05), LOSS_HEIGHT, 0)
    elements = left_axis(y_axis, CURVE_WIDTH, 6)
    for kind, line in reversed(list(zip(KINDS, lines))):
        path = "M" + "L".join(f"{x_axis(x):.2f} {y_axis(y):.2f}" for x, y in line)
        elements.append(Element("path", {"class": kind, "d": path}))
    elements += [Element("circle", {"class": "dot", "cx": x_axis(x), "cy": y_axis(y), "r": 4}) for x, y in dots]
    elements += [text("note", 0, -10, down), frame(CURVE_WIDTH, LOSS_HEIGHT)]
    elements += lower_axis(x_axis.marks(8), LOSS_HEIGHT, across, CURVE_WIDTH)
    group = Element("g", {"transform": f"translate({AXIS_LEFT} {TEXT})"}, *elements)
    size = (AXIS_LEFT + CURVE_WIDTH + MARGIN, TEXT + LOSS_HEIGHT + AXIS_BELOW)
    return sheet(title, words, " ".join(words), size, [group], [AXES_STYLE, CURVE_STYLE])


def limits(values, room):
    """Return the ends of an axis for values, with a share of their range as room at both ends."""
    low, high = min(values), max(values)
    extra = room * (high - low) or (0 if high > low else 1)
    return low - extra, high + extra
