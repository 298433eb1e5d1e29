import json
import os
from decimal import Decimal

import pytest

from purenet import load_network, save_network
from purenet.cases import load_case
from purenet.commands.training import started
from purenet.inspect.training_steps import trained, training_steps
from tests.test_command_line import case_file, forward_only, run
from tests.test_network import parameters


def negnevitsky(tmp_path, loss="half squared error"):
    """Write the case of Negnevitsky, Artificial Intelligence, chapter 6.4; a threshold is a bias of the other sign."""
    hidden = {"activation": "sigmoid", "weights": [[0.5, 0.4], [0.9, 1.0]], "biases": [-0.8, 0.1]}
    last = {"activation": "sigmoid", "weights": [[-1.2, 1.1]], "biases": [-0.3]}
    pairs = [([1, 1], [0]), ([0, 1], [1]), ([1, 0], [1]), ([0, 0], [0])]
    examples = [{"inputs": inputs, "targets": targets} for inputs, targets in pairs]
    network = {"layers": [hidden, last], "loss": loss}
    return case_file(tmp_path, network=network, examples=examples, learning_rate=0.3, gradient="sum", title="XOR")


@pytest.mark.slow
def test_negnevitskys_exclusive_or_takes_18790_epochs(capsys, tmp_path):
    """He stops where Σ e² < 0.001, which is a loss ½ Σ e² below 0.0005; the weights are the nine that he prints."""
    arguments = ["--epochs", "20000", "--stop-loss", "0.0005", "--quiet", "--save", str(tmp_path / "saved")]
    code, out, err = run(capsys, "train", "--case", negnevitsky(tmp_path), *arguments)
    assert (code, err) == (0, "")
    assert (
        " ".join(out.splitlines()[2:-20]) == "Network 2-2-1, 4 examples in the order of the case, 4 steps an epoch. "
        "Epochs: 18790. Loss: 0.000499993. Accuracy: 100.0 %. "
        "The loss is the sum over the examples, each scored before its step; after the last: 0.00049987. "
        "Reached a loss below 0.0005 after 18790 epochs."
    )
    rows = [line.split() for line in out.splitlines()]
    assert [row[-1] for row in rows[9:13]] == ["0.0155169", "0.984949", "0.984946", "0.017487"]
    assert [row for row in rows if row and row[0] in ("j1", "j2", "k1")] == [
        ["j1", "4.76211,", "4.76179", "−7.30615"],
        ["j2", "6.39168,", "6.39172", "−2.84408"],
        ["k1", "−10.3788,", "9.76906", "−4.55888"],
    ]
    found = [[f"{value:.4f}" for value in values] for values in parameters(load_network(tmp_path / "saved"))]
    assert found == [
        ["4.7621", "4.7618", "-7.3061"],
        ["6.3917", "6.3917", "-2.8441"],
        ["-10.3788", "9.7691", "-4.5589"],
    ]


def test_squared_error_without_the_half_takes_the_same_steps(capsys, tmp_path):
    """Its gradient is twice as large, so with half the learning rate it stops at Σ e² < 0.01 with the same weights."""
    results = []
    for loss, rate, goal in (("half squared error", "0.3", "0.005"), ("squared error", "0.15", "0.01")):
        path, saved = negnevitsky(tmp_path, loss=loss), str(tmp_path / rate)
        options = ["--learning-rate", rate, "--stop-loss", goal, "--quiet", "--save", saved]
        code, out, _ = run(capsys, "train", "--case", path, *options)
        assert code == 0
        results.append([parameters(load_network(saved)), out[out.index("Reached") :].split()[-2]])
    assert results[0] == results[1]


@pytest.mark.parametrize("name", ["momentum-batches", "batch-sum", "xor-batch"])
def test_the_command_takes_the_steps_of_the_case(capsys, tmp_path, name):
    train_and_save(capsys, tmp_path / "saved", "--case", name, "--epochs", "3")
    *_, (network, _) = trained(load_case(name), 3)
    assert parameters(load_network(tmp_path / "saved")) == parameters(network)


def train_and_save(capsys, path, *options):
    """Train and save into a file; return its text."""
    code, _, err = run(capsys, "train", *options, "--quiet", *([] if "--resume" in options else ["--save", str(path)]))
    assert (code, err) == (0, "")
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["mazur", "momentum-batches", "f-momentum-weight-decay", "b-softmax-cross-entropy"])
def test_a_resumed_training_of_a_case_is_one_that_had_not_stopped(capsys, tmp_path, name):
    case, parts = ["--case", name], tmp_path / "parts"
    whole = train_and_save(capsys, tmp_path / "whole", *case, "--epochs", "7")
    train_and_save(capsys, parts, *case, "--epochs", "3")
    assert train_and_save(capsys, parts, "--resume", str(parts), "--epochs", "7") == whole


