"""`purenet mistakes`: the catalogue, one mistake, and a program that makes it."""

import subprocess
import sys

import pytest

from purenet.command_line import main
from purenet.golden.mistakes import CATALOGUE
from purenet.golden.mistakes.listing import listing


def printed(capsys, *arguments):
    assert main(["mistakes", *arguments]) == 0
    return capsys.readouterr().out


def test_a_program_is_written_that_diagnose_names(capsys, tmp_path):
    path = str(tmp_path / "wrong.py")
    assert printed(capsys, "delta-factor-two", "--program", "-o", path) == ""
    assert main(["golden", "diagnose", "h-integer-weights", "--command", f"{sys.executable} {path}"]) == 1
    assert "`purenet mistakes delta-factor-two` explains it." in capsys.readouterr().out


def test_without_an_id_the_right_program_is_written(capsys):
    assert printed(capsys, "--program") == listing()
    assert printed(capsys, "l2-sign", "--program") == listing(CATALOGUE["l2-sign"])


def test_a_program_in_ascii_runs_as_well(capsys, tmp_path):
    text = printed(capsys, "--program", "--ascii")
    assert text.isascii()
    path = tmp_path / "right.py"
    path.write_text(text, encoding="ascii")
    start = '{"cmd": "start", "version": 1}\n'
    done = subprocess.run([sys.executable, str(path)], input=start, capture_output=True, text=True, timeout=60)
    assert '"the plain program"' in done.stdout and done.stderr == ""


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["--matrix"], "--program writes a program: leave out --matrix"),
        (["delta-factor-two", "--case", "mazur"], "--program writes a program: leave out --case"),
        (["--width", "80"], "--program writes a program: leave out --width"),
        (["--format", "html"], "--program writes a program, in Python: leave out --format"),
        (["delta-factor"], "there is no mistake 'delta-factor': did you mean delta-factor-two?"),
    ],
)
def test_what_a_program_has_no_use_for_is_an_error(capsys, arguments, message):
    assert main(["mistakes", "--program", *arguments]) == 2
    assert capsys.readouterr().err == f"purenet: {message}\n"
