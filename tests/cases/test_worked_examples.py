"""The worked examples: what their texts print is what purenet computes, or has a cause that is known."""

import functools
import os

import pytest

from purenet.cases import case_names, load_case
from purenet.command_line import main
from purenet.golden.verification import left_out, verified
from tests.sampling import slow

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SLOW = [name for name in case_names() if name.startswith("trask-3layer")]  # 60,000 steps each
SLOW += ["mazur-10000", "negnevitsky-xor-training"]
PUBLISHED = [name for name in case_names() if load_case(name).published]


@functools.lru_cache(maxsize=None)
def comparisons_of(name):
    """Return the comparisons of a case, which may take a minute; once for all tests."""
    return verified(load_case(name))


@pytest.mark.parametrize("name", [slow(name) if name in SLOW else name for name in PUBLISHED])
def test_every_published_number_is_computed_and_none_is_wrong_without_a_known_cause(name):
    case, comparisons = load_case(name), comparisons_of(name)
    published = [(group.heading, each.key) for group in case.published_groups for each in group.numbers]
    assert published and [(each.heading, each.key) for each in comparisons] == published
    wrong = [each for each in comparisons if not each.agrees]
    assert [(each.heading, each.key, each.digits, each.full, each.problem) for each in wrong] == []


def test_the_slow_ones_are_worked_examples():
    assert set(SLOW) <= set(PUBLISHED)


def test_every_case_is_a_worked_example_or_golden():
    assert [name for name in case_names() if name not in PUBLISHED and not load_case(name).certified] == []


def test_examples_that_are_no_cases_say_why():
    for example in left_out():
        assert list(example) == ["title", "source", "why", "numbers"]
        assert all(isinstance(example[name], str) and example[name] for name in ("title", "source", "why"))
        assert all(list(number) == ["what", "digits"] for number in example["numbers"])


@pytest.mark.slow
def test_the_page_of_all_worked_examples_is_what_the_command_prints(capsys, monkeypatch):
    monkeypatch.setattr("purenet.commands.cases.verified", lambda case, progress: comparisons_of(progress.name))
    assert main(["cases", "--verify", "--format", "markdown"]) == 0
    with open(os.path.join(ROOT, "walkthroughs", "worked_examples.md"), encoding="utf-8") as file:
        assert capsys.readouterr().out == file.read()
