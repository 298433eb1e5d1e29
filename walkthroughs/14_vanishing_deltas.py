"""Chapter 14. Vanishing deltas: what becomes of a delta on its way back through many layers."""

import random
from math import log10

from purenet import (
    BinaryCrossEntropy,
    Glorot,
    He,
    Layer,
    Network,
    Neuron,
    ReLU,
    Sigmoid,
    Tanh,
    Uniform,
    accuracy,
    build_network,
    picture_of,
    trace_step,
    train,
)
from purenet.book import ByHand, Chapter, Choice, Code, Number, Steps, measured
from purenet.document.table import Table
from purenet.drawing.graph import graph

chapter = Chapter(
    14,
    "Vanishing deltas",
    question="Why do the first layers of a deep network learn so slowly?",
    assumes="the deltas of a hidden layer, from chapter 3.",
)

LETTERS = "PONMLKJ"  # the layers of the deep networks here, from the last to the first
WEIGHTS = (1.0, 2.0, 4.0, 8.0)
WIDTH, DEPTH = 8, 6  # neurons in a hidden layer, and hidden layers
RATE, EPOCHS = 0.05, 40
SEEDS, LONGER, GOAL = (1, 2, 3), 200, 0.1  # for the last table: epochs until the loss is below the goal
STARTS = (  # an activation function and starting weights, with their names
    ("sigmoid", "±0.1", Sigmoid, Uniform(-0.1, 0.1)),
    ("sigmoid", "Glorot", Sigmoid, Glorot()),
    ("sigmoid", "±4", Sigmoid, Uniform(-4, 4)),
    ("tanh", "±0.1", Tanh, Uniform(-0.1, 0.1)),
    ("tanh", "Glorot", Tanh, Glorot()),
    ("ReLU", "±0.1", ReLU, Uniform(-0.1, 0.1)),
    ("ReLU", "He", ReLU, He()),
)
USUAL = (STARTS[1], STARTS[4], STARTS[6])
DEPTHS = (1, 2, 3)


def chain(weight):
    """Return seven sigmoid neurons in a chain, whose net inputs are all 0 if the input is ½."""
    return Network([Layer([Neuron([weight], -weight / 2, Sigmoid())]) for _ in LETTERS])


def chain_deltas(input):
    """Return a table of the deltas in four chains, for the target 1."""
    columns = []
    for weight in WEIGHTS:
        network = chain(weight)
        network.forward([input])
        network.backward([1.0])
        columns.append([scientific(neuron.delta, 4) for neuron in reversed(network.neurons())])
    rows = [[f"δ_{letter.lower()}1", *row] for letter, row in zip(LETTERS, zip(*columns))]
    return Table(["", *(f"w = {weight:.0f}" for weight in WEIGHTS)], rows, [(n,) for n in range(5)])


def points(number, source):
    """Return the points of chapter 9: 1 inside a circle around the middle of a square, else 0."""
    examples = []
    while len(examples) < number:
        x, y = source.uniform(-1, 1), source.uniform(-1, 1)
        distance = (x * x + y * y) ** 0.5
        if not 0.6 < distance < 0.75:
            examples.append(([x, y], [1.0 if distance < 0.675 else 0.0]))
    return examples


def deep(kind, weights, depth=DEPTH, seed=1):
    """Return a network of two inputs, some hidden layers of eight neurons, and a sigmoid that says yes or no."""
    sizes = [2, *[WIDTH] * depth, 1]
    return build_network(sizes, kind, Sigmoid, weights, random.Random(seed), loss=BinaryCrossEntropy())


def sizes_of_deltas(network, examples):
    """Return for each layer, the last one first, the mean size of its deltas."""
    totals = [0] * len(network.layers)
    for inputs, targets in examples:
        network.reset_gradients()
        network.forward(inputs)
        network.backward(targets)
        for place, layer in enumerate(reversed(network.layers)):
            for neuron in layer.neurons:
                totals[place] += abs(neuron.delta)
    return [total / len(examples) / len(layer.neurons) for total, layer in zip(totals, reversed(network.layers))]


