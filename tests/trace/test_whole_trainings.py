"""Whole trainings, traced: every number is the certified one, and every formula gives its number."""

import math
import re
from decimal import Decimal

import pytest

from purenet import Identity, Layer, Network, NetworkError, Neuron, Sigmoid, trace_case, trace_training
from purenet.arithmetic.notation import number_text
from purenet.cases import Case, case_names, load_case
from purenet.golden.mistakes import CATALOGUE
from purenet.golden.values.case_files import golden_names
from purenet.golden.values.certified import certified_values
from purenet.trace.quantities import quantities
from tests.networks import example_2_3_2
from tests.sampling import slow

# the only one whose numbers leave the range of a float, in the slope −t/y of the cross-entropy
OVERFLOWS = "g-extreme-softmax"
GOLDEN = [name for name in golden_names() if name != OVERFLOWS]


def names_in(row):
    return sorted(row.quantities, key=len, reverse=True)


FUNCTIONS = {"exp": math.exp, "tanh": math.tanh, "ln": math.log, "sqrt": math.sqrt}


def evaluated(row):
    """Return the value of a formula, computed by Python from its text and the numbers of its symbols."""
    formula, names = row.formula, {}
    for n, symbol in enumerate(names_in(row)):
        formula = re.sub(re.escape(symbol) + "(?![0-9a-z⁺⁽])", f" v{n} ", formula)
        names[f"v{n}"] = row.quantities[symbol]
    return eval(in_python(formula), dict(FUNCTIONS), names)


def in_python(formula):
    return formula.replace("·", "*").replace("−", "-").replace("²", "**2").replace("³", "**3")


@pytest.mark.parametrize("name", GOLDEN)
def test_every_number_of_a_traced_case_is_the_certified_one(name):
    case = load_case(name)
    trace, certified = trace_case(case, everything=True), certified_values(case)
    compared = 0
    for quantity in quantities(case):
        known = certified[quantity.name]
        for place in range(quantity.size):
            tolerance = known.tolerance["float64"][place]
            if tolerance is not None:
                row = trace.number(quantity.number_name(place))
                assert abs(Decimal(row.value) - known.true[place]) <= Decimal(tolerance), (quantity, place)
                compared += 1
    assert compared >= 30


WORKED = [slow(name) for name in case_names() if name not in golden_names()]


@pytest.mark.parametrize("name", [*GOLDEN, *WORKED])
def test_every_formula_of_a_traced_case_gives_its_value_and_so_do_its_numbers(name):
    case = load_case(name)
    trace = trace_case(case, everything=True, second_pass=case.learning_rate is not None)
    checked = 0
    for row in trace.rows.values():
        if row.formula:
            assert evaluated(row) == pytest.approx(row.value, rel=1e-14, abs=1e-300), row
            value = eval(in_python(row.quantity.numbers()), dict(FUNCTIONS))
            assert value == pytest.approx(row.value, rel=1e-14, abs=1e-300), row
            checked += 1
    assert checked >= (25 if case.certified else 1)


def test_every_computed_row_of_a_training_is_in_one_of_its_steps():
    trace = trace_case(load_case("momentum-batches"), second_pass=True)
    shown = {row.symbol for step in trace.steps for row in step.rows}
    computed = {row.symbol for row in trace.rows.values() if row.formula}
    kinds = {re.sub("[0-9⁽⁾⁰¹²³⁴⁵⁶⁷⁸⁹]", "", symbol) for symbol in computed - shown}
    assert kinds == {"∂E/∂y_j", "∂E/∂y_k"}  # parts of the deltas


@pytest.mark.parametrize(
    "symbol, formula",
    [
        ("x_j1⁽⁴⁾", "w_i1j1⁺·y_i1⁽⁴⁾ + w_i2j1⁺·y_i2⁽⁴⁾ + b_j1⁺"),
        ("E", "(E⁽¹⁾ + E⁽²⁾ + E⁽³⁾) / 3"),
        ("E⁺", "(E⁽⁴⁾ + E⁽⁵⁾) / 2"),
        ("L⁺", "E⁺ + Ω⁺"),
        ("∇b_j1", "(∇b_j1⁽¹⁾ + ∇b_j1⁽²⁾ + ∇b_j1⁽³⁾) / 3"),
        ("∇w_i1j1⁺", "(∇w_i1j1⁽⁴⁾ + ∇w_i1j1⁽⁵⁾) / 2"),
        ("v_i1j1⁺", "μ·v_i1j1 − η·(∇w_i1j1 + λ·w_i1j1)"),
        ("v_j1⁺⁺", "μ·v_j1⁺ − η·∇b_j1⁺"),
        ("w_i1j1⁺⁺", "w_i1j1⁺ + v_i1j1⁺⁺"),
        ("y_j1⁽³⁾", "tanh(x_j1⁽³⁾)"),
        ("δ_j1⁽³⁾", "(1 − (y_j1⁽³⁾)²)·(w_j1k1·δ_k1⁽³⁾ + w_j1k2·δ_k2⁽³⁾)"),
        ("∂E/∂y_j1⁽³⁾", "w_j1k1·δ_k1⁽³⁾ + w_j1k2·δ_k2⁽³⁾"),
    ],
)
def test_formulas_of_batches_steps_momentum_and_decay(symbol, formula):
    assert trace_case(load_case("momentum-batches")).row(symbol).formula == formula


