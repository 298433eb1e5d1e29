"""What a case can be written as: `TARGETS` holds for each name a function from a case to the text of a program."""

from functools import partial
from importlib import import_module
from importlib.util import find_spec

from purenet.code.languages import LANGUAGES
from purenet.code.program import program

MATRICES = "purenet.code.matrix_programs"
TARGETS = {name: partial(program, language=name) for name in LANGUAGES}


def matrix_program(library):
    """Return the function that writes a program with the matrices of a library; its module is imported when it is called."""
    return lambda case: getattr(import_module(MATRICES), f"{library}_program")(case)


if find_spec(MATRICES) is not None:
    TARGETS.update({library: matrix_program(library) for library in ("numpy", "torch")})
