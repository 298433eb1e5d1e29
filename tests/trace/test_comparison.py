"""Published numbers beside those of a trace."""

from decimal import Decimal

import pytest

from purenet import Identity, Layer, Network, NetworkError, Neuron, trace_case, trace_training
from purenet.cases import Case, load_case
from purenet.cases.published import published_groups
from purenet.golden.verification import verified
from purenet.losses import MeanSquaredError
from tests.networks import example_2_3_2

PASS = {
    "format_version": 1,
    "network": {"layers": [{"activation": "sigmoid", "weights": [[2, -3]], "biases": [-3]}]},
    "examples": [{"inputs": [-1, -2]}],
}


def verdicts(published, **fields):
    trace = trace_case(Case({**PASS, **fields, "published": published}, "mine"))
    return [comparison.verdict for comparison in trace.comparisons]


def test_parts_of_formulas_can_be_published():
    # the neuron of CS231n, optimization-2, figure: f = 0.73, dot = 1.00, dw = −0.20, −0.39, 0.20, dx = 0.39, −0.59
    published = {
        "w_i1j1·y_i1": "-2.00", "w_i2j1*y_i2": "6.00", "x_j1": "1.00", "−x_j1": "-1.00", "exp(−x_j1)": "0.37",
        "1 + exp(-x_j1)": "1.37", "y_j1": "0.73", "f′(x_j1)": "0.20", "y_j1·(1 − y_j1)·y_i1": "-0.20",
        "f'(x_j1)·y_i2": "-.39", "f′(x_j1)·w_i1j1": "0.39", "f′(x_j1)·w_i2j1": "−0.59",
    }  # fmt: skip
    assert verdicts(published) == ["right"] * 12


def test_each_verdict():
    published = {
        "y_j1": ["0.7311", "0.7310", "0.7310585786300049", "0.7310585786300048", "0.74"],
        "x_j1": {"digits": "1.1", "right": "1.0", "cause": "a slip of the pen"},
        "−x_j1": {"digits": "-1.2", "unreproducible": "from another edition"},
    }
    assert verdicts(published) == [
        "right", "cut off", "right", "last bit", "wrong", "wrong, cause known", "cannot be reproduced"
    ]  # fmt: skip
    assert verdicts({"f′(x_j1)": "0.1964"}, rounding={"y": {"decimals": 2}}) == ["wrong"]  # 0.73·0.27 = 0.1971
    assert verdicts({"f′(x_j1)": ["0.1971", "0.1966"]}, rounding={"y": {"decimals": 2}}) == [
        "right by hand rounding",
        "right",
    ]


def test_by_hand_and_full_precision_can_both_be_published():
    assert verdicts({"y_j1": ["0.73", "0.7310585786300049"]}, rounding={"y": {"decimals": 2}}) == ["right", "right"]


@pytest.mark.parametrize(
    "number, problem",
    [
        ({"digits": "1.0", "cause": "unknown"}, '"cause" is stated, but 1.0 is right'),
        ({"digits": "1.1", "right": "1.2", "cause": "unknown"}, "1.2 is stated to be right, but 1.0 is computed"),
    ],
)
def test_a_case_that_states_something_false_about_a_number_is_told(number, problem):
    trace = trace_case(Case({**PASS, "published": {"x_j1": number}}, "mine"))
    assert trace.comparisons[0].problem == problem and trace.disagreements == trace.comparisons
    assert problem in trace.to("text")


def test_numbers_are_published_by_step_and_example():
    examples = [([1.0, 2.0], [0.0, 1.0]), ([0.5, -1.0], [1.0, 0.0])]
    trace = trace_training(example_2_3_2(), examples, 0.1, batch_size=1)
    published = {
        "example 2": {"y_k1": f"{trace.row('y_k1⁽²⁾').value:.6f}", "δ_j1": f"{trace.row('δ_j1⁽²⁾').value:.6f}"},
        "step 2": {"w_i1j1⁺": f"{trace.row('w_i1j1⁺⁺').value:.6f}", "w_i1j1": f"{trace.row('w_i1j1⁺').value:.6f}"},
        "step 1, example 1": {"Δw_i1j1": f"{trace.row('w_i1j1⁺').value - trace.row('w_i1j1').value:.6f}"},
    }
    again = trace_training(example_2_3_2(), examples, 0.1, batch_size=1, published=published)
    assert [each.verdict for each in again.comparisons] == ["right"] * 5
    assert again.row("w_i1j1⁺⁺").published == published["step 2"]["w_i1j1⁺"]
    assert [each.symbol for each in again.comparisons][:3] == ["example 2: y_k1", "example 2: δ_j1", "step 2: w_i1j1⁺"]


