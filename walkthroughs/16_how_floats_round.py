"""Chapter 16. How floats round: why two right programs print different digits, and how to tell them from a wrong one."""

import math
import random
import struct
from decimal import Decimal

from purenet import Identity, Layer, Network, Neuron, Sigmoid, trace_step
from purenet.arithmetic.bounded import FLOAT_TYPES, Bounded
from purenet.arithmetic.interval import EXACT, Interval
from purenet.arithmetic.notation import UNICODE
from purenet.arithmetic.pencil import rounded
from purenet.book import ByHand, Chapter, Choice, Number
from purenet.cases import load_case
from purenet.document.table import Table
from purenet.drawing.graph import graph
from purenet.golden.values.certified import certified_values

chapter = Chapter(
    16,
    "How floats round",
    question="Two programs print different last digits. Which one is wrong?",
    assumes="chapters 1 to 3, and that a computer counts in binary.",
)

DRAWN, INPUTS, SEED = 1000, 10, 16


def shown(number, form=""):
    """Return a number as text, with a true minus sign."""
    return UNICODE.number(format(number, form))


def net_input(weights, inputs):
    """Return the sum of products as purenet computes it, from the first input to the last."""
    neuron = Neuron(weights, activation=Identity())
    return neuron.forward(inputs)


def corrected_sum(numbers):
    """Return a sum as Python's sum() computes it since 3.12: what each addition loses is added up, too, and put in last."""
    total = lost = 0.0
    for number in numbers:
        before, total = total, total + number
        larger, smaller = sorted((before, number), key=abs, reverse=True)
        lost += (larger - total) + smaller
    return total + lost


def in_three_orders():
    """Return a list of triples of one net input: forward, from the last input to the first, with corrected sums; and the
    float nearest to the true one beside them.
    """
    drawn, found = random.Random(SEED), []
    for _ in range(DRAWN):
        weights = [drawn.uniform(-1, 1) for _ in range(INPUTS)]
        inputs = [drawn.uniform(0, 1) for _ in range(INPUTS)]
        sums = net_input(weights, inputs), net_input(weights[::-1], inputs[::-1])
        corrected = corrected_sum([weight * number for weight, number in zip(weights, inputs)])
        true = net_input([Interval(weight) for weight in weights], [Interval(number) for number in inputs])
        found.append((*sums, corrected, true.nearest_float()))
    return found


def single(number):
    """Return the float32 nearest to a float."""
    return struct.unpack("f", struct.pack("f", number))[0]


def neuron_of(number):
    """Return the neuron of chapter 1, forward and backward with the target 1, on numbers made from decimal texts."""
    neuron = Neuron([number("0.5"), number("-0.25")], number("0.125"), Sigmoid())
    neuron.backward(neuron.forward([number("1"), number("2")]) - number("1"))
    return neuron


