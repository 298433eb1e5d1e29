import copy
import re
from xml.etree import ElementTree

import pytest

from purenet import Identity, Layer, Network, Neuron, ReLU, Sigmoid, Tanh, Threshold, ThresholdFromZero
from purenet.datasets import xor
from purenet.drawing.neuron_maps import CELLS, SHADES, SIDE, neuron_maps, runs, shade, short
from tests.networks import example_2_3_2

EXAMPLES = [([0.0, 0.0], [0.0]), ([0.0, 1.0], [1.0]), ([1.0, 0.0], [1.0]), ([1.0, 1.0], [0.0])]


def one(weights, bias, activation):
    return Network([Layer([Neuron(weights, bias, activation)])])


def cells(element, kind):
    """Return the cells of a map that are above ("high") or below ("low") the middle, as pairs of column and row."""
    found, cell = set(), SIDE / CELLS
    for path in ElementTree.fromstring(str(element)).iter("path"):
        if path.get("class") == kind:
            for x, y, width in re.findall(r"M([\d.]+) ([\d.]+)h([\d.]+)v", path.get("d")):
                column, row, count = (round(float(v) / cell) for v in (x, y, width))
                found |= {(column + n, row) for n in range(count)}
    return found


def test_there_is_a_map_for_each_neuron_by_its_name():
    network = Network([Layer([Neuron([0.5, -1.0]), Neuron([1.0, 2.0])]), Layer([Neuron([1.0, 1.0])])])
    assert list(neuron_maps(network, EXAMPLES)) == ["j1", "j2", "k1"]


def test_a_neuron_that_looks_at_the_first_input_is_high_on_the_right():
    # x = y_i1 − ½, which is 0 in the middle of the map, between columns 14 and 15
    drawn = neuron_maps(one([1.0, 0.0], -0.5, Sigmoid()), EXAMPLES)["j1"]
    assert cells(drawn, "high") == {(column, row) for column in range(15, 30) for row in range(30)}
    assert cells(drawn, "low") == {(column, row) for column in range(15) for row in range(30)}


def test_a_neuron_that_looks_at_the_second_input_is_high_above():
    drawn = neuron_maps(one([0.0, 1.0], -0.5, Tanh()), EXAMPLES)["j1"]
    assert cells(drawn, "high") == {(column, row) for column in range(30) for row in range(15)}


@pytest.mark.parametrize("activation, low", [(Sigmoid(), 0), (Tanh(), 0), (Identity(), 0), (ReLU(), 0)])
def test_a_neuron_that_says_more_than_the_middle_everywhere_is_nowhere_low(activation, low):
    drawn = neuron_maps(one([0.0, 0.0], 1.0, activation), EXAMPLES)["j1"]
    assert [len(cells(drawn, kind)) for kind in ("high", "low")] == [CELLS * CELLS, low]


def test_a_neuron_that_says_the_middle_everywhere_has_no_colour():
    drawn = neuron_maps(one([0.0, 0.0], 0.0, Sigmoid()), EXAMPLES)["j1"]  # ½ everywhere
    assert [len(cells(drawn, kind)) for kind in ("high", "low")] == [0, 0]


def test_each_example_has_a_mark_a_square_up_to_a_half_and_a_disc_over_it():
    drawn = str(neuron_maps(one([1.0, 1.0], 0.0, Sigmoid()), EXAMPLES)["j1"])
    marks = re.findall(
        r'<g class="mark" transform="translate\(([\d.]+) ([\d.]+)\)"><(?:path|rect)[^>]*d="([^"]*)"', drawn
    )
    places = {(float(x), float(y)): "a" in path.lower() for x, y, path in marks}
    assert len(places) == 4
    # (0, 0) is at the left below, (0, 1) at the left above; only (0, 1) and (1, 0) are discs
    (left, right), (above, below) = (sorted({place[n] for place in places}) for n in (0, 1))
    assert places == {(left, below): False, (left, above): True, (right, below): True, (right, above): False}
    assert left + right == pytest.approx(SIDE)


def test_without_targets_there_are_no_marks():
    drawn = neuron_maps(one([1.0, 1.0], 0.0, Sigmoid()), [(inputs, None) for inputs, _ in EXAMPLES])["j1"]
    assert 'class="mark"' not in str(drawn)


def test_a_network_of_other_than_two_inputs_has_no_maps():
    assert neuron_maps(one([1.0], 0.0, Sigmoid()), [([1.0], [0.0])]) == {}
    assert neuron_maps(one([1.0, 1.0, 1.0], 0.0, Sigmoid()), [([1.0, 0.0, 1.0], [0.0])]) == {}


def test_the_words_are_the_lowest_and_the_highest_output():
    drawn = str(neuron_maps(one([0.0, 0.0], -2.0, Identity()), EXAMPLES)["j1"])
    assert "<title>j1: −2 to −2</title>" in drawn or "<title>j1: −2.0 to −2.0</title>" in drawn


def test_no_weight_changes():
    network = example_2_3_2()
    before = copy.deepcopy([(n.weights, n.bias) for n in network.neurons()])
    neuron_maps(network, xor().examples)
    assert [(n.weights, n.bias) for n in network.neurons()] == before


@pytest.mark.parametrize("output", [float("inf"), float("-inf"), float("nan")])
def test_an_output_that_is_no_finite_number_has_no_colour(output):
    assert shade(output, 0, 1) == 0


def test_shades_are_symmetric_and_the_largest_is_that_of_the_reach():
    assert [shade(value, 0.5, 0.5) for value in (0.0, 0.5, 1.0)] == [-SHADES, 0, SHADES]
    assert [shade(value, 0, 6) for value in (0.5, 1.5, -0.5, -5.5)] == [1, 2, -1, -6]


def test_cells_of_one_shade_in_a_row_are_one_rectangle():
    shades = [1, 1, 1, *[0] * (CELLS - 4), 1, *[0] * (CELLS * (CELLS - 1))]
    assert runs(shades, 1).count("M") == 2
    assert runs(shades, -1) == ""


def test_outputs_are_written_to_two_digits():
    assert short(-0.123) == "−0.12"


@pytest.mark.parametrize("unit", [Threshold, ThresholdFromZero])
def test_a_threshold_unit_is_below_its_middle_where_it_says_0(unit):
    found = neuron_maps(one([1.0, 1.0], -5.0, unit()), EXAMPLES)["j1"]
    assert (len(cells(found, "low")), len(cells(found, "high"))) == (CELLS * CELLS, 0)
