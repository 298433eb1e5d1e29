"""How one step of a network with wide layers is drawn: thin edges, and above them the sums that are computed now.

Of the sums of a layer, one is shown. A page has all of them, and shows that of the neuron that is clicked; upright, it has
no thin edges. Read step_drawing.py first, and drawing/compact.py for the places.
"""

from purenet.arithmetic.notation import Symbol
from purenet.drawing import compact
from purenet.drawing.svg import Element, length_text
from purenet.trace.step_drawing import NOW, OPERAND, STATES, Moment, is_neuron
from purenet.trace.step_layout import full_boxes


def moment(pictures, step, layout, is_file=False):
    """Return what draws a step in a layout."""
    return (CompactMoment if layout.compact else Moment)(pictures, step, layout, is_file)


def everything(pictures, place):
    """Return what draws all that the steps at a place show, upright."""
    layout = pictures.upright_layouts[place]
    return (EverythingCompact if layout.compact else Everything)(pictures, place, layout)


class CompactMoment(Moment):
    """One step, drawn in a compact layout."""

    def edges(self):
        return [element for column in self.layout.columns[1:] for element in self.edges_into(column)]

    def labels(self, port):
        return []  # they are part of sums

    def edges_into(self, column):
        """Return the edges into a layer as thin lines, and those of each sum that is computed now, with their labels."""
        return self.thin_edges(column) + self.sums(column, self.is_outward(column))

    def thin_edges(self, column):
        """Return the edges into a layer, one line for all of each state."""
        lines = {}
        for box in full_boxes(column):
            for port in box.ports:
                lines.setdefault(self.state_of_edge(port), []).append(compact.edge(port, box))
        return [
            Element("g", {"class": f"edge thin {state}"}, Element("path", {"d": "".join(lines[state])}))
            for state in reversed(list(STATES))
            if state in lines
        ]

    def is_outward(self, column):
        """Return whether the present sums run over the edges that leave the layer before this one, as those of its deltas do."""
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
            if shown or not self.is_file:
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
        framed = self.is_file  # on a page, the style sets labels off
        return [group, *[self.label(label, framed) for label in used]]

    def compact_path(self, port, box, column, is_outward):
        """Return the path of an edge with room for its labels; an upright picture has none."""
        if self.layout.upright:
            port.arrow = compact.arrow_in_gutter(port)
            return compact.bracket(port, box)
        port.arrow = compact.arrow(port)
        if is_outward and is_neuron(box):
            return compact.outward(port, box, column)
        return compact.inward(port, box, column, self.layout.columns)


class Everything(Moment):
    """All that the steps at a place show, as if all of it were in use: what is left of it in a step is the script's work."""

    def __init__(self, pictures, place, layout):
        self.pictures, self.place, self.layout = pictures, place, layout
        self.results = [Symbol("y", box.name) for column in layout.softmax for box in full_boxes(column)]
        self.blames, self.is_file = not layout.is_shared, False

    def state(self, *symbols):
        return OPERAND

    def is_known(self, symbol):
        return True


class EverythingCompact(Everything, CompactMoment):
    """The same in a compact layout: the sums of neurons over the edges that lead to them, and over those that leave them."""

    def edges_into(self, column):
        is_loss = not is_neuron(full_boxes(column)[0])
        return self.sums(column, False) + ([] if is_loss else self.sums(column, True))
