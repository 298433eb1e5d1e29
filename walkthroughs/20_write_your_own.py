"""Chapter 20. Write your own: an activation, a loss and a descent that purenet does not have, and how they are tested."""

import contextlib
import random
import textwrap

from purenet import (
    GradientDescent,
    HalfSquaredError,
    Identity,
    Layer,
    Network,
    Neuron,
    Uniform,
    build_network,
    gradient_check,
    picture_of,
    trace_step,
    trace_training,
    train,
)
from purenet.arithmetic.interval import Interval
from purenet.book import Chapter, Choice, Code, Number, Steps
from purenet.cases import Case
from purenet.document.table import Table
from purenet.errors import NetworkError
from purenet.golden.values.certify import certify
from purenet.storage.network_json import ACTIVATIONS, LOSSES
from purenet.training import training_step

chapter = Chapter(
    20,
    "Write your own",
    question="The function that you need is not in purenet. How do you add it, and is it right?",
    assumes="deltas and updates (chapters 3 and 4), and classes in Python.",
)

# The three classes of the chapter, as a reader writes them in a file mine.py.

IMPORTS = """
from purenet import GradientDescent
from purenet.arithmetic import exp, log, sqrt
"""

SOFTPLUS = """
class Softplus:
    name, formula, slope = "softplus", "ln(1 + exp(x))", "1 − exp(−y)"

    def value(self, x):
        return log(1 + exp(x))

    def derivative(self, x, y):
        return 1 - exp(-y)
"""

GUARDED = """
    def value(self, x):
        if x > 700:
            return x + log(1 + exp(-x))
        return log(1 + exp(x))
"""

HUBER = """
class Huber:
    name, slope = "Huber loss", "d_k for |d_k| ≤ 1, else d_k / |d_k|"
    formula = "E = Σ_k h(d_k), d_k = y_k − t_k, "
    formula += "h(d) = d² / 2 for |d| ≤ 1, else |d| − ½"

    def value(self, outputs, targets):
        total = 0
        for y, t in zip(outputs, targets):
            size = abs(y - t)
            total += size * size / 2 if size <= 1 else (2 * size - 1) / 2
        return total

    def derivative(self, outputs, targets):
        differences = [y - t for y, t in zip(outputs, targets)]
        return [d if abs(d) <= 1 else d / abs(d) for d in differences]
"""

RMSPROP = """
class RMSProp(GradientDescent):
    name, kinds, is_plain = "RMSProp", ("second_moments",), False
    settings = ("learning_rate", "beta2", "epsilon")
    formula = "v⁺ = β₂·v + (1 − β₂)·∇w², w⁺ = w − η·∇w / (sqrt(v⁺) + ε)"

    def __init__(self, learning_rate, beta2=0.9, epsilon=1e-8):
        super().__init__(learning_rate)
        self.beta2, self.epsilon = beta2, epsilon

    def moved(self, weight, gradient, i, memories):
        (v,) = memories
        v[i] = self.beta2 * v[i] + (1 - self.beta2) * (gradient * gradient)
        step = self.learning_rate * gradient
        return weight - step / (sqrt(v[i]) + self.epsilon)
"""


def with_guard(program):
    """Return the class of softplus with the guard in its value."""
    plain = program[program.index("    def value") : program.index("    def derivative")]
    return program.replace(plain, GUARDED.lstrip("\n") + "\n")


def classes(*parts):
    """Return the classes that parts of the file define, by name."""
    found = {"__name__": "mine"}
    exec("\n".join([IMPORTS, *parts]), found)
    return found


MINE = (with_guard(SOFTPLUS), HUBER, RMSPROP)
Softplus, Huber, RMSProp = (classes(*MINE)[name] for name in ("Softplus", "Huber", "RMSProp"))


@contextlib.contextmanager
def learned():
    """Let cases name the functions of mine.py, as `purenet --own mine.py` does, while it lasts."""
    before = [(ACTIVATIONS, dict(ACTIVATIONS)), (LOSSES, dict(LOSSES))]
    ACTIVATIONS["softplus"], LOSSES["Huber loss"] = Softplus, Huber
    try:
        yield
    finally:
        for table, names in before:
            table.clear()
            table.update(names)


def shown(*parts):
    """Return parts of the file as lines that are shown as they are."""
    return textwrap.indent("\n\n".join(part.strip("\n") for part in parts), " " * 4)


