"""Trainings step by step: the losses are those of the core, and what is looked at again is what was there."""

import pytest

from purenet import Identity, Layer, Network, NetworkError, Neuron, train
from purenet.cases import Case, load_case
from purenet.golden.diagnosis.lessons import find
from purenet.lab import course
from purenet.lab.course import Course, course_of, finite_loss, is_kept
from purenet.lab.starts import start_data
from purenet.lab.state import State
from purenet.trace.program import Program
from purenet.trace.record import trace_case

pytestmark = pytest.mark.usefixtures("patient")


def course_after(case, steps, held_out=(), mistake=""):
    found = Course(case, held_out, find(mistake) if mistake else Program())
    assert found.advance(steps)
    return found


def test_all_steps_up_to_99_are_kept_and_then_those_with_two_digits_and_zeros():
    kept = [step for step in range(1, 3001) if is_kept(step)]
    assert kept[:99] == list(range(1, 100))
    assert kept[99:] == [*range(100, 1000, 10), *range(1000, 3001, 100)]


def test_the_points_are_at_the_steps_that_are_kept():
    found = course_after(load_case("xor-2-4-1"), 123)
    assert [point.step for point in found.points] == [*range(100), 100, 110, 120]


def test_the_weights_after_two_steps_with_momentum_are_the_certified_ones():
    # purenet/cases/momentum-batches.json, certified: step2.K.weights and step2.K.biases, to 16 digits
    k1, k2 = course_after(load_case("momentum-batches"), 2).network.layers[-1].neurons
    assert k1.weights == pytest.approx([0.8745145274261376, -1.223775249582488, 0.4078666520520231], abs=1e-15)
    assert k2.weights == pytest.approx([-0.2087256514306323, 0.9286913761032653, 1.333812072577438], abs=1e-15)
    assert [k1.bias, k2.bias] == pytest.approx([-0.2280673398870947, 0.06696555647810959], abs=1e-15)


def test_the_losses_are_those_of_train_on_the_same_examples():
    # one step of all four examples is an epoch of train
    data = {**start_data("xor-that-learns"), "batch_sizes": [4]}
    found = course_after(Case(data), 50)
    network = Case(data).network()
    losses = [epoch.loss for epoch in train(network, Case(data).pairs(), 2.0, epochs=50, batch_size=4)]
    # train reports the loss before the update of each epoch
    assert [point.loss for point in found.points[:50]] == pytest.approx(losses, abs=1e-15)


def test_the_start_that_learns_is_right_on_four_of_four_and_the_stuck_one_is_not():
    right = {}
    for name in ("xor-that-learns", "xor-that-is-stuck"):
        found = course_after(Case(start_data(name)), 4000)
        network = found.network_at(found.points[-1])
        right[name] = sum(
            (network.forward(inputs)[0] > 0.5) == (targets[0] > 0.5) for inputs, targets in found.examples
        )
    assert right["xor-that-learns"] == 4
    assert right["xor-that-is-stuck"] < 4


def test_velocities_are_kept_from_step_to_step():
    case = load_case("momentum-batches")
    trace = trace_case(case, steps=4, groups=[], everything=True)
    network = course_after(case, 4).network
    assert [n.weights for n in network.neurons()] == [
        [float(w.value) for w in n.weights] for n in trace.neurons.values()
    ]


def test_a_case_with_a_threshold_is_trained_on_decimals_as_its_trace():
    # 0.3 − 0.1 is 0.2 on paper, and 0.19999999999999998 in floats: Negnevitsky's AND, on its way to 0.1 and 0.1
    data = {
        "network": {"layers": [{"activation": "threshold", "weights": [[0.3, -0.1]], "biases": [-0.2]}]},
        "examples": [{"inputs": [a, b], "targets": [a & b]} for a in (0, 1) for b in (0, 1)],
        "learning_rate": 0.1,
        "trained_biases": False,
    }
    found = course_after(Case(data), 12)
    assert found.network_at(found.points[-1]).layers[0].neurons[0].weights == [0.2, 0.1]


def test_a_training_that_diverges_stops_with_a_sentence():
    data = {**start_data("xor-that-learns"), "learning_rate": 1e200}
    data["network"] = {"layers": [{"activation": "identity", "weights": [[0.5, -0.3]], "biases": [0.1]}]}
    found = Course(Case(data), (), Program())
    assert found.advance(1000)
    assert found.stopped.startswith("The training stops in step ")
    assert "lower the learning rate" in found.stopped
    assert found.step < 10
    assert found.advance(1000)


def test_a_mean_loss_that_is_no_finite_number_is_refused():
    network = Network([Layer([Neuron([1e200], activation=Identity())])])
    with pytest.raises(NetworkError, match="the loss has become inf: lower the learning rate"):
        finite_loss(network, [([1.0], [0.0])])
    assert finite_loss(network, [([1e-200], [0.0]), ([0.0], [2.0])]) == 1.25  # (½·1² + ½·2²) / 2


def test_examples_held_out_are_measured_and_not_trained_on():
    data = start_data("xor-that-learns")
    data = {**data, "examples": data["examples"][:3], "batch_sizes": [1, 1, 1]}
    with_them = course_after(Case(data), 30, (((1.0, 1.0), (0.0,)),))
    without = course_after(Case(data), 30)
    assert [point.loss for point in with_them.points] == [point.loss for point in without.points]
    assert [point.held_out for point in without.points] == [None] * 31
    # at the start: y_j1 = 1 / (1 + exp(−0.15)), y_j2 = 1 / (1 + exp(0.36)), y_k1 = 1 / (1 + exp(0.17·y_j1 − 0.78·y_j2)),
    # E = ½·y_k1² = 0.15515060318211430870…, with Decimal
    assert with_them.points[0].held_out == pytest.approx(0.15515060318211431, abs=1e-15)


def test_a_course_with_a_mistake_differs_from_the_right_one():
    right = course_after(load_case("xor-2-4-1"), 20)
    wrong = course_after(load_case("xor-2-4-1"), 20, mistake="hidden-derivative-missing")
    assert right.points[0].loss == wrong.points[0].loss
    assert right.points[1].loss != wrong.points[1].loss


def test_a_network_of_an_earlier_point_is_that_of_then_and_changes_nothing():
    found = course_after(load_case("xor-2-4-1"), 20)
    first, last = found.network_at(found.points[0]), [list(n.weights) for n in found.network.neurons()]
    assert [n.weights for n in first.neurons()] == [n.weights for n in load_case("xor-2-4-1").network().neurons()]
    first.neurons()[0].weights[0] = 100.0
    assert [n.weights for n in found.network.neurons()] == last


def test_patience_ends_and_the_course_goes_on_where_it_was(monkeypatch):
    monkeypatch.setattr(course, "PATIENCE", -1)
    found = Course(load_case("xor-2-4-1"), (), Program())
    assert not found.advance(5)
    assert found.step == 0
    monkeypatch.setattr(course, "PATIENCE", 60)
    assert found.advance(5)
    assert found.step == 5


def test_a_course_is_remembered_by_the_text_of_its_case():
    text = State(case="xor-that-learns").text
    assert course_of(text, "x", (), "") is course_of(text, "x", (), "")
    assert course_of(text, "x", (), "") is not course_of(text, "x", (), "hidden-derivative-missing")
