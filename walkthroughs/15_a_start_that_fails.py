"""Chapter 15. A start from which XOR fails: where a training can get stuck, and what helps."""

import random

from purenet import Constant, Sigmoid, Uniform, build_network, picture_of, regions_series, train
from purenet.book import ByHand, Chapter, Choice, Number, measured
from purenet.datasets import xor
from purenet.document.table import Table
from purenet.drawing.graph import graph

chapter = Chapter(
    15,
    "A start from which XOR fails",
    question="The same network, the same task, another start: why does it never learn?",
    assumes="XOR from chapter 5, and the deltas of a hidden layer from chapter 3.",
)

EXAMPLES = xor().examples
GOOD, BAD = 1, 2  # seeds: it learns from the first, and fails from the second
RATE, EPOCHS, LEARNED = 10, 1500, 0.001
STARTS, TRIES = 100, 20
SHOWN, DISTANCE = (1, 10, 100, 200, 300, 500, 1500), 10  # epochs in the table, and between two points of a curve
LATER = (1000, 10_000, 100_000)
NAMES = ("w_i1j1", "w_i2j1", "b_j1", "w_i1j2", "w_i2j2", "b_j2", "w_j1k1", "w_j2k1", "b_k1")


# networks and their numbers


def start(seed, hidden=2, spread=1):
    """Return a network 2-2-1 of sigmoids, or one with more hidden neurons, before it learns."""
    return build_network([2, hidden, 1], Sigmoid, Sigmoid, Uniform(-spread, spread), random.Random(seed), bias="drawn")


def numbers_of(network):
    """Return for each neuron the list of its weights, and its bias last."""
    return [[round(number, 9) for number in (*neuron.weights, neuron.bias)] for neuron in network.neurons()]


def network_of(numbers):
    """Return a network 2-2-1 of these numbers."""
    network = build_network([2, 2, 1], Sigmoid, Sigmoid, Constant(0.0))
    for neuron, (*weights, bias) in zip(network.neurons(), numbers):
        neuron.weights, neuron.bias = weights, bias
    return network


def changed(numbers, changes):
    """Return a network of these numbers, to each of which one of the changes is added, in the same order."""
    changes = iter(changes)
    return network_of([[number + next(changes) for number in row] for row in numbers])


def loss_of(network):
    """Return the mean loss of the four examples."""
    total = 0
    for inputs, targets in EXAMPLES:
        total += network.loss.value(network.forward(inputs), targets)
    return total / len(EXAMPLES)


def gradients_of(network):
    """Return the gradients of a step, the means over the four examples, as one list."""
    network.reset_gradients()
    for inputs, targets in EXAMPLES:
        network.forward(inputs)
        network.backward(targets)
    sums = [number for neuron in network.neurons() for number in (*neuron.weight_gradients, neuron.bias_gradient)]
    return [number / len(EXAMPLES) for number in sums]


# what is measured


def two_starts():
    """Return for both seeds the losses of some epochs and the numbers of the end."""
    found = []
    for seed in (GOOD, BAD):
        network, losses = start(seed), []
        for epoch in train(network, EXAMPLES, RATE, EPOCHS, batch_size=4):
            if epoch.number in SHOWN or epoch.number % DISTANCE == 0:
                losses.append([epoch.number, round(epoch.loss, 6)])
        found.append({"losses": losses, "numbers": numbers_of(network)})
    return found


def longer(numbers):
    """Return what becomes of a network in many more epochs: their number, the loss and the largest weight."""
    network, found = network_of(numbers), []
    for epoch in train(network, EXAMPLES, RATE, LATER[-1], batch_size=4):
        if epoch.number in LATER:
            largest = max(abs(weight) for neuron in network.neurons() for weight in neuron.weights)
            found.append([epoch.number, round(epoch.loss, 8), round(largest, 4)])
    return found


def learns(network, rate=RATE, momentum=0):
    """Return whether a network learns, within the usual number of epochs."""
    epochs = train(network, EXAMPLES, rate, EPOCHS, batch_size=4, momentum=momentum)
    return any(epoch.loss < LEARNED for epoch in epochs)


