from decimal import Decimal
from fractions import Fraction

import pytest

from purenet import Identity, NetworkError, Neuron, ReLU, Tanh


def test_net_input_is_the_weighted_sum_plus_the_bias():
    # by hand: 0.5·2 + (−0.25)·4 + 0.125 = 0.125
    neuron = Neuron([0.5, -0.25], 0.125, Identity())
    assert neuron.forward([2.0, 4.0]) == 0.125
    assert (neuron.inputs, neuron.net_input, neuron.output) == ([2.0, 4.0], 0.125, 0.125)


def test_the_sum_runs_from_left_to_right_and_the_bias_comes_last():
    # in this order 0.1 + 0.2 + 0.3 is 0.6000000000000001; from the right, or with a compensated sum, it is 0.6
    assert Neuron([0.1, 0.2, 0.3], None, Identity()).forward([1, 1, 1]) == 0.6000000000000001
    assert Neuron([0.1, 0.2], 0.3, Identity()).forward([1, 1]) == 0.6000000000000001


def test_a_bias_of_zero_is_a_bias_and_none_is_not():
    learning, without = Neuron([1.0], 0.0, Identity()), Neuron([1.0], None, Identity())
    for neuron in (learning, without):
        neuron.forward([1.0])
        neuron.backward(2.0)
        neuron.update(0.5)
    assert (learning.bias_gradient, learning.bias) == (2.0, -1.0)
    assert (without.bias_gradient, without.bias) == (None, None)


def test_what_is_not_computed_yet_is_none():
    neuron = Neuron([0.5], 0.5)
    state = [
        neuron.inputs,
        neuron.net_input,
        neuron.output,
        neuron.delta,
        neuron.weight_gradients,
        neuron.bias_gradient,
    ]
    assert state == [None] * 6


def test_delta_is_the_slope_times_what_the_output_does_to_the_loss():
    # tanh at x = 0.5: f′ = 1 − 0.46211715726² = 0.78644773296592741 (mpmath 1.3.0)
    neuron = Neuron([0.5], 0.0, Tanh())
    neuron.forward([1.0])
    neuron.backward(2.0)
    assert neuron.delta == pytest.approx(1.5728954659318548, rel=1e-15)
    assert neuron.weight_gradients == [neuron.delta]


def test_gradients_of_examples_add_up_until_they_are_reset():
    neuron = Neuron([1.0, 1.0], 0.0, Identity())
    neuron.forward([1.0, 2.0])
    neuron.backward(1.0)
    assert (neuron.weight_gradients, neuron.bias_gradient) == ([1.0, 2.0], 1.0)
    neuron.forward([10.0, 20.0])
    neuron.backward(0.5)
    assert (neuron.weight_gradients, neuron.bias_gradient) == ([6.0, 12.0], 1.5)
    neuron.reset_gradients()
    assert (neuron.weight_gradients, neuron.bias_gradient) == (None, None)


def test_update_moves_against_the_gradient():
    # 0.5 − 0.1·(3·1) and 0.5 − 0.1·(3·0.7) in float64: with the factors in another order the last would be 0.29
    neuron = Neuron([0.5, 0.5], 0.5, Identity())
    neuron.forward([1.0, 0.7])
    neuron.backward(3.0)
    neuron.update(0.1)
    assert neuron.weights == [0.19999999999999996, 0.29000000000000004]
    assert neuron.bias == 0.19999999999999996


def test_the_callers_list_of_weights_stays_as_it_is():
    weights = [0.5]
    neuron = Neuron(weights, None, Identity())
    neuron.forward([1.0])
    neuron.backward(1.0)
    neuron.update(1.0)
    assert weights == [0.5]


def test_fractions_and_decimals_flow_through_exactly():
    neuron = Neuron([Fraction(1, 3)], Fraction(1, 6), ReLU())
    assert neuron.forward([Fraction(1, 2)]) == Fraction(1, 3)
    neuron.backward(Fraction(1, 7))
    neuron.update(Fraction(1, 2))
    assert neuron.weights == [Fraction(25, 84)]  # 1/3 − 1/2 · 1/7 · 1/2
    assert Neuron([Decimal("0.1")], Decimal("0.2"), Identity()).forward([Decimal(1)]) == Decimal("0.3")


def test_the_number_of_inputs_must_be_that_of_the_weights():
    with pytest.raises(NetworkError, match="neuron j1 has 2 weights but got 3 inputs"):
        Neuron([0.5, 0.5]).forward([1.0, 1.0, 1.0])


def test_backward_before_forward_says_what_is_missing():
    with pytest.raises(NetworkError, match="call forward before backward"):
        Neuron([0.5]).backward(1.0)


def test_update_before_backward_says_what_is_missing():
    with pytest.raises(NetworkError, match="call backward before update"):
        Neuron([0.5]).update(0.1)


@pytest.mark.parametrize(
    "wrong", ["0.5", None, True, 1j, float("nan"), float("inf"), Decimal("NaN"), Decimal("-Infinity"), [1]]
)
def test_a_weight_or_a_bias_must_be_a_finite_number(wrong):
    with pytest.raises(NetworkError, match="weight 2 of a neuron must be a"):
        Neuron([0.5, wrong])
    if wrong is not None:
        with pytest.raises(NetworkError, match="the bias of a neuron must be a"):
            Neuron([0.5], wrong)


def test_a_neuron_needs_a_weight():
    with pytest.raises(NetworkError, match="0 weights but needs at least 1"):
        Neuron([])
