"""Draw the numbers of a case: one decimal, kind to whoever computes with them by hand.

Only random.Random.random is used, which gives the same numbers in every version of Python.
"""

from decimal import Decimal

LARGEST = 9  # tenths of a drawn number
ZERO_OR_ONE = ("sigmoid", "threshold", "threshold from 0")  # activations whose targets are 0 or 1
PLUS_OR_MINUS_ONE = ("sign", "sign from 0")


def redrawn(data, source):
    """Return the data of a case with weights, biases, inputs and targets that are drawn from a random.Random.

    The network must be in plain form. Steps that have an example in common still do.
    """
    layers = [drawn_layer(layer, source) for layer in data["network"]["layers"]]
    drawn = {}
    for example in data["examples"]:
        key = str(example)
        if key not in drawn:
            drawn[key] = {"inputs": [tenth(source, positive=True) for _ in example["inputs"]]}
            if "targets" in example:
                drawn[key]["targets"] = targets(data["network"], len(example["targets"]), source)
    examples = [drawn[str(example)] for example in data["examples"]]
    return {**data, "network": {**data["network"], "layers": layers}, "examples": examples}


def drawn_layer(layer, source):
    """Return a layer with drawn weights and, where it has biases, drawn biases, neuron by neuron."""
    weights, biases = [], []
    for row, bias in zip(layer["weights"], layer["biases"] or layer["weights"]):
        weights.append([tenth(source) for _ in row])
        biases.append(None if bias is None or not layer["biases"] else tenth(source))
    if layer.get("shared_bias"):
        biases = biases[:1] * len(biases)
    return {**layer, "weights": weights, "biases": biases if layer["biases"] else None}


def targets(network, size, source):
    """Return targets that outputs of the last layer can come near to."""
    name, loss = network["layers"][-1]["activation"], network.get("loss", "")
    if loss == "cross-entropy" or name == "softmax":
        right = below(source, size)
        return [Decimal(int(k == right)) for k in range(size)]
    if name in PLUS_OR_MINUS_ONE:
        return [Decimal(2 * below(source, 2) - 1) for _ in range(size)]
    if name in ZERO_OR_ONE or loss == "binary cross-entropy":
        return [Decimal(below(source, 2)) for _ in range(size)]
    return [tenth(source, positive=name in ("relu", "leaky relu")) for _ in range(size)]


def tenth(source, positive=False):
    """Return a number of one decimal that is not 0, of at most 0.9 in size."""
    size = Decimal(1 + below(source, LARGEST)).scaleb(-1)
    return size if positive or below(source, 2) else -size


def below(source, size):
    """Return a whole number from 0, below a size."""
    return int(source.random() * size)
