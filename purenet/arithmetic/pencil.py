"""Rounding by hand: each number is rounded when it is written down, and the next line uses the rounded number.

A case declares it by quantity, in printed symbols: {"y": {"significant_digits": 3}, "δ_j": {"decimals": 4}} rounds every
output to three significant digits and the deltas of layer J to four decimals. Quantities not named stay exact.
"""

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from purenet.arithmetic.notation import Symbol
from purenet.errors import NetworkError

WRITTEN = ("x", "y", "δ", "∇w", "∇b", "w", "b", "E")
PENCIL_PRECISION = 40  # digits of the arithmetic: unrounded numbers are exact in every digit that is shown


class Pencil:
    """Rounds the numbers that it writes down, half up, by the rule for the most specific symbol.

    That is, for the output of k1 in the second forward pass, the first of y_k1⁺, y_k⁺, y⁺, y_k1, y_k, y that has a rule.
    """

    def __init__(self, rules):
        """Take a dictionary from symbols to {"significant_digits": n} or {"decimals": n}; raise NetworkError otherwise."""
        if not isinstance(rules, dict):
            raise NetworkError(
                f'rounding must be an object such as {{"y": {{"significant_digits": 3}}}}, not {rules!r}'
            )
        self.rules = {Symbol.parse(name): rounding_rule(name, rule) for name, rule in rules.items()}
        self.unused = set(self.rules)

    def write(self, symbol, value):
        """Return the Decimal value rounded by the rule for its symbol, or as it is where there is no rule."""
        for name in names_of(symbol):
            if name in self.rules:
                self.unused.discard(name)
                return rounded(value, *self.rules[name])
        return value

    def check_used(self):
        """Raise NetworkError if a rule was never used, because its quantity is given or does not exist."""
        for name in self.unused:
            raise NetworkError(f"rounding of {name}: no such quantity is written down in this training step")

    def words(self):
        """Return the rules as half a sentence: "y to 3 significant digits, δ_j to 4 decimals"."""
        return ", ".join(f"{name} to {digits} {unit.replace('_', ' ')}" for name, (unit, digits) in self.rules.items())


def rounding_rule(name, rule):
    """Return ("significant_digits", n) or ("decimals", n) from what a case declares for a symbol."""
    if Symbol.parse(name).base not in WRITTEN:
        raise NetworkError(f"rounding of {name}: only {', '.join(WRITTEN)} are computed and can be rounded")
    if isinstance(rule, dict) and len(rule) == 1:
        ((unit, digits),) = rule.items()
        least = {"significant_digits": 1, "decimals": 0}.get(unit)
        if least is not None and type(digits) is int and least <= digits <= 30:
            return unit, digits
    allowed = '{"significant_digits": 1 to 30} or {"decimals": 0 to 30}'
    raise NetworkError(f"rounding of {name} must be {allowed}, not {rule!r}")


def names_of(symbol):
    """Yield the symbols whose rules apply to a symbol, the most specific first."""
    kind = symbol.kind
    for after in (True, False) if symbol.after else (False,):
        yield Symbol(symbol.base, symbol.subscript, after)
        yield Symbol(symbol.base, kind.subscript, after)
        yield Symbol(symbol.base, "", after)


def rounded(value, unit, digits):
    """Return a Decimal rounded half up to significant digits or to decimals.

    >>> rounded(Decimal("0.0227145"), "significant_digits", 3), rounded(Decimal("0.125"), "decimals", 2)
    (Decimal('0.0227'), Decimal('0.13'))
    """
    if unit == "significant_digits":
        return Context(prec=digits, rounding=ROUND_HALF_UP).plus(value)
    return value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP, Context(prec=400))


def as_decimal(value):
    """Return a number as the decimal that a person would read: the float 0.1 is 0.1."""
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return Decimal(str(value))


def check_digits(symbol, digits):
    """Raise NetworkError unless digits is a text such as "0.0227", the digits published for a symbol."""
    Symbol.parse(symbol)
    if not (isinstance(digits, str) and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", digits)):
        raise NetworkError(f'the published {symbol} must be digits in quotation marks such as "0.0227", not {digits}')