@chapter.content
def how_floats_round():
    yield f"""
Python says that 0.1 + 0.2 is {0.1 + 0.2}. It is right about the numbers
it has. It has no 0.1. A float is a whole number of up to 53 binary digits,
times a power of two, and 0.1 is none of these, as ⅓ is no decimal of finite
length. So Python takes the nearest float. Written out, that is

    0.1  {Decimal(0.1)}
    0.2  {Decimal(0.2)}
    0.3  {Decimal(0.3)}

The sum of the first two is no float either. It lies exactly half-way between
the one for 0.3 and the next one above, and the rule for a tie takes the upper
one here. No step went wrong, and none was off by more than one part in 2⁵³,
which is about 0.0000000000000001.

Small errors add up. Here is 0.1 added to itself again and again:
"""
    total, points = 0.0, [(0, 0.0)]
    for n in range(1, 101):
        total += 0.1
        points.append((n, float(EXACT.subtract(Decimal(total), Decimal(n) / 10)) * 1e16))
    yield graph(
        "How far a sum of tenths is from the truth",
        ["Up to 39 tenths, errors of both signs cancel in part. From then on all go one way."],
        [points],
        "tenths added",
        "error, in units of 10⁻¹⁶",
    )
    yield f"""
After 10 additions the sum is {sum_of_tenths(10)}, and after 100 it is
{sum_of_tenths(100)}.

The order of a sum
------------------

In school a + b + c is the same in any order. Each sum of floats is rounded, so
the order says what is rounded. A neuron without a bend, with three weights and
all inputs 1:

    weights 0.1, 0.2, 0.3    x_j1 = {net_input([0.1, 0.2, 0.3], [1.0, 1.0, 1.0])}
    weights 0.3, 0.2, 0.1    x_j1 = {net_input([0.3, 0.2, 0.1], [1.0, 1.0, 1.0])}

Is that rare? Here are {DRAWN:,} neurons of {INPUTS} inputs, with weights drawn from −1 to
1 and inputs from 0 to 1. Each net input is computed in three ways: from the
first product to the last, from the last to the first, and as Python's sum()
does since version 3.12, which keeps what every addition loses and adds that in
the end. The products are the same floats all three times:

"""
    found = in_three_orders()
    rows = []
    for place, name in enumerate(("first to last", "last to first", "sum() since 3.12")):
        differing = sum(numbers[place] != numbers[0] for numbers in found)
        nearest = sum(numbers[place] == numbers[-1] for numbers in found)
        rows.append([name, str(differing), str(nearest)])
    yield Table(["order", "differ from the first way", "are nearest to the truth"], rows, stacks=[(0,), (1,), (2,)])
    yield f"""
In most of them some last digits differ, and none of the ways is always nearest:
the products were rounded already. So `Neuron.weigh` in purenet/neuron.py says
which way it goes: a loop from the first input to the last, and then the bias.
It does not use sum(), which would give other numbers in Python 3.11 than in
3.12. Even so, nobody else has to add in that order.

Other things that are the same on paper differ as well. x / 3 is rounded once,
and x·(1/3) twice. For {sum(x * (1 / 3) != x / 3 for x in range(1, 1001))} of the whole numbers from 1 to 1,000 they differ,
first for 5, where they are {5 / 3} and {5 * (1 / 3)}. A program
that multiplies the gradients of three examples by 1/3 is as right as one that
divides them by 3.

Far out on the sigmoid
----------------------

    f(x) = 1 / (1 + exp(−x))

Far below 0 the formula asks for the exponential of a large number. exp(800) is
larger than any float, and Python raises an OverflowError. `Sigmoid.value` in
purenet/activations.py uses the same fraction there, times exp(x) / exp(x).

Far above 0 there is no error, but a loss. Between 0 and 1 floats lie the closer
the nearer they are to 0. Just below 1 they are {shown(1 - math.nextafter(1.0, 0.0), ".2g")} apart. So an output can
be as near to 0 as it likes, but not to 1:

"""
    rows = []
    for x in (-800.0, -40.0, 36.0, 37.0, 40.0):
        y, true = Sigmoid().value(x), Sigmoid().value(Interval(x))
        slopes = [y * (1 - y), float((true * (1 - true)).low)]
        rows.append([shown(x), f"{y:.4g}" if y < 0.5 else str(y), *(f"{slope:.4g}" for slope in slopes)])
    yield Table(["x", "y", "y·(1 − y)", "true slope"], rows, stacks=[(0,), (1,), (2,), (3,)])
    yield """
For a net input of 37 and more, y is exactly 1, the slope is exactly 0, and the
neuron learns nothing at all from a wrong answer. At −40 it still learns, a
little. (At −800 the true slope is no float: it has 347 zeros after the point.)

Numbers with a proof
--------------------

If right programs differ, what should they be compared with? With the truth. And
how can a computer, which rounds, know it? By rounding both ways. An `Interval`
in purenet/arithmetic/interval.py is a pair of numbers of 60 digits, one that is
certainly not above the true value and one that is certainly not below it. Every
sum and product rounds the first down and the second up. The core does not care
what kind of number it computes with, so the neuron of chapter 1 runs on
intervals as it is, `Neuron.forward` and all. Its output lies between
"""
    proved, run = neuron_of(Interval), neuron_of(float)
    y = proved.output
    yield f"""
    {y.low}
    {y.high}

and where both agree, the digits are proved. purenet publishes 40 of them:

    y_j1 = {y.digits(40)}
    δ_j1 = {shown(Decimal(proved.delta.digits(40)))}
"""
    case = load_case("mazur")
    certified = certified_values(case)
    network = case.network()
    network.forward(case.pairs()[0][0])
    network.backward(case.pairs()[0][1])
    hidden = network.neurons()[0].delta
    nearest = certified["step1.example1.J.delta"].f64[0]
    below, above = math.nextafter(run.output, 0.0), math.nextafter(run.output, 1.0)
    yield f"""
The floats around y_j1 are {below}, {run.output} and
{above}. The middle one is nearest to the truth, and it is what the
core found when it ran on floats. It need not be: for δ_j1 in Mazur's example of
chapter 13 the nearest float is {nearest}, and the core has
{hidden}, the next one.
"""
    rows = []
    for name in ("float64", "float32"):
        bounded = neuron_of(lambda digits: Bounded.given(digits, FLOAT_TYPES[name]))
        errors = [bounded.net_input.error, bounded.output.error, bounded.delta.error]
        rows.append([name, *(f"{float(error):.1e}" if error else "0" for error in errors)])
    yield """
How far may a right program be from the truth? That can be computed, too. A
bounded number, in purenet/arithmetic/bounded.py, carries the largest error that
any sensible program can have made up to there: in whatever order it adds, and
with a library whose exp is off by a few units in the last place. For this
neuron, with floats of 64 bits and of 32:

"""
    yield Table(["", "x_j1", "y_j1", "δ_j1"], rows, stacks=[(0,), (1,), (2,), (3,)])
    tolerances = {name: certified[f"step1.example1.{name}"].tolerance for name in ("K.output", "J.weight_gradients")}
    second = certified["step2.example2.loss"]
    difference = Decimal("0.29102792390544197") - second.true[0]
    yield f"""
x_j1 has no error at all: its weights, inputs and products are floats, and so
are all sums. Golden cases are made in this way, by
purenet/golden/values/certify.py: 40 proved digits, the nearest float64, and for
each number a tolerance, which is this bound and the distance from the true
value to the nearest float. `purenet golden show one-neuron --tolerances` lists
them for another neuron.

Why not one tolerance for all
-----------------------------

Because numbers have different sizes and different pasts. In the first step of
Mazur's example (chapter 13) the tolerance of y_k1 is {tolerances["K.output"]["float64"][0]:.1e}, and that of
∇w_i1j1 is {tolerances["J.weight_gradients"]["float64"][0]:.1e}. One number for both accuses a right program or lets a wrong
one pass. And a test that allows 0.000001 everywhere cannot see any slope in the
table above: whoever reports 0 for them passes, and so does half of them, or
twice as much.

Some numbers cannot tell at all. The mistake of chapter 13 changes the second
loss by {difference:.8f}. The tolerance for float64 is {float(second.tolerance["float64"][0]):.1e}, so a program with 64
bits is found out by it. For float32 it is {float(second.tolerance["float32"][0]):.1e}: there, a right program can
be as far away, and only the deltas can tell. A float32 keeps about 7 digits:
the one nearest to y_j1 above is {single(run.output)}.
"""
    trace = trace_step(network_of_chapter_3(), [1.0, 2.0], [0.5, 0.25], 0.1, rounding={"decimals": 4})
    rows, count = [], 0
    for row in {row.symbol: row for step in trace.steps for row in step.rows if row.formula}.values():
        count += 1
        full = rounded(Decimal(row.value), "decimals", 4)
        if row.by_hand_quantity.value != full:
            rows.append([row.symbol, row.numbers, shown(row.by_hand_quantity.value, ".4f"), shown(full)])
    yield f"""
Rounding by hand
----------------

People round in decimal, and most of them half up: 0.125 becomes 0.13. Python's
round() takes the even neighbour, {round(0.125, 2)}, and round(2.675, 2) is {round(2.675, 2)}, because the
float for 2.675 is a little less than that.

The larger difference is that people carry on with what they have written down.
Round every number of chapter 3's step to 4 decimals, and compute the next one
from it. Of {count} numbers, {len(rows)} differ from the full ones, rounded at the end:

"""
    yield Table(["", "by hand", "=", "rounded at the end"], rows, stacks=[(0,), (1,), (2,), (3,)], wraps=("by hand",))
    delta = trace.row("δ_j2")
    yield f"""
Neither is wrong. δ_j2 = {shown(delta.value, ".6f")} was written down as {shown(delta.by_hand_quantity.value)}, and y_i2 = 2
doubles what that is off. So a key that was computed in full and rounded at the
end marks right answers wrong. `purenet walkthrough CASE --round 4` computes as
a person does, and the exercises of this book accept what can follow from
rounded numbers.
"""


