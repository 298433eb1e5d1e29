import random

import pytest

from purenet import (
    Constant,
    CrossEntropy,
    Glorot,
    He,
    NetworkError,
    ReLU,
    Sigmoid,
    Softmax,
    SoftmaxLayer,
    Tanh,
    Uniform,
    build_network,
)


def weights(network):
    return [w for layer in network.layers for neuron in layer.neurons for w in neuron.weights]


def test_the_network_has_the_shape_that_was_asked_for():
    network = build_network([3, 4, 2], Tanh, Softmax, source=random.Random(1), bias=0.5, loss=CrossEntropy())
    assert [(len(layer.neurons), len(layer.neurons[0].weights)) for layer in network.layers] == [(4, 3), (2, 4)]
    assert [layer.neurons[0].activation.name for layer in network.layers] == ["tanh", "softmax"]
    assert isinstance(network.layers[1], SoftmaxLayer)
    assert {neuron.bias for layer in network.layers for neuron in layer.neurons} == {0.5}
    assert network.loss.name == "cross-entropy"


def test_weights_are_drawn_neuron_by_neuron_and_then_the_bias():
    network = build_network([2, 2, 1], weights=Uniform(0, 1), source=random.Random(1), bias="drawn")
    source = random.Random(1)
    for layer in network.layers:
        for neuron in layer.neurons:
            assert neuron.weights == [source.random() for _ in neuron.weights]
            assert neuron.bias == source.random()


def test_the_same_seed_gives_the_same_weights():
    first, again, other = (weights(build_network([5, 5], source=random.Random(seed))) for seed in (1, 1, 2))
    assert first == again != other


@pytest.mark.parametrize(
    "rule, low, high",
    # Glorot: ±√(6/(30 + 20)) = ±0.34641016
    [(Uniform(-0.5, 2.0), -0.5, 2.0), (Glorot(), -0.34641017, 0.34641017), (Constant(0.25), 0.25, 0.25)],
)
def test_ranges(rule, low, high):
    drawn = weights(build_network([30, 20], Sigmoid, Sigmoid, rule, random.Random(1)))
    assert low <= min(drawn) <= low + 0.05 * (high - low)
    assert high - 0.05 * (high - low) <= max(drawn) <= high


def test_he_has_its_standard_deviation():
    drawn = weights(build_network([50, 400], ReLU, ReLU, He(), random.Random(1)))
    mean = sum(drawn) / len(drawn)
    deviation = (sum((w - mean) ** 2 for w in drawn) / len(drawn)) ** 0.5
    assert abs(mean) < 0.005
    assert deviation == pytest.approx(0.2, rel=0.03)  # √(2/50) = 0.2


@pytest.mark.parametrize("sizes", [[2], [], [2, 0, 1], [2, -1], [2, 1.5], [2, True, 1]])
def test_sizes_must_be_whole_numbers(sizes):
    with pytest.raises(NetworkError, match="layer sizes must be at least two whole numbers"):
        build_network(sizes, weights=Constant(0.5))


def test_ranges_must_not_be_empty_and_numbers_must_be_numbers():
    with pytest.raises(NetworkError, match="the range of weights from 1 to 0 is empty"):
        Uniform(1, 0)
    with pytest.raises(NetworkError, match="the constant weight must be a finite number"):
        Constant(float("nan"))


def test_chance_needs_a_source():
    with pytest.raises(NetworkError, match="source=random.Random"):
        build_network([2, 1])
