"""What a mistake is: a sentence, the wrong formula beside the right one, and lines of the plain program that it replaces."""

from collections import namedtuple

from purenet.golden.mistakes.edits import functions_changed
from purenet.golden.mistakes.run import NO_PLACE, OF_LAYERS, PlainRecording, train_plainly

HELPERS = {"value", "slope", "softmax", "loss_slope", "shared_bias_gradient"}  # called by the functions of a layer


class Mistake(namedtuple("Mistake", "id sentence wrong right diff seen convention group place")):
    """A mistake that published programs make, or, where `convention` is true, another way to say the same.

    wrong, right   the formulas, in printed symbols
    diff           lines of the plain program, and those that take their place (see edits.py)
    seen           where it was seen: a web address, or "" if only imagined
    group          the part of a training in which it is made: "forward", "deltas", …
    place          a layer number and "weights" or "biases", where it is made in one place only; each None otherwise
    """

    def __repr__(self):
        return f"<Mistake {self.id}>"

    @property
    def has_places(self):
        """Whether it can be made in one layer only: whether it changes nothing but what is done for each layer."""
        return functions_changed(self.diff) <= HELPERS.union(OF_LAYERS)

    def at(self, layer=None, part=None):
        """Return this mistake, made in one place only."""
        return self._replace(place=(layer, part))

    def recording(self, training, notes, quantities):
        """Return the recording of a training by a program with this mistake."""
        return PlainRecording(training, notes, quantities, [self])

    def training_step(self, network, batch, descent, gradient):
        """Do one step of a training by a program with this mistake."""
        train_plainly(network, batch, descent, gradient, [self])


class Together:
    """A program with several mistakes at once."""

    def __init__(self, mistakes):
        self.mistakes = mistakes

    def recording(self, training, notes, quantities):
        """Return the recording of a training by this program."""
        return PlainRecording(training, notes, quantities, self.mistakes)


def mistake(id, sentence, wrong, right, diff, seen="", convention=False):
    """Return a `Mistake` that is made wherever it can be."""
    return Mistake(id, sentence, wrong, right, diff, seen, convention, "", NO_PLACE)
