"""The catalogue: each mistake has its sentence, is shown by some case, and differs from every other."""

import contextlib
from decimal import Decimal

import pytest

from purenet.activations import Sigmoid
from purenet.cases import Case, load_case
from purenet.descent import GradientDescent
from purenet.errors import NetworkError
from purenet.golden.mistakes import CATALOGUE, UNSEEN
from purenet.golden.mistakes.detection import run_of
from purenet.layer import Layer
from purenet.losses import HalfSquaredError
from purenet.network import Network
from purenet.neuron import Neuron
from purenet.storage.network_json import ACTIVATIONS
from tests.golden.random_cases import UNITS


def test_there_are_197_mistakes_and_5_that_no_values_show():
    assert len(CATALOGUE) == 197 and len(UNSEEN) == 5


@pytest.mark.parametrize("id", CATALOGUE)
def test_a_mistake_is_told_in_one_sentence_with_both_formulas(id):
    mistake = CATALOGUE[id]
    assert mistake.sentence.endswith(".") and mistake.sentence[0].isupper() and len(mistake.sentence) < 160
    assert mistake.wrong and mistake.right and mistake.wrong != mistake.right
    assert mistake.seen == "" or mistake.seen.startswith("https://")


def test_a_catalogued_mistake_does_what_its_formula_says():
    case = load_case("one-neuron")  # y = sigmoid(0.6·0.7 − 0.4·1.3 + 0.15)
    assert run_of(case, CATALOGUE["bias-missing-forward"]).values["step1.example1.J.net_input"] == pytest.approx([-0.1])
    values = run_of(case, CATALOGUE["sigmoid-exponent-sign"]).values
    assert values["step1.example1.J.output"] == pytest.approx([1 / (1 + 2.718281828459045**0.05)])
    values = run_of(case, CATALOGUE["output-derivative-missing"]).values
    assert values["step1.example1.J.delta"] == values["step1.example1.J.output_gradient"]
    values = run_of(case, CATALOGUE["learning-rate-missing"]).values
    gradient = values["step1.J.weight_gradients"][0]
    assert values["step1.J.weights"][0] == pytest.approx(0.6 - gradient)


def test_mazurs_slip_gives_the_loss_that_he_published():
    case = load_case("mazur")
    values = run_of(case, CATALOGUE["updated-weights-in-hidden-delta"]).values
    assert values["step2.example2.loss"] == pytest.approx([0.291027924], abs=5e-10)


@pytest.mark.parametrize("activation", UNITS)
def test_a_mistake_stops_a_network_of_other_units_only_where_tables_do_not_fit(activation):
    case = one_hidden_layer(activation)
    stopped = {id: run_of(case, mistake).stopped for id, mistake in CATALOGUE.items()}
    assert {id: reason for id, reason in stopped.items() if reason} == {
        "weights-transposed-backward": "the program stops: it reads w[1, 1, 0], which does not exist",
        "gradient-transposed": "the program stops: it reads d[1, 0, 1], which does not exist",
    }


@pytest.mark.parametrize("id", ["delta-of-next-layer", "derivative-of-previous-layer", "own-output-in-weight-gradient"])
def test_what_numpy_broadcasts_from_one_output_to_all_neurons_does_not_stop(id):
    assert run_of(one_hidden_layer("sigmoid"), CATALOGUE[id]).stopped is None


@pytest.mark.parametrize("activation", sorted(set(ACTIVATIONS) - {"identity", "softmax"}))
def test_a_missing_activation_leaves_the_net_input_as_it_is_whatever_the_unit(activation):
    case = one_hidden_layer(activation)
    values = run_of(case, CATALOGUE["hidden-activation-missing"]).values
    assert values["step1.example1.J.output"] == values["step1.example1.J.net_input"] == pytest.approx([0.11, 0.39])
    values = run_of(case, CATALOGUE["output-activation-missing"]).values
    assert values["step1.example1.K.output"] == values["step1.example1.K.net_input"]
    assert values["step1.example1.J.output"] != values["step1.example1.J.net_input"] or activation in (
        "relu",
        "leaky relu",
    )


def one_hidden_layer(activation):
    """Return a case of a 2-2-1 net, in a step of two examples."""
    layers = [
        {"activation": activation, "weights": [[0.2, -0.5], [0.4, 0.7]], "biases": [0.1, 0.2]},
        {"activation": activation, "weights": [[0.3, -0.4]], "biases": [0.15]},
    ]
    examples = [{"inputs": [0.3, 0.1], "targets": [1]}, {"inputs": [-1, 0.7], "targets": [0]}]
    data = {"format_version": 1, "network": {"layers": layers}, "examples": examples, "learning_rate": 0.5}
    return Case({**data, "batch_sizes": [2]})


