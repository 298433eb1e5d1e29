import random

import pytest

from purenet import (
    GradientDescent,
    Identity,
    Layer,
    Network,
    NetworkError,
    Neuron,
    Sigmoid,
    accuracy,
    train,
)
from purenet.training import is_right, training_step
from tests.networks import INPUTS_2_3_2, TARGETS_2_3_2, example_2_3_2
from tests.test_network import parameters

EXAMPLES = [([1.0, 0.0], [1.0]), ([0.0, 1.0], [0.0]), ([1.0, 1.0], [0.5]), ([0.5, 0.25], [0.25])]


def small():
    return Network([Layer([Neuron([0.5, -0.25], 0.125, Sigmoid())])])


def by_hand(network, batches, learning_rate, divide):
    """Do what training does, in its plainest form."""
    for batch in batches:
        network.reset_gradients()
        for inputs, targets in batch:
            network.forward(inputs)
            network.backward(targets)
        for layer in network.layers:
            for neuron in layer.neurons:
                neuron.weight_gradients = [g / len(batch) if divide else g for g in neuron.weight_gradients]
                neuron.bias_gradient = neuron.bias_gradient / len(batch) if divide else neuron.bias_gradient
        network.update(learning_rate)


@pytest.mark.parametrize("size", [1, 2, 3, 4, 100])
@pytest.mark.parametrize("gradient", ["mean", "sum"])
def test_mini_batches_of_any_size_with_mean_or_sum(size, gradient):
    trained, expected = small(), small()
    assert len(list(train(trained, EXAMPLES, 0.1, epochs=2, batch_size=size, gradient=gradient))) == 2
    batches = [EXAMPLES[start : start + size] for start in range(0, 4, size)]
    by_hand(expected, batches * 2, 0.1, gradient == "mean")
    assert parameters(trained) == parameters(expected)


def test_an_epoch_tells_the_loss_and_the_accuracy_met_on_the_way():
    # by hand, y = w + b, each loss before its step: (0 − 1)²/2 = 0.5, then (0.5 − 0)²/2 = 0.125, mean 0.3125
    network = Network([Layer([Neuron([0.0], 0.0, Identity())])])
    (epoch,) = train(network, [([1.0], [1.0]), ([0.0], [0.0])], 0.5, epochs=1)
    assert epoch == (1, 0.3125, 0.5)


# PyTorch 2.13.0, float64: torch.optim.SGD(lr=0.1, momentum=0.9), weight_decay=0.01 for weights and 0 for biases,
# three steps of example_2_3_2 with half squared error
LOSSES = [0.2040083727833396, 0.19286683716198055, 0.17254139769495339]
PARAMETERS = [
    [0.2922214156209592, -0.6828661404620784, 0.08982933175351583],
    [0.9351623597927868, 0.11176370496562855, -0.13292976606628157],
    [-0.37195052144776175, 0.5407208500701504, 0.39304900303468826],
    [0.4590798752430795, -0.8005624066723735, 0.2748781954729569, -0.09602987328450506],
    [-0.09187275517189929, 0.45511185182407626, 1.054359821206635, 0.21918067217558893],
]


def test_momentum_and_weight_decay_give_pytorchs_numbers():
    network = example_2_3_2()
    epochs = train(network, [(INPUTS_2_3_2, TARGETS_2_3_2)], 0.1, epochs=3, momentum=0.9, weight_decay=0.01)
    assert [epoch.loss for epoch in epochs] == pytest.approx(LOSSES, rel=1e-13)
    for row, expected in zip(parameters(network), PARAMETERS):
        assert row == pytest.approx(expected, rel=1e-12)


def test_neurons_without_bias_have_none_with_momentum_either():
    network = Network([Layer([Neuron([1.0], None, Identity())])])
    descent = GradientDescent(0.5, momentum=0.5)
    for _ in range(2):
        training_step(network, [([1.0], [0.0])], descent)
    # by hand: v = −0.5·1, w = 0.5; v = 0.5·(−0.5) − 0.5·0.5 = −0.5, w = 0
    assert (network.layers[0].neurons[0].weights, network.layers[0].neurons[0].bias) == ([0.0], None)


