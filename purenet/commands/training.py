"""`purenet train`: train a network on built-in data, a file or a case, with progress, pictures, saving and resuming."""

import random

from purenet.cases.descents import SETTINGS as DESCENTS
from purenet.cases.descents import USUAL, descent_of
from purenet.commands.common import add_command, emit, number, say, whole_number
from purenet.commands.held_out import check_best, save_best
from purenet.commands.picture_files import add_picture_options, all_finished, check_png
from purenet.commands.training_case import resumed_case, started_case
from purenet.commands.training_progress import Progress
from purenet.commands.training_run import TrainingRun
from purenet.commands.training_settings import (
    CHANGEABLE,
    COMMON,
    DEFAULTS,
    SETTINGS,
    activation_name,
    check_held_out,
    check_settings,
    layer_sizes,
    load_data,
    loss_name,
    loss_of,
    option_word,
    saved_state,
    starting_bias,
    starting_weights,
    with_descent,
)
from purenet.datasets import BUILT_IN
from purenet.document.formats import write
from purenet.errors import NetworkError, quoted
from purenet.initialization import build_network
from purenet.storage.files import check_writable
from purenet.storage.network_json import ACTIVATIONS, LOSSES, Reader
from purenet.storage.saved_network import load_saved, save_network


def add_commands(commands):
    command = add_command(commands, "train", train, "train a network on built-in data, a CSV file or a case")
    command.add_argument("data", nargs="?", metavar="DATA", help=f"one of {', '.join(BUILT_IN)} or mnist")
    command.add_argument(
        "--data", dest="file", metavar="FILE", help="a CSV file: inputs first, then targets or a class"
    )
    command.add_argument(
        "--case", metavar="CASE", help="a built-in case, or a JSON file: its weights, its examples in their order"
    )
    command.add_argument("--data-dir", metavar="DIR", help="the folder with the files of MNIST or Fashion-MNIST")
    command.add_argument("--part", choices=["train", "t10k"], help="the part of MNIST to train on")
    command.add_argument("--hold-out", type=whole_number, metavar="N", help="hold out every Nth example, to test on")
    command.add_argument("--layers", metavar="N,N,…", help="sizes of the layers, the number of inputs first")
    kinds = ", ".join(name for name in ACTIVATIONS if name != "softmax")
    command.add_argument(
        "--hidden", type=activation_name, metavar="F", help=f"activation of the hidden layers: {kinds}"
    )
    command.add_argument(
        "--last", type=activation_name, metavar="F", help="activation of the last layer: one of these, or softmax"
    )
    command.add_argument("--loss", type=loss_name, metavar="E", help=f"one of {', '.join(LOSSES)}")
    command.add_argument("--weights", metavar="W", help="starting weights: glorot, he, constant:0.5 or uniform:-1,1")
    command.add_argument("--bias", metavar="B", help="starting biases: a number, drawn (like the weights) or none")
    command.add_argument("--learning-rate", type=number, metavar="R", help="the learning rate η")
    command.add_argument("--descent", choices=[*DESCENTS], help="how weights move; default gradient")
    command.add_argument(
        "--rate-schedule",
        metavar="S",
        help="how η follows the epoch n: step:N:F, η·F^⌊(n−1)/N⌋; exponential:F, η·F^(n−1); inverse:K, η/(1 + K·(n−1)); "
        "or factors:C,C,…, η·C, one C for each epoch",
    )
    command.add_argument(
        "--momentum", type=number, metavar="M", help="the share of the last step that is added to each step"
    )
    for name in ("beta1", "beta2", "epsilon"):
        command.add_argument(f"--{name}", type=number, metavar="B", help=f"of adam and adamw; default {USUAL[name]}")
    command.add_argument(
        "--weight-decay", type=number, metavar="D", help="how fast weights that the data does not support decay"
    )
    command.add_argument("--batch-size", type=whole_number, metavar="N", help="examples that share a step")
    command.add_argument("--gradient", choices=["mean", "sum"], help="how a step combines their gradients")
    command.add_argument("--epochs", type=whole_number, metavar="N", help="passes over the data, at most")
    command.add_argument("--stop-loss", type=number, metavar="E", help="stop when the loss of an epoch is below this")
    command.add_argument(
        "--stop-accuracy", type=number, metavar="A", help="stop when its accuracy is at least this, 0 to 1"
    )
    command.add_argument(
        "--patience",
        type=whole_number,
        metavar="N",
        help="stop when N epochs have not brought the loss on what is held out below its lowest",
    )
    command.add_argument("--seed", type=whole_number, metavar="N", help="the seed of all random numbers; default 1")
    command.add_argument("--save", metavar="FILE", help="save the trained network")
    command.add_argument(
        "--save-best", metavar="FILE", help="save the network after the epoch with the lowest loss on what is held out"
    )
    command.add_argument(
        "--picture", metavar="DIR", help="draw the loss, the network and its results on the data into a directory"
    )
    add_picture_options(command)
    command.add_argument(
        "--force", action="store_true", help="let --save overwrite a file, and --picture write into a directory in use"
    )
    command.add_argument("--resume", metavar="FILE", help="continue a saved training, exactly as if it had not stopped")
    command.add_argument("--quiet", action="store_true", help="show no progress")
    command.add_argument("--verbose", action="store_true", help="say where the formulas of a step are compiled")
    command.add_argument("--ascii", action="store_true", help="use no sign beyond ASCII")
    command.set_defaults(format="text", width=None, output=None)


