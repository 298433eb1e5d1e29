import json

import pytest

from purenet import load_network
from tests.commands.test_training import saved
from tests.test_command_line import forward_only, run


def test_a_saved_network_predicts(capsys, tmp_path):
    path = saved(capsys, tmp_path)
    network = load_network(path)
    code, out, _ = run(capsys, "predict", path, "--inputs", "1,0", "--inputs", "0,0", "--format", "json")
    assert code == 0
    assert json.loads(out) == [
        {"inputs": [1.0, 0.0], "outputs": network.forward([1.0, 0.0])},
        {"inputs": [0.0, 0.0], "outputs": network.forward([0.0, 0.0])},
    ]
    out = run(capsys, "predict", path, "--inputs", "1,0", "--digits", "3")[1]
    assert out.splitlines()[-1].split() == ["1.0,", "0.0", f"{network.forward([1.0, 0.0])[0]:.3g}"]
    assert run(capsys, "predict", "2x2x1", "--format", "csv")[1] == "y_i1,y_i2,y_k1\n1.0,1.0,0.7310585786300049\n"


def test_a_saved_network_has_a_summary(capsys, tmp_path):
    out = run(capsys, "summary", saved(capsys, tmp_path))[1]
    assert out.splitlines()[-1].split() == ["sum", "2", "1", "3"]


def test_the_gradients_of_a_saved_network_and_of_a_case_are_checked(capsys, tmp_path):
    code, out, _ = run(capsys, "gradcheck", saved(capsys, tmp_path), "--inputs", "1,0", "--target", "1")
    assert code == 0 and "3 of 3 gradients agree" in out
    code, out, _ = run(capsys, "gradcheck", "2x2x1")
    assert code == 0 and "6 of 6 gradients agree" in out


def test_a_case_without_targets_predicts_and_its_gradients_need_an_example(capsys, tmp_path):
    path = forward_only(tmp_path)
    out = run(capsys, "predict", path, "--format", "csv")[1]
    assert out.splitlines()[1:] == ["1.0,0.0,0.679178699175393", "0.0,1.0,0.43782349911420193"]  # σ(0.75), σ(−0.25)
    assert run(capsys, "summary", path)[0] == run(capsys, "picture", path, "--network")[0] == 0
    assert "3 of 3 gradients agree" in run(capsys, "gradcheck", path, "--inputs", "1,0", "--target", "1")[1]
    code, out, err = run(capsys, "gradcheck", path)
    assert (code, out) == (2, "") and err.startswith("purenet: say on which example: ") and len(err.splitlines()) == 1


def test_a_gradient_that_differs_is_a_failed_check(capsys, monkeypatch):
    monkeypatch.setattr("purenet.activations.Sigmoid.derivative", lambda self, x, y: y)  # in place of y · (1 − y)
    code, out, _ = run(capsys, "gradcheck", "2x2x1")
    assert code == 1
    assert "2 of 6 gradients agree" in out  # those of the identity layer


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["predict", "2x2x1", "--inputs", "1"], "takes 2 inputs but got 1"),
        (["predict", "2x2x1", "--inputs", "1,nan"], "must be a finite number"),
        (["predict", "none.json"], "cannot read none.json"),
        (["predict", "2x2x1", "--digits", "0"], "1 to 17"),
        (["summary", "3x3x3"], "there is no case '3x3x3'"),
        (["summary", "2x2x1", "--format", "pdf"], "unknown format 'pdf'"),
        (["gradcheck", "2x2x1", "--inputs", "1,1"], "say on which example"),
        (["gradcheck", "2x2x1", "--inputs", "1,1", "--target", "1e300"], "the loss overflows"),
        (["gradcheck", "2x2x1", "--tolerance", "small"], "'small' is not a number"),
    ],
)
def test_bad_input_gets_one_sentence_and_exit_code_2(capsys, arguments, words):
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert err.startswith("purenet: ") and len(err.splitlines()) == 1
    assert words in err
