"""Chapter 6. Epochs and batches, and the slope of a ReLU."""

import random
import sys

from purenet import (
    Identity,
    Layer,
    Network,
    Neuron,
    ReLU,
    Sigmoid,
    SquaredError,
    Uniform,
    build_network,
    train,
)
from purenet.arithmetic.notation import UNICODE, number_text
from purenet.datasets import xor
from purenet.document.table import Table

sys.stdout.reconfigure(encoding="utf-8")  # for terminals that are set to another encoding
WIDTH = 80

data = xor()

print("""\
Chapter 6. Epochs and batches
=============================

One pass over all examples is an epoch. How many steps it has is a choice: a
step for each example (this is called stochastic gradient descent), a step for
each mini-batch of a few, or one step for all, the full batch. The examples of
a batch share a step: the gradient is the sum of theirs, or the mean.

Here is the same network, from the same starting weights, trained for 2,000
epochs on XOR in five ways, at a learning rate of 0.5:
""")

rows = []
for size, gradient in ((1, "mean"), (2, "mean"), (4, "mean"), (2, "sum"), (4, "sum")):
    network = build_network([2, 4, 1], Sigmoid, Sigmoid, Uniform(-1, 1), random.Random(2), bias="drawn")
    for epoch in train(network, data.examples, 0.5, epochs=2000, batch_size=size, gradient=gradient):
        pass
    rows.append([str(size), gradient if size > 1 else "", str(2000 * 4 // size), f"{epoch.loss:.6f}"])
print(Table(["batch size", "gradient", "steps", "mean loss E at the end"], rows, [(0,), (1,), (2,), (3,)]).text(100))

print("""
With the sum, a step of a batch of four is four times as long as with the mean,
so the sum at a rate of 0.5 does about what single examples do. With the mean,
the same rate means shorter steps and fewer of them: raise the rate if the
batch grows.

A script of four hidden neurons
-------------------------------

Many introductions print a short script: two inputs, four hidden neurons, one
output, all sigmoid, no biases, starting weights between 0 and 1, a learning
rate of 0.1, and 10,000 full-batch steps with the sum of the gradients of
E = (y − t)². Its slope is 2·(y − t). In purenet, from starting weights that
random.Random(5) draws:
""")

network = build_network([2, 4, 1], Sigmoid, Sigmoid, Uniform(0, 1), random.Random(5), bias=None, loss=SquaredError())
rows = []
for epoch in train(network, data.examples, 0.1, epochs=10_000, batch_size=4, gradient="sum"):
    if epoch.number in (1, 10, 100, 1000, 2000, 5000, 10_000):
        rows.append([str(epoch.number), f"{epoch.loss:.6f}"])
print(Table(["epoch", "mean loss E"], rows, [(0,), (1,)]).text(100))
print()
for inputs, targets in data.examples:
    print(f"    {inputs} → {network.forward(inputs)[0]:.6f}, wanted {targets[0]}")

print("""
Without biases a network answers to (0, 0) with what the hidden neurons make of
0, which is ½ each, so it must find its way around that. Some scripts write the
slope of the sigmoid as x·(1 − x): that is right if x is the output, which was
squashed before, and wrong if x is the net input. purenet calls the first y and
the second x, and hands both to `derivative`.

The slope of a ReLU
-------------------

The slope of max(0, x) is 1 above 0 and 0 below. At 0 itself there is none; 0 is
what purenet and most others take. A neuron with a negative net input for every
example has the slope 0 everywhere: it is dead, and its weights do not move, at
least as long as what comes in stays the same.
""")

rows = []
for x in (-2.0, -0.5, 0.0, 0.5, 2.0):
    relu = ReLU()
    y = relu.value(x)
    rows.append([UNICODE.number(number_text(x)), number_text(y), str(relu.derivative(x, y))])
print(Table(["x", "f(x)", "f′(x)"], rows, [(0,), (1,), (2,)]).text(100))

dead = Network([Layer([Neuron([1.0, 1.0], -3.0, ReLU())]), Layer([Neuron([1.0], 0.0, Identity())])])
weights = list(dead.layers[0].neurons[0].weights)
for _ in train(dead, data.examples, 0.1, epochs=100):
    pass
print(f"""
A ReLU with weights {weights[0]} and {weights[1]} and a bias of −3.0 is such a neuron for XOR: its
net input is never above −1. After 100 epochs its weights are still
{dead.layers[0].neurons[0].weights[0]} and {dead.layers[0].neurons[0].weights[1]}.""")
