"""The options of `purenet walkthrough` and `purenet picture` that say what is traced."""

import json
import os
import random
import shutil
import subprocess

import pytest

from purenet import build_network, save_network, trace_case
from purenet.arithmetic.pencil import Pencil
from purenet.cases import load_case
from purenet.drawing.converted import converter
from tests.commands.test_networks import run

FORWARD = {
    "format_version": 1,
    "id": "forward",
    "network": {"layers": [{"activation": "sigmoid", "weights": [[1, 2]], "biases": [-3]}]},
    "examples": [{"inputs": [-1, 3]}],
}


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    save_network("saved.json", build_network([2, 2, 1], source=random.Random(1)))
    (tmp_path / "forward.json").write_text(json.dumps(FORWARD))


def test_what_a_case_declares_is_what_is_traced(capsys):
    code, out, _ = run(capsys, "walkthrough", "xor-batch", "--width", "100")
    assert code == 0
    assert "1 training step of 4 examples; the gradient of a training step is the mean of those of its examples." in out
    assert "∇w_i1j1  (∇w_i1j1⁽¹⁾ + ∇w_i1j1⁽²⁾ +" in out and "Step 53. Before and after, example 4" in out


def test_examples_batches_and_steps_can_be_chosen(capsys):
    _, out, _ = run(capsys, "walkthrough", "xor-batch", "--examples", "2-3", "--batch", "2", "--steps", "3")
    assert "3 training steps of 2 examples each" in out and "Update of the weights from J to K, training step 3" in out
    _, alone, _ = run(capsys, "walkthrough", "xor-batch", "--example", "3")
    assert "Inputs: y_i1 = 1.0, y_i2 = 0.0. Targets: t_k1 = 1.0." in alone and "⁽" not in alone


def test_a_trace_says_which_examples_of_the_case_were_chosen(capsys):
    def head(*arguments):
        return run(capsys, "walkthrough", "xor-batch", *arguments)[1].partition("\n\n")[0]

    assert "This is example 3 of the case.\n" in head("--example", "3")
    assert "These are examples 2 to 4 of the case, numbered from 1 here.\n" in head("--examples", "2-4")
    assert "These are examples 1 to 2 of the case.\n" in head("--examples", "1-2")
    assert "of the case" not in head() + head("--example", "3", "--inputs", "1,0")


def test_several_inputs_are_several_examples(files, capsys):
    options = ["--inputs", "1,0", "--target", "1", "--inputs", "0,1", "--target", "0", "--learning-rate", "0.1"]
    _, out, _ = run(capsys, "walkthrough", "saved.json", *options, "--batch", "2")
    assert "y_i1⁽²⁾ = 0.0, y_i2⁽²⁾ = 1.0. Targets: t_k1⁽²⁾ = 0.0." in out and "1 training step of 2 examples" in out


def test_any_network_can_be_rounded_by_hand(files, capsys):
    options = ["--inputs", "1,0.5", "--target", "1", "--learning-rate", "0.1"]
    _, out, _ = run(capsys, "walkthrough", "saved.json", *options, "--round", "3")
    assert "By hand: every number to 3 decimals, rounded half up (≈)" in out and "≈ " in out
    _, cut, _ = run(capsys, "walkthrough", "saved.json", *options, "--significant", "2", "--truncate")
    assert "By hand: every number to 2 significant digits, cut off (≈)" in cut


def test_the_rules_of_a_case_come_before_rounding_for_all(capsys):
    _, out, _ = run(capsys, "walkthrough", "2x2x1", "--round", "2", "--step", "3")
    assert "≈ 0.731" in out  # its own rule is three significant digits


def test_a_mistake_can_be_summarized_and_drawn(capsys):
    """The second loss of Mazur's text, 0.291027924, comes from this mistake."""
    mistake = ["mazur", "--mistake", "updated-weights-in-hidden-delta"]
    _, out, _ = run(capsys, "walkthrough", *mistake, "--summary", "--digits", "9")
    # ∇w_i1j1: 0.05 · 0.241300709 · (0.138498562 · 0.35891648 − 0.038098237 · 0.511301270), the published numbers
    assert "0.000364722878" in out
    _, out, _ = run(capsys, "picture", *mistake, "--step", "18")
    assert "0.291028" in out