def test_frozen_biases_stay_frozen_with_momentum_and_when_resumed_within_an_epoch(capsys, tmp_path):
    path = tmp_path / "saved"
    given = {"case": "mazur", "momentum": 0.5, "epochs": 4}
    whole = train_and_save(capsys, tmp_path / "whole", "--case", "mazur", "--momentum", "0.5", "--epochs", "4")
    stopped = started(given)
    steps = training_steps(stopped.network, stopped.dataset.examples, stopped.descent, 4, **stopped.order())
    for _ in range(3):
        stopped.add(next(steps))
    save_network(path, stopped.network, stopped.state())
    assert train_and_save(capsys, path, "--resume", str(path)) == whole
    assert [values[-1] for values in parameters(load_network(path))] == [0.35, 0.35, 0.6, 0.6]


def perceptron(tmp_path, *more):
    """Write the perceptron that learns AND: Negnevitsky, Artificial Intelligence, table 6.3, θ = 0.2 and η = 0.1."""
    unit = {"activation": "threshold from 0", "weights": [[0.3, -0.1]], "thresholds": [0.2]}
    examples = [{"inputs": [a, b], "targets": [int(a and b)]} for a in (0, 1) for b in (0, 1)]
    fields = {"network": {"layers": [unit, *more]}, "examples": examples, "learning_rate": 0.1, "trained_biases": False}
    return case_file(tmp_path, **fields)


@pytest.mark.parametrize("epochs, w1, w2", [(1, "0.3", "0.0"), (2, "0.2", "0.0"), (3, "0.2", "0.1"), (4, "0.1", "0.1")])
def test_a_perceptron_is_trained_in_decimals(capsys, tmp_path, epochs, w1, w2):
    """Weights at the end of each epoch from the table; in floats w1 stays at 0.2: 0.3 − 0.1 − 0.2 is −2.8e-17 there."""
    saved = str(tmp_path / "saved")
    options = ["--case", perceptron(tmp_path), "--epochs", str(epochs), "--quiet", "--save", saved]
    code, out, err = run(capsys, "train", *options)
    assert (code, err) == (0, "")
    assert out.splitlines()[-1].split() == ["j1", f"{w1},", w2, "−0.2"]
    assert parameters(load_network(saved)) == [[float(w1), float(w2), -0.2]]


def test_its_last_epoch_makes_no_mistake(capsys, tmp_path):
    code, out, err = run(capsys, "train", "--case", perceptron(tmp_path), "--stop-accuracy", "1", "--quiet")
    assert (code, err) == (0, "")
    assert "Epochs: 5. Loss: 0.0. Accuracy: 100.0 %." in out
    assert [line.split()[-1] for line in out.splitlines()[9:13]] == ["0.0", "0.0", "0.0", "1.0"]


def test_a_training_in_decimals_is_resumed_in_decimals_and_drawn_in_floats(capsys, tmp_path):
    settings = ["--case", perceptron(tmp_path), "--momentum", "0.9", "--weight-decay", "0.01"]
    whole = train_and_save(capsys, tmp_path / "whole", *settings, "--epochs", "7", "--picture", str(tmp_path / "drawn"))
    assert sorted(os.listdir(tmp_path / "drawn")) == ["loss.svg", "network.svg", "regions.svg"]
    parts = tmp_path / "parts"
    train_and_save(capsys, parts, *settings, "--epochs", "3")
    assert train_and_save(capsys, parts, "--resume", str(parts), "--epochs", "7") == whole


def test_its_learning_rate_may_follow_the_epoch_in_decimals(capsys, tmp_path):
    """By hand: after epoch 1 w = (0.3, 0.0), as in the table; then only (1, 0) is wrong, 0.3 − 0.2 ≥ 0: 0.3 − 0.05."""
    settings = ["--case", perceptron(tmp_path), "--rate-schedule", "step:1:0.5"]
    saved, out = tmp_path / "saved", run(capsys, "train", *settings, "--epochs", "2", "--quiet")[1]
    assert "Learning rate: 0.1 in epoch 1, 0.05 in epoch 2." in out
    assert out.splitlines()[-1].split() == ["j1", "0.25,", "0.0", "−0.2"]
    whole = train_and_save(capsys, tmp_path / "whole", *settings, "--epochs", "7")
    stopped = started({"case": settings[1], "rate_schedule": "step:1:0.5", "epochs": 7})
    steps = training_steps(
        stopped.network, stopped.dataset.examples, stopped.descent, 7, rate=stopped.rate, **stopped.order()
    )
    for _ in range(9):
        stopped.add(next(steps))
    save_network(saved, stopped.network, stopped.state())
    assert train_and_save(capsys, saved, "--resume", str(saved)) == whole


