"""`purenet mistakes`: the catalogue, one mistake explained, and which case shows which."""

from functools import partial

from purenet.cases import load_case
from purenet.commands.common import add_command, add_output_options, emit
from purenet.document.formats import TEXT_FORMATS
from purenet.errors import NetworkError
from purenet.golden.diagnosis.lessons import lesson
from purenet.golden.mistakes.pages import catalogue_page, matrix_page


def add_commands(commands):
    command = add_command(commands, "mistakes", mistakes, "list known mistakes, or explain one on a case")
    command.add_argument("id", nargs="?", metavar="ID", help="the mistake to explain")
    command.add_argument("--case", metavar="CASE", help="on this case; default the smallest that shows it")
    command.add_argument("--matrix", action="store_true", help="show which golden case detects which mistake")
    add_output_options(command, TEXT_FORMATS)


def mistakes(options):
    """List the catalogue, explain a mistake, or show the matrix of detection."""
    if options.id is not None and options.matrix:
        raise NetworkError("--matrix shows all mistakes: leave out the id")
    if options.id is None and options.case:
        raise NetworkError("--case goes with the id of a mistake")
    if options.id is not None:
        page = partial(lesson, options.id, load_case(options.case) if options.case else None)
    else:
        page = matrix_page if options.matrix else catalogue_page
    emit(options, partial(page, options.format))
    return 0
