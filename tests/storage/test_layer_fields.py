"""One layer of two neurons with three inputs, weights 1 2 3 and 4 5 6, biases 7 and 8, as texts write it."""

from decimal import Decimal

import pytest

from purenet import NetworkError
from purenet.cases import Case
from purenet.storage.network_json import Reader

NEURONS = [([1, 2, 3], 7), ([4, 5, 6], 8)]


def read(*layers):
    layers = [{"activation": "identity", **layer} for layer in layers]
    return Reader("mine.json").network({"layers": layers})


@pytest.mark.parametrize(
    "layer",
    [
        {"weights": [[1, 2, 3], [4, 5, 6]], "biases": [7, 8]},
        {"weights": [[1, 2, 3], [4, 5, 6]], "biases": [7, 8], "weights_by": "neuron", "shared_bias": False},
        {"weights": [[1, 4], [2, 5], [3, 6]], "biases": [7, 8], "weights_by": "input"},
        {"weights": [[1, 2, 3, 7], [4, 5, 6, 8]], "bias_in": "last"},
        {"weights": [[7, 1, 2, 3], [8, 4, 5, 6]], "bias_in": "first"},
        {"weights": [[1, 4], [2, 5], [3, 6], [7, 8]], "weights_by": "input", "bias_in": "last"},
        {"weights": [[7, 8], [1, 4], [2, 5], [3, 6]], "weights_by": "input", "bias_in": "first", "biases": None},
        {"weights": [[1, 2, 3], [4, 5, 6]], "thresholds": [-7, -8]},
        {"weights": [[1, 4], [2, 5], [3, 6]], "weights_by": "input", "thresholds": [-7, -8]},
    ],
)
def test_a_layer_can_be_typed_in_as_it_is_written_elsewhere(layer):
    data = read(layer)
    assert [(weights, bias) for weights, bias, _ in data.layers[0]] == NEURONS
    assert data.sizes == [3, 2]
    network = data.build()
    assert [(neuron.weights, neuron.bias) for neuron in network.neurons()] == NEURONS


def test_a_threshold_keeps_all_its_digits_and_0_has_no_sign():
    digits = "0.12345678901234567890123456789012345678901"
    layer = {"weights": [[1], [1], [1]], "thresholds": [Decimal(digits), 0, None]}
    assert [str(bias) for _, bias, _ in read(layer).layers[0]] == ["-" + digits, "0", "None"]


def test_one_shared_threshold_is_that_of_all():
    data = read({"weights": [[1], [1]], "thresholds": 3, "shared_bias": True}, {"weights": [[1, 1]]})
    assert [bias for _, bias, _ in data.layers[0]] == [-3, -3]
    assert data.shared_biases == [True, False]


WIDE, TALL = [[1, 2, 3], [4, 5, 6]], [[1, 4], [2, 5], [3, 6]]


