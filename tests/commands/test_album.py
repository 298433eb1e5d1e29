import os
import re
from xml.etree import ElementTree

import pytest

from purenet import load_network, picture_of
from tests.test_command_line import run
from tests.test_datasets import mnist_files

CAPTION = r">(before training|after \d+ epochs)(?:, loss ([^<]+))?<"
XOR = ["train", "xor", "--learning-rate", "0.5", "--quiet"]


def drawn(folder):
    """Return the pictures in a folder, by name, all of which must be XML."""
    texts = {name: (folder / name).read_text(encoding="utf-8") for name in sorted(os.listdir(folder))}
    for text in texts.values():
        ElementTree.fromstring(text)
    return texts


def test_xor_before_during_and_after_training(capsys, tmp_path):
    folder, path = tmp_path / "xor", str(tmp_path / "xor.json")
    code, out, err = run(capsys, *XOR, "--picture", str(folder), "--save", path)
    assert (code, err) == (0, "")
    assert "Pictures: loss.svg, network.svg, regions.svg." in out
    pictures = drawn(folder)
    assert list(pictures) == ["loss.svg", "network.svg", "regions.svg"]
    epochs, loss = re.search(r"Epochs: (\d+)\. Loss: ([^ ]+)\. ", out).groups()
    assert f"to {loss} in epoch {epochs}." in pictures["loss.svg"]
    assert pictures["network.svg"] == picture_of(load_network(path))
    captions = re.findall(CAPTION, pictures["regions.svg"])
    assert captions[0] == ("before training", "") and len(captions) == 6
    numbers, losses = [int(words.split()[1]) for words, _ in captions[1:]], [float(loss) for _, loss in captions[1:]]
    assert numbers == sorted(numbers) and numbers[-1] == int(epochs)
    # the plateau is at ⅛, the mean of ½ (½ − t)² over the four targets, and the descent is seen on its way
    assert losses[1] == pytest.approx(0.125, abs=0.002) and numbers[1] == pytest.approx(int(epochs) / 2, abs=250)
    assert [round(loss, 1) for loss in losses[2:]] == [0.1, 0.0, 0.0] and losses[2] > losses[3] > 0.02 > losses[4]
    assert re.search(f"After {epochs} epochs, loss [^ ]+: 4 of 4 examples are right\\.", pictures["regions.svg"])


def test_pictures_change_nothing_in_the_training(capsys, tmp_path):
    with_pictures = run(capsys, *XOR, "--epochs", "300", "--picture", str(tmp_path / "p"), "--ascii")[1]
    without = run(capsys, *XOR, "--epochs", "300", "--ascii")[1]
    assert [line for line in with_pictures.splitlines() if not line.startswith("Pictures: ")] == without.splitlines()


@pytest.mark.slow
def test_digits_have_weights_and_mistakes(capsys, tmp_path):
    folder = tmp_path / "digits"
    arguments = ["train", "digits", "--layers", "64,6,10", "--epochs", "2", "--quiet", "--picture", str(folder)]
    out = run(capsys, *arguments)[1]
    pictures = drawn(folder)
    assert list(pictures) == ["loss.svg", "mistakes.svg", "network.svg", "weights.svg"]
    share = float(out.split("Held out: 359 examples, accuracy ")[1].split(" %")[0])
    wrong = int(re.search(r"(\d+) of 359 images are misclassified", pictures["mistakes.svg"])[1])
    assert share == pytest.approx(100 * (359 - wrong) / 359, abs=0.05)
    assert pictures["weights.svg"].count("data-neuron") == 6
    code, _, err = run(capsys, *arguments)
    assert (code, err) == (
        2,
        f"purenet: {folder} is not empty: name another directory, or say --force to write into it\n",
    )


def test_other_data_gets_what_suits_it(capsys, tmp_path):
    mnist_files(tmp_path, number=20)
    arguments = ["mnist", "--data-dir", str(tmp_path), "--layers", "4,3,10", "--epochs", "2", "--quiet"]
    assert run(capsys, "train", *arguments, "--picture", str(tmp_path / "a"))[0] == 0
    assert sorted(drawn(tmp_path / "a")) == ["loss.svg", "mistakes.svg", "network.svg", "weights.svg"]
    path = tmp_path / "line.csv"
    path.write_text("\n".join(f"{x / 10},0,{3 * x / 10}" for x in range(20)))
    arguments = ["--data", str(path), "--layers", "2,1", "--last", "identity", "--epochs", "3", "--quiet"]
    assert run(capsys, "train", *arguments, "--picture", str(tmp_path / "b"))[0] == 0
    pictures = drawn(tmp_path / "b")  # targets that are no classes have neither regions nor accuracy
    assert sorted(pictures) == ["loss.svg", "network.svg"] and "accuracy" not in pictures["loss.svg"]


def test_a_resumed_training_draws_its_own_epochs(capsys, tmp_path):
    path = str(tmp_path / "xor.json")
    run(capsys, *XOR, "--epochs", "100", "--save", path, "--stop-loss", "0")
    again = ["train", "--resume", path, "--quiet"]
    run(capsys, *again, "--epochs", "300", "--picture", str(tmp_path / "a"))
    pictures = drawn(tmp_path / "a")
    assert "in epoch 101 to " in pictures["loss.svg"]
    captions = [words for words, _ in re.findall(CAPTION, pictures["regions.svg"])]
    assert (captions[0], captions[-1]) == ("after 100 epochs", "after 300 epochs")
    run(capsys, *again, "--picture", str(tmp_path / "b"))  # nothing is left to do
    pictures = drawn(tmp_path / "b")
    assert sorted(pictures) == ["network.svg", "regions.svg"]
    assert re.findall(CAPTION, pictures["regions.svg"]) == [("after 300 epochs", "")]


