"""Check numbers that a person computed with a pencil, rounding each one before going on.

No fixed tolerance can grade them: who rounds each number to four places is a unit or more away from the rounded results of
exact arithmetic soon. So a number is right if it follows, within one unit of its last place, from the person's own numbers
before it: an error is carried forward and counted once. A number that was left out is between half a unit more and less
than what follows. Read check.py first.
"""

import difflib
from collections import namedtuple
from decimal import Decimal
from functools import cached_property, partial

from purenet.arithmetic.bounded import FLOAT_TYPES
from purenet.arithmetic.interval import PRECISION, Interval, interval, precision
from purenet.arithmetic.notation import ASCII, Symbol
from purenet.arithmetic.other_names import is_symbol
from purenet.arithmetic.pencil import Pencil
from purenet.errors import NetworkError, quoted
from purenet.golden.diagnosis.check import Check, CheckedQuantity
from purenet.golden.mistakes import CATALOGUE
from purenet.golden.mistakes.detection import difference
from purenet.golden.mistakes.mistake import Together
from purenet.golden.programs.digits import own_unit
from purenet.golden.programs.reported import BY_HAND, LAYOUTS, Values
from purenet.golden.values.certified import decimal, finite
from purenet.golden.values.certify import Enclosures
from purenet.trace.case_run import CaseRun
from purenet.trace.quantities import quantities

MOST_REASONS = 3  # in a sentence
UNWRITTEN = ("output_gradient",)  # by hand: ∂E/∂y is part of the formula of δ
OF_PROGRAMS = """
    convention-weights-transposed weighted-sum-missing weighted-sum-not-cleared weights-flat-order-swapped aliased-weight-rows
    in-place-activation softmax-no-max-shift softmax-max-over-batch sigmoid-naive-exp sigmoid-from-table integer-storage float32
    constants-in-float32 given-numbers-in-float32 epsilon-inside-log epsilon7-inside-log epsilon8-inside-log
    epsilon12-inside-log probability-clipped-at-epsilon probability-clipped-at-epsilon7 log-of-zero one-hot-off-by-one
    labels-shuffled-apart slope-of-clipped-output rounded-output-error bias-column-misaligned gradient-is-dot-product
    aliased-gradient-rows gradients-not-reset gradients-not-reset-sums gradients-not-reset-divided-again partial-batch-dropped
    layers-updated-in-forward-order
""".split()  # mistakes in how numbers are kept and read, which nobody makes with a pencil


