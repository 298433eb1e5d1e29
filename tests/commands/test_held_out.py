import json

import pytest

from purenet import Identity, Layer, Network, Neuron
from purenet.commands.held_out import HeldOut
from purenet.inspect.accuracy import mean_loss
from purenet.storage.saved_network import load_saved
from purenet.training import Epoch
from tests.test_command_line import run


def with_weight(weight):
    """Return a network whose loss on OTHERS is (weight − 1)² / 2."""
    return Network([Layer([Neuron([weight], None, Identity())])])


OTHERS = [([1.0], [1.0])]


def measure(weights, held_out=None):
    held_out = held_out or HeldOut(with_weight(0.0), OTHERS)
    for number, weight in enumerate(weights, start=1):
        held_out.network.layers[0].neurons[0].weights[0] = weight
        held_out.add(Epoch(number, 0.5, 1.0))
    return held_out


def test_the_best_epoch_is_the_first_with_the_lowest_loss():
    held_out = measure([4.0, 2.0, 0.5, 1.5, 3.0])
    assert (held_out.best.number, held_out.best.held_out_loss) == (3, 0.125)
    assert held_out.waited(5) == 2 and held_out.last.held_out_loss == 2.0


def test_a_loss_that_is_no_number_or_infinite_is_never_the_best():
    held_out = measure([float("nan"), float("inf")])
    assert held_out.best is None and held_out.waited(2) == 2
    assert measure([float("nan"), 3.0]).best.number == 2


def test_the_best_network_is_kept_as_it_was():
    held_out = HeldOut(with_weight(0.0), OTHERS)
    held_out.keeps = True
    measure([3.0, 1.5, 2.0], held_out)
    assert held_out.kept.layers[0].neurons[0].weights == [1.5]
    assert measure([3.0, 1.5]).kept is None


def test_an_epoch_that_is_not_measured_makes_those_before_it_count_no_more():
    held_out = measure([1.5])
    held_out.skip(Epoch(2, 0.5, 1.0))
    assert held_out.best is None and held_out.waited(2) == 0 and held_out.waited(4) == 2


@pytest.fixture
def stopped(capsys, tmp_path):
    """Return how a training was stopped by patience: what it said, and the files that it saved."""
    path = tmp_path / "noise.csv"  # targets that are not in the inputs: what is held out is soon learned worse
    path.write_text("\n".join(f"{n * 7 % 10 / 10},{n * 3 % 10 / 10},{n * n * 7 % 11 % 2}" for n in range(24)))
    start = ["train", "--data", str(path), "--layers", "2,6,1", "--hold-out", "3", "--learning-rate", "0.5", "--quiet"]
    files = str(tmp_path / "last.json"), str(tmp_path / "best.json")
    start += ["--epochs", "500", "--patience", "20", "--save", files[0], "--save-best", files[1]]
    code, out, err = run(capsys, *start)
    assert (code, err) == (0, "")
    return unwrapped(out), *files, path


def unwrapped(text):
    return " ".join(text.split())


def test_a_training_stops_when_the_loss_on_what_is_held_out_has_not_fallen_and_the_best_network_is_saved(stopped):
    out, last, best, _ = stopped
    state = load_saved(last)[1]
    number, loss = state["best"][0], state["best"][3]
    assert state["last"][0] == number + 20 < 500
    assert f"The loss on what is held out was lowest after epoch {number}: {float(loss):.6g}." in out
    assert f"Stopped after epoch {number + 20}: that loss had not been lower for 20 epochs." in out
    assert f"The network after epoch {number} is saved in {best}." in out
    network, training = load_saved(best)
    assert training is None and mean_loss(network, others(stopped[3])) == float(loss)
    assert mean_loss(load_saved(last)[0], others(stopped[3])) > float(loss)


def others(path):
    lines = [[float(cell) for cell in line.split(",")] for line in path.read_text().split("\n")]
    return [(line[:2], line[2:]) for line in lines[2::3]]


def test_resumed_it_stays_as_it_is_until_there_is_more_patience(capsys, stopped):
    out, last, best, _ = stopped
    number = load_saved(last)[1]["last"][0]
    assert run(capsys, "train", "--resume", last)[2] == "purenet: this training is already complete\n"
    resume = ["train", "--resume", last, "--quiet", "--save-best", best]
    assert "exists already" in run(capsys, *resume)[2]
    code, out, _ = run(capsys, *resume, "--force", "--patience", "23")
    assert code == 0 and f"Stopped after epoch {number + 3}: that loss had not been lower for 23 epochs." in out
    assert f"Nothing is saved in {best}: no epoch since this training was resumed lowered the loss" in unwrapped(out)
    assert load_saved(best)[0].layers[0].neurons[0].weights  # that of the first training


def test_patience_does_not_count_epochs_that_were_not_measured(capsys, tmp_path):
    last = str(tmp_path / "last.json")
    start = ["train", "digits", "--layers", "64,4,10", "--epochs", "1", "--save", last, "--quiet"]
    assert run(capsys, *start, "--save-best", str(tmp_path / "best.json"))[0] == 0
    assert load_saved(last)[1]["best"][0] == 1
    assert run(capsys, "train", "--resume", last, "--epochs", "3", "--quiet")[0] == 0
    assert load_saved(last)[1]["best"] is None
    out = run(capsys, "train", "--resume", last, "--epochs", "4", "--patience", "1", "--quiet")[1]
    assert "lowest after epoch 4: " in out and "Stopped" not in out


def test_what_is_saved_before_a_loss_overflows_is_the_best_as_well(capsys, tmp_path):
    path, best = tmp_path / "line.csv", str(tmp_path / "best.json")
    path.write_text("\n".join(f"{x / 10},{3 * x / 10}" for x in range(20)))
    start = ["train", "--data", str(path), "--layers", "1,1", "--last", "identity", "--hold-out", "4", "--quiet"]
    start += ["--rate-schedule", "factors:0.1,1e6", "--learning-rate", "1", "--epochs", "2000", "--save-best", best]
    assert run(capsys, *start)[0] == 2
    assert load_saved(best)[1] is None


@pytest.mark.parametrize("data", ["xor", "and"])
@pytest.mark.parametrize("options", [["--patience", "3"], ["--save-best", "best.json"]])
def test_where_nothing_is_held_out_there_is_no_patience(capsys, data, options):
    code, out, err = run(capsys, "train", data, *options)
    assert (code, out) == (2, "") and err.startswith(f"purenet: {options[0]} needs examples that are held out: ")


@pytest.mark.parametrize(
    "options, words",
    [
        (["--patience", "0"], "--patience must be at least 1 epoch"),
        (["--save", "a.json", "--save-best", "./a.json"], "--save-best needs a file of its own"),
        (["--rate-schedule", "step:5"], "--rate-schedule takes step:10:0.5, "),
    ],
)
def test_options_that_make_no_sense_are_told(capsys, options, words):
    code, out, err = run(capsys, "train", "digits", *options)
    assert (code, out) == (2, "") and words in err


def test_a_broken_best_epoch_is_told(capsys, stopped):
    _, last, _, _ = stopped
    with open(last, encoding="utf-8") as file:
        data = json.load(file)
    data["training"]["best"] = [1, 2, 3]
    with open(last, "w", encoding="utf-8") as file:
        json.dump(data, file)
    assert "training.best must be a list of 5, not of 3" in run(capsys, "train", "--resume", last)[2]