@pytest.mark.parametrize(
    "published, words",
    [
        ({"y_j9": "0.5"}, "there is no quantity y_j9 in example 1"),
        ({"example 2": {"y_j1": "0.5"}}, "there is no example 2: the trace has 1 training step of 1 example"),
        ({"step 3": {"y_j1": "0.5"}}, "there is no training step 3"),
        ({"w_i1j1⁺": "0.5"}, "there is no quantity w_i1j1⁺ in example 1"),
        ({"epok 3": {"y_j1": "0.5"}}, "published: 'epok 3' is no heading such as 'step 1', 'example 2' or 'epoch 10"),
        ({"y_j1": "0.5", "y_j1 ": "0.6"}, "y_j1 and y_j1  are the same quantity"),
        ({"δ_j1": "0.5", "delta_j1": "0.6"}, "δ_j1 and delta_j1 are the same quantity"),
        ({"y_j1": 0.5}, 'must be digits in quotation marks such as "0.0227", not 0.5'),
        ({"Ω": "0.5"}, "there is no quantity Ω in example 1: there is no weight decay"),
        ({"epochs until MAE < 3": "5"}, "this is read in forms such as 'epochs until E < 0.01'"),
        ({"a_j1": "0.5"}, "'a_j1' is not the symbol of a quantity: did you mean y_j1?"),
        ({"w5": "0.5"}, "weights are named by the neurons they join, such as w_j1k1"),
        ({"y_j1·(1 − y_j1": "0.5"}, "a closing parenthesis is missing"),
        ({"y_j1": {"digits": "0.5", "rihgt": "0.6"}}, "has no field 'rihgt'"),
        (["y_j1"], 'published must be an object'),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_told(published, words):
    with pytest.raises(NetworkError, match="^mine: ") as error:
        trace_case(Case({**PASS, "published": published}, "mine"))
    assert words in str(error.value)


def test_published_numbers_of_another_example_are_not_compared():
    assert trace_case(load_case("mazur"), learning_rate=0.1).comparisons == []
    assert len(trace_case(load_case("mazur")).comparisons) >= 19


def test_any_formula_of_symbols_has_a_value():
    trace = trace_case(load_case("2x2x1"))
    assert trace.value("y_j1·(1 − y_j1)") == Decimal("0.196639")  # 0.731·0.269, by hand
    trace = trace_case(load_case("mazur"))  # Mazur: ∂out_o1/∂net_o1 = 0.186815602; w5⁺ − w5 = 0.35891648 − 0.4
    assert trace.value("f′(x_k1)") == pytest.approx(0.186815602, abs=5e-10)
    assert trace.value("Δw_j1k1", step=1) == pytest.approx(-0.04108352, abs=5e-9)
    with pytest.raises(NetworkError, match="there is no quantity y_j9 in example 2"):
        trace.value("y_j9", example=2)


def test_slopes_of_an_example_and_after_the_update_can_be_published():
    # f′(x) = y·(1 − y) of f(2) = 0.880797 is 0.104994, of f(−1) = 0.268941 it is 0.196612
    examples = [{"inputs": [1], "targets": [0.5]}, {"inputs": [-0.5], "targets": [0.5]}]
    network = {"layers": [{"activation": "sigmoid", "weights": [[2]]}]}
    case = Case(
        {
            "format_version": 1,
            "network": network,
            "examples": examples,
            "learning_rate": 0,
            "batch_sizes": [2],
            "published": {"f′(x_j1⁽¹⁾)": "0.104994", "f′(x_j1⁽²⁾)": "0.196612", "f′(x_j1⁽²⁾⁺)": "0.196612"},
        }
    )
    assert [each.verdict for each in trace_case(case).comparisons] == ["right"] * 3


def test_published_numbers_that_a_trace_does_not_reach_are_counted():
    assert "3 more belong to later steps or epochs" not in trace_case(load_case("mazur")).to("text")
    assert "1 more belongs to later steps or epochs" in trace_case(load_case("mazur"), steps=1).to("text")
    assert "14 more belong to later steps or epochs" in trace_case(load_case("mazur-10000")).to("text")
    changed = trace_case(load_case("mazur"), learning_rate=0.1).to("text")
    assert "They are not compared: this is not the training for which they were published." in changed


def test_two_marks_under_a_heading_are_refused():
    examples = [([1.0, 2.0], [0.0, 1.0])]
    with pytest.raises(
        NetworkError, match="^published: step 2: w_i1j1⁺⁺: under a heading, ⁺ means after this step: write one ⁺"
    ):
        trace_training(example_2_3_2(), examples, 0.1, steps=2, published={"step 2": {"w_i1j1⁺⁺": "0.5"}})


def test_numbers_that_no_line_of_a_trace_shows_are_computed():
    # of Mazur's page, where ∂E_o2/∂out_h1 is printed as -0.019049119, although -0.038098236·0.5 is half of it
    published = {
        "E_k1": "0.274811083",
        "E_k2": "0.023560026",
        "(E_k1 + E_k2)": "0.298371109",
        "∂E_k1/∂out_j1": "0.055399425",
        "∂E_k2/∂out_j1": "-0.019049118",
        "∂out_k1/∂net_k1": "0.186815602",
        "∂net_k1/∂w_j1k1": "0.593269992",
        "L": "0.298371109",
        "∂L/∂w_j1k1": "0.082167041",
    }
    groups = published_groups(published)
    assert [each.verdict for each in trace_case(load_case("mazur"), steps=1, groups=groups).comparisons] == [
        "right"
    ] * 9


def test_what_is_of_a_step_needs_no_heading_and_what_may_be_of_an_example_does():
    def trace(published):
        examples = [([1.0, 2.0], [0.0, 1.0]), ([2.0, 1.0], [1.0, 0.0])]
        return trace_training(example_2_3_2(), examples, 0.1, weight_decay=0.5, published=published)

    assert trace({}).rows["Ω"].value == trace({}).value("Ω") == trace({}).value("Ω", example=2)
    assert trace({"step 1": {"Ω": "1.0"}, "Ω": "1.0"}).comparisons[0].full == trace({}).rows["Ω"].value
    for key in ("E", "∇w_i1j1", "∇b_j1"):
        with pytest.raises(NetworkError, match=f"^published: {key} may be that of one example or that of the training"):
            trace({key: "0.5"})
    assert trace({"y_j1": "0.5"}).comparisons[0].full == trace({}).rows["y_j1⁽¹⁾"].value


def test_with_one_output_y_needs_no_neuron():
    network = Network([Layer([Neuron([0.5, 0.25], 0.125, activation=Identity())])])
    published = {
        "∂net_j1/∂b_j1": "1",
        "y": "0.875",
        "t": "1",
        "t - y": "0.125",
        "y(1 - y)": "0.109375",
        "b": "0.125",
        "y_k7": "1",
        "y_j9·2": "2",
    }
    with pytest.raises(NetworkError) as error:
        trace_training(network, [([1.0, 1.0], [1.0])], 0.1, published=published)
    assert str(error.value) == (
        "published: there is no quantity y_k7 in example 1: its neurons are i1, i2, j1; "
        "published: there is no quantity y_j9 in example 1: its neurons are i1, i2, j1"
    )
    del published["y_k7"], published["y_j9·2"]
    trace = trace_training(network, [([1.0, 1.0], [1.0])], 0.1, published=published)
    assert [each.verdict for each in trace.comparisons] == ["right"] * 6
    with pytest.raises(NetworkError, match="there is no quantity x in example 1: write y_i1 for an input, and x_j1"):
        trace_training(network, [([1.0, 1.0], [1.0])], 0.1, published={"2(y − t)·x": "1"})
    with pytest.raises(NetworkError, match="there is no quantity y in example 1: its neurons are"):
        trace_training(example_2_3_2(), [([1.0, 2.0], [0.0, 1.0])], 0.1, published={"y": "0.5"})


def test_the_loss_of_an_epoch_or_of_an_output_that_may_be_another_is_refused():
    examples = [{"inputs": [-1, -2], "targets": [0]}, {"inputs": [1, 2], "targets": [1]}]
    with pytest.raises(NetworkError, match='or that of its first example: write "epoch 2, example 1"'):
        verified(Case({**PASS, "examples": examples, "learning_rate": 1, "published": {"epoch 2": {"E": "0.5"}}}))
    network = Network([Layer([Neuron([0.5], activation=Identity()), Neuron([1.0], activation=Identity())])])
    network.loss = MeanSquaredError()
    with pytest.raises(NetworkError, match="E_j2 may be divided by the number of outputs, or not: write its formula"):
        trace_training(network, [([1.0], [0.0, 0.0])], 0.1, published={"E_j2": "1.0"})
