import copy
import math
import re
from decimal import Decimal
from fractions import Fraction

import pytest

from purenet import (
    Identity,
    Layer,
    Network,
    NetworkError,
    Neuron,
    ReLU,
    Sigmoid,
    trace_step,
)
from purenet.cases import load_case
from tests.networks import (
    INPUTS_2_3_2,
    PYTORCH_2_3_2,
    TARGETS_2_3_2,
    example_2_3_2,
    example_2x2x1,
    example_3_2_2_1,
)

ROUNDING_2x2x1 = {
    "y": {"significant_digits": 3},
    "δ_j": {"significant_digits": 3},
    "y_k⁺": {"significant_digits": 4},
}


def trace_2x2x1():
    return trace_step(example_2x2x1(), [1.0, 1.0], [0.5], 0.01, ROUNDING_2x2x1)


def trace_2_3_2():
    return trace_step(example_2_3_2(), INPUTS_2_3_2, TARGETS_2_3_2, 0.1)


def traces():
    yield trace_2x2x1()
    yield trace_2_3_2()
    yield trace_step(example_3_2_2_1(), [1.5, -0.5, 2.0], [0.25], 0.3)
    yield trace_step(example_3_2_2_1(), [-1.5, 0.5, 0.0], [0.25], 0.3)
    yield trace_step(Network([Layer([Neuron([0.5])])]), [0.3], [1.0], 1.0)
    wide = Network([Layer([Neuron([0.1] * 30, -0.2), Neuron([0.2] * 30, 0.7)])])
    yield trace_step(wide, [0.5] * 30, [1.0, 0.0], 0.1, everything=True)


# gokadin/ai-backpropagation, README and pictures 1 to 10; = exact as written down, ≈ rounded
@pytest.mark.parametrize(
    "symbol, formula, numbers, by_hand, value",
    [
        ("y_i1", "", "", "= 1.0", 1.0),
        ("x_j1", "w_i1j1·y_i1 + w_i2j1·y_i2", "0.5·1.0 + 0.5·1.0", "= 1.0", 1.0),
        ("x_j2", "w_i1j2·y_i1 + w_i2j2·y_i2", "0.5·1.0 + 0.5·1.0", "= 1.0", 1.0),
        ("y_j1", "1 / (1 + exp(−x_j1))", "1 / (1 + exp(−1.0))", "≈ 0.731", 0.7310585786300049),
        ("x_k1", "w_j1k1·y_j1 + w_j2k1·y_j2", "0.5·0.731 + 0.5·0.731", "= 0.731", 0.7310585786300049),
        ("y_k1", "x_k1", "0.731", "= 0.731", 0.7310585786300049),
        ("δ_k1", "y_k1 − t_k1", "0.731 − 0.5", "= 0.231", 0.2310585786300049),
        ("∇w_j1k1", "δ_k1·y_j1", "0.231·0.731", "= 0.168861", 0.1689173560735206),
        ("δ_j1", "y_j1·(1 − y_j1)·(w_j1k1·δ_k1)", "0.731·(1 − 0.731)·(0.5·0.231)", "≈ 0.0227", 0.022714436918237105),
        ("∇w_i1j1", "δ_j1·y_i1", "0.0227·1.0", "= 0.0227", 0.022714436918237105),
        ("w_i1j1⁺", "w_i1j1 − η·∇w_i1j1", "0.5 − 0.01·0.0227", "= 0.499773", 0.49977285563081764),
        ("w_j1k1⁺", "w_j1k1 − η·∇w_j1k1", "0.5 − 0.01·0.168861", "= 0.49831139", 0.4983108264392648),
        ("y_k1⁺", "x_k1⁺", "0.72853125218", "≈ 0.7285", 0.7284997828040481),
        ("∂E/∂y_k1", "y_k1 − t_k1", "0.731 − 0.5", "= 0.231", 0.2310585786300049),
        ("∂E/∂y_k1⁺", "y_k1⁺ − t_k1", "0.7285 − 0.5", "= 0.2285", 0.22849978280404808),
    ],
)
def test_the_hand_computed_example_digit_for_digit(symbol, formula, numbers, by_hand, value):
    row = trace_2x2x1().row(symbol)
    assert (row.symbol, row.formula, row.numbers, row.by_hand) == (symbol, formula, numbers, by_hand)
    assert row.value == pytest.approx(value, rel=1e-15)


