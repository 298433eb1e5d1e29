"""Chapter 0. The nudge: what a slope is, and how a machine learns by it, before any formula."""

import inspect
import textwrap

from purenet import Identity, Neuron
from purenet.book import Chapter, Choice, Number, Output
from purenet.document.table import Table
from purenet.drawing.graph import graph

chapter = Chapter(
    0,
    "The nudge",
    question="How does a machine find out which way to turn its knobs?",
    assumes="a little Python, and from school that a curve has a slope.",
)

NUDGE = 0.001


def square(x):
    return x * x


def slope_of(function, x, nudge):
    return (function(x + nudge) - function(x - nudge)) / (2 * nudge)


class Machine:
    def __init__(self, weights):
        self.weights = weights
        self.runs = self.products = 0

    def run(self, inputs):
        self.runs += 1
        output = 0
        for weight, number in zip(self.weights, inputs):
            output += weight * number
            self.products += 1
        return output


def loss(machine, inputs, wanted):
    return (machine.run(inputs) - wanted) ** 2 / 2


def slopes_of(machine, inputs, wanted):
    slopes = []
    for i, weight in enumerate(machine.weights):
        machine.weights[i] = weight + NUDGE
        above = loss(machine, inputs, wanted)
        machine.weights[i] = weight - NUDGE
        below = loss(machine, inputs, wanted)
        machine.weights[i] = weight
        slopes.append((above - below) / (2 * NUDGE))
    return slopes


def learn(machine, inputs, wanted, rate):
    slopes = slopes_of(machine, inputs, wanted)
    for i, slope in enumerate(slopes):
        machine.weights[i] -= rate * slope


def source(*functions):
    """Return the lines of functions as they were run, as a block."""
    return Output(textwrap.indent("\n".join(inspect.getsource(function) for function in functions), "    "))


def shown(number, decimals=3):
    """Return a number as text, with a true minus sign and no sign for 0."""
    return f"{round(number, decimals) + 0:.{decimals}f}".replace("-", "−")


def steps(weights, rate, count):
    """Return the rows of a table of steps of the machine, the losses, and the machine."""
    machine, rows, losses = Machine(weights), [], []
    for number in range(count + 1):
        output, now = machine.run([1, 2]), loss(machine, [1, 2], 5)
        slopes = slopes_of(machine, [1, 2], 5)
        rows.append([str(number), *[shown(w) for w in machine.weights], shown(output), shown(now), *map(shown, slopes)])
        losses.append((number, now))
        learn(machine, [1, 2], 5, rate)
    return rows, losses


HEADERS = ["step", "knob 1", "knob 2", "output", "loss", "slope 1", "slope 2"]


