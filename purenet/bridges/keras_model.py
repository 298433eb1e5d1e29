"""Keras: a Sequential model as a network.

Keras' `kernel[i][j]` leads from input i to neuron j: purenet's `weights[j][i]`, so the tables are turned.
"""

from purenet.activations import Sigmoid
from purenet.bridges.layers import LayersRead, imported, kinds_in
from purenet.errors import NetworkError
from purenet.losses import BinaryCrossEntropy, CrossEntropy, MeanSquaredError
from purenet.softmax import Softmax

SUPPORTED = ("Dense", "Activation", "Flatten", "Dropout", "ReLU", "Softmax")
LOSSES = {  # with the activation that a loss of logits contains
    "mean_squared_error": (MeanSquaredError, None),
    "binary_crossentropy": (BinaryCrossEntropy, Sigmoid),
    "categorical_crossentropy": (CrossEntropy, Softmax),
    "sparse_categorical_crossentropy": (CrossEntropy, Softmax),
}
AS_THEY_MUST_BE = {
    "max_value": None,
    "negative_slope": 0.0,
    "threshold": 0.0,
    "axis": -1,
}  # settings of ReLU and Softmax


def from_keras(model):
    """Return a Sequential model as a network, its numbers carried over exactly: a float32 is a float64.

    A compiled model brings its loss along; one of logits gives the network a softmax or sigmoid layer at its end. Without
    one, the loss is half squared error. Inputs are given flat. Keras clips probabilities in its cross-entropies to 10⁻⁷
    from 0 and 1, and purenet does not. Raises NetworkError naming what is not supported.
    """
    keras, read = imported("keras", "Keras", "keras"), LayersRead()
    layers = flattened(model)
    for layer in layers:
        take(layer, read)
    if not read.parts:
        raise NetworkError("the model has no Dense layer with weights: call build, or fit, first")
    shape = getattr(model, "input_shape", None) or ()
    if len(shape) > 2 and type(layers[0]) is not keras.layers.Flatten:
        raise NetworkError(f"the inputs have the shape {shape[1:]}: put a Flatten layer first")
    loss, contains = loss_of(getattr(model, "loss", None), len(read.parts[-1][0]))
    if contains is not None:
        read.end_with(contains, "the loss of logits")
    return read.network(loss)


def flattened(model):
    """Return the layers of a Sequential model, those of others within it in their place."""
    keras = imported("keras", "Keras", "keras")
    if isinstance(model, keras.Sequential):
        return [layer for part in model.layers for layer in flattened(part)]
    return [model]


def take(layer, read):
    """Add a layer of Keras to those that were read; raise NetworkError if it is not supported."""
    keras = imported("keras", "Keras", "keras")
    name = type(layer).__name__
    if type(layer) is not getattr(keras.layers, name, None) or name not in SUPPORTED:
        raise NetworkError(f"{name} is not supported: a Sequential model is read with {', '.join(SUPPORTED)}")
    if name == "Dense":
        add_dense(layer, read)
    elif name == "Activation":
        add_function(layer.activation, read)
    elif name in ("ReLU", "Softmax"):
        for setting, value in AS_THEY_MUST_BE.items():
            if getattr(layer, setting, value) != value:
                raise NetworkError(f"{name} with {setting}={getattr(layer, setting)} is not supported: leave it out")
        read.add_activation(kinds_in("keras")[name.lower()], name)


def add_dense(layer, read):
    if not layer.built:
        raise NetworkError("a Dense layer has no weights yet: call build, or fit, first")
    numpy = imported("keras", "Keras", "keras").ops.convert_to_numpy
    read.add_sum(numpy(layer.kernel).T.tolist(), numpy(layer.bias).tolist() if layer.use_bias else None)
    add_function(layer.activation, read)


def add_function(function, read):
    """Take an activation function of Keras."""
    keras, kinds = imported("keras", "Keras", "keras"), kinds_in("keras")
    name = next((name for name in kinds if keras.activations.get(name) is function), None)
    if name is None:
        name = getattr(function, "__name__", function)
        raise NetworkError(f"the activation {name} is not supported: {', '.join(kinds)} are")
    read.add_activation(kinds[name], name)


def loss_of(loss, outputs):
    """Return the loss of purenet that is the same for so many outputs, and the activation that it contains, or None."""
    keras = imported("keras", "Keras", "keras")
    if loss is None:
        return None, None
    function = keras.losses.get(loss) if isinstance(loss, str) else getattr(loss, "fn", loss)
    name = getattr(function, "__name__", type(loss).__name__)
    if name not in LOSSES or getattr(loss, "label_smoothing", 0):
        smoothed = " with label_smoothing" if name in LOSSES else ""
        raise NetworkError(f"the loss {name}{smoothed} is none of purenet's: {', '.join(LOSSES)} are")
    kind, contains = LOSSES[name]
    if kind is BinaryCrossEntropy and outputs > 1:
        raise NetworkError(f"{name} divides the loss by the {outputs} outputs, which no loss of purenet does")
    return kind(), contains if getattr(loss, "from_logits", False) else None
