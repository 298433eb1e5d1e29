import random

import pytest

from purenet.bridges import from_onnx, from_torch, to_onnx
from purenet.errors import NetworkError
from tests.bridges.drawn import drawn_inputs, drawn_network, numbers_of
from tests.networks import example_2_3_2
from tests.sampling import slow

onnx = pytest.importorskip("onnx", reason="ONNX is not installed: pip install 'purenet[onnx]'")
numpy = pytest.importorskip("numpy")
node = onnx.helper.make_node


def leaks(model):
    """Return whether a model has a leaky ReLU: its slope is a float32, and onnxruntime has none for float64."""
    return any(each.op_type == "LeakyRelu" for each in model.graph.node)


def outputs_of(model, inputs, as_column=False):
    """Return what a runtime computes: ONNX's own, or onnxruntime where it is installed and has all that is needed."""
    kind, name = model.graph.input[0].type.tensor_type.elem_type, model.graph.input[0].name
    array = numpy.array([inputs], dtype=onnx.helper.tensor_dtype_to_np_dtype(kind))
    given = {name: array.T if as_column else array}
    try:
        from onnxruntime import InferenceSession
    except ImportError:
        InferenceSession = None
    if InferenceSession is None or leaks(model):
        from onnx.reference import ReferenceEvaluator

        return numpy.ravel(ReferenceEvaluator(model).run(None, given)[0]).tolist()
    return numpy.ravel(InferenceSession(model.SerializeToString()).run(None, given)[0]).tolist()


def model_of(nodes, constants, inputs=("n", "m"), dtype=numpy.float64):
    """Return a model from x to y."""
    kind = onnx.helper.np_dtype_to_tensor_dtype(numpy.dtype(dtype))
    tensors = [onnx.numpy_helper.from_array(numpy.array(value, dtype=dtype), name) for name, value in constants.items()]
    given, made = (onnx.helper.make_tensor_value_info(name, kind, list(inputs)) for name in "xy")
    graph = onnx.helper.make_graph(nodes, "test", [given], [made], tensors)
    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 13)])
    model.ir_version = 8
    return model


def drawn_model(source):
    """Return a model drawn from a random.Random, each layer written in one of many ways, and whether inputs are a column."""
    numbers = numpy.random.default_rng(source.randrange(10**6))
    dtype, columns = source.choice([numpy.float32, numpy.float64]), source.random() < 0.3
    sizes, nodes, constants, flowing = [source.randint(1, 8) for _ in range(source.randint(2, 4))], [], {}, "x"
    for number, (inputs, outputs) in enumerate(zip(sizes, sizes[1:])):
        name, turned = f"{number}", source.random() < 0.5
        by_neuron = turned != columns  # whether the table has a row for each neuron
        constants[f"w{name}"] = numbers.normal(size=(outputs, inputs) if by_neuron else (inputs, outputs))
        biases = numbers.normal(size=(outputs, 1) if columns else source.choice([(outputs,), (1, outputs)]))
        pair = [f"w{name}", flowing] if columns else [flowing, f"w{name}"]
        if source.random() < 0.5:
            settings = {"transA" if columns else "transB": int(turned)}
            settings.update(source.choice([{}, {"alpha": 0.5}, {"beta": 2.0}, {"beta": 0.0}]))
            if source.random() < 0.7:
                constants[f"b{name}"] = biases
                pair.append(f"b{name}")
            nodes.append(node("Gemm", pair, [f"s{name}"], **settings))
        else:
            shape = (outputs, inputs) if columns else (inputs, outputs)
            constants[f"w{name}"] = constants[f"w{name}"].reshape(shape)
            nodes.append(node("MatMul", pair, [f"m{name}"]))
            constants[f"b{name}"] = biases
            nodes.append(node("Add", source.sample([f"m{name}", f"b{name}"], 2), [f"s{name}"]))
        kind = source.choice(["Sigmoid", "Tanh", "Relu", "LeakyRelu", "Identity", "Softmax"])
        nodes.append(
            node(kind, [f"s{name}"], [f"y{name}"], **({"axis": 0 if columns else 1} if kind == "Softmax" else {}))
        )
        flowing = f"y{name}"
    nodes[-1].output[0] = "y"
    return model_of(nodes, constants, dtype=dtype), columns


@pytest.mark.parametrize("number, seed", [(5, 1), slow(200, 2)])
def test_random_models_give_networks_with_their_outputs(number, seed):
    source = random.Random(seed)
    for _ in range(number):
        model, columns = drawn_model(source)
        network = from_onnx(model)
        inputs = drawn_inputs(source, network)
        is_double = model.graph.input[0].type.tensor_type.elem_type == onnx.TensorProto.DOUBLE
        tolerance = 1e-12 if is_double and not leaks(model) else 1e-4
        expected = outputs_of(model, inputs, columns)
        assert network.forward(inputs) == pytest.approx(expected, rel=tolerance, abs=tolerance)


@pytest.mark.parametrize("number, seed", [(5, 3), slow(200, 4)])
def test_random_networks_go_to_onnx_and_back_bit_for_bit(number, seed):
    source = random.Random(seed)
    for _ in range(number):
        network = drawn_network(source)
        model = to_onnx(network)
        assert numbers_of(from_onnx(model)) == numbers_of(network)
        inputs = drawn_inputs(source, network)
        tolerance = 1e-6 if leaks(model) else 1e-12
        assert outputs_of(model, inputs) == pytest.approx(network.forward(inputs), rel=tolerance, abs=tolerance)


def test_a_model_is_read_from_a_file_and_gets_a_loss(tmp_path):
    onnx.save(to_onnx(example_2_3_2()), str(tmp_path / "m.onnx"))
    network = from_onnx(tmp_path / "m.onnx", loss="squared error")
    assert numbers_of(network) == numbers_of(example_2_3_2()) and network.loss.name == "squared error"