class HandCheck(Check):
    """A check of numbers that were rounded by a `Pencil`, each from those before it; `ratio` is in units of the last place.

    `printed` are the `Values` that a worksheet shows, where it does: the others follow from them, and they are not checked. `asked`
    are the symbols that it asks for, by default all that are not printed.
    """

    is_by_hand = True

    def __init__(self, case, values, pencil, printed=None, asked=None):
        self.asked_symbols = asked
        self.case, self.values, self.pencil, self.printed = case, values, pencil, printed
        self.types = [FLOAT_TYPES["float64"]]
        self.type = self.types[0]
        self.rows = [CheckedQuantity(quantity, None) for quantity in self.quantities()]
        expected = hand_run(case, pencil, self.own_numbers(decimal)).values
        for row in self.rows:
            row.by_itself = [
                value if value is None else interval(value) for value in expected.get(row.name) or []
            ] or None
            self.compare(row)
        self.sort_rows()
        for row in self.rows:
            row.wrong_here = {"agrees": False, "differs": True}.get(row.verdict)
        self.stages = self.differing

    def quantities(self):
        """Return the quantities that a person writes down, and others that are given.

        Of two with one symbol it is that of the example, and ∂E/∂y is part of the formula of δ.
        """
        named = {quantity.name for quantity, _ in symbols_of(self.case).values() if quantity.kind not in UNWRITTEN}
        return [quantity for quantity in quantities(self.case) if quantity.name in {*named, *self.values.numbers}]

    @property
    def asked(self):
        """The symbols of the numbers that are asked for, each with whether it is given, in order."""
        found = {}
        printed = self.printed.numbers if self.printed else {}
        for row in self.rows:
            for place, number in enumerate(self.numbers(row)):
                symbol = row.quantity.symbol(place)
                is_printed = printed.get(row.name, [None] * row.quantity.size)[place] is not None
                if number is not None or (
                    not is_printed if self.asked_symbols is None else symbol in self.asked_symbols
                ):
                    found[symbol] = number is not None or found.get(symbol, False)
        return found

    def own_numbers(self, kind=lambda number: number):
        """Return the numbers to compute others from: those that are given, and otherwise those that are printed."""
        own = super().own_numbers(kind)
        for name, numbers in self.printed.numbers.items() if self.printed else ():
            given = own.get(name, [None] * len(numbers))
            pairs = zip(given, numbers)
            own[name] = [number if there is None or number is not None else kind(there) for number, there in pairs]
        return own

    def compare(self, row):
        """Compare a quantity with what follows from the numbers before it."""
        for place, number in enumerate(self.numbers(row)):
            if number is None:
                continue
            expected = row.by_itself and row.by_itself[place]
            if expected is None:
                row.take("no bound", Decimal(0), place)
                continue
            ratio = self.ratio(row, place, number)
            row.take("differs" if ratio > 1 else "agrees", ratio, place)

    def ratio(self, row, place, number):
        """Return by how many units of its last place a number misses what follows from those before it."""
        unit = self.unit(row.quantity, place, number)
        return units_off(decimal(number), row.by_itself[place], unit) if finite(number) else Decimal("Infinity")

    def reasons(self, row, place):
        """Return the mistakes that give one number, and before it all those that are right."""
        sheet = Sheet(self.case, self.pencil)
        sheet.own = {name: list(numbers) for name, numbers in self.own_numbers(decimal).items()}
        sheet.right = {
            (other.name, at)
            for other in self.rows
            for at, number in enumerate(self.numbers(other))
            if number is not None and other.by_itself and self.ratio(other, at, number) <= 1
        }
        printed = self.printed.numbers if self.printed else {}
        sheet.right |= {
            (name, at) for name, row in printed.items() for at, number in enumerate(row) if number is not None
        }
        return sheet.remark_again(row.quantity, place).reasons

    def unit(self, quantity, place, number):
        """Return the unit of the last place of a number as it is written down."""
        return unit_of(self.pencil, quantity.symbol(place), decimal(number))

    def room(self, row, place, number, type):
        """Return by how much a number may differ from what follows from those before it: one unit."""
        return float(self.unit(row.quantity, place, number))

    def predicted(self, mistakes, type):
        """Return what a program with mistakes makes of the own numbers before each, as intervals by the names of quantities."""
        return hand_run(self.case, self.pencil, self.own_numbers(decimal), Together(mistakes)).values


def hand_run(case, pencil, own, program=Enclosures(), hear=None):
    """Return the run of a case on intervals, each number from a person's own numbers before it."""
    with precision(PRECISION):
        return CaseRun(case, program, Interval, hear, partial(widened, pencil), own, Interval, partial(moved, pencil))


def unit_of(pencil, symbol, number):
    """Return the unit of the last place of a number as it is written down, by a rule of the pencil or as it is."""
    return pencil.unit(symbol, number) or own_unit(number)


def room_of(expected, unit):
    """Return by how much a wrong number may differ from the one that a mistake gives: as much as right ones may."""
    return float(unit + (expected.high - expected.low) / 2)


def units_off(number, expected, unit):
    """Return by how many units a number is outside an interval."""
    return max(expected.low - number, number - expected.high, Decimal(0)) / unit


def widened(pencil, quantity, place, value):
    """Return a number that was left out, as an interval: it may have been rounded in any way."""
    return as_rounded(pencil, quantity.symbol(place), interval(value))


def as_rounded(pencil, symbol, value):
    unit = pencil.unit(symbol, max(abs(value.low), abs(value.high)))
    return value if unit is None else Interval(value.low - unit / 2, value.high + unit / 2)


def moved(pencil, before, after):
    """Return by how much a weight has moved, from two numbers that may both have been rounded."""
    return as_rounded(pencil, Symbol("w"), interval(after)) - as_rounded(pencil, Symbol("w"), interval(before))


class Reached(Exception):
    """The number that was asked for is computed; it is the argument."""


