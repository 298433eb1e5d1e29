"""Chapter 11. A broken program: golden values find the place, and the catalogue names the mistake."""

import sys
from math import exp

from purenet.cases import load_case
from purenet.golden.diagnosis.check import Check
from purenet.golden.diagnosis.diagnosis import Diagnosis
from purenet.golden.diagnosis.lessons import lesson
from purenet.golden.diagnosis.report import check_to
from purenet.golden.programs.adapter import function_answer

sys.stdout.reconfigure(encoding="utf-8")  # for terminals that are set to another encoding
WIDTH = 80


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
    W1, b1, W2, b2 = first["weights"], first["biases"], second["weights"], second["biases"]
    lr = case["learning_rate"]
    for n, example in enumerate(case["examples"], start=1):
        x, t = example["inputs"], example["targets"]
        h = [sigmoid(dot(row, x) + b) for row, b in zip(W1, b1)]
        o = [sigmoid(dot(row, h) + b) for row, b in zip(W2, b2)]
        error = [o[k] - t[k] for k in range(len(o))]
        d2 = [error[k] * o[k] * (1 - o[k]) for k in range(len(o))]
        d1 = [dot([row[j] for row in W2], error) * h[j] * (1 - h[j]) for j in range(len(h))]
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


print("""\
Chapter 11. A broken program
============================

The program in this script learns, but badly. It has short names and no classes,
and it reports only some of its numbers: outputs, deltas and new weights. We
give it the golden case a1-single-examples, two steps of one example each:
""")
case = load_case("a1-single-examples")
check = Check(case, function_answer(train, case).values)
print(check_to(check, "text", WIDTH, diagnosis=Diagnosis([check])))
print("""\
After the first step the weights of K are right, and those of J are not. Only
the delta of J is wrong by itself: every other difference follows from it by the
right formulas. The line at fault is d1 = …, which sends back the error where
the delta d2 belongs. This is the page of the catalogue about that mistake:
""")
print(lesson("raw-error-backpropagated", load_case("mazur"), width=WIDTH))
print("""\
The right formula is `Layer.input_gradients` in purenet/layer.py. To compare a
program of your own, in any language, read purenet/golden/PROTOCOL.md.""")
