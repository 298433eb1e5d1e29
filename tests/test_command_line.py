import io
import json
import os
import re
import subprocess
import sys

import pytest

import purenet
from purenet.command_line import main


def run(capsys, *arguments):
    """Run the command in this process; return its exit code, standard output and standard error."""
    code = main(list(arguments))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def process(*arguments, **options):
    """Run the command as a process of its own."""
    return subprocess.run([sys.executable, "-m", "purenet", *arguments], capture_output=True, timeout=60, **options)


def case_file(tmp_path, **changes):
    """Write a case, and return its path; a change to None leaves a field out."""
    data = {
        "format_version": 1,
        "network": {"layers": [{"activation": "sigmoid", "weights": [[0.5, -0.5]], "biases": [0.25]}]},
        "examples": [{"inputs": [1, 0], "targets": [1]}, {"inputs": [0, 1], "targets": [0]}],
        "learning_rate": 0.5,
        **changes,
    }
    path = tmp_path / "mine.json"
    path.write_text(json.dumps({name: value for name, value in data.items() if value is not None}))
    return str(path)


def forward_only(tmp_path):
    """Write a case without targets and a learning rate, and return its path."""
    return case_file(tmp_path, examples=[{"inputs": [1, 0]}, {"inputs": [0, 1]}], learning_rate=None)


def test_the_walkthrough_shows_every_published_digit_in_its_row(capsys):
    code, out, err = run(capsys, "walkthrough", "2x2x1", "--width", "120")
    assert (code, err) == (0, "")
    rows = {line.split()[0]: line for line in out.splitlines() if line.strip()}
    for symbol, digits in {
        "y_i1": "= 1.0", "x_j1": "= 1.0", "y_j1": "≈ 0.731", "x_k1": "= 0.731", "y_k1": "= 0.731", "δ_k1": "= 0.231",
        "∇w_j1k1": "= 0.168861", "δ_j1": "≈ 0.0227", "∇w_i1j1": "= 0.0227", "w_i1j1⁺": "= 0.499773",
        "w_j1k1⁺": "= 0.49831139", "y_k1⁺": "≈ 0.7285", "∂E/∂y_k1": "= 0.231", "∂E/∂y_k1⁺": "= 0.2285",
    }.items():  # fmt: skip
        assert f" {digits} " in rows[symbol], symbol
    assert out.endswith("26 of 26 published numbers agree with those above.\n")


def test_purenet_alone_is_a_short_help_with_three_examples(capsys):
    code, out, _ = run(capsys)
    assert code == 0
    assert len([line for line in out.split("examples:")[1].splitlines() if line.startswith("  purenet ")]) == 3
    assert len(out.splitlines()) <= 33


def test_version(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["--version"])
    assert stop.value.code == 0
    assert capsys.readouterr().out == f"purenet {purenet.__version__}\n"


def test_cases_lists_what_is_built_in(capsys):
    code, out, _ = run(capsys, "cases")
    assert code == 0
    assert re.search(r"^2x2x1 +The hand-computed 2x2x1 example +2-2-1 +26$", out, re.MULTILINE)


def test_one_step_or_a_range(capsys):
    assert run(capsys, "walkthrough", "2x2x1", "--step", "9")[1].count("Step ") == 1
    assert run(capsys, "walkthrough", "2x2x1", "--step", "7-9")[1].count("Step ") == 3
    assert run(capsys, "walkthrough", "2x2x1", "--step", "7..9")[1].count("Step ") == 3


def test_other_numbers_than_those_of_the_case(capsys):
    code, out, err = run(
        capsys, "walkthrough", "2x2x1", "--inputs", "-1,2", "--target", "-.5", "--learning-rate", "0.1"
    )
    assert (code, err) == (0, "")
    assert "Inputs: y_i1 = −1.0, y_i2 = 2.0. Targets: t_k1 = −0.5. Learning rate: η = 0.1." in out
    assert out.endswith(
        "Published digits\nThey are not compared: this is not the training for which they were published.\n"
    )


def test_the_summary_and_its_digits(capsys):
    out = run(capsys, "walkthrough", "2x2x1", "--summary", "--digits", "4", "--width", "120")[1]
    assert "0.49831139, 0.49831139" in out and "0.4983, 0.4983" in out


def test_a_users_own_case_and_its_examples(capsys, tmp_path):
    path = case_file(tmp_path)
    code, out, _ = run(capsys, "walkthrough", path)
    assert code == 0 and out.startswith("mine.json\n") and "by hand" not in out
    assert "t_j1 = 0.0" in run(capsys, "walkthrough", path, "--example", "2")[1]


