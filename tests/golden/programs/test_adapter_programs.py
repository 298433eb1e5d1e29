"""The complete adapters in tests/adapters, each run by the command line with the real toolchain, all cases."""

import json
import os
import random
import shutil
import subprocess
import sys

import pytest

from purenet.cases import load_case
from purenet.command_line import main
from purenet.golden.diagnosis.check import Check
from purenet.golden.generate import as_read
from purenet.golden.programs.adapter import function_answer
from purenet.golden.values.certify import certify
from tests.adapters import plain
from tests.golden.random_cases import random_perceptrons

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "adapters")
PYTHON = f'"{sys.executable}"'


def path(name):
    return f'"{os.path.join(FOLDER, name)}"'


def check_all(capsys, command, *options):
    """Return the lines of the check of all cases that do not agree, and the exit code."""
    code = main(["golden", "check", "--all", "--command", command, "--timeout", "60", "--format", "csv", *options])
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 46  # a header, and the cases
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
    assert check_all(capsys, *compiled(tmp_path, flags)) == ([], 0)


def compiled(tmp_path, flags):
    """Return the command of the adapter in C, and the options that it needs."""
    binary = str(tmp_path / "adapter")
    compiler = program("cc").strip('"')
    source = os.path.join(FOLDER, "adapter.c")
    subprocess.run([compiler, "-std=c99", *flags.split(), source, "-o", binary, "-lm"], check=True, timeout=120)
    return f'"{binary}"', "--protocol", "tsv"


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_numpy(capsys, dtype):
    pytest.importorskip("numpy", reason="numpy is not installed: pip install 'purenet[peers]'")
    assert check_all(capsys, f"{PYTHON} {path('with_numpy.py')} --dtype {dtype}") == ([], 0)


@pytest.mark.slow
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_pytorch(capsys, dtype):
    pytest.importorskip("torch", reason="PyTorch is not installed: pip install 'purenet[torch]'")
    assert check_all(capsys, f"{PYTHON} {path('with_torch.py')} --dtype {dtype}") == ([], 0)


# the starts do one example at a time with plain gradient descent, sigmoid layers and half squared error: these ten cases
START_CASES = [
    *(
        "a1-single-examples",
        "all-half",
        "g1-extreme-sigmoid",
        "h-integer-weights",
        "mazur-trained-biases",
        "one-neuron",
    ),
    *("sigmoid-2-2-1", "two-hidden-layers", "xor-2-4-1", "xor-2-4-1-no-biases"),
]


def check_start(capsys, command, *options):
    """Assert that a start agrees with the cases that it can do, all weights after each step, and skips all others."""
    check = ["golden", "check", "--all", "--command", command, "--timeout", "60", "--format", "csv", *options]
    assert main(check) == 0
    lines = [line.split(",") for line in capsys.readouterr().out.splitlines()[1:]]
    assert [line[0] for line in lines if line[1] == "agrees"] == START_CASES
    assert {line[1] for line in lines} == {"agrees", "skipped"} and len(lines) == 45


def test_the_start_in_python(capsys):
    check_start(capsys, f"{PYTHON} {path('start.py')}")


def test_the_start_in_javascript(capsys):
    check_start(capsys, f"{program('node')} {path('start.js')}")


def test_the_start_in_c(capsys, tmp_path):
    binary = str(tmp_path / "start")
    command = [program("cc").strip('"'), "-std=c99", "-Wall", "-Wextra", "-Werror", path("start.c").strip('"')]
    subprocess.run([*command, "-o", binary, "-lm"], check=True, timeout=120)
    check_start(capsys, f'"{binary}"', "--protocol", "tsv")


