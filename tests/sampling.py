"""Which of many parameters the fast tests try; the slow ones try all others."""

import pytest


def slow(*values):
    """Return the values of one test of many, which is slow."""
    return pytest.param(*values, marks=pytest.mark.slow)


def one_in(number, things):
    """Return parameters of a test, of which all but one in so many are slow."""
    return [thing if n % number == 0 else slow(thing) for n, thing in enumerate(things)]
