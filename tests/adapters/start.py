"""A start in Python: put your own network in the place of `Network`, and let `train` report what yours computes.

purenet golden check xor-2-4-1 --command 'python3 tests/adapters/start.py'
"""

import json
import math
import sys


def sigmoid(x):
    return 0.5 * (1 + math.tanh(x / 2))  # 1 / (1 + exp(−x)) would overflow far below 0


class Network:
    """Your network here. This one has sigmoid layers and half squared error, and trains on one example at a time."""

    def __init__(self, layers, learning_rate):
        self.weights = [layer["weights"] for layer in layers]  # weights[layer][j][i] leads from input i to neuron j
        self.biases = [layer["biases"] for layer in layers]  # None where a layer has none
        self.learning_rate = learning_rate

    def train(self, inputs, targets):
        """Do one step, and return the outputs and the loss."""
        outputs = [inputs]
        for weights, biases in zip(self.weights, self.biases):
            sums = [sum(w * y for w, y in zip(row, outputs[-1])) for row in weights]
            outputs.append([sigmoid(x + b) for x, b in zip(sums, biases or [0] * len(sums))])
        slopes = [y - t for y, t in zip(outputs[-1], targets)]
        loss = sum(slope * slope for slope in slopes) / 2
        for weights, biases, before, after in reversed([*zip(self.weights, self.biases, outputs, outputs[1:])]):
            deltas = [slope * y * (1 - y) for slope, y in zip(slopes, after)]
            slopes = [sum(w * delta for w, delta in zip(column, deltas)) for column in zip(*weights)]
            for j, delta in enumerate(deltas):
                weights[j] = [w - self.learning_rate * delta * y for w, y in zip(weights[j], before)]
                if biases:
                    biases[j] -= self.learning_rate * delta
        return outputs[-1], loss


def train(case):
    """Return values by name, any that you have, or a reason to skip the case."""
    layers, values = case["network"]["layers"], {}
    if any(layer["activation"] != "sigmoid" for layer in layers) or case["network"]["loss"] != "half squared error":
        return "only sigmoid layers and half squared error"
    plain = "descent" not in case and not case["momentum"] and not case["weight_decay"] and case["trained_biases"]
    if set(case["batch_sizes"]) != {1} or not plain:
        return "only plain descent, one example at a time"
    network = Network(layers, case["learning_rate"])
    for n, example in enumerate(case["examples"], start=1):
        outputs, values[f"step{n}.loss"] = network.train(example["inputs"], example["targets"])
        values[f"step{n}.example{n}.{'JKLMNOP'[len(layers) - 1]}.output"] = outputs
        for letter, weights, biases in zip("JKLMNOP", network.weights, network.biases):
            values[f"step{n}.{letter}.weights"] = [list(row) for row in weights]  # copies, for they change
            if biases:
                values[f"step{n}.{letter}.biases"] = list(biases)
    return values


for line in sys.stdin:
    question = json.loads(line)
    if question["cmd"] == "run":
        found = train(question["case"])
        kind = {"skipped": True, "message": found} if isinstance(found, str) else {"values": found}
        print(json.dumps({"seq": question["seq"], **kind}), flush=True)
    elif question["cmd"] == "start":
        print(json.dumps({"version": 1}), flush=True)
