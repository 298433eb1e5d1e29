"""A training step as a picture in SVG. Read step_layout.py first, for the places of things.

A picture computes nothing: each of its numbers is that of a row of the trace. It shows the numbers known by then, and
tells by colour and by line which are results now, which are their operands, which are done, and which come later.
"""

import functools
import re

from purenet.arithmetic.notation import UNICODE, Symbol, number_text
from purenet.document.formats import MOST_TERMS, SHOWN_DIGITS
from purenet.document.notebook_display import Picture
from purenet.drawing import compact
from purenet.drawing.columns import LABEL, STEP_CAPTION, STEP_STYLE, Box, Label, cell_frame, more_neurons
from purenet.drawing.palette import style_sheet
from purenet.drawing.sheet import MARGIN, NARROWEST, heading
from purenet.drawing.svg import PAPER_STYLE, Element, length_text, svg_picture
from purenet.drawing.text import TEXT, TEXT_STYLE, symbol_text, symbol_width, text, text_width
from purenet.errors import NetworkError
from purenet.trace.step_layout import Layout, full_boxes, row_number, short_number
from purenet.trace.steps import BACKWARD

STEP_STYLES = [PAPER_STYLE, TEXT_STYLE, STEP_STYLE]
NOW, OPERAND, DONE, NOT_YET = "now", "operand", "done", "not-yet"
STATES = {NOW: "result now", OPERAND: "operand now", DONE: "done", NOT_YET: "not yet"}
HINT = "a click on a neuron shows its sum alone"
FOOT = 34  # from the network to the base line of the legend
FOOT_LINE = 20
EDGE, UPRIGHT_EDGE = 6, 4  # around a picture in a page
NARROW = 320  # the least width of an upright picture, for its legend


def picture(trace, number):
    """Return the picture of a step as the text of an SVG file; raise NetworkError for a step that does not exist."""
    return Pictures(trace).picture(number)