def test_a_folder_that_cannot_be_used_is_refused_before_the_training(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr(
        "purenet.commands.training_run.TrainingRun.go", lambda run, progress: pytest.fail("training began")
    )
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("kept")
    for folder, message in (
        ("full", "is not empty: name another directory, or say --force to write into it"),
        ("full/mine.txt", "is not a directory"),
    ):
        code, out, err = run(capsys, *XOR, "--picture", f"{tmp_path}/{folder}")
        assert (code, out, err) == (2, "", f"purenet: {tmp_path}/{folder} {message}\n")
    code, out, err = run(capsys, *XOR, "--picture", f"{tmp_path}/no/such")
    assert (code, err) == (2, f"purenet: cannot write {tmp_path}/no/such: there is no folder {tmp_path}/no\n")
    assert run(capsys, *XOR, "--picture", "")[2] == "purenet: the name of the directory to write into is empty\n"
    assert os.listdir(tmp_path) == ["full"]


def test_force_writes_into_a_folder_in_use_and_keeps_what_is_there(capsys, tmp_path):
    (tmp_path / "mine.txt").write_text("kept")
    assert run(capsys, *XOR, "--epochs", "5", "--stop-loss", "9", "--picture", str(tmp_path), "--force")[0] == 0
    assert sorted(os.listdir(tmp_path)) == ["loss.svg", "mine.txt", "network.svg", "regions.svg"]


def test_a_training_that_fails_leaves_nothing_behind(capsys, tmp_path):
    arguments = ["train", "xor", "--hidden", "relu", "--learning-rate", "1e200", "--quiet"]
    code, out, err = run(capsys, *arguments, "--picture", str(tmp_path / "p"))
    assert (code, out) == (2, "") and err.count("\n") == 1
    assert os.listdir(tmp_path) == []


def test_the_network_may_be_saved_into_the_folder_of_the_pictures(capsys, tmp_path):
    assert (
        run(
            capsys, *XOR, "--epochs", "5", "--stop-loss", "9", "--picture", str(tmp_path), "--save", str(tmp_path / "n")
        )[0]
        == 0
    )
    assert sorted(os.listdir(tmp_path)) == ["loss.svg", "n", "network.svg", "regions.svg"]


def test_a_goal_that_is_missed_is_drawn_nevertheless(capsys, tmp_path):
    code, _, err = run(capsys, *XOR, "--epochs", "3", "--picture", str(tmp_path / "p"))
    assert (code, err) == (1, "purenet: 3 epochs did not reach a loss below 0.0001\n")
    assert sorted(drawn(tmp_path / "p")) == ["loss.svg", "network.svg", "regions.svg"]


@pytest.mark.slow
def test_digits_have_a_curve_of_what_is_held_out(capsys, tmp_path):
    out = run(capsys, "train", "digits", "--epochs", "2", "--quiet", "--picture", str(tmp_path / "d"))[1]
    loss = drawn(tmp_path / "d")["loss.svg"]
    share = re.search(r"Held out: 359 examples, accuracy ([0-9.]+ %)\.", out)[1]
    assert f"to {share}. These are computed after each epoch" in loss
    assert loss.count('class="curve held-out"') == 3  # of the loss, of the accuracy, and the legend


def test_pictures_of_a_training_have_a_theme_and_may_be_png(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr("purenet.drawing.converted.converter", lambda kind: lambda picture: picture[:4].encode())
    out = run(capsys, *XOR, "--epochs", "3", "--picture", str(tmp_path / "d"), "--theme", "dark", "--png", "--ascii")[1]
    assert "Pictures: loss.png, network.png, regions.png." in out
    assert (tmp_path / "d" / "loss.png").read_bytes() == b"<svg"
    run(capsys, *XOR, "--epochs", "3", "--picture", str(tmp_path / "e"), "--theme", "dark")
    assert all("color-scheme:dark" in text and "@media" not in text for text in drawn(tmp_path / "e").values())


@pytest.mark.parametrize("option", [["--png"], ["--theme", "dark"]])
def test_options_of_pictures_need_pictures(capsys, option):
    code, out, err = run(capsys, *XOR, *option)
    assert (code, out) == (2, "")
    assert err == "purenet: --theme and --png are about pictures: say --picture with a directory, too\n"


def test_png_files_that_cannot_be_made_are_refused_before_the_training(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr("purenet.commands.training_run.TrainingRun.go", lambda *_: pytest.fail("training began"))
    for name in ("rsvg_convert", "cairosvg", "resvg"):
        monkeypatch.setattr(f"purenet.drawing.converted.{name}", lambda kind: None)
    code, _, err = run(capsys, *XOR, "--picture", str(tmp_path / "d"), "--png")
    assert code == 2 and err.startswith("purenet: a PNG file needs a program that draws SVG, and none is installed: ")
