"""The decision regions of a network of two inputs as SVG, with the examples on them. Read axes.py first.

Regions are told apart by colour, texture and border, examples by shape, and mistakes by a ring.
"""

import copy

from purenet.arithmetic.notation import Symbol
from purenet.document.formats import MOST_TERMS
from purenet.drawing.axes import AXES_STYLE, AXIS_BELOW, AXIS_LEFT, Axis, lower_axis
from purenet.drawing.sheet import sheet
from purenet.drawing.svg import Element, length_text
from purenet.drawing.text import TEXT, shown_number, subscripted, text, text_width
from purenet.errors import INFINITY, NetworkError, check_number, count

CELLS = 72  # of a grid of outputs, along each side
PANEL, SMALL_PANEL = 360, 252  # pixels of that side: alone, and one of several
ACROSS, BETWEEN_ROWS = 3, 14  # panels beside each other, and pixels between two rows of them
SHADES = 5  # of a region, from an uncertain output to a clear one
MANY = 30  # examples up to which each is marked with its class in words
CLASSES = ("done", "operand", "now", "lit")  # the colours of the classes, by their names in the palette
REGIONS_STYLE = (
    "".join(
        f"svg .region.class{n} .shade{{fill:var(--{name})}}\nsvg .texture.class{n}{{stroke:var(--{name})}}\n"
        for n, name in enumerate(CLASSES)
    )
    + """svg .region{shape-rendering:crispEdges}
svg .texture{fill:none;stroke-width:1}
svg .border{fill:none;stroke:var(--text);stroke-width:1.8}
svg .mark path{fill:var(--paper);stroke:var(--text);stroke-width:1.6}
svg .mark text{font-size:12px;font-weight:700;text-anchor:middle}
svg .mark .wrong{fill:none;stroke:var(--lit);stroke-width:2.4;stroke-dasharray:4 3}
"""
)


def regions(network, examples=()):
    """Return the outputs of a network of two inputs around its examples, as the text of an SVG file.

    A grid of outputs is coloured by class, with the examples as marks on it. With one output, the classes are up to ½
    and over ½; otherwise the class is the place of the largest output. The network is not changed. Raises NetworkError
    unless there are two inputs and at most four outputs.
    """
    return regions_series([("", network)], examples, "What the network says")


