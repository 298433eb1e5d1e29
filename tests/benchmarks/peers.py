"""The same training step with other programs and libraries, and in C: each a class as in structures.py, or not there.

A class raises ImportError or OSError when it cannot be made; the benchmark then names it as left out. All but PyTorch
come with `pip install 'purenet[peers]'`.
"""

import ctypes
import os
import subprocess
import tempfile
from array import array

from tests.benchmarks.structures import Player


class Numpy(Player):
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


class Torch(Player):
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


class ScikitLearn(Player):
    """MLPRegressor.partial_fit with one row a call; its own starting weights and an identity output."""

    name = "scikit-learn"

    def __init__(self, layers, learning_rate):
        from sklearn.neural_network import MLPRegressor

        sizes = tuple(len(layer) for layer in layers[:-1])
        self.network = MLPRegressor(
            hidden_layer_sizes=sizes, activation="logistic", solver="sgd", learning_rate_init=learning_rate, momentum=0
        )
        self.single = len(layers[-1]) == 1

    def step(self, inputs, targets):
        self.network.partial_fit([inputs], targets if self.single else [targets])


class GradientWave(Player):
    """gradient-wave, which has Neuron objects as purenet does; its momentum and clipping are off."""

    name = "gradient-wave"

    def __init__(self, layers, learning_rate):
        from gradwave import NeuralNetwork

        sizes = [len(layer) for layer in layers]
        self.network = NeuralNetwork(sizes[:-1], len(layers[0][0][0]), sizes[-1])
        self.layers = [*self.network.hidden_layers, self.network.output_layer]
        for neurons, layer in zip(self.layers, layers):
            for neuron, (weights, bias) in zip(neurons, layer):
                neuron.set_weights(weights)
                neuron.set_bias(bias)
        self.learning_rate = learning_rate

    def step(self, inputs, targets):
        network = self.network
        network.forward(inputs)
        network.compute_output_node_values(targets)
        network.compute_hidden_node_values()
        network.update_weights_sgd(self.learning_rate, weight_clip_value=None, bias_clip_value=None, momentum=0)

    def weights(self):
        return [w for layer in self.layers for neuron in layer for w in neuron.weights]


class Micrograd(Player):
    """micrograd's own multi-layer perceptron, of ReLU neurons, with its own starting weights."""

    name = "micrograd"

    def __init__(self, layers, learning_rate):
        self.network = self.perceptron(len(layers[0][0][0]), [len(layer) for layer in layers])
        if len(self.network.parameters()) > 10_000:
            raise OSError("a step takes half a minute at this size")
        self.learning_rate = learning_rate

    def perceptron(self, inputs, sizes):
        from micrograd.nn import MLP

        return MLP(inputs, sizes)

    def step(self, inputs, targets):
        outputs = self.network(inputs)
        outputs = outputs if isinstance(outputs, list) else [outputs]
        loss = sum((y - t) ** 2 for y, t in zip(outputs, targets)) * 0.5
        self.network.zero_grad()
        loss.backward()
        for parameter in self.network.parameters():
            parameter.data -= self.learning_rate * parameter.grad


class Tinymlp(Micrograd):
    """tinymlp's perceptron, of sigmoid neurons, with its own starting weights; it is used as micrograd is."""

    name = "tinymlp"

    def perceptron(self, inputs, sizes):
        from tinymlp import MLP

        return MLP(inputs, sizes, "sigmoid")


class C(Player):
    """step.c beside this file, compiled with cc -O2; products and sums in the same order as purenet."""

    name = "C, cc -O2"

    def __init__(self, layers, learning_rate):
        with tempfile.TemporaryDirectory() as folder:
            library = os.path.join(folder, "step.so")
            source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "step.c")
            command = ["cc", "-O2", "-ffp-contract=off", "-shared", "-fPIC", source, "-o", library, "-lm"]
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

    def run(self, examples, passes):
        inputs = array("d", [number for inputs, _ in examples for number in inputs])
        targets = array("d", [number for _, targets in examples for number in targets])
        self.library.run(
            *(self.sizes, len(self.sizes), self.flat, self.room, inputs.tobytes(), targets.tobytes()),
            *(len(examples), passes, self.learning_rate),
        )

    def weights(self):
        found, place = [], 0
        for inputs, outputs in zip(self.sizes, self.sizes[1:]):
            for _ in range(outputs):
                found += self.flat[place : place + inputs]
                place += inputs + 1
        return found


PEERS = [GradientWave, Micrograd, Tinymlp, Numpy, Torch, ScikitLearn, C]
