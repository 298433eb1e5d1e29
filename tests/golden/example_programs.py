"""Programs to be checked, which owe nothing to purenet's core: the plain adapter, as it is and with things done otherwise."""

from purenet.cases import load_case
from purenet.golden.diagnosis.check import Check
from purenet.golden.diagnosis.diagnosis import Diagnosis
from purenet.golden.mistakes import CATALOGUE
from purenet.golden.mistakes.detection import run_of
from purenet.golden.programs.adapter import function_answer
from purenet.golden.programs.reported import Values


def check_of(function, name, dtype="float64"):
    """Return the check of a Python function on a case."""
    case = load_case(name)
    return Check(case, function_answer(function, case, dtype).values)


def diagnosis_of(function, *names):
    return Diagnosis([check_of(function, name) for name in names])


def named(diagnosis):
    """Return the ids that a diagnosis found, as a list of lists."""
    return [[mistake.id for mistake in found] for found in diagnosis.found]


def values_of(case, *ids):
    """Return the values that the core gives with mistakes of the catalogue, as a program would report them."""
    run = run_of(case, *(CATALOGUE[id] for id in ids))
    return {name: [None if value is None else float(value) for value in values] for name, values in run.values.items()}


def check_with(case, *ids, only=None):
    """Return the check of the core with mistakes; `only` names the quantities that are reported."""
    numbers = values_of(case, *ids)
    return Check(case, Values(case, {name: numbers[name] for name in only or numbers}, "float64"))
