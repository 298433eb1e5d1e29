import csv
import io
import json

import pytest

from purenet import Identity, Layer, Network, NetworkError, Neuron, summary
from tests.networks import example_2_3_2
from tests.trace.test_record import trace_2x2x1

IN_A_LOOP = """\
Layer J

neuron    inputs y    net input x    output y    delta δ    gradients ∇w    gradient ∇b    weights w    bias b
--------  ----------  -------------  ----------  ---------  --------------  -------------  -----------  --------
j1        1.0, 2.0     1.0            1.0        −0.75      −0.75, −1.5     −0.75          0.5, 0.25    0.0
j2        1.0, 2.0    −1.5           −1.5         0.0       0.0, 0.0                       0.5, −1.0

Layer K

neuron    inputs y    net input x    output y    delta δ    gradients ∇w    weights w
--------  ----------  -------------  ----------  ---------  --------------  -----------
k1        1.0, −1.5   0.5            0.5         −1.5       −1.5, 2.25      0.5, 0.0
"""


def network_in_a_loop():
    """Return a network after a backward pass: by hand, y_k = 0.5, t = 2, δ_k = −1.5, δ_j1 = −1.5·0.5, δ_j2 = −1.5·0."""
    hidden = Layer([Neuron([0.5, 0.25], 0.0, Identity()), Neuron([0.5, -1.0], None, Identity())])
    network = Network([hidden, Layer([Neuron([0.5, 0.0], None, Identity())])])
    network.forward([1.0, 2.0])
    network.backward([2.0])
    return network


def test_a_network_shows_what_it_holds_in_the_middle_of_a_loop():
    assert summary(network_in_a_loop()).to("text", width=120).replace("−0.0", "0.0") == IN_A_LOOP


def test_a_layer_and_a_neuron_have_summaries_too():
    network = network_in_a_loop()
    layer = str(summary(network.layers[0]))
    assert layer.startswith("Layer J") and "j2" in layer and "k1" not in layer
    neuron = str(summary(network.layers[1].neurons[0]))
    assert neuron.startswith("Neuron k1") and "−1.5, 2.25" in neuron


def test_what_is_not_computed_yet_has_no_column():
    text = str(summary(example_2_3_2()))
    assert "weights w" in text and "output" not in text and "δ" not in text and "None" not in text


def test_long_lists_are_elided_with_their_ends_kept():
    text = str(summary(Neuron([float(n) for n in range(100)])))
    assert "0.0, 1.0, 2.0, …, 98.0, 99.0" in text


@pytest.mark.parametrize("width", [20, 45, 60, 80, 100, 130])
def test_no_line_is_wider_than_the_page(width):
    assert max(map(len, trace_2x2x1().summary().to("text", width=width).splitlines())) <= width


def test_json_and_csv_hold_full_precision():
    data = json.loads(trace_2x2x1().summary().to("json"))
    assert data[2]["neurons"][0]["delta"] == 0.022714436918237105
    rows = list(csv.DictReader(io.StringIO(trace_2x2x1().summary().to("csv"))))
    assert rows[5]["weight_gradients"] == "0.1689173560735206 0.1689173560735206"
    assert rows[0]["table"] == "Layer J, by hand"


def test_other_formats_have_a_table_per_layer():
    made = summary(network_in_a_loop())
    assert made.to("html").count("<table") == 2
    assert made.to("latex").count(r"\begin{tabular}") == 2
    assert made.to("markdown").count("| neuron") == 2
    assert made.to("text", ascii=True).isascii()


@pytest.mark.parametrize("digits", [0, 18, "three"])
def test_digits_are_checked(digits):
    with pytest.raises(NetworkError, match="the number of digits must be 1 to 17"):
        summary(network_in_a_loop(), digits).to("text")


def test_a_layer_that_was_given_a_tuple_has_a_summary():
    neuron = Neuron([0.5, 0.25])
    neuron.forward((1.0, 2.0))
    assert "1.0, 2.0" in str(summary(neuron))


def test_an_overflow_is_reported_with_the_neuron():
    network = Network([Layer([Neuron([1e200], None, Identity())]), Layer([Neuron([1e200], None, Identity())])])
    network.forward([1.0])
    with pytest.raises(NetworkError, match="neuron k1 has overflowed: its net input is inf"):
        summary(network)
