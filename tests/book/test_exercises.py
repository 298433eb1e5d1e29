"""Each kind of exercise: right answers are accepted, wrong ones told, and nothing is computed before the first answer."""

import subprocess
import sys

import pytest

from purenet.book.exercises import ByHand, Choice, Code, Number
from purenet.cases import load_case
from purenet.errors import NetworkError
from purenet.golden.diagnosis.by_hand import Sheet
from purenet.golden.mistakes import CATALOGUE

HIDDEN = (
    "0.1156 is not right. This is ∂E/∂y_j2 or ∂E/∂y_j1. "
    "It may be this: The delta of a hidden layer lacks the slope of the activation function. "
    "`purenet mistakes hidden-derivative-missing` explains it."
)


@pytest.mark.parametrize(
    "settings, answer, words",
    [
        ({"decimals": 3}, "-0.117", "is right."),
        ({"decimals": 3}, "−0.118", "is right."),  # one unit away, with the sign of texts
        ({"decimals": 3}, "-0.11723", "is right."),
        ({"decimals": 3}, "-1.17e-1", "is right."),
        ({"decimals": 3}, "-0.119", "is not right."),
        ({"decimals": 3}, "-0.12", "has too few digits: answer with a number with 3 decimals."),
        ({"decimals": 3}, "0", "has too few digits: answer with a number with 3 decimals."),
        ({"decimals": 3}, "-1", "is not right."),
        ({"decimals": 3}, "+.117", "has the wrong sign: its digits are right."),
        ({"decimals": 1}, "-0.1", "is right."),
        ({"significant": 2}, "-0.13", "is right."),
        ({"significant": 2}, "-0.1", "has too few digits: answer with a number with 2 significant digits."),
        ({"significant": 1}, "-0.2", "is right."),
        ({"exact": True}, "-0.1172", "is right."),
        ({"exact": True}, "-0.11720001", "is not right."),
        ({"exact": True}, "-0.12", "is not right."),
    ],
)
def test_a_number_is_right_within_one_unit_of_the_last_place(settings, answer, words):
    verdict = Number("?", -0.1172, **settings).judge(answer)
    assert verdict == (words == "is right.", f"{answer} {words}")


def test_the_neighbours_of_a_number_are_right_whatever_floats_make_of_them():
    # 0.0227 + 0.0001 is 0.022799999999999997 in floats
    for answer in ("0.0226", "0.0227", "0.0228"):
        assert Number("?", 0.0227, decimals=4).check(answer).is_right
    assert not Number("?", 0.0227, decimals=4).check("0.0229").is_right


def test_a_number_that_is_right_to_tens_only_is_wrong():
    assert str(Number("?", 7, decimals=0).check("1e1")) == "1e1 is not right."


def test_a_mistake_that_gives_no_number_explains_no_answer(monkeypatch):
    ends = [(CATALOGUE["hidden-derivative-missing"], float(text)) for text in ("inf", "-inf", "nan")]
    monkeypatch.setattr(Sheet, "wrong_numbers", lambda *_: ends)
    assert ByHand("?", "2x2x1", "δ_j1").answers.mistakes == []


def test_an_author_explains_wrong_numbers():
    exercise = Number(
        "?", 9, exact=True, wrong={"6": "Count the biases, too.", "-9": "There are no negative numbers of them."}
    )
    assert str(exercise.check(6)) == "6 is not right. Count the biases, too."
    assert str(exercise.check("-9")) == "-9 is not right. There are no negative numbers of them."
    exercise = Number("?", 0.5, decimals=2, wrong={"0.25": "That is its square."})
    assert str(exercise.check("0.26")) == "0.26 is not right. That is its square."


def test_no_answer_is_said():
    with pytest.raises(NetworkError, match="^there is no answer yet: answer with a number, exactly$"):
        Number("?", 1, exact=True).judge(" ")


@pytest.mark.parametrize("answer", ["abc", "nan", "inf", "0x10", "1_000", "٣", "1e", "--1", "1 2", "1e99999"])
def test_what_is_no_number_is_an_error(answer):
    with pytest.raises(NetworkError) as error:
        Number("?", 1, exact=True).judge(answer)
    assert str(error.value) == f'"{answer}" is not a number: answer with a number, exactly'


def test_commas_between_thousands_are_taken():
    assert Number("?", 60000, exact=True).judge("60,000").is_right
    assert Number("?", "1234567.5", exact=True).judge("1,234,567.5").is_right


@pytest.mark.parametrize("answer", ["0,117", "-0,117", "−0,117", "60,00", "1,2345", ",5"])
def test_a_comma_in_a_number_is_named(answer):
    with pytest.raises(NetworkError) as error:
        Number("?", 1, exact=True).judge(answer)
    said = "has a comma, where a number has a point or nothing: answer with a number, exactly"
    assert str(error.value) == f'"{answer}" {said}'


@pytest.mark.parametrize("answer", ["1e9999", "-1e9999", "9" * 500, "0." + "3" * 500])
def test_no_number_is_too_large_or_too_long(answer):
    verdict = Number("?", 0.02, decimals=4).judge(answer)
    assert verdict == (False, f"{answer[:60]} is not right.")


