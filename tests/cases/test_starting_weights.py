"""Starting weights that worked examples draw from generators of random numbers, and other numbers that they do not print."""

import random

import pytest

from purenet.cases import load_case
from purenet.inspect.training_steps import trained

TRASK = {
    4: [f"trask-3layer-alpha-{alpha}" for alpha in ("0.001", "0.01", "0.1", "1", "10", "100", "1000")],
    32: [f"trask-3layer-hidden-32-alpha-{alpha}" for alpha in ("0.001", "0.01", "0.1", "1", "10")],
}


def numpy_seeded(seed):
    """Return a random.Random whose random() gives the numbers of NumPy after numpy.random.seed(seed).

    Both are the Mersenne Twister MT19937. NumPy fills its 624 words by the rule init_genrand of its authors (Matsumoto
    and Nishimura 2002), where random.seed mixes them once more.
    """
    key = [seed]
    for n in range(1, 624):
        key.append((1812433253 * (key[-1] ^ key[-1] >> 30) + n) % 2**32)
    generator = random.Random()
    generator.setstate((3, (*key, 624), None))
    return generator


def test_the_stream_is_that_of_numpy():
    generator = numpy_seeded(1)  # numpy.random.seed(1); numpy.random.random(3)
    assert [generator.random() for _ in range(3)] == [0.417022004702574, 0.7203244934421581, 0.00011437481734488664]


@pytest.mark.parametrize("name", ["trask-2layer", "trask-2layer-spencer-harper"])
def test_the_weights_of_trasks_two_layers_are_those_of_numpys_seed_1(name):
    generator = numpy_seeded(1)
    (layer,) = load_case(name).network().layers
    assert [neuron.weights for neuron in layer.neurons] == [[2 * generator.random() - 1 for _ in range(3)]]


@pytest.mark.parametrize("hidden, name", [(hidden, name) for hidden, names in TRASK.items() for name in names])
def test_the_weights_of_trasks_three_layers_are_those_of_numpys_seed_1(hidden, name):
    generator = numpy_seeded(1)
    first, last = load_case(name).network().layers
    assert len(first.neurons) == hidden
    for i in range(3):  # his tables have a row for each input
        assert [neuron.weights[i] for neuron in first.neurons] == [2 * generator.random() - 1 for _ in range(hidden)]
    assert last.neurons[0].weights == [2 * generator.random() - 1 for _ in range(hidden)]


@pytest.mark.parametrize("name", ["brownlee-forward", "brownlee-training"])
def test_brownlees_weights_are_those_of_pythons_seed_1(name):
    generator = random.Random(1)
    for neuron in load_case(name).network().neurons():
        assert neuron.weights == [generator.random() for _ in neuron.weights]
        assert neuron.bias == generator.random()


def test_the_outputs_of_brownlees_backward_pass_are_those_that_he_types_in():
    case = load_case("brownlee-backward")
    network, (inputs, _) = case.network(), case.examples[0]
    assert network.forward([float(y) for y in inputs]) == [0.6213859615555266, 0.6573693455986976]
    assert network.layers[0].neurons[0].output == 0.7105668883115941


def test_a_later_edition_of_mazur_has_the_loss_of_one_update_earlier():
    for _, epoch in trained(load_case("mazur-10000"), 10_000):
        pass
    assert f"{epoch.loss:.10f}" == "0.0000351085"  # an epoch's loss is that before its update, here the last of 10,000
