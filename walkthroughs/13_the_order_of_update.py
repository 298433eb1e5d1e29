"""Chapter 13. The order of update: a worked example with two answers, and what else must come before what."""

import inspect
import random
import textwrap

from purenet import Identity, Layer, Network, Neuron, Sigmoid, Uniform, build_network, picture_of, trace_case
from purenet.arithmetic.notation import UNICODE, number_text
from purenet.book import ByHand, Chapter, Choice, Code, Number, Output, Steps, measured
from purenet.cases import Case, load_case
from purenet.datasets import xor
from purenet.document.table import Table
from purenet.drawing.graph import graph
from purenet.golden.mistakes import CATALOGUE
from purenet.golden.values.certified import certified_values

chapter = Chapter(
    13,
    "The order of update",
    question="When may a weight move?",
    assumes="the deltas of a hidden layer, from chapter 3.",
)

MISTAKE = "updated-weights-in-hidden-delta"
LOOKED_AT = (1, 4, 9, 99, 999, 10_000)  # numbers of updates
RATES, STARTS, EPOCHS, LEARNED = (2, 5, 10, 20), 20, 1000, 0.001


def all_deltas_first(network, inputs, targets, rate):
    network.reset_gradients()
    network.forward(inputs)
    network.backward(targets)
    network.update(rate)


def weights_at_once(network, inputs, targets, rate):
    network.reset_gradients()
    outputs = network.forward(inputs)
    gradients = network.loss.derivative(outputs, targets)
    for layer in reversed(network.layers):
        layer.backward(gradients)
        layer.update(rate)
        gradients = layer.input_gradients()


ORDERS = (all_deltas_first, weights_at_once)


def small():
    """Return a network of two straight neurons, one after the other."""
    return Network([Layer([Neuron([2.0], activation=Identity())]), Layer([Neuron([3.0], activation=Identity())])])


SMALL = Case(
    {
        "title": "Two neurons",
        "network": {
            "layers": [
                {"weights": [[2.0]], "activation": "identity"},
                {"weights": [[3.0]], "activation": "identity"},
            ]
        },
        "examples": [{"inputs": [1.0], "targets": [4.0]}],
        "learning_rate": 0.05,
    }
)


def shown(number, digits=None):
    """Return a number as text, with a true minus sign."""
    return UNICODE.number(number_text(number, digits))


def loss_of(network, inputs, targets):
    return network.loss.value(network.forward(inputs), targets)


def after_a_step(order, rate=0.05):
    """Return both weights of the small network, its output and its loss after a step in an order."""
    network = small()
    order(network, [1.0], [4.0], rate)
    first, last = network.neurons()
    output = network.forward([1.0])[0]
    return first.weights[0], last.weights[0], output, network.loss.value([output], [4.0])


def mazur_step(order):
    """Return the network of Mazur's example after a step in an order, and the example."""
    case = load_case("mazur")
    network, (inputs, targets) = case.network(), case.pairs()[0]
    order(network, inputs, targets, 0.5)
    return network, inputs, targets


def mazur_losses():
    """Return the losses of Mazur's network after some numbers of updates, a list for each order."""
    case, found = load_case("mazur"), []
    for order in ORDERS:
        network, (inputs, targets), losses = case.network(), case.pairs()[0], []
        for number in range(1, LOOKED_AT[-1] + 1):
            order(network, inputs, targets, 0.5)
            if number in LOOKED_AT:
                losses.append(loss_of(network, inputs, targets))
        found.append(losses)
    return found


def starts_that_learn():
    """Return, for each learning rate, from how many starts each order learns XOR."""
    return [[sum(learns(order, rate, seed) for seed in range(STARTS)) for order in ORDERS] for rate in RATES]


def learns(order, rate, seed):
    """Return whether a 2-3-1 network of sigmoids learns XOR, one example a step."""
    network = build_network([2, 3, 1], Sigmoid, Sigmoid, Uniform(-1, 1), random.Random(seed), bias="drawn")
    examples = xor().examples
    for _ in range(EPOCHS):
        total = 0
        for inputs, targets in examples:
            total += loss_of(network, inputs, targets)
            order(network, inputs, targets, rate)
        if total / len(examples) < LEARNED:
            return True
    return False


def source(function):
    """Return the lines of a function as they were run, as a block."""
    return Output(textwrap.indent(inspect.getsource(function), "    "))


