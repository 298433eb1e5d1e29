"""Axes with round numbers, in equal steps or in equal ratios."""

import math

from purenet.arithmetic.notation import UNICODE
from purenet.drawing.svg import Element, length_text
from purenet.drawing.text import LABEL, TEXT, subscripted, text

AXIS_LEFT, AXIS_BELOW = 78, 44  # room for the numbers and the names of axes
AXES_STYLE = f"""svg .axis{{fill:none;stroke:var(--muted);stroke-width:1.2}}
svg .grid{{fill:none;stroke:var(--muted);stroke-width:.6;stroke-dasharray:1.5 4}}
svg .tick{{font-size:{LABEL}px;fill:var(--muted)}}
"""


def ticks(low, high, most):
    """Return at most `most` round numbers between two numbers, in steps of 1, 2 or 5 times a power of ten.

    >>> ticks(0, 0.37, 5), ticks(-1, 1, 5)
    ([0.0, 0.1, 0.2, 0.3], [-1.0, -0.5, 0.0, 0.5, 1.0])
    """
    power = math.floor(math.log10((high - low) / most))
    steps = [(factor, power + higher) for higher in (0, 1) for factor in (1, 2, 5)]
    for factor, exponent in steps:
        step = factor * 10.0**exponent
        # a hair of room at both ends, because the limits may be rounded
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        if last - first < most:
            break
    return [float(f"{n * factor}e{exponent}") for n in range(first, last + 1)]


def power_of_ten(exponent):
    """Write a power of ten: 0.001, or 10⁻⁶ where the zeros would be too many."""
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
    """Return an axis at the left of a chart: for each mark a dotted line across the chart and a number."""
    elements = []
    for y, words in axis.marks(most):
        elements.append(Element("path", {"class": "grid", "d": f"M0 {length_text(float(y))}h{length_text(width)}"}))
        elements.append(text("tick end", -8, y + 4, words + unit))
    return elements


def lower_axis(marks, y, title, width):
    """Return an axis below a chart: its marks, and its title, which is a word or a symbol."""
    elements = []
    for x, words in marks:
        elements.append(Element("path", {"class": "axis", "d": f"M{length_text(float(x))} {length_text(y)}v5"}))
        elements.append(text("tick middle", x, y + 18, words))
    return [*elements, text("note middle", width / 2, y + 36, *subscripted(title, TEXT))]
