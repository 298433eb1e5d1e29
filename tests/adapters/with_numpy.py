"""A program that purenet can check, in NumPy: a mini-batch at a time, one example in each row of a matrix.

    purenet golden check --all --command 'python3 tests/adapters/with_numpy.py --dtype float32'

It reads one case after the other, each a line of JSON, and answers each with a line: all numbers of the training steps,
by name. See purenet/golden/PROTOCOL.md. A network is a list of layers; the first is J, the next K, and so on.
"""

import argparse
import json
import sys

import numpy as np

PAIRS = (("cross-entropy", "softmax"), ("binary cross-entropy", "sigmoid"))
DIVISORS = {  # E = Σ(y − t)² / divisor, for n outputs
    "half squared error": lambda n: 2,
    "squared error": lambda n: 1,
    "mean squared error": lambda n: n,
}
LETTERS = "IJKLMNOPQRSTUVWXYZABCDEFGH"


def sigmoid(x):
    power = np.exp(-np.abs(x))  # of numbers that are not positive, so that it cannot overflow
    return np.where(x >= 0, 1, power) / (1 + power)


def softplus(x):
    """Return ln(1 + e^x). For y = sigmoid(x), ln y = −softplus(−x) and ln(1 − y) = −softplus(x)."""
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


def log_softmax(x):
    """Return the logarithms of softmax, which are finite even where an output is too small for a float."""
    shifted = x - x.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def softmax(x):
    powers = np.exp(x - x.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


VALUES = {
    "identity": lambda x: x,
    "sigmoid": sigmoid,
    "tanh": np.tanh,
    "relu": lambda x: np.maximum(x, 0),
    "leaky relu": lambda x: np.maximum(x, 0.01 * x),
    "softmax": softmax,
}
DELTAS = {  # ∂E/∂x from net inputs x, outputs y and their gradients g = ∂E/∂y
    "identity": lambda x, y, g: g,
    "sigmoid": lambda x, y, g: y * (1 - y) * g,
    "tanh": lambda x, y, g: (1 - y * y) * g,
    "relu": lambda x, y, g: np.where(x > 0, g, 0),
    "leaky relu": lambda x, y, g: np.where(x > 0, g, 0.01 * g),
    "softmax": lambda x, y, g: y * (g - (y * g).sum(axis=1, keepdims=True)),
}


class Layer:
    """weights[j, i] leads from input i to neuron j; biases is None, or has a number for each neuron."""

    def __init__(self, number, activation, weights, biases, dtype):
        self.letter = LETTERS[number % 26] * (number // 26 + 1)
        self.activation = activation
        self.weights = np.array(weights, dtype)
        self.biases = np.array(biases, dtype) if biases else None
        self.weight_velocities = np.zeros_like(self.weights)
        self.bias_velocities = np.zeros(len(weights), dtype)
        self.steps, self.weight_moments, self.bias_moments = 0, (0, 0), (0, 0)  # of adam and adamw

    def forward(self, inputs):
        self.inputs = inputs
        self.net_inputs = inputs @ self.weights.T
        if self.biases is not None:
            self.net_inputs = self.net_inputs + self.biases
        self.outputs = VALUES[self.activation](self.net_inputs)
        return self.outputs

    def backward(self, output_gradients):
        """Keep δ = ∂E/∂x of each neuron, from ∂E/∂y."""
        self.deltas = DELTAS[self.activation](self.net_inputs, self.outputs, output_gradients)

    def update(self, weight_gradients, bias_gradients, case):
        """v ← μ · v − η · (∇w + λ · w), w ← w + v: plain gradient descent where μ and λ are 0. Biases do not decay."""
        if case.get("descent") in ("adam", "adamw"):
            return self.update_by_moments(weight_gradients, bias_gradients, case)
        rate, momentum, decay = case["learning_rate"], case["momentum"], case["weight_decay"]
        ahead, change = case.get("descent") == "nesterov", -rate * (weight_gradients + decay * self.weights)
        self.weight_velocities = momentum * self.weight_velocities + change
        self.weights = self.weights + (momentum * self.weight_velocities + change if ahead else self.weight_velocities)
        if self.biases is not None and case["trained_biases"]:
            change = -rate * bias_gradients
            self.bias_velocities = momentum * self.bias_velocities + change
            self.biases = self.biases + (momentum * self.bias_velocities + change if ahead else self.bias_velocities)

    def update_by_moments(self, weight_gradients, bias_gradients, case):
        """Adam, and AdamW, in which the weights decay by themselves, as PROTOCOL.md says."""
        rate, decay = case["learning_rate"], case["weight_decay"]
        self.steps += 1
        if case["descent"] == "adamw":
            self.weights = self.weights - rate * decay * self.weights
        else:
            weight_gradients = weight_gradients + decay * self.weights
        self.weight_moments, step = self.adam(self.weight_moments, weight_gradients, case)
        self.weights = self.weights - rate * step
        if self.biases is not None and case["trained_biases"]:
            self.bias_moments, step = self.adam(self.bias_moments, bias_gradients, case)
            self.biases = self.biases - rate * step

    def adam(self, moments, gradients, case):
        """Return the new moments m and v, and m̂ / (√v̂ + ε)."""
        beta1, beta2 = case["beta1"], case["beta2"]
        m = beta1 * moments[0] + (1 - beta1) * gradients
        v = beta2 * moments[1] + (1 - beta2) * gradients**2
        root = np.sqrt(v / (1 - beta2**self.steps))
        return (m, v), m / (1 - beta1**self.steps) / (root + case["epsilon"])


def end(loss, layer, targets):
    """Return E of each example and ∂E/∂y, and let the last layer keep its δ: ∂E/∂y may be infinite where δ is not."""
    x, y, t = layer.net_inputs, layer.outputs, targets
    if loss in DIVISORS:
        divisor = DIVISORS[loss](t.shape[1])
        slopes = 2 * (y - t) / divisor
        layer.backward(slopes)
        return ((y - t) ** 2).sum(axis=1) / divisor, slopes
    slopes = np.divide(t, y, out=np.zeros_like(y), where=t != 0)
    if loss == "cross-entropy":
        layer.deltas = y * t.sum(axis=1, keepdims=True) - t  # y − t, as targets add up to 1
        return -(t * log_softmax(x)).sum(axis=1), -slopes
    layer.deltas = y - t
    slopes = np.divide(1 - t, 1 - y, out=np.zeros_like(y), where=t != 1) - slopes
    return (t * softplus(-x) + (1 - t) * softplus(x)).sum(axis=1), slopes


def run(case, dtype):
    """Return the values of all training steps: a dictionary from names to numbers and arrays."""
    layers = []
    for layer in case["network"]["layers"]:
        layers.append(Layer(len(layers) + 1, layer["activation"], layer["weights"], layer["biases"], dtype))
    inputs = np.array([example["inputs"] for example in case["examples"]], dtype)
    targets = np.array([example["targets"] for example in case["examples"]], dtype)
    values, first = {}, 0
    for step, batch_size in enumerate(case["batch_sizes"], start=1):
        mini_batch = slice(first, first + batch_size)
        places = [f"step{step}.example{first + n}" for n in range(1, batch_size + 1)]
        first += batch_size
        run_step(layers, inputs[mini_batch], targets[mini_batch], case, values, f"step{step}", places)
    return values


def run_step(layers, inputs, targets, case, values, step, places):
    """Do one step, and add its values: of the whole step, and one row for each example."""

    def keep(name, rows):
        for place, row in zip(places, rows):
            values[f"{place}.{name}"] = row

    outputs = inputs
    for layer in layers:
        outputs = layer.forward(outputs)
        keep(f"{layer.letter}.net_input", layer.net_inputs)
        keep(f"{layer.letter}.output", layer.outputs)
    losses, output_gradients = end(case["network"]["loss"], layers[-1], targets)
    divisor = len(places) if case["gradient"] == "mean" else 1
    keep("loss", losses)
    values[f"{step}.loss"] = losses.sum() / divisor
    for layer in reversed(layers):
        if layer is not layers[-1]:
            layer.backward(output_gradients)
        keep(f"{layer.letter}.output_gradient", output_gradients)
        keep(f"{layer.letter}.delta", layer.deltas)
        keep(f"{layer.letter}.weight_gradients", layer.deltas[:, :, np.newaxis] * layer.inputs[:, np.newaxis, :])
        if layer.biases is not None:
            keep(f"{layer.letter}.bias_gradients", layer.deltas)
        output_gradients = layer.deltas @ layer.weights
    for layer in layers:
        weight_gradients = layer.deltas.T @ layer.inputs / divisor
        bias_gradients = layer.deltas.sum(axis=0) / divisor
        layer.update(weight_gradients, bias_gradients, case)
        values[f"{step}.{layer.letter}.weight_gradients"] = weight_gradients
        values[f"{step}.{layer.letter}.weights"] = layer.weights
        if layer.biases is not None:
            values[f"{step}.{layer.letter}.bias_gradients"] = bias_gradients
            values[f"{step}.{layer.letter}.biases"] = layer.biases


def reason_to_skip(case):
    """Return what a case has that is not known here, or None."""
    if case.get("descent", "gradient") not in ("gradient", "nesterov", "adam", "adamw"):
        return f"no descent {case['descent']} here"
    network = case["network"]
    for layer in network["layers"]:
        if layer["activation"] not in tuple(VALUES):
            return f"no layer with the activation {layer['activation']} here"
        if None in (layer["biases"] or []):
            return "no layer here where only some neurons have a bias"
        if layer.get("shared_bias"):
            return "no layer here whose neurons share a bias"
    loss, last = network["loss"], network["layers"][-1]["activation"]
    if loss not in DIVISORS and (loss, last) not in PAIRS:
        return f"no {loss} after {last} here"
    return None


def finite(value):
    """Return a value for JSON, with null for a number that is infinite or not a number."""
    numbers = np.asarray(value, "float64").astype(object)
    return np.where(np.isfinite(value), numbers, None).tolist()


def answer(question, dtype):
    if question["cmd"] == "start":
        return {"version": 1, "implementation": {"name": "NumPy", "language": "python"}, "dtype": dtype}
    case, seq = question["case"], question["seq"]
    reason = reason_to_skip(case)
    if reason is not None:
        return {"seq": seq, "skipped": True, "message": reason}
    return {"seq": seq, "values": {name: finite(value) for name, value in run(case, dtype).items()}}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Answer purenet golden check with NumPy.")
    parser.add_argument("--dtype", choices=("float32", "float64"), default="float64", help="type of all numbers")
    dtype = parser.parse_args().dtype
    np.seterr(divide="ignore", over="ignore", invalid="ignore")  # what is not finite is reported as null
    for line in sys.stdin:
        question = json.loads(line)
        if question["cmd"] == "stop":
            break
        print(json.dumps(answer(question, dtype)), flush=True)
