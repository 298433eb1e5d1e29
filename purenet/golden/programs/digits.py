"""What the digits of a report tell: how far each number is known, and of which float types the numbers may be.

A number printed with a last place of 10^−d is known to half a unit of that place, its own unit. Programs may have dropped
zeros (0.25 for 0.250000): the longest numbers of the report show to which unit its other numbers would then be known.
"""

import math
import struct
from decimal import Decimal

from purenet.arithmetic.bounded import FLOAT_TYPES

STRUCT_FORMATS = {"float32": "f", "float16": "e"}  # of struct
SHORTEST = {"float32": 9, "float16": 5}  # digits that give back any number of the type
CHANCE = 1e-6  # of an accident, below which digits prove a float type
FEWEST = 6  # significant digits that tell a right number from a wrong one
SMALLEST_UNIT = -6  # the last place that does so too, where
FEWEST_OF_A_ROW = 3  # the largest number of the row has so many significant digits up to it
MOST = 17  # significant digits that tell all float64 apart
SHORTEST_FLOAT = 15  # digits that most float64 have at least, printed with as few as give them back
DROPPED = 2  # digits that a number of a report which drops zeros may lack: one in 1,000 lacks more


class Digits:
    """The digits of all numbers of a report; `given` are the sizes of the numbers that its case gives, as floats.

    decimals     F, the most digits after the point
    significant  G, the most significant digits, at most 17
    drops        whether the report drops zeros at the end: then 0.25 may be as exact as its other numbers
    """

    def __init__(self, numbers, given=()):
        self.given = given
        printed = [number for number in numbers if isinstance(number, Decimal) and number.is_finite()]
        self.decimals = max((-last_place(number) for number in printed), default=0)
        self.significant = min(MOST, max((significant(number) for number in printed), default=0))
        full = [self.is_full(number) for number in printed if not self.is_plain(number)]
        self.drops = self.significant >= FEWEST and len(full) >= 3 and 4 * full.count(True) >= 3 * len(full)

    def is_full(self, number):
        """Return whether a number has about as many digits as the longest ones."""
        return significant(number) >= self.significant - DROPPED or -last_place(number) >= self.decimals - DROPPED

    def is_plain(self, number):
        """Return whether a short number is one that programs hold as it is: given by the case, or a multiple of ⅛."""
        has_zeros = last_place(number) < -1 and number.as_tuple().digits[-1] == 0  # written, so none were dropped
        size = abs(float(number))
        return not has_zeros and significant(number) < MOST and (size in self.given or (8 * size).is_integer())

    def unit(self, number):
        """Return the unit of the last place to which a number is certainly known; 0 for a float, which is exact.

        Numbers that stayed as they were given are what forgotten updates leave: a report that prints its others in full
        and drops zeros has printed these in full too. So have programs that print the shortest digits that give a float
        back, 15 to 17 for most. Any other short number may have been rounded to what it is.
        """
        if isinstance(number, Decimal) and self.drops and (self.significant >= SHORTEST_FLOAT or self.is_plain(number)):
            return self.strict_unit(number)
        return own_unit(number)

    def strict_unit(self, number):
        """Return the unit to which a number is known if it is printed like the longest ones, less zeros at its end."""
        if not isinstance(number, Decimal):
            return Decimal(0)
        if -last_place(number) >= self.decimals or significant(number) >= self.significant:
            return own_unit(number)
        if not number:
            return Decimal(0) if self.drops else unit_at(-self.decimals)
        return unit_at(max(-self.decimals, number.adjusted() - self.significant + 1))


def last_place(number):
    return number.as_tuple().exponent


def significant(number):
    """Return how many significant digits a Decimal is printed with."""
    return len(number.as_tuple().digits)


def unit_at(place):
    return Decimal(1).scaleb(place)


def own_unit(number):
    """Return the unit of the last place of a number as it is printed; 0 for a float, which is exact."""
    return unit_at(last_place(number)) if isinstance(number, Decimal) else Decimal(0)


def are_telling(unit, number, largest):
    """Return whether the digits of a number down to a unit tell right from wrong; `largest` is that of its row."""
    place = unit.adjusted()
    if not unit or (number and number.adjusted() - place >= FEWEST - 1):
        return True
    return place <= SMALLEST_UNIT and bool(largest) and largest.adjusted() - place >= FEWEST_OF_A_ROW - 1


def possible_types(numbers):
    """Return the float types that numbers may be of, the likeliest first: float64, or float32 where the digits prove it.

    Others follow where the numbers may be of them as well. As float16 tolerates most, its digits must be proved too.
    """
    finite = {as_printed(number).copy_abs() for number in numbers if math.isfinite(number)}
    narrow = [name for name in STRUCT_FORMATS if finite and all(could_be(number, name) for number in finite)]
    proved = [name for name in narrow if chance(finite, name) < CHANCE]
    if "float32" in proved:
        return ["float32"]
    return ["float64", *(name for name in narrow if name == "float32" or name in proved)]


def as_printed(number):
    """Return a number as a Decimal, with the digits that it is printed with."""
    return number if isinstance(number, Decimal) else Decimal(repr(number))


def could_be(number, dtype):
    """Return whether a number is one of a float type, as it is printed."""
    near = as_type(number, dtype)
    number = as_printed(number)
    return math.isfinite(near) and 2 * abs(Decimal(near) - number) <= own_unit(number)


def chance(numbers, dtype):
    """Return how likely random numbers of so many digits are all those of a float type.

    Numbers of few bits, such as 0.625, are in every type and show nothing.
    """
    type, likely = FLOAT_TYPES[dtype], 1.0
    for number in numbers:
        mantissa, exponent = math.frexp(number)
        if not math.ldexp(mantissa, type.precision // 2).is_integer():
            spacing = max(math.ldexp(1.0, exponent - type.precision), float(type.smallest))
            likely *= min(1.0, float(own_unit(number)) / spacing)
    return likely


def as_type(number, dtype):
    """Return a number rounded to a float type."""
    number = float(number)
    if not math.isfinite(number):
        return number
    try:
        return struct.unpack(STRUCT_FORMATS[dtype], struct.pack(STRUCT_FORMATS[dtype], number))[0]
    except OverflowError:
        return math.copysign(math.inf, number)


def identified(number, dtype):
    """Return a number as one of a float type, if it is printed with the digits that identify it; otherwise as it is."""
    if dtype not in STRUCT_FORMATS or (isinstance(number, Decimal) and significant(number) < SHORTEST[dtype]):
        return number
    return as_type(number, dtype)
