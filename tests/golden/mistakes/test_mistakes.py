"""The catalogue: each mistake has its sentence, is shown by some case, and differs from every other."""

import pytest

from purenet.activations import Sigmoid
from purenet.cases import case_names, load_case
from purenet.golden.diagnosis.lessons import lesson
from purenet.golden.mistakes import CATALOGUE, UNSEEN
from purenet.golden.mistakes.detection import detected, run_of
from purenet.golden.mistakes.pages import catalogue_page
from purenet.golden.values.certified import certified_values
from purenet.layer import Layer
from purenet.losses import HalfSquaredError
from purenet.network import Network
from purenet.neuron import Neuron
from purenet.trace.case_run import Program

CASES = [load_case(name) for name in case_names()]


def test_there_are_115_mistakes_and_5_that_no_values_show():
    assert len(CATALOGUE) == 115 and len(UNSEEN) == 5


@pytest.mark.parametrize("id", CATALOGUE)
def test_a_mistake_is_told_in_one_sentence_with_both_formulas(id):
    mistake = CATALOGUE[id]
    assert mistake.sentence.endswith(".") and mistake.sentence[0].isupper() and len(mistake.sentence) < 160
    assert mistake.wrong and mistake.right and mistake.wrong != mistake.right
    assert mistake.seen == "" or mistake.seen.startswith("https://")


@pytest.mark.parametrize("case", CASES, ids=case_names())
def test_a_program_without_a_mistake_is_not_taken_for_one(case):
    """A file of a case lists the mistakes that it cannot show; tests/golden/test_generate.py writes the file again."""
    assert not detected(case, run_of(case, [Program()]))
    seen = next(id for id in CATALOGUE if id not in case.blind_to)
    assert detected(case, run_of(case, [CATALOGUE[seen]]))


def test_every_mistake_is_detected_by_some_case():
    assert [id for id in CATALOGUE if all(id in case.blind_to for case in CASES)] == []


def test_the_2x2x1_example_alone_is_blind_to_most():
    blind = load_case("2x2x1").blind_to
    assert len(blind) > 60
    assert {"bias-missing-forward", "loss-mean-over-outputs", "updated-weights-in-hidden-delta"} - set(blind) == {
        "updated-weights-in-hidden-delta"
    }


@pytest.mark.slow
def test_every_two_mistakes_are_told_apart_by_some_case():
    runs = {(case.id, id): run_of(case, [mistake]) for case in CASES for id, mistake in CATALOGUE.items()}
    certified = {case.id: certified_values(case) for case in CASES}

    def same(case, one, other):
        for name, values in certified[case.id].items():
            ones, others = (runs[case.id, id].values.get(name, [None] * len(values.true)) for id in (one, other))
            for a, b, tolerance in zip(ones, others, values.tolerance["float64"]):
                if (a is None) != (b is None):
                    return False
                if a is not None and tolerance is not None:
                    if abs(float(a) - float(b)) > 4 * max(float(tolerance), 1e-13 * abs(float(a))):
                        return False
        return True

    ids = list(CATALOGUE)
    pairs = [(one, other) for n, one in enumerate(ids) for other in ids[n + 1 :]]
    assert len(pairs) == 6555
    assert [pair for pair in pairs if all(same(case, *pair) for case in CASES)] == []


def test_a_catalogued_mistake_does_what_its_formula_says():
    case = load_case("one-neuron")  # y = sigmoid(0.6·0.7 − 0.4·1.3 + 0.15)
    assert run_of(case, [CATALOGUE["bias-missing-forward"]]).values["step1.example1.J.net_input"] == pytest.approx(
        [-0.1]
    )
    values = run_of(case, [CATALOGUE["sigmoid-exponent-sign"]]).values
    assert values["step1.example1.J.output"] == pytest.approx([1 / (1 + 2.718281828459045**0.05)])
    values = run_of(case, [CATALOGUE["output-derivative-missing"]]).values
    assert values["step1.example1.J.delta"] == values["step1.example1.J.output_gradient"]
    values = run_of(case, [CATALOGUE["learning-rate-missing"]]).values
    gradient = values["step1.J.weight_gradients"][0]
    assert values["step1.J.weights"][0] == pytest.approx(0.6 - gradient)


def test_mazurs_slip_gives_the_loss_that_he_published():
    case = load_case("mazur")
    values = run_of(case, [CATALOGUE["updated-weights-in-hidden-delta"]]).values
    assert values["step2.example2.loss"] == pytest.approx([0.291027924], abs=5e-10)


@pytest.mark.parametrize("id", CATALOGUE)
def test_a_mistake_is_explained_with_what_differs_and_its_code(id):
    text = lesson(id, load_case("mazur"), width=100)
    assert text.startswith(f"{id}\n{'=' * len(id)}\n")
    assert ("the numbers that differ" in text) == (id not in load_case("mazur").blind_to)
    assert f"class {type(CATALOGUE[id]).__name__}(" in text.split("The code")[1]


def test_the_catalogue_is_printed_whole():
    text = catalogue_page("markdown", 100, False)
    assert all(id in text for id in (*CATALOGUE, *UNSEEN))


@pytest.mark.parametrize("id", CATALOGUE)
def test_a_mistake_put_into_one_network_leaves_every_other_right(id):
    loss, activation = HalfSquaredError(), Sigmoid()  # one object each, in two networks
    one, other = (Network([Layer([Neuron([2.0, -1.0], 0.0, activation)])], loss) for _ in range(2))
    CATALOGUE[id].change(one)
    for network in (other, Network([Layer([Neuron([2.0, -1.0], 0.0)])])):
        assert network.loss.value(network.forward([1.0, 2.0]), [0.25]) == 0.03125  # y = f(2·1 − 1·2) = ½, E = ½·¼²
        network.backward([0.25])
        assert network.layers[0].neurons[0].delta == 0.0625  # ¼·(½ − ¼)
    assert type(loss) is HalfSquaredError and type(activation) is Sigmoid
