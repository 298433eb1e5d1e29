"""`purenet train`: train a network on built-in or own data, watch it, stop it, save it, and take it up again."""

import random
import re
import shutil
import signal
import sys
import time

from purenet.activations import ACTIVATIONS
from purenet.arithmetic.notation import number_text
from purenet.commands.common import add_command, emit, number, whole_number
from purenet.datasets import BUILT_IN, mnist, read_csv
from purenet.errors import NetworkError, check_number, count
from purenet.files import check_writable
from purenet.initialization import Constant, Glorot, He, Uniform, build_network
from purenet.losses import LOSSES
from purenet.reading import Reader
from purenet.saved import load_saved, save_network
from purenet.trace.formats import DEFAULT_WIDTH, Section, notation_for, write
from purenet.trace.table import Table
from purenet.training import Epoch, GradientDescent, Tally, accuracy, is_good, training_steps

# What each kind of data is trained with unless the options say otherwise.
DEFAULTS = {
    "xor": dict(layers="2,2,1", last="identity", learning_rate=0.01, batch_size=4, epochs=200_000, stop_loss=0.0001),
    "and": dict(layers="2,1", last="sigmoid", learning_rate=0.5, epochs=10_000, stop_loss=0.001),
    "or": dict(layers="2,1", last="sigmoid", learning_rate=0.5, epochs=10_000, stop_loss=0.001),
    "digits": dict(
        layers="64,32,10", last="softmax", loss="cross-entropy", learning_rate=0.1, epochs=20, weights="glorot"
    ),
    "mnist": dict(
        layers="784,128,64,10", last="softmax", loss="cross-entropy", learning_rate=0.1, epochs=15, weights="glorot"
    ),
    "csv": dict(last="sigmoid", learning_rate=0.1, epochs=100, weights="glorot"),
}
COMMON = dict(
    hidden="sigmoid", loss="half squared error", batch_size=1, gradient="mean", momentum=0.0, weight_decay=0.0, seed=1,
    weights="uniform:-1,1", bias="drawn", stop_loss=None, stop_accuracy=None, hold_out=0, part="train",
)  # fmt: skip
# What a saved training holds, by kind; ("text",) may be null.
SETTINGS = {
    "data": "text", "file": ("text",), "data_dir": ("text",), "part": "text", "hold_out": "whole", "layers": "text",
    "hidden": "text", "last": "text", "loss": "text", "weights": "text", "bias": "text", "learning_rate": "number",
    "momentum": "number", "weight_decay": "number", "batch_size": "whole", "gradient": "text", "epochs": "whole",
    "stop_loss": ("number",), "stop_accuracy": ("number",), "seed": "whole",
}  # fmt: skip
STATE = {
    "settings": "object", "examples": "whole", "digest": ("text",), "steps": "whole", "epoch": "whole", "loss": "number",
    "right": "whole", "count": "whole", "last": (["whole", "number", "number"],), "velocities": ([["number"]],),
    "labels": (["text"],),
}  # fmt: skip
# Settings that may change when a training is taken up again; the file must be the same one in another place.
LASTING = ("epochs", "stop_loss", "stop_accuracy", "file", "data_dir")


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
    return Run(settings, dataset, network)


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
    run = Run(settings, load_data(settings, layer_sizes(settings["layers"])), network)
    run.restore(training)
    return run


def typed(reader, data, field, kinds):
    """Return an object with all its fields, each of the kind that is named for it."""
    reader.fields(reader.object(data, field), field, required=tuple(kinds))
    return {name: value_of_kind(reader, data[name], f"{field}.{name}", kind) for name, kind in kinds.items()}


def value_of_kind(reader, value, field, kind):
    """Return a value from a file, checked: see STATE for the kinds. A list of one kind may have any length."""
    if isinstance(kind, list):
        if len(reader.list(value, field)) != len(kind) and len(kind) > 1:
            reader.fail(field, f"must be a list of {len(kind)}, not of {len(value)}")
        kinds = kind if len(kind) > 1 else kind * len(value)
        return [value_of_kind(reader, part, f"{field}[{n}]", each) for n, (part, each) in enumerate(zip(value, kinds))]
    if isinstance(kind, tuple):  # may be null
        return None if value is None else value_of_kind(reader, value, field, kind[0])
    if kind == "number":
        return float(reader.number(value, field))
    return {"text": reader.text, "whole": reader.whole, "object": reader.object}[kind](value, field)


