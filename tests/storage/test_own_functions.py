"""Activations and losses in a file of somebody's own."""

import json

import pytest

from purenet.cases import Case
from purenet.errors import NetworkError
from purenet.golden.values.certify import certify
from purenet.lab.keeper import Keeper
from purenet.storage.network_json import ACTIVATIONS, LOSSES
from purenet.storage.own_functions import learn
from tests.commands.test_networks import run

OWN = """
from purenet import Sigmoid
from purenet.arithmetic import exp, log


class Softplus:
    name = "softplus"

    def value(self, x):
        return log(1 + exp(x))

    def derivative(self, x, y):
        return 1 - exp(-y)


class Distance:
    name = "distance"

    def value(self, outputs, targets):
        return abs(outputs[0] - targets[0])

    def derivative(self, outputs, targets):
        return [1 if outputs[0] > targets[0] else -1]
"""
CASE = {
    "id": "own",
    "network": {"layers": [{"activation": "softplus", "weights": [[0.5]], "biases": [-0.5]}], "loss": "distance"},
    "examples": [{"inputs": [1], "targets": [0.25]}],
    "learning_rate": 3,
}


@pytest.fixture
def own(tmp_path):
    """A file with functions, which are forgotten afterwards."""
    tables = (ACTIVATIONS, dict(ACTIVATIONS)), (LOSSES, dict(LOSSES))
    path = tmp_path / "own.py"
    path.write_text(OWN, encoding="utf-8")
    yield path
    for table, before in tables:
        table.clear()
        table.update(before)


def test_files_may_name_an_activation_and_a_loss_of_ones_own(own):
    learn(str(own))
    case = Case(json.loads(json.dumps(CASE)))
    network = case.network()
    assert network.forward([1.0]) == [pytest.approx(0.6931471805599453)]  # ln 2
    assert network.loss.value([0.5], [0.25]) == 0.25


def test_what_a_file_imports_is_not_its_own(own):
    learn(str(own))
    assert [name for name in ACTIVATIONS if name in ("sigmoid", "softplus")] == ["sigmoid", "softplus"]


def test_functions_of_ones_own_are_certified(own):
    learn(str(own))
    certified = {each["name"]: each for each in certify(Case(json.loads(json.dumps(CASE))))}
    ln2 = "0.6931471805599453094172321214581765680755"  # OEIS A002162
    assert certified["step1.example1.J.output"]["true"] == [ln2]
    assert certified["step1.example1.J.delta"]["true"] == ["0.5000000000000000000000000000000000000000"]


def test_commands_know_them_by_the_file(own, tmp_path, capsys):
    case = tmp_path / "own.json"
    case.write_text(json.dumps(CASE), encoding="utf-8")
    code, _, error = run(capsys, "walkthrough", str(case))
    assert code == 2 and "network.loss is 'distance' but must be one of" in error
    code, out, _ = run(capsys, "--own", str(own), "walkthrough", str(case))
    assert code == 0 and "ln(1 + exp(x_j1))" in out and "abs(y_j1 − t_j1)" in out


def test_the_lab_computes_with_them_in_its_process(own):
    request = json.dumps({"do": "open", "data": json.dumps(CASE)}).encode()
    with Keeper(own=str(own)) as keeper:
        status, body = keeper.ask(request)
    assert status == 200 and "must be one of" not in body.decode() and json.loads(body)["heading"] == "the file"
    with Keeper() as keeper:
        assert "must be one of" in keeper.ask(request)[1].decode()


FAULTS = {
    "x = 1": "defines no activation and no loss",
    "1 / 0": "stops: ZeroDivisionError: division by zero",
    OWN.replace('"softplus"', '"tanh"'): "the name 'tanh' is taken",
}


@pytest.mark.parametrize("text", FAULTS)
def test_a_file_that_cannot_be_used_is_named_with_its_fault(text, own, capsys):
    own.write_text(text, encoding="utf-8")
    with pytest.raises(NetworkError, match=FAULTS[text]):
        learn(str(own))
    assert run(capsys, "--own", str(own), "cases")[0] == 2


def test_a_file_that_does_not_exist_is_named(tmp_path, own):
    with pytest.raises(NetworkError, match="cannot read .*none.py: no such file"):
        learn(str(tmp_path / "none.py"))


def test_a_page_without_a_server_takes_no_file(own, tmp_path, capsys):
    code, _, error = run(
        capsys, "--own", str(own), "lab", "--static", str(tmp_path / "a"), "--pyodide", str(tmp_path / "b")
    )
    assert (code, error) == (2, "purenet: leave out --own: a page without a server has none of your code\n")
