"""The helper for pytest: one line in a test file, one test for each case and quantity."""

import re
import subprocess
import sys
import textwrap
from decimal import Decimal

import pytest

from purenet.errors import NetworkError
from purenet.golden.testing import golden_tests

TEST_FILE = """
    import sys
    from purenet.golden.testing import golden_tests
    from tests.adapters import plain

    def train(case):
        if case["id"] == "all-half":
            return None
        if case["id"] == "one-neuron":
            return {}
        values = plain.run(case)
        if case["id"] == "mazur":
            values["step1.loss"] += 0.001
            del values["step2.loss"]
        return values

    test_golden = golden_tests(train, cases=["2x2x1", "mazur", "all-half", "one-neuron"])
"""


def run_pytest(folder, text, root):
    (folder / "test_mine.py").write_text(textwrap.dedent(text), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-rsf", "-p", "no:cacheprovider", "test_mine.py"]
    environment = {"PYTHONPATH": str(root), "PATH": "", "PYTHONIOENCODING": "utf-8", "SYSTEMROOT": ""}
    result = subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=120)
    return result.stdout.decode("utf-8")


def test_one_line_checks_all_cases(tmp_path, pytestconfig):
    out = run_pytest(tmp_path, TEST_FILE, pytestconfig.rootpath)
    assert "FAILED test_mine.py::test_golden[mazur-step1.loss]" in out
    assert "one-neuron: nothing was reported, so nothing was compared" in out
    assert "the function returned None" in out
    assert "not reported: step2.loss" in out
    assert "0.2983711087600026" in out  # the true value, and below it what was reported
    assert "0.2993711087600027" in out
    # 16 of 2x2x1 and 42 of 44 of mazur pass; all 24 of one-neuron fail, and one of mazur
    assert re.search(r"25 failed, 58 passed, 23 skipped", out), out[-300:]


def test_a_function_that_returns_no_dictionary_is_told_so():
    test = golden_tests(lambda case: [1, 2], cases=["2x2x1"])
    with pytest.raises(pytest.fail.Exception, match="must return a dictionary of names and numbers, not a list"):
        test("2x2x1", "step1.loss")


def test_arrays_are_taken_for_lists():
    class Array:
        def __init__(self, numbers):
            self.numbers = numbers

        def tolist(self):
            return self.numbers

    test = golden_tests(lambda case: {"step1.example1.J.net_input": Array([1.0, 1.0])}, cases=["2x2x1"])
    test("2x2x1", "step1.example1.J.net_input")
    with pytest.raises(pytest.skip.Exception):
        test("2x2x1", "step1.loss")


def test_a_command_is_asked(pytestconfig):
    adapter = pytestconfig.rootpath / "tests" / "adapters" / "plain.py"
    test = golden_tests(f'"{sys.executable}" "{adapter}"', cases=["e-relu"])
    test("e-relu", "step1.example1.J.output")


def test_too_few_digits_are_no_pass():
    test = golden_tests(
        lambda case: {"step1.loss": Decimal("0.298"), "step2.loss": Decimal("0.291028")}, cases=["mazur"]
    )
    with pytest.raises(pytest.fail.Exception, match="too few digits to tell: print 17, with %.17g"):
        test("mazur", "step1.loss")
    test("mazur", "step2.loss")


def test_an_unknown_case_is_told_at_once():
    with pytest.raises(NetworkError, match="there is no case 'nope'"):
        golden_tests(lambda case: {}, cases=["nope"])
