"""The summary of a traced training: one table per layer, by hand and in full precision."""

from purenet.document.formats import FULL_DIGITS
from purenet.inspect.summary import HEADERS, Summary


def trace_summary(trace, digits=None):
    """Return the summary of a training: the numbers of each example, and the new weights of each step; by hand first."""
    recordings = [("", "quantity", digits)]
    if trace.pencil:
        recordings = [(", by hand", "by_hand_quantity", FULL_DIGITS), (", in full precision", "quantity", digits)]
    groups = []
    for words, recording, shown_digits in recordings:
        for place in trace.places:
            if place.step == "after" or place.is_repeated:
                continue
            for layer in place.layers:
                states = [traced_state(place, neuron, layer.before, recording) for neuron in layer.neurons]
                groups.append((f"Layer {layer.name}{place.suffix}{words}", states, shown_digits))
    return Summary(groups, {**HEADERS, "weights": "new weights w⁺", "bias": "new bias b⁺"}, trace.title)


def traced_state(place, neuron, before, recording):
    """Return the state of a neuron after an example or a step, by hand or in full precision.

    `before` is the letter of the layer before its own.
    """

    def value(base, subscript, after=False):
        row = place.trace.rows.get(str(place.symbol(base, subscript, after)))
        return None if row is None else getattr(row, recording).value

    def values(base, subscripts, after=False):
        found = [value(base, subscript, after) for subscript in subscripts]
        return None if set(found) == {None} else found

    inputs = [f"{before}{i + 1}" for i in range(len(neuron.weights))]
    connections = [f"{source}{neuron.name}" for source in inputs]
    updated = place.example is None
    return {
        "neuron": neuron.name,
        "inputs": values("y", inputs),
        "net_input": value("x", neuron.name),
        "output": value("y", neuron.name),
        "delta": value("δ", neuron.name),
        "weight_gradients": values("∇w", connections),
        "bias_gradient": value("∇b", neuron.name),
        "weights": values("w", connections, after=True) if updated else None,
        "bias": value("b", neuron.name, after=True) if updated else None,
    }
