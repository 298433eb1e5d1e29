"""What all bridges share: the names of activations in each library, and layers read or written one by one."""

from collections import namedtuple
from importlib import import_module

from purenet.activations import Identity, LeakyReLU, ReLU, Sigmoid, Tanh
from purenet.errors import NetworkError
from purenet.initialization import layer_of
from purenet.network import Network
from purenet.softmax import Softmax

LIBRARIES = ("torch", "sklearn", "keras", "onnx")  # in the order of the names below, None where a library has none
ACTIVATIONS = {
    Identity: ("Identity", "identity", "linear", "Identity"),
    Sigmoid: ("Sigmoid", "logistic", "sigmoid", "Sigmoid"),
    Tanh: ("Tanh", "tanh", "tanh", "Tanh"),
    ReLU: ("ReLU", "relu", "relu", "Relu"),
    LeakyReLU: ("LeakyReLU", None, None, "LeakyRelu"),  # Keras' own is steeper below 0
    Softmax: ("Softmax", "softmax", "softmax", "Softmax"),
}
LEAKS = (0.01, 0.009999999776482582)  # the slope of a leaky ReLU below 0, and the float32 nearest to it

Part = namedtuple("Part", "weights biases name")  # of a layer: weights[j][i], a list or None, the library's activation


def kinds_in(library):
    """Return the activation classes that a library has, by its names."""
    names = {kind: names[LIBRARIES.index(library)] for kind, names in ACTIVATIONS.items()}
    return {name: kind for kind, name in names.items() if name is not None}


def imported(module, name, extra):
    """Return a module of a library; raise NetworkError where the library is not installed."""
    try:
        return import_module(module)
    except ImportError:
        raise NetworkError(f"{name} is not installed: pip install 'purenet[{extra}]'") from None


def check_leak(slope, name):
    """Raise NetworkError for a slope of a leaky ReLU that is not purenet's; None is the library's default, which is."""
    if slope not in (None, *LEAKS):
        raise NetworkError(
            f"{name} with a slope of {slope} is not supported: in purenet, that of a leaky ReLU is {LEAKS[0]}"
        )


class LayersRead:
    """The layers of another library, read one after the other: weighted sums, each with the activation that follows it."""

    def __init__(self):
        self.parts = []  # of each layer: weights[j][i], biases or None, activation class or None as yet

    def add_sum(self, weights, biases):
        self.parts.append([weights, biases, None])

    def add_biases(self, biases):
        """Add biases, a separate operation in some libraries, to the last weighted sum."""
        self.parts[-1][1] = biases

    def add_activation(self, kind, name):
        """Take the activation of the last weighted sum; raise NetworkError if it has one, or there is no sum yet."""
        if kind is Identity:
            return
        if not self.parts:
            raise NetworkError(f"{name} comes before the first weights, and a network of purenet begins with those")
        if self.parts[-1][2] is not None:
            raise NetworkError(
                f"{name} follows {self.parts[-1][2].name}, and a layer of purenet has one activation after its weighted sum"
            )
        self.parts[-1][2] = kind

    def end_with(self, kind, loss):
        """Give the last layer the activation that a loss contains; raise NetworkError if it has one."""
        if self.parts and self.parts[-1][2] is not None:
            own = self.parts[-1][2].name
            raise NetworkError(f"{loss} applies {kind.name} itself, after the last layer's own {own}: leave that out")
        self.add_activation(kind, loss)

    def network(self, loss):
        """Return the network; raise NetworkError if there is no layer or a number is not finite."""
        layers = []
        for weights, biases, kind in self.parts:
            biases = [None] * len(weights) if biases is None else biases
            layers.append(layer_of([(row, bias, kind or Identity) for row, bias in zip(weights, biases)]))
        return Network(layers, loss)


def parts_of(network, kinds):
    """Return the layers of a network as `Part`s, in floats; raise NetworkError for what `kinds`, by name, cannot hold exactly."""
    names = {kind: name for name, kind in kinds.items()}
    return [part_of(layer, names) for layer in network.layers]


def part_of(layer, names):
    kinds, place = {type(neuron.activation) for neuron in layer.neurons}, f"layer {layer.letter.upper()}"
    if len(kinds) > 1:
        raise NetworkError(f"{place} has neurons with several activations, and a layer there has one")
    kind = kinds.pop()
    if kind not in names:
        raise NetworkError(
            f"{place} has the activation {kind.name}, which is none of: {', '.join(each.name for each in names)}"
        )
    biases = [neuron.bias for neuron in layer.neurons]
    if None in biases and biases != [None] * len(biases):
        raise NetworkError(f"only some neurons of {place} have a bias, and a layer there has one for all or for none")
    weights = [[exact_float(weight, neuron) for weight in neuron.weights] for neuron in layer.neurons]
    if None in biases:
        return Part(weights, None, names[kind])
    return Part(weights, [exact_float(neuron.bias, neuron) for neuron in layer.neurons], names[kind])


def exact_float(value, neuron):
    """Return a number as a float; raise NetworkError if that would round it."""
    if float(value) != value:
        raise NetworkError(f"neuron {neuron.name} holds {value!r}, which no float is exactly: round the network first")
    return float(value)