def test_an_asymmetric_network_gives_pytorchs_numbers():
    trace = trace_2_3_2()
    for symbol, expected in PYTORCH_2_3_2.items():
        assert trace.row(symbol).value == pytest.approx(expected, rel=1e-13), symbol


def test_every_quantity_that_a_neuron_keeps_has_a_row():
    told = {row.symbol for step in trace_2_3_2().steps for row in step.rows}
    assert set(PYTORCH_2_3_2) <= told
    assert len(told) == len(PYTORCH_2_3_2) + 2 + 4  # and the inputs, and ∂E/∂y of two outputs before and after


def test_the_values_are_those_of_the_network_itself_to_the_last_bit():
    network = example_2_3_2()
    trace = trace_2_3_2()
    network.forward(INPUTS_2_3_2)
    network.backward(TARGETS_2_3_2)
    for layer, before in zip(network.layers, "ij"):
        for neuron in layer.neurons:
            assert trace.row(f"y_{neuron.name}").value == neuron.output
            assert trace.row(f"δ_{neuron.name}").value == neuron.delta
            for i, gradient in enumerate(neuron.weight_gradients):
                assert trace.row(f"∇w_{before}{i + 1}{neuron.name}").value == gradient


@pytest.mark.parametrize("trace", list(traces()))
def test_every_formula_evaluated_with_its_numbers_gives_its_value(trace):
    checked = 0
    for step in trace.steps:
        for row in step.rows:
            if row.formula:
                names, formula = {}, row.formula
                for n, symbol in enumerate(sorted(row.quantities, key=len, reverse=True)):
                    formula = re.sub(re.escape(symbol) + "(?![0-9a-z⁺])", f" v{n} ", formula)
                    names[f"v{n}"] = row.quantities[symbol]
                code = formula.replace("·", "*").replace("−", "-").replace("²", "**2")
                assert eval(code, {"exp": math.exp, "tanh": math.tanh}, names) == pytest.approx(row.value, rel=1e-15), (
                    row
                )
                checked += 1
    assert checked >= 8


ROWS = [(25, 7, 0), (0, 0, 66), (0, 0, 60), (0, 0, 60), (0, 0, 12), (0, 0, 141)]  # of each trace, with a formula


@pytest.mark.parametrize("trace, counts", list(zip(traces(), ROWS)))
def test_the_numbers_evaluated_give_the_value_by_hand_or_to_the_digits_shown(trace, counts):
    exact = rounded = in_full = 0
    for step in trace.steps:
        for row in step.rows:
            if row.formula:
                code = row.numbers.replace("·", "*").replace("−", "-").replace("²", "**2")
                value = eval(code, {"exp": math.exp, "tanh": math.tanh})
                sign, _, digits = row.by_hand.replace("−", "-").partition(" ")
                if sign == "=":
                    assert value == pytest.approx(float(digits), rel=1e-14)
                    exact += 1
                elif sign == "≈":
                    half_a_unit = 0.5 * 10.0 ** Decimal(digits).as_tuple().exponent
                    assert abs(value - float(digits)) <= half_a_unit
                    rounded += 1
                else:
                    assert value == pytest.approx(row.value, rel=1e-15)
                    in_full += 1
    assert (exact, rounded, in_full) == counts


def test_a_trace_changes_nothing_in_the_network():
    network = example_2_3_2()
    network.forward([0.5, 0.25])
    network.backward([0.0, 1.0])
    before = copy.deepcopy([vars(neuron) for layer in network.layers for neuron in layer.neurons])
    trace_step(network, INPUTS_2_3_2, TARGETS_2_3_2, 0.1)
    after = [vars(neuron) for layer in network.layers for neuron in layer.neurons]
    for old, new in zip(before, after):
        assert {**old, "activation": None} == {**new, "activation": None}
    assert {type(neuron) for layer in network.layers for neuron in layer.neurons} == {Neuron}


def test_gradients_left_in_the_network_do_not_get_into_the_trace():
    network = example_2_3_2()
    network.forward([0.5, 0.25])
    network.backward([0.0, 1.0])
    trace = trace_step(network, INPUTS_2_3_2, TARGETS_2_3_2, 0.1)
    assert trace.row("∇w_i1j1").value == pytest.approx(PYTORCH_2_3_2["∇w_i1j1"])


