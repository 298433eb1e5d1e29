"""The numbers that a network, a layer or a neuron holds now, one table per layer: for the middle of anybody's training loop."""

from purenet.arithmetic.expression import value_of
from purenet.arithmetic.notation import LATEX, Symbol, elided, number_text
from purenet.errors import INFINITY, NetworkError
from purenet.trace.display import Shown
from purenet.trace.formats import (
    DEFAULT_WIDTH,
    DIGITS,
    SHOWN,
    Section,
    check_options,
    notation_for,
    to_csv,
    to_json,
    write,
)
from purenet.trace.table import Table

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


def summary(part, digits=DIGITS):
    """Return the summary of a network, a layer or a neuron, which prints as one table per layer.

    >>> from purenet import Layer, Neuron
    >>> layer = Layer([Neuron([0.5, 0.25]), Neuron([1.0, -1.0], bias=0.5)])
    >>> outputs = layer.forward([1.0, 2.0])
    >>> print(summary(layer))
    Layer J
    <BLANKLINE>
    neuron    inputs y    net input x    output y    weights w    bias b
    --------  ----------  -------------  ----------  -----------  --------
    j1        1.0, 2.0    1.0            0.731059    0.5, 0.25
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


def trace_summary(trace, digits=None):
    """Return the summary of a whole step: what was computed before the update, and the new weights; by hand first."""
    groups = []
    if trace.pencil:
        groups += [
            (f"Layer {layer.letter.upper()}, by hand", layer, "by_hand_quantity", SHOWN)
            for layer in trace.network.layers
        ]
    full = ", in full precision" if trace.pencil else ""
    groups += [(f"Layer {layer.letter.upper()}{full}", layer, "quantity", digits) for layer in trace.network.layers]
    return Summary(
        [
            (title, [traced_state(trace, neuron, run) for neuron in layer.neurons], shown)
            for title, layer, run, shown in groups
        ],
        {**HEADERS, "weights": "new weights w⁺", "bias": "new bias b⁺"},
        trace.title,
    )


def traced_state(trace, neuron, run):
    """Return what a neuron of a trace held after its update, from the rows of one of the two runs."""

    def number(base, subscript, after=False):
        row = trace.rows.get(str(Symbol(base, subscript, after)))
        return None if row is None else getattr(row, run).value

    places = range(len(neuron.weights))
    return {
        "neuron": neuron.name,
        "inputs": [number("y", f"{neuron.letter_before}{i + 1}") for i in places],
        "net_input": number("x", neuron.name),
        "output": number("y", neuron.name),
        "delta": number("δ", neuron.name),
        "weight_gradients": [number("∇w", neuron.connection(i)) for i in places],
        "bias_gradient": number("∇b", neuron.name),
        "weights": [number("w", neuron.connection(i), after=True) for i in places],
        "bias": number("b", neuron.name, after=True),
    }


def neuron_state(neuron):
    """Return what a neuron holds, as plain numbers and lists; raise NetworkError if one is not finite."""
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
