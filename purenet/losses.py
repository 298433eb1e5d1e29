"""Loss functions: each class holds the loss E of one example and, beside it, its slopes ∂E/∂y_k. Read neuron.py first.

E says how far the outputs y_k, k = 1, 2, …, are from the targets t_k; training makes it smaller.
"""

from purenet.errors import NetworkError, count


class HalfSquaredError:
    """Half the squared distance between outputs and targets.

    The half makes the slope come out as a plain difference. Many texts call this "MSE"; it is not a mean.

    >>> HalfSquaredError().value([0.75], [0.5]), HalfSquaredError().derivative([0.75], [0.5])
    (0.03125, [0.25])
    """

    name = "half squared error"
    formula = "E = ½ Σ_k (y_k − t_k)²"

    def value(self, outputs, targets):
        """Return E = ½ Σ_k (y_k − t_k)²; raise NetworkError unless the lists are of one length."""
        check_targets(outputs, targets)
        total = 0
        for k in range(len(outputs)):
            difference = outputs[k] - targets[k]
            total += difference * difference
        return total / 2

    def derivative(self, outputs, targets):
        """Return the list of slopes ∂E/∂y_k = y_k − t_k; raise NetworkError unless the lists are of one length."""
        check_targets(outputs, targets)
        return [outputs[k] - targets[k] for k in range(len(outputs))]


LOSSES = {loss.name: loss for loss in (HalfSquaredError,)}


def check_targets(outputs, targets):
    """Raise NetworkError unless there is one target for each output."""
    if len(outputs) != len(targets):
        raise NetworkError(f"the network has {count(len(outputs), 'output')} but got {count(len(targets), 'target')}")
