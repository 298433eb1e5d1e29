"""A training step as a picture in SVG. Read step_layout.py first, for the places of things.

A picture computes nothing: each of its numbers is that of a row of the trace. It shows the numbers known by then, and
tells by colour and by line which are results now, which are their operands, which are done, and which come later.
"""

import functools
import re

from purenet.arithmetic.notation import UNICODE, Symbol, number_text
from purenet.document.formats import MOST_TERMS, SHOWN_DIGITS
from purenet.document.notebook_display import Picture
from purenet.drawing.columns import (
    STEP_STYLE,
    Box,
    Label,
    cell_frame,
    column_title,
    edge_path,
    more_edges,
    more_neurons,
    port_circle,
)
from purenet.drawing.palette import style_sheet
from purenet.drawing.sheet import MARGIN, NARROWEST, heading
from purenet.drawing.svg import PAPER_STYLE, Element, length_text, svg_picture
from purenet.drawing.text import CAPTION, LABEL, TEXT, TEXT_STYLE, symbol_text, text, text_width
from purenet.errors import NetworkError
from purenet.trace.step_layout import Layout, row_number

STEP_STYLES = [PAPER_STYLE, TEXT_STYLE, STEP_STYLE]
NOW, OPERAND, DONE, NOT_YET = "now", "operand", "done", "not-yet"
STATES = {NOW: "result now", OPERAND: "operand now", DONE: "done", NOT_YET: "not yet"}
FOOT = 44  # below the network, for the legend
DENSE = 40  # edges into a layer above which they are drawn thinner, to be told apart


def picture(trace, number):
    """Return the picture of a step as the text of an SVG file; raise NetworkError for a step that does not exist."""
    return Pictures(trace).picture(number)


class Pictures:
    """The pictures of a trace. `results` and `operands` hold, by symbol, the steps in which a quantity is one."""

    def __init__(self, trace):
        self.trace = trace
        self.layouts = {place: Layout(place) for place in trace.places}
        self.width = max([NARROWEST] + [layout.width for layout in self.layouts.values()]) + 2 * MARGIN
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
        return heading(self.title(step), [step.rule], self.width - 2 * MARGIN)

    def element(self, step, prefix, heading=(), top=0, style=""):
        """Return the picture of a step as an element, below a heading that ends at y = top."""
        layout, now = self.layouts[step.place], Moment(self, step)
        x, y = (self.width - layout.width) / 2, top + MARGIN
        place = {"transform": f"translate({length_text(x)} {length_text(y)})"}
        if max(len(column.ports) for column in layout.columns) > DENSE:
            place["class"] = "dense"
        network = Element("g", place, *now.network())
        foot = Element("g", {"transform": f"translate({MARGIN} {length_text(y + layout.height + FOOT)})"}, *now.foot())
        height = y + layout.height + FOOT + MARGIN
        words = self.description(step)
        return svg_picture(self.width, height, self.title(step), words, [*heading, network, foot], style, prefix)

    @functools.cached_property
    def shown_symbols(self):
        """The symbols of all quantities for which there is room in the pictures: of narrow networks, all."""
        shown = {row.symbol for row in self.trace.settings}
        boxes = [box for layout in self.layouts.values() for column in layout.columns for box in column.boxes]
        for box in boxes:
            if isinstance(box, Box):
                shown |= {cell.symbol for cell in box.cells + box.under}
                shown |= {label.symbol for port in box.ports for label in port.labels}
        return shown

    def title(self, step):
        return f"Step {step.number} of {len(self.trace.steps)}. {step.title}"

    def description(self, step):
        """Return the text description of the picture of a step."""
        results = {row.symbol: row_number(row) for row in step.rows}
        operands = {}
        for row in step.rows:
            for symbol, value in (row.by_hand_quantity or row.quantity).quantities().items():
                if symbol not in results:
                    known = self.trace.rows.get(symbol)  # of a wide layer, not all have rows
                    operands[symbol] = row_number(known) if known else UNICODE.number(number_text(value, SHOWN_DIGITS))
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


