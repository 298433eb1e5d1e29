"""How to wrap a class in NumPy that keeps its weights as tables with a row for each input: set them, train, report them.

from purenet.golden.testing import golden_tests
test_golden = golden_tests(train, weights="input,neuron")
"""

import numpy as np
import pytest


class Network:
    """Your class here. This one has one hidden layer, sigmoids, and half squared error; W1[i, j] is from i to j."""

    def forward(self, X):
        self.A1 = 1 / (1 + np.exp(-(X @ self.W1 + self.b1)))
        self.A2 = 1 / (1 + np.exp(-(self.A1 @ self.W2 + self.b2)))
        return self.A2

    def step(self, X, T, rate):
        """Do one step of gradient descent on the rows of X and T, and return the loss, a mean over the rows."""
        n, error = len(X), self.forward(X) - T
        dZ2 = error * self.A2 * (1 - self.A2)
        dZ1 = dZ2 @ self.W2.T * self.A1 * (1 - self.A1)
        self.dW2, self.db2 = self.A1.T @ dZ2 / n, dZ2.sum(axis=0) / n
        self.dW1, self.db1 = X.T @ dZ1 / n, dZ1.sum(axis=0) / n
        for name in ("W1", "b1", "W2", "b2"):
            setattr(self, name, getattr(self, name) - rate * getattr(self, "d" + name))
        return (error**2).sum() / 2 / n


def train(case):
    """Return values by name, any that you have; skip the case if the network cannot do it."""
    layers = case["network"]["layers"]
    if [layer["activation"] for layer in layers] != ["sigmoid"] * 2 or case["network"]["loss"] != "half squared error":
        pytest.skip("only one hidden layer, sigmoids, and half squared error")
    plain = "descent" not in case and not case["momentum"] and not case["weight_decay"] and case["trained_biases"]
    if case["gradient"] != "mean" or not plain:
        pytest.skip("only plain gradient descent, with the mean over a batch")
    if any(layer["biases"] is None for layer in layers):
        pytest.skip("only with biases")
    network, values, first = Network(), {}, 0
    network.W1, network.W2 = [np.array(layer["weights"]).T for layer in layers]  # a row for each input, as kept here
    network.b1, network.b2 = [np.array(layer["biases"]) for layer in layers]
    for step, batch_size in enumerate(case["batch_sizes"], start=1):
        examples = case["examples"][first : first + batch_size]
        first += batch_size
        X, T = [np.array([example[name] for example in examples]) for name in ("inputs", "targets")]
        values[f"step{step}.loss"] = network.step(X, T, case["learning_rate"])
        for letter, layer in (("J", 1), ("K", 2)):
            for name, kept in ("weights", "W"), ("biases", "b"), ("weight_gradients", "dW"), ("bias_gradients", "db"):
                values[f"step{step}.{letter}.{name}"] = getattr(network, f"{kept}{layer}").copy()
    return values
