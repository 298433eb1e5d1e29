"""Run a case as a program would, and keep every number of it by name. Read recording.py first."""

from purenet.errors import NetworkError
from purenet.trace.notes import Numbers
from purenet.trace.program import Program, training_of
from purenet.trace.quantities import EPOCH_LOSS, certified_quantities, losses_of_examples
from purenet.trace.recording import Recording


class CaseRun(Recording):
    """A case, run by programs with one kind of number: `values` is a dictionary from names to flat lists.

    `own` holds values of another program, by name: each takes the place of the number computed here, so that all that
    follows is computed from it. Where the program fails, `stopped` says why, and the values computed until then are
    kept; any other is None.
    """

    def __init__(self, case, programs=(Program(),), number=float, own=None, own_number=float, velocity=None):
        self.case = case
        self.own = own
        self.own_number = own_number
        self.velocity = velocity
        quantities = certified_quantities(case)
        self.shapes = {quantity.name: quantity for quantity in quantities.list}
        notes = Numbers(self.own_or_computed if own else None)
        self.stopped = None
        try:
            super().__init__(training_of(case, number), notes, quantities, programs)
            self.run()
        except (ArithmeticError, AttributeError, IndexError, TypeError, ValueError) as error:
            self.stopped = str(error) if isinstance(error, NetworkError) else f"{type(error).__name__}: {error}"
        self.values = notes.values
        for program in programs:
            self.values = program.report(self.values, self.shapes)
        mean = self.epoch_loss()
        if mean is not None:
            self.values[EPOCH_LOSS.name] = [mean]

    def epoch_loss(self):
        """Return the mean of the losses of all examples, added in their order; None where one is not known."""
        losses = losses_of_examples(self.shapes.values())
        total = 0
        for quantity in losses:
            value = self.values.get(quantity.name, [None])[0]
            if value is None:
                return None
            total += self.own_or_computed(quantity, 0, value) if self.own else value
        return total / len(losses) if losses else None

    def own_or_computed(self, quantity, place, value):
        """Return the other program's own number, if it is known."""
        own = self.own.get(quantity.name)
        return value if own is None or own[place] is None else self.own_number(own[place])

    def start_step(self, step):
        super().start_step(step)
        self.before = [list(neuron.weights) + [neuron.bias] for neuron in self.network.neurons()]

    def note_parameters(self):
        """Note the weights and biases; velocities, which no program reports, follow from the other program's own."""
        super().note_parameters()
        if self.own and self.descent.velocities is not None:
            after = [neuron.weights + [neuron.bias] for neuron in self.network.neurons()]
            self.descent.velocities = [
                [self.velocity(*pair) if pair[1] is not None else 0 for pair in zip(*pairs)]
                for pairs in zip(self.before, after)
            ]
