"""Numbers with a bound on the rounding error that any sensible program may make in computing them.

Run the core on bounded numbers of a float type, and each result carries the exact value (an interval) and a bound: how
far from it a program of that type may be, in whatever order it adds, with or without fused multiply-add. The rules, with
u half the distance from 1 to the next float (Higham, Accuracy and Stability of Numerical Algorithms, chapters 2 to 4):

    given      u·|x| if the type cannot hold x
    product    |a|·e_b + |b|·e_a + e_a·e_b, and u times the result, or, where a factor is a sum, u times the product of
               the sizes of the terms: a program may multiply them one by one; a quotient likewise, and if all is exact
               before it, γ_n·Σ|term| too: a program may multiply each term by 1/b, rounded, and add afterwards
    sum        the errors of its n terms, and γ_n·Σ|term| with γ_n = n·u / (1 − n·u), which holds for every order
    e^x        y·(e^e_x − 1), which is at most y·e_x/(1 − e_x), and K·u·y/(1 − e_x); K is the error of a
               library's functions: a few units in the last place
    ln x       e, the most that −ln(1 − e_x/x) can be, and K·u·(|ln x| + e)
    tanh x     e_x, since its slope is at most 1, and K·u; nothing where x is 0
    √x         e_x/√x, and at most √e_x, and K·u·√x, since some programs divide by a root where others take the root
               of a quotient; nothing where x is 0
    x^t        that of t − 1 products, and K·u·x^t, as programs call a function of the library

and the smallest number of the type wherever a result may underflow. Nothing is added where the result is exact: a
product, or a sum in every order, that the type can hold.

>>> float64 = FLOAT_TYPES["float64"]
>>> half, tenth = Bounded.given("0.5", float64), Bounded.given("0.1", float64)
>>> (half + half).error == 0, 1e-17 < (tenth + tenth).error < 1e-16
(True, True)
"""

import functools
from decimal import MAX_EMAX, MIN_EMIN, ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from numbers import Number

from purenet.arithmetic.interval import interval, repeated_product

UP = Context(prec=12, rounding=ROUND_CEILING, Emax=MAX_EMAX, Emin=MIN_EMIN)  # a bound needs few digits, rounded up
DOWN = Context(prec=12, rounding=ROUND_FLOOR, Emax=MAX_EMAX, Emin=MIN_EMIN)  # its divisors, rounded down
UNKNOWN = Decimal("Infinity")  # the error where there is no bound


class FloatType:
    """A binary floating-point type: `precision` bits, the smallest and largest positive numbers, and K of its library."""

    def __init__(self, name, precision, smallest_exponent, largest_exponent, library):
        self.name = name
        self.precision = precision
        self.unit = UP.divide(1, 2**precision)
        self.smallest = UP.power(2, smallest_exponent)
        self.largest = DOWN.multiply(DOWN.subtract(1, self.unit), DOWN.power(2, largest_exponent))
        self.library_error = UP.multiply(library, self.unit)

    def gamma(self, terms):
        """Return γ_n = n·u / (1 − n·u), the relative error of adding n terms in any order."""
        share = UP.multiply(terms, self.unit)
        return UP.divide(share, DOWN.subtract(1, share))

    def __repr__(self):
        return self.name


FLOAT_TYPES = {
    kind.name: kind
    for kind in (
        FloatType("float64", 53, -1074, 1024, 8),
        FloatType("float32", 24, -149, 128, 10),
        FloatType("float16", 11, -24, 16, 4),
    )
}


