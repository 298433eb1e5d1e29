"""Chapter 5. Exclusive or: what a hidden layer is good for."""

import random

from purenet import Constant, History, Identity, Sigmoid, Uniform, build_network, regions, regions_series, train
from purenet.arithmetic.notation import number_text
from purenet.book import Chapter, Choice, Code, Number, measured
from purenet.datasets import xor
from purenet.document.table import Table
from purenet.training import Epoch

EXAMPLES = xor().examples
SHOWN = (1, 10, 100, 1000, 10_000, 20_000, 30_000, 100_000)  # epochs in tables
STAGES = (10_000, 30_000, 40_000)  # epochs after which the regions are drawn
DISTANCE = 500  # epochs between two points of a curve

chapter = Chapter(
    5,
    "Exclusive or",
    question="What can a network with a hidden layer learn that no single neuron can?",
    assumes="a training step, from chapters 2 to 4.",
)


@chapter.content
def exclusive_or():
    yield """
Exclusive or, XOR, says 1 if its two inputs differ and 0 if they are alike. It
is the smallest task that no single neuron can learn: no straight line has
(0, 1) and (1, 0) on one side, and (0, 0) and (1, 1) on the other.

Two hidden sigmoid neurons are enough. Weights and biases start at random
between −1 and 1. All four examples share one step, with the mean of their
gradients, so an epoch is one step. The learning rate is 0.01, the activation of
the last neuron is the identity, and training stops when the mean loss of the
four is below 0.0001:
"""
    found = measured("05 sigmoid", sigmoid)
    network = network_of(found["networks"][-1][1], Sigmoid, Identity)
    yield losses(found)
    yield f"It took {found['last']} epochs, and these are its outputs for the examples:"
    yield outputs(network)
    yield History(Epoch(number, loss, None) for number, loss in found["losses"]).picture(accuracy=False)

    yield """
For a long time nothing seems to happen: the loss stays near 0.125, the cost of
answering ½ to everything, ½·(½)². Then the two hidden neurons come to do
different things, and the loss falls. At first one nearly straight border parts
the answers above ½ from the others; in the end there are two borders, with
(0, 1) and (1, 0) between them.
"""
    yield regions_series(
        [(f"epoch {number}", network_of(numbers, Sigmoid, Identity)) for number, numbers in found["networks"]], EXAMPLES
    )

    yield """
Now take the sigmoid away, so that the hidden layer is the identity as well. The
task and the rate are the same, and 20,000 epochs are enough to see the result:
"""
    found = measured("05 identity", identity)
    straight = network_of(found["networks"][-1][1], Identity, Identity)
    yield losses(found)
    yield outputs(straight)

    yield f"""
It cannot learn: after {found["last"]} epochs the loss is {found["losses"][-1][1]:.6f}. Sums of sums are sums.
However many layers of them there are, the network can only draw a straight
line, and the best line answers ½ to everything.
"""
    yield regions(straight, EXAMPLES)

    yield """
The same task another way: all neurons sigmoid, one example a step instead of
all four, a learning rate of 0.5, and 100,000 epochs, 400,000 steps:
"""
    found = measured("05 stepwise", stepwise)
    yield losses(found)
    yield outputs(network_of(found["networks"][-1][1], Sigmoid, Sigmoid))

    yield """
The first network is that of gokadin/ai-backpropagation, the last that of
Justin-Goodrich/Python-Neural-net-from-scratch. The command `purenet train xor`
trains the first, from other starting weights that depend on its --seed, and its
options change everything that was said here.

Read `train` and `training_step` in purenet/training.py now.
"""


def sigmoid():
    network = build_network([2, 2, 1], Sigmoid, Identity, Uniform(-1, 1), random.Random(4), bias="drawn")
    epochs = train(network, EXAMPLES, learning_rate=0.01, epochs=200_000, batch_size=4)
    return watched(network, epochs, goal=0.0001, distance=DISTANCE)


def identity():
    network = build_network([2, 2, 1], Identity, Identity, Uniform(-1, 1), random.Random(4), bias="drawn")
    return watched(network, train(network, EXAMPLES, learning_rate=0.01, epochs=20_000, batch_size=4))


def stepwise():
    network = build_network([2, 2, 1], Sigmoid, Sigmoid, Uniform(-1, 1), random.Random(1), bias="drawn")
    return watched(network, train(network, EXAMPLES, learning_rate=0.5, epochs=100_000))


def watched(network, epochs, goal=0, distance=None):
    """Train until the loss is below a goal; return losses and the network of some epochs, and the last epoch.

    The losses are those of the epochs in the tables and, for a curve, of others at a distance.
    """
    kept, networks = [], []
    for epoch in epochs:
        last = [epoch.number, round(epoch.loss, 6)]
        if epoch.number in SHOWN or (distance and epoch.number % distance == 0):
            kept.append(last)
        if epoch.number in STAGES:
            networks.append([epoch.number, numbers_of(network)])
        if epoch.loss < goal:
            break
    kept += [last] if last not in kept else []
    return {"losses": kept, "networks": [*networks, [last[0], numbers_of(network)]], "last": last[0]}


