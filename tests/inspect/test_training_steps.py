import random
from decimal import Decimal
from itertools import islice

import pytest

from purenet import GradientDescent, NetworkError, train
from purenet.cases import load_case
from purenet.golden.values.case_files import golden_names
from purenet.inspect.training_steps import trained, training_steps
from tests.test_command_line import case_file
from tests.test_network import parameters
from tests.test_training import EXAMPLES, small


def test_skipped_steps_are_not_done_again():
    whole, first, second = small(), small(), small()
    list(training_steps(whole, EXAMPLES, GradientDescent(0.1), 3, shuffle=random.Random(1)))
    steps = training_steps(first, EXAMPLES, GradientDescent(0.1), 3, shuffle=random.Random(1))
    for _ in range(5):
        next(steps)
    for neuron, values in zip(second.layers[0].neurons, parameters(first)):
        neuron.weights, neuron.bias = values[:-1], values[-1]
    rest = list(training_steps(second, EXAMPLES, GradientDescent(0.1), 3, shuffle=random.Random(1), skip=5))
    assert [(step.epoch, step.ends_epoch) for step in rest] == [
        (2, False), (2, False), (2, True), (3, False), (3, False), (3, False), (3, True),
    ]  # fmt: skip
    assert parameters(second) == parameters(whole)


def test_mazurs_example_after_10000_updates_with_frozen_biases():
    """An epoch of the case is two updates. Recomputed: a later edition prints the loss after 9,999."""
    for network, epoch in trained(load_case("mazur"), 5000):
        pass
    outputs = network.forward([0.05, 0.1])
    assert network.loss.value(outputs, [0.01, 0.99]) == pytest.approx(3.510187782978859e-05, rel=1e-12)
    assert outputs == pytest.approx([0.01591362044355068, 0.9840642735146238], rel=1e-12)
    # the mean of 3.510854812e-05, after 9,999 updates, and of the one before
    assert epoch.number == 5000 and 3.510854812e-05 < epoch.loss < 3.5122e-05
    assert [neuron.bias for neuron in network.neurons()] == [0.35, 0.35, 0.6, 0.6]


def test_the_floats_are_those_of_the_loop_of_the_core():
    case = load_case("mazur-trained-biases")
    network, examples = case.network(), [([0.05, 0.1], [0.01, 0.99])] * 2
    for epoch, (found, found_epoch) in zip(train(network, examples, 0.5, epochs=20), trained(case, 20)):
        assert (epoch, parameters(network)) == (found_epoch, parameters(found))
    assert epoch.number == 20


# all but the one in which a loss is infinite
CERTIFIED = [name for name in golden_names() if name != "g-extreme-softmax"]


@pytest.mark.parametrize("name", CERTIFIED)
def test_the_first_epoch_of_a_golden_case_ends_at_its_certified_parameters(name):
    case = load_case(name)
    network, _ = next(trained(case, 1))
    entries = {entry["name"]: entry for entry in case.certified}
    for layer in network.layers:
        weights = [w for neuron in layer.neurons for w in neuron.weights]
        biases = [neuron.bias for neuron in layer.neurons if neuron.bias is not None]
        for kind, found in (("weights", weights), ("biases", biases)) if biases else (("weights", weights),):
            entry = entries[f"step{len(case.batch_sizes)}.{layer.letter.upper()}.{kind}"]
            assert len(found) == len(entry["f64"])
            for number, right, tolerance in zip(found, entry["f64"], entry["tolerance"]["float64"]):
                assert abs(Decimal(number) - Decimal(right)) <= Decimal(tolerance)


def test_the_golden_cases_have_momentum_decay_frozen_biases_and_steps_of_different_sizes():
    assert len(CERTIFIED) == 44
    cases = {name: load_case(name) for name in CERTIFIED}
    assert [list(numbers) for numbers in cases["momentum-batches"].batches()] == [[0, 1, 2], [3, 4]]
    assert cases["momentum-batches"].settings["momentum"] and cases["f-momentum-weight-decay"].settings["weight_decay"]
    assert cases["batch-sum"].gradient == "sum" and not cases["mazur"].trained_biases


def test_an_infinite_loss_is_told():
    with pytest.raises(NetworkError, match="output 3 makes the cross-entropy infinite"):
        next(trained(load_case("g-extreme-softmax"), 1))


@pytest.mark.parametrize("gradient, loss", [("mean", 0.0755597), ("sum", 0.151119)])
def test_the_loss_of_an_epoch_is_the_mean_or_the_sum_as_its_gradient_is(tmp_path, gradient, loss):
    """By hand: y = σ(0.75) = 0.679179, ½ · (y − 1)² = 0.0514631; then y = σ(−0.215047), ½ · y² = 0.0996563."""
    path = case_file(tmp_path, gradient=gradient)
    _, epoch = next(trained(load_case(path), 1))
    assert epoch.loss == pytest.approx(loss, rel=1e-5)


def test_it_is_lazy_and_its_number_of_epochs_is_checked():
    case = load_case("mazur")
    assert [epoch.number for _, epoch in islice(trained(case, 10**12), 2)] == [1, 2]
    with pytest.raises(NetworkError, match="the number of epochs must be a whole number of at least 1, not 0"):
        next(trained(case, 0))
