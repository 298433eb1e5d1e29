"""Charts as SVG, drawn from what the core computed: the loss of a training, and the regions of a two-input network.

A chart computes nothing but places. What it tells by colour, it tells by line, texture or shape as well.
"""

import copy
import math

from purenet.arithmetic.notation import UNICODE, number_text
from purenet.errors import INFINITY, NetworkError, check_number, count
from purenet.trace.display import Picture
from purenet.trace.formats import DIGITS, LONGEST
from purenet.trace.pictures import LABEL, MARGIN, NARROWEST, TEXT, TITLE, fitted, note, subscripted, text
from purenet.trace.pictures import STYLE as PICTURE_STYLE
from purenet.trace.svg import STYLE as SVG_STYLE
from purenet.trace.svg import Element, shown, text_width
from purenet.trace.svg import picture as svg_picture

DECADES = 2  # of losses that one axis shows with equal steps; more are shown with equal ratios
CURVE_WIDTH, LOSS_HEIGHT, ACCURACY_HEIGHT = 560, 240, 90
AXIS_LEFT, AXIS_BELOW, BETWEEN_PANELS = 78, 44, 22
CELLS = 72  # of a grid of outputs, along each side
PANEL, SMALL_PANEL = 360, 252  # pixels of that side: alone, and in a series
SHADES = 5  # of a region, from a doubtful output to a clear one
MANY = 30  # examples up to which each is marked with its class in words
CLASSES = ("done", "operand", "now", "lit")  # the colours of the palette that stand for classes
STYLE = (
    PICTURE_STYLE
    + f"""svg .axis{{fill:none;stroke:var(--muted);stroke-width:1.2}}
svg .grid{{fill:none;stroke:var(--muted);stroke-width:.6;stroke-dasharray:1.5 4}}
svg .tick{{font-size:{LABEL}px;fill:var(--muted)}}
svg .curve{{fill:none;stroke:var(--operand);stroke-width:2;stroke-linejoin:round}}
svg .dot{{fill:var(--operand)}}
svg .curve.second{{stroke:var(--now)}}
svg .dot.second{{fill:var(--now)}}
svg .region{{shape-rendering:crispEdges}}
"""
    + "".join(f"svg .class{n}{{--class:var(--{name})}}\n" for n, name in enumerate(CLASSES))
    + """svg .region path{fill:var(--class)}
svg .texture{fill:none;stroke:var(--class);stroke-width:1}
svg .border{fill:none;stroke:var(--text);stroke-width:1.8}
svg .mark path{fill:var(--paper);stroke:var(--text);stroke-width:1.6}
svg .mark text{font-size:12px;font-weight:700;text-anchor:middle}
svg .mark .wrong{fill:none;stroke:var(--lit);stroke-width:2.4;stroke-dasharray:4 3}
"""
)


def sheet(title, lines, description, size, elements, style=STYLE):
    """Return a picture with a title, lines of words below it, and below them elements in a space of (width, height)."""
    width, height = size
    full = max(width, NARROWEST)
    y, heading = MARGIN / 2, []
    for kind, font, words in [("title", TITLE, title), *[("rule", TEXT, line) for line in lines]]:
        for line in fitted(words, full, font):
            y += 1.5 * font
            heading.append(Element("text", {"class": kind, "x": MARGIN, "y": y}, *subscripted(line, font)))
    y += MARGIN
    place = {"transform": f"translate({shown(MARGIN + (full - width) / 2)} {shown(y)})"}
    body = Element("g", place, *elements)
    style = SVG_STYLE + style
    element = svg_picture(full + 2 * MARGIN, y + height + MARGIN, title, description, [*heading, body], style)
    return Picture(f"{element}\n")


# numbers and axes


def number(value):
    """Write a number as a chart shows it: to six significant digits, with a minus as in print."""
    return UNICODE.number(number_text(value, DIGITS))


def ticks(low, high, most):
    """Return at most so many round numbers between two numbers, in steps of 1, 2 or 5 times a power of ten.

    >>> ticks(0, 0.37, 5), ticks(-1, 1, 5)
    ([0.0, 0.1, 0.2, 0.3], [-1.0, -0.5, 0.0, 0.5, 1.0])
    """
    power = math.floor(math.log10((high - low) / most))
    steps = [(factor, power + higher) for higher in (0, 1) for factor in (1, 2, 5)]
    for factor, exponent in steps:
        step = factor * 10.0**exponent
        # a hair of room at both ends, for what rounding does to the limits
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        if last - first < most:
            break
    return [float(f"{n * factor}e{exponent}") for n in range(first, last + 1)]


