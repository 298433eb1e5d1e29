"""The one exception of purenet, and the check that a thing is a number. Nothing here is needed to understand the rest."""

from numbers import Number

INFINITY = float("inf")


class NetworkError(ValueError):
    """Something is wrong with what a network was given; the message says what, where, and what would be right."""


def check_number(value, what):
    """Raise NetworkError unless value is a finite real number; what names it in the message, as in "bias of neuron j1"."""
    if isinstance(value, (bool, complex)) or not isinstance(value, Number):
        raise NetworkError(f"{what} must be a number, not {value!r}")
    if value != value or value == INFINITY or value == -INFINITY:
        raise NetworkError(f"{what} must be a finite number, not {value}")
