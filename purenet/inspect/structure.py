"""The structure of a network as a table: layers, neurons, activations, parameters."""

from purenet.document.formats import DEFAULT_WIDTH, Section, check_options, to_csv, to_json, write
from purenet.document.notebook_display import Shown
from purenet.document.table import Table

HEADERS = ["layer", "neurons", "activation", "weights", "biases", "parameters"]


def structure(network):
    """Return the structure of a network, which prints as a table: one row per layer, and the sum.

    >>> from purenet import Layer, Network, Neuron
    >>> print(structure(Network([Layer([Neuron([0.5, 0.5], 0.0), Neuron([0.5, 0.5], 0.0)]), Layer([Neuron([1.0, 1.0])])])))
    Layers of the network
    <BLANKLINE>
    layer    neurons    activation    weights    biases    parameters
    -------  ---------  ------------  ---------  --------  ------------
    I        2          inputs
    J        2          sigmoid       4          2         6
    K        1          sigmoid       2          0         2
    sum                               6          2         8
    <BLANKLINE>
    """
    return Structure(network)


class Structure(Shown):
    """The rows of the table; `.to("markdown")` and its like return it in a format."""

    def __init__(self, network):
        self.loss = network.loss.name
        self.rows = [["I", len(network.layers[0].neurons[0].weights), "inputs", None, None, None]]
        for layer in network.layers:
            names = " or ".join(sorted({neuron.activation.name for neuron in layer.neurons}))
            weights = len(layer.neurons) * len(layer.neurons[0].weights)
            biases = len([neuron for neuron in layer.neurons if neuron.bias is not None])
            self.rows.append([layer.letter.upper(), len(layer.neurons), names, weights, biases, weights + biases])
        sums = [sum(row[column] for row in self.rows[1:]) for column in (3, 4, 5)]
        self.rows.append(["sum", None, None, *sums])

    def to(self, format, width=DEFAULT_WIDTH, ascii=False):
        """Return the table in a format: text, markdown, latex, html, json or csv."""
        check_options(format, width)
        if format == "json":
            return to_json({"loss": self.loss, "layers": [dict(zip(HEADERS, row)) for row in self.rows[:-1]]}, ascii)
        if format == "csv":
            return to_csv(HEADERS, self.cells)
        return write(self.sections(format), format, width, ascii)

    @property
    def cells(self):
        return [["" if cell is None else str(cell) for cell in row] for row in self.rows]

    def sections(self, format):
        """Return the table as a section, the same one in every format."""
        table = Table(HEADERS, self.cells, [(0,), (1, 2), (3, 4, 5)], plain=HEADERS)
        return [Section("Layers of the network", table=table)]

    def __str__(self):
        return self.to("text")
