"""The loss of a training as a curve, and its accuracy below it."""

import math

from purenet.drawing.axes import AXES_STYLE, AXIS_BELOW, AXIS_LEFT, Axis, left_axis, lower_axis, ticks
from purenet.drawing.sheet import MARGIN, sheet
from purenet.drawing.svg import Element, length_text
from purenet.drawing.text import TEXT, shown_number, text
from purenet.errors import INFINITY, NetworkError, check_number, count

DECADES = 2  # of losses that one axis shows with equal steps; more are shown with equal ratios
CURVE_WIDTH, LOSS_HEIGHT, ACCURACY_HEIGHT = 560, 240, 90
BETWEEN_PANELS = 22
CURVE_STYLE = """svg .curve{fill:none;stroke:var(--operand);stroke-width:2;stroke-linejoin:round}
svg .dot{fill:var(--operand)}
svg .curve.second{stroke:var(--now)}
svg .dot.second{fill:var(--now)}
"""


def loss_curve(history, accuracy=True):
    """Return the loss of each epoch as a curve, and below it the accuracy if wanted, as the text of an SVG file.

    The axis of the loss is logarithmic when the losses, all above 0, span more than two decades. Raises NetworkError
    if there is no epoch, and for a loss that is not a finite number.
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
    return sheet(title, words, " ".join(words), size, [group], [AXES_STYLE, CURVE_STYLE])


def loss_in_words(history, accuracy):
    """Return sentences on how a training began and how it ended."""
    first, last = history[0], history[-1]
    if len(history) == 1:
        words = [f"The loss of epoch {first.number} is {shown_number(first.loss)}."]
        return words + ([f"The accuracy is {100 * float(first.accuracy):.1f} %."] if accuracy else [])
    change = "falls" if last.loss < first.loss else "rises" if last.loss > first.loss else "goes"
    end = f"{shown_number(last.loss)} in epoch {last.number}"
    words = [f"The loss {change} from {shown_number(first.loss)} in epoch {first.number} to {end}."]
    lowest = min(history, key=lambda epoch: epoch.loss)
    if lowest.loss < last.loss:
        words[0] += f" Its lowest is {shown_number(lowest.loss)}, in epoch {lowest.number}."
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
    """Return the axis of epochs, marked at whole numbers, and at the first epoch if there is room."""
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
    """Return the points that a line can show of very many: the first, lowest, highest and last of each pixel."""
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
    return Element("path", {"class": "axis", "d": f"M0 {length_text(y)}v{length_text(height)}h{length_text(width)}"})