def sum_of_tenths(count):
    total = 0.0
    for _ in range(count):
        total += 0.1
    return total


def network_of_chapter_3():
    hidden = Layer([Neuron([0.5, -0.25], 0.125, Sigmoid()), Neuron([0.75, 0.375], -0.625, Sigmoid())])
    return Network([hidden, Layer([Neuron([1.0, -0.5], 0.25, Identity()), Neuron([-0.75, 0.25], 0.0, Identity())])])


OTHER_INPUTS = {
    "title": "The neuron of chapter 1",
    "network": {"layers": [{"weights": [[0.5, -0.25]], "biases": [0.125], "activation": "sigmoid"}]},
    "examples": [{"inputs": [2.0, 1.0], "targets": [1.0]}],
    "learning_rate": 0.5,
}

chapter.exercises(
    Number(
        """
A pencil keeps 3 significant digits and rounds after every addition. Add
0.004 + 0.004 + 1.00, from left to right.
""",
        answer="1.01",
        exact=True,
        wrong={
            "1.00": "That is 1.00 + 0.004 + 0.004: in this order, each small number is lost. Here they come first.",
            "1.008": "That has 4 significant digits: round it.",
            "1.02": "0.004 + 0.004 is 0.008, which is not rounded: it has one significant digit.",
        },
        because="0.004 + 0.004 is 0.008, and 1.008 is rounded to 1.01.",
        hint="Small numbers first: they are still there when the large one comes.",
    ),
    Number(
        """
A sigmoid neuron has the net input 40 and the target 0, and runs on floats of 64
bits. Which δ does it get, with the half squared error?
""",
        answer="0",
        exact=True,
        wrong={
            "1": "That is y − t. It is multiplied by the slope, y·(1 − y).",
            "4.248e-18": "That is the true slope. But the float y is exactly 1.",
            "0.25": "That is the slope at 0. At 40 the sigmoid is level.",
        },
        because="y is 1, so y·(1 − y)·(y − 0) is 1·0·1.",
        hint="The table has y and y·(1 − y) for x = 40.",
    ),
    ByHand(
        """
Round every number to 3 decimals when you write it down, half up, and carry on
with it. The neuron of chapter 1 (weights 0.5 and −0.25, bias 0.125) gets the
inputs 2 and 1, and its target is 1. What is δ_j1?
""",
        OTHER_INPUTS,
        "δ_j1",
        decimals=3,
        hint="x_j1 is 0.875. First y_j1 with 3 decimals, then y_j1·(1 − y_j1)·(y_j1 − 1).",
    ),
    Choice(
        "Two programs report y_j1 of chapter 1's neuron: 0.5312093733737563 and 0.5312093733737564. Which is wrong?",
        {
            "The second, since the first is nearest to the true value.": "A right program need not find the nearest float. "
            "The bound for this number is 4.3e-16, and the second is only 1.4e-16 off.",
            "Neither can be called wrong.": "Both are within 4.3e-16 of the true value, the most by which a right program "
            "can be off here.",
            "Both, since floats are never exact.": "A float is an exact number, and some results are exact: x_j1 is. Off by "
            "less than the bound is not wrong.",
        },
        right="Neither can be called wrong.",
    ),
    Choice(
        "A gradient is 0.0000002. A test allows 0.000001, and a program passes with 0.0000004. What has the test shown?",
        {
            "That the gradient is right to 6 decimals.": "So would be 0, and −0.0000002, which points the wrong way.",
            "Nothing about this gradient.": "All numbers from −0.0000008 to 0.0000012 pass. The program is wrong by a "
            "factor of two, as if a half had been forgotten.",
            "That the program computes with float32.": "A float32 has about 7 digits at every size, not 6 decimals: it "
            "tells 0.0000002 and 0.0000004 apart with ease.",
        },
        right="Nothing about this gradient.",
    ),
)

if __name__ == "__main__":
    chapter.tell()
