"""Chapter 9. Two classes: mean squared error and binary cross-entropy."""

import random
import sys

from purenet import (
    BinaryCrossEntropy,
    Layer,
    MeanSquaredError,
    Network,
    Neuron,
    Sigmoid,
    Tanh,
    accuracy,
    build_network,
    train,
)
from purenet.arithmetic.notation import UNICODE, number_text
from purenet.document.table import Table

sys.stdout.reconfigure(encoding="utf-8")  # for terminals that are set to another encoding
WIDTH = 80


def points(number, source):
    """Return points of the square from −1 to 1, with the target 1 inside a circle around the middle, else 0."""
    examples = []
    while len(examples) < number:
        x, y = source.uniform(-1, 1), source.uniform(-1, 1)
        distance = (x * x + y * y) ** 0.5
        if not 0.6 < distance < 0.75:  # a gap, so that the classes can be told apart
            examples.append(([x, y], [1.0 if distance < 0.675 else 0.0]))
    return examples


print(f"""\
Chapter 9. Two classes
======================

One output is enough for two classes: the probability of a yes. How wrong it is
can be measured in several ways. Two common ones, for n outputs:

    mean squared error      {MeanSquaredError.formula}
    binary cross-entropy    {BinaryCrossEntropy.formula}

They differ most where the network is sure and wrong. The table shows a sigmoid
neuron whose target is 1, for five net inputs: the loss, and the delta
δ = f′·∂E/∂y, which says how strongly the weights will change:
""")

rows = []
for x in (-10.0, -4.0, -1.0, 1.0, 4.0):
    row = [UNICODE.number(number_text(x))]
    for loss in (MeanSquaredError(), BinaryCrossEntropy()):
        neuron = Neuron([1.0], None, Sigmoid())
        network = Network([Layer([neuron])], loss)
        outputs = network.forward([x])
        network.backward([1.0])
        row[1:1] = [f"{outputs[0]:.6f}"] if len(row) == 1 else []
        row += [f"{loss.value(outputs, [1.0]):.6f}", f"{neuron.delta:.6f}".replace("-", "−")]
    rows.append(row)
headers = ["x", "output y", "squared: E", "δ", "cross-entropy: E", "δ "]
print(Table(headers, rows, [(0,), (1,), (2, 3), (4, 5)]).text(100))

print("""
At x = −10 the squared error has hardly any slope left: f′ is nearly 0 there,
and so is δ. With the cross-entropy f′ cancels, and δ is y − t, almost −1.

Now both learn the same task, from the same starting weights: is a point of the
square inside a circle? There are 200 points to learn from and 200 others to
test on, for a 2-8-1 network of tanh and sigmoid, with one point a step, at four
learning rates:
""")

rows = []
for rate in (0.02, 0.05, 0.1, 0.2):
    for loss in (MeanSquaredError(), BinaryCrossEntropy()):
        examples, others = points(200, random.Random(7)), points(200, random.Random(8))
        network = build_network([2, 8, 1], Tanh, Sigmoid, source=random.Random(1), loss=loss)
        row = [str(rate), loss.name]
        for epoch in train(network, examples, rate, epochs=60, shuffle=random.Random(2)):
            if epoch.number in (5, 20, 60):
                row.append(f"{100 * epoch.accuracy:.1f} %")
        rows.append(row + [f"{100 * accuracy(network, others):.1f} %"])
headers = ["rate", "loss", "epoch 5", "epoch 20", "epoch 60", "other points"]
print(Table(headers, rows, [(0,), (1,), (2,), (3,), (4,), (5,)]).text(100))

print("""
With its larger deltas the cross-entropy is ahead at small rates, and the first
to take steps that are too long as the rate grows. Compare losses each at its
own best rate, not at the same one.

The formulas are those of the notebook "Backpropogation from scratch" in
recodehive/machine-learning-repos. The mean here is over the outputs; the mean
over the examples of a mini-batch, in chapter 6, is another one.

Read `MeanSquaredError` and `BinaryCrossEntropy` in purenet/losses.py now.""")