class Bounded:
    """An exact value, an interval, and `error`: how far from it a program's result may be.

    A number that is a sum so far knows its terms: how many, and the sum of their sizes. `grid` is g where the number is
    exactly a multiple of 2^−g, which shows which sums of such numbers are exact; otherwise None.
    """

    __slots__ = ("type", "exact", "carried", "size", "terms", "grid", "logarithm")
    __hash__ = None

    def __init__(self, type, exact, carried, size=None, terms=1, grid=None):
        self.type = type
        self.exact = exact
        self.carried = carried
        self.size = UP.add(largest(exact), carried) if size is None else size
        self.terms = terms
        self.grid = grid
        self.logarithm = None
        if self.size > type.largest or carried == UNKNOWN:  # the type may overflow here, or divide by 0: no bound
            self.carried, self.grid = UNKNOWN, None

    @classmethod
    def given(cls, value, type):
        """Return a given number, which a program of the type holds rounded to it."""
        exact = interval(value)
        grid = grid_of(exact, type)
        rounding = UP.add(UP.multiply(type.unit, largest(exact)), type.smallest)
        return cls(type, exact, rounding if grid is None else Decimal(0), grid=grid)

    @classmethod
    def held(cls, value, type):
        """Return a number that a program holds, without error."""
        exact = interval(value)
        return cls(type, exact, Decimal(0), grid=grid_of(exact, type))

    @property
    def error(self):
        if self.terms == 1 or self.is_exact:
            return self.carried
        return UP.add(self.carried, UP.multiply(self.type.gamma(self.terms), self.size))

    @property
    def is_exact(self):
        """Return whether the type holds the number, and every partial sum of it in any order, without error."""
        if self.grid is None or power_of_two(-self.grid) < self.type.smallest:
            return False
        return UP.multiply(self.size, power_of_two(self.grid)) <= 2**self.type.precision

    def like(self, other):
        """Return another number of this type; a plain one is exact."""
        return other if isinstance(other, Bounded) else constant(other, self.type)

    def __add__(self, other):
        other = self.like(other)
        for one, zero in ((self, other), (other, self)):
            if zero.size == 0:
                return one
        grid = None if self.grid is None or other.grid is None else max(self.grid, other.grid)
        result = Bounded(
            self.type,
            self.exact + other.exact,
            UP.add(self.carried, other.carried),
            UP.add(self.size, other.size),
            self.terms + other.terms,
            grid,
        )
        if grid is not None and not result.is_exact:
            result.grid = None
        return result

    __radd__ = __add__

    def __neg__(self):
        return Bounded(self.type, -self.exact, self.carried, self.size, self.terms, self.grid)

    def __sub__(self, other):
        return self + -self.like(other)

    def __rsub__(self, other):
        return -self + other

    def __mul__(self, other):
        other = self.like(other)
        if self.size == 0 or other.size == 0:
            return Bounded.held(0, self.type)
        exact, size = self.exact * other.exact, UP.multiply(self.size, other.size)
        if self.is_exact and other.is_exact:
            product = Bounded(self.type, exact, Decimal(0), size, grid=self.grid + other.grid)
            if product.is_exact:
                return product
        a, b, error_a, error_b = largest(self.exact), largest(other.exact), self.error, other.error
        error = UP.add(UP.add(times(a, error_b), times(b, error_a)), times(error_a, error_b))
        return self.result(exact, error, size)

    __rmul__ = __mul__

    def __truediv__(self, other):
        other = self.like(other)
        exact = self.exact / other.exact
        own_error = self.error
        if self.is_exact and other.is_exact:
            if is_power_of_two(other.exact.low):
                return self * Bounded.held(exact_inverse(other.exact.low), self.type)
            own_error = UP.multiply(self.type.gamma(self.terms), self.size)
        room = DOWN.subtract(smallest(other.exact), other.error)
        error = UNKNOWN
        if room > 0:
            error = UP.divide(UP.add(own_error, times(largest(exact), other.error)), room)
        result = self.result(exact, error, UP.divide(self.size, room) if room > 0 else UNKNOWN)
        if self.logarithm is not None:
            result.logarithm = self.logarithm - other.log()
        return result

    def __rtruediv__(self, other):
        return self.like(other) / self

    def result(self, exact, error, size=None):
        """Return a result, rounded once more; `size`, where a factor is a sum, is that of its terms one by one."""
        rounding = UP.multiply(self.type.unit, UP.add(largest(exact) if size is None else size, error))
        return Bounded(self.type, exact, UP.add(UP.add(error, rounding), self.type.smallest))

    def __abs__(self):
        return Bounded(self.type, abs(self.exact), self.carried, self.size, self.terms, self.grid)

    def __pow__(self, exponent):
        """Return a power with a whole exponent of at least 1."""
        if exponent == 1:
            return self
        product = repeated_product(self, exponent)
        return product.widened(times(self.type.library_error, largest(product.exact)))

    def sqrt(self):
        if self.size == 0:
            return self
        exact, error = self.exact.sqrt(), self.error
        if error != UNKNOWN:
            error = UP.next_plus(UP.sqrt(self.error))
        if self.error < smallest(self.exact):
            error = UP.divide(self.error, smallest(exact))
        return self.result(exact, UP.add(error, times(self.type.library_error, UP.add(largest(exact), error))))

    def exp(self):
        exact = self.exact.exp()
        share = UNKNOWN
        if self.error < 1:
            share = UP.divide(UP.add(self.error, self.type.library_error), DOWN.subtract(1, self.error))
        result = self.result(exact, times(largest(exact), share))
        result.logarithm = self
        return result

    def log(self):
        """Return ln x. Where x = e^a / b is near 0, the bound is that of a − ln b, which programs compute to avoid ln 0."""
        exact = self.exact.log()
        error = UNKNOWN if self.logarithm is None else self.logarithm.error
        if self.error < smallest(self.exact):
            share = UP.divide(self.error, smallest(self.exact))
            if share < 1:
                error = UP.divide(share, DOWN.subtract(1, share))
        return self.result(exact, UP.add(error, times(self.type.library_error, UP.add(largest(exact), error))))

    def tanh(self):
        if self.size == 0:
            return self
        return self.result(self.exact.tanh(), UP.add(self.error, self.type.library_error))

    def hundredth(self):
        return Bounded.given("0.01", self.type)

    def widened(self, more):
        """Return the number with a larger bound."""
        return Bounded(self.type, self.exact, UP.add(self.error, more))

    # comparisons are those of the exact values

    def __eq__(self, other):
        return self.exact == exactly(other)

    def __lt__(self, other):
        return self.exact < exactly(other)

    def __gt__(self, other):
        return self.exact > exactly(other)

    def __le__(self, other):
        return not self > other

    def __ge__(self, other):
        return not self < other

    def __repr__(self):
        return f"<{self.exact.high:.6g} ± {self.error:.1e} in {self.type}>"


