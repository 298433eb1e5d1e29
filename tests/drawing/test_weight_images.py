import random
import re

import pytest

from purenet import (
    CrossEntropy,
    Identity,
    Layer,
    Network,
    NetworkError,
    Neuron,
    Sigmoid,
    SoftmaxLayer,
    build_network,
    mistake_images,
    weight_images,
)
from purenet.datasets import digits
from purenet.training import is_right
from tests.drawing.svg_reader import SPACE, of_class, read, texts


def squares(image, kind):
    """Return the squares of a kind in an image: the middle of each, and its side."""
    paths = [path.get("d") for path in image.findall(f"{SPACE}path") if path.get("class") == kind]
    found = re.findall(r"M(-?[\d.]+) (-?[\d.]+)h([\d.]+)v", "".join(paths))
    return {(float(x) + float(side) / 2, float(y) + float(side) / 2): float(side) for x, y, side in found}


def test_each_weight_is_a_square_at_its_pixel_with_its_share_of_the_area():
    weights = [1.0, -1.0, 0.25, 0.0, -0.5, 0.01]
    root = read(weight_images(Network([Layer([Neuron(weights, 0.5)])]), 3, 2))
    (image,) = of_class(root, "weights")
    cell = 29  # 88 over 3 pixels
    positive, negative = squares(image, "positive"), squares(image, "negative")
    expected = {(0.5 * cell, 0.5 * cell): 28.0, (2.5 * cell, 0.5 * cell): 14.0, (2.5 * cell, 1.5 * cell): 2.8}
    assert {(round(x, 1), round(y, 1)): side for (x, y), side in positive.items()} == expected
    assert sorted(negative) == [(1.5 * cell, 0.5 * cell), (1.5 * cell, 1.5 * cell)]
    sides = [side + 1.1 for _, side in sorted(negative.items())]  # with the line around them
    assert sides == pytest.approx([28.0, 28.0 * 0.5**0.5], abs=0.01)
    assert image.find(f"{SPACE}title").text == "j1: weights from −1.0 to 1.0, bias 0.5"
    assert "the largest is 1.0 in size" in root.find(f"{SPACE}desc").text


def test_all_neurons_of_the_first_layer_are_shown_and_of_very_many_the_first():
    root = read(weight_images(build_network([64, 32, 10], source=random.Random(1)), 8, 8))
    assert [image.get("data-neuron") for image in of_class(root, "weights")] == [f"j{n}" for n in range(1, 33)]
    wide = read(weight_images(build_network([784, 50, 10], source=random.Random(1)), 28, 28))
    assert len(of_class(wide, "weights")) == 38
    assert "12 more neurons are left out." in texts(wide)


def test_weights_that_are_all_zero():
    (image,) = of_class(read(weight_images(Network([Layer([Neuron([0.0, 0.0])])]), 2, 1)), "weights")
    assert image.findall(f"{SPACE}path") == []


@pytest.mark.parametrize(
    "width, height, message",
    [
        (2, 2, "2 x 2 pixels are 4, but the network has 6 inputs"),
        (2.0, 3, "an image is a whole number of pixels wide and high, not 2.0 x 3"),
        (-2, -3, "an image is a whole number of pixels wide and high, not -2 x -3"),
    ],
)
def test_sizes_that_do_not_fit(width, height, message):
    network = Network([Layer([Neuron([1.0] * 6), Neuron([2.0] * 6)])])
    with pytest.raises(NetworkError, match=f"^{message}$"):
        weight_images(network, width, height)
    with pytest.raises(NetworkError, match=f"^{message}$"):
        mistake_images(network, [([0.0] * 6, [1.0, 0.0])], width, height)


def copying():
    """Return a network whose two outputs are its two inputs."""
    return Network([Layer([Neuron([1.0, 0.0], None, Identity()), Neuron([0.0, 1.0], None, Identity())])])


