import copy
import json
from decimal import Decimal
from fractions import Fraction

import pytest

from purenet import NetworkError, trace_case
from purenet.cases import Case, case_names, load_case

SMALL = {
    "format_version": 1,
    "network": {
        "layers": [
            {"activation": "tanh", "weights": [[0.5, 0.25], [1, -1]], "biases": [0.5, None]},
            {"activation": "identity", "weights": [[0.5, 0.5]]},
        ]
    },
    "examples": [{"inputs": [1.0, 2.0], "targets": [0.5]}],
    "learning_rate": 0.1,
}


def test_every_built_in_case_loads_and_names_its_source():
    assert "2x2x1" in case_names()
    for name in case_names():
        case = load_case(name)
        assert case.id == name
        assert case.title and case.source["title"]


def test_numbers_are_those_of_the_file_in_any_kind():
    case = load_case("2x2x1")
    assert case.learning_rate == Decimal("0.01")
    assert case.network().layers[0].neurons[0].weights == [0.5, 0.5]
    assert type(case.network().layers[0].neurons[0].weights[0]) is float
    assert case.network(Fraction).layers[1].neurons[0].weights == [Fraction(1, 2)] * 2


def test_a_users_own_file_works_the_same_way(tmp_path):
    path = tmp_path / "mine.json"
    path.write_text(json.dumps(SMALL))
    case = load_case(path)
    assert case.title == "mine.json"
    neurons = case.network().layers[0].neurons
    assert [(n.weights, n.bias, n.activation.name) for n in neurons] == [
        ([0.5, 0.25], 0.5, "tanh"),
        ([1.0, -1.0], None, "tanh"),
    ]
    assert case.network().loss.name == "half squared error"


def changed(path, value):
    data = copy.deepcopy(SMALL)
    *steps, last = path
    place = data
    for step in steps:
        place = place[step]
    if value is KeyError:
        del place[last]
    else:
        place[last] = value
    return data


LAYER = ("network", "layers", 0)


@pytest.mark.parametrize(
    "path, value, message",
    [
        (("network",), KeyError, "the case lacks the field 'network'"),
        (("examples",), KeyError, "the case lacks the field 'examples'"),
        (("colour",), "red", "the case has the field 'colour', which is not known here; known are network"),
        (("format_version",), 2, "format_version is 2, and this purenet reads 1"),
        (("format_version",), True, "format_version is true, and this purenet reads 1"),
        (("network",), [], "network must be an object in curly brackets, not an empty list"),
        (("network", "loss"), "cubic", "network.loss is 'cubic' but must be one of: half squared error"),
        (
            ("network", "layers"),
            [],
            "network.layers must be a list in square brackets with something in it, not an empty list",
        ),
        (
            (*LAYER, "activation"),
            "sigmoidal",
            "activation is 'sigmoidal' but must be one of: identity, sigmoid, tanh, relu",
        ),
        (
            (*LAYER, "activation"),
            ["tanh"],
            r"layers\[0\].activation must have a name for each neuron of the layer: it has 1, the layer 2",
        ),
        (
            (*LAYER, "weights"),
            [],
            r"network.layers\[0\].weights must be a list in square brackets with something in it",
        ),
        ((*LAYER, "weights", 1), [], r"network.layers\[0\].weights\[1\] must be a list"),
        (
            (*LAYER, "weights", 1),
            3,
            r"network.layers\[0\].weights\[1\] must be a list in square brackets with something in it, not 3",
        ),
        (
            (*LAYER, "weights", 1, 0),
            "a",
            r"network.layers\[0\].weights\[1\]\[0\] \(neuron j2\) must be a number, not 'a'",
        ),
        ((*LAYER, "weights", 1, 0), None, r"weights\[1\]\[0\] \(neuron j2\) must be a number, not null"),
        ((*LAYER, "weights", 1, 0), True, r"weights\[1\]\[0\] \(neuron j2\) must be a number, not true"),
        (
            (*LAYER, "weights", 1, 0),
            Decimal("1E+400"),
            r"weights\[1\]\[0\] \(neuron j2\) must be a finite number, not inf",
        ),
        ((*LAYER, "weights", 1), [1, 2, 3], "neuron j2 has 3 weights but neuron j1 of the same layer has 2"),
        (
            (*LAYER, "biases"),
            [1.0],
            r"network.layers\[0\].biases must have a number for each neuron of the layer: it has 1, the layer 2",
        ),
        ((*LAYER, "biases"), [1.0, "b"], r"biases\[1\] \(neuron j2\) must be a number, not 'b'"),
        (
            (*LAYER, "bias"),
            [1.0],
            "has the field 'bias', which is not known here; known are activation, weights, biases",
        ),
        (
            ("network", "layers", 1, "weights"),
            [[0.5, 0.5, 0.5]],
            "neuron k1 has 3 weights but layer J before it has 2 neurons",
        ),
        (("examples",), [], "examples must be a list in square brackets with something in it"),
        (("examples", 0), [1, 2], r"examples\[0\] must be an object in curly brackets, not a list"),
        (("examples", 0, "targets"), KeyError, r"examples\[0\] lacks the field 'targets'"),
        (("examples", 0, "inputs"), [1.0], r"examples\[0\]: the network takes 2 inputs but got 1"),
        (("examples", 0, "targets"), [1.0, 2.0], r"examples\[0\]: the network has 1 output but got 2 targets"),
        (("examples", 0, "inputs", 1), "x", r"examples\[0\].inputs\[1\] must be a number, not 'x'"),
        (("learning_rate",), "0.1", "learning_rate must be a number, not '0.1'"),
        (("title",), 5, "title must be a text in quotation marks, not 5"),
        (("source",), "a book", "source must be an object in curly brackets, not 'a book'"),
        (("source",), {"title": 5}, "source.title must be a text in quotation marks, not 5"),
        (("rounding",), {"y": 3}, "rounding of y must be"),
        (("rounding",), {"y": {"decimals": Decimal("3.50")}}, r'rounding of y must be .*, not \{"decimals": 3.50\}$'),
        (("rounding",), Decimal("3.50"), "rounding must be .*, not 3.50$"),
        (("published",), {"y_j1": Decimal("0.8170")}, "the published y_j1 must be digits in quotation .*, not 0.8170$"),
        (("published",), {"y_j1": None}, "the published y_j1 must be digits in quotation .*, not null$"),
        (("published",), {"step 1": Decimal("0.50")}, "published: step 1 must be an object such as .*, not 0.50$"),
        (("published",), {"y_j1": {"digits": "1", "right": True}}, "the right digits of y_j1 must be .*, not true$"),
        (
            ("published",),
            {"y_j1": {"digits": "1", "cause": Decimal("1E-9")}},
            "the cause of .* must be a text, not 1E-9$",
        ),
        ((*LAYER, "shared_bias"), Decimal("0.10"), r"shared_bias must be true or false, not 0.10$"),
        (
            ("published",),
            {"y_j1": 0.5},
            r"the published y_j1 must be digits in quotation marks such as \"0.0227\", not 0.5",
        ),
        (("published",), {"z": "0.5"}, "the case: published: 'z' is not the symbol of a quantity: did you mean x"),
    ],
)
def test_a_wrong_field_is_named_with_what_would_be_right(path, value, message):
    Case(SMALL)
    with pytest.raises(NetworkError, match=message):
        Case(changed(path, value))