def test_it_is_resumed_within_an_epoch(capsys, tmp_path):
    """It stops after example 7, the third of the second epoch, the first there to be wrong: E = ½·(1 − 0)²."""
    path, case = tmp_path / "saved", perceptron(tmp_path)
    whole = train_and_save(capsys, tmp_path / "whole", "--case", case, "--epochs", "5")
    assert stopped_after(7, case, path) == Decimal("0.5")
    assert train_and_save(capsys, path, "--resume", str(path)) == whole


def test_so_is_one_whose_loss_has_more_digits_than_a_float(capsys, tmp_path):
    path = tmp_path / "saved"
    case = perceptron(tmp_path, {"activation": "identity", "weights": [[0.7654321]], "biases": [0.1234567891]})
    whole = train_and_save(capsys, tmp_path / "whole", "--case", case, "--epochs", "5")
    loss = stopped_after(18, case, path)  # in the last epoch, so that its loss is in the file
    assert Decimal(str(float(loss))) != loss
    assert train_and_save(capsys, path, "--resume", str(path)) == whole


def stopped_after(steps, case, path):
    """Train a case for some steps of 5 epochs, save it, and return the loss of the epoch so far."""
    run = started({"case": case, "epochs": 5})
    training = training_steps(run.network, run.dataset.examples, run.descent, 5, **run.order())
    for _ in range(steps):
        run.add(next(training))
    save_network(path, run.network, run.state())
    return run.tally.loss


def test_a_case_that_has_moved_is_found_with_case_and_another_is_refused(capsys, tmp_path):
    old, new, path = case_file(tmp_path), tmp_path / "new.json", tmp_path / "saved"
    train_and_save(capsys, path, "--case", old, "--epochs", "2")
    new.write_text((tmp_path / "mine.json").read_text())
    (tmp_path / "mine.json").unlink()
    assert "cannot read" in run(capsys, "train", "--resume", str(path), "--epochs", "3")[2]
    train_and_save(capsys, path, "--resume", str(path), "--case", str(new), "--epochs", "3")
    for changes in (
        {"batch_sizes": [2]},
        {"trained_biases": False},
        {"examples": [{"inputs": [1, 0], "targets": [1]}]},
    ):
        case = case_file(tmp_path, **changes)
        code, out, err = run(capsys, "train", "--resume", str(path), "--case", case, "--epochs", "4")
        assert (code, out) == (2, "") and "mine.json is not the data that this training began with" in err


def test_options_change_the_numbers_of_a_case_and_the_loss_can_be_a_sum(capsys, tmp_path):
    """By hand: y = σ(0.75), ½ · (y − 1)² = 0.0514631, δ = −0.0699054; then y = σ(−0.25 − η · δ), ½ · y² = 0.0996563 for
    η = 0.5, and 0.103557 for η = 1."""
    path = case_file(tmp_path)
    mean = run(capsys, "train", "--case", path, "--epochs", "1", "--quiet")[1]
    assert "Loss: 0.0755597." in mean and "is the mean over" in mean and "after the last: 0.0691872." in mean
    assert "Loss: 0.151119." in run(capsys, "train", "--case", path, "--epochs", "1", "--quiet", "--gradient", "sum")[1]
    assert "Loss: 0.07751." in run(capsys, "train", "--case", path, "--epochs", "1", "--learning-rate", "1")[1]


def test_a_case_without_targets_or_a_learning_rate_is_not_trained_unless_a_rate_is_given(capsys, tmp_path):
    for rate in ([], ["--learning-rate", "0.5"]):
        code, out, err = run(capsys, "train", "--case", forward_only(tmp_path), *rate)
        assert (code, out) == (2, "") and err.startswith("purenet: mine has no targets, so nothing can be trained")
    path = case_file(tmp_path, learning_rate=None)
    code, out, err = run(capsys, "train", "--case", path)
    assert (code, out) == (2, "") and err.startswith("purenet: mine has no learning_rate, so nothing can")
    out = run(capsys, "train", "--case", path, "--learning-rate", "0.5", "--epochs", "1", "--quiet")[1]
    assert "Loss: 0.0755597." in out  # as of a case with this rate