def test_a_mistake_can_be_traced(capsys):
    _, out, _ = run(capsys, "walkthrough", "batch-mean", "--mistake", "batch-mean-twice", "--step", "32")
    assert "/ 3 / 3" in out
    _, out, _ = run(capsys, "walkthrough", "batch-mean", "--mistake", "batch-mean-twice")
    assert out.splitlines()[0].endswith(", with the mistake batch-mean-twice")
    assert "Words and rules are those of the right program, formulas and numbers" in " ".join(out.split())


def test_a_second_pass_on_request(capsys):
    _, without, _ = run(capsys, "walkthrough", "momentum-batches")
    _, with_it, _ = run(capsys, "walkthrough", "momentum-batches", "--second-pass")
    assert "A second forward pass" not in without
    assert "A second forward pass, example 5" in with_it and "y_j1⁽⁵⁾⁺⁺" in with_it


def test_all_neurons_of_a_wide_network_on_request(tmp_path, capsys):
    save_network(str(tmp_path / "wide.json"), build_network([3, 20, 1], source=random.Random(1)))
    options = [str(tmp_path / "wide.json"), "--inputs", "1,2,3", "--target", "1", "--learning-rate", "0.1"]
    _, elided, _ = run(capsys, "walkthrough", *options, "--step", "3")
    _, whole, _ = run(capsys, "walkthrough", *options, "--step", "3", "--all")
    assert "… 15 more" in elided and "y_j7" not in elided
    shortened = "Wide layers are shortened: --all, in Python everything=True, shows every row."
    assert shortened in run(capsys, "walkthrough", *options)[1]
    assert shortened not in run(capsys, "walkthrough", *options, "--all")[1]
    assert "more" not in whole and "y_j7 " in whole


@pytest.mark.parametrize("format", ["text", "markdown", "latex", "html", "json", "csv"])
def test_tables_of_wide_networks_are_elided_with_a_count_in_every_format(format, tmp_path, capsys):
    save_network(str(tmp_path / "wide.json"), build_network([3, 20, 1], source=random.Random(1)))
    options = [str(tmp_path / "wide.json"), "--inputs", "1,2,3", "--target", "1", "--learning-rate", "0.1"]
    _, out, _ = run(capsys, "walkthrough", *options, "--format", format, "--step", "3")
    assert ('"left_out": 15' if format == "json" else "15 more") in out


def test_a_case_without_targets_is_a_forward_pass(files, capsys):
    code, out, _ = run(capsys, "walkthrough", "forward.json")
    assert code == 0 and "0.8807970779778823" in out and "Targets" not in out and "Step 4" not in out


def test_a_case_with_targets_but_without_a_learning_rate_goes_back_but_does_not_move(files, capsys):
    with open("forward.json", "w") as file:
        json.dump({**FORWARD, "examples": [{"inputs": [-1, 3], "targets": [1]}]}, file)
    code, out, _ = run(capsys, "walkthrough", "forward.json")
    assert code == 0 and "Step 6. Gradients of the weights from I to J" in out and "Step 7" not in out


def test_a_trace_in_matrices_has_examples_in_columns_or_in_rows(files, capsys):
    _, columns, _ = run(capsys, "walkthrough", "xor-batch", "--matrices", "--step", "4")
    _, rows, _ = run(capsys, "walkthrough", "xor-batch", "--matrices", "--step", "4", "--rows", "--ascii")
    assert (
        columns
        == """\
Step 4. Net inputs of layer K
Row k of W_K has the weights of neuron k: its product with the column of an example is the sum of
this neuron. b_K is repeated as each column (broadcasting).

    X_K                               = W_K        · Y_J                              + b_K
    1×4                               = 1×2        · 2×4                              + 1×1
    [0.15 0.268719 0.256703 0.360247] = [−0.6 0.9] · ⎡0.5 0.450166 0.574443 0.524979⎤ + [0.0]
                                                     ⎣0.5 0.598688 0.668188 0.75026 ⎦
"""
    )
    assert (
        rows
        == """\
Step 4. Net inputs of layer K
Column k of W_K^T, which is row k of W_K, has the weights of neuron k: the product of the row of an
example with it is the sum of this neuron. b_K is repeated as each row (broadcasting).

    X_K        = Y_J                 @ W_K^T  + b_K
    4x1        = 4x2                 @ 2x1    + 1x1
    [0.15    ]   [0.5      0.5     ]
    [0.268719] = [0.450166 0.598688] @ [-0.6] + [0.0]
    [0.256703]   [0.574443 0.668188]   [ 0.9]
    [0.360247]   [0.524979 0.75026 ]
"""
    )