class Moment:
    """One step, drawn."""

    def __init__(self, pictures, step):
        self.pictures = pictures
        self.layout = pictures.layouts[step.place]
        self.place = step.place
        self.number = step.number

    def state(self, *symbols):
        """Return the first of the states, in their order, that one of some quantities has."""
        states = [self.pictures.state(symbol, self.number) for symbol in symbols]
        return next(state for state in STATES if state in states)

    def is_known(self, symbol):
        return self.pictures.is_known(symbol, self.number)

    def network(self):
        """Return the elements of the network: edges, those in use last, so that they are on top; then the rest."""
        edges, rest = [], []
        for column in self.layout.columns:
            rest.append(column_title(column))
            for box in column.boxes:
                edges += [(self.state(*port.symbols) if port.symbols else DONE, port) for port in box.ports]
                rest += self.box(box) if isinstance(box, Box) else [more_neurons(box)]
        order = list(STATES)
        edges.sort(key=lambda pair: -order.index(pair[0]))
        return [self.edge(*pair) for pair in edges] + rest

    def edge(self, state, port):
        names = {"data-edge": port.symbols[0]} if port.symbols else {}
        group = Element("g", {"class": f"edge {state}", **names})
        return group.add(Element("path", {"class": "line", "d": edge_path(port)}), port_circle(port))

    def box(self, box):
        """Return the elements of a box, and of the labels at its ports."""
        cells = [self.cell(cell) for cell in box.cells]
        cells += [self.cell(cell) for cell in box.under if cell.text and self.is_known(cell.symbol)]
        elements = [Element("g", {"data-neuron": box.name}, *cells)] if is_neuron(box) else cells
        for port in box.ports:
            elements += [self.label(label) for label in port.labels if self.is_known(label.symbol)]
            if port.hidden:
                elements.append(more_edges(port))
        return elements

    def cell(self, cell):
        """Return a cell; its number is left out until it is known."""
        box = cell_frame(cell)
        middle = cell.x + cell.width / 2
        if cell.symbol is None:
            group = Element("g", {"class": f"cell {self.state_of_function(cell)}"}, box)
            return group.add(text("value", middle, cell.y + cell.height / 2 + 5, cell.text) if cell.text else None)
        group = Element("g", {"class": f"cell {self.state(cell.symbol)}", "data-q": cell.symbol}, box)
        base_line = cell.y + cell.height / 2
        group.add(symbol_text("caption middle", middle, base_line - 6, cell.caption, CAPTION))
        return group.add(text("value", middle, base_line + 12, cell.text) if self.is_known(cell.symbol) else None)

    def state_of_function(self, cell):
        """Return the state of the middle cell of a neuron: its function is used for its outputs and its delta."""
        if self.layout.is_shared:
            return DONE
        if not cell.name:
            names = [box.name for box in self.layout.columns[0].boxes if isinstance(box, Box)]
            return self.state(*[str(self.place.symbol("y", name)) for name in names])
        symbols = [self.place.symbol(*at) for at in (("y", cell.name), ("y", cell.name, True), ("δ", cell.name))]
        states = [self.state(str(symbol)) for symbol in symbols]
        return OPERAND if NOW in states else DONE if states[0] != NOT_YET else NOT_YET

    def label(self, label):
        """Return a label on an edge."""
        size = {"x": label.x - 3, "y": label.y - 12, "width": label.width + 6, "height": 18, "rx": 3}
        group = Element("g", {"class": f"label {self.state(label.symbol)}", "data-q": label.symbol})
        group.add(Element("rect", size), symbol_text("caption", label.x, label.y, label.caption, LABEL))
        return group.add(text("number", label.x + label.text_x, label.y, label.text))

    def foot(self):
        """Return the legend of the lines and the settings such as the learning rate, which are below the network."""
        elements, x = [], 0
        for state, words in STATES.items():
            sample = Element("g", {"class": f"edge {state}"}, Element("path", {"d": f"M{x} -4h34"}))
            elements += [sample, text("note", x + 42, 0, words)]
            x += 42 + text_width(words, TEXT) + 22
        x = self.pictures.width - 2 * MARGIN
        for row in reversed(self.pictures.trace.settings):
            label = Label(row.symbol, row.symbol, row_number(row))
            label.x = x - label.width
            x = label.x - 16
            elements.append(self.label(label))
        return elements


def is_neuron(box):
    """Return whether a box is that of a neuron, not of the loss or a penalty."""
    return re.fullmatch("[a-z]+[0-9]+", box.name) is not None


def listed(numbers):
    """List quantities and their numbers, a dictionary from symbols, in words."""
    texts = [f"{spoken(symbol)} {numbers[symbol]}" for symbol in list(numbers)[:MOST_TERMS]]
    return ", ".join(texts) + (f", and {len(numbers) - MOST_TERMS} more" if len(numbers) > MOST_TERMS else "")


def spoken(symbol):
    """Name a quantity in words: δ_k1 is the delta of k1."""
    parsed = Symbol.parse(symbol)
    words, place = WORDS[parsed.base], parsed.subscript
    neurons = re.findall("[a-z]+[0-9]+", place)
    if parsed.base == "v":
        words += " the weight from" if len(neurons) > 1 else " the bias of"
    if parsed.base in ("w", "∇w", "v"):
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
    "v": "velocity of",
    "μ": "momentum",
    "λ": "weight decay",
    "η": "learning rate",
}
