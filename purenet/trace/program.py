"""What is recorded: a training, and the program that does it.

A `Program` is the core's way to train. A mistake (see purenet/golden/mistakes) is a Program that changes one thing.
"""

import copy
import functools
from collections import namedtuple

from purenet.descent import GradientDescent
from purenet.softmax import SoftmaxLayer
from purenet.training import training_step

# what is recorded: a network, which is changed; the mini-batches of its steps; a descent; and "mean" or "sum"
Training = namedtuple("Training", "network steps descent gradient")


class NoDescent(GradientDescent):
    """That of a case without a learning rate: no weight moves."""

    def __init__(self):
        super().__init__(0)

    def update(self, network):
        """Leave the weights as they are."""


def training_of(case, number=float):
    """Return the `Training` that a case declares, with numbers of a kind."""
    descent = NoDescent() if case.learning_rate is None else case.descent(number)
    return Training(case.network(number), case.steps(number), descent, case.gradient)


class Program:
    """A program that trains a network: the core's way.

    A subclass may put classes of its own in front of the core's: `neuron` of those neurons that `where` names (all,
    hidden or output), `layer`, `network`, `loss`, `descent`; `activations` replaces activation classes by name.
    """

    where = "all"
    neuron = layer = network = loss = descent = None
    activations = {}

    def change(self, network):
        """Make a network, just built, one of this program."""
        last = network.layers[-1]
        for layer in network.layers:
            chosen = self.where == "all" or (layer is last) == (self.where == "output")
            for neuron in layer.neurons if chosen else ():
                put_in_front(neuron, self.neuron)
                if neuron.activation.name in self.activations:
                    neuron.activation = self.activations[neuron.activation.name]()
            put_in_front(layer, self.layer)
            if isinstance(layer, SoftmaxLayer):
                layer.softmax = layer.neurons[0].activation
        put_in_front(network, self.network)
        network.loss = copy.copy(network.loss)  # another network may hold the same object
        put_in_front(network.loss, self.loss)

    def examples(self, examples):
        """Return the examples as this program takes them, a list of pairs."""
        return examples

    def batches(self, batches):
        """Return the steps that this program does, a list of lists of examples."""
        return batches

    def report(self, values, shapes):
        """Return the values as this program reports them."""
        return values

    def training_step(self, network, batch, descent, gradient):
        """Do one step, and return the loss that this program reports for it: the sum over the examples."""
        return training_step(network, batch, descent, gradient)[0]


def put_in_front(thing, cls):
    """Let an object find its methods in a class first, and then in its own."""
    if cls is not None and not isinstance(thing, cls):
        thing.__class__ = combined(cls, type(thing))


@functools.lru_cache(maxsize=None)
def combined(front, back):
    if issubclass(front, back):
        return front
    return type(front.__name__, (front, back), {})
