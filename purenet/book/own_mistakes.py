"""Which mistakes of the catalogue give the numbers of somebody's file: the plain program with each is tried, as a text.

Read own_code.py first.
"""

import functools
import math

from purenet.golden.mistakes import CATALOGUE
from purenet.golden.mistakes.listing import listing
from purenet.golden.values.certified import Certified

OF_NEURONS = ("Neuron.forward", "Neuron.backward", "Layer.forward", "Layer.backward")
ALIKE = 1e-9  # of a number: as near are those of a program that makes the same mistake
NEARLY_ZERO = 1e-13  # where numbers are as good as 0


def shows_all_of(function, task):
    """Return whether a function computes all numbers of its kind in a case, so that mistakes in it show as in the catalogue.

    Where there is momentum or decay, `GradientDescent.move` moves weights, otherwise the methods `update`; the deltas of a
    softmax layer are its own.
    """
    moves = bool(task["momentum"] or task["weight_decay"])
    if function.endswith(".update") or function == "GradientDescent.move":
        return moves == (function == "GradientDescent.move")
    layers = task["network"]["layers"]
    return function not in OF_NEURONS or not any(layer["activation"] == "softmax" for layer in layers)


def same_mistakes(wrong, tasks, values):
    """Yield the mistakes of the catalogue that give the values of all cases; `wrong` are the cases in which some are wrong."""
    order = wrong + [task for task in tasks if task not in wrong]  # most mistakes are ruled out by the first
    for mistake in CATALOGUE.values():
        program = {"__name__": "the plain program"}
        exec(code_with(mistake.id), program)
        if all(gives(program, task, values[task["id"]], task in wrong) for task in order):
            yield mistake


@functools.lru_cache(maxsize=None)
def code_with(id):
    """Return the code of the plain program with a mistake."""
    return compile(listing(CATALOGUE[id]), "<the plain program>", "exec")


def gives(program, task, values, is_wrong):
    """Return whether the plain program gives the values of a case; where some are wrong, its own must be so, too."""
    try:
        found = program["run"](task, float)
    except (ArithmeticError, LookupError, TypeError, ValueError):
        return False
    if not all(alike(values[name], found.get(name)) for name in values):
        return False
    return not is_wrong or any(
        not alike([float(true) for true in certified.true], found.get(certified.name))
        for certified in map(Certified, task["certified"])
    )


def alike(row, other):
    """Return whether two lists of numbers are the same but for rounding."""
    if other is None or len(row) != len(other):
        return False
    return all(
        a is b or (isinstance(a, float) and b is not None and math.isclose(a, b, rel_tol=ALIKE, abs_tol=NEARLY_ZERO))
        for a, b in zip(row, other)
    )