@pytest.mark.parametrize("names, settings", [("xw", {"transA": 1}), ("wx", {"transB": 1}), ("wx", {"transA": 1})])
def test_a_gemm_says_of_both_its_factors_whether_they_are_turned(names, settings):
    model = model_of([node("Gemm", list(names), ["y"], **settings)], {"w": [[1.0, 2.0], [3.0, 4.0]]})
    by_input = {("xw", "transA"), ("wx", "transA")}
    expected = [31.0, 42.0] if (names, *settings) in by_input else [21.0, 43.0]  # 1·1 + 10·3, …; 1·1 + 10·2, …
    assert from_onnx(model).forward([1.0, 10.0]) == expected
    assert outputs_of(model, [1.0, 10.0], as_column=settings == {"transA": 1}) == expected


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # the newer way to export needs one more package
def test_a_model_that_pytorch_exports_is_read(tmp_path):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed: pip install 'purenet[torch]'")
    torch.manual_seed(1)
    parts = torch.nn.Linear(4, 3), torch.nn.Tanh(), torch.nn.Linear(3, 2), torch.nn.Softmax(dim=-1)
    module = torch.nn.Sequential(torch.nn.Flatten(), *parts)
    torch.onnx.export(module, (torch.zeros(1, 2, 2),), str(tmp_path / "m.onnx"), dynamo=False)
    assert numbers_of(from_onnx(tmp_path / "m.onnx")) == numbers_of(from_torch(module))


def test_float32_weights_are_carried_over_exactly_and_scaled_exactly():
    model = model_of([node("Gemm", ["x", "w"], ["y"], alpha=0.3)], {"w": [[0.1], [0.7]]}, dtype=numpy.float32)
    assert from_onnx(model).layers[0].neurons[0].weights == [
        0.10000000149011612 * 0.30000001192092896,
        0.699999988079071 * 0.30000001192092896,
    ]  # the nearest float32 to 0.1, 0.7 and 0.3, in full


W = {"w": [[1.0, 2.0], [3.0, 4.0]], "b": [1.0, 2.0]}


@pytest.mark.parametrize(
    "nodes, constants, words",
    [
        (
            [node("Conv", ["x", "w"], ["y"])],
            W,
            "the operation Conv is not supported: a model is read with Gemm, MatMul",
        ),
        ([node("Relu", ["x"], ["y"])], W, "Relu comes before the first weights"),
        ([node("Identity", ["x"], ["y"])], W, "the model has no Gemm or MatMul"),
        ([node("MatMul", ["w", "w"], ["y"])], W, "MatMul does not go on with the result of the operation before it"),
        ([node("MatMul", ["x", "b"], ["y"])], W, "the weights of MatMul have the shape [2], and must be a matrix"),
        ([node("MatMul", ["x", "v"], ["y"])], W, "the weights of MatMul must be constants of the model, and v is"),
        (
            [node("Gemm", ["x", "w", "c"], ["y"])],
            {**W, "c": [[1.0], [2.0]]},
            "biases of shape [2, 1] do not fit a layer",
        ),
        ([node("Gemm", ["w", "x", "b"], ["y"])], W, "biases of shape [2] do not fit a layer of 2 neurons"),
        (
            [node("MatMul", ["x", "w"], ["s"]), node("Gemm", ["w", "s"], ["y"])],
            W,
            "Gemm takes examples as columns, and they are rows",
        ),
        (
            [node("Gemm", ["x", "w", "b"], ["s"]), node("Add", ["s", "b"], ["y"])],
            W,
            "Add is supported right after a MatMul, for its biases, and once",
        ),
        (
            [node("Gemm", ["x", "w"], ["s"]), node("Softmax", ["s"], ["y"], axis=0)],
            W,
            "Softmax must be over the outputs of a layer, and its axis is that of the examples",
        ),
        (
            [node("Gemm", ["w", "x"], ["s"]), node("Softmax", ["s"], ["y"])],
            W,
            "Softmax must be over the outputs of a layer, and its axis is that of the examples",
        ),
        (
            [node("Gemm", ["x", "w"], ["s"]), node("LeakyRelu", ["s"], ["y"], alpha=0.5)],
            W,
            "LeakyRelu with a slope of 0.5",
        ),
        ([node("Gemm", ["x", "w"], ["s"]), node("Flatten", ["s"], ["y"], axis=0)], W, "Flatten must keep the examples"),
        (
            [node("Gemm", ["x", "w"], ["y"]), node("Relu", ["y"], ["z"])],
            W,
            "the output of the model is not that of its last",
        ),
        (
            [node("Gemm", ["x", "w"], ["y"], alpha=0.1)],
            {"w": [[0.3]]},
            "weights times alpha or beta, 0.10000000149011612,",
        ),
        (
            [node("Gemm", ["x", "w"], ["y"])],
            {"w": [[float("nan")]]},
            "weight 1 of a neuron must be a finite number, not nan",
        ),
    ],
)
def test_what_purenet_has_not_is_refused_in_a_sentence(nodes, constants, words):
    with pytest.raises(NetworkError) as raised:
        from_onnx(model_of(nodes, constants))
    assert str(raised.value).startswith(words)


def test_a_file_that_is_no_model_is_refused_in_a_sentence(tmp_path):
    (tmp_path / "text.onnx").write_text("this is no model")
    with pytest.raises(NetworkError, match="text.onnx is not an ONNX model"):
        from_onnx(tmp_path / "text.onnx")
    with pytest.raises(NetworkError, match="cannot read .*none.onnx: no such file"):
        from_onnx(tmp_path / "none.onnx")
