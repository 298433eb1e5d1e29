"""Biases that are not trained, and biases that neurons share: what some worked examples do. Read descent.py first."""

from purenet.descent import GradientDescent
from purenet.layer import Layer
from purenet.neuron import Neuron
from purenet.softmax import SoftmaxLayer


class FrozenBiasNeuron(Neuron):
    """A neuron whose `update` leaves its bias as it is."""

    def update(self, learning_rate):
        bias = self.bias
        super().update(learning_rate)
        self.bias = bias


class FrozenBiasDescent(GradientDescent):
    """The same for momentum, which moves the biases of any neurons without calling their `update`."""

    frozen = True

    def update(self, network):
        biases = [neuron.bias for neuron in network.neurons()]
        super().update(network)
        for neuron, bias in zip(network.neurons(), biases):
            neuron.bias = bias


class SharedBiasLayer(Layer):
    """A layer whose neurons share one bias: each has a copy of it, and all copies move alike, by ∇b = Σ_j δ_j.

    If the one bias rises a little, each net input x_j rises as much, and E rises δ_j times as much for each of them.
    """

    shares_bias = True

    def backward(self, output_gradients):
        earlier = self.neurons[0].bias_gradient  # that of earlier examples of the same step
        super().backward(output_gradients)
        total = 0 if earlier is None else earlier
        for neuron in self.neurons:
            total += neuron.delta
        for neuron in self.neurons:
            neuron.bias_gradient = total


class SharedBiasSoftmaxLayer(SharedBiasLayer, SoftmaxLayer):
    """The same for a softmax layer."""


def share_bias(layer):
    """Let the neurons of a layer, which have equal biases, share one from now on."""
    layer.__class__ = SharedBiasSoftmaxLayer if isinstance(layer, SoftmaxLayer) else SharedBiasLayer
