"""Let an object find its methods in another class first, so that an instrument hears of what the core computes."""

import functools


def put_in_front(thing, cls):
    """Let an object find its methods in a class first, and then in its own."""
    if cls is not None and not isinstance(thing, cls):
        thing.__class__ = combined(cls, type(thing))


@functools.lru_cache(maxsize=None)
def combined(front, back):
    if issubclass(front, back):
        return front
    return type(front.__name__, (front, back), {})