@chapter.content
def the_order_of_update():
    yield """
Chapter 3 says: compute every delta first, and update afterwards. This chapter
does the opposite on purpose, and watches. Here is the right order:
"""
    yield source(all_deltas_first)
    yield """
And here is the other one. It goes backward layer by layer, too, but it moves
the weights of a layer at once, before it asks that layer how fast the loss
changes with its inputs:
"""
    yield source(weights_at_once)
    yield """
One line has moved up, that is all. In `Layer.input_gradients`, which is in
purenet/layer.py, the sum Σ_k w_jk·δ_k now takes weights that have moved before.

One step by hand
----------------

Take two neurons, one after the other, without a bend and without biases. The
weights are w_i1j1 = 2 and w_j1k1 = 3, the input is 1, and the target is 4. So
y_j1 = 2·1 = 2 and y_k1 = 3·2 = 6, too large by 2, which is δ_k1. The last
weight has the gradient δ_k1·y_j1 = 2·2 = 4, and with η = 0.05 it will become
3 − 0.05·4 = 2.8. Now j1 asks for its share of the blame. The right order:
"""
    yield Steps(trace_case(SMALL), [9])
    yield "And the other, as the catalogue of mistakes has it:"
    yield Steps(trace_case(SMALL, program=CATALOGUE[MISTAKE]), [9], picture=False)

    yield "Both steps to their end:"
    pairs = zip(("w_i1j1⁺", "w_j1k1⁺", "y_k1⁺", "E⁺"), *map(after_a_step, ORDERS))
    rows = [[symbol, *(shown(number, 6) for number in pair)] for symbol, *pair in pairs]
    yield Table(["", "all deltas first", "weights at once"], rows, stacks=[(0,), (1,), (2,)])

    doubled = [after_a_step(order, 0.1)[-1] for order in ORDERS]
    h, losses = 0.001, []
    for nudged in (2.0 + h, 2.0 - h):
        network = small()
        network.neurons()[0].weights[0] = nudged
        losses.append(loss_of(network, [1.0], [4.0]))
    yield f"""
Which is right? Ask the nudge of chapter 0. With w_j1k1 = 3, as it was when the
loss was computed, turn w_i1j1 up and down by 0.001: the loss is {losses[0]:.7f} and
{losses[1]:.7f}. That is a difference of {losses[0] - losses[1]:.3f} over a distance of 0.002, a slope
of {(losses[0] - losses[1]) / (2 * h):.3f}. A gradient is the slope of the loss at one place. The 5.6 mixes two
places, one before the step and one after it.

(Do not judge by E⁺. With η = 0.1 both steps are too long, and E⁺ is {shown(doubled[0], 6)}
for the right order and {shown(doubled[1], 6)} for the other. A wrong gradient can be lucky.)

Mazur's two answers
-------------------

Matt Mazur's page of 2015, against which many programs are tested, does a step
by hand for this network, without training the biases:
https://mattmazur.com/2015/03/17/a-step-by-step-backpropagation-example/
"""
    case = load_case("mazur")
    yield picture_of(case.network())
    (right, inputs, targets), (wrong, _, _) = map(mazur_step, ORDERS)
    truth = certified_values(case)["step2.example2.loss"].true[0]
    rows = []
    for name, place in (("δ_j1", 0), ("δ_j2", 1)):
        pair = [network.neurons()[place].delta for network in (right, wrong)]
        rows.append([name, *(f"{number:.9f}" for number in pair), ""])
    for name, place, published in (("w_i1j1⁺", 0, "0.149780716"), ("w_i1j2⁺", 1, "0.24975114")):
        pair = [network.neurons()[place].weights[0] for network in (right, wrong)]
        rows.append([name, *(f"{number:.9f}" for number in pair), published])
    pair = [loss_of(network, inputs, targets) for network in (right, wrong)]
    rows.append(["E⁺", *(f"{number:.9f}" for number in pair), "0.291027924"])
    headers = ["", "all deltas first", "weights at once", "on the page"]
    yield Table(headers, rows, stacks=[(n,) for n in range(4)])
    share = 1 - wrong.neurons()[0].delta / right.neurons()[0].delta
    yield f"""
The new weights on the page are those of the right order. But the loss that it
gives for the second pass is that of the other one. So the page contradicts
itself, and both losses are in circulation. In full, they are

    all deltas first    {str(truth)[:20]}…, proved
    weights at once     {pair[1]}

and `purenet cases --verify mazur` lists the page's number as wrong, with its
cause.

How can such a mistake last for years? δ_j1 is too small by {100 * share:.0f} %, which is
much. But it is multiplied by the inputs 0.05 and 0.1, so w_i1j1⁺ differs in the
fourth decimal, and the loss in the seventh, by {pair[1] - pair[0]:.8f}. A test that
allows 0.000001 passes. The last layer, whose weights move most here, is not
touched by the mistake: its deltas come straight from the loss. Nor is a network
of a single layer.

It learns nonetheless
---------------------

The same for 10,000 updates:

"""
    rows = []
    for number, one, other in zip(LOOKED_AT, *measured("13 losses", mazur_losses)):
        rows.append(
            [f"{number:,}", f"{one:.10f}", f"{other:.10f}", f"{100 * (other / one - 1):.6f} %".replace("-", "−")]
        )
    headers = ["updates", "all deltas first", "weights at once", "difference"]
    yield Table(headers, rows, stacks=[(n,) for n in range(4)])
    learned = measured("13 starts", starts_that_learn)
    yield f"""
The wrong order is behind after 4 updates, and ahead after 9. Somebody else has
published a table with the first five rows, for both orders. For 10,000 updates
the page has 0.000035085, once more that of the wrong order. The command
`purenet cases --verify mazur-10000` compares all these numbers.

So is the order a matter of taste? It depends on how far weights move in a step.
The wrong share differs from the right one by (w_jk⁺ − w_jk)·δ_k, and that grows
with the learning rate. Here is XOR, learned by a 2-3-1 network of sigmoids, one
example a step, from {STARTS} starts for each learning rate. How many of them bring
the mean loss below {LEARNED} within {EPOCHS:,} epochs?

"""
    rows = [[str(rate), *map(str, counts)] for rate, counts in zip(RATES, learned)]
    yield Table(["learning rate", "all deltas first", "weights at once"], rows, stacks=[(0,), (1,), (2,)])
    yield graph(
        f"Starts, of {STARTS}, from which XOR is learned",
        ["Solid: all deltas first. Dashed: weights at once."],
        [[(rate, counts[order]) for rate, counts in zip(RATES, learned)] for order in (0, 1)],
        "learning rate",
        "starts that learn",
        dots=[(rate, count) for rate, counts in zip(RATES, learned) for count in counts],
    )

    yield """
At the smallest rate nobody would notice. At large ones the wrong order fails
far more often: if a step takes a weight of the last layer across 0, its share
of the blame even changes its sign. The mistake is unseen until somebody raises
the rate.

What else must come before what
-------------------------------

The four lines of a step, in purenet/network.py, have an order for three more
reasons. Each is shown with the two neurons from above, whose gradients were 6
and 4.

Gradients are forgotten before a step. Forward and backward twice, without
`reset_gradients` in between, and without an update so that the weights stay:
"""
    network = small()
    lines = []
    for number in ("first", "second"):
        network.forward([1.0])
        network.backward([4.0])
        found = [neuron.weight_gradients[0] for neuron in network.neurons()]
        lines.append(f"    after the {number} backward pass    {found[0]:.0f} and {found[1]:.0f}")
    yield "\n".join(lines)
    network = small()
    network.reset_gradients()
    for example in ([1.0], [2.0]):
        network.forward(example)
        network.backward([4.0])
    batch = [neuron.weight_gradients[0] for neuron in network.neurons()]
    network = small()
    all_deltas_first(network, [1.0], [4.0], 0.05)
    network.reset_gradients()
    network.forward([2.0])
    network.backward([4.0])
    between = [neuron.weight_gradients[0] for neuron in network.neurons()]
    yield f"""
The second step would be twice as long as it should be, and the next one three
times.

Weights move once for a mini-batch, after its last example; until then, the
gradients of its examples are added up. For the inputs 1 and 2, both with the
target 4, the sums are {batch[0]:.0f} and {batch[1]:.0f}: 6 + 48 and 4 + 32. If the weights move after
the first example, the second has other gradients, {between[0]:.2f} and {between[1]:.2f} instead of
48 and 32. That is not wrong, but another training: two steps of one example
each.
"""
    network = small()
    network.reset_gradients()
    network.forward([1.0])
    network.forward([2.0])
    network.backward([4.0])
    mixed = [neuron.weight_gradients[0] for neuron in network.neurons()]
    yield f"""
Deltas belong to the last forward pass. A neuron keeps the numbers of one pass.
Whoever runs the network on something else before `backward`, if only to print
an output, gets the deltas of that. Forward with 1, then with 2, then backward:
the gradients are {mixed[0]:.0f} and {mixed[1]:.0f}, those of the input 2.

Read `Network.backward` in purenet/network.py once more, and the four lines at
the top of that file; then `training_step` in purenet/training.py, where they
are repeated for each example. `Network.backward` can ask for the weights of the
forward pass because nothing in it changes one: only `Neuron.update` in
purenet/neuron.py does.
"""


