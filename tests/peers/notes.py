"""The four-hidden-neuron script of many introductions, in numpy, written for this test: 2-4-1, sigmoid, no biases, full batch."""

import random

INPUTS = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]
TARGETS = [[0.0], [1.0], [1.0], [0.0]]


def starting_weights(seed):
    """Return the weights between 0 and 1 that purenet draws: hidden, then output, neuron by neuron."""
    source = random.Random(seed)
    return [[source.random() for _ in range(2)] for _ in range(4)], [source.random() for _ in range(4)]


def train(seed, steps, rate):
    """Return the outputs for the four inputs after steps with the summed gradient of (y − t)²."""
    import numpy as np

    def squash(x):
        return 1 / (1 + np.exp(-x))

    hidden, last = (np.array(weights).T for weights in starting_weights(seed))
    last = last.reshape(4, 1)
    inputs, targets = np.array(INPUTS), np.array(TARGETS)
    for _ in range(steps):
        layer = squash(inputs @ hidden)
        outputs = squash(layer @ last)
        slope = 2 * (targets - outputs) * outputs * (1 - outputs)
        last_change = layer.T @ slope
        hidden_change = inputs.T @ (slope @ last.T * layer * (1 - layer))
        last += rate * last_change
        hidden += rate * hidden_change
    return squash(squash(inputs @ hidden) @ last).ravel().tolist()
