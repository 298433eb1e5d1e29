"""Compiled training against the core's: the same numbers, bit for bit, whatever is trained and however."""

import copy
import random

import pytest

from purenet import (
    BinaryCrossEntropy,
    BipolarSigmoid,
    CrossEntropy,
    GradientDescent,
    HalfSquaredError,
    Identity,
    Layer,
    MeanSquaredError,
    Network,
    NetworkError,
    Neuron,
    ReLU,
    Sigmoid,
    SoftmaxLayer,
    SquaredError,
    Tanh,
    Threshold,
)
from purenet.cases.biases import FrozenBiasDescent, freeze_biases, share_bias
from purenet.code.compiled import CompiledTraining
from purenet.training import count_right, training_step
from tests.sampling import slow

HIDDEN = [Identity, Sigmoid, Tanh, ReLU, BipolarSigmoid, Threshold]
LOSSES = [HalfSquaredError, SquaredError, MeanSquaredError, CrossEntropy, BinaryCrossEntropy]
DESCENTS = [(0.1,), (0.5, 0.9), (0.1, 0, 0.01), (0.3, 0.5, 0.1), (0,), (30.0, 0.9)]


def random_network(source, loss):
    """Return a network of one to three small layers, with weights of any size and biases here and there."""
    sizes = [source.randint(1, 4) for _ in range(source.randint(2, 4))]
    scale = source.choice([1, 1, 1, 30, 1000])

    def neuron(inputs, kinds):
        bias = source.choice([None, 0.0, source.gauss(0, scale)])
        return Neuron([source.gauss(0, scale) for _ in range(inputs)], bias, source.choice(kinds)())

    layers = [Layer([neuron(size, HIDDEN) for _ in range(after)]) for size, after in zip(sizes, sizes[1:])]
    last = [Sigmoid] if loss in (CrossEntropy, BinaryCrossEntropy) else HIDDEN
    neurons = [neuron(sizes[-2], last) for _ in range(sizes[-1])]
    layers[-1] = SoftmaxLayer(neurons) if source.random() < 0.4 else Layer(neurons)
    network = Network(layers, loss())
    for layer in network.layers:
        if all(neuron.bias is not None for neuron in layer.neurons) and source.random() < 0.3:
            for neuron in layer.neurons:
                neuron.bias = layer.neurons[0].bias
            share_bias(layer)
    return network


def random_examples(source, network):
    inputs, outputs = len(network.layers[0].neurons[0].weights), len(network.layers[-1].neurons)
    targets = [0.0, 1.0, 0.25, 0, 1]
    return [
        ([source.gauss(0, 1) for _ in range(inputs)], [source.choice(targets) for _ in range(outputs)])
        for _ in range(source.randint(1, 7))
    ]


def by_the_core(network, descent, gradient, batches):
    """Return what `CompiledTraining.train` returns."""
    loss, right = 0, 0
    for batch in batches:
        step_loss, outputs = training_step(network, batch, descent, gradient)
        loss, right = loss + step_loss, right + count_right(outputs, batch)
    return loss, right


def outcome(network, descent, train, batches):
    """Return what training some epochs comes to: losses and right outputs, an error, and every number that is kept."""
    results = []
    try:
        for _ in range(4):
            loss, right = train(batches)
            results.append((float(loss), right))  # the core adds up ints where outputs and targets are ints
    except NetworkError as error:
        results.append(str(error))
    parameters = [(neuron.weights, neuron.bias) for neuron in network.neurons()]
    return repr([results, parameters, descent.velocities])  # the shortest text of a float is its own alone


def random_training(seed):
    source = random.Random(seed)
    network = random_network(source, source.choice(LOSSES))
    examples, settings = random_examples(source, network), source.choice(DESCENTS)
    frozen = source.random() < 0.2
    if frozen:
        freeze_biases(network)
    descent = (FrozenBiasDescent if frozen else GradientDescent)(*settings)
    size = source.randint(1, 4)
    batches = [examples[n : n + size] for n in range(0, len(examples), size)]
    return network, descent, source.choice(["mean", "sum"]), batches


@pytest.mark.parametrize("first", [0, *(slow(n) for n in range(100, 2000, 100))])
def test_every_number_is_that_of_the_core(first):
    for seed in range(first, first + 100):
        network, descent, gradient, batches = random_training(seed)
        other, others = copy.deepcopy(network), copy.deepcopy(descent)
        expected = outcome(other, others, lambda batches: by_the_core(other, others, gradient, batches), batches)
        compiled = CompiledTraining(network, descent, gradient)
        assert outcome(network, descent, compiled.train, batches) == expected, seed
