"""Common to all commands: their options, and where their output goes."""

import argparse
import os
import re
import shutil
import sys
import threading
import time

from purenet.arithmetic.pencil import Pencil
from purenet.document.colour import TerminalText
from purenet.document.foreign import visible
from purenet.document.formats import DEFAULT_WIDTH, FORMATS, check_options
from purenet.errors import NetworkError, quoted, reason
from purenet.storage.files import check_writable, write_text

SIGNS = "δη∇Σ∂½²·−≈⁺′…→"  # a terminal that cannot show these gets ASCII


def leave_standard_output():
    """Write nothing more to standard output: flushing the rest at the end would make the interpreter complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class Parser(argparse.ArgumentParser):
    """A parser that takes options and other arguments in any order, and names a fault in one sentence."""

    has_commands = False
    mixing = False

    def add_subparsers(self, **settings):
        self.has_commands = True
        return super().add_subparsers(**settings)

    def parse_known_args(self, arguments=None, namespace=None):
        """Parse options first and then the others: argparse alone loses an argument after an option, if it may be left out."""
        if self.has_commands or self.mixing:
            return super().parse_known_args(arguments, namespace)
        self.mixing = True  # for it calls this method, twice
        try:
            return self.parse_known_intermixed_args(arguments, namespace)
        finally:
            self.mixing = False

    def error(self, message):
        raise NetworkError(f"{message}; see {self.prog} --help")


def add_command(commands, name, run, help):
    """Add a command, with the settings that all have in common."""
    command = commands.add_parser(name, help=help, description=help[0].upper() + help[1:] + ".", allow_abbrev=False)
    command.set_defaults(run=run, prog=command.prog)
    return command


def add_output_options(command, formats=FORMATS):
    command.add_argument("--format", default="text", metavar="F", help=f"one of {', '.join(formats)}; default text")
    command.add_argument(
        "--width", type=whole_number, metavar="N", help="columns of text; default that of the terminal"
    )
    command.add_argument("--ascii", action="store_true", help="use no sign beyond ASCII")
    colour = "colour and bold in text: auto, which is on a terminal only, always or never"
    command.add_argument("--color", choices=["auto", "always", "never"], default="auto", help=colour)
    command.add_argument("-o", dest="output", metavar="FILE", help="write to a file instead of standard output")
    command.add_argument("--force", action="store_true", help="let -o overwrite a file")


def check_output(options):
    """Raise NetworkError for output options that would fail at the end, before there is work to lose."""
    check_options(options.format, DEFAULT_WIDTH if options.width is None else options.width)
    check_colour(options)
    if options.output is not None:
        check_writable(options.output, options.force)


def check_colour(options):
    """Raise NetworkError for --color always where there are no colours."""
    if getattr(options, "color", None) == "always" and (options.output is not None or options.format != "text"):
        where = "a file" if options.output is not None else f"the format {options.format}"
        raise NetworkError(f"leave out --color always: {where} has no colours for a terminal")


def emit(options, text):
    """Write the text that a function returns for a layout, to the file or the terminal that the options name.

    On a terminal, a `TerminalText` is coloured.
    """
    check_colour(options)
    if options.output is not None:
        encoding, width = "utf-8", DEFAULT_WIDTH
    else:
        encoding = sys.stdout.encoding or "ascii"
        # a terminal may not know its size, which Python 3.9 to 3.10 return as 0 columns
        width = max(20, shutil.get_terminal_size((DEFAULT_WIDTH, 24)).columns or DEFAULT_WIDTH)
    if options.width is not None:
        width = options.width
    result = text(width=width, ascii=options.ascii or not can_show(encoding))
    if options.output is not None:
        write_text(options.output, result, options.force)
        return
    if isinstance(result, TerminalText) and wants_colour(getattr(options, "color", "auto")):
        result = result.coloured
    try:
        sys.stdout.write(result.encode(encoding, "backslashreplace").decode(encoding))
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        leave_standard_output()
        raise NetworkError(f"cannot write to standard output: {reason(error)}") from None


def wants_colour(choice):
    """Return whether standard output gets colours: as the option says or, for "auto", NO_COLOR, FORCE_COLOR and the terminal."""
    if choice != "auto" or os.environ.get("NO_COLOR"):
        return choice == "always"
    if os.environ.get("FORCE_COLOR"):
        return True
    knows_codes = os.environ.get("TERM") != "dumb" and (os.name != "nt" or "WT_SESSION" in os.environ)
    return knows_codes and sys.stdout.isatty()


def say(sentence):
    """Write a sentence to standard error; no word in it, whoever wrote it, acts on the terminal."""
    print(visible(sentence), file=sys.stderr)


def can_show(encoding):
    """Return whether text in an encoding can hold the signs of the formulas."""
    try:
        SIGNS.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


PATIENCE = 1.0  # seconds, after which it is said what takes so long


class Patience:
    """Says on standard error what is being done, if it takes longer than a second."""

    def __init__(self, doing):
        words = f"purenet: {doing}, which takes a while"
        self.timer = threading.Timer(PATIENCE, print, [words], {"file": sys.stderr, "flush": True})
        self.timer.daemon = True

    def __enter__(self):
        self.timer.start()
        return self

    def __exit__(self, *_):
        self.timer.cancel()


class Announcer:
    """A function that says on standard error what is being done now, once the whole has taken longer than a second."""

    def __init__(self):
        self.start = time.monotonic()

    def __call__(self, doing):
        if time.monotonic() - self.start >= PATIENCE:
            say(f"purenet: {doing}")


# values of options


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
    """Return a number that is given as an option, finite or not."""
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{quoted(text)} is not a number")


def numbers(text):
    """Return a list of numbers that is given as 1,0.5."""
    return [number(part) for part in text.split(",")]


def whole_number(text):
    if not re.fullmatch("[0-9]{1,18}", text):
        raise argparse.ArgumentTypeError(f"{quoted(text)} is not a whole number of at least 0")
    return int(text)


def step_numbers(text):
    """Return the list of step numbers that is given as 7 or 7-10."""
    match = re.fullmatch(r"([0-9]{1,6})(?:(?:-|\.\.)([0-9]{1,6}))?", text)
    if not match:
        raise argparse.ArgumentTypeError(
            f"{quoted(text)} is not the number of a step, such as 7, or a range, such as 7-10"
        )
    first, last = int(match[1]), int(match[2] or match[1])
    if last < first:
        raise argparse.ArgumentTypeError(f"the range {text} ends before it begins")
    return [*range(first, min(last, first + 100_000) + 1)]


def rounding_pencil(decimals, significant, mode="half up", rules=None):
    """Return the `Pencil` of --round or --significant, None where neither is said; `rules` come before that."""
    if decimals is not None and significant is not None:
        raise NetworkError("say --round or --significant, not both")
    for option, digits, least in (("round", decimals, 0), ("significant", significant, 1)):
        if digits is not None and not least <= digits <= 30:
            raise NetworkError(f"--{option} takes {least} to 30 digits, not {digits}")
    if decimals is not None:
        return Pencil.for_all("decimals", decimals, mode, rules)
    return None if significant is None else Pencil.for_all("significant_digits", significant, mode, rules)
