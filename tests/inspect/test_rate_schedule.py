from decimal import Decimal

import pytest

from purenet import GradientDescent, Identity, Layer, Network, NetworkError, Neuron
from purenet.inspect.rate_schedule import rate_schedule
from purenet.inspect.training_steps import training_steps


@pytest.mark.parametrize(
    "text, rates",
    [
        ("step:2:0.5", [0.8, 0.8, 0.4, 0.4, 0.2]),  # as StepLR(optimizer, 2, gamma=0.5) of PyTorch 2.13.0
        ("exponential:0.5", [0.8, 0.4, 0.2, 0.1, 0.05]),  # as ExponentialLR(optimizer, 0.5)
        ("inverse:1", [0.8, 0.4, 0.8 / 3, 0.2, 0.16]),  # 0.8 / (1 + t)
        ("factors:1,0.5,0.25", [0.8, 0.4, 0.2, 0.2, 0.2]),
        ("factors:0.25,1", [0.2, 0.8, 0.8, 0.8, 0.8]),
    ],
)
def test_the_learning_rate_follows_the_epoch(text, rates):
    rate = rate_schedule(text, 0.8)
    assert [rate(epoch) for epoch in (1, 2, 3, 4, 5)] == pytest.approx(rates, rel=1e-15)


def test_it_is_of_the_kind_of_number_that_is_asked_for():
    assert rate_schedule("step:1:0.1", Decimal("0.3"), Decimal)(3) == Decimal("0.003")
    assert rate_schedule("inverse:0.25", Decimal(1), Decimal)(5) == Decimal("0.5")


@pytest.mark.parametrize(
    "text",
    ["", "cosine:1", "step", "step:10", "step:0:0.5", "step:1.5:0.5", "step:10:0.5:1", "exponential:x", "exponential:0",
     "exponential:-1", "exponential:nan", "inverse:inf", "factors:", "factors:1,,2"],
)  # fmt: skip
@pytest.mark.parametrize("number", [float, Decimal])
def test_what_is_no_schedule_is_told(text, number):
    with pytest.raises(NetworkError, match="--rate-schedule takes step:10:0.5, exponential:0.99, .* not "):
        rate_schedule(text, number("0.1"), number)


@pytest.mark.parametrize("epoch", [400, 20_000])
def test_so_is_a_rate_that_overflows(epoch):
    with pytest.raises(NetworkError, match=f"the learning rate of epoch {epoch} overflows: take a smaller factor"):
        rate_schedule("exponential:10", 1e300)(epoch)


@pytest.mark.parametrize("momentum, weights", [(0, [0.5, 0.375]), (0.5, [0.5, 0.125])])
def test_steps_are_done_with_the_rate_of_their_epoch(momentum, weights):
    """By hand, E = w²/2: w = 1 − 0.5·1, then 0.5 − 0.25·0.5; with momentum v = −0.5, then 0.5·(−0.5) − 0.25·0.5.

    PyTorch 2.13.0 has 0.5, 0.375 as well, but with momentum 0.5, 0.25: its η is outside the velocity.
    """
    network = Network([Layer([Neuron([1.0], None, Identity())])])
    steps = training_steps(
        network, [([1.0], [0.0])], GradientDescent(0.5, momentum), 2, rate=rate_schedule("exponential:0.5", 0.5)
    )
    assert [network.layers[0].neurons[0].weights[0] for _ in steps] == weights
