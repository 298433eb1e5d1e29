"""`purenet train`: train a network on built-in or own data, watch it, stop it, save it, and take it up again."""

import random
import sys

from purenet.commands.common import add_command, emit, number, whole_number
from purenet.commands.training_progress import Progress
from purenet.commands.training_run import TrainingRun
from purenet.commands.training_settings import (
    COMMON,
    DEFAULTS,
    LASTING,
    SETTINGS,
    STATE,
    check_settings,
    layer_sizes,
    load_data,
    starting_bias,
    starting_weights,
    typed,
)
from purenet.datasets import BUILT_IN
from purenet.document.formats import write
from purenet.errors import NetworkError
from purenet.initialization import build_network
from purenet.storage.files import check_writable
from purenet.storage.network_json import ACTIVATIONS, LOSSES, Reader
from purenet.storage.saved_network import load_saved, save_network


def add_commands(commands):
    command = add_command(commands, "train", train, "train a network, on xor, and, or, digits, mnist or a CSV file")
    command.add_argument("data", nargs="?", metavar="DATA", help=f"one of {', '.join(BUILT_IN)} or mnist")
    command.add_argument(
        "--data", dest="file", metavar="FILE", help="a CSV file: inputs first, then targets or a class"
    )
    command.add_argument("--data-dir", metavar="DIR", help="the folder with the files of MNIST or Fashion-MNIST")
    command.add_argument("--part", choices=["train", "t10k"], help="the part of MNIST to train on")
    command.add_argument("--hold-out", type=whole_number, metavar="N", help="hold out every Nth example, to test on")
    command.add_argument("--layers", metavar="N,N,…", help="sizes of the layers, the number of inputs first")
    kinds = ", ".join(name for name in ACTIVATIONS if name != "softmax")
    command.add_argument("--hidden", metavar="F", help=f"activation of the hidden layers: {kinds}")
    command.add_argument("--last", metavar="F", help="activation of the last layer: one of these, or softmax")
    command.add_argument("--loss", metavar="E", help=f"one of {', '.join(LOSSES)}")
    command.add_argument("--weights", metavar="W", help="starting weights: glorot, he, constant:0.5 or uniform:-1,1")
    command.add_argument("--bias", metavar="B", help="starting biases: a number, drawn (like the weights) or none")
    command.add_argument("--learning-rate", type=number, metavar="R", help="the learning rate η")
    command.add_argument("--momentum", type=number, metavar="M", help="the share of the last step that goes on")
    command.add_argument("--weight-decay", type=number, metavar="D", help="how fast unused weights sink to 0")
    command.add_argument("--batch-size", type=whole_number, metavar="N", help="examples that share a step")
    command.add_argument("--gradient", choices=["mean", "sum"], help="what a step makes of their gradients")
    command.add_argument("--epochs", type=whole_number, metavar="N", help="passes over the data, at most")
    command.add_argument("--stop-loss", type=number, metavar="E", help="stop when the loss of an epoch is below this")
    command.add_argument(
        "--stop-accuracy", type=number, metavar="A", help="stop when its accuracy is at least this, 0 to 1"
    )
    command.add_argument(
        "--seed", type=whole_number, metavar="N", help="number from which all chance follows; default 1"
    )
    command.add_argument("--save", metavar="FILE", help="save the trained network")
    command.add_argument(
        "--picture", metavar="DIR", help="draw the loss, the network and what it makes of the data into a directory"
    )
    command.add_argument(
        "--force", action="store_true", help="let --save overwrite a file, and --picture write into a directory in use"
    )
    command.add_argument(
        "--resume", metavar="FILE", help="go on with a saved training, exactly as if it had not stopped"
    )
    command.add_argument("--quiet", action="store_true", help="show no progress")
    command.add_argument("--ascii", action="store_true", help="use no sign beyond ASCII")
    command.set_defaults(format="text", width=None, output=None)


