"""Save a network as JSON that a person can read, and load it again, bit for bit.

    {"format": "purenet network", "format_version": 1, "network": {…}, "training": {…}}

The network is described as in purenet/storage/network_json.py; `training`, optional, is the state of a training that can
be resumed.
"""

from decimal import Decimal

from purenet.errors import NetworkError, check_number
from purenet.storage.files import file_name, read_json, write_text
from purenet.storage.json_text import json_text
from purenet.storage.network_json import ACTIVATIONS, LOSSES, Reader, json_excerpt

FORMAT, FORMAT_VERSION = "purenet network", 1


def save_network(path, network, training=None, overwrite=False):
    """Write a network of floats or Decimals to a file, whole or not at all; raise NetworkError if that fails."""
    write_text(path, network_text(network, training), overwrite)


def load_network(path):
    """Return the network in a file that `save_network` wrote; raise NetworkError naming the first fault in it."""
    return load_saved(path)[0]


def load_saved(path, number=float):
    """Return the network in a file, in a kind of number, and the saved state of its training: a dictionary, or None."""
    reader = Reader(file_name(path))
    data = reader.object(read_json(path), "")
    if data.get("format") != FORMAT:
        reader.fail("", "is not a network saved by purenet")
    version = data.get("format_version")
    if type(version) is int and version > FORMAT_VERSION:
        versions = f"its format_version is {version}, and this one reads {FORMAT_VERSION}"
        reader.fail("", f"was saved by a newer purenet: {versions}")
    if type(version) is not int or version < 1:
        reader.fail("format_version", f"is {json_excerpt(version)}, and this purenet reads {FORMAT_VERSION}")
    reader.fields(data, "", required=("format", "format_version", "network"), optional=("training",))
    training = data.get("training")
    if training is not None:
        reader.object(training, "training")
    network = reader.network(data["network"])
    if any(network.shared_biases):
        reader.fail("network", "has a shared_bias, which is only for cases: a saved network gives each neuron its own")
    return network.build(number), training


def network_text(network, training=None):
    """Return the text of a saved network; raise NetworkError for one that could not be loaded again."""
    data = {"format": FORMAT, "format_version": FORMAT_VERSION, "network": network_data(network)}
    return json_text(data if training is None else {**data, "training": training}) + "\n"


def network_data(network):
    """Return a network as a dictionary for JSON."""
    if network.loss.name not in LOSSES:
        raise NetworkError(f"the loss {network.loss.name!r} is not one of purenet's own, so it cannot be saved")
    return {"loss": network.loss.name, "layers": [layer_data(layer) for layer in network.layers]}


def layer_data(layer):
    """Return a layer as a dictionary for JSON."""
    names = [neuron.activation.name for neuron in layer.neurons]
    for name in names:
        if name not in ACTIVATIONS:
            raise NetworkError(f"the activation {name!r} is not one of purenet's own, so it cannot be saved")
    return {
        "activation": names[0] if len(set(names)) == 1 else names,
        "weights": [[saved_number(w, neuron) for w in neuron.weights] for neuron in layer.neurons],
        "biases": [None if neuron.bias is None else saved_number(neuron.bias, neuron) for neuron in layer.neurons],
    }


def saved_number(value, neuron):
    """Return a number as it is saved: a Decimal, or the float, whose shortest text gives back all its bits."""
    if not isinstance(value, (int, float, Decimal)):
        raise NetworkError(f"neuron {neuron.name} holds {value!r}: only floats and Decimals are saved")
    check_number(value, f"a weight or the bias of neuron {neuron.name}")
    return value if isinstance(value, Decimal) else float(value)
