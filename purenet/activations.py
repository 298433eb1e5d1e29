"""Activation functions: each class holds f and, beside it, its slope f′. Read neuron.py first.

The slope is given both the net input x and the output y = f(x), because some slopes are shortest in terms of y.
Softmax stands apart: it looks at all net inputs of a layer at once, so it has a slope for every pair of neurons.
"""

from purenet.arithmetic import exp, tanh


class Identity:
    """The neuron sends on its net input as it is."""

    name = "identity"

    def value(self, x):
        """Return f(x) = x."""
        return x

    def derivative(self, x, y):
        """Return f′(x) = 1."""
        return 1


class Sigmoid:
    """The logistic function: squashes any number into the range from 0 to 1.

    >>> Sigmoid().value(1.0), Sigmoid().value(-1e6)
    (0.7310585786300049, 0.0)
    """

    name = "sigmoid"

    def value(self, x):
        """Return f(x) = 1 / (1 + e^−x)."""
        if x < -700:  # e^−x would leave the range of a float at −709.8; this is the same fraction times e^x / e^x
            return exp(x) / (1 + exp(x))
        return 1 / (1 + exp(-x))

    def derivative(self, x, y):
        """Return f′(x) = y · (1 − y), with y = f(x)."""
        return y * (1 - y)


class Tanh:
    """The hyperbolic tangent: squashes any number into the range from −1 to 1."""

    name = "tanh"

    def value(self, x):
        """Return f(x) = tanh(x)."""
        return tanh(x)

    def derivative(self, x, y):
        """Return f′(x) = 1 − y², with y = f(x)."""
        return 1 - y * y


class ReLU:
    """The rectified linear unit: lets positive numbers through and stops the others."""

    name = "relu"

    def value(self, x):
        """Return f(x) = max(0, x)."""
        return x if x > 0 else 0

    def derivative(self, x, y):
        """Return f′(x) = 1 where x > 0, otherwise 0; at the corner x = 0 this is a choice, and the usual one."""
        return 1 if x > 0 else 0


class Softmax:
    """Turns the net inputs of a whole layer into positive outputs that add up to 1: one share for each class.

    >>> Softmax().values([1.0, 1.0, 1.0, 1.0])
    [0.25, 0.25, 0.25, 0.25]
    """

    name = "softmax"

    def values(self, net_inputs):
        """Return the list of y_k = e^x_k / Σ_m e^x_m for a list of net inputs x_k."""
        if any(x > 700 for x in net_inputs) or all(x < -700 for x in net_inputs):
            # e^x would leave the range of a float; subtracting the largest from each leaves the fractions as they are
            largest = max(net_inputs)
            net_inputs = [x - largest for x in net_inputs]
        powers = [exp(x) for x in net_inputs]
        total = 0
        for power in powers:
            total += power
        return [power / total for power in powers]

    def derivative(self, outputs, k, j):
        """Return ∂y_k/∂x_j = y_k · (1 − y_j) where k = j, otherwise y_k · (0 − y_j), from the list of outputs."""
        return outputs[k] * ((1 if k == j else 0) - outputs[j])


ACTIVATIONS = {activation.name: activation for activation in (Identity, Sigmoid, Tanh, ReLU, Softmax)}
