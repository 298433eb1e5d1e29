import pytest

from purenet.drawing.axes import Axis, power_of_ten, ticks


@pytest.mark.parametrize(
    "low, high, most, expected",
    [
        (0, 1, 6, [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        (0, 0.000037, 4, [0.0, 1e-05, 2e-05, 3e-05]),
        (-3, 5, 5, [-2.0, 0.0, 2.0, 4.0]),
        (1, 174923, 8, [20000.0 * n for n in range(1, 9)]),
        (0, 1e300, 3, [0.0, 5e299, 1e300]),
    ],
)
def test_ticks_are_round_numbers(low, high, most, expected):
    assert ticks(low, high, most) == expected


def test_powers_of_ten():
    assert [power_of_ten(n) for n in (-12, -4, -1, 0, 3, 15)] == ["10⁻¹²", "0.0001", "0.1", "1", "1000", "10¹⁵"]


def test_an_axis_in_equal_steps_and_one_in_equal_ratios():
    steps, ratios = Axis(0, 10, 100, 0), Axis(-2, 0, 100, 0, log=True)
    assert [steps(0), steps(2.5), steps(10)] == [100, 75, 0]
    assert [ratios(0.01), ratios(0.1), ratios(1)] == [100, 50, 0]
    assert steps.marks(5) == [(100.0, "0"), (50.0, "5"), (0.0, "10")]
    assert ratios.marks(5) == [(100.0, "0.01"), (50.0, "0.1"), (0.0, "1")]
