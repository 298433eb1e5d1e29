"""The loss of a training as a curve, and its accuracy below it."""

import math

from purenet.drawing.axes import AXES_STYLE, AXIS_BELOW, AXIS_LEFT, Axis, left_axis, lower_axis, ticks
from purenet.drawing.sheet import MARGIN, sheet
from purenet.drawing.svg import Element, length_text
from purenet.drawing.text import TEXT, shown_number, text, text_width
from purenet.errors import INFINITY, NetworkError, check_number, count

DECADES = 2  # of losses that one axis shows with equal steps; more are shown with equal ratios
CURVE_WIDTH, LOSS_HEIGHT, ACCURACY_HEIGHT = 560, 240, 90
BETWEEN_PANELS = 22
CURVE_STYLE = """svg .curve{fill:none;stroke:var(--operand);stroke-width:2;stroke-linejoin:round}
svg .dot{fill:var(--operand)}
svg .curve.second{stroke:var(--now)}
svg .dot.second{fill:var(--now)}
svg .curve.held-out{stroke:var(--lit);stroke-dasharray:7 4}
svg .dot.held-out{fill:var(--lit)}
"""


def loss_curve(history, accuracy=True, held_out=()):
    """Return the loss of each epoch as a curve, and below it the accuracy if wanted, as the text of an SVG file.

    `held_out` is a list of epochs as well, with the loss and the accuracy on examples that the network does not learn
    from: a second curve. The axis of the loss is logarithmic when the losses, all above 0, span more than two decades.
    Raises NetworkError if there is no epoch, and for a loss that is not a finite number.
    """
    if len(history) == 0:
        raise NetworkError("there is no epoch to draw: train first")
    for epoch in [*history, *held_out]:
        check_number(epoch.loss, f"the loss of epoch {epoch.number}")
    down = loss_axis([float(epoch.loss) for epoch in [*history, *held_out]])
    elements, height = chart(history, accuracy, held_out, down)
    words = [*loss_in_words(history, accuracy), *held_out_in_words(held_out, accuracy)]
    if down.log:
        words.append("The axis of the loss is logarithmic: equal distances are equal ratios.")
    group = Element("g", {"transform": f"translate({AXIS_LEFT} {TEXT})"}, *elements)
    size = (AXIS_LEFT + CURVE_WIDTH + MARGIN, TEXT + height)
    title = f"The loss of a training of {count(history[-1].number - history[0].number + 1, 'epoch')}"
    return sheet(title, words, " ".join(words), size, [group], [AXES_STYLE, CURVE_STYLE])


def chart(history, accuracy, held_out, down):
    """Return the curves with their axes as a list of elements, and the height that they need."""
    numbers = [epoch.number for epoch in history]
    first, last = numbers[0], numbers[-1]
    across = Axis(first, last, 0, CURVE_WIDTH) if last > first else Axis(first - 1, first + 1, 0, CURVE_WIDTH)
    elements = left_axis(down, CURVE_WIDTH, 6)
    for epochs, kind in ((held_out, "curve held-out"), (history, "curve")):
        elements += curve(epochs, lambda epoch: float(epoch.loss), across, down, kind)
    elements.append(text("note", 0, -10, "loss"))
    bottom = LOSS_HEIGHT
    if accuracy:
        top = bottom + BETWEEN_PANELS + TEXT
        bottom = top + ACCURACY_HEIGHT
        shares = Axis(lowest_share([*history, *held_out]), 100, bottom, top)
        elements += left_axis(shares, CURVE_WIDTH, 3, " %")
        for epochs, kind in ((held_out, "curve held-out"), (history, "curve second")):
            elements += curve(epochs, lambda epoch: 100 * float(epoch.accuracy), across, shares, kind)
        elements.append(text("note", 0, top - 10, "accuracy"))
        elements.append(frame(CURVE_WIDTH, ACCURACY_HEIGHT, top))
    elements += [frame(CURVE_WIDTH, LOSS_HEIGHT), *epoch_axis(numbers, across, bottom)]
    return elements + (legend() if held_out else []), bottom + AXIS_BELOW


def lowest_share(epochs):
    """Return where the axis of accuracies begins, in percent: at 0, or higher up where all are over a half."""
    lowest = min(100 * float(epoch.accuracy) for epoch in epochs)
    return 0 if lowest <= 50 else min(90, 10 * math.floor(lowest / 10))


def legend():
    """Return samples of the two curves with their meanings, at the right above the chart."""
    elements, x = [], CURVE_WIDTH
    for kind, words in (("curve held-out", "held out"), ("curve", "learned from")):
        x -= text_width(words, TEXT)
        elements.append(text("note", x, -10, words))
        x -= 40
        elements.append(Element("path", {"class": kind, "d": f"M{length_text(x)} -14h32"}))
        x -= 18
    return elements


def loss_in_words(history, accuracy):
    """Return sentences on how a training began and how it ended."""
    first, last = history[0], history[-1]
    if len(history) == 1:
        words = [f"The loss of epoch {first.number} is {shown_number(first.loss)}."]
        return words + ([f"The accuracy is {100 * float(first.accuracy):.1f} %."] if accuracy else [])
    change = "falls" if last.loss < first.loss else "rises" if last.loss > first.loss else "goes"
    end = f"{shown_number(last.loss)} in epoch {last.number}"
    words = [f"The loss {change} from {shown_number(first.loss)} in epoch {first.number} to {end}."]
    words[0] += lowest_in_words(history, "lowest")
    if accuracy:
        shares = [f"{100 * float(epoch.accuracy):.1f} %" for epoch in (first, last)]
        words.append(f"The accuracy goes from {shares[0]} to {shares[1]}.")
    return words


def held_out_in_words(held_out, accuracy):
    """Return sentences on the examples that are held out, an empty list where there are none."""
    if not held_out:
        return []
    first, last = held_out[0], held_out[-1]
    words = f"Held out: the loss goes from {shown_number(first.loss)} to {shown_number(last.loss)}"
    if accuracy:
        words += f", the accuracy from {100 * float(first.accuracy):.1f} % to {100 * float(last.accuracy):.1f} %"
    when = "These are computed after each epoch; the others within it, each example before its step."
    return [f"{words}.{lowest_in_words(held_out, 'lowest loss')}", when]


def lowest_in_words(history, lowest_loss):
    """Return a sentence about the lowest loss, called so, with a space before it; "" if it is the last."""
    lowest = min(history, key=lambda epoch: epoch.loss)
    if not lowest.loss < history[-1].loss:
        return ""
    return f" Its {lowest_loss} is {shown_number(lowest.loss)}, in epoch {lowest.number}."


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


def curve(epochs, value, across, down, kind):
    """Return a line through the values of epochs, and a dot at the last one; nothing where there are none."""
    if not epochs:
        return []
    points = [(across(n), down(y)) for n, y in thinned([(epoch.number, value(epoch)) for epoch in epochs])]
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
