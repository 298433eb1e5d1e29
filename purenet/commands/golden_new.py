"""`purenet golden new`: options become a network, examples and settings, of which golden/new_case.py makes a case."""

import os
import re
import sys
from decimal import Decimal
from functools import partial

from purenet.cases import Case
from purenet.cases.descents import SETTINGS as DESCENTS
from purenet.cases.descents import USUAL
from purenet.checks import number_of_weights
from purenet.commands.common import Patience, add_command, emit, number, say, whole_number
from purenet.commands.training_settings import (
    COMMON,
    activation_name,
    check_settings,
    layer_sizes,
    load_data,
    loss_name,
    loss_of,
    starting_bias,
    with_descent,
)
from purenet.datasets import BUILT_IN
from purenet.errors import NetworkError, count
from purenet.golden.generate import certified_text
from purenet.golden.literals import LANGUAGES, literal
from purenet.golden.mistakes import CATALOGUE
from purenet.golden.new_case import ShortDecimals, case_data, drawn_data, printed_network
from purenet.golden.programs.reported import LAYOUTS, check_choices
from purenet.golden.values.case_files import case_tsv
from purenet.initialization import build_network
from purenet.storage.files import check_beside, file_name, parse_json, read_text, write_beside
from purenet.storage.network_json import ACTIVATIONS, LOSSES
from purenet.storage.saved_network import load_saved
from purenet.trace.quantities import shape_of

MOST_EXAMPLES = 4  # unless --examples says otherwise
MOST_GRADIENTS = 500_000  # that are certified, which then takes many minutes
DEFAULTS = {**COMMON, "last": "sigmoid", "learning_rate": 0.5, "epochs": 1, "file": None, "data_dir": None}
OF_NETWORK = ("layers", "hidden", "last", "loss", "bias", "seed")  # what a saved network says itself


def add_commands(group):
    help = "make a case of your own: certified, and its weights to paste into a program"
    command = add_command(group, "new", new, help)
    add = command.add_argument
    add("layers", nargs="?", metavar="SIZES", help="sizes of the layers, the number of inputs first: 2-4-1")
    add("--data", metavar="DATA", help=f"the examples: {', '.join(BUILT_IN)}, or a CSV file, inputs first")
    add(
        "--examples", type=whole_number, metavar="N", help=f"the first N examples; default all, at most {MOST_EXAMPLES}"
    )
    add = command.add_argument_group("the network").add_argument
    kinds = ", ".join(name for name in ACTIVATIONS if name != "softmax")
    add(
        "--hidden",
        type=activation_name,
        metavar="F",
        help=f"activation of the hidden layers: {kinds}; default {DEFAULTS['hidden']}",
    )
    last = f"activation of the last layer: one of these, or softmax; default {DEFAULTS['last']}"
    add("--last", "--output", type=activation_name, metavar="F", help=last)
    loss = f"one of {', '.join(LOSSES)}; default {DEFAULTS['loss']}, after softmax cross-entropy"
    add("--loss", type=loss_name, metavar="E", help=loss)
    add("--bias", metavar="B", help="starting biases: a number, drawn (like the weights) or none; default drawn")
    add("--no-biases", dest="bias", action="store_const", const="none", help="the same as --bias none")
    add("--seed", type=whole_number, metavar="N", help="the seed of the weights; default 1")
    like = "take the weights in a text file, as a program of yours printed them: of each layer its weights, then its biases"
    add("--like", metavar="WEIGHTS", help=like)
    add("--from", dest="saved", metavar="FILE", help="take the network saved by `purenet train --save`")
    layout = f"how tables of weights are laid out, printed and in --like: {' or '.join(LAYOUTS)}; default the first"
    add("--weights", default=LAYOUTS[0], metavar="L", help=layout)
    add = command.add_argument_group("the training").add_argument
    add("--learning-rate", type=number, metavar="R", help=f"the learning rate η; default {DEFAULTS['learning_rate']}")
    add("--batch-size", "--batch", type=whole_number, metavar="N", help="examples that share a step; default 1")
    add("--gradient", choices=["mean", "sum"], help="how a step combines their gradients; default mean")
    add("--descent", choices=[*DESCENTS], help="how weights move; default gradient")
    add("--momentum", type=number, metavar="M", help="the share of the last step that is added to each step; default 0")
    for name in ("beta1", "beta2", "epsilon"):
        add(f"--{name}", type=number, metavar="B", help=f"of adam and adamw; default {USUAL[name]}")
    add("--weight-decay", type=number, metavar="D", help="how fast weights decay; default 0")
    add("--epochs", type=whole_number, metavar="N", help="passes over the examples; default 1")
    add = command.add_argument_group("what is written").add_argument
    add("--literal", choices=[*LANGUAGES], default="python", help="the language of the printed weights; default python")
    add("--id", metavar="NAME", help="the name of the case and of its two files; default data and sizes: xor-2-4-1")
    add("-o", dest="folder", metavar="DIR", default=".", help="the folder to write to; default the current one")
    add("--force", action="store_true", help="overwrite files that are there")
    command.set_defaults(output=None, width=None, ascii=False)  # the literal goes to standard output


