import os
import subprocess
import sys

import pytest

from purenet.command_line import main

pty = pytest.importorskip("pty", reason="there are no pseudo-terminals here")
CODES = ("NO_COLOR", "FORCE_COLOR", "COLUMNS")
STEP = ("walkthrough", "2x2x1", "--step", "7")


def on_a_terminal(*arguments, **variables):
    """Return what a command writes to a terminal."""
    environment = {name: value for name, value in os.environ.items() if name not in CODES}
    environment.update({"TERM": "xterm", "PYTHONIOENCODING": "utf-8", **variables})
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "purenet", *arguments]
    with subprocess.Popen(command, stdout=theirs, stdin=theirs, stderr=subprocess.PIPE, env=environment) as process:
        os.close(theirs)
        written = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:  # the other end is closed
                part = b""
            written += part
            if not part:
                break
    os.close(ours)
    assert process.returncode == 0
    return written.decode().replace("\r\n", "\n")


def in_a_pipe(*arguments, **variables):
    """Return what a command writes into a pipe."""
    environment = {name: value for name, value in os.environ.items() if name not in CODES}
    environment.update({"PYTHONIOENCODING": "utf-8", **variables})
    command = [sys.executable, "-m", "purenet", *arguments]
    return subprocess.run(command, capture_output=True, check=True, env=environment).stdout.decode()


def test_a_terminal_gets_bold_headings_and_green_results():
    text = on_a_terminal(*STEP)
    assert "\x1b[1mStep 7. Deltas of layer K\x1b[0m" in text and "\x1b[32m= 0.231\x1b[0m" in text


def test_a_verdict_has_its_colour():
    assert "\x1b[32mright\x1b[0m" in on_a_terminal("cases", "--verify", "mazur")


@pytest.mark.parametrize("variables", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {"NO_COLOR": "0", "FORCE_COLOR": "1"}])
def test_a_terminal_that_wants_no_colour_gets_none(variables):
    assert on_a_terminal(*STEP, **variables) == in_a_pipe(*STEP)


def test_pipes_and_files_get_no_colour(tmp_path):
    assert "\x1b" not in in_a_pipe(*STEP)
    path = tmp_path / "a.txt"
    in_a_pipe(*STEP, "-o", str(path), FORCE_COLOR="1")
    assert "\x1b" not in path.read_text(encoding="utf-8")


def test_colour_can_be_asked_for_and_refused():
    coloured = in_a_pipe(*STEP, "--color", "always")
    assert "\x1b[32m= 0.231\x1b[0m" in coloured
    assert in_a_pipe(*STEP, FORCE_COLOR="1") == in_a_pipe(*STEP, "--color", "always", NO_COLOR="1") == coloured
    assert "\x1b" not in on_a_terminal(*STEP, "--color", "never")


@pytest.mark.parametrize("format", ["markdown", "latex", "html", "json", "csv"])
def test_other_formats_have_no_colour(format):
    assert "\x1b" not in on_a_terminal(*STEP, "--format", format)


@pytest.mark.parametrize(
    "arguments, what", [(["-o", "a.txt"], "a file has"), (["--format", "json"], "the format json has")]
)
def test_colours_that_cannot_be_shown_are_refused(capsys, tmp_path, monkeypatch, arguments, what):
    monkeypatch.chdir(tmp_path)
    assert main([*STEP, "--color", "always", *arguments]) == 2
    assert capsys.readouterr().err == f"purenet: leave out --color always: {what} no colours for a terminal\n"


def test_codes_in_a_title_do_not_act_on_a_terminal(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("0,1,\x1b[41mred\n1,0,blue\n", encoding="utf-8")
    text = on_a_terminal("train", "--data", str(path), "--layers", "2,2", "--epochs", "1", "--quiet")
    assert "\x1b[1m" in text and "\x1b[41m" not in text
