"""The settings of a training: their defaults, their checks, and the objects that they name."""

import re

from purenet.cases.descents import ALL_SETTINGS, USUAL, owners
from purenet.cases.descents import SETTINGS as OF_DESCENTS
from purenet.checks import number_of_weights
from purenet.datasets import BUILT_IN, mnist, read_csv
from purenet.errors import NetworkError, check_number, count, quoted
from purenet.initialization import Constant, Glorot, He, Uniform
from purenet.storage import other_names
from purenet.storage.network_json import ACTIVATIONS, LOSSES, Reader
from purenet.storage.other_names import meanings

# the settings for each kind of data, unless the options say otherwise
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
    hidden="sigmoid", loss="half squared error", batch_size=1, gradient="mean", descent="gradient", seed=1,
    weights="uniform:-1,1", bias="drawn", stop_loss=None, stop_accuracy=None, hold_out=0, part="train",
    rate_schedule=None, patience=None,
)  # fmt: skip
# settings that may change when a training is resumed; the file must be the same one in another place
CHANGEABLE = ("epochs", "stop_loss", "stop_accuracy", "patience", "file", "data_dir", "case")
MOST_WEIGHTS = 100_000_000  # of a network that is built; it takes some 10 gigabytes


def real(reader, value, field):
    return float(reader.number(value, field))


def optional(check):
    """Return a check that lets null pass."""
    return lambda reader, value, field: None if value is None else check(reader, value, field)


def list_of(check):
    """Return a check for a list of any length."""

    def check_all(reader, values, field):
        return [check(reader, value, f"{field}[{n}]") for n, value in enumerate(reader.list(values, field))]

    return check_all


def tuple_of(*checks):
    """Return a check for a list of numbers, each with a check of its own."""

    def check_each(reader, values, field):
        if len(reader.list(values, field)) != len(checks):
            reader.fail(field, f"must be a list of {len(checks)}, not of {len(values)}")
        return [check(reader, value, f"{field}[{n}]") for n, (check, value) in enumerate(zip(checks, values))]

    return check_each


epoch = tuple_of(Reader.whole, Reader.number, real)  # an Epoch: its number, loss and accuracy
measured_epoch = tuple_of(Reader.whole, real, real, real, real)  # the same, and loss and accuracy on what is held out


def memories(reader, values, field):
    """Check what a descent remembers: tables by name."""
    return {
        kind: list_of(list_of(Reader.number))(reader, rows, f"{field}.{kind}")
        for kind, rows in reader.object(values, field).items()
    }


# how each field of a saved training is checked
SETTINGS = {
    "data": Reader.text, "file": optional(Reader.text), "data_dir": optional(Reader.text), "part": Reader.text,
    "hold_out": Reader.whole, "layers": Reader.text, "hidden": Reader.text, "last": Reader.text, "loss": Reader.text,
    "weights": Reader.text, "bias": Reader.text, "learning_rate": real, "descent": Reader.text,
    **{name: optional(real) for name in ALL_SETTINGS},
    "batch_size": Reader.whole, "gradient": Reader.text, "epochs": Reader.whole, "stop_loss": optional(real),
    "stop_accuracy": optional(real), "seed": Reader.whole, "rate_schedule": optional(Reader.text),
    "patience": optional(Reader.whole),
}  # fmt: skip
# settings that a case has, and an option may change
CASE_NUMBERS = ("learning_rate", *ALL_SETTINGS, "gradient")
CASE_SETTINGS = {
    "case": Reader.text,
    **{name: SETTINGS[name] for name in (*CASE_NUMBERS, "epochs", "stop_loss", "stop_accuracy", "rate_schedule")},
}
STATE = {
    "settings": Reader.object, "examples": Reader.whole, "digest": optional(Reader.text), "steps": Reader.whole,
    "epoch": Reader.whole, "loss": Reader.number, "right": Reader.whole, "count": Reader.whole, "last": optional(epoch),
    "best": optional(measured_epoch), "memories": optional(memories), "labels": optional(list_of(Reader.text)),
}  # fmt: skip


LATER = ("best", "rate_schedule", "patience", *ALL_SETTINGS)  # fields that files of version 0.1.0 lack: None


def checked(reader, data, field, checks):
    """Return an object with all its fields, each checked."""
    data = {**{name: None for name in LATER if name in checks}, **reader.object(data, field)}
    reader.fields(data, field, required=tuple(checks))
    return {name: check(reader, data[name], f"{field}.{name}") for name, check in checks.items()}


def saved_state(reader, training):
    """Return the saved state of a training, all of it checked."""
    state = checked(reader, as_saved_now(training), "training", STATE)
    is_case = "case" in state["settings"]
    settings = {**({} if is_case else {"descent": "gradient"}), **state["settings"]}
    checks = CASE_SETTINGS if is_case else SETTINGS
    return {**state, "settings": checked(reader, settings, "training.settings", checks)}


def as_saved_now(training):
    """Return the saved state of a training of purenet 0.1, which knew velocities alone, as it is saved now."""
    if not isinstance(training, dict) or "velocities" not in training or "memories" in training:
        return training
    velocities = training["velocities"]
    rest = {name: value for name, value in training.items() if name != "velocities"}
    return {**rest, "memories": None if velocities is None else {"velocities": velocities}}


