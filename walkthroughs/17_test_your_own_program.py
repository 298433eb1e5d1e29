"""Chapter 17. Test your own program: from an empty file to one that answers for itself."""

import contextlib
import io
import os
import shlex
import sys
import tempfile
import textwrap

from purenet import picture_of
from purenet.book import ByHand, Chapter, Choice, Number, Output
from purenet.book.blocks import WIDTH
from purenet.cases import load_case
from purenet.errors import NetworkError
from purenet.golden.diagnosis.check import Check
from purenet.golden.diagnosis.diagnosis import Diagnosis
from purenet.golden.diagnosis.report import check_to
from purenet.golden.diagnosis.survey import Survey
from purenet.golden.programs.adapter import answers
from purenet.golden.programs.reported import Values, parse_values
from purenet.golden.values.case_files import golden_names

chapter = Chapter(
    17,
    "Test your own program",
    question="You write a network of your own. How do you know that its numbers are right?",
    assumes="deltas and updates (chapter 3), and Python or another language.",
)

CASE = "sigmoid-2-2-1"

# The program of the chapter in its parts, as a reader writes them. Nothing of purenet is in it.

FORWARD = """
from math import exp


def f(x):
    return 1 / (1 + exp(-x))


def dot(a, b):
    total = 0
    for i in range(len(a)):
        total += a[i] * b[i]
    return total


def forward(W, B, x):
    ys = [x]
    for w, b in zip(W, B):
        ys.append([f(dot(row, ys[-1]) + bj) for row, bj in zip(w, b)])
    return ys
"""

GIVEN = """
W = [[[-0.5, 1.4], [0.6, 0.9]], [[0.1, 1.5]]]
B = [[0.7, 0.8], [-0.87]]
x, t, eta = [1.32, -1.2], [0.2], 0.6
"""

RUN_FORWARD = """
ys = forward(W, B, x)
print("step1.example1.J.output", *ys[1])
print("step1.example1.K.output", *ys[2])
"""

WRONG_SLOPE = """
def slope(x):
    return f(x) * (1 - f(x))
"""

DELTAS = """
def deltas(W, ys, t):
    ds = [[(y - tk) * slope(y) for y, tk in zip(ys[-1], t)]]
    for n in range(len(W) - 1, 0, -1):
        columns = [[row[j] for row in W[n]] for j in range(len(ys[n]))]
        back = [dot(column, ds[0]) for column in columns]
        ds.insert(0, [g * slope(y) for g, y in zip(back, ys[n])])
    return ds
"""

RUN_DELTAS = """
ds = deltas(W, ys, t)
print("step1.example1.J.delta", *ds[0])
print("step1.example1.K.delta", *ds[1])
"""

SLOPE = """
def slope(y):
    return y * (1 - y)
"""

STEP = """
def moved(w, b, y, d, eta):
    rows = []
    for row, dj in zip(w, d):
        rows.append([wij - eta * dj * yi for wij, yi in zip(row, y)])
    return rows, [bj - eta * dj for bj, dj in zip(b, d)]


def step(W, B, ys, ds, eta):
    layers = [moved(*layer, eta) for layer in zip(W, B, ys, ds)]
    return [w for w, b in layers], [b for w, b in layers]
"""

RUN_STEP = """
W, B = step(W, B, ys, ds, eta)
for name, w, b in zip("JK", W, B):
    print(f"step1.{name}.weights", *[number for row in w for number in row])
    print(f"step1.{name}.biases", *b)
"""

TRAIN = """
def can(case):
    net = case["network"]
    return (
        all(layer["activation"] == "sigmoid" for layer in net["layers"])
        and all(layer["biases"] for layer in net["layers"])
        and net["loss"] == "half squared error"
        and set(case["batch_sizes"]) == {1}
        and case["trained_biases"]
        and not case["momentum"] and not case["weight_decay"]
    )


def train(case):
    if not can(case):
        return None
    W = [layer["weights"] for layer in case["network"]["layers"]]
    B = [layer["biases"] for layer in case["network"]["layers"]]
    values = {}
    for n, example in enumerate(case["examples"], start=1):
        ys = forward(W, B, example["inputs"])
        ds = deltas(W, ys, example["targets"])
        W, B = step(W, B, ys, ds, case["learning_rate"])
        for name, y, d, w, b in zip("JKLMNOP", ys[1:], ds, W, B):
            values[f"step{n}.example{n}.{name}.output"] = y
            values[f"step{n}.example{n}.{name}.delta"] = d
            values[f"step{n}.{name}.weights"] = w
            values[f"step{n}.{name}.biases"] = b
    return values
"""

