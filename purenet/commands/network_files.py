"""Files that hold a network: saved by `purenet train --save`, or an ONNX model, which has no loss of its own."""

import os

from purenet.cases import case_names
from purenet.errors import NetworkError
from purenet.storage.files import read_json
from purenet.storage.network_json import LOSSES
from purenet.storage.saved_network import FORMAT, load_saved


def add_loss_option(add):
    """Add the option that gives an ONNX model a loss, by a function that adds options."""
    add("--loss", metavar="E", help=f"for an ONNX model: {', '.join(LOSSES)}; default the first")


def is_network_file(name):
    """Return whether a name is that of a file with a network, and not of a case."""
    if is_onnx(name):
        return True
    if name in case_names() or not (name == "-" or os.path.isfile(name)):
        return False
    data = read_json(name)
    return isinstance(data, dict) and data.get("format") == FORMAT


def is_onnx(name):
    return name.endswith(".onnx")


def kind_of_file(name):
    """Return in words what a file with a network is."""
    return "an ONNX model" if is_onnx(name) else "a saved network"


def load_network_file(name, loss=None):
    """Return the network in a file, and the saved state of its training or None; a `loss` is for ONNX models only."""
    if is_onnx(name):
        from purenet.bridges.onnx_model import from_onnx

        return from_onnx(name, loss), None
    check_no_loss(name, loss)
    return load_saved(name)


def check_no_loss(name, loss):
    """Raise NetworkError for a loss that is given for a case or a saved network."""
    if loss is not None:
        raise NetworkError(f"leave out --loss: {name} has a loss of its own")
