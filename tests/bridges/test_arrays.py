import random

import pytest

from purenet import CrossEntropy
from purenet.bridges import from_arrays, to_arrays
from purenet.errors import NetworkError
from tests.bridges.drawn import drawn_inputs, drawn_network, numbers_of
from tests.sampling import slow

NUMPY = "NumPy is not installed: pip install 'purenet[numpy]'"
TABLE = [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]


def test_a_row_belongs_to_an_input_or_to_a_neuron_as_the_caller_says():
    by_input = from_arrays([TABLE], [[0.5, 1.5, 2.5]], ["identity"], orientation="in_out")
    assert by_input.forward([1.0, 10.0]) == [41.5, 53.5, 65.5]  # 1·1 + 4·10 + ½, 2·1 + 5·10 + 1½, 3·1 + 6·10 + 2½
    by_neuron = from_arrays([TABLE], [[0.5, 1.5]], ["identity"], orientation="out_in")
    assert by_neuron.forward([1.0, 10.0, 100.0]) == [321.5, 655.5]  # 1 + 20 + 300 + ½, 4 + 50 + 600 + 1½


@pytest.mark.parametrize("biases", ([[0.5, 1.5, 2.5]], [[0.5], [1.5], [2.5]]))
def test_biases_may_be_a_single_row_or_column(biases):
    network = from_arrays([TABLE], [biases], ["identity"], orientation="in_out")
    assert [neuron.bias for neuron in network.neurons()] == [0.5, 1.5, 2.5]


def test_the_loss_is_half_squared_error_or_that_which_is_named():
    assert from_arrays([TABLE], None, ["identity"], orientation="in_out").loss.name == "half squared error"
    for loss in ("cross-entropy", CrossEntropy()):
        assert from_arrays([TABLE], None, ["softmax"], orientation="in_out", loss=loss).loss.name == "cross-entropy"


@pytest.mark.parametrize(
    "arguments, settings, words",
    [
        (([TABLE], None, ["identity"]), {"orientation": "rows"}, "the orientation is 'in_out' or 'out_in', not 'rows'"),
        (
            ([TABLE], [[0.5, 1.5]], ["identity"]),
            {"orientation": "in_out"},
            "the arrays: network.layers[0].biases must have a number for each neuron of the layer: it has 2, the layer 3; "
            "the arrays may fit with orientation='out_in'",
        ),
        (
            ([TABLE], [], ["identity"]),
            {"orientation": "in_out"},
            "there are 1 arrays of weights and 0 arrays of biases: give one for each layer",
        ),
        (
            ([TABLE], None, ["swish"]),
            {"orientation": "in_out"},
            "the arrays: network.layers[0].activation is 'swish' but must be one of: identity, sigmoid, tanh, relu",
        ),
        (
            ([TABLE], None, ["identity"]),
            {"orientation": "in_out", "loss": CrossEntropy},
            "the loss must be the name of one of purenet's, such as 'half squared error', or an object, not <class",
        ),
    ],
)
def test_arrays_that_do_not_fit_are_refused_in_a_sentence(arguments, settings, words):
    with pytest.raises(NetworkError) as raised:
        from_arrays(*arguments, **settings)
    assert str(raised.value).startswith(words)


@pytest.mark.parametrize("number, seed", [(5, 1), slow(200, 2)])
@pytest.mark.parametrize("orientation", ["in_out", "out_in"])
def test_random_networks_go_to_numpy_and_back_bit_for_bit(number, seed, orientation):
    numpy, source = pytest.importorskip("numpy", reason=NUMPY), random.Random(seed)
    for _ in range(number):
        network = drawn_network(source)
        weights, biases, activations = to_arrays(network, orientation=orientation)
        again = from_arrays(weights, biases, activations, orientation=orientation)
        assert numbers_of(again) == numbers_of(network)
        inputs = drawn_inputs(source, network)
        first = numpy.array(inputs) @ weights[0] if orientation == "in_out" else weights[0] @ numpy.array(inputs)
        network.forward(inputs)
        sums = first + (0 if biases[0] is None else biases[0])
        assert sums.tolist() == pytest.approx(
            [each.net_input for each in network.layers[0].neurons], rel=1e-12, abs=1e-12
        )


@pytest.mark.parametrize("number, seed", [(5, 3), slow(200, 4)])
def test_random_arrays_of_float32_are_carried_over_exactly(number, seed):
    numpy = pytest.importorskip("numpy", reason=NUMPY)
    source = numpy.random.default_rng(seed)
    for _ in range(number):
        inputs, outputs = source.integers(1, 9, 2)
        table, biases = (source.normal(size=size).astype(numpy.float32) for size in ((inputs, outputs), (outputs,)))
        network = from_arrays([table], [biases], ["tanh"], orientation="in_out")
        assert numpy.array_equal(numpy.array([each.weights for each in network.neurons()]), table.T)
        assert [neuron.bias for neuron in network.neurons()] == biases.astype(numpy.float64).tolist()
