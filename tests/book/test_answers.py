"""Every exercise of the book, but those in code: its right answer is accepted, and each wrong one is told.

The answers are literals in answers_*.py, worked out apart from purenet: {"4.2": {"right": "0.02", "wrong": {"0.1": "words"}}}.
"""

import importlib
import os
import re

import pytest

from purenet.book import Code, chapter, chapters

FOLDER = os.path.dirname(os.path.abspath(__file__))
FILES = sorted(name[: -len(".py")] for name in os.listdir(FOLDER) if re.fullmatch(r"answers_\w+\.py", name))
ANSWERS = {
    name: answer for file in FILES for name, answer in importlib.import_module(f"{__package__}.{file}").ANSWERS.items()
}
WRONG = [(name, given, words) for name, answer in ANSWERS.items() for given, words in answer["wrong"].items()]


def exercise(name):
    number, place = name.split(".")
    return chapter(int(number)).exercise_list[int(place) - 1]


def test_there_is_a_right_and_a_wrong_answer_to_each_exercise():
    asked = [each.name for chapter in chapters() for each in chapter.exercise_list if not isinstance(each, Code)]
    assert sorted(ANSWERS) == sorted(asked)
    assert all(answer["wrong"] for answer in ANSWERS.values())


@pytest.mark.parametrize("name", ANSWERS)
def test_the_right_answer_is_accepted(name):
    assert exercise(name).judge(ANSWERS[name]["right"]).is_right


@pytest.mark.parametrize("name, given, words", WRONG)
def test_a_wrong_answer_is_told_with_its_reason(name, given, words):
    verdict = exercise(name).judge(given)
    assert not verdict.is_right
    assert words in verdict.words
