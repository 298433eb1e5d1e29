"""The command `purenet`: results go to standard output, messages to standard error.

The exit code is 0, 1 if a check failed, 2 for bad usage or a bad file, and 130 after Ctrl-C.
"""

import argparse
import os
import re
import shutil
import sys

import purenet
from purenet.cases import case_names, load_case
from purenet.errors import NetworkError
from purenet.files import reason, write_text
from purenet.trace.formats import DEFAULT_WIDTH, FORMATS, PAGES, Section, write
from purenet.trace.record import trace_step
from purenet.trace.table import Table

SIGNS = "δη∇Σ∂½²·−≈⁺′…→"  # what a terminal must be able to show, or it gets ASCII

EXAMPLES = """examples:
  purenet walkthrough 2x2x1             a training step by hand and in full precision, every number with its formula
  purenet walkthrough 2x2x1 --step 9    one step of it: the deltas of the hidden layer
  purenet cases                         the examples that are built in
"""


def main(arguments=None):
    """Run the command with a list of arguments, by default those of the process; return the exit code."""
    try:
        if sys.stdout is None:
            raise NetworkError("standard output is closed: there is nowhere to write to")
        options, unknown = parser().parse_known_args(joined(sys.argv[1:] if arguments is None else arguments))
        if unknown:
            raise NetworkError(f"unknown argument {unknown[0]}; see {options.prog} --help")
        return options.run(options)
    except NetworkError as error:
        print(f"purenet: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        leave_standard_output()
        return 0
    except KeyboardInterrupt:
        return 130


def leave_standard_output():
    """Write nothing more to standard output, or the interpreter complains when it flushes what is left at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one sentence."""

    def error(self, message):
        raise NetworkError(f"{message}; see {self.prog} --help")


def parser():
    """Return the parser of the whole command."""
    top = Parser(
        prog="purenet",
        description="Feed-forward neural networks and backpropagation in plain Python: traced, explained, checked.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"purenet {purenet.__version__}")
    top.set_defaults(run=lambda options: show_help(top), prog=top.prog)
    commands = top.add_subparsers(title="commands", metavar="COMMAND")
    add_walkthrough(commands)
    add_cases(commands)
    return top


def show_help(top):
    top.print_help()
    return 0


def add_command(commands, name, run, help):
    """Add a command with what all have in common."""
    command = commands.add_parser(name, help=help, description=help[0].upper() + help[1:] + ".", allow_abbrev=False)
    command.set_defaults(run=run, prog=command.prog)
    return command


def add_output_options(command, formats=FORMATS):
    command.add_argument("--format", default="text", metavar="F", help=f"one of {', '.join(formats)}; default text")
    command.add_argument(
        "--width", type=whole_number, metavar="N", help="columns of text; default that of the terminal"
    )
    command.add_argument("--ascii", action="store_true", help="use no sign beyond ASCII")
    command.add_argument("-o", dest="output", metavar="FILE", help="write to a file instead of standard output")
    command.add_argument("--force", action="store_true", help="let -o overwrite a file")


def add_walkthrough(commands):
    help = "show one training step of a case, every number with its formula"
    command = add_command(commands, "walkthrough", walkthrough, help)
    command.add_argument("case", metavar="CASE", help="the name of a built-in case, or a JSON file of your own")
    add_output_options(command)
    command.add_argument("--step", type=step_numbers, metavar="N", help="only this step, or a range such as 7-10")
    command.add_argument(
        "--summary",
        action="store_true",
        help="only one table per layer: what its neurons computed, and their new weights",
    )
    command.add_argument(
        "--digits", type=whole_number, metavar="N", help="show numbers of full precision to N significant digits"
    )
    command.add_argument(
        "--example", type=whole_number, default=1, metavar="N", help="take the Nth example of the case; default 1"
    )
    command.add_argument("--inputs", type=numbers, metavar="Y,Y", help="take these inputs instead")
    command.add_argument(
        "--target", "--targets", dest="targets", type=numbers, metavar="T,T", help="take these targets instead"
    )
    command.add_argument("--learning-rate", type=number, metavar="R", help="take this learning rate instead")


def add_cases(commands):
    command = add_command(commands, "cases", cases, "list the built-in cases")
    add_output_options(command, PAGES)


def walkthrough(options):
    """Trace one step of a case; fail if digits published for it disagree."""
    case = load_case(options.case)
    if not 1 <= options.example <= len(case.examples):
        raise NetworkError(f"there is no example {options.example}: {options.case} has {len(case.examples)}")
    inputs, targets = case.examples[options.example - 1]
    changed = options.inputs or options.targets or options.learning_rate is not None or options.example != 1
    trace = trace_step(
        case.network(),
        options.inputs or [float(y) for y in inputs],
        options.targets or [float(t) for t in targets],
        float(case.learning_rate) if options.learning_rate is None else options.learning_rate,
        rounding=case.rounding,
        published=None if changed else case.published,
        title=case.title,
    )
    if options.summary:
        if options.step:
            raise NetworkError("--summary shows the whole step: leave out --step")
        emit(options, lambda **layout: trace.summary(options.digits).to(options.format, **layout))
    else:
        emit(options, lambda **layout: trace.to(options.format, steps=options.step, digits=options.digits, **layout))
    if not trace.disagreements:
        return 0
    symbols = ", ".join(row.symbol for row in trace.disagreements)
    print(f"purenet: {options.case}: these do not have their published digits: {symbols}", file=sys.stderr)
    return 1


def cases(options):
    """List the built-in cases."""
    rows = []
    for name in case_names():
        case = load_case(name)
        sizes = [len(case.examples[0][0])] + [len(weights) for _, weights, _ in case.layers]
        rows.append([name, case.title, "-".join(map(str, sizes)), case.source.get("title", "")])
    headers = ["case", "title", "network", "source"]
    table = Table(headers, rows, [(0,), (1, 3), (2,)], wraps=("title", "source"), plain=headers)
    emit(options, lambda **layout: write([Section("Built-in cases", table=table, level=1)], options.format, **layout))
    return 0


def emit(options, text):
    """Write the text that a function returns for a layout, to the file or the terminal that the options name."""
    encoding = "utf-8" if options.output is not None else sys.stdout.encoding or "ascii"
    width = options.width
    if width is None:
        width = (
            DEFAULT_WIDTH
            if options.output is not None
            else max(20, shutil.get_terminal_size((DEFAULT_WIDTH, 24)).columns)
        )
    result = text(width=width, ascii=options.ascii or not can_show(encoding))
    if options.output is not None:
        write_text(options.output, result, options.force)
        return
    try:
        sys.stdout.write(result.encode(encoding, "backslashreplace").decode(encoding))
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        leave_standard_output()
        raise NetworkError(f"cannot write to standard output: {reason(error)}") from None


def can_show(encoding):
    """Tell whether text in an encoding can hold the signs of the formulas."""
    try:
        SIGNS.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


# what the options hold


def joined(arguments):
    """Join an option and a number that follows it and begins with a minus, which would be taken for another option."""
    result = []
    for argument in arguments:
        if result and re.fullmatch(r"--[a-z-]+", result[-1]) and re.match(r"-(\.?[0-9]|inf|nan)", argument):
            result[-1] += "=" + argument
        else:
            result.append(argument)
    return result


def number(text):
    """Return a number that is given as an option; the case's network checks that it is finite."""
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number")


def numbers(text):
    """Return a list of numbers that is given as 1,0.5."""
    return [number(part) for part in text.split(",")]


def whole_number(text):
    if not re.fullmatch("[0-9]{1,9}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number")
    return int(text)


def step_numbers(text):
    """Return the list of step numbers that is given as 7 or 7-10."""
    match = re.fullmatch(r"([0-9]{1,6})(?:(?:-|\.\.)([0-9]{1,6}))?", text)
    if not match:
        raise argparse.ArgumentTypeError(f"{text!r} is not the number of a step, such as 7, or a range, such as 7-10")
    first, last = int(match[1]), int(match[2] or match[1])
    if last < first:
        raise argparse.ArgumentTypeError(f"the range {text} ends before it begins")
    return [*range(first, min(last, first + 100_000) + 1)]
