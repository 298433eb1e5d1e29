"""PyTorch: a torch.nn.Sequential as a network, and a network as a torch.nn.Sequential.

`layer.neurons[j].weights[i]` is PyTorch's `weight[j][i]`, so nothing is turned.
"""

from collections import namedtuple

from purenet.activations import Sigmoid
from purenet.bridges.arrays import loss_named
from purenet.bridges.layers import LayersRead, check_leak, imported, kinds_in, parts_of
from purenet.errors import NetworkError
from purenet.losses import BinaryCrossEntropy, CrossEntropy, MeanSquaredError, SquaredError
from purenet.softmax import Softmax

SUPPORTED = ("Linear", "Flatten", *kinds_in("torch"))
SETTINGS = {"weight": None, "pos_weight": None, "label_smoothing": 0.0}  # of a loss, as they must be
OVER_OUTPUTS = (None, -1, 1)  # the dim of a softmax whose examples are rows
FUNCTIONS = {  # losses as functions, and the modules that do the same
    "mse_loss": "MSELoss",
    "binary_cross_entropy": "BCELoss",
    "binary_cross_entropy_with_logits": "BCEWithLogitsLoss",
    "cross_entropy": "CrossEntropyLoss",
    "nll_loss": "NLLLoss",
}

# What a loss of PyTorch is in purenet: a loss, the activation of the last layer that it contains or None, and whether the
# gradient of a mini-batch is the "mean" or the "sum" over its examples.
Meaning = namedtuple("Meaning", "loss contains gradient")


def from_torch(module, loss=None):
    """Return a torch.nn.Sequential as a network, its numbers carried over exactly: a float32 is a float64.

    `loss` is a loss of PyTorch, such as torch.nn.MSELoss(), a loss of purenet, or None for half squared error. One that
    contains the last activation, as CrossEntropyLoss and BCEWithLogitsLoss do, gives the network a softmax or sigmoid layer at its
    end. Inputs are given flat. Raises NetworkError naming what is not supported.
    """
    loss = module_of(loss)
    read = layers_of(module, loss)
    return network_of(read, meaning_of(loss, len(read.parts[-1][0])), loss)


def module_of(loss):
    """Return the module that does the same as a function of torch.nn.functional; any other loss as it is."""
    torch = imported("torch", "PyTorch", "torch")
    for function, name in FUNCTIONS.items():
        if loss is getattr(torch.nn.functional, function):
            return getattr(torch.nn, name)()
    return loss


def layers_of(module, loss):
    """Return the layers of a torch.nn.Sequential, read; raise NetworkError naming one that is not supported."""
    read, layers = LayersRead(), flattened(module)
    if type(loss).__name__ == "NLLLoss":
        *layers, last = layers
        if type(last).__name__ != "LogSoftmax" or last.dim not in OVER_OUTPUTS:
            raise NetworkError("NLLLoss takes logarithms of a softmax: the module must end with LogSoftmax(dim=-1)")
    for layer in layers:
        take(layer, read)
    if not read.parts:
        raise NetworkError("the module has no torch.nn.Linear, and a network needs at least one layer")
    return read


def network_of(read, meaning, loss):
    """Return the network of layers that were read, and of the `Meaning` of a loss."""
    if meaning.contains is not None:
        read.end_with(meaning.contains, type(loss).__name__)
    return read.network(meaning.loss)


def flattened(module):
    """Return the layers of a Sequential, those of others within it in their place."""
    torch = imported("torch", "PyTorch", "torch")
    if isinstance(module, torch.nn.Sequential) and type(module).forward is torch.nn.Sequential.forward:
        return [layer for part in module for layer in flattened(part)]
    return [module]


