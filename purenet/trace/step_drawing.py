"""How one step is drawn in a layout: edges, boxes, labels and the legend. Read step_layout.py first, for their places."""

import re

from purenet.drawing.columns import LABEL, STEP_CAPTION, Box, Label, cell_frame, more_neurons
from purenet.drawing.svg import Element, length_text
from purenet.drawing.text import TEXT, symbol_text, symbol_width, text, text_width
from purenet.trace.step_layout import full_boxes, short_number
from purenet.trace.steps import BACKWARD

NOW, OPERAND, DONE, NOT_YET = "now", "operand", "done", "not-yet"
STATES = {NOW: "result now", OPERAND: "operand now", DONE: "done", NOT_YET: "not yet"}
HINT = "a click on a neuron shows its sum alone"
FOOT = 34  # from the network to the base line of the legend
FOOT_LINE = 20


class Moment:
    """One step, drawn in a layout, for a file that does not answer (`is_file`), or for a page."""

    def __init__(self, pictures, step, layout, is_file=False):
        self.pictures = pictures
        self.layout = layout
        self.place = step.place
        self.number = step.number
        self.results = [row.quantity.symbol for row in step.rows]
        self.blames = step.part == BACKWARD and not layout.is_shared
        self.is_file = is_file

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
        elements = self.peers() + self.edges()
        for column in self.layout.columns:
            elements.append(text("note middle", *column.title_at, column.title))
            for box in column.boxes:
                elements += self.box(box) if isinstance(box, Box) else [more_neurons(box)]
        return elements

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
        return elements + [element for port in box.ports for element in self.labels(port)]

    def labels(self, port):
        """Return the labels at the end of an edge."""
        labels = [self.label(label) for label in port.labels if self.is_known(label.symbol)]
        return labels + ([text("note", port.lead + 10, port.y - 5, f"… {port.hidden} more")] if port.hidden else [])

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
        for state, words in self.pictures.legend.items():
            needed = 42 + text_width(words, TEXT)
            if x + needed > width:
                x, y = 0, y + FOOT_LINE
            sample = Element("g", {"class": f"edge {state}"}, Element("path", {"d": f"M{length_text(x)} {y - 4}h34"}))
            elements += [sample, text("note", x + 42, y, words)]
            x += needed + 16
        if not self.is_file:
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


def is_neuron(box):
    """Return whether a box is that of a neuron, not of the loss or a penalty."""
    return re.fullmatch("[a-z]+[0-9]+", box.name) is not None