Number.register(Bounded)


def is_power_of_two(number):
    numerator, denominator = abs(number).as_integer_ratio()
    return numerator > 0 and numerator & (numerator - 1) == 0 and denominator & (denominator - 1) == 0


@functools.lru_cache(maxsize=1000)
def constant(number, type):
    """Return a number that all programs of a type hold, such as 0, 1 or the learning rate, without error."""
    return Bounded.held(number, type)


@functools.lru_cache(maxsize=None)
def power_of_two(exponent):
    return UP.power(2, exponent)


def exact_inverse(number):
    """Return the inverse of a power of two."""
    numerator, denominator = number.as_integer_ratio()
    return Decimal(denominator if numerator > 0 else -denominator) / abs(numerator)


def times(one, other):
    """Return the product of two bounds, rounded up; 0 is 0 even beside an unknown one."""
    return Decimal(0) if one == 0 or other == 0 else UP.multiply(one, other)


def largest(exact):
    """Return the largest size of the numbers in an interval."""
    return UP.plus(max(exact.low.copy_abs(), exact.high.copy_abs()))


def smallest(exact):
    """Return the smallest size of the numbers in an interval."""
    if exact.low <= 0 <= exact.high:
        return Decimal(0)
    return DOWN.plus(min(exact.low.copy_abs(), exact.high.copy_abs()))


def exactly(number):
    """Return the exact value of a bounded number, and a plain number as it is."""
    return number.exact if isinstance(number, Bounded) else number


def grid_of(exact, type):
    """Return the g for which a number is a multiple of 2^−g, or None if it is not exact or the type cannot hold it."""
    if exact.low != exact.high or abs(exact.low) > type.largest or not may_be_binary(exact.low):
        return None
    numerator, denominator = exact.low.as_integer_ratio()
    if denominator & (denominator - 1):
        return None
    grid = denominator.bit_length() - 1
    while numerator and numerator % 2 == 0:
        numerator, grid = numerator // 2, grid - 1
    return grid if numerator.bit_length() <= type.precision and power_of_two(-grid) >= type.smallest else None


def may_be_binary(number):
    """Return False for a Decimal c·10^−n that is no multiple of a power of two, as 5^n > c; True does not prove it is.

    Written as a fraction to find out, 10^−999999998 would have a denominator of 400 megabytes.
    """
    _, digits, exponent = number.as_tuple()
    return number == 0 or -exponent < 2 * len(digits)  # 5^n > 10^(n/2)
