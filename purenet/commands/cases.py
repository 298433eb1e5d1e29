"""`purenet cases`: the list of built-in cases, and their published numbers, verified."""

import sys
import time

from purenet.cases import case_names, load_case
from purenet.commands.common import add_command, add_output_options, check_output, emit, say
from purenet.document.foreign import visible
from purenet.document.formats import TEXT_FORMATS, Section, write
from purenet.document.table import Table
from purenet.errors import NetworkError, count
from purenet.golden.verification import left_out, verified
from purenet.golden.verification_pages import verification


def add_commands(commands):
    command = add_command(commands, "cases", cases, "list the built-in cases, or verify their numbers")
    case = "with --verify, only these: built-in cases or JSON files of your own; default all that are built in"
    command.add_argument("names", metavar="CASE", nargs="*", help=case)
    verify = "compute every published number, and print it beside the published one with a verdict"
    command.add_argument("--verify", action="store_true", help=verify)
    add_output_options(command, TEXT_FORMATS)


def cases(options):
    """List the built-in cases by kind, or verify published numbers."""
    if options.verify:
        return verify(options)
    if options.names:
        raise NetworkError("say --verify as well, or no case: the list has all that are built in")
    loaded = [(name, load_case(name)) for name in case_names()]
    sections = [
        listed("Worked examples", [pair for pair in loaded if pair[1].published]),
        listed("Golden cases", [pair for pair in loaded if not pair[1].published]),
    ]
    emit(options, lambda **layout: write(sections, options.format, **layout))
    return 0


def listed(title, cases):
    """Return the section of some cases."""
    rows = []
    for name, case in cases:
        sizes = "-".join(map(str, case.network_data.sizes))
        numbers = sum(len(group.numbers) for group in case.published_groups)
        rows.append([name, case.title, sizes, str(numbers or "")])
    headers = ["case", "title", "network", "published"]
    table = Table(headers, rows, [(0, 1), (2, 3)], wraps=("title",), plain=headers)
    words = ["The last column counts published numbers, which `purenet cases --verify` checks."]
    counted = any(case.published for _, case in cases)
    return Section(title, words if counted else [], table=table.without_empty_columns(), level=1)


def verify(options):
    """Print published numbers beside computed ones; fail if one is wrong and nobody knows why."""
    check_output(options)
    results = []
    for name in options.names or case_names():
        case = load_case(name)
        if case.published:
            results.append((name, case, verified_aloud(name, case)))
        elif options.names:
            raise NetworkError(f"{name} has no published numbers to verify")
    missing = [] if options.names else left_out()
    emit(options, lambda **layout: verification(results, missing, options.format, **layout))
    wrong = [each for _, _, comparisons in results for each in comparisons if not each.agrees]
    if wrong:
        say(f"purenet: {count(len(wrong), 'published number')} wrong, and no cause is known")
    return 1 if wrong else 0


def verified_aloud(name, case):
    """Return the comparisons of a case, and show progress meanwhile."""
    progress = EpochsShown(name)
    try:
        return verified(case, progress)
    finally:
        progress.end()


class EpochsShown:
    """Says on a terminal how many epochs of a case have been trained, in one line that changes; elsewhere, nothing."""

    PAUSE = 0.2  # seconds between two changes

    def __init__(self, name):
        self.name = name
        self.line = ""
        self.shown = time.monotonic()
        self.terminal = sys.stderr is not None and sys.stderr.isatty()

    def __call__(self, epochs):
        if self.terminal and time.monotonic() - self.shown >= self.PAUSE:
            self.shown = time.monotonic()
            self.write(f"{visible(self.name)}: {count(epochs, 'epoch')} trained")

    def write(self, line):
        print("\r" + line.ljust(len(self.line)), end="\r", file=sys.stderr, flush=True)
        self.line = line

    def end(self):
        """Clear the line."""
        if self.line:
            self.write("")
