"""The command `purenet`: results go to standard output, messages to standard error.

The exit code is 0, 1 if a check failed, 2 for bad usage or a bad file, 3 if a check could not tell because numbers have
too few digits, and 130 after Ctrl-C.
"""

import argparse
import sys

import purenet
from purenet.commands import (
    cases,
    code,
    exercise,
    golden,
    lab,
    mistakes,
    networks,
    pictures,
    site,
    training,
    walkthrough,
    worksheet,
)
from purenet.commands.common import Parser, joined, leave_standard_output, say
from purenet.errors import NetworkError
from purenet.storage.own_functions import learn

EXAMPLES = """examples:
  purenet walkthrough 2x2x1             a training step by hand and in full precision, every number with its formula
  purenet train xor                     a network that learns exclusive or
  purenet golden diagnose --all --command ./mynet
                                        what is wrong with a program of your own, in any language
"""


def main(arguments=None):
    """Run the command with a list of arguments, by default those of the process; return the exit code."""
    try:
        if sys.stdout is None:
            raise NetworkError("standard output is closed: there is nowhere to write to")
        options, unknown = parser().parse_known_args(joined(sys.argv[1:] if arguments is None else arguments))
        if unknown:
            raise NetworkError(f"unknown argument {unknown[0]}; see {options.prog} --help")
        if options.own is not None:
            learn(options.own)
        return options.run(options)
    except NetworkError as error:
        say(f"purenet: {error}")
        return 2
    except MemoryError:
        say("purenet: there is not enough memory for this")
        return 2
    except BrokenPipeError:
        leave_standard_output()
        return 0
    except KeyboardInterrupt:
        return 130


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
    own = "a Python file with activations and losses of your own"
    top.add_argument("--own", metavar="FILE", help=own)
    top.set_defaults(run=lambda options: show_help(top), prog=top.prog)
    commands = top.add_subparsers(title="commands", metavar="COMMAND")
    for group in (
        walkthrough,
        exercise,
        worksheet,
        lab,
        cases,
        pictures,
        code,
        training,
        networks,
        golden,
        mistakes,
        site,
    ):
        group.add_commands(commands)
    return top


def show_help(top):
    top.print_help()
    return 0
