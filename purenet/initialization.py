"""Starting weights, and networks that begin with them. Read network.py first.

All random numbers come from a random.Random that the caller gives, so that a run can be repeated.
"""

from math import sqrt

from purenet.activations import Identity, Sigmoid
from purenet.errors import NetworkError, check_number
from purenet.layer import Layer
from purenet.network import Network
from purenet.neuron import Neuron
from purenet.softmax import Softmax, SoftmaxLayer


class Constant:
    """Every weight is the same number. Hidden neurons then stay alike: good for examples, not for learning."""

    def __init__(self, value):
        check_number(value, "the constant weight")
        self.value = value

    def weight(self, source, inputs, outputs):
        return self.value


class Uniform:
    """Every weight is drawn evenly from the range [low, high)."""

    def __init__(self, low, high):
        check_number(low, "the low end of the range of weights")
        check_number(high, "the high end of the range of weights")
        if not low <= high:
            raise NetworkError(f"the range of weights from {low} to {high} is empty")
        self.low, self.high = low, high

    def weight(self, source, inputs, outputs):
        """Return low + (high − low) · u, where u is the source's next number in [0, 1)."""
        return self.low + (self.high - self.low) * source.random()


class Glorot:
    """Weights drawn evenly from ±√(6 / (inputs + outputs)): keeps the outputs of sigmoid and tanh layers at one size.

    Source: X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks", 2010,
    formula 16.
    """

    def weight(self, source, inputs, outputs):
        limit = sqrt(6 / (inputs + outputs))
        return Uniform(-limit, limit).weight(source, inputs, outputs)


class He:
    """Weights drawn from a normal distribution of standard deviation √(2 / inputs): does the same for ReLU layers.

    Source: K. He, X. Zhang, S. Ren, J. Sun, "Delving deep into rectifiers", 2015, formula 10.
    """

    def weight(self, source, inputs, outputs):
        return source.gauss(0, sqrt(2 / inputs))


def build_network(sizes, hidden=Sigmoid, last=Identity, weights=None, source=None, bias=0.0, loss=None):
    """Return a network of the given sizes, the number of inputs first: [2, 3, 1] has three hidden neurons and one output.

    `hidden` and `last` are activation classes; Softmax as `last` makes a softmax layer. `weights` is an object of one of
    the classes above, by default Glorot(). It draws from `source`, a random.Random, neuron by neuron, the weights of
    each in order. `bias` is the starting bias of every neuron; "drawn" draws it after the neuron's weights, and None
    makes neurons without one.
    """
    if len(sizes) < 2 or any(type(size) is not int or size < 1 for size in sizes):
        raise NetworkError(f"layer sizes must be at least two whole numbers of at least 1, such as 2,3,1, not {sizes}")
    weights = weights or Glorot()
    if source is None and not isinstance(weights, Constant):
        raise NetworkError("random weights need a generator: source=random.Random(1), with any seed for the 1")
    layers = []
    for number, (inputs, outputs) in enumerate(zip(sizes, sizes[1:]), start=1):
        kind = last if number == len(sizes) - 1 else hidden
        parameters = []
        for _ in range(outputs):
            start = [weights.weight(source, inputs, outputs) for _ in range(inputs)]
            own = weights.weight(source, inputs, outputs) if bias == "drawn" else bias
            parameters.append((start, own, kind))
        layers.append(layer_of(parameters))
    return Network(layers, loss)


def layer_of(parameters):
    """Return a layer from a list of (weights, bias, activation class), one for each neuron; softmax is of all or none."""
    if parameters[0][2] is Softmax:
        return SoftmaxLayer([Neuron(weights, bias) for weights, bias, _ in parameters])
    return Layer([Neuron(weights, bias, kind()) for weights, bias, kind in parameters])