def network(activation, loss):
    """Return the 2-2-2 network of the chapter."""
    hidden = [Neuron([0.5, -1.0], 0.25, activation()), Neuron([1.0, 0.5], -0.5, activation())]
    last = [Neuron([1.0, -2.0], 0.5, Identity()), Neuron([0.5, 0.5], 0.5, Identity())]
    return Network([Layer(hidden), Layer(last)], loss)


EXAMPLE, RATE = ([1.0, 0.5], [0.5, 0.75]), 0.1

OWN = {
    "id": "own",
    "network": {
        "loss": "Huber loss",
        "layers": [
            {"activation": "softplus", "weights": [[0.5, -1], [1, 0.5]], "biases": [0.25, -0.5]},
            {"activation": "identity", "weights": [[1, -2], [0.5, 0.5]], "biases": [0.5, 0.5]},
        ],
    },
    "examples": [{"inputs": [1, 0.5], "targets": [0.5, 0.75]}],
    "learning_rate": 0.1,
}


def refusal(activation, weight):
    """Return what is said of a neuron whose net input is its weight."""
    try:
        trace_step(Network([Layer([Neuron([weight], activation=activation())])]), [1.0], [1.0], RATE)
    except NetworkError as error:
        return str(error)


def wrong_slope():
    """Return the class of softplus with a wrong slope."""
    return classes(SOFTPLUS.replace("return 1 - exp(-y)", "return 1 - exp(-x)"))["Softplus"]


def check_words(activation, loss):
    """Return what the gradient check says in a line."""
    return gradient_check(network(activation, loss), *EXAMPLE).to("text").splitlines()[1]


def certified_rows(names):
    """Return rows of the certified values of the case, first numbers of quantities, and the bounds for floats."""
    with learned():
        certified = {each["name"]: each for each in certify(Case(OWN, "own.json"))}
    return [[name, certified[name]["true"][0], str(certified[name]["tolerance"]["float64"][0])] for name in names]


def one_neuron(number=float):
    """Return a network of one softplus neuron with one input, with numbers of a kind."""
    return Network([Layer([Neuron([number("0.5")], number("0.25"), Softplus())])], Huber())


def moved_interval():
    """Return w_i1j1 after a step of RMSProp, as an interval that holds the true value."""
    proved, numbers = one_neuron(Interval), map(Interval, ("0.1", "0.9", "1e-8"))
    training_step(proved, [([Interval(1)], [Interval(3)])], RMSProp(*numbers))
    return proved.neurons()[0].weights[0]


EPOCHS = (10, 100, 400)


def points(outlier):
    """Return the points of |x|; with an outlier, one of them is far off."""
    found = [([x / 10], [abs(x / 10)]) for x in range(-10, 11)]
    if outlier:
        found[5] = [-0.5], [10.0]
    return found


def distances(loss, descent):
    """Return after some epochs how far the outputs are from |x|, on average."""
    fitted, found = build_network([1, 4, 1], Softplus, Identity, Uniform(-1, 1), random.Random(1), loss=loss), []
    for epoch in train(fitted, points(True), descent, max(EPOCHS), shuffle=random.Random(2)):
        if epoch.number in EPOCHS:
            total = 0
            for inputs, targets in points(False):
                total += abs(fitted.forward(inputs)[0] - targets[0])
            found.append(f"{total / len(points(False)):.4f}")
    return found


