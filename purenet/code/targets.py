"""What a case can be written as: `TARGETS` holds for each name a function from a case to the text of a program."""

from functools import partial

from purenet.code.languages import LANGUAGES
from purenet.code.matrix_programs import numpy_program, torch_program
from purenet.code.program import program

TARGETS = {
    **{name: partial(program, language=name) for name in LANGUAGES},
    "numpy": numpy_program,
    "torch": torch_program,
}