def test_the_three_ways_of_gradients_that_are_not_reset():
    case = load_case("a-sigmoid")  # batches of 4 and 2, whose gradients are averaged
    right = run_of(case).values
    one, two = (right[f"step{step}.K.weight_gradients"][0] for step in (1, 2))
    wanted = {"": one + two, "-sums": (4 * one + 2 * two) / 2, "-divided-again": (one + 2 * two) / 2}
    for way, gradient in wanted.items():
        values = run_of(case, CATALOGUE["gradients-not-reset" + way]).values
        assert values["step2.K.weight_gradients"][0] == pytest.approx(gradient, rel=1e-12)


@pytest.mark.parametrize("name", ["f-momentum-weight-decay", "momentum-batches"])
def test_a_program_with_deltas_of_the_other_sign_moves_its_weights_as_it_should_with_momentum_and_decay(name):
    right, values = run_of(load_case(name)).values, run_of(load_case(name), CATALOGUE["convention-delta-sign"]).values
    for quantity in right:
        sign = -1 if quantity.endswith(("delta", "gradient", "gradients")) else 1
        assert values[quantity] == pytest.approx([sign * number for number in right[quantity]], rel=1e-12)


def test_a_bias_that_is_updated_once_for_each_input_gathers_speed_each_time():
    case = load_case("f-momentum-weight-decay")  # η = 0.3, μ = 0.9, and three inputs: 1 + 1.9 + 2.71 = 5.61
    values = run_of(case, CATALOGUE["bias-updated-once-per-input"]).values
    gradient = values["step1.K.bias_gradients"][0]
    assert values["step1.K.biases"][0] == pytest.approx(-0.9 - 0.3 * 5.61 * gradient, rel=1e-12)


@pytest.mark.parametrize("id", ["batch-mean-error-last-example", "upstream-gradient-discarded"])
def test_a_program_on_decimals_goes_on_where_a_slope_of_0_is_divided(id):
    """In Python, 0 / 2 is a float, and no Decimal can be multiplied by one."""
    case = load_case("g-extreme-softmax")
    run = run_of(case, CATALOGUE[id])
    assert run.stopped is None and all(isinstance(each, Decimal) for each in run.values["step1.J.weights"])


def test_rows_that_are_one_list_add_up_in_the_gradient_of_the_step_alone():
    case = load_case("a-sigmoid")
    right, values = run_of(case).values, run_of(case, CATALOGUE["aliased-gradient-rows"]).values
    assert values["step1.example1.J.weight_gradients"] == right["step1.example1.J.weight_gradients"]
    rows = right["step1.J.weight_gradients"]  # three of three
    assert values["step1.J.weight_gradients"] == pytest.approx(
        [rows[i] + rows[3 + i] + rows[6 + i] for i in range(3)] * 3
    )


def test_the_shortcut_of_a_cross_entropy_gives_the_same_numbers_but_for_rounding():
    for name in ("b-softmax-cross-entropy", "d-binary-cross-entropy"):
        case = load_case(name)
        right, found = run_of(case).values, run_of(case, CATALOGUE["convention-output-shortcut"]).values
        assert all(found[each] == pytest.approx(right[each], rel=1e-9, abs=1e-15) for each in right)


@pytest.mark.parametrize("id", CATALOGUE)
def test_a_mistake_in_one_network_leaves_every_other_right(id):
    loss, activation = HalfSquaredError(), Sigmoid()  # one object each, in two networks
    one, other = (Network([Layer([Neuron([2.0, -1.0], 0.0, activation)])], loss) for _ in range(2))
    with contextlib.suppress(NetworkError):  # gradient-transposed stops
        CATALOGUE[id].training_step(one, [([1.0, 2.0], [0.25])], GradientDescent(0.5), "mean")
    for network in (other, Network([Layer([Neuron([2.0, -1.0], 0.0)])])):
        assert network.loss.value(network.forward([1.0, 2.0]), [0.25]) == 0.03125  # y = f(2·1 − 1·2) = ½, E = ½·¼²
        network.backward([0.25])
        assert network.layers[0].neurons[0].delta == 0.0625  # ¼·(½ − ¼)
    assert type(loss) is HalfSquaredError and type(activation) is Sigmoid
