"""The numbers of a case as plain JSON data, each found by its printed symbol, and the changes that a person can make.

A change takes data and returns other data; the case that is made of it checks everything again.
"""

import copy
import random
from decimal import Context, Decimal

from purenet.arithmetic.notation import Symbol
from purenet.cases import Case
from purenet.checks import layer_letter, number_of_weights
from purenet.errors import NetworkError, quoted
from purenet.golden.new_case import ShortDecimals
from purenet.storage.files import decimal_number

MOST_WEIGHTS, MOST_EXAMPLES, MOST_LAYERS = 600, 64, 8  # beyond these, no page could show them
MOST_TRACED = 1500  # weights times examples of the steps that are traced, for an answer within two seconds
MOST_STEPS_TRACED = 12  # training steps that are traced
SETTINGS = {"η": "learning_rate", "μ": "momentum", "λ": "weight_decay"}
NEW_WEIGHTS, NEW_INPUT, NEW_TARGET = ShortDecimals(), Decimal("0.5"), Decimal(0)


def plain_data(case):
    """Return the data of a case without what belongs to its text alone: published and certified numbers."""
    layers = [plain_layer(*parts) for parts in zip(case.network_data.layers, case.network_data.shared_biases)]
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
        data.update(learning_rate=case.learning_rate, momentum=case.momentum, weight_decay=case.weight_decay)
        data.update(trained_biases=case.trained_biases)
    if case.rounding is not None:
        data.update(rounding=case.rounding)
    return data


def plain_layer(neurons, shared):
    """Return the data of a layer."""
    names = [kind.name for _, _, kind in neurons]
    layer = {
        "activation": names[0] if len(set(names)) == 1 else names,
        "weights": [list(weights) for weights, _, _ in neurons],
        "biases": [bias for _, bias, _ in neurons],
    }
    return {**layer, "shared_bias": True} if shared else layer


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
        found.update({symbol: (data, field) for symbol, field in SETTINGS.items()})
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
        return decimal_number(text.strip().replace("−", "-"))
    except ValueError:
        raise NetworkError(f"{symbol} must be a number such as 0.5 or -2, not {quoted(text)}") from None


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


# more and fewer neurons, layers and examples


def with_more(data, name, seed):
    """Return the data with one neuron, layer or example more; new weights are drawn, new biases are 0."""
    data = copy.deepcopy(data)
    source = random.Random(f"lab {seed}")
    kind, _, number = name.partition(" ")
    if kind == "example":
        data["examples"].append(copy.deepcopy(data["examples"][-1]))
        if "batch_sizes" in data:
            whole_batch = len(data["batch_sizes"]) == 1 < data["batch_sizes"][0]
            data["batch_sizes"] = [data["batch_sizes"][0] + 1] if whole_batch else [*data["batch_sizes"], 1]
    elif kind == "layer":
        add_layer(data["network"]["layers"], source)
    elif kind == "neuron":
        add_neuron(data, layer_number(data, number), source)
    else:
        raise NetworkError(f"the lab cannot add {quoted(name)}")
    return within_limits(data)


def layer_number(data, text):
    """Return the number of a layer in a text, 0 for that of the inputs."""
    return number_of(text, range(len(data["network"]["layers"]) + 1), "layer")


def add_layer(layers, source):
    """Put a hidden layer before the last, as wide as what that takes."""
    size = len(layers[-1]["weights"][0])
    kinds = layers[-2]["activation"] if len(layers) > 1 else "sigmoid"
    layer = {
        "activation": kinds if isinstance(kinds, str) else kinds[0],
        "weights": [drawn(source, size, size) for _ in range(size)],
        "biases": [None if layers[-1]["biases"][0] is None else Decimal(0)] * size,
    }
    layers.insert(len(layers) - 1, layer)


def add_neuron(data, number, source):
    """Put a neuron at the end of a layer, by its number; 0 is that of the inputs."""
    layers = data["network"]["layers"]
    if number > 0:
        layer = layers[number - 1]
        inputs = len(layer["weights"][0])
        layer["weights"].append(drawn(source, inputs, len(layer["weights"]) + 1))
        shared, first = layer.get("shared_bias"), layer["biases"][0]
        layer["biases"].append(first if shared or first is None else Decimal(0))
        if isinstance(layer["activation"], list):
            layer["activation"].append(layer["activation"][-1])
    else:
        for example in data["examples"]:
            example["inputs"].append(NEW_INPUT)
    if number == len(layers):
        for example in data["examples"]:
            if "targets" in example:
                example["targets"].append(NEW_TARGET)
    else:
        following = layers[number]["weights"]
        for weights in following:
            weights += drawn(source, len(weights) + 1, len(following), 1)


def drawn(source, inputs, outputs, count=None):
    """Return the weights of a new neuron, or some more of one: numbers of two decimals."""
    return [NEW_WEIGHTS.weight(source, inputs, outputs) for _ in range(inputs if count is None else count)]


