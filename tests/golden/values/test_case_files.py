"""Cases as files: as a program receives them, and by their schema."""

import json
import os
import re
from decimal import Decimal

import pytest

from purenet.arithmetic.bounded import FLOAT_TYPES
from purenet.cases import FOLDER, Case, case_names, load_case
from purenet.golden.generate import exported, generated
from purenet.golden.values.case_files import case_text, golden_names, task, task_tsv
from purenet.storage.files import read_text
from purenet.storage.json_text import json_text
from purenet.storage.network_json import ACTIVATIONS, LOSSES
from purenet.trace.quantities import quantities

GOLDEN = os.path.join(os.path.dirname(FOLDER), "golden")


def test_the_golden_cases_are_those_with_certified_values():
    assert golden_names() == [name for name in case_names() if load_case(name).certified] and len(golden_names()) == 45


@pytest.mark.parametrize("name", golden_names())
def test_what_a_program_is_told_holds_no_answer(name):
    case = load_case(name)
    settings = {"adam": ("beta1", "beta2", "epsilon"), "adamw": ("beta1", "beta2", "epsilon")}
    more = {"descent"} if case.descent_name != "gradient" else set()
    assert set(task(case)) == {
        "id", "network", "examples", "batch_sizes", "gradient", "learning_rate", "weight_decay", "trained_biases",
        *more, *settings.get(case.descent_name, ("momentum",)),
    }  # fmt: skip
    assert "step1" not in task_tsv(case)


def as_elsewhere():
    """Return the data of a case whose layers are written as other texts have them."""
    first = {"activation": "logsig", "weights_by": "input", "bias_in": "first"}
    first["weights"] = [[0.1, 0.2, 0.3], [0.4, -0.5, 0.6], [0.7, 0.8, -0.9]]  # the biases, then a row for each input
    last = {"activation": ["hardlims", "purelin"], "weights": [[0.3, -0.4, 0.2], [0.5, 0, 1]]}
    layers = [first, {**last, "thresholds": 0.25, "shared_bias": True}]
    examples = [{"inputs": [0.5, -1], "targets": [1, 0]}]
    network = {"layers": layers, "loss": "Half Squared Error"}
    return {"format_version": 1, "id": "elsewhere", "network": network, "examples": examples, "learning_rate": 0.5}


PLAIN = {
    "loss": "half squared error",
    "layers": [
        {"activation": "sigmoid", "weights": [[0.4, 0.7], [-0.5, 0.8], [0.6, -0.9]], "biases": [0.1, 0.2, 0.3]},
        {
            "activation": ["sign from 0", "identity"],
            "weights": [[0.3, -0.4, 0.2], [0.5, 0, 1]],
            "biases": [-0.25, -0.25],
            "shared_bias": True,
        },
    ],
}


def test_a_program_gets_layers_in_plain_form_however_they_were_written():
    case = Case(as_elsewhere())
    assert json.loads(json_text(task(case)))["network"] == PLAIN
    assert task_tsv(case).splitlines()[8:16] == [
        "sizes\t2\t3\t2",
        "activation\tJ\tsigmoid",
        "weights\tJ\t0.4\t0.7\t-0.5\t0.8\t0.6\t-0.9",
        "biases\tJ\t0.1\t0.2\t0.3",
        "activation\tK\tsign from 0\tidentity",
        "weights\tK\t0.3\t-0.4\t0.2\t0.5\t0\t1",
        "biases\tK\t-0.25\t-0.25",
        "shared_bias\tK",
    ]


def test_a_certified_case_is_written_in_plain_form_and_means_the_same(tmp_path):
    path = tmp_path / "elsewhere.json"
    path.write_text(json.dumps(as_elsewhere()), encoding="utf-8")
    written = generated(str(path))
    data = json.loads(written)
    network = {"layers": PLAIN["layers"], "loss": PLAIN["loss"]}
    assert data["network"] == network and list(data["network"]) == list(network)
    path.write_text(written, encoding="utf-8")
    assert generated(str(path)) == written
    assert task(load_case(str(path))) == task(Case(as_elsewhere()))
    values = {entry["name"]: entry["true"] for entry in data["certified"]}
    assert [float(x) for x in values["step1.example1.J.net_input"]] == [-0.4, -0.85, 1.5]  # 0.1 + 0.4·½ − 0.7, …
    deltas = [Decimal(x) for x in values["step1.example1.K.delta"]]
    assert [Decimal(x) for x in values["step1.K.bias_gradients"]] == [pytest.approx(deltas[0] + deltas[1])] * 2


def test_an_exported_case_is_in_plain_form_even_if_its_file_is_not(tmp_path):
    path = tmp_path / "elsewhere.json"
    path.write_text(json.dumps(as_elsewhere()), encoding="utf-8")
    data = {**as_elsewhere(), "certified": json.loads(generated(str(path)))["certified"]}
    path.write_text(json.dumps(data), encoding="utf-8")
    assert json.loads(exported([str(path)])["elsewhere.json"])["network"]["layers"] == PLAIN["layers"]


def test_the_protocol_and_the_schema_list_every_activation_and_loss():
    protocol = read_text(os.path.join(GOLDEN, "PROTOCOL.md"))
    schema = json.loads(read_text(os.path.join(GOLDEN, "case.schema.json")))
    for name, kind in ACTIVATIONS.items():
        assert f"| {name} | {kind.formula} | {kind.slope} |" in protocol
    assert all(f"{name} " in protocol or f"{name}," in protocol for name in LOSSES)
    assert schema["$defs"]["activation"]["enum"] == list(ACTIVATIONS)
    assert set(schema["properties"]["network"]["properties"]["loss"]["enum"]) == set(LOSSES)


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


@pytest.mark.slow
def test_the_schema_is_followed_as_json_schema_has_it():
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed: pip install 'purenet[peers]'")
    schema = json.loads(read_text(os.path.join(GOLDEN, "case.schema.json")))
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    for name in golden_names():
        validator.validate(json.loads(case_text(name)))
    validator.validate({**as_elsewhere(), "network": PLAIN})
    assert not validator.is_valid({"format_version": 1})
    assert not validator.is_valid(as_elsewhere())
