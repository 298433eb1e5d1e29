"""The summary of a traced step: one table per layer, by hand and in full precision."""

from purenet.arithmetic.notation import Symbol
from purenet.document.formats import FULL_DIGITS
from purenet.inspect.summary import HEADERS, Summary


def trace_summary(trace, digits=None):
    """Return the summary of a whole step: the numbers before the update and the new weights; by hand first."""
    recordings = [("", "quantity", digits)]
    if trace.pencil:
        recordings = [(", by hand", "by_hand_quantity", FULL_DIGITS), (", in full precision", "quantity", digits)]
    groups = []
    for words, recording, shown_digits in recordings:
        for layer in trace.network.layers:
            states = [traced_state(trace, neuron, recording) for neuron in layer.neurons]
            groups.append((f"Layer {layer.letter.upper()}{words}", states, shown_digits))
    return Summary(groups, {**HEADERS, "weights": "new weights w⁺", "bias": "new bias b⁺"}, trace.title)


def traced_state(trace, neuron, recording):
    """Return the state of a neuron of a trace after its update, by hand or in full precision."""

    def value(base, subscript, after=False):
        row = trace.rows.get(str(Symbol(base, subscript, after)))
        return None if row is None else getattr(row, recording).value

    places = range(len(neuron.weights))
    return {
        "neuron": neuron.name,
        "inputs": [value("y", f"{neuron.letter_before}{i + 1}") for i in places],
        "net_input": value("x", neuron.name),
        "output": value("y", neuron.name),
        "delta": value("δ", neuron.name),
        "weight_gradients": [value("∇w", neuron.connection(i)) for i in places],
        "bias_gradient": value("∇b", neuron.name),
        "weights": [value("w", neuron.connection(i), after=True) for i in places],
        "bias": value("b", neuron.name, after=True),
    }
