"""Cases as files: as a program receives them, and by their schema."""

import json
import os
import re

import pytest

from purenet.arithmetic.bounded import FLOAT_TYPES
from purenet.cases import FOLDER, case_names, load_case
from purenet.golden.values.case_files import case_text, golden_names, task, task_tsv
from purenet.storage.files import read_text
from purenet.trace.quantities import quantities

GOLDEN = os.path.join(os.path.dirname(FOLDER), "golden")


def test_the_golden_cases_are_those_with_certified_values():
    assert golden_names() == [name for name in case_names() if load_case(name).certified] and len(golden_names()) == 24


@pytest.mark.parametrize("name", golden_names())
def test_what_a_program_is_told_holds_no_answer(name):
    case = load_case(name)
    assert set(task(case)) == {
        "id", "network", "examples", "batch_sizes", "gradient", "learning_rate", "momentum", "weight_decay", "trained_biases",
    }  # fmt: skip
    assert "step1" not in task_tsv(case)


def test_a_case_as_tsv():
    assert task_tsv(load_case("one-neuron")) == (
        "case\tone-neuron\nloss\thalf squared error\ngradient\tmean\nlearning_rate\t0.7\nmomentum\t0\nweight_decay\t0\n"
        "trained_biases\t1\nbatch_sizes\t1\t1\nsizes\t2\t1\nactivation\tJ\tsigmoid\nweights\tJ\t0.6\t-0.4\nbiases\tJ\t0.15\n"
        "inputs\t1\t0.7\t1.3\ntargets\t1\t0.8\ninputs\t2\t-0.5\t0.9\ntargets\t2\t0.2\n"
    )


@pytest.mark.parametrize("name", golden_names())
def test_a_case_follows_the_schema(name):
    schema = json.loads(read_text(os.path.join(GOLDEN, "case.schema.json")))
    data = json.loads(case_text(name))
    assert set(data) <= set(schema["properties"]) and set(schema["required"]) <= set(data)
    assert [entry["name"] for entry in data["certified"]] == [quantity.name for quantity in quantities(load_case(name))]
    pattern = re.compile(schema["$defs"]["quantity"]["properties"]["true"]["items"]["pattern"])
    for entry in data["certified"]:
        assert set(entry) == set(schema["$defs"]["quantity"]["required"])
        assert set(entry["tolerance"]) == set(FLOAT_TYPES)
        assert all(pattern.match(text) for text in entry["true"])


def test_the_schema_is_followed_as_json_schema_has_it():
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed: pip install 'purenet[peers]'")
    schema = json.loads(read_text(os.path.join(GOLDEN, "case.schema.json")))
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    for name in golden_names():
        validator.validate(json.loads(case_text(name)))
    assert not validator.is_valid({"format_version": 1})