ANSWER = """
if __name__ == "__main__":
    for line in sys.stdin:
        question = json.loads(line)
        if question["cmd"] == "start":
            print(json.dumps({"version": 1}), flush=True)
        if question["cmd"] == "run":
            answer = {"seq": question["seq"]}
            answer["values"] = train(question["case"])
            if answer["values"] is None:
                answer.update(skipped=True, message="not one of mine")
            print(json.dumps(answer), flush=True)
"""

IMPORTS = """
import json
import sys
"""

PLAIN_F = """
def f(x):
    return 1 / (1 + exp(-x))
"""

SAFE_F = """
def f(x):
    if x < -700:
        return exp(x) / (1 + exp(x))
    return 1 / (1 + exp(-x))
"""


def shown(*parts):
    """Return parts of the program as lines that are shown as they are."""
    return textwrap.indent("\n\n".join(part.strip("\n") for part in parts), " " * 4)


def printed(program):
    """Return what a program prints."""
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(program, {"__name__": "__main__"})
    return output.getvalue()


def report(program, diagnosing=False):
    """Return what `python3 mine.py | purenet golden check CASE -` says, or with `diagnose` in the place of `check`."""
    case, where = load_case(CASE), "standard input"
    try:
        check = Check(case, Values(case, parse_values(printed(program), where), where=f"the values in {where}"))
    except NetworkError as error:
        return f"purenet: {error}"
    return check_to(check, "text", WIDTH, diagnosis=Diagnosis([check]) if diagnosing else None)


def survey(program, names):
    """Return the `Survey` of a program that is asked about cases, as a process of its own."""
    quoted = shlex.quote if os.name == "posix" else str
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "mine.py")
        with open(path, "w", encoding="utf-8") as file:
            file.write(program)
        command = f"{quoted(sys.executable)} {quoted(path)}"
        return Survey(answers(command, [load_case(name) for name in names]), diagnosing=False)


def page(found):
    return found.page("Golden values of python3 mine.py", "text", WIDTH, False)


