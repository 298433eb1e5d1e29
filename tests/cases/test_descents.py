"""Cases with other descents: their fields, what is refused, and the descents that they name."""

import json

import pytest

from purenet.cases import Case, load_case
from purenet.cases.biases import FrozenBiasAdam
from purenet.descent import Adam, AdamW, GradientDescent
from purenet.errors import NetworkError
from purenet.golden.values.case_files import case_text, task, task_tsv

ADAM = {"descent": "adam", "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}


def case_with(**fields):
    layers = [{"activation": "sigmoid", "weights": [[0.5]], "biases": [0.25]}]
    data = {"network": {"layers": layers}, "examples": [{"inputs": [1], "targets": [0]}], "learning_rate": 0.1}
    return Case({**data, **fields}, "own.json")


def test_a_case_names_its_descent():
    kinds = {"nesterov": GradientDescent, "adam": Adam, "adam-batches": Adam, "adamw": AdamW, "mazur": GradientDescent}
    for name, kind in kinds.items():
        descent = load_case(name).descent()
        assert isinstance(descent, kind)
        assert descent.name == load_case(name).descent_name == name.partition("-")[0] or name == "mazur"
    descent = load_case("adam-batches").descent()
    assert [descent.learning_rate, descent.beta1, descent.beta2, descent.epsilon, descent.weight_decay] == [
        *(0.05, 0.8, 0.95, 0.001, 0.02),
    ]


def test_weight_decay_of_adam_is_0_unless_it_is_given_and_biases_may_be_frozen():
    assert case_with(**ADAM).descent().weight_decay == 0
    descent = case_with(**ADAM, trained_biases=False).descent()
    assert isinstance(descent, FrozenBiasAdam) and descent.name == "adam"


@pytest.mark.parametrize(
    "fields, words",
    [
        ({**ADAM, "momentum": 0.9}, "momentum is of no use to the descent 'adam': gradient and nesterov have it"),
        ({"beta1": 0.9}, "beta1 is of no use to the descent 'gradient': adam and adamw have it"),
        ({"descent": "nesterov", "momentum": 0.9, "epsilon": 1}, "epsilon is of no use to the descent 'nesterov'"),
        ({"descent": "adamw", "beta1": 0.9, "beta2": 0.9}, "the descent 'adamw' needs epsilon"),
        ({"descent": "nesterov"}, "the descent 'nesterov' needs momentum"),
        ({"descent": "nesterov", "momentum": 0}, "Nesterov's form of momentum needs a momentum that is not 0"),
        ({**ADAM, "beta2": 1}, "beta2 must be less than 1, not 1"),
        ({**ADAM, "epsilon": -1}, "epsilon must not be negative, not -1"),
        ({"descent": "rmsprop"}, "descent is 'rmsprop' but must be one of: gradient, nesterov, adam, adamw"),
        ({"descent": 5}, "descent is 5 but must be one of"),
        ({"momentum": -1}, "the momentum must not be negative"),
    ],
)
def test_fields_that_a_descent_does_not_have_or_lacks_are_refused(fields, words):
    with pytest.raises(NetworkError, match=words):
        case_with(**fields)


def test_a_descent_is_of_no_use_without_a_learning_rate():
    data = json.loads(case_text("adam"))
    del data["learning_rate"], data["certified"], data["blind_to"]
    with pytest.raises(NetworkError, match="descent is of no use: the case has no learning_rate"):
        Case(data, "own.json")


def test_a_program_is_told_the_settings_of_the_descent_and_no_others():
    assert {"descent", "beta1", "momentum"} & set(task(load_case("adamw"))) == {"descent", "beta1"}
    assert {"descent", "beta1", "momentum"} & set(task(load_case("nesterov"))) == {"descent", "momentum"}
    assert {"descent", "beta1", "momentum"} & set(task(load_case("mazur"))) == {"momentum"}
    lines = task_tsv(load_case("adam-batches")).splitlines()
    assert lines[3:9] == [
        "learning_rate\t0.05",
        "descent\tadam",
        "beta1\t0.8",
        "beta2\t0.95",
        "epsilon\t0.001",
        "weight_decay\t0.02",
    ]
