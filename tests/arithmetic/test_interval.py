import random
from decimal import Decimal
from fractions import Fraction

import pytest

from purenet import CrossEntropy, Identity, Network, NetworkError, Neuron, ReLU, SoftmaxLayer
from purenet.arithmetic import exp, log, sqrt, tanh
from purenet.arithmetic.interval import Interval
from purenet.cases import load_case


def holds(interval, value):
    """Return whether an interval holds an exact Fraction."""
    return Fraction(interval.low) <= value <= Fraction(interval.high)


@pytest.mark.parametrize("seed", range(20))
def test_arithmetic_encloses_the_exact_result(seed):
    source = random.Random(seed)
    pairs = []
    for _ in range(6):
        text = f"{source.choice('+-')}{source.randrange(1, 10**9)}e{source.randrange(-12, 4)}"
        pairs.append((Interval(text), Fraction(Decimal(text))))
    for _ in range(60):
        (a, x), (b, y) = source.choice(pairs), source.choice(pairs)
        operation = source.choice("+-*/n")
        if operation == "+":
            pair = a + b, x + y
        elif operation == "-":
            pair = a - b, x - y
        elif operation == "n":
            pair = -a, -x
        elif operation == "*" or b.low <= 0 <= b.high:
            pair = a * b, x * y
        else:
            pair = a / b, x / y
        assert holds(*pair)
        if 1e-30 < abs(pair[1]) < 1e30:
            pairs[source.randrange(len(pairs))] = pair


# mpmath 1.3.0 at 60 digits, rounded to 52
@pytest.mark.parametrize(
    "function, x, value",
    [
        (exp, "1", "2.71828182845904523536028747135266249775724709369996"),
        (exp, "-0.3", "0.7408182206817178660668737793178168721822512319990063"),
        (log, "0.3", "-1.203972804325935992622746217761838502953610930806024"),
        (tanh, "0.5", "0.462117157260009758502318483643672548730289280330113"),
        (tanh, "-2", "-0.9640275800758168839464137241009231502550299762409348"),
        (sqrt, "2", "1.414213562373095048801688724209698078569671875376948"),
        (sqrt, "0.0003", "0.01732050807568877293527446341505872366942805253810381"),
    ],
)
def test_functions_enclose_the_true_value(function, x, value):
    result = function(Interval(x))
    low, high, true = Fraction(result.low), Fraction(result.high), Fraction(value)
    assert low < high < low + Fraction(1, 10**57)
    assert abs(low - true) < Fraction(1, 10**50)


def test_functions_of_wide_intervals_hold_the_values_at_both_ends():
    wide = Interval("0.25", "0.75")
    for function in (exp, log, tanh):
        assert function(wide).low < function(Interval("0.25")).high
        assert function(wide).high > function(Interval("0.75")).low


# The 2x2x1 example with the update carried out, in mpmath 1.3.0 at 60 digits, rounded to 40
CERTIFIED = {
    "δ_j1": "0.02271443691823710236061990354949058153076",
    "w_i1j1⁺": "0.4997728556308176289763938009645050941847",
    "y_k1⁺": "0.7284997828040481597964689474329079530783",
    "E⁺": "0.02610607537074859155424104049423295860573",
}


def test_forty_digits_of_the_hand_computed_example_are_proved_by_the_unchanged_core():
    case = load_case("2x2x1")
    network = case.network(Interval)
    inputs, targets = ([Interval(value) for value in values] for values in case.examples[0])
    network.forward(inputs)
    network.backward(targets)
    network.update(Interval(case.learning_rate))
    outputs = network.forward(inputs)
    neuron = network.layers[0].neurons[0]
    found = [neuron.delta, neuron.weights[0], outputs[0], network.loss.value(outputs, targets)]
    assert [value.digits(40) for value in found] == list(CERTIFIED.values())
    # the nearest double; plain float64 arithmetic ends in …105
    assert neuron.delta.nearest_float() == 0.022714436918237102


def test_softmax_and_cross_entropy_take_intervals():
    network = Network([SoftmaxLayer([Neuron([Interval(1)]), Neuron([Interval(2)])])], CrossEntropy())
    outputs = network.forward([Interval(1)])
    network.backward([Interval(1), Interval(0)])
    # mpmath 1.3.0: 1 / (1 + e), and that less 1
    assert outputs[0].digits(20) == "0.26894142136999512075"
    assert network.layers[0].neurons[0].delta.digits(20) == "-0.73105857863000487925"