@chapter.content
def test_your_own_program():
    case = load_case(CASE)
    yield f"""
The loss of a wrong program falls, too: chapters 7 and 11 show some that learn.
So a program is tested by its numbers, each of them, against numbers that are
known to be right. purenet has {len(golden_names())} golden cases for this. Here we write a program
from nothing, and look at what they say of it at every stage. It is in Python,
but none of purenet is in it, so it could be in any language.

The case {CASE} is small. `purenet golden export {CASE} -o cases`
writes it as JSON, with its network, its examples and its learning rate:
"""
    yield picture_of(case.network())
    yield """
Stage 1: an empty file
----------------------

The file mine.py is empty. What it prints goes through a pipe:

    python3 mine.py | purenet golden check sigmoid-2-2-1 -
"""
    yield Output(report(""))
    yield f"""
The exit code is 2: there is nothing to judge. That is no pass, and neither is a
program that stops before its first line of output.

Stage 2: forward
----------------

Outputs first. W[n] is the table of weights of a layer, with a row for each
neuron, and ys begins with the inputs. At the end come the numbers of the case,
and two lines that print what the program has, under the names that
`purenet golden show {CASE}` lists. J is the hidden layer, K the last.

{shown(FORWARD, GIVEN, RUN_FORWARD)}
"""
    yield Output(report(FORWARD + GIVEN + RUN_FORWARD))
    yield """
The exit code is 0. Two quantities agree, and all others are listed. Do not read
more into it: of the deltas, nothing is known yet. The column in the middle says
how far the worst number is off, in units of what a right program may be off
(chapter 16). Below 1 is right.

Stage 3: deltas
---------------

Two functions more, before the numbers of the case, and two lines at the end:
"""
    backward = FORWARD + WRONG_SLOPE + DELTAS + GIVEN + RUN_FORWARD + RUN_DELTAS
    yield f"""
{shown(WRONG_SLOPE, DELTAS, RUN_DELTAS)}

It looks right. The sigmoid is f, and its slope is f·(1 − f), as in any book.
Now `diagnose` in the place of `check`, which also looks for a known mistake:
"""
    yield Output(report(backward, diagnosing=True))
    yield """
The exit code is 1. Read the last column of the first table: "wrong by itself"
means that the number does not follow from the program's own numbers before it.
Both deltas are wrong by themselves. So there is a mistake in something that
they have in common, and that the outputs do not need: slope.

The diagnosis names it, in two forms that give the same numbers. slope wants a
net input, and computes f of it. But deltas hands it y, which is f of the net
input already, and so f is taken twice. (The other form is a program in which y
overwrites the net input. This one keeps no net inputs at all.)

Stage 4: mended, and a step
---------------------------

The slope from the output needs no f, as `Sigmoid.derivative` in
purenet/activations.py says:
"""
    stepping = FORWARD + SLOPE + DELTAS + STEP + GIVEN + RUN_FORWARD + RUN_DELTAS + RUN_STEP
    yield f"""
{shown(SLOPE)}

And here is the update. It makes new tables, because the deltas and whoever
reports the old weights still need those:

{shown(STEP, RUN_STEP)}
"""
    yield Output(report(stepping))
    yield """
All agree. The weights after the step judge everything before them, even numbers
that are not reported: the gradients are in them. But this is one step, of one
example, in one network. What if the second step began from the first weights
again? Every case is blind to some mistakes, and `purenet golden show` says to
how many. Together, all cases see all mistakes of the catalogue.

Stage 5: a program that answers
-------------------------------

So let the program be asked. It is started once, reads one line of JSON after
the other, each with a case, and answers each with a line. The numbers of the
case and all lines that print go, and these come instead:

""" + shown(IMPORTS, TRAIN, ANSWER)
    yield """
can says what the program can do; for any other case it answers that it skips
it, which is no shame. Four cases to begin with:

    purenet golden check mazur-trained-biases two-hidden-layers \\
      g1-extreme-sigmoid tanh-outputs --command 'python3 mine.py'
"""
    asked = IMPORTS + FORWARD + SLOPE + DELTAS + STEP + TRAIN + ANSWER
    first = ("mazur-trained-biases", "two-hidden-layers", "g1-extreme-sigmoid", "tanh-outputs")
    yield Output(page(survey(asked, first)))
    mended = survey(asked.replace(PLAIN_F, SAFE_F), golden_names())
    yield f"""
A second hidden layer makes no difference. But a net input near −800 does: the
program asked for exp(800), and crashed. It was started again for the next case.
Chapter 16 says how to mend it:

{shown(SAFE_F)}

And now all of them:

    purenet golden check --all --command 'python3 mine.py'
"""
    words = page(mended).split("\n\n")[0]
    agreeing, rows = len(mended.agreeing), len(mended.rows)
    yield Output(f"{words}\n...")
    yield f"""
The exit code is 0: each case that it can do agrees. These are

{textwrap.indent(textwrap.fill(", ".join(mended.agreeing), WIDTH - 4, break_on_hyphens=False), " " * 4)}

Other activation functions, other losses, mini-batches and momentum are lines of
can that may go, one after the other, as the program grows.

One line for pytest
-------------------

Keep it that way. In a file of tests beside mine.py:

    from mine import train
    from purenet.golden.testing import golden_tests

    test_golden = golden_tests(train)

Then `pytest` says {agreeing} passed, {2 * rows - agreeing} skipped: each case has a test that all that is
reported is right, and a second one that all is reported, which nothing is yet
for want of net inputs, losses and gradients. A test that fails shows the first
difference and its diagnosis, as in stage 3.

How to do the same in JavaScript, C, Java or Go is in
purenet/golden/PROTOCOL.md, with a short program in each to begin with. The
tests are made by `golden_tests` in purenet/golden/testing.py, and
`Conversation` in purenet/golden/programs/adapter.py talks with a program.
"""


