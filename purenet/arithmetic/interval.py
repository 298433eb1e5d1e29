"""Numbers with a proof: each is an interval of decimals that is certain to hold the true value.

Run the core on intervals, and each result encloses the exact one for the exact decimals that went in, whatever the
rounding in between. Bounds are rounded outward; decimal's exp and ln are correctly rounded, so the next
number on either side encloses them.

>>> third = Interval(1) / 3
>>> third.low < third.high, third.digits(10), third.nearest_float()
(True, '0.3333333333', 0.3333333333333333)
"""

from contextlib import contextmanager
from decimal import MAX_EMAX, MIN_EMIN, ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from numbers import Number

from purenet.errors import NetworkError

PRECISION = 60  # significant digits of the bounds: enough to prove 40 after some hundred operations
DOWN = Context(prec=PRECISION, rounding=ROUND_FLOOR, Emax=MAX_EMAX, Emin=MIN_EMIN)
UP = Context(prec=PRECISION, rounding=ROUND_CEILING, Emax=MAX_EMAX, Emin=MIN_EMIN)
EXACT = Context(prec=2200)  # digits in which sums and differences of floats written out are exact


@contextmanager
def precision(digits):
    """Give bounds more significant digits, or fewer, inside a `with` statement."""
    before = DOWN.prec
    DOWN.prec = UP.prec = digits
    try:
        yield
    finally:
        DOWN.prec = UP.prec = before


