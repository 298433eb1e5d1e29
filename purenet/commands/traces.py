"""The options that say which training is traced: of `purenet walkthrough` and `purenet picture`."""

import os

from purenet.cases import Case, load_case
from purenet.commands.common import number, numbers, rounding_pencil, step_numbers, whole_number
from purenet.commands.network_files import (
    add_loss_option,
    check_no_loss,
    is_network_file,
    kind_of_file,
    load_network_file,
)
from purenet.errors import NetworkError, count
from purenet.golden.diagnosis.lessons import find
from purenet.storage.saved_network import network_data
from purenet.trace.record import trace_case, trace_training


def add_trace_options(command, **settings):
    """Add the options that name what is traced: the network, its examples and steps, and how numbers are rounded.

    `settings` are those of the argument CASE, besides its help.
    """
    help = "a built-in case, a JSON file of your own, a saved network, or an ONNX model"
    command.add_argument("case", metavar="CASE", help=help, **settings)
    add = command.add_argument_group("the training").add_argument
    add(
        "--example",
        "--examples",
        dest="examples",
        type=step_numbers,
        metavar="N",
        help="take these examples: 2, or 1-3",
    )
    inputs = "take these inputs instead; may be given several times, with as many targets"
    add("--inputs", type=numbers, action="append", metavar="Y,Y", help=inputs)
    targets = "take these targets instead"
    add("--target", "--targets", dest="targets", type=numbers, action="append", metavar="T,T", help=targets)
    add("--learning-rate", type=number, metavar="R", help="take this learning rate instead")
    add_loss_option(add)
    add("--batch", type=whole_number, metavar="N", help="let N examples share a step; default as the case says")
    add("--steps", type=whole_number, metavar="N", help="do N training steps, the examples in turn; default all once")
    add("--mistake", metavar="ID", help="trace a program with this mistake; `purenet mistakes` lists them")
    add = command.add_argument_group("what is shown").add_argument
    second = "put the examples of the last step through the new weights; default if there is one step"
    add("--second-pass", action="store_true", default=None, help=second)
    add_rounding_options(command)


def add_rounding_options(command, default=""):
    """Add the options that say how numbers are rounded by hand; `default` says what is done without them."""
    add = command.add_argument_group("rounding by hand").add_argument
    round = f"round each number to N decimals when it is written down{default}"
    add("--round", type=whole_number, metavar="N", help=round)
    add("--significant", type=whole_number, metavar="N", help="round each number to N significant digits")
    add("--half-even", action="store_true", help="round halves to the even digit instead of up")
    add("--truncate", action="store_true", help="cut digits off instead of rounding")


def trace_of(options, **more):
    """Return the trace that the options name, with `more` settings of `trace_case`."""
    settings = {
        **more,
        "learning_rate": options.learning_rate,
        "batch_size": options.batch,
        "steps": options.steps,
        "second_pass": options.second_pass,
        "everything": options.everything,
    }
    if is_network_file(options.case):
        return trace_of_file(options, settings)
    check_no_loss(options.case, options.loss)
    case = load_case(options.case)
    program = find(options.mistake) if options.mistake else None
    rounding, examples = pencil_of(options, case.rounding), examples_of(options, case)
    for option, value in (("--learning-rate", options.learning_rate), ("--batch", options.batch)):
        if value is not None and (examples or case.examples)[0][1] is None:
            raise NetworkError(f"leave out {option}: {options.case} has no targets, so there is only a forward pass")
    trace = trace_case(case, examples=examples, program=program, rounding=rounding, **settings)
    trace.chosen = chosen_words(options, trace)
    return trace


def chosen_words(options, trace):
    """Return a sentence about which examples of the case are traced, "" where all are, or others."""
    numbers = options.examples
    if numbers is None or options.inputs is not None or options.targets is not None:
        return ""
    which = f"These are examples {numbers[0]} to {numbers[-1]}" if len(numbers) > 1 else f"This is example {numbers[0]}"
    renumbered = numbers[0] > 1 and len(trace.examples) > 1
    return f"{which} of the case" + (", numbered from 1 here." if renumbered else ".")


def trace_of_file(options, settings):
    """Return the trace of the network in a file, which has no examples of its own: of a step, or a forward pass alone."""
    name, only_forward = options.case, options.targets is None and options.learning_rate is None
    if options.inputs is None or (not only_forward and None in (options.targets, options.learning_rate)):
        raise NetworkError(
            f"{name} is {kind_of_file(name)}: say --inputs and, for a training step, --target and --learning-rate as well"
        )
    for option, value in (("--example", options.examples), ("--mistake", options.mistake)):
        if value is not None:
            raise NetworkError(f"leave out {option}: {name} is {kind_of_file(name)}, and no case")
    network, _ = load_network_file(name, options.loss)
    rounding, file = pencil_of(options, None), os.path.basename(name)
    if only_forward:
        case = forward_case(network, options.inputs, f"A forward pass of {file}", name)
        return trace_case(case, rounding=rounding, **settings)
    settings["batch_size"] = options.batch or 1
    title = f"A training step of {file}"
    return trace_training(network, pairs(options), rounding=rounding, title=title, **settings)


def forward_case(network, inputs, title, where):
    """Return a case of a network and inputs without targets."""
    examples = [{"inputs": each} for each in inputs]
    return Case({"title": title, "network": network_data(network), "examples": examples}, where)


def examples_of(options, case):
    """Return the examples that take the place of those of the case, None if the options name none."""
    examples = case.pairs()
    if options.examples is not None:
        for number in options.examples:
            if not 1 <= number <= len(examples):
                raise NetworkError(f"there is no example {number}: {options.case} has {len(examples)}")
        examples = [examples[number - 1] for number in options.examples]
    elif options.inputs is None and options.targets is None:
        return None
    if options.inputs is not None and options.targets is not None:
        return pairs(options)
    for given, place in ((options.inputs, 0), (options.targets, 1)):
        if given is not None:
            if len(given) > 1:
                raise NetworkError("say as many --target as --inputs: each pair is an example")
            kept = examples[0][1 - place]
            return [(given[0], kept) if place == 0 else (kept, given[0])]
    return examples


def pairs(options):
    """Return the examples that are given by --inputs and --target."""
    if len(options.inputs) != len(options.targets):
        given = f"{count(len(options.inputs), 'list')} of inputs and {len(options.targets)} of targets"
        raise NetworkError(f"say as many --target as --inputs: there are {given}")
    return list(zip(options.inputs, options.targets))


def pencil_of(options, rules):
    """Return how numbers are rounded by hand: the rules of a case, None where there are none, or a `Pencil`."""
    mode = "cut off" if options.truncate else "half even" if options.half_even else "half up"
    if options.truncate and options.half_even:
        raise NetworkError("say --truncate or --half-even, not both")
    pencil = rounding_pencil(options.round, options.significant, mode, rules)
    if pencil is not None:
        return pencil
    if mode != "half up":
        raise NetworkError("say to how many digits: --round with decimals, or --significant")
    return rules
