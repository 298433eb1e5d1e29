"""`purenet walkthrough`: a training, traced."""

from purenet.commands.common import (
    add_command,
    add_output_options,
    emit,
    say,
    step_numbers,
    whole_number,
)
from purenet.commands.traces import add_trace_options, trace_of
from purenet.errors import NetworkError


def add_commands(commands):
    add_walkthrough(commands)


def add_walkthrough(commands):
    help = "show the training that a case declares, every number with its formula"
    command = add_command(commands, "walkthrough", walkthrough, help)
    add_trace_options(command)
    add_output_options(command)
    everything = "show all neurons of a wide layer; default the first three and the last two"
    command.add_argument("--all", dest="everything", action="store_true", help=everything)
    command.add_argument("--step", type=step_numbers, metavar="N", help="only this step, or a range such as 7-10")
    command.add_argument(
        "--summary",
        action="store_true",
        help="only one table per layer: the numbers of its neurons, and the new weights",
    )
    command.add_argument(
        "--digits", type=whole_number, metavar="N", help="show numbers of full precision to N significant digits"
    )


def walkthrough(options):
    """Trace one step of a case; fail if digits published for it disagree."""
    trace = trace_of(options)
    if options.summary:
        if options.step:
            raise NetworkError("--summary shows the whole step: leave out --step")
        emit(options, lambda **layout: trace.summary(options.digits).to(options.format, **layout))
    else:
        emit(options, lambda **layout: trace.to(options.format, steps=options.step, digits=options.digits, **layout))
    if not trace.disagreements:
        return 0
    symbols = ", ".join(row.symbol for row in trace.disagreements)
    say(f"purenet: {options.case}: these do not have their published digits: {symbols}")
    return 1
