"""Chapter 6. Epochs and batches, momentum, and the slope of a ReLU."""

import random
import sys

from purenet import (
    GradientDescent,
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
from purenet.training import training_step

sys.stdout.reconfigure(encoding="utf-8")  # for terminals that are set to another encoding
WIDTH = 80

data = xor()

print("""\
Chapter 6. Epochs and batches
=============================

One pass over all examples is an epoch. How many steps it has is a choice: a
step for each example (this is called stochastic gradient descent), a step for
each mini-batch of a few, or one step for all, the full batch. The examples of
a batch share a step: its gradient is the sum of their gradients, or the mean.

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
so the sum at a rate of 0.5 learns about as fast as single examples. With the
mean, the same rate means shorter steps and fewer of them: raise the rate if
the batch grows.

Read `training_step` and `average_gradients` in purenet/training.py now.

Steps that gather speed
-----------------------

A step may also keep some of the speed of the last one. Each weight then has a
velocity v, at first 0. With a momentum μ, a step is

    v ← μ·v − η·∇w    and then    w ← w + v

Here is one neuron with the identity, the input 1 and the target 0, so that ∇w
is w itself. It starts at w = 1, with η = 0.1:
""")

rows = []
networks = [Network([Layer([Neuron([1.0], None, Identity())])]) for _ in range(2)]
descents = [GradientDescent(0.1), GradientDescent(0.1, momentum=0.5)]
for step in (1, 2, 3):
    row = [str(step)]
    for network, descent in zip(networks, descents):
        training_step(network, [([1.0], [0.0])], descent)
        row.append(f"{network.layers[0].neurons[0].weights[0]:.4f}")
    rows.append(row[:2] + [f"{descents[1].velocities[0][0]:.4f}".replace("-", "−"), row[2]])
print(Table(["step", "w without momentum", "v for μ = 0.5", "w with it"], rows, [(0,), (1,), (2, 3)]).text(100))

print("""
By hand: the second v is 0.5·(−0.1) − 0.1·0.9 = −0.14. Weight decay λ adds λ·w
to ∇w in the first formula, so that a weight without a gradient shrinks. Read
`GradientDescent` in purenet/descent.py now: it is these two formulas.

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
Without biases, the hidden neurons always answer ½ to the inputs (0, 0), so the
network must find its way around that. Some scripts write the slope of the
sigmoid as x·(1 − x). That is right if x is the output, which is squashed
already, and wrong if x is the net input. purenet calls the first y and the
second x, and hands both to `derivative` in purenet/activations.py.

The slope of a ReLU
-------------------

The slope of max(0, x) is 1 above 0 and 0 below. At 0 itself there is none;
purenet and most others take 0. A neuron with a negative net input for every
example has the slope 0 everywhere: it is dead, and its weights do not move, at
least as long as its inputs stay the same.
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
