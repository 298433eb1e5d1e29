import math

import pytest

from purenet.inspect.stages import KEPT, Stages
from purenet.training import Epoch


def numbers(losses, last=None, start=0):
    """Return the numbers of the stages of a training with these losses; a network is its own number here."""
    stages = Stages(start, start, lambda network: network)
    for number, loss in enumerate(losses, start=start + 1):
        stages.add(Epoch(number, loss, 0.0), number)
    assert len(stages.falling) <= KEPT and len(stages.regular) <= KEPT
    found = stages.chosen(start + len(losses) if last is None else last)
    assert [stage.network for stage in found] == [stage.number for stage in found]
    return [stage.number for stage in found]


def test_stages_are_where_the_loss_has_fallen_by_equal_shares():
    assert numbers([10.0, 9.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0, 0.0]) == [0, 3, 5, 7, 9]


def test_a_plateau_before_a_late_fall_is_skipped():
    losses = [1.0] * 5000 + [1 - n / 100 for n in range(1, 101)]
    found = numbers(losses)
    assert found[0] == 0 and found[1:] == pytest.approx([5020, 5040, 5060, 5080], abs=4)


def test_a_plateau_between_two_falls_is_shown_where_they_leave_room():
    losses = [1.0, 0.5] + [0.5 - n * 1e-6 for n in range(3000)] + [0.0]
    found = numbers(losses)
    assert found[:2] == [0, 2] and len(found) == 5
    assert 1200 < found[3] < 1800  # halfway


def test_a_loss_that_does_not_fall_has_stages_at_equal_numbers_of_epochs():
    assert numbers([1.0] * 16) == [0, 2, 4, 8, 12]  # the longest stretch is halved


def test_a_short_training_has_what_there_is():
    assert numbers([]) == [0]
    assert numbers([1.0]) == [0]
    assert numbers([1.0, 0.5]) == [0, 1]
    assert numbers([1.0, 0.5], start=100) == [100, 101]


def test_few_copies_are_made():
    made = []
    stages = Stages(0, 0, lambda network: made.append(network) or network)
    for number in range(1, 10_001):
        stages.add(Epoch(number, math.exp(-number / 2000), 0.0), number)
    assert len(made) < 400
