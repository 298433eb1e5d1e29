import pytest

from purenet import HalfSquaredError, NetworkError


def test_half_squared_error_is_half_the_sum_of_the_squares():
    # by hand: ((0.75 - 0.5)² + (0 - 2)²) / 2 = (0.0625 + 4) / 2
    assert HalfSquaredError().value([0.75, 0.0], [0.5, 2.0]) == 2.03125


def test_its_slopes_are_the_differences():
    assert HalfSquaredError().derivative([0.75, 0.0], [0.5, 2.0]) == [0.25, -2.0]


@pytest.mark.parametrize("method", ["value", "derivative"])
def test_there_must_be_a_target_for_each_output(method):
    with pytest.raises(NetworkError, match="2 outputs but got 1 target"):
        getattr(HalfSquaredError(), method)([1.0, 2.0], [1.0])