def test_a_step_of_one_example_has_no_gradients_of_its_own():
    trace = trace_case(load_case("a1-single-examples"))
    assert trace.row("w_i1j1⁺⁺").formula == "w_i1j1⁺ − η·∇w_i1j1⁽²⁾"
    assert "∇w_i1j1⁺" not in trace.rows and "E⁺" not in trace.rows
    assert trace.number("step2.J.weight_gradients[0][0]").symbol == "∇w_i1j1⁽²⁾"


def test_weight_decay_shows():
    plain, decaying = load_case("mazur"), load_case("f-momentum-weight-decay")
    assert "λ" not in trace_case(plain).rows
    trace = trace_case(decaying)
    assert trace.row("Ω").formula.startswith("λ / 2·(w_i1j1² + w_i2j1²")
    assert "Weight decay: λ = " in " ".join(trace.to("text").split())


def test_biases_that_are_frozen_stay():
    trace = trace_case(load_case("mazur"))
    assert trace.row("b_k1⁺").formula == "b_k1"
    (update,) = [step for step in trace.steps if step.title == "Update of the weights from J to K, training step 1"]
    assert update.rule == "w_jk⁺ = w_jk − η·∇w_jk, b_k⁺ = b_k" and "biases stay" in update.words


def test_momentum_alone_and_decay_alone_leave_out_what_is_zero():
    examples = [([1.0, 2.0], [0.0, 1.0])]
    with_momentum = trace_training(example_2_3_2(), examples, 0.1, momentum=0.9, steps=2)
    assert with_momentum.row("v_i1j1⁺⁺").formula == "μ·v_i1j1⁺ − η·∇w_i1j1⁽²⁾"
    decaying = trace_training(example_2_3_2(), examples, 0.1, weight_decay=0.5)
    assert decaying.row("v_i1j1⁺").formula == "−η·(∇w_i1j1 + λ·w_i1j1)"
    rules = [step.rule for step in decaying.steps if step.title.startswith("Update")]
    assert rules[0].startswith("v_ij⁺ = −η·(∇w_ij + λ·w_ij), w_ij⁺ = w_ij + v_ij⁺, v_j⁺ = −η·∇b_j")


def test_the_sum_of_the_gradients_on_request():
    network = Network([Layer([Neuron([1.0], activation=Identity())])])
    trace = trace_training(network, [([1.0], [0.0]), ([3.0], [0.0])], 0.1, gradient="sum")
    assert (trace.row("∇w_i1j1").formula, trace.row("∇w_i1j1").value) == ("∇w_i1j1⁽¹⁾ + ∇w_i1j1⁽²⁾", 10.0)
    assert trace.row("E").value == 5.0  # ½·1² + ½·3²


def test_steps_take_the_examples_in_turn():
    network = Network([Layer([Neuron([1.0], activation=Identity())])])
    trace = trace_training(network, [([1.0], [0.0]), ([3.0], [0.0])], 0.1, batch_size=1, steps=3)
    assert [row.value for inputs, _ in trace.examples for row in inputs] == [1.0, 3.0, 1.0]
    assert trace.row("w_i1j1⁺⁺⁺").formula == "w_i1j1⁺⁺ − η·∇w_i1j1⁽³⁾"
    assert trace.row("w_i1j1_new3") is trace.row("w_i1j1⁺⁺⁺")


@pytest.mark.parametrize(
    "settings, words",
    [
        ({"batch_size": 0}, "the batch size must be a whole number of at least 1, not 0"),
        ({"steps": 1.5}, "the number of steps must be a whole number of at least 1, not 1.5"),
        ({"gradient": "median"}, "the gradient of a mini-batch is its 'mean' or 'sum', not 'median'"),
        ({"momentum": -1}, "the momentum must not be negative, not -1"),
    ],
)
def test_settings_that_make_no_sense(settings, words):
    with pytest.raises(NetworkError, match=f"^{re.escape(words)}"):
        trace_training(example_2_3_2(), [([1.0, 2.0], [0.0, 1.0])], 0.1, **settings)


def test_no_examples():
    with pytest.raises(NetworkError, match="^there are no examples to train on"):
        trace_training(example_2_3_2(), [], 0.1)