def check_places(kind, options):
    """Raise NetworkError for an option that does nothing for this kind of data."""
    useless = {"file": kind != "csv", "data_dir": kind != "mnist", "part": kind != "mnist"}
    useless["hold_out"] = kind not in ("csv", "mnist")
    for name, is_useless in useless.items():
        if is_useless and getattr(options, name) is not None:
            word = "--data" if name == "file" else "--" + name.replace("_", "-")
            raise NetworkError(f"{word} means nothing for {kind}: leave it out")


def check_settings(settings):
    """Raise NetworkError for a setting that does not exist."""
    kinds = {"hidden": "activation of hidden layers", "last": "activation of the last layer", "loss": "loss"}
    for name, known in (("hidden", ACTIVATIONS), ("last", ACTIVATIONS), ("loss", LOSSES)):
        if settings[name] not in known or (name == "hidden" and settings[name] == "softmax"):
            names = ", ".join(other for other in known if name == "last" or other != "softmax")
            raise NetworkError(f"there is no {kinds[name]} {settings[name]!r}: choose one of {names}")
    if settings["last"] == "softmax" and layer_sizes(settings["layers"])[-1] == 1:
        raise NetworkError("a softmax of one neuron is always 1: take another activation for the last layer")
    if settings["stop_loss"] is not None:
        check_number(settings["stop_loss"], "the loss to stop at")
    if settings["stop_accuracy"] is not None and not 0 <= settings["stop_accuracy"] <= 1:
        raise NetworkError(f"the accuracy to stop at must lie between 0 and 1, not at {settings['stop_accuracy']}")
    if settings["data"] not in DEFAULTS or (settings["data"] == "csv" and settings["file"] is None):
        raise NetworkError(f"there is no data {settings['data']!r} to train on")
    if settings["epochs"] < 1:
        raise NetworkError("the number of epochs must be at least 1")


def layer_sizes(text):
    parts = text.split(",")
    if len(parts) < 2 or not all(re.fullmatch("0*[1-9][0-9]{0,4}", part) for part in parts):
        raise NetworkError(
            f"--layers takes at least two sizes of 1 to 99999 with commas between them, such as 2,3,1, not {text!r}"
        )
    return [int(part) for part in parts]


def starting_weights(text):
    """Return the rule for starting weights that a text names."""
    name, _, numbers = text.partition(":")
    try:
        values = [float(part) for part in numbers.split(",")] if numbers else []
        return {"glorot": Glorot, "he": He, "constant": Constant, "uniform": Uniform}[name](*values)
    except (KeyError, TypeError, ValueError) as error:
        if isinstance(error, NetworkError):
            raise
        raise NetworkError(f"--weights takes glorot, he, constant:0.5 or uniform:-1,1, not {text!r}") from None


def starting_bias(text):
    if text in ("drawn", "none"):
        return None if text == "none" else "drawn"
    try:
        return float(text)
    except ValueError:
        raise NetworkError(f"--bias takes a number, drawn or none, not {text!r}") from None


def load_data(settings, sizes):
    """Return the dataset that the settings name; raise NetworkError unless it fits the layers."""
    if settings["data"] == "csv":
        dataset = read_csv(settings["file"], sizes[0], sizes[-1], settings["hold_out"])
    elif settings["data"] == "mnist":
        if settings["data_dir"] is None:
            raise NetworkError("say where the files of MNIST are: --data-dir DIR")
        dataset = mnist(settings["data_dir"], settings["part"], settings["hold_out"])
    else:
        dataset = BUILT_IN[settings["data"]]()
    if (dataset.inputs, dataset.outputs) != (sizes[0], sizes[-1]):
        raise NetworkError(
            f"{dataset.name} has {count(dataset.inputs, 'input')} and {count(dataset.outputs, 'target')}, but the layers "
            f"{settings['layers']} begin with {sizes[0]} and end with {sizes[-1]}"
        )
    if settings["stop_accuracy"] is not None and not dataset.classified:
        raise NetworkError("--stop-accuracy needs targets that are 0 or 1, or classes")
    return dataset