class Interval:
    """The numbers from `low` to `high`, two Decimals; one argument alone is exact.

    A comparison whose answer differs within the interval raises NetworkError: the bounds are then too far apart to
    know, as at the corner of a ReLU.
    """

    __slots__ = ("low", "high")
    __hash__ = None

    def __init__(self, low, high=None):
        """Take Decimals, ints, floats or decimal texts, all of them exactly; raise NetworkError for others."""
        self.low = exact(low)
        self.high = self.low if high is None else exact(high)
        if not self.low <= self.high:
            raise NetworkError(
                f"an interval must not end, at {brief(self.high)}, before it begins, at {brief(self.low)}"
            )

    def __add__(self, other):
        other = interval(other)
        return Interval(DOWN.add(self.low, other.low), UP.add(self.high, other.high))

    __radd__ = __add__

    def __neg__(self):
        return Interval(self.high.copy_negate(), self.low.copy_negate())

    def __sub__(self, other):
        other = interval(other)
        return Interval(DOWN.subtract(self.low, other.high), UP.subtract(self.high, other.low))

    def __rsub__(self, other):
        return interval(other) - self

    def __mul__(self, other):
        other = interval(other)
        pairs = [(a, b) for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(DOWN.multiply(a, b) for a, b in pairs), max(UP.multiply(a, b) for a, b in pairs))

    __rmul__ = __mul__

    def __truediv__(self, other):
        other = interval(other)
        if other.low <= 0 <= other.high:
            raise NetworkError(
                f"cannot divide by an interval that holds 0, from {brief(other.low)} to {brief(other.high)}"
            )
        pairs = [(a, b) for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(DOWN.divide(a, b) for a, b in pairs), max(UP.divide(a, b) for a, b in pairs))

    def __rtruediv__(self, other):
        return interval(other) / self

    def __abs__(self):
        if self.low >= 0:
            return self
        return -self if self.high <= 0 else Interval(0, max(self.low.copy_abs(), self.high))

    def __pow__(self, exponent):
        """Return a power with a whole exponent of at least 1."""
        return repeated_product(self, exponent)

    def sqrt(self):
        """Return √x; decimal's is correctly rounded. Below 0, where bounds of a number like 0² may be, it is taken as 0."""
        if self.high < 0:
            raise NetworkError(f"the square root of an interval up to {brief(self.high)} does not exist")
        low = max(self.low, Decimal(0))
        return Interval(low and DOWN.next_minus(DOWN.sqrt(low)), UP.next_plus(UP.sqrt(self.high)) if self.high else 0)

    def exp(self):
        """Return e^x; e^0 is exactly 1, but the proofs of the first try keep the digits in which they are published."""
        if self.low == self.high == 0 and DOWN.prec > PRECISION:
            return Interval(1)
        return Interval(DOWN.next_minus(DOWN.exp(self.low)), UP.next_plus(UP.exp(self.high)))

    def log(self):
        if self.low <= 0:
            raise NetworkError(f"the logarithm of an interval from {brief(self.low)} does not exist")
        return Interval(DOWN.next_minus(DOWN.ln(self.low)), UP.next_plus(UP.ln(self.high)))

    def tanh(self):
        """Return tanh x = 1 − 2 / (e^2x + 1): x appears in it once, so the bounds do not grow apart."""
        return 1 - 2 / ((2 * self).exp() + 1)

    def hundredth(self):
        return Interval("0.01")

    # comparison, where the answer is the same for all numbers in the intervals

    def __eq__(self, other):
        other = interval(other)
        if self is other or self.low == self.high == other.low == other.high:
            return True
        if self.high < other.low or other.high < self.low:
            return False
        raise undecided(self, other)

    def __lt__(self, other):
        other = interval(other)
        if self.high < other.low:
            return True
        if self.low >= other.high:
            return False
        raise undecided(self, other)

    def __gt__(self, other):
        return interval(other) < self

    def __le__(self, other):
        return not interval(other) < self

    def __ge__(self, other):
        return not self < other

    @property
    def middle(self):
        """The number half-way between the bounds, exactly."""
        return EXACT.divide(EXACT.add(self.low, self.high), 2)

    # proved digits

    def digits(self, number):
        """Return the true value to so many significant digits, within one unit of the last, if that is proved."""
        bounds = {
            str(Context(prec=number, Emax=MAX_EMAX, Emin=MIN_EMIN).plus(bound)) for bound in (self.low, self.high)
        }
        if len(bounds) > 1:
            low, high = map(Decimal, bounds)
            exponent = max(low.adjusted(), high.adjusted()) - number + 1
            if self.low < 0 < self.high or abs(high - low) > Decimal(1).scaleb(exponent):
                raise NetworkError(
                    f"the bounds {brief(self.low)} and {brief(self.high)} are too far apart to prove {number} digits"
                )
        return min(bounds)

    def nearest_float(self):
        """Return the float nearest to the true value; raise NetworkError if the bounds leave two to choose from."""
        if float(self.low) != float(self.high):
            raise NetworkError(f"the bounds {brief(self.low)} and {brief(self.high)} lie nearest to different floats")
        return float(self.low)

    def __str__(self):
        """Return the number in short, as messages show it."""
        return brief(self.middle)

    def __repr__(self):
        return f"Interval({str(self.low)!r}" + ("" if self.low == self.high else f", {str(self.high)!r}") + ")"


Number.register(Interval)


def repeated_product(number, times):
    """Return the product of a number with itself, so many times."""
    product = number
    for _ in range(times - 1):
        product = product * number
    return product


def interval(value):
    """Return a number as an interval; an interval as it is."""
    return value if isinstance(value, Interval) else Interval(value)


def exact(value):
    """Return a number, or the text of one, as the Decimal that is exactly equal to it."""
    if type(value) is Decimal:  # most are
        return value
    if isinstance(value, bool) or not isinstance(value, (int, float, str, Decimal)):
        raise NetworkError(f"an interval is made of Decimals, ints, floats or decimal texts, not of {value!r}")
    try:
        return Decimal(value)
    except ArithmeticError:
        raise NetworkError(f"{value!r} is not a decimal number") from None


def undecided(one, other):
    """Return the error for a comparison that the bounds leave open."""
    one, other = (brief(number.low) for number in (one, other))
    return NetworkError(f"the bounds are too far apart to compare a number near {one} with one near {other}")


def brief(number):
    """Return a Decimal for a message, to six digits."""
    return f"{number or 0:.6g}"
