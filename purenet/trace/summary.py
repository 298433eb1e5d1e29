"""The summary of a traced step: one table per layer, by hand and in full precision."""

from purenet.arithmetic.notation import Symbol
from purenet.document.formats import FULL_DIGITS
from purenet.inspect.summary import HEADERS, Summary


def trace_summary(trace, digits=None):
    """Return the summary of a whole step: what was computed before the update, and the new weights; by hand first."""
    groups = []
    if trace.pencil:
        groups += [
            (f"Layer {layer.letter.upper()}, by hand", layer, "by_hand_quantity", FULL_DIGITS)
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