def numbers_of(network):
    """Return for each neuron the list of its weights, and its bias last."""
    return [[round(number, 9) for number in (*neuron.weights, neuron.bias)] for neuron in network.neurons()]


def network_of(numbers, hidden, last):
    """Return a network of these numbers."""
    network = build_network([2, 2, 1], hidden, last, Constant(0.0))
    for neuron, (*weights, bias) in zip(network.neurons(), numbers):
        neuron.weights, neuron.bias = weights, bias
    return network


def losses(found):
    """Return a table of the losses of some epochs, and of the last."""
    rows = [[str(n), f"{loss:.6f}"] for n, loss in found["losses"] if n in (*SHOWN, found["last"])]
    return Table(["epoch", "mean loss E"], rows, [(0,), (1,)])


def outputs(network):
    """Return a table of the outputs for the examples."""
    rows = []
    for inputs, targets in EXAMPLES:
        output = network.forward(inputs)[0]
        rows.append([", ".join(map(number_text, inputs)), number_text(targets[0]), f"{output:.4f}"])
    return Table(["inputs", "target", "output"], rows, [(0,), (1,), (2,)])


chapter.exercises(
    Number(
        "A network answers 0.25 to each of the four examples of XOR. What is its mean loss E?",
        "0.15625",
        exact=True,
        wrong={
            "0.3125": "The loss of an example is half the squared difference.",
            "0.625": "That is the sum of the four losses. What is their mean?",
            "0.125": "That is the mean loss of answering ½ to everything.",
            "0.03125": "That is the loss where the target is 0. For two examples the target is 1.",
            "0.28125": "That is the loss where the target is 1. For two examples the target is 0.",
        },
        hint="Two examples have the target 0, and two have the target 1.",
        because="½·0.25² = 0.03125 twice, ½·0.75² = 0.28125 twice, and the mean of the four. No constant answer costs less "
        "than ½ does.",
    ),
    Number(
        "A network of identities alone says 0.2 for (0, 0), 0.7 for (0, 1) and 0.4 for (1, 0). What does it say for (1, 1)?",
        "0.9",
        exact=True,
        wrong={
            "0": "That is what we want for (1, 1), but a network of identities has no choice: what is its bias?",
            "1.1": "0.7 and 0.4 both contain the 0.2 that the network says for (0, 0). Count it once.",
            "1.3": "0.7 and 0.4 contain the 0.2 already.",
        },
        hint="Such a network says a·y_i1 + b·y_i2 + c. Find c first, from (0, 0).",
        because="c = 0.2, a = 0.4 − 0.2, b = 0.7 − 0.2, and a + b + c = 0.9. The outputs for (0, 0) and (1, 1) always add up "
        "to as much as those for (0, 1) and (1, 0). XOR wants 0 and 2, so no straight line does it.",
    ),
    Number(
        """
A ReLU lets positive net inputs through and stops the others. Let j1 be a ReLU with
the weights 1 and 1 and the bias 0, and j2 a ReLU with the weights 1 and 1 and the
bias −1. The last neuron is an identity without a bias, and w_j1k1 is 1. Which
w_j2k1 makes all four answers to XOR right?
""",
        "-2",
        exact=True,
        wrong={
            "-1": "Then the output for (1, 1) is 2 − 1 = 1.",
            "2": "Then the output for (1, 1) is 2 + 2 = 4.",
            "0": "Then the output for (1, 1) is that of j1 alone, which is 2.",
        },
        hint="Write down y_j1 and y_j2 for each of the four examples. Where is y_j2 not 0?",
        because="y_j1 is 0, 1, 1 and 2 for the four examples, y_j2 is 0, 0, 0 and 1, and 2 − 2·1 is 0. So a bend in two "
        "hidden neurons is enough.",
    ),
    Choice(
        "A step is made for the example (0, 0) alone. Which numbers of the hidden neurons does it change?",
        {
            "Their weights and their biases": "The gradient of a weight is δ_j·y_i, and here y_i is 0 for both inputs.",
            "Their biases alone": "∇w_ij = δ_j·y_i is 0 because y_i is 0, and ∇b_j = δ_j is not.",
            "Nothing, because no number reaches them": "Their inputs are 0, but a bias counts as a weight on an input that "
            "is always 1.",
        },
        right="Their biases alone",
        hint="What are ∇w_ij and ∇b_j?",
    ),
    Code(
        "Write the body of `training_step` again, from its docstring, chapter 4 and this chapter. `check_loss` may be left "
        "out: it only says that a training has failed.",
        "training.py",
        "training_step",
        hint="The first line resets the gradients, the last but one is descent.update(network). In between, the examples one "
        "by one; `average_gradients` makes a mean of the sum.",
    ),
)

if __name__ == "__main__":
    chapter.tell()
