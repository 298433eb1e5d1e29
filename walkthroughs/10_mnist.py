"""Chapter 10. MNIST: the same network at full size. Give the folder with the t10k files of MNIST.

It takes about half an hour with PyPy and several hours with CPython.
"""

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
from purenet.datasets import mnist
from purenet.document.table import Table

sys.stdout.reconfigure(encoding="utf-8")  # for terminals that are set to another encoding
EPOCHS = 15


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


def percent(share):
    return f"{100 * share:.2f} %"


def compare(data):
    """Train the network in each of the ways; print the accuracies after 1, 5 and 15 epochs and those of the end."""
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
    headers = ["gradient and loss", "epoch 1", "epoch 5", f"epoch {EPOCHS}", "at the end"]
    print(Table(headers, rows, [(0,), (1,), (2,), (3,), (4,)]).text(100))


if len(sys.argv) != 2:
    sys.exit("usage: python 10_mnist.py DIR, where DIR holds t10k-images-idx3-ubyte.gz and t10k-labels-idx1-ubyte.gz")

print("""\
Chapter 10. MNIST
=================

28x28 pixels, ten digits, 784-128-64-10: two hidden layers of sigmoids and a
softmax, 109,386 weights and biases, drawn between −1 and 1. The learning rate
is 0.005, and each image is a step of its own, 15 times over. This follows
Justin-Goodrich/Python-Neural-net-from-scratch, which uses the diagonal of the
Jacobian and the half squared error (chapter 8), trains on the 10,000 images
that are meant for testing, and tests on them again:
""")
compare(mnist(sys.argv[1], "t10k"))

print("""
The accuracy on images that the network has learned from shows how well it
remembers. Only other images show how well it reads. Of the same 10,000 images,
every fifth is now held out, and the network learns from the other 8,000. The
last column is the accuracy on the 2,000:
""")
compare(mnist(sys.argv[1], "t10k", every=5))
print("""
At the end the order of the three is that of chapter 8, though the diagonal is
ahead of the Jacobian for a while, and does not lose much. The loss matters
most: softmax was made for the cross-entropy.

The images are read by `mnist` in purenet/datasets.py; the training is `train`
in purenet/training.py, as in all chapters before.""")