class Remark(namedtuple("Remark", "symbol number expected off reasons unit")):
    """What is said of a number that somebody wrote down.

    expected   what follows from the numbers before it, as it would be written
    off        by how many units of the last place it misses that
    reasons    the mistakes that give this number, if it is wrong; it may be one of them, or another slip
    unit       the unit of the last place that it should have
    """

    @property
    def is_right(self):
        return self.off <= 1

    @property
    def is_short(self):
        """Whether it is right to its own digits, and these are fewer than it should have."""
        own = own_unit(self.number)
        return not self.is_right and own > self.unit and self.off * self.unit <= own

    @property
    def words(self):
        """The same in a sentence or two."""
        if self.is_right:
            return f"{self.symbol} = {self.number} is right."
        if self.is_short:
            return f"{self.symbol} = {self.number} has too few digits: it should have those of {self.expected}."
        words = f"{self.symbol} = {self.number} is not right: {self.expected} follows from the numbers before it."
        may_be = " Or this: ".join(mistake.sentence for mistake in self.reasons[:MOST_REASONS])
        return words + (f" It may be this: {may_be}" if may_be else "")


class Sheet:
    """A sheet on which somebody computes a case by hand, one number after another, each rounded before going on.

    >>> from purenet.cases import load_case
    >>> sheet = Sheet(load_case("2x2x1"), 4)
    >>> sheet.write("y_j1", "0.7311").is_right, sheet.write("y_j2", "0.7311").is_right, sheet.write("δ_k1", "0.2311").is_right
    (True, True, True)
    >>> answer = sheet.write("δ_j1", "0.1156")
    >>> answer.is_right, answer.expected, [mistake.id for mistake in answer.reasons]
    (False, Decimal('0.0227'), ['hidden-derivative-missing'])
    """

    def __init__(self, case, rounding):
        """Take a case, and how numbers are rounded: to so many decimals, by rules as in a case file, or by a `Pencil`."""
        self.case = case
        self.pencil = rounding if isinstance(rounding, Pencil) else Pencil(rounding)
        self.symbols = symbols_of(case)
        self.own, self.right = {}, set()

    def write(self, name, digits):
        """Write a number down, a text of digits, and return the `Remark`; raise NetworkError for an unknown name."""
        (symbol, quantity, place), number = self.find(name), as_number(digits)
        self.set(quantity, place, None)
        remark = self.remark(symbol, number, quantity, place)
        self.set(quantity, place, number)
        (self.right.add if remark.is_right else self.right.discard)((quantity.name, place))
        return remark

    def find(self, name):
        """Return the symbol of a number, its quantity and its place; raise NetworkError for an unknown name."""
        symbol = Symbol.parse(name)
        if symbol not in self.symbols and symbol.example is None:
            symbol = Symbol(symbol.base, symbol.subscript, symbol.after, 1)
        if symbol not in self.symbols:
            some = ", ".join(map(str, list(self.symbols)[:3]))
            raise NetworkError(f"{name} is no number that {self.case.id} computes, such as {some}")
        return symbol, *self.symbols[symbol]

    def remark_again(self, quantity, place):
        """Return the remark on a number that is on the sheet."""
        return self.write(str(quantity.symbol(place)), self.own[quantity.name][place])

    def set(self, quantity, place, number):
        self.own.setdefault(quantity.name, [None] * quantity.size)[place] = number

    def remark(self, symbol, number, quantity, place):
        """Return what is said of a number, from those that were written before."""
        expected = self.expected(quantity, place)
        unit = unit_of(self.pencil, symbol, number)
        off, room = units_off(number, expected, unit), room_of(expected, unit)
        remark = Remark(symbol, number, self.pencil.write(symbol, expected.middle), off, [], unit)
        if remark.is_right or remark.is_short:
            return remark
        wrong = self.wrong_numbers(quantity, place)
        return remark._replace(reasons=[each for each, value in wrong if abs(value - float(number)) <= room])

    def expected(self, quantity, place):
        """Return what follows from the numbers before one, an interval."""

        def hear(heard, at, value):
            if heard.name == quantity.name and at == place:
                raise Reached(interval(value))

        try:
            run = hand_run(self.case, self.pencil, self.own, hear=hear)
        except Reached as reached:
            return reached.args[0]
        raise NetworkError(f"{quantity.symbol(place)} cannot be computed from these numbers: {run.stopped}")

    def all_expected(self):
        """Yield the symbol of each number that follows from those written, and the number, an interval."""
        values = hand_run(self.case, self.pencil, self.own).values
        for symbol, (quantity, place) in self.symbols.items():
            numbers = values.get(quantity.name)
            if numbers is not None and numbers[place] is not None:
                yield symbol, interval(numbers[place])

    @cached_property
    def candidates(self):
        """The mistakes that a person can make and the case can show, as far as that is known."""
        blind = {*self.case.blind_to, *OF_PROGRAMS}
        return [mistake for mistake in CATALOGUE.values() if mistake.id not in blind]

    def wrong_numbers(self, quantity, place):
        """Yield pairs of a mistake and the number that it gives in a place, a float, if it gives those that are right."""
        for mistake in self.candidates:
            value = self.wrong_number(mistake, quantity, place)
            if value is not None:
                yield mistake, value

    def wrong_number(self, mistake, quantity, place):
        """Return the number that a mistake gives; None if it does not get there, or gives others than are right before it."""

        def hear(heard, at, value):
            if heard.name == quantity.name and at == place:
                raise Reached(float(value))
            if (heard.name, at) in self.right:
                own = self.own[heard.name][at]
                if abs(float(value) - float(own)) > 2 * float(unit_of(self.pencil, heard.symbol(at), own)):
                    raise Reached(None)

        try:
            CaseRun(self.case, mistake, float, hear, None, self.own, float, difference)
        except Reached as reached:
            return reached.args[0]
        return None