def test_a_comparison_that_the_bounds_leave_open_raises():
    third = Interval(1) / 3
    one = third * 3
    assert one.low < 1 < one.high
    for compare in (
        lambda: one < 1,
        lambda: one > 1,
        lambda: one == 1,
        lambda: one <= 1,
        lambda: one >= 1,
        lambda: one != 1,
    ):
        with pytest.raises(NetworkError, match="too far apart to compare"):
            compare()
    assert third < 1 and third > 0 and third != 1 and third == third and Interval("0.5") == 0.5
    with pytest.raises(NetworkError, match="too far apart to compare"):
        Neuron([one], Interval(-1), ReLU()).forward([Interval(1)])


def test_what_is_not_proved_is_not_told():
    assert Interval("0.12345", "0.12346").digits(4) in ("0.1234", "0.1235")
    with pytest.raises(NetworkError, match="too far apart to prove 4 digits"):
        Interval("0.12", "0.13").digits(4)
    with pytest.raises(NetworkError, match="too far apart to prove 2 digits"):
        Interval("-1", "1").digits(2)
    with pytest.raises(NetworkError, match="too far apart to prove 40 digits"):
        Interval(1).log().digits(40)  # on both sides of 0 by the smallest Decimal that there is
    with pytest.raises(NetworkError, match="nearest to different floats"):
        Interval("0.1", "0.2").nearest_float()


def test_exact_numbers_stay_exact():
    neuron = Neuron([Interval("0.5"), Interval("-0.25")], Interval("0.125"), Identity())
    output = neuron.forward([Interval(2), Interval(4)])
    assert (output.low, output.high) == (Decimal("0.125"), Decimal("0.125"))


@pytest.mark.parametrize("value", [True, None, Fraction(1, 3), "one", 1j, [1]])
def test_what_has_no_exact_decimal_is_refused(value):
    with pytest.raises(NetworkError):
        Interval(value)


def test_impossible_operations_are_told():
    with pytest.raises(NetworkError, match="cannot divide by an interval that holds 0"):
        Interval(1) / Interval("-1", "1")
    with pytest.raises(NetworkError, match="the logarithm of an interval from 0"):
        Interval(0).log()
    with pytest.raises(NetworkError, match="must not end, at 1, before it begins, at 2"):
        Interval(2, 1)


def test_messages_show_short_numbers():
    third = Interval(1) / 3
    for compare in (
        lambda: third < third + Interval("-1e-70", "1e-70"),
        lambda: Interval("-1e-70", "1e-70") > 0,
        lambda: 1 / Interval(-third.low, 1),
    ):
        with pytest.raises(NetworkError) as refused:
            compare()
        assert len(str(refused.value)) < 90


@pytest.mark.parametrize(
    "low, high, size", [(1, 2, (1, 2)), (-3, -1, (1, 3)), (-3, 1, (0, 3)), (-1, 3, (0, 3)), (0, 2, (0, 2))]
)
def test_the_size_of_an_interval_encloses_that_of_each_number(low, high, size):
    found = abs(Interval(low, high))
    assert (found.low, found.high) == size


def test_a_square_root_begins_at_0_and_a_power_encloses_its_products():
    around = sqrt(Interval("-1e-30", "4"))
    assert around.low == 0 and Fraction(2) <= Fraction(around.high) < Fraction(2) + Fraction(1, 10**50)
    assert sqrt(Interval(0)).high == 0
    with pytest.raises(NetworkError, match="the square root of an interval up to -1 does not exist"):
        sqrt(Interval("-2", "-1"))
    assert holds(Interval("0.9") ** 7, Fraction(9, 10) ** 7) and (Interval("0.9") ** 1).low == Decimal("0.9")
    third = (Interval(1) / 3) ** 3
    assert holds(third, Fraction(1, 27)) and third.high - third.low < Decimal("1e-58")


def test_an_interval_in_a_message_is_a_short_number():
    third = Interval(1) / 3
    assert f"{third}" == str(third) == "0.333333" and repr(third).startswith("Interval('0.33333333")
    with pytest.raises(NetworkError, match="it gives its target the probability -0.25;"):
        CrossEntropy().value([Interval("-0.25"), Interval("1.25")], [1, 0])
