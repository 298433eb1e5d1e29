"""The published systems that the walkthroughs are about, with numbers from elsewhere where there are any.

What they learn is in the transcripts of walkthroughs 5 to 10, which tests/test_walkthroughs.py compares whole.
"""

import random

import pytest

from purenet import (
    Identity,
    Layer,
    Network,
    Neuron,
    Sigmoid,
    SquaredError,
    Uniform,
    build_network,
    train,
)
from purenet.datasets import xor

# numpy 2.4.6, tests/peers/notes.py: train(seed=5, steps=10_000, rate=0.1)
NOTES = [0.0651322143277545, 0.9566271673607911, 0.9519496623702101, 0.03025833312657218]


def test_the_notes_from_the_same_starting_weights_give_numpys_outputs():
    network = build_network([2, 4, 1], Sigmoid, Sigmoid, Uniform(0, 1), random.Random(5), None, SquaredError())
    list(train(network, xor().examples, 0.1, epochs=10_000, batch_size=4, gradient="sum"))
    outputs = [network.forward(inputs)[0] for inputs, _ in xor().examples]
    assert outputs == pytest.approx(NOTES, abs=1e-12)


def test_gokadins_xor_cannot_be_learned_without_a_squashing_function():
    # the best that a linear network can do is ½ for every example: the loss is ½·(½)²
    network = build_network([2, 2, 1], Identity, Identity, Uniform(-1, 1), random.Random(4), bias="drawn")
    *_, last = train(network, xor().examples, 0.05, epochs=5000, batch_size=4)
    assert last.loss == pytest.approx(0.125, abs=1e-6)


def test_a_bias_belongs_to_its_neuron_from_the_first_step_on():
    # in Justin-Goodrich's program the biases of a layer are one number until the first update
    network = Network([Layer([Neuron([0.5, 0.5], 0.1), Neuron([0.25, -0.5], 0.1)]), Layer([Neuron([1.0, -1.0], 0.0)])])
    list(train(network, [([1.0, 0.0], [1.0])], 0.5, epochs=1))
    first, second = (neuron.bias for neuron in network.layers[0].neurons)
    assert first > 0.1 > second  # the signs of their outgoing weights differ, so they move apart