def test_published_digits_that_differ_are_a_failed_check(capsys, tmp_path):
    code, out, err = run(capsys, "walkthrough", case_file(tmp_path, published={"x_j1": "0.75", "y_j1": "0.69"}))
    assert code == 1
    assert "1 of 2 published numbers agree" in out
    assert err == f"purenet: {tmp_path}/mine.json: these do not have their published digits: y_j1\n"
    assert "y_j1: published 0.69, here 0.679178699175393. The two differ." in out


def test_output_to_a_file(capsys, tmp_path):
    path = str(tmp_path / "out.md")
    arguments = ["walkthrough", "2x2x1", "--format", "markdown", "-o", path]
    assert run(capsys, *arguments) == (0, "", "")
    with open(path, encoding="utf-8") as file:
        assert file.read().startswith("# The hand-computed 2x2x1 example\n")
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "") and "exists already" in err and len(err.splitlines()) == 1
    assert run(capsys, *arguments, "--force")[0] == 0


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["walkthrough"], "say which case"),
        (["walkthrough", "3x3x3"], "there is no case '3x3x3'"),
        (["walkthrough", "none.json"], "cannot read none.json"),
        (["fly"], "fly"),
        (["walkthrough", "2x2x1", "--colour"], "--colour"),
        (["walkthrough", "2x2x1", "--format", "pdf"], "unknown format 'pdf'"),
        (["cases", "--format", "pdf"], "unknown format 'pdf'"),
        (["cases", "--format", "json"], "unknown format 'json'"),
        (["cases", "--width", "3"], "at least 20 columns"),
        (["walkthrough", "2x2x1", "--step", "15"], "there is no step 15: the trace has steps 1 to 14"),
        (["walkthrough", "2x2x1", "--step", "0"], "there is no step 0"),
        (["walkthrough", "2x2x1", "--step", "nine"], "'nine' is not the number of a step"),
        (["walkthrough", "2x2x1", "--step", "9-7"], "the range 9-7 ends before it begins"),
        (["walkthrough", "2x2x1", "--step", "1-999999999"], "is not the number of a step"),
        (["walkthrough", "2x2x1", "--summary", "--step", "3"], "leave out --step"),
        (["walkthrough", "2x2x1", "--width", "5"], "at least 20 columns"),
        (["walkthrough", "2x2x1", "--width", "wide"], "'wide' is not a whole number"),
        (["walkthrough", "2x2x1", "--digits", "0"], "1 to 17"),
        (["walkthrough", "2x2x1", "--digits", "99"], "1 to 17"),
        (["walkthrough", "2x2x1", "--example", "2"], "there is no example 2"),
        (["walkthrough", "2x2x1", "--inputs", "1"], "takes 2 inputs but got 1"),
        (["walkthrough", "2x2x1", "--inputs", "1,a"], "'a' is not a number"),
        (["walkthrough", "2x2x1", "--inputs", "1,nan"], "input 2 (y_i2) must be a finite number"),
        (["walkthrough", "2x2x1", "--inputs", ""], "'' is not a number"),
        (["walkthrough", "2x2x1", "--target", "1,2"], "has 1 output but got 2 targets"),
        (["walkthrough", "2x2x1", "--target", "inf"], "target 1 (t_k1) must be a finite number"),
        (["walkthrough", "2x2x1", "--target", "1e308", "--inputs", "1e308,1e308"], "overflows"),
        (["walkthrough", "2x2x1", "--learning-rate", "-1"], "must not be negative"),
        (["walkthrough", "2x2x1", "-o", "/none/out.txt"], "cannot write"),
        (["walkthrough", "2x2x1", "-o", "."], "is a directory"),
        (["walkthrough", "2x2x1", "-o", ""], "the name of the file to write is empty"),
        (["walkthrough", "2x2x1", "--colour"], "see purenet walkthrough --help"),
        (["walkthrough", "2x2x1", "--inputs", "-inf,1"], "input 1 (y_i1) must be a finite number"),
    ],
)
def test_bad_input_gets_one_sentence_and_exit_code_2(capsys, arguments, words):
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert err.startswith("purenet: ") and len(err.splitlines()) == 1
    assert words in err


def test_python_m_purenet_is_the_same_command():
    done = process("walkthrough", "2x2x1", "--step", "7", env={**os.environ, "PYTHONIOENCODING": "utf-8"})
    assert (done.returncode, done.stderr) == (0, b"")
    assert "y_k1 − t_k1" in done.stdout.decode()


