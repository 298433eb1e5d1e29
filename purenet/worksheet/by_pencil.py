"""A case computed with a pencil, rightly or with a mistake, and whether a mistake shows in what is written down.

It shows if it would be marked wrong: a number misses, by more than one unit of its last place, what follows from the
numbers before it. Read golden/diagnosis/by_hand.py first.
"""

from decimal import Context, Decimal, localcontext

from purenet.golden.diagnosis.by_hand import UNWRITTEN, unit_of
from purenet.golden.mistakes.detection import difference
from purenet.trace.case_run import CaseRun
from purenet.trace.program import Program
from purenet.trace.quantities import quantities

PRECISION = 25  # digits of the arithmetic, far more than anybody writes down


class Stopped(Exception):
    """The computation cannot go on."""


def written_numbers(case, pencil, program=Program(), printed=None):
    """Return what somebody writes down who computes a case, lists of Decimals (None: not computed) by name.

    `printed` are numbers that are not computed but read, by name, None for each that is computed. Raises `Stopped` where
    the program does.
    """
    written = {}

    def write(quantity, place, value):
        value = pencil.write(quantity.symbol(place), Decimal(value))
        if quantity.kind not in UNWRITTEN:
            written.setdefault(quantity.name, [None] * quantity.size)[place] = value
        return value

    with localcontext(Context(prec=PRECISION)):
        run = CaseRun(case, program, Decimal, None, write, printed, Decimal, difference)
    if run.stopped:
        raise Stopped(run.stopped)
    return written


def exact_numbers(case, own):
    """Return what follows from written numbers, each from those before it, lists of Decimals by name."""
    with localcontext(Context(prec=PRECISION)):
        return CaseRun(case, Program(), Decimal, None, None, own, Decimal, difference).values


def shows(case, pencil, mistake, printed=None, absent=()):
    """Return whether a mistake shows in what somebody writes down who makes it; one with which nobody can go on does.

    `absent` are numbers that nobody writes down, pairs of a name and a place.
    """
    try:
        written = written_numbers(case, pencil, mistake, printed)
    except Stopped:
        return True
    own = {quantity.name: merged(quantity, written, printed or {}) for quantity in quantities(case)}
    exact = exact_numbers(case, own)
    return any(
        misses(pencil, quantity.symbol(place), number, exact[quantity.name][place])
        for quantity in quantities(case)
        for place, number in enumerate(written.get(quantity.name, ()))
        if number is not None and (quantity.name, place) not in absent
    )


def merged(quantity, written, printed):
    """Return the numbers of a quantity, written or else printed ones."""
    nothing = [None] * quantity.size
    pairs = zip(written.get(quantity.name, nothing), printed.get(quantity.name, nothing))
    return [there if number is None else number for number, there in pairs]


def misses(pencil, symbol, number, exact):
    """Return whether a number misses an exact one by more than one unit of its last place."""
    return exact is None or abs(number - exact) > unit_of(pencil, symbol, number)
