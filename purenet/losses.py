"""Loss functions: each class holds the loss E of one example and, beside it, its slopes ∂E/∂y_k. Read network.py first.

E says how far outputs y_k are from targets t_k, in two lists of equal length. Chapters 2, 8 and 9 do it by hand.
"""

from purenet.arithmetic import log
from purenet.checks import check_probabilities, check_targets


class HalfSquaredError:
    """Half the squared distance; the half makes the slope a plain difference. Many call this "MSE"; it is no mean.

    >>> HalfSquaredError().value([0.75], [0.5]), HalfSquaredError().derivative([0.75], [0.5])
    (0.03125, [0.25])
    """

    name, formula, slope = "half squared error", "E = ½ Σ_k (y_k − t_k)²", "y_k − t_k"

    def value(self, outputs, targets):
        """Return E."""
        return sum_of_squares(outputs, targets) / 2

    def derivative(self, outputs, targets):
        """Return the list of slopes ∂E/∂y_k = y_k − t_k."""
        return differences(outputs, targets)


class SquaredError:
    """The squared distance between outputs and targets."""

    name, formula, slope = "squared error", "E = Σ_k (y_k − t_k)²", "2·(y_k − t_k)"

    def value(self, outputs, targets):
        """Return E."""
        return sum_of_squares(outputs, targets)

    def derivative(self, outputs, targets):
        """Return the list of slopes ∂E/∂y_k = 2 · (y_k − t_k)."""
        return [2 * difference for difference in differences(outputs, targets)]


class MeanSquaredError:
    """The mean of the squared differences, over the n outputs."""

    name, formula, slope = "mean squared error", "E = 1/n Σ_k (y_k − t_k)²", "2·(y_k − t_k) / n"

    def value(self, outputs, targets):
        """Return E."""
        return sum_of_squares(outputs, targets) / len(outputs)

    def derivative(self, outputs, targets):
        """Return the list of slopes ∂E/∂y_k = 2 · (y_k − t_k) / n."""
        return [2 * difference / len(outputs) for difference in differences(outputs, targets)]


def sum_of_squares(outputs, targets):
    """Return Σ_k (y_k − t_k)²."""
    total = 0
    for difference in differences(outputs, targets):
        total += difference * difference
    return total


def differences(outputs, targets):
    """Return the list of y_k − t_k."""
    check_targets(outputs, targets)
    return [y - t for y, t in zip(outputs, targets)]


class CrossEntropy:
    """How surprising the targets are if the outputs are the probabilities of classes: for a softmax layer."""

    name, formula, slope = "cross-entropy", "E = −Σ_k t_k·ln(y_k)", "−t_k / y_k"

    def value(self, outputs, targets):
        """Return E; a term with t_k = 0 counts as 0, even 0 · ln 0."""
        check_probabilities(outputs, targets)
        total = 0
        for y, t in zip(outputs, targets):
            if t != 0:
                total += t * log(y)
        return -total

    def derivative(self, outputs, targets):
        """Return the list of slopes ∂E/∂y_k = −t_k / y_k; 0 where t_k = 0."""
        check_probabilities(outputs, targets)
        return [-(t / y) if t != 0 else 0 for y, t in zip(outputs, targets)]


class BinaryCrossEntropy:
    """The same where y_k is the probability of a yes, 1 − y_k of a no: for sigmoids, whose δ is then y_k − t_k."""

    name, formula = "binary cross-entropy", "E = −Σ_k (t_k·ln(y_k) + (1 − t_k)·ln(1 − y_k))"
    slope = "−t_k / y_k + (1 − t_k) / (1 − y_k)"

    def value(self, outputs, targets):
        """Return E; a term with a zero factor counts as 0, even 0 · ln 0."""
        check_probabilities(outputs, targets, two_sided=True)
        total = 0
        for y, t in zip(outputs, targets):
            for share, probability in ((t, y), (1 - t, 1 - y)):  # of a yes, then of a no
                if share != 0:
                    total += share * log(probability)
        return -total

    def derivative(self, outputs, targets):
        """Return the list of slopes ∂E/∂y_k = −t_k / y_k + (1 − t_k) / (1 − y_k); with t_k = 0 or 1, one term is 0."""
        check_probabilities(outputs, targets, two_sided=True)
        slopes = [-(t / y) if t != 0 else 0 for y, t in zip(outputs, targets)]
        return [slope + (1 - t) / (1 - y) if t != 1 else slope for slope, y, t in zip(slopes, outputs, targets)]
