"""Literals, each run by the language itself: it prints the numbers again, with as many digits as a float64 needs."""

import json
import shutil
import subprocess
from decimal import Decimal

import pytest

from purenet.cases import Case
from purenet.golden.literals import literal

CASE = {
    "id": "mine",
    "network": {
        "layers": [
            {
                "activation": "sigmoid",
                "weights": [[Decimal("-0.10"), 2], [Decimal("1E+3"), 12345678901]],
                "biases": None,
            },
            {"activation": "tanh", "weights": [[Decimal("0.1000000000000000055511151231257827"), -3]], "biases": [1]},
        ]
    },
    "examples": [{"inputs": [0, 1], "targets": [1]}, {"inputs": [Decimal("1e-9"), 2], "targets": [0]}],
    "learning_rate": 1,
}
NUMBERS = {
    "weights_J": [[-0.1, 2.0], [1000.0, 12345678901.0]],
    "weights_K": [[0.1, -3.0]],
    "biases_K": [1.0],
    "inputs": [[0.0, 1.0], [1e-9, 2.0]],
    "targets": [[1.0], [0.0]],
}
FLAT = [-0.1, 2.0, 1000.0, 12345678901.0, 0.1, -3.0, 1.0, 0.0, 1.0, 1e-9, 2.0, 1.0, 0.0]

PRINTED = "weightsJ weightsK biasesK inputs targets".split()
C = """#include <stdio.h>
int main(void) {
    %s
    double *tables[] = {*weights_J, *weights_K, biases_K, *inputs, *targets};
    int sizes[] = {sizeof weights_J, sizeof weights_K, sizeof biases_K, sizeof inputs, sizeof targets};
    for (int n = 0; n < 5; n++)
        for (int i = 0; i < sizes[n] / (int) sizeof(double); i++)
            printf("%%.17g\\n", tables[n][i]);
}
"""
JAVA = """public class Main {
    %s
    public static void main(String[] arguments) {
        Main main = new Main();
        Object[] tables = {main.weightsJ, main.weightsK, new double[][] {main.biasesK}, main.inputs, main.targets};
        for (Object table : tables)
            for (double[] row : (double[][]) table)
                for (double number : row)
                    System.out.println(number);
    }
}
"""
GO = """package main
import "fmt"
%s
func main() {
    for _, table := range [][][]float64{weightsJ, weightsK, {biasesK}, inputs, targets} {
        for _, row := range table {
            for _, number := range row {
                fmt.Println(number)
            }
        }
    }
}
"""


def program(name):
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def printed(folder, name, text, *commands):
    """Write a program, run commands in its folder, and return the numbers that the last one prints."""
    (folder / name).write_text(text, encoding="utf-8")
    for command in commands:
        done = subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
    return [float(word) for word in done.stdout.split()]


def test_python_reads_its_literal():
    names = {}
    exec(literal(Case(CASE)), names)
    assert {name: names[name] for name in NUMBERS} == NUMBERS
    assert "biases_J" not in names  # a layer without biases


def test_numpy_reads_its_literal():
    pytest.importorskip("numpy", reason="numpy is not installed: pip install 'purenet[peers]'")
    names = {}
    exec(literal(Case(CASE), "numpy"), names)
    assert {name: names[name].tolist() for name in NUMBERS} == NUMBERS
    assert {str(names[name].dtype) for name in NUMBERS} == {"float64"}


def test_c_reads_its_literal(tmp_path):
    build = [program("cc"), "-std=c99", "-Wall", "-Werror", "main.c", "-o", "main"]
    assert printed(tmp_path, "main.c", C % literal(Case(CASE), "c"), build, [str(tmp_path / "main")]) == FLAT


def test_javascript_reads_its_literal(tmp_path):
    text = literal(Case(CASE), "javascript") + f"console.log([{', '.join(PRINTED)}].flat(2).join('\\n'))\n"
    assert printed(tmp_path, "main.js", text, [program("node"), "main.js"]) == FLAT


def test_java_reads_its_literal(tmp_path):
    build, run = [program("javac"), "Main.java"], [program("java"), "-cp", ".", "Main"]
    assert printed(tmp_path, "Main.java", JAVA % literal(Case(CASE), "java"), build, run) == FLAT


def test_go_reads_its_literal(tmp_path):
    assert printed(tmp_path, "main.go", GO % literal(Case(CASE), "go"), [program("go"), "run", "main.go"]) == FLAT


def test_go_is_written_as_its_grammar_wants():
    """For where Go is not installed: composite literals, with a comma after the last row."""
    text = literal(Case(CASE), "go")
    assert "var weightsJ = [][]float64{\n    {-0.10, 2.0},\n    {1e+3, 12345678901.0},\n}\n" in text
    assert "var biasesK = []float64{1.0}\n" in text


def test_the_other_layout_has_a_row_for_each_input():
    names = {}
    text = literal(Case(CASE), by_input=True)
    exec(text, names)
    assert names["weights_J"] == [[-0.1, 1000.0], [2.0, 12345678901.0]]
    assert names["weights_K"] == [[0.1], [-3.0]]
    assert "weights_J[i][j] leads from input i to neuron j" in text


def test_a_neuron_without_a_bias_beside_one_with_a_bias_is_told():
    data = json.loads(json.dumps(CASE, default=float))
    data["network"]["layers"][0]["biases"] = [0.5, None]
    text = literal(Case(data))
    assert "biases_J = [0.5, 0.0]\n" in text and "biases_J has 0.0 where a neuron has no bias" in text
    assert "no bias" not in literal(Case(CASE))