@pytest.mark.parametrize(
    "layer, message",
    [
        ({"weights_by": "row"}, r"layers\[0\].weights_by is 'row' but must be one of: neuron, input"),
        ({"weights_by": None}, "weights_by is null but must be one of: neuron, input"),
        ({"weights_by": "inputs"}, "must be one of: neuron, input; did you mean 'input'"),
        ({"bias_in": "middle"}, "bias_in is 'middle' but must be one of: first, last"),
        ({"bias_in": "last", "biases": [7, 8]}, r"layers\[0\] has 'biases' and 'bias_in': give .* in one way only"),
        ({"thresholds": [7, 8], "biases": [7, 8]}, "has 'biases' and 'thresholds': give the biases in one way only"),
        ({"weights": [[1], [2]], "bias_in": "first"}, "weights must have weights besides the biases"),
        ({"weights": [[1, 2]], "weights_by": "input", "bias_in": "last"}, "must have weights besides the biases"),
        (
            {"weights": [[1, 2], [3]], "weights_by": "input"},
            r"weights\[1\] has 1 number, and weights\[0\] has 2: by input, each row must have one for each neuron",
        ),
        ({"weights": [[1, "a"]], "weights_by": "input"}, r"weights\[0\]\[1\] must be a number, not 'a'"),
        ({"thresholds": [7, "b"]}, r"thresholds\[1\] \(neuron j2\) must be a number, not 'b'"),
        ({"thresholds": [7]}, "thresholds must have a number for each neuron of the layer: it has 1, the layer 2$"),
        ({"weight_by": "input"}, "'weight_by', which is not known here; .*; did you mean 'weights_by'?"),
    ],
)
def test_a_wrong_field_gets_one_sentence(layer, message):
    with pytest.raises(NetworkError, match="^mine.json: network.*" + message) as caught:
        read({"weights": WIDE, **layer})
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize(
    "layers, message",
    [
        # biases tell how many neurons there are
        (
            [{"weights": TALL, "biases": [7, 8]}],
            'the layer 3; it would fit with "weights_by": "input" in network.layers.0.',
        ),
        (
            [{"weights": WIDE, "biases": [7, 8], "weights_by": "input"}],
            'the layer 3; it would fit with "weights_by": "neuron" in network.layers.0.',
        ),
        (
            [{"weights": [*TALL, [7, 8]], "bias_in": "last", "activation": ["tanh", "relu"]}],
            'the layer 4; it would fit with "weights_by": "input" in network.layers.0.',
        ),
        # a layer does not fit the one before it
        (
            [{"weights": WIDE}, {"weights": WIDE}],
            "neuron k1 has 3 weights but layer J before it has 2 neurons; the tables would fit with "
            '"weights_by": "input" in network.layers.0. or "weights_by": "input" in network.layers.1.',
        ),
        # with the biases in the table, K has four neurons with two weights each
        (
            [{"weights": WIDE, "biases": [7, 8]}, {"weights": [[1] * 4] * 3, "bias_in": "last"}],
            '3 weights but layer J before it has 2 neurons; the tables would fit with "weights_by": "input" in '
            "network.layers.1.",
        ),
        (
            [
                {"weights": WIDE, "biases": [7, 8]},
                {"weights": [[1] * 3] * 4, "bias_in": "first", "weights_by": "input"},
            ],
            '3 weights but layer J before it has 2 neurons; the tables would fit with "weights_by": "neuron" in '
            "network.layers.1.",
        ),
        (
            [{"weights": WIDE}, {"weights": WIDE, "biases": [1, 2]}],  # K cannot have three neurons
            'J before it has 2 neurons; the tables would fit with "weights_by": "input" in network.layers.0.',
        ),
        (
            [{"weights": WIDE}, {"weights": [[1] * 4] * 3}, {"weights": [[1]] * 4}],
            '"weights_by": "input" in network.layers.0. and "weights_by": "input" in network.layers.1. and '
            '"weights_by": "input" in network.layers.2.',
        ),
    ],
)
def test_a_turned_table_gets_a_hint(layers, message):
    with pytest.raises(NetworkError, match=message + "$"):
        read(*layers)


@pytest.mark.parametrize(
    "layers",
    [
        [{"weights": WIDE, "biases": [1, 2, 3, 4]}],
        [{"weights": WIDE}, {"weights": [[1, 2, 3, 4]] * 5}],
        [{"weights": WIDE, "biases": [1, 2]}, {"weights": WIDE, "biases": [1, 2]}],  # turned, it has three neurons
        [{"weights": WIDE, "biases": [7, 8]}, {"weights": [[1, 2, 3], [1, 2]]}],
        [{"weights": WIDE}, {"weights": [[1, 2, 3], [1, 2]], "biases": [1, 2]}],
        [{"weights": [[1, 2, 3], [4, 5]], "biases": [1, 2, 3]}],
    ],
)
def test_where_turning_does_not_help_there_is_no_hint(layers):
    with pytest.raises(NetworkError) as caught:
        read(*layers)
    assert "would fit" not in str(caught.value)


def case(inputs, targets, *weights):
    layers = [{"activation": "identity", "weights": table} for table in weights]
    example = {"inputs": inputs, "targets": targets}
    return Case({"format_version": 1, "network": {"layers": layers}, "examples": [example], "learning_rate": 1})


def test_the_examples_tell_that_all_tables_are_turned():
    # 2-3-2 as a text by inputs writes it, which reads as 3-2-3
    case([1] * 3, [1] * 3, WIDE, TALL)
    expected = (
        'takes 3 inputs but got 2; .* "input" in network.layers.0. and "weights_by": "input" in network.layers.1.$'
    )
    with pytest.raises(NetworkError, match=expected):
        case([1, 2], [1, 2], WIDE, TALL)
    with pytest.raises(NetworkError, match="takes 3 inputs but got 4$"):
        case([1] * 4, [1, 2], WIDE, TALL)
