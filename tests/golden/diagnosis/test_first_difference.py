"""The section about the first difference: its formula, what goes into it, and where it says to read."""

import importlib
import inspect
import json
import operator
import re
from pathlib import Path

import pytest

import purenet
from purenet.cases import Case, load_case
from purenet.golden.diagnosis.first_difference import READ, READ_OF_A_STEP, depends_on, formula_of
from purenet.golden.values.case_files import case_text
from purenet.trace.quantities import quantities

PLACES = [text for table in (READ, READ_OF_A_STEP) for text in table.values()]


@pytest.mark.parametrize("text", sorted(set(PLACES)))
def test_a_place_to_read_exists(text):
    found = re.findall(r"([\w.]+) in (purenet/\w+\.py)", text)
    assert len(found) == text.count(".py") >= 1
    for name, path in found:
        assert (Path(purenet.__file__).parent.parent / path).is_file()
        module = importlib.import_module(path[: -len(".py")].replace("/", "."))
        if name in ("value", "derivative"):  # each class of the module has it
            classes = [
                cls for _, cls in inspect.getmembers(module, inspect.isclass) if cls.__module__ == module.__name__
            ]
            assert len(classes) >= 4 and all(name in vars(cls) for cls in classes)
        else:
            assert callable(operator.attrgetter(name)(module))


@pytest.mark.parametrize(
    "name, formula",
    [
        ("step1.example1.J.bias_gradients", "δ_j1 + δ_j2"),
        ("step1.J.bias_gradients", "δ_j1 + δ_j2"),
        ("step1.example1.K.bias_gradients", "δ_k1"),
    ],
)
def test_the_gradient_of_a_shared_bias_has_its_own_formula(name, formula):
    data = json.loads(case_text("2x2x1"))
    data["network"]["layers"][0].update(biases=0.5, shared_bias=True)
    data["network"]["layers"][1]["biases"] = [0.5]
    case = Case({**data, "certified": []})
    quantity = {quantity.name: quantity for quantity in quantities(case)}[name]
    assert formula_of(case, quantity, quantity.size - 1)[0] == formula


def test_every_kind_of_quantity_has_a_place_to_read():
    assert {quantity.kind for quantity in quantities(load_case("mazur"))} == set(READ)


@pytest.mark.parametrize(
    "name, words",
    [
        ("step1.example1.J.net_input", "the given weights, the inputs"),
        ("step2.example2.J.net_input", "step1.J.weights, step1.J.biases, the inputs"),
        ("step2.example2.K.net_input", "step1.K.weights, step1.K.biases, step2.example2.J.output"),
        ("step1.example1.J.output", "step1.example1.J.net_input"),
        ("step1.example1.loss", "step1.example1.K.output, the targets"),
        ("step1.example1.K.output_gradient", "step1.example1.K.output, the targets"),
        ("step1.example1.J.output_gradient", "step1.example1.K.delta, the weights of K"),
        ("step1.example1.K.delta", "step1.example1.K.output_gradient, step1.example1.K.net_input, step1.example1.K.output"),
        ("step1.example1.J.weight_gradients", "step1.example1.J.delta, the inputs"),
        ("step1.example1.K.weight_gradients", "step1.example1.K.delta, step1.example1.J.output"),
        ("step1.example1.K.bias_gradients", "step1.example1.K.delta"),
        ("step1.loss", "step1.example*.loss"),
        ("step1.K.bias_gradients", "step1.example*.K.bias_gradients"),
        ("step1.K.weights", "step1.K.weight_gradients, the given weights, the learning rate"),
        ("step2.K.weights", "step2.K.weight_gradients, step1.K.weights, the learning rate"),
        ("step1.K.biases", "step1.K.bias_gradients, the given biases, the learning rate"),
    ],
)  # fmt: skip
def test_what_goes_into_a_quantity(name, words):
    case = load_case("mazur")
    (quantity,) = (quantity for quantity in quantities(case) if quantity.name == name)
    assert ", ".join(depends_on(case, quantity)) == words
