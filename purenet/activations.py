"""Activation functions: each class holds f and, beside it, its slope f′. Read neuron.py first.

The slope is given both x and y = f(x): some are simplest in terms of y. Chapter 1 of walkthroughs/ computes a sigmoid.
"""

from purenet.arithmetic import exp, hundredth, tanh


class Identity:
    """The neuron sends on its net input as it is: a straight f, good for the last layer."""

    name, formula, slope = "identity", "x", "1"

    def value(self, x):
        """Return f(x) = x."""
        return x

    def derivative(self, x, y):
        """Return f′(x) = 1."""
        return 1


class Sigmoid:
    """The logistic function: squashes any number into the range from 0 to 1.

    Its slope, e^−x / (1 + e^−x)², is 1 / (1 + e^−x), which is y, times e^−x / (1 + e^−x), which is 1 − y.

    >>> Sigmoid().value(0.0), Sigmoid().derivative(0.0, 0.5), Sigmoid().value(-1e6)
    (0.5, 0.25, 0.0)
    """

    name, formula, slope = "sigmoid", "1 / (1 + exp(−x))", "y·(1 − y)"

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

    name, formula, slope = "tanh", "tanh(x)", "1 − y²"

    def value(self, x):
        """Return f(x) = tanh(x)."""
        return tanh(x)

    def derivative(self, x, y):
        """Return f′(x) = 1 − y², with y = f(x)."""
        return 1 - y * y


class ReLU:
    """The rectified linear unit: lets positive numbers through and stops the others."""

    name, formula, slope = "relu", "x for x > 0, else 0", "1 for x > 0, else 0"

    def value(self, x):
        """Return f(x) = max(0, x)."""
        return x if x > 0 else 0

    def derivative(self, x, y):
        """Return f′(x) = 1 where x > 0, otherwise 0; at the corner x = 0 this is a choice, and the usual one."""
        return 1 if x > 0 else 0


class LeakyReLU:
    """ReLU that lets a hundredth of negative numbers through: its slope is never 0, so that every neuron can learn.

    Source: A. Maas, A. Hannun, A. Ng, "Rectifier nonlinearities improve neural network acoustic models", 2013, formula 2.

    >>> LeakyReLU().value(-2.0), LeakyReLU().derivative(-2.0, -0.02)
    (-0.02, 0.01)
    """

    name, formula, slope = "leaky relu", "x for x > 0, else 0.01·x", "1 for x > 0, else 0.01"

    def value(self, x):
        """Return f(x) = x where x > 0, otherwise 0.01 · x."""
        return x if x > 0 else hundredth(x) * x

    def derivative(self, x, y):
        """Return f′(x) = 1 where x > 0, otherwise 0.01; at the corner x = 0 this is a choice, and the usual one."""
        return 1 if x > 0 else hundredth(x)