def lower(numbers, size):
    """Return how many of 1000 random changes of all numbers at once lower the loss, and the lowest loss."""
    source, before = random.Random(1), loss_of(network_of(numbers))
    losses = [loss_of(changed(numbers, moves(source, size))) for _ in range(1000)]
    return [sum(loss < before for loss in losses), round(min(losses), 6)]


def moves(source, size):
    return [source.uniform(-size, size) for _ in NAMES]


def after_changes(numbers, size):
    """Return from how many of some random changes of all numbers the network then learns."""
    return sum(learns(changed(numbers, moves(random.Random(seed), size))) for seed in range(1, TRIES + 1))


def after_new_neuron(numbers, place):
    """Return how often the network learns when one hidden neuron gets new starting weights."""
    total = 0
    for seed in range(1, TRIES + 1):
        source = random.Random(seed)
        new = [source.uniform(-1, 1) for _ in numbers[place]]
        total += learns(network_of([new if row == place else kept for row, kept in enumerate(numbers)]))
    return total


WAYS = {
    "as above": {},
    "3 hidden neurons": {"hidden": 3},
    "4 hidden neurons": {"hidden": 4},
    "learning rate 20": {"rate": 20},
    "learning rate 50": {"rate": 50},
    "momentum 0.9, learning rate 1": {"rate": 1, "momentum": 0.9},
    "weights from ±0.5": {"spread": 0.5},
    "weights from ±4": {"spread": 4},
}


def failures(hidden=2, spread=1, **training):
    """Return from how many of the starts a network fails."""
    return sum(not learns(start(seed, hidden, spread), **training) for seed in range(1, STARTS + 1))


# how it is shown


def fixed(number, decimals):
    """Return a number as text, with a true minus sign."""
    return f"{number:.{decimals}f}".replace("-", "−")


def example_text(inputs):
    return ", ".join(f"{number:.0f}" for number in inputs)


def outputs(network):
    """Return a table of the outputs of all neurons for the four examples."""
    rows = []
    for inputs, targets in EXAMPLES:
        network.forward(inputs)
        rows.append([example_text(inputs), f"{targets[0]:.0f}", *(fixed(each.output, 4) for each in network.neurons())])
    return Table(["y_i1, y_i2", "t_k1", "y_j1", "y_j2", "y_k1"], rows, [(n,) for n in range(5)])


def deltas(network):
    """Return a table of the deltas for the four examples, with the slopes that are in those of the hidden neurons."""
    rows = []
    for inputs, targets in EXAMPLES:
        network.reset_gradients()
        network.forward(inputs)
        network.backward(targets)
        *hidden, last = network.neurons()
        slopes = [each.activation.derivative(each.net_input, each.output) for each in hidden]
        pairs = [(slope, each.delta) for slope, each in zip(slopes, hidden)]
        rows.append([example_text(inputs), fixed(last.delta, 6), *(fixed(n, 6) for pair in pairs for n in pair)])
    headers = ["y_i1, y_i2", "δ_k1", "f′(x_j1)", "δ_j1", "f′(x_j2)", "δ_j2"]
    return Table(headers, rows, [(n,) for n in range(6)])


def nudges(numbers):
    """Return a table of the gradients, and of the loss after a nudge of each number alone."""
    rows = []
    for place, (name, gradient) in enumerate(zip(NAMES, gradients_of(network_of(numbers)))):
        losses = []
        for size in (-1, -0.1, 0.1, 1):
            change = [size if other == place else 0 for other in range(len(NAMES))]
            losses.append(fixed(loss_of(changed(numbers, change)), 6))
        rows.append([name, fixed(gradient, 6), *losses])
    return Table(["", "gradient", "E, −1", "E, −0.1", "E, +0.1", "E, +1"], rows, [(n,) for n in range(6)])


def sum_of(neuron):
    """Return the net input of a hidden neuron as an indented formula."""
    first, second, bias = (fixed(number, 2) for number in (*neuron.weights, neuron.bias))
    return f"    x_{neuron.name} = {first}·y_i1 + {second}·y_i2 + {bias}".replace("+ −", "− ")


