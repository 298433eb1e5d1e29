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
    regions_series,
    train,
)
from purenet.arithmetic.notation import UNICODE, number_text
from purenet.book import ByHand, Chapter, Choice, Code, Number, measured
from purenet.document.table import Table
from purenet.drawing.graph import graph

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


LOSSES = (MeanSquaredError, BinaryCrossEntropy)
DRAWN = (
    (0.02, MeanSquaredError),
    (0.02, BinaryCrossEntropy),
    (0.2, BinaryCrossEntropy),
)  # rates and losses of pictures


def one_neuron(x, loss):
    """Return the output, the loss and the delta of a sigmoid neuron whose net input is x and whose target is 1."""
    neuron = Neuron([1.0], None, Sigmoid())
    network = Network([Layer([neuron])], loss())
    outputs = network.forward([x])
    network.backward([1.0])
    return outputs[0], network.loss.value(outputs, [1.0]), neuron.delta


def losses_and_deltas():
    """Return the rows of a table: for five net inputs, the output and, of either loss, its value and the delta."""
    rows = []
    for x in (-10.0, -4.0, -1.0, 1.0, 4.0):
        (output, *squared), (_, *entropy) = (one_neuron(x, loss) for loss in LOSSES)
        numbers = [f"{number:.6f}".replace("-", "−") for number in (output, *squared, *entropy)]
        rows.append([UNICODE.number(number_text(x)), *numbers])
    return rows


def delta_graph():
    """Return a picture of the deltas that are in the table, for net inputs from −10 to 4."""
    xs = [n / 5 for n in range(-50, 21)]
    return graph(
        "The delta of a neuron whose target is 1",
        ["Solid: binary cross-entropy. Dashed: mean squared error."],
        [[(x, one_neuron(x, loss)[2]) for x in xs] for loss in reversed(LOSSES)],
        "net input x",
        "δ",
    )


def accuracies():
    """Return the rows of a table: for four rates and either loss, the accuracy while it learns and on other points."""
    rows = []
    for rate in (0.02, 0.05, 0.1, 0.2):
        for loss in LOSSES:
            network = start(loss)
            row = [str(rate), loss.name]
            for epoch in train(network, points(200, random.Random(7)), rate, epochs=60, shuffle=random.Random(2)):
                if epoch.number in (5, 20, 60):
                    row.append(f"{100 * epoch.accuracy:.1f} %")
            rows.append(row + [f"{100 * accuracy(network, points(200, random.Random(8))):.1f} %"])
    return rows


def start(loss):
    """Return the network before it learns."""
    return build_network([2, 8, 1], Tanh, Sigmoid, source=random.Random(1), loss=loss())


def trained_numbers():
    """Return the weights and the bias of each neuron after 60 epochs, of the networks that are drawn."""
    found = []
    for rate, loss in DRAWN:
        network = start(loss)
        list(train(network, points(200, random.Random(7)), rate, epochs=60, shuffle=random.Random(2)))
        found.append([[round(number, 6) for number in (*each.weights, each.bias)] for each in network.neurons()])
    return found


def region_picture():
    """Return a picture of what the networks that are drawn say, with the 200 other points."""
    stages = []
    for (rate, loss), numbers in zip(DRAWN, measured("09 networks", trained_numbers)):
        network = start(loss)
        for neuron, (*weights, bias) in zip(network.neurons(), numbers):
            neuron.weights, neuron.bias = weights, bias
        stages.append((f"{loss.name}, {rate}", network))
    return regions_series(stages, points(200, random.Random(8)), "What each network says")


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
and so is δ. With the cross-entropy f′ cancels: for the target 1, ∂E/∂y is −1/y,
and y·(1 − y)·(−1/y) is y − 1. So δ is y − t, almost −1.
"""
    yield delta_graph()
    yield """
Now both learn the same task, from the same starting weights: is a point of the
square inside a circle? There are 200 points to learn from and 200 others to
test on, for a 2-8-1 network of tanh and sigmoid, with one point a step, at four
learning rates:
"""
    headers = ["rate", "loss", "epoch 5", "epoch 20", "epoch 60", "other points"]
    yield Table(headers, measured("09 accuracies", accuracies), [(0,), (1,), (2,), (3,), (4,), (5,)])
    yield region_picture()

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
