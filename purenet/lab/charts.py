"""A chart of the lab: curves over one axis, narrow enough for a phone."""

from purenet.drawing.axes import AXIS_BELOW, AXIS_LEFT, Axis, left_axis, lower_axis, ticks
from purenet.drawing.loss_curve import LOSS_HEIGHT, frame, loss_axis
from purenet.drawing.svg import Element, svg_picture
from purenet.drawing.text import TEXT, text, text_width
from purenet.errors import INFINITY
from purenet.lab.html import html, scrolled

WIDTH = 310  # of the plane of the curves


class Chart:
    """Curves between two ends; `elements` are drawn upon the plane, at places that `across` and `down` give.

    `curves` are triples of a class, words for the legend and pairs of numbers; what is not finite is left out. A chart
    over whole numbers, such as steps, has no marks between them; one that need not begin at 0 has `zero` false.
    """

    def __init__(self, ends, curves, across_title, down_title, zero=True, whole=False):
        self.curves = [
            (kind, words, [pair for pair in pairs if abs(pair[1]) < INFINITY]) for kind, words, pairs in curves
        ]
        values = [value for *_, pairs in self.curves for _, value in pairs]
        self.across = Axis(*ends, 0, WIDTH)
        self.down = loss_axis(values) if zero else close_axis(values)
        self.titles, self.whole = (across_title, down_title), whole
        self.elements = []

    def dot(self, kind, x, y):
        """Add a dot."""
        if abs(y) < INFINITY:
            self.elements.append(Element("circle", {"class": kind, "cx": self.across(x), "cy": self.down(y), "r": 4.5}))

    def line(self, kind, pairs):
        """Add a line through some points."""
        path = "M" + "L".join(f"{self.across(x):.2f} {self.down(y):.2f}" for x, y in pairs)
        self.elements.append(Element("path", {"class": kind, "d": path + ("h1" if len(pairs) == 1 else "")}))

    def picture(self, title, words, prefix):
        """Return the chart as a picture."""
        own, self.elements = self.elements, []
        for kind, _, pairs in self.curves:
            self.line(kind, pairs)
        across_title, down_title = self.titles
        elements = [
            *left_axis(self.down, WIDTH, 6),
            *self.elements,
            *own,
            frame(WIDTH, LOSS_HEIGHT),
            *lower_axis(self.marks(), LOSS_HEIGHT, across_title, WIDTH),
            text("note", 0, -10, down_title),
            *self.legend(),
        ]
        above = 4 * TEXT if len(self.curves) > 1 else 2 * TEXT
        group = Element("g", {"transform": f"translate({AXIS_LEFT} {above})"}, *elements)
        size = AXIS_LEFT + WIDTH + 32, LOSS_HEIGHT + above + AXIS_BELOW
        return svg_picture(*size, title, words, [group], prefix=prefix)

    def marks(self):
        """Return the marks of the axis below."""
        if not self.whole:
            return self.across.marks(6)
        numbers = [n for n in ticks(self.across.low, self.across.high, 5) if n.is_integer()]
        return [(self.across(n), f"{n:,.0f}") for n in numbers]

    def legend(self):
        """Return a sample of each curve with its words, if there are several."""
        elements, x = [], -AXIS_LEFT + 10
        for kind, words, _ in self.curves if len(self.curves) > 1 else []:
            elements += [Element("path", {"class": kind, "d": f"M{x} -34h24"}), text("note", x + 30, -30, words)]
            x += 40 + text_width(words, TEXT)
        return elements


def close_axis(values):
    """Return an axis from the lowest of some values to the highest, with some room."""
    low, high = min(values), max(values)
    room = (high - low) / 10 or abs(high) / 10 or 1
    return Axis(low - room, high + room, LOSS_HEIGHT, 0)


def figure(caption, picture, note=""):
    """Return a picture with its caption and perhaps a note; the picture becomes smaller on a phone."""
    notes = [html("p", {"class": "note"}, note)] if note else []
    return html("figure", {}, html("figcaption", {}, caption), html("div", {"class": "chart"}, picture), *notes)


def wide_figure(caption, picture):
    """Return a picture with its caption, in a box that scrolls."""
    return html("figure", {}, html("figcaption", {}, caption), scrolled(caption, picture, "chart scroll"))
