"""How many neurons, layers and examples a case has: more, fewer, and the most that a page can show. Read numbers.py first."""

import copy
import random
from decimal import Decimal

from purenet.cases import Case
from purenet.checks import number_of_weights
from purenet.errors import NetworkError, quoted
from purenet.golden.new_case import ShortDecimals
from purenet.lab.numbers import number_of, plain_data

MOST_WEIGHTS, MOST_EXAMPLES, MOST_LAYERS = 600, 64, 8  # beyond these, no page could show them
MOST_TRACED = 1500  # weights times examples of the steps that are traced, for an answer within two seconds
MOST_STEPS_TRACED = 12  # training steps that are traced
NEW_WEIGHTS, NEW_INPUT, NEW_TARGET = ShortDecimals(), Decimal("0.5"), Decimal(0)


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