@pytest.mark.parametrize(
    "rounding, by_hand", [(0, "≈ 1.0"), (4, "≈ 0.5498"), ({"decimals": 2, "mode": "cut off"}, "≈ 0.54")]
)
def test_one_rule_may_round_every_number_of_a_case(rounding, by_hand):
    """By hand: σ(0.2) = 0.549834; in whole numbers 0.2 is 0, and σ(0) = ½ is 1."""
    layers = [{"activation": "sigmoid", "weights": [[1]], "biases": [0]}]
    examples = [{"inputs": [Decimal("0.2")], "targets": [0]}]
    data = {"format_version": 1, "network": {"layers": layers}, "examples": examples, "rounding": rounding}
    assert trace_case(Case(data)).row("y_j1").by_hand == by_hand


@pytest.mark.parametrize("data", [[], 5, "case", None])
def test_a_case_must_be_an_object(data):
    with pytest.raises(NetworkError, match="the case must be an object in curly brackets"):
        Case(data)


def test_an_unknown_case_is_told_with_those_there_are():
    with pytest.raises(
        NetworkError,
        match="there is no case '3x3x3': .purenet cases. lists those that are built in; a file of your own ends in .json",
    ):
        load_case("3x3x3")


def test_a_missing_file_is_told():
    with pytest.raises(NetworkError, match="cannot read none.json: no such file"):
        load_case("none.json")


@pytest.mark.parametrize("published", [{"after 3 epochs": {"y_k1": "0.5"}}, {"epochs until E < 0.1": "5"}])
def test_numbers_after_a_training_need_a_learning_rate(published):
    Case({**SMALL, "published": published})
    with pytest.raises(NetworkError, match="^the case: published: '(after 3|epochs until).*needs a learning_rate"):
        Case({name: value for name, value in {**SMALL, "published": published}.items() if name != "learning_rate"})


def test_mazurs_published_numbers_agree_and_its_biases_stay():
    trace = trace_case(load_case("mazur"))
    assert len(trace.comparisons) == 28 and trace.disagreements == []
    assert (trace.row("b_j1⁺").formula, trace.row("b_j1⁺").value) == ("b_j1", 0.35)
    assert trace.row("E", step=2).value == pytest.approx(0.291027774, abs=5e-10)  # and not 0.291027924, as published
    trained = trace_case(load_case("mazur-trained-biases"))
    assert trained.row("b_k1⁺").value == pytest.approx(0.530751, abs=5e-7)
