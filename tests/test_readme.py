"""Everything that the README shows is run, and what it prints is compared."""

import doctest
import io
import json
import os
import re
import shlex

import pytest

from purenet.cases import Case
from purenet.command_line import main
from purenet.golden.verification import verified

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def read(*path):
    with open(os.path.join(ROOT, *path), encoding="utf-8") as file:
        return file.read()


PAGES = ["README.md", *(os.path.join("walkthroughs", f"{name}.md") for name in ("printing", "testing", "training", "cases"))]


def console_commands(page):
    """Return the pairs of a command and the output shown below it."""
    pairs = []
    for block in re.findall(r"```console\n(.*?)```", read(page), re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            pairs.append((command, shown))
    return pairs


COMMANDS = console_commands("README.md")
ALL_COMMANDS = [pair for page in PAGES for pair in console_commands(page)]


def fits(shown, output):
    """Return whether the output is what is shown, where a line of three dots stands for any lines."""
    pattern = ""
    for line in shown.splitlines():
        pattern += r"(?:.*\n)*?" if line == "..." else re.escape(line) + r"\n"
    return re.fullmatch(pattern, output) is not None


def test_the_first_two_commands_install_the_rest_and_need_nothing_else():
    assert len(COMMANDS) >= 3
    assert [command.split(" && ")[0] for command, _ in COMMANDS[:2]] == ["python3 -m venv .venv"] * 2
    assert COMMANDS[0][0].endswith("&& .venv/bin/purenet walkthrough 2x2x1")
    assert COMMANDS[1][0].endswith("&& .venv/bin/python -m pytest")


def test_ci_runs_the_first_two_commands_as_they_stand_in_the_readme():
    script = read(".ci", "run")
    assert "README.md" in script and "python3 -m venv .venv && .venv" not in script


@pytest.mark.parametrize("command, shown", [pair for pair in ALL_COMMANDS if not pair[0].endswith("pytest")])
def test_a_command_prints_what_is_shown(capsys, monkeypatch, tmp_path, command, shown):
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(tmp_path)  # some write files
    (tmp_path / "tests").symlink_to(os.path.join(ROOT, "tests"))
    *before, command = command.split(" && ")[-1].split(" | ")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(" ".join(before).replace("echo ", "").encode())))
    words = shlex.split(command)
    assert words[0] in ("purenet", ".venv/bin/purenet")
    # the only one that is shown to fail compares a wrong number
    assert main(words[1:]) == (1 if words[1:] == ["golden", "diagnose", "mazur", "-"] else 0)
    assert fits(shown, capsys.readouterr().out)


def test_the_comparison_would_notice_a_difference():
    assert fits("...\nb\n...\n", "a\nb\nc\n")
    assert not fits("...\nb\n...\n", "a\nB\nc\n")
    assert not fits("a\nb\n", "a\nb\nc\n")


@pytest.mark.parametrize("page, examples", list(zip(PAGES, (10, 13, 8, 15, 7))))
def test_the_python_examples_print_what_is_shown(page, examples):
    result = doctest.testfile(os.path.join(ROOT, page), module_relative=False, encoding="utf-8")
    assert (result.attempted, result.failed) == (examples, 0)


@pytest.mark.parametrize("number", range(2))
def test_the_cases_that_are_shown_are_right(number):
    text = re.findall(r"```json\n(.*?)```", read("walkthroughs", "cases.md"), re.DOTALL)[number]
    comparisons = verified(Case(json.loads(text)))
    assert len(comparisons) == (8, 7)[number]
    assert {each.verdict for each in comparisons} == ({"right"}, {"right", "wrong, cause known"})[number]


def test_the_readme_is_short_and_knows_how_long_the_three_files_are():
    assert len(read("README.md").splitlines()) <= 200
    for name in ("neuron", "layer", "network"):
        assert f"{name}.py), {len(read('purenet', f'{name}.py').splitlines())} lines:" in read("README.md")


def test_every_link_leads_to_a_file_or_a_heading():
    for page in (*PAGES, os.path.join("walkthroughs", "README.md"), os.path.join("walkthroughs", "vocabulary.md")):
        for target in re.findall(r"\]\(([^)]+)\)", read(page)):
            if not target.startswith("http"):
                path, _, heading = target.partition("#")
                path = os.path.normpath(os.path.join(ROOT, os.path.dirname(page), path))
                assert os.path.exists(path), target
                headings = re.findall(r"^#+ (.*)$", read(path), re.MULTILINE) if heading else []
                assert not heading or heading in [text.lower().replace(" ", "-") for text in headings], target