CHAIN = {
    "title": "Three neurons in a chain",
    "network": {
        "layers": [
            {"weights": [[0.5]], "activation": "sigmoid"},
            {"weights": [[-2.0]], "biases": [1.0], "activation": "sigmoid"},
        ]
    },
    "examples": [{"inputs": [2.0], "targets": [1.0]}],
    "learning_rate": 0.5,
}

chapter.exercises(
    ByHand(
        """
Your program is to be tested by hand first, on the smallest network with a
hidden layer: input i1 is 2, and all neurons are sigmoids. w_i1j1 is 0.5, and j1
has no bias; w_j1k1 is −2, and b_k1 is 1. The target is 1. What is δ_j1, to 4
decimals?
""",
        CHAIN,
        "δ_j1",
        decimals=4,
        hint="y_j1, x_k1, y_k1, δ_k1 = (y_k1 − 1)·y_k1·(1 − y_k1), then w_j1k1·δ_k1·y_j1·(1 − y_j1).",
    ),
    Number(
        """
The same network: y_k1 is 0.3865, and the target is 1. What does the program of
stage 3, which still has the mistake, report as δ_k1, to 4 decimals?
""",
        answer="-0.1478",
        decimals=4,
        wrong={
            "-0.1455": "That is the right delta, with the slope y·(1 − y). The program computes f(y)·(1 − f(y)).",
            "0.1478": "The slope is that of the program, but y − t is negative.",
            "0.2409": "That is the slope that the program computes. Multiply it by y − t.",
            "-0.3653": "That is (y − t)·f(y), without the second factor of the slope, 1 − f(y).",
        },
        because="f(0.3865) is 0.5954, and 0.5954·(1 − 0.5954)·(0.3865 − 1) = −0.1478: near the right one, and wrong.",
        hint="slope(y) is f(y)·(1 − f(y)), and f(0.3865) is 0.5954.",
    ),
    Number(
        """
A program reports y_j1 = 0.5, which is right, and δ_k1 = −0.2, which should be
0.2. Which number must it report as ∇w_j1k1 for this to be right by itself?
""",
        answer="-0.1",
        exact=True,
        wrong={
            "0.1": "That is the true value. By itself means: computed from the program's own δ_k1, wrong as that is.",
            "-0.4": "The delta is multiplied by y_j1, not divided by it.",
            "-0.2": "That is the gradient of the bias. A weight's is δ_k1 times the output that it weighs, y_j1.",
            "-0.05": "y_j1·(1 − y_j1) is a factor of the delta of j1. The gradient has y_j1 alone.",
        },
        because="∇w_j1k1 = δ_k1·y_j1 = −0.2·0.5. It differs from the true value, but the mistake is in δ_k1 alone.",
        hint="∇w_j1k1 = δ_k1·y_j1, with the numbers that the program has.",
    ),
    Choice(
        "A program prints all its numbers with three decimals, and in these each is right. What does the check say?",
        {
            "They agree.": "0.521 is also what a program prints whose output is 0.5214 in place of 0.5210: three digits "
            "do not tell them apart.",
            "They differ, for they are not within the tolerance.": "Each number is compared to the digits that it is "
            "printed with, so none of these is called wrong.",
            "There are too few digits to tell.": "Neither a pass nor a failure: the exit code is 3, and the check asks for "
            "17 digits.",
        },
        right="There are too few digits to tell.",
    ),
    Choice(
        "In the case 2x2x1 all inputs are 1 and all weights 0.5. A program passes it, all numbers reported. What is shown?",
        {
            "That its backpropagation is right.": "Suppose it sends deltas back through the wrong weights. Here all of them "
            "are 0.5, and nothing shows.",
            "That it makes none of the mistakes which show in this case.": "The case is blind to the others: whatever mixes "
            "up equal weights or equal inputs gives the same numbers. So ask more cases.",
            "Nothing, for one case can be passed by accident.": "Not with 17 digits in each number. But the case cannot see "
            "every mistake.",
        },
        right="That it makes none of the mistakes which show in this case.",
    ),
)

if __name__ == "__main__":
    chapter.tell()
