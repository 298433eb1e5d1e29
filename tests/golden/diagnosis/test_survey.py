"""Nothing is explained where nothing was compared."""

import pytest

from purenet.cases import load_case
from purenet.golden.diagnosis.check import Check
from purenet.golden.diagnosis.diagnosis import Diagnosis
from purenet.golden.diagnosis.survey import Survey
from purenet.golden.programs.adapter import Answer
from purenet.golden.programs.reported import Values

PROBLEMS = [
    "it reports an error: no such layer",
    "it ended, with exit code 1; it said: TypeError: can't multiply",
    "it gave no whole answer within 10 s",
]


@pytest.mark.parametrize("names", [["one-neuron"], ["one-neuron", "mazur", "g-extreme-softmax"]])
@pytest.mark.parametrize("problem", PROBLEMS)
def test_a_program_that_never_answers_is_quoted_and_accused_of_nothing(names, problem):
    survey = Survey([(load_case(name), Answer(None, None, problem)) for name in names], diagnosing=True)
    assert survey.diagnosis.found == []
    page = " ".join(survey.page("Golden values", "text", 100, False).split("Diagnosis")[1].split())
    assert page == f"Nothing was compared, so there is nothing to explain. The program gives no answer: {problem}."


def test_each_problem_is_quoted_once():
    names = ["one-neuron", "mazur", "wide", "2x2x1"]
    answers = [Answer(None, None, problem) for problem in (*PROBLEMS, PROBLEMS[0])]
    page = Survey(list(zip(map(load_case, names), answers)), True).page("Golden values", "text", 100, False)
    assert page.split("Diagnosis")[1].count("The program gives no answer") == 3


def test_numbers_without_a_bound_explain_no_crash():
    case = load_case("g-extreme-softmax")
    name, place = next(
        (entry["name"], entry["tolerance"]["float64"].index(None))
        for entry in case.certified
        if None in entry["tolerance"]["float64"]
    )
    size = len(next(entry for entry in case.certified if entry["name"] == name)["true"])
    check = Check(case, Values(case, {"values": {name: [1.0 if n == place else None for n in range(size)]}}))
    assert check.values.reported() and not check.compared
    assert Diagnosis([check], [load_case("mazur")]).found == []
