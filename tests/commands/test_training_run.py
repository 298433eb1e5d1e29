import random

import pytest

from purenet import GradientDescent
from purenet.commands.training_run import meets_goal, training_steps
from purenet.training import Epoch
from tests.test_network import parameters
from tests.test_training import EXAMPLES, small


@pytest.mark.parametrize(
    "loss, share, stop_loss, stop_accuracy, met",
    [
        (0.04, 0.5, 0.05, None, True),
        (0.05, 1.0, 0.05, None, False),
        (0.5, 1.0, None, 1.0, True),
        (0.5, 0.99, None, 1.0, False),
        (0.04, 0.5, 0.05, 1.0, True),
        (0.0, 1.0, None, None, False),
    ],
)
def test_a_goal_is_a_loss_below_or_an_accuracy_of_at_least(loss, share, stop_loss, stop_accuracy, met):
    assert meets_goal(Epoch(1, loss, share), stop_loss, stop_accuracy) is met


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


