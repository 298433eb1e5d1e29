"""The numbers of a case as plain JSON data, each found by its printed symbol, and the changes that a person can make.

A change takes data and returns other data; the case that is made of it checks everything again.
"""

import copy
from decimal import Context, Decimal

from purenet.arithmetic.notation import Symbol
from purenet.checks import layer_letter
from purenet.errors import INFINITY, NetworkError, quoted
from purenet.golden.values.case_files import descent_fields, plain_layers
from purenet.storage.files import decimal_number
from purenet.trace.quantities import SETTINGS


def plain_data(case):
    """Return the data of a case without what belongs to its text alone: published and certified numbers."""
    layers = [{**layer, "biases": layer["biases"] or [None] * len(layer["weights"])} for layer in plain_layers(case)]
    with_targets = case.examples[0][1] is not None
    data = {
        "title": case.title,
        "network": {"layers": layers, "loss": case.network_data.loss.name},
        "examples": [
            {"inputs": list(inputs), **({"targets": list(targets)} if with_targets else {})}
            for inputs, targets in case.examples
        ],
    }
    if with_targets:
        data.update(batch_sizes=case.batch_sizes, gradient=case.gradient)
    if case.learning_rate is not None:
        data.update(learning_rate=case.learning_rate, **descent_fields(case))
        data.update(trained_biases=case.trained_biases)
    if case.rounding is not None:
        data.update(rounding=case.rounding)
    return data


def places(data):
    """Return where each number is that may be changed: a list or dictionary and a key in it, by its printed symbol."""
    found = {}
    for number, layer in enumerate(data["network"]["layers"], start=1):
        before, letter = layer_letter(number - 1), layer_letter(number)
        for j, weights in enumerate(layer["weights"]):
            for i in range(len(weights)):
                found[str(Symbol("w", f"{before}{i + 1}{letter}{j + 1}"))] = weights, i
            if layer["biases"][j] is not None:
                found[str(Symbol("b", f"{letter}{j + 1}"))] = layer["biases"], j
    last = layer_letter(len(data["network"]["layers"]))
    for n, example in enumerate(data["examples"], start=1):
        mark = n if len(data["examples"]) > 1 else None
        for base, letter, numbers in (("y", "i", example["inputs"]), ("t", last, example.get("targets", []))):
            for i in range(len(numbers)):
                found[str(Symbol(base, f"{letter}{i + 1}", 0, mark))] = numbers, i
    if "learning_rate" in data:
        found.update({symbol: (data, field) for symbol, field in SETTINGS.items() if field in data})
    return found


def number_at(data, symbol):
    """Return the number of a symbol; raise NetworkError if there is none that may be changed."""
    place, key = place_of(data, symbol)
    return place[key]


def place_of(data, symbol):
    found = places(data)
    if symbol not in found:
        raise NetworkError(f"there is no number {quoted(symbol)} to change here")
    return found[symbol]


def number_in(text, symbol):
    """Return the number that a person typed, exactly as written."""
    try:
        number = decimal_number(text.strip().replace("−", "-"))
    except ValueError:
        raise NetworkError(f"{symbol} must be a number such as 0.5 or -2, not {quoted(text)}") from None
    if not abs(float(number)) < INFINITY:
        raise NetworkError(f"{symbol} must be a finite number that a float can hold, not {quoted(text)}")
    return number


def with_number(data, symbol, text):
    """Return the data with another number at a symbol; a bias that neurons share changes for all of them."""
    data = copy.deepcopy(data)
    value = number_in(text, symbol)
    place, key = place_of(data, symbol)
    shares = [layer["biases"] for layer in data["network"]["layers"] if layer.get("shared_bias")]
    for n in range(len(place)) if any(place is biases for biases in shares) else [key]:
        place[n] = value
    return data


def with_next_digit(data, symbol, text):
    """Return the data with a number one unit of its last written digit up (text "+") or down ("-")."""
    value = Decimal(str(number_at(data, symbol)))
    _, digits, exponent = value.as_tuple()
    unit = Decimal((text != "+", (1,), min(exponent, -1 if symbol in SETTINGS else 0)))
    return with_number(data, symbol, str(Context(prec=len(digits) + 28).add(value, unit)))


def with_choice(data, name, value):
    """Return the data with another activation of a layer ("activation 0"), loss, gradient, batch size or rounding."""
    data = copy.deepcopy(data)
    name, _, number = name.partition(" ")
    if name == "activation":
        layer_at(data, number)["activation"] = value
    elif name == "loss":
        data["network"]["loss"] = value
    elif name == "gradient":
        data["gradient"] = value
    elif name == "trained":
        data["trained_biases"] = value == "yes"
    elif name == "batch":
        data["batch_sizes"] = batch_sizes(len(data["examples"]), whole(value, "the number of examples for each step"))
    elif name == "rounding":
        data["rounding"] = rounding_of(value)
        if not data["rounding"]:
            del data["rounding"]
    elif name == "biases":
        layer = layer_at(data, number)
        layer["biases"] = [Decimal(0) if value == "yes" else None for _ in layer["biases"]]
        layer.pop("shared_bias", None)
    else:
        raise NetworkError(f"there is no choice {quoted(name)} here")
    return data


def layer_at(data, number):
    layers = data["network"]["layers"]
    return layers[number_of(number, range(len(layers)), "layer")]


def number_of(text, numbers, thing):
    """Return the number of a layer or an example in a text; raise NetworkError unless it is one of `numbers`."""
    found = {str(number): number for number in numbers}
    if text not in found:
        raise NetworkError(f"there is no {thing} {quoted(text)} here")
    return found[text]


def whole(text, what):
    digits = text.strip()
    if not digits.isdecimal() or len(digits) > 6 or int(digits) == 0:
        raise NetworkError(f"{what} must be a whole number from 1 to 999,999, not {quoted(text)}")
    return int(digits)


def batch_sizes(examples, size):
    """Return the sizes of mini-batches of so many examples, the last of which may be smaller."""
    return [min(size, examples - start) for start in range(0, examples, size)]


ROUNDINGS = {"none": "not rounded", **{f"decimals {n}": f"to {n} decimals" for n in (2, 3, 4, 5, 6)}}
ROUNDINGS.update({f"significant_digits {n}": f"to {n} significant digits" for n in (3, 4, 5, 6)})


def rounding_of(name):
    if name not in ROUNDINGS:
        raise NetworkError(f"there is no rounding {quoted(name)} here")
    kind, _, digits = name.partition(" ")
    return {kind: int(digits)} if digits else None


def with_weights_of(data, network):
    """Return the data with the weights and biases of a network."""
    data = copy.deepcopy(data)
    for layer, trained in zip(data["network"]["layers"], network.layers):
        layer["weights"] = [[Decimal(repr(weight)) for weight in neuron.weights] for neuron in trained.neurons]
        layer["biases"] = [None if neuron.bias is None else Decimal(repr(neuron.bias)) for neuron in trained.neurons]
    return data
