"""The first difference of a check: the number, its formula, what goes into it, and where to read how it is computed."""

import math
from decimal import Decimal

from purenet.checks import layer_letter
from purenet.document.formats import Section, notation_for
from purenet.document.table import Table
from purenet.errors import NetworkError
from purenet.golden.diagnosis.check import ratio_text
from purenet.golden.values.certified import certified_values, decimal, finite
from purenet.trace.record import trace_step

BASES = {
    "net_input": "x",
    "output": "y",
    "loss": "E",
    "output_gradient": "∂E/∂y",
    "delta": "δ",
    "weight_gradients": "∇w",
    "bias_gradients": "∇b",
    "weights": "w",
    "biases": "b",
}
READ = {
    "net_input": "Neuron.weigh in purenet/neuron.py",
    "output": "Neuron.forward in purenet/neuron.py, value in purenet/activations.py; "
    "for softmax Softmax.values in purenet/softmax.py; for a threshold Threshold.value in purenet/perceptron.py",
    "loss": "value in purenet/losses.py",
    "output_gradient": "Layer.input_gradients in purenet/layer.py; for the last layer derivative in purenet/losses.py",
    "delta": "Neuron.backward in purenet/neuron.py; for softmax SoftmaxLayer.backward in purenet/softmax.py",
    "weight_gradients": "Neuron.accumulate_gradients in purenet/neuron.py",
    "bias_gradients": "Neuron.accumulate_gradients in purenet/neuron.py",
    "weights": "Neuron.update in purenet/neuron.py, GradientDescent.move in purenet/descent.py",
    "biases": "Neuron.update in purenet/neuron.py, GradientDescent.move in purenet/descent.py",
}
READ_OF_A_STEP = {
    "loss": "training_step in purenet/training.py",
    "weight_gradients": "average_gradients in purenet/training.py",
    "bias_gradients": "average_gradients in purenet/training.py",
}


def difference_section(check, row, notation):
    """Return the section about a quantity that differs."""
    quantity, place = row.quantity, row.place
    number, true = check.numbers(row)[place], row.certified.true[place]
    symbol = symbol_of(check.case, quantity, place)
    cells = [["quantity", f"{row.name}{index_text(quantity, place)}, {symbol}"], ["expected", str(true).lower()]]
    cells.append(["got", str(number).lower()])
    if finite(number):
        difference = decimal(number) - true
        printed = " and half a unit of the last digit printed" if check.values.rounding(number) else ""
        tolerance = row.certified.tolerance[check.type.name][place]
        cells.append(
            ["difference", f"{difference:.3e}, {ratio_text(row.ratio)} times the tolerance of {tolerance}{printed}"]
        )
        cells.append(["in units of the last place", f"{ulps(difference, true, check.type):.3g}"])
    formula, numbers = formula_of(check.case, quantity, symbol)
    cells += [["formula", formula], ["with the right numbers", numbers]]
    cells.append(["depends on", ", ".join(depends_on(check.case, quantity))])
    read = READ_OF_A_STEP.get(quantity.kind) if quantity.example is None else None
    cells.append(["read", read or READ[quantity.kind]])
    cells = [[name, notation.prose(text)] for name, text in cells if text]
    table = Table(
        ["", "first difference"], cells, [(0,), (1,)], wraps=("first difference",), plain=["", "first difference"]
    )
    return Section("First difference", table=table)


def index_text(quantity, place):
    if len(quantity.shape) == 2:
        return f"[{place // quantity.shape[1]}][{place % quantity.shape[1]}]"
    return f"[{place}]" if quantity.shape else ""


def symbol_of(case, quantity, place):
    """Return the printed symbol of a number: δ_j1."""
    base = BASES[quantity.kind]
    if quantity.layer is None:
        return base
    after = "⁺" if quantity.kind in ("weights", "biases") else ""
    letter, before = layer_letter(quantity.layer + 1), layer_letter(quantity.layer)
    if len(quantity.shape) == 2:
        neuron, i = divmod(place, quantity.shape[1])
        return f"{base}_{before}{i + 1}{letter}{neuron + 1}{after}"
    return f"{base}_{letter}{place + 1}{after}"


