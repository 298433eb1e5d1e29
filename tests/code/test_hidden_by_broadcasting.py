"""The lines of chapter 19 that make a mistake: put into the program with NumPy, each is diagnosed by that name."""

import contextlib
import io
import re

import pytest

from purenet.book import load_chapter
from purenet.cases import load_case
from purenet.code.matrix_programs import numpy_program
from purenet.golden.diagnosis.check import Check
from purenet.golden.diagnosis.diagnosis import Diagnosis
from purenet.golden.diagnosis.findings import diagnosis_section
from purenet.golden.programs.reported import Values, parse_values
from tests.sampling import slow

HIDDEN = load_chapter("19_from_sums_to_matrices.py").blocks.__globals__["HIDDEN"]
BIAS = re.compile(r"grad_b_(\w) = (Delta_\w)\.sum\(axis=0, keepdims=True\) / n.*")
POWERS = "powers = np.exp(x - x.max(axis=1, keepdims=True))  # smaller, so that none is infinite"
SUM = "powers.sum(axis=1, keepdims=True)"


def with_bias_line(text, line):
    """Return a program whose gradients of biases are computed by a line of the chapter."""
    code = line.split(", ")[-1] if line.startswith("grad_W") else line.split(" = ")[1]
    return BIAS.sub(lambda m: f"grad_b_{m[1]} = {code.replace('Delta', m[2])} * np.ones_like(b_{m[1]})", text)


def with_softmax_line(text, line):
    """Return a program whose softmax divides as a line of the chapter does."""
    assert line.startswith("Y = P / P")
    return text.replace(POWERS, "powers = np.exp(x)").replace(SUM, "powers" + line[len("Y = P / P") :])


PLANTED = {
    "bias-gradient-scalar-sum": ("a3-not-square", with_bias_line),
    "bias-gradient-scalar-mean": ("a3-not-square", with_bias_line),
    "bias-batch-sum": ("a3-not-square", with_bias_line),
    "softmax-over-batch": ("b-softmax-cross-entropy", with_softmax_line),
    "softmax-over-examples": ("b-softmax-cross-entropy", with_softmax_line),
}


@pytest.mark.parametrize("id", [list(PLANTED)[0], *map(slow, list(PLANTED)[1:])])
def test_a_line_of_chapter_19_is_diagnosed_by_its_name(id):
    pytest.importorskip("numpy", reason="numpy is not installed")
    name, plant = PLANTED[id]
    case, output = load_case(name), io.StringIO()
    right = numpy_program(case)
    text = plant(right, HIDDEN[id])
    assert text != right
    with contextlib.redirect_stdout(output):
        exec(compile(text, "program.py", "exec"), {})
    lines = [
        line for line in output.getvalue().splitlines() if "example" not in line or "bias_gradients" not in line
    ]  # a program of this kind has no gradients of one example alone
    values = Values(case, parse_values("\n".join(lines), "the program"), "float64")
    section = diagnosis_section(Diagnosis([Check(case, values)]))
    assert any(id in sentence for sentence in section.sentences) or id in section.title