def regions_series(stages, examples=(), title="What the network says, stage by stage"):
    """Return the regions of several stages of a network, or of several networks, three in a row.

    `stages` is a list of (caption, network).
    """
    examples = [(list(inputs), list(targets)) for inputs, targets in examples]
    stages = [(caption, copy.deepcopy(network)) for caption, network in stages]
    for _, network in stages:
        check_two_inputs(network)
        for inputs, targets in examples:
            if len(inputs) != 2 or len(targets) != len(network.layers[-1].neurons):
                raise NetworkError("the examples do not fit the network, which has 2 inputs")
            for value in inputs + targets:
                check_number(value, "a number of an example")
    side = PANEL if len(stages) == 1 else SMALL_PANEL
    panels = [Panel(network, examples, side) for _, network in stages]
    across = len(stages) if len(stages) <= ACROSS else -(-len(stages) // -(-len(stages) // ACROSS))
    pitch, row_pitch = side + AXIS_LEFT, TEXT + side + AXIS_BELOW + BETWEEN_ROWS
    below = -(-len(stages) // across) * row_pitch - BETWEEN_ROWS
    legend, width = panels[0].legend(below + 30)
    needed = AXIS_LEFT * 0.7 + across * pitch - AXIS_LEFT + 10
    size = (max(needed, width), below + 44)
    left = AXIS_LEFT * 0.7 + max(0, width - needed) / 2
    elements = [Element("defs", {}, *textures())]
    for place, (panel, (caption, _)) in enumerate(zip(panels, stages)):
        x, y = length_text(left + place % across * pitch), TEXT + place // across * row_pitch
        group = Element("g", {"transform": f"translate({x} {y})"}, *panel.elements())
        elements.append(group.add(text("note middle", side / 2, -8, caption) if caption else None))
    elements += legend
    words = [panel.words(caption) for panel, (caption, _) in zip(panels, stages)]
    words = words if len(words) <= ACROSS else [" ".join(words)]
    lines = [
        "The stronger the colour of a region, the clearer the output."
        if panels[0].single
        else "Each region has its largest output."
    ]
    details = [panel.details() for panel in panels] if examples else []
    return sheet(
        title, lines + words, " ".join([*lines, *words, *details[-1:]]), size, elements, [AXES_STYLE, REGIONS_STYLE]
    )


def check_two_inputs(network):
    """Raise NetworkError unless regions of a network can be drawn."""
    inputs, outputs = len(network.layers[0].neurons[0].weights), len(network.layers[-1].neurons)
    if inputs != 2:
        raise NetworkError(f"regions are drawn for networks with 2 inputs, not {inputs}")
    if outputs > len(CLASSES):
        raise NetworkError(f"regions are drawn for networks with at most {len(CLASSES)} outputs, not {outputs}")


class Panel:
    """The regions of one network: `outputs[row][column]` are its outputs in the middle of each cell, from above."""

    def __init__(self, network, examples, side):
        self.network = network
        self.examples = examples
        self.side = side
        self.cell = side / CELLS
        self.single = len(network.layers[-1].neurons) == 1
        (left, right), (low, high) = (span([inputs[i] for inputs, _ in examples]) for i in (0, 1))
        self.across, self.up = Axis(left, right, 0, side), Axis(low, high, side, 0)
        middles = [(n + 0.5) / CELLS for n in range(CELLS)]
        self.outputs = [
            [self.said(left + x * (right - left), high + y * (low - high)) for x in middles] for y in middles
        ]
        self.classes = [[class_of(outputs) for outputs in row] for row in self.outputs]
        self.marks = [(inputs, targets, self.said(*inputs)) for inputs, targets in examples]
        self.right = len([1 for _, targets, outputs in self.marks if class_of(targets) == class_of(outputs)])

    def said(self, *inputs):
        """Return the outputs for two inputs."""
        try:
            outputs = self.network.forward(inputs)
        except TypeError as error:
            raise NetworkError(
                f"the network does not work on the numbers of a grid, which are floats: {error}"
            ) from error
        for output in outputs:
            if not -INFINITY < output < INFINITY:
                raise NetworkError(f"an output of the network is {output} for the inputs {inputs[0]} and {inputs[1]}")
        return outputs

    def words(self, caption):
        if not self.marks:
            return "No examples are marked."
        words = f"{self.right} of {count(len(self.marks), 'example')} {'is' if self.right == 1 else 'are'} right."
        return f"{caption[0].upper()}{caption[1:]}: {words}" if caption else words

    def details(self):
        """Return a sentence with the outputs for the first examples."""
        parts = [
            f"for {', '.join(map(shown_number, inputs))} the output is {', '.join(map(shown_number, outputs))} "
            f"and the target {', '.join(map(shown_number, targets))}"
            for inputs, targets, outputs in self.marks[:MOST_TERMS]
        ]
        rest = len(self.marks) - len(parts)
        return "At the end, " + "; ".join(parts) + (f"; and {rest} more." if rest else ".")

    def shade(self, outputs):
        """Return how clear an output is, from 1 to SHADES; several outputs have one shade."""
        if not self.single:
            return 3
        return 1 + min(SHADES - 1, int(abs(outputs[0] - 0.5) * 2 * SHADES))

    def elements(self):
        """Return the regions, the borders between them, the axes, and the examples."""
        elements = []
        for place in sorted({n for row in self.classes for n in row}):
            group = Element("g", {"class": f"region class{place}"})
            for shade in range(1, SHADES + 1):
                path = self.cells(lambda n, outputs, s=shade, c=place: n == c and self.shade(outputs) == s)
                opacity = f"{0.12 + 0.09 * shade:.2f}"
                group.add(Element("path", {"class": "shade", "d": path, "fill-opacity": opacity}) if path else None)
            whole = {
                "d": self.cells(lambda n, outputs, c=place: n == c),
                "fill": f"url(#picture-texture-{place})",
            }
            elements.append(group.add(Element("path", whole) if place else None))
        elements.append(Element("path", {"class": "border", "d": self.borders()}))
        box = {"class": "axis", "width": self.side, "height": self.side}
        elements += [Element("rect", box), *lower_axis(self.across.marks(5), self.side, "y_i1", self.side)]
        for y, words in self.up.marks(5):
            elements += [
                Element("path", {"class": "axis", "d": f"M0 {length_text(y)}h-5"}),
                text("tick end", -8, y + 4, words),
            ]
        elements.append(text("note end", -8, -8, *subscripted("y_i2", TEXT)))
        return elements + [self.mark(*mark) for mark in self.marks]

    def cells(self, chosen):
        """Return a path around the cells that are chosen by class and outputs, a rectangle for each run in a row."""
        parts = []
        for row, (classes, line) in enumerate(zip(self.classes, self.outputs)):
            start = None
            for column in range(CELLS + 1):
                inside = column < CELLS and chosen(classes[column], line[column])
                if inside and start is None:
                    start = column
                elif not inside and start is not None:
                    x, y, width, cell = (length_text(v * self.cell) for v in (start, row, column - start, 1.0))
                    parts.append(f"M{x} {y}h{width}v{cell}h-{width}z")
                    start = None
        return "".join(parts)

    def borders(self):
        """Return a path between neighbouring cells of different classes."""
        parts, cell = [], length_text(self.cell)
        for row in range(CELLS):
            for column in range(CELLS):
                x, y = length_text((column + 1) * self.cell), length_text((row + 1) * self.cell)
                if column + 1 < CELLS and self.classes[row][column] != self.classes[row][column + 1]:
                    parts.append(f"M{x} {y}v-{cell}")
                if row + 1 < CELLS and self.classes[row][column] != self.classes[row + 1][column]:
                    parts.append(f"M{x} {y}h-{cell}")
        return "".join(parts)

    def mark(self, inputs, targets, outputs):
        """Return the mark of an example: shape and number tell its class, a ring tells that the network is wrong."""
        wanted, wrong = class_of(targets), class_of(targets) != class_of(outputs)
        size = 10 if len(self.marks) <= MANY else 4
        x, y = self.across(inputs[0]), self.up(inputs[1])
        words = f"{', '.join(map(shown_number, inputs))}: target {', '.join(map(shown_number, targets))}, "
        words += f"output {', '.join(map(shown_number, outputs))}"
        group = Element(
            "g", {"class": f"mark class{wanted}", "transform": f"translate({length_text(x)} {length_text(y)})"}
        )
        group.add(Element("title", {}, words), *shape(wanted, size, wrong))
        return group.add(text("number", 0, 4.5, self.class_name(wanted)) if size == 10 else None)

    def class_name(self, number):
        return str(number) if self.single else str(number + 1)

    def legend(self, y):
        """Return samples of regions and marks with their meanings, and the width of all."""
        elements, x = [], 0
        for place in range(2 if self.single else len(self.network.layers[-1].neurons)):
            name = self.network.layers[-1].neurons[0 if self.single else place].name
            words = f"{'over' if place else 'up to'} ½" if self.single else "is the largest"
            words = f"{Symbol('y', name)} {words}"
            box = {"x": x, "y": y - 14, "width": 30, "height": 20}
            group = Element(
                "g",
                {"class": f"region sample class{place}"},
                Element("path", {**rectangle(box), "class": "shade", "fill-opacity": 0.48}),
            )
            texture = {**rectangle(box), "fill": f"url(#picture-texture-{place})"}
            elements.append(group.add(Element("path", texture) if place else None))
            elements.append(text("note", x + 38, y, *subscripted(words, TEXT)))
            x += 38 + text_width(words, TEXT) + 10
            if self.marks:
                mark = Element(
                    "g", {"class": "mark", "transform": f"translate({length_text(float(x))} {length_text(y - 4.0)})"}
                )
                elements += [mark.add(*shape(place, 7, False)), text("note", x + 13, y, "target")]
                x += 13 + text_width("target", TEXT) + 24
        if any(class_of(targets) != class_of(outputs) for _, targets, outputs in self.marks):
            mark = Element(
                "g", {"class": "mark", "transform": f"translate({length_text(x + 8.0)} {length_text(y - 4.0)})"}
            )
            elements += [mark.add(*shape(0, 5, True)[1:]), text("note", x + 24, y, "wrong")]
            x += 24 + text_width("wrong", TEXT)
        return elements, x


def class_of(numbers):
    """Return the class that outputs or targets name: whether a single one is over ½, else the place of the largest."""
    return int(numbers[0] > 0.5) if len(numbers) == 1 else numbers.index(max(numbers))


def span(values):
    """Return the ends of an axis that shows values with some room around them."""
    low, high = (float(min(values)), float(max(values))) if values else (0.0, 1.0)
    room = (high - low) / 4 or 1.0
    return low - room, high + room


def rectangle(box):
    x, y, width, height = (length_text(float(box[name])) for name in ("x", "y", "width", "height"))
    return {"d": f"M{x} {y}h{width}v{height}h-{width}z"}


def shape(number, size, wrong):
    """Return the mark of a class, a square, disc, diamond or triangle, with a broken ring around it if it is wrong."""
    s, d = length_text(float(size)), length_text(2.0 * size)
    r, t = length_text(1.3 * size), length_text(0.9 * size)
    paths = [
        f"M-{t} -{t}H{t}V{t}H-{t}z",
        f"M-{s} 0a{s} {s} 0 1 0 {d} 0a{s} {s} 0 1 0 -{d} 0z",
        f"M0 -{r}L{r} 0L0 {r}L-{r} 0z",
        f"M0 -{r}L{r} {t}H-{r}z",
    ]
    ring = length_text(size + 5.0)
    wide = length_text(2 * size + 10.0)
    path = {"class": "wrong", "d": f"M-{ring} 0a{ring} {ring} 0 1 0 {wide} 0a{ring} {ring} 0 1 0 -{wide} 0z"}
    return [Element("path", {"d": paths[number]}), *([Element("path", path)] if wrong else [])]


def textures():
    """Yield the patterns that tell the classes apart without colour: slanted lines, dots, level lines."""
    paths = ["", "M-2 2L2 -2M0 8L8 0M6 10L10 6", "M3 4h2M3 3.2h2M3 4.8h2", "M0 4h8"]
    for place, path in enumerate(paths):
        size = {"id": f"picture-texture-{place}", "width": 8, "height": 8, "patternUnits": "userSpaceOnUse"}
        inside = {"class": f"texture class{place}", "d": path}
        if path:
            yield Element("pattern", size, Element("path", inside))