def formula_of(case, quantity, symbol):
    """Return the formula of a number and the right numbers in it, from a trace of its example."""
    size = case.batch_sizes[quantity.step - 1]
    if quantity.kind == "bias_gradients" and case.network_data.shared_biases[quantity.layer]:
        delta, j = symbol.replace("∇b", "δ"), layer_letter(quantity.layer + 1)
        return f"{case.gradient} over the examples of Σ_{j} δ_{j}" if quantity.example is None else delta, ""
    if quantity.example is None and (size > 1 or case.momentum or case.weight_decay or not case.trained_biases):
        words = {
            "loss": f"{case.gradient} of the losses of the {size} examples",
            "weight_gradients": f"{case.gradient} of the gradients of the {size} examples",
            "bias_gradients": f"{case.gradient} of the gradients of the {size} examples",
            "weights": "w ← w − η·∇w",
            "biases": "b ← b − η·∇b" if case.trained_biases else "b ← b: the biases of this case stay as they are",
        }
        if case.momentum or case.weight_decay:
            words["weights"] = "v ← μ·v − η·(∇w + λ·w), w ← w + v"
            words["biases"] = "v ← μ·v − η·∇b, b ← b + v"
        return words[quantity.kind], ""
    if quantity.kind == "output_gradient" and quantity.layer < len(case.network_data.layers) - 1:
        j, k = layer_letter(quantity.layer + 1), layer_letter(quantity.layer + 2)
        return f"Σ_{k} w_{j}{k}·δ_{k}", ""
    example = quantity.example or first_example(case, quantity.step)
    inputs, targets = case.examples[example - 1]
    network = network_before(case, quantity.step)
    try:
        trace = trace_step(network, [float(y) for y in inputs], [float(t) for t in targets], float(case.learning_rate))
    except NetworkError:  # numbers that a float cannot hold
        return "", ""
    row = trace.row(symbol)
    return row.formula, row.numbers_in(notation_for("text", False), 6, 10)


def first_example(case, step):
    number = 1
    for size in case.batch_sizes[: step - 1]:
        number += size
    return number


def network_before(case, step):
    """Return the network with the certified weights before a step, as floats."""
    network = case.network()
    if step > 1:
        certified = certified_values(case)
        for number, layer in enumerate(network.layers, start=1):
            place = f"step{step - 1}.{layer_letter(number).upper()}"
            flat = certified[f"{place}.weights"].f64
            for j, neuron in enumerate(layer.neurons):
                size = len(neuron.weights)
                neuron.weights = flat[j * size : (j + 1) * size]
                if neuron.bias is not None:
                    neuron.bias = certified[f"{place}.biases"].f64[j]
    return network


def depends_on(case, quantity):
    """Return the names of the quantities that go into one."""
    if quantity.example is None:
        return step_depends_on(quantity)
    layer, last = quantity.layer, len(case.network_data.layers) - 1
    example = f"step{quantity.step}.example{quantity.example}."

    def of_layer(number, kind):
        return "the inputs" if number < 0 else f"{example}{layer_letter(number + 1).upper()}.{kind}"

    if quantity.kind == "net_input":
        return [*weights_before(quantity, "weights", "biases"), of_layer(layer - 1, "output")]
    if quantity.kind == "output":
        return [of_layer(layer, "net_input")]
    if quantity.kind == "loss" or (quantity.kind == "output_gradient" and layer == last):
        return [of_layer(last, "output"), "the targets"]
    if quantity.kind == "output_gradient":
        return [of_layer(layer + 1, "delta"), f"the weights of {layer_letter(layer + 2).upper()}"]
    if quantity.kind == "delta":
        return [of_layer(layer, kind) for kind in ("output_gradient", "net_input", "output")]
    gradients = [of_layer(layer, "delta")]
    return gradients + [of_layer(layer - 1, "output")] if quantity.kind == "weight_gradients" else gradients


def step_depends_on(quantity):
    """Return the names of the quantities that go into one of a whole step."""
    gradients = {"weights": "weight_gradients", "biases": "bias_gradients"}
    if quantity.kind not in gradients:
        return [f"step{quantity.step}.example*." + quantity.name.split(".", 1)[1]]
    place = f"step{quantity.step}.{quantity.letter}"
    return [f"{place}.{gradients[quantity.kind]}", *weights_before(quantity, quantity.kind), "the learning rate"]


def weights_before(quantity, *kinds):
    """Return the names of the weights and biases, if both are asked for, that a layer has before a step."""
    if quantity.step == 1:
        return [f"the given {kinds[0]}"]
    return [f"step{quantity.step - 1}.{quantity.letter}.{kind}" for kind in kinds]


def ulps(difference, true, type):
    """Return a difference in units of the last place of the true value."""
    exponent = math.frexp(float(true))[1] if float(true) else -1021
    return float(difference / (Decimal(2) ** (exponent - type.precision)))