def with_descent(settings, given):
    """Return all settings with those of their descent, and None for the others; raise NetworkError for a bad one."""
    name = settings["descent"]
    if name not in OF_DESCENTS:
        raise NetworkError(f"there is no descent {quoted(name)}: choose one of {', '.join(OF_DESCENTS)}")
    check_useful(name, given)
    own = {field: given.get(field, USUAL[field]) if field in OF_DESCENTS[name] else None for field in ALL_SETTINGS}
    return {**settings, **own}


def check_useful(name, given):
    """Raise NetworkError for a setting that is given and that a descent does not have."""
    for field in ALL_SETTINGS:
        if field in given and field not in OF_DESCENTS[name]:
            raise NetworkError(
                f"leave out {option_word(field, given)}: it belongs to the descents {owners(field)}, not to {name}"
            )


def loss_of(settings, given):
    """Return the loss that the settings name, or unless it is given, the one that suits a last layer that is given."""
    if "loss" not in given and settings["last"] == "softmax":
        return "cross-entropy"
    return COMMON["loss"] if "last" in given and "loss" not in given else settings["loss"]


def check_settings(settings):
    """Raise NetworkError for a setting that does not exist."""
    check_network_settings(settings)
    check_end(settings)
    if settings["data"] not in DEFAULTS or (settings["data"] == "csv" and settings["file"] is None):
        raise NetworkError(f"there is no data {quoted(settings['data'])} to train on")


def check_network_settings(settings):
    """Raise NetworkError for an activation or a loss that does not exist, and for a softmax of one neuron."""
    kinds = {"hidden": "activation of hidden layers", "last": "activation of the last layer", "loss": "loss"}
    for name, known in (("hidden", ACTIVATIONS), ("last", ACTIVATIONS), ("loss", LOSSES)):
        if settings[name] not in known or (name == "hidden" and settings[name] == "softmax"):
            names = ", ".join(other for other in known if name == "last" or other != "softmax")
            raise NetworkError(f"there is no {kinds[name]} {quoted(settings[name])}: choose one of {names}")
    if settings["last"] == "softmax" and layer_sizes(settings["layers"])[-1] == 1:
        raise NetworkError("a softmax of one neuron is always 1: take another activation for the last layer")


def check_end(settings):
    """Raise NetworkError for a goal or a number of epochs that makes no sense."""
    if settings["stop_loss"] is not None:
        check_number(settings["stop_loss"], "the loss to stop at")
    if settings["stop_accuracy"] is not None and not 0 <= settings["stop_accuracy"] <= 1:
        raise NetworkError(f"the accuracy to stop at must lie between 0 and 1, not at {settings['stop_accuracy']}")
    if settings.get("patience") == 0:
        raise NetworkError("--patience must be at least 1 epoch")
    if settings["epochs"] < 1:
        raise NetworkError("the number of epochs must be at least 1")


def activation_name(text):
    """Return purenet's own name of an activation that other texts call otherwise, such as LeakyReLU, or the text."""
    return own_name(text, ACTIVATIONS, other_names.ACTIVATIONS)


def loss_name(text):
    """Return purenet's own name of a loss that other texts call otherwise, such as BCE, or the text."""
    return own_name(text, LOSSES, other_names.LOSSES)


def own_name(text, known, others):
    meant = meanings(text, known, others)
    return meant[0] if len(meant) == 1 else text


def layer_sizes(text):
    parts = re.split("[,-]", text)
    if len(parts) < 2 or not all(re.fullmatch("0*[1-9][0-9]{0,4}", part) for part in parts):
        raise NetworkError(
            f"the layers are at least two sizes of 1 to 99999, such as 2,3,1 or 2-3-1, not {quoted(text)}"
        )
    sizes = [int(part) for part in parts]
    weights = number_of_weights(sizes)
    if weights > MOST_WEIGHTS:
        raise NetworkError(
            f"the layers {quoted(text)} make {weights:,} weights: at most {MOST_WEIGHTS:,} can be trained"
        )
    return sizes


def starting_weights(text):
    """Return the rule for starting weights that a text names."""
    name, _, numbers = text.partition(":")
    try:
        values = [float(part) for part in numbers.split(",")] if numbers else []
        return {"glorot": Glorot, "he": He, "constant": Constant, "uniform": Uniform}[name](*values)
    except (KeyError, TypeError, ValueError) as error:
        if isinstance(error, NetworkError):
            raise
        raise NetworkError(f"--weights takes glorot, he, constant:0.5 or uniform:-1,1, not {quoted(text)}") from None


def starting_bias(text):
    if text in ("drawn", "none"):
        return None if text == "none" else "drawn"
    try:
        return float(text)
    except ValueError:
        raise NetworkError(f"--bias takes a number, drawn or none, not {quoted(text)}") from None


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
    check_classes(settings, dataset)
    if settings["patience"] is not None:
        check_held_out("--patience", dataset)
    return dataset


def check_held_out(option, dataset):
    """Raise NetworkError if no examples are held out."""
    if not len(dataset.held_out):
        where = "--hold-out 5 holds out every fifth one of a CSV file or of MNIST, and digits has some"
        raise NetworkError(f"{option} needs examples that are held out: {where}")


def check_classes(settings, dataset):
    """Raise NetworkError for a goal of an accuracy if outputs can be neither right nor wrong."""
    if settings["stop_accuracy"] is not None and not dataset.classified:
        raise NetworkError("--stop-accuracy needs targets that are 0 or 1, or classes")


def option_word(name, given):
    """Return what a person wrote to give a setting: the name of data, or an option."""
    return given["data"] if name == "data" else "--data" if name == "file" else "--" + name.replace("_", "-")