ONE_TO_TWO = {
    "title": "One neuron that feeds two",
    "network": {
        "layers": [
            {"weights": [[0.5]], "activation": "identity"},
            {"weights": [[2.0], [-1.0]], "activation": "identity"},
        ]
    },
    "examples": [{"inputs": [2.0], "targets": [1.0, 1.0]}],
    "learning_rate": 0.1,
}

chapter.exercises(
    ByHand(
        """
A neuron j1, with w_i1j1 = 0.5, feeds two others by w_j1k1 = 2 and w_j1k2 = −1.
None has a bend or a bias. The input is 2, both targets are 1, and η is 0.1.
What is w_i1j1⁺ after one step, to 2 decimals?
""",
        ONE_TO_TWO,
        "w_i1j1⁺",
        decimals=2,
        hint="y_j1 is 1, so δ_k1 is 2 − 1 and δ_k2 is −1 − 1. The share of j1 is 2·δ_k1 + (−1)·δ_k2.",
    ),
    Number(
        """
In Mazur's first step, δ_k1 is 0.1385 and δ_k2 is −0.0381. The weights from j1 to
k1 and k2 are 0.4 and 0.5 before the step, and 0.3589 and 0.5113 after it. Which
∂E/∂y_j1, to 4 decimals, does the program find that moves weights at once?
""",
        answer="0.0302",
        decimals=4,
        wrong={
            "0.0364": "That is the right one, 0.4·0.1385 + 0.5·(−0.0381). The question asks for the program's.",
            "0.0692": "δ_k2 is negative: its share is to be subtracted.",
            "0.0073": "That is δ_j1. ∂E/∂y_j1 comes before the slope of j1 is multiplied in.",
        },
        because="0.3589·0.1385 + 0.5113·(−0.0381).",
        hint="The same sum of two products as ever, with the weights after the step.",
    ),
    Choice(
        "A program moves weights at once. Which test finds that?",
        {
            "It learns XOR, and the loss falls in every epoch.": "So it does here, too, at small learning rates.",
            "The gradients of its last layer agree with those from nudges.": "They are right. The mistake begins in the "
            "layer before it.",
            "The gradients of its first layer, in the first step, agree with those from nudges.": "δ_j1 in Mazur's first "
            "step is too small by 17 %, which no rounding explains.",
            "Its loss after a step agrees to six decimals.": "In Mazur's example, the losses of both orders do.",
        },
        right="The gradients of its first layer, in the first step, agree with those from nudges.",
    ),
    Choice(
        "The learning rate is halved. What becomes of the error in δ_j1 that the wrong order makes in the first step?",
        {
            "It is halved as well.": "It is Σ_k (w_jk⁺ − w_jk)·δ_k times the slope of j1, and w_jk⁺ − w_jk is −η·∇w_jk.",
            "It stays the same, because δ has nothing to do with η.": "The right δ has not. But the wrong one contains "
            "w_jk⁺, and that contains η.",
            "It disappears below a certain rate.": "It becomes smaller and smaller, but as long as a weight moves at all, "
            "it is there.",
        },
        right="It is halved as well.",
    ),
    Code(
        "Delete the body of `Network.backward` and write it again: loss, layers from the last to the first, and no weight "
        "may move.",
        "network.py",
        "Network.backward",
        hint="The loss gives the first list of ∂E/∂y, and each layer gives the next with `input_gradients`.",
    ),
)

if __name__ == "__main__":
    chapter.tell()
