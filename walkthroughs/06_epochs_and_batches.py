"""Chapter 6. Epochs and batches, momentum, and the slope of a ReLU."""

import random

from purenet import (
    Adam,
    GradientDescent,
    Identity,
    Layer,
    LeakyReLU,
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
from purenet.book import Chapter, Choice, Code, Number, measured
from purenet.datasets import xor
from purenet.document.table import Table
from purenet.training import training_step

EXAMPLES = xor().examples
BATCHES = ((1, "mean"), (2, "mean"), (4, "mean"), (2, "sum"), (4, "sum"))
EPOCHS = 2000

chapter = Chapter(
    6,
    "Epochs and batches",
    question="When should the weights move: after each example, or after all of them?",
    assumes="a training step, from chapter 4, and XOR, from chapter 5.",
)


@chapter.content
def epochs_and_batches():
    yield """
One pass over all examples is an epoch. How many steps it has is a choice: a
step for each example (this is called stochastic gradient descent), a step for
each mini-batch of a few, or one step for all, the full batch. If the examples
do not fill all mini-batches, the last one is smaller. The examples of a batch
share a step: its gradient is the sum of their gradients, or the mean.

Here is the same network, from the same starting weights, trained for 2,000
epochs on XOR in five ways, at a learning rate of 0.5:
"""
    rows = [
        [str(size), gradient if size > 1 else "", str(EPOCHS * 4 // size), f"{loss:.6f}"]
        for (size, gradient), loss in zip(BATCHES, measured("06 batches", batches))
    ]
    yield Table(["batch size", "gradient", "steps", "mean loss E at the end"], rows, [(0,), (1,), (2,), (3,)])

    yield """
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
"""
    yield velocities()

    yield """
By hand: the second v is 0.5·(−0.1) − 0.1·0.9 = −0.14. Weight decay λ adds λ·w
to ∇w in the first formula, so that a weight without a gradient shrinks. Read
`GradientDescent` in purenet/descent.py now: it is these two formulas.

Steps that do not depend on the size of the gradient
----------------------------------------------------

With the input 0.1 instead of 1, that neuron has the gradient 0.01·w: its steps
are a hundred times shorter. Adam makes them equally long. For each weight it
keeps m, a mean of the last gradients, and v, a mean of their squares, and moves
the weight by η·m/√v. Both means begin at 0, and would be too small at first;
divided by 1 − β₁ᵗ and 1 − β₂ᵗ in step t, they are m̂ and v̂, which are not.
Here is w for the inputs 1 and 0.1, with η = 0.1:
"""
    yield steps_of_adam()

    yield """
By hand: in the first step, m = 0.1·∇w and m̂ = m / (1 − 0.9) = ∇w, and √v̂ is
the size of ∇w, so that w moves by η. `purenet walkthrough adam` shows two steps
of it with all numbers. Read `Adam` in purenet/descent.py now.

A script of four hidden neurons
-------------------------------

Many introductions print a short script: two inputs, four hidden neurons, one
output, all sigmoid, no biases, starting weights between 0 and 1, a learning
rate of 0.1, and 10,000 full-batch steps with the sum of the gradients of
E = (y − t)². Its slope is 2·(y − t). In purenet, from starting weights that
random.Random(5) draws:
"""
    found = measured("06 script", script)
    rows = [[str(number), f"{loss:.6f}"] for number, loss in found["losses"]]
    yield Table(["epoch", "mean loss E"], rows, [(0,), (1,)])
    yield "\n".join(
        f"    {inputs} → {output:.6f}, wanted {targets[0]}"
        for (inputs, targets), output in zip(EXAMPLES, found["outputs"])
    )

    yield """
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
"""
    rows = []
    for x in (-2.0, -0.5, 0.0, 0.5, 2.0):
        relu = ReLU()
        y = relu.value(x)
        rows.append([UNICODE.number(number_text(x)), number_text(y), str(relu.derivative(x, y))])
    yield Table(["x", "f(x)", "f′(x)"], rows, [(0,), (1,), (2,)])

    relu, leaky = (weights_after(100, activation) for activation in (ReLU(), LeakyReLU()))
    yield f"""
A ReLU with weights 1.0 and 1.0 and a bias of −3.0 is such a neuron for XOR: its
net input is never above −1. After 100 epochs its weights are still {relu[0]} and
{relu[1]}. A leaky ReLU has the slope 0.01 below 0, where its output is 0.01·x. It
learns slowly there, but it learns: after 100 epochs, its weights are {leaky[0]:.4f}
and {leaky[1]:.4f}.
"""


def weights_after(epochs, activation):
    """Return the weights of a neuron that has a negative net input for every example of XOR, trained for some epochs."""
    network = Network([Layer([Neuron([1.0, 1.0], -3.0, activation)]), Layer([Neuron([1.0], 0.0, Identity())])])
    for _ in train(network, EXAMPLES, 0.1, epochs=epochs):
        pass
    return network.layers[0].neurons[0].weights


def batches():
    """Return the loss in the last epoch for each size of a batch, with the mean or the sum."""
    losses = []
    for size, gradient in BATCHES:
        network = build_network([2, 4, 1], Sigmoid, Sigmoid, Uniform(-1, 1), random.Random(2), bias="drawn")
        for epoch in train(network, EXAMPLES, 0.5, epochs=EPOCHS, batch_size=size, gradient=gradient):
            pass
        losses.append(round(epoch.loss, 6))
    return losses


def velocities():
    """Return a table of three steps, without momentum and with it."""
    networks = [Network([Layer([Neuron([1.0], None, Identity())])]) for _ in range(2)]
    descents = [GradientDescent(0.1), GradientDescent(0.1, momentum=0.5)]
    rows = []
    for step in (1, 2, 3):
        weights = []
        for network, descent in zip(networks, descents):
            training_step(network, [([1.0], [0.0])], descent)
            weights.append(f"{network.layers[0].neurons[0].weights[0]:.4f}")
        ((velocity, _),) = descents[1].memories["velocities"]
        velocity = f"{velocity:.4f}".replace("-", "−")
        rows.append([str(step), weights[0], velocity, weights[1]])
    return Table(["step", "w without momentum", "v for μ = 0.5", "w with it"], rows, [(0,), (1,), (2, 3)])


def steps_of_adam():
    """Return a table of three steps for two sizes of the input, plain and with Adam."""
    makers = [(kind, y) for kind in (GradientDescent, Adam) for y in (1.0, 0.1)]
    trained = [(Network([Layer([Neuron([1.0], None, Identity())])]), kind(0.1), y) for kind, y in makers]
    rows = []
    for step in (1, 2, 3):
        for network, descent, y in trained:
            training_step(network, [([y], [0.0])], descent)
        rows.append([str(step), *(f"{network.layers[0].neurons[0].weights[0]:.4f}" for network, _, _ in trained)])
    headers = [f"{kind}, for {y:g}" for kind in ("plain", "Adam") for y in (1, 0.1)]
    return Table(["step", *headers], rows, [(0,), (1, 2), (3, 4)])


def script():
    """Return losses of some epochs, and the outputs at the end."""
    source = random.Random(5)
    network = build_network([2, 4, 1], Sigmoid, Sigmoid, Uniform(0, 1), source, bias=None, loss=SquaredError())
    losses = []
    for epoch in train(network, EXAMPLES, 0.1, epochs=10_000, batch_size=4, gradient="sum"):
        if epoch.number in (1, 10, 100, 1000, 2000, 5000, 10_000):
            losses.append([epoch.number, round(epoch.loss, 6)])
    return {"losses": losses, "outputs": [round(network.forward(inputs)[0], 6) for inputs, _ in EXAMPLES]}


chapter.exercises(
    Number(
        "For one weight, the four examples of a mini-batch give the gradients 0.2, −0.4, 0.6 and 0.8. The learning rate is "
        "0.5, and the gradient of the step is their mean. By how much does the weight change? (A minus sign means that it "
        "falls.)",
        "-0.15",
        exact=True,
        wrong={
            "-0.6": "That is the step with the sum. The mean of four gradients is their sum divided by 4.",
            "-0.3": "That is minus the mean. The learning rate is still missing.",
            "-0.25": "−0.4 is negative: the sum is 1.2.",
            "0.3": "That is the mean gradient. The weight moves against it, by η times as much.",
        },
        hint="The sum, the mean, the learning rate, and the direction.",
        because="The sum is 1.2, the mean 0.3, and the weight changes by −0.5·0.3.",
    ),
    Number(
        "There are 1,438 examples, and a mini-batch has 100. How many steps are made in 2 epochs?",
        30,
        exact=True,
        wrong={
            "28": "The last 38 examples of an epoch make a mini-batch, too.",
            "29": "A mini-batch never reaches into the next epoch: each epoch ends with one of 38 examples.",
            "28.76": "There are no parts of steps: the last mini-batch is smaller, but it is a step.",
            "15": "That is one epoch.",
            "14": "That is one epoch, and without its last 38 examples.",
            "2876": "That many it would be with a step for each example.",
        },
        hint="How many mini-batches has one epoch?",
        because="14 mini-batches of 100, one of 38, and that twice.",
    ),
    Number(
        "Take the neuron of the table, for which ∇w is w itself, and let it start at w = 1 again with η = 0.1, but with a "
        "momentum μ of 0.9. What is w after the second step?",
        "0.72",
        exact=True,
        wrong={
            "0.81": "That is w without momentum.",
            "0.76": "That is w for μ = 0.5, as in the table.",
            "0.71": "The second gradient is that of the new weight, 0.9, and not of 1.",
            "-0.18": "That is the second v. Add it to w.",
            "0.9": "That is w after the first step, in which v has no past.",
        },
        hint="The first step: v = −0.1, w = 0.9. Now the second v.",
        because="v = 0.9·(−0.1) − 0.1·0.9 = −0.18, and w = 0.9 − 0.18.",
    ),
    Choice(
        "The dead ReLU of this chapter has the weights 1 and 1 and the bias −3. What gives it a gradient again?",
        {
            "A larger learning rate": "Any η times a gradient of 0 is 0.",
            "Another target": "Then ∂E/∂y changes, but it is multiplied by the slope, which is 0.",
            "An example with the inputs 2 and 2": "Its net input is then 2 + 2 − 3 = 1, where the slope is 1.",
            "More epochs": "Each of them finds the same net inputs, and the slope 0.",
        },
        right="An example with the inputs 2 and 2",
        hint="δ is the slope times ∂E/∂y. Which of the four changes the slope?",
    ),
    Code(
        "Write the body of `GradientDescent.move` again, from the docstring of its class and this chapter. Its method "
        "`moved` has the two formulas. Weight decay belongs to `move`, but biases do not decay.",
        "descent.py",
        "GradientDescent.move",
        hint="Each weight becomes what `moved` returns for it, ∇w + λ·w and its place i. So does the bias, unless it is "
        "None, with ∇b, at the place −1. What is remembered is handed on as it is.",
    ),
)

if __name__ == "__main__":
    chapter.tell()
