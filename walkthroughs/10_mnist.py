"""Chapter 10. MNIST: the same network at full size.

To measure its trainings again takes about half an hour with PyPy and several hours with CPython, and the t10k files of
MNIST, t10k-images-idx3-ubyte.gz and t10k-labels-idx1-ubyte.gz, in the folder that the variable PURENET_MNIST names.
"""

import os
import random
import sys

from purenet import (
    CrossEntropy,
    HalfSquaredError,
    Network,
    Sigmoid,
    Softmax,
    SoftmaxLayer,
    Uniform,
    accuracy,
    build_network,
    train,
)
from purenet.book import Chapter, Choice, Number, measured
from purenet.datasets import mnist
from purenet.document.table import Table
from purenet.errors import NetworkError

EPOCHS = 15
MNIST = "PURENET_MNIST"

chapter = Chapter(
    10,
    "MNIST",
    question="Do the findings about small networks hold for a large one?",
    assumes="softmax and its diagonal, from chapter 8.",
)


class DiagonalSoftmaxLayer(SoftmaxLayer):
    """Leaves out the effect of a net input on the other outputs: only the diagonal of the Jacobian is left."""

    def backward(self, output_gradients):
        for j, neuron in enumerate(self.neurons):
            neuron.delta = self.softmax.derivative(self.outputs, j, j) * output_gradients[j]
            neuron.accumulate_gradients()


WAYS = [
    ("diagonal, half squared error", DiagonalSoftmaxLayer, HalfSquaredError),
    ("Jacobian, half squared error", SoftmaxLayer, HalfSquaredError),
    ("Jacobian, cross-entropy", SoftmaxLayer, CrossEntropy),
]


def images(every=None):
    """Return the 10,000 images that are meant for testing; of `every` so many, one is held out."""
    if MNIST not in os.environ:
        raise NetworkError(f"set the variable {MNIST} to the folder with the t10k files of MNIST")
    return mnist(os.environ[MNIST], "t10k", **({} if every is None else {"every": every}))


def percent(share):
    return f"{100 * share:.2f} %"


def accuracies(data):
    """Train the network in each of the ways; return the accuracies after 1, 5 and 15 epochs and those of the end."""
    rows = []
    for name, kind, loss in WAYS:
        start = build_network([784, 128, 64, 10], Sigmoid, Softmax, Uniform(-1, 1), random.Random(1), bias="drawn")
        network = Network([*start.layers[:2], kind(start.layers[2].neurons)], loss())
        row = [name]
        for epoch in train(network, data.examples, learning_rate=0.005, epochs=EPOCHS, shuffle=random.Random(2)):
            print(f"{name}: epoch {epoch.number}, loss {epoch.loss:.5f}", file=sys.stderr)
            if epoch.number in (1, 5, EPOCHS):
                row.append(percent(epoch.accuracy))
        tested = data.held_out if len(data.held_out) else data.examples
        rows.append(row + [percent(accuracy(network, tested))])
    return rows


def table(rows):
    headers = ["gradient and loss", "epoch 1", "epoch 5", f"epoch {EPOCHS}", "at the end"]
    return Table(headers, rows, [(0,), (1,), (2,), (3,), (4,)])


@chapter.content
def at_full_size():
    yield """
28x28 pixels, ten digits, 784-128-64-10: two hidden layers of sigmoids and a
softmax, 109,386 weights and biases, drawn between −1 and 1. The learning rate
is 0.005, and each image is a step of its own, 15 times over. This follows
Justin-Goodrich/Python-Neural-net-from-scratch, which uses the diagonal of the
Jacobian and the half squared error (chapter 8), trains on the 10,000 images
that are meant for testing, and tests on them again:
"""
    yield table(measured("10 all images", lambda: accuracies(images())))

    yield """
The accuracy on images that the network has learned from shows how well it
remembers. Only other images show how well it reads. Of the same 10,000 images,
every fifth is now held out, and the network learns from the other 8,000. The
last column is the accuracy on the 2,000:
"""
    yield table(measured("10 held out", lambda: accuracies(images(every=5))))

    yield """
At the end the order of the three is that of chapter 8, though the diagonal is
ahead of the Jacobian for a while, and does not lose much. The loss matters
most: softmax was made for the cross-entropy.

The images are read by `mnist` in purenet/datasets.py; the training is `train`
in purenet/training.py, as in all chapters before.
"""


chapter.exercises(
    Number(
        "How many weights and biases has a network 784-30-10 with a bias for each neuron?",
        23860,
        exact=True,
        wrong={
            "23820": "These are the weights, 784·30 + 30·10. Each of the 40 neurons has a bias, too.",
            "23850": "The 10 neurons of the last layer have biases, too.",
            "24644": "The 784 inputs have no biases: they are numbers, not neurons.",
        },
        hint="Between two layers there is a weight for each pair, and each neuron after the first layer has a bias.",
    ),
    Number(
        "Ten classes, and the network has learned nothing: each output is 0.1. What is its cross-entropy, to 4 decimals?",
        "2.3026",
        decimals=4,
        wrong={
            "1": "This is the decimal logarithm. Take the natural one.",
            "0.1": "Take −ln of the output whose target is 1.",
            "23.0259": "Only the output whose target is 1 counts: one term, not ten.",
        },
        hint="One target is 1, so one term is left: −ln(0.1).",
    ),
    Choice(
        "With the cross-entropy, the first table ends with 97.18 %, the second with 92.30 %. Which of the two says how well "
        "the network reads?",
        {
            "97.18 %: five times as many images were tested": "The network had learned from every one of them, and may have "
            "remembered them.",
            "92.30 %: its 2,000 images played no part in learning": "It had to read them.",
            "The mean of the two": "The first number measures something else: how well it remembers.",
        },
        right="92.30 %: its 2,000 images played no part in learning",
    ),
    Number(
        "In the last line of the second table 92.30 % of 2,000 images are read rightly. How many are not?",
        154,
        exact=True,
        wrong={
            "1846": "These are read rightly.",
            "770": "That would be of 10,000. Only 2,000 are held out.",
            "616": "That would be of the 8,000 from which the network learned.",
        },
        hint="7.70 % of 2,000.",
    ),
    Choice(
        "Epoch 15 of the first table has 96.41 %, and the end, on the same images, has 97.18 %. What has happened in between?",
        {
            "A sixteenth epoch": "There are 15. The network of the last column is the one with which epoch 15 ended.",
            "Nothing: the accuracy of an epoch is counted while the network learns": "Each image was counted before its own "
            "step, the first of them with the network of epoch 14. The last column is the network of the end alone.",
            "The images are others": "In the first table they are the same 10,000.",
        },
        right="Nothing: the accuracy of an epoch is counted while the network learns",
        hint="In a loop over the images, when is it known whether an image is read rightly?",
    ),
)

if __name__ == "__main__":
    chapter.tell()
