"""Where compiled formulas are faster than the core, as measured; elsewhere the core trains."""

import platform

from purenet.code.compiled import CompiledTraining
from purenet.errors import NetworkError

# The most weights and biases, times the examples of a mini-batch. Python: 2.6 times as fast as the core with 664, 10 times
# with 9, and 0.2 s to compile 1,600. PyPy: 3 times as fast with 408, but 8 times as slow with 664, too much for its compiler.
MOST = 400 if platform.python_implementation() == "PyPy" else 1500
# The fewest steps: compiling takes as long as the core for 250 to 1,250 steps, on PyPy for 6,000 to 16,000.
FEWEST = 20_000 if platform.python_implementation() == "PyPy" else 1500
# The most weights and biases times the examples of an epoch: it cannot be interrupted, and takes half a second then.
MOST_IN_AN_EPOCH = 10_000_000


def compiled_if_faster(network, descent, gradient, sizes, epochs):
    """Return a `CompiledTraining` for mini-batches of these sizes in each epoch, or None where the core is faster.

    It is also None for a training that cannot be compiled.
    """
    parameters = number_of_parameters(network)
    if parameters * max(sizes) > MOST or len(sizes) * epochs < FEWEST or parameters * sum(sizes) > MOST_IN_AN_EPOCH:
        return None
    compiled = CompiledTraining(network, descent, gradient)
    try:
        for size in set(sizes):
            compiled.function(size)
    except NetworkError:
        return None
    return compiled


def number_of_parameters(network):
    """Return how many weights and biases a network has."""
    return sum(len(neuron.weights) + (neuron.bias is not None) for neuron in network.neurons())
