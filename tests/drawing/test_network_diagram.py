import random
import re
from decimal import Decimal

import pytest

from purenet import Layer, Network, NetworkError, Neuron, ReLU, build_network, picture_of
from tests.drawing.svg_reader import SPACE, of_class, read, texts
from tests.networks import example_2_3_2, example_2x2x1, example_3_2_2_1


def labels(root):
    """Return by symbol the numbers on the edges."""
    found = {}
    for group in of_class(root, "label"):
        found[group.get("data-q")] = group.findall(f"{SPACE}text")[-1].text
    return found


def edges(root):
    """Return by symbol the line of each weight."""
    groups = [group for group in root.iter(f"{SPACE}g") if group.get("data-edge")]
    return {group.get("data-edge"): group.find(f"{SPACE}path") for group in groups}


def test_every_weight_and_bias_has_its_number():
    root = read(picture_of(example_2_3_2()))
    assert labels(root) == {
        "w_i1j1": "0.3", "w_i2j1": "−0.7", "b_j1": "0.1", "w_i1j2": "0.9", "w_i2j2": "0.2", "b_j2": "−0.2",
        "w_i1j3": "−0.4", "w_i2j3": "0.6", "b_j3": "0.35", "w_j1k1": "0.5", "w_j2k1": "−0.8", "w_j3k1": "0.25",
        "b_k1": "−0.05", "w_j1k2": "−0.15", "w_j2k2": "0.45", "w_j3k2": "1.1", "b_k2": "0.15",
    }  # fmt: skip
    assert set(edges(root)) == set(labels(root))
    assert {"j1", "tanh", "k2", "sigmoid", "i2", "Layer K"} <= set(texts(root))


def test_the_width_of_a_line_is_its_share_of_the_largest_and_its_kind_tells_the_sign():
    lines = edges(read(picture_of(example_3_2_2_1())))
    widths = {symbol: float(line.get("stroke-width")) for symbol, line in lines.items()}
    assert widths["w_k1l1"] == 6  # 1.25, the largest
    assert widths["w_k2l1"] == pytest.approx(0.8 + 5.2 * 0.75 / 1.25, abs=0.01)
    assert widths["w_i3j1"] == pytest.approx(0.8 + 5.2 * 0.1 / 1.25, abs=0.01)
    broken = {symbol for symbol, line in lines.items() if line.get("stroke-dasharray")}
    assert broken == {"w_i2j1", "w_i1j2", "w_i3j2", "w_j2k1", "b_k2", "w_k2l1", "b_l1"}  # the last one is 0
    assert lines["b_l1"].get("stroke-dasharray") == "1.4 4"


def test_the_network_in_words():
    root = read(picture_of(example_2_3_2()))
    assert root.find(f"{SPACE}title").text == "The network 2-3-2"
    assert root.find(f"{SPACE}desc").text == (
        "Layers: I, 2 inputs; J, 3 tanh; K, 2 sigmoid. Loss: half squared error. 12 weights and 5 biases; the largest "
        "in size is w_j3k2 = 1.1. Of all of them, 11 positive, 6 negative."
    )
    words = read(picture_of(example_2x2x1())).find(f"{SPACE}desc").text
    assert "6 weights and no biases; the largest in size is w_i1j1 = 0.5. Of all of them, 6 positive." in words


def test_wide_layers_are_drawn_in_part_and_dense_ones_without_numbers():
    network = build_network([64, 32, 10], source=random.Random(1), bias=0.5)
    network.layers[0].neurons[31].weights[62] = -3.0
    network.layers[1].neurons[9].weights[30] = 2.0
    picture = picture_of(network)
    root = read(picture)
    assert len(picture) < 60_000
    assert {"… 59 more", "… 27 more"} <= set(texts(root))
    shown = labels(root)
    assert shown["w_i63j32"] == "−3.0" and "w_j31k10" not in shown  # 10 neurons have no room for labels
    # 5 of 64 weights into 5 of 32 neurons, 5 of 32 into all 10, and their biases
    assert len(edges(root)) == 5 * 5 + 5 + 5 * 10 + 10
    assert "w_j31k10" in edges(root) and "w_i1j1" not in edges(root)
    assert "Of layers wider than 12 neurons, the 5 with the largest weights are drawn." in texts(root)


def test_ten_thousand_weights_make_a_picture_of_a_sensible_size():
    assert len(picture_of(build_network([100, 95, 5], source=random.Random(1)))) < 60_000


def test_numbers_of_any_kind_and_of_any_size():
    network = Network([Layer([Neuron([Decimal("0.125"), Decimal(-3)], Decimal(0))])])
    assert labels(read(picture_of(network))) == {"w_i1j1": "0.125", "w_i2j1": "−3.0", "b_j1": "0.0"}
    assert labels(read(picture_of(Network([Layer([Neuron([1e308, -1e-308])])]))))["w_i2j1"] == "−1e-308"
    assert labels(read(picture_of(Network([Layer([Neuron([0.0])])])))) == {"w_i1j1": "0.0"}


def test_a_weight_that_is_no_finite_number_is_named():
    network = example_2_3_2()
    network.layers[1].neurons[0].weights[2] = float("inf")
    with pytest.raises(NetworkError, match="^w_j3k1 must be a finite number, not inf$"):
        picture_of(network)


def test_an_activation_named_like_a_script_is_harmless():
    class Odd(ReLU):
        name = "<script>alert(1)</script>"

    picture = picture_of(Network([Layer([Neuron([0.5], 0.1, Odd())])]))
    assert not re.search("<script", picture) and "<script>alert(1)</script>" in "".join(read(picture).itertext())
