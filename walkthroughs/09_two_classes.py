"""Chapter 9. Two classes: mean squared error and binary cross-entropy."""

import random

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
from purenet.book import ByHand, Chapter, Choice, Code, Number, measured
from purenet.document.table import Table

chapter = Chapter(
    9,
    "Two classes",
    question="One output says yes or no. Which loss should it have?",
    assumes="the delta of the last layer, from chapter 2.",
)


def points(number, source):
    """Return points of the square from −1 to 1, with the target 1 inside a circle around the middle, else 0."""
    examples = []
    while len(examples) < number:
        x, y = source.uniform(-1, 1), source.uniform(-1, 1)
        distance = (x * x + y * y) ** 0.5
        if not 0.6 < distance < 0.75:  # a gap, so that the classes can be told apart
            examples.append(([x, y], [1.0 if distance < 0.675 else 0.0]))
    return examples


def losses_and_deltas():
    """Return the rows of a table: for five net inputs, the output and, of either loss, its value and the delta."""
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
    return rows


def accuracies():
    """Return the rows of a table: for four rates and either loss, the accuracy while it learns and on other points."""
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
    return rows


@chapter.content
def two_classes():
    yield f"""
One output is enough for two classes: the probability of a yes. How wrong it is
can be measured in several ways. Two common ones, for n outputs:

    mean squared error      {MeanSquaredError.formula}
    binary cross-entropy    {BinaryCrossEntropy.formula}

They differ most where the network is sure and wrong. The table shows a sigmoid
neuron whose target is 1, for five net inputs: the loss, and the delta
δ = f′·∂E/∂y, which says how strongly the weights will change:
"""
    headers = ["x", "output y", "squared: E", "δ", "cross-entropy: E", "δ "]
    yield Table(headers, losses_and_deltas(), [(0,), (1,), (2, 3), (4, 5)])

    yield """
At x = −10 the squared error has hardly any slope left: f′ is nearly 0 there,
and so is δ. With the cross-entropy f′ cancels, and δ is y − t, almost −1.

Now both learn the same task, from the same starting weights: is a point of the
square inside a circle? There are 200 points to learn from and 200 others to
test on, for a 2-8-1 network of tanh and sigmoid, with one point a step, at four
learning rates:
"""
    headers = ["rate", "loss", "epoch 5", "epoch 20", "epoch 60", "other points"]
    yield Table(headers, measured("09 accuracies", accuracies), [(0,), (1,), (2,), (3,), (4,), (5,)])

    yield """
With its larger deltas the cross-entropy is ahead at small rates, and the first
to take steps that are too long as the rate grows. Compare losses each at its
own best rate, not at the same one.

The formulas are those of the notebook "Backpropogation from scratch" in
recodehive/machine-learning-repos. The mean here is over the outputs; the mean
over the examples of a mini-batch, in chapter 6, is another one.

Read `MeanSquaredError` and `BinaryCrossEntropy` in purenet/losses.py now.
"""


def neuron_with(loss):
    """Return a case: one sigmoid neuron whose net input is −1 and whose target is 1."""
    return {
        "title": f"One neuron with the {loss}",
        "network": {
            "layers": [{"activation": "sigmoid", "weights": [[0.5, -1.0]], "biases": [-0.5]}],
            "loss": loss,
        },
        "examples": [{"inputs": [1.0, 1.0], "targets": [1.0]}],
        "learning_rate": 0.1,
    }


chapter.exercises(
    ByHand(
        """
A sigmoid neuron has the weights 0.5 and −1.0 and the bias −0.5. Its inputs are
1.0 and 1.0, its target is 1.0, and its loss is the binary cross-entropy. What
is δ_j1? Round the output to 4 decimals, and δ_j1 too.
""",
        neuron_with("binary cross-entropy"),
        "δ_j1",
        hint="x_j1 is −1, and the table has that row. Or: for this loss and the sigmoid, δ = y − t.",
    ),
    ByHand(
        "And with the mean squared error, E = (y − t)²?",
        neuron_with("mean squared error"),
        "δ_j1",
        hint="δ = f′·∂E/∂y. Here ∂E/∂y is 2·(y − t), and f′ is y·(1 − y).",
    ),
    Number(
        "A network answers ½ to everything. What is its binary cross-entropy for one output, to 4 decimals?",
        "0.6931",
        decimals=4,
        wrong={
            "0.5": "Half of one is not it: take the natural logarithm of ½.",
            "0.3010": "This is the decimal logarithm. Take the natural one.",
            "1.3863": "Only one of the two terms counts: the target is 0 or 1.",
        },
        hint="Whether the target is 0 or 1, one term is left: −ln(½).",
    ),
    Choice(
        "A neuron is sure and wrong: its output is 0.000045, its target 1. Why does it learn slowly with the squared error?",
        {
            "Its error y − t is small": "The error is nearly −1, as large as it can be.",
            "Its slope f′ is nearly 0, and δ has it as a factor": "The output is at the flat end of the sigmoid: a change "
            "of x hardly changes y. In the cross-entropy, ∂E/∂y is so large there that f′ cancels.",
            "Its loss is nearly 0": "Its loss is nearly 1, the most that one output can have.",
        },
        right="Its slope f′ is nearly 0, and δ has it as a factor",
    ),
    Code(
        "Delete the body of `BinaryCrossEntropy.derivative` and write it again, from the formula of E in this chapter.",
        "losses.py",
        "BinaryCrossEntropy.derivative",
        hint="The slope of −ln(y) is −1/y, and that of −ln(1 − y) is 1/(1 − y).",
    ),
)

if __name__ == "__main__":
    chapter.tell()