def trained(kind, weights, depth=DEPTH, seed=1):
    """Return the losses of a training, and the accuracy on other points at its end."""
    network, examples = deep(kind, weights, depth, seed), points(200, random.Random(7))
    losses = [round(epoch.loss, 4) for epoch in train(network, examples, RATE, EPOCHS, shuffle=random.Random(2))]
    return losses, accuracy(network, points(200, random.Random(8)))


def epochs_needed(kind, weights, depth):
    """Return for each start after how many epochs the mean loss is below the goal; None where it never is."""
    found = []
    for seed in SEEDS:
        network, examples = deep(kind, weights, depth, seed), points(200, random.Random(7))
        epochs = train(network, examples, RATE, LONGER, shuffle=random.Random(2))
        found.append(next((epoch.number for epoch in epochs if epoch.loss < GOAL), None))
    return found


def scientific(number, digits=2):
    """Return a number with some digits, and a power of ten where it is small."""
    small = abs(number) < 0.001
    text = f"{number:.{digits - 1}e}".replace("e-0", "e-") if small else f"{number:#.{digits}g}"
    return text.replace("-", "−")


def percent(share):
    return f"{100 * share:.1f} %"


@chapter.content
def vanishing_deltas():
    yield """
Chapter 3 says that a third layer, or a tenth, brings nothing new. For the
formulas that is true. For the numbers it is not. On its way back a delta is
multiplied in each layer, by weights and by a slope, and a product of many
factors soon becomes tiny, or huge.

A chain, by hand
----------------

Take seven sigmoid neurons, one in each of the layers J to P. Let every weight
be w, every bias −w/2, and the input ½. Then x_j1 = w·½ − w/2 = 0, so y_j1 is ½,
the input of k1, and so on: all seven say ½. There the sigmoid is as steep as it
can be, f′ = ½·(1 − ½) = ¼. Nowhere is it kinder to a delta. Here is the chain
for w = 2, with the target 1, and the delta of the neuron before the last:
"""
    yield picture_of(chain(2.0))
    yield Steps(trace_step(chain(2.0), [0.5], [1.0], learning_rate=0.1), [19], picture=False)
    yield """
In each layer it is the same: δ is the delta of the next neuron, times w, times
¼. For the chain whose weights are w, over n layers:

    δ_o1 = (w/4)·δ_p1        δ_n1 = (w/4)²·δ_p1        …        (w/4)ⁿ·δ_p1

These are all seven deltas for four values of w:
"""
    yield chain_deltas(0.5)
    yield """
With w = 1 what is left for j1 is (1/4)⁶, which is 1/4096. A gradient is a delta
times an input, and all inputs are ½. So j1 learns 4096 times as slowly as p1:
the deltas vanish. With w = 4 nothing is lost. With w = 8 they double in each
layer: they explode.

Are large weights the cure, then? Net inputs of exactly 0 were the best case.
Let the input be 0.6 instead of 0.5, and nothing else change:
"""
    yield chain_deltas(0.6)
    network = chain(8.0)
    network.forward([0.6])
    outputs = ", ".join(f"{neuron.output:.2f}" for neuron in network.neurons())
    last = network.neurons()[-1]
    slope = last.activation.derivative(last.net_input, last.output)
    yield f"""
With w = 8 the outputs run away from ½:

    {outputs}

There the sigmoid is flat. At the last one f′ is {slope:.3f}, and 8·{slope:.3f} is only
{8 * slope:.2f}. So what had exploded vanishes. With small weights a delta shrinks because
of them and of the ¼, and with large ones because of the flat ends.

Six hidden layers
-----------------

In a real network a delta is f′ times a sum over the next layer, and terms of
both signs cancel in part. So let us look. A 2-8-8-8-8-8-8-1 network has to say
whether a point is inside a circle, as in chapter 9, with the binary
cross-entropy as its loss. Before it has learned anything, how large are its
deltas, on average over the neurons of a layer and over 50 points? Three
functions in the hidden layers, and starting weights of four kinds:

  - ±0.1 and ±4: drawn evenly between these numbers;
  - Glorot: drawn evenly from ±√(6 / (inputs + outputs)), which is ±0.61 between
    two layers of eight;
  - He: drawn from a normal distribution with the width √(2 / inputs), which is
    0.5 here.

All biases start at 0. The last layer comes first, as on the way back:
"""
    examples = points(50, random.Random(7))
    columns = [sizes_of_deltas(deep(kind, weights), examples) for _, _, kind, weights in STARTS]
    rows = [[f"{name} {weights}", *map(scientific, sizes)] for (name, weights, _, _), sizes in zip(STARTS, columns)]
    yield Table(["", *LETTERS], rows, [(n,) for n in range(8)])
    lines = [[(n, log10(column[n])) for n in range(len(LETTERS))] for column in (columns[1], columns[4])]
    yield graph(
        "The mean size of the deltas, layer by layer",
        ["Solid: sigmoids, Glorot. Dashed: tanh, Glorot. −1 is a tenth, −2 a hundredth, and so on."],
        lines,
        "layers back from the last",
        "mean size of δ, as a power of ten",
        dots=[point for line in lines for point in line],
    )
    ratio = columns[1][-1] / columns[1][0]
    yield f"""
With sigmoids and Glorot's weights most is lost in each layer, and what reaches
J is {scientific(ratio)} of what P began with. With tanh and the same weights more than a
third is left after all six layers: the slope of tanh at 0 is 1 and not ¼. A
ReLU has the slope 1 or 0, and He's weights are made for it: they are larger,
because about half of the neurons say nothing. With weights within ±0.1, deltas
vanish with each of the three functions, since a weight is a factor, too.

What it does to learning
------------------------

Now the same seven networks learn. 200 points, one a step, at a rate of {RATE};
the accuracy at the end is that on 200 other points. Who says "outside" to all
of these is right for 65.5 %:
"""
    found = [
        measured(f"14 {name} {weights.strip('±')}", lambda k=kind, w=start: trained(k, w))
        for name, weights, kind, start in STARTS
    ]
    rows = []
    for (name, weights, _, _), (losses, share) in zip(STARTS, found):
        shown = [f"{losses[number - 1]:.4f}" for number in (1, 10, 20, EPOCHS)]
        rows.append([f"{name} {weights}", *shown, percent(share)])
    headers = ["", "E, epoch 1", "epoch 10", "epoch 20", f"epoch {EPOCHS}", "accuracy"]
    yield Table(headers, rows, [(n,) for n in range(6)])
    yield graph(
        f"The loss of six hidden layers over {EPOCHS} epochs",
        ["Solid: sigmoids, Glorot. Dashed: tanh, Glorot."],
        [list(enumerate(found[place][0], start=1)) for place in (1, 4)],
        "epoch",
        "mean loss E",
    )
    yield f"""
Where the deltas vanish, the network has learned one thing: how many of the
points are inside. For that, its last layer needs nothing but its bias. The
others have learned the circle. And look at the third line: sigmoids can do it,
too, from weights that are much larger than usual. That fits the table before,
where more of a delta reaches J. It is not the function alone that matters, but
what it and the weights together do to a delta.

How much of that is the depth? Here are fewer hidden layers and more time. After
how many epochs is the mean loss below {GOAL}, from three starts each? (A dash: not
within {LONGER} epochs.)
"""
    rows = []
    for depth in DEPTHS:
        needed = [
            measured(f"14 {name} {weights}, {depth} deep", lambda k=kind, w=start, d=depth: epochs_needed(k, w, d))
            for name, weights, kind, start in USUAL
        ]
        rows.append([str(depth), *(", ".join("–" if n is None else str(n) for n in each) for each in needed)])
    headers = ["hidden layers", *(f"{name} {weights}" for name, weights, _, _ in USUAL)]
    yield Table(headers, rows, [(n,) for n in range(4)])
    yield """
With tanh and ReLU a second and a third layer save epochs. With sigmoids the
second layer saves none, and with the third the circle is not found in time.

Who found it
------------

Sepp Hochreiter described vanishing and exploding deltas in his diploma thesis
in 1991, and Yoshua Bengio, Patrice Simard and Paolo Frasconi in 1994, in
"Learning long-term dependencies with gradient descent is difficult". Both write
about networks that read a sequence step by step, with the same weights in each
step: a chain like ours, as long as the sequence. Xavier Glorot and Yoshua
Bengio measured it layer by layer in 2010, and found the weights that are named
after Glorot. Those of Kaiming He and others are of 2015.

ReLU is no cure-all: its slope is 0 where x is below 0, and if all neurons of a
layer are there, nothing gets through.

Read `Glorot.weight` and `He.weight` in purenet/initialization.py now, and
`Tanh.derivative` beside `Sigmoid.derivative` in purenet/activations.py.
"""


