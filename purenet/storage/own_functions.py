"""Activations and losses of your own, in a Python file: afterwards, files of cases and saved networks may name them.

An activation has value(x) and derivative(x, y), a loss value(outputs, targets) and derivative(outputs, targets), and each
has a `name`. With exp, log and their like from purenet.arithmetic, they take numbers of every kind, so that they can be
traced and certified; `formula` and `slope`, texts, are their rules in a trace. Chapter 20 of walkthroughs/ writes some.
"""

import inspect
import runpy

from purenet.errors import NetworkError, quoted, reason
from purenet.storage.network_json import ACTIVATIONS, LOSSES

NEEDS = "an activation has a name, value(x) and derivative(x, y), a loss a name, value and derivative(outputs, targets)"


def learn(path):
    """Run a Python file, and let files name the activations and losses that it defines.

    Raises NetworkError if it cannot be run, defines none, or one whose name is taken.
    """
    try:
        found = runpy.run_path(path)
    except OSError as error:
        raise NetworkError(f"cannot read {path}: {reason(error)}") from None
    except Exception as error:
        raise NetworkError(f"{path} stops: {type(error).__name__}: {error}") from None
    kinds = [kind for kind in found.values() if is_own(kind, found)]
    if not kinds:
        raise NetworkError(f"{path} defines no activation and no loss: {NEEDS}")
    for kind in kinds:
        table = LOSSES if parameters(kind.derivative)[-2:] == ["outputs", "targets"] else ACTIVATIONS
        if kind.name in ACTIVATIONS or kind.name in LOSSES:
            raise NetworkError(f"{path}: the name {quoted(kind.name)} is taken: choose another")
        table[kind.name] = kind


def is_own(kind, found):
    """Return whether a name of a file is a class that it defines, an activation or a loss."""
    if not inspect.isclass(kind) or kind.__module__ != found["__name__"]:
        return False
    return all(hasattr(kind, name) for name in ("name", "value", "derivative"))


def parameters(method):
    """Return the names of the parameters of a method."""
    return list(inspect.signature(method).parameters)