@chapter.content
def write_your_own():
    softplus = classes(SOFTPLUS)["Softplus"]
    yield f"""
purenet has few activations, losses and descents, and no machinery for more.
None is needed: each is a class with a method or two, and whatever has these
methods is as good as purenet's own. This chapter writes one of each, in about
ten lines, and tests it. All go into a file, mine.py, which begins

{shown(IMPORTS)}

Unlike those of Python's math, these functions take numbers of every kind:
floats, decimals, numbers that remember their formula, and intervals that prove
a result.

An activation
-------------

Softplus is a ReLU with a round corner: f(x) = ln(1 + e^x). Far to the left it
is nearly 0, far to the right nearly x. Its slope is e^x / (1 + e^x). Since
e^y = 1 + e^x, that is (e^y − 1) / e^y, which is 1 − e^−y. An activation gives
its slope from x, from y, or from both:

{shown(SOFTPLUS)}

The texts formula and slope are for the reader of a trace, and may be missing.
What the trace computes does not come from them:
"""
    yield picture_of(network(softplus, HalfSquaredError()))
    trace = trace_step(network(softplus, HalfSquaredError()), *EXAMPLE, learning_rate=RATE)
    yield Steps(trace, [3, 9], picture=False)
    yield f"""
Nobody told the trace what softplus is. The rules above the tables are the two
texts, but each formula in a table came out of the code that ran. If text and
code differ, one sees it here.

Is the slope right? Nudge every weight and bias, as in chapter 0, and see how
fast the loss changes. `gradient_check(network, inputs, targets)` does it:

    {check_words(softplus, HalfSquaredError())}

Those of the hidden layer are among them, whose deltas have f′ in them. Write
e^−x in the place of e^−y by mistake, and the same check says:

    {check_words(wrong_slope(), HalfSquaredError())}

The end of the range
--------------------

e^x is too large for a float if x is above 709. Then the trace refuses:

    {textwrap.fill(refusal(softplus, 800.0), 76, subsequent_indent="    ")}

So there is a guard. Take e^x out of the sum: ln(e^x·(e^−x + 1)) is
x + ln(1 + e^−x), and e^−800 is harmless.

{shown(GUARDED)}

Not return x, though as a float it is the same there: it would be another
function, with which a proof would prove something else. `Sigmoid.value` has
such a guard as well.

A loss
------

A squared error makes much of a point that is far off: twice the distance, four
times the loss. Peter Huber proposed in 1964 ("Robust estimation of a location
parameter") to square what is near, and to take the plain distance of what is
far. With d = y − t, the loss of an output is d²/2 where |d| ≤ 1, else |d| − ½.
The two meet at 1, with the slope 1.

{shown(HUBER)}

A loss has the lists of all outputs and of their targets, and gives a list of
slopes. The sum begins with the whole number 0, and |d| − ½ is written with
whole numbers, too, (2·|d| − 1) / 2, because Python takes no 0.5, a float, from
a decimal. So the trace can do it by hand, here to 4 decimals:
"""
    traced = trace_step(network(Softplus, Huber()), *EXAMPLE, learning_rate=RATE, rounding=4)
    yield Steps(traced, [6, 7], picture=False)
    yield f"""
One output is near its target and the other far from it. Each row has the branch
that was taken, with abs for |d|. And the gradient check:

    {check_words(Softplus, Huber())}

In files, and proved
--------------------

A case is a file, and names its functions. This one is own.json: the network
from above, with "softplus" and "Huber loss". purenet does not know them, but
with `--own mine.py` before its command, it does:

    purenet --own mine.py walkthrough own.json
    purenet --own mine.py train --case own.json --epochs 100
    purenet --own mine.py golden generate own.json -o golden

The last one certifies the case (chapter 16). The classes run on intervals
instead of floats, with exp and ln rounded outwards, until 40 digits of every
number are proved, and on numbers that know how far off a right program may be.
The first number of some quantities:
"""
    names = [f"step1.example1.{name}" for name in ("J.output", "loss", "K.delta", "J.delta")] + ["step1.J.weights"]
    yield Table(["", "true value", "±"], certified_rows(names), [(0,), (1,), (2,)])
    yield (
        """
Now a program in any language that has a softplus and a Huber loss can be
checked against golden/own.json, as in chapter 17, with `--own mine.py` again.

A proof is about the code as it is. With the wrong slope from above, the numbers
would be proved as well, as those of the wrong slope. Only the gradient check
asks whether value and derivative belong together. It takes both.

And the lab (walkthroughs/lab.md)? `purenet --own mine.py lab own.json` opens
it: the process that computes its numbers runs mine.py first, so all of its tabs
work, and its lists of activations and losses have the new names. Only the page
without a server, `lab --static`, has the code of purenet alone. In Python,
nothing has to be learned by name: a network takes Softplus() as it is.

A descent
---------

RMSProp has no paper: Tijmen Tieleman and Geoffrey Hinton showed it in lecture
6.5 of the course "Neural Networks for Machine Learning" (Coursera, 2012). Each
weight remembers v, a running mean of the squares of its gradients, and divides
its gradient by the root of v. So a weight with small gradients takes steps as
large as one with large ones.

"""
        + shown(RMSPROP)
        + """

The class GradientDescent does what is common to all: it keeps the memory, one
number for each weight and bias, goes through them, and calls moved. Here kinds
names what is remembered, and settings the given numbers. ε is not in the
lecture; programs add it lest a gradient of 0 be divided by 0. Two steps of one
neuron with one input, and the update of the second:
"""
    )
    both = trace_training(one_neuron(), [([1.0], [3.0])], RMSProp(RATE), steps=2)
    update = [step.number for step in both.steps if step.title.startswith("Update of")]
    yield Steps(both, [update[1]], picture=False)
    first = [both.row(symbol).value for symbol in ("w_i1j1", "w_i1j1⁺", "b_j1", "b_j1⁺")]
    yield f"""
How is a descent tested? It has no slopes to nudge. But in the first step v is
(1 − β₂)·∇w², and its root cancels the gradient: each weight and bias moves by
η / √(1 − β₂), 0.1 / √0.1 = 0.316228, whatever its gradient. Here the weight
rose by {first[1] - first[0]:.6f} and the bias by {first[3] - first[2]:.6f}.

The step can be proved, too, as the core runs on any numbers. With intervals for
weights, inputs and settings, w_i1j1 is after the first step

    {moved_interval().digits(40)}

and in floats {first[1]!r}. A case cannot name this descent, so the
commands do not know it. In Python, `train` and `trace_training` take
RMSProp(0.1) in the place of a learning rate.

Do they work?
-------------

Fit |x| by four softplus neurons, from 21 points between −1 and 1. One of them
is wrong: at −0.5 the target is 10. How far are the outputs from |x|, on
average?
"""
    rows = [
        [name, how, *distances(loss(), descent)]
        for name, loss in (("half squared error", HalfSquaredError), ("Huber", Huber))
        for how, descent in (("plain, η = 0.05", GradientDescent(0.05)), ("RMSProp, η = 0.01", RMSProp(0.01)))
    ]
    yield Table(["loss", "descent", *(f"{n} epochs" for n in EPOCHS)], rows, [(n,) for n in range(5)])
    yield """
With squares, the one wrong point pulls at all the others. With Huber's loss its
slope is never above 1, and the curve stays where the many are.

Read `Tanh` in purenet/activations.py, `HalfSquaredError` in purenet/losses.py
and `Adam` in purenet/descent.py now: they are such classes, no more.
"""