def new(options):
    """Make a case, write it, and print its weights."""
    check_choices(None, options.weights)
    if (options.data, options.like, options.saved).count("-") > 1:
        raise NetworkError("standard input is one file only: name the others")
    names = ("layers", *DEFAULTS, *USUAL)
    given = {name: getattr(options, name) for name in names if getattr(options, name, None) is not None}
    saved = saved_network(options, given)
    settings = settings_of(options.data, given, saved)
    id = options.id or default_id(settings)
    names = [f"{id}.json", f"{id}.tsv"]
    check_beside(options.folder, names, options.force)
    data_of = partial(case_data, id, examples=examples_of(options, settings), settings=settings)
    by_input = options.weights == LAYOUTS[1]
    with Patience(f"certifying {id}"):
        text = certified_text(data_with_weights(options.like, saved, settings, data_of, by_input), "the new case")
    case = Case(parse_json(text, id), id)
    write_beside(options.folder, dict(zip(names, (text, case_tsv(case)))), options.force)
    emit(options, lambda **layout: literal(case, options.literal, by_input))
    say_what_is_next(case, os.path.normpath(os.path.join(options.folder, names[0])))
    return 0


def saved_network(options, given):
    """Return the network that --from names, or None; raise NetworkError for options that would say the same twice."""
    if options.saved is None:
        if options.like is not None and options.seed is not None:
            raise NetworkError("leave out --seed: --like says what the weights are")
        if options.like is not None and options.bias not in (None, "none"):
            raise NetworkError("leave out --bias: --like says what the biases are")
        return None
    if options.like is not None:
        raise NetworkError("say either --like or --from, not both")
    for name in OF_NETWORK:
        if name in given:
            word = given[name] if name == "layers" else "--" + name
            raise NetworkError(f"leave out {word}: {file_name(options.saved)} is a whole network")
    return load_saved(options.saved, Decimal)[0]


def settings_of(data, given, saved):
    """Return all settings, a dictionary, with defaults for those that are not given; raise NetworkError for a bad one."""
    if data is None:
        raise NetworkError(f"say which examples: --data {', '.join(BUILT_IN)}, or a CSV file")
    if data not in BUILT_IN and not (data == "-" or os.path.exists(data) or re.search(r"[/\\.]", data)):
        names = ", ".join(BUILT_IN)
        raise NetworkError(f"there is no data {data!r}: built in are {names}; a CSV file of your own ends in .csv")
    kind = {"data": data} if data in BUILT_IN else {"data": "csv", "file": data}
    if saved is not None:
        kind["layers"] = ",".join(map(str, shape_of(saved)[0]))
    settings = with_descent({**DEFAULTS, **given, **kind}, given)
    if "layers" not in settings:
        raise NetworkError("say how large the layers are: 2-4-1 for 2 inputs, 4 hidden neurons and 1 output")
    settings["loss"] = loss_of(settings, given)
    check_settings(settings)
    return settings


def examples_of(options, settings):
    """Return the examples of the case, the first of the data; raise NetworkError if there are not so many."""
    dataset = load_data(settings, layer_sizes(settings["layers"]))
    there = len(dataset.examples)
    wanted = min(there, MOST_EXAMPLES) if options.examples is None else options.examples
    if not 1 <= wanted <= there:
        raise NetworkError(f"--examples is 1 to {there}, as many as {dataset.name} has, and not {wanted}")
    if not 1 <= settings["batch_size"] <= wanted:
        raise NetworkError(
            f"--batch-size is 1 to {wanted}, as many as there are examples, and not {settings['batch_size']}"
        )
    if options.examples is None and wanted < there:
        say(f"purenet: these are the first {wanted} of {there} examples; --examples takes more")
    check_size(settings, wanted)
    return [dataset.examples[n] for n in range(wanted)]


def check_size(settings, examples):
    """Raise NetworkError if a case would be too large to certify."""
    weights, passes = number_of_weights(layer_sizes(settings["layers"])), examples * settings["epochs"]
    if weights * passes > MOST_GRADIENTS:
        raise NetworkError(
            f"{count(weights, 'weight')} times {count(passes, 'example')} are more than the {MOST_GRADIENTS:,} gradients that "
            "a case may have: take fewer neurons, --examples or --epochs"
        )


def data_with_weights(like, saved, settings, data_of, by_input):
    """Return data of the case with its weights: those of a saved network, printed ones, or drawn ones."""
    if saved is not None:
        return data_of(saved)
    sizes, kinds = layer_sizes(settings["layers"]), [ACTIVATIONS[settings[name]] for name in ("hidden", "last")]
    loss = LOSSES[settings["loss"]]()
    bias = starting_bias(settings["bias"])
    if like is not None:
        return data_of(
            printed_network(read_text(like), file_name(like), sizes, *kinds, loss, bias is not None, by_input)
        )
    return drawn_data(
        lambda source: build_network(sizes, *kinds, ShortDecimals(), source, bias, loss), settings["seed"], data_of
    )


def default_id(settings):
    """Return the name of a case that is made with the settings: that of the data, and the sizes of the layers."""
    name = os.path.basename(settings["file"] or settings["data"])
    name = re.sub("[^A-Za-z0-9]+", "-", re.sub(r"\.csv$", "", name)).strip("-") or "case"
    return f"{name}-{'-'.join(map(str, layer_sizes(settings['layers'])))}"


def say_what_is_next(case, path):
    """Say what was written, and how to go on."""
    steps, blind = count(len(case.batch_sizes), "step"), len(case.blind_to)
    print(
        f"purenet: {path} and .tsv written: {steps}, in which {len(CATALOGUE) - blind} of {len(CATALOGUE)} known mistakes "
        f"would show\npurenet: print your numbers by name, as in `step1.example1.loss 0.125`, to a file or into a pipe:\n"
        f"purenet:     ./mynet | purenet golden diagnose {path} -",
        file=sys.stderr,
    )
