"""The same training step with other libraries, and in C: each a class with `step(inputs, targets)`, or not there.

A class raises ImportError or OSError when it cannot be made; the benchmark then names it as left out.
"""

import ctypes
import os
import subprocess
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))


class Numpy:
    """Arrays, one example a step."""

    name = "numpy"

    def __init__(self, layers, learning_rate):
        import numpy

        self.np = numpy
        self.matrices = [numpy.array([weights for weights, _ in layer]) for layer in layers]
        self.biases = [numpy.array([bias for _, bias in layer]) for layer in layers]
        self.learning_rate = learning_rate

    def step(self, inputs, targets):
        np = self.np
        outputs = [np.array(inputs)]
        for matrix, bias in zip(self.matrices, self.biases):
            outputs.append(1 / (1 + np.exp(-(matrix @ outputs[-1] + bias))))
        slopes = outputs[-1] - np.array(targets)
        for n in range(len(self.matrices) - 1, -1, -1):
            delta = outputs[n + 1] * (1 - outputs[n + 1]) * slopes
            slopes = self.matrices[n].T @ delta
            self.matrices[n] -= self.learning_rate * np.outer(delta, outputs[n])
            self.biases[n] -= self.learning_rate * delta

    def weights(self):
        return [float(w) for matrix in self.matrices for w in matrix.ravel()]


class Torch:
    """PyTorch modules and its SGD, one example a step, one thread."""

    name = "PyTorch"

    def __init__(self, layers, learning_rate):
        import torch  # pip install 'purenet[torch]'

        self.torch = torch
        torch.set_num_threads(1)
        parts = []
        for layer in layers:
            linear = torch.nn.Linear(len(layer[0][0]), len(layer), dtype=torch.float64)
            with torch.no_grad():
                linear.weight.copy_(torch.tensor([weights for weights, _ in layer], dtype=torch.float64))
                linear.bias.copy_(torch.tensor([bias for _, bias in layer], dtype=torch.float64))
            parts += [linear, torch.nn.Sigmoid()]
        self.network = torch.nn.Sequential(*parts)
        self.optimizer = torch.optim.SGD(self.network.parameters(), lr=learning_rate)

    def step(self, inputs, targets):
        torch = self.torch
        self.optimizer.zero_grad()
        outputs = self.network(torch.tensor(inputs, dtype=torch.float64))
        loss = ((outputs - torch.tensor(targets, dtype=torch.float64)) ** 2).sum() / 2
        loss.backward()
        self.optimizer.step()

    def weights(self):
        return [float(w) for part in self.network[::2] for w in part.weight.detach().ravel()]


class ScikitLearn:
    """MLPRegressor.partial_fit with one row a call; its own starting weights and an identity output."""

    name = "scikit-learn"
    same_work = False

    def __init__(self, layers, learning_rate):
        from sklearn.neural_network import MLPRegressor

        sizes = tuple(len(layer) for layer in layers[:-1])
        self.network = MLPRegressor(
            hidden_layer_sizes=sizes, activation="logistic", solver="sgd", learning_rate_init=learning_rate, momentum=0
        )
        self.single = len(layers[-1]) == 1

    def step(self, inputs, targets):
        self.network.partial_fit([inputs], targets if self.single else [targets])


class Micrograd:
    """micrograd's own multi-layer perceptron, of ReLU neurons, with its own starting weights."""

    name = "micrograd"
    same_work = False

    def __init__(self, layers, learning_rate):
        from micrograd.nn import MLP

        if len(layers) * len(layers[0]) > 300:
            raise OSError("a step takes half a minute at this size")
        self.network = MLP(len(layers[0][0][0]), [len(layer) for layer in layers])
        self.learning_rate = learning_rate

    def step(self, inputs, targets):
        outputs = self.network(inputs)
        outputs = outputs if isinstance(outputs, list) else [outputs]
        loss = sum((y - t) ** 2 for y, t in zip(outputs, targets)) * 0.5
        self.network.zero_grad()
        loss.backward()
        for parameter in self.network.parameters():
            parameter.data -= self.learning_rate * parameter.grad


class C:
    """step.c beside this file, compiled with cc -O2; products and sums in the same order as purenet."""

    name = "C, cc -O2"

    def __init__(self, layers, learning_rate):
        with tempfile.TemporaryDirectory() as folder:
            library = os.path.join(folder, "step.so")
            command = [
                "cc",
                "-O2",
                "-ffp-contract=off",
                "-shared",
                "-fPIC",
                os.path.join(HERE, "step.c"),
                "-o",
                library,
                "-lm",
            ]
            try:
                subprocess.run(command, check=True, capture_output=True)
            except subprocess.CalledProcessError as error:
                raise OSError(error.stderr.decode()) from None
            self.library = ctypes.CDLL(library)
        sizes = [len(layers[0][0][0])] + [len(layer) for layer in layers]
        flat = [w for layer in layers for weights, bias in layer for w in [*weights, bias]]
        self.sizes = (ctypes.c_int * len(sizes))(*sizes)
        self.flat = (ctypes.c_double * len(flat))(*flat)
        self.room = (ctypes.c_double * (3 * sum(sizes)))()
        self.learning_rate = ctypes.c_double(learning_rate)
        self.kept = {}

    def step(self, inputs, targets):
        pair = self.kept.get(id(inputs))
        if pair is None:  # an example becomes C's doubles once, as it would be in a program in C
            doubles = ((ctypes.c_double * len(inputs))(*inputs), (ctypes.c_double * len(targets))(*targets))
            pair = self.kept[id(inputs)] = (*doubles, inputs)
        self.library.step(self.sizes, len(self.sizes), self.flat, self.room, pair[0], pair[1], self.learning_rate)

    def weights(self):
        found, place = [], 0
        for inputs, outputs in zip(self.sizes, self.sizes[1:]):
            for _ in range(outputs):
                found += self.flat[place : place + inputs]
                place += inputs + 1
        return found


PEERS = [Numpy, Torch, ScikitLearn, Micrograd, C]
