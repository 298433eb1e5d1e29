"""What no user should type, and no file should hold, is answered in one short sentence."""

import json
import os
import signal
import subprocess
import sys

import pytest

from purenet.command_line import main
from purenet.errors import quoted


def refusal(capsys, *arguments):
    """Run the command; return its one sentence on standard error, without its beginning."""
    assert main(list(map(str, arguments))) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1 and len(err) < 400
    return err[len("purenet: ") :].strip()


@pytest.fixture
def saved(tmp_path, capsys):
    """A function that saves a training with changed fields, and returns the path of the file."""
    path = tmp_path / "saved.json"
    assert main(["train", "xor", "--epochs", "1", "--stop-loss", "9", "--save", str(path)]) == 0
    capsys.readouterr()
    data = json.loads(path.read_text())

    def save(training=(), **settings):
        data["training"].update(training)
        data["training"]["settings"].update(settings)
        path.write_text(json.dumps(data))
        return path

    return save


@pytest.mark.parametrize("field", ["count", "right"])
def test_a_saved_count_that_no_float_holds_is_refused(capsys, saved, field):
    message = refusal(capsys, "train", "--resume", saved({field: 10**400}))
    assert f"training.{field} must be a whole number below 1,000,000,000,000,000,000, not 1000" in message


def test_a_saved_number_of_epochs_that_no_float_holds_is_refused(capsys, saved):
    assert "training.settings.epochs must be" in refusal(capsys, "train", "--resume", saved(epochs=10**400))


@pytest.mark.parametrize("name", ["d\0.csv", "\ud800"])
def test_a_saved_name_that_no_file_can_have_is_refused(capsys, saved, name):
    message = refusal(capsys, "train", "--resume", saved(data="csv", file=name))
    assert message == f"{name!r} cannot be the name of a file"


def test_saved_layers_that_are_not_those_of_the_network_are_refused(capsys, saved):
    message = refusal(capsys, "train", "--resume", saved(layers="2,5,1"))
    assert message.endswith("training.settings.layers is '2,5,1', which is not the saved network")


def test_more_weights_than_fit_into_memory_are_refused_at_once(capsys):
    message = refusal(capsys, "train", "xor", "--layers", "2,99999,99999,1")
    assert message == "the layers '2,99999,99999,1' make 10,000,099,998 weights: at most 100,000,000 can be trained"


LONG = "x" * 100_000


def test_a_long_cell_of_a_csv_file_is_shortened(capsys, tmp_path):
    (tmp_path / "long.csv").write_text(f"0,{LONG},1\n")
    assert "'xxx" in refusal(capsys, "train", "--data", tmp_path / "long.csv", "--layers", "2,1")


@pytest.mark.parametrize("option", ["--layers", "--hidden", "--loss", "--weights", "--bias", "--epochs"])
def test_a_long_option_is_shortened(capsys, option):
    assert "xxx" in refusal(capsys, "train", "xor", option, LONG)


@pytest.mark.parametrize("change", [{LONG: 1}, {"batch_sizes": [10**4000]}, {"published": {LONG: "0.1"}}])
def test_a_long_field_of_a_case_is_shortened(capsys, tmp_path, monkeypatch, change):
    monkeypatch.chdir(tmp_path)
    layer = {"activation": "sigmoid", "weights": [[0.5]]}
    case = {"format_version": 1, "network": {"layers": [layer]}, "examples": [{"inputs": [1], "targets": [1]}]}
    text = json.dumps({**case, "learning_rate": 1, **{key: value for key, value in change.items()}})
    (tmp_path / "long.json").write_text(text)
    refusal(capsys, "walkthrough", "long.json")


def test_errata_that_are_nested_too_deeply_are_refused(capsys, tmp_path):
    layer = {"activation": "sigmoid", "weights": [[0.5]]}
    case = {"format_version": 1, "id": "deep", "network": {"layers": [layer]}, "learning_rate": 1}
    text = json.dumps({**case, "examples": [{"inputs": [1], "targets": [1]}], "errata": ["deep"]})
    (tmp_path / "deep.json").write_text(text.replace('["deep"]', "[" * 99 + "]" * 99))
    assert main(["golden", "generate", str(tmp_path / "deep.json"), "-o", str(tmp_path / "out")]) == 0
    capsys.readouterr()
    (tmp_path / "deep.json").write_text(text.replace('["deep"]', "[" * 100 + "]" * 100))
    message = refusal(capsys, "golden", "generate", tmp_path / "deep.json", "-o", tmp_path / "other")
    assert message.endswith("deep.json is nested too deeply")


def test_a_text_is_quoted_as_far_as_sixty_signs():
    assert quoted("x" * 60) == "'" + "x" * 60 + "'"
    assert quoted("x" * 61) == "'" + "x" * 60 + "'…"
    assert quoted([1, 2]) == "[1, 2]"


def test_too_little_memory_is_said_in_a_sentence(capsys, monkeypatch):
    def exhausted(*arguments):
        raise MemoryError

    monkeypatch.setattr("purenet.commands.cases.case_names", exhausted)
    assert refusal(capsys, "cases") == "there is not enough memory for this"


def test_a_short_file_takes_little_memory(tmp_path):
    resource = pytest.importorskip("resource")
    (tmp_path / "short.csv").write_text("0,0,1\n")
    words = [sys.executable, "-m", "purenet", "train", "--data", str(tmp_path / "short.csv"), "--layers", "2,1"]
    limit = lambda: resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000, 1_500_000_000))  # noqa: E731
    done = subprocess.run([*words, "--epochs", "1"], capture_output=True, timeout=60, preexec_fn=limit)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_second_ctrl_c_says_that_nothing_is_saved(capsys, tmp_path, monkeypatch):
    def interrupted(run, progress):
        raise KeyboardInterrupt

    monkeypatch.setattr("purenet.commands.training_run.TrainingRun.go", interrupted)
    assert main(["train", "xor", "--save", str(tmp_path / "saved.json")]) == 130
    assert "nothing is saved" in capsys.readouterr().err and not (tmp_path / "saved.json").exists()


@pytest.mark.skipif(os.name != "posix", reason="no SIGINT to another process")
def test_ctrl_c_while_modules_are_imported_prints_no_traceback(tmp_path):
    """A module that is never done stands for a busy machine."""
    (tmp_path / "argparse.py").write_text("import sys, time\nprint('importing', flush=True)\ntime.sleep(60)\n")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])}
    words = [sys.executable, "-m", "purenet", "cases"]
    process = subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        assert process.stdout.readline() == b"importing\n"
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)
        assert (process.returncode, said) == (130, b"")
    finally:
        process.kill()
