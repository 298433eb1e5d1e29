"""ONNX: a model of dense layers as a network, and a network as a model of float64.

In a model, examples are the rows of a matrix, `inputs · W + b`, or its columns, `W · inputs + b`. W is turned where it has
a row for each input.
"""

import os
from fractions import Fraction
from math import isfinite

from purenet.bridges.arrays import flat, loss_named
from purenet.bridges.layers import LayersRead, check_leak, imported, kinds_in, parts_of
from purenet.errors import NetworkError, reason
from purenet.storage.files import LARGEST_FILE

SKIPPED = ("Identity", "Flatten")  # these change no number of an example
SUPPORTED = ("Gemm", "MatMul", "Add", "Flatten", *kinds_in("onnx"))
OPSET = 13  # of the models that are written: Softmax over the last axis
ROWS, COLUMNS = "rows", "columns"


def from_onnx(model, loss=None):
    """Return an ONNX model, or the one in a file of that path, as a network, its numbers carried over exactly.

    A model has no loss: `loss` is one of purenet, or its name; by default half squared error. Raises NetworkError naming
    the first operation that is not supported.
    """
    if isinstance(model, (str, os.PathLike)):
        model = model_in(os.fspath(model))
    return ModelReader(model).network(loss_named(loss))


def model_in(path):
    """Return the model in a file."""
    onnx = imported("onnx", "ONNX", "onnx")
    try:
        if os.path.getsize(path) > LARGEST_FILE:
            raise NetworkError(f"{path} is larger than {LARGEST_FILE:,} bytes: is it the right file?")
        return onnx.load(path)
    except OSError as error:
        raise NetworkError(f"cannot read {path}: {reason(error)}") from None
    except NetworkError:
        raise
    except Exception:  # whatever the reader of the format has
        raise NetworkError(f"{path} is not an ONNX model") from None


class ModelReader:
    """Reads the operations of a model, each of which takes the result of the one before it."""

    def __init__(self, model):
        self.graph = model.graph
        self.read = LayersRead()
        self.constants = {tensor.name: tensor for tensor in self.graph.initializer}
        self.sides = None  # whether examples are ROWS or COLUMNS, once it is known

    def network(self, loss):
        """Return the network; raise NetworkError naming the first operation that does not fit."""
        inputs = [each.name for each in self.graph.input if each.name not in self.constants]
        if len(inputs) != 1 or len(self.graph.output) != 1:
            raise NetworkError(
                f"the model has {len(inputs)} inputs and {len(self.graph.output)} outputs, and must have one each"
            )
        self.flowing = inputs[0]
        for node in self.graph.node:
            if node.op_type == "Constant":
                self.constants[node.output[0]] = self.attributes(node)["value"]
            else:
                self.take(node)
        if self.flowing != self.graph.output[0].name:
            raise NetworkError(f"the output of the model is not that of its last operation, {self.flowing}")
        if not self.read.parts:
            raise NetworkError("the model has no Gemm or MatMul, and a network needs at least one layer")
        return self.read.network(loss)

    def take(self, node):
        """Take an operation, which must go on with the result of the one before."""
        kind, known = node.op_type, kinds_in("onnx")
        if node.domain not in ("", "ai.onnx") or kind not in SUPPORTED:
            raise NetworkError(f"the operation {kind} is not supported: a model is read with {', '.join(SUPPORTED)}")
        if list(node.input[:2]).count(self.flowing) != 1:
            raise NetworkError(f"{kind} does not go on with the result of the operation before it, as a network does")
        if kind in ("Gemm", "MatMul"):
            self.multiply(node)
        elif kind == "Add":
            self.add(node)
        elif kind not in SKIPPED:
            self.check_settings(node)
            self.read.add_activation(known[kind], kind)
        elif kind == "Flatten" and self.attributes(node).get("axis", 1) != 1:
            raise NetworkError("Flatten must keep the examples apart, with axis=1")
        self.flowing = node.output[0]

    def multiply(self, node):
        """Add a weighted sum: alpha · A · B + beta · C, where A or B are the weights and each may be turned."""
        settings = {"alpha": 1.0, "beta": 1.0, "transA": 0, "transB": 0, **self.attributes(node)}
        is_first = node.input[0] == self.flowing  # inputs · weights, with examples in rows; else weights · inputs
        given_turned, weights_turned = (
            settings[name] for name in (("transA", "transB") if is_first else ("transB", "transA"))
        )
        self.arrive(ROWS if is_first != bool(given_turned) else COLUMNS, node.op_type)
        table = self.table(node.input[1 if is_first else 0], node.op_type)
        if is_first != bool(weights_turned):  # the table has a row for each input
            table = [list(column) for column in zip(*table)]
        self.sides = ROWS if is_first else COLUMNS
        self.read.add_sum([scaled(row, settings["alpha"]) for row in table], None)
        if len(node.input) > 2 and node.input[2]:
            self.read.add_biases(scaled(self.biases(node.input[2]), settings["beta"]))

    def arrive(self, sides, kind):
        """Raise NetworkError if examples are rows where an operation takes columns, or the other way round."""
        if self.sides not in (None, sides):
            raise NetworkError(f"{kind} takes examples as {sides}, and they are {self.sides}")

    def add(self, node):
        """Take the addition of biases after a MatMul."""
        if not self.read.parts or self.read.parts[-1][1] is not None or self.read.parts[-1][2] is not None:
            raise NetworkError("Add is supported right after a MatMul, for its biases, and once")
        self.read.add_biases(self.biases(next(name for name in node.input if name != self.flowing)))

    def biases(self, name):
        """Return the biases in a constant, one for each neuron of the last layer."""
        size = len(self.read.parts[-1][0])
        values = self.numbers(name, "the biases")
        shape = list(self.constants[name].dims)
        while shape and shape[0] == 1 and len(shape) > 1:
            shape = shape[1:]
        fits = shape in ([], [1]) or (shape == [size] if self.sides == ROWS else shape in ([size, 1], [1, 1]))
        if not fits:
            raise NetworkError(
                f"biases of shape {list(self.constants[name].dims)} do not fit a layer of {size} neurons"
            )
        while isinstance(values, list) and len(values) == 1 and isinstance(values[0], list):
            values = values[0]
        values = flat(values)
        values = values if isinstance(values, list) else [values]
        return values * size if len(values) == 1 else values

    def table(self, name, kind):
        table = self.numbers(name, f"the weights of {kind}")
        if len(self.constants[name].dims) != 2 or 0 in self.constants[name].dims:
            raise NetworkError(
                f"the weights of {kind} have the shape {list(self.constants[name].dims)}, and must be a matrix"
            )
        return table

    def numbers(self, name, what):
        """Return the numbers of a constant as lists of floats, exactly."""
        onnx = imported("onnx", "ONNX", "onnx")
        if name not in self.constants:
            raise NetworkError(f"{what} must be constants of the model, and {name or 'they'} is computed or given")
        array = onnx.numpy_helper.to_array(self.constants[name])
        if array.dtype.kind != "f":
            raise NetworkError(f"{what} must be floating-point numbers, not {array.dtype}")
        return array.tolist()

    def check_settings(self, node):
        """Raise NetworkError for a softmax over the examples, and for a slope that purenet's leaky ReLU does not have."""
        settings = self.attributes(node)
        if node.op_type == "Softmax" and settings.get("axis", -1) not in (
            (0, -2) if self.sides == COLUMNS else (1, -1)
        ):
            raise NetworkError("Softmax must be over the outputs of a layer, and its axis is that of the examples")
        check_leak(settings.get("alpha"), node.op_type)

    def attributes(self, node):
        """Return the attributes of an operation, a dictionary."""
        onnx = imported("onnx", "ONNX", "onnx")
        return {attribute.name: onnx.helper.get_attribute_value(attribute) for attribute in node.attribute}


