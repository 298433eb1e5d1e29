import json
import random
import re
import signal
import subprocess
import sys
import time

import pytest

from purenet import Uniform, build_network, load_network, save_network
from purenet.commands.training import started
from tests.test_command_line import run
from tests.test_datasets import mnist_files
from tests.test_network import parameters


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def test_and_is_learned_and_shown(capsys):
    code, out, err = run(capsys, "train", "and", "--quiet")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "Trained on and"
    assert lines[2] == "Network 2-1, 4 examples, seed 1."
    assert lines[3].endswith("Accuracy: 100.0 %.")
    assert [line.split("  ")[0] for line in lines[-4:]] == ["0.0, 0.0", "0.0, 1.0", "1.0, 0.0", "1.0, 1.0"]


def test_the_same_seed_repeats_a_run_bit_for_bit_and_another_does_not(capsys, tmp_path):
    texts = []
    for name, seed in (("a", "5"), ("b", "5"), ("c", "6")):
        path = str(tmp_path / name)
        run(
            capsys, "train", "digits", "--layers", "64,4,10", "--epochs", "1", "--quiet", "--seed", seed, "--save", path
        )
        texts.append(read(path))
    assert texts[0] == texts[1] != texts[2]


@pytest.mark.parametrize(
    "options",
    [
        [],
        ["--batch-size", "7"],
        ["--momentum", "0.5", "--weight-decay", "0.001"],
        ["--momentum", "0.9", "--bias", "none"],
        ["--momentum", "0.9", "--rate-schedule", "exponential:0.5"],
        ["--hold-out", "5", "--patience", "9"],
        ["--descent", "nesterov", "--momentum", "0.8"],
        ["--descent", "adam", "--weight-decay", "0.01", "--batch-size", "7"],
        ["--descent", "adamw", "--weight-decay", "0.01", "--beta1", "0.8", "--beta2", "0.99", "--epsilon", "1e-6"],
    ],
)
def test_a_resumed_training_is_one_that_had_not_stopped(capsys, tmp_path, options):
    whole, parts = str(tmp_path / "whole"), str(tmp_path / "parts")
    start = ["train", "--data", points(tmp_path), "--layers", "2,3,2", "--learning-rate", "0.05", "--quiet", *options]
    assert run(capsys, *start, "--epochs", "3", "--save", whole)[0] == 0
    assert run(capsys, *start, "--epochs", "1", "--save", parts)[0] == 0
    assert run(capsys, "train", "--resume", parts, "--epochs", "3", "--quiet")[0] == 0
    assert read(parts) == read(whole)


def test_a_training_that_was_saved_when_there_was_momentum_alone_is_resumed(capsys, tmp_path):
    whole, parts = str(tmp_path / "whole"), str(tmp_path / "parts")
    start = ["train", "--data", points(tmp_path), "--layers", "2,3,2", "--momentum", "0.5", "--quiet"]
    assert run(capsys, *start, "--epochs", "3", "--save", whole)[0] == 0
    assert run(capsys, *start, "--epochs", "1", "--save", parts)[0] == 0
    data = json.loads(read(parts))
    data["training"]["velocities"] = data["training"].pop("memories")["velocities"]
    for name in ("descent", "beta1", "beta2", "epsilon"):
        del data["training"]["settings"][name]
    (tmp_path / "parts").write_text(json.dumps(data))
    assert run(capsys, "train", "--resume", parts, "--epochs", "3", "--quiet")[0] == 0
    assert read(parts) == read(whole)


def test_a_saved_training_without_the_moments_of_its_descent_is_refused(capsys, tmp_path):
    path = tmp_path / "adam.json"
    run(capsys, "train", "or", "--descent", "adam", "--epochs", "2", "--quiet", "--save", str(path))
    data = json.loads(read(path))
    del data["training"]["memories"]["second_moments"]
    path.write_text(json.dumps(data))
    code, _, err = run(capsys, "train", "--resume", str(path), "--epochs", "3", "--quiet")
    assert (code, err) == (2, "purenet: the second moments of the saved training do not fit its network\n")


