import os
import random

import pytest

from purenet.bridges import from_keras
from purenet.errors import NetworkError
from tests.bridges.drawn import drawn_inputs
from tests.sampling import slow

os.environ.setdefault("KERAS_BACKEND", "torch")
try:
    import keras
    import numpy
except ImportError:  # also where there is no backend
    pytest.skip("Keras is not installed: pip install 'purenet[keras]'", allow_module_level=True)
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:keras")  # of how Keras calls NumPy
layers, losses = keras.layers, keras.losses


def set_type(dtype):
    keras.config.set_floatx(dtype)
    keras.config.set_dtype_policy(dtype)


@pytest.fixture(autouse=True)
def float32_again():
    yield
    set_type("float32")


def drawn_model(source, dtype):
    """Return a Sequential model drawn from a random.Random, with parts that change nothing in it."""
    set_type(dtype)
    keras.utils.set_random_seed(source.randrange(10**6))
    sizes = [source.randint(1, 8) for _ in range(source.randint(2, 4))]
    parts = [layers.Input((sizes[0],))]
    for size in sizes[1:]:
        settings = {"use_bias": source.random() < 0.8, "bias_initializer": "random_normal"}
        if source.random() < 0.5:
            activation = source.choice(["relu", "tanh", "sigmoid", "linear", None, "softmax"])
            parts.append(layers.Dense(size, activation=activation, **settings))
        else:
            parts.append(layers.Dense(size, **settings))
            parts.append(
                source.choice(
                    [
                        layers.Activation("tanh"),
                        layers.ReLU(),
                        layers.Softmax(),
                        layers.Flatten(),
                        layers.Dropout(0.5),
                    ]
                )
            )
    return keras.Sequential(parts)


@pytest.mark.parametrize("number, seed", [(5, 1), slow(200, 2)])
def test_random_models_give_networks_with_their_numbers_and_their_outputs(number, seed):
    source = random.Random(seed)
    for _ in range(number):
        dtype = source.choice(["float32", "float64"])
        model = drawn_model(source, dtype)
        network = from_keras(model)
        dense = [layer for layer in model.layers if isinstance(layer, layers.Dense)]
        for layer, found in zip(network.layers, dense):
            kernel, *bias = found.get_weights()
            assert [neuron.weights for neuron in layer.neurons] == kernel.T.tolist()
            biases = [neuron.bias for neuron in layer.neurons]
            assert biases == (bias[0].tolist() if bias else [None] * len(biases))
        inputs = drawn_inputs(source, network)
        outputs = keras.ops.convert_to_numpy(model(keras.ops.convert_to_tensor(numpy.array([inputs], dtype))))[
            0
        ].tolist()
        tolerance = 1e-5  # on PyTorch, Keras multiplies matrices of float64 as float32
        assert network.forward(inputs) == pytest.approx(outputs, rel=tolerance, abs=tolerance)


@pytest.mark.parametrize(
    "loss, end, outputs, name, last",
    [
        (None, "tanh", 3, "half squared error", "tanh"),
        ("mse", "tanh", 3, "mean squared error", "tanh"),
        (losses.MeanSquaredError(), "tanh", 3, "mean squared error", "tanh"),
        (losses.mean_squared_error, "tanh", 3, "mean squared error", "tanh"),
        ("binary_crossentropy", "sigmoid", 1, "binary cross-entropy", "sigmoid"),
        (losses.BinaryCrossentropy(from_logits=True), "linear", 1, "binary cross-entropy", "sigmoid"),
        ("categorical_crossentropy", "softmax", 3, "cross-entropy", "softmax"),
        (losses.CategoricalCrossentropy(from_logits=True), "linear", 3, "cross-entropy", "softmax"),
        (losses.SparseCategoricalCrossentropy(from_logits=True), "linear", 3, "cross-entropy", "softmax"),
    ],
)
def test_a_loss_of_keras_is_a_loss_of_purenet_with_the_same_value(loss, end, outputs, name, last):
    keras.utils.set_random_seed(1)
    model = keras.Sequential([layers.Input((2,)), layers.Dense(outputs, activation=end)])
    model.compile(loss=loss)
    network = from_keras(model)
    assert (network.loss.name, network.layers[-1].neurons[0].activation.name) == (name, last)
    if loss is not None:
        targets = [1.0, 0.0, 0.0][:outputs]
        sparse = isinstance(loss, losses.SparseCategoricalCrossentropy)
        wanted = keras.ops.convert_to_tensor([0] if sparse else [targets])
        value = keras.losses.get(loss)(wanted, model(keras.ops.convert_to_tensor([[0.6, -1.3]])))
        value = keras.ops.convert_to_numpy(value)
        assert network.loss.value(network.forward([0.6, -1.3]), targets) == pytest.approx(value.item(), rel=1e-5)


@pytest.mark.parametrize(
    "parts, loss, words",
    [
        ([layers.Input((4, 4)), layers.LSTM(3)], None, "LSTM is not supported: a Sequential model is read with Dense"),
        (
            [layers.Input((4,)), layers.Dense(3, activation="gelu")],
            None,
            "the activation gelu is not supported: linear",
        ),
        ([layers.Input((4,)), layers.Dense(3), layers.LeakyReLU()], None, "LeakyReLU is not supported"),
        ([layers.Input((4,)), layers.Dense(3), layers.ReLU(6)], None, "ReLU with max_value=6 is not supported"),
        ([layers.Input((4, 4)), layers.Dense(3)], None, "the inputs have the shape (4, 4): put a Flatten layer first"),
        ([layers.Dense(3)], None, "a Dense layer has no weights yet: call build, or fit, first"),
        ([layers.Input((4,)), layers.Dense(3)], "huber", "the loss huber is none of purenet's: mean_squared_error"),
        (
            [layers.Input((4,)), layers.Dense(3, activation="sigmoid")],
            "binary_crossentropy",
            "binary_crossentropy divides the loss by the 3 outputs, which no loss of purenet does",
        ),
        (
            [layers.Input((4,)), layers.Dense(3, activation="softmax")],
            losses.CategoricalCrossentropy(from_logits=True),
            "the loss of logits applies softmax itself, after the last layer's own softmax: leave that out",
        ),
        (
            [layers.Input((4,)), layers.Dense(3, activation="softmax")],
            losses.CategoricalCrossentropy(label_smoothing=0.1),
            "the loss categorical_crossentropy with label_smoothing is none of purenet's",
        ),
    ],
)
def test_what_purenet_has_not_is_refused_in_a_sentence(parts, loss, words):
    model = keras.Sequential(parts)
    if loss is not None:
        model.compile(loss=loss)
    with pytest.raises(NetworkError) as raised:
        from_keras(model)
    assert str(raised.value).startswith(words)
