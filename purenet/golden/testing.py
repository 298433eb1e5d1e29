"""Golden tests for an implementation of your own, with pytest: one line in a test file.

    from purenet.golden.testing import golden_tests
    test_golden = golden_tests(train)

`train` is a function that takes a case, a dictionary as in PROTOCOL.md, and returns values by name; or it is the command
of a program that follows that protocol. Each case has two tests:

    test_golden[mazur]            all that is reported is right; a failure shows the first difference and its diagnosis
    test_golden[mazur-complete]   all is reported; if not, it is skipped and says how many quantities are not

A function skips a case that it cannot do with `pytest.skip("no softmax here")`, or by returning None. A case of which
nothing is reported fails, and so does one in which the function raises an exception.
"""

import pytest

from purenet.arithmetic.notation import UNICODE
from purenet.cases import load_case
from purenet.document.formats import write
from purenet.errors import NetworkError
from purenet.golden.diagnosis.check import Check
from purenet.golden.diagnosis.diagnosis import Diagnosis
from purenet.golden.diagnosis.findings import diagnosis_section
from purenet.golden.diagnosis.first_difference import difference_section
from purenet.golden.diagnosis.report import kinds_of
from purenet.golden.generate import certify_now
from purenet.golden.programs.adapter import answers, function_answer
from purenet.golden.values.case_files import golden_names


def golden_tests(program, cases=None, dtype=None, weights="neuron,input", protocol="json", timeout=10.0):
    """Return a test function, for pytest to collect, that checks a function or a command against golden cases.

    `cases` names some, or JSON files of your own; by default all golden cases. `dtype` is float64, float32 or float16, by
    default guessed from the numbers; `weights` says how tables of weights are laid out, "neuron,input" or "input,neuron".
    """
    loaded = {name: load_case(name) for name in cases or golden_names()}
    outcomes = {}

    def answer_of(case):
        if callable(program):
            return function_answer(program, case, dtype, weights)
        return next(answers(program, [case], protocol, timeout, dtype, weights))[1]

    def check_of(case):
        if not case.certified:
            certify_now(case)
        answer = answer_of(case)
        if answer.skipped is not None:
            pytest.skip(answer.skipped)
        if answer.problem is not None:
            raise NetworkError(answer.problem)
        return Check(case, answer.values)

    def outcome(name):
        """Return the check of a case, or what was raised instead; the program is asked once."""
        if name not in outcomes:
            try:
                outcomes[name] = check_of(loaded[name])
            except (Exception, pytest.skip.Exception, pytest.fail.Exception) as raised:
                outcomes[name] = raised
        return outcomes[name]

    @pytest.mark.parametrize("case", [test for name in loaded for test in (name, f"{name}-complete")])
    def test(case):
        if case in loaded:
            check_right(case, outcome(case))
        else:
            check_complete(outcome(case[: -len("-complete")]))

    return test


def check_right(name, outcome):
    """Pass if all that is reported is right; otherwise fail or skip, with a reason."""
    if isinstance(outcome, NetworkError):
        pytest.fail(f"{name}: {outcome}", pytrace=False)
    if isinstance(outcome, BaseException):
        raise outcome
    if outcome.outcome == "nothing compared":
        pytest.fail(f"{name}: nothing was reported, so nothing was compared", pytrace=False)
    if outcome.outcome == "too few digits":
        pytest.fail(f"{name}: too few digits to tell: print 17, with %.17g", pytrace=False)
    if not outcome.passed:
        pytest.fail(failure(outcome), pytrace=False)


def failure(check):
    """Return the first difference of a check, and what explains it, as text."""
    words = f"{check.case.id}: {len(check.differing)} of {len(check.compared)} reported quantities wrong"
    sections = [difference_section(check, check.first, UNICODE), diagnosis_section(Diagnosis([check]))]
    return f"{words}\n\n{write(sections, 'text')}"


def check_complete(outcome):
    """Pass if everything is reported; otherwise skip, with a reason."""
    if isinstance(outcome, pytest.skip.Exception):
        raise outcome
    if isinstance(outcome, BaseException) or outcome.outcome == "nothing compared":
        pytest.skip("nothing was reported")
    if outcome.unreported:
        kinds = ", ".join(kinds_of(outcome.unreported))
        pytest.skip(f"{len(outcome.unreported)} of {len(outcome.rows)} quantities are not reported: {kinds}")