@pytest.mark.slow
def test_the_start_in_java(capsys, tmp_path):
    command = [program("javac").strip('"'), "-d", str(tmp_path), path("Start.java").strip('"')]
    subprocess.run(command, check=True, timeout=120)
    command = f'{program("java")} -cp "{tmp_path}" Start'
    for name, verdict in ("xor-2-4-1", "agrees"), ("xor-2-4-1-no-biases", "agrees"), ("relu-softmax", "skipped"):
        main(["golden", "check", name, "--protocol", "tsv", "--command", command, "--timeout", "60", "--format", "csv"])
        assert f"{name},{verdict}" in capsys.readouterr().out  # each case takes a new Java machine, half a second


def test_the_start_in_go(capsys, tmp_path):
    binary = str(tmp_path / "start")
    subprocess.run(
        [program("go").strip('"'), "build", "-o", binary, path("start.go").strip('"')], check=True, timeout=300
    )
    check_start(capsys, f'"{binary}"', "--protocol", "tsv")


def wrapped(train, name, layout="neuron,input"):
    """Return the check of a case that a wrapped network does, called by a Python function."""
    case = load_case(name)
    return Check(case, function_answer(train, case, "float64", layout).values)


def test_a_wrapped_network_of_micrograd():
    pytest.importorskip("micrograd", reason="micrograd is not installed: pip install 'purenet[peers]'")
    from tests.adapters.with_micrograd import train

    assert wrapped(train, "e-relu").passed and wrapped(train, "relu-two-steps").passed
    with pytest.raises(pytest.skip.Exception, match="only relu"):
        wrapped(train, "a-sigmoid")


def test_a_wrapped_class_in_numpy():
    pytest.importorskip("numpy", reason="numpy is not installed: pip install 'purenet[peers]'")
    from tests.adapters.with_a_numpy_class import train

    for name in ("a-sigmoid", "a3-not-square", "xor-batch", "xor-2-4-1", "sigmoid-2-2-1"):
        assert wrapped(train, name, "input,neuron").passed
    assert not wrapped(train, "a-sigmoid").passed
    with pytest.raises(pytest.skip.Exception, match="only with biases"):
        wrapped(train, "xor-2-4-1-no-biases", "input,neuron")


def test_plain_python_knows_every_unit_and_shared_biases():
    source, agreed = random.Random(6), 0
    for _ in range(30):
        case = random_perceptrons(source)
        case.certified = as_read(certify(case))
        answer = function_answer(plain.run, case, "float64")
        agreed += Check(case, answer.values).passed
    assert agreed == 30


def test_programs_skip_a_case_whose_neurons_share_a_bias(capsys, tmp_path):
    check_skips(capsys, tmp_path, f"{program('node')} {path('node.js')}")
    check_skips(capsys, tmp_path, *compiled(tmp_path, "-O0"))
    pytest.importorskip("numpy", reason="numpy is not installed: pip install 'purenet[peers]'")
    check_skips(capsys, tmp_path, f"{PYTHON} {path('with_numpy.py')}")


@pytest.mark.slow
def test_pytorch_skips_a_case_whose_neurons_share_a_bias(capsys, tmp_path):
    pytest.importorskip("torch", reason="PyTorch is not installed: pip install 'purenet[torch]'")
    check_skips(capsys, tmp_path, f"{PYTHON} {path('with_torch.py')}")


def check_skips(capsys, tmp_path, command, *options):
    first = {"activation": "sigmoid", "weights": [[0.75]], "biases": [0.25]}
    last = {"activation": "sigmoid", "weights": [[0.5], [0.25]], "biases": 0.5, "shared_bias": True}
    case = {"format_version": 1, "id": "sharing", "network": {"layers": [first, last]}, "learning_rate": 0.5}
    file = tmp_path / "sharing.json"
    file.write_text(json.dumps({**case, "examples": [{"inputs": [1], "targets": [1, 0]}]}), encoding="utf-8")
    assert main(["golden", "generate", str(file), "-o", str(tmp_path), "--force"]) == 0
    check = ["golden", "check", str(file), "--command", command, "--timeout", "60", "--format", "csv", *options]
    assert main(check) == 1
    assert "sharing,skipped,,,no layer here whose neurons share a bias" in capsys.readouterr().out


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
