"""The plain program as a file that runs by itself."""

import subprocess
import sys

import pytest

from purenet.cases import load_case
from purenet.command_line import main
from purenet.golden.diagnosis.check import Check
from purenet.golden.mistakes import CATALOGUE
from purenet.golden.mistakes.listing import listing
from purenet.golden.programs.adapter import answers
from purenet.golden.values.case_files import golden_names
from tests.sampling import one_in

CASES = [load_case(name) for name in golden_names()]


def answers_of(folder, mistake=None):
    path = folder / "program.py"
    path.write_text(listing(mistake), encoding="utf-8")
    return list(answers(f"{sys.executable} -I {path}", CASES))


def test_the_right_program_agrees_with_every_number_of_every_golden_case(tmp_path):
    for case, answer in answers_of(tmp_path):
        assert answer.problem is None, case.id
        check = Check(case, answer.values)
        assert check.passed and check.compared == check.rows, case.id


@pytest.mark.parametrize(
    "id",
    one_in(
        10,
        [
            "softmax-diagonal-derivative",
            "updated-weights-in-hidden-delta",
            "gradients-not-reset",
            "gradients-not-reset-sums",  # which forgets those of the case before
            "bias-missing-forward",
            "convention-weights-transposed",
            "momentum-nesterov",
            "epsilon-inside-log",
            "fixed-batch-size-divisor",
            "layers-updated-in-forward-order",
        ],
    ),
)
def test_a_program_with_a_mistake_is_named_by_the_diagnosis(capsys, tmp_path, id):
    path = tmp_path / "wrong.py"
    path.write_text(listing(CATALOGUE[id]), encoding="utf-8")
    assert main(["golden", "diagnose", "--all", "--command", f"{sys.executable} {path}"]) == 1
    out = capsys.readouterr().out
    assert "These numbers are those of " in out and f"`purenet mistakes {id}` explains it." in out


def test_the_mistake_is_named_at_the_top_and_nothing_but_python_is_imported():
    text = listing(CATALOGUE["delta-sign-flipped"])
    assert text.startswith("# The plain program with a mistake in from_loss: delta-sign-flipped. The delta has ")
    assert "            g[l, n, k] = -loss_slope(y[l, n, k], t[n, k])\n" in text
    assert "purenet" not in text
    assert listing().startswith("# The plain program, without a mistake.\n")


@pytest.mark.parametrize("id", CATALOGUE)
def test_every_mistake_is_a_whole_program(id):
    compile(listing(CATALOGUE[id]), id, "exec")


def test_a_program_that_stops_says_why(tmp_path):
    path = tmp_path / "program.py"
    path.write_text(listing(CATALOGUE["sigmoid-naive-exp"]), encoding="utf-8")
    ((_, answer),) = answers(f"{sys.executable} {path}", [load_case("g1-extreme-sigmoid")])
    assert answer.problem == "it reports an error: OverflowError: math range error"


def test_a_program_ends_when_it_is_told_to(tmp_path):
    path = tmp_path / "program.py"
    path.write_text(listing(), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(path)], input='{"cmd": "stop"}\n', capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
