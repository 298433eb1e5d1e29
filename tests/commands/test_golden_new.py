import io
import json
import os
import sys
from decimal import Decimal

import pytest

from purenet.cases import load_case
from purenet.command_line import main


def run(capsys, *arguments):
    code = main(["golden", *map(str, arguments)])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def pasted(literal):
    names = {}
    exec(literal, names)
    return names


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)


def test_a_case_is_written_and_its_weights_are_printed(capsys):
    code, out, err = run(capsys, "new", "2-4-1", "--no-biases", "--data", "xor", "--learning-rate", "0.7")
    assert code == 0 and sorted(os.listdir()) == ["xor-2-4-1.json", "xor-2-4-1.tsv"]
    assert err.startswith(
        "purenet: xor-2-4-1.json and .tsv written: 4 steps, in which 76 of 197 known mistakes would show"
    )
    assert err.endswith("purenet:     ./mynet | purenet golden diagnose xor-2-4-1.json -\n")
    case, names = load_case("xor-2-4-1.json"), pasted(out)
    assert case.learning_rate == Decimal("0.7") and case.batch_sizes == [1, 1, 1, 1]
    assert names["weights_J"] == [[-0.21, -0.86], [-0.62, -0.49], [0.64, -0.22], [-0.99, 0.11]]
    assert names["weights_J"] == [[float(w) for w in weights] for weights, _, _ in case.network_data.layers[0]]
    assert "biases_J" not in names and names["inputs"] == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert "delta-sign-flipped" not in case.blind_to and "l2-missing" in case.blind_to
    with open("xor-2-4-1.tsv", encoding="utf-8") as file:
        assert "weights\tK\t0.56\t0.29\t0.15\t0.06\n" in file.read()


def test_a_case_with_another_descent_has_its_settings_alone(capsys):
    words = "2-2-1 --data xor --descent adamw --beta1 0.8 --weight-decay 0.1 --id own"
    assert run(capsys, "new", *words.split())[0] == 0
    with open("own.json", encoding="utf-8") as file:
        data = json.load(file)
    settings = {name: data[name] for name in ("descent", "beta1", "beta2", "epsilon", "weight_decay")}
    assert settings == {"descent": "adamw", "beta1": 0.8, "beta2": 0.999, "epsilon": 1e-8, "weight_decay": 0.1}
    assert "momentum" not in data and "adamw-decay-coupled" not in data["blind_to"]
    code, _, err = run(capsys, "new", *words.split(), "--momentum", "0.9", "--force")
    assert (code, err.splitlines()[-1]) == (
        2,
        "purenet: leave out --momentum: it belongs to the descents gradient and nesterov, not to adamw",
    )


def test_every_option_is_in_the_case(capsys):
    words = "2,3,2 --hidden tanh --last softmax --data mine.csv --learning-rate 0.25 --batch-size 2 --gradient sum"
    words += " --momentum 0.9 --weight-decay 0.01 --epochs 2 --seed 7 --examples 3 --id my-case -o there --literal c"
    with open("mine.csv", "w") as file:
        file.write("0.1,0.2,b\n0.3,0.4,a\n0.5,0.6,a\n0.7,0.8,b\n0.9,1.0,b\n")
    code, out, err = run(capsys, "new", *words.split())
    assert code == 0 and sorted(os.listdir("there")) == ["my-case.json", "my-case.tsv"]
    with open(os.path.join("there", "my-case.json"), encoding="utf-8") as file:
        data = json.load(file)
    assert [layer["activation"] for layer in data["network"]["layers"]] == ["tanh", "softmax"]
    assert data["network"]["loss"] == "cross-entropy" and data["batch_sizes"] == [2, 1, 2, 1]
    assert [data[name] for name in ("learning_rate", "gradient", "momentum", "weight_decay")] == [
        0.25,
        "sum",
        0.9,
        0.01,
    ]
    assert data["examples"][:3] == data["examples"][3:] == [
        {"inputs": [0.1, 0.2], "targets": [0.0, 1.0]},
        {"inputs": [0.3, 0.4], "targets": [1.0, 0.0]},
        {"inputs": [0.5, 0.6], "targets": [1.0, 0.0]},
    ]  # fmt: skip
    assert "double biases_J[3] = {" in out and "there/my-case.json and .tsv written: 4 steps" in err.replace("\\", "/")
    assert run(capsys, "new", "2-3-2", "--data", "mine.csv", "--output", "softmax", "--batch", "2")[2].startswith(
        "purenet: these are the first 4 of 5 examples; --examples takes more\npurenet: mine-2-3-2.json and .tsv written: 2 steps"
    )


def test_the_weights_of_ones_own_program_are_taken_as_it_printed_them(capsys, monkeypatch):
    """Mazur's example by its own numbers; the sum of its two losses is published as 0.298371109."""
    with open("mazur.csv", "w") as file:
        file.write("0.05,0.10,0.01,0.99\n")
    text = "[[0.15 0.25]\n [0.20 0.30]]\n[0.35 0.35]\n[[0.40 0.50]\n [0.45 0.55]]\n[0.60 0.60]\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    code, out, _ = run(capsys, "new", "2-2-2", "--data", "mazur.csv", "--like", "-", "--weights", "input,neuron")
    names = pasted(out)
    assert code == 0 and names["weights_J"] == [[0.15, 0.25], [0.2, 0.3]] and names["biases_K"] == [0.6, 0.6]
    entry = {entry["name"]: entry for entry in load_case("mazur-2-2-2.json").certified}["step1.example1.loss"]
    assert entry["true"][0].startswith("0.298371108760002")


