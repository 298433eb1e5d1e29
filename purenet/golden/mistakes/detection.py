"""Which mistakes a case shows: each of the catalogue is run, and its numbers are compared with the certified values."""

import functools
from decimal import Context, Decimal, localcontext

from purenet.golden.mistakes import CATALOGUE
from purenet.golden.mistakes.mistake import Together
from purenet.golden.values.certified import certified_values, ratio_of
from purenet.trace.case_run import CaseRun
from purenet.trace.program import Program

DECIMAL_PRECISION = 40  # of a run on Decimals, where floats do not reach


@functools.lru_cache(maxsize=None)
def kind_of(case):
    """Return the kind of number on which the core can run a case: float, or Decimal where floats overflow."""
    return Decimal if CaseRun(case).stopped else float


def run_of(case, *mistakes, hear=None, own=None):
    """Return the `CaseRun` of a case by the core, or by a program with some mistakes: on Decimals where floats overflow."""
    program, kind = Together(mistakes) if mistakes else Program(), kind_of(case)
    if kind is float:
        return CaseRun(case, program, float, hear, None, own, float, difference)
    with localcontext(Context(prec=DECIMAL_PRECISION)):
        return CaseRun(case, program, Decimal, hear, None, own, Decimal, difference)


def difference(before, after):
    """Return by how much a weight has moved."""
    return after - before


def detected(certified, run):
    """Return whether a run of a mistaken program has a value outside the tolerance of the certified one."""
    for name, entry in certified.items():
        values = run.values.get(name)
        for place, (true, tolerance) in enumerate(zip(entry.true, entry.tolerance["float64"])):
            if tolerance is None:
                continue
            if values is None or values[place] is None:
                return True
            if ratio_of(Decimal(values[place]), true, Decimal(tolerance)) > 1:
                return True
    return False


def undetected(case):
    """Return the ids of the mistakes that a case is blind to."""
    certified = certified_values(case)
    return [id for id, mistake in CATALOGUE.items() if not detected(certified, run_of(case, mistake))]
