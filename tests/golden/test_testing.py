"""The helper for pytest: one line in a test file, two tests for each case."""

import json
import re
import subprocess
import sys
import textwrap
from decimal import Decimal

import pytest

from purenet.errors import NetworkError
from purenet.golden.testing import golden_tests

TEST_FILE = """
    import pytest
    from purenet.golden.testing import golden_tests
    from tests.adapters import plain

    asked = []

    def train(case):
        asked.append(case["id"])
        if case["id"] == "all-half":
            return None
        if case["id"] == "wide":
            pytest.skip("too wide for me")
        if case["id"] == "one-neuron":
            return {}
        if case["id"] == "e-relu":
            raise ZeroDivisionError("my own mistake")
        if case["id"] == "mazur":
            return {"step2.example2.loss": 0.29102792390544197}
        return plain.run(case)

    test_golden = golden_tests(train, cases=["2x2x1", "mazur", "all-half", "wide", "one-neuron", "e-relu"])

    def test_each_case_was_asked_once():
        assert sorted(asked) == sorted(["2x2x1", "mazur", "all-half", "wide", "one-neuron", "e-relu"])
"""


def run_pytest(folder, text, root):
    (folder / "test_mine.py").write_text(textwrap.dedent(text), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-rsf", "-p", "no:cacheprovider", "test_mine.py"]
    environment = {"PYTHONPATH": str(root), "PATH": "", "PYTHONIOENCODING": "utf-8", "SYSTEMROOT": ""}
    result = subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=120)
    return result.stdout.decode("utf-8")


@pytest.fixture(scope="module")
def out(tmp_path_factory, pytestconfig):
    return run_pytest(tmp_path_factory.mktemp("mine"), TEST_FILE, pytestconfig.rootpath)


def test_one_line_checks_all_cases_and_asks_for_each_once(out):
    """2x2x1 has two tests that pass, all-half and wide two that are skipped, and the others a failure and a skip."""
    assert re.search(r"3 failed, 3 passed, 7 skipped", out), out[-300:]


def test_a_failure_shows_the_first_difference_and_names_the_mistake_once(out):
    assert "FAILED test_mine.py::test_golden[mazur]" in out
    assert "mazur: 1 of 1 reported quantities wrong" in out
    assert (
        "0.29102777369" in out and "0.29102792390544197" in out
    )  # the loss of a right program, and of Mazur's at first
    assert out.count("`purenet mistakes updated-weights-in-hidden-delta` explains it.") == 1


def test_what_is_not_reported_is_skipped_once_for_each_case(out):
    assert "43 of 44 quantities are not reported: net input (4), output (4), loss (1)," in out
    assert out.count("not reported") == 1


def test_a_function_skips_by_none_or_by_skip_of_pytest(out):
    assert "the function returned None" in out and "too wide for me" in out


def test_a_case_of_which_nothing_is_reported_fails(out):
    assert "one-neuron: nothing was reported, so nothing was compared" in out


def test_an_exception_fails_its_case_once_with_its_traceback(out):
    assert out.count('raise ZeroDivisionError("my own mistake")') == 1
    assert "FAILED test_mine.py::test_golden[e-relu] - ZeroDivisionError: my own mistake" in out


def test_a_function_that_returns_no_dictionary_is_told_so():
    test = golden_tests(lambda case: [1, 2], cases=["2x2x1"])
    with pytest.raises(pytest.fail.Exception, match="must return a dictionary of names and numbers, not a list"):
        test("2x2x1")
    with pytest.raises(pytest.skip.Exception, match="nothing was reported"):
        test("2x2x1-complete")


def test_arrays_are_taken_for_lists():
    class Array:
        def __init__(self, numbers):
            self.numbers = numbers

        def tolist(self):
            return self.numbers

    test = golden_tests(lambda case: {"step1.example1.J.net_input": Array([1.0, 1.0])}, cases=["2x2x1"])
    test("2x2x1")
    with pytest.raises(pytest.skip.Exception, match="of 16 quantities are not reported"):
        test("2x2x1-complete")


def test_a_command_is_asked(pytestconfig):
    adapter = pytestconfig.rootpath / "tests" / "adapters" / "plain.py"
    test = golden_tests(f'"{sys.executable}" "{adapter}"', cases=["e-relu"])
    test("e-relu")
    test("e-relu-complete")


def test_a_case_of_ones_own_is_certified(tmp_path):
    """x = 0.5 + 0.25"""
    layers = [{"activation": "sigmoid", "weights": [[0.5]], "biases": [0.25]}]
    case = {"network": {"layers": layers}, "examples": [{"inputs": [1], "targets": [1]}], "learning_rate": 1}
    path = tmp_path / "mine.json"
    path.write_text(json.dumps(case))
    golden_tests(lambda case: {"step1.example1.J.net_input": [0.75]}, cases=[str(path)])(str(path))


def test_too_few_digits_are_no_pass():
    test = golden_tests(
        lambda case: {"step1.loss": Decimal("0.298"), "step2.loss": Decimal("0.291028")}, cases=["mazur"]
    )
    with pytest.raises(pytest.fail.Exception, match="too few digits to tell: print 17, with %.17g"):
        test("mazur")
    golden_tests(lambda case: {"step2.loss": Decimal("0.291028")}, cases=["mazur"])("mazur")


def test_an_unknown_case_is_told_at_once():
    with pytest.raises(NetworkError, match="there is no case 'nope'"):
        golden_tests(lambda case: {}, cases=["nope"])
