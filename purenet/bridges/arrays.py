"""NumPy arrays, or lists of lists, as a network, and a network as NumPy arrays."""

import re

from purenet.bridges.layers import imported, parts_of
from purenet.errors import NetworkError
from purenet.network import Network
from purenet.storage.network_json import ACTIVATIONS, LOSSES, Reader
from purenet.storage.other_names import LOSSES as OTHER_LOSSES

ORIENTATIONS = {"in_out": "input", "out_in": "neuron"}


def from_arrays(weights, biases, activations, *, orientation, loss=None):
    """Return the network of a list of weight matrices, one for each layer, a list of bias vectors, and names of activations.

    `orientation` says what a row of a matrix is: with "in_out", `inputs @ weights`, there is a row for each input; with
    "out_in", `weights @ inputs`, one for each neuron. `biases` may be None, or hold None for a layer without. `loss` is a
    loss of purenet, or the name of one; by default half squared error. Raises NetworkError naming the first array that
    does not fit.

    >>> network = from_arrays([[[1.0, 2.0]], [[3.0], [4.0]]], None, ["identity", "identity"], orientation="in_out")
    >>> network.forward([1.0])  # 3·1 + 4·2
    [11.0]
    """
    check_orientation(orientation)
    biases = [None] * len(weights) if biases is None else biases
    for name, given in (("arrays of biases", biases), ("activations", activations)):
        if len(given) != len(weights):
            raise NetworkError(
                f"there are {len(weights)} arrays of weights and {len(given)} {name}: give one for each layer"
            )
    layers = [
        {
            "weights": as_lists(table),
            "weights_by": ORIENTATIONS[orientation],
            "biases": None if bias is None else flat(as_lists(bias)),
            "activation": activation,
        }
        for table, bias, activation in zip(weights, biases, activations)
    ]
    return Network(built(layers, orientation).layers, loss_named(loss))


def built(layers, orientation):
    """Return the network that layers, as data for JSON, describe; an error says whether the other orientation would fit."""
    try:
        return Reader("the arrays").network({"layers": layers}).build()
    except NetworkError as error:
        other = next(name for name in ORIENTATIONS if name != orientation)
        hint = f"; the arrays may fit with orientation={other!r}"
        raise NetworkError(re.sub("; (it|the tables) would fit with .*", hint, str(error))) from None


def to_arrays(network, *, orientation):
    """Return the arrays of weights of a network, those of biases, None for a layer without, and the names of activations.

    These are the first arguments of `from_arrays`, and `orientation` is as there. Raises NetworkError for numbers that are
    no floats.
    """
    check_orientation(orientation)
    numpy = imported("numpy", "NumPy", "numpy")
    parts = parts_of(network, ACTIVATIONS)
    tables = [numpy.array(part.weights, dtype=numpy.float64) for part in parts]
    weights = [table.T.copy() if orientation == "in_out" else table for table in tables]
    biases = [None if part.biases is None else numpy.array(part.biases, dtype=numpy.float64) for part in parts]
    return weights, biases, [part.name for part in parts]


def check_orientation(orientation):
    if orientation not in ORIENTATIONS:
        raise NetworkError(f"the orientation is 'in_out' or 'out_in', not {orientation!r}")


def as_lists(array):
    """Return an array as lists of numbers, exactly; lists as they are."""
    if hasattr(array, "tolist"):
        return array.tolist()
    return [as_lists(part) for part in array] if isinstance(array, (list, tuple)) else array


def flat(biases):
    """Return biases as one list, which may be a matrix of a single row or column."""
    if isinstance(biases, list) and len(biases) == 1 and isinstance(biases[0], list):
        return biases[0]
    if isinstance(biases, list) and all(isinstance(row, list) and len(row) == 1 for row in biases):
        return [row[0] for row in biases]
    return biases


def loss_named(loss):
    """Return a loss of purenet from its name; one that is a loss, or None, as it is."""
    if isinstance(loss, str):
        return Reader("the loss").one_of(loss, "", LOSSES, OTHER_LOSSES)()
    if loss is None or (hasattr(loss, "derivative") and not isinstance(loss, type)):
        return loss
    raise NetworkError(
        f"the loss must be the name of one of purenet's, such as 'half squared error', or an object, not {loss!r}"
    )
