import pytest

from purenet import save_network
from purenet.bridges import to_onnx
from tests.networks import PYTORCH_2_3_2, example_2_3_2
from tests.test_command_line import run

onnx = pytest.importorskip("onnx", reason="ONNX is not installed: pip install 'purenet[onnx]'")
EXAMPLE = ["--inputs", "0.6,-1.3", "--target", "0.2,0.9"]
STEP = [*EXAMPLE, "--learning-rate", "0.1"]


@pytest.fixture(autouse=True)
def folder(monkeypatch, tmp_path):
    """Work in a folder with one network in two files."""
    monkeypatch.chdir(tmp_path)
    onnx.save(to_onnx(example_2_3_2()), "net.onnx")
    save_network("net.json", example_2_3_2())


@pytest.mark.parametrize(
    "words",
    [
        ["walkthrough", *STEP],
        ["walkthrough", *STEP, "--round", "4", "--format", "html"],
        ["walkthrough", "--inputs", "0.6,-1.3"],
        ["picture", "--step", "3", *STEP],
        ["picture", "--network"],
        ["predict", "--inputs", "0.6,-1.3"],
        ["summary"],
        ["gradcheck", *EXAMPLE],
    ],
)
def test_a_model_is_shown_as_the_saved_network_with_its_numbers(capsys, words):
    saved, model = (run(capsys, words[0], name, *words[1:]) for name in ("net.json", "net.onnx"))
    assert saved[0] == 0 and saved[1].replace("net.json", "net.onnx") == model[1]
    assert model[::2] == (0, "")


def test_a_model_has_the_loss_that_is_named_and_by_default_half_squared_error(capsys):
    assert str(PYTORCH_2_3_2["E"])[:9] in run(capsys, "walkthrough", "net.onnx", *STEP)[1]
    out = run(capsys, "walkthrough", "net.onnx", *STEP, "--loss", "squared error")[1]
    assert str(2 * PYTORCH_2_3_2["E"])[:9] in out  # Σ(y − t)² without the ½
    assert run(capsys, "gradcheck", "net.onnx", *EXAMPLE, "--loss", "binary cross-entropy")[0] == 0


@pytest.mark.parametrize(
    "words, message",
    [
        (["walkthrough", "net.onnx"], "net.onnx is an ONNX model: say --inputs and, for a training step, --target and"),
        (
            ["walkthrough", "net.json", *STEP, "--loss", "squared error"],
            "leave out --loss: net.json has a loss of its own",
        ),
        (["walkthrough", "2x2x1", "--loss", "squared error"], "leave out --loss: 2x2x1 has a loss of its own"),
        (["gradcheck", "2x2x1", "--loss", "squared error"], "leave out --loss: 2x2x1 has a loss of its own"),
        (["picture", "net.onnx", "--network", "--loss", "squared error"], "leave out --loss: the picture of a network"),
        (["walkthrough", "none.onnx", *STEP], "cannot read none.onnx: no such file or directory"),
        (["walkthrough", "net.onnx", *STEP, "--loss", "hinge"], "the loss is 'hinge' but must be one of"),
        (
            ["walkthrough", "net.onnx", *STEP, "--mistake", "delta-sign-flipped"],
            "leave out --mistake: net.onnx is an ONNX",
        ),
        (["lab", "net.onnx"], "net.onnx is an ONNX model: say --inputs, --target and --learning-rate as well"),
    ],
)
def test_what_does_not_fit_is_refused_in_a_sentence(capsys, words, message):
    code, out, err = run(capsys, *words)
    assert (code, out) == (2, "") and err.startswith(f"purenet: {message}")
