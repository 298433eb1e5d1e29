"""`purenet walkthrough`: a training step, traced; `purenet cases`: the list of built-in cases."""

import os
import sys

from purenet.cases import case_names, load_case
from purenet.commands.common import (
    add_command,
    add_output_options,
    emit,
    is_saved_network,
    number,
    numbers,
    step_numbers,
    whole_number,
)
from purenet.document.formats import TEXT_FORMATS, Section, write
from purenet.document.table import Table
from purenet.errors import NetworkError
from purenet.storage.saved_network import load_network
from purenet.trace.record import trace_step


def add_commands(commands):
    add_walkthrough(commands)
    add_cases(commands)


def add_walkthrough(commands):
    help = "show one training step of a case, every number with its formula"
    command = add_command(commands, "walkthrough", walkthrough, help)
    add_example_options(command)
    add_output_options(command)
    command.add_argument("--step", type=step_numbers, metavar="N", help="only this step, or a range such as 7-10")
    command.add_argument(
        "--summary",
        action="store_true",
        help="only one table per layer: the numbers of its neurons, and the new weights",
    )
    command.add_argument(
        "--digits", type=whole_number, metavar="N", help="show numbers of full precision to N significant digits"
    )


def add_example_options(command):
    """Add the options that name a training step: the network, its example, and the learning rate."""
    command.add_argument("case", metavar="CASE", help="a built-in case, a JSON file of your own, or a saved network")
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
    add_output_options(command, TEXT_FORMATS)


def walkthrough(options):
    """Trace one step of a case; fail if digits published for it disagree."""
    trace = trace_of(options.case, options.example, options.inputs, options.targets, options.learning_rate)
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


def trace_of(name, example, inputs, targets, learning_rate):
    """Return the trace of a step of a case or a saved network; a case has examples and a learning rate of its own."""
    if is_saved_network(name):
        if inputs is None or targets is None or learning_rate is None:
            raise NetworkError(f"{name} is a saved network: say --inputs, --target and --learning-rate as well")
        title = f"A training step of {os.path.basename(name)}"
        return trace_step(load_network(name), inputs, targets, learning_rate, title=title)
    case = load_case(name)
    if not 1 <= example <= len(case.examples):
        raise NetworkError(f"there is no example {example}: {name} has {len(case.examples)}")
    case_inputs, case_targets = case.examples[example - 1]
    changed = inputs or targets or learning_rate is not None or example != 1
    return trace_step(
        case.network(),
        inputs or [float(y) for y in case_inputs],
        targets or [float(t) for t in case_targets],
        float(case.learning_rate) if learning_rate is None else learning_rate,
        rounding=case.rounding,
        published=None if changed else case.published,
        title=case.title,
    )


def cases(options):
    """List the built-in cases."""
    rows = []
    for name in case_names():
        case = load_case(name)
        sizes = "-".join(map(str, case.network_data.sizes))
        rows.append([name, case.title, sizes, case.source.get("title", "")])
    headers = ["case", "title", "network", "source"]
    table = Table(headers, rows, [(0,), (1, 3), (2,)], wraps=("title", "source"), plain=headers)
    emit(options, lambda **layout: write([Section("Built-in cases", table=table, level=1)], options.format, **layout))
    return 0
