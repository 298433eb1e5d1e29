"""A training step as a picture in SVG. Read step_layout.py first, for the places of things.

A picture computes nothing: each of its numbers is that of a row of the trace. It shows the numbers known by then, and
distinguishes by colour and by line what is a result now, what is an operand, what is done, and what comes later.
"""

import functools
import re

from purenet.arithmetic.notation import UNICODE, Symbol, number_text
from purenet.document.formats import MOST_TERMS, SHOWN_DIGITS
from purenet.document.notebook_display import Picture
from purenet.drawing.columns import STEP_STYLE, Box
from purenet.drawing.palette import style_sheet
from purenet.drawing.sheet import MARGIN, NARROWEST, heading
from purenet.drawing.svg import PAPER_STYLE, Element, svg_picture
from purenet.drawing.text import TEXT_STYLE
from purenet.errors import NetworkError
from purenet.trace.compact_drawing import everything, moment
from purenet.trace.quantities import MEMORIES, SETTINGS
from purenet.trace.step_drawing import DONE, NOT_YET, NOW, OPERAND, STATES
from purenet.trace.step_layout import Layout

STEP_STYLES = [PAPER_STYLE, TEXT_STYLE, STEP_STYLE]
EDGE, UPRIGHT_EDGE = 6, 4  # around a picture in a page
NARROW = 320  # the least width of an upright picture, for its legend


def picture(trace, number):
    """Return the picture of a step as the text of an SVG file; raise NetworkError for a step that does not exist."""
    return Pictures(trace).picture(number)


class Pictures:
    """The pictures of a trace. `results` and `operands` hold, by symbol, the steps in which a quantity is one."""

    legend = STATES

    def __init__(self, trace):
        self.trace = trace
        self.layouts = {place: Layout(place) for place in trace.places}
        self.width = max([NARROWEST] + [layout.width for layout in self.layouts.values()])
        self.results, self.operands = {}, {}
        for step in trace.steps:
            for row in step.rows:
                self.results.setdefault(row.symbol, []).append(step.number)
                for symbol in row.quantities:
                    steps = self.operands.setdefault(symbol, [])
                    if not steps or steps[-1] != step.number:
                        steps.append(step.number)
        for step in trace.steps:
            if step.title.startswith("Deltas"):  # a slope ∂E/∂y that no table shows is part of them
                for row in step.rows:
                    slope = str(step.place.symbol("∂E/∂y", row.quantity.symbol.subscript))
                    self.results.setdefault(slope, [step.number])

    @functools.cached_property
    def upright_layouts(self):
        return {place: Layout(place, upright=True) for place in self.trace.places}

    @functools.cached_property
    def upright_width(self):
        return max([NARROW] + [layout.width for layout in self.upright_layouts.values()])

    def picture(self, number):
        """Return the picture of a step as a file of its own, with its title and its rule."""
        if type(number) is not int or not 1 <= number <= len(self.trace.steps):
            raise NetworkError(f"there is no step {number}: the trace has steps 1 to {len(self.trace.steps)}")
        step = self.trace.steps[number - 1]
        # the longest heading of all makes room, so that nothing moves from one file to the next
        top = max(self.heading(other)[1] for other in self.trace.steps)
        return Picture(f"{self.element(step, 'picture', self.heading(step)[0], top, style_sheet(*STEP_STYLES))}\n")

    def heading(self, step):
        """Return the title and the rule of a step as elements, and the y at which they end."""
        return heading(self.title(step), [step.rule], self.width)

    def element(self, step, prefix, heading=(), top=0, style=""):
        """Return the picture of a step as an element, below a heading that ends at y = top."""
        drawn = moment(self, step, self.layouts[step.place], is_file=True)
        elements, height = drawn.elements(self.width, MARGIN, top + MARGIN)
        width, words = self.width + 2 * MARGIN, self.description(step)
        return svg_picture(width, height, self.title(step), words, [*heading, *elements], style, prefix)

    def page_element(self, step, prefix):
        """Return the picture of a step for a page as an element, with every sum of a compact one."""
        elements, height = moment(self, step, self.layouts[step.place]).elements(self.width, EDGE, EDGE)
        size = self.width + 2 * EDGE, height
        return with_class(
            "lying", svg_picture(*size, self.title(step), self.description(step), elements, prefix=prefix)
        )

    def upright_element(self, place):
        """Return an upright picture of all that any step at a place shows, from which step_view.js makes that of a step."""
        width = self.upright_width
        elements, height = everything(self, place).elements(width, UPRIGHT_EDGE, EDGE)
        size = {"width": width + 2 * UPRIGHT_EDGE, "height": height}
        paper = Element("rect", {"class": "paper", "width": "100%", "height": "100%"})
        svg = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", **size, "role": "img", "xml:space": "preserve"})
        return with_class("upright", svg.add(paper, *elements))

    @functools.cached_property
    def shown_symbols(self):
        """The symbols of all quantities for which there is room in the pictures: of narrow networks, all."""
        shown = {row.symbol for row in self.trace.settings}
        boxes = [box for layout in self.layouts.values() for column in layout.columns for box in column.boxes]
        for box in boxes:
            if isinstance(box, Box):
                shown |= {cell.symbol for cell in box.cells + box.under if cell.symbol}
                shown |= {label.symbol for port in box.ports for label in port.labels}
        return shown

    def title(self, step):
        return f"Step {step.number} of {len(self.trace.steps)}. {step.title}"

    def description(self, step):
        """Return the text description of the picture of a step."""
        results = {row.symbol: row.in_a_picture for row in step.rows}
        operands = {}
        for row in step.rows:
            for symbol, value in (row.by_hand_quantity or row.quantity).quantities().items():
                if symbol not in results:
                    known = self.trace.rows.get(symbol)  # of a wide layer, not all have rows
                    operands[symbol] = known.in_a_picture if known else UNICODE.number(number_text(value, SHOWN_DIGITS))
        parts = [step.words, f"Result now: {listed(results)}."]
        return " ".join(parts + ([f"Operands: {listed(operands)}."] if operands else []))

    def state(self, symbol, number):
        """Return the state of a quantity in a step: result now, operand now, done or not yet."""
        results, operands = self.results.get(symbol, ()), self.operands.get(symbol, ())
        if number in results:
            return NOW
        if number in operands:
            return OPERAND
        return DONE if any(earlier < number for earlier in (*results, *operands)) else NOT_YET

    def is_known(self, symbol, number):
        """Return whether the number of a quantity may be shown in a step: it was given, or computed by then."""
        return symbol not in self.results or self.results[symbol][0] <= number


