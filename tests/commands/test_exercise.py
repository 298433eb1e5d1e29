"""`purenet exercise`: listed, shown, judged, and asked in a terminal."""

import io

import pytest

import purenet.commands.exercise
from purenet.book.verdict import Verdict
from purenet.command_line import main
from tests.book.tested_chapter import book  # noqa: F401

pytestmark = pytest.mark.usefixtures("book")
LIST = """\
Chapter 77. A tested chapter
  77.1  a number          What is minus 0.1172, to 3 decimals?
  77.2  a number          How many parameters has a 2-2-1 network?
  77.3  a number by hand  What is δ_j1, to 4 decimals?
  77.4  a choice          Why does `Layer.update` wait?
  77.5  code              Write the body of `Layer.input_gradients` again.
"""
CHOICE = """\
77.4  Why does `Layer.update` wait?

  a) It is faster.
  b) The deltas need the old weights.

Answer with a letter, a to b, by `purenet exercise 77.4 ANSWER`.
"""
SESSION = """\
An empty line skips an exercise, ? shows its hint, and Ctrl-D ends.

77.1  What is minus 0.1172, to 3 decimals?

Answer with a number with 3 decimals.
> It is negative.
> 0.117 has the wrong sign: its digits are right.
> "x" is not a number: answer with a number with 3 decimals
> -0.117 is right.

77.2  How many parameters has a 2-2-1 network?

Answer with a number, exactly.
> 
77.3  What is δ_j1, to 4 decimals?

Answer with a number with 4 decimals.
> Exercise 77.3 has no hint.
> 
1 of 5 exercises right; still to do: 77.2, 77.3, 77.4, 77.5.
"""


def run(capsys, *arguments):
    code = main(["exercise", *arguments])
    out, err = capsys.readouterr()
    return code, out, err


def test_all_exercises_are_listed(capsys):
    assert run(capsys) == (0, LIST, "")
    assert "What is delta_j1, to 4" in run(capsys, "--ascii")[1]


def test_a_question_says_how_to_answer(capsys):
    assert run(capsys, "77.4") == (0, CHOICE, "")
    code, out, _ = run(capsys, "77")
    assert code == 0 and CHOICE in out and out.count("Answer with ") == 5


@pytest.mark.parametrize(
    "number, answer, code, words",
    [
        ("77.1", "-0.117", 0, "-0.117 is right."),
        ("77.1", "-.117", 0, "-.117 is right."),
        ("77.1", "−0.117", 0, "−0.117 is right."),
        ("77.1", "-117e-3", 0, "-117e-3 is right."),
        ("77.1", "0.117", 1, "0.117 has the wrong sign: its digits are right."),
        ("77.2", "6", 1, "6 is not right. Count the biases, too."),
        ("77.4", "b", 0, "b is right."),
        ("77.4", "a", 1, "a is not right. It is as fast."),
    ],
)
def test_an_answer_is_judged(capsys, number, answer, code, words):
    assert run(capsys, number, answer) == (code, words + "\n", "")


def test_hints_and_solutions(capsys):
    assert run(capsys, "77.1", "--hint") == (0, "It is negative.\n", "")
    assert run(capsys, "77.2", "--hint") == (0, "Exercise 77.2 has no hint.\n", "")
    assert run(capsys, "77.1", "--solution") == (0, "The answer is -0.117.\n", "")
    assert "total += neuron.weights[i] * neuron.delta" in run(capsys, "77.5", "--solution")[1]


def test_code_is_copied_written_and_judged(capsys, tmp_path):
    message = "purenet: write Layer.input_gradients in layer.py, and then: purenet exercise 77.5 layer.py\n"
    assert run(capsys, "77.5", "-o", "layer.py") == (0, "", message)
    assert run(capsys, "77.5", "layer.py") == (1, "Nothing is written in Layer.input_gradients yet.\n", "")
    assert run(capsys, "77.5", "-o", "layer.py")[0] == 2  # it exists
    path = tmp_path / "layer.py"
    body = "return [sum(n.weights[i] * n.delta for n in self.neurons) for i in range(len(self.neurons[0].weights))]"
    path.write_text(path.read_text(encoding="utf-8").replace("raise NotImplementedError", body), encoding="utf-8")
    code, out, _ = run(capsys, "77.5", "layer.py")
    assert code == 0 and out.startswith("layer.py is right: ")
    assert run(capsys, "77.5", "-o", "layer.py", "--force")[0] == 0


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["9"], "there is no chapter 9: they are 77 to 77"),
        (["x"], "'x' is not the number of a chapter, such as 3, or of an exercise, such as 3.2"),
        (["x.1"], "'x' is not the number of a chapter, such as 3, or of an exercise, such as 3.2"),
        (["-1"], "'-1' is not the number of a chapter, such as 3, or of an exercise, such as 3.2"),
        (["77.6"], "there is no exercise 77.6: chapter 77 has 77.1 to 77.5"),
        (["77.0"], "there is no exercise 77.0: chapter 77 has 77.1 to 77.5"),
        (["77.x"], "there is no exercise 77.x: chapter 77 has 77.1 to 77.5"),
        (["77.1", "x"], '"x" is not a number: answer with a number with 3 decimals'),
        (["77.1", ""], "there is no answer yet: answer with a number with 3 decimals"),
        (["77", "5"], "an answer goes with one exercise: say which, such as 3.2"),
        (["--hint"], "--hint goes with one exercise: say which, such as 3.2"),
        (["77", "-o", "a"], "-o goes with one exercise: say which, such as 3.2"),
        (["77.1", "5", "--hint"], "give an answer, or --hint, or --solution, or -o: one of them"),
        (["77.1", "-o", "a"], "-o writes a copy of a file, and exercise 77.1 is about none"),
        (["77.1", "--force"], "--force goes with -o"),
    ],
)
def test_what_cannot_be_meant_is_an_error(capsys, arguments, message):
    assert run(capsys, *arguments) == (2, "", f"purenet: {message}\n")


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self):
        return True


def asked(monkeypatch, typed):
    """Return what a terminal shows of a session in which lines are typed; the lines themselves are not in it."""
    out = Terminal()
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    monkeypatch.setattr("sys.stdout", out)
    assert main(["exercise", "77"]) == 0
    return out.getvalue()


def test_in_a_terminal_exercises_are_asked_one_by_one(monkeypatch):
    assert asked(monkeypatch, "?\n0.117\nx\n-0.117\n\n?\n") == SESSION


def test_all_right_is_said(monkeypatch):
    judge = purenet.commands.exercise.chapter(77).exercise_list[4]
    monkeypatch.setattr(judge, "judge", lambda path: Verdict(path == "layer.py", "Judged."), raising=False)
    assert asked(monkeypatch, "-0.117\n9\n0.0227\nb\nlayer.py\n").endswith("> Judged.\n5 of 5 exercises right.\n")