@chapter.content
def the_nudge():
    above, below = square(3 + NUDGE), square(3 - NUDGE)
    yield f"""
A slope says how fast one thing changes when you change another. To find one,
you need no formula. Change the other thing by a little, and look.

Take the square of a number. The square of 3 is {square(3)}. Nudge the 3 a little, to
3.001, and its square is {above:.6f}. The nudge was 0.001, and the square rose by
{above - 9:.6f}, about six times as much. So the slope of the square at 3 is about
{(above - 9) / NUDGE:.3f}.

Why the odd 1 at the end? The curve bends: it is a little steeper above 3 than
at 3. Below 3 it is a little flatter, so a nudge in both directions is fair. The
square of 2.999 is {below:.6f}. Over a distance of 0.002 the square rises by
{above - below:.6f}, and that makes {slope_of(square, 3, NUDGE):.3f}. In Python:
"""
    yield source(square, slope_of)
    yield "The same at other places:"
    rows = [[shown(x, 0), shown(square(x), 0), shown(slope_of(square, x, NUDGE))] for x in (-2, -1, 0, 1, 3)]
    yield Table(["number", "its square", "slope"], rows, stacks=[(0,), (1,), (2,)])
    yield graph(
        "The slope of the square at 3",
        ["Close up, the curve is nearly the dashed line: 6 up for 1 to the right."],
        [[(n / 20, n * n / 400) for n in range(-50, 91)], [(1.5, 0), (4.5, 18)]],
        "number",
        "its square",
        dots=[(3, 9)],
    )

    yield """
Read the table as directions. At 3 the slope is above 0: a larger number has a
larger square. At −2 it is below 0: a larger number has a smaller square. So
whoever wants a small square should move against the slope: down from 3, up from
−2. At 0 the slope is 0, the ground is level, and here the square is smallest.

How small should a nudge be? Small, so that the bend does not matter, but not as
small as possible. Here is the slope at 3, nudged upward only and in both
directions:

"""
    rows = []
    for nudge in ("1", "0.1", "0.001", "0.0000000000000001"):
        h = float(nudge)
        rows.append([nudge, shown((square(3 + h) - square(3)) / h), shown(slope_of(square, 3, h))])
    yield Table(["nudge", "upward", "in both directions"], rows, stacks=[(0,), (1,), (2,)])
    yield """
The last nudge is lost: a computer keeps about 16 digits of a number, so for it
3.0000000000000001 is 3, and nothing changes at all. (Chapter 16 is about this.)

A machine with two knobs
------------------------

Now build a machine that can be wrong. Two numbers go in, and one comes out: the
machine multiplies each by a number of its own, a weight, and adds the products.
The weights are its knobs.
"""
    machine = Machine([1, 1])
    output, now = machine.run([1, 2]), loss(machine, [1, 2], 5)
    yield f"""
Both weights are 1 at first. We put in 1 and 2, so 1·1 + 1·2 = {output} comes out. But
suppose we want 5. How wrong is 3? One number should say so, small if the output
is nearly right, and never below 0. Take half the square of the difference. It
is called the loss: (3 − 5)² / 2 = {shown(now, 0)}.

To learn is to turn the knobs so that the loss falls. Which way? Ask each knob
the question that we asked the square: if I turn this knob a little, and leave
the other alone, how fast does the loss change? Turn weight 1 to 1.001: 3.001
comes out, and the loss is 1.999² / 2 = {1.999**2 / 2:.7f}. Turn it to 0.999 instead:
2.999 comes out, and the loss is {2.001**2 / 2:.7f}. So the loss falls if weight 1
rises, by 0.004 over a distance of 0.002. The slope is −2.

Here is that for all weights of a machine, as a program. Each knob is put back
before the next one is turned:
"""
    yield source(loss, slopes_of)
    yield f"""
It says {" and ".join(map(shown, slopes_of(machine, [1, 2], 5)))}. The second knob matters twice as
much, because 2 comes in through it.

Against the slope
-----------------

Now move each weight against its slope. How far? Some small part of the slope,
say a tenth; this part is called the learning rate:
"""
    yield source(learn)
    yield """
Weight 1 becomes 1 − 0.1·(−2) = 1.2, and weight 2 becomes 1 − 0.1·(−4) = 1.4.
Then 1.2·1 + 1.4·2 = 4 comes out, nearer to 5. And again, from there:

"""
    rows, losses = steps([1, 1], 0.1, 4)
    yield Table(HEADERS, rows, stacks=[(n,) for n in range(7)])
    yield graph(
        "The loss of the machine, step by step",
        ["Each step leaves a quarter of the loss."],
        [losses],
        "step",
        "loss",
        dots=losses,
    )
    yield """
The loss falls, and nobody told the machine what its weights should be. The
slopes become smaller on the way, so the steps become shorter by themselves.
That is all there is to learning in this book. What follows in other chapters
are machines with more knobs, and a better way to find the slopes.

A slope is true only close up. With a learning rate of 0.5, five times as large,
the same machine jumps across the best place, and lands farther away than it
was:

"""
    rows, _ = steps([1, 1], 0.5, 3)
    yield Table(HEADERS, rows, stacks=[(n,) for n in range(7)])
    rows = []
    for count in (2, 20, 200):
        machine = Machine([1] * count)
        slopes_of(machine, [1] * count, 1)
        rows.append([f"{count:,}", f"{machine.runs:,}", f"{machine.products:,}"])
    yield """
What is wrong with nudging
--------------------------

It works for every machine, whatever is inside: nothing was used but running it.
But each slope takes two runs, and each run takes a product for every weight.
Counted while machines of three sizes find all their slopes once:

"""
    yield Table(["weights", "runs", "products"], rows, stacks=[(0,), (1,), (2,)])
    yield """
Ten times as many weights take a hundred times as much work. The network of
chapter 10 has 109,386 weights and biases, so one step for one image would take
218,772 runs, and it learns from 10,000 images, 15 times over. Nobody could wait
for that.

Can one run tell all the slopes? Look at them once more. In the first row of the
table, the output is 3 where 5 was wanted, a difference of −2. The numbers that
come in are 1 and 2. And the slopes are

    −2 = −2·1    and    −4 = −2·2

That is no accident, and no nudge was needed to write it down. How fast the loss
changes with the output is one question. How fast the output changes with a
weight is another. The slope is the product of the two answers. Chapters 1 and 2
ask them of one neuron, which is our machine with a bend, and chapter 3 of
neurons that feed other neurons, where it becomes interesting.

Nudging stays useful nonetheless. It knows nothing of formulas, so it can check
them: chapters 2 and 3 do so.

"""
    neuron = Neuron([1.0, 1.0], activation=Identity())
    output = neuron.forward([1.0, 2.0])
    neuron.backward(output - 5.0)
    yield """
In purenet the machine is this, and one run forward and one backward find what
the nudges found:
"""
    yield Output(f"""\
    neuron = Neuron([1.0, 1.0], activation=Identity())
    neuron.forward([1.0, 2.0])     gives {output}
    neuron.backward(3.0 - 5.0)
    neuron.weight_gradients        is then {neuron.weight_gradients}
""")
    yield """
How `Neuron.backward` in purenet/neuron.py does that is the subject of the next
chapters.
"""