def with_class(name, element):
    element.attributes["class"] = name
    return element


def listed(numbers, most=MOST_TERMS):
    """List quantities and their numbers, a dictionary from symbols, in words."""
    texts = [f"{spoken(symbol)} {numbers[symbol]}" for symbol in list(numbers)[:most]]
    return ", ".join(texts) + (f", and {len(numbers) - most} more" if len(numbers) > most else "")


def spoken(symbol):
    """Name a quantity in words: δ_k1 is the delta of k1."""
    parsed = Symbol.parse(symbol)
    words, place = WORDS[parsed.base], parsed.subscript
    neurons = re.findall("[a-z]+[0-9]+", place)
    if parsed.base in MEMORIES.values():
        words += " the weight from" if len(neurons) > 1 else " the bias of"
    if parsed.base in ("w", "∇w", *MEMORIES.values()):
        place = " to ".join(neurons)
    words = f"{words} {place}" if place else words
    if parsed.example:
        words += f" of example {parsed.example}" if parsed.base != "t" else f" in example {parsed.example}"
    if parsed.after > 1:
        return f"{words} after step {parsed.after}"
    if parsed.after:
        return f"new {words}" if parsed.base in ("w", "b") else f"{words} after the update"
    return words


WORDS = {
    "x": "net input of",
    "y": "output of",
    "t": "target of",
    "w": "weight from",
    "b": "bias of",
    "δ": "delta of",
    "∇w": "gradient of the weight from",
    "∇b": "gradient of the bias of",
    "∂E/∂y": "slope of the loss with respect to the output of",
    "E": "loss",
    "Ω": "penalty of the weights",
    "L": "loss with the penalty",
    "v": "velocity or second moment of",
    "m": "first moment of",
    "m̂": "corrected first moment of",
    "v̂": "corrected second moment of",
    **{symbol: setting.replace("_", " ") for symbol, setting in SETTINGS.items()},
}
