"""Chapter 7. A wrong gradient that learns: deep networks of sigmoids."""

import random
import sys
from math import sqrt

from purenet import (
    Layer,
    Network,
    Neuron,
    Sigmoid,
    Uniform,
    accuracy,
    build_network,
    train,
)
from purenet.datasets import digits
from purenet.document.table import Table

sys.stdout.reconfigure(encoding="utf-8")  # for terminals that are set to another encoding
WIDTH = 80


class NetInputNeuron(Neuron):
    """Computes its gradients from the net inputs of the layer before, instead of from its outputs."""

    before = None  # the layer before; None for the first layer, whose inputs have no net inputs

    def accumulate_gradients(self):
        outputs = self.inputs
        if self.before is not None:
            self.inputs = [neuron.net_input for neuron in self.before.neurons]
        super().accumulate_gradients()
        self.inputs = outputs


class SquashedTwice(Sigmoid):
    """Computes the slope at the output y, as if that were the net input."""

    def derivative(self, x, y):
        again = self.value(y)
        return super().derivative(y, again)


def wrong(network):
    """Return a network of the same weights with both mistakes."""
    layers = []
    for number, layer in enumerate(network.layers):
        activation = SquashedTwice() if number == len(network.layers) - 1 else Sigmoid()
        neurons = [NetInputNeuron(neuron.weights, None, activation) for neuron in layer.neurons]
        for neuron in neurons:
            neuron.before = layers[-1] if layers else None
        layers.append(Layer(neurons))
    return Network(layers)


def gradients(network, examples):
    """Return the gradients of some examples, layer by layer, as lists."""
    network.reset_gradients()
    for inputs, targets in examples:
        network.forward(inputs)
        network.backward(targets)
    return [[g for neuron in layer.neurons for g in neuron.weight_gradients] for layer in network.layers]


def cosine(one, other):
    """Return the cosine of the angle between two lists: 1 for the same direction, 0 for nothing in common."""
    product, first, second = 0, 0, 0
    for a, b in zip(one, other):
        product, first, second = product + a * b, first + a * a, second + b * b
    return product / sqrt(first * second)


print("""\
Chapter 7. A wrong gradient that learns
=======================================

A program may compute wrong gradients and learn nonetheless. That is why such
mistakes last. This chapter takes two that appear together in a published
program, OsmanBuyuksar/NeuralNetwork, with several hidden layers, all sigmoid,
without biases:

  - The gradient of a weight is δ_j times the number that came in through it,
    y_i. The program takes x_i, the net input of the neuron before, instead.
  - The slope f′ must be taken at the net input. In the last layer the program
    takes it at the output, so that the sigmoid is applied twice.

The task is the 8x8 handwritten digits; the network is 64-16-12-10, starting
from weights between −0.5 and 0.5. First, how far do the right and the wrong
gradient point in different directions? The cosine of the angle between them,
for the first 100 images, is 1 for the same direction and 0 for a right angle:
""")

data = digits()
start = build_network([64, 16, 12, 10], Sigmoid, Sigmoid, Uniform(-0.5, 0.5), random.Random(1), bias=None)
right_gradients = gradients(start, data.examples[:100])
wrong_gradients = gradients(wrong(start), data.examples[:100])
rows = []
for number, (a, b) in enumerate(zip(right_gradients, wrong_gradients)):
    rows.append([f"{'IJK'[number]} to {'JKL'[number]}", f"{cosine(a, b):.3f}".replace("-", "−")])
print(Table(["weights from", "cosine"], rows, [(0,), (1,)]).text(100))

print("""
Then both learn, for 8 epochs of 1,438 images, one image a step, at two learning
rates. Accuracy is the share of the 359 held-out images that are classified
correctly:
""")

rows = []
for rate in (0.1, 0.5):
    row = [str(rate)]
    for make in (lambda network: network, wrong):
        network = make(
            build_network([64, 16, 12, 10], Sigmoid, Sigmoid, Uniform(-0.5, 0.5), random.Random(1), bias=None)
        )
        for epoch in train(network, data.examples, rate, epochs=8, shuffle=random.Random(2)):
            pass
        row += [f"{epoch.loss:.4f}", f"{100 * accuracy(network, data.held_out):.1f} %"]
    rows.append(row)
headers = ["rate", "right: loss E", "held out", "wrong: loss E", "held out "]
print(Table(headers, rows, [(0,), (1, 2), (3, 4)]).text(100))

print("""
At the small rate the wrong gradient is even ahead: squashing twice makes the
slope of the last layer larger, near ¼ where the right slope is nearly 0, so its
steps are longer. At the larger rate the right one learns faster, and the wrong
one falls apart. A falling loss does not tell the two apart; a comparison of
gradients does, in the first step.

That comparison is `gradient_check` in purenet/inspect/gradient_check.py. The
right formulas are `Neuron.accumulate_gradients` and `Neuron.backward` in
purenet/neuron.py.""")