class Pictures:
    """The pictures of a trace. `results` and `operands` hold, by symbol, the steps in which a quantity is one."""

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
        moment = Moment(self, step, self.layouts[step.place], whole_only=True)
        elements, height = moment.elements(self.width, MARGIN, top + MARGIN)
        width, words = self.width + 2 * MARGIN, self.description(step)
        return svg_picture(width, height, self.title(step), words, [*heading, *elements], style, prefix)

    def page_element(self, step, prefix):
        """Return the picture of a step for a page as an element, with every sum of a compact one."""
        elements, height = Moment(self, step, self.layouts[step.place]).elements(self.width, EDGE, EDGE)
        size = self.width + 2 * EDGE, height
        return with_class(
            "lying", svg_picture(*size, self.title(step), self.description(step), elements, prefix=prefix)
        )

    def upright_element(self, place):
        """Return an upright picture of all that any step at a place shows, from which step_view.js makes that of a step."""
        width = self.upright_width
        elements, height = Everything(self, place).elements(width, UPRIGHT_EDGE, EDGE)
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
    """One step, drawn in a layout. Of a compact one, `whole_only` leaves out the sums that are not shown at first."""

    def __init__(self, pictures, step, layout, whole_only=False):
        self.pictures = pictures
        self.layout = layout
        self.place = step.place
        self.number = step.number
        self.results = [row.quantity.symbol for row in step.rows]
        self.blames = step.part == BACKWARD and not layout.is_shared
        self.whole_only = whole_only

    def elements(self, width, margin, top):
        """Return the network and its legend as elements in a width, and the height at which they and a margin end."""
        x = margin + (width - self.layout.width) / 2
        place = {"transform": f"translate({length_text(x)} {length_text(top)})"}
        if self.layout.upright:
            place["class"] = "narrow"
        foot, lines = self.foot(width)
        y = top + self.layout.height + FOOT
        elements = [Element("g", place, *self.network())]
        elements.append(Element("g", {"transform": f"translate({margin} {length_text(y)})"}, *foot))
        return elements, y + (lines - 1) * FOOT_LINE + margin

    def state(self, *symbols):
        """Return the first of the states, in their order, that one of some quantities has."""
        states = [self.pictures.state(symbol, self.number) for symbol in symbols]
        return next(state for state in STATES if state in states)

    def is_known(self, symbol):
        return self.pictures.is_known(symbol, self.number)

    def network(self):
        """Return the elements of the network: edges, then the rest, which is on top."""
        edges, rest = [], []
        for column in self.layout.columns:
            rest.append(text("note middle", *column.title_at, column.title))
            if self.layout.compact:
                edges += self.compact_edges(column)
            for box in column.boxes:
                rest += self.box(box) if isinstance(box, Box) else [more_neurons(box)]
        return self.peers() + (edges if self.layout.compact else self.edges()) + rest

    def edges(self):
        """Return the edges, those in use last, so that they are on top."""
        ports = [port for column in self.layout.columns for port in column.ports]
        edges = [(self.state_of_edge(port), port) for port in ports]
        edges.sort(key=lambda pair: -list(STATES).index(pair[0]))
        return [self.edge(*pair) for pair in edges]

    def peers(self):
        """Return the lines between the neurons of each layer whose numbers are computed from each other's now."""
        found = []
        for column in self.layout.softmax:
            names = [box.name for box in full_boxes(column)]
            if any(symbol.base in ("y", "δ") and symbol.subscript in names for symbol in self.results):
                path = Element("path", {"class": "line", "d": column.peers})
                found.append(Element("g", {"class": f"edge peers {OPERAND}"}, path))
        return found

    def state_of_edge(self, port):
        return self.state(*port.symbols) if port.symbols else DONE

    def edge(self, state, port):
        names = {"data-edge": port.symbols[0]} if port.symbols else {}
        group = Element("g", {"class": f"edge {state}", **names}, Element("path", {"class": "line", "d": port.path}))
        group.add(Element("circle", {"cx": port.dot[0], "cy": port.dot[1], "r": 3}))
        return group.add(self.arrow(state, port))

    def arrow(self, state, port):
        """Return the head of an arrow at the neuron that gets its share of the blame along an edge, or None."""
        in_use = self.blames and state in (NOW, OPERAND) and port.arrow
        return Element("path", {"class": "arrow", "d": port.arrow}) if in_use else None

    def box(self, box):
        """Return the elements of a box, and of the labels at its ports."""
        cells = [self.cell(cell) for cell in box.cells]
        cells += [self.cell(cell) for cell in box.under if cell.text and self.is_known(cell.symbol)]
        elements = [Element("g", {"data-neuron": box.name}, *cells)] if is_neuron(box) else cells
        for port in [] if self.layout.compact else box.ports:
            elements += [self.label(label) for label in port.labels if self.is_known(label.symbol)]
            if port.hidden:
                elements.append(text("note", port.lead + 10, port.y - 5, f"… {port.hidden} more"))
        return elements

    def compact_edges(self, column):
        """Return the edges into a layer as thin lines, and those of each sum that is computed now, with their labels."""
        lines = {}
        for box in full_boxes(column):
            for port in box.ports:
                lines.setdefault(self.state_of_edge(port), []).append(compact.edge(port, box))
        thin = [
            Element("g", {"class": f"edge thin {state}"}, Element("path", {"d": "".join(lines[state])}))
            for state in reversed(STATES)
            if state in lines
        ]
        return thin + self.sums(column, self.is_outward(column))

    def is_outward(self, column):
        """Return whether the sums of now run over the edges that leave the layer before a layer, as those of its deltas do."""
        before = self.layout.columns[self.layout.columns.index(column) - 1]
        names = [box.name for box in full_boxes(before)]
        return any(symbol.base == "δ" and symbol.subscript in names for symbol in self.results)

    def sums(self, column, is_outward):
        """Return the sums over the edges into a layer, those of the neurons before it, or those of its own.

        The edges into the loss are one sum for each neuron, too, of which all are shown; of others, the first one is.
        """
        is_loss = not is_neuron(full_boxes(column)[0])
        is_outward = is_outward or is_loss
        way = "loss" if is_loss else "out" if is_outward else "in"
        found = []
        for owner, edges in self.edges_by_owner(column, is_outward).items():
            shown = is_loss or not found
            if shown or not self.whole_only:
                names = {"class": "sum whole" if shown else "sum", "data-sum": owner, "data-way": way}
                if self.layout.upright and not is_loss:
                    names["data-block"] = "{} {}".format(*map(length_text, column.block))
                found.append(Element("g", names, *self.sum(edges, column, is_outward)))
        return found

    def edges_by_owner(self, column, is_outward):
        """Return the boxes and the ports of the edges of each sum that is computed now, by the neuron whose sum it is."""
        found = {}
        for box in full_boxes(column):
            for port in box.ports:
                drawn = port.symbols and not port.hidden and (port.from_box or not is_outward)
                if drawn and self.state_of_edge(port) in (NOW, OPERAND):
                    found.setdefault(port.from_box.name if is_outward else box.name, []).append((box, port))
        return found

    def sum(self, edges, column, is_outward):
        """Return the edges of one sum as one path, and their labels."""
        state = self.state_of_edge(edges[0][1])
        paths = [self.compact_path(port, box, column, is_outward) for box, port in edges]
        group = Element("g", {"class": f"edge {state}"}, Element("path", {"class": "line", "d": "".join(paths)}))
        heads = "".join(dict.fromkeys(port.arrow for _, port in edges))
        if self.blames and heads:
            group.add(Element("path", {"class": "arrow", "d": heads}))
        labels = [label for box, port in edges for label in port.labels if not (self.layout.upright and is_neuron(box))]
        used = [label for label in labels if self.is_known(label.symbol) and self.state(label.symbol) in (NOW, OPERAND)]
        return [
            group,
            *[self.label(label, framed=self.whole_only) for label in used],
        ]  # of a page, the style frames them

    def compact_path(self, port, box, column, is_outward):
        """Return the path of an edge with room for its labels; an upright picture has none."""
        if self.layout.upright:
            port.arrow = compact.arrow_in_gutter(port)
            return compact.bracket(port, box)
        port.arrow = compact.arrow(port)
        if is_outward and is_neuron(box):
            return compact.outward(port, box, column)
        return compact.inward(port, box, column, self.layout.columns)

    def cell(self, cell):
        """Return a cell; its number is left out until it is known."""
        box = cell_frame(cell)
        middle, base_line = cell.x + cell.width / 2, cell.y + cell.height / 2
        if cell.symbol is None:
            group = Element("g", {"class": f"cell {self.state_of_function(cell)} function"}, box)
            return group.add(text("number middle", middle, base_line + 4, cell.text) if cell.text else None)
        group = Element("g", {"class": f"cell {self.state(cell.symbol)}", "data-q": cell.symbol}, box)
        if cell.in_line:
            x = cell.x + 5
            group.add(symbol_text("caption", x, base_line + 4, cell.caption, STEP_CAPTION))
            number = text("number", x + round(symbol_width(cell.caption, STEP_CAPTION) + 6), base_line + 4, cell.text)
        else:
            group.add(symbol_text("caption middle", middle, base_line - 4, cell.caption, STEP_CAPTION))
            number = text("value", middle, base_line + 13, cell.text)
        return group.add(number if self.is_known(cell.symbol) else None)

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

    def label(self, label, framed=True):
        """Return a label on an edge, in a frame if it is a result or an operand now."""
        state = self.state(label.symbol)
        size = {"x": label.x - 3, "y": label.y - 11.5, "width": label.width + 6, "height": 17.5, "rx": 3}
        group = Element("g", {"class": f"label {state}", "data-q": label.symbol})
        group.add(Element("rect", size) if framed and state in (NOW, OPERAND) else None)
        group.add(symbol_text("caption", label.x, label.y, label.caption, LABEL))
        return group.add(text("number", label.x + label.text_x, label.y, label.text))

    def foot(self, width):
        """Return the legend of the lines and the settings such as the learning rate, in lines of a width, and their number."""
        elements, x, y = [], 0, 0
        for state, words in STATES.items():
            needed = 42 + text_width(words, TEXT)
            if x + needed > width:
                x, y = 0, y + FOOT_LINE
            sample = Element("g", {"class": f"edge {state}"}, Element("path", {"d": f"M{length_text(x)} {y - 4}h34"}))
            elements += [sample, text("note", x + 42, y, words)]
            x += needed + 16
        if not self.whole_only:  # a file does not answer
            if x + text_width(HINT, TEXT) > width:
                x, y = 0, y + FOOT_LINE
            elements.append(text("note hint", x, y, HINT))
            x += text_width(HINT, TEXT)
        labels = [Label(row.symbol, row.symbol, short_number(row)) for row in self.pictures.trace.settings]
        if labels and x + sum(label.width + 16 for label in labels) > width:
            y += FOOT_LINE
        x = width
        for label in reversed(labels):
            label.x, label.y = x - label.width, y
            x = label.x - 16
            elements.append(self.label(label))
        return elements, y // FOOT_LINE + 1


class Everything(Moment):
    """All that the steps at a place show, as if all of it were in use: what is left of it in a step is the script's work."""

    def __init__(self, pictures, place):
        self.pictures = pictures
        self.layout = pictures.upright_layouts[place]
        self.place = place
        self.results = [Symbol("y", box.name) for column in self.layout.softmax for box in full_boxes(column)]
        self.blames, self.whole_only, self.number = not self.layout.is_shared, False, 0

    def state(self, *symbols):
        return OPERAND

    def is_known(self, symbol):
        return True

    def compact_edges(self, column):
        return self.sums(column, False) + ([] if not is_neuron(full_boxes(column)[0]) else self.sums(column, True))


def with_class(name, element):
    element.attributes["class"] = name
    return element


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
