"""Cases as programs, each run by the interpreter, or compiled, where that is on the machine."""

import os
import shutil
import subprocess
import sys
from decimal import Decimal

import pytest

from purenet.cases import Case, case_names, load_case, read_case
from purenet.code.languages import LANGUAGES
from purenet.code.program import program
from purenet.commands.golden_check import ready_case
from purenet.errors import NetworkError
from purenet.golden.diagnosis.check import Check
from purenet.golden.programs.reported import Values, parse_values
from purenet.trace.case_run import CaseRun
from tests.sampling import slow

HERE = os.path.dirname(os.path.abspath(__file__))
STRICT = ["-Wall", "-Wextra", "-Werror", "-fsanitize=address,undefined"]
FAST = ["2x2x1", "relu-softmax-batch", "f-momentum-weight-decay"]


def needed(name):
    """Return the path of a program of the machine, or skip the test."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not on this machine")
    return found


def output(command):
    """Return what a command prints; it must end well and complain about nothing."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def printed(text, language, folder):
    """Return what a program prints."""
    path = folder / {"python": "step.py", "c": "step.c", "javascript": "step.js"}[language]
    path.write_text(text, encoding="utf-8")
    if language == "python":
        return output([sys.executable, str(path)])
    if language == "javascript":
        return output([needed("node"), str(path)])
    output([needed("gcc"), *STRICT, "-o", str(folder / "step"), str(path), "-lm"])
    return output([str(folder / "step")])


def values(text):
    """Return the values in lines of a program, as floats."""
    lines = [line.split("\t") for line in text.splitlines()]
    return {name: [float(number) for number in numbers] for name, *numbers in lines if name not in ("case", "dtype")}


def test_the_program_of_2x2x1():
    with open(os.path.join(HERE, "2x2x1.txt"), encoding="utf-8") as file:
        assert program(load_case("2x2x1")) == file.read()


@pytest.mark.parametrize(
    "name, language",
    [
        (name, language) if language == "python" and name in FAST else slow(name, language)
        for name in case_names()
        for language in LANGUAGES
    ],
)
def test_a_program_computes_what_purenet_computes_and_what_is_certified(name, language, tmp_path):
    case = load_case(name)
    text = printed(program(case, language), language, tmp_path)
    found, expected = values(text), CaseRun(case, number=float).values
    assert list(found) and set(found) <= set(expected)
    if language == "python":  # the functions of other languages may round otherwise
        assert found == {name: numbers for name, numbers in expected.items() if None not in numbers}
    if case.learning_rate is not None:  # otherwise there is no step, and no value is certified
        assert Check(ready_case(name), Values(case, parse_values(text))).passed


def with_other_examples(name, factor, targets):
    """Return a built-in case with its inputs multiplied by a factor, and with other targets."""
    data, where = read_case(name)
    examples = [{"inputs": [factor * y for y in pair["inputs"]], "targets": targets} for pair in data["examples"]]
    return Case({**data, "examples": examples}, where)


def after_the_given(text):
    return text[text.index("Step 1") :]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "name, factor, targets",
    [
        ("relu-two-steps", -1, [5]),
        ("g1-extreme-sigmoid", 0, [5]),
        ("c-softmax-half-squared-error", 1000, [1, 0, 0]),
        ("b-softmax-cross-entropy", 1, [1, 0, 0]),
        ("d-binary-cross-entropy", 1, [1, 0, Decimal("0.5")]),
    ],
)
def test_branches_are_not_frozen_as_the_given_numbers_took_them(name, factor, targets, language):
    case = load_case(name)
    size = len(case.examples[0][1])
    other = with_other_examples(name, factor, targets[:1] * size if len(targets) == 1 else targets)
    assert after_the_given(program(case, language)) == after_the_given(program(other, language))


def test_a_program_ends_where_double_precision_does(tmp_path):
    text = program(load_case("g-extreme-softmax"))
    assert "It ends where double precision does: output 3 makes the cross-entropy infinite" in text
    assert list(values(printed(text, "python", tmp_path)))[-1] == "step1.example1.K.output"


def test_a_program_says_what_it_does_not_round():
    assert "# The example is rounded by hand; the program computes in double precision" in program(load_case("2x2x1"))
    assert "rounded by hand" not in program(load_case("xor-batch"))


def test_words_of_others_stay_in_their_comment():
    data, _ = read_case("one-neuron")
    text = program(Case({**data, "title": "a\nprint(1)\\\x1b[1m", "id": 'b"%\n'}))
    assert text.startswith('# a print(1)\\\\x1b[1m: a program that `purenet code b"%` wrote.\n# It prints')
    assert "case" not in text.split("# Given")[0].splitlines()[-2]


def test_a_case_with_too_many_numbers_is_refused_in_a_sentence():
    data, _ = read_case("wide")
    case = Case({**data, "batch_sizes": [1] * 60, "examples": data["examples"][:1] * 60, "certified": []})
    with pytest.raises(NetworkError, match="^wide has 34801 numbers, and a program has a line for each, at most 20000"):
        program(case)
