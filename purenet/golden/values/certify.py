"""Certify a case: prove 40 digits of every value, and a bound on the error of a correct program.

The unchanged core runs four times: on intervals, which enclose the true value, and on bounded numbers of each float
type. Three things are added to the rules in purenet/arithmetic/bounded.py, because programs compute them in several ways:

    sigmoid    K·u on top, since some write it with tanh: an absolute error where y is small; the bipolar one likewise
    corner     where a program may have a net input on either side of 0, a threshold's f has no bound, as it jumps there,
               and the f and f′ of ReLU, leaky or not, have none
    softmax    the largest net input M is subtracted first, which adds u·|x − M|; programs that do not subtract it
               do not make this error. Where a slope −t/y of the cross-entropy is too large for the type, the deltas are
               bounded as y − t, which is how programs avoid it; ln y is bounded as x − M − ln Σ there

The tolerance of a value holds the distance from the true value to its 40 digits, and to the nearest float64 too, so that a
program may be compared with either.
"""

from decimal import ROUND_CEILING, Context, Decimal

from purenet.activations import LeakyReLU, ReLU, Sigmoid, Tanh
from purenet.arithmetic.bounded import (
    FLOAT_TYPES,
    UNKNOWN,
    UP,
    Bounded,
    exactly,
    largest,
    smallest,
)
from purenet.arithmetic.interval import EXACT, PRECISION, Interval, interval, precision
from purenet.errors import NetworkError
from purenet.golden.values.certified import Certified, certified_values, decimal
from purenet.perceptron import BipolarSigmoid, Sign, SignFromZero, Threshold, ThresholdFromZero
from purenet.softmax import Softmax, SoftmaxLayer
from purenet.trace.case_run import CaseRun
from purenet.trace.in_front import combined
from purenet.trace.program import Program
from purenet.trace.quantities import EPOCH_LOSS, losses_of_examples, quantities

CERTIFIED_DIGITS = 40
MOST_DIGITS = 500  # of bounds, before a proof is given up
SHORT = Context(prec=2, rounding=ROUND_CEILING, Emin=-9999, Emax=9999)  # digits of a tolerance


class WithLibraryError:
    """Put in front of an activation class: K·u on top of its value."""

    def value(self, x):
        y = super().value(x)
        return y.widened(y.type.library_error)


class WithJump:
    """Put in front of an activation class that jumps or bends at 0: its value has no bound near there."""

    def value(self, x):
        return unknown_near_the_corner(super().value(x), x)


class WithBend(WithJump):
    """The same where the slope jumps: it has no bound near there either."""

    def derivative(self, x, y):
        return unknown_near_the_corner(super().derivative(x, y), x)


def unknown_near_the_corner(result, x):
    """Return f(x) or f′(x), without a bound where a program may have a net input x on either side of 0."""
    is_near = x.error > 0 and smallest(x.exact) <= x.error
    return Bounded.held(exactly(result), x.type).widened(UNKNOWN) if is_near else result


class BoundedSoftmax(Softmax):
    def values(self, net_inputs):
        shift = max(net_inputs)
        return super().values([x - Bounded(x.type, shift.exact, Decimal(0)) for x in net_inputs])


class BoundedSoftmaxLayer:
    """A softmax layer that computes δ = y − t where a slope of the cross-entropy is too large for the type."""

    def backward(self, output_gradients):
        too_large = any(isinstance(slope, Bounded) and slope.error == UNKNOWN for slope in output_gradients)
        if not (too_large and isinstance(self, SoftmaxLayer)):
            super().backward(output_gradients)
            return
        for j, neuron in enumerate(self.neurons):
            neuron.delta = neuron.output - self.targets[j]
            neuron.accumulate_gradients()


class ZeroAtZero:
    """Put in front of an activation class that makes exactly 0 of 0, where intervals of e^x can only enclose it."""

    def value(self, x):
        return x if x.low == x.high == 0 else super().value(x)


class Enclosures(Program):
    """The core on intervals."""

    activations = {kind.name: combined(ZeroAtZero, kind) for kind in (Tanh, BipolarSigmoid)}


class Bounds(Program):
    """The core on bounded numbers, with the rules of this module."""

    activations = {
        "softmax": BoundedSoftmax,
        **{kind.name: combined(WithLibraryError, kind) for kind in (Sigmoid, BipolarSigmoid)},
        **{kind.name: combined(WithJump, kind) for kind in (Threshold, ThresholdFromZero, Sign, SignFromZero)},
        **{kind.name: combined(WithBend, kind) for kind in (ReLU, LeakyReLU)},
    }

    class loss:
        def derivative(self, outputs, targets):
            if isinstance(self.last, SoftmaxLayer):
                self.last.targets = targets
            return super().derivative(outputs, targets)

    def change(self, network):
        last = network.layers[-1]
        self.layer = BoundedSoftmaxLayer if isinstance(last, SoftmaxLayer) else None
        super().change(network)
        network.loss.last = network.layers[-1]


