"""The page of a check, and the words of a diagnosis."""

from purenet.cases import load_case
from purenet.golden.diagnosis.check import Check
from purenet.golden.diagnosis.diagnosis import Diagnosis
from purenet.golden.diagnosis.report import check_to, diagnosis_section
from purenet.golden.programs.reported import Values
from tests.golden.example_programs import check_with, values_of


def test_a_step_that_is_not_reported_is_pointed_out():
    case = load_case("batch-mean")
    check = check_with(case, only=[name for name in values_of(case) if name.startswith("step1.")])
    assert check.passed
    assert "Nothing of step 2 is reported; a program that drops a last, shorter mini-batch" in check_to(
        check, "text", 200
    )


def test_a_constant_ratio_is_told():
    case = load_case("mazur")
    numbers = values_of(case)
    name = "step1.example1.K.delta"
    check = Check(case, Values(case, {name: [3.5 * value for value in numbers[name]]}, "float64"))
    assert diagnosis_section(Diagnosis([check])).sentences[1] == "Every number of it is 3.5 times the right one."
