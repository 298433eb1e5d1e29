"""What is recorded: a training, and the program that does it.

A `Program` is the core's way to train. A mistake (see purenet/golden/mistakes) has the same methods `recording` and
`training_step`.
"""

import copy
from collections import namedtuple

from purenet.descent import GradientDescent
from purenet.softmax import SoftmaxLayer
from purenet.trace.in_front import put_in_front
from purenet.trace.quantities import Quantities, shape_of
from purenet.trace.recording import Recording
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


def quantities_of_training(training, penalty=False, second_pass=False):
    """Return the `Quantities` of a training, with what its descent remembers."""
    descent, batch_sizes = training.descent, [len(batch) for batch in training.steps]
    moves, only_forward = not isinstance(descent, NoDescent), training.steps[0][0][1] is None
    memories, shape = memories_of(descent), shape_of(training.network)
    return Quantities(*shape, batch_sizes, descent.settings, memories, penalty, second_pass, moves, only_forward)


def memories_of(descent):
    """Return the kinds of what a descent remembers."""
    return () if descent.is_plain else descent.kinds


class Program:
    """A program that trains a network: the core's way.

    A subclass may put classes of its own in front of the core's: `neuron`, `layer`, and `loss`; `activations` replaces
    activation classes by name.
    """

    neuron = layer = loss = None
    activations = {}

    def change(self, network):
        """Make a network, just built, one of this program."""
        for layer in network.layers:
            for neuron in layer.neurons:
                put_in_front(neuron, self.neuron)
                if neuron.activation.name in self.activations:
                    neuron.activation = self.activations[neuron.activation.name]()
            put_in_front(layer, self.layer)
            if isinstance(layer, SoftmaxLayer):
                layer.softmax = layer.neurons[0].activation
        network.loss = copy.copy(network.loss)  # another network may hold the same object
        put_in_front(network.loss, self.loss)

    def recording(self, training, notes, quantities):
        """Return the recording of a training by this program."""
        return Recording(training, notes, quantities, self)

    def training_step(self, network, batch, descent, gradient):
        """Do one step of a training."""
        training_step(network, batch, descent, gradient)