def test_a_mistake_has_the_answer_of_the_network_and_the_truth():
    examples = [([1.0, 0.25], [1, 0]), ([0.75, 0.5], [0, 1]), ([0.0, 1.0], [0, 1])]
    root = read(mistake_images(copying(), examples, 2, 1, ["cat", "dog"]))
    (image,) = of_class(root, "image")
    assert image.get("data-example") == "2"
    assert image.find(f"{SPACE}title").text == "image 2: the network says cat (0.75), it is dog (0.5)"
    assert [text.text for text in image.findall(f"{SPACE}text")] == ["says cat (0.75)", "is dog (0.50)"]
    # 16 shades: each path holds the pixels of one, here 8 and 12
    inks = {path.get("fill-opacity"): path.get("d") for path in of_class(root, "ink")}
    assert inks == {"0.500": "M44 0h44v44h-44z", "0.750": "M0 0h44v44h-44z"}
    assert "1 of 3 images is misclassified." in root.find(f"{SPACE}desc").text


def test_the_mistakes_on_digits_are_those_of_the_core():
    data = digits()
    network = Network(
        [SoftmaxLayer([Neuron([random.Random(n).uniform(-1, 1) for _ in range(64)]) for n in range(10)])],
        CrossEntropy(),
    )
    held_out = [data.held_out[n] for n in range(30)]
    wrong = [
        (place, network.forward(inputs), targets)
        for place, (inputs, targets) in enumerate(held_out, start=1)
        if not is_right(network.forward(inputs), targets)
    ]
    images = of_class(read(mistake_images(network, held_out, 8, 8, data.labels)), "image")
    assert [int(image.get("data-example")) for image in images] == [place for place, _, _ in wrong]
    for image, (_, outputs, targets) in zip(images, wrong):
        said, wanted = outputs.index(max(outputs)), targets.index(1.0)
        captions = [text.text for text in image.findall(f"{SPACE}text")]
        assert captions == [f"says {said} ({outputs[said]:.2f})", f"is {wanted} ({outputs[wanted]:.2f})"]


def test_no_mistake_and_very_many():
    none = read(mistake_images(copying(), [([1.0, 0.0], [1, 0])], 2, 1))
    assert of_class(none, "image") == []
    assert none.find(f"{SPACE}desc").text == "None of 1 image is misclassified."
    many = read(mistake_images(copying(), [([1.0, 0.0], [0, 1])] * 50, 2, 1, most=20))
    assert len(of_class(many, "image")) == 20
    assert "50 of 50 images are misclassified. Here are the first 20." in texts(many)


def test_labels_are_escaped_and_cut_short():
    picture = mistake_images(copying(), [([1.0, 0.0], [0, 1])], 2, 1, ["<b>", "a very long name"])
    root = read(picture)
    assert not list(root.iter(f"{SPACE}b"))
    captions = texts(of_class(root, "image")[0])
    assert captions == ["says <b> (1.00)", "is a ver… (0.00)"]


@pytest.mark.parametrize(
    "network, examples, options, message",
    [
        (copying(), [], {}, "there are no examples to look for mistakes in"),
        (copying(), [([1, 0], [1, 0])], {"labels": ["a"]}, "the network has 2 outputs but got 1 label"),
        (copying(), [([1, 0], [1, 0])], {"most": 0}, "at least 1 mistake must be drawn, not 0"),
        (copying(), [([1, 0, 0], [1, 0])], {}, "neuron j1 has 2 weights but got 3 inputs"),
        (
            build_network([2, 1], Sigmoid, source=random.Random(1)),
            [([1, 0], [1])],
            {},
            "mistakes are drawn for networks with an output for each class, not for those with 1 output",
        ),
    ],
)
def test_mistakes_that_cannot_be_drawn_raise_an_error(network, examples, options, message):
    with pytest.raises(NetworkError, match=f"^{message}$"):
        mistake_images(network, examples, 2, 1, **options)
