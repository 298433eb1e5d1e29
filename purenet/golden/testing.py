"""Golden tests for an implementation of your own, with pytest: one line in a test file.

    from purenet.golden.testing import golden_tests
    test_golden = golden_tests(train)

`train` is a function that takes a case, a dictionary as in PROTOCOL.md, and returns values by name; or it is the command
of a program that follows that protocol. There is one test for each case and quantity. A quantity that is not reported is
skipped, with a reason; a case of which nothing is reported fails, and so does a number with too few digits to tell.
"""

import pytest

from purenet.arithmetic.notation import UNICODE
from purenet.cases import load_case
from purenet.errors import NetworkError
from purenet.golden.diagnosis.check import Check
from purenet.golden.diagnosis.first_difference import difference_section
from purenet.golden.programs.adapter import answers, function_answer
from purenet.golden.values.case_files import golden_names
from purenet.trace.quantities import quantities


def golden_tests(program, cases=None, dtype=None, weights="neuron,input", protocol="json", timeout=10.0):
    """Return a test function, for pytest to collect, that checks a function or a command against golden cases.

    `cases` names some, by default all. `dtype` is float64, float32 or float16, by default guessed from the numbers;
    `weights` says how tables of weights are laid out, "neuron,input" or "input,neuron".
    """
    loaded = {name: load_case(name) for name in cases or golden_names()}
    checks = {}

    def answer_of(case):
        if callable(program):
            return function_answer(program, case, dtype, weights)
        return next(answers(program, [case], protocol, timeout, dtype, weights))[1]

    def check_of(name):
        if name not in checks:
            answer = answer_of(loaded[name])
            checks[name] = answer if answer.values is None else Check(loaded[name], answer.values)
        return checks[name]

    places = [(name, quantity.name) for name, case in loaded.items() for quantity in quantities(case)]

    @pytest.mark.parametrize("case, quantity", places, ids=[f"{case}-{quantity}" for case, quantity in places])
    def test(case, quantity):
        try:
            check = check_of(case)
        except NetworkError as error:
            pytest.fail(f"{case}: {error}", pytrace=False)
        if not isinstance(check, Check):
            if check.skipped is not None:
                pytest.skip(check.skipped)
            pytest.fail(f"{case}: {check.problem}", pytrace=False)
        if check.outcome == "nothing compared":
            pytest.fail(f"{case}: nothing was reported, so nothing was compared", pytrace=False)
        row = {row.name: row for row in check.rows}[quantity]
        if row.verdict in ("not reported", "no bound"):
            pytest.skip(f"{row.verdict}: {quantity}")
        if row.verdict == "too few digits":
            pytest.fail("too few digits to tell: print 17, with %.17g", pytrace=False)
        if row.verdict == "differs":
            pytest.fail(difference_section(check, row, UNICODE).table.text(100), pytrace=False)

    return test
