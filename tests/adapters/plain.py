"""A program that purenet can check, in plain Python: floats, lists and nothing else. Copy it to start your own.

    purenet golden check --all --command 'python3 tests/adapters/plain.py'

It reads one case after the other, each a line of JSON, and answers each with a line: all numbers of the training steps,
by name. See purenet/golden/PROTOCOL.md. A network is a list of layers; the first is J, the next K, and so on.
"""

import json
import math
import sys

PAIRS = (("cross-entropy", "softmax"), ("binary cross-entropy", "sigmoid"))
DIVISORS = {  # E = Σ(y − t)² / divisor, for n outputs
    "half squared error": lambda n: 2,
    "squared error": lambda n: 1,
    "mean squared error": lambda n: n,
}
LETTERS = "IJKLMNOPQRSTUVWXYZABCDEFGH"


def sigmoid(x):
    power = math.exp(-abs(x))  # of a number that is not positive, so that it cannot overflow
    return (1 if x >= 0 else power) / (1 + power)


def softplus(x):
    """Return ln(1 + e^x). For y = sigmoid(x), ln y = −softplus(−x) and ln(1 − y) = −softplus(x)."""
    return max(x, 0) + math.log1p(math.exp(-abs(x)))


def softmax(net_inputs):
    """Return the outputs and their logarithms, which are finite even where an output is too small for a float."""
    largest = max(net_inputs)
    powers = [math.exp(x - largest) for x in net_inputs]
    total = sum(powers)
    return [power / total for power in powers], [x - largest - math.log(total) for x in net_inputs]


VALUES = {
    "identity": lambda x: x,
    "sigmoid": sigmoid,
    "tanh": math.tanh,
    "relu": lambda x: max(x, 0.0),
    "leaky relu": lambda x: max(x, 0.01 * x),
    "bipolar sigmoid": lambda x: math.tanh(x / 2),
    "threshold": lambda x: 1.0 if x > 0 else 0.0,
    "threshold from 0": lambda x: 1.0 if x >= 0 else 0.0,
    "sign": lambda x: 1.0 if x > 0 else -1.0,
    "sign from 0": lambda x: 1.0 if x >= 0 else -1.0,
}
SLOPES = {  # in terms of the net input x and the output y
    "identity": lambda x, y: 1.0,
    "sigmoid": lambda x, y: y * (1 - y),
    "tanh": lambda x, y: 1 - y * y,
    "relu": lambda x, y: 1.0 if x > 0 else 0.0,
    "leaky relu": lambda x, y: 1.0 if x > 0 else 0.01,
    "bipolar sigmoid": lambda x, y: (1 - y * y) / 2,
    **dict.fromkeys(("threshold", "threshold from 0", "sign", "sign from 0"), lambda x, y: 1.0),  # for δ = y − t
}


