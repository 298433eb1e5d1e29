"""The formulas of a training, compiled: the fastest plain Python for a network of textbook size, equal to the core's bit for bit.

The core runs once on numbers without values, and what it computed becomes a Python function whose variables are the
weights. Read statements.py first.
"""

import copy
import math
from itertools import groupby

from purenet.code.source import Source
from purenet.training import count_right, is_right, training_step

NAMES = {"exp": math.exp, "log": math.log, "tanh": math.tanh, "sqrt": math.sqrt, "nan": math.nan, "inf": math.inf}
NAMES["is_right"] = is_right


class CompiledTraining:
    """A network and its descent, trained by compiled formulas; both change as if the core had trained them.

    Only weights, biases and what the descent remembers do: outputs, deltas and gradients are not kept. Activations and
    losses must be formulas of their arguments and nothing else.

    >>> from purenet import GradientDescent, Identity, Layer, Network, Neuron
    >>> network = Network([Layer([Neuron([0.0], 0.0, Identity())])])
    >>> training = CompiledTraining(network, GradientDescent(0.5))
    >>> training.train([[([1.0], [1.0])], [([0.0], [0.0])]])  # two mini-batches of one example: loss ½ + ⅛, one is right
    (0.625, 1)
    >>> network.layers[0].neurons[0].weights, network.layers[0].neurons[0].bias
    ([0.5], 0.25)
    """

    def __init__(self, network, descent, gradient="mean"):
        """Take a network of floats, a GradientDescent, and "mean" or "sum"."""
        self.network, self.descent, self.gradient = network, descent, gradient
        self.functions = {}  # by the number of examples in a mini-batch

    def train(self, mini_batches):
        """Do a step for each mini-batch, a list of examples; return their summed loss, and how many outputs were right.

        Raise NetworkError if the training cannot be compiled, and where the core does, such as for a loss that is infinite.
        """
        result = self.steps(mini_batches)
        return self.steps_of_the_core(mini_batches) if result is None else result

    def steps(self, mini_batches):
        """Do the same and return the same, or do nothing and return None, where some number leaves the range of floats."""
        if mini_batches and len(mini_batches[0]) == len(mini_batches[-1]):  # sizes between would be a ValueError
            return self.steps_of_one_size(mini_batches, (0, 0))
        before, result = self.state(), (0, 0)
        for _, batches in groupby(mini_batches, len):
            result = self.steps_of_one_size(list(batches), result)
            if result is None:
                self.restore(*before)
                return None
        return result

    def steps_of_one_size(self, mini_batches, so_far):
        """Do the same for mini-batches of one size, and add to a loss and a number of right outputs so far."""
        function, remembered = self.function(len(mini_batches[0])), self.descent.memories
        if remembered is None:
            self.descent.begin(self.network)
        try:
            result = function(self.network.neurons(), self.descent, mini_batches, *so_far)
        except (ArithmeticError, ValueError):
            result = None
        if result is None:  # then nothing has changed yet
            self.descent.memories = remembered
        return result

    def state(self):
        """Return all that steps change."""
        parameters = [(neuron.weights[:], neuron.bias) for neuron in self.network.neurons()]
        return parameters, copy.deepcopy(self.descent.memories), self.descent.steps

    def restore(self, parameters, memories, steps):
        self.descent.memories, self.descent.steps = memories, steps
        for neuron, (weights, bias) in zip(self.network.neurons(), parameters):
            neuron.weights[:], neuron.bias = weights, bias

    def steps_of_the_core(self, mini_batches):
        """Do the same steps as the core does them: it knows what it means if a number is too large, and says so."""
        loss, right = 0, 0
        for batch in mini_batches:
            step_loss, outputs = training_step(self.network, batch, self.descent, self.gradient)
            loss, right = loss + step_loss, right + count_right(outputs, batch)
        return loss, right

    def function(self, size):
        """Return the function for mini-batches of so many examples, compiled when it is first needed."""
        if size not in self.functions:
            descent = copy.deepcopy(self.descent)
            descent.begin(self.network)
            text = Source(self.network, descent, self.gradient, size).text()
            self.functions[size] = function_of(text)
        return self.functions[size]


def function_of(text):
    """Return the function whose text is given."""
    names = dict(NAMES)
    exec(compile(text, "<the formulas of a training>", "exec"), names)
    return names["steps"]
