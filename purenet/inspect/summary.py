"""The numbers that a network, a layer or a neuron holds now, one table per layer: for use inside any training loop."""

from purenet.arithmetic.expression import value_of
from purenet.arithmetic.notation import LATEX, elided, number_text
from purenet.document.formats import (
    DEFAULT_WIDTH,
    SHOWN_DIGITS,
    Section,
    check_options,
    notation_for,
    to_csv,
    to_json,
    write,
)
from purenet.document.notebook_display import Shown
from purenet.document.table import Table
from purenet.errors import INFINITY, NetworkError

LONGEST_LIST = 6  # numbers of a list that are shown in a cell
HEADERS = {
    "neuron": "neuron",
    "inputs": "inputs y",
    "net_input": "net input x",
    "output": "output y",
    "delta": "delta δ",
    "weight_gradients": "gradients ∇w",
    "bias_gradient": "gradient ∇b",
    "weights": "weights w",
    "bias": "bias b",
}


def summary(part, digits=SHOWN_DIGITS):
    """Return the summary of a network, a layer or a neuron, which prints as one table per layer.

    >>> from purenet import Layer, Neuron
    >>> layer = Layer([Neuron([0.5, 0.25]), Neuron([1.0, -1.0], bias=0.5)])
    >>> outputs = layer.forward([1.0, 2.0])
    >>> print(summary(layer))
    Layer J
    <BLANKLINE>
    neuron    inputs y    net input x    output y    weights w    bias b
    --------  ----------  -------------  ----------  -----------  --------
    j1        1.0, 2.0     1.0           0.731059    0.5, 0.25
    j2        1.0, 2.0    −0.5           0.377541    1.0, −1.0    0.5
    <BLANKLINE>
    """
    if hasattr(part, "layers"):
        groups = [(f"Layer {layer.letter.upper()}", layer.neurons) for layer in part.layers]
    elif hasattr(part, "neurons"):
        groups = [(f"Layer {part.letter.upper()}", part.neurons)]
    else:
        groups = [(f"Neuron {part.name}", [part])]
    return Summary([(title, [neuron_state(neuron) for neuron in neurons], digits) for title, neurons in groups])


def neuron_state(neuron):
    """Return the state of a neuron as plain numbers and lists; raise NetworkError if one is not finite."""
    state = {"neuron": neuron.name}
    for attribute in list(HEADERS)[1:]:
        value = getattr(neuron, attribute)
        state[attribute] = [*map(value_of, value)] if isinstance(value, (list, tuple)) else value_of(value)
    for attribute, value in list(state.items())[1:]:
        for number in value if isinstance(value, (list, tuple)) else [value]:
            if number is not None and not -INFINITY < number < INFINITY:
                raise NetworkError(
                    f"neuron {neuron.name} has overflowed: its {attribute.replace('_', ' ')} is {number}"
                )
    return state


class Summary(Shown):
    """One table per layer. `print(summary)` shows them; `summary.to("markdown")` and its like return other formats."""

    def __init__(self, groups, headers=HEADERS, title=None):
        self.groups = groups
        self.title = title
        self.headers = headers

    def to(self, format, width=DEFAULT_WIDTH, ascii=False):
        """Return the tables in a format: text, markdown, latex, html, json or csv."""
        for _, _, digits in self.groups:
            check_options(format, width, digits)
        if format == "json":
            return to_json([{"title": title, "neurons": states} for title, states, _ in self.groups])
        if format == "csv":
            rows = [
                [title] + [cell_text(state[name]) for name in self.headers]
                for title, states, _ in self.groups
                for state in states
            ]
            return to_csv(["table", *self.headers], rows)
        return write(self.sections(format, ascii), format, width, ascii)

    def sections(self, format, ascii=False):
        """Return the tables as sections in the notation of a format."""
        notation = notation_for(format, ascii)
        sections = [Section(title, table=self.table(states, digits, notation)) for title, states, digits in self.groups]
        return [Section(self.title, level=1), *sections] if self.title else sections

    def table(self, states, digits, notation):
        """Return the table of one layer."""
        headers = [header if notation is LATEX else notation.prose(header) for header in self.headers.values()]
        rows = [[cell(state[name], digits, notation) for name in self.headers] for state in states]
        stacks = [(0, 1), (2, 3, 4), (5, 6), (7, 8)]
        wraps = [headers[c] for c in (1, 5, 7)]
        return Table(headers, rows, stacks, wraps, plain=headers[:1]).without_empty_columns()

    def __str__(self):
        return self.to("text")


def cell(value, digits, notation):
    """Return a name, a number or a list of numbers for a table; a long list is elided in the middle."""
    if value is None or isinstance(value, str):
        return value or ""
    numbers = value if isinstance(value, (list, tuple)) else [value]
    texts = [notation.number(number_text(number, digits)) for number in numbers]
    return ", ".join(elided(texts, notation.ellipsis) if len(texts) > LONGEST_LIST else texts)


def cell_text(value):
    """Return a value for CSV: a list as numbers between spaces, in full precision."""
    return " ".join(map(str, value)) if isinstance(value, (list, tuple)) else "" if value is None else str(value)