chapter.exercises(
    Number(
        "What is the slope of the square at 5? Nudge 5 by 0.01 in both directions, on paper: 5.01² is 25.1001.",
        answer="10",
        exact=True,
        wrong={
            "25": "That is the square of 5 itself. The slope says how fast it changes.",
            "0.2": "That is how much the square changes, 25.1001 − 24.9001. Divide it by the distance.",
            "20": "From 4.99 to 5.01 the distance is 0.02, twice the nudge.",
            "10.01": "That is from a nudge upward only. Nudge downward, too, and the bend cancels.",
        },
        because="(25.1001 − 24.9001) / 0.02.",
        hint="4.99² is 24.9001, and from 4.99 to 5.01 it is 0.02.",
    ),
    Number(
        "The machine of this chapter, with both weights 1 and the inputs 1 and 2, should say 2 instead of 5. What is "
        "weight 2 after one step with the learning rate 0.1?",
        answer="0.8",
        exact=True,
        wrong={
            "1.2": "The weight went along its slope, uphill. Here the slope is 2: move against it.",
            "0.9": "That is weight 1. Through the second one 2 comes in, so its slope is twice as large.",
            "0.6": "This forgets the half in the loss: the slope is 2, not 4.",
            "-1": "The whole slope is too far. Move by a tenth of it.",
            "1.4": "That is what it becomes when 5 is wanted. Now 2 is wanted: the output 3 is too large.",
        },
        because="The slope is 1·2 = 2, and 1 − 0.1·2 = 0.8.",
        hint="Turn weight 2 to 1.001: 3.002 comes out, and the loss is 1.002² / 2. It was 0.5.",
    ),
    Number(
        "And with 5 wanted, as in the chapter, but the learning rate 0.4: what does the machine say after one step?",
        answer="7",
        exact=True,
        wrong={
            "5": "That is what it should say, but the step goes too far: move both weights, and run the machine.",
            "3.8": "Weight 2 moves as well: both slopes were found before any knob was moved.",
            "6.2": "Weight 1 moves as well: both slopes were found before any knob was moved.",
            "4": "That is for the rate 0.1, as in the chapter. Now it is 0.4.",
            "8": "That is for the rate 0.5, as in the chapter. Now it is 0.4.",
            "-1": "The weights went along their slopes. Both slopes are below 0, so both weights must rise.",
        },
        because="1.8·1 + 2.6·2 = 7: as far above 5 as 3 was below it, so the loss does not fall.",
        hint="The slopes are −2 and −4, so the weights become 1 + 0.8 and 1 + 1.6.",
    ),
    Number(
        "A machine has 500 weights and learns from 60 examples, one in each step. How many runs does it need to find the "
        "slopes by nudging in both directions, for one step on each example?",
        answer="60000",
        exact=True,
        wrong={
            "1000": "That is one step, for one example. There are 60.",
            "30000": "Each weight is nudged in both directions, so it takes two runs.",
            "60": "That would be a run for each example. But each of the 500 slopes takes two.",
        },
        because="2·500·60.",
        hint="Two runs for each weight, in each step.",
    ),
    Choice(
        "The slope of the loss with respect to one weight is 0. What does that mean?",
        {
            "The machine has learned all that it can.": "Only this one slope is known. Turning other knobs may still help, "
            "and afterwards this one may have a slope again.",
            "A small turn of this knob alone hardly changes the loss, here.": "A slope speaks of one knob, and of the place "
            "where it is now. The square is level at 0 only, too.",
            "The weight is useless and can be taken away.": "A slope says what a small turn does, not what a large one would "
            "do. Taking the weight away is a large turn.",
        },
        right="A small turn of this knob alone hardly changes the loss, here.",
    ),
)

if __name__ == "__main__":
    chapter.tell()
