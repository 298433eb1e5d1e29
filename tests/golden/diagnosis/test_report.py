"""The page of a check, and the words of a diagnosis."""

from decimal import Decimal

from purenet.cases import load_case
from purenet.golden.diagnosis.check import Check
from purenet.golden.diagnosis.diagnosis import Diagnosis
from purenet.golden.diagnosis.findings import diagnosis_section
from purenet.golden.diagnosis.report import check_to
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
    assert diagnosis_section(Diagnosis([check])).sentences[2] == (
        "Every number of step1.example1.K.delta is 3.5 times what follows from the program's own numbers."
    )


def test_a_stage_that_could_not_be_judged_is_listed_as_such():
    case = load_case("a1-single-examples")
    numbers = {name: [Decimal(f"{value:.2f}") for value in values] for name, values in values_of(case).items()}
    numbers["step1.loss"] = [Decimal("0.25")]  # 0.22
    page = check_to(Check(case, Values(case, numbers)), "text", 200)
    lines = [" ".join(line.split()) for line in page.splitlines()]
    assert "step 1 net input of J agrees 0 right" in lines  # from given numbers alone
    assert "step 1 delta of J too few digits 0.96 not judged" in lines
    assert "step 1, whole loss differs 6.8 wrong" in lines
    assert "Not judged by themselves: " in page and "step1.example1.K.delta" in page.split("Not judged")[1]


def test_types_that_the_digits_do_not_tell_apart_are_said():
    case = load_case("mazur")
    check = Check(case, Values(case, {"step1.loss": [Decimal("0.298")]}))
    words = "By their digits, the numbers may be float64 or float32 (--dtype says which): they are compared as each."
    assert words in check_to(check, "text", 200)


def test_an_agreement_says_what_has_no_bound():
    case = load_case("softmax-three-classes")
    numbers = {name: values_of(case)[name] for name in ("step1.example1.loss", "step2.example2.loss")}
    check = Check(case, Values(case, numbers, "float16"))  # too small for a bound of the second
    page = " ".join(check_to(check, "text", 200).split())
    assert check.passed and "All that could be compared agrees: 1 of" in page
    assert "There is no bound for step2.example2.loss: neither right nor wrong." in page
