"""A training, step by step, that can be looked at again at any of its points.

The steps of a case are done in turn, again and again, by the core or by a program with a mistake. Nothing is kept that
could not be computed again: a course is remembered only because that takes time.
"""

import copy
import functools
import time

from purenet.errors import INFINITY, NetworkError
from purenet.golden.diagnosis.lessons import find
from purenet.inspect.accuracy import mean_loss
from purenet.lab.state import case_of
from purenet.trace.program import Program

PATIENCE = 0.2  # seconds of training for one answer, so that the page stays alive
MOST_STEPS = 100_000
REMEMBERED = 8  # courses


class Point:
    """The network after so many steps, its mean loss over the examples, and over those held out (None: there are none)."""

    def __init__(self, step, parameters, loss, held_out):
        self.step, self.parameters, self.loss, self.held_out = step, parameters, loss, held_out


class Course:
    """A training from its beginning; `points` are those that are kept, and `stopped` says why it cannot go on."""

    def __init__(self, case, held_out, program):
        self.program = program
        self.number = number = case.number  # decimals where floats fall to the wrong side of a threshold
        self.network = case.network(number)
        if isinstance(program, Program):
            program.change(self.network)
        self.descent = case.descent(number)
        self.gradient = case.gradient
        self.batches, self.examples = case.steps(number), case.pairs(number)
        self.held_out = [tuple(list(map(number, part)) for part in pair) for pair in held_out]
        self.step, self.stopped = 0, ""
        self.points = []
        self.keep()

    def advance(self, step):
        """Train until a step, or until patience ends; return whether it was reached, or the training cannot go on."""
        end = time.monotonic() + PATIENCE
        while self.step < step and not self.stopped and time.monotonic() < end:
            batch = self.batches[self.step % len(self.batches)]
            try:
                self.program.training_step(self.network, batch, self.descent, self.gradient)
                self.step += 1
                if is_kept(self.step):
                    self.keep()
            except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
                words = str(error) if isinstance(error, NetworkError) else f"{type(error).__name__}: {error}"
                self.stopped = f"The training stops in step {self.step + 1}: {words}."
        return self.step >= step or bool(self.stopped)

    def keep(self):
        """Keep the network as it is now as a point."""
        examples = (self.examples, self.held_out)
        losses = [finite_loss(self.network, pairs) if pairs else None for pairs in examples]
        parameters = [(list(neuron.weights), neuron.bias) for neuron in self.network.neurons()]
        self.points.append(Point(self.step, parameters, *losses))

    def point(self, step):
        """Return the last point that is not after a step."""
        return [point for point in self.points if point.step <= step][-1]

    def network_at(self, point, number=float):
        """Return the network as it was at a point, with numbers of a kind."""
        network = copy.deepcopy(self.network)
        for neuron, (weights, bias) in zip(network.neurons(), point.parameters):
            neuron.weights, neuron.bias = list(map(number, weights)), None if bias is None else number(bias)
        return network


def finite_loss(network, examples):
    """Return the mean loss of a network over examples; raise NetworkError if it is no finite number."""
    loss = float(mean_loss(network, examples))
    if not -INFINITY < loss < INFINITY:
        raise NetworkError(f"the loss has become {loss}: lower the learning rate, the momentum or the starting weights")
    return loss


def is_kept(step):
    """Return whether a step is kept: those with two digits and then zeros, such as 7, 42, 130, 2700.

    >>> [step for step in range(98, 125) if is_kept(step)]
    [98, 99, 100, 110, 120]
    """
    return step % 10 ** max(0, len(str(step)) - 2) == 0


@functools.lru_cache(maxsize=REMEMBERED)
def course_of(text, name, held_out, mistake):
    """Return the course of a case in a JSON text; `held_out` are pairs of tuples, and `mistake` the id of one, or ""."""
    case = case_of(text, name)
    return Course(case, held_out, find(mistake) if mistake else Program())