def test_a_terminal_that_cannot_show_the_symbols_gets_ascii(monkeypatch):
    done = process("walkthrough", "2x2x1", env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.isascii() and b"delta_k1" in done.stdout
    for format in ("markdown", "latex", "html", "json", "csv"):
        terminal = io.TextIOWrapper(io.BytesIO(), encoding="ascii")  # raises an error for any other character
        monkeypatch.setattr("sys.stdout", terminal)
        assert main(["walkthrough", "2x2x1", "--format", format]) == 0
        terminal.flush()
        assert len(terminal.buffer.getvalue()) > 1000
    assert b"delta_k1" in terminal.buffer.getvalue()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full on this system")
@pytest.mark.parametrize(
    "arguments", [["walkthrough", "2x2x1"], ["walkthrough", "2x2x1", "--force", "-o", "/dev/full"]]
)
def test_a_full_disk_is_told(arguments):
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "purenet", *arguments], stdout=full, stderr=subprocess.PIPE, timeout=60
        )
    assert done.returncode == 2
    assert done.stderr.startswith(b"purenet: cannot write") and len(done.stderr.splitlines()) == 1


def test_a_closed_standard_output_is_told():
    command = f"'{sys.executable}' -m purenet cases >&-"
    done = subprocess.run(["sh", "-c", command], stderr=subprocess.PIPE, timeout=60)
    assert (done.returncode, done.stderr) == (2, b"purenet: standard output is closed: there is nowhere to write to\n")


def test_a_closed_pipe_ends_quietly():
    command = [sys.executable, "-u", "-m", "purenet", "walkthrough", "2x2x1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(60) == 0


def test_the_width_is_that_of_the_terminal():
    wide = process("walkthrough", "2x2x1", env={**os.environ, "COLUMNS": "45", "PYTHONIOENCODING": "utf-8"})
    assert max(map(len, wide.stdout.decode().splitlines())) <= 45


def test_a_case_without_targets_has_a_forward_pass_and_nothing_for_options_of_a_training(capsys, tmp_path):
    path = forward_only(tmp_path)
    code, out, err = run(capsys, "walkthrough", path)
    assert (code, err) == (0, "") and "0.679178699175393" in out and "δ" not in out  # σ(0.75)
    # the mistake is in the targets, of which there are none
    code, mistaken, _ = run(capsys, "walkthrough", path, "--mistake", "one-hot-off-by-one")
    steps = [text[text.index("Step 1.") :] for text in (mistaken, out)]
    assert code == 0 and steps[0] == steps[1]
    for option in ("--learning-rate", "--batch"):
        assert run(capsys, "walkthrough", path, option, "1") == (
            2, "", f"purenet: leave out {option}: {path} has no targets, so there is only a forward pass\n"
        )  # fmt: skip
    code, out, err = run(capsys, "walkthrough", path, "--target", "1", "--learning-rate", "0.5")
    assert (code, err) == (0, "") and "−0.0699054" in out  # y·(1 − y)·(y − 1)


def test_a_dash_is_standard_input_wherever_a_file_is_read(capsys, monkeypatch, tmp_path):
    case = case_file(tmp_path)
    with open(case, encoding="utf-8") as file:
        text = file.read()
    saved = str(tmp_path / "saved.json")
    assert main(["train", "and", "--epochs", "1", "--stop-loss", "9", "--quiet", "--save", saved]) == 0
    with open(saved, encoding="utf-8") as file:
        network = file.read()
    for data, arguments, words in [
        (text, ["walkthrough", "-", "--summary"], "standard input\n"),
        (text, ["walkthrough", "--summary", "-"], "standard input\n"),
        (text, ["summary", "--width", "80", "-"], "sigmoid"),
        (text, ["predict", "-"], "0.679"),  # σ(0.5 + 0.25)
        (text, ["train", "--case", "-", "--epochs", "1", "--quiet"], "Loss: 0.0755597."),
        (network, ["predict", "--inputs", "0,1", "-"], "Outputs of -"),
        (network, ["walkthrough", "-", "--inputs", "0,1", "--target", "1", "--learning-rate", "1"], "x_j1"),
        ("0,1,1\n1,0,0\n", ["train", "--data", "-", "--layers", "2,1", "--epochs", "1", "--quiet"], "standard input"),
    ]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data.encode())))
        capsys.readouterr()
        code, out, err = run(capsys, *arguments)
        assert (code, err) == (0, "") and words in out, arguments
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"0,x,1\n")))
    assert run(capsys, "train", "--data", "-", "--layers", "2,1")[2] == (
        "purenet: standard input: line 1, column 2 must be a number, not 'x'\n"
    )


def test_options_and_other_arguments_come_in_any_order(capsys):
    expected = run(capsys, "cases", "--verify", "2x2x1", "one-neuron", "--width", "80")
    assert run(capsys, "cases", "2x2x1", "--width", "80", "one-neuron", "--verify") == expected
    assert run(capsys, "mistakes", "--ascii", "delta-sign-flipped")[0] == 0
