"""Biases that are not trained, and biases that neurons share: what some worked examples do. Read descent.py first."""

from purenet.descent import Adam, AdamW, GradientDescent
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
    """The same for descents that move the biases of any neurons without calling their `update`."""

    frozen = True

    def update(self, network):
        biases = [neuron.bias for neuron in network.neurons()]
        super().update(network)
        for neuron, bias in zip(network.neurons(), biases):
            neuron.bias = bias


class FrozenBiasAdam(FrozenBiasDescent, Adam):
    """The same for Adam."""


class FrozenBiasAdamW(FrozenBiasDescent, AdamW):
    """The same for AdamW."""


class SharedBiasNeuron(Neuron):
    """A neuron that waits for the others of its layer before it adds its gradients, because they share the bias."""

    def accumulate_gradients(self):
        """Wait: `SharedBiasLayer` knows when all deltas are there."""

    def accumulate_shared(self, total):
        """Add the gradients, that of the bias being the sum of the deltas of the layer."""
        self.add_gradients([self.delta * y for y in self.inputs], total)


class FrozenSharedBiasNeuron(FrozenBiasNeuron, SharedBiasNeuron):
    """The same whose bias stays as it is."""


class SharedBiasLayer(Layer):
    """A layer whose neurons share one bias: each has a copy of it, and all copies move alike, by ∇b = Σ_j δ_j.

    If the one bias rises a little, each net input x_j rises as much, and E rises δ_j times as much for each of them.
    """

    shares_bias = True

    def backward(self, output_gradients):
        super().backward(output_gradients)
        total = 0
        for neuron in self.neurons:
            total += neuron.delta
        for neuron in self.neurons:
            neuron.accumulate_shared(total)


class SharedBiasSoftmaxLayer(SharedBiasLayer, SoftmaxLayer):
    """The same for a softmax layer."""


def share_bias(layer):
    """Let the neurons of a layer, which have equal biases, share one from now on."""
    layer.__class__ = SharedBiasSoftmaxLayer if isinstance(layer, SoftmaxLayer) else SharedBiasLayer
    for neuron in layer.neurons:
        neuron.__class__ = SharedBiasNeuron


def freeze_biases(network):
    """Let the biases of a network stay as they are in its `update`."""
    for neuron in network.neurons():
        shared = isinstance(neuron, SharedBiasNeuron)
        neuron.__class__ = FrozenSharedBiasNeuron if shared else FrozenBiasNeuron
