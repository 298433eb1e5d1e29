import pytest

from purenet import (
    CrossEntropy,
    GradientDescent,
    Identity,
    Layer,
    Network,
    Neuron,
    SoftmaxLayer,
    trace_case,
    trace_step,
    trace_training,
)
from purenet.cases import load_case
from purenet.errors import NetworkError
from purenet.trace.quantities import quantities
from tests.networks import example_3_2_2_1
from tests.trace.test_record import trace_2x2x1


def test_the_steps_are_told_in_the_order_in_which_they_are_computed():
    assert [(step.number, step.title, [row.symbol for row in step.rows]) for step in trace_2x2x1().steps] == [
        (1, "The inputs", ["y_i1", "y_i2"]),
        (2, "Net inputs of layer J", ["x_j1", "x_j2"]),
        (3, "Outputs of layer J", ["y_j1", "y_j2"]),
        (4, "Net inputs of layer K", ["x_k1"]),
        (5, "Outputs of layer K", ["y_k1"]),
        (6, "The loss", ["E"]),
        (7, "Deltas of layer K", ["δ_k1"]),
        (8, "Gradients of the weights from J to K", ["∇w_j1k1", "∇w_j2k1"]),
        (9, "Deltas of layer J", ["δ_j1", "δ_j2"]),
        (10, "Gradients of the weights from I to J", ["∇w_i1j1", "∇w_i2j1", "∇w_i1j2", "∇w_i2j2"]),
        (11, "Update of the weights from I to J", ["w_i1j1⁺", "w_i2j1⁺", "w_i1j2⁺", "w_i2j2⁺"]),
        (12, "Update of the weights from J to K", ["w_j1k1⁺", "w_j2k1⁺"]),
        (13, "A second forward pass", ["x_j1⁺", "x_j2⁺", "y_j1⁺", "y_j2⁺", "x_k1⁺", "y_k1⁺"]),
        (14, "Before and after", ["∂E/∂y_k1", "∂E/∂y_k1⁺", "E", "E⁺"]),
    ]


def test_each_step_belongs_to_a_part_of_the_computation():
    steps = trace_case(load_case("momentum-batches")).steps
    assert {
        (step.title.split(",")[0].rstrip("0123456789"), step.part) for step in steps if step.place.example is None
    } == {
        ("The loss of training step ", "loss"),
        ("The penalty of the weights", "loss"),
        ("Gradients of training step ", "backward"),
        ("Update of the weights from I to J", "update"),
        ("Update of the weights from J to K", "update"),
    }


def test_the_rules_follow_the_network():
    rules = [step.rule for step in trace_step(example_3_2_2_1(), [1.0, 1.0, 1.0], [0.25], 0.3).steps]
    assert rules[1] == "x_j = Σ_i w_ij·y_i + b_j"
    assert rules[2] == "y_j = f(x_j), f(x) = x for x > 0, else 0"
    assert rules[4] == "y_k = f(x_k), f(x) = tanh(x) or f(x) = 1 / (1 + exp(−x))"
    assert rules[7] == "E = ½ Σ_l (y_l − t_l)²"
    assert rules[8] == "δ_l = f′(x_l)·∂E/∂y_l, f′(x) = 1, ∂E/∂y_l = y_l − t_l"
    assert rules[10] == "δ_k = f′(x_k)·Σ_l w_kl·δ_l, f′(x) = 1 − y² or f′(x) = y·(1 − y)"
    assert rules[12] == "δ_j = f′(x_j)·Σ_k w_jk·δ_k, f′(x) = 1 for x > 0, else 0"
    assert rules[14] == "w_ij⁺ = w_ij − η·∇w_ij, b_j⁺ = b_j − η·∇b_j"


def test_the_rules_of_a_softmax_layer_name_its_neighbours():
    layer = SoftmaxLayer([Neuron([0.5], 0.25), Neuron([-0.5])])
    rules = [step.rule for step in trace_step(Network([layer], CrossEntropy()), [1.0], [0.0, 1.0], 0.1).steps]
    assert rules[2] == "y_j = exp(x_j) / Σ_m exp(x_m)"
    assert rules[4] == (
        "δ_j = Σ_m ∂y_m/∂x_j·∂E/∂y_m, ∂y_m/∂x_j = y_m·(1 − y_j) for m = j, else y_m·(0 − y_j), ∂E/∂y_j = −t_j / y_j"
    )
    assert rules[7] == "x_j⁺ = Σ_i w_ij⁺·y_i + b_j⁺, y_j⁺ = exp(x_j⁺) / Σ_m exp(x_m⁺)"


