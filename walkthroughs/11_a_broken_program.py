"""Chapter 11. A broken program: golden values find the place, and the catalogue names the mistake."""

import inspect
from math import exp

from purenet.book import Chapter, Choice, Code, Number, Output
from purenet.book.blocks import WIDTH
from purenet.cases import load_case
from purenet.golden.diagnosis.check import Check
from purenet.golden.diagnosis.diagnosis import Diagnosis
from purenet.golden.diagnosis.lessons import lesson
from purenet.golden.diagnosis.report import check_to
from purenet.golden.programs.adapter import function_answer

chapter = Chapter(
    11,
    "A broken program",
    question="A program learns, but badly. Which of its lines is wrong?",
    assumes="the deltas of a hidden layer, from chapter 3.",
)


# a program as one finds it: two layers of sigmoids, one example at a time, no classes, short names


def sigmoid(x):
    return 1 / (1 + exp(-x))


def dot(a, b):
    total = 0.0
    for i in range(len(a)):
        total += a[i] * b[i]
    return total


def train(case):
    values = {}
    first, second = case["network"]["layers"]
    W1, b1 = first["weights"], first["biases"]
    W2, b2 = second["weights"], second["biases"]
    lr = case["learning_rate"]
    for n, example in enumerate(case["examples"], start=1):
        x, t = example["inputs"], example["targets"]
        h = [sigmoid(dot(row, x) + b) for row, b in zip(W1, b1)]
        o = [sigmoid(dot(row, h) + b) for row, b in zip(W2, b2)]
        error = [o[k] - t[k] for k in range(len(o))]
        d2 = [error[k] * o[k] * (1 - o[k]) for k in range(len(o))]
        cols = list(zip(*W2))
        d1 = [dot(cols[j], error) * h[j] * (1 - h[j]) for j in range(len(h))]
        for k in range(len(o)):
            for j in range(len(h)):
                W2[k][j] -= lr * d2[k] * h[j]
            b2[k] -= lr * d2[k]
        for j in range(len(h)):
            for i in range(len(x)):
                W1[j][i] -= lr * d1[j] * x[i]
            b1[j] -= lr * d1[j]
        place = f"step{n}.example{n}"
        values[f"{place}.J.output"], values[f"{place}.K.output"] = h, o
        values[f"{place}.K.delta"], values[f"{place}.J.delta"] = d2, d1
        values[f"step{n}.K.weights"] = [list(row) for row in W2]
        values[f"step{n}.J.weights"] = [list(row) for row in W1]
    return values


@chapter.content
def a_broken_program():
    yield """
This program learns, but badly. It has short names and no classes, and it
reports only some of its numbers: outputs, deltas and new weights.
"""
    yield Output("\n\n".join(map(inspect.getsource, (sigmoid, dot, train))))
    yield """
We give it the golden case a1-single-examples, two steps of one example each:
"""
    case = load_case("a1-single-examples")
    check = Check(case, function_answer(train, case).values)
    yield Output(check_to(check, "text", WIDTH, diagnosis=Diagnosis([check])))
    yield """
After the first step the weights of K are right, and those of J are not. Only
the delta of J is wrong by itself: every other difference follows from it by the
right formulas. The line at fault is d1 = …, which sends back the error where
the delta d2 belongs. This is the page of the catalogue about that mistake:
"""
    yield Output(lesson("raw-error-backpropagated", load_case("mazur"), width=WIDTH))
    yield """
The right formula is `Layer.input_gradients` in purenet/layer.py. To compare a
program of your own, in any language, read purenet/golden/PROTOCOL.md.
"""


chapter.exercises(
    Choice(
        "A report shows that the outputs are right, δ_k1 is right, δ_j1 is wrong, and the new weights of J are wrong, too. "
        "Where is the mistake?",
        {
            "In the update, because the new weights are wrong": "They follow from δ_j1, which is wrong before them.",
            "In the line that computes δ_j1": "It is the first wrong number, and everything that it is computed from is right.",
            "In the forward pass": "The outputs are right, so nothing before them is wrong.",
        },
        right="In the line that computes δ_j1",
    ),
    Number(
        """
A hidden neuron feeds one output neuron by a weight of 0.5. There the error
y − t is 0.4 and the output is 0.6. The program of this chapter sends back the
error. What should arrive at the hidden neuron instead, ∂E/∂y_j, to 3 decimals?
""",
        "0.048",
        decimals=3,
        wrong={
            "0.200": "This is the weight times the error, as the program has it: the slope is left out.",
            "0.096": "This is δ_k. On its way it is multiplied by the weight.",
            "0.120": "The slope of a sigmoid is y·(1 − y), with both factors.",
        },
        hint="δ_k is the error times the slope y·(1 − y). Then comes the weight.",
    ),
    Choice(
        "The program learns although it sends back the error. Why?",
        {
            "The deltas of K are right, and the slope it leaves out is never negative": "K learns rightly, and each share of "
            "the blame keeps its sign. Only its size is wrong, by another factor for each output.",
            "The mistake is too small to matter": "The slope of a sigmoid is ¼ at most, so each share of the blame is at least "
            "four times too large.",
            "The mistake averages out over the examples": "Every example has it, in the same direction.",
        },
        right="The deltas of K are right, and the slope it leaves out is never negative",
    ),
    Code(
        "Delete the body of `Neuron.backward` and write it again, so that what arrives at the layer before is right.",
        "neuron.py",
        "Neuron.backward",
        hint="δ_j = f′(x_j)·∂E/∂y_j; then the gradients are accumulated.",
    ),
)

if __name__ == "__main__":
    chapter.tell()
