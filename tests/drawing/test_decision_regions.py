import copy
import random
import re
from decimal import Decimal

import pytest

from purenet import (
    Identity,
    Layer,
    Network,
    NetworkError,
    Neuron,
    Softmax,
    build_network,
    regions,
    regions_series,
    train,
)
from purenet.datasets import xor
from purenet.drawing.decision_regions import CELLS, PANEL
from tests.drawing.svg_reader import SPACE, of_class, read, texts
from tests.networks import example_2_3_2


def cells(group, side):
    """Return the cells that the shades of a region cover, as pairs of column and row."""
    found, cell = [], side / CELLS
    for path in group.findall(f"{SPACE}path"):
        if path.get("fill-opacity"):
            for x, y, width in re.findall(r"M([\d.]+) ([\d.]+)h([\d.]+)v", path.get("d")):
                column, row, count = (round(float(v) / cell) for v in (x, y, width))
                found += [(column + n, row) for n in range(count)]
    return found


def test_every_cell_has_the_class_of_its_output_and_none_is_missing():
    network = build_network([2, 3, 1], last=Identity, source=random.Random(4))
    root = read(regions(network, xor().examples))
    groups = [group for group in of_class(root, "region") if "sample" not in group.get("class")]
    found = {int(group.get("class")[-1]): cells(group, PANEL) for group in groups}
    assert sorted(found[0] + found[1]) == [(x, y) for x in range(CELLS) for y in range(CELLS)]
    for number in (0, 1):
        for column, row in random.Random(1).sample(found[number], min(200, len(found[number]))):
            inputs = [-0.25 + 1.5 * (column + 0.5) / CELLS, 1.25 - 1.5 * (row + 0.5) / CELLS]
            assert (network.forward(inputs)[0] > 0.5) == (number == 1)


def test_the_region_over_a_half_lies_where_the_network_says_so():
    network = Network([Layer([Neuron([1.0, 0.0], None, Identity())])])  # its output is its first input
    root = read(regions(network, xor().examples))
    over = next(group for group in of_class(root, "region") if "region class1" in group.get("class"))
    assert set(cells(over, PANEL)) == {(x, y) for x in range(36, 72) for y in range(72)}
    assert {path.get("fill") for path in over}.issuperset({"url(#picture-texture-1)"})  # not by colour alone
    assert of_class(root, "border")[0].get("d").startswith("M180 5v-5")


def test_each_mark_has_the_target_and_the_output_of_its_example():
    network = Network([Layer([Neuron([1.0, -0.5], 0.125, Identity())])])
    root = read(regions(network, xor().examples))
    marks = [group for group in of_class(root, "mark") if group.find(f"{SPACE}title") is not None]
    assert [mark.find(f"{SPACE}title").text for mark in marks] == [
        "0.0, 0.0: target 0.0, output 0.125",
        "0.0, 1.0: target 1.0, output −0.375",
        "1.0, 0.0: target 1.0, output 1.125",
        "1.0, 1.0: target 0.0, output 0.625",
    ]
    assert [mark.find(f"{SPACE}text").text for mark in marks] == ["0", "1", "1", "0"]
    assert [len(mark.findall(f"{SPACE}path")) for mark in marks] == [1, 2, 1, 2]  # a ring around what is wrong
    assert marks[0].find(f"{SPACE}path").get("d") != marks[2].find(f"{SPACE}path").get("d")  # shape, not colour
    assert "2 of 4 examples are right." in texts(root)


def test_a_series_shows_xor_before_during_and_after_training():
    network = build_network([2, 2, 1], last=Identity, source=random.Random("weights 1"))
    stages = [("before training", copy.deepcopy(network))]
    for epoch in train(network, xor().examples, 0.5, 3600, batch_size=4):
        if epoch.number in (1800, 3600):
            stages.append((f"after {epoch.number} epochs", copy.deepcopy(network)))
    root = read(regions_series(stages, xor().examples))
    assert {"before training", "after 1800 epochs", "after 3600 epochs"} <= set(texts(root))
    assert "Before training: 1 of 4 examples is right." in texts(root)
    assert "After 3600 epochs: 4 of 4 examples are right." in texts(root)
    assert len([mark for mark in of_class(root, "mark") if mark.find(f"{SPACE}title") is not None]) == 12


def test_a_series_of_networks_has_a_title_of_its_own():
    network = build_network([2, 2, 1], source=random.Random(1))
    pair = [("start 1", network), ("start 2", network)]
    assert "What each network says" in texts(read(regions_series(pair, title="What each network says")))
    assert "What the network says, stage by stage" in texts(read(regions_series(pair)))


@pytest.mark.parametrize("count, rows", [(3, [3]), (4, [2, 2]), (5, [3, 2]), (6, [3, 3])])
def test_more_than_three_stages_are_in_rows(count, rows):
    network = build_network([2, 2, 1], source=random.Random(1))
    root = read(regions_series([(f"stage {n}", network) for n in range(count)]))
    places = [
        group.get("transform") for group in root.iter(f"{SPACE}g") if group.findall(f"{SPACE}path[@class='border']")
    ]
    heights = [place.split(" ")[1] for place in places]
    assert [heights.count(height) for height in dict.fromkeys(heights)] == rows


def test_several_outputs_make_a_region_each():
    network = Network([Layer([Neuron([1.0, 0.0]), Neuron([0.0, 1.0]), Neuron([-1.0, -1.0])])])
    root = read(regions(network))
    words = " ".join(texts(root))
    assert "yk" not in words and "yj1 is the largest" in words and "yj3 is the largest" in words
    assert "No examples are marked." in words
    soft = build_network([2, 3, 4], last=Softmax, source=random.Random(1))
    assert regions(soft, [([0, 1], [0, 0, 0, 1])])


def test_regions_change_nothing_in_the_network():
    network = example_2_3_2()
    network.forward([0.6, -1.3])
    before = repr(network), network.layers[1].outputs, network.layers[0].neurons[0].inputs
    regions(network, [([0.0, 1.0], [0.0, 1.0])])
    assert (repr(network), network.layers[1].outputs, network.layers[0].neurons[0].inputs) == before


@pytest.mark.parametrize(
    "weights, examples, message",
    [
        ([1.0], [], "regions are drawn for networks with 2 inputs, not 1"),
        ([1.0, 2.0], [([1.0], [0.0])], "the examples do not fit the network, which has 2 inputs"),
        ([1.0, 2.0], [([1.0, "a"], [0.0])], "a number of an example must be a number, not 'a'"),
        ([1e308, 1e308], [([9.0, 9.0], [0.0])], "an output of the network is inf for the inputs"),
        ([Decimal(1), Decimal(2)], [], "the network does not work on the numbers of a grid, which are floats"),
    ],
)
def test_networks_and_examples_without_regions_raise_an_error(weights, examples, message):
    with pytest.raises(NetworkError, match=f"^{message}"):
        regions(Network([Layer([Neuron(weights, None, Identity())])]), examples)


def test_more_than_four_classes_are_too_many():
    with pytest.raises(NetworkError, match="^regions are drawn for networks with at most 4 outputs, not 5$"):
        regions(build_network([2, 5], source=random.Random(1)))
