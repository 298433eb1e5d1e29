"""Units fed by sums of decimals that are 0 on paper: 0.5 − 0.6 + 0.1, which is 2.8e-17 in floats."""

from purenet.arithmetic.pencil import as_decimal
from purenet.cases import Case, case_names, load_case
from purenet.golden.verification import counts, verified
from purenet.trace.record import trace_case


def case(activation="relu", last="identity", weights=(0.5, -0.6), bias=0.1, **fields):
    """Return a case of one hidden neuron with a weight of 1 after it, and the target 1."""
    layers = [
        {"activation": activation, "weights": [list(weights)], "biases": [bias]},
        {"activation": last, "weights": [[1]], "biases": [0]},
    ]
    example = {"inputs": [1, 1], "targets": [1]}
    given = {"format_version": 1, "network": {"layers": layers}, "examples": [example], "learning_rate": 0.1}
    return Case({**given, **fields})


def test_a_relu_at_0_on_paper_has_the_slope_0():
    """By hand: x = 0.5 − 0.6 + 0.1 = 0, so y = 0, f′(x) = 0, and no weight before it moves."""
    published = {
        "x_j1": "0.0",
        "y_j1": "0",
        "δ_k1": "-1",
        "δ_j1": "0",
        "∇w_i1j1": "0",
        "w_i1j1⁺": "0.5",
        "b_k1⁺": "0.1",
    }
    assert counts(verified(case(published=published))) == {"right": 7}
    trace = trace_case(case())
    assert (trace.row("x_j1").value, trace.row("δ_j1").value, trace.row("w_i2j1⁺").value) == (0, 0, -0.6)


def test_a_leaky_relu_at_0_on_paper_has_the_slope_of_its_leak():
    trace = trace_case(case("leaky relu"))
    assert (trace.row("x_j1").value, trace.row("δ_j1").value) == (0, -0.01)


def test_its_last_layer_may_be_any():
    """By hand: y_k1 = σ(0) = 1/2, E = 1/8, δ_k1 = ½·½·(½ − 1) = −1/8; in floats δ_j1 would be −1/8, too."""
    trace = trace_case(case(last="sigmoid"))
    assert [trace.row(symbol).value for symbol in ("y_k1", "E", "δ_k1", "δ_j1")] == [0.5, 0.125, -0.125, 0]


def test_numbers_computed_in_decimals_are_shown_as_floats():
    rows = trace_case(case(last="sigmoid")).rows.values()
    assert {type(row.value) for row in rows} == {float}
    # by hand: b_k1⁺ = 0.1/8 = 0.0125, and σ(x) = 1/2 + x/4 − x³/48 + …
    assert f"{trace_case(case(last='sigmoid')).row('y_k1⁺').value:.11f}" == "0.50312495931"


def test_other_cases_are_computed_in_floats_bit_for_bit():
    """In floats 0.1 + 0.2 is 0.30000000000000004; a net input of 0 that both know, 0·w + 0, is no reason for decimals."""
    assert case(weights=(0.1, 0.2), bias=0).number is float
    assert trace_case(case(weights=(0.1, 0.2), bias=0)).row("x_j1").value == 0.30000000000000004
    assert case(weights=(0.5, -0.5), bias=0).number is float
    assert case("tanh").number is float


def test_a_threshold_is_computed_in_decimals_unless_its_numbers_are_not_those_of_paper():
    assert case("threshold").number is as_decimal
    assert case("sign from 0", "relu", bias=0.2).number is as_decimal
    assert case("threshold", "sigmoid", bias=0.2).number is float
    assert case("threshold", "sigmoid").number is as_decimal


def test_an_edge_may_be_met_after_a_step():
    """By hand: x = −0.3 + 0.4 = 0.1, δ = 0.1 + 0.4; then x = (−0.3 − 0.05) + (0.4 − 0.05) = 0, in floats 5.6e-17."""
    network = {"layers": [{"activation": "relu", "weights": [[-0.3]], "biases": [0.4]}]}
    step = {"inputs": [1], "targets": [-0.4]}
    assert case(network=network, examples=[step]).number is float
    twice = case(network=network, examples=[step, step])
    assert twice.number is as_decimal
    assert trace_case(twice).row("δ_j1", example=1).value == 0.5
    assert trace_case(twice).row("∇w_i1j1", example=2).value == 0


def test_examples_of_ones_own_may_meet_the_edge():
    """By hand: x = 0.5·0.2 − 0.6·0.1 − 0.04 = 0, but 6.9e-18 in floats."""
    given = case(bias=-0.04)
    assert given.number is float
    assert trace_case(given, examples=[([0.2, 0.1], [1.0])]).row("δ_j1").value == 0


def test_a_case_that_overflows_is_left_to_whoever_computes_it():
    assert case(weights=(1e308, 1e308), bias=0).number is float


def test_no_built_in_case_meets_an_edge_in_decimals_alone():
    assert {load_case(name).number for name in case_names()} == {float}