def test_a_finished_training_that_is_resumed_stays_as_it_is(capsys, tmp_path):
    path = str(tmp_path / "or.json")
    run(capsys, "train", "or", "--quiet", "--save", path)
    before = read(path)
    code, _, err = run(capsys, "train", "--resume", path, "--quiet")
    assert (code, err) == (0, "purenet: this training is already complete\n")
    assert read(path) == before


def interrupt_at(step):
    """Return a method to show progress that sends Ctrl-C after so many steps."""

    def show(progress, _):
        if progress.run.steps == step:
            signal.raise_signal(signal.SIGINT)

    return show


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["xor", "--epochs", "20000"], "purenet: the formulas of a step are compiled, with 9 numbers to learn"),
        (["xor", "--epochs", "100"], ""),
        (["--case", "xor-batch", "--epochs", "20000"], "purenet: the formulas of a step are compiled, with"),
    ],
)
def test_compiled_formulas_are_used_where_they_are_faster_and_verbose_says_so(arguments, said, capsys):
    _, _, err = run(capsys, "train", *arguments, "--quiet", "--verbose")
    assert said in err and ("compiled" in err) == bool(said)
    _, _, err = run(capsys, "train", *arguments, "--quiet")
    assert "compiled" not in err


@pytest.mark.parametrize(
    "start, steps",
    [
        (
            ["digits", "--layers", "64,4,10", "--epochs", "2", "--learning-rate", "0.05", "--batch-size", "10"],
            (10, 200),
        ),
        (["xor", "--batch-size", "1", "--epochs", "3000"], (400, 8000)),
    ],
)
def test_ctrl_c_ends_after_a_step_or_an_epoch_of_compiled_formulas_and_can_be_resumed(
    start, steps, capsys, monkeypatch, tmp_path
):
    whole, parts = str(tmp_path / "whole"), str(tmp_path / "parts")
    start = ["train", *start, "--save"]
    ended = run(capsys, *start, whole)[0]
    for step, arguments in zip(steps, ([*start, parts], ["train", "--resume", parts])):
        monkeypatch.setattr("purenet.commands.training.Progress.show", interrupt_at(step))
        code, _, err = run(capsys, *arguments)
        assert code == 130 and json.loads(read(parts))["training"]["steps"] == step
        assert "interrupted in epoch" in err and "--resume" in err
    assert run(capsys, "train", "--resume", parts)[0] == ended
    assert read(parts) == read(whole)


def test_within_an_epoch_it_goes_on_with_the_learning_rate_and_the_best_epoch_that_it_had(
    capsys, monkeypatch, tmp_path
):
    whole, parts = str(tmp_path / "whole"), str(tmp_path / "parts")
    start = ["train", "--data", points(tmp_path), "--layers", "2,3,2", "--epochs", "4", "--momentum", "0.9"]
    start += ["--rate-schedule", "step:2:0.5", "--hold-out", "5", "--patience", "3", "--save"]
    assert run(capsys, *start, whole)[0] == 0
    for step, arguments in ((50, [*start, parts]), (110, ["train", "--resume", parts])):  # 48 steps are an epoch
        monkeypatch.setattr("purenet.commands.training.Progress.show", interrupt_at(step))
        assert run(capsys, *arguments)[0] == 130 and json.loads(read(parts))["training"]["steps"] == step
    assert run(capsys, "train", "--resume", parts)[0] == 0
    assert read(parts) == read(whole)
    assert json.loads(read(whole))["training"]["best"][0] in (2, 3, 4)


