"""Everything that the README shows is run, and what it prints is compared."""

import doctest
import io
import json
import os
import re
import shlex
import signal
import subprocess
import sys
import urllib.request

import pytest

from purenet.cases import Case
from purenet.command_line import main
from purenet.golden.verification import verified

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def read(*path):
    with open(os.path.join(ROOT, *path), encoding="utf-8") as file:
        return file.read()


PAGES = [
    "README.md",
    *(
        os.path.join("walkthroughs", f"{name}.md")
        for name in ("printing", "testing", "training", "cases", "lab", "worksheets")
    ),
]


def console_blocks(page):
    """Return for each block the pairs of a command and the output shown below it."""
    blocks = re.findall(r"```console\n(.*?)```", read(page), re.DOTALL)
    parts = [re.split(r"^\$ ", block, flags=re.MULTILINE)[1:] for block in blocks]
    return [[part.partition("\n")[::2] for part in block] for block in parts]


COMMANDS = [pair for block in console_blocks("README.md") for pair in block]
BLOCKS = [block for page in PAGES for block in console_blocks(page)]


def fits(shown, output):
    """Return whether the output is what is shown, where a line of three dots stands for any lines."""
    pattern = ""
    for line in shown.splitlines():
        pattern += r"(?:.*\n)*?" if line == "..." else re.escape(line) + r"\n"
    return re.fullmatch(pattern, output) is not None


def test_the_commands_that_install_need_nothing_else():
    assert len(COMMANDS) >= 4
    installing = [command for command, _ in COMMANDS if command.startswith("python3 -m venv .venv && ")]
    assert installing == [command for command, _ in COMMANDS[:3]]
    assert COMMANDS[0][0].endswith("&& .venv/bin/purenet walkthrough 2x2x1")
    assert COMMANDS[1][0].endswith("&& .venv/bin/python -m pytest")
    assert COMMANDS[2][0].endswith("&& .venv/bin/purenet site -o site")


def test_ci_runs_the_commands_that_install_as_they_stand_in_the_readme():
    script = read(".ci", "run")
    assert "README.md" in script and "python3 -m venv .venv && .venv" not in script
    assert "for number in 1 3 2; do" in script  # the last line comes from pytest


ELSEWHERE = ("pytest", "site -o site")  # CI runs these commands; tests/site has those of the site


@pytest.mark.parametrize("block", [block for block in BLOCKS if not block[0][0].endswith(ELSEWHERE)])
def test_commands_print_what_is_shown(capsys, monkeypatch, tmp_path, block):
    """The commands of a block run one after the other, in a folder that is empty at first."""
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(tmp_path)  # some write files
    (tmp_path / "tests").symlink_to(os.path.join(ROOT, "tests"))
    for command, shown in block:
        *before, command = command.split(" && ")[-1].split(" | ")
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(piped(*before) if before else b"")))
        words = shlex.split(command)
        assert words[0] in ("purenet", ".venv/bin/purenet")
        if "xlsx" in words:
            pytest.importorskip("openpyxl", reason="openpyxl is not installed: pip install 'purenet[xlsx]'")
        if words[1] == "lab":
            assert fits(shown.replace("...", "ADDRESS"), until_stopped(words[1:])), command
            continue
        is_wrong = "diagnose" in words or "class/case-7.json" in words  # which are shown with wrong numbers
        assert main(words[1:]) == (1 if is_wrong else 0)
        assert fits(shown, capsys.readouterr().out), command


def piped(command):
    """Return what a command, echo, printf or a program in Python, writes into a pipe."""
    name, *words = shlex.split(command)
    if name in ("echo", "printf"):
        return " ".join(words).replace("\\n", "\n").encode()
    assert name == "python3"
    return subprocess.run([sys.executable, *words], check=True, capture_output=True, timeout=60).stdout


def until_stopped(words):
    """Return what `purenet lab` prints, its address shortened; the page is there, and an interrupt stops it with exit code 0."""
    command = [
        sys.executable,
        "-c",
        "from purenet.command_line import main; raise SystemExit(main())",
        *words,
        "--no-browser",
    ]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            lines = [process.stdout.readline(), process.stdout.readline()]
            with urllib.request.urlopen(lines[0].strip(), timeout=10) as page:
                assert b"<title>" in page.read()
            process.send_signal(signal.SIGINT)
            assert process.wait(10) == 0
        finally:
            process.kill()
    return re.sub(r"(?<=127\.0\.0\.1:)\S+", "ADDRESS", "".join(lines))


def test_the_program_with_weights_of_its_own_is_right_when_its_mistake_is_mended(capsys, monkeypatch, tmp_path):
    """From an empty folder to a diagnosis are three commands: new, the program, diagnose. Here its two loops change places."""
    monkeypatch.chdir(tmp_path)
    assert main("golden new 2-4-1 --no-biases --data xor --learning-rate 0.5".split()) == 0
    text = read("tests", "adapters", "own_weights.py")
    assert capsys.readouterr().out.split("inputs = ")[0].split("\n", 2)[2] in text  # the weights, as they are pasted
    update = "    for j in range(4):\n        weights_K[0][j] -= learning_rate * delta * hidden[j]\n"
    assert text.count(update) == 1
    mended = text.replace(update, "").replace('    print(f"step{step}.J', update + '    print(f"step{step}.J')
    (tmp_path / "mynet.py").write_text(mended, encoding="utf-8")
    (tmp_path / "values.tsv").write_bytes(piped("python3 mynet.py"))
    assert main(["golden", "diagnose", "xor-2-4-1.json", "values.tsv"]) == 0
    assert "All that is reported agrees: 8 of 64 quantities." in capsys.readouterr().out


def test_the_comparison_would_notice_a_difference():
    assert fits("...\nb\n...\n", "a\nb\nc\n")
    assert not fits("...\nb\n...\n", "a\nB\nc\n")
    assert not fits("a\nb\n", "a\nb\nc\n")


@pytest.mark.parametrize("page, examples", list(zip(PAGES, (10, 13, 14, 33, 12, 0, 0))))
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
    others = [os.path.join("walkthroughs", f"{name}.md") for name in ("README", "vocabulary", "bridges")]
    for page in (*PAGES, *others):
        for target in re.findall(r"\]\(([^)]+)\)", read(page)):
            if not target.startswith("http"):
                path, _, heading = target.partition("#")
                path = os.path.normpath(os.path.join(ROOT, os.path.dirname(page), path))
                assert os.path.exists(path), target
                headings = re.findall(r"^#+ (.*)$", read(path), re.MULTILINE) if heading else []
                assert not heading or heading in [text.lower().replace(" ", "-") for text in headings], target
