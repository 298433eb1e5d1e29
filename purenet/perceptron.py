"""Units from before backpropagation, and how they learn. Read neuron.py first; chapter 12 of walkthroughs/ trains one.

A threshold has an edge instead of a bend. Its slope is 0 everywhere else, so every δ would be 0 and no weight would
move. The perceptron rule (Rosenblatt, 1958) needs no slope: w_ij ← w_ij + η · (t_j − y_j) · y_i, and the bias likewise.
`Neuron.update` does just that for half the squared error if f′ is taken as 1, because then δ_j = y_j − t_j. So that is
what the units here pretend. In a single layer it works: if a straight line parts the examples, the rule finds one. A
layer before it would be given slopes of nothing.
"""

from purenet.activations import Sigmoid


class Threshold:
    """Says 1 for yes or 0 for no: whether the net input is above 0.

    >>> from purenet import Neuron
    >>> neuron = Neuron([1.0, 1.0], -1.0, Threshold())
    >>> neuron.forward([1.0, 0.0])  # 1 + 0 − 1 is not above 0
    0
    >>> neuron.backward(0 - 1)  # y − t for the target 1
    >>> neuron.update(learning_rate=1)
    >>> neuron.weights, neuron.bias  # 1 + (1 − 0)·1 and 1 + (1 − 0)·0; then −1 + (1 − 0)
    ([2.0, 1.0], 0.0)
    """

    name, formula, slope = "threshold", "1 for x > 0, else 0", "1 (a pretence: in truth 0)"
    no = at_zero = 0

    def value(self, x):
        """Return f(x): 1 where x > 0, `no` where x < 0; at the edge, x = 0, textbooks differ."""
        return 1 if x > 0 else self.at_zero if x == 0 else self.no

    def derivative(self, x, y):
        """Return 1, which is not f′(x): it makes the rule of the perceptron out of that of backpropagation."""
        return 1


class ThresholdFromZero(Threshold):
    """The same, but a net input of 0 is a yes."""

    name, formula, at_zero = "threshold from 0", "1 for x ≥ 0, else 0", 1


class Sign(Threshold):
    """A threshold unit whose no is −1: as an input, 0 would leave the weights that it meets as they are."""

    name, formula = "sign", "1 for x > 0, else −1"
    no = at_zero = -1


class SignFromZero(Sign):
    """The same, but a net input of 0 is a yes."""

    name, formula, at_zero = "sign from 0", "1 for x ≥ 0, else −1", 1


class BipolarSigmoid:
    """The sigmoid, stretched to the range from −1 to 1: a sign with a bend, so that its slope is a true one."""

    name, formula, slope = "bipolar sigmoid", "2·(1 / (1 + exp(−x))) − 1", "(1 + y)·(1 − y) / 2"

    def value(self, x):
        """Return f(x) = 2 · 1 / (1 + e^−x) − 1, which is tanh(x / 2)."""
        return 2 * Sigmoid().value(x) - 1

    def derivative(self, x, y):
        """Return f′(x) = ½ · (1 + y) · (1 − y), with y = f(x)."""
        return (1 + y) * (1 - y) / 2