@pytest.mark.parametrize(
    "name",
    [
        "mazur",
        slow("momentum-batches"),
        slow("b-softmax-cross-entropy"),
    ],
)
def test_a_mistake_can_be_traced_in_any_case(name):
    case = load_case(name)
    traced = 0
    for mistake in CATALOGUE.values():
        try:
            trace = trace_case(case, program=mistake)
        except NetworkError:  # it stops, as on floats, or computes on floats alone
            continue
        traced += 1
        for row in trace.rows.values():
            if row.formula:
                assert evaluated(row) == pytest.approx(row.value, rel=1e-13, abs=1e-300), (mistake.id, row)
    assert traced >= 105


@pytest.mark.parametrize(
    "id, symbol, formula",
    [
        ("batch-mean-twice", "∇w_i1j1", "(∇w_i1j1⁽¹⁾ + ∇w_i1j1⁽²⁾ + ∇w_i1j1⁽³⁾) / 3 / 3"),
        ("gradients-overwritten-per-example", "∇w_i1j1", "∇w_i1j1⁽³⁾ / 3"),
        ("update-sign-flipped", "w_i1j1⁺", "w_i1j1 + η·∇w_i1j1"),
    ],
)
def test_the_formula_of_a_mistake(id, symbol, formula):
    row = trace_case(load_case("batch-mean"), program=CATALOGUE[id]).row(symbol)
    assert row.formula == formula


def test_rounding_by_hand_of_a_batch_with_two_steps():
    case = load_case("momentum-batches")
    trace = trace_case(case, rounding={"y_j": {"decimals": 2}, "∇w_i1j1": {"decimals": 3}, "v": {"decimals": 4}})
    for symbol, digits in {
        "y_j1⁽¹⁾": 2,
        "y_j1⁽⁵⁾": 2,
        "∇w_i1j1⁽¹⁾": 3,
        "∇w_i1j1": 3,
        "∇w_i1j1⁺": 3,
        "v_j1⁺⁺": 4,
    }.items():
        written = trace.row(symbol).digits_by_hand
        assert len(written.partition(".")[2]) <= digits, symbol
    assert number_text(trace.row("x_k1⁽¹⁾").shown_value) != number_text(trace.row("x_k1⁽¹⁾").value)


def test_a_part_of_a_formula_may_be_rounded_in_one_example():
    network = Network([Layer([Neuron([1.0], activation=Sigmoid())])])
    examples = [([0.0], [0.0]), ([1.0], [0.0])]
    rounding = {"exp(−x_j1⁽²⁾)": {"decimals": 1}, "(y_j1⁽²⁾ − t_j1⁽²⁾)²": {"decimals": 1}}
    published = {"example 2": {"exp(−x_j1)·10": "4", "(y_j1 − t_j1)²·10": "5"}, "example 1": {"exp(−x_j1)": "1"}}
    trace = trace_training(network, examples, 0.1, rounding=rounding, published=published)
    assert [trace.row("y_j1", example=n).digits_by_hand for n in (1, 2)] == ["0.5", "0.71428571428571429"]  # 1 / 1.4
    assert trace.row("E", example=2).digits_by_hand == "0.25"  # 0.714…² is 0.51, and half of 0.5 is 0.25
    assert [comparison.by_hand for comparison in trace.comparisons] == [4, 5, 1]


def test_a_case_with_rounding_for_a_quantity_it_has_not():
    with pytest.raises(NetworkError, match="^rounding of v: no such quantity"):
        trace_case(load_case("mazur"), rounding={"v": {"decimals": 2}})


def test_every_case_is_one_that_a_person_can_make():
    assert isinstance(load_case(OVERFLOWS), Case)
    with pytest.raises(NetworkError, match="overflows|range|infinite"):
        trace_case(load_case(OVERFLOWS))


def test_a_summary_of_a_batch_has_no_empty_columns():
    text = trace_case(load_case("xor-batch")).summary().to("text", width=160)
    assert "None" not in text and "Layer J, example 4" in text
    assert text.count("new weights w⁺") == 2  # of the step, for each layer


def test_a_forward_pass_has_the_same_weights_in_every_example():
    trace = trace_case(load_case("goodfellow-xor"))
    assert trace.value("w_j1k1·y_j1 + w_j2k1·y_j2 + b_k1", example=2) == 1.0  # Goodfellow et al., section 6.1
    assert "j1" in trace.summary().to("text")


def test_frozen_biases_have_no_velocities():
    network = load_case("mazur")
    network.settings["momentum"] = 1
    rows = [row.symbol for step in trace_case(network).steps for row in step.rows]
    assert "v_i1j1⁺" in rows and "v_j1⁺" not in rows


def test_after_a_batch_the_pictures_show_the_gradients_of_the_step():
    trace = trace_case(load_case("xor-batch"))
    (after,) = [step.place for step in trace.steps if step.title == "A second forward pass, example 2"]
    assert str(after.symbol("∇w", "i1j1")) == "∇w_i1j1" and str(after.symbol("y", "j1", True)) == "y_j1⁽²⁾⁺"
