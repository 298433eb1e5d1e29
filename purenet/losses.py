"""Loss functions: each class holds the loss E of one example and, beside it, its slopes ∂E/∂y_k. Read neuron.py first.

E says how far the outputs y_k, k = 1, 2, …, are from the targets t_k; training makes it smaller. Every method takes two
lists of the same length, and raises NetworkError if they are not.
"""

from purenet.arithmetic import log
from purenet.errors import INFINITY, NetworkError, count


class HalfSquaredError:
    """Half the squared distance between outputs and targets.

    The half makes the slope come out as a plain difference. Many texts call this "MSE"; it is not a mean.

    >>> HalfSquaredError().value([0.75], [0.5]), HalfSquaredError().derivative([0.75], [0.5])
    (0.03125, [0.25])
    """

    name = "half squared error"
    formula = "E = ½ Σ_k (y_k − t_k)²"

    def value(self, outputs, targets):
        """Return E = ½ Σ_k (y_k − t_k)²."""
        return sum_of_squares(outputs, targets) / 2

    def derivative(self, outputs, targets):
        """Return the list of slopes ∂E/∂y_k = y_k − t_k."""
        check_targets(outputs, targets)
        return [outputs[k] - targets[k] for k in range(len(outputs))]


class SquaredError:
    """The squared distance between outputs and targets."""

    name = "squared error"
    formula = "E = Σ_k (y_k − t_k)²"

    def value(self, outputs, targets):
        """Return E = Σ_k (y_k − t_k)²."""
        return sum_of_squares(outputs, targets)

    def derivative(self, outputs, targets):
        """Return the list of slopes ∂E/∂y_k = 2 · (y_k − t_k)."""
        check_targets(outputs, targets)
        return [2 * (outputs[k] - targets[k]) for k in range(len(outputs))]


class MeanSquaredError:
    """The mean of the squared differences, over the n outputs."""

    name = "mean squared error"
    formula = "E = 1/n Σ_k (y_k − t_k)²"

    def value(self, outputs, targets):
        """Return E = 1/n Σ_k (y_k − t_k)²."""
        return sum_of_squares(outputs, targets) / len(outputs)

    def derivative(self, outputs, targets):
        """Return the list of slopes ∂E/∂y_k = 2 · (y_k − t_k) / n."""
        check_targets(outputs, targets)
        return [2 * (outputs[k] - targets[k]) / len(outputs) for k in range(len(outputs))]


class BinaryCrossEntropy:
    """How surprising the targets are if each output is the probability of a yes: for sigmoid outputs, targets 0 to 1.

    With a sigmoid, and with it alone, δ_k = f′(x_k) · ∂E/∂y_k comes out as y_k − t_k.
    """

    name = "binary cross-entropy"
    formula = "E = −Σ_k (t_k·ln(y_k) + (1 − t_k)·ln(1 − y_k))"

    def value(self, outputs, targets):
        """Return E = −Σ_k (t_k · ln y_k + (1 − t_k) · ln(1 − y_k)); a term with the factor 0 is 0."""
        check_targets(outputs, targets)
        total = 0
        for k in range(len(outputs)):
            check_probability(outputs[k], targets[k], k)
            if targets[k] != 0:
                total += targets[k] * log(outputs[k])
            if targets[k] != 1:
                check_probability(1 - outputs[k], 1 - targets[k], k)
                total += (1 - targets[k]) * log(1 - outputs[k])
        return -total

    def derivative(self, outputs, targets):
        """Return the list of slopes ∂E/∂y_k = −t_k / y_k + (1 − t_k) / (1 − y_k); a term with the factor 0 is 0."""
        check_targets(outputs, targets)
        slopes = []
        for k in range(len(outputs)):
            check_probability(outputs[k], targets[k], k)
            check_probability(1 - outputs[k], 1 - targets[k], k)
            slope = 0 if targets[k] == 0 else -(targets[k] / outputs[k])
            slopes.append(slope if targets[k] == 1 else slope + (1 - targets[k]) / (1 - outputs[k]))
        return slopes


class CrossEntropy:
    """How surprising the targets are if the outputs are the probabilities of classes: for a softmax layer."""

    name = "cross-entropy"
    formula = "E = −Σ_k t_k·ln(y_k)"

    def value(self, outputs, targets):
        """Return E = −Σ_k t_k · ln y_k; a term with t_k = 0 is 0."""
        check_targets(outputs, targets)
        total = 0
        for k in range(len(outputs)):
            check_probability(outputs[k], targets[k], k)
            if targets[k] != 0:
                total += targets[k] * log(outputs[k])
        return -total

    def derivative(self, outputs, targets):
        """Return the list of slopes ∂E/∂y_k = −t_k / y_k; 0 where t_k = 0."""
        check_targets(outputs, targets)
        slopes = []
        for k in range(len(outputs)):
            check_probability(outputs[k], targets[k], k)
            slopes.append(0 if targets[k] == 0 else -(targets[k] / outputs[k]))
        return slopes


LOSSES = {
    loss.name: loss for loss in (HalfSquaredError, SquaredError, MeanSquaredError, BinaryCrossEntropy, CrossEntropy)
}


def sum_of_squares(outputs, targets):
    """Return Σ_k (y_k − t_k)²."""
    check_targets(outputs, targets)
    total = 0
    for k in range(len(outputs)):
        difference = outputs[k] - targets[k]
        total += difference * difference
    return total


def check_targets(outputs, targets):
    """Raise NetworkError unless there is one target for each output."""
    if len(outputs) != len(targets):
        raise NetworkError(f"the network has {count(len(outputs), 'output')} but got {count(len(targets), 'target')}")


def check_probability(probability, share, k):
    """Raise NetworkError where −share · ln(probability), or its slope, is infinite; nothing is clipped to avoid it."""
    if share != 0 and not (0 < probability <= 1 and 1 / probability < INFINITY):
        raise NetworkError(
            f"output {k + 1} makes the cross-entropy infinite, because it gives the target {probability} for a "
            f"probability; smaller starting weights or a smaller learning rate may keep outputs between 0 and 1"
        )