def train(options):
    """Train, show the result, and save it; fail if a loss or accuracy that was asked for is not reached."""
    run = resumed(options) if options.resume is not None else started(options)
    path = options.resume if options.save is None else options.save
    overwrite = options.force or path == options.resume
    if path is not None:
        check_writable(path, overwrite)
    if options.picture is not None:
        run.album = album_of(run, options)
    try:
        interrupted = run.go(Progress(run, options.quiet))
    except NetworkError as error:
        if path is None:
            raise
        save_network(path, run.network, run.state(), overwrite)
        raise NetworkError(f"{error}; what was learned before is saved in {path}") from None
    run.check_numbers()
    if path is not None:
        save_network(path, run.network, run.state(), overwrite)
    drawn = [] if run.album is None else [run.album.write()]
    emit(options, lambda width, ascii: write(run.report(ascii, drawn), "text", width, ascii))
    if interrupted:
        kept = "nothing is saved without --save" if path is None else f"saved in {path}; go on with --resume {path}"
        print(f"purenet: interrupted in epoch {run.epoch}; {kept}", file=sys.stderr)
        return 130
    if run.missed:
        print(f"purenet: {run.missed}", file=sys.stderr)
        return 1
    return 0


def album_of(run, options):
    """Return what keeps and draws the pictures of a run; only who wants pictures waits for their code."""
    from purenet.commands.album import Album

    return Album(run, options.picture, options.force)


def started(options):
    """Return the run that the options describe."""
    if options.data is not None and options.file is not None:
        raise NetworkError(f"say either {options.data} or --data {options.file}, not both")
    if options.data is None and options.file is None:
        raise NetworkError("say what to train on: xor, and, or, digits, mnist, or --data FILE")
    if options.data and options.data not in (*BUILT_IN, "mnist"):
        raise NetworkError(
            f"there is no data {options.data!r}: built in are {', '.join(BUILT_IN)}; or mnist, or --data FILE"
        )
    kind = options.data or "csv"
    check_places(kind, options)
    settings = {"data": kind, "file": options.file, "data_dir": options.data_dir, **COMMON, **DEFAULTS[kind]}
    if (options.last or settings["last"]) == "softmax" and options.loss is None:
        settings["loss"] = "cross-entropy"
    elif options.last is not None and options.loss is None:
        settings["loss"] = COMMON["loss"]
    for name in SETTINGS:
        if getattr(options, name, None) is not None and name != "data":
            settings[name] = getattr(options, name)
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
    return TrainingRun(settings, dataset, network)


def resumed(options):
    """Return the run that a file saved, with what may change of it changed."""
    network, training = load_saved(options.resume)
    reader = Reader(options.resume)
    if training is None:
        reader.fail("", "holds a network but no training to go on with")
    for name in SETTINGS:
        if name not in LASTING and getattr(options, name, None) is not None:
            word = options.data if name == "data" else "--" + name.replace("_", "-")
            raise NetworkError(f"leave out {word}: {options.resume} says that itself, and only when to stop can change")
    training = typed(reader, training, "training", STATE)
    settings = typed(reader, training["settings"], "training.settings", SETTINGS)
    check_places(settings["data"], options)
    for name in LASTING:
        if getattr(options, name) is not None:
            settings[name] = getattr(options, name)
    check_settings(settings)
    run = TrainingRun(settings, load_data(settings, layer_sizes(settings["layers"])), network)
    run.restore(training)
    return run


def check_places(kind, options):
    """Raise NetworkError for an option that does nothing for this kind of data."""
    useless = {"file": kind != "csv", "data_dir": kind != "mnist", "part": kind != "mnist"}
    useless["hold_out"] = kind not in ("csv", "mnist")
    for name, is_useless in useless.items():
        if is_useless and getattr(options, name) is not None:
            word = "--data" if name == "file" else "--" + name.replace("_", "-")
            raise NetworkError(f"{word} means nothing for {kind}: leave it out")
