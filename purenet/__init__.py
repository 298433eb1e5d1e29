"""purenet: feed-forward neural networks and backpropagation in plain Python, to be read, traced and tested against."""

from purenet.activations import Identity, ReLU, Sigmoid, Softmax, Tanh
from purenet.errors import NetworkError
from purenet.initialization import Constant, Glorot, He, Uniform, build_network
from purenet.layer import Layer, SoftmaxLayer
from purenet.losses import (
    BinaryCrossEntropy,
    CrossEntropy,
    HalfSquaredError,
    MeanSquaredError,
    SquaredError,
)
from purenet.network import Network
from purenet.neuron import Neuron
from purenet.saved import load_network, save_network
from purenet.trace import (
    History,
    Trace,
    gradient_check,
    mistake_images,
    picture_of,
    regions,
    regions_series,
    structure,
    summary,
    trace_step,
    weight_images,
)
from purenet.training import GradientDescent, accuracy, train

__version__ = "0.1.0"