def test_a_batch_ends_with_its_loss_before_and_after():
    network = Network([Layer([Neuron([1.0], activation=Identity())])])
    examples = [([1.0], [0.0]), ([3.0], [0.0])]
    last = trace_training(network, examples, 0.1).steps[-1]
    assert last.title == "The loss before and after the training step"
    assert last.words == "The loss fell from 2.5 to 0.625, as the mean over the examples."
    assert [(row.symbol, row.formula, row.value) for row in last.rows] == [
        ("E", "(E⁽¹⁾ + E⁽²⁾) / 2", 2.5),  # (½·1² + ½·3²) / 2
        ("E⁺", "(E⁽¹⁾⁺ + E⁽²⁾⁺) / 2", 0.625),  # w = 1 − 0.1·(1 + 9) / 2, and (½·0.5² + ½·1.5²) / 2
    ]
    summed = trace_training(network, examples, 0.05, gradient="sum").steps[-1]
    assert (summed.words, summed.rule) == (
        "The loss fell from 5.0 to 1.25, as the sum over the examples.",
        "E = Σ_n E⁽ⁿ⁾",
    )
    assert str(trace_training(network, examples, 0.1, batch_size=1, second_pass=True)).count("mean") == 0


def test_the_loss_after_a_batch_has_no_certified_value():
    names = [quantity.name for quantity in quantities(load_case("xor-batch"))]
    assert "step1.loss" in names and "after.loss" not in names


def test_titles_and_words_tell_steps_of_the_trace_from_training_steps():
    trace = trace_case(load_case("momentum-batches"), second_pass=True)
    titles = [step.title for step in trace.steps]
    assert {"The loss of training step 2", "Gradients of training step 1, from I to J"} < set(titles)
    assert {"The penalty of the weights, training step 1", "The loss before and after training step 2"} < set(titles)
    for step in trace.steps:
        assert "the step" not in step.title and "the step" not in step.words
    assert "⁺⁺ marks numbers after 2 training steps." in trace.steps[-2 * 2 - 1].words


def words_of_change(rounding, weight=0.5):
    network = Network([Layer([Neuron([weight], activation=Identity())])])
    return trace_step(network, [1.0], [0.0], 0.1, rounding=rounding).steps[-1].words


def test_the_words_on_the_loss_say_whose_numbers_they_are():
    assert words_of_change(None) == "The loss fell from 0.125 to 0.10125."  # ½·0.5², ½·0.45²
    assert words_of_change({"E": {"decimals": 2}}) == "By hand, the loss fell from 0.13 to 0.1."
    assert words_of_change({"E": {"decimals": 1}}) == "By hand, the loss stayed the same to these digits: 0.1."
    assert words_of_change({"E": {"decimals": 1}}, weight=0.0) == "By hand, the loss stayed the same: 0.0."


def test_the_words_say_where_a_row_shows_a_part_of_its_rule():
    said = [step.title for step in trace_step(example_3_2_2_1(), [1.0] * 3, [0.25], 0.3).steps if "part" in step.words]
    assert said == ["Outputs of layer J", "Deltas of layer J"]  # of ReLU


class Half(GradientDescent):
    """A descent of somebody's own, which remembers a number that its rule uses."""

    name, kinds, is_plain = "half", ("second_moments",), False

    def moved(self, weight, gradient, i, memories):
        (v,) = memories
        v[i] = v[i] + gradient / 2
        return weight - self.learning_rate * v[i]


def update_by(descent):
    network = Network([Layer([Neuron([0.5], activation=Identity())])])
    return trace_training(network, [([1.0], [0.0])], descent, second_pass=False).steps[-1]


def test_a_descent_of_ones_own_shows_its_formulas_and_the_rule_that_it_states():
    step = update_by(Half(0.1))
    assert [(row.symbol, row.formula, row.value) for row in step.rows] == [
        ("v_i1j1⁺", "v_i1j1 + ∇w_i1j1 / 2", 0.25),
        ("w_i1j1⁺", "w_i1j1 − η·v_i1j1⁺", 0.475),
    ]
    assert (step.words, step.rule) == ("Each weight and each bias moves by the rule of the descent: half.", "")
    stating = Half(0.1)
    stating.formula = "v⁺ = v + ∇w / 2, w⁺ = w − η·v⁺"
    assert update_by(stating).rule == stating.formula


def test_what_a_descent_has_or_remembers_without_a_symbol_is_refused_in_a_sentence():
    descent = Half(0.1)
    descent.kinds = ("halves",)
    with pytest.raises(
        NetworkError, match="of its kinds, 'halves' has no symbol; those that have one are velocities, "
    ):
        update_by(descent)
    descent = type("Own", (Half,), {"settings": ("learning_rate", "gamma"), "gamma": 1.0})(0.1)
    with pytest.raises(
        NetworkError, match="of its settings, 'gamma' has no symbol; those that have one are learning_rate, "
    ):
        update_by(descent)
