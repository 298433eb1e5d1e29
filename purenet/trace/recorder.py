"""The recorder: it runs the core on expressions, with neurons that write down each number that they keep."""

import copy
import functools
from decimal import DecimalException

from purenet.arithmetic.expression import Expression, expression
from purenet.arithmetic.notation import Symbol
from purenet.checks import layer_letter
from purenet.errors import INFINITY, NetworkError

QUANTITIES = {"x": "the net input", "y": "the output", "δ": "the delta", "∇b": "the bias gradient", "b": "the new bias"}


class StepRecording:
    """One training step on expressions. `quantities` holds, by printed symbol, each number given or written down."""

    def __init__(self, network, inputs, targets, learning_rate, kind=lambda value: value, pencil=None):
        self.quantities = {}
        self.pencil = pencil
        self.after = False
        self.kind = kind
        self.network = self.recording(network)
        self.inputs = [self.given(value, "y", f"i{i}") for i, value in enumerate(inputs, start=1)]
        outputs = self.network.layers[-1]
        self.targets = [self.given(value, "t", neuron.name) for value, neuron in zip(targets, outputs.neurons)]
        self.learning_rate = self.given(learning_rate, "η")
        try:
            self.step()
        except (OverflowError, DecimalException) as error:
            raise NetworkError(
                f"a number leaves the range of its kind ({type(error).__name__}): scale inputs or weights down"
            )
        except TypeError as error:
            raise NetworkError(
                f"the numbers are of kinds that do not mix, such as float and Decimal: {error}"
            ) from error

    def step(self):
        """Do one step of the training loop, then a forward pass that shows how the loss has changed."""
        network = self.network
        network.forward(self.inputs)
        self.write_loss()
        network.reset_gradients()
        network.backward(self.targets)
        network.update(self.learning_rate)
        self.after = True
        network.forward(self.inputs)
        self.write_loss()

    def write_loss(self):
        outputs, loss = self.network.layers[-1].outputs, self.network.loss
        self.write(loss.value(outputs, self.targets), "E")
        for neuron, slope in zip(self.network.layers[-1].neurons, loss.derivative(outputs, self.targets)):
            self.write(slope, "∂E/∂y", neuron.name)

    def given(self, value, base, subscript=""):
        """Return a given number as an expression with a symbol."""
        symbol = Symbol(base, subscript)
        self.quantities[str(symbol)] = quantity = Expression(self.kind(value), symbol)
        return quantity

    def write(self, value, base, subscript="", after=None):
        """Return a computed number as an expression with a symbol, rounded if the pencil rounds it."""
        symbol = Symbol(base, subscript, self.after if after is None else after)
        computed = expression(value)
        if not -INFINITY < computed.value < INFINITY:
            where = f"{QUANTITIES[base]} of neuron {subscript}" if base in QUANTITIES else f"the quantity {symbol}"
            raise NetworkError(
                f"{where} overflows: {symbol} is {computed.value}; make inputs, weights or learning rate smaller"
            )
        written = computed.value if self.pencil is None else self.pencil.write(symbol, self.kind(computed.value))
        self.quantities[str(symbol)] = quantity = computed.written_down(symbol, written)
        return quantity

    def recording(self, network):
        """Return a copy of a network whose neurons write their numbers down in this recording."""
        network = copy.deepcopy(network)
        for number, layer in enumerate(network.layers):
            for neuron in layer.neurons:
                neuron.__class__ = recording_class(type(neuron))
                neuron.run = self
                neuron.letter_before = layer_letter(number)
                neuron.weights = [self.given(w, "w", neuron.connection(i)) for i, w in enumerate(neuron.weights)]
                if neuron.bias is not None:
                    neuron.bias = self.given(neuron.bias, "b", neuron.name)
        return network


@functools.lru_cache(maxsize=None)
def recording_class(neuron_class):
    """Return a class of neurons like those of neuron_class that write their numbers down; always the same one."""
    return type(f"Recording{neuron_class.__name__}", (RecordingNeuron, neuron_class), {})


def recorded(attribute, base):
    """Return a property that hands a number to the neuron's `run.write` when the neuron keeps it as this attribute."""

    def record(neuron, value):
        neuron.__dict__[attribute] = value if value is None else neuron.run.write(value, base, neuron.name)

    return property(lambda neuron: neuron.__dict__[attribute], record)


class RecordingNeuron:
    """Put in front of a neuron's class, so that the neuron writes down in a `StepRecording` all that it computes."""

    net_input = recorded("net_input", "x")
    output = recorded("output", "y")
    delta = recorded("delta", "δ")
    bias_gradient = recorded("bias_gradient", "∇b")

    @property
    def weight_gradients(self):
        return self.__dict__["weight_gradients"]

    @weight_gradients.setter
    def weight_gradients(self, gradients):
        if gradients is not None:
            gradients = [self.run.write(gradient, "∇w", self.connection(i)) for i, gradient in enumerate(gradients)]
        self.__dict__["weight_gradients"] = gradients

    def update(self, learning_rate):
        super().update(learning_rate)
        self.weights = [self.run.write(w, "w", self.connection(i), after=True) for i, w in enumerate(self.weights)]
        if self.bias is not None:
            self.bias = self.run.write(self.bias, "b", self.name, after=True)

    def connection(self, i):
        """Return the subscript of the weight from input i: i1j1."""
        return f"{self.letter_before}{i + 1}{self.name}"
