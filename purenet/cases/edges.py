"""The kind of number for a case whose units have an edge, on which floats may fall to the wrong side.

0.5 − 0.6 + 0.1 is 0 on paper and 2.8e-17 in floats, where a ReLU then has the slope 1 instead of 0, and a threshold says
1 instead of 0. So a case is computed in decimals where that matters:

- where it has threshold or sign units, and all its other units only add and multiply: its training comes back to the
  edge again and again, since each step moves a weight by η or not at all;
- where some unit with an edge is on another side of it in floats than in decimals, for some example of the first epoch.
  Decimals know exp, ln and tanh, so the other units of such a case may be of any kind.

Any other case is computed in floats, so that its numbers are those of a program, to the last bit.
"""

from purenet.activations import Identity, LeakyReLU, ReLU
from purenet.arithmetic.pencil import as_decimal
from purenet.errors import NetworkError
from purenet.perceptron import Sign, SignFromZero, Threshold, ThresholdFromZero
from purenet.training import training_step

YES_OR_NO = {Threshold, ThresholdFromZero, Sign, SignFromZero}
EDGES = {ReLU, LeakyReLU} | YES_OR_NO


def kind_of_number(case):
    """Return the kind of number to compute a case with, a function: `float`, or `as_decimal`."""
    kinds = {kind for layer in case.network_data.layers for _, _, kind in layer}
    if kinds & YES_OR_NO and kinds <= EDGES | {Identity}:
        return as_decimal
    try:
        return as_decimal if kinds & EDGES and sides(case, float) != sides(case, as_decimal) else float
    except (ArithmeticError, NetworkError):
        return float  # and whoever computes the case then hears what is wrong with it


def sides(case, number):
    """Return for each example of the first epoch, and each unit with an edge, whether its output is above 0."""
    network, found = case.network(number), []
    descent = None if case.learning_rate is None else case.descent(number)
    for batch in case.steps(number):
        for inputs, _ in batch:
            network.forward(inputs)
            found += [unit.output > 0 for unit in network.neurons() if type(unit.activation) in EDGES]
        if descent is not None:
            training_step(network, batch, descent, case.gradient)
    return found
