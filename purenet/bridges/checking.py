"""Check what a program of your own computes in a training of a network against certified values of that network.

`golden check` does so for cases in files; here the network, the examples and the numbers are objects in Python. The
certified values are proved for the numbers that the network has, whatever they are, so that nothing is compared with a
mere second opinion. See purenet/golden/PROTOCOL.md for the names of numbers.
"""

from decimal import Decimal
from functools import cached_property

from purenet.cases import Case
from purenet.checks import layer_letter, number_of_weights
from purenet.errors import NetworkError, count
from purenet.golden.diagnosis.check import Check
from purenet.golden.diagnosis.diagnosis import Diagnosis
from purenet.golden.diagnosis.report import check_to
from purenet.golden.generate import as_read
from purenet.golden.mistakes.detection import undetected
from purenet.golden.new_case import plain_layer
from purenet.golden.programs.adapter import as_lists
from purenet.golden.programs.reported import LAYOUTS, Values
from purenet.golden.values.certify import certify


class Report:
    """What came of a check: `passed`, whether something was compared and all of it agrees; printed, the page with all of it.

    check      the comparison, quantity by quantity (see purenet/golden/diagnosis/check.py)
    diagnosis  what explains the differences, None if it passed; it is made when it is first asked for, and may take minutes
               for hundreds of weights. `progress`, a function of words, is told then what is being done
    mistakes   the ids of known mistakes that explain them; those with "or" on the page are all here
    """

    def __init__(self, check, progress, advice=Diagnosis.advice):
        self.check = check
        self.passed = check.passed
        self.progress = progress
        self.advice = advice

    @cached_property
    def diagnosis(self):
        if self.passed:
            return None
        self.progress("looking for mistakes that cannot show here")
        self.check.case.blind_to = undetected(self.check.case)
        diagnosis = Diagnosis([self.check], progress=self.progress)
        diagnosis.advice = self.advice
        return diagnosis

    @property
    def mistakes(self):
        found = self.diagnosis.found if self.diagnosis else []
        return list(dict.fromkeys(mistake.id for mistakes in found for mistake in mistakes))

    def raise_if_wrong(self):
        """Raise AssertionError with the page unless the check passed."""
        if not self.passed:
            raise AssertionError(str(self))

    def __str__(self):
        return check_to(self.check, "text", diagnosis=self.diagnosis)

    def __repr__(self):
        first = self.check.first and self.check.first.name
        return f"Report({self.check.outcome!r}, {len(self.check.compared)} compared, first difference {first})"


def no_progress(words):
    """Show nothing."""


def check_gradients(
    network,
    gradients,
    examples,
    *,
    gradient="mean",
    dtype=None,
    weights=LAYOUTS[0],
    title="Your gradients",
    progress=no_progress,
):
    """Return the `Report` on the gradients that a function of your own finds for a network of purenet.

    `gradients(inputs, targets)` is called once with a list of inputs and a list of targets of each example of a mini-batch.
    It returns a pair for each layer, gradients of weights and of biases, None for those that it does not find. They are the
    "mean" or the "sum" over the examples, as `gradient` says, and `weights` says how their tables are laid out,
    "neuron,input" or "input,neuron". `dtype` is float64, float32 or float16, by default guessed from the numbers.

    >>> from purenet import Identity, Layer, Network, Neuron
    >>> network = Network([Layer([Neuron([2.0], activation=Identity())])])
    >>> check_gradients(network, lambda inputs, targets: [([[4.0]], None)], [([2.0], [2.0])]).passed  # (4 − 2)·2
    True
    """
    found = gradients([list(inputs) for inputs, _ in examples], [list(targets) for _, targets in examples])
    if len(found) != len(network.layers):
        raise NetworkError(
            f"the function returns {count(len(found), 'pair')} of gradients, and the network has {len(network.layers)} layers"
        )
    values = {}
    for number, pair in enumerate(found, start=1):
        for kind, numbers in zip(("weight_gradients", "bias_gradients"), pair):
            if numbers is not None:
                values[f"step1.{layer_letter(number).upper()}.{kind}"] = numbers
    data = training_data(network, examples, 1, gradient, {"learning_rate": 0}, title)
    return report(data, values, dtype, weights, progress)


def training_data(network, examples, steps, gradient, descent, title):
    """Return the data of a case: so many steps of a network, each on all the examples.

    `descent` is a dictionary of the fields of a case that say how weights move.
    """
    layers = [exactly(plain_layer(layer)) for layer in network.layers]
    return {
        "id": "check",
        "title": title,
        "network": {"layers": layers, "loss": network.loss.name},
        "examples": [{"inputs": exactly(inputs), "targets": exactly(targets)} for inputs, targets in examples] * steps,
        "batch_sizes": [len(examples)] * steps,
        "gradient": gradient,
        **descent,
    }


def exactly(data):
    """Return data with each float as the Decimal that it is."""
    if isinstance(data, dict):
        return {name: exactly(value) for name, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [exactly(value) for value in data]
    return Decimal(data) if isinstance(data, float) else data


def report(data, values, dtype=None, layout=LAYOUTS[0], progress=no_progress, advice=Diagnosis.advice):
    """Return the `Report` on values by name, numbers, lists or arrays, of a training; `data` is that of its case."""
    case = Case(data, "the check")
    progress(f"certifying {number_of_weights(case.network_data.sizes):,} weights")
    case.certified = as_read(certify(case))
    numbers = {name: as_lists(value, name) for name, value in values.items()}
    return Report(Check(case, Values(case, numbers, dtype, layout, "the values")), progress, advice)
