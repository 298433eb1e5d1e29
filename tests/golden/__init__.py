"""Tests of the golden values, of the mistakes, and of what is said about other programs."""

import pytest


def one_in(number, things):
    """Return parameters of a test, of which all but one in so many are slow."""
    slow = pytest.mark.slow
    return [thing if n % number == 0 else pytest.param(thing, marks=slow) for n, thing in enumerate(things)]