SAVED = ["saved.json", "--inputs", "1,0", "--target", "1", "--learning-rate", "0.1"]


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["xor-batch", "--steps", "0"], "the number of steps must be a whole number of at least 1, not 0"),
        (["xor-batch", "--batch", "0"], "the batch size must be a whole number of at least 1, not 0"),
        (["xor-batch", "--examples", "3-9"], "there is no example 5: xor-batch has 4"),
        (["xor-batch", "--round", "31"], "--round takes 0 to 30 digits, not 31"),
        (["xor-batch", "--significant", "0"], "--significant takes 1 to 30 digits, not 0"),
        (["xor-batch", "--truncate"], "say to how many digits: --round with decimals, or --significant"),
        (["xor-batch", "--round", "2", "--significant", "3"], "say --round or --significant, not both"),
        (["xor-batch", "--round", "2", "--truncate", "--half-even"], "say --truncate or --half-even, not both"),
        (["xor-batch", "--mistake", "delta-sing-flipped"], "did you mean delta-sign-flipped?"),
        (
            ["xor-batch", "--inputs", "1,0", "--inputs", "0,1"],
            "say as many --target as --inputs: each pair is an example",
        ),
        ([*SAVED, "--inputs", "1,1"], "there are 2 lists of inputs and 1 of targets"),
        ([*SAVED, "--example", "2"], "leave out --example: saved.json is a saved network, and no case"),
        ([*SAVED, "--mistake", "delta-sign-flipped"], "leave out --mistake: saved.json is a saved network"),
        (["forward.json", "--second-pass"], "there is no second pass: the case has no learning_rate"),
        (["forward.json", "--learning-rate", "1"], "leave out --learning-rate: forward.json has no targets"),
        (["xor-batch", "--step", "99"], "there is no step 99: the trace has steps 1 to 54"),
        (["xor-batch", "--mistake", "gradient-transposed"], "the program stops"),
        (["xor-batch", "--rows"], "--rows goes with --matrices"),
        (["xor-batch", "--only", "δ_j1"], "--only goes with --matrices"),
        (["xor-batch", "--matrices", "--summary"], "say --matrices or --summary, not both"),
        (["xor-batch", "--matrices", "--only", "y_i1⁽¹⁾"], "y_i1⁽¹⁾ is given: no matrix is computed for it"),
        (["xor-batch", "--matrices", "--only", "E", "--step", "2"], "leave out --step"),
        (["xor-batch", "--matrices", "--only", "E", "--format", "csv"], "one quantity is shown in a format for people"),
        (["xor-batch", "--matrices", "--mistake", "delta-sign-flipped"], "a program with a mistake has no matrix view"),
    ],
)
def test_wrong_options_are_told_in_one_sentence(arguments, words, files, capsys):
    code, out, err = run(capsys, "walkthrough", *arguments)
    assert code == 2 and out == "" and words in err and err.count("\n") == 1


MINE = {
    "format_version": 1,
    "title": "My 3-4-2 network",
    "network": {
        "layers": [
            {
                "activation": "logistic",
                "weights_by": "input",
                "weights": [[0.1, 0.2, -0.3, 0.4], [0.5, -0.6, 0.7, 0.8], [-0.9, 0.15, 0.25, 0.35]],
                "biases": [0.1, 0.2, 0.3, 0.4],
            },
            {
                "activation": "logistic",
                "bias_in": "last",
                "weights": [[0.3, 0.25, -0.55, 0.75, 0.05], [-0.2, 0.45, 0.65, -0.85, -0.05]],
            },
        ]
    },
    "examples": [{"inputs": [0.5, -1.0, 2.0], "targets": [1, 0]}, {"inputs": [1.5, 0.25, -0.75], "targets": [0, 1]}],
    "batch_sizes": [2],
    "learning_rate": 0.5,
}