def test_a_case_can_be_drawn_shows_its_progress_and_says_what_it_missed(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr("purenet.commands.training.Progress.PAUSES", (0.0, 0.0))
    options = ["--epochs", "2", "--stop-loss", "0.01", "--gradient", "sum", "--picture", str(tmp_path / "pictures")]
    code, out, err = run(capsys, "train", "--case", case_file(tmp_path), *options)
    assert code == 1 and "Pictures: loss.svg, network.svg, regions.svg." in out and "Reached" not in out
    lines = [line.split(", ")[:2] for line in err.splitlines()]
    assert lines[0][0] == lines[1][0] == "epoch 1 of 2" and lines[0][1].endswith(" examples/s")
    assert lines[1][1] == lines[2][1] == "loss 0.151119"  # of the last whole epoch: the sum over a part says little
    assert lines[-1] == ["purenet: 2 epochs did not reach a loss below 0.01"]


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["--case", "nope"], "there is no case 'nope'"),
        (["--case", "none.json"], "cannot read none.json"),
        (["xor", "--case", "mazur"], "leave out xor: a case has its own network and examples"),
        (["--case", "mazur", "--data", "x.csv"], "leave out --data: a case has its own"),
        (["--case", "mazur", "--layers", "2,2,2"], "leave out --layers: a case has its own"),
        (["--case", "mazur", "--seed", "1"], "leave out --seed: a case has its own"),
        (["--case", "mazur", "--loss", "squared error"], "leave out --loss: a case has its own"),
        (["--case", "mazur", "--hidden", "tanh"], "leave out --hidden: a case has its own"),
        (["--case", "mazur", "--batch-size", "2"], "leave out --batch-size: a case has its own"),
        (["--case", "mazur", "--shuffle"], "unknown argument --shuffle"),
        (["--case", "mazur", "--epochs", "0"], "the number of epochs must be at least 1"),
        (["--case", "mazur", "--stop-loss", "nan"], "the loss to stop at must be a finite number"),
        (["--case", "mazur", "--stop-accuracy", "1"], "--stop-accuracy needs targets that are 0 or 1"),
        (["--case", "mazur", "--learning-rate", "-1"], "the learning rate must not be negative"),
        (["--case", "mazur", "--momentum", "nan"], "the momentum must be a finite number"),
        (["--case", "g-extreme-softmax"], "output 3 makes the cross-entropy infinite"),
    ],
)
def test_bad_input_gets_one_sentence_and_exit_code_2(capsys, arguments, words):
    code, out, err = run(capsys, "train", *arguments, "--quiet")
    assert (code, out) == (2, "")
    assert err.startswith("purenet: ") and len(err.splitlines()) == 1
    assert words in err


def test_a_saved_network_is_no_case_and_a_saved_training_keeps_its_own_numbers(capsys, tmp_path):
    path, data = tmp_path / "saved.json", tmp_path / "or.json"
    train_and_save(capsys, path, "--case", "mazur", "--epochs", "1")
    train_and_save(capsys, data, "or", "--epochs", "3000")
    for arguments, words in (
        (["--case", str(path)], "saved.json lacks the field 'examples'"),
        (["--resume", str(path), "--learning-rate", "1"], "leave out --learning-rate: "),
        (["--resume", str(path), "--data", "x.csv"], "leave out --data: "),
        (["--resume", str(data), "--case", "mazur"], "--case means nothing for or"),
    ):
        code, out, err = run(capsys, "train", *arguments)
        assert (code, out) == (2, "") and words in err and len(err.splitlines()) == 1


@pytest.mark.parametrize(
    "change, words",
    [
        (lambda data: data["network"]["layers"].pop(), "is not that of mazur"),
        (lambda data: data["training"]["settings"].pop("gradient"), "training.settings lacks the field 'gradient'"),
        (lambda data: data["training"]["settings"].update(gradient="median"), "gradient of a mini-batch is its 'mean'"),
        (lambda data: data["training"]["settings"].update(seed=1), "has the field 'seed', which is not known here"),
        (lambda data: data["training"]["settings"].update(case=5), "training.settings.case must be a text"),
    ],
)
def test_a_saved_training_of_a_case_that_is_broken_is_told(capsys, tmp_path, change, words):
    path = tmp_path / "saved.json"
    data = json.loads(train_and_save(capsys, path, "--case", "mazur", "--epochs", "1"))
    change(data)
    path.write_text(json.dumps(data))
    code, out, err = run(capsys, "train", "--resume", str(path), "--epochs", "2", "--quiet")
    assert (code, out) == (2, "") and words in err and len(err.splitlines()) == 1
