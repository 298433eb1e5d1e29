"""`purenet code`: the formulas of a case as a program."""

from purenet.cases import load_case
from purenet.code.targets import TARGETS
from purenet.commands.common import add_command, emit
from purenet.storage.files import check_writable


def add_commands(commands):
    command = add_command(commands, "code", code, "write the training of a case as a program, formula by formula")
    command.add_argument("case", metavar="CASE", help="a built-in case, or a JSON file")
    command.add_argument(
        "--as", dest="target", choices=TARGETS, default="python", help="the language of the program; default python"
    )
    command.add_argument("-o", dest="output", metavar="FILE", help="write to a file instead of standard output")
    command.add_argument("--force", action="store_true", help="let -o overwrite a file")
    command.set_defaults(width=None, ascii=False, format="text")


def code(options):
    """Write the program of a case."""
    if options.output is not None:
        check_writable(options.output, options.force)
    text = TARGETS[options.target](load_case(options.case))
    emit(options, lambda width, ascii: text)
    return 0
