"""Chapter 7. A wrong gradient that learns: deep networks of sigmoids."""

import random
from math import sqrt

from purenet import Layer, Network, Neuron, Sigmoid, Uniform, accuracy, build_network, train
from purenet.book import Chapter, Choice, Number, measured
from purenet.datasets import digits
from purenet.document.table import Table

RATES = (0.1, 0.5)

chapter = Chapter(
    7,
    "A wrong gradient that learns",
    question="A program learns. Is its gradient right?",
    assumes="δ and ∇w in several layers, from chapters 3 and 4.",
)


@chapter.content
def a_wrong_gradient_that_learns():
    yield """
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
for the first 100 images, is 1 for the same direction and 0 for a right angle.
For two lists of numbers, it is the sum of their products, divided by the
lengths of both, and a length is the root of the sum of the squares:
"""
    rows = [
        [f"{'IJK'[number]} to {'JKL'[number]}", f"{each:.3f}".replace("-", "−")]
        for number, each in enumerate(measured("07 cosines", cosines))
    ]
    yield Table(["weights from", "cosine"], rows, [(0,), (1,)])

    yield """
Then both learn, for 8 epochs of 1,438 images, one image a step, at two learning
rates. Accuracy is the share of the 359 held-out images that are classified
correctly:
"""
    rows = []
    for rate, both in zip(RATES, measured("07 trainings", trainings)):
        rows.append([str(rate)])
        for loss, share in both:
            rows[-1] += [f"{loss:.4f}", f"{100 * share:.1f} %"]
    headers = ["rate", "right: loss E", "held out", "wrong: loss E", "held out "]
    yield Table(headers, rows, [(0,), (1, 2), (3, 4)])

    yield """
At the small rate the wrong gradient is even ahead: squashing twice makes the
slope of the last layer larger, near ¼ where the right slope is nearly 0, so its
steps are longer. At the larger rate the right one learns faster, and the wrong
one falls apart. A falling loss does not tell the two apart; a comparison of
gradients does, in the first step.

That comparison is `gradient_check` in purenet/inspect/gradient_check.py. The
right formulas are `Neuron.accumulate_gradients` and `Neuron.backward` in
purenet/neuron.py.
"""


def first_network():
    source = random.Random(1)
    return build_network([64, 16, 12, 10], Sigmoid, Sigmoid, Uniform(-0.5, 0.5), source, bias=None)


def cosines():
    """Return the cosine between right and wrong gradients of each layer."""
    network, examples = first_network(), digits().examples[:100]
    pairs = zip(gradients(network, examples), gradients(wrong(network), examples))
    return [round(cosine(*pair), 6) for pair in pairs]


def trainings():
    """Return for each rate the loss and the accuracy at the end, with the right and the wrong gradient."""
    data = digits()
    return [[trained(network, data, rate) for network in (first_network(), wrong(first_network()))] for rate in RATES]


def trained(network, data, rate):
    """Return the loss in the last epoch, and the accuracy on the held-out images."""
    for epoch in train(network, data.examples, rate, epochs=8, shuffle=random.Random(2)):
        pass
    return [round(epoch.loss, 6), round(accuracy(network, data.held_out), 6)]


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


chapter.exercises(
    Number(
        "A neuron of the last layer says 0.9, and its target is 0. Its δ is 0.9·(1 − 0.9)·0.9 = 0.081. Which δ does the "
        "program of this chapter find, to 4 decimals? A calculator gives f(0.9) = 0.7109.",
        "0.18495",
        decimals=4,
        wrong={
            "0.081": "That is the right δ. The program squashes 0.9 once more before it takes the slope.",
            "0.2055": "That is the slope f(0.9)·(1 − f(0.9)). Multiply it by y − t.",
            "0.1461": "The last factor is y − t = 0.9: only the slope is taken at another place.",
            "0.064": "f is the sigmoid, and both factors of the slope have f(0.9): f(0.9)·(1 − f(0.9)).",
        },
        hint="Its slope is z·(1 − z) with z = f(0.9), where y·(1 − y) would be right.",
        because="0.7109·0.2891·0.9 = 0.1850, more than twice the right δ: its steps are longer.",
    ),
    Choice(
        "The program takes δ_k·x_j for the gradient δ_k·y_j, and y_j = f(x_j). When has this wrong gradient the wrong sign?",
        {
            "When x_j is negative": "Then y_j, the output of a sigmoid, is still positive, so that the two have opposite "
            "signs: the weight moves uphill.",
            "When δ_k is negative": "δ_k is a factor of both: its sign does not matter.",
            "When x_j is above 1": "Then the wrong gradient is too large, but it has the right sign.",
            "Never: a sigmoid rises where its input rises": "It rises, but from 0: y_j is positive even where x_j is not.",
        },
        right="When x_j is negative",
        hint="Which signs can x_j have, and which y_j?",
    ),
    Number(
        "For two weights, the right gradient is (3, 4), and a wrong one is (4, 3). What is the cosine of "
        "the angle between them?",
        "0.96",
        exact=True,
        wrong={
            "24": "That is the sum of the products. Divide it by the length of each, which is 5.",
            "4.8": "Divide by both lengths, 5 and 5.",
            "1": "They have the same length, but not quite the same direction.",
            "0.48": "The sum of the products is 3·4 + 4·3 = 24.",
        },
        hint="The sum of the products is 3·4 + 4·3, and both lengths are √(3² + 4²).",
        because="24 / (5·5).",
    ),
    Choice(
        "The loss of a program falls from epoch to epoch. What do you know about its gradient?",
        {
            "It is right": "The wrong one of this chapter got to 94.2 %.",
            "On the whole it points less than a right angle away from the right one": "Each such direction leads downhill, "
            "if the steps are short enough. Only a comparison of numbers says more.",
            "It has the right length, but perhaps another direction": "Its length is what a falling loss says least about: "
            "a larger η makes up for a shorter gradient.",
            "Nothing at all": "A gradient that points away from the right one, at more than a right angle, would let the "
            "loss rise.",
        },
        right="On the whole it points less than a right angle away from the right one",
        hint="Look at the three cosines: all are above 0.",
    ),
)

if __name__ == "__main__":
    chapter.tell()