class Run:
    """A training in progress: everything that must be saved to take it up again is here, `state()`."""

    def __init__(self, settings, dataset, network):
        self.settings = settings
        self.dataset = dataset
        self.network = network
        self.descent = GradientDescent(settings["learning_rate"], settings["momentum"], settings["weight_decay"])
        self.steps = 0  # steps done
        self.epoch = 1  # the epoch of the last step
        self.tally = Tally()  # sums over this epoch so far
        self.last = None  # the last whole Epoch
        self.reached = False
        self.album = None  # what keeps the epochs, where pictures are wanted

    def state(self):
        """Return what a training needs to be taken up again, as a dictionary for JSON."""
        velocities = self.descent.velocities
        return {
            "settings": self.settings,
            "examples": len(self.dataset.examples),
            "digest": self.dataset.digest,
            "steps": self.steps,
            "epoch": self.epoch,
            "loss": float(self.tally.loss),
            "right": self.tally.right,
            "count": self.tally.count,
            "last": self.last,
            "velocities": velocities and [[float(v) for v in row] for row in velocities],
            "labels": self.dataset.labels,
        }

    def restore(self, state):
        """Take over what was saved; raise NetworkError if the data is not that of the saved training."""
        if (state["examples"], state["digest"]) != (len(self.dataset.examples), self.dataset.digest):
            raise NetworkError(f"{self.dataset.name} is not the data that this training began with")
        self.steps, self.epoch = state["steps"], state["epoch"]
        self.tally.loss, self.tally.right, self.tally.count = state["loss"], state["right"], state["count"]
        self.last = state["last"] and Epoch(*state["last"])
        neurons = [neuron for layer in self.network.layers for neuron in layer.neurons]
        velocities = state["velocities"]
        if velocities is not None and [len(v) for v in velocities] != [len(n.weights) + 1 for n in neurons]:
            raise NetworkError("the velocities of the saved training do not fit its network")
        self.descent.velocities = velocities
        self.check_goal()

    def go(self, progress):
        """Train to the end; return whether Ctrl-C ended it after a step instead."""
        if self.reached or (self.last is not None and self.last.number >= self.settings["epochs"]):
            print("purenet: this training has ended before: nothing is left to do", file=sys.stderr)
            return False
        steps = training_steps(
            self.network,
            self.dataset.examples,
            self.descent,
            self.settings["epochs"],
            self.settings["batch_size"],
            self.settings["gradient"],
            random.Random(f"order {self.settings['seed']}"),
            skip=self.steps,
        )
        try:
            with Interruption() as interruption:
                for step in steps:
                    self.add(step)
                    progress.show(step)
                    if self.reached or interruption.came:
                        break
        finally:
            progress.end()
        return interruption.came

    def check_numbers(self):
        """Raise NetworkError if the last step has left a weight that is no finite number."""
        for layer in self.network.layers:
            for neuron in layer.neurons:
                neuron.check()

    def add(self, step):
        """Count one step."""
        self.steps += 1
        self.epoch = step.epoch
        epoch = self.tally.add(step)
        if epoch is not None:
            self.last = epoch
            self.check_goal()
            if self.album is not None:
                self.album.add(epoch)

    def check_goal(self):
        """Note whether the last whole epoch has reached the loss or the accuracy at which to stop."""
        if self.last is not None:
            self.reached = is_good(self.last, self.settings["stop_loss"], self.settings["stop_accuracy"])

    @property
    def missed(self):
        """A sentence about the goal that was not reached, or None."""
        goals = {"a loss below": self.settings["stop_loss"], "an accuracy of": self.settings["stop_accuracy"]}
        goals = [f"{words} {goal}" for words, goal in goals.items() if goal is not None]
        if self.reached or not goals or self.last is None:
            return None
        return f"{count(self.last.number, 'epoch')} did not reach {' or '.join(goals)}"

    def report(self, ascii, more=()):
        """Return the sections that tell the result, with more sentences at the end."""
        layers = self.settings["layers"].replace(",", "-")
        examples, rest = self.dataset.examples, self.dataset.held_out
        sentences = [f"Network {layers}, {count(len(examples), 'example')}, seed {self.settings['seed']}."]
        if self.last is not None:
            sentences.append(f"Epochs: {self.last.number}. Loss: {number_text(self.last.loss, 6)}.")
            if self.dataset.classified:
                sentences[-1] += f" Accuracy: {100 * self.last.accuracy:.1f} %."
        if len(rest):
            sentences.append(f"Held out: {count(len(rest), 'example')}, " + self.on_held_out(rest))
        sentences += more
        table = self.outputs(notation_for("text", ascii)) if len(examples) <= 16 else None
        return [Section(f"Trained on {self.dataset.name}", sentences, table=table, level=1)]

    def on_held_out(self, examples):
        """Return the end of a sentence about examples that were not learned from."""
        if self.dataset.classified:
            return f"accuracy {100 * accuracy(self.network, examples):.1f} %."
        total = 0
        for inputs, targets in examples:
            total += self.network.loss.value(self.network.forward(inputs), targets)
        return f"loss {number_text(total / len(examples), 6)}."

    def outputs(self, notation):
        """Return the table of what the network makes of a few examples."""
        rows = []
        for inputs, targets in self.dataset.examples:
            columns = (inputs, targets, self.network.forward(inputs))
            rows.append([", ".join(notation.number(number_text(value, 6)) for value in column) for column in columns])
        return Table(["inputs", "targets", "outputs"], rows, [(0,), (1,), (2,)], wraps=("inputs", "targets", "outputs"))


