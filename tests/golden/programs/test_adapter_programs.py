"""The complete adapters in tests/adapters, each run by the command line with the real toolchain, all cases."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from purenet.command_line import main

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "adapters")
PYTHON = f'"{sys.executable}"'


def path(name):
    return f'"{os.path.join(FOLDER, name)}"'


def check_all(capsys, command, *options):
    """Return the lines of the check of all cases that do not agree, and the exit code."""
    code = main(["golden", "check", "--all", "--command", command, "--timeout", "60", "--format", "csv", *options])
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 25  # a header, and the cases
    return [line for line in lines[1:] if ",agrees," not in line], code


def program(name):
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return f'"{found}"'


def test_plain_python(capsys):
    assert check_all(capsys, f"{PYTHON} {path('plain.py')}") == ([], 0)


def test_javascript(capsys):
    assert check_all(capsys, f"{program('node')} {path('node.js')}") == ([], 0)


def test_c(capsys, tmp_path):
    check_c(capsys, tmp_path, "-O2")


@pytest.mark.slow
@pytest.mark.parametrize("flags", ["-O3 -ffast-math", "-O2 -DREAL=float", "-O3 -ffast-math -DREAL=float"])
def test_c_in_other_ways(capsys, tmp_path, flags):
    check_c(capsys, tmp_path, flags)


def check_c(capsys, tmp_path, flags):
    binary = str(tmp_path / "adapter")
    compiler = program("cc").strip('"')
    source = os.path.join(FOLDER, "adapter.c")
    subprocess.run([compiler, "-std=c99", *flags.split(), source, "-o", binary, "-lm"], check=True, timeout=120)
    assert check_all(capsys, f'"{binary}"', "--protocol", "tsv") == ([], 0)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_numpy(capsys, dtype):
    pytest.importorskip("numpy", reason="numpy is not installed: pip install 'purenet[peers]'")
    assert check_all(capsys, f"{PYTHON} {path('with_numpy.py')} --dtype {dtype}") == ([], 0)


@pytest.mark.slow
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_pytorch(capsys, dtype):
    pytest.importorskip("torch", reason="PyTorch is not installed: pip install 'purenet[torch]'")
    assert check_all(capsys, f"{PYTHON} {path('with_torch.py')} --dtype {dtype}") == ([], 0)


def test_a_mistake_made_in_an_adapter_is_named(capsys, tmp_path):
    with open(os.path.join(FOLDER, "plain.py"), encoding="utf-8") as file:
        text = file.read()
    right = (
        "return [sum(weight * delta for weight, delta in zip(column, self.deltas)) for column in zip(*self.weights)]"
    )
    wrong = "return [sum(weight * delta for weight, delta in zip(row, self.deltas)) for row in self.weights]"
    assert right in text
    broken = tmp_path / "broken.py"
    broken.write_text(text.replace(right, wrong), encoding="utf-8")
    command = f'{PYTHON} "{broken}"'
    assert main(["golden", "diagnose", "a-sigmoid", "--command", command, "--format", "text"]) == 1
    out = capsys.readouterr().out
    assert "These numbers are those of a known mistake." in out and "weights-transposed-backward" in out
    assert json.dumps("weights-transposed-backward") not in out
