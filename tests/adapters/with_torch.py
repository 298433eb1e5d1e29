"""A program that purenet can check, in PyTorch: autograd finds every gradient, and torch.optim does the steps.

    purenet golden check --all --command 'python3 tests/adapters/with_torch.py --dtype float32'

It reads one case after the other, each a line of JSON, and answers each with a line: all numbers of the training steps,
by name. See purenet/golden/PROTOCOL.md. A network is a list of layers; the first is J, the next K, and so on.
"""

import argparse
import json
import math
import sys

import torch
from torch.nn import functional

LETTERS = "IJKLMNOPQRSTUVWXYZABCDEFGH"
ACTIVATIONS = {
    "identity": lambda x: x.clone(),  # so that an output has a gradient of its own
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "leaky relu": functional.leaky_relu,
    "softmax": lambda x: torch.softmax(x, dim=-1),
}
DIVISORS = {  # E = Σ(y − t)² / divisor, for n outputs
    "half squared error": lambda n: 2,
    "squared error": lambda n: 1,
    "mean squared error": lambda n: n,
}


class Layer:
    """weights[j, i] leads from input i to neuron j; biases is None, or has a number for each neuron."""

    def __init__(self, number, activation, weights, biases, dtype):
        self.letter = LETTERS[number % 26] * (number // 26 + 1)
        self.activation = activation
        self.weights = torch.tensor(weights, dtype=dtype, requires_grad=True)
        self.biases = torch.tensor(biases, dtype=dtype, requires_grad=True) if biases else None

    def forward(self, inputs):
        """Return the outputs for one example, or for a mini-batch of one example in each row."""
        self.net_inputs = functional.linear(inputs, self.weights, self.biases)
        self.outputs = ACTIVATIONS[self.activation](self.net_inputs)
        return self.outputs


def forward(layers, inputs):
    for layer in layers:
        inputs = layer.forward(inputs)
    return inputs


def loss_of_outputs(loss, outputs, targets):
    """Return E as its definition says; a term with the factor 0 is left out, or its slope might not be a number."""
    if loss in DIVISORS:
        return ((outputs - targets) ** 2).sum() / DIVISORS[loss](targets.shape[-1])
    counts = targets != 0
    total = -(targets[counts] * outputs[counts].log()).sum()
    if loss == "binary cross-entropy":
        counts = targets != 1
        total = total - ((1 - targets[counts]) * torch.log1p(-outputs[counts])).sum()
    return total


def loss_of_layer(loss, layer, targets):
    """Return E, from net inputs where that is safer: an output may be too small for a float, its logarithm is not."""
    if (loss, layer.activation) == ("cross-entropy", "softmax"):
        return -(targets * functional.log_softmax(layer.net_inputs, dim=-1)).sum()
    if (loss, layer.activation) == ("binary cross-entropy", "sigmoid"):
        return functional.binary_cross_entropy_with_logits(layer.net_inputs, targets, reduction="sum")
    return loss_of_outputs(loss, layer.outputs, targets)


def run_example(layers, loss, inputs, targets, values, place):
    """Go forward and backward for one example, and add its values to the others."""
    forward(layers, inputs)
    last = layers[-1]
    for layer in layers:
        values[f"{place}.{layer.letter}.net_input"] = layer.net_inputs
        values[f"{place}.{layer.letter}.output"] = layer.outputs
        layer.net_inputs.retain_grad()
        layer.outputs.retain_grad()
    values[f"{place}.loss"] = loss_of_layer(loss, last, targets)
    clear_gradients(layers)
    values[f"{place}.loss"].backward()
    outputs = last.outputs.detach().requires_grad_()  # the loss may have been computed without them
    last.outputs.grad = torch.autograd.grad(loss_of_outputs(loss, outputs, targets), outputs)[0]
    for layer in reversed(layers):
        values[f"{place}.{layer.letter}.output_gradient"] = layer.outputs.grad
        values[f"{place}.{layer.letter}.delta"] = layer.net_inputs.grad
        keep_gradients(layer, values, place)


def clear_gradients(layers):
    for layer in layers:
        layer.weights.grad = None
        if layer.biases is not None:
            layer.biases.grad = None


def keep_gradients(layer, values, place):
    values[f"{place}.{layer.letter}.weight_gradients"] = layer.weights.grad
    if layer.biases is not None:
        values[f"{place}.{layer.letter}.bias_gradients"] = layer.biases.grad


def run(case, dtype):
    """Return the values of all training steps: a dictionary from names to tensors."""
    layers = []
    for layer in case["network"]["layers"]:
        layers.append(Layer(len(layers) + 1, layer["activation"], layer["weights"], layer["biases"], dtype))
    inputs = torch.tensor([example["inputs"] for example in case["examples"]], dtype=dtype)
    targets = torch.tensor([example["targets"] for example in case["examples"]], dtype=dtype)
    biases = [layer.biases for layer in layers if layer.biases is not None and case["trained_biases"]]
    parameters = [{"params": [layer.weights for layer in layers], "weight_decay": case["weight_decay"]}]
    if biases:
        parameters.append({"params": biases, "weight_decay": 0})
    optimizer = optimizer_of(case, parameters)
    loss, values, first = case["network"]["loss"], {}, 0
    for step, batch_size in enumerate(case["batch_sizes"], start=1):
        for n in range(first, first + batch_size):
            run_example(layers, loss, inputs[n], targets[n], values, f"step{step}.example{n + 1}")
        clear_gradients(layers)
        forward(layers, inputs[first : first + batch_size])  # once more, all at once, as in a usual training loop
        mini_batch_loss = loss_of_layer(loss, layers[-1], targets[first : first + batch_size])
        if case["gradient"] == "mean":
            mini_batch_loss = mini_batch_loss / batch_size
        mini_batch_loss.backward()
        values[f"step{step}.loss"] = mini_batch_loss
        first += batch_size
        for layer in layers:
            keep_gradients(layer, values, f"step{step}")
        optimizer.step()
        for layer in layers:
            values[f"step{step}.{layer.letter}.weights"] = layer.weights.detach().clone()
            if layer.biases is not None:
                values[f"step{step}.{layer.letter}.biases"] = layer.biases.detach().clone()
    return values


def optimizer_of(case, parameters):
    """Return the optimizer that a case declares."""
    descent, rate = case.get("descent", "gradient"), case["learning_rate"]
    if descent in ("gradient", "nesterov"):
        return torch.optim.SGD(parameters, lr=rate, momentum=case["momentum"], nesterov=descent == "nesterov")
    kind = {"adam": torch.optim.Adam, "adamw": torch.optim.AdamW}[descent]
    return kind(parameters, lr=rate, betas=(float(case["beta1"]), float(case["beta2"])), eps=case["epsilon"])


def reason_to_skip(case):
    """Return what a case has that is not known here, or None."""
    if case.get("descent", "gradient") not in ("gradient", "nesterov", "adam", "adamw"):
        return f"no descent {case['descent']} here"
    network = case["network"]
    for layer in network["layers"]:
        if layer["activation"] not in tuple(ACTIVATIONS):
            return f"no layer with the activation {layer['activation']} here"
        if None in (layer["biases"] or []):
            return "no layer here where only some neurons have a bias"
        if layer.get("shared_bias"):
            return "no layer here whose neurons share a bias"
    if network["loss"] not in (*DIVISORS, "cross-entropy", "binary cross-entropy"):
        return f"no {network['loss']} here"
    return None


def finite(value):
    """Return a list or number for JSON, with null for a number that is infinite or not a number."""
    if isinstance(value, list):
        return [finite(number) for number in value]
    return value if math.isfinite(value) else None


def answer(question, dtype):
    if question["cmd"] == "start":
        return {"version": 1, "implementation": {"name": "PyTorch", "language": "python"}, "dtype": dtype}
    case, seq = question["case"], question["seq"]
    reason = reason_to_skip(case)
    if reason is not None:
        return {"seq": seq, "skipped": True, "message": reason}
    values = run(case, getattr(torch, dtype))
    return {"seq": seq, "values": {name: finite(value.tolist()) for name, value in values.items()}}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Answer purenet golden check with PyTorch.")
    parser.add_argument("--dtype", choices=("float32", "float64"), default="float64", help="type of all numbers")
    dtype = parser.parse_args().dtype
    torch.set_num_threads(1)
    for line in sys.stdin:
        question = json.loads(line)
        if question["cmd"] == "stop":
            break
        print(json.dumps(answer(question, dtype)), flush=True)