def train(options):
    """Train, show the result, and save it; fail if a loss or accuracy that was asked for is not reached."""
    given = {name: getattr(options, name, None) for name in ("case", *SETTINGS)}
    given = {name: value for name, value in given.items() if value is not None}
    run = started(given) if options.resume is None else resumed(options.resume, given)
    run.verbose = options.verbose
    path = options.resume if options.save is None else options.save
    overwrite = options.force or path == options.resume
    if path is not None:
        check_writable(path, overwrite)
    if options.save_best is not None:
        check_held_out("--save-best", run.dataset)
        check_best(options.save_best, path, options.force)
        run.held_out.keeps = True
    if options.picture is not None:
        from purenet.commands.album import Album  # imported for those who want pictures: it takes a while

        check_png(options)
        run.album = Album(run, options.picture, options.force, lambda pictures: all_finished(pictures, options))
    elif options.theme or options.png:
        raise NetworkError("--theme and --png are about pictures: say --picture with a directory, too")
    try:
        interrupted = run.go(Progress(run, options.quiet))
    except KeyboardInterrupt:
        say("purenet: interrupted in the middle of a step, so that nothing is saved")
        raise
    except NetworkError as error:
        save_best(run.held_out, options.save_best, options.force)
        if path is None:
            raise
        save_network(path, run.network, run.state(), overwrite)
        raise NetworkError(f"{error}; what was learned before is saved in {path}") from None
    run.check_numbers()
    if path is not None:
        save_network(path, run.network, run.state(), overwrite)
    drawn = save_best(run.held_out, options.save_best, options.force)
    drawn += [] if run.album is None else [run.album.write()]
    emit(options, lambda width, ascii: write(run.report(ascii, drawn), "text", width, ascii))
    if interrupted:
        kept = "nothing is saved without --save" if path is None else f"saved in {path}; go on with --resume {path}"
        say(f"purenet: interrupted in epoch {run.epoch}; {kept}")
        return 130
    if run.missed:
        say(f"purenet: {run.missed}")
        return 1
    return 0


def started(given):
    """Return a new run with the settings that are given, a dictionary, and defaults for the others."""
    if "case" in given:
        return started_case(given)
    kind, file = given.get("data"), given.get("file")
    if kind is not None and file is not None:
        raise NetworkError(f"say either {kind} or --data {file}, not both")
    if kind is None and file is None:
        raise NetworkError("say what to train on: xor, and, or, digits, mnist, --data FILE or --case CASE")
    if kind not in (None, *BUILT_IN, "mnist"):
        names = ", ".join(BUILT_IN)
        raise NetworkError(f"there is no data {quoted(kind)}: built in are {names}; or mnist, or --data FILE")
    kind = kind or "csv"
    check_places(kind, given)
    settings = {"file": None, "data_dir": None, **COMMON, **DEFAULTS[kind], **given, "data": kind}
    settings["loss"] = loss_of(settings, given)
    settings = with_descent(settings, given)
    if "layers" not in settings:
        raise NetworkError("say how large the layers are: --layers 4,8,3 for 4 inputs, 8 hidden neurons and 3 outputs")
    settings = {name: settings[name] for name in SETTINGS}
    check_settings(settings)
    sizes = layer_sizes(settings["layers"])
    dataset = load_data(settings, sizes)
    network = build_network(
        sizes,
        ACTIVATIONS[settings["hidden"]],
        ACTIVATIONS[settings["last"]],
        starting_weights(settings["weights"]),
        random.Random(f"weights {settings['seed']}"),
        starting_bias(settings["bias"]),
        LOSSES[settings["loss"]](),
    )
    return TrainingRun(settings, dataset, network, descent_of(settings["descent"], settings["learning_rate"], settings))


def resumed(path, given):
    """Return the run that a file saved, with the settings that are given, if they are ones that may change."""
    network, training = load_saved(path)
    reader = Reader(path)
    if training is None:
        reader.fail("", "holds a network but no training to go on with")
    for name in given:
        if name not in CHANGEABLE:
            word = option_word(name, given)
            raise NetworkError(f"leave out {word}: {path} says that itself, and only when to stop can change")
    state = saved_state(reader, training)
    if "case" in state["settings"]:
        return resumed_case(path, state, given)
    check_places(state["settings"]["data"], given)
    settings = {**state["settings"], **given}
    check_settings(settings)
    sizes = layer_sizes(settings["layers"])
    if sizes != [len(network.layers[0].neurons[0].weights), *(len(layer.neurons) for layer in network.layers)]:
        reader.fail("training.settings.layers", f"is {quoted(settings['layers'])}, which is not the saved network")
    descent = descent_of(settings["descent"], settings["learning_rate"], settings)
    run = TrainingRun(settings, load_data(settings, sizes), network, descent)
    run.restore(state)
    return run


def check_places(kind, given):
    """Raise NetworkError for a setting that means nothing for this kind of data."""
    useless = {"file": kind != "csv", "data_dir": kind != "mnist", "part": kind != "mnist"}
    useless.update(hold_out=kind not in ("csv", "mnist"), case=True)
    for name, is_useless in useless.items():
        if is_useless and name in given:
            raise NetworkError(f"{option_word(name, given)} means nothing for {kind}: leave it out")
