"""Charts as SVG, drawn from what the core computed: their sheets and axes, and the loss of a training.

A chart computes nothing but places. What it tells by colour, it tells by line, texture or shape as well.
"""

import math

from purenet.arithmetic.notation import UNICODE, number_text
from purenet.errors import INFINITY, NetworkError, check_number, count
from purenet.trace.display import Picture
from purenet.trace.formats import DIGITS
from purenet.trace.pictures import LABEL, MARGIN, NARROWEST, TEXT, TITLE, fitted, subscripted, text
from purenet.trace.pictures import STYLE as PICTURE_STYLE
from purenet.trace.svg import STYLE as SVG_STYLE
from purenet.trace.svg import Element, shown
from purenet.trace.svg import picture as svg_picture

DECADES = 2  # of losses that one axis shows with equal steps; more are shown with equal ratios
CURVE_WIDTH, LOSS_HEIGHT, ACCURACY_HEIGHT = 560, 240, 90
AXIS_LEFT, AXIS_BELOW, BETWEEN_PANELS = 78, 44, 22
STYLE = (
    PICTURE_STYLE
    + f"""svg .axis{{fill:none;stroke:var(--muted);stroke-width:1.2}}
svg .grid{{fill:none;stroke:var(--muted);stroke-width:.6;stroke-dasharray:1.5 4}}
svg .tick{{font-size:{LABEL}px;fill:var(--muted)}}
svg .curve{{fill:none;stroke:var(--operand);stroke-width:2;stroke-linejoin:round}}
svg .dot{{fill:var(--operand)}}
svg .curve.second{{stroke:var(--now)}}
svg .dot.second{{fill:var(--now)}}
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
    """Return the loss of each epoch as a curve, and below it the accuracy if wanted, as the text of an SVG file.

    The axis of the loss is logarithmic when the losses, all above 0, span more than two decades. Raises NetworkError
    for no epoch at all and for a loss that is no finite number.
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
    end = f"{number(last.loss)} in epoch {last.number}"
    words = [f"The loss {change} from {number(first.loss)} in epoch {first.number} to {end}."]
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
    """Return of very many points those that a line shows: of each pixel the first, lowest, highest and last one."""
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