def bounded_run(case, type, own=None, rounding=lambda number: 0, program=Bounds()):
    """Run a case on bounded numbers of a float type, by the core with the rules of this module or by another program.

    `own` are numbers that a program holds, to compute the rest from, each known to ± rounding(number).
    """

    def held(number):
        bounded = Bounded.held(number, type)
        more = rounding(number)
        return bounded.widened(more) if more else bounded

    def velocity(before, after):
        """Return by how much a program moved a weight: its own two values, less one rounding."""
        step = after - before
        return Bounded(type, step.exact, UP.add(step.error, UP.multiply(type.unit, largest(after.exact))))

    return CaseRun(
        case,
        program,
        lambda value: Bounded.given(value, type),
        None,
        None,
        own,
        held,
        velocity,
    )


def certify(case):
    """Return the certified values of a case, as a list of objects for JSON; raise NetworkError where a proof fails.

    Bounds get more digits until all of them prove enough: 1 − y with y = 1 − 10^−369 takes more than 369.
    """
    if case.learning_rate is None:
        raise NetworkError(f"{case.id} cannot be certified: it has no learning_rate, so there is no training")
    digits = PRECISION
    while True:
        try:
            with precision(digits):
                return proved_values(case)
        except NetworkError:
            digits *= 2
            if digits > MOST_DIGITS:
                raise


def proved_values(case):
    exact = CaseRun(case, Enclosures(), Interval)
    runs = {name: bounded_run(case, type) for name, type in FLOAT_TYPES.items()}
    for run in (exact, *runs.values()):
        if run.stopped:
            raise NetworkError(f"{case.id} cannot be certified: {run.stopped}")
    certified = []
    for quantity in quantities(case):
        try:
            certified.append(proved(quantity, exact, runs))
        except NetworkError as error:
            hint = "no number of digits proves a 0 in which terms cancel, as the sum of all deltas of a softmax layer"
            hint += f", and {MOST_DIGITS} may be too few for numbers such as 1e-{MOST_DIGITS}"
            raise NetworkError(f"{case.id} cannot be certified: {quantity.name}: {error}; {hint}") from None
    return certified


def proved(quantity, exact, runs):
    """Return the certified values of one quantity, from the runs on intervals and on bounded numbers of each type."""
    truths = [interval(value) for value in exact.values[quantity.name]]
    written = [value.digits(CERTIFIED_DIGITS) for value in truths]
    nearest = [nearest_float(value) for value in truths]
    tolerance = {}
    for name, type in FLOAT_TYPES.items():
        values = runs[name].values[quantity.name]
        tolerance[name] = [
            tolerance_of(value, truth, (digits, near), type)
            for value, truth, digits, near in zip(values, truths, written, nearest)
        ]
    return {
        "name": quantity.name,
        "shape": list(quantity.shape),
        "true": written,
        "f64": nearest,
        "hex": [None if value is None else value.hex() for value in nearest],
        "tolerance": tolerance,
    }


def nearest_float(value):
    """Return the float nearest to a true value, None if that is infinite."""
    nearest = value.nearest_float()
    return None if nearest in (float("inf"), float("-inf")) else nearest


def tolerance_of(value, truth, written, type):
    """Return the tolerance of one value as a Decimal of two digits, rounded up; None where the type has no bound.

    It holds the distance to each form in which the true value is written: its digits, and the nearest float or None.
    """
    if None in written:
        return None
    bounded = value if isinstance(value, Bounded) else Bounded.held(value, type)
    if bounded.error == UNKNOWN:
        return None
    distance = max(largest(truth - Interval(form)) for form in written)
    return SHORT.plus(UP.add(bounded.error, distance))


def certified_epoch_loss(case):
    """Return the mean loss of the epoch as a `Certified` quantity, which follows from the certified losses of the examples.

    A program's sum of n losses E, each within its tolerance, is rounded n − 1 times, and their mean once more, each time by
    u·Σ|E| / n at most; as much again is room for the distance from the true value to the nearest float.
    """
    certified = certified_values(case)
    losses = [certified[quantity.name] for quantity in losses_of_examples(quantities(case))]
    total, size = Decimal(0), Decimal(0)
    for loss in losses:
        total, size = EXACT.add(total, loss.true[0]), UP.add(size, abs(loss.true[0]))
    mean = Context(prec=CERTIFIED_DIGITS - 2).divide(total, len(losses))
    tolerance = {}
    for name, type in FLOAT_TYPES.items():
        tolerance[name] = [mean_tolerance([loss.tolerance[name][0] for loss in losses], size, type)]
    entry = {
        "name": EPOCH_LOSS.name,
        "shape": [],
        "true": [str(mean)],
        "f64": [float(mean)],
        "hex": [float(mean).hex()],
    }
    return Certified({**entry, "tolerance": tolerance})


def mean_tolerance(tolerances, size, type):
    """Return the tolerance of the mean of losses, from theirs and the sum of their sizes; None where one has none."""
    if None in tolerances:
        return None
    n, room = len(tolerances), UP.multiply(UP.multiply(len(tolerances) + 1, type.unit), size)
    for tolerance in tolerances:
        room = UP.add(room, decimal(tolerance))
    return SHORT.divide(room, Decimal(n))
