"""What each neuron of a network of two inputs sends on around the examples, one small map for each. Read axes.py first."""

from purenet.arithmetic.notation import UNICODE, number_text
from purenet.drawing.decision_regions import rectangle, shape, span
from purenet.drawing.svg import Element, length_text
from purenet.drawing.text import TEXT, text
from purenet.errors import INFINITY

CELLS, SIDE = 30, 120  # of a map: cells along each side, and pixels
SHADES = 6  # on each side of the middle
RANGES = {"sigmoid": (0, 1), "softmax": (0, 1), "threshold": (0, 1), "threshold from 0": (0, 1)}
MAPS_STYLE = """svg .map .high{fill:var(--operand)}
svg .map .low{fill:var(--done)}
svg .map{shape-rendering:crispEdges}
svg .map-frame{fill:none;stroke:var(--muted);stroke-width:1}
svg .mark path{fill:var(--paper);stroke:var(--text);stroke-width:1.6}
"""


def neuron_maps(network, examples):
    """Return a map for each neuron, a dictionary from names to elements; {} unless there are two inputs.

    Blue is over a middle, yellow below it: ½ for a sigmoid, softmax or threshold, 0 for any other neuron.
    """
    if len(network.layers[0].neurons[0].weights) != 2:
        return {}
    (left, right), (low, high) = (span([inputs[i] for inputs, _ in examples]) for i in (0, 1))
    grid = [[] for _ in network.neurons()]
    for row in range(CELLS):
        y = high - (row + 0.5) / CELLS * (high - low)
        for column in range(CELLS):
            network.forward([left + (column + 0.5) / CELLS * (right - left), y])
            for outputs, neuron in zip(grid, network.neurons()):
                outputs.append(neuron.output)
    marks = [mark(inputs, targets, (left, right, low, high)) for inputs, targets in examples if targets is not None]
    return {neuron.name: one_map(neuron, outputs, marks) for neuron, outputs in zip(network.neurons(), grid)}


def one_map(neuron, outputs, marks):
    """Return the map of a neuron from its outputs, row by row from above."""
    low, high = RANGES.get(neuron.activation.name, (0, 0))
    middle = (low + high) / 2
    reach = max([high - middle, *(abs(output - middle) for output in outputs)]) or 1
    shades = [shade(output, middle, reach) for output in outputs]
    group = Element("g", {"class": "map"})
    for value in sorted(set(shades) - {0}):
        kind = {"class": "high" if value > 0 else "low", "fill-opacity": f"{abs(value) / SHADES * 0.8:.2f}"}
        group.add(Element("path", {**kind, "d": runs(shades, value)}))
    frame = Element("rect", {"class": "map-frame", "width": SIDE, "height": SIDE})
    words = f"{short(min(outputs))} to {short(max(outputs))}"
    names = [text("note", 0, -6, neuron.name), text("note", 0, SIDE + TEXT + 3, words)]
    return Element("g", {}, Element("title", {}, f"{neuron.name}: {words}"), group, frame, *marks, *names)


def short(output):
    """Return an output to two significant digits, for a map is no table."""
    return UNICODE.number(number_text(output, 2))


def shade(output, middle, reach):
    """Return how far an output is from the middle, from -SHADES to SHADES; 0 in the middle."""
    if not -INFINITY < output < INFINITY:
        return 0
    share = (output - middle) / reach
    size = min(SHADES, int(abs(share) * SHADES) + 1) if share else 0
    return size if share > 0 else -size


def runs(shades, value):
    """Return a path around the cells of one shade, a rectangle for each run in a row."""
    parts, cell = [], SIDE / CELLS
    for row in range(CELLS):
        start = None
        for column in range(CELLS + 1):
            inside = column < CELLS and shades[row * CELLS + column] == value
            if inside and start is None:
                start = column
            elif not inside and start is not None:
                box = {"x": start * cell, "y": row * cell, "width": (column - start) * cell, "height": cell}
                parts.append(rectangle(box)["d"])
                start = None
    return "".join(parts)


def mark(inputs, targets, ends):
    """Return the mark of an example: a square for a target up to ½, a disc for one over ½."""
    left, right, low, high = ends
    x, y = (inputs[0] - left) / (right - left) * SIDE, (high - inputs[1]) / (high - low) * SIDE
    place = {"class": "mark", "transform": f"translate({length_text(float(x))} {length_text(float(y))})"}
    return Element("g", place, *shape(int(targets[0] > 0.5), 5, False))
