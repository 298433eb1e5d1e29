import json
import random
from fractions import Fraction

import pytest

from purenet import (
    CrossEntropy,
    Layer,
    Network,
    NetworkError,
    Neuron,
    Softmax,
    Tanh,
    build_network,
    load_network,
    save_network,
)
from purenet.storage.saved_network import load_saved, network_text
from tests.networks import example_2_3_2, example_3_2_2_1
from tests.test_network import parameters


def softmax_network():
    return build_network([3, 4, 2], Tanh, Softmax, source=random.Random(1), loss=CrossEntropy())


@pytest.mark.parametrize("network", [example_2_3_2(), example_3_2_2_1(), softmax_network()])
def test_a_network_comes_back_bit_for_bit(tmp_path, network):
    path = str(tmp_path / "network.json")
    awkward = [0.1 + 0.2, -0.0, 5e-324, 1.7976931348623157e308]
    network.layers[0].neurons[0].weights[:2] = awkward[:2]
    network.layers[1].neurons[0].weights[:2] = awkward[2:]
    save_network(path, network)
    loaded = load_network(path)
    assert repr(parameters(loaded)) == repr(parameters(network))
    assert [type(layer) for layer in loaded.layers] == [type(layer) for layer in network.layers]
    names = [[neuron.activation.name for layer in n.layers for neuron in layer.neurons] for n in (network, loaded)]
    assert names[0] == names[1]
    assert loaded.loss.name == network.loss.name
    save_network(path, loaded, overwrite=True)
    assert network_text(loaded) == network_text(network)


TEXT = """\
{
 "format": "purenet network",
 "format_version": 1,
 "network": {
  "loss": "half squared error",
  "layers": [{"activation": "sigmoid", "weights": [[0.5, -1.0], [0.125, 2.0]], "biases": [0.25, null]}]
 }
}
"""


def test_the_file_is_readable_by_a_person():
    assert network_text(Network([Layer([Neuron([0.5, -1.0], 0.25), Neuron([0.125, 2.0])])])) == TEXT


def test_what_belongs_to_the_training_comes_back_too(tmp_path):
    path = str(tmp_path / "network.json")
    save_network(path, example_2_3_2(), {"steps": 3, "words": "δ"})
    assert load_saved(path)[1] == {"steps": 3, "words": "δ"}


class Own(Tanh):
    name = "own"


@pytest.mark.parametrize(
    "neuron, message",
    [
        (Neuron([Fraction(1, 3)]), "holds Fraction.*: only floats and Decimals are saved"),
        (Neuron([0.5], None, Own()), "the activation 'own' is not one of purenet's own"),
    ],
)
def test_what_could_not_come_back_is_not_saved(tmp_path, neuron, message):
    with pytest.raises(NetworkError, match=message):
        save_network(str(tmp_path / "network.json"), Network([Layer([neuron])]))
    assert list(tmp_path.iterdir()) == []


def test_an_overflowed_network_is_not_saved(tmp_path):
    network = example_2_3_2()
    network.layers[0].neurons[1].weights[0] = float("nan")
    with pytest.raises(NetworkError, match="neuron j2 must be a finite number, not nan"):
        save_network(str(tmp_path / "network.json"), network)


GOOD = json.loads(network_text(example_2_3_2()))


@pytest.mark.parametrize(
    "text, message",
    [
        ("[1, 2]", "must be an object in curly brackets, not a list"),
        ("{}", "is not a network saved by purenet"),
        ('{"format": "something else"}', "is not a network saved by purenet"),
        ('{"format": "purenet network"}', "format_version is null, and this purenet reads 1"),
        ('{"format": "purenet network", "format_version": 2}', "was saved by a newer purenet: its format_version is 2"),
        ('{"format": "purenet network", "format_version": 1}', "lacks the field 'network'"),
        (json.dumps({**GOOD, "training": [1]}), "training must be an object"),
        (json.dumps({**GOOD, "extra": 1}), "has the field 'extra', which is not known here"),
        (json.dumps(GOOD).replace("0.3,", "NaN,", 1), "NaN is not a number in JSON"),
        (json.dumps(GOOD).replace("0.3,", "9" * 6000 + ",", 1), "number"),
        (json.dumps(GOOD).replace('"loss"', '"layers": [], "loss"', 1), "the field 'layers' appears twice"),
        ("[" * 200_000 + "]" * 200_000, "is nested too deeply"),
        (json.dumps(GOOD)[:-20], "is not JSON"),
    ],
)
def test_a_broken_foreign_newer_or_hostile_file_gets_one_sentence(tmp_path, text, message):
    path = tmp_path / "network.json"
    path.write_text(text)
    with pytest.raises(NetworkError, match=message) as caught:
        load_network(str(path))
    assert str(path) in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1 and len(str(caught.value)) < 400