def hand_check(case, data, pencil, dtype=None, layout=LAYOUTS[0], where="the values"):
    """Return the `HandCheck` of data of a file, with names of quantities or printed symbols; a name may have no number.

    Raises NetworkError naming the first name or number that does not fit the case.
    """
    if not isinstance(data, dict) or "values" not in data:
        return HandCheck(case, Values(case, sheet_data(case, data), dtype, layout, where), pencil)
    given = {name: numbers for name, numbers in data["values"].items() if numbers != []}
    data, printed, asked = {**data, "values": given}, data.get("printed"), data.get("asked")
    for name in given:
        check_name(case, name, where)
    data = {
        name: data[name]
        for name in data
        if name not in ("printed", "asked") and (name, data[name]) != ("dtype", BY_HAND)
    }
    values = Values(case, sheet_data(case, data), dtype, layout, where)
    if printed is not None:
        printed = Values(case, {"values": sheet_data(case, printed)}, dtype, layout, where)
    asked = None if asked is None else {Symbol.parse(name) for name in asked}
    return HandCheck(case, values, pencil, printed, asked)


def check_name(case, name, where):
    """Raise NetworkError for the name of a number that a case does not compute, with the one that may be meant."""
    known = {symbol.text: symbol for symbol in symbols_of(case)}
    if "." in name or "/" in name or (is_symbol(name) and Symbol.parse(name) in known.values()):
        return
    near = difflib.get_close_matches(name, [*known, *map(ASCII.symbol, known.values())], 1, 0.5)
    hint = f": did you mean {near[0]}?" if near else f"; its first is {next(iter(known))}"
    raise NetworkError(f"{where}: there is no number {name} on this sheet{hint}")


def is_said_by_hand(data):
    """Return whether data of a file say that a person computed the numbers."""
    return isinstance(data, dict) and "values" in data and data.get("dtype") == BY_HAND


def as_number(digits):
    """Return digits, a text or a number, as a Decimal; raise NetworkError if they are none."""
    try:
        number = Decimal(str(digits).strip().replace("−", "-"))
    except ArithmeticError:
        raise NetworkError(f"{quoted(digits)} is not a number") from None
    if not number.is_finite():
        raise NetworkError(f"{quoted(digits)} is not a number")
    return number


def sheet_data(case, data):
    """Return the data of a file with names of quantities for those that are printed symbols, δ_j1 or delta_j1.

    Raises NetworkError where a number is given by two names.
    """
    if not isinstance(data, dict):
        return data
    if "values" in data:
        return {**data, "values": sheet_data(case, data["values"])}
    known, found = symbols_of(case), {}
    for name, value in data.items():
        quantity, place = known.get(Symbol.parse(name), (None, 0)) if is_symbol(name) else (None, 0)
        if quantity is None:
            found[name] = value
            continue
        numbers = found.setdefault(quantity.name, [None] * quantity.size)
        if quantity.name in data or numbers[place] is not None:
            raise NetworkError(f"{quoted(name)} is given twice, by this name and another")
        (numbers[place],) = value if isinstance(value, list) and len(value) == 1 else [value]
    return found


def symbols_of(case):
    """Return the quantities and places that printed symbols name; where two have one name, that of the example."""
    found = {}
    for quantity in quantities(case):
        for place in range(quantity.size):
            found.setdefault(quantity.symbol(place), (quantity, place))
    return found