class Interruption:
    """Catches Ctrl-C, and a polite kill, so that the step in progress ends; a second Ctrl-C is not caught."""

    def __enter__(self):
        self.came = False
        self.before = {number: signal.signal(number, self.note) for number in (signal.SIGINT, signal.SIGTERM)}
        return self

    def note(self, number, frame):
        self.came = True
        signal.signal(signal.SIGINT, signal.default_int_handler)

    def __exit__(self, *error):
        for number, handler in self.before.items():
            signal.signal(number, handler)


class Progress:
    """Shows on standard error where a training stands: one line that changes on a terminal, otherwise a line now and then."""

    PAUSES = 0.2, 2.0  # seconds between two lines: on a terminal, elsewhere

    def __init__(self, run, quiet):
        self.run = run
        self.quiet = quiet
        self.terminal = sys.stderr is not None and sys.stderr.isatty()
        self.pause = self.PAUSES[0 if self.terminal else 1]
        self.begun = self.shown = time.monotonic()
        self.examples = 0
        self.width = 0

    def show(self, step):
        self.examples += step.examples
        if self.quiet or sys.stderr is None:
            return
        now = time.monotonic()
        if now - self.shown >= self.pause:
            self.shown = now
            self.write(now)

    def write(self, now):
        """Write epoch, loss, accuracy, examples per second and the time that is left at most."""
        run = self.run
        rate = self.examples / (now - self.begun)
        total = run.settings["epochs"] * len(run.dataset.examples)
        done = (run.last.number if run.last else 0) * len(run.dataset.examples) + run.tally.count
        left = round((total - done) / rate)
        parts = [f"epoch {run.epoch} of {run.settings['epochs']}"]
        if run.tally.count:
            parts.append(
                f"loss {run.tally.loss / run.tally.count:.6g}, accuracy {100 * run.tally.right / run.tally.count:.1f} %"
            )
        elif run.last:
            parts.append(f"loss {run.last.loss:.6g}, accuracy {100 * run.last.accuracy:.1f} %")
        parts += [f"{rate:.0f} examples/s", f"{left // 3600}:{left // 60 % 60:02}:{left % 60:02} left"]
        line = ", ".join(parts)
        if self.terminal:
            line = line[: shutil.get_terminal_size((DEFAULT_WIDTH, 24)).columns - 1]
        end = "\r" if self.terminal else "\n"
        sys.stderr.write(line.ljust(self.width) + end)
        sys.stderr.flush()
        self.width = len(line) if self.terminal else 0

    def end(self):
        """Clear the line on a terminal."""
        if self.width:
            sys.stderr.write(" " * self.width + "\r")
            sys.stderr.flush()