def test_a_file_saved_before_there_were_schedules_and_patience_is_resumed(capsys, tmp_path):
    path, earlier = saved(capsys, tmp_path), str(tmp_path / "earlier.json")
    data = json.loads(read(path))
    del (
        data["training"]["best"],
        data["training"]["settings"]["rate_schedule"],
        data["training"]["settings"]["patience"],
    )
    (tmp_path / "earlier.json").write_text(json.dumps(data))
    for resumed in (path, earlier):
        assert run(capsys, "train", "--resume", resumed, "--epochs", "2000", "--stop-loss", "0", "--quiet")[0] == 1
    assert read(path) == read(earlier) and json.loads(read(path))["training"]["steps"] == 8000


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to a process")
def test_a_process_that_is_interrupted_says_so_and_saves(tmp_path):
    path = str(tmp_path / "digits")
    arguments = [sys.executable, "-m", "purenet", "train", "digits", "--epochs", "1000", "--save", path]
    for seconds in (1, 5, 25):  # a busy machine may take that long to begin
        with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
            time.sleep(seconds)
            running.send_signal(signal.SIGINT)
            out, err = running.communicate(timeout=60)
        assert running.returncode == 130 and b"Traceback" not in err
        if b"interrupted in epoch" in err:
            break
    assert b"interrupted in epoch" in err and b"--resume" in err
    load_network(path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of a file")
@pytest.mark.parametrize("limit", [0, 100, 5000])
def test_a_save_that_is_killed_leaves_a_whole_file(tmp_path, limit):
    """The system kills a program as soon as it writes more bytes than it may."""
    path = str(tmp_path / "network.json")
    network = build_network([40, 60, 40], weights=Uniform(0, 1), source=random.Random(1))
    save_network(path, network)
    script = (
        "import random, resource, signal, sys\n"
        "from purenet import build_network, save_network\n"
        "network = build_network([40, 60, 40], source=random.Random(2))\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_DFL)\n"
        "resource.setrlimit(resource.RLIMIT_CORE, (0, 0))\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))\n"
        "save_network(sys.argv[1], network, overwrite=True)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, path], capture_output=True, timeout=60)
    assert (done.returncode, done.stderr) == (-signal.SIGXFSZ, b"")
    assert parameters(load_network(path)) == parameters(network)


def test_progress_is_plain_lines_when_standard_error_is_no_terminal(capsys, monkeypatch):
    monkeypatch.setattr("purenet.commands.training.Progress.PAUSES", (0.0, 0.0))
    err = run(capsys, "train", "and", "--epochs", "3", "--stop-loss", "9")[2]
    first = err.splitlines()[0]
    assert first.startswith("epoch 1 of 3, loss ")
    assert "examples/s, 0:00:0" in first and first.endswith(" left") and "\r" not in err


@pytest.mark.parametrize("hidden, loss", [("LeakyReLU", "MSE"), ("leaky-relu", "bce"), ("leaky relu", "cross_entropy")])
def test_activations_and_losses_have_the_names_of_other_texts(capsys, tmp_path, hidden, loss):
    path = str(tmp_path / "saved")
    last = "softmax" if loss == "cross_entropy" else "sigmoid"
    start = ["train", "--data", points(tmp_path), "--layers", "2,3,2", "--epochs", "1", "--quiet", "--save", path]
    code, _, err = run(capsys, *start, "--hidden", hidden, "--last", last, "--loss", loss)
    if loss == "MSE":  # which texts use for three losses
        assert code == 2 and err.startswith("purenet: there is no loss 'MSE': choose one of half squared error, ")
        return
    settings = json.loads(read(path))["training"]["settings"]
    assert settings["hidden"] == "leaky relu"
    assert settings["loss"] == {"bce": "binary cross-entropy", "cross_entropy": "cross-entropy"}[loss]


def test_progress_shows_what_is_held_out_and_a_learning_rate_that_follows_the_epoch(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr("purenet.commands.training.Progress.PAUSES", (0.0, 0.0))
    start = ["train", "--data", points(tmp_path), "--layers", "2,2", "--epochs", "2", "--batch-size", "60"]
    err = run(capsys, *start, "--hold-out", "5", "--rate-schedule", "factors:1,0.25")[2]
    first, second = err.splitlines()
    for line, rate in ((first, "0.1"), (second, "0.025")):
        assert re.search(
            rf", held out: loss [0-9.]+, accuracy [0-9.]+ %, learning rate {rate}, [0-9]+ examples/s", line
        )
    plain = run(capsys, *start)[2]
    assert "held out" not in plain and "learning rate" not in plain


def test_a_goal_that_is_not_reached_is_a_failed_check(capsys):
    code, out, err = run(capsys, "train", "xor", "--hidden", "identity", "--epochs", "50", "--quiet")
    assert code == 1
    assert err == "purenet: 50 epochs did not reach a loss below 0.0001\n"
    assert "Epochs: 50." in out


@pytest.mark.parametrize(
    "given, loss",
    [
        ({}, "cross-entropy"),
        ({"last": "sigmoid"}, "half squared error"),
        ({"last": "softmax"}, "cross-entropy"),
        ({"last": "softmax", "loss": "squared error"}, "squared error"),
        ({"last": "sigmoid", "loss": "binary cross-entropy"}, "binary cross-entropy"),
    ],
)
def test_the_loss_suits_the_last_layer_unless_it_is_given(given, loss):
    assert started({"data": "digits", **given}).network.loss.name == loss


def points(tmp_path):
    """Write a file of points of two classes, and return its path."""
    path = tmp_path / "points.csv"
    source = random.Random(1)
    lines = ["x,y,side"]
    for _ in range(60):
        x, y = source.uniform(-1, 1), source.uniform(-1, 1)
        lines.append(f"{x},{y},{'left' if x < 0 else 'right'}")
    path.write_text("\n".join(lines))
    return str(path)


def test_a_csv_file_of_classes(capsys, tmp_path):
    arguments = [
        "--data",
        points(tmp_path),
        "--layers",
        "2,3,2",
        "--last",
        "softmax",
        "--hold-out",
        "5",
        "--epochs",
        "60",
        "--quiet",
    ]
    code, out, err = run(capsys, "train", *arguments)
    assert (code, err) == (0, "")
    assert "Network 2-3-2, 48 examples, seed 1." in out
    share = float(out.split("Held out: 12 examples, accuracy ")[1].split(" %")[0])
    assert share >= 90
    saved_path = str(tmp_path / "saved.json")
    run(capsys, "train", *arguments, "--save", saved_path)
    out = run(capsys, "predict", saved_path, "--inputs", "-0.9,0", "--inputs", "0.9,0", "--digits", "2")[1]
    assert [line.split()[-1] for line in out.splitlines()[-2:]] == ["left", "right"]


def test_targets_that_are_no_classes_have_no_accuracy(capsys, tmp_path):
    path = tmp_path / "line.csv"
    path.write_text("\n".join(f"{x / 10},{3 * x / 10}" for x in range(20)))
    arguments = ["--data", str(path), "--layers", "1,1", "--last", "identity", "--hold-out", "4", "--quiet"]
    code, out, _ = run(capsys, "train", *arguments)
    assert code == 0 and "Accuracy" not in out and "Held out: 5 examples, loss " in out
    assert "--stop-accuracy needs targets" in run(capsys, "train", *arguments, "--stop-accuracy", "0.5")[2]


def test_what_was_learned_before_an_overflow_is_saved(capsys, tmp_path):
    path, saved_path = tmp_path / "data.csv", str(tmp_path / "saved.json")
    path.write_text("1,1\n" * 50 + "1e200,1\n")
    arguments = ["--data", str(path), "--layers", "1,1", "--last", "identity", "--epochs", "2", "--quiet"]
    code, out, err = run(capsys, "train", *arguments, "--save", saved_path)
    assert (code, out) == (2, "")
    assert "the loss has become inf" in err and f"what was learned before is saved in {saved_path}" in err
    load_network(saved_path)


def test_a_training_goes_on_where_its_data_has_moved(capsys, tmp_path):
    old, new, path = tmp_path / "old.csv", tmp_path / "new.csv", str(tmp_path / "saved.json")
    old.write_text("0,0\n1,1\n2,0\n")
    arguments = ["--layers", "1,2,1", "--epochs", "2", "--quiet", "--save", path]
    assert run(capsys, "train", "--data", str(old), *arguments)[0] == 0
    old.rename(new)
    assert "cannot read" in run(capsys, "train", "--resume", path, "--epochs", "3", "--quiet")[2]
    assert run(capsys, "train", "--resume", path, "--data", str(new), "--epochs", "3", "--quiet")[0] == 0
    new.write_text("0,0\n1,1\n2,1\n")
    told = run(capsys, "train", "--resume", path, "--epochs", "4", "--quiet")[2]
    assert "is not the data that this training began with" in told


def test_ascii_output_is_ascii(capsys):
    out = run(capsys, "train", "xor", "--epochs", "5", "--weights", "constant:-0.5", "--quiet", "--ascii")[1]
    assert out.isascii() and "-0." in out


def test_mnist_from_a_folder(capsys, tmp_path):
    mnist_files(tmp_path, number=20)
    mnist_files(tmp_path, "t10k", number=6)
    arguments = ["mnist", "--data-dir", str(tmp_path), "--layers", "4,3,10", "--epochs", "2", "--quiet"]
    out = run(capsys, "train", *arguments)[1]
    assert "Network 4-3-10, 20 examples, seed 1." in out and "Held out: 6 examples" in out
    out = run(capsys, "train", *arguments, "--part", "t10k", "--hold-out", "3")[1]
    assert "Network 4-3-10, 4 examples, seed 1." in out


def saved(capsys, tmp_path, *options):
    path = str(tmp_path / "or.json")
    run(capsys, "train", "or", "--quiet", "--save", path, *options)
    return path


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["train"], "say what to train on"),
        (["train", "xor", "--data", "file.csv"], "say either xor or --data file.csv, not both"),
        (["train", "nand"], "there is no data 'nand': built in are xor, and, or, digits"),
        (["train", "mnist"], "say where the files of MNIST are: --data-dir DIR"),
        (["train", "mnist", "--data-dir", "nowhere"], "nowhere has no file train-images-idx3-ubyte"),
        (["train", "--data", "none.csv", "--layers", "2,1"], "cannot read none.csv"),
        (["train", "--data", "none.csv"], "say how large the layers are"),
        (["train", "xor", "--layers", "2,0,1"], "the layers are at least two sizes"),
        (["train", "xor", "--layers", "two"], "the layers are at least two sizes"),
        (["train", "xor", "--layers", "3,1"], "xor has 2 inputs and 1 target, but the layers 3,1 begin with 3"),
        (
            ["train", "xor", "--hidden", "swish"],
            "there is no activation of hidden layers 'swish': choose one of identity, sigmoid, tanh, relu",
        ),
        (["train", "xor", "--hidden", "softmax"], "there is no activation of hidden layers 'softmax'"),
        (["train", "xor", "--loss", "cubic"], "there is no loss 'cubic': choose one of half squared error"),
        (["train", "xor", "--last", "softmax"], "a softmax of one neuron is always 1"),
        (["train", "xor", "--hold-out", "2"], "--hold-out means nothing for xor"),
        (["train", "xor", "--data-dir", "."], "--data-dir means nothing for xor"),
        (["train", "xor", "--stop-loss", "nan"], "the loss to stop at must be a finite number"),
        (["train", "xor", "--stop-accuracy", "2"], "the accuracy to stop at must lie between 0 and 1"),
        (["train", "xor", "--layers", "2,²"], "the layers are at least two sizes"),
        (["train", "xor", "--save", ""], "the name of the file to write is empty"),
        (["train", "--resume", ""], "cannot read"),
        (
            ["train", "xor", "--weights", "zeros"],
            "--weights takes glorot, he, constant:0.5 or uniform:-1,1, not 'zeros'",
        ),
        (["train", "xor", "--weights", "uniform:1"], "--weights takes"),
        (["train", "xor", "--weights", "uniform:1,0"], "the range of weights from 1.0 to 0.0 is empty"),
        (["train", "xor", "--bias", "some"], "--bias takes a number, drawn or none"),
        (["train", "xor", "--learning-rate", "-1"], "the learning rate must not be negative"),
        (["train", "xor", "--learning-rate", "nan"], "the learning rate must be a finite number"),
        (["train", "xor", "--learning-rate", "1e300"], "the loss has become"),
        (["train", "xor", "--momentum", "-1"], "the momentum must not be negative"),
        (
            ["train", "xor", "--descent", "adam", "--momentum", "0.9"],
            "leave out --momentum: it belongs to the descents",
        ),
        (["train", "xor", "--epsilon", "0.1"], "leave out --epsilon: it belongs to the descents adam and adamw"),
        (["train", "xor", "--descent", "nesterov"], "Nesterov's form of momentum needs a momentum"),
        (["train", "xor", "--descent", "adam", "--beta2", "1"], "beta2 must be less than 1"),
        (["train", "xor", "--batch-size", "0"], "the batch size must be a whole number of at least 1"),
        (["train", "xor", "--gradient", "median"], "median"),
        (["train", "xor", "--epochs", "0"], "the number of epochs must be at least 1"),
        (["train", "xor", "--epochs", "many"], "'many' is not a whole number"),
        (["train", "xor", "--save", "/none/xor.json"], "there is no folder /none"),
        (["train", "--resume", "none.json"], "cannot read none.json"),
    ],
)
def test_bad_input_gets_one_sentence_and_exit_code_2(capsys, arguments, words):
    code, out, err = run(capsys, *arguments, "--quiet")
    assert (code, out) == (2, "")
    assert err.startswith("purenet: ") and len(err.splitlines()) == 1
    assert words in err