def test_shuffling_follows_the_generator_and_covers_every_example():
    seen = []

    class Noting(Neuron):
        def forward(self, inputs):
            seen.append(tuple(inputs))
            return super().forward(inputs)

    def run(seed):
        seen.clear()
        list(train(Network([Layer([Noting([0.5, 0.5])])]), EXAMPLES, 0.1, epochs=3, shuffle=random.Random(seed)))
        return list(seen)

    first, again, other = run(1), run(1), run(2)
    assert first == again != other
    for epoch in range(3):
        assert sorted(first[4 * epoch : 4 * epoch + 4]) == sorted(tuple(inputs) for inputs, _ in EXAMPLES)


@pytest.mark.parametrize("kind", [list, tuple, iter, lambda examples: (pair for pair in examples)])
def test_examples_may_be_any_series(kind):
    trained, expected = small(), small()
    list(train(trained, kind(EXAMPLES), 0.1, epochs=3))
    list(train(expected, EXAMPLES, 0.1, epochs=3))
    assert parameters(trained) == parameters(expected)


def test_inputs_and_targets_may_be_ranges_and_tuples():
    network = Network([Layer([Neuron([0.5, 0.5, 0.5], None, Identity())])])
    list(train(network, [(range(3), (1,))], 0.1, epochs=1))
    # by hand: y = 1.5, δ = 0.5, w − 0.1·0.5·(0, 1, 2)
    assert network.layers[0].neurons[0].weights == pytest.approx([0.5, 0.45, 0.4])


@pytest.mark.parametrize(
    "outputs, targets, right",
    [
        ([0.6], [1.0], True),
        ([0.4], [1.0], False),
        ([0.5], [0.0], True),
        ([0.1, 0.7, 0.2], [0.0, 1.0, 0.0], True),
        ([0.5, 0.3, 0.2], [0.0, 1.0, 0.0], False),
    ],
)
def test_what_counts_as_right(outputs, targets, right):
    assert is_right(outputs, targets) is right


def test_accuracy_is_the_share_of_right_outputs_and_teaches_nothing():
    network = small()
    # by hand, the sign of x − 0: (1, 0) → 0.625 yes, wanted 1; (0, 1) → −0.125 no, wanted 0; (1, 1) → 0.375 yes, wanted 0.5: no
    assert accuracy(network, EXAMPLES[:3]) == pytest.approx(2 / 3)
    assert parameters(network) == parameters(small())


def test_a_loss_that_overflows_is_reported():
    network = Network([Layer([Neuron([1.0], None, Identity())])])
    with pytest.raises(NetworkError, match="the loss has become (inf|nan): lower the learning rate"):
        list(train(network, [([10.0], [0.0])], 10.0, epochs=1000))


@pytest.mark.parametrize(
    "options, message",
    [
        ({"batch_size": 0}, "batch size must be a whole number of at least 1, not 0"),
        ({"batch_size": 2.5}, "batch size must be a whole number"),
        ({"gradient": "median"}, "is its 'mean' or 'sum', not 'median'"),
        ({"momentum": -1}, "the momentum must not be negative, not -1"),
        ({"weight_decay": float("nan")}, "the weight decay must be a finite number"),
        ({"learning_rate": "fast"}, "the learning rate must be a number"),
    ],
)
def test_wrong_options_are_named(options, message):
    with pytest.raises(NetworkError, match=message):
        list(train(small(), EXAMPLES, **{"learning_rate": 0.1, "epochs": 1, **options}))


def test_no_examples_are_told():
    with pytest.raises(NetworkError, match="there are no examples to train on"):
        list(train(small(), [], 0.1, epochs=1))


def test_right_outputs_of_a_mini_batch_are_all_counted():
    network = Network([Layer([Neuron([1.0], 0.0, Identity())])])
    examples = [([0.0], [0.0]), ([1.0], [1.0]), ([0.0], [1.0]), ([1.0], [1.0])]
    assert [epoch.accuracy for epoch in train(network, examples, 0.01, epochs=1, batch_size=4)] == [0.75]


def test_a_step_returns_the_summed_loss_and_the_outputs_before_it():
    network = Network([Layer([Neuron([2.0], 0.0, Identity())])])
    mini_batch = [([1.0], [0.0]), ([3.0], [5.0])]
    assert training_step(network, mini_batch, GradientDescent(0.1)) == (2.5, [[2.0], [6.0]])