@chapter.content
def a_start_that_fails():
    yield f"""
In chapter 5 a 2-2-1 network learned XOR. Here it is again, with one change so
that it learns faster: the last neuron is a sigmoid, too, and the learning rate
is {RATE}. All four examples share a step, so an epoch is a step. The weights and
biases are drawn between −1 and 1. Two starts, with the seeds {GOOD} and {BAD}:
"""
    good, bad = measured("15 two starts", two_starts)
    rows = []
    for (number, one), (_, other) in zip(good["losses"], bad["losses"]):
        if number in SHOWN:
            rows.append([f"{number}", fixed(one, 6), fixed(other, 6)])
    yield Table(["epoch", f"E from start {GOOD}", f"E from start {BAD}"], rows, [(0,), (1,), (2,)])
    yield graph(
        f"The loss of XOR from two starts over {EPOCHS} epochs",
        [f"Solid: start {GOOD}. Dashed: start {BAD}, which stays at 1/16."],
        [each["losses"] for each in (good, bad)],
        "epoch",
        "mean loss E",
    )
    learned, failed = network_of(good["numbers"]), network_of(bad["numbers"])
    yield """
The second one is even ahead for a while. Then its loss stays near 1/16, which
is 0.0625. Of its answers, y_k1, two are right and two are ½:
"""
    yield outputs(failed)
    pair = [(f"start {GOOD}: all four right", learned), (f"start {BAD}: two at ½", failed)]
    yield regions_series(pair, EXAMPLES, "What each network says")

    yield """
The loss is what two answers of ½ cost, ½·(½)² each, divided by four examples.
(An answer counts as a 1 if it is over ½. So a program that reports accuracy
says 50 % here, and would say 75 % if both of these answers were just over ½.)

What the hidden neurons do
--------------------------

Look at the columns of y_j1 and y_j2. Whenever y_i2 is 1, both of them say 1,
whatever y_i1 is. So for the last neuron the examples 0, 1 and 1, 1 are the
same: it sees 1 and 1 both times, and must give the same answer both times. One
target is 1, the other is 0. The answer that costs least is ½, and that is what
it has learned. These are the weights and biases of the hidden neurons:
"""
    yield picture_of(failed)
    j1, j2, _ = failed.neurons()
    yield "\n".join(map(sum_of, (j1, j2)))
    sums = [f"{sum(neuron.weights) + neuron.bias:.1f}" for neuron in (j1, j2)]
    lone = [f"{neuron.weights[1] + neuron.bias:.1f}" for neuron in (j1, j2)]
    yield f"""
The weights of y_i2 are so large that y_i2 = 1 alone lifts both net inputs far
up: to {lone[0]} and {lone[1]} if y_i1 is 0, and to {sums[0]} and {sums[1]} if it is 1. There the
sigmoid is flat. One hidden neuron would have to come back down for one of these
two examples, as it does in the network that has learned:
"""
    yield outputs(learned)

    yield """
Why nothing moves
-----------------

Two answers are as wrong as ½ can be. Should that not be a strong reason to
move? Here are the deltas at that place, example by example:
"""
    yield deltas(failed)
    yield (
        """
The deltas of the last neuron are not small, for the two wrong answers: −0.125
wants it up, and 0.125 wants it down. But the gradient of a step is their mean,
and everything that k1 could change acts on both examples alike, since y_j1 and
y_j2 are 1 in both. So the two cancel.

The hidden neurons could tell the examples apart, by y_i1. Their deltas are δ_k1
times a weight times f′(x_j), and f′ is less than 0.0005 where it matters,
because there they are at the flat end of the sigmoid. What arrives is smaller
than 0.0005. So the one part of the network that could help is deaf there, and
the other part is told two opposite things.

A minimum, or a plateau?
------------------------

Here are the nine gradients, and the loss after a nudge of each number alone, by
−1, −0.1, 0.1 and 1. Without a nudge it is """
        + f"{loss_of(failed):.6f}:"
    )
    yield nudges(bad["numbers"])
    found = {
        size: measured(f"15 random nudges {size}", lambda n=size: lower(bad["numbers"], n)) for size in (0.1, 1, 3)
    }
    later = measured("15 longer", lambda: longer(bad["numbers"]))
    yield f"""
It is no minimum: the gradients are not quite 0, and three of the nudges by 1
lower the loss. But they lower it in the fifth decimal only, and they lead
outward, to weights that are larger still. All nudges by −1 raise it. So do most
others: of 1000 random nudges of all nine numbers at once, {found[0.1][0]} lower the loss if
they are within ±0.1, {found[1][0]} if within ±1, and {found[3][0]} if within ±3. The lowest loss that
any of them finds is {min(lowest for _, lowest in found.values()):.6f}.

And what if we wait?
"""
    rows = [[f"{EPOCHS + number:,}", f"{loss:.8f}", f"{largest:.1f}"] for number, loss, largest in later]
    yield Table(["epoch", "mean loss E", "largest weight"], rows, [(0,), (1,), (2,)])
    yield f"""
The loss goes on falling, ever more slowly and not below 1/16, while the weights
grow and the neurons become flatter still. So this is a plateau, nearly level,
and gradient descent walks out on it as far as we let it. In {LATER[-1]:,} more epochs
it did not find a way off.

That is what we measured. A proof is harder, and depends on what is called a
minimum. Leonard Hamey finds none for the 2-2-1 network ("XOR has no local
minima: a case study in neural network error surface analysis", 1998). Ida
Sprinkhuizen-Kuyper and Egbert Boers count level regions where hidden neurons
are saturated, and conclude that from every finite point there is a path to the
loss 0 on which the loss only falls ("The local minima of the error surface of
the 2-2-1 XOR network"). That a path exists does not mean that the steps of
gradient descent find it.

What helps
----------

From how many of {STARTS} starts, the seeds 1 to {STARTS}, does XOR fail? That is: the
mean loss is not below {LEARNED} within {EPOCHS:,} epochs.
"""
    shares = [
        (way, measured(f"15 failures, {way.replace('±', '')}", lambda s=settings: failures(**s)))
        for way, settings in WAYS.items()
    ]
    count = dict(shares)
    yield Table(["", f"of {STARTS} starts fail"], [[way, str(number)] for way, number in shares], [(0,), (1,)])
    yield f"""
  - More hidden neurons help most. Two are just enough, so both must find their
    place. A third one brings {count["as above"]} failures down to {count["3 hidden neurons"]}.
  - A larger learning rate does not help. At 20 about as many starts fail, and
    at 50 more do.
  - Momentum does not help, either. (With momentum 0.9 and a tenth of the rate,
    steps in one direction add up to the same length.) It carries a training
    over small bumps, and a plateau has none.
  - Large starting weights are worst: a neuron may be at a flat end before it
    has learned anything. Smaller ones make no clear difference. Of {STARTS} starts,
    two or three failures more or fewer may be chance.

What about a network that is stuck already? Take the one from start {BAD}. Change
all its numbers at random, and let it learn again, {TRIES} times for each size of the
change. Or give new starting weights to one hidden neuron, and leave the rest:
"""
    rows = []
    for size in (2, 4, 8):
        often = measured(f"15 changed by {size}", lambda n=size: after_changes(bad["numbers"], n))
        rows.append([f"all numbers change, within ±{size}", str(often)])
    for place in (0, 1):
        often = measured(f"15 new neuron {place + 1}", lambda n=place: after_new_neuron(bad["numbers"], n))
        rows.append([f"j{place + 1} gets new weights, within ±1", str(often)])
    yield Table(["", f"of {TRIES} learn"], rows, [(0,), (1,)])
    yield """
Shaking it hardly helps, since the weights have gone far out. But a new neuron,
whose net inputs are near 0 where the sigmoid is steep, has found the missing
part each time. So one can simply start again: if one start in six fails, two in
a row fail once in 36 times.

When a loss stays level and some answers stay at ½, do not wait for 100,000
epochs. Look at the outputs of the hidden neurons, example by example: is there
a pair of examples that all of them give the same outputs for? The slope that is
missing then is `Sigmoid.derivative` in purenet/activations.py, and it is
multiplied by what comes from `Layer.input_gradients` in purenet/layer.py.
"""