def test_the_formulas_are_those_of_the_neurons_that_ran():
    class Forgetful(Neuron):
        def backward(self, output_gradient):
            self.delta = 1 * output_gradient  # the slope of the activation function is left out
            self.accumulate_gradients()

    trace = trace_step(Network([Layer([Forgetful([0.5], None, Sigmoid())])]), [1.0], [0.25], 0.1)
    assert trace.row("δ_j1").formula == "y_j1 − t_j1"


def test_fractions_are_traced_exactly():
    network = Network([Layer([Neuron([Fraction(1, 3), Fraction(-1, 2)], Fraction(1, 6), Identity())])])
    trace = trace_step(network, [Fraction(1), Fraction(2)], [Fraction(0)], Fraction(1, 2))
    row = trace.row("x_j1")
    assert (row.numbers, row.value) == ("1/3·1.0 + (−1/2)·2.0 + 1/6", Fraction(-1, 2))
    assert trace.row("w_i1j1⁺").value == Fraction(7, 12)


def test_a_relu_that_stops_its_input_shows_it():
    trace = trace_step(Network([Layer([Neuron([-1.0], None, ReLU())])]), [2.0], [0.5], 0.1)
    assert (trace.row("y_j1").formula, trace.row("y_j1").value) == ("0", 0)
    assert (trace.row("δ_j1").formula, trace.row("δ_j1").value) == ("0·(y_j1 − t_j1)", 0)


def test_by_hand_what_has_no_rule_is_carried_on_and_shown_as_rounded_if_it_is_long():
    trace = trace_step(example_2x2x1(), [1.0, 1.0], [0.5], 0.01, {"δ": {"decimals": 2}})
    assert trace.row("y_j1").by_hand == "≈ 0.73105857863000488"
    assert trace.row("δ_k1").by_hand == "≈ 0.23"


def test_a_rounded_number_that_is_only_taken_over_is_exact():
    network = Network([Layer([Neuron([0.5], 0.25, Identity())])])
    trace = trace_step(network, [1.0], [0.123], 0.1, {"δ": {"decimals": 2}})
    assert [trace.row(symbol).by_hand for symbol in ("δ_j1", "∇b_j1")] == ["≈ 0.63", "= 0.63"]


def test_by_hand_the_parts_of_formulas_may_be_rounded_before_they_are_used():
    rounding = {"y": {"decimals": 2}, "parts": {"decimals": 2}}
    published = {"f′(x_j1)·10": "2.00", "y_j1·(1 − y_j1)·10": "2.00", "w_j1k1·y_j1": "0.37"}
    trace = trace_step(example_2x2x1(), [1.0, 1.0], [0.5], 0.01, rounding, published)
    # 0.5 · 0.73 → 0.37; 0.24² → 0.06; 0.73 · 0.27 → 0.20
    assert [trace.row(symbol).by_hand for symbol in ("y_j1", "x_k1", "E", "δ_k1", "δ_j1", "∇w_j1k1")] == [
        "≈ 0.73", "≈ 0.74", "≈ 0.03", "= 0.24", "≈ 0.024", "= 0.1752"
    ]  # fmt: skip
    assert [comparison.verdict for comparison in trace.comparisons] == [
        "right by hand rounding", "right by hand rounding", "right"
    ]  # fmt: skip
    assert trace.row("x_k1").value == 0.7310585786300049  # in full precision, as without rounding


@pytest.mark.parametrize("rule", ["y_l", "y_j3", "∇b_j", "x_i", "exp(−x_l)", "η·∇b_j"])
def test_a_rounding_rule_for_nothing_is_refused(rule):
    with pytest.raises(NetworkError, match="no such quantity is written down"):
        trace_step(example_2x2x1(), [1.0, 1.0], [0.5], 0.01, {rule: {"decimals": 2}})


def test_an_activation_that_does_not_know_expressions_fails_loudly():
    class Own(Identity):
        def value(self, x):
            return 1 / (1 + math.exp(-x))

    with pytest.raises(NetworkError, match="kinds that do not mix"):
        trace_step(Network([Layer([Neuron([0.5], None, Own())])]), [1.0], [0.5], 0.1)