@pytest.mark.parametrize("format", ["text", "markdown", "latex", "html", "json", "csv"])
def test_a_batch_of_a_network_of_ones_own_is_rounded_by_hand_in_every_format_and_in_python(format, tmp_path, capsys):
    path = tmp_path / "mine.json"
    path.write_text(json.dumps(MINE))
    code, out, _ = run(capsys, "walkthrough", str(path), "--round", "4", "--format", format, "--width", "100")
    assert code == 0
    # j1 on example 1: x = 0.05 − 0.5 − 1.8 + 0.1 = −2.15, y = 1 / (1 + e^2.15) = 0.10433… ≈ 0.1043
    assert "0.1043" in out and "0.10433122311900131" in out
    pencil = Pencil.for_all("decimals", 4)
    assert trace_case(load_case(path), rounding=pencil).to(format, width=100) == out


def without(data, *path):
    """Return a copy of the data of a case, with a value at a path, or without it if the value is None."""
    *path, value = path
    copy = json.loads(json.dumps(data))
    place = copy
    for part in path[:-1]:
        place = place[part]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return copy


@pytest.mark.parametrize(
    "path, words",
    [
        (("network", "layers", 0, "activation", "logistik"), "did you mean 'logistic'"),
        (("network", "layers", 0, "weights_by", "inputs"), "weights_by is 'inputs' but must be"),
        (("network", "layers", 0, "weights_by", None), "weights_by"),  # the table does not fit: a hint
        (("network", "layers", 1, "bias_in", "middle"), "bias_in is 'middle' but must be"),
        (("network", "layers", 1, "biases", [0, 0]), "bias"),
        (("network", "layers", 0, "thresholds", [1, 2, 3, 4]), "thresholds"),
        (("network", "layers", 0, "shared_bias", 1), "shared_bias must be true or false"),
        (("network", "layers", 0, "shared_bias", True), "shared_bias is true, so the neurons must have one bias"),
        (("examples", 0, "targets", None), "examples[0] lacks the field 'targets'"),
        (("published", {"y_j9": "0.5"}), "there is no quantity y_j9 in example 1"),
        (("published", {"example 3": {"y_j1": "0.5"}}), "there is no example 3"),
        (("published", {"y_j1": "0,5"}), "write a point before the decimals"),
        (("published", {"epochs until E < x": "5"}), "the limit must be digits such as"),
        (("rounding", {"y": {"decimals": 3, "mode": "down"}}), "rounding of y must be"),
        (("rounding", {"t": {"decimals": 3}}), "rounding of t: only"),
        (("rounding", {"v": {"decimals": 3}}), "rounding of v: no such quantity is written down"),
    ],
)
def test_wrong_fields_of_a_case_are_told_in_one_sentence(path, words, tmp_path, capsys):
    file = tmp_path / "mine.json"
    file.write_text(json.dumps(without(MINE, *path)))
    code, out, err = run(capsys, "walkthrough", str(file))
    assert code == 2 and out == "" and words in err and err.count("\n") == 1


@pytest.mark.skipif(converter("pdf") is None, reason="rsvg-convert is not installed: apt-get install librsvg2-bin")
def test_a_standalone_document_has_its_pictures_beside_it(tmp_path, capsys):
    path = tmp_path / "my_first 2x2x1.tex"
    arguments = ["walkthrough", "2x2x1", "--format", "latex", "--standalone", "--step", "7-8", "-o", str(path)]
    assert run(capsys, *arguments) == (0, "", "")
    names = ["my-first-2x2x1-step07.pdf", "my-first-2x2x1-step08.pdf", "my_first 2x2x1.tex"]
    assert sorted(os.listdir(tmp_path)) == names
    assert (tmp_path / names[0]).read_bytes().startswith(b"%PDF-")
    text = path.read_text(encoding="utf-8")
    assert text.count(r"\includegraphics") == 2 and f"{{{names[0]}}}" in text and f"{{{names[1]}}}" in text
    assert run(capsys, *arguments)[0] == 2  # nothing is overwritten
    path.unlink()
    code, _, err = run(capsys, *arguments)
    assert code == 2 and "step07.pdf exists already" in err and not path.exists()
    assert run(capsys, *arguments, "--force")[0] == 0 and path.exists()