def with_fewer(data, name, seed):
    """Return the data without the last neuron of a layer, the last hidden layer, or an example ("example 2")."""
    data = copy.deepcopy(data)
    kind, _, number = name.partition(" ")
    layers = data["network"]["layers"]
    if kind == "example":
        remove_example(data, number)
    elif kind == "layer" and len(layers) > 1:
        del layers[-2]
        size = len(layers[-2]["weights"]) if len(layers) > 1 else len(data["examples"][0]["inputs"])
        source = random.Random(f"lab {seed}")
        for weights in layers[-1]["weights"]:
            weights += drawn(source, size, 1, max(0, size - len(weights)))
            del weights[size:]
    elif kind == "neuron":
        remove_neuron(data, layer_number(data, number))
    elif kind != "layer":
        raise NetworkError(f"the lab cannot remove {quoted(name)}")
    else:
        raise NetworkError("the last layer cannot be removed: its outputs are compared with the targets")
    return data


def remove_neuron(data, number):
    layers = data["network"]["layers"]
    size = len(data["examples"][0]["inputs"]) if number == 0 else len(layers[number - 1]["weights"])
    if size == 1:
        raise NetworkError("a layer needs at least one neuron")
    if number == 0:
        lists = [example["inputs"] for example in data["examples"]]
    else:
        layer = layers[number - 1]
        lists = [layer["weights"], layer["biases"], *[a for a in [layer["activation"]] if isinstance(a, list)]]
    if number == len(layers):
        lists += [example["targets"] for example in data["examples"] if "targets" in example]
    else:
        lists += layers[number]["weights"]
    for numbers in lists:
        del numbers[-1]


def remove_example(data, number):
    """Take an example away, by the text of its number from 1, and return it."""
    examples, sizes = data["examples"], data.get("batch_sizes")
    number = number_of(number, range(1, len(examples) + 1), "example")
    if len(examples) == 1:
        raise NetworkError("a case needs at least one example")
    if sizes:
        batch, left = 0, number
        while left > sizes[batch]:
            left -= sizes[batch]
            batch += 1
        sizes[batch] -= 1
        data["batch_sizes"] = [size for size in sizes if size]
    return examples.pop(number - 1)


def fitted(example, data):
    """Return an example that is held out, with as many inputs and targets as the others have now."""
    first, found = data["examples"][0], copy.deepcopy(example)
    for field, more in (("inputs", NEW_INPUT), ("targets", NEW_TARGET)):
        if field in found:
            size = len(first[field])
            found[field] = found[field][:size] + [more] * (size - len(found[field]))
    return found


def with_drawn_weights(data, seed):
    """Return the data with other starting weights, numbers of two decimals; biases begin at 0."""
    data = copy.deepcopy(data)
    source = random.Random(f"lab weights {seed}")
    for layer in data["network"]["layers"]:
        inputs, outputs = len(layer["weights"][0]), len(layer["weights"])
        layer["weights"] = [drawn(source, inputs, outputs) for _ in range(outputs)]
        layer["biases"] = [None if bias is None else Decimal(0) for bias in layer["biases"]]
    return data


def within_limits(data):
    """Return the data; raise NetworkError if there is more than a page can show."""
    sizes = [len(data["examples"][0]["inputs"]), *[len(layer["weights"]) for layer in data["network"]["layers"]]]
    for found, most, what in (
        (number_of_weights(sizes), MOST_WEIGHTS, "weights"),
        (len(data["examples"]), MOST_EXAMPLES, "examples"),
        (len(sizes) - 1, MOST_LAYERS, "layers"),
    ):
        if found > most:
            raise NetworkError(
                f"the lab shows at most {most:,} {what}, and these are {found:,}: `purenet train` has no such limit"
            )
    weights, most = number_of_weights(sizes), max(data.get("batch_sizes", [1]))
    if weights * most > MOST_TRACED:
        raise NetworkError(
            f"with {weights} weights, the lab shows steps of at most {MOST_TRACED // weights} examples, "
            f"and here is one of {most}: `purenet walkthrough` has no such limit"
        )
    return data


def steps_traced(case):
    """Return how many training steps of a case are traced: the first ones."""
    weights, examples, steps = number_of_weights(case.network_data.sizes), 0, 0
    for size in case.batch_sizes[:MOST_STEPS_TRACED]:
        examples += size
        if steps and weights * examples > MOST_TRACED:
            break
        steps += 1
    return steps


def checked(data, name):
    """Return the data of the case that it makes; raise NetworkError saying what is wrong with it."""
    return plain_data(Case(within_limits(data), name or "the case"))


def with_weights_of(data, network):
    """Return the data with the weights and biases of a network."""
    data = copy.deepcopy(data)
    for layer, trained in zip(data["network"]["layers"], network.layers):
        layer["weights"] = [[Decimal(repr(weight)) for weight in neuron.weights] for neuron in trained.neurons]
        layer["biases"] = [None if neuron.bias is None else Decimal(repr(neuron.bias)) for neuron in trained.neurons]
    return data