def scaled(numbers, factor):
    """Return numbers times a factor; raise NetworkError where a float cannot hold a product."""
    products = [number * factor for number in numbers]
    for number, product in zip(numbers, products):
        if isfinite(product) and Fraction(number) * Fraction(factor) != Fraction(product):
            raise NetworkError(
                f"weights times alpha or beta, {factor}, are no floats exactly: multiply them in the model"
            )
    return products


def to_onnx(network):
    """Return a network as an ONNX model of float64, which holds its numbers exactly; write it with `onnx.save`.

    Its input "inputs" and its output "outputs" have an example in each row. The loss is not part of it. The slope of
    a leaky ReLU is the float32 nearest to 0.01, as ONNX has no other there. Raises NetworkError for what ONNX has no
    operation for, such as a layer with several activations.
    """
    onnx = imported("onnx", "ONNX", "onnx")
    nodes, constants, flowing = [], [], "inputs"
    parts = parts_of(network, kinds_in("onnx"))
    for part, layer in zip(parts, network.layers):
        letter, names = layer.letter.upper(), ["weights"] + ["biases"] * (part.biases is not None)
        for name, numbers in zip(names, (part.weights, part.biases)):
            constants.append(double_tensor(f"{letter}.{name}", numbers))
        gemm = [flowing, *(f"{letter}.{name}" for name in names)]
        nodes.append(onnx.helper.make_node("Gemm", gemm, [f"{letter}.net_input"], transB=1))
        settings = {"axis": -1} if part.name == "Softmax" else {}
        nodes.append(onnx.helper.make_node(part.name, [f"{letter}.net_input"], [f"{letter}.output"], **settings))
        flowing = f"{letter}.output"
    nodes[-1].output[0] = "outputs"
    sizes = {"inputs": len(parts[0].weights[0]), "outputs": len(parts[-1].weights)}
    given, made = (
        onnx.helper.make_tensor_value_info(name, onnx.TensorProto.DOUBLE, ["examples", size])
        for name, size in sizes.items()
    )
    graph = onnx.helper.make_graph(nodes, "purenet", [given], [made], constants)
    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", OPSET)], producer_name="purenet")
    model.ir_version = 8  # of 2021, which every runtime reads
    onnx.checker.check_model(model)
    return model


def double_tensor(name, numbers):
    """Return a list, or a list of lists, of floats as a constant of a model."""
    onnx = imported("onnx", "ONNX", "onnx")
    rows = numbers if isinstance(numbers[0], list) else [numbers]
    shape = [len(numbers)] if rows[0] is numbers else [len(rows), len(rows[0])]
    return onnx.helper.make_tensor(name, onnx.TensorProto.DOUBLE, shape, [number for row in rows for number in row])
