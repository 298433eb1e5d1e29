"""purenet: feed-forward neural networks and backpropagation in plain Python, to be read, traced and tested against."""

from importlib import import_module

try:
    from purenet.activations import Identity, LeakyReLU, ReLU, Sigmoid, Tanh
    from purenet.descent import Adam, AdamW, GradientDescent
    from purenet.errors import NetworkError
    from purenet.initialization import Constant, Glorot, He, Uniform, build_network
    from purenet.layer import Layer
    from purenet.losses import BinaryCrossEntropy, CrossEntropy, HalfSquaredError, MeanSquaredError, SquaredError
    from purenet.network import Network
    from purenet.neuron import Neuron
    from purenet.softmax import Softmax, SoftmaxLayer
    from purenet.training import train
except Exception as error:  # somebody has changed the source, perhaps in an exercise
    from purenet.broken_source import leave_command

    leave_command(error)
    raise

__version__ = "0.1.0"

INSTRUMENTS = {  # imported when they are first asked for: who only trains a network loads none of them
    "Threshold": "perceptron",
    "ThresholdFromZero": "perceptron",
    "Sign": "perceptron",
    "SignFromZero": "perceptron",
    "BipolarSigmoid": "perceptron",
    "Trace": "trace.trace",
    "trace_step": "trace.record",
    "trace_training": "trace.record",
    "trace_case": "trace.record",
    "summary": "inspect.summary",
    "structure": "inspect.structure",
    "gradient_check": "inspect.gradient_check",
    "History": "inspect.history",
    "accuracy": "inspect.accuracy",
    "picture_of": "drawing.network_diagram",
    "regions": "drawing.decision_regions",
    "regions_series": "drawing.decision_regions",
    "weight_images": "drawing.weight_images",
    "mistake_images": "drawing.weight_images",
    "save_network": "storage.saved_network",
    "load_network": "storage.saved_network",
}
CORE = [name for name in globals() if name[0].isupper() and name not in ("INSTRUMENTS", "CORE")]
__all__ = [*CORE, "build_network", "train", *INSTRUMENTS]


def __getattr__(name):
    """Return an instrument of purenet, importing it."""
    if name not in INSTRUMENTS:
        raise AttributeError(f"module 'purenet' has no attribute {name!r}")
    return getattr(import_module(f"purenet.{INSTRUMENTS[name]}"), name)


def __dir__():
    return sorted({*globals(), *INSTRUMENTS})
