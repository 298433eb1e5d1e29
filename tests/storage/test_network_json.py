import json
from decimal import Decimal
from fractions import Fraction

import pytest

from purenet import NetworkError, SoftmaxLayer
from purenet.storage.network_json import Reader
from purenet.storage.saved_network import network_text
from tests.networks import example_2_3_2

GOOD = json.loads(network_text(example_2_3_2()))["network"]


@pytest.mark.parametrize(
    "old, new, message",
    [
        ("0.3,", "1e999,", r"weights\[0\]\[0\] \(neuron j1\) must be a finite number"),
        ("0.3,", "1" + "0" * 400 + ",", r"weights\[0\]\[0\] \(neuron j1\) must be a finite"),
        ('"tanh"', '"swish"', "activation is 'swish' but must be one of"),
        ('"tanh"', '["tanh", "softmax", "tanh"]', "activation cannot give softmax to single neurons"),
        ('"loss"', '"format_version": 1, "loss"', "has the field 'format_version'"),
    ],
)
def test_a_wrong_field_is_named_with_its_file_and_place(old, new, message):
    text = json.dumps(GOOD).replace(old, new, 1)
    with pytest.raises(NetworkError, match="^mine.json: .*" + message):
        Reader("mine.json").network(json.loads(text, parse_float=Decimal))


def test_one_description_makes_networks_of_any_type_of_number():
    description = Reader("mine.json").network(
        {"layers": [{"activation": "softmax", "weights": [[Decimal("0.1")], [1]], "biases": [None, 0]}]}
    )
    for number in (float, Fraction):
        layer = description.build(number).layers[0]
        assert type(layer) is SoftmaxLayer
        assert [neuron.weights for neuron in layer.neurons] == [[number("0.1")], [number(1)]]
        assert [neuron.bias for neuron in layer.neurons] == [None, number(0)]
    assert description.sizes == [1, 2]
