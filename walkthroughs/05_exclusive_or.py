"""Chapter 5. Exclusive or: what a hidden layer is good for."""

import random
import sys

from purenet import Identity, Sigmoid, Uniform, build_network, train
from purenet.arithmetic.notation import number_text
from purenet.datasets import xor
from purenet.document.table import Table

sys.stdout.reconfigure(encoding="utf-8")  # for terminals that are set to another encoding
WIDTH = 80

data = xor()


def show_losses(epochs, chosen, goal=0):
    """Train until the loss is below a goal, print the loss of the chosen epochs and of the last; return the last."""
    rows = []
    for epoch in epochs:
        if epoch.number in chosen:
            rows.append([str(epoch.number), f"{epoch.loss:.6f}"])
        if epoch.loss < goal:
            break
    if rows[-1][0] != str(epoch.number):
        rows.append([str(epoch.number), f"{epoch.loss:.6f}"])
    print(Table(["epoch", "mean loss E"], rows, [(0,), (1,)]).text(100))
    return epoch


def show_outputs(network):
    rows = []
    for inputs, targets in data.examples:
        output = network.forward(inputs)[0]
        rows.append([", ".join(map(number_text, inputs)), number_text(targets[0]), f"{output:.4f}"])
    print(Table(["inputs", "target", "output"], rows, [(0,), (1,), (2,)]).text(100))


print("""\
Chapter 5. Exclusive or
=======================

Exclusive or, XOR, says 1 if its two inputs differ and 0 if they are alike. It
is the smallest task that no single neuron can learn: no straight line has
(0, 1) and (1, 0) on one side, and (0, 0) and (1, 1) on the other.

Two hidden sigmoid neurons are enough. Weights and biases start at random
between −1 and 1. All four examples share one step, with the mean of their
gradients, so an epoch is one step. The learning rate is 0.01, the activation of
the last neuron is the identity, and training stops when the mean loss of the
four is below 0.0001:
""")

network = build_network([2, 2, 1], Sigmoid, Identity, Uniform(-1, 1), random.Random(4), bias="drawn")
epochs = train(network, data.examples, learning_rate=0.01, epochs=200_000, batch_size=4)
last = show_losses(epochs, {1, 10, 100, 1000, 10_000, 20_000, 30_000}, goal=0.0001)
print(f"\nIt took {last.number} epochs, and these are its outputs for the examples:\n")
show_outputs(network)

print("""
For a long time nothing seems to happen: the loss stays near 0.125, the cost of
answering ½ to everything, ½·(½)². Then the two hidden neurons come to do
different things, and the loss falls.

Now take the sigmoid away, so that the hidden layer is the identity as well. The
task and the rate are the same, and 20,000 epochs are enough to see the result:
""")

linear = build_network([2, 2, 1], Identity, Identity, Uniform(-1, 1), random.Random(4), bias="drawn")
epochs = train(linear, data.examples, learning_rate=0.01, epochs=20_000, batch_size=4)
last = show_losses(epochs, {1, 10, 100, 1000, 10_000}, goal=0.0001)
print()
show_outputs(linear)

print(f"""
It cannot learn: after {last.number} epochs the loss is {last.loss:.6f}. Sums of sums are sums.
However many layers of them there are, the network can only draw a straight
line, and the best line answers ½ to everything.

The same task another way: all neurons sigmoid, one example a step instead of
all four, a learning rate of 0.5, and 100,000 epochs, 400,000 steps:
""")

stepwise = build_network([2, 2, 1], Sigmoid, Sigmoid, Uniform(-1, 1), random.Random(1), bias="drawn")
epochs = train(stepwise, data.examples, learning_rate=0.5, epochs=100_000)
show_losses(epochs, {1, 10, 100, 1000, 10_000, 100_000})
print()
show_outputs(stepwise)

print("""
The first network is that of gokadin/ai-backpropagation, the last that of
Justin-Goodrich/Python-Neural-net-from-scratch. The command `purenet train xor`
trains the first, from other starting weights that depend on its --seed, and its
options change everything that was said here.

Read `train` and `training_step` in purenet/training.py now.""")
