import pytest

from purenet.commands.training_run import meets_goal
from purenet.training import Epoch


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
