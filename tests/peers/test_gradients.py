"""Golden values that libraries reach through their own interfaces: gradients of micrograd, training steps of scikit-learn."""

from decimal import Decimal

import pytest

from purenet.cases import load_case
from purenet.golden.diagnosis.check import Check
from purenet.golden.programs.adapter import function_answer


def check(name, function):
    """Return the check of a function on a case as float64."""
    return Check(load_case(name), function_answer(function, load_case(name), "float64").values)


def test_micrograds_gradients_are_within_the_tolerances():
    engine = pytest.importorskip("micrograd.engine", reason="micrograd is not installed: pip install 'purenet[peers]'")

    def train(case):
        layers = case["network"]["layers"]
        weights = [[[engine.Value(w) for w in row] for row in layer["weights"]] for layer in layers]
        biases = [[engine.Value(b) for b in layer["biases"]] for layer in layers]
        total = engine.Value(0)
        for example in case["examples"]:
            outputs = [engine.Value(y) for y in example["inputs"]]
            for layer, rows, column in zip(layers, weights, biases):
                net_inputs = []
                for row, bias in zip(rows, column):
                    net_input = engine.Value(0)
                    for w, y in zip(row, outputs):
                        net_input = net_input + w * y
                    net_inputs.append(net_input + bias)
                outputs = [x.relu() for x in net_inputs] if layer["activation"] == "relu" else net_inputs
            for y, t in zip(outputs, example["targets"]):
                total = total + (y - t) ** 2 * 0.5
        loss = total * (1 / len(case["examples"]))
        loss.backward()
        values = {"step1.loss": loss.data}
        for letter, rows, column in zip("JK", weights, biases):
            values[f"step1.{letter}.weight_gradients"] = [[w.grad for w in row] for row in rows]
            values[f"step1.{letter}.bias_gradients"] = [bias.grad for bias in column]
        return values

    found = check("e-relu", train)
    assert found.passed and len(found.compared) == 5


SKLEARN = {  # the case: the model, its hidden activation function
    "e-relu": ("MLPRegressor", "relu"),
    "b-softmax-cross-entropy": ("MLPClassifier", "tanh"),
    "d-binary-cross-entropy": ("MLPClassifier", "logistic"),
}


@pytest.mark.parametrize("name", SKLEARN)
def test_scikit_learns_training_steps_are_within_the_tolerances(name):
    models = pytest.importorskip(
        "sklearn.neural_network", reason="scikit-learn is not installed: pip install 'purenet[peers]'"
    )
    import numpy as np

    model, activation = SKLEARN[name]

    def train(case):
        layers = case["network"]["layers"]
        settings = {"hidden_layer_sizes": [3], "activation": activation, "learning_rate_init": case["learning_rate"]}
        settings.update(solver="sgd", alpha=0, momentum=0, nesterovs_momentum=False, shuffle=False, batch_size=4)
        network = getattr(models, model)(**settings)
        inputs = np.array([example["inputs"] for example in case["examples"]])
        targets = np.array([example["targets"] for example in case["examples"]])
        classes = None
        if name.startswith("b"):
            classes, targets = [0, 1, 2], targets.argmax(axis=1)
        elif model == "MLPClassifier":
            classes, targets = [0, 1, 2], targets.astype(int)
        options = {} if classes is None else {"classes": classes}
        network.partial_fit(inputs[:4], targets[:4], **options)  # makes the arrays, whose numbers are then set
        values, first = {}, 0
        for coefficients, intercepts, layer in zip(network.coefs_, network.intercepts_, layers):
            coefficients[:] = np.array(layer["weights"]).T
            intercepts[:] = layer["biases"]
        for step, size in enumerate(case["batch_sizes"], start=1):
            network.batch_size = size
            network.partial_fit(inputs[first : first + size], targets[first : first + size])
            first += size
            for letter, coefficients, intercepts in zip("JK", network.coefs_, network.intercepts_):
                values[f"step{step}.{letter}.weights"] = coefficients.T.tolist()
                values[f"step{step}.{letter}.biases"] = intercepts.tolist()
        return values

    found = check(name, train)
    assert found.passed, found.first and (found.first.name, found.first.ratio)
    assert len(found.compared) == 4 * len(load_case(name).batch_sizes)
    assert max(row.ratio for row in found.compared) < Decimal(1)
