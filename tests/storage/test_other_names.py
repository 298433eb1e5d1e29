import pytest

from purenet import NetworkError
from purenet.storage.network_json import ACTIVATIONS, LOSSES, Reader
from purenet.storage.other_names import ACTIVATIONS as OTHER_ACTIVATIONS
from purenet.storage.other_names import LOSSES as OTHER_LOSSES


def read(activation="identity", loss="half squared error"):
    data = Reader("mine.json").network({"loss": loss, "layers": [{"activation": activation, "weights": [[1]]}]})
    return data.layers[0][0][2].name, data.loss.name


@pytest.mark.parametrize(
    "other, own",
    [
        ("logistic", "sigmoid"),
        ("logsig", "sigmoid"),
        ("linear", "identity"),
        ("purelin", "identity"),
        ("tansig", "tanh"),
        ("rectifier", "relu"),
        ("ReLU", "relu"),
        ("LeakyReLU", "leaky relu"),
        ("leaky_relu", "leaky relu"),
        ("Bipolar_Sigmoid", "bipolar sigmoid"),
        ("hardlim", "threshold from 0"),  # MATLAB: 1 if n ≥ 0
        ("hardlims", "sign from 0"),
    ],
)
def test_an_activation_is_understood_by_the_names_of_other_texts(other, own):
    assert read(activation=other)[0] == own
    assert read(activation=[other])[0] == own


@pytest.mark.parametrize(
    "other, own",
    [("cross_entropy", "cross-entropy"), ("BCE", "binary cross-entropy"), ("half-squared-error", "half squared error")],
)
def test_so_is_a_loss(other, own):
    assert read(loss=other)[1] == own


def test_own_names_come_first_and_no_other_name_hides_one():
    for known, others in ((ACTIVATIONS, OTHER_ACTIVATIONS), (LOSSES, OTHER_LOSSES)):
        assert not set(known) & set(others)
        assert {name for meant in others.values() for name in meant} <= set(known)
    assert read(loss="mean squared error")[1] == "mean squared error"


@pytest.mark.parametrize(
    "names, message",
    [
        (
            {"loss": "MSE"},
            r"network.loss is 'MSE', which not all texts use for the same: say 'half squared error' \(E = ½ Σ_k "
            r"\(y_k − t_k\)²\) or 'squared error' \(.*\) or 'mean squared error' \(E = 1/n .*\)$",
        ),
        ({"loss": "log loss"}, r"say 'cross-entropy' \(.*\) or 'binary cross-entropy' \(.*\)$"),
        (
            {"activation": "step"},
            r"layers\[0\].activation is 'step', .*: say 'threshold' \(1 for x > 0, else 0\) or "
            r"'threshold from 0' \(1 for x ≥ 0, else 0\)$",
        ),
        ({"activation": "signum"}, r"say 'sign' \(1 for x > 0, else −1\) or 'sign from 0' \(1 for x ≥ 0, else −1\)$"),
        ({"activation": "sigmoidal"}, "is 'sigmoidal' but must be one of: identity, .*; did you mean 'sigmoid'"),
        ({"activation": "logistc"}, "; did you mean 'logistic'"),
        ({"activation": "swish"}, "is 'swish' but must be one of: identity, [a-z0-9, ]*$"),
        ({"activation": 5}, "is 5 but must be one of: identity, [a-z0-9, ]*$"),
        ({"loss": "mean sqared error"}, "; did you mean 'mean squared error'"),
    ],
)
def test_a_name_that_could_mean_several_or_none_gets_one_sentence(names, message):
    with pytest.raises(NetworkError, match=message) as caught:
        read(**names)
    assert len(str(caught.value).splitlines()) == 1
