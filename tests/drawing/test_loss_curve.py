import copy
import random
import re
from decimal import Decimal
from fractions import Fraction
from xml.etree import ElementTree

import pytest

from purenet import (
    History,
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
from purenet.drawing.loss_curve import thinned
from purenet.drawing.sheet import power_of_ten, ticks
from purenet.training import Epoch
from tests.networks import example_2_3_2

SPACE = "{http://www.w3.org/2000/svg}"


def read(picture):
    root = ElementTree.fromstring(picture)
    assert root[0].tag == f"{SPACE}title" and root[1].tag == f"{SPACE}desc"
    return root


def of_class(root, name):
    return [element for element in root.iter() if name in element.get("class", "").split()]


def texts(root):
    return ["".join(element.itertext()) for element in root.iter(f"{SPACE}text")]


def history(*losses, accuracy=0.5):
    return History(Epoch(number, loss, accuracy) for number, loss in enumerate(losses, start=1))


def points(path):
    return [tuple(map(float, pair.split())) for pair in path.get("d")[1:].split("L")]


def heights(root):
    """Return where the numbers of the axis at the left stand, by number: that of the loss, which comes first."""
    found = {}
    for element in of_class(root, "end"):
        found.setdefault(float(element.text.replace("−", "-").split(" %")[0]), float(element.get("y")) - 4)
    return found


def test_the_curve_stands_at_the_losses_of_the_core():
    root = read(history(0.5, 0.3, 0.25, 0.125).picture())
    curve, accuracy = [points(path) for path in of_class(root, "curve")]
    axis = heights(root)
    assert set(axis) >= {0.0, 0.1, 0.2, 0.3, 0.4, 0.5}
    for (_, y), loss in zip(curve, (0.5, 0.3, 0.25, 0.125)):
        assert (axis[0.0] - y) / (axis[0.0] - axis[0.5]) == pytest.approx(loss / 0.5, abs=1e-3)
    assert [x for x, _ in curve] == pytest.approx([0, 560 / 3, 1120 / 3, 560], abs=0.01)
    assert {y for _, y in accuracy} == {320.0}  # in the middle of the 90 px from 0 to 100 %
    description = root.find(f"{SPACE}desc").text
    assert description == (
        "The loss falls from 0.5 in epoch 1 to 0.125 in epoch 4. The accuracy goes from 50.0 % to 50.0 %."
    )


def test_more_than_two_decades_make_the_axis_logarithmic():
    equal = read(history(1.0, 0.01).picture())
    assert "logarithmic" not in equal.find(f"{SPACE}desc").text
    root = read(history(1.0, 0.1, 0.001).picture(accuracy=False))
    assert "logarithmic" in root.find(f"{SPACE}desc").text
    axis = heights(root)
    assert [axis[loss] for loss in (1.0, 0.1, 0.001)] == pytest.approx(
        [y for _, y in points(of_class(root, "curve")[0])], abs=0.02
    )
    assert axis[1.0] - axis[0.1] == pytest.approx(axis[0.1] - axis[0.01], abs=0.02)
    assert "logarithmic" not in history(1.0, 0.1, 0.0).picture()  # 0 has no logarithm


def test_the_accuracy_is_left_out_on_request():
    with_it, without = history(0.5, 0.25).picture(), history(0.5, 0.25).picture(accuracy=False)
    assert "accuracy" in texts(read(with_it)) and "accuracy" not in without


@pytest.mark.parametrize(
    "losses, words",
    [
        ((0.5,), "The loss of epoch 1 is 0.5."),
        ((0.25, 0.5), "The loss rises from 0.25 in epoch 1 to 0.5 in epoch 2. Its lowest is 0.25, in epoch 1."),
        ((0.0, 0.0), "The loss goes from 0.0 in epoch 1 to 0.0 in epoch 2."),
        ((1e300, 1e-300), "The loss falls from 1e+300 in epoch 1 to 1e-300 in epoch 2."),
        ((-1.0, -2.5), "The loss falls from −1.0 in epoch 1 to −2.5 in epoch 2."),
        ((Fraction(1, 2), Fraction(1, 4)), "The loss falls from 1/2 in epoch 1 to 1/4 in epoch 2."),
        ((Decimal("0.5"), Decimal("0.25")), "The loss falls from 0.5 in epoch 1 to 0.25 in epoch 2."),
    ],
)
def test_any_history_is_drawn_and_told_in_words(losses, words):
    assert words in read(history(*losses).picture()).find(f"{SPACE}desc").text


@pytest.mark.parametrize(
    "losses, message",
    [
        ((), "^there is no epoch to draw: train first$"),
        ((0.5, float("nan")), "^the loss of epoch 2 must be a finite number, not nan$"),
        ((1e308, -1e308), "^losses from -1e\\+308 to 1e\\+308 are too far apart to draw$"),
    ],
)
def test_losses_that_cannot_be_drawn(losses, message):
    with pytest.raises(NetworkError, match=message):
        history(*losses).picture()


def test_a_long_training_makes_a_picture_of_a_sensible_size_without_losing_a_peak():
    losses = [1 / number for number in range(1, 200_001)]
    losses[123_456] = 7.5
    picture = history(*losses).picture()
    assert len(picture) < 60_000
    kept = thinned(list(enumerate(losses)))
    assert {(0, 1.0), (123_456, 7.5), (199_999, 1 / 200_000)} <= set(kept)
    assert kept == sorted(kept) and set(kept) <= set(enumerate(losses))


@pytest.mark.parametrize(
    "low, high, most, expected",
    [
        (0, 1, 6, [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        (0, 0.000037, 4, [0.0, 1e-05, 2e-05, 3e-05]),
        (-3, 5, 5, [-2.0, 0.0, 2.0, 4.0]),
        (1, 174923, 8, [20000.0 * n for n in range(1, 9)]),
        (0, 1e300, 3, [0.0, 5e299, 1e300]),
    ],
)
def test_ticks_are_round_numbers(low, high, most, expected):
    assert ticks(low, high, most) == expected


def test_powers_of_ten():
    assert [power_of_ten(n) for n in (-12, -4, -1, 0, 3, 15)] == ["10⁻¹²", "0.0001", "0.1", "1", "1000", "10¹⁵"]


def test_the_epochs_at_the_axis_are_whole_numbers_and_begin_with_the_first():
    root = read(History([Epoch(41, 0.5, 0.5), Epoch(42, 0.4, 0.5), Epoch(43, 0.3, 0.5)]).picture())
    below = [element.text for element in of_class(root, "tick") if "middle" in element.get("class")]
    assert below == ["41", "42", "43"]


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
    assert {path.get("style") for path in over}.issuperset({"fill:url(#picture-texture-1)"})  # not by colour alone
    assert of_class(root, "border")[0].get("d").startswith("M180 5v-5")


def test_the_marks_say_what_the_network_makes_of_each_example():
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
        ([1.0], [], "regions are drawn of networks with 2 inputs, not 1"),
        ([1.0, 2.0], [([1.0], [0.0])], "the examples do not fit the network, which has 2 inputs"),
        ([1.0, 2.0], [([1.0, "a"], [0.0])], "a number of an example must be a number, not 'a'"),
        ([1e308, 1e308], [([9.0, 9.0], [0.0])], "an output of the network is inf for the inputs"),
        ([Decimal(1), Decimal(2)], [], "the network does not work on the numbers of a grid, which are floats"),
    ],
)
def test_what_has_no_regions_is_told_in_a_sentence(weights, examples, message):
    with pytest.raises(NetworkError, match=f"^{message}"):
        regions(Network([Layer([Neuron(weights, None, Identity())])]), examples)


def test_more_than_four_classes_are_too_many():
    with pytest.raises(NetworkError, match="^regions are drawn of networks with at most 4 outputs, not 5$"):
        regions(build_network([2, 5], source=random.Random(1)))
