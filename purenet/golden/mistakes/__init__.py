"""The mistakes that published programs make, each as the lines of a program that are wrong, beside the right ones.

`CATALOGUE` holds them all by id; `UNSEEN` names those that no values can show, and why. Read plain.py first, the program
whose lines they are, and then any of the lists.
"""

from purenet.golden.mistakes import (
    conventions,
    deltas,
    descents,
    forward,
    gradients,
    losses,
    updates,
)
from purenet.golden.mistakes.mistake import Mistake
from purenet.golden.mistakes.unseen import UNSEEN

__all__ = ["CATALOGUE", "UNSEEN", "Mistake"]

CATALOGUE = {
    each.id: each._replace(group=module.__name__.rpartition(".")[2])
    for module in (conventions, forward, losses, deltas, gradients, updates, descents)
    for each in module.MISTAKES
}
