"""Run a case as a program would, and keep every number of it by name. Read recording.py and program.py first."""

from purenet.errors import NetworkError
from purenet.trace.notes import Numbers
from purenet.trace.program import Program, training_of
from purenet.trace.quantities import EPOCH_LOSS, certified_quantities, losses_of_examples, written_quantities


class CaseRun:
    """A case, run by a program with one kind of number: `values` is a dictionary from names to flat lists.

    `hear` and `pencil` are functions of a quantity, a place and a number: the first only hears it, and may raise an
    exception; the second returns the number to go on with. `own` holds values of another program, by name: each takes the
    place of the number computed here, so that all that follows is computed from it. `own_number` turns one into a number
    of this kind, and `velocity` two weights, before a step and after it, into a velocity; other memories of a descent
    follow from the gradients. Where the program fails, `stopped` says why, and the values computed until then are kept; any other is None.
    """

    def __init__(
        self, case, program=Program(), number=float, hear=None, pencil=None, own=None, own_number=float, velocity=None
    ):
        self.hear, self.pencil = hear, pencil
        self.own, self.own_number, self.velocity = own or {}, own_number, velocity
        notes = Numbers(self.written if own or hear or pencil else None)
        self.stopped = None
        try:
            quantities = written_quantities(case) if pencil else certified_quantities(case)
            self.recording = program.recording(training_of(case, number), notes, quantities)
            if own and self.recording.follows_velocities and case.descent_name == "gradient":
                self.recording.start_of_step, self.recording.end_of_step = self.keep_parameters, self.take_velocities
            self.recording.run()
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            self.stopped = str(error) if isinstance(error, NetworkError) else f"{type(error).__name__}: {error}"
        certified = certified_quantities(case).list
        self.values = {each.name: notes.values[each.name] for each in certified if each.name in notes.values}
        mean = self.epoch_loss(certified)
        if mean is not None:
            self.values[EPOCH_LOSS.name] = [mean]

    def epoch_loss(self, quantities):
        """Return the mean of the losses of all examples, added in their order; None where one is not known."""
        losses, total = losses_of_examples(quantities), 0
        for quantity in losses:
            value = self.values.get(quantity.name, [None])[0]
            if value is None:
                return None
            own = self.own.get(quantity.name, [None])[0]
            total += value if own is None else self.own_number(own)
        return total / len(losses) if losses else None

    def written(self, quantity, place, value):
        """Return the number to go on with: the other program's own, if it is known."""
        if self.hear is not None:
            self.hear(quantity, place, value)
        own = self.own.get(quantity.name)
        if own is not None and own[place] is not None and not self.recording.is_computed_again(quantity):
            return self.own_number(own[place])
        return value if self.pencil is None else self.pencil(quantity, place, value)

    def keep_parameters(self):
        """Remember the weights and biases before a step."""
        self.before = self.parameters()

    def take_velocities(self):
        """Let velocities, which no program reports, follow from the other program's own weights before and after a step."""
        if self.recording.memories() is not None:
            self.recording.take_velocities(
                [
                    [self.velocity(*pair) if pair[1] is not None else 0 for pair in zip(*pairs)]
                    for pairs in zip(self.before, self.parameters())
                ]
            )

    def parameters(self):
        """Return the weights and biases, a list for each neuron."""
        return [neuron.weights + [neuron.bias] for neuron in self.recording.network.neurons()]
