"""Cases drawn at random, and numbers that round as another program's would."""

import math
import struct
from fractions import Fraction
from numbers import Number

from purenet.activations import Sigmoid
from purenet.arithmetic import tanh
from purenet.cases import Case
from purenet.layer import Layer
from purenet.neuron import Neuron
from purenet.perceptron import BipolarSigmoid
from purenet.trace.program import Program

UNITS = ("threshold", "threshold from 0", "sign", "sign from 0", "bipolar sigmoid")


def random_case(source):
    """Return a case of one to three layers with irregular numbers, drawn from a random.Random."""
    return Case(random_data(source))


def random_descents(source):
    """Return such a case with another descent than the plain one or that with momentum."""
    data = {**random_data(source), "descent": source.choice(["nesterov", "adam", "adamw"])}
    if data["descent"] == "nesterov":
        return Case({**data, "momentum": 0.8})
    del data["momentum"]
    settings = {"beta1": source.choice([0, 0.5, 0.9]), "beta2": source.choice([0.75, 0.999])}
    return Case({**data, **settings, "epsilon": source.choice([1e-8, 0.01])})


def random_data(source):
    sizes = [source.randint(1, 5) for _ in range(source.randint(2, 4))]
    loss, last = source.choice(
        [
            ("half squared error", source.choice(["sigmoid", "tanh", "identity", "relu", "leaky relu"])),
            ("squared error", "sigmoid"),
            ("mean squared error", "tanh"),
            ("cross-entropy", "softmax"),
            ("half squared error", "softmax"),
            ("binary cross-entropy", "sigmoid"),
        ]
    )
    data = drawn_data(source, sizes, loss, ["sigmoid", "tanh", "relu", "leaky relu"], 3)
    data["network"]["layers"][-1]["activation"] = last
    return data


def random_perceptrons(source):
    """Return a case of threshold units and sigmoids, where layers may share a bias.

    Its numbers have one digit after the point, so that many net inputs are 0, though not in every binary program.
    """
    sizes = [source.randint(1, 4) for _ in range(source.randint(2, 3))]
    data = drawn_data(source, sizes, "half squared error", [*UNITS, "sigmoid"], 1)
    for layer in data["network"]["layers"]:
        if source.random() < 0.3:
            layer.update(biases=source.choice([0, 0.1, -0.3]), shared_bias=True)
    return Case(data)


def drawn_data(source, sizes, loss, activations, digits):
    """Return the data of a case whose layers have some of the activations, its numbers so many digits after the point."""
    layers = []
    for before, size in zip(sizes, sizes[1:]):
        weights = [[round(source.uniform(-1.5, 1.5), digits) for _ in range(before)] for _ in range(size)]
        biases = [round(source.uniform(-1, 1), digits) for _ in range(size)] if source.random() < 0.8 else None
        layers.append({"activation": source.choice(activations), "weights": weights, "biases": biases})
    batch_sizes = [source.randint(1, 3) for _ in range(source.randint(1, 2))]
    total = batch_sizes[0] + (batch_sizes[1] if len(batch_sizes) > 1 else 0)
    return {
        "format_version": 1,
        "id": "random",
        "network": {"layers": layers, "loss": loss},
        "examples": [
            {
                "inputs": [round(source.uniform(-2, 2), digits) for _ in range(sizes[0])],
                "targets": targets(source, loss, sizes[-1]),
            }
            for _ in range(total)
        ],
        "batch_sizes": batch_sizes,
        "gradient": source.choice(["mean", "sum"]),
        "learning_rate": round(source.uniform(0.05, 1), digits),
        "momentum": source.choice([0, 0.9]),
        "weight_decay": source.choice([0, 0.03]),
    }


def targets(source, loss, size):
    if loss == "cross-entropy":
        place = source.randrange(size)
        return [1 if k == place else 0 for k in range(size)]
    if loss == "binary cross-entropy":
        return [source.choice([0, 1]) for _ in range(size)]
    return [round(source.uniform(0, 1), 3) for _ in range(size)]


class Reversed(Program):
    """A program that adds from the last to the first, the bias first of all."""

    class neuron(Neuron):
        def weigh(self, inputs):
            super().weigh(inputs)
            total = 0 if self.bias is None else self.bias
            for weight, y in reversed(list(zip(self.weights, inputs))):
                total = weight * y + total
            self.net_input = total

    class layer(Layer):
        def input_gradients(self):
            gradients = []
            for i in range(len(self.neurons[0].weights)):
                total = 0
                for neuron in reversed(self.neurons):
                    total = neuron.weights[i] * neuron.delta + total
                gradients.append(total)
            return gradients


class Fused(Program):
    """A program whose sums are rounded once, at the end, as fused multiply-add and wide registers do in part."""

    class neuron(Neuron):
        def weigh(self, inputs):
            super().weigh(inputs)
            self.net_input = rounded_once(self.weights + [1], list(inputs) + [self.bias or 0])

    class layer(Layer):
        def input_gradients(self):
            deltas = [neuron.delta for neuron in self.neurons]
            rows = [[neuron.weights[i] for neuron in self.neurons] for i in range(len(self.neurons[0].weights))]
            return [rounded_once(row, deltas) for row in rows]


class WithTanh(Program):
    """A program that computes both sigmoids by the hyperbolic tangent."""

    class sigmoid(Sigmoid):
        def value(self, x):
            return (1 + tanh(x / 2)) / 2

    class bipolar_sigmoid(BipolarSigmoid):
        def value(self, x):
            return tanh(x / 2)

    activations = {"sigmoid": sigmoid, "bipolar sigmoid": bipolar_sigmoid}


def rounded_once(ones, others):
    """Return the sum of products of floats, exact and then rounded."""
    total = Fraction(0)
    for one, other in zip(ones, others):
        total += Fraction(float(one)) * Fraction(float(other))
    return type(ones[0])(float(total))


class Single:
    """A number of 32 bits: every operation is rounded to it."""

    def __init__(self, value):
        self.value = struct.unpack("f", struct.pack("f", float(value)))[0]

    def __float__(self):
        return self.value

    def exp(self):
        return Single(math.exp(self.value))

    def log(self):
        return Single(math.log(self.value))

    def tanh(self):
        return Single(math.tanh(self.value))

    def sqrt(self):
        return Single(math.sqrt(self.value))

    def __pow__(self, exponent):
        return Single(self.value**exponent)

    def __neg__(self):
        return Single(-self.value)

    def __hash__(self):
        return hash(self.value)

    def __repr__(self):
        return repr(self.value)


def operation(name):
    def run(self, other):
        result = getattr(self.value, name)(float(other))
        return result if isinstance(result, bool) else Single(result)

    return run


for name in ("add", "sub", "mul", "truediv"):
    setattr(Single, f"__{name}__", operation(f"__{name}__"))
    setattr(Single, f"__r{name}__", operation(f"__r{name}__"))
for name in ("lt", "le", "gt", "ge", "eq"):
    setattr(Single, f"__{name}__", operation(f"__{name}__"))
Number.register(Single)