def take(layer, read):
    """Add a layer of PyTorch to those that were read; raise NetworkError if it is not supported."""
    torch = imported("torch", "PyTorch", "torch")
    name = type(layer).__name__
    if isinstance(layer, torch.nn.Linear) and type(layer).forward is torch.nn.Linear.forward:
        read.add_sum(*parameters(layer))
    elif type(layer) is torch.nn.Flatten:
        if (layer.start_dim, layer.end_dim) != (1, -1):
            raise NetworkError("Flatten must keep the examples apart: start_dim=1 and end_dim=-1")
    elif type(layer) is torch.nn.Dropout:
        check_dropout(layer)
    elif type(layer) is getattr(torch.nn, name, None) and name in kinds_in("torch"):
        if getattr(layer, "dim", None) not in OVER_OUTPUTS:
            raise NetworkError(f"Softmax must be over the outputs of a layer, dim=-1, not dim={layer.dim}")
        check_leak(getattr(layer, "negative_slope", None), name)
        read.add_activation(kinds_in("torch")[name], name)
    else:
        raise NetworkError(f"{name} is not supported: a torch.nn.Sequential is read with {', '.join(SUPPORTED)}")


def check_dropout(layer):
    """Raise NetworkError for a torch.nn.Dropout that leaves out outputs."""
    if layer.training and layer.p:
        raise NetworkError("Dropout leaves out outputs at random: call eval() of the module first, or set p to 0")


def parameters(linear):
    """Return the weights of a torch.nn.Linear, and its biases or None."""
    return numbers(linear.weight), None if linear.bias is None else numbers(linear.bias)


def numbers(tensor):
    """Return the numbers of a tensor as floats, exactly."""
    if not tensor.is_floating_point():
        raise NetworkError(f"weights must be floating-point numbers, not {tensor.dtype}")
    return tensor.detach().tolist()


def meaning_of(loss, outputs):
    """Return the `Meaning` of a loss for so many outputs; raise NetworkError where none of purenet's losses is the same."""
    own = loss if loss is None or type(loss).__module__.split(".")[0] != "torch" else None
    if own is not None or loss is None:
        return Meaning(loss_named(own), None, "mean")
    name, reduction = type(loss).__name__, loss.reduction
    for setting, value in SETTINGS.items():
        if getattr(loss, setting, value) != value:
            raise NetworkError(f"{name} with {setting} is none of purenet's losses: leave it out")
    known = {
        ("MSELoss", "mean"): (MeanSquaredError, None),
        ("MSELoss", "sum"): (SquaredError, None),
        ("BCELoss", "mean"): (BinaryCrossEntropy, None),
        ("BCELoss", "sum"): (BinaryCrossEntropy, None),
        ("BCEWithLogitsLoss", "mean"): (BinaryCrossEntropy, Sigmoid),
        ("BCEWithLogitsLoss", "sum"): (BinaryCrossEntropy, Sigmoid),
        ("NLLLoss", "mean"): (CrossEntropy, Softmax),
        ("NLLLoss", "sum"): (CrossEntropy, Softmax),
        ("CrossEntropyLoss", "mean"): (CrossEntropy, Softmax),
        ("CrossEntropyLoss", "sum"): (CrossEntropy, Softmax),
    }
    if (name, reduction) not in known:
        names = ", ".join(dict.fromkeys(each for each, _ in known))
        raise NetworkError(f"{name} with reduction={reduction!r} is none of purenet's losses; known are {names}")
    kind, contains = known[name, reduction]
    if kind is BinaryCrossEntropy and reduction == "mean" and outputs > 1:
        raise NetworkError(
            f"{name} divides the loss of an example by its {outputs} outputs, which no loss of purenet does: "
            f"say reduction='sum'"
        )
    return Meaning(kind(), contains, reduction)


def to_torch(network):
    """Return a network as a torch.nn.Sequential of float64, which holds its numbers exactly.

    The loss is not part of it. Raises NetworkError for what PyTorch has no layer for, such as a layer with several
    activations.
    """
    torch = imported("torch", "PyTorch", "torch")
    layers = []
    for part in parts_of(network, kinds_in("torch")):
        linear = torch.nn.utils.skip_init(  # draws no random numbers
            torch.nn.Linear, len(part.weights[0]), len(part.weights), bias=part.biases is not None, dtype=torch.float64
        )
        with torch.no_grad():
            linear.weight.copy_(torch.tensor(part.weights, dtype=torch.float64))
            if part.biases is not None:
                linear.bias.copy_(torch.tensor(part.biases, dtype=torch.float64))
        layers.append(linear)
        if part.name != "Identity":
            layers.append(getattr(torch.nn, part.name)(**({"dim": -1} if part.name == "Softmax" else {})))
    return torch.nn.Sequential(*layers)
