"""Enclosures of every value of a case by mpmath's interval arithmetic, with formulas of its own, as matrices.

Nothing of purenet computes here. `python -m tests.peers.enclosures` prints the literals of tests/golden/values/test_certify.py.
"""

from mpmath import iv

PRECISION = 2000  # bits; 1 − y with y = 1 − 10^−369 takes more than 1,200


def number(text):
    return iv.mpf(str(text))


def sigmoid(x):
    return 1 / (1 + iv.exp(-x))


def tanh(x):
    return (iv.exp(x) - iv.exp(-x)) / (iv.exp(x) + iv.exp(-x))


def relu(x):
    return x if x.a > 0 else iv.mpf(0)


def leaky_relu(x):
    return x if x.a > 0 else number("0.01") * x


FUNCTIONS = {"identity": lambda x: x, "sigmoid": sigmoid, "tanh": tanh, "relu": relu, "leaky relu": leaky_relu}
SLOPES = {  # in terms of net input and output
    "identity": lambda x, y: iv.mpf(1),
    "sigmoid": lambda x, y: y * (1 - y),
    "tanh": lambda x, y: 1 - y * y,
    "relu": lambda x, y: iv.mpf(1 if x.a > 0 else 0),
    "leaky relu": lambda x, y: iv.mpf(1) if x.a > 0 else number("0.01"),
}


def total(numbers):
    result = iv.mpf(0)
    for one in numbers:
        result += one
    return result


DIVISORS = {  # E = Σ(y − t)² / divisor, for n outputs
    "half squared error": lambda n: 2,
    "squared error": lambda n: 1,
    "mean squared error": lambda n: n,
}


def loss_of(name, outputs, targets):
    if name in DIVISORS:
        return total((y - t) ** 2 for y, t in zip(outputs, targets)) / DIVISORS[name](len(targets))
    if name == "cross-entropy":
        return -total(t * iv.log(y) for y, t in zip(outputs, targets) if t.b != 0)
    return -total((t * iv.log(y) if t.b != 0 else 0) + ((1 - t) * iv.log(1 - y) if t.a != 1 else 0) for y, t in zip(outputs, targets))  # fmt: skip


def output_deltas(name, activation, net_inputs, outputs, targets):
    """Return δ of the last layer, by the short formulas where there are any."""
    if name in ("cross-entropy", "binary cross-entropy"):
        return [y - t for y, t in zip(outputs, targets)]
    errors = output_gradients(name, outputs, targets)
    if activation == "softmax":
        mean = total(y * e for y, e in zip(outputs, errors))
        return [y * (e - mean) for y, e in zip(outputs, errors)]
    return [SLOPES[activation](x, y) * e for x, y, e in zip(net_inputs, outputs, errors)]


def output_gradients(name, outputs, targets):
    if name in DIVISORS:
        return [2 * (y - t) / DIVISORS[name](len(targets)) for y, t in zip(outputs, targets)]
    if name == "cross-entropy":
        return [-t / y for y, t in zip(outputs, targets)]
    return [-t / y + (1 - t) / (1 - y) for y, t in zip(outputs, targets)]