def test_kinds_of_numbers_that_do_not_mix_are_told():
    with pytest.raises(NetworkError, match="kinds that do not mix, such as float and Decimal"):
        trace_step(Network([Layer([Neuron([Decimal("0.5")])])]), [Decimal(1)], [Decimal(1)], 0.1)


@pytest.mark.parametrize("digits", [0.7, "abc", "", "1,5", None])
def test_published_digits_must_be_digits(digits):
    with pytest.raises(NetworkError, match="the published y_j1 must be digits"):
        trace_step(example_2x2x1(), [1.0, 1.0], [0.5], 0.01, published={"y_j1": digits})


def test_published_digits_agree_or_are_named():
    published = {"y_j1": "0.731", "δ_j1": "0.0227", "delta_k1": "0.232", "E": "0.03"}
    trace = trace_step(example_2x2x1(), [1.0, 1.0], [0.5], 0.01, ROUNDING_2x2x1, published)
    assert [row.symbol for row in trace.disagreements] == ["δ_k1"]
    assert trace_step(example_2x2x1(), [1.0, 1.0], [0.5], 0.01, None, {"y_j1": "0.7311"}).disagreements == []


def test_the_published_digits_of_the_built_in_case_all_agree():
    case = load_case("2x2x1")
    trace = trace_step(case.network(), [1.0, 1.0], [0.5], 0.01, case.rounding, case.published)
    assert len(case.published) == 26
    assert trace.disagreements == []


@pytest.mark.parametrize(
    "arguments, message",
    [
        (([1.0], [0.5], 0.1), "the network takes 2 inputs but got 1"),
        (([1.0, 1.0, 1.0], [0.5], 0.1), "the network takes 2 inputs but got 3"),
        (([1.0, 1.0], [0.5, 0.5], 0.1), "the network has 1 output but got 2 targets"),
        (([1.0, float("nan")], [0.5], 0.1), r"input 2 \(y_i2\) must be a finite number, not nan"),
        (([1.0, "1"], [0.5], 0.1), r"input 2 \(y_i2\) must be a number, not '1'"),
        (([None, 1.0], [0.5], 0.1), r"input 1 \(y_i1\) must be a number, not None"),
        (([1.0, True], [0.5], 0.1), r"input 2 \(y_i2\) must be a number, not True"),
        (([1.0, 1.0], [float("inf")], 0.1), r"target 1 \(t_k1\) must be a finite number, not inf"),
        (([1.0, 1.0], [0.5], "fast"), "the learning rate must be a number, not 'fast'"),
        (([1.0, 1.0], [0.5], -0.1), "the learning rate must not be negative, not -0.1"),
    ],
)
def test_bad_numbers_are_named(arguments, message):
    with pytest.raises(NetworkError, match=message):
        trace_step(example_2x2x1(), *arguments)


def test_an_overflow_names_the_neuron():
    network = Network([Layer([Neuron([1e200, 1e200], None, Identity())]), Layer([Neuron([1e200], None, Identity())])])
    with pytest.raises(NetworkError, match="the net input of neuron k1 overflows: x_k1 is inf"):
        trace_step(network, [1.0, 1.0], [0.0], 0.1)


def test_an_overflow_by_hand_is_reported_too():
    network = Network([Layer([Neuron([1e300], None, Identity())])])
    with pytest.raises(NetworkError, match="overflows"):
        trace_step(network, [1e300], [0.0], 0.1, {"y": {"decimals": 2}})


def test_an_unknown_quantity_is_named():
    with pytest.raises(NetworkError, match="no quantity x_j9"):
        trace_2x2x1().row("x_j9")


@pytest.mark.parametrize(
    "inputs, targets, words",
    [
        ([1.0, 2.0], 1, "targets must be a list of numbers, such as [0, 1, 0], not 1"),
        (0.5, [1.0], "inputs must be a list of numbers, such as [0, 1, 0], not 0.5"),
        (None, [1.0], "inputs must be a list of numbers, such as [0, 1, 0], not None"),
    ],
)
def test_a_number_by_itself_is_no_list_of_inputs_or_targets(inputs, targets, words):
    with pytest.raises(NetworkError) as raised:
        trace_step(Network([Layer([Neuron([0.5, -1.0])])]), inputs, targets, learning_rate=0.1)
    assert str(raised.value) == words
