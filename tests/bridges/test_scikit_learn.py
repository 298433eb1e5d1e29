import random

import pytest

from purenet.bridges import from_sklearn
from purenet.datasets import digits
from purenet.errors import NetworkError
from purenet.inspect.accuracy import accuracy
from purenet.trace.record import trace_step
from tests.bridges.drawn import drawn_inputs
from tests.sampling import slow

neural_network = pytest.importorskip(
    "sklearn.neural_network", reason="scikit-learn is not installed: pip install 'purenet[scikit-learn]'"
)
numpy = pytest.importorskip("numpy")
pytestmark = [  # a few steps are enough, and are meant to be
    pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning"),
    pytest.mark.filterwarnings("ignore:Got `batch_size` less than 1"),
]
MLPClassifier, MLPRegressor = neural_network.MLPClassifier, neural_network.MLPRegressor


def drawn_estimator(source):
    """Return an estimator drawn from a random.Random, fitted to random data, and its outputs for inputs."""
    numbers = numpy.random.default_rng(source.randrange(10**6))
    sizes = tuple(source.randint(1, 6) for _ in range(source.randint(1, 2)))
    activation = source.choice(["identity", "logistic", "tanh", "relu"])
    settings = {
        "hidden_layer_sizes": sizes,
        "activation": activation,
        "max_iter": 3,
        "random_state": source.randrange(99),
    }
    inputs = numbers.normal(size=(20, source.randint(1, 5)))
    kind = source.choice(["numbers", "tables of numbers", "two classes", "classes", "labels"])
    if kind in ("numbers", "tables of numbers"):
        targets = numbers.normal(size=20 if kind == "numbers" else (20, source.randint(2, 3)))
        return MLPRegressor(**settings).fit(inputs, targets), lambda fitted, rows: fitted.predict(rows)
    if kind == "labels":
        targets = numbers.integers(2, size=(20, 3))
        return MLPClassifier(**settings).fit(inputs, targets), lambda fitted, rows: fitted.predict_proba(rows)
    targets = numbers.choice([3, 7] if kind == "two classes" else [3, 5, 7], size=20)
    return MLPClassifier(**settings).fit(inputs, targets), probabilities


def probabilities(fitted, rows):
    """Return what is not redundant: of two classes only the second."""
    found = fitted.predict_proba(rows)
    return found[:, 1:] if len(fitted.classes_) == 2 else found


@pytest.mark.parametrize("number, seed", [(5, 1), slow(200, 2)])
def test_random_estimators_give_networks_with_their_numbers_and_their_outputs(number, seed):
    source = random.Random(seed)
    for _ in range(number):
        estimator, outputs_of = drawn_estimator(source)
        network = from_sklearn(estimator)
        for layer, coefs, intercepts in zip(network.layers, estimator.coefs_, estimator.intercepts_):
            assert [neuron.weights for neuron in layer.neurons] == coefs.T.tolist()
            assert [neuron.bias for neuron in layer.neurons] == intercepts.tolist()
        inputs = drawn_inputs(source, network)
        expected = numpy.ravel(outputs_of(estimator, [inputs])).tolist()
        assert network.forward(inputs) == pytest.approx(expected, rel=1e-12, abs=1e-13)


INPUTS = [[0.6, -1.3], [1.1, 0.4], [-0.7, 0.9], [0.2, 0.1]]


@pytest.mark.parametrize(
    "kind, targets, example, loss",
    [
        (MLPRegressor, [0.5, 1.0, -0.5, 0.25], [0.5], "half squared error"),
        (MLPRegressor, [[0.5, 1.0], [-0.5, 0.25], [0.0, 1.0], [1.0, 1.0]], [0.5, 1.0], "half squared error"),
        (MLPClassifier, [3, 7, 7, 3], [0.0], "binary cross-entropy"),
        (MLPClassifier, [[0, 1], [1, 1], [0, 0], [1, 0]], [0.0, 1.0], "binary cross-entropy"),
        (MLPClassifier, [3, 5, 7, 5], [1.0, 0.0, 0.0], "cross-entropy"),
    ],
)
def test_a_step_of_scikit_learn_follows_the_gradients_of_the_network(kind, targets, example, loss):
    """One step of its SGD without momentum and penalty, on the first example alone: w − w⁺ is η·∇w."""
    settings = {"hidden_layer_sizes": (3,), "activation": "tanh", "solver": "sgd", "random_state": 1, "shuffle": False}
    settings.update(momentum=0, alpha=0, learning_rate_init=1, max_iter=1, batch_size=4)
    estimator = kind(**settings).fit(INPUTS, targets)
    network = from_sklearn(estimator)
    assert network.loss.name == loss
    network.forward(INPUTS[0])
    network.backward(example)
    before = [table.copy() for table in estimator.coefs_]
    classes = {"classes": estimator.classes_} if isinstance(targets[0], int) else {}
    estimator.partial_fit(INPUTS[:1], targets[:1], **classes)
    for layer, old, new in zip(network.layers, before, estimator.coefs_):
        gradients = numpy.array([neuron.weight_gradients for neuron in layer.neurons]).T
        assert old - new == pytest.approx(gradients, rel=1e-9, abs=1e-12)


def test_what_purenet_has_not_is_refused_in_a_sentence():
    for estimator, words in (
        (MLPClassifier(), "the MLPClassifier has no weights yet: call fit first"),
        (5, "int is not supported: MLPClassifier and MLPRegressor of scikit-learn are"),
        (
            MLPRegressor(loss="poisson", max_iter=2).fit(INPUTS, [1, 2, 3, 4]),
            "the loss 'poisson' is none of purenet's: squared_error and log_loss are",
        ),
    ):
        with pytest.raises(NetworkError) as raised:
            from_sklearn(estimator)
        assert str(raised.value) == words


@pytest.mark.slow
def test_a_net_of_digits_trained_in_scikit_learn_is_walked_through():
    data = digits()
    images, targets = (numpy.array(part) for part in zip(*[data.examples[n] for n in range(len(data.examples))]))
    estimator = MLPClassifier((12,), random_state=1, learning_rate_init=0.01, max_iter=60).fit(
        images, targets.argmax(1)
    )
    network = from_sklearn(estimator)
    right = estimator.score(images, targets.argmax(1))
    assert right > 0.95
    assert accuracy(network, data.examples) == right
    trace = trace_step(network, *data.examples[0], learning_rate=0.1)
    expected = -numpy.log(estimator.predict_proba(images[:1])[0][targets[0].argmax()])
    assert trace.row("E").value == pytest.approx(expected, rel=1e-9)