def power_of_ten(exponent):
    """Write a power of ten: 0.001, or 10⁻⁶ where that has too many zeros."""
    if -4 <= exponent <= 4:
        return f"{10.0**exponent:.{max(0, -exponent)}f}"
    return "10" + str(exponent).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


class Axis:
    """An axis from one place to another, for numbers from low to high, in equal steps or (`log`) in equal ratios."""

    def __init__(self, low, high, start, end, log=False):
        self.low, self.high, self.start, self.end, self.log = low, high, start, end, log

    def __call__(self, value):
        """Return the place of a number."""
        return self.at(math.log10(value) if self.log else value)

    def at(self, value):
        """Return the place of a number, or on a logarithmic axis that of a power of ten."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)

    def marks(self, most):
        """Return the places of round numbers and how they are written."""
        if not self.log:
            return [(self(value), UNICODE.number(f"{value:.10g}")) for value in ticks(self.low, self.high, most)]
        step = 1 + int(self.high - self.low) // most
        return [(self.at(n), power_of_ten(n)) for n in range(math.ceil(self.low), math.floor(self.high) + 1, step)]


def left_axis(axis, width, most, unit=""):
    """Return an axis at the left of a chart: a dotted line across it and a number for each mark."""
    elements = []
    for y, words in axis.marks(most):
        elements.append(Element("path", {"class": "grid", "d": f"M0 {shown(float(y))}h{shown(width)}"}))
        elements.append(text("tick end", -8, y + 4, words + unit))
    return elements


def lower_axis(marks, y, title, width):
    """Return an axis below a chart, with what it shows as a symbol or a word."""
    elements = []
    for x, words in marks:
        elements.append(Element("path", {"class": "axis", "d": f"M{shown(float(x))} {shown(y)}v5"}))
        elements.append(text("tick middle", x, y + 18, words))
    return [
        *elements,
        Element("text", {"class": "note middle", "x": width / 2, "y": y + 36}, *subscripted(title, TEXT)),
    ]


# the loss of a training


def loss_curve(history, accuracy=True):
    """Return the loss of each epoch as a curve, above that of the accuracy if wanted, as the text of an SVG file.

    The axis of the loss is logarithmic when the losses, all above 0, span more than two decades. Raises NetworkError for
    no epoch at all and for a loss that is no finite number.
    """
    if len(history) == 0:
        raise NetworkError("there is no epoch to draw: train first")
    for epoch in history:
        check_number(epoch.loss, f"the loss of epoch {epoch.number}")
    numbers = [epoch.number for epoch in history]
    losses = [float(epoch.loss) for epoch in history]
    first, last = numbers[0], numbers[-1]
    across = Axis(first, last, 0, CURVE_WIDTH) if last > first else Axis(first - 1, first + 1, 0, CURVE_WIDTH)
    down = loss_axis(losses)
    elements = [*left_axis(down, CURVE_WIDTH, 6), *curve(numbers, losses, across, down, "curve")]
    bottom = LOSS_HEIGHT
    elements.append(text("note", 0, -10, "loss"))
    if accuracy:
        top = bottom + BETWEEN_PANELS + TEXT
        bottom = top + ACCURACY_HEIGHT
        shares = Axis(0, 100, bottom, top)
        elements += left_axis(shares, CURVE_WIDTH, 3, " %")
        elements += curve(numbers, [100 * float(epoch.accuracy) for epoch in history], across, shares, "curve second")
        elements.append(text("note", 0, top - 10, "accuracy"))
        elements.append(frame(CURVE_WIDTH, ACCURACY_HEIGHT, top))
    elements += [frame(CURVE_WIDTH, LOSS_HEIGHT), *epoch_axis(numbers, across, bottom)]
    words = loss_in_words(history, accuracy)
    if down.log:
        words.append("The axis of the loss is logarithmic: equal distances are equal ratios.")
    group = Element("g", {"transform": f"translate({AXIS_LEFT} {TEXT})"}, *elements)
    size = (AXIS_LEFT + CURVE_WIDTH + MARGIN, TEXT + bottom + AXIS_BELOW)
    title = f"The loss of a training of {count(len(history), 'epoch')}"
    return sheet(title, words, " ".join(words), size, [group])


def loss_in_words(history, accuracy):
    """Say how a training began and how it ended."""
    first, last = history[0], history[-1]
    if len(history) == 1:
        words = [f"The loss of epoch {first.number} is {number(first.loss)}."]
        return words + ([f"The accuracy is {100 * float(first.accuracy):.1f} %."] if accuracy else [])
    change = "falls" if last.loss < first.loss else "rises" if last.loss > first.loss else "goes"
    words = [
        f"The loss {change} from {number(first.loss)} in epoch {first.number} to {number(last.loss)} in epoch {last.number}."
    ]
    lowest = min(history, key=lambda epoch: epoch.loss)
    if lowest.loss < last.loss:
        words[0] += f" Its lowest is {number(lowest.loss)}, in epoch {lowest.number}."
    if accuracy:
        shares = [f"{100 * float(epoch.accuracy):.1f} %" for epoch in (first, last)]
        words.append(f"The accuracy goes from {shares[0]} to {shares[1]}.")
    return words


def loss_axis(losses):
    """Return the axis on which losses are shown."""
    low, high = min(losses), max(losses)
    if low > 0 and math.log10(high) - math.log10(low) > DECADES:
        room = (math.log10(high) - math.log10(low)) / 20
        return Axis(math.log10(low) - room, math.log10(high) + room, LOSS_HEIGHT, 0, log=True)
    low = min(low, 0)
    if high - low == INFINITY:
        raise NetworkError(f"losses from {low} to {high} are too far apart to draw")
    room = (high - low) / 20 or 1
    return Axis(low, high + room, LOSS_HEIGHT, 0)


def epoch_axis(numbers, across, y):
    """Return the axis of epochs, which are whole numbers, with a mark at the first one if there is room for it."""
    first = numbers[0]
    chosen = [n for n in ticks(across.low, across.high, 8) if n.is_integer() and first <= n <= numbers[-1]]
    if not chosen or across(chosen[0]) - across(first) > CURVE_WIDTH / 24:
        chosen.insert(0, first)
    return lower_axis([(across(n), f"{n:.0f}") for n in chosen], y, "epoch", CURVE_WIDTH)


def curve(numbers, values, across, down, kind):
    """Return a line through the values of the epochs, and a dot at the last one."""
    points = [(across(n), down(value)) for n, value in thinned(list(zip(numbers, values)))]
    path = "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in points)
    dot = {"class": kind.replace("curve", "dot"), "cx": points[-1][0], "cy": points[-1][1], "r": 3.5}
    return [Element("path", {"class": kind, "d": path}), Element("circle", dot)]


def thinned(points):
    """Return of very many points those that a line through all of them shows: in each pixel, first, lowest, highest, last."""
    if len(points) <= 4 * CURVE_WIDTH:
        return points
    kept = []
    for pixel in range(CURVE_WIDTH):
        part = range(len(points) * pixel // CURVE_WIDTH, len(points) * (pixel + 1) // CURVE_WIDTH)
        lowest, highest = (choose(part, key=lambda n: points[n][1]) for choose in (min, max))
        kept += [points[n] for n in sorted({part[0], lowest, highest, part[-1]})]
    return kept


def frame(width, height, y=0):
    """Return the lines of the axes at the left and below."""
    return Element("path", {"class": "axis", "d": f"M0 {shown(y)}v{shown(height)}h{shown(width)}"})


# the regions of a two-input network


def regions(network, examples=()):
    """Return what a network of two inputs says everywhere around its examples, as the text of an SVG file.

    A grid of outputs is coloured by class, and the examples stand on it as marks: with one output, the classes are up to
    ½ and over ½, otherwise the place of the largest output. The network is not changed. Raises NetworkError unless there
    are two inputs and at most four outputs.
    """
    return regions_series([("", network)], examples)


def regions_series(stages, examples=()):
    """Return the regions of several stages of a network side by side; `stages` is a list of (caption, network)."""
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
    pitch = side + AXIS_LEFT
    legend, width = panels[0].legend(TEXT + side + AXIS_BELOW + 30)
    needed = AXIS_LEFT * 0.7 + len(stages) * pitch - AXIS_LEFT + 10
    size = (max(needed, width), TEXT + side + AXIS_BELOW + 44)
    left = AXIS_LEFT * 0.7 + max(0, width - needed) / 2
    elements = [Element("defs", {}, *textures())]
    for place, (panel, (caption, _)) in enumerate(zip(panels, stages)):
        group = Element("g", {"transform": f"translate({shown(left + place * pitch)} {TEXT})"}, *panel.elements())
        elements.append(group.add(text("note middle", side / 2, -8, caption) if caption else None))
    elements += legend
    words = [panel.words(caption) for panel, (caption, _) in zip(panels, stages)]
    title = "What the network says" + ("" if len(stages) == 1 else ", stage by stage")
    lines = [
        "The stronger the colour of a region, the clearer the output."
        if panels[0].single
        else "Each region has its largest output."
    ]
    details = [panel.details() for panel in panels] if examples else []
    return sheet(title, lines + words, " ".join([*lines, *words, *details[-1:]]), size, elements)


def check_two_inputs(network):
    """Raise NetworkError unless regions of a network can be drawn."""
    inputs, outputs = len(network.layers[0].neurons[0].weights), len(network.layers[-1].neurons)
    if inputs != 2:
        raise NetworkError(f"regions are drawn of networks with 2 inputs, not {inputs}")
    if outputs > len(CLASSES):
        raise NetworkError(f"regions are drawn of networks with at most {len(CLASSES)} outputs, not {outputs}")


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
        """Say for the first examples what the network makes of them."""
        parts = [
            f"for {', '.join(map(number, inputs))} the output is {', '.join(map(number, outputs))} and the target "
            f"{', '.join(map(number, targets))}"
            for inputs, targets, outputs in self.marks[:LONGEST]
        ]
        rest = len(self.marks) - len(parts)
        return "At the end, " + "; ".join(parts) + (f"; and {rest} more." if rest else ".")

    def shade(self, outputs):
        """Return how clear an output is, from 1 to SHADES."""
        if not self.single:
            return 3
        return 1 + min(SHADES - 1, int(abs(outputs[0] - 0.5) * 2 * SHADES))

    def elements(self):
        """Return the regions, the borders between them, the axes, and the examples."""
        elements = []
        for number in sorted({n for row in self.classes for n in row}):
            group = Element("g", {"class": f"region class{number}"})
            for shade in range(1, SHADES + 1):
                path = self.cells(lambda n, outputs, s=shade, c=number: n == c and self.shade(outputs) == s)
                opacity = f"{0.12 + 0.09 * shade:.2f}"
                group.add(Element("path", {"d": path, "fill-opacity": opacity}) if path else None)
            whole = {
                "d": self.cells(lambda n, outputs, c=number: n == c),
                "style": f"fill:url(#picture-texture-{number})",
            }
            elements.append(group.add(Element("path", whole) if number else None))
        elements.append(Element("path", {"class": "border", "d": self.borders()}))
        box = {"class": "axis", "width": self.side, "height": self.side}
        elements += [Element("rect", box), *lower_axis(self.across.marks(5), self.side, "y_i1", self.side)]
        for y, words in self.up.marks(5):
            elements += [
                Element("path", {"class": "axis", "d": f"M0 {shown(y)}h-5"}),
                text("tick end", -8, y + 4, words),
            ]
        caption = {"class": "note end", "x": -8, "y": -8}
        elements.append(Element("text", caption, *subscripted("y_i2", TEXT)))
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
                    x, y, width, cell = (shown(v * self.cell) for v in (start, row, column - start, 1.0))
                    parts.append(f"M{x} {y}h{width}v{cell}h-{width}z")
                    start = None
        return "".join(parts)

    def borders(self):
        """Return a path between neighbouring cells of different classes."""
        parts, cell = [], shown(self.cell)
        for row in range(CELLS):
            for column in range(CELLS):
                x, y = shown((column + 1) * self.cell), shown((row + 1) * self.cell)
                if column + 1 < CELLS and self.classes[row][column] != self.classes[row][column + 1]:
                    parts.append(f"M{x} {y}v-{cell}")
                if row + 1 < CELLS and self.classes[row][column] != self.classes[row + 1][column]:
                    parts.append(f"M{x} {y}h-{cell}")
        return "".join(parts)

    def mark(self, inputs, targets, outputs):
        """Return the mark of an example: its shape and its number tell its class, a ring that the network is wrong."""
        wanted, wrong = class_of(targets), class_of(targets) != class_of(outputs)
        size = 10 if len(self.marks) <= MANY else 4
        x, y = self.across(inputs[0]), self.up(inputs[1])
        words = f"{', '.join(map(number, inputs))}: target {', '.join(map(number, targets))}, "
        words += f"output {', '.join(map(number, outputs))}"
        group = Element("g", {"class": f"mark class{wanted}", "transform": f"translate({shown(x)} {shown(y)})"})
        group.add(Element("title", {}, words), *shape(wanted, size, wrong))
        return group.add(text("number", 0, 4.5, self.class_name(wanted)) if size == 10 else None)

    def class_name(self, number):
        return str(number) if self.single else str(number + 1)

    def legend(self, y):
        """Return samples of regions and marks with what they mean, and how wide they are."""
        elements, x = [], 0
        for place in range(2 if self.single else len(self.network.layers[-1].neurons)):
            name = self.network.layers[-1].neurons[0 if self.single else place].name
            words = f"y_{name} {'over' if place else 'up to'} ½" if self.single else f"y_{name} is the largest"
            box = {"x": x, "y": y - 14, "width": 30, "height": 20}
            group = Element(
                "g", {"class": f"region sample class{place}"}, Element("path", {**rectangle(box), "fill-opacity": 0.48})
            )
            texture = {**rectangle(box), "style": f"fill:url(#picture-texture-{place})"}
            elements.append(group.add(Element("path", texture) if place else None))
            elements.append(Element("text", {"class": "note", "x": x + 38, "y": y}, *subscripted(words, TEXT)))
            x += 38 + text_width(words, TEXT) + 10
            if self.marks:
                mark = Element("g", {"class": "mark", "transform": f"translate({shown(float(x))} {shown(y - 4.0)})"})
                elements += [mark.add(*shape(place, 7, False)), note("target", x + 13, y)]
                x += 13 + text_width("target", TEXT) + 24
        if any(class_of(targets) != class_of(outputs) for _, targets, outputs in self.marks):
            mark = Element("g", {"class": "mark", "transform": f"translate({shown(x + 8.0)} {shown(y - 4.0)})"})
            elements += [mark.add(*shape(0, 5, True)[1:]), note("wrong", x + 24, y)]
            x += 24 + text_width("wrong", TEXT)
        return elements, x


def class_of(numbers):
    """Return the class that outputs or targets name: for a single one 1 if it is over ½, else the place of the largest."""
    return int(numbers[0] > 0.5) if len(numbers) == 1 else numbers.index(max(numbers))


def span(values):
    """Return from where to where an axis goes that shows values with some room around them."""
    low, high = (float(min(values)), float(max(values))) if values else (0.0, 1.0)
    room = (high - low) / 4 or 1.0
    return low - room, high + room


def rectangle(box):
    x, y, width, height = (shown(float(box[name])) for name in ("x", "y", "width", "height"))
    return {"d": f"M{x} {y}h{width}v{height}h-{width}z"}


def shape(number, size, wrong):
    """Return the outline of the marks of a class, square, disc, diamond or triangle, with a broken ring if it is wrong."""
    s, d = shown(float(size)), shown(2.0 * size)
    r, t = shown(1.3 * size), shown(0.9 * size)
    paths = [
        f"M-{t} -{t}H{t}V{t}H-{t}z",
        f"M-{s} 0a{s} {s} 0 1 0 {d} 0a{s} {s} 0 1 0 -{d} 0z",
        f"M0 -{r}L{r} 0L0 {r}L-{r} 0z",
        f"M0 -{r}L{r} {t}H-{r}z",
    ]
    ring = shown(size + 5.0)
    wide = shown(2 * size + 10.0)
    path = {"class": "wrong", "d": f"M-{ring} 0a{ring} {ring} 0 1 0 {wide} 0a{ring} {ring} 0 1 0 -{wide} 0z"}
    return [Element("path", {"d": paths[number]}), *([Element("path", path)] if wrong else [])]


def textures():
    """Return the patterns that tell the classes apart without colour: none, slanted lines, dots, level lines."""
    paths = ["", "M-2 2L2 -2M0 8L8 0M6 10L10 6", "M3 4h2M3 3.2h2M3 4.8h2", "M0 4h8"]
    for number, path in enumerate(paths):
        size = {"id": f"picture-texture-{number}", "width": 8, "height": 8, "patternUnits": "userSpaceOnUse"}
        inside = {"class": f"texture class{number}", "d": path}
        if path:
            yield Element("pattern", size, Element("path", inside))
