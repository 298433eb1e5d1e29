"""The plain program as one that is asked: each line that it reads is a question, and it answers each with a line.

In a file that runs by itself, the text of the plain program takes the place of the import below (see listing.py). The
questions and the answers are those of PROTOCOL.md.
"""

import json
import math
import struct
import sys
from decimal import Decimal, getcontext

from purenet.golden.mistakes.plain import (
    E,
    b,
    clock,
    d,
    db,
    dw,
    f,
    g,
    gb,
    gw,
    layers,
    m,
    mb,
    neurons,
    q,
    qb,
    reported_order,
    t,
    train,
    units,
    v,
    vb,
    w,
    x,
    y,
)

LETTERS = "IJKLMNOPQRSTUVWXYZABCDEFGH"  # of the layers, the first that of the inputs
values = {}  # the numbers to report, by name


def exp(x):
    """Return e^x, or infinity where that is too large for a float."""
    try:
        return x.exp() if isinstance(x, Decimal) else math.exp(x)
    except OverflowError:
        return math.inf


def log(x):
    return x.ln() if isinstance(x, Decimal) else math.log(x)


def sqrt(x):
    return x.sqrt() if isinstance(x, Decimal) else math.sqrt(x)


def tanh(x):
    return 1 - 2 / (exp(2 * x) + 1) if isinstance(x, Decimal) else math.tanh(x)


def hundredth(x):
    return Decimal("0.01") if isinstance(x, Decimal) else 0.01


def float32(x):
    """Return a number as 32 bits hold it."""
    return type(x)(struct.unpack("f", struct.pack("f", x))[0])


class Unit:
    """An activation that is rarely used: its value, and its slope."""

    def __init__(self, value, derivative):
        self.value, self.derivative = value, derivative


units.update({
    "bipolar sigmoid": Unit(lambda x: 2 / (1 + exp(-x)) - 1, lambda x, y: (1 + y) * (1 - y) / 2),
    "threshold": Unit(lambda x: 1 if x > 0 else 0, lambda x, y: 1),
    "threshold from 0": Unit(lambda x: 1 if x >= 0 else 0, lambda x, y: 1),
    "sign": Unit(lambda x: 1 if x > 0 else -1, lambda x, y: 1),
    "sign from 0": Unit(lambda x: 1 if x >= 0 else -1, lambda x, y: 1),
})  # fmt: skip


class StepLosses(dict):
    """The losses of the steps. When one is kept, its step is over, and the numbers of the step are reported."""

    def __setitem__(self, s, loss):
        values[f"step{s + 1}.loss"] = [loss]
        for l in layers:
            weights, biases = reported_order(l), [(l, j) for j in neurons[l]]
            report(f"step{s + 1}.{letter(l)}", weight_gradients=(gw, weights), bias_gradients=(gb, biases))
            report(f"step{s + 1}.{letter(l)}", weights=(w, weights), biases=(b, biases))


step_loss = StepLosses()


def run(case, number):
    """Return the values of a case, computed with numbers of a type."""
    steps = fill(case, number)
    train(steps)
    for s, examples in enumerate(steps):
        for n in examples:
            report_example(f"step{s + 1}.example{n + 1}", n)
    return values


def fill(case, number):
    """Fill the tables of the program, and return the examples of each step."""
    global layers, last, loss, descent, rate, momentum, decay, beta1, beta2, eps, mean, shared, frozen
    for table in (neurons, f, w, b, t, x, y, g, d, dw, db, gw, gb, v, vb, m, mb, q, qb, E, values):
        table.clear()
    descent = case.get("descent", "gradient")
    layers, loss = range(len(case["network"]["layers"])), case["network"]["loss"]
    last = layers[-1]
    clock.update(dict.fromkeys(layers, 0))
    rate, momentum, decay = (number(str(case.get(name, 0))) for name in ("learning_rate", "momentum", "weight_decay"))
    beta1, beta2, eps = (number(str(case.get(name, 0))) for name in ("beta1", "beta2", "epsilon"))
    mean, frozen = case["gradient"] == "mean", not case["trained_biases"]
    shared = {l for l in layers if case["network"]["layers"][l].get("shared_bias")}
    for l, layer in enumerate(case["network"]["layers"]):
        fill_layer(l, layer, number)
    for n, example in enumerate(case["examples"]):
        neurons[-1] = range(len(example["inputs"]))
        y.update({(-1, n, i): number(str(given)) for i, given in enumerate(example["inputs"])})
        t.update({(n, k): number(str(target)) for k, target in enumerate(example["targets"])})
    ends = [sum(case["batch_sizes"][: s + 1]) for s in range(len(case["batch_sizes"]))]
    return [list(range(end - size, end)) for end, size in zip(ends, case["batch_sizes"])]


def fill_layer(l, layer, number):
    neurons[l] = range(len(layer["weights"]))
    for j, row in enumerate(layer["weights"]):
        f[l, j] = layer["activation"] if isinstance(layer["activation"], str) else layer["activation"][j]
        bias = layer["biases"][j] if layer["biases"] else None
        b[l, j] = None if bias is None else number(str(bias))
        vb[l, j] = mb[l, j] = qb[l, j] = 0
        for i, weight in enumerate(row):
            w[l, j, i] = number(str(weight))
            v[l, j, i] = m[l, j, i] = q[l, j, i] = 0


def report_example(place, n):
    values[f"{place}.loss"] = [E.get(n)]
    for l in layers:
        here, weights = [(l, n, j) for j in neurons[l]], [(l, n, j, i) for _, j, i in reported_order(l)]
        report(f"{place}.{letter(l)}", net_input=(x, here), output=(y, here), output_gradient=(g, here))
        report(f"{place}.{letter(l)}", delta=(d, here), weight_gradients=(dw, weights), bias_gradients=(db, here))


def report(place, **kinds):
    """Report numbers of tables, each kind a table and the keys of the numbers."""
    for kind, (table, keys) in kinds.items():
        values[f"{place}.{kind}"] = [table.get(key) for key in keys]


def letter(l):
    return LETTERS[(l + 1) % 26] * ((l + 1) // 26 + 1)


def finite(number):
    """Return a number as JSON has it: None for one that is missing, infinite or not a number."""
    return float(number) if number is not None and math.isfinite(number) else None


def answer(question):
    """Return the answer to a question. Where floats do not reach, the program runs on Decimals."""
    if question["cmd"] == "start":
        return {"version": 1, "implementation": {"name": "the plain program", "language": "python"}, "dtype": "float64"}
    for number in (float, Decimal):
        try:
            found = run(question["case"], number)
            asked = [name for name in question["report"] if name in found]
            return {"seq": question["seq"], "values": {name: [finite(each) for each in found[name]] for name in asked}}
        except (ArithmeticError, LookupError, TypeError, ValueError) as error:
            problem = f"{type(error).__name__}: {error}"
    return {"seq": question["seq"], "errored": True, "message": problem}


if __name__ == "__main__":
    getcontext().prec = 40
    for line in sys.stdin:
        question = json.loads(line)
        if question["cmd"] == "stop":
            break
        print(json.dumps(answer(question)), flush=True)
