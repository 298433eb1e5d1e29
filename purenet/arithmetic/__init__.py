"""The functions that activations and losses need, for numbers of any type.

A number whose type has an `exp` of its own (a Decimal, and the numbers of this folder) computes it itself; any other is
treated as a float.
"""

import math
from decimal import Decimal, localcontext
from fractions import Fraction

from purenet.errors import INFINITY


def exp(x):
    """Return e^x, of the type of x if that has an `exp`, otherwise a float; infinity if that is too large."""
    if type(x) is float and x < 709:
        return math.exp(x)
    if hasattr(x, "exp"):
        return x.exp()
    try:
        return math.exp(x)
    except OverflowError:
        return INFINITY if x > 0 else 0.0


def log(x):
    """Return the natural logarithm of x, of the type of x if that is Decimal or has a `log`, otherwise a float."""
    if type(x) is not float:
        if hasattr(x, "log"):
            return x.log()
        if isinstance(x, Decimal):
            return x.ln()
    return math.log(x)


def tanh(x):
    """Return the hyperbolic tangent of x, of the type of x if that is Decimal or has a `tanh`, otherwise a float."""
    if type(x) is not float:
        if hasattr(x, "tanh"):
            return x.tanh()
        if isinstance(x, Decimal):
            return decimal_tanh(x)
    return math.tanh(x)


def sqrt(x):
    """Return the square root of x, in the kind of number of x; of a Fraction, a float."""
    return x.sqrt() if hasattr(x, "sqrt") else math.sqrt(x)


def hundredth(x):
    """Return 0.01, of the type of x if that is Decimal, Fraction or has a `hundredth`, otherwise a float."""
    if type(x) is not float:
        if hasattr(x, "hundredth"):
            return x.hundredth()
        if isinstance(x, (Decimal, Fraction)):
            return type(x)("0.01")
    return 0.01


def decimal_tanh(x):
    """Return tanh(x) = (e^2x − 1) / (e^2x + 1) in the current decimal context.

    Near 0 the difference e^2x − 1 loses as many digits as x has zeros after the decimal point, so the precision is
    raised by as many first. Where tanh(x) differs from x (near 0) or from ±1 (far from 0) by less than the context can
    hold, the result is x or ±1.
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