class Layer:
    """weights[j][i] leads from input i to neuron j; biases are one for each neuron, or none at all."""

    def __init__(self, number, activation, weights, biases, shared_bias=False):
        self.letter = LETTERS[number % 26] * (number // 26 + 1)
        self.activation, self.weights, self.biases = activation, weights, biases or []
        self.shared_bias = shared_bias
        self.weight_velocities = [[0.0] * len(row) for row in weights]
        self.bias_velocities = [0.0] * len(weights)
        self.steps = 0  # of other descents
        self.weight_moments = [[(0.0, 0.0)] * len(row) for row in weights]
        self.bias_moments = [(0.0, 0.0)] * len(weights)

    def forward(self, inputs):
        self.inputs = inputs
        self.net_inputs = [sum(weight * y for weight, y in zip(row, inputs)) for row in self.weights]
        if self.biases:
            self.net_inputs = [x + bias for x, bias in zip(self.net_inputs, self.biases)]
        if self.activation == "softmax":
            self.outputs, self.log_outputs = softmax(self.net_inputs)
        else:
            self.outputs = [VALUES[self.activation](x) for x in self.net_inputs]
        return self.outputs

    def backward(self, output_gradients):
        """Keep δ = ∂E/∂x of each neuron, from ∂E/∂y."""
        if self.activation == "softmax":  # each net input changes all outputs: ∂y_k/∂x_j = y_k · ((1 if k = j) − y_j)
            self.deltas = []
            for j, y_j in enumerate(self.outputs):
                slopes = [y_k * ((k == j) - y_j) for k, y_k in enumerate(self.outputs)]
                self.deltas.append(sum(slope * gradient for slope, gradient in zip(slopes, output_gradients)))
        else:
            neurons = zip(self.net_inputs, self.outputs, output_gradients)
            self.deltas = [SLOPES[self.activation](x, y) * gradient for x, y, gradient in neurons]

    def weight_gradients(self):
        return [[delta * y for y in self.inputs] for delta in self.deltas]

    def bias_gradients(self):
        return [sum(self.deltas)] * len(self.deltas) if self.shared_bias else self.deltas

    def input_gradients(self):
        """Return ∂E/∂y of the layer before."""
        return [sum(weight * delta for weight, delta in zip(column, self.deltas)) for column in zip(*self.weights)]

    def update(self, weight_gradients, bias_gradients, case):
        """v ← μ · v − η · (∇w + λ · w), w ← w + v: plain gradient descent where μ and λ are 0. Biases do not decay."""
        if case.get("descent", "gradient") != "gradient":
            return self.update_otherwise(weight_gradients, bias_gradients, case)
        rate, momentum, decay = case["learning_rate"], case["momentum"], case["weight_decay"]
        for row, velocities, gradients in zip(self.weights, self.weight_velocities, weight_gradients):
            for i, gradient in enumerate(gradients):
                velocities[i] = momentum * velocities[i] - rate * (gradient + decay * row[i])
                row[i] += velocities[i]
        for j in range(len(self.biases) if case["trained_biases"] else 0):
            self.bias_velocities[j] = momentum * self.bias_velocities[j] - rate * bias_gradients[j]
            self.biases[j] += self.bias_velocities[j]

    def update_otherwise(self, weight_gradients, bias_gradients, case):
        """Update by another descent: each number has a pair of moments or, with nesterov, of a velocity and None."""
        self.steps += 1
        for row, pairs, gradients in zip(self.weights, self.weight_moments, weight_gradients):
            for i, gradient in enumerate(gradients):
                if case["descent"] == "adamw":
                    row[i] *= 1 - case["learning_rate"] * case["weight_decay"]
                else:
                    gradient += case["weight_decay"] * row[i]
                pairs[i], change = STEPS[case["descent"]](pairs[i], gradient, case, self.steps)
                row[i] -= change
        if case["trained_biases"]:
            for j in range(len(self.biases)):
                pair, gradient = self.bias_moments[j], bias_gradients[j]
                self.bias_moments[j], change = STEPS[case["descent"]](pair, gradient, case, self.steps)
                self.biases[j] -= change


def nesterov_step(pair, gradient, case, step):
    """Return the new velocity v ← μ · v − η · g, with None beside it, and the change η · g − μ · v."""
    velocity = case["momentum"] * pair[0] - case["learning_rate"] * gradient
    return (velocity, None), case["learning_rate"] * gradient - case["momentum"] * velocity


def adam_step(pair, gradient, case, step):
    """Return the new moments m and v, and the change η · m̂ / (√v̂ + ε)."""
    beta1, beta2 = case["beta1"], case["beta2"]
    m = beta1 * pair[0] + (1 - beta1) * gradient
    v = beta2 * pair[1] + (1 - beta2) * gradient * gradient
    root = math.sqrt(v / (1 - beta2**step))
    return (m, v), case["learning_rate"] * (m / (1 - beta1**step)) / (root + case["epsilon"])


STEPS = {"nesterov": nesterov_step, "adam": adam_step, "adamw": adam_step}


def end(loss, layer, targets):
    """Return E and ∂E/∂y, and let the last layer keep its δ: with a cross-entropy ∂E/∂y may be infinite, δ is not."""
    neurons = list(zip(layer.net_inputs, layer.outputs, targets))
    if loss in DIVISORS:
        divisor = DIVISORS[loss](len(targets))
        output_gradients = [2 * (y - t) / divisor for _, y, t in neurons]
        layer.backward(output_gradients)
        return sum((y - t) * (y - t) for _, y, t in neurons) / divisor, output_gradients
    if loss == "cross-entropy":
        layer.deltas = [y * sum(targets) - t for _, y, t in neurons]  # y − t, as targets add up to 1
        value = -sum(t * log for log, t in zip(layer.log_outputs, targets))
        return value, [-quotient(t, y) for _, y, t in neurons]
    layer.deltas = [y - t for _, y, t in neurons]
    value = sum(t * softplus(-x) + (1 - t) * softplus(x) for x, _, t in neurons)
    return value, [quotient(1 - t, 1 - y) - quotient(t, y) for _, y, t in neurons]


def quotient(share, probability):
    if share == 0:
        return 0.0
    return share / probability if probability else math.inf


def run(case):
    """Return the values of all training steps: a dictionary from names to numbers and nested lists."""
    layers = []
    for layer in case["network"]["layers"]:
        layers.append(Layer(len(layers) + 1, **layer))
    loss, values, number = case["network"]["loss"], {}, 0
    for step, batch_size in enumerate(case["batch_sizes"], start=1):
        losses, gradients = [], {layer: [] for layer in layers}
        for example in case["examples"][number : number + batch_size]:
            number += 1
            losses.append(run_example(layers, loss, example, values, f"step{step}.example{number}"))
            for layer in layers:
                gradients[layer].append([*layer.weight_gradients(), layer.bias_gradients()])
        divisor = batch_size if case["gradient"] == "mean" else 1
        values[f"step{step}.loss"] = sum(losses) / divisor
        for layer in layers:
            place = f"step{step}.{layer.letter}"
            *weight_gradients, bias_gradients = [
                [sum(of_examples) / divisor for of_examples in zip(*rows)] for rows in zip(*gradients[layer])
            ]
            layer.update(weight_gradients, bias_gradients, case)
            values[f"{place}.weight_gradients"] = weight_gradients
            values[f"{place}.weights"] = [list(row) for row in layer.weights]
            if layer.biases:
                values[f"{place}.bias_gradients"], values[f"{place}.biases"] = bias_gradients, list(layer.biases)
    return values


def run_example(layers, loss, example, values, place):
    """Go forward and backward for one example, add its values to the others, and return its loss."""
    outputs = example["inputs"]
    for layer in layers:
        outputs = layer.forward(outputs)
        values[f"{place}.{layer.letter}.net_input"] = layer.net_inputs
        values[f"{place}.{layer.letter}.output"] = layer.outputs
    values[f"{place}.loss"], output_gradients = end(loss, layers[-1], example["targets"])
    for layer in reversed(layers):
        if layer is not layers[-1]:
            layer.backward(output_gradients)
        values[f"{place}.{layer.letter}.output_gradient"] = output_gradients
        values[f"{place}.{layer.letter}.delta"] = layer.deltas
        values[f"{place}.{layer.letter}.weight_gradients"] = layer.weight_gradients()
        if layer.biases:
            values[f"{place}.{layer.letter}.bias_gradients"] = layer.bias_gradients()
        output_gradients = layer.input_gradients()
    return values[f"{place}.loss"]


def reason_to_skip(case):
    """Return what a case has that is not known here, or None."""
    if case.get("descent", "gradient") not in ("gradient", *STEPS):
        return f"no descent {case['descent']} here"
    network = case["network"]
    for layer in network["layers"]:
        if layer["activation"] not in (*VALUES, "softmax"):
            return f"no layer with the activation {layer['activation']} here"
        if None in (layer["biases"] or []):
            return "no layer here where only some neurons have a bias"
    loss, last = network["loss"], network["layers"][-1]["activation"]
    if loss not in DIVISORS and (loss, last) not in PAIRS:
        return f"no {loss} after {last} here"
    return None


def finite(value):
    """Return a value for JSON, with null for a number that is infinite or not a number."""
    if isinstance(value, list):
        return [finite(number) for number in value]
    return value if math.isfinite(value) else None


def answer(question):
    if question["cmd"] == "start":
        return {"version": 1, "implementation": {"name": "plain", "language": "python"}, "dtype": "float64"}
    case, seq = question["case"], question["seq"]
    reason = reason_to_skip(case)
    if reason is not None:
        return {"seq": seq, "skipped": True, "message": reason}
    try:
        return {"seq": seq, "values": {name: finite(value) for name, value in run(case).items()}}
    except ArithmeticError as error:
        return {"seq": seq, "errored": True, "message": f"{type(error).__name__}: {error}"}


if __name__ == "__main__":
    for line in sys.stdin:
        question = json.loads(line)
        if question["cmd"] == "stop":
            break
        print(json.dumps(answer(question)), flush=True)
