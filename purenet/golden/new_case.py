"""Make a case of one's own: weights that are drawn, or read from what a program printed, and data for a JSON file.

`certified_text` in generate.py adds the certified values.
"""

import random
import re
from decimal import Decimal

from purenet.cases import Case
from purenet.cases.descents import SETTINGS
from purenet.checks import layer_letter, number_of_weights
from purenet.errors import NetworkError, count
from purenet.initialization import layer_of
from purenet.network import Network
from purenet.storage.files import decimal_number
from purenet.storage.saved_network import layer_data
from purenet.trace.quantities import shape_of
from purenet.training import training_step

DRAWS = 20  # networks, of which the best is taken
NUMBER = re.compile(r"(?<![\w.+-])[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?![\w.]|\s*[:=])")
# digits that are part of a name or a description: w[0][1] = …, shape=(2, 4)
NAMES = re.compile(r"\w(?:\[\d+\])+\s*[:=]|\b(?:shape|size|dtype)=(?:\([^)]*\)|[\w.]+)")
ODD = re.compile(r"\b(?:nan|inf|infinity)\b|\.\.\.|…", re.IGNORECASE)
ROW_OF_TSV = re.compile(r"(?:weights|biases)\t")


class ShortDecimals:
    """Every weight is a number of two decimals that is not 0, of at most 1, and less where a neuron has many inputs."""

    def weight(self, source, inputs, outputs):
        most = max(2, round(100 * min(1, 2 / inputs**0.5)) - 1)
        size = 1 + int(source.random() * most)
        return Decimal(size if source.random() < 0.5 else -size).scaleb(-2).normalize()


def case_data(id, network, examples, settings):
    """Return data for the file of a case: a network, examples in their order, and how to train on them.

    `settings` is a dictionary of batch_size, epochs, learning_rate, gradient, descent, and the settings of that.
    """
    starts = range(0, len(examples), settings["batch_size"])
    sizes = [min(settings["batch_size"], len(examples) - start) for start in starts]
    layers = [plain_layer(layer) for layer in network.layers]
    return {
        "format_version": 1,
        "id": id,
        "title": f"{'-'.join(map(str, shape_of(network)[0]))}, {network.loss.name}",
        "network": {"layers": layers, "loss": network.loss.name},
        "examples": [{"inputs": inputs, "targets": targets} for inputs, targets in examples] * settings["epochs"],
        "batch_sizes": sizes * settings["epochs"],
        **{name: settings[name] for name in ("learning_rate", "gradient")},
        **({} if settings["descent"] == "gradient" else {"descent": settings["descent"]}),
        **{name: settings[name] for name in SETTINGS[settings["descent"]]},
    }


def plain_layer(layer):
    """Return a layer for JSON, where a layer without any bias says so once."""
    data = layer_data(layer)
    return data if any(bias is not None for bias in data["biases"]) else {**data, "biases": None}


def drawn_data(build, seed, data_of):
    """Return the data of a case with drawn weights, those of several draws whose net inputs come least near to 0.

    There, relu, leaky relu and threshold have a corner, a sigmoid is exactly ½, and a program may be on either side. `build` makes a
    network from a random.Random, and `data_of` the data of a case from a network.
    """
    draws = [data_of(build(random.Random(f"weights {seed} {draw}"))) for draw in range(1, DRAWS + 1)]
    return max(draws, key=lambda data: smallest_net_input(Case(data)))  # the first of equals


def smallest_net_input(case):
    """Return the smallest net input of a training, without its sign, of neurons that get anything but 0."""
    network, descent = case.network(), case.descent()
    smallest = float("inf")
    for batch in case.steps():
        for inputs, _ in batch:
            network.forward(inputs)
            fed = [neuron for neuron in network.neurons() if neuron.bias or any(neuron.inputs)]
            smallest = min([smallest, *(abs(neuron.net_input) for neuron in fed)])
        training_step(network, batch, descent, case.gradient)
    return smallest


# weights that a program printed


def printed_network(text, where, sizes, hidden, last, loss, with_biases=True, by_input=False):
    """Return a network with the weights and biases in a text, in whatever way a program prints numbers.

    They are those of one layer after the other, of each its weights and then its biases; `hidden` and `last` are
    activation classes. With `by_input`, weights are printed with a row for each input. Raises NetworkError unless there
    are as many numbers as the network has.
    """
    numbers = printed_numbers(text, where)
    check_count(len(numbers), where, sizes, with_biases, by_input)
    layers = []
    for number, (inputs, outputs) in enumerate(zip(sizes, sizes[1:]), start=2):
        weights, numbers = numbers[: inputs * outputs], numbers[inputs * outputs :]
        rows = [weights[j::outputs] if by_input else weights[j * inputs :][:inputs] for j in range(outputs)]
        biases = [None] * outputs
        if with_biases:
            biases, numbers = numbers[:outputs], numbers[outputs:]
        kind = last if number == len(sizes) else hidden
        layers.append(layer_of([(row, bias, kind) for row, bias in zip(rows, biases)]))
    return Network(layers, loss)


def printed_numbers(text, where):
    """Return the numbers in a text as Decimals; of TSV only those of weights and biases, and none in names and comments."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    rows = [line for line in lines if ROW_OF_TSV.match(line)]
    text = NAMES.sub(" ", "\n".join(rows or lines))
    odd = ODD.search(text)
    if odd:
        raise NetworkError(f"{where} holds {odd[0]}: print all numbers in full, each of them finite")
    return [decimal_number(found) for found in NUMBER.findall(text)]


def check_count(found, where, sizes, with_biases, by_input):
    """Raise NetworkError unless a number of numbers is that of the weights and biases of a network."""
    layers = list(zip(sizes, sizes[1:]))
    weights, biases = number_of_weights(sizes), sum(sizes[1:])
    needed = weights + biases if with_biases else weights
    if found == needed:
        return
    hint = ""
    if found in (weights, weights + biases):
        hint = (
            "; if there are no biases, say --no-biases"
            if with_biases
            else "; if those are biases, leave out --no-biases"
        )
    order = ", then ".join(
        order_of(number, *pair, with_biases, by_input) for number, pair in enumerate(layers, start=1)
    )
    sizes = "-".join(map(str, sizes))
    raise NetworkError(f"{where} holds {count(found, 'number')}, and the network {sizes} needs {needed}: {order}{hint}")


def order_of(number, inputs, outputs, with_biases, by_input):
    """Return in words the order of the numbers of a layer."""
    letter = layer_letter(number).upper()
    row = f"{outputs} for each input" if by_input else f"{inputs} for each neuron"
    biases = f" and its {outputs} bias{'' if outputs == 1 else 'es'}" if with_biases else ""
    return f"the {count(inputs * outputs, 'weight')} of {letter} ({row}){biases}"