def test_an_answer_may_be_computed_later_and_has_a_reason():
    exercise = Number("?", lambda: 0.71828, decimals=3, because="It is e − 2.")
    assert exercise.solution() == "The answer is 0.718. It is e − 2."
    with pytest.raises(NetworkError, match="^a Number needs one of decimals=…, significant=… and exact=True$"):
        Number("?", 1)


def test_a_number_by_hand_is_explained_by_the_mistake_that_gives_it():
    exercise = ByHand("?", "2x2x1", "δ_j1")  # its published digits are 0.0227
    assert exercise.check("0.0227").is_right
    assert str(exercise.check("0.1156")) == HIDDEN
    assert str(exercise.check("5.0000")) == "5.0000 is not right."
    assert str(exercise.check("-0.0227")) == "-0.0227 has the wrong sign: its digits are right."
    assert str(exercise.check("0.02")) == "0.02 has too few digits: answer with a number with 4 decimals."
    assert exercise.solution() == "δ_j1 = y_j1·(1 − y_j1)·(w_j1k1·δ_k1) = 0.731·(1 − 0.731)·(0.5·0.231) = 0.0227"


def test_a_case_may_be_a_dictionary_or_a_case():
    data = {
        "network": {"layers": [{"activation": "sigmoid", "weights": [[2, -1]], "biases": [0]}]},
        "examples": [{"inputs": [1, 1], "targets": [0]}],
        "learning_rate": 0.5,
    }
    assert ByHand("?", data, "y_j1").check("0.7311").is_right  # sigmoid(1) = 0.7310586
    assert ByHand("?", load_case("2x2x1"), "delta_k1", decimals=3).check("0.231").is_right
    with pytest.raises(NetworkError, match="^δ_z9 is no number that 2x2x1 computes, such as "):
        ByHand("?", "2x2x1", "δ_z9").check("1")


def test_mistakes_that_give_the_right_number_are_none():
    answers = ByHand("?", "2x2x1", "δ_j1").answers
    assert answers.mistakes
    assert all(not answers.low <= value <= answers.high for value, *_ in answers.mistakes)


@pytest.mark.parametrize("answer", ["b", "B", " (b) ", "b.", "None is none."])
def test_an_option_is_chosen_by_its_letter_or_its_text(answer):
    exercise = Choice("?", {"Zero is one.": "It is trained.", "None is none.": True}, right="None is none.")
    assert exercise.judge(answer) == (True, "b is right.")
    assert exercise.judge("a") == (False, "a is not right. It is trained.")
    assert exercise.solution() == "b) None is none."
    with pytest.raises(NetworkError) as error:
        exercise.judge("c")
    assert str(error.value) == '"c" is none of the options: answer with a letter, a to b'


def test_the_right_option_must_be_there():
    with pytest.raises(NetworkError, match="^the right option, 'c', is not among the options$"):
        Choice("?", {"a": "", "b": ""}, right="c")


@pytest.mark.parametrize("number", [1, 27])
def test_a_choice_has_a_letter_for_each_option_and_more_than_one(number):
    with pytest.raises(NetworkError, match=f"^a Choice has 2 to 26 options, not {number}$"):
        Choice("?", dict.fromkeys(map(str, range(number)), ""), right="0")


def test_a_notebook_shows_the_question_and_the_verdict():
    exercise = Choice("Is δ_j1 < 0?", {"yes & no": "No.", "no": "It is so."}, right="no")
    exercise.name = "3.2"
    shown = exercise._repr_html_()
    assert "Exercise 3.2" in shown and "δ<sub>j1</sub> &lt; 0?" in shown and "<li>a) yes &amp; no</li>" in shown
    assert exercise.check("b")._repr_html_() == "<p>b is right. It is so.</p>\n"
    assert repr(exercise).startswith("3.2  Is δ_j1 < 0?\n\n  a) yes & no\n  b) no\n\nAnswer with a letter, a to b.")


def test_questions_are_set_in_80_columns():
    exercise = Choice("word " * 40, {"option " * 20: "", "b": ""}, right="b")
    exercise.name = "3.2"
    assert max(map(len, exercise.text().splitlines())) <= 80
    assert "    δ = 1 · 2" in Number("With these:\n\n    δ = 1 · 2\n\nwhat is δ?", 2, exact=True).text()


def test_making_exercises_computes_nothing():
    code = (
        "from purenet import Neuron\n"
        "def broken(*_): raise AssertionError\n"
        "Neuron.__init__ = Neuron.forward = broken\n"
        "from purenet.book.exercises import ByHand, Code, Number\n"
        "ByHand('?', '2x2x1', 'δ_j1').text(), Code('?', 'layer.py', 'Layer.update').text()\n"
        "Number('?', lambda: Neuron([1.0]).forward([1.0]), decimals=2).text()\n"
    )
    subprocess.run([sys.executable, "-X", "utf8", "-c", code], check=True, timeout=60)


def test_code_is_copied_without_the_body_of_the_function():
    text = Code("?", "layer.py", "Layer.input_gradients").copy()
    assert text.count("raise NotImplementedError") == 1
    assert "`backward` is given this sum" in text and "total += neuron.weights[i] * neuron.delta" not in text
    assert "def update(self, learning_rate):" in text
    compile(text, "layer.py", "exec")
    with pytest.raises(NetworkError, match="^purenet/layer.py has no function Layer.output_gradients$"):
        Code("?", "layer.py", "Layer.output_gradients").copy()