def test_the_weights_of_a_saved_network_are_taken_with_all_their_digits(capsys):
    assert main(["train", "xor", "--epochs", "3", "--quiet", "--save", "model.json", "--stop-loss", "9"]) == 0
    capsys.readouterr()
    code, out, _ = run(capsys, "new", "--from", "model.json", "--data", "xor")
    with open("model.json", encoding="utf-8") as file:
        layers = json.load(file)["network"]["layers"]
    names = pasted(out)
    assert code == 0 and names["weights_J"] == layers[0]["weights"] and names["biases_K"] == layers[1]["biases"]
    assert [kind.name for _, _, kind in load_case("xor-2-2-1.json").network_data.layers[1]] == ["identity"]


@pytest.mark.parametrize(
    "words, message",
    [
        ("2-4-1", "say which examples: --data xor, and, or, digits, or a CSV file"),
        ("--data xor", "say how large the layers are: 2-4-1 for 2 inputs, 4 hidden neurons and 1 output"),
        ("2-x-1 --data xor", "the layers are at least two sizes of 1 to 99999, such as 2,3,1 or 2-3-1, not '2-x-1'"),
        ("2-4-1 --data iris", "there is no data 'iris': built in are xor, and, or, digits; a CSV file of your own ends in .csv"),
        ("2-4-1 --data iris.csv", "cannot read iris.csv: no such file or directory"),
        ("3-4-1 --data xor", "xor has 2 inputs and 1 target, but the layers 3-4-1 begin with 3 and end with 1"),
        ("2-4-1 --data xor --hidden sigmoyd", "there is no activation of hidden layers 'sigmoyd'"),
        ("2-4-1 --data xor --loss mse", "there is no loss 'mse': choose one of half squared error"),
        ("2-4-1 --data xor --bias x", "--bias takes a number, drawn or none, not 'x'"),
        ("2-4-1 --data xor --learning-rate nan", "learning_rate must be a finite number, not nan"),
        ("2-4-1 --data xor --learning-rate 1e308 --last identity", "the loss has become inf: lower the learning rate"),
        ("2-4-1 --data xor --examples 5", "--examples is 1 to 4, as many as xor has, and not 5"),
        ("2-4-1 --data xor --batch-size 5", "--batch-size is 1 to 4, as many as there are examples, and not 5"),
        ("2-4-1 --data xor --epochs 0", "the number of epochs must be at least 1"),
        ("2-999-999-1 --data xor", "1000998 weights times 4 examples are more than the 500,000 gradients that a case may have"),
        ("2-4-1 --data xor --id ../evil", "the new case: the id '../evil' must be made of letters, digits and hyphens"),
        ("2-4-1 --data xor --literal rust", "argument --literal: invalid choice: 'rust'"),
        ("2-4-1 --data xor --weights rows", "the layout of weights is neuron,input or input,neuron, not 'rows'"),
        ("2-4-1 --data xor -o no/where", "cannot write no/where: there is no folder"),
        ("2-4-1 --data xor --like none.txt", "cannot read none.txt: no such file or directory"),
        ("2-4-1 --data xor --like - --seed 1", "leave out --seed: --like says what the weights are"),
        ("2-4-1 --data xor --like - --bias 0.5", "leave out --bias: --like says what the biases are"),
        ("2-4-1 --data xor --like -", "standard input holds 2 numbers, and the network 2-4-1 needs 17: the 8 weights of J"),
        ("2-4-1 --data - --like -", "standard input is one file only: name the others"),
        ("2-4-1 --data xor --from -", "leave out 2-4-1: standard input is a whole network"),
        ("--data xor --from - --hidden tanh", "leave out --hidden: standard input is a whole network"),
        ("--data xor --from - --like x", "say either --like or --from, not both"),
        ("--data xor --from -", "standard input is not JSON: line 1, column 3"),
    ],
)  # fmt: skip
def test_bad_usage_gets_one_sentence_and_writes_nothing(capsys, monkeypatch, words, message):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"1 2")))
    code, out, err = run(capsys, "new", *words.split())
    assert (code, out) == (2, "") and err.startswith("purenet: ") and len(err.splitlines()) == 1 and message in err
    assert os.listdir() == []


def test_no_file_is_overwritten_unless_asked(capsys):
    arguments = ["new", "2-1", "--data", "and"]
    assert run(capsys, *arguments)[0] == 0
    os.remove("and-2-1.json")
    with open("and-2-1.tsv", encoding="utf-8") as file:
        before = file.read()
    message = "purenet: and-2-1.tsv exists already: name another file, or say --force to overwrite it\n"
    assert run(capsys, *arguments, "--learning-rate", "0.25") == (2, "", message)
    assert os.listdir() == ["and-2-1.tsv"]
    assert run(capsys, *arguments, "--learning-rate", "0.25", "--force")[0] == 0
    with open("and-2-1.tsv", encoding="utf-8") as file:
        assert sorted(os.listdir()) == ["and-2-1.json", "and-2-1.tsv"] and file.read() != before