THREE = {
    "title": "A chain of three neurons",
    "network": {
        "layers": [
            {"weights": [[1.0]], "biases": [-0.5], "activation": "sigmoid"},
            {"weights": [[2.0]], "biases": [-1.0], "activation": "sigmoid"},
            {"weights": [[-6.0]], "biases": [3.0], "activation": "sigmoid"},
        ],
    },
    "examples": [{"inputs": [0.5], "targets": [1.0]}],
    "learning_rate": 0.1,
}

chapter.exercises(
    ByHand(
        """
A chain of three sigmoid neurons: w_i1j1 = 1, w_j1k1 = 2 and w_k1l1 = −6, with
the biases −0.5, −1 and 3. The input is 0.5 and the target is 1. All three
outputs are ½. What is δ_j1, to 4 decimals?
""",
        THREE,
        "δ_j1",
        decimals=4,
        hint="Begin at the end: δ_l1 is ¼·(½ − 1). Each layer back brings a weight and ¼.",
    ),
    Number(
        "In a chain of sigmoids every weight is 2. At best, what share of a delta is left five layers further back, to 4 "
        "decimals?",
        "0.03125",
        decimals=4,
        wrong={
            "0.0010": "That is (1/4)⁵: each layer brings its weight, too.",
            "32": "That is 2⁵: each layer brings a slope, too, ¼ at best.",
            "0.0625": "That is (2/4)⁴. Five layers further back there are five factors.",
            "0.0156": "That is (2/4)⁶. Five layers further back there are five factors.",
            "2.5": "The factors of the layers are multiplied and not added.",
        },
        hint="Each layer brings the factor w·f′.",
        because="(2·¼)⁵ = 1/32.",
    ),
    Number(
        "Between which numbers ±a does Glorot draw the weights between a layer of 100 neurons and one of 50? To 2 decimals, "
        "what is a?",
        "0.2",
        decimals=2,
        wrong={
            "0.04": "That is 6 / 150. Take its square root.",
            "0.24": "That is √(6 / 100). The outputs count as well: 100 + 50.",
            "0.14": "That is √(2 / 100), the width for He.",
            "0.35": "That is √(6 / 50). The inputs count as well: 100 + 50.",
        },
        hint="√(6 / (inputs + outputs)).",
    ),
    Choice(
        "A sigmoid loses at least three quarters of a delta. Why not make all weights ten times as large, so that w·f′ is "
        "above 1?",
        {
            "Because weights must be below 1.": "Nothing says so. In the tables, sigmoids do better with weights within ±4.",
            "Because large weights make large net inputs, where f′ is far below ¼.": "As in the chain with w = 8 and the input "
            "0.6: 8·f′ is 0.17 there. And where f′ does stay near ¼, the deltas explode.",
            "Because the learning rate would have to be ten times as large.": "The rate has no part in a delta.",
            "Because f′ is a property of the function, and w has nothing to do with it.": "f′ depends on x, and x on the weights.",
        },
        right="Because large weights make large net inputs, where f′ is far below ¼.",
        hint="Where is the sigmoid steep?",
    ),
    Code(
        "Delete the body of `Tanh.derivative` and write it again.",
        "activations.py",
        "Tanh.derivative",
        hint="Its slope is simplest in terms of y, and it is 1 where y is 0.",
    ),
)

if __name__ == "__main__":
    chapter.tell()
