"""A trace as a workbook: what is given on the first sheet, to be changed, then a sheet for each training step.

Each quantity has a row with its symbol, its formula, the same with numbers, and a cell that computes it from other cells.
All of it follows the given numbers: branches too, and the texts of formulas and numbers. Read formulas.py next.
"""

import importlib.util
import io

from purenet.checks import number_of_weights
from purenet.errors import NetworkError
from purenet.spreadsheet.cells import Book
from purenet.spreadsheet.given_sheet import GivenSheet
from purenet.spreadsheet.step_sheet import StepSheet
from purenet.trace.branches import compute_on_every_branch
from purenet.trace.quantities import shape_of

MOST_NUMBERS = 5000  # gradients of examples and new weights of a training, in a workbook
MOST_TERMS = 150  # of a sum: the neurons of a layer, or the examples of a step
NEEDED = "a spreadsheet needs openpyxl, which is not installed: pip install openpyxl, or pip install purenet[xlsx]"


def prepare(training):
    """Prepare a `Training` to be traced for a workbook; raise NetworkError if it is too large, or openpyxl is missing."""
    if importlib.util.find_spec("openpyxl") is None:
        raise NetworkError(NEEDED)
    sizes, _ = shape_of(training.network)
    batch_sizes = [len(batch) for batch in training.steps]
    longest = max(sizes + batch_sizes)
    if longest > MOST_TERMS:
        raise NetworkError(
            f"a sum in a spreadsheet has at most {MOST_TERMS} terms, and this training has one of {longest}: take narrower "
            f"layers, or fewer examples a step"
        )
    if number_of_weights(sizes) * (sum(batch_sizes) + len(batch_sizes)) > MOST_NUMBERS:
        raise NetworkError(
            f"a spreadsheet holds at most {MOST_NUMBERS:,} computed numbers, and this training has more: take fewer "
            f"--examples or --steps, or a smaller network"
        )
    compute_on_every_branch(training.network)


def workbook_bytes(trace):
    """Return a trace, recorded with `prepare`, as the bytes of an .xlsx file; raise NetworkError if a formula is too long."""
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.calculation.fullCalcOnLoad = True  # there are no numbers in the cells until a program computes them
    book = Book(trace, workbook)
    workbook.active.title = "Given"
    GivenSheet(book, workbook.active).write()
    for title, steps in sheets(trace).items():
        StepSheet(book, workbook.create_sheet(title)).write(steps)
    data = io.BytesIO()
    workbook.save(data)
    return data.getvalue()


def sheets(trace):
    """Return the steps of a trace by the title of their sheet."""
    found = {}
    for step in trace.steps:
        title = "Second pass" if step.place.step == "after" else f"Step {step.place.step}"
        found.setdefault(title, []).append(step)
    return found
