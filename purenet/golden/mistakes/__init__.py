"""The mistakes that published programs make, each the core with one thing done wrong, to read as a lesson.

Every mistake is a class with a sentence, the wrong formula beside the right one, where it was seen, and the code that
makes it. `CATALOGUE` holds them all by id; `UNSEEN` names those that no values can show, and why. Read base.py first.
"""

from purenet.golden.mistakes import (
    conventions,
    deltas,
    forward,
    gradients,
    losses,
    updates,
)
from purenet.golden.mistakes.base import Mistake
from purenet.golden.mistakes.unseen import UNSEEN

__all__ = ["CATALOGUE", "UNSEEN", "Mistake"]

CATALOGUE = {
    thing.id(): thing()
    for module in (conventions, forward, losses, deltas, gradients, updates)
    for thing in vars(module).values()
    if isinstance(thing, type) and issubclass(thing, Mistake) and thing.__module__ == module.__name__
    if not thing.__name__.startswith("_")
}
