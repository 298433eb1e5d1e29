"""How often a network is right, and how large its loss is."""

from purenet.errors import NetworkError
from purenet.training import is_right


def accuracy(network, examples):
    """Return the share of the examples, from 0 to 1, for which the network's output is right; nothing is learned."""
    right, count = 0, 0
    for inputs, targets in examples:
        right, count = right + is_right(network.forward(inputs), targets), count + 1
    if count == 0:
        raise NetworkError("there are no examples to test on")
    return right / count


def mean_loss(network, examples):
    """Return the mean of the losses of the examples; nothing is learned."""
    if len(examples) == 0:
        raise NetworkError("there are no examples to test on")
    return total_loss(network, examples) / len(examples)


def total_loss(network, examples):
    """Return the sum of the losses of the examples, in their order; nothing is learned."""
    total = 0
    for inputs, targets in examples:
        total += network.loss.value(network.forward(inputs), targets)
    return total
