"""Literals: mpmath 1.3.0 at 40 digits, rounded to the nearest double."""

from decimal import Decimal
from fractions import Fraction

import pytest

from purenet import Identity, LeakyReLU, Neuron, ReLU, Sigmoid, Tanh

FLOATS = [-1e308, -1e6, -745.5, -710.0, -709.9, -700.0, -37.0, -1.0, -1e-300, 0.0, 5e-324, 1.0, 37.0, 710.0, 1e308]


@pytest.mark.parametrize(
    "x, y",
    [
        (0.0, 0.5),
        (1.0, 0.7310585786300048793),
        (-1.0, 0.2689414213699951207),
        (-2.5, 0.07585818002124355119),
        (-37.0, 8.533047625744065e-17),
        (-699.0, 2.680137958338607e-304),
        (-701.0, 3.6271722970495225e-305),
        (-710.0, 4.476286225675130e-309),
        (-740.0, 4.188739880486e-322),
        (-1e308, 0.0),
        (1e308, 1.0),
    ],
)
def test_sigmoid_is_right_for_any_finite_float(x, y):
    assert Sigmoid().value(x) == pytest.approx(y, rel=1e-15, abs=5e-324)


@pytest.mark.parametrize(
    "x, y", [(1.0, 0.7615941559557648881), (-0.5, -0.4621171572600097585), (-1e308, -1.0), (1e-200, 1e-200)]
)
def test_tanh_is_right_for_any_finite_float(x, y):
    assert Tanh().value(x) == pytest.approx(y, rel=1e-15)


@pytest.mark.parametrize("activation", [Sigmoid(), Tanh()])
def test_squashing_functions_never_leave_their_range_nor_fall(activation):
    values = [activation.value(x) for x in FLOATS]
    assert values == sorted(values)
    assert all(-1 <= y <= 1 for y in values)


@pytest.mark.parametrize(
    "activation, x, slope",
    [
        (Identity(), 3.0, 1),
        (Sigmoid(), 1.0, 0.1966119332414818525),
        (Sigmoid(), -2.5, 0.070103716545108157),
        (Tanh(), 1.0, 0.4199743416140260694),
        (Tanh(), -0.5, 0.78644773296592741),
        (ReLU(), 0.25, 1),
        (ReLU(), -0.25, 0),
        (ReLU(), 0.0, 0),
        (LeakyReLU(), 0.25, 1),
        (LeakyReLU(), -0.25, 0.01),
        (LeakyReLU(), 0.0, 0.01),  # as torch.nn.LeakyReLU() has it, PyTorch 2.13.0
    ],
)
def test_the_slope_belongs_to_the_function(activation, x, slope):
    assert activation.derivative(x, activation.value(x)) == pytest.approx(slope, rel=1e-14)


def test_relu_lets_positive_numbers_through_and_stops_the_others():
    assert [ReLU().value(x) for x in (-2.0, 0.0, 3.5)] == [0, 0, 3.5]


def test_leaky_relu_lets_a_hundredth_of_negative_numbers_through():
    assert [LeakyReLU().value(x) for x in (-2.0, 0.0, 3.5)] == [-0.02, 0, 3.5]


@pytest.mark.parametrize(
    "number, output, delta", [(float, -0.02, 0.03), (Decimal, Decimal("-0.02"), Decimal("0.03")), (Fraction, Fraction(-1, 50), Fraction(3, 100))]
)  # fmt: skip
def test_leaky_relu_is_exact_in_every_kind_of_number(number, output, delta):
    neuron = Neuron([number(2)], None, LeakyReLU())
    assert neuron.forward([number(-1)]) == output
    neuron.backward(number(3))
    assert neuron.delta == delta and type(neuron.delta) is number


def test_decimals_keep_their_precision():
    assert abs(Sigmoid().value(Decimal(1)) - Decimal("0.7310585786300048792511592418")) < Decimal("2E-28")
    assert Tanh().value(Decimal("0.5")) == Decimal("0.4621171572600097585023184836")
    assert Tanh().value(Decimal("1E-9")) == Decimal("9.999999999999999996666666667E-10")
    assert Tanh().value(Decimal("-1E+9")) == -1
    assert Tanh().value(Decimal("-1E-900")) == Decimal("-1E-900")
    assert Sigmoid().value(Decimal("-1E+9")) < Decimal("1E-1000")


def test_fractions_stay_exact_where_the_function_allows_it():
    third = Fraction(1, 3)
    assert Identity().value(third) == third
    assert ReLU().value(third) == third
    assert Sigmoid().value(Fraction(1)) == pytest.approx(0.7310585786300049)