STUCK = {
    "title": "A hidden neuron at its flat end",
    "network": {
        "layers": [
            {"weights": [[1.0, 4.0], [1.0, -1.0]], "biases": [-1.0, 0.5], "activation": "sigmoid"},
            {"weights": [[2.0, -1.0]], "biases": [-1.0], "activation": "sigmoid"},
        ],
    },
    "examples": [{"inputs": [1.0, 1.0], "targets": [0.0]}],
    "learning_rate": 1.0,
}

chapter.exercises(
    Number(
        """
Sometimes a network gets stuck with other answers to XOR: 0 for the inputs 0, 0,
and ⅔ for the other three, whose targets are 1, 1 and 0. What is its mean loss,
to 4 decimals?
""",
        "0.083333333",
        decimals=4,
        wrong={
            "0.3333": "That is the sum of the four losses. Divide it by 4.",
            "0.1667": "The loss is half the squared difference.",
            "0.1111": "The mean is over all four examples. The one that is right counts, too.",
            "0.0417": "Two answers are off by ⅓, but the third is off by ⅔.",
            "0.0278": "The third answer that is ⅔ is wrong by most: its target is 0.",
            "0.0625": "That is the loss of two right answers and two at ½.",
        },
        hint="The differences are 0, ⅓, ⅓ and ⅔. Square each, halve it, and take the mean of the four.",
        because="½·(0 + 1/9 + 1/9 + 4/9) / 4 = 1/12.",
    ),
    Number(
        """
The last neuron sees the same two numbers for three examples, whose targets are
1, 1 and 0. Which answer to all three has the least loss, to 3 decimals?
""",
        "0.666666667",
        decimals=3,
        wrong={
            "0.500": "That is the least for one 1 and one 0. Here there are two 1s.",
            "1.000": "Then two losses are 0, and the third is ½. A smaller answer has a smaller sum: try 0.9.",
            "0.333": "That is the share of the zeros.",
        },
        hint="Where is the sum of (y − 1), (y − 1) and (y − 0) equal to 0?",
        because="The slopes of the three losses add up to 3·y − 2, which is 0 at y = ⅔: the mean of the targets.",
    ),
    ByHand(
        """
A network 2-2-1 of sigmoids: j1 has the weights 1 and 4 and the bias −1, j2 has
the weights 1 and −1 and the bias 0.5, k1 has the weights 2 and −1 and the bias
−1. The inputs are 1 and 1, and the target is 0. What is δ_j1, to 4 decimals?
""",
        STUCK,
        "δ_j1",
        decimals=4,
        hint="x_j1 is 4 and x_j2 is 0.5. Then y_j1 = 0.9820, y_j2 = 0.6225, and y_k1 and δ_k1 as always.",
    ),
    Choice(
        "At the place where the network is stuck, δ_k1 is −0.125 for one example and 0.125 for another. Why do the weights "
        "of k1 not move?",
        {
            "Because δ_k1 is multiplied by f′, which is nearly 0.": "At y_k1 = ½ the slope of k1 is ¼, the steepest there is, "
            "and δ_k1 contains it already.",
            "Because both examples have the same y_j1 and y_j2, so their gradients cancel.": "∇w_jk is δ_k1·y_j, and y_j is 1 "
            "in both: −0.125 + 0.125 = 0.",
            "Because the learning rate is too small.": "At 50 more starts fail than at 10.",
            "Because its answers are right.": "They are ½, as far from both targets as they can be at once.",
        },
        right="Because both examples have the same y_j1 and y_j2, so their gradients cancel.",
        hint="What is the gradient of w_j1k1 for each of the two?",
    ),
    Choice(
        "A network is stuck. Which of these shows that it is at a plateau and not at a minimum?",
        {
            "Its loss has not changed in its first six decimals for 1000 epochs.": "Both look like that: near a minimum the "
            "steps get small as well.",
            "Its loss is above 0.": "A local minimum can have any loss.",
            "A nudge of one weight lowers the loss, however little.": "From a minimum no small nudge leads down. From here one "
            "does, so there is a way down, which may be very long.",
            "All its gradients are exactly 0.": "Then it could be a minimum. They are 0 at a minimum, at a maximum and at a "
            "saddle between two hills.",
        },
        right="A nudge of one weight lowers the loss, however little.",
    ),
)

if __name__ == "__main__":
    chapter.tell()
