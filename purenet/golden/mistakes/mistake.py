"""What a mistake is: a sentence, the wrong formula beside the right one, and lines of the plain program that it replaces."""

from collections import namedtuple

from purenet.checks import layer_letter
from purenet.golden.mistakes.edits import functions_changed
from purenet.golden.mistakes.run import (
    HIDDEN,
    LAST,
    NO_PLACE,
    OF_BIASES,
    OF_LAYERS,
    OF_WEIGHTS,
    PlainRecording,
    train_plainly,
)

# called by the functions of a layer
HELPERS = {"value", "slope", "softmax", "loss_slope", "shared_bias_gradient", "looking_ahead", "by_moments"}

PARTS = {"weights": OF_WEIGHTS, "biases": OF_BIASES}


class Mistake(namedtuple("Mistake", "id sentence wrong right diff seen convention group place")):
    """A mistake that published programs make, or, where `convention` is true, another way to say the same.

    wrong, right   the formulas, in printed symbols
    diff           lines of the plain program, and those that take their place (see edits.py)
    seen           where it was seen: a web address, or "" if only imagined
    group          the part of a training in which it is made: "forward", "deltas", …
    place          (layer, part): a number, LAST, HIDDEN or the name of an activation, and "weights" or "biases", where it is made in one place
                   only; each None otherwise
    """

    def __repr__(self):
        return f"<Mistake {self.id}>"

    def words(self):
        """Return its id and place in words: "delta-factor-two in the last layer only"."""
        layer, part = self.place
        if type(layer) is int:
            where = f"layer {layer_letter(layer + 1).upper()}"
        else:
            where = {None: "", LAST: "the last layer"}.get(layer, f"the {layer} layers")
        parts = [words for words in (part and f"the {part}", where) if words]
        return self.id + (f" in {' of '.join(parts)} only" if parts else "")

    def at(self, layer=None, part=None):
        """Return this mistake, made in one place only."""
        return self._replace(place=(layer, part))

    def places(self, activations):
        """Return the mistakes that this one can be, made in one place only; `activations` names those of each layer.

        Where there are several, one place is the layers of an activation: a program may have f′ of one of them wrong.
        """
        layers, names = len(activations), sorted(set(activations))
        changed = functions_changed(self.diff)
        if not changed <= HELPERS.union(OF_LAYERS) or self.place != NO_PLACE:
            return []
        of_layers = [None] if layers == 1 else [None, LAST, HIDDEN, *range(layers - 1 if layers > 2 else 0)]
        of_layers += names if len(names) > 1 else []
        parts = [None] + [part for part, functions in PARTS.items() if changed & set(functions)]
        is_of_parts = len(parts) == 1 + len(PARTS) and changed <= {*OF_WEIGHTS, *OF_BIASES}
        parts = parts if is_of_parts else [None]
        return [self.at(layer, part) for part in parts for layer in of_layers if (layer, part) != NO_PLACE]

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