def enclosures(task):
    """Return a dictionary from names to flat lists of intervals, for what a program is told of a case."""
    iv.prec = PRECISION
    layers = task["network"]["layers"]
    name = task["network"]["loss"]
    weights = [[[number(w) for w in row] for row in layer["weights"]] for layer in layers]
    biases = [[number(b) for b in layer["biases"]] if layer["biases"] is not None else None for layer in layers]
    velocities = {}
    settings = {key: number(task[key]) for key in SETTINGS if key in task}
    found, example = {}, 0
    for step, size in enumerate(task["batch_sizes"], start=1):
        losses, sums = [], {}
        for _ in range(size):
            pair = task["examples"][example]
            example += 1
            place = f"step{step}.example{example}."
            inputs = [[number(y) for y in pair["inputs"]]]
            targets = [number(t) for t in pair["targets"]]
            nets = []
            for n, layer in enumerate(layers):
                bias = biases[n] or [iv.mpf(0)] * len(weights[n])
                net = [total(w * y for w, y in zip(row, inputs[-1])) + b for row, b in zip(weights[n], bias)]
                if layer["activation"] == "softmax":
                    powers = [iv.exp(x) for x in net]
                    inputs.append([power / total(powers) for power in powers])
                else:
                    inputs.append([FUNCTIONS[layer["activation"]](x) for x in net])
                nets.append(net)
                letter = "JKLMNOP"[n]
                found[f"{place}{letter}.net_input"], found[f"{place}{letter}.output"] = net, inputs[-1]
            losses.append(loss_of(name, inputs[-1], targets))
            found[f"{place}loss"] = [losses[-1]]
            last = layers[-1]["activation"]
            back, deltas = output_gradients(name, inputs[-1], targets), None
            for n in reversed(range(len(layers))):
                letter = "JKLMNOP"[n]
                if deltas is None:
                    deltas = output_deltas(name, last, nets[n], inputs[-1], targets)
                else:
                    back = [
                        total(weights[n + 1][k][j] * deltas[k] for k in range(len(deltas))) for j in range(len(nets[n]))
                    ]
                    slopes = [SLOPES[layers[n]["activation"]](x, y) for x, y in zip(nets[n], inputs[n + 1])]
                    deltas = [slope * gradient for slope, gradient in zip(slopes, back)]
                outer = [delta * y for delta in deltas for y in inputs[n]]
                kept = {"output_gradient": back, "delta": deltas, "weight_gradients": outer, "bias_gradients": deltas}
                for kind, values in kept.items():
                    found[f"{place}{letter}.{kind}"] = values
                    if kind in ("weight_gradients", "bias_gradients"):
                        sums.setdefault(f"{letter}.{kind}", []).append(values)
        share = size if task["gradient"] == "mean" else 1
        found[f"step{step}.loss"] = [total(losses) / share]
        for key, rows in sums.items():
            found[f"step{step}.{key}"] = [total(column) / share for column in zip(*rows)]
        for n in range(len(layers)):
            letter, wide = "JKLMNOP"[n], len(weights[n][0])
            flat = [w for row in weights[n] for w in row]
            gradients = found[f"step{step}.{letter}.weight_gradients"]
            moved = step_of(task.get("descent"), step, velocities, f"{letter}w", gradients, flat, settings)
            weights[n] = [moved[j : j + wide] for j in range(0, len(moved), wide)]
            found[f"step{step}.{letter}.weights"] = moved
            if biases[n] is not None:
                if task["trained_biases"]:
                    gradients = found[f"step{step}.{letter}.bias_gradients"]
                    no_decay = {**settings, "weight_decay": iv.mpf(0)}
                    biases[n] = step_of(
                        task.get("descent"), step, velocities, f"{letter}b", gradients, biases[n], no_decay
                    )
                found[f"step{step}.{letter}.biases"] = biases[n]
    return found


SETTINGS = ("learning_rate", "momentum", "beta1", "beta2", "epsilon", "weight_decay")


def step_of(descent, step, velocities, key, gradients, numbers, settings):
    """Return numbers moved by one step; their velocities, or moments, are kept under a key."""
    rate, decay = settings["learning_rate"], settings["weight_decay"]
    if descent in ("adam", "adamw"):
        return adam_step(descent, step, velocities, key, gradients, numbers, settings)
    momentum, before = settings["momentum"], velocities.get(key, [iv.mpf(0)] * len(numbers))
    velocities[key] = [momentum * v - rate * (g + decay * w) for v, g, w in zip(before, gradients, numbers)]
    if descent == "nesterov":  # μ·(μ·v − η·g) − η·g
        changes = zip(numbers, velocities[key], gradients)
        return [w + momentum * v - rate * (g + decay * w) for w, v, g in changes]
    return [w + v for w, v in zip(numbers, velocities[key])]


def adam_step(descent, step, moments, key, gradients, numbers, settings):
    """Return numbers moved by a step of Adam: as sums of gradients g_s of the steps s, m = (1 − β₁)·Σ β₁^(t − s)·g_s."""
    rate, beta1, beta2, epsilon, decay = (settings[name] for name in SETTINGS if name != "momentum")
    if descent == "adam":
        gradients = [g + decay * w for g, w in zip(gradients, numbers)]
    else:
        numbers = [w * (1 - rate * decay) for w in numbers]
    steps = moments.setdefault(key, [])
    steps.append(gradients)
    moved = []
    for n, w in enumerate(numbers):
        m = (1 - beta1) * total(beta1 ** (step - s) * steps[s - 1][n] for s in range(1, step + 1))
        v = (1 - beta2) * total(beta2 ** (step - s) * steps[s - 1][n] ** 2 for s in range(1, step + 1))
        moved.append(w - rate * (m / (1 - beta1**step)) / (iv.sqrt(v / (1 - beta2**step)) + epsilon))
    return moved


if __name__ == "__main__":
    from mpmath import mp

    from purenet.cases import load_case
    from purenet.golden.values.case_files import golden_names
    from purenet.golden.values.case_files import task as task_of

    mp.prec = PRECISION
    for case in map(load_case, golden_names()):
        values = enclosures(task_of(case))
        names = [entry["name"] for entry in case.certified]
        for name in (names[len(names) // 2], names[-1]):
            place = len(values[name]) - 1
            low, high = (mp.nstr(mp.mpf(bound), 30) for bound in (values[name][place].a, values[name][place].b))
            assert low == high
            print(f'    ("{case.id}", "{name}", {place}, "{low}"),')
