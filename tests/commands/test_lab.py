import json
import os
import subprocess
import sys

import pytest

import purenet.lab.server
from purenet.command_line import main
from purenet.lab.state import State

CASE = {
    "network": {"layers": [{"activation": "sigmoid", "weights": [[0.5, -0.5]], "biases": [0.25]}]},
    "examples": [{"inputs": [1, 0], "targets": [1]}],
    "learning_rate": 0.5,
}
SAVED = {"format": "purenet network", "format_version": 1, "network": {"loss": "half squared error", **CASE["network"]}}
MAZUR = State(case="mazur").packed()


@pytest.fixture
def served(monkeypatch):
    """Return the list of what is served: nothing is, here."""
    calls = []
    monkeypatch.setattr(purenet.lab.server, "serve", lambda *arguments: calls.append(arguments))
    return calls


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, data in (("case.json", CASE), ("saved.json", SAVED), ("bad.json", {**CASE, "examples": []})):
        (tmp_path / name).write_text(json.dumps(data))
    (tmp_path / "digits.json").write_text(json.dumps(CASE).replace("0.25", "0.250000000000000000000001"))
    (tmp_path / "broken.json").write_text("{")
    (tmp_path / "infinite.json").write_text(json.dumps(CASE).replace("0.25", "1e400"))
    large = {"activation": "sigmoid", "weights": [[0.5] * 601], "biases": [0]}
    data = {**CASE, "network": {"layers": [large]}, "examples": [{"inputs": [0] * 601, "targets": [0]}]}
    (tmp_path / "large.json").write_text(json.dumps(data))
    wide = {"activation": "sigmoid", "weights": [[0.123456789] * 1000] * 50, "biases": [0] * 50}
    example = {"inputs": [0] * 1000, "targets": [0] * 50}
    (tmp_path / "wide.json").write_text(json.dumps({**CASE, "network": {"layers": [wide]}, "examples": [example]}))


@pytest.mark.parametrize(
    "arguments, first",
    [
        ([], {"do": "open", "case": "2x2x1"}),
        (["mazur"], {"do": "open", "case": "mazur"}),
        (["#" + MAZUR], {"do": "open", "address": "#" + MAZUR}),
    ],
)
def test_the_argument_becomes_the_first_request(served, folder, arguments, first):
    assert main(["lab", *arguments]) == 0
    assert served == [(first, 0, True, None)]


def test_a_file_is_sent_as_text_with_all_its_digits(served, folder):
    assert main(["lab", "case.json"]) == main(["lab", "digits.json"]) == 0
    (plain, *_), (with_digits, *_) = served
    assert plain["do"] == with_digits["do"] == "open"
    assert json.loads(plain["data"]) == CASE
    assert '"biases": [0.250000000000000000000001]' in with_digits["data"]


@pytest.mark.parametrize("option", ["--static", "--pyodide"])
def test_a_folder_needs_both_of_its_options(served, folder, option, capsys):
    assert main(["lab", option, "here"]) == 2
    assert "say both --static and --pyodide" in capsys.readouterr().err
    assert served == []


def test_a_saved_network_is_opened_with_the_examples_that_are_given(served, folder):
    options = ["--inputs", "1,0", "--target", "1", "--inputs=-1,0.5", "--target", "0", "--learning-rate", "0.5"]
    assert main(["lab", "saved.json", *options]) == 0
    examples = [{"inputs": [1, 0], "targets": [1]}, {"inputs": [-1, 0.5], "targets": [0]}]
    data = {"title": "saved.json", "network": SAVED["network"], "examples": examples, "learning_rate": 0.5}
    ((first, *_),) = served
    assert (first["do"], json.loads(first["data"])) == ("open", data)


def test_the_port_and_the_browser(served):
    assert main(["lab", "--port", "8123", "--no-browser"]) == 0
    assert served == [({"do": "open", "case": "2x2x1"}, 8123, False, None)]


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["3x3x3"], "there is no case '3x3x3'"),
        (["none.json"], "cannot read none.json"),
        (["bad.json"], "bad.json: examples"),
        (["broken.json"], "broken.json is not JSON"),
        (["infinite.json"], "must be a finite number"),
        (["wide.json"], "wide.json is too large for the lab"),
        (["saved.json"], "say --inputs, --target and --learning-rate as well"),
        (["saved.json", "--inputs", "1", "--target", "1", "--learning-rate", "0.5"], "examples[0]"),
        (["saved.json", "--inputs", "1,nan", "--target", "1", "--learning-rate", "0.5"], "must be a finite number"),
        (["saved.json", "--inputs", "1,0", "--target", "1", "--learning-rate", "inf"], "must be a finite number"),
        (["mazur", "--learning-rate", "0.5"], "leave out --learning-rate, which is for a saved network"),
        (["#x", "--inputs", "1"], "leave out --inputs, which is for a saved network"),
        (["--port", "80"], "80 is not a port from 1024 to 65535"),
        (["--port", "65536"], "65536 is not a port from 1024 to 65535"),
        (["--port", "-1"], "'-1' is not a whole number of at least 0"),
        (["2x2x1", "mazur"], "unknown argument mazur"),
        (["#x"], "this address is not one of the lab, or it was cut short"),
        (["large.json"], "the lab shows at most 600 weights, and these are 601"),
        (["--force"], "leave out --force: only --static writes into a folder"),
        (["--static", "a", "--pyodide", "b", "--port", "8123"], "leave out --port and --no-browser"),
        (["--static", "a", "--pyodide", "b", "--no-browser"], "leave out --port and --no-browser"),
    ],
)
def test_a_wrong_argument_is_one_sentence_and_nothing_is_served(served, folder, capsys, arguments, words):
    assert main(["lab", *arguments]) == 2
    out, err = capsys.readouterr()
    assert (out, served) == ("", [])
    assert err.startswith("purenet: ") and words in err and len(err.splitlines()) == 1


def test_a_taken_port_is_one_sentence(capsys):
    with purenet.lab.server.Lab({}, None) as lab:
        port = lab.server_address[1]
        assert main(["lab", "--no-browser", "--port", str(port)]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.startswith(f"purenet: cannot serve at port {port}: ") and len(err.splitlines()) == 1


def test_help_says_how_it_is_stopped_and_who_can_see_it(capsys):
    with pytest.raises(SystemExit):
        main(["lab", "--help"])
    out = " ".join(capsys.readouterr().out.split())
    assert "Ctrl-C stops it" in out and "on this computer only" in out and "default 2x2x1" in out


def test_no_module_of_a_server_is_loaded_before_the_lab_is_started():
    code = "import sys, purenet.command_line; print(sorted({'http.server', 'socketserver', 'webbrowser'} & {*sys.modules}))"
    root = os.path.dirname(os.path.dirname(os.path.abspath(purenet.__file__)))
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