def test_a_standalone_document_without_a_converter_has_no_pictures_and_says_why(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("purenet.commands.walkthrough.converter", lambda kind: None)
    path = str(tmp_path / "a.tex")
    code, out, err = run(capsys, "walkthrough", "2x2x1", "--format", "latex", "--standalone", "-o", path)
    reason = (
        "a PDF file needs a program that draws SVG, and none is installed: install rsvg-convert (librsvg2-bin in Debian) "
        "or CairoSVG (pip install cairosvg)"
    )
    assert (code, out, err) == (0, "", f"purenet: {path} has no pictures: {reason}\n")
    assert os.listdir(tmp_path) == ["a.tex"] and "includegraphics" not in open(path, encoding="utf-8").read()


def test_a_standalone_document_on_standard_output_has_no_pictures(capsys):
    code, out, err = run(capsys, "walkthrough", "2x2x1", "--format", "latex", "--standalone")
    assert code == 0 and out.startswith(r"\documentclass") and "includegraphics" not in out and err == ""


def test_a_standalone_document_makes_no_folder(tmp_path, capsys):
    path = str(tmp_path / "none" / "a.tex")
    code, _, err = run(capsys, "walkthrough", "2x2x1", "--format", "latex", "--standalone", "-o", path)
    assert (code, os.listdir(tmp_path)) == (2, []) and "there is no folder" in err


@pytest.mark.parametrize("options", [["--format", "html"], [], ["--format", "latex", "--summary"]])
def test_only_a_whole_walkthrough_in_latex_is_standalone(options, capsys):
    code, out, err = run(capsys, "walkthrough", "2x2x1", "--standalone", *options)
    assert (code, out) == (2, "")
    assert "--standalone makes a whole document of --format latex, without --summary" in err


def test_a_chapter_is_shown_in_place_of_a_case(capsys):
    code, out, err = run(capsys, "walkthrough", "--chapter", "3")
    assert (code, err) == (0, "")
    assert out.startswith("Chapter 3. A hidden layer\n=========================\n\n")
    assert "\nStep 9. Deltas of layer J\n" in out


@pytest.mark.parametrize(
    "options, problem",
    [
        (["--chapter", "99"], "there is no chapter 99: they are 0 to "),
        (["2x2x1", "--chapter", "3"], "leave out the case: a chapter is shown as it is written"),
        (["--chapter", "3", "--format", "latex"], "a chapter is written as text, markdown or html, not as latex"),
        (["--chapter", "x"], "argument --chapter: 'x' is not a whole number of at least 0"),
        (["--chapter", "3", "--digits", "0"], "leave out --digits: a chapter is shown as it is written"),
        (["--chapter", "3", "--step", "2"], "leave out --step: a chapter is shown as it is written"),
    ],
)
def test_what_is_no_chapter_or_does_not_go_with_one_is_refused(capsys, options, problem):
    code, out, err = run(capsys, "walkthrough", *options)
    assert (code, out) == (2, "")
    assert err.startswith("purenet: ") and problem in err


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="there is no pdflatex: apt-get install texlive-latex-base")
@pytest.mark.skipif(converter("pdf") is None, reason="rsvg-convert is not installed: apt-get install librsvg2-bin")
def test_a_standalone_document_with_its_pictures_is_compiled(tmp_path, capsys):
    path = str(tmp_path / "trace.tex")
    run(capsys, "walkthrough", "softmax-three-classes", "--format", "latex", "--standalone", "-o", path)
    command = ["pdflatex", "-interaction=nonstopmode", "trace.tex"]
    assert subprocess.run(command, cwd=tmp_path, stdout=subprocess.DEVNULL, check=False).returncode == 0
    log = (tmp_path / "trace.log").read_text(encoding="latin-1")
    assert log.count("<use trace-step") == 24 and "Overfull" not in log
