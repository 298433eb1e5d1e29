"""Run a case as a program would, and keep every number of it by name. Read recording.py and program.py first."""

from purenet.errors import NetworkError
from purenet.trace.notes import Numbers
from purenet.trace.program import Program, training_of
from purenet.trace.quantities import certified_quantities


class CaseRun:
    """A case, run by a program with one kind of number: `values` is a dictionary from names to flat lists.

    `own` holds values of another program, by name: each takes the place of the number computed here, so that all that
    follows is computed from it. Where the program fails, `stopped` says why, and the values computed until then are
    kept; any other is None.
    """

    def __init__(self, case, program=Program(), number=float, own=None, own_number=float, velocity=None):
        self.own, self.own_number, self.velocity = own, own_number, velocity
        notes = Numbers(self.own_or_computed if own else None)
        self.stopped = None
        try:
            self.recording = program.recording(training_of(case, number), notes, certified_quantities(case))
            if own and self.recording.follows_velocities:
                self.recording.start_of_step, self.recording.end_of_step = self.keep_parameters, self.take_velocities
            self.recording.run()
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            self.stopped = str(error) if isinstance(error, NetworkError) else f"{type(error).__name__}: {error}"
        self.values = notes.values

    def own_or_computed(self, quantity, place, value):
        """Return the other program's own number, if it is known."""
        own = self.own.get(quantity.name)
        if own is None or own[place] is None or self.recording.is_computed_again(quantity):
            return value
        return self.own_number(own[place])

    def keep_parameters(self):
        """Remember the weights and biases before a step."""
        self.before = self.parameters()

    def take_velocities(self):
        """Let velocities, which no program reports, follow from the other program's own weights before and after a step."""
        if self.recording.velocities() is not None:
            self.recording.take_velocities(
                [
                    [self.velocity(*pair) if pair[1] is not None else 0 for pair in zip(*pairs)]
                    for pairs in zip(self.before, self.parameters())
                ]
            )

    def parameters(self):
        """Return the weights and biases, a list for each neuron."""
        return [neuron.weights + [neuron.bias] for neuron in self.recording.network.neurons()]