chapter.exercises(
    Number(
        """
A softplus neuron sends on y = ln 4, which is 1.3863. What is f′(x)?
""",
        answer="0.75",
        exact=True,
        wrong={
            "0.25": "That is e^−y. The slope is 1 less that.",
            "0.8": "That is the sigmoid of y. The slope of softplus is the sigmoid of x, and x is ln 3.",
            "-3": "That is 1 − e^y: the sign of y is missing.",
        },
        because="1 − e^−ln 4 = 1 − 1/4.",
        hint="The slope from the output: 1 − e^−y.",
    ),
    Number(
        """
Two outputs, 3 and 0.4, have the targets 0.5 and 0. What is the Huber loss?
""",
        answer="2.08",
        exact=True,
        wrong={
            "3.205": "That is the half squared error: 2.5 is above 1, so its distance counts, less ½.",
            "2.58": "The ½ is missing: |d| − ½, so that the two parts meet at 1.",
            "2.16": "The near output counts d²/2, 0.08, not d².",
            "2.4": "0.4 is below 1: it is squared, and halved.",
        },
        because="2.5 − 0.5 = 2, and 0.4²/2 = 0.08.",
        hint="d is 2.5 and 0.4. Which of them is above 1?",
    ),
    Number(
        """
RMSProp with η = 0.1, β₂ = 0.75 and ε = 0. By how much does a weight with the
gradient 7 fall in the first step?
""",
        answer="0.2",
        exact=True,
        wrong={
            "0.7": "That is plain descent, η·∇w.",
            "0.1": "v is (1 − β₂)·∇w², not ∇w²: its root is half as large.",
            "0.1155": "1 − β₂ is the share of the new square, not β₂.",
            "0.0571": "The root of v is missing: √12.25 is 3.5.",
        },
        because="v = 0.25·49 = 12.25, and 0.1·7 / 3.5 = 0.2, as for any other gradient.",
        hint="v begins at 0.",
    ),
    Choice(
        "In a loss of your own, value is right and derivative is that of another loss. Which test is sure to notice?",
        {
            "The trace: its formulas would look wrong.": "It shows faithfully what the code does. Only a reader could notice.",
            "Certifying: no proof would be found.": "The numbers of the wrong code are proved, as those of the wrong code.",
            "The gradient check.": "It takes the slopes from value alone, and compares.",
            "Training: the loss would not fall.": "A wrong gradient may well point downhill, as in chapter 7.",
        },
        right="The gradient check.",
        hint="Which of them compares value with derivative?",
    ),
    Code(
        "Delete the body of `BinaryCrossEntropy.value` and write it again, from its formula: like Huber's, a loss with an if.",
        "losses.py",
        "BinaryCrossEntropy.value",
        hint="A term whose factor is 0 counts as 0, even if its logarithm does not exist.",
    ),
)

if __name__ == "__main__":
    chapter.tell()