def test_a_saved_file_is_not_overwritten_and_nothing_is_trained_in_vain(capsys, tmp_path):
    path = saved(capsys, tmp_path)
    before = read(path)
    code, out, err = run(capsys, "train", "xor", "--save", path)
    assert (code, out) == (2, "") and "exists already" in err
    assert read(path) == before


@pytest.mark.parametrize(
    "options, words",
    [
        (["--learning-rate", "0.1"], "leave out --learning-rate: "),
        (["xor"], "leave out xor: "),
        (["--seed", "2"], "leave out --seed: "),
    ],
)
def test_what_cannot_change_when_a_training_goes_on_is_told(capsys, tmp_path, options, words):
    code, out, err = run(capsys, "train", *options, "--resume", saved(capsys, tmp_path))
    assert (code, out) == (2, "") and words in err


@pytest.mark.parametrize(
    "change, words",
    [
        (lambda data: data.pop("training"), "holds a network but no training"),
        (lambda data: data["training"].pop("steps"), "training lacks the field 'steps'"),
        (lambda data: data["training"]["settings"].pop("seed"), "training.settings lacks the field 'seed'"),
        (lambda data: data["training"].update(settings=5), "training.settings must be an object"),
        (
            lambda data: data["training"].update(steps="all"),
            "training.steps must be a whole number of at least 0, not 'all'",
        ),
        (lambda data: data["training"]["settings"].update(epochs="many"), "training.settings.epochs must be a whole"),
        (lambda data: data["training"]["settings"].update(learning_rate=None), "learning_rate must be a number"),
        (lambda data: data["training"]["settings"].update(data="nand"), "there is no data 'nand'"),
        (lambda data: data["training"]["settings"].update(data="csv"), "there is no data 'csv'"),
        (lambda data: data["training"].update(last=[1, 2]), "training.last must be a list of 3, not of 2"),
        (lambda data: data["training"].update(examples=5), "or is not the data that this training began with"),
        (
            lambda data: data["training"].update(memories={"velocities": [[1.0]]}),
            "velocities of the saved training do not fit",
        ),
    ],
)
def test_a_saved_training_that_is_broken_is_told(capsys, tmp_path, change, words):
    path = saved(capsys, tmp_path)
    data = json.loads(read(path))
    change(data)
    (tmp_path / "broken.json").write_text(json.dumps(data))
    code, out, err = run(capsys, "train", "--resume", str(tmp_path / "broken.json"), "--quiet", "--epochs", "20000")
    assert (code, out) == (2, "") and words in err and len(err.splitlines()) == 1


@pytest.mark.slow
def test_the_digits_reach_95_percent_on_held_out_images(capsys):
    out = run(capsys, "train", "digits", "--quiet")[1]
    assert "Held out: 359 examples, accuracy 96.4 %." in out


@pytest.mark.slow
@pytest.mark.parametrize("seed", ["1", "2"])
def test_xor_is_learned_as_gokadin_does(capsys, seed):
    code, out, _ = run(capsys, "train", "xor", "--seed", seed, "--quiet")
    assert code == 0
    epochs = {"1": 174923, "2": 51217}[seed]
    assert f"Epochs: {epochs}. Loss: 9.99" in out
