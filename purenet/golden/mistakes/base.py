"""What a mistake is, and the few tools that several of them share."""

import re

from purenet.descent import GradientDescent
from purenet.layer import Layer
from purenet.losses import HalfSquaredError, MeanSquaredError, SquaredError
from purenet.neuron import Neuron
from purenet.softmax import SoftmaxLayer
from purenet.trace.program import Program

BENT = ("sigmoid", "tanh", "relu", "bipolar sigmoid", "threshold", "threshold from 0", "sign", "sign from 0")
SQUARED = (HalfSquaredError, SquaredError, MeanSquaredError)


class Mistake(Program):
    """A program with one mistake in it. The docstring of each says in one sentence what is wrong.

    wrong, right     the formulas, in printed symbols
    seen             where it was seen: a web address, or "" if only imagined
    convention       True where it may be intended, and is no mistake then
    """

    wrong = right = seen = ""
    convention = False

    @classmethod
    def id(cls):
        """Return the id: "bias-missing-forward" for BiasMissingForward."""
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", cls.__name__).lower()

    @property
    def sentence(self):
        return " ".join(type(self).__doc__.split())


class SeesItsLayer:
    """For a neuron whose wrong formula needs all deltas of its layer: they are computed first, then everything again."""

    class layer(Layer):
        def backward(self, output_gradients):
            before = [(neuron.weight_gradients, neuron.bias_gradient) for neuron in self.neurons]
            before = [(weights and list(weights), bias) for weights, bias in before]
            for neuron in self.neurons:
                neuron.layer_deltas = None
            super().backward(output_gradients)
            deltas = [neuron.delta for neuron in self.neurons]
            for place, neuron in enumerate(self.neurons):
                neuron.weight_gradients, neuron.bias_gradient = before[place]
                neuron.layer_deltas, neuron.place = deltas, place
            super().backward(output_gradients)


class WrongInputs(Neuron):
    """A neuron that multiplies its delta by `factors()`, which are not its inputs."""

    def accumulate_gradients(self):
        right = self.inputs
        factors = self.factors()
        if len(factors) != len(right):
            raise IndexError(f"{len(factors)} numbers for {len(right)} weights")
        self.inputs = factors
        super().accumulate_gradients()
        self.inputs = right


class SoftmaxDelta(Layer):
    """A softmax layer with another formula for its deltas: `delta_of(j, output_gradients)`."""

    def backward(self, output_gradients):
        if not isinstance(self, SoftmaxLayer):
            super().backward(output_gradients)
            return
        for j, neuron in enumerate(self.neurons):
            neuron.delta = self.delta_of(j, output_gradients)
            neuron.accumulate_gradients()


class Stretched(GradientDescent):
    """Moves each weight and bias `factor(network, neuron, is_bias)` times as far as it should."""

    def update(self, network):
        neurons = network.neurons()
        before = [(list(neuron.weights), neuron.bias) for neuron in neurons]
        super().update(network)
        for neuron, (weights, bias) in zip(neurons, before):
            factor = self.factor(network, neuron, False)
            neuron.weights = [old + factor * (new - old) for old, new in zip(weights, neuron.weights)]
            if bias is not None:
                neuron.bias = bias + self.factor(network, neuron, True) * (neuron.bias - bias)


def scale_gradients(network, weight_factor, bias_factor, divisor):
    """Multiply all gradients, those of weights and those of biases, and divide them."""
    for layer in network.layers:
        for neuron in layer.neurons:
            neuron.weight_gradients = [gradient * weight_factor / divisor for gradient in neuron.weight_gradients]
            if neuron.bias is not None:
                neuron.bias_gradient = neuron.bias_gradient * bias_factor / divisor
