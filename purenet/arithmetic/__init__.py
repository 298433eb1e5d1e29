"""The functions that activations and losses need, for any kind of number.

A number that knows its own `exp` (Decimal, and the numbers of this folder) is asked; any other is taken as a float.
"""

import math
from decimal import Decimal, localcontext

from purenet.errors import INFINITY


def exp(x):
    """Return e^x, of the kind of x if that knows its own exp, otherwise a float; infinity if that is too large."""
    if type(x) is float and x < 709:
        return math.exp(x)
    if hasattr(x, "exp"):
        return x.exp()
    try:
        return math.exp(x)
    except OverflowError:
        return INFINITY if x > 0 else 0.0


def log(x):
    """Return the natural logarithm of x, of the kind of x if that is Decimal or knows its own, otherwise a float."""
    if type(x) is not float:
        if hasattr(x, "log"):
            return x.log()
        if isinstance(x, Decimal):
            return x.ln()
    return math.log(x)


def tanh(x):
    """Return the hyperbolic tangent of x, of the kind of x if that is Decimal or knows its own, otherwise a float."""
    if type(x) is not float:
        if hasattr(x, "tanh"):
            return x.tanh()
        if isinstance(x, Decimal):
            return decimal_tanh(x)
    return math.tanh(x)


def decimal_tanh(x):
    """Return tanh(x) = (e^2x − 1) / (e^2x + 1) in the current decimal context.

    Near 0 the difference e^2x − 1 loses as many digits as x has zeros behind the point, so they are added first.
    Where tanh(x) differs from x (near 0) or from ±1 (far from it) by less than the context holds, the answer is that.
    """
    with localcontext() as context:
        zeros = -x.adjusted()
        if x == 0 or 2 * zeros > context.prec + 2:
            nearest = x
        elif abs(x) > 2 * context.prec:
            nearest = Decimal(1).copy_sign(x)
        else:
            context.prec += 5 + max(0, zeros)
            power = (2 * x).exp()
            nearest = (power - 1) / (power + 1)
    return +nearest
