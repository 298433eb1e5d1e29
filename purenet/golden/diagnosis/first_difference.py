"""The first difference of a check: the number, its formula, what goes into it, and where to read how it is computed."""

import math
from decimal import Decimal

from purenet.arithmetic.notation import UNICODE
from purenet.checks import layer_letter
from purenet.document.formats import Section
from purenet.document.table import Table
from purenet.errors import NetworkError
from purenet.golden.diagnosis.check import ratio_text
from purenet.golden.values.certified import decimal, finite
from purenet.trace.quantities import EPOCH_LOSS
from purenet.trace.record import trace_case

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
    cells = [["quantity", f"{quantity.number_name(place)}, {quantity.symbol(place)}"], ["expected", str(true).lower()]]
    cells.append(["got", str(number).lower()])
    if finite(number):
        difference = decimal(number) - true
        printed = " and half a unit of the last digit printed" if check.values.are_few(number) else ""
        tolerance = row.certified.tolerance[check.types[-1].name][place]  # the widest
        cells.append(
            ["difference", f"{difference:.3e}, {ratio_text(row.ratio)} times the tolerance of {tolerance}{printed}"]
        )
        cells.append(["in units of the last place", f"{ulps(difference, true, check.type):.3g}"])
    formula, numbers = (
        ("the mean of the losses of all examples", "")
        if quantity is EPOCH_LOSS
        else formula_of(check.case, quantity, place)
    )
    cells += [["formula", formula], ["with the right numbers", numbers]]
    cells.append(["depends on", ", ".join(depends_on(check.case, quantity))])
    if quantity is not EPOCH_LOSS:
        cells.append(["read", where_to_read(quantity)])
    cells = [[name, notation.prose(text)] for name, text in cells if text]
    table = Table(
        ["", "first difference"], cells, [(0,), (1,)], wraps=("first difference",), plain=["", "first difference"]
    )
    return Section("First difference", table=table)


def where_to_read(quantity):
    """Return the names of the functions that compute a quantity, and of their files."""
    of_step = READ_OF_A_STEP.get(quantity.kind) if quantity.example is None else None
    return of_step or READ[quantity.kind]


def formula_of(case, quantity, place):
    """Return the formula of a number and the right numbers in it, from a trace of the case; "" where floats do not reach."""
    try:
        traced = trace_case(case, everything=True).number(quantity.number_name(place))
    except NetworkError:
        return "", ""
    return traced.formula, traced.numbers_in(UNICODE, 6, 10)


def depends_on(case, quantity):
    """Return the names of the quantities that go into one."""
    if quantity is EPOCH_LOSS:
        return ["step*.example*.loss"]
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
