"""The loss on examples that are held out, after each epoch: which epoch was the best, and the network after it."""

import copy
import os

from purenet.errors import INFINITY, NetworkError
from purenet.inspect.history import measured_epoch
from purenet.storage.files import check_writable
from purenet.storage.saved_network import save_network


class HeldOut:
    """Measures a network on examples that are held out; with `keeps`, it keeps a copy of the best network."""

    def __init__(self, network, examples):
        self.network, self.examples = network, examples
        self.keeps = False
        self.last = None  # the last MeasuredEpoch
        self.best = None  # the one with the lowest loss on these examples, the first of equals
        self.kept = None  # the network after it
        self.unmeasured = 0  # the last epoch that was not measured

    def add(self, epoch):
        """Measure the network after an epoch, and return the MeasuredEpoch."""
        self.last = measured_epoch(epoch, self.network, self.examples)
        if self.last.held_out_loss < (INFINITY if self.best is None else self.best.held_out_loss):
            self.best = self.last
            self.kept = copy.deepcopy(self.network) if self.keeps else None
        return self.last

    def skip(self, epoch):
        """Forget the best epoch, and return this one, which is not measured."""
        self.best, self.kept, self.unmeasured = None, None, epoch.number
        return epoch

    def waited(self, number):
        """Return how many epochs, up to that of a number, have not lowered the loss."""
        return number - (self.unmeasured if self.best is None else self.best.number)


def check_best(best, path, overwrite):
    """Raise NetworkError if the best network cannot be saved in a file of its own."""
    if path is not None and os.path.realpath(best) == os.path.realpath(path):
        raise NetworkError(
            "--save-best needs a file of its own: the training is saved with the weights of its last step"
        )
    check_writable(best, overwrite)


def save_best(held_out, best, overwrite):
    """Save the best network, if that is asked for and there is one; return a sentence about it in a list, or none."""
    if best is None:
        return []
    if held_out.kept is not None:
        save_network(best, held_out.kept, overwrite=overwrite)
        return [f"The network after epoch {held_out.best.number} is saved in {best}."]
    if held_out.best is None:
        return [f"Nothing is saved in {best}: no epoch has ended with a loss on what is held out."]
    return [
        f"Nothing is saved in {best}: no epoch since this training was resumed lowered the loss on what is held out."
    ]
