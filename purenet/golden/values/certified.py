"""Certified values as a case holds them, and how far a number is from one."""

from decimal import Decimal

from purenet.arithmetic.bounded import FLOAT_TYPES, UNKNOWN
from purenet.arithmetic.interval import EXACT
from purenet.errors import NetworkError
from purenet.trace.quantities import quantities


class Certified:
    """One certified quantity: lists of true values (Decimal), of nearest floats, and of tolerances of each float type."""

    def __init__(self, entry):
        self.name = entry["name"]
        self.shape = tuple(entry["shape"])
        self.true = [Decimal(text) for text in entry["true"]]
        self.f64 = [None if value is None else float(value) for value in entry["f64"]]
        self.hex = entry["hex"]
        self.tolerance = entry["tolerance"]
        self.check()

    def check(self):
        """Raise ValueError unless there is one of everything for each number."""
        size = 1
        for length in self.shape:
            size *= length
        tolerances = [self.tolerance[name] for name in FLOAT_TYPES]
        if any(len(numbers) != size for numbers in (self.true, self.f64, self.hex, *tolerances)):
            raise ValueError("not as many numbers as the shape says")
        known = self.true + [decimal(tolerance) for row in tolerances for tolerance in row if tolerance is not None]
        if not all(number.is_finite() for number in known):
            raise ValueError("not finite")


def certified_values(case):
    """Return the certified values of a case by name; raise NetworkError if it has none."""
    if not case.certified:
        moves = case.learning_rate is not None
        hint = "`purenet golden generate` makes them" if moves else "it has no learning_rate, so there is no training"
        raise NetworkError(f"{case.id} has no certified values: {hint}")
    try:
        found = {entry["name"]: Certified(entry) for entry in case.certified}
        if {name: entry.shape for name, entry in found.items()} != {each.name: each.shape for each in quantities(case)}:
            raise KeyError("name")
    except (KeyError, TypeError, ValueError, ArithmeticError):
        raise NetworkError(f"the certified values of {case.id} are not complete: generate them again") from None
    return found


def finite(number):
    return decimal(number).is_finite()


def ratio_of(number, true, room):
    """Return the distance of a number from the true one, in tolerances."""
    if not finite(number):
        return UNKNOWN
    distance = abs(EXACT.subtract(decimal(number), true))
    if distance == 0:
        return Decimal(0)
    return distance / room if room else UNKNOWN


def decimal(number):
    """Return a reported number as a Decimal, exactly."""
    return number if isinstance(number, Decimal) else Decimal(number)
