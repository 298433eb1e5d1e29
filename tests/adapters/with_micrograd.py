"""How to wrap a network of micrograd, or of another engine of `Value`s: give its neurons the weights, report what it has.

from purenet.golden.testing import golden_tests
test_golden = golden_tests(train)
"""

import pytest
from micrograd.nn import MLP


def train(case):
    """Return values by name, any that you have; skip the case if the network cannot do it."""
    layers = case["network"]["layers"]
    kinds = [layer["activation"] for layer in layers]
    if kinds != ["relu"] * (len(layers) - 1) + ["identity"] or case["network"]["loss"] != "half squared error":
        pytest.skip("only relu, then identity, and half squared error")
    if "descent" in case or case["momentum"] or case["weight_decay"] or not case["trained_biases"]:
        pytest.skip("only plain gradient descent")
    model, values, first = MLP(len(layers[0]["weights"][0]), [len(layer["weights"]) for layer in layers]), {}, 0
    for layer, data in zip(model.layers, layers):
        for neuron, weights, bias in zip(layer.neurons, data["weights"], data["biases"]):
            for parameter, number in zip(neuron.parameters(), [*weights, bias]):
                parameter.data = number
    for step, batch_size in enumerate(case["batch_sizes"], start=1):
        examples = case["examples"][first : first + batch_size]
        first += batch_size
        loss = 0
        for example in examples:
            outputs = model(example["inputs"])
            outputs = outputs if isinstance(outputs, list) else [outputs]  # of one output, micrograd makes no list
            loss += sum((y - t) ** 2 for y, t in zip(outputs, example["targets"])) / 2
        loss = loss / batch_size if case["gradient"] == "mean" else loss
        model.zero_grad()
        loss.backward()
        for parameter in model.parameters():
            parameter.data -= case["learning_rate"] * parameter.grad
        values[f"step{step}.loss"] = loss.data
        for letter, layer in zip("JKLMNOP", model.layers):
            values[f"step{step}.{letter}.weight_gradients"] = [[w.grad for w in neuron.w] for neuron in layer.neurons]
            values[f"step{step}.{letter}.weights"] = [[w.data for w in neuron.w] for neuron in layer.neurons]
            values[f"step{step}.{letter}.biases"] = [neuron.b.data for neuron in layer.neurons]
    return values
