"""`purenet mistakes`: the catalogue, one mistake explained or as a program, and which case shows which."""

from functools import partial

from purenet.cases import load_case
from purenet.commands.common import add_command, add_output_options, emit
from purenet.document.formats import TEXT_FORMATS, notation_for
from purenet.errors import NetworkError
from purenet.golden.diagnosis.lessons import find, lesson
from purenet.golden.mistakes.listing import listing
from purenet.golden.mistakes.pages import catalogue_page, matrix_page


def add_commands(commands):
    command = add_command(commands, "mistakes", mistakes, "list known mistakes, or explain one on a case")
    command.add_argument("id", nargs="?", metavar="ID", help="the mistake to explain")
    command.add_argument("--case", metavar="CASE", help="on this case; default the smallest that shows it")
    command.add_argument("--matrix", action="store_true", help="show which golden case detects which mistake")
    command.add_argument("--program", action="store_true", help="write a whole program, with the mistake or without")
    add_output_options(command, TEXT_FORMATS)


def mistakes(options):
    """List the catalogue, explain a mistake or write a program that makes it, or show the matrix of detection."""
    check(options)
    if options.program:
        page = partial(program_page, options.id)
    elif options.matrix:
        page = partial(matrix_page, options.format)
    elif options.id is None:
        page = partial(catalogue_page, options.format)
    else:
        page = partial(lesson, options.id, load_case(options.case) if options.case else None, options.format)
    emit(options, page)
    return 0


def check(options):
    """Raise NetworkError for options that do not go together."""
    if options.id is not None and options.matrix:
        raise NetworkError("--matrix shows all mistakes: leave out the id")
    if options.id is None and options.case:
        raise NetworkError("--case goes with the id of a mistake")
    for name in ("matrix", "case", "width"):
        if options.program and getattr(options, name):
            raise NetworkError(f"--program writes a program: leave out --{name}")
    if options.program and options.format != "text":
        raise NetworkError("--program writes a program, in Python: leave out --format")


def program_page(id, width, ascii):
    """Return the plain program as a file, with a mistake in it or, where the id is None, without."""
    return notation_for("text", ascii).prose(listing(None if id is None else find(id)))
